//! The stored form of one comment: JSON with a version, one entry a comment.
//!
//! Version 1 is `{"v":1,"id":…,"revision":…,"based_on"?,"earlier"?,"author"?,"body":…,"created":…,
//! "edited"?,"parent"?,"anchor"?,"deleted"?}`; `based_on` is the revision that it was made from,
//! `earlier` lists those before that one, the first first; times are whole milliseconds since 1970, `anchor` is
//! `{"quote":{"exact","prefix","suffix"},"position":{"start","end"}}`. Fields that are not known
//! are kept when an entry is written again. A change that an old reader would misread makes version 2.

use super::{Comment, is_ulid};
use crate::json::{self, Object, as_list, as_number, as_text, list};

/// The version that [`write`] writes and the newest that [`read`] knows.
const VERSION: i64 = 1;

/// The last moment that a browser's `Date` can show.
const END_OF_TIME: i64 = 8_640_000_000_000_000;

/// Why a stored entry cannot be shown. It is left as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// Not the stored form of a comment.
    Malformed,
    /// Written by a newer version.
    Newer,
}

/// Reads a stored entry.
pub fn read(json: &str) -> Result<Comment, Unreadable> {
    let mut fields = Object::read(json).ok_or(Unreadable::Malformed)?;
    match fields.take("v").as_deref().and_then(as_number) {
        Some(VERSION) => known(fields).ok_or(Unreadable::Malformed),
        Some(v) if v > VERSION => Err(Unreadable::Newer),
        _ => Err(Unreadable::Malformed),
    }
}

/// Writes a comment as it is stored.
pub fn write(comment: &Comment) -> String {
    let mut fields = Object::default();
    fields.put_number("v", VERSION);
    fields.put_text("id", &comment.id);
    fields.put_text("revision", &comment.revision);
    let mut texts = |name: &str, value: &Option<String>| {
        if let Some(value) = value {
            fields.put_text(name, value);
        }
    };
    let history = comment.history.split_last();
    texts("based_on", &history.map(|(last, _)| last.clone()));
    texts("author", &comment.author);
    texts("parent", &comment.parent);
    if let Some((_, earlier)) = history.filter(|(_, earlier)| !earlier.is_empty()) {
        fields.put("earlier", list(earlier.iter().map(|revision| json::text(revision))));
    }
    fields.put_text("body", &comment.body);
    fields.put_number("created", comment.created);
    for (name, time) in [("edited", comment.edited), ("deleted", comment.deleted)] {
        if let Some(time) = time {
            fields.put_number(name, time);
        }
    }
    if let Some(anchor) = &comment.anchor {
        fields.put("anchor", anchor.clone());
    }
    fields.extend(&comment.other);
    fields.write()
}

fn known(mut fields: Object) -> Option<Comment> {
    let mut take = |name: &str| fields.take(name).filter(|value| value != "null");
    let mut history = match take("earlier") {
        None => Vec::new(),
        Some(json) => {
            let ids = as_list(&json)?.into_iter().map(|item| as_text(item).filter(|t| is_ulid(t)));
            ids.collect::<Option<Vec<String>>>()?
        }
    };
    history.extend(id(take("based_on"))?);
    let comment = Comment {
        id: id(take("id"))??,
        revision: id(take("revision"))??,
        history,
        author: text(take("author"))?,
        body: text(take("body"))??,
        created: time(take("created"))??,
        edited: time(take("edited"))?,
        parent: id(take("parent"))?,
        anchor: take("anchor"),
        deleted: time(take("deleted"))?,
        other: Object::default(),
    };
    Some(Comment { other: fields, ..comment })
}

// The outer `Option` says whether the field may stand, the inner one whether it is there.

fn text(value: Option<String>) -> Option<Option<String>> {
    match value {
        None => Some(None),
        Some(json) => as_text(&json).map(Some),
    }
}

fn id(value: Option<String>) -> Option<Option<String>> {
    let id = text(value)?;
    id.as_deref().is_none_or(is_ulid).then_some(id)
}

