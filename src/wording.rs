//! The words of the page, in the language of the reader: English in the code, other languages as data.
//!
//! English is the key, as with gettext: [`t`] looks its words up in the language that was loaded, and answers
//! the same words where they are not in it. Words that depend on a number end in the plural category of
//! [CLDR](https://cldr.unicode.org/index/cldr-spec/plural-rules), as with i18next: `{} quotes_one`.
//! `static/words/TAG.json` holds one language.

use std::cell::Cell;

use crate::json::{Object, as_text};

thread_local! {
    static WORDS: Cell<&'static [(String, String)]> = const { Cell::new(&[]) };
}

/// The language that is read, and its words, as JSON: English words and their translation.
///
/// What was set before stays in memory: readers rarely change their language.
pub fn set(json: &str) {
    let mut object = Object::read(json).unwrap_or_default();
    let words = object.names();
    let words = words.into_iter().filter_map(|english| {
        let words = as_text(&object.take(&english)?)?;
        Some((english, words))
    });
    let mut words: Vec<(String, String)> = words.collect();
    words = crate::order::sorted(words, |a, b| a.0 < b.0);
    WORDS.set(Vec::leak(words));
}

/// `english` in the language of the reader.
pub fn t(english: &'static str) -> &'static str {
    found(english).unwrap_or(english)
}

/// `english` in the language of the reader, with `values` in the places of `{}`.
pub fn fill(english: &'static str, values: &[&str]) -> String {
    filled(t(english), values)
}

/// Words with a number: `one` for 1 in English, `other` for other numbers, each with `{}` in its place.
///
/// In another language, the words of `other` in the plural category of `n`.
pub fn count(n: usize, one: &'static str, other: &'static str) -> String {
    let english = if n == 1 { one } else { other };
    let number = n.to_string();
    let words = match WORDS.get() {
        [] => None,
        _ => found(&[other, "_", category(n)].concat())
            .or_else(|| found(&[other, "_other"].concat())),
    };
    filled(words.unwrap_or(english), &[&number])
}

fn found(english: &str) -> Option<&'static str> {
    let words = WORDS.get();
    let at = words.binary_search_by(|(key, _)| key.as_str().cmp(english)).ok()?;
    words.get(at).map(|(_, words)| words.as_str()).filter(|words| !words.is_empty())
}

fn filled(words: &str, values: &[&str]) -> String {
    let mut values = values.iter();
    let mut filled = String::with_capacity(words.len());
    for (n, part) in words.split("{}").enumerate() {
        if n > 0 {
            filled.push_str(values.next().unwrap_or(&""));
        }
        filled.push_str(part);
    }
    filled
}

/// The plural category of `n` in the language of the page, as the browser knows it.
#[cfg(target_arch = "wasm32")]
fn category(n: usize) -> &'static str {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        /// Set by `static/boot.js`.
        #[wasm_bindgen(js_namespace = dixit)]
        fn plural(n: usize) -> String;
    }
    let category = plural(n);
    let known = ["zero", "one", "two", "few", "many"];
    known.into_iter().find(|known| *known == category).unwrap_or("other")
}

/// The plural category of `n` in English.
#[cfg(not(target_arch = "wasm32"))]
fn category(n: usize) -> &'static str {
    if n == 1 { "one" } else { "other" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_looked_up_and_english_where_there_are_none() {
        assert_eq!((t("Article"), fill("By {}", &["Ann"])), ("Article", "By Ann".to_owned()));
        assert_eq!(
            (count(1, "{} quote", "{} quotes"), count(2, "{} quote", "{} quotes")),
            ("1 quote".into(), "2 quotes".into())
        );
        set(
            r#"{"Article":"Artikel","By {}":"Von {}","{} quotes_one":"{} Zitat","{} quotes_other":"{} Zitate","Empty":"","Bad":3}"#,
        );
        assert_eq!((t("Article"), fill("By {}", &["{}"])), ("Artikel", "Von {}".to_owned()));
        assert_eq!(
            (count(1, "{} quote", "{} quotes"), count(0, "{} quote", "{} quotes")),
            ("1 Zitat".into(), "0 Zitate".into())
        );
        assert_eq!((t("Empty"), t("Bad"), t("Other")), ("Empty", "Bad", "Other"));
        set("");
        assert_eq!(t("Article"), "Article");
    }
}
