//! The article as a script: who says what, in order.

use dixit_engine::Confidence;
use yew::prelude::*;

use super::views::{Line, class_of, paragraph, place_button, view_head, wanted, who, words};
use crate::element::{classed, classes, element, text, when};
use crate::plan::Plan;
use crate::state::State;
use crate::wording::{fill, t};

/// Every statement that the filters let through, with its speaker before the first of a row.
pub(crate) fn transcript(plan: &Plan, state: &State) -> Html {
    let (mut lines, mut n_out) = wanted(plan, state);
    if let Some(speaker) = state.speaker {
        let before = lines.len();
        lines.retain(|line| {
            line.speaker == Some(speaker)
                || (state.beside.is_some() && line.speaker == state.beside)
        });
        n_out += before - lines.len();
    }
    if !state.find.trim().is_empty() {
        let wanted = small(state.find.trim());
        let before = lines.len();
        lines.retain(|line| {
            let name = class_of(plan, line.speaker).1.map_or("", |voice| &voice.name);
            let said = line.spans.iter().map(|&span| plan.article.text(span));
            [name].into_iter().chain(said).any(|words| small(words).contains(&wanted))
        });
        n_out += before - lines.len();
    }
    let date = plan.article.date.as_ref().map_or(String::new(), |date| date.written.clone());
    let mut rows = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let before = n.checked_sub(1).and_then(|n| lines.get(n));
        let goes_on = before.is_some_and(|b| b.speaker == line.speaker && line.speaker.is_some());
        rows.push(row(plan, line, !goes_on));
    }
    let body = match rows.is_empty() {
        true => classed("p", "nothing", vec![text(t("Nothing is said here."))]),
        false => classed("ol", "lines", rows),
    };
    let names = &["type", "class", "data-do"];
    let aloud = element("button", names, &["button", "btn", "aloud"], vec![text(t("Read aloud"))]);
    let tools = classed("div", "find-row", vec![find(state), aloud]);
    let parts = vec![view_head(plan, state, date, n_out), tools, voices(plan, state), body];
    classed("div", "wide", parts)
}

/// `words` in small letters, by the browser's tables: ours would be a third of this part.
fn small(words: &str) -> String {
    String::from(js_sys::JsString::from(words).to_lower_case())
}

/// Finds words or a voice.
fn find(state: &State) -> Html {
    let names = &["type", "class", "data-find", "value", "placeholder", "aria-label"];
    let words = t("Find words or a voice");
    element("input", names, &["search", "find", "1", &state.find, words, words], Vec::new())
}

/// Chooses whose statements are shown.
fn voices(plan: &Plan, state: &State) -> Html {
    let all = plan.voices.quoted.iter().chain(&plan.voices.reported);
    let chips = all.filter_map(|&s| {
        let voice = plan.voices.voices.get(s)?;
        let chosen = state.speaker == Some(s);
        let class = classes(&["chip", class_of(plan, Some(s)).0, when(chosen, "is-chosen")]);
        let name = vec![super::badge::badge(voice), classed("bdi", "", vec![text(voice.short())])];
        Some(classed("li", "", vec![super::voice_row::choosing(&class, s, chosen, name)]))
    });
    element("ul", &["class", "aria-label"], &["chips is-all", t("Voices")], chips.collect())
}

fn row(plan: &Plan, line: &Line, names: bool) -> Html {
    let (colour, voice) = class_of(plan, line.speaker);
    let attribution = line.attribution.and_then(|n| plan.analysis.attributions.get(n));
    let question = attribution.is_some_and(|a| a.confidence == Confidence::Low);
    let reported = line.is_reported(plan);
    let mut speaker = Vec::new();
    match voice {
        Some(voice) if names => speaker = who(voice),
        // Those who hear the page are told at every line.
        Some(voice) => speaker.push(classed("span", "vh", vec![text(&voice.name)])),
        None => speaker.push(classed("div", "name", vec![text(t("Nobody is named"))])),
    }
    let mut context = Vec::new();
    if let Some(cue) = attribution.and_then(|a| a.cue) {
        context.push(classed("bdi", "", vec![text(plan.article.text(cue))]));
        context.push(text(" · "));
    }
    if reported {
        context.push(text(t("reported")));
        context.push(text(" · "));
    }
    if question {
        context.push(text(t("a guess")));
        context.push(text(" · "));
    }
    context.push(text(&fill("paragraph {}", &[&paragraph(line)])));
    let summary = classed("summary", "", context);
    let block = line.spans.first().and_then(|span| plan.article.blocks.get(span.block));
    let around = block.map_or("", |block| block.text.as_str());
    let lead = place_button(line, vec![text(t("Show in the article"))]);
    let language = plan.article.language.as_deref().unwrap_or_default();
    let names = &["lang", "dir"];
    let around = element("p", names, &[language, "auto"], vec![text(around)]);
    let context = classed("details", "ctx", vec![summary, around, lead]);
    let class =
        classes(&["say", colour, when(reported, "is-reported"), when(question, "is-question")]);
    let said = classed("p", "said", vec![words(plan, line)]);
    classed(
        "li",
        &classes(&["line", colour]),
        vec![classed("div", "speaker", speaker), classed("div", &class, vec![said, context])],
    )
}
