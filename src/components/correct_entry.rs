//! The way to the corrections, where who said what is shown.

use yew::prelude::*;

use crate::element::{button, classed, classes, element, text, when};
use crate::plan::Plan;
use crate::wording::{fill, t};

/// A button with the number of corrections, and what went wrong with them.
pub(crate) fn correct_entry(plan: &Plan) -> Html {
    let corrected = &plan.corrected;
    if plan.analysis.quotations.is_empty()
        && plan.analysis.speakers.is_empty()
        && corrected.all.is_empty()
        && corrected.troubles.is_empty()
    {
        return Html::default();
    }
    let words = match corrected.all.len() {
        0 => t("Corrections").to_owned(),
        n => fill("Corrections ({})", &[&n.to_string()]),
    };
    let mut parts = vec![button("btn", "tool-corrections", 0, "", &words)];
    for trouble in &corrected.troubles {
        let names = &["class", "role"];
        parts.push(element("p", names, &["trouble", "alert"], vec![text(trouble)]));
    }
    let none = corrected.all.is_empty() && corrected.troubles.is_empty();
    classed("div", &classes(&["correct-entry", when(none, "is-none")]), parts)
}
