//! The articles of a feed, to choose one.

use std::rc::Rc;

use yew::prelude::*;

use super::act::{acted, button};
use crate::element::{classed, clicked, element, keyed, text};
use crate::import_port::Feed;
use crate::session::Request;
use crate::wording::{count, t};

/// The page; `on_choice` is told of the article that is chosen, or that none is.
pub(crate) fn feed_page(feed: &Rc<Feed>, on_choice: Callback<Option<Request>>) -> Html {
    let title = feed.title.as_deref().unwrap_or(t("A feed"));
    let n = count(feed.entries.len(), "{} article", "{} articles");
    let entries = feed.entries.iter().enumerate().map(|(n, entry)| {
        let title = entry.title.as_deref().unwrap_or(t("Untitled"));
        let names = &["type", "class", "data-act", "data-id", "dir"];
        let values = ["button", "entry", "entry", &n.to_string(), "auto"];
        let short = if entry.summary_only { t("only a summary") } else { "" };
        let facts = [entry.date.as_deref().unwrap_or_default(), short];
        let facts: Vec<&str> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
        let item = vec![
            element("button", names, &values, vec![text(title)]),
            classed("span", "start-facts", vec![text(&facts.join(" · "))]),
        ];
        classed("li", "start-article", item)
    });
    let chosen = feed.clone();
    let onclick = Callback::from(move |event: MouseEvent| {
        let Some((_, n)) = acted(&event) else { return };
        let entry = n.parse().ok().and_then(|n: usize| chosen.entries.get(n));
        on_choice.emit(entry.map(|entry| Request::Document(entry.document.clone())));
    });
    let parts = vec![
        element("h1", &["dir"], &["auto"], vec![text(title)]),
        classed("p", "", vec![text(&n)]),
        classed("ul", "start-list", entries.collect()),
        classed("div", "acts", vec![button("btn", "start", "", t("Start page"))]),
    ];
    keyed("feed", clicked(classed("main", "start", parts), onclick))
}
