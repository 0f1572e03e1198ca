//! One article in the list of the start page: kept, or a sample.

use yew::prelude::*;

use super::comment_item::time;
use crate::clock;
use crate::comments::heading;
use crate::element::{classed, element, keyed, text, woven};
use crate::library::Kept;
use crate::route::Route;
use crate::wording::{count, fill, t};

/// A kept article, with the number of its comments.
pub(crate) fn start_article(kept: &Kept, n_comments: usize, now: i64) -> Html {
    let mut facts: Vec<String> = kept.date.iter().cloned().collect();
    if kept.n_voices > 0 {
        facts.push(count(kept.n_voices, "{} voice", "{} voices"));
    }
    if n_comments > 0 {
        facts.push(heading(n_comments));
    }
    let mut parts = Vec::new();
    for fact in &facts {
        parts.push(element("bdi", &[], &[], vec![text(fact)]));
        parts.push(text(" · "));
    }
    let opened = time(kept.opened, &clock::relative(now, kept.opened));
    parts.push(woven("opened {}", vec![opened]));
    let names = &["type", "class", "data-act", "data-id", "aria-label"];
    let label = fill("Remove {}", &[&kept.title]);
    let values = ["button", "link-btn", "remove", &kept.id, &label];
    let item = vec![
        page_link(&Route::Kept(kept.id.clone()), &kept.title, ""),
        share(&kept.shares),
        classed("span", "start-facts", parts),
        element("button", names, &values, vec![text(t("Remove"))]),
    ];
    keyed(&kept.id, classed("li", "start-article", item))
}

/// A link to another page of the reader.
pub(crate) fn page_link(route: &Route, words: &str, language: &str) -> Html {
    let (act, id) = match route {
        Route::Start | Route::Opener | Route::Page => ("visit", ""),
        #[cfg(feature = "embed")]
        Route::Element(_) => ("visit", ""),
        Route::Kept(id) => ("visit-kept", id.as_str()),
        Route::Link(link) => ("visit-link", link.as_str()),
    };
    let names = &["href", "data-act", "data-id", "lang", "dir"];
    element("a", names, &[&route.href(), act, id, language, "auto"], vec![text(words)])
}

/// The share of voice, as the article's own page shows it.
fn share(shares: &[(usize, usize)]) -> Html {
    if shares.is_empty() {
        return Html::default();
    }
    let total: usize = shares.iter().map(|(_, part)| part).sum();
    let gap = 10_000usize.saturating_sub(total) / (shares.len() - 1).max(1);
    let mut x = 0;
    let mut bars = Vec::new();
    for (colour, part) in shares {
        let values = [&*format!("c{colour}"), &*x.to_string(), "0", &*part.to_string(), "4"];
        bars.push(element("rect", &["class", "x", "y", "width", "height"], &values, Vec::new()));
        x += part + gap;
    }
    let names = &["class", "viewBox", "preserveAspectRatio", "role", "aria-label"];
    let values = ["voice", "0 0 10000 4", "none", "img", t("Share of quoted words")];
    element("svg", names, &values, bars)
}
