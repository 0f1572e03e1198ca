//! Fields of the dialogs, and what is chosen and typed in them.

use dixit_engine::{SpeakerKind, speaker_id};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use super::super::badge::badge;
use crate::corrections::{Change, Description, MAX_NAME, SpeakerRef, kind_of, name_of};
use crate::element::{classed, element, keyed, text};
use crate::plan::Plan;
use crate::wording::t;

/// What is chosen and typed, by the names of the fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Values(Vec<(String, String)>);

impl Values {
    /// What the fields in `root` hold.
    pub(super) fn read(root: &Element) -> Values {
        let mut values = Values::default();
        let Ok(fields) = root.query_selector_all("input") else { return values };
        for n in 0..fields.length() {
            let field = fields.get(n).and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
            let Some(field) = field else { continue };
            if field.checked() || field.type_() == "text" {
                values.0.push((field.name(), field.value()));
            }
        }
        values
    }

    /// The same, with one more.
    pub(super) fn with(mut self, name: &str, value: &str) -> Values {
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The value of a field; empty where there is none.
    pub(super) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
    }

    /// The values of boxes that are checked.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// A choice: a radio button or a box with what it stands for.
pub(super) fn choice(
    kind: &'static str,
    name: &str,
    value: &str,
    values: &Values,
    words: Vec<Html>,
) -> Html {
    let checked = if values.all(name).any(|v| v == value) { "checked" } else { "" };
    let names = &["type", "name", "value", "checked"];
    let field = element("input", names, &[kind, name, value, checked], Vec::new());
    let words = classed("span", "choice-words", words);
    classed("label", "choice", vec![field, words])
}

/// Choices under a heading. The parts of a dialog have keys: what is chosen in one must stay there when another comes.
pub(super) fn group(legend: &str, choices: Vec<Html>) -> Html {
    let mut children = vec![classed("legend", "", vec![text(legend)])];
    children.extend(choices);
    keyed(legend, classed("fieldset", "choices", children))
}

/// A field for a line of text.
pub(super) fn line(label: &str, name: &str, value: &str) -> Html {
    let names = &["type", "name", "value", "maxlength", "autocomplete", "dir"];
    let max = MAX_NAME.to_string();
    let field = element("input", names, &["text", name, value, &max, "off", "auto"], Vec::new());
    classed("label", "field", vec![classed("span", "", vec![text(label)]), field])
}

/// The kinds of speaker to choose from.
pub(super) fn kinds(values: &Values) -> Html {
    let mut values = values.clone();
    if values.get("kind").is_empty() {
        values = values.with("kind", name_of(SpeakerKind::Person));
    }
    let kind = |kind: SpeakerKind, words: &'static str| {
        choice("radio", "kind", name_of(kind), &values, vec![text(words)])
    };
    let choices = vec![
        kind(SpeakerKind::Person, t("A person")),
        kind(SpeakerKind::Organization, t("An organisation")),
        kind(SpeakerKind::Group, t("A group")),
        kind(SpeakerKind::Unnamed, t("A source without a name")),
    ];
    classed("div", "is-row", vec![group(t("Kind"), choices)])
}

/// The fields that describe a speaker.
pub(super) fn describing(values: &Values) -> Html {
    let fields = vec![
        line(t("Name"), "name", values.get("name")),
        line(t("Role"), "role", values.get("role")),
        line(t("Organisation"), "affiliation", values.get("affiliation")),
        kinds(values),
    ];
    keyed("describing", classed("div", "describing", fields))
}

/// What the fields say of a speaker; an error where the name is missing.
pub(super) fn description(values: &Values) -> Result<Description, &'static str> {
    let line = |name: &str| {
        let words = values.get(name).split_whitespace().collect::<Vec<_>>().join(" ");
        Some(words).filter(|words| !words.is_empty())
    };
    let name = line("name").ok_or(t("Write a name."))?;
    let kind = kind_of(values.get("kind")).unwrap_or(SpeakerKind::Person);
    Ok(Description { name, role: line("role"), affiliation: line("affiliation"), kind })
}

