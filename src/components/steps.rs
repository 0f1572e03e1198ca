//! Leads from one statement of the chosen speaker to the next.

use yew::prelude::*;

use super::badge::{badge, colour};
use crate::element::{button, classed, classes, element, text};
use crate::plan::Plan;
use crate::state::State;
use crate::wording::{fill, number, t};

/// The bar with previous, next and what else can be done with the chosen voice.
pub(crate) fn steps(plan: &Plan, state: &State) -> Html {
    let chosen = state.speaker.and_then(|s| Some((s, plan.voices.voices.get(s)?)));
    let Some((speaker, voice)) = chosen else { return Html::default() };
    let n = voice.statements.len();
    let last = n.saturating_sub(1);
    let previous = state.step.map_or(last, |step| step.checked_sub(1).unwrap_or(last));
    let next = state.step.map_or(0, |step| if step >= last { 0 } else { step + 1 });
    let now = state.step.map_or("–".to_owned(), |step| number(step + 1));
    let mut children = vec![
        badge(voice),
        button("btn", "step", previous, t("Previous statement"), "‹"),
        classed("span", "now", vec![text(&fill("{} of {}", &[&now, &number(n)]))]),
        button("btn", "step", next, t("Next statement"), "›"),
    ];
    if state.any_folds() {
        children.push(button("btn", "only", 0, "", t("Only this voice")));
    }
    let copy = fill("Copy link to {}", &[&voice.name]);
    children.push(button("btn", "tool-link-speaker", speaker, &copy, t("Copy link")));
    children.push(button("btn", "choose", speaker, "", t("All voices")));
    let label = fill("Statements of {}", &[&voice.name]);
    let class = classes(&["steps", colour(Some(voice))]);
    element("div", &["class", "role", "aria-label"], &[&class, "group", &label], children)
}
