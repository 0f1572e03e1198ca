//! The stored form of one correction: JSON with a version, one entry a correction.
//!
//! Version 1 is `{"v":1,"id":…,"do":…}` and, by what it does:
//! `"credit"`: `"statements":[{"id","words"}…]`, `"to":SPEAKER` or `null` for nobody;
//! `"not"`: `"statements"`; `"merge"`: `"speaker":SPEAKER`, `"into":SPEAKER`;
//! `"describe"`: `"speaker":SPEAKER`, `"now":{"name","role"?,"affiliation"?,"kind"}`.
//! A SPEAKER is `{"id","name","new"?}` with `"new"` as `"now"`. Unknown fields are kept.

use dixit_engine::SpeakerKind;

use super::model::{
    Change, Correction, Description, MAX_NAME, MAX_STATEMENTS, MAX_WORDS, SpeakerRef, StatementRef,
};
use crate::comments::is_ulid;
use crate::json::{Object, as_list, as_number, as_text, list};
use crate::plan::is_dom_id;

/// The version that [`write`] writes and the newest that [`read`] knows.
const VERSION: i64 = 1;

/// The most characters of an id.
const MAX_ID: usize = 120;

/// Why a correction cannot be read. A stored one is left as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// Not the form of a correction.
    Malformed,
    /// Written by a newer version.
    Newer,
}

/// Reads a stored entry.
pub fn read(json: &str) -> Result<Correction, Unreadable> {
    let mut fields = Object::read(json).ok_or(Unreadable::Malformed)?;
    match fields.take("v").as_deref().and_then(as_number) {
        Some(VERSION) => {}
        Some(v) if v > VERSION => return Err(Unreadable::Newer),
        _ => return Err(Unreadable::Malformed),
    }
    let correction = known(fields).ok_or(Unreadable::Malformed)?;
    if is_ulid(&correction.id) { Ok(correction) } else { Err(Unreadable::Malformed) }
}

/// Writes a correction as it is stored.
pub fn write(correction: &Correction) -> String {
    let mut fields = Object::default();
    fields.put_number("v", VERSION);
    fields.put_text("id", &correction.id);
    match &correction.change {
        Change::Credit { statements, to } => {
            fields.put_text("do", "credit");
            fields.put("statements", list(statements.iter().map(written)));
            fields.put("to", to.as_ref().map_or("null".to_owned(), named));
        }
        Change::Not { statements } => {
            fields.put_text("do", "not");
            fields.put("statements", list(statements.iter().map(written)));
        }
        Change::Merge { speaker, into } => {
            fields.put_text("do", "merge");
            fields.put("speaker", named(speaker));
            fields.put("into", named(into));
        }
        Change::Describe { speaker, now } => {
            fields.put_text("do", "describe");
            fields.put("speaker", named(speaker));
            fields.put("now", described(now));
        }
    }
    fields.extend(&correction.rest);
    fields.write()
}

/// Reads a correction without its version; the id is empty where there is none.
pub(super) fn known(mut fields: Object) -> Option<Correction> {
    let id = match fields.take("id") {
        Some(id) => as_text(&id)?,
        None => String::new(),
    };
    let act = as_text(&fields.take("do")?)?;
    let change = match act.as_str() {
        "credit" => Change::Credit {
            statements: statements(&mut fields)?,
            to: match fields.take("to")?.as_str() {
                "null" => None,
                to => Some(speaker(to)?),
            },
        },
        "not" => Change::Not { statements: statements(&mut fields)? },
        "merge" => Change::Merge {
            speaker: speaker(&fields.take("speaker")?)?,
            into: speaker(&fields.take("into")?)?,
        },
        "describe" => Change::Describe {
            speaker: speaker(&fields.take("speaker")?)?,
            now: description(&fields.take("now")?)?,
        },
        _ => return None,
    };
    Some(Correction { id, change, rest: fields })
}

fn statements(fields: &mut Object) -> Option<Vec<StatementRef>> {
    let json = fields.take("statements")?;
    let values = as_list(&json)?;
    if values.is_empty() || values.len() > MAX_STATEMENTS {
        return None;
    }
    values.into_iter().map(statement).collect()
}

fn statement(json: &str) -> Option<StatementRef> {
    let mut fields = Object::read(json)?;
    let id = short(as_text(&fields.take("id")?)?, MAX_ID)?;
    let words = short(as_text(&fields.take("words")?)?, MAX_WORDS)?;
    Some(StatementRef { id, words })
}

fn speaker(json: &str) -> Option<SpeakerRef> {
    let mut fields = Object::read(json)?;
    let id = short(as_text(&fields.take("id")?)?, MAX_ID)?;
    let name = short(as_text(&fields.take("name")?)?, MAX_NAME)?;
    let new = match fields.take("new") {
        Some(new) => Some(description(&new).filter(|_| is_dom_id(&id, 's'))?),
        None => None,
    };
    Some(SpeakerRef { id, name, new })
}

fn description(json: &str) -> Option<Description> {
    let mut fields = Object::read(json)?;
    let name = short(as_text(&fields.take("name")?)?, MAX_NAME)?;
    let mut maybe = |field: &str| match fields.take(field) {
        Some(value) => short(as_text(&value)?, MAX_NAME).map(|v| Some(v).filter(|v| !v.is_empty())),
        None => Some(None),
    };
    let (role, affiliation) = (maybe("role")?, maybe("affiliation")?);
    let kind = kind_of(&as_text(&fields.take("kind")?)?)?;
    Some(Description { name, role, affiliation, kind }).filter(|d| !d.name.trim().is_empty())
}

/// A text that is not too long.
fn short(text: String, max: usize) -> Option<String> {
    (text.chars().nth(max).is_none()).then_some(text)
}

fn written(statement: &StatementRef) -> String {
    let mut fields = Object::default();
    fields.put_text("id", &statement.id);
    fields.put_text("words", &statement.words);
    fields.write()
}

fn named(speaker: &SpeakerRef) -> String {
    let mut fields = Object::default();
    fields.put_text("id", &speaker.id);
    fields.put_text("name", &speaker.name);
    if let Some(new) = &speaker.new {
        fields.put("new", described(new));
    }
    fields.write()
}

fn described(description: &Description) -> String {
    let mut fields = Object::default();
    fields.put_text("name", &description.name);
    for (name, value) in [("role", &description.role), ("affiliation", &description.affiliation)] {
        if let Some(value) = value {
            fields.put_text(name, value);
        }
    }
    fields.put_text("kind", name_of(description.kind));
    fields.write()
}

const KINDS: [(SpeakerKind, &str); 4] = [
    (SpeakerKind::Person, "person"),
    (SpeakerKind::Organization, "organization"),
    (SpeakerKind::Group, "group"),
    (SpeakerKind::Unnamed, "unnamed"),
];

pub(crate) fn name_of(kind: SpeakerKind) -> &'static str {
    KINDS.iter().find(|(k, _)| *k == kind).map_or("person", |(_, name)| name)
}

pub(crate) fn kind_of(name: &str) -> Option<SpeakerKind> {
    KINDS.iter().find(|(_, n)| *n == name).map(|(kind, _)| *kind)
}
