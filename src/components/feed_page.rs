//! The articles of a feed, to choose one.

use yew::prelude::*;

use super::act::button;
use crate::element::{classed, element, text};
use crate::import_port::Feed;
use crate::wording::{count, t};

/// What the page says; the act "entry" opens the one whose number it has, "start" leads on.
pub(crate) fn feed_page(feed: &Feed) -> Vec<Html> {
    let title = feed.title.as_deref().unwrap_or(t("A feed"));
    let n = count(feed.entries.len(), "{} article", "{} articles");
    let entries = feed.entries.iter().enumerate().map(|(n, entry)| {
        let title = entry.title.as_deref().unwrap_or(t("Untitled"));
        let names = &["type", "class", "data-act", "data-id", "dir"];
        let values = ["button", "link-btn", "entry", &n.to_string(), "auto"];
        let short = if entry.summary_only { t("only a summary") } else { "" };
        let facts = [entry.date.as_deref().unwrap_or_default(), short];
        let facts: Vec<&str> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
        let item = vec![
            element("button", names, &values, vec![text(title)]),
            classed("span", "start-facts", vec![text(&facts.join(" · "))]),
        ];
        classed("li", "start-article", item)
    });
    vec![
        element("h1", &["dir"], &["auto"], vec![text(title)]),
        classed("p", "", vec![text(&n)]),
        classed("ul", "start-list", entries.collect()),
        classed("div", "acts", vec![button("btn", "start", "", t("Start page"))]),
    ]
}
