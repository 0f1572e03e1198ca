//! Small JSON objects whose unknown fields stay as they came, letter by letter.
//!
//! Values are kept as JSON text and read one by one: nothing is lost in numbers that no Rust type
//! holds, and the reader stays without the tables that writing fractions needs.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// An object: names and values, each value as JSON text, in order.
///
/// ```
/// use dixit_reader::json::Object;
/// let mut object = Object::read(r#"{"n": 7, "s": "x\n", "later": [1e999]}"#).unwrap();
/// assert_eq!(object.take("n").as_deref(), Some("7"));
/// object.put_text("s", "y");
/// assert_eq!(object.write(), r#"{"later":[1e999],"s":"y"}"#);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Object(Vec<(String, String)>);

impl Object {
    /// Reads an object; `None` where the text is none.
    pub fn read(json: &str) -> Option<Object> {
        serde_json::from_str(json).ok()
    }

    /// Writes the object.
    pub fn write(&self) -> String {
        let mut json = String::from("{");
        for (name, value) in &self.0 {
            if json.len() > 1 {
                json.push(',');
            }
            json.push_str(&text(name));
            json.push(':');
            json.push_str(value);
        }
        json.push('}');
        json
    }

    /// Takes a value out, as JSON text.
    pub fn take(&mut self, name: &str) -> Option<String> {
        let at = self.0.iter().position(|(n, _)| n == name)?;
        Some(self.0.remove(at).1)
    }

    /// Sets a value, given as JSON text.
    pub fn put(&mut self, name: &str, value: String) {
        self.take(name);
        self.0.push((name.to_owned(), value));
    }

    /// Sets a text.
    pub fn put_text(&mut self, name: &str, value: &str) {
        self.put(name, text(value));
    }

    /// Sets a number.
    pub fn put_number(&mut self, name: &str, value: i64) {
        self.put(name, value.to_string());
    }

    /// Puts the fields of another object after these.
    pub fn extend(&mut self, other: &Object) {
        for (name, value) in &other.0 {
            self.put(name, value.clone());
        }
    }
}

/// A text as JSON.
pub fn text(value: &str) -> String {
    // A text has no way to fail.
    serde_json::to_string(value).unwrap_or_default()
}

/// Values as a JSON list, each given as JSON text.
pub fn list(values: impl Iterator<Item = String>) -> String {
    let values: Vec<String> = values.collect();
    format!("[{}]", values.join(","))
}

/// The text of a JSON value; `None` where it is no text.
pub fn as_text(json: &str) -> Option<String> {
    serde_json::from_str(json).ok()
}

/// The whole number of a JSON value; `None` where it is none, or too large.
pub fn as_number(json: &str) -> Option<i64> {
    serde_json::from_str(json).ok()
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Object, D::Error> {
        struct Fields;

        impl<'de> Visitor<'de> for Fields {
            type Value = Object;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut object = Object::default();
                while let Some((name, value)) = map.next_entry::<String, Box<RawValue>>()? {
                    // Of two values of one name the last holds, as in JavaScript.
                    object.put(&name, value.get().to_owned());
                }
                Ok(object)
            }
        }

        deserializer.deserialize_map(Fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_object_does_not_read() {
        for json in ["", "null", "[]", "1", "{", "{}x", r#"{"a":}"#, r#"{"a":1,}"#, r#"{"a":nul}"#]
        {
            assert_eq!(Object::read(json), None, "{json}");
        }
    }

    #[test]
    fn values_come_back_letter_by_letter() {
        let json =
            r#"{"a":12345678901234567890123,"b":1.50e+3,"c":{"d":[null,"\ud83c\udf89"]},"":""}"#;
        let object = Object::read(json).expect("an object");
        assert_eq!(object.write(), json);
    }

    #[test]
    fn the_last_of_two_holds() {
        let mut object = Object::read(r#"{"a":1,"a":2}"#).expect("an object");
        assert_eq!((object.take("a"), object.take("a")), (Some("2".into()), None));
    }

    #[test]
    fn texts_and_numbers_are_told_apart() {
        assert_eq!(as_text(r#""a\n""#), Some("a\n".into()));
        assert_eq!((as_text("1"), as_text("null")), (None, None));
        assert_eq!((as_number("-5"), as_number("5.0"), as_number("\"5\"")), (Some(-5), None, None));
        assert_eq!(as_number("9223372036854775808"), None);
    }
}
