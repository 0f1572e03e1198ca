//! The note that says why a statement is given to its speaker.

use yew::prelude::*;

use super::badge::colour;
use crate::corrections::Corrected;
use crate::element::{button, classed, classes, element, text, woven};
use crate::plan::Plan;
use crate::why::{Said, why};
use crate::wording::{fill, language, t};

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
        acts.push(button("btn", "show", speaker, "", &fill("All by {}", &[voice.short()])));
    }
    acts.push(button("btn", "tool-link", n, "", t("Copy link")));
    acts.push(button("btn", "tool-card", n, "", t("Quote card")));
    acts.push(button("btn", "tool-correct", n, "", t("Correct")));
    let settled = plan.corrected.by.get(n).copied().flatten();
    if let Some(by) = settled.filter(|&by| plan.corrected.own(by).is_some()) {
        acts.push(button("btn", "undo-correction", by, "", t("Undo the correction")));
    }
    acts.push(button("btn", "close", 0, "", t("Close")));
    let (mut title, mut sentences) = (said(&reason.title), Vec::new());
    if let Some(words) = corrected(&plan.corrected, n) {
        // A correction is sure, and the engine's reason is not its own.
        title = voice.map_or(title, |voice| classed("bdi", "", vec![text(&voice.name)]));
        sentences.push(text(words));
    } else {
        for sentence in &reason.sentences {
            sentences.extend([said(sentence), text(" ")]);
        }
    }
    element(
        "div",
        &["class", "role", "aria-label", "tabindex", "lang", "dir"],
        &[
            &classes(&["note-why", colour(voice)]),
            "dialog",
            t("Why this speaker"),
            "-1",
            language(),
            "auto",
        ],
        vec![
            classed("p", "note-why-title", vec![title]),
            classed("p", "", sentences),
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

fn said(said: &Said) -> Html {
    let isolated = |words: &String| classed("bdi", "", vec![text(words)]);
    woven(said.english, said.values.iter().map(isolated).collect())
}
