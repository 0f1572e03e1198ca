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
    let (title, sentences) = match corrected(&plan.corrected, n) {
        Some(words) => {
            // The speaker alone: a correction is sure.
            let english = if reason.title.values.is_empty() { reason.title.english } else { "{}" };
            (Said { english, ..reason.title }, vec![text(words)])
        }
        None => {
            let sentences = reason.sentences.iter();
            (reason.title, sentences.flat_map(|sentence| [said(sentence), text(" ")]).collect())
        }
    };
    let speaker = plan.analysis.attributions.get(n).and_then(|a| a.speaker);
    let voice = speaker.and_then(|s| plan.voices.voices.get(s));
    let mut acts = Vec::new();
    if let (Some(speaker), Some(voice)) = (speaker, voice) {
        acts.push(button("btn", "show", speaker, "", &fill("All by {}", &[voice.short()])));
    }
    acts.push(button("btn", "aloud", n, "", t("Read aloud from here")));
    acts.push(button("btn", "comment", n, "", t("Comment")));
    acts.push(button("btn", "tool-link", n, "", t("Copy link")));
    acts.push(button("btn", "tool-card", n, "", t("Quote card")));
    acts.push(button("btn", "tool-correct", n, "", t("Correct")));
    let settled = plan.corrected.by.get(n).copied().flatten();
    if settled.is_some_and(|by| plan.corrected.own(by).is_some()) {
        let by = settled.unwrap_or_default();
        acts.push(button("btn", "undo-correction", by, "", t("Undo the correction")));
    }
    acts.push(button("btn", "close", 0, "", t("Close")));
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
            classed("p", "note-why-title", vec![said(&title)]),
            classed("p", "", sentences),
            classed("p", "acts", acts),
        ],
    )
}

fn said(said: &Said) -> Html {
    let isolated = |words: &String| classed("bdi", "", vec![text(words)]);
    woven(said.english, said.values.iter().map(isolated).collect())
}

/// What is said of a corrected attribution, in the place of the engine's reason.
fn corrected(corrected: &Corrected, n: usize) -> Option<&'static str> {
    let by = corrected.by.get(n).copied().flatten()?;
    Some(match corrected.own(by) {
        Some(_) => t("You corrected this."),
        None => t("A correction that is published beside the article says so."),
    })
}
