//! One voice in the panel: a button that chooses it.

use yew::prelude::*;

use super::badge::{badge, colour};
use super::share::strip;
use crate::element::{classed, classes, element, text, truth, when};
use crate::plan::{Plan, is_dom_id};
use crate::state::State;
use crate::wording::{self, t};

/// Badge, name, role, counts and where the voice is heard.
pub(crate) fn voice_row(plan: &Plan, state: &State, speaker: usize) -> Html {
    let Some(voice) = plan.voices.voices.get(speaker) else { return Html::default() };
    let chosen = state.speaker == Some(speaker);
    // Voices that are only reported take less room; the outline of the badge tells their kind.
    let role =
        if voice.role.is_empty() && voice.n_quotes > 0 { t(voice.kind) } else { &voice.role };
    let mut counts = Vec::new();
    let mut count = |words: String| {
        counts.push(classed("span", "", vec![text(&[&words, " "].concat())]));
    };
    if voice.n_quotes > 0 {
        count(wording::count(voice.n_quotes, "{} quote", "{} quotes"));
    }
    if voice.n_statements > 0 {
        count(wording::count(voice.n_statements, "{} reported", "{} reported"));
    }
    let mut children = vec![
        badge(voice),
        classed("bdi", "name", vec![text(&voice.name)]),
        classed("span", "n", counts),
    ];
    if !role.is_empty() {
        children.push(classed("span", "role", vec![text(role)]));
    }
    children.push(strip(voice, state.step.filter(|_| chosen)));
    let class = classes(&[
        "voice-row",
        colour(Some(voice)),
        when(role.is_empty(), "is-brief"),
        when(chosen, "is-chosen"),
    ]);
    let button = choosing(&class, speaker, chosen, children);
    let id = plan.analysis.speakers.get(speaker).map_or("", |s| &s.id);
    let id = if is_dom_id(id, 's') { id } else { "" };
    element("li", &["id"], &[id], vec![button])
}

/// A button that chooses a speaker.
pub(crate) fn choosing(class: &str, speaker: usize, chosen: bool, children: Vec<Html>) -> Html {
    let names = &["type", "class", "data-do", "data-n", "aria-pressed"];
    let values = ["button", class, "choose", &speaker.to_string(), truth(chosen)];
    element("button", names, &values, children)
}
