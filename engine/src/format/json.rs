//! Writes JSON: a dozen lines instead of the 7 kB (brotli) that a serialiser adds to a module.

use crate::text::{self, ends_in};

/// JSON under construction. Commas are set by itself.
///
/// ```
/// let mut json = dixit_engine::format::Json::default();
/// json.open('{');
/// json.field("name", "Ann");
/// json.list("n", &[1, 2], |json, &n| json.number(n));
/// json.close('}');
/// assert_eq!(json.text, r#"{"name":"Ann","n":[1,2]}"#);
/// ```
#[derive(Debug, Default)]
pub struct Json {
    /// What is written so far.
    pub text: String,
}

impl Json {
    fn comma(&mut self) {
        if !self.text.is_empty() && !ends_in(&self.text, "{[:") {
            self.text.push(',');
        }
    }

    /// An opening bracket.
    pub fn open(&mut self, bracket: char) {
        self.comma();
        self.text.push(bracket);
    }

    /// A closing bracket.
    pub fn close(&mut self, bracket: char) {
        self.text.push(bracket);
    }

    /// A field's name; its value follows.
    pub fn key(&mut self, name: &str) {
        self.string(name);
        self.text.push(':');
    }

    /// A number.
    pub fn number(&mut self, n: usize) {
        self.comma();
        let (mut digits, mut at, mut left) = ([0; 20], 20, n);
        loop {
            at -= 1;
            // One digit: the cut is none.
            digits[at] = b'0' + (left % 10) as u8;
            left /= 10;
            if left == 0 {
                break;
            }
        }
        self.text.extend(digits[at..].iter().copied().map(char::from));
    }

    /// A text.
    pub fn string(&mut self, text: &str) {
        self.comma();
        self.text.push('"');
        let mut rest = text;
        let escaped = |b: &u8| matches!(b, b'"' | b'\\' | 0..=0x1f);
        while let Some(at) = rest.as_bytes().iter().position(escaped) {
            // What is escaped is one byte, so that what stands around it is whole.
            self.text.push_str(text::until(rest, at));
            let c = rest.as_bytes()[at];
            if c > 0x1f {
                self.text.push('\\');
                self.text.push(char::from(c));
            } else {
                self.text.push_str("\\u00");
                for shift in [4, 0] {
                    let digit = char::from_digit((u32::from(c) >> shift) & 15, 16);
                    self.text.push(digit.unwrap_or('0'));
                }
            }
            rest = text::from(rest, at + 1);
        }
        self.text.push_str(rest);
        self.text.push('"');
    }

    /// A field with a text.
    pub fn field(&mut self, name: &str, text: &str) {
        self.key(name);
        self.string(text);
    }

    /// A field with a text, unless there is none.
    pub fn optional(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.field(name, text);
        }
    }

    /// A field with a text, or with `null`.
    pub fn nullable(&mut self, name: &str, text: Option<&str>) {
        self.key(name);
        match text {
            Some(text) => self.string(text),
            None => self.text.push_str("null"),
        }
    }

    /// A field with a number.
    pub fn count(&mut self, name: &str, n: usize) {
        self.key(name);
        self.number(n);
    }

    /// A field with a list.
    pub fn list<T>(&mut self, name: &str, items: &[T], mut item: impl FnMut(&mut Json, &T)) {
        self.key(name);
        self.open('[');
        for it in items {
            item(self, it);
        }
        self.close(']');
    }

    /// An item that is a list of numbers.
    pub fn numbers(&mut self, numbers: &[usize]) {
        self.open('[');
        for &n in numbers {
            self.number(n);
        }
        self.close(']');
    }
}

#[cfg(test)]
mod tests {
    use super::Json;

    #[test]
    fn every_string_comes_back() {
        let text = "„\"\\/\u{0}\u{1f}\n\u{7f}\u{2028}🎉";
        let mut json = Json::default();
        json.open('{');
        json.field(text, text);
        json.nullable("none", None);
        json.nullable("some", Some(text));
        json.list("n", &[1_usize, 22], |json, &n| json.number(n));
        json.close('}');
        let value: serde_json::Value = serde_json::from_str(&json.text).expect("JSON");
        assert_eq!(
            value,
            serde_json::json!({ text: text, "none": null, "some": text, "n": [1, 22] })
        );
    }
}
