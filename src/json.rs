//! Small JSON objects whose unknown fields stay as they came, letter by letter.
//!
//! Values are kept as JSON text and read one by one: nothing is lost in numbers that no Rust type
//! holds. What is read here is small and its shape is known, so a scanner of a hundred lines does;
//! a general deserialiser takes 5 kB of the download (brotli), tables for fractions among it.

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
        let mut scan = Scan { json, at: 0 };
        let mut object = Object::default();
        if !scan.eats(b'{') {
            return None;
        }
        if !scan.eats(b'}') {
            loop {
                let name = decoded(scan.name()?)?;
                // Of two values of one name the last holds, as in JavaScript.
                object.put(&name, scan.value()?.to_owned());
                if scan.eats(b'}') {
                    break;
                }
                if !scan.eats(b',') {
                    return None;
                }
            }
        }
        scan.is_at_end().then_some(object)
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

    /// The names of its fields, in order.
    pub fn names(&self) -> Vec<String> {
        self.0.iter().map(|(name, _)| name.clone()).collect()
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
    let mut json = String::with_capacity(value.len() + 2);
    json.push('"');
    for c in value.chars() {
        match c {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\n' => json.push_str("\\n"),
            '\r' => json.push_str("\\r"),
            '\t' => json.push_str("\\t"),
            c if c < ' ' => {
                json.push_str(if c < '\u{10}' { "\\u000" } else { "\\u001" });
                json.push(char::from_digit(c as u32 % 16, 16).unwrap_or('0'));
            }
            c => json.push(c),
        }
    }
    json.push('"');
    json
}

/// Values as a JSON list, each given as JSON text.
pub fn list(values: impl Iterator<Item = String>) -> String {
    let values: Vec<String> = values.collect();
    ["[", &values.join(","), "]"].concat()
}

/// The values of a JSON list, each as JSON text; `None` where it is no list.
pub fn as_list(json: &str) -> Option<Vec<&str>> {
    let mut scan = Scan { json, at: 0 };
    let mut values = Vec::new();
    if !scan.eats(b'[') {
        return None;
    }
    if !scan.eats(b']') {
        loop {
            values.push(scan.value()?);
            if scan.eats(b']') {
                break;
            }
            if !scan.eats(b',') {
                return None;
            }
        }
    }
    scan.is_at_end().then_some(values)
}

/// The text of a JSON value; `None` where it is no text.
pub fn as_text(json: &str) -> Option<String> {
    let mut scan = Scan { json, at: 0 };
    let raw = scan.string()?;
    if scan.is_at_end() { decoded(raw) } else { None }
}

/// The whole number of a JSON value; `None` where it is none, or too large.
pub fn as_number(json: &str) -> Option<i64> {
    let mut scan = Scan { json, at: 0 };
    let value = scan.value()?;
    if scan.is_at_end() { value.parse().ok() } else { None }
}

/// A text with its escapes read; `None` where half of a surrogate pair is no character.
fn decoded(raw: &str) -> Option<String> {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        let escaped = after.chars().next()?;
        rest = after.get(escaped.len_utf8()..)?;
        text.push(match escaped {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let mut code = hex(&mut rest)?;
                if (0xd800..0xdc00).contains(&code) {
                    rest = rest.strip_prefix("\\u")?;
                    let low = hex(&mut rest)?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
                    code = 0x10000 + ((code - 0xd800) << 10) + low;
                }
                char::from_u32(code)?
            }
            itself => itself,
        });
    }
    text.push_str(rest);
    Some(text)
}

fn hex(rest: &mut &str) -> Option<u32> {
    let code = u32::from_str_radix(rest.get(..4)?, 16).ok()?;
    *rest = rest.get(4..)?;
    Some(code)
}

/// A place in a JSON text.
struct Scan<'a> {
    json: &'a str,
    at: usize,
}

impl<'a> Scan<'a> {
    fn next(&mut self) -> Option<u8> {
        let byte = self.json.as_bytes().get(self.at).copied()?;
        self.at += 1;
        Some(byte)
    }

    /// Goes past `byte`, if it is next.
    fn takes(&mut self, byte: u8) -> bool {
        let there = self.json.as_bytes().get(self.at) == Some(&byte);
        self.at += usize::from(there);
        there
    }

    /// Goes past `byte` and the blanks before it, if it is next.
    fn eats(&mut self, byte: u8) -> bool {
        while [b' ', b'\n', b'\r', b'\t'].into_iter().any(|blank| self.takes(blank)) {}
        self.takes(byte)
    }

    fn is_at_end(&mut self) -> bool {
        // No JSON text goes on with a zero.
        !self.eats(0) && self.at == self.json.len()
    }

