//! The note that says why a statement is given to its speaker.

use yew::prelude::*;

use super::badge::colour;
use crate::element::{button, classed, classes, element, list, text};
use crate::plan::Plan;
use crate::why::{Piece, why};
use crate::wording::t;

/// Speaker, certainty and reason of attribution `n`. The page gives it the focus, so that Escape
/// and the next key go to it.
pub(crate) fn why_note(plan: &Plan, n: usize) -> Html {
    let Some(reason) = why(&plan.article, &plan.analysis, &plan.voices, n) else {
        return Html::default();
    };
    let speaker = plan.analysis.attributions.get(n).and_then(|a| a.speaker);
    let voice = speaker.and_then(|s| plan.voices.voices.get(s));
    let mut acts = Vec::new();
    if let (Some(speaker), Some(voice)) = (speaker, voice) {
        acts.push(button("btn", "show", speaker, "", &["All by ", &voice.short].concat()));
    }
    acts.push(button("btn", "tool-link", n, "", t("Copy link")));
    acts.push(button("btn", "tool-card", n, "", t("Quote card")));
    acts.push(button("btn", "close", 0, "", "Close"));
    element(
        "div",
        &["class", "role", "aria-label", "tabindex"],
        &[&classes(&["note-why", colour(voice)]), "dialog", "Why this speaker", "-1"],
        vec![
            classed("p", "note-why-title", vec![pieces(&reason.title)]),
            classed("p", "", vec![pieces(&reason.sentence)]),
            classed("p", "acts", acts),
        ],
    )
}

fn pieces(pieces: &[Piece]) -> Html {
    let isolated = |words: &str| classed("bdi", "", vec![text(words)]);
    let mut html = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match piece {
            Piece::Words(words) => html.push(text(words)),
            Piece::Cited(words) => html.extend([text("“"), isolated(words), text("”")]),
            Piece::Name(name) => html.push(isolated(name)),
        }
    }
    list(html)
}
