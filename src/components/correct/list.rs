//! The list of corrections, with undo, export and import; and what else can be corrected.

use yew::prelude::*;

use super::fields::named;
use crate::components::act;
use crate::corrections::{
    Change, Correction, Description, SpeakerRef, StatementRef, statement as find,
};
use crate::element::{button, classed, element, keyed, text};
use crate::plan::Plan;
use crate::wording::{fill, t};

pub(super) fn view(plan: &Plan) -> Vec<Html> {
    let corrected = &plan.corrected;
    let names = &["class", "role"];
    let said = vec![text(&corrected.said)];
    let mut parts = vec![element("p", names, &["said", "status"], said)];
    for trouble in &corrected.troubles {
        parts.push(element("p", names, &["trouble", "alert"], vec![text(trouble)]));
    }
    let items = |published: bool| {
        let all = corrected.all.iter().enumerate();
        let all = all.filter(|(n, _)| (*n < corrected.n_published) == published);
        all.map(|(n, correction)| item(plan, n, correction)).collect::<Vec<Html>>()
    };
    let (own, published) = (items(false), items(true));
    if own.is_empty() && published.is_empty() {
        let words = t("Nothing is corrected in this article. Corrections stay in this browser.");
        parts.push(classed("p", "", vec![text(words)]));
    }
    if !own.is_empty() {
        parts.push(classed("h3", "", vec![text(t("Yours"))]));
        parts.push(classed("ol", "corrections", own));
    }
    if !published.is_empty() {
        parts.push(classed("h3", "", vec![text(t("Published beside the article"))]));
        parts.push(classed("ol", "corrections", published));
    }
    let mut acts = Vec::new();
    if corrected.undone.is_some() {
        acts.push(act::button("btn", "redo", "", t("Put the last one back")));
    }
    if corrected.n_own() > 0 {
        acts.push(act::button("btn", "export", "", t("Save as a file")));
    }
    let names = &["type", "accept", "class"];
    let file = element("input", names, &["file", ".json,application/json", "vh"], Vec::new());
    acts.push(classed("label", "btn file", vec![text(t("Read a file")), file]));
    parts.push(classed("div", "acts", acts));
    parts.extend(more(plan));
    parts
}

/// One correction: what it was, what it is, and undo.
fn item(plan: &Plan, n: usize, correction: &Correction) -> Html {
    let mut words = said(plan, &correction.change);
    if plan.corrected.lost.get(n) == Some(&true) {
        let lost = t("This finds no place in the article, or only a part of it does.");
        words.push(classed("span", "lost", vec![text(lost)]));
    }
    let mut parts = vec![classed("div", "", words)];
    if plan.corrected.own(n).is_some() {
        let label = fill("Undo correction {}", &[&(n + 1).to_string()]);
        parts.push(button("btn", "undo-correction", n, &label, t("Undo")));
    }
    keyed(&correction.id, classed("li", "", parts))
}

fn said(plan: &Plan, change: &Change) -> Vec<Html> {
    match change {
        Change::Credit { statements, to } => {
            let mut parts: Vec<Html> = statements.iter().map(words).collect();
            let to = to.as_ref().map_or(t("nobody"), |to| to.name.as_str());
            parts.push(from_to(&was(plan, statements), to));
            parts
        }
        Change::Not { statements } => {
            let mut parts: Vec<Html> = statements.iter().map(words).collect();
            parts.push(from_to(&was(plan, statements), t("said by nobody: it does not count")));
            parts
        }
        Change::Merge { speaker, into } => {
            vec![from_to(&speaker.name, &fill("the same as {}", &[&into.name]))]
        }
        Change::Describe { speaker, now } => vec![from_to(&before(plan, speaker), &described(now))],
    }
}

fn words(statement: &StatementRef) -> Html {
    let mut start: String = statement.words.chars().take(120).collect();
    if start.len() < statement.words.len() {
        start.push('…');
    }
    classed("bdi", "cited", vec![text(&start)])
}

/// What was, and what is.
fn from_to(from: &str, to: &str) -> Html {
    let was = element("s", &[], &[], vec![classed("bdi", "", vec![text(from)])]);
    let arrow = element("span", &["class"], &["arrow"], vec![text(" → ")]);
    let is = classed("bdi", "name", vec![text(to)]);
    let (before, now) = (t("was "), t("is "));
    let hidden = |words| classed("span", "vh", vec![text(words)]);
    classed("p", "", vec![hidden(before), was, arrow, hidden(now), is])
}

/// Who was credited by the engine.
fn was(plan: &Plan, statements: &[StatementRef]) -> String {
    let engine = plan.corrected.engine.as_ref().unwrap_or(&plan.analysis);
    let attribution = statements.first().and_then(|s| find(&plan.article, engine, s));
    let speaker = attribution.and_then(|n| engine.attributions.get(n)?.speaker);
    let name = speaker.and_then(|s| engine.speakers.get(s)).map(|s| s.name.clone());
    name.unwrap_or_else(|| t("nobody").to_owned())
}

/// What was known of a speaker before the corrections.
fn before(plan: &Plan, speaker: &SpeakerRef) -> String {
    let engine = plan.corrected.engine.as_ref().unwrap_or(&plan.analysis);
    match engine.speakers.iter().find(|s| s.id == speaker.id) {
        Some(s) => described(&Description {
            name: s.name.clone(),
            role: s.role.clone(),
            affiliation: s.affiliation.clone(),
            kind: s.kind,
        }),
        None => speaker.name.clone(),
    }
}

fn described(description: &Description) -> String {
    let Description { name, role, affiliation, .. } = description;
    let parts = [Some(name), role.as_ref(), affiliation.as_ref()];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    parts.join(", ")
}

/// The speakers and the quotations that nobody is credited with, each with a way to correct it.
fn more(plan: &Plan) -> Vec<Html> {
    let mut parts = Vec::new();
    let row = |inside: Vec<Html>, act: &str, n: usize, what: &str| {
        let label = fill("Correct {}", &[what]);
        let correct = button("btn", act, n, &label, t("Correct"));
        classed("li", "", vec![classed("div", "", inside), correct])
    };
    let speakers = plan.analysis.speakers.iter().enumerate().map(|(n, s)| {
        let speaker = SpeakerRef { id: s.id.clone(), name: s.name.clone(), new: None };
        row(named(plan, &speaker), "tool-speaker", n, &s.name)
    });
    let speakers: Vec<Html> = speakers.collect();
    if !speakers.is_empty() {
        parts.push(classed("h3", "", vec![text(t("Speakers"))]));
        parts.push(classed("ul", "corrections", speakers));
    }
    let mut loose = Vec::new();
    for (n, quotation) in plan.analysis.quotations.iter().enumerate() {
        let words = plan.article.text(quotation.span);
        let inside = vec![classed("bdi", "cited", vec![text(words)])];
        let attribution = quotation.attribution;
        match attribution {
            Some(a) if plan.speaker_of(n).is_none() => {
                loose.push(row(inside, "tool-correct", a, words));
            }
            None if quotation.depth == 0 => {
                loose.push(row(inside, "tool-correct-quotation", n, words));
            }
            _ => {}
        }
    }
    if !loose.is_empty() {
        let title = t("In quotation marks, credited to nobody");
        parts.push(classed("h3", "", vec![text(title)]));
        parts.push(classed("ul", "corrections", loose));
    }
    parts
}
