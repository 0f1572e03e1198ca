//! Corrects a speaker: name and role, two who are one, one who is two.

use yew::prelude::*;

use super::fields::{
    Values, choice, chosen, describing, description, group, named, speaker_choices, speakers,
};
use crate::corrections::{Change, SpeakerRef, StatementRef, name_of, of_statement};
use crate::element::{classed, keyed, text};
use crate::plan::Plan;
use crate::wording::t;

/// What is chosen at first: what holds.
pub(super) fn start(plan: &Plan, n: usize) -> Values {
    let values = Values::default().with("what", "describe");
    let Some(speaker) = plan.analysis.speakers.get(n) else { return values };
    values
        .with("name", &speaker.name)
        .with("role", speaker.role.as_deref().unwrap_or_default())
        .with("affiliation", speaker.affiliation.as_deref().unwrap_or_default())
        .with("kind", name_of(speaker.kind))
}

pub(super) fn view(plan: &Plan, n: usize, values: &Values) -> Vec<Html> {
    let Some(speaker) = reference(plan, n) else {
        let gone = text(t("This speaker is not there any more."));
        return vec![keyed("gone", classed("p", "", vec![gone]))];
    };
    let others = speakers(plan, Some(n));
    let what = |value: &str, words: &'static str| {
        choice("radio", "what", value, values, vec![text(words)])
    };
    let mut whats = vec![what("describe", t("The name, the role or the kind"))];
    if !others.is_empty() {
        whats.push(what("merge", t("It is the same as another speaker")));
    }
    whats.push(what("split", t("Some of it is said by somebody else")));
    let mut parts =
        vec![classed("p", "preview", named(plan, &speaker)), group(t("What is wrong?"), whats)];
    match values.get("what") {
        "merge" => {
            let choices = speaker_choices(plan, "into", &others, values);
            parts.push(group(t("The same as"), choices));
        }
        "split" => {
            let statements = plan.voices.voices.get(n).map_or(&[][..], |v| &v.statements);
            let boxes = statements.iter().filter_map(|s| {
                let content = &plan.analysis.attributions.get(s.attribution)?.content;
                let words: Vec<&str> =
                    content.iter().map(|&span| plan.article.text(span)).collect();
                let words = vec![classed("bdi", "", vec![text(&words.join(" … "))])];
                Some(choice("checkbox", "statement", &s.attribution.to_string(), values, words))
            });
            parts.push(group(t("What somebody else says"), boxes.collect()));
            let mut choices = speaker_choices(plan, "to", &others, values);
            let new = vec![text(t("Somebody else …"))];
            choices.push(choice("radio", "to", "new", values, new));
            parts.push(group(t("Who says it?"), choices));
            if values.get("to") == "new" {
                parts.push(describing(values));
            }
        }
        _ => parts.push(describing(values)),
    }
    parts
}

/// The correction that is chosen.
pub(super) fn change(plan: &Plan, n: usize, values: &Values) -> Result<Change, &'static str> {
    let speaker = reference(plan, n).ok_or(t("This speaker is not there any more."))?;
    let others = speakers(plan, Some(n));
    match values.get("what") {
        "merge" => {
            let into = chosen(plan, values.get("into"), &others, values)?;
            Ok(Change::Merge { speaker, into })
        }
        "split" => {
            let statement = |n: &str| {
                let n = n.parse().ok()?;
                of_statement(&plan.article, &plan.analysis, n)
            };
            let statements: Vec<StatementRef> =
                values.all("statement").filter_map(statement).collect();
            if statements.is_empty() {
                return Err(t("Choose what somebody else says."));
            }
            let to = Some(chosen(plan, values.get("to"), &others, values)?);
            Ok(Change::Credit { statements, to })
        }
        _ => Ok(Change::Describe { speaker, now: description(values)? }),
    }
}

fn reference(plan: &Plan, n: usize) -> Option<SpeakerRef> {
    let speaker = plan.analysis.speakers.get(n)?;
    Some(SpeakerRef { id: speaker.id.clone(), name: speaker.name.clone(), new: None })
}
