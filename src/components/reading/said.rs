//! What is announced, and what is said of a link that leads nowhere.

use yew::prelude::*;

use crate::element::{button, classed, text};
use crate::plan::Plan;
use crate::state::{Lost, Place, State};
use crate::wording::{count, fill, number, t};

/// The note that what the page's address names is not there.
pub(super) fn lost(state: &State) -> Html {
    let Some(lost) = state.lost else { return Html::default() };
    let words = classed("p", "note-words", vec![text(lost_words(lost))]);
    let close = button("btn", "lost", 0, "", t("Close"));
    classed("div", "note is-lost", vec![words, close])
}

fn lost_words(lost: Lost) -> &'static str {
    match lost {
        Lost::Quotation => {
            t("The link leads to a quotation that is not in this article, or no longer.")
        }
        Lost::Statement => {
            t("The link leads to a statement that is not in this article, or no longer.")
        }
        Lost::Speaker => t("The link leads to a speaker who is not in this article, or no longer."),
    }
}

/// What is announced after a choice.
pub(super) fn said(plan: &Plan, state: &State) -> String {
    if let Some(lost) = state.lost {
        return lost_words(lost).to_owned();
    }
    match (state.place, state.step, state.speaker) {
        (Some(place @ Place::Quotation(_)), None, _) | (Some(place), None, None) => {
            return said_of_place(plan, place);
        }
        _ => {}
    }
    let Some(voice) = state.speaker.and_then(|s| plan.voices.voices.get(s)) else {
        return String::new();
    };
    if let Some(step) = state.step {
        let of = voice.statements.len();
        return fill("Statement {} of {}", &[&number(step + 1), &number(of)]);
    }
    let quotes = count(voice.n_quotes, "{} quote", "{} quotes");
    let reported = count(voice.n_statements, "{} reported statement", "{} reported statements");
    fill("{} chosen: {}, {}", &[&voice.name, &quotes, &reported])
}

/// What is announced of a place that a link led to.
fn said_of_place(plan: &Plan, place: Place) -> String {
    let span = place.span(&plan.analysis);
    let attribution = place.attribution(&plan.analysis);
    let paragraph = span.map_or(0, |span| span.block + 1).to_string();
    let speaker = attribution.and_then(|n| plan.analysis.attributions.get(n)?.speaker);
    match speaker.and_then(|s| plan.voices.voices.get(s)) {
        Some(voice) => fill("Marked: words of {} in paragraph {}", &[&voice.name, &paragraph]),
        None => fill("Marked: a quotation in paragraph {}", &[&paragraph]),
    }
}
