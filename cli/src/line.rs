//! Reads one line of the input: an article as a JSON object.

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::error::Category;
use serde_json::value::RawValue;

/// One article of the input.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Line<'a> {
    /// The id as it stands in the line: JSON, a string or a number.
    pub(crate) id: &'a str,
    pub(crate) title: Option<String>,
    pub(crate) text: String,
}

#[derive(Deserialize)]
#[serde(expecting = "a JSON object")]
struct Fields<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    title: Option<Text>,
    text: Option<Text>,
}

/// A JSON string as text. Half a surrogate pair, which JSON can escape and no text can hold, becomes
/// U+FFFD, so that the offsets of whoever kept it stay the same.
struct Text(String);

impl Line<'_> {
    /// Reads a line, with or without its end; `None` for a blank one. The error says what is wrong, in words.
    pub(crate) fn read(line: &[u8]) -> Result<Option<Line<'_>>, String> {
        let line = std::str::from_utf8(line)
            .map_err(|e| format!("not UTF-8 from byte {} on", e.valid_up_to() + 1))?;
        let line = line.trim_start_matches('\u{feff}').trim();
        if line.is_empty() {
            return Ok(None);
        }
        // A list would pass for the object's fields.
        if line.starts_with('[') {
            return Err("not a JSON object".into());
        }
        let fields: Fields<'_> = serde_json::from_str(line).map_err(|e| in_words(&e))?;
        let id = fields.id.ok_or("the id is missing")?.get();
        if !id.starts_with(|c: char| c == '"' || c == '-' || c.is_ascii_digit()) {
            return Err("the id is neither a string nor a number".into());
        }
        let text = fields.text.ok_or("the text is missing")?.0;
        Ok(Some(Line { id, title: fields.title.map(|t| t.0), text }))
    }
}

/// The error without the line that serde_json counts, which is always the first.
fn in_words(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let cause = said.split(" at line ").next().unwrap_or_default();
    match error.classify() {
        Category::Data => cause.to_owned(),
        _ => format!("not JSON: {cause} (column {})", error.column()),
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Text, D::Error> {
        // As bytes, since serde_json then passes on lone surrogates instead of refusing them.
        deserializer.deserialize_bytes(TextVisitor)
    }
}

struct TextVisitor;

impl Visitor<'_> for TextVisitor {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Text, E> {
        let mut text = String::with_capacity(bytes.len());
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            // The first of the three bytes of a surrogate; the line itself is UTF-8.
            if chunk.invalid().first() == Some(&0xed) {
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
        Ok(Text(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read() {
        let line = |id, title: Option<&str>, text: &str| {
            Ok(Some(Line { id, title: title.map(str::to_owned), text: text.to_owned() }))
        };
        for (json, expected) in [
            (r#"{"id":"a","text":"b"}"#, line(r#""a""#, None, "b")),
            ("\u{feff}{\"id\":7,\"text\":\"\",\"title\":null}\r", line("7", None, "")),
            (r#" {"text":"b","title":"T","x":[{}],"id":-1e99} "#, line("-1e99", Some("T"), "b")),
            // An id comes back as written, whatever it holds.
            (r#"{"id":"\ud83d/\u0041","text":"b"}"#, line(r#""\ud83d/\u0041""#, None, "b")),
            (
                r#"{"id":1,"text":"\u0000\t\r\n\ufeff\ud83c\udf89"}"#,
                line("1", None, "\0\t\r\n\u{feff}🎉"),
            ),
            (
                r#"{"id":1,"text":"a\ud83dé\udc00\ud83d"}"#,
                line("1", None, "a\u{fffd}é\u{fffd}\u{fffd}"),
            ),
            ("", Ok(None)),
            (" \r", Ok(None)),
        ] {
            assert_eq!(Line::read(json.as_bytes()), expected, "{json}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_in_words() {
        for (json, expected) in [
            (&b"{\"id\":1,\"text\":\"\xff\"}"[..], "not UTF-8 from byte 17 on"),
            (b"\xff\xfe{", "not UTF-8 from byte 1 on"),
            (b"nonsense", "not JSON: expected ident (column 2)"),
            (b"{\"id\":1,", "not JSON: EOF while parsing a value (column 8)"),
            (b"{\"id\":1,\"text\":\"\"} {}", "not JSON: trailing characters (column 20)"),
            (b"[1,null,\"text\"]", "not a JSON object"),
            (b"3", "invalid type: integer `3`, expected a JSON object"),
            (b"{\"text\":\"b\"}", "the id is missing"),
            (b"{\"id\":null,\"text\":\"b\"}", "the id is missing"),
            (b"{\"id\":{},\"text\":\"b\"}", "the id is neither a string nor a number"),
            (b"{\"id\":1}", "the text is missing"),
            (b"{\"id\":1,\"text\":null}", "the text is missing"),
            (b"{\"id\":1,\"text\":[98]}", "invalid type: sequence, expected a string"),
            (
                b"{\"id\":1,\"title\":2,\"text\":\"\"}",
                "invalid type: integer `2`, expected a string",
            ),
            (b"{\"id\":1,\"text\":\"\",\"text\":\"\"}", "duplicate field `text`"),
        ] {
            assert_eq!(Line::read(json), Err(expected.to_owned()), "{}", json.escape_ascii());
        }
    }
}
