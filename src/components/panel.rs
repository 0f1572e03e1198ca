//! The panel "Who said what": the share of voice, and every voice with its part.

use yew::prelude::*;

use super::badge::{badge, colour};
use super::correct_entry::correct_entry;
use super::drawn::{Drawn, Seen};
use super::filters::filters;
use super::share::share;
use super::steps::steps;
use super::voice_row::{choosing, voice_row};
use crate::element::{classed, classes, element, text, truth, when};
use crate::filter::narrows;
use crate::plan::Plan;
use crate::state::State;
use crate::wording::{count, t};

/// Beside the article where there is room; above it, with chips, where there is not.
pub(crate) fn panel(drawn: &Drawn) -> Html {
    let (plan, Some(Seen { state, .. })) = (&drawn.plan, &drawn.seen) else {
        return Html::default();
    };
    let voices = &plan.voices;
    let mut card = if voices.n_voices() == 0 {
        vec![classed("p", "nobody", vec![text(nobody(plan))])]
    } else {
        let count = count(voices.n_voices(), "{} voice", "{} voices");
        let names = &["type", "class", "data-do", "data-n", "aria-expanded"];
        let values = ["button", "count-narrow", "list", "0", truth(state.listed)];
        let head = vec![
            classed("h2", "", vec![text(t("Who said what"))]),
            classed("span", "count-wide", vec![text(&count)]),
            element("button", names, &values, vec![text(&count)]),
        ];
        let chips = voices.quoted.iter().chain(&voices.reported).map(|&s| chip(plan, state, s));
        vec![
            classed("div", "card-head", head),
            if voices.quoted.is_empty() { Html::default() } else { share(voices) },
            classed("ul", "chips", chips.collect()),
            lists(plan, state),
            acts(state),
            filter(state),
            steps(plan, state),
        ]
    };
    card.push(correct_entry(plan));
    let card = classed("div", "card", card);
    element("aside", &["class", "aria-label"], &["who-said", t("Who said what")], vec![card])
}

/// What may be said where no voice was found: that nobody is quoted is only known of a language that is read.
fn nobody(plan: &Plan) -> &'static str {
    if plan.article.language.is_none() {
        t(
            "No voices were found. Dixit reads English, German, French and Macedonian so far, and this may be another language.",
        )
    } else if plan.analysis.quotations.is_empty() {
        t("Nobody is quoted in this article.")
    } else {
        t("Dixit could not tell who says what is quoted in this article.")
    }
}

fn chip(plan: &Plan, state: &State, speaker: usize) -> Html {
    let Some(voice) = plan.voices.voices.get(speaker) else { return Html::default() };
    let chosen = state.speaker == Some(speaker);
    let class = classes(&["chip", colour(Some(voice)), when(chosen, "is-chosen")]);
    let children = vec![badge(voice), classed("bdi", "", vec![text(voice.short())])];
    classed("li", "", vec![choosing(&class, speaker, chosen, children)])
}

fn lists(plan: &Plan, state: &State) -> Html {
    let rows = |speakers: &[usize]| {
        classed("ul", "who", speakers.iter().map(|&s| voice_row(plan, state, s)).collect())
    };
    let mut children = vec![rows(&plan.voices.quoted)];
    if !plan.voices.reported.is_empty() {
        children.push(classed("h3", "", vec![text(t("Reported, not quoted"))]));
        children.push(rows(&plan.voices.reported));
    }
    classed("div", &classes(&["card-body", when(state.listed, "is-open")]), children)
}

/// The filters, behind their name until one narrows.
fn filter(state: &State) -> Html {
    let summary = classed("summary", "", vec![text(t("Filter"))]);
    let names = &["class", "open"];
    let values = ["filter", when(narrows(state), "open")];
    element("details", names, &values, vec![summary, filters(state)])
}

fn acts(state: &State) -> Html {
    if !state.any_folds() {
        return Html::default();
    }
    let act = |act: &str, acts: bool, words: &str| {
        let names = &["type", "class", "data-do", "data-n", "aria-disabled"];
        let values = ["button", "btn", act, "0", truth(!acts)];
        element("button", names, &values, vec![text(words)])
    };
    let fold = act("fold", state.any_open(), t("Collapse all quotes"));
    classed("div", "acts", vec![fold, act("open", state.any_shut(), t("Expand all"))])
}
