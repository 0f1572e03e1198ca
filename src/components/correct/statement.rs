//! Corrects one statement: somebody else says it, nobody does, or it is none.

use dixit_engine::AttributionKind;
use yew::prelude::*;

use super::fields::{
    Values, choice, chosen, cited, describing, group, named, speaker_choices, speakers,
};
use crate::corrections::{Change, MAX_WORDS, StatementRef, of_statement};
use crate::element::{button, classed, element, keyed, text};
use crate::plan::Plan;
use crate::state::Tool;
use crate::wording::t;

/// What is chosen at first: what holds.
pub(super) fn start(plan: &Plan, tool: Tool) -> Values {
    let speaker = speaker(plan, tool).and_then(|s| plan.analysis.speakers.get(s));
    let who = match (speaker, tool) {
        (Some(speaker), _) => ["s:", &speaker.id].concat(),
        (None, _) => "nobody".to_owned(),
    };
    Values::default().with("who", &who).with("kind", "person")
}

pub(super) fn view(plan: &Plan, tool: Tool, values: &Values) -> Vec<Html> {
    let Some((_, words)) = statement(plan, tool) else {
        let gone = text(t("This statement is not there any more."));
        return vec![keyed("gone", classed("p", "", vec![gone]))];
    };
    let quoted = is_quoted(plan, tool);
    let who = values.get("who");
    let all = speakers(plan, None);
    let mut choices = speaker_choices(plan, "who", &all, values);
    let mut other = |value: &str, words: &'static str| {
        choices.push(choice("radio", "who", value, values, vec![text(words)]));
    };
    other("new", t("Somebody else …"));
    other("nobody", t("Nobody, or it cannot be told"));
    let not = if quoted { t("It is not a quotation") } else { t("It is not a statement") };
    other("not", not);
    let known = all.iter().find(|s| who.strip_prefix("s:") == Some(&s.id));
    let preview = match (who, known) {
        (_, Some(speaker)) => named(plan, speaker),
        ("new", _) if values.get("name").trim().is_empty() => vec![text(t("Somebody else …"))],
        ("new", _) => vec![classed("bdi", "name", vec![text(values.get("name"))])],
        ("nobody", _) => vec![text(t("Nobody, or it cannot be told"))],
        _ => vec![text(not)],
    };
    let mut parts = vec![
        cited(plan, &words),
        keyed("preview", element("p", &["class", "aria-live"], &["preview", "polite"], preview)),
        group(t("Who says this?"), choices),
    ];
    if who == "new" {
        parts.push(describing(values));
    }
    if let Some(speaker) = speaker(plan, tool) {
        let words = t("Correct the speaker: name, role, or who is who");
        parts.push(keyed("more", button("link-btn", "tool-speaker", speaker, "", words)));
    }
    parts
}

/// The correction that is chosen.
pub(super) fn change(plan: &Plan, tool: Tool, values: &Values) -> Result<Change, &'static str> {
    let gone = t("This statement is not there any more.");
    let (statement, _) = statement(plan, tool).ok_or(gone)?;
    let statements = vec![statement];
    Ok(match values.get("who") {
        "not" => Change::Not { statements },
        "nobody" => Change::Credit { statements, to: None },
        who => {
            let to = chosen(plan, who, &speakers(plan, None), values)?;
            Change::Credit { statements, to: Some(to) }
        }
    })
}

fn speaker(plan: &Plan, tool: Tool) -> Option<usize> {
    match tool {
        Tool::Correct(n) => plan.analysis.attributions.get(n)?.speaker,
        _ => None,
    }
}

fn is_quoted(plan: &Plan, tool: Tool) -> bool {
    match tool {
        Tool::Correct(n) => {
            plan.analysis.attributions.get(n).is_some_and(|a| a.kind == AttributionKind::Direct)
        }
        _ => true,
    }
}

/// The statement and all of its words.
fn statement(plan: &Plan, tool: Tool) -> Option<(StatementRef, String)> {
    let (article, analysis) = (&plan.article, &plan.analysis);
    match tool {
        Tool::CorrectQuotation(n) => {
            let quotation = analysis.quotations.get(n)?;
            let words = article.text(quotation.span).to_owned();
            let id = quotation.id.clone();
            Some((StatementRef { id, words: words.chars().take(MAX_WORDS).collect() }, words))
        }
        Tool::Correct(n) => {
            let content = &analysis.attributions.get(n)?.content;
            let words: Vec<&str> = content.iter().map(|&span| article.text(span)).collect();
            Some((of_statement(article, analysis, n)?, words.join(" … ")))
        }
        _ => None,
    }
}