/// The speakers to choose from, but for one: those of the page, then those whom corrections left without a statement.
pub(super) fn speakers(plan: &Plan, but: Option<usize>) -> Vec<SpeakerRef> {
    let known = |s: &dixit_engine::Speaker| SpeakerRef {
        id: s.id.clone(),
        name: s.name.clone(),
        new: None,
    };
    let here = plan.analysis.speakers.iter().enumerate();
    let mut all: Vec<SpeakerRef> =
        here.filter(|(n, _)| Some(*n) != but).map(|(_, s)| known(s)).collect();
    let merged = |id: &str| {
        plan.corrected
            .all
            .iter()
            .any(|c| matches!(&c.change, Change::Merge { speaker, .. } if speaker.id == id))
    };
    for speaker in plan.corrected.engine.iter().flat_map(|engine| &engine.speakers) {
        let gone = !plan.analysis.speakers.iter().any(|s| s.id == speaker.id);
        if gone && !merged(&speaker.id) {
            all.push(known(speaker));
        }
    }
    all
}

/// Speakers as choices, with their badges.
pub(super) fn speaker_choices(
    plan: &Plan,
    name: &str,
    speakers: &[SpeakerRef],
    values: &Values,
) -> Vec<Html> {
    let one = |speaker: &SpeakerRef| {
        choice("radio", name, &["s:", &speaker.id].concat(), values, named(plan, speaker))
    };
    speakers.iter().map(one).collect()
}

/// A speaker with badge, name and role.
pub(super) fn named(plan: &Plan, speaker: &SpeakerRef) -> Vec<Html> {
    let n = plan.analysis.speakers.iter().position(|s| s.id == speaker.id);
    let voice = n.and_then(|n| plan.voices.voices.get(n));
    let mut words = Vec::new();
    words.extend(voice.map(badge));
    let name = voice.map_or(speaker.name.as_str(), |voice| &voice.name);
    words.push(classed("bdi", "name", vec![text(name)]));
    if let Some(voice) = voice.filter(|voice| !voice.role.is_empty()) {
        words.push(classed("bdi", "role", vec![text(&voice.role)]));
    }
    words
}

/// The speaker that a choice stands for: one of `speakers`, or a new one that the fields describe.
pub(super) fn chosen(
    plan: &Plan,
    choice: &str,
    speakers: &[SpeakerRef],
    values: &Values,
) -> Result<SpeakerRef, &'static str> {
    if choice == "new" {
        return Ok(new_speaker(plan, description(values)?));
    }
    let id = choice.strip_prefix("s:");
    let found = speakers.iter().find(|s| Some(s.id.as_str()) == id);
    found.cloned().ok_or(t("Choose one."))
}

/// A new speaker, with an id that nobody has, not even before the corrections.
fn new_speaker(plan: &Plan, new: Description) -> SpeakerRef {
    let mut taken: Vec<&str> = Vec::new();
    let engine = plan.corrected.engine.as_ref().unwrap_or(&plan.analysis);
    taken.extend(engine.speakers.iter().map(|s| s.id.as_str()));
    taken.extend(plan.analysis.speakers.iter().map(|s| s.id.as_str()));
    for correction in &plan.corrected.all {
        if let Change::Credit { to: Some(to), .. } = &correction.change {
            taken.push(&to.id);
        }
    }
    let base = speaker_id(&new.name);
    let mut id = base.clone();
    let mut n = 2;
    while taken.contains(&id.as_str()) {
        id = [&base, "-", &n.to_string()].concat();
        n += 1;
    }
    SpeakerRef { id, name: new.name.clone(), new: Some(new) }
}

/// Words of the article, as they stand there.
pub(super) fn cited(plan: &Plan, words: &str) -> Html {
    let language = plan.article.language.as_deref().unwrap_or_default();
    let names = &["class", "lang", "dir"];
    keyed("cited", element("blockquote", names, &["cited", language, "auto"], vec![text(words)]))
}