fn time(value: Option<String>) -> Option<Option<i64>> {
    let Some(json) = value else { return Some(None) };
    let time = as_number(&json)?;
    (-END_OF_TIME..=END_OF_TIME).contains(&time).then_some(Some(time))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::tests::id;
    use super::*;

    /// Entries as version 1 wrote them, one a line. They must read for ever: add lines, never change one.
    const GOLDEN: &str = include_str!("../../tests/golden/comments-v1.jsonl");

    #[test]
    fn version_1_always_reads_and_is_written_back_the_same() {
        let comments: Vec<Comment> =
            GOLDEN.lines().map(|line| read(line).expect("a golden line reads")).collect();
        for (line, comment) in GOLDEN.lines().zip(&comments) {
            let as_written: Value = serde_json::from_str(line).expect("golden lines are JSON");
            let again: Value = serde_json::from_str(&write(comment)).expect("we write JSON");
            assert_eq!(again, as_written);
        }
        assert_eq!(comments[0].body, "Compare with what Sherman told the North Atlantic Council.");
        assert_eq!(comments[0].created, 1_641_988_800_000);
        assert_eq!(comments[1].edited, Some(1_641_988_920_001));
        assert_eq!(comments[1].history, ["01FS6Y2Z00ABCDEFGHJKMNPQRS"]);
        assert_eq!(comments[2].deleted, Some(1_641_989_000_000));
        assert_eq!(
            comments[3].body,
            "Line one\nline two\ttab \"quoted\" <b>not bold</b> 🎉 \u{202e}abc"
        );
        assert_eq!(comments[4].author.as_deref(), Some("Ana"));
        assert!(comments[4].anchor.is_some() && comments[4].parent.is_some());
        let mut other = comments[5].other.clone();
        assert_eq!(other.take("mood").as_deref(), Some(r#"{"later":[1,2,null]}"#));
    }

    #[test]
    fn what_is_written_reads_back() {
        let first = Comment::new(id(1), id(1), "a\u{0}\u{fffd}🎉\u{2028}\"\\".into(), 5);
        let comment = first.edited(id(2), String::new(), 7).marked(id(3), Some(9));
        assert_eq!(comment.history, [id(1), id(2)]);
        assert_eq!(read(&write(&first)).as_ref(), Ok(&first));
        assert_eq!(read(&write(&comment)).as_ref(), Ok(&comment));
    }

    #[test]
    fn an_entry_cut_anywhere_is_malformed() {
        let whole = write(&Comment::new(id(1), id(1), "whole é".into(), 5));
        for (at, _) in whole.char_indices() {
            assert_eq!(read(&whole[..at]), Err(Unreadable::Malformed), "cut at {at}");
        }
    }

    #[test]
    fn other_shapes_are_malformed_and_newer_versions_are_told_apart() {
        let good = write(&Comment::new(id(1), id(1), "x".into(), 5));
        let rows = [
            ("null", Unreadable::Malformed),
            ("[]", Unreadable::Malformed),
            ("{}", Unreadable::Malformed),
            (r#"{"v":2}"#, Unreadable::Newer),
            (r#"{"v":1.5}"#, Unreadable::Malformed),
            (r#"{"v":"1"}"#, Unreadable::Malformed),
            (r#"{"v":0}"#, Unreadable::Malformed),
        ];
        for (json, why) in rows {
            assert_eq!(read(json), Err(why), "{json}");
        }
        for (from, to) in [
            (r#""body":"x""#, r#""body":7"#),
            (r#""body":"x""#, r#""body":null"#),
            (r#""created":5"#, r#""created":"5""#),
            (r#""created":5"#, r#""created":5.5"#),
            (r#""created":5"#, r#""created":8640000000000001"#),
            (r#""created":5"#, r#""edited":5"#),
            (r#""body":"x""#, r#""body":"x","parent":"nobody""#),
            (r#""body":"x""#, r#""body":"x","author":[]"#),
        ] {
            let bad = good.replace(from, to);
            assert_ne!(bad, good);
            assert_eq!(read(&bad), Err(Unreadable::Malformed), "{bad}");
        }
        let deep = format!("\"x\":{}1{}", "[".repeat(100_000), "]".repeat(100_000));
        let deep = good.replace("\"v\":1", &format!("\"v\":1,{deep}"));
        assert_eq!(read(&deep).map(|c| c.body), Ok("x".into()), "unknown fields are kept unread");
    }
}