    /// A text as it stands between its marks.
    fn string(&mut self) -> Option<&'a str> {
        if !self.eats(b'"') {
            return None;
        }
        let start = self.at;
        loop {
            match self.next()? {
                b'"' => return self.json.get(start..self.at - 1),
                b'\\' => match self.next()? {
                    b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => {}
                    b'u' => {
                        for _ in 0..4 {
                            self.next().filter(u8::is_ascii_hexdigit)?;
                        }
                    }
                    _ => return None,
                },
                0..b' ' => return None,
                _ => {}
            }
        }
    }

    /// The name of a field, with its colon.
    fn name(&mut self) -> Option<&'a str> {
        let name = self.string()?;
        self.eats(b':').then_some(name)
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while (b'0'..=b'9').any(|digit| self.takes(digit)) {}
        (self.at > start).then_some(())
    }

    /// A number, `true`, `false` or `null`.
    fn word(&mut self) -> Option<()> {
        let rest = self.json.get(self.at..)?;
        if let Some(word) = ["true", "false", "null"].iter().find(|w| rest.starts_with(**w)) {
            self.at += word.len();
            return Some(());
        }
        self.takes(b'-');
        if !self.takes(b'0') {
            self.digits()?;
        }
        if self.takes(b'.') {
            self.digits()?;
        }
        if self.takes(b'e') || self.takes(b'E') {
            let _ = self.takes(b'+') || self.takes(b'-');
            self.digits()?;
        }
        Some(())
    }

    /// Any value, however deep, as JSON text.
    fn value(&mut self) -> Option<&'a str> {
        let mut open = Vec::new();
        let mut start = None;
        loop {
            // A byte that no value begins with: only the blanks before it are passed.
            if self.eats(0) {
                return None;
            }
            let start = *start.get_or_insert(self.at);
            let bracket = match self.json.as_bytes().get(self.at)? {
                b'"' => self.string().map(|_| None)?,
                b'{' => Some(b'}'),
                b'[' => Some(b']'),
                _ => self.word().map(|()| None)?,
            };
            if let Some(close) = bracket {
                self.at += 1;
                if !self.eats(close) {
                    open.push(close);
                    if close == b'}' {
                        self.name()?;
                    }
                    continue;
                }
            }
            loop {
                let Some(&close) = open.last() else { return self.json.get(start..self.at) };
                if self.eats(close) {
                    open.pop();
                    continue;
                }
                if !self.eats(b',') {
                    return None;
                }
                if close == b'}' {
                    self.name()?;
                }
                break;
            }
        }
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

    #[test]
    fn values_are_those_of_a_general_reader() {
        use serde_json::value::RawValue;
        let pieces = [
            "", " ", "{", "}", "[", "]", ",", ":", "0", "-", "12", ".5", "e+3", "E", "true", "nul",
            "null", "\"", "\"a\"", "\\", "\\u00e9", "\\ud83c", "\\udf89", "\\/", "\u{1}", "é",
            "\0", "\u{a0}",
        ];
        let mut n_read = 0;
        let mut state = 7_u32;
        for _ in 0..200_000 {
            let mut json = String::new();
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            for _ in 0..=state >> 29 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                json.push_str(pieces[(state >> 8) as usize % pieces.len()]);
            }
            for json in [&json, &["\"", &json, "\""].concat()] {
                let text: Option<String> = serde_json::from_str(json).ok();
                n_read += usize::from(text.is_some());
                assert_eq!(as_text(json), text, "{json}");
            }
            for json in [&json, &["[", &json, "]"].concat(), &["{\"a\":", &json, "}"].concat()] {
                let list: Option<Vec<&RawValue>> = serde_json::from_str(json).ok();
                n_read += usize::from(list.is_some());
                let list: Option<Vec<&str>> =
                    list.map(|l| l.into_iter().map(RawValue::get).collect());
                assert_eq!(as_list(json), list, "{json}");
                let object: Option<std::collections::BTreeMap<String, &RawValue>> =
                    serde_json::from_str(json).ok();
                n_read += usize::from(object.is_some());
                assert_eq!(Object::read(json).is_some(), object.is_some(), "{json}");
            }
            let value = json.parse::<i64>().ok().filter(|n| n.to_string() == json);
            assert_eq!(as_number(&json).filter(|n| n.to_string() == json), value, "{json}");
        }
        assert!(n_read > 5_000, "{n_read}");
    }

    #[test]
    fn texts_are_written_as_a_general_writer_does() {
        for words in ["", "a\"b\\c/d", "é🎉\u{7f}\u{2028}"] {
            assert_eq!(text(words), serde_json::to_string(words).expect("a text"));
        }
        for n in 0..0x300 {
            let words: String = char::from_u32(n).into_iter().collect();
            assert_eq!(as_text(&text(&words)), Some(words.clone()));
            assert_eq!(serde_json::from_str(&text(&words)).ok(), Some(words));
        }
    }
}
