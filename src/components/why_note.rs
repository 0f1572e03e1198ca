//! The note that says why a statement is given to its speaker.

use yew::prelude::*;

use super::badge::colour;
use crate::corrections::Corrected;
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
    let (title, sentence) = match corrected(&plan.corrected, n) {
        Some(words) => (title_of(&reason.title), vec![Piece::Words(words)]),
        None => (reason.title, reason.sentence),
    };
    let speaker = plan.analysis.attributions.get(n).and_then(|a| a.speaker);
    let voice = speaker.and_then(|s| plan.voices.voices.get(s));
    let mut acts = Vec::new();
    if let (Some(speaker), Some(voice)) = (speaker, voice) {
        acts.push(button("btn", "show", speaker, "", &["All by ", &voice.short].concat()));
    }
    acts.push(button("btn", "tool-correct", n, "", t("Correct")));
    let settled = plan.corrected.by.get(n).copied().flatten();
    if settled.is_some_and(|by| plan.corrected.own(by).is_some()) {
        let by = settled.unwrap_or_default();
        acts.push(button("btn", "undo-correction", by, "", t("Undo the correction")));
    }
    acts.push(button("btn", "close", 0, "", "Close"));
    element(
        "div",
        &["class", "role", "aria-label", "tabindex"],
        &[&classes(&["note-why", colour(voice)]), "dialog", "Why this speaker", "-1"],
        vec![
            classed("p", "note-why-title", vec![pieces(&title)]),
            classed("p", "", vec![pieces(&sentence)]),
            classed("p", "acts", acts),
        ],
    )
}

/// What is said of a corrected attribution, in the place of the engine's reason.
fn corrected(corrected: &Corrected, n: usize) -> Option<&'static str> {
    let by = corrected.by.get(n).copied().flatten()?;
    Some(match corrected.own(by) {
        Some(_) => t("You corrected this."),
        None => t("A correction that is published beside the article says so."),
    })
}

/// The speaker alone: a correction is sure.
fn title_of(title: &[Piece]) -> Vec<Piece> {
    let name = title.iter().find(|piece| matches!(piece, Piece::Name(_)));
    name.map_or_else(|| title.to_vec(), |name| vec![name.clone()])
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
