//! What stood around the article on its page: lines set aside, and teasers of other articles.

use dixit_engine::{Related, SetAside};
use yew::prelude::*;

use super::act::button;
use crate::element::{classed, list, text, woven};
use crate::wording::{count, t};

/// The lines that are no part of the article, on request.
pub(crate) fn set_aside(lines: &[SetAside]) -> Html {
    if lines.is_empty() {
        return Html::default();
    }
    let summary = count(
        lines.len(),
        "Set aside from the page ({} line)",
        "Set aside from the page ({} lines)",
    );
    let lines = lines.iter().enumerate().map(|(n, line)| {
        let back = button("link-btn", "put-line-back", &n.to_string(), t("Put back"));
        classed("li", "", vec![text(&line.text), text(" "), back])
    });
    let children =
        vec![classed("summary", "", vec![text(&summary)]), classed("ul", "", lines.collect())];
    classed("details", "set-aside", children)
}

/// The teasers, under the labels that they stood under.
pub(crate) fn related(related: &[Related]) -> Html {
    let sections = related.chunk_by(|a, b| a.section == b.section).map(|part| {
        let section = part.first().and_then(|r| r.section.as_deref());
        let heading = match section {
            Some(section) => woven("More in {}", vec![classed("bdi", "", vec![text(section)])]),
            None => text(t("More from this page")),
        };
        let mut children = vec![classed("h2", "", vec![heading])];
        for item in part {
            children.push(classed("h3", "", vec![text(&item.title)]));
            let teaser = item.teaser.as_deref();
            children.extend(teaser.map(|teaser| classed("p", "", vec![text(teaser)])));
        }
        classed("section", "more", children)
    });
    list(sections.collect())
}
