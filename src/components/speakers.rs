//! A card for each speaker: who it is, how much of the words, and every statement.

use dixit_engine::SpeakerKind;
use yew::prelude::*;

use super::views::{Line, class_of, place_button, view_head, wanted, who, words};
use crate::element::{button, classed, classes, element, list, text, truth, when};
use crate::plan::Plan;
use crate::state::State;
use crate::why::{MIXED, mixes_scripts};
use crate::wording::{count, fill, number, t};

/// The cards, those who say most first; two of them side by side where two are chosen.
pub(crate) fn speakers(plan: &Plan, state: &State) -> Html {
    let (lines, n_out) = wanted(plan, state);
    let pair = state.speaker.zip(state.beside);
    let all: Vec<usize> = plan.voices.quoted.iter().chain(&plan.voices.reported).copied().collect();
    let shown: Vec<usize> = match pair {
        Some((one, other)) => vec![one, other],
        None => all.clone(),
    };
    let cards: Vec<Html> = shown.iter().filter_map(|&s| card(plan, state, s, &lines)).collect();
    let mut parts = vec![view_head(plan, state, counted(plan, &all), n_out)];
    parts.push(comparing(plan, state));
    parts.push(match cards.is_empty() {
        true => classed("p", "nothing", vec![text(t("Nothing is said here."))]),
        false => classed("div", &classes(&["cards", when(pair.is_some(), "is-pair")]), cards),
    });
    classed("div", "wide", parts)
}

fn counted(plan: &Plan, all: &[usize]) -> String {
    let is_unnamed = |&&s: &&usize| {
        plan.analysis.speakers.get(s).is_some_and(|s| s.kind == SpeakerKind::Unnamed)
    };
    let mut facts = vec![
        count(all.len(), "{} voice", "{} voices"),
        count(plan.voices.n_quotes, "{} quote", "{} quotes"),
        count(plan.voices.n_statements, "{} reported statement", "{} reported statements"),
    ];
    let unnamed = all.iter().filter(is_unnamed).count();
    if unnamed > 0 {
        facts.push(count(unnamed, "{} unnamed source", "{} unnamed sources"));
    }
    facts.join(" · ")
}

/// Who is compared with whom, or how to.
fn comparing(plan: &Plan, state: &State) -> Html {
    let name = |s: usize| plan.voices.voices.get(s).map_or("", |v| v.name.as_str());
    let (words, act) = match (state.speaker, state.beside) {
        (Some(one), Some(other)) => {
            (fill("{} and {} side by side", &[name(one), name(other)]), t("All speakers"))
        }
        (Some(one), None) => {
            (fill("Choose whom to compare with {}.", &[name(one)]), t("Do not compare"))
        }
        (None, _) => return Html::default(),
    };
    let end = button("btn", "compare-end", 0, "", act);
    element("p", &["class", "role"], &["comparing", "status"], vec![text(&words), end])
}

fn card(plan: &Plan, state: &State, speaker: usize, lines: &[Line]) -> Option<Html> {
    let (colour, voice) = class_of(plan, Some(speaker));
    let voice = voice?;
    let own: Vec<&Line> = lines.iter().filter(|line| line.speaker == Some(speaker)).collect();
    if own.is_empty() {
        return None;
    }
    let unnamed = plan.analysis.speakers.get(speaker)?.kind == SpeakerKind::Unnamed;
    let total: usize = plan.voices.voices.iter().map(|v| v.n_words).sum();
    let percent = (voice.n_words * 100 + total / 2).checked_div(total).unwrap_or(0);
    let mut head = who(voice);
    if voice.n_words > 0 {
        let names = &["class", "title"];
        let percent = fill("{} %", &[&number(percent)]);
        let title = t("Share of quoted words");
        head.push(element("span", names, &["n", title], vec![text(&percent)]));
    }
    let statements = own.iter().map(|line| {
        let class = when(line.is_reported(plan), "is-reported");
        classed("li", class, vec![place_button(line, vec![words(plan, line)])])
    });
    let mut counts = Vec::new();
    if voice.n_quotes > 0 {
        counts.push(count(voice.n_quotes, "{} quote", "{} quotes"));
    }
    if voice.n_statements > 0 {
        counts.push(count(voice.n_statements, "{} reported statement", "{} reported statements"));
    }
    let act = |act: &str, words: &str| {
        let label = fill("{}: {}", &[words, &voice.name]);
        button("link-btn", act, speaker, &label, words)
    };
    let mut foot = vec![classed("span", "grow", vec![text(&counts.join(", "))])];
    if state.beside.is_none() {
        let chosen = state.speaker == Some(speaker);
        let names = &["type", "class", "data-do", "data-n", "aria-label", "aria-pressed"];
        let label = fill("{}: {}", &[t("Compare"), &voice.name]);
        let values = ["button", "link-btn", "compare", &speaker.to_string(), &label, truth(chosen)];
        foot.push(element("button", names, &values, vec![text(t("Compare"))]));
    }
    foot.push(act("tool-link-speaker", t("Link")));
    foot.push(act("tool-speaker", t("Correct")));
    let class = classes(&[
        "vc",
        colour,
        when(unnamed, "is-unnamed"),
        when(state.speaker == Some(speaker), "is-chosen"),
    ]);
    let mixed = mixes_scripts(&voice.name).then(|| classed("p", "ctx", vec![text(t(MIXED))]));
    let parts = vec![
        classed("header", "", head),
        list(mixed.into_iter().collect()),
        classed("ul", "", statements.collect()),
        classed("footer", "", foot),
    ];
    Some(element("article", &["class", "aria-label"], &[&class, &voice.name], parts))
}
