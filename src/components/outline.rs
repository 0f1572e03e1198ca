//! The outline of an article that has several parts.

use yew::prelude::*;

use crate::element::{classed, element, text, when};
use crate::outline::SHOWN_FROM;
use crate::plan::Plan;
use crate::wording::{language, t};

/// Links to the headings, where there are enough of them.
pub(crate) fn outline(plan: &Plan) -> Html {
    let headings = &plan.headings;
    if headings.len() < SHOWN_FROM {
        return Html::default();
    }
    let top = headings.iter().map(|heading| heading.level).min().unwrap_or(1);
    let items = headings.iter().filter_map(|heading| {
        let words = &plan.article.blocks.get(heading.block)?.text;
        let href = ["#", &heading.id].concat();
        let link = element("a", &["href"], &[&href], vec![text(words)]);
        Some(classed("li", when(heading.level > top, "is-inner"), vec![link]))
    });
    let items = classed("ol", "", items.collect());
    let names = &["lang", "dir"];
    let summary =
        element("summary", names, &[language(), "auto"], vec![text(t("In this article"))]);
    let nav = element("nav", &["aria-label"], &[t("In this article")], vec![items]);
    classed("details", "outline", vec![summary, nav])
}
