//! A picture of the article: not loaded until the reader asks, so that opening tells nobody. One of the site that
//! the reader is on already is loaded when it comes near.

use yew::prelude::*;

use crate::element::{button, classed, element, text};
use crate::links;
use crate::plan::Plan;
use crate::wording::{fill, t};

/// The description of the picture in block `n`, and the picture, or a button that loads it.
pub(crate) fn picture(
    plan: &Plan,
    url: &str,
    description: &str,
    credit: Option<&str>,
    n: usize,
    shown: bool,
) -> Html {
    let mut children = Vec::new();
    let is_own = plan.is_own && links::is_own(url);
    match links::picture(url).or(is_own.then_some(url)) {
        // What is in the page already tells nobody either.
        Some(url) if shown || is_own || url.starts_with("data:") => {
            let names = &["src", "alt", "loading", "referrerpolicy"];
            let alt = if description.is_empty() { t("Picture") } else { description };
            children.push(element("img", names, &[url, alt, "lazy", "no-referrer"], Vec::new()));
        }
        Some(url) => {
            let words = match links::host(url) {
                Some(host) => fill("Show the picture from {}", &[host]),
                None => t("Show the picture").to_owned(),
            };
            children.push(button("btn", "picture", n, "", &words));
        }
        None => {}
    }
    let lines = [("figcaption", description), ("small", credit.unwrap_or_default())];
    for (tag, words) in lines.into_iter().filter(|(_, words)| !words.is_empty()) {
        children.push(classed(tag, "", vec![text(words)]));
    }
    classed("figure", "blk", children)
}
