//! The words of the page, in the language of the reader: English in the code, other languages as data.
//!
//! English is the key, as with gettext: [`t`] looks its words up in the language that was loaded, and answers
//! the same words where they are not in it. Words that depend on a number end in the plural category of
//! [CLDR](https://cldr.unicode.org/index/cldr-spec/plural-rules), as with i18next: `{} quotes_one`.
//! `static/words/TAG.json` holds one language, `static/boot.js` fetches it.

use std::cell::Cell;

/// A language and its words, each with the English ones.
#[derive(Clone, Copy)]
struct Words {
    language: &'static str,
    words: &'static [(&'static str, &'static str)],
    /// How often the language was set.
    version: usize,
}

const ENGLISH: Words = Words { language: "en", words: &[], version: 0 };

thread_local! {
    static WORDS: Cell<Words> = const { Cell::new(ENGLISH) };
}

/// Sets the language and its words: lines of which each first is English and each second says the same.
///
/// What was set before stays in memory: readers rarely change their language.
pub fn set(language: &str, lines: &str) {
    let before = WORDS.get();
    let language = if language == before.language { before.language } else { leaked(language) };
    let mut lines = leaked(lines).lines();
    let mut words = Vec::new();
    while let (Some(english), Some(translated)) = (lines.next(), lines.next()) {
        words.push((english, translated));
    }
    WORDS.set(Words { language, words: Vec::leak(words), version: before.version + 1 });
}

/// The tag of the language: "en", "de".
pub fn language() -> &'static str {
    WORDS.get().language
}

/// Another number for each time that a language was set.
pub fn version() -> usize {
    WORDS.get().version
}

/// `english` in the language of the reader.
pub fn t(english: &'static str) -> &'static str {
    found(english).unwrap_or(english)
}

/// The same words: marks those of a table, which [`t`] looks up when they are shown.
pub const fn word(english: &'static str) -> &'static str {
    english
}

/// `english` in the language of the reader, with `values` in the places of `{}`.
pub fn fill(english: &'static str, values: &[&str]) -> String {
    filled(t(english), values)
}

/// The words around the places of `{}`, for values that are more than text.
pub fn around(english: &'static str) -> impl Iterator<Item = &'static str> {
    parts(t(english))
}

/// Words with a number: `one` for 1 in English, `other` for other numbers, each with `{}` in its place.
///
/// In another language, the words of `other` in the plural category of `n`.
pub fn count(n: usize, one: &'static str, other: &'static str) -> String {
    let english = if n == 1 { one } else { other };
    let words = match WORDS.get().words {
        [] => None,
        _ => found(&[other, "_", category(n)].concat())
            .or_else(|| found(&[other, "_other"].concat())),
    };
    filled(words.unwrap_or(english), &[&number(n)])
}

/// A number in the digits of the language.
pub fn number(n: usize) -> String {
    if WORDS.get().words.is_empty() { n.to_string() } else { digits(n) }
}

fn found(english: &str) -> Option<&'static str> {
    // A few hundred, most of another length: that is quick without any order.
    let (_, words) = WORDS.get().words.iter().find(|(key, _)| *key == english)?;
    Some(*words).filter(|words| !words.is_empty())
}

/// The words around the places of `{}`. Braces stand nowhere else; to look for one character takes little code.
fn parts(words: &str) -> impl Iterator<Item = &str> {
    words.split('{').map(|part| part.strip_prefix('}').unwrap_or(part))
}

fn filled(words: &str, values: &[&str]) -> String {
    let mut values = values.iter();
    let mut filled = String::with_capacity(words.len());
    for (n, part) in parts(words).enumerate() {
        if n > 0 {
            filled.push_str(values.next().unwrap_or(&""));
        }
        filled.push_str(part);
    }
    filled
}

fn leaked(words: &str) -> &'static str {
    String::leak(words.to_owned())
}

/// What `static/boot.js` knows of the language that was chosen.
#[cfg(target_arch = "wasm32")]
mod browser {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = dixit)]
        pub(super) fn language() -> String;
        #[wasm_bindgen(js_namespace = dixit)]
        pub(super) fn words() -> String;
        #[wasm_bindgen(js_namespace = dixit)]
        pub(super) fn plural(n: usize) -> String;
        #[wasm_bindgen(js_namespace = dixit)]
        pub(super) fn number(n: usize) -> String;
        #[wasm_bindgen(js_namespace = dixit)]
        pub(super) fn speak(language: &str);
    }
}

/// Sets the language that `boot.js` has fetched.
#[cfg(not(feature = "embed"))]
pub fn take() {
    #[cfg(target_arch = "wasm32")]
    set(&browser::language(), &browser::words());
}

/// Each reader of a page has a language of its own.
#[cfg(feature = "embed")]
mod of_readers {
    use std::cell::RefCell;

    use super::{ENGLISH, WORDS, Words, browser, set};
    use crate::tree::Tree;

    thread_local! {
        /// The languages that are here; those of equal version are the same.
        static LANGUAGES: RefCell<Vec<Words>> = const { RefCell::new(Vec::new()) };
        static OF_READERS: RefCell<Vec<(u32, Words)>> = const { RefCell::new(Vec::new()) };
    }

    /// Sets the language that `embed-port.js` has fetched for the reader that is worked for.
    pub fn take() {
        let language = browser::language();
        let known =
            LANGUAGES.with_borrow(|all| all.iter().copied().find(|w| w.language == language));
        let words = known.unwrap_or_else(|| {
            let version = LANGUAGES.with_borrow(Vec::len);
            WORDS.set(Words { version, ..ENGLISH });
            set(&language, &browser::words());
            LANGUAGES.with_borrow_mut(|all| all.push(WORDS.get()));
            WORDS.get()
        });
        WORDS.set(words);
        let reader = Tree::current().number();
        forget(reader);
        OF_READERS.with_borrow_mut(|all| all.push((reader, words)));
    }

    /// Speaks the language of a reader from now on.
    pub(crate) fn switch(reader: u32) {
        let of = OF_READERS.with_borrow(|all| all.iter().find(|(n, _)| *n == reader).copied());
        WORDS.set(of.map_or(ENGLISH, |(_, words)| words));
    }

    /// Lets go of a reader that is gone.
    pub(crate) fn forget(reader: u32) {
        OF_READERS.with_borrow_mut(|all| all.retain(|(n, _)| *n != reader));
    }
}

#[cfg(feature = "embed")]
pub use of_readers::take;
#[cfg(feature = "embed")]
pub(crate) use of_readers::{forget, switch};

/// Has `boot.js` fetch another language: a tag, or `system` for what the browser prefers. It says `dixit:words` when the
/// words are there.
pub fn speak(_language: &str) {
    #[cfg(target_arch = "wasm32")]
    browser::speak(_language);
}

/// The plural category of `n` in the language of the page, as the browser knows it.
#[cfg(target_arch = "wasm32")]
fn category(n: usize) -> &'static str {
    let category = browser::plural(n);
    let known = ["zero", "one", "two", "few", "many"];
    known.into_iter().find(|known| *known == category).unwrap_or("other")
}

#[cfg(target_arch = "wasm32")]
fn digits(n: usize) -> String {
    browser::number(n)
}

/// The plural category of `n` as the browser tells it, from the same tables of CLDR.
#[cfg(all(not(target_arch = "wasm32"), feature = "prerender"))]
mod native {
    use icu_locale_core::Locale;
    use icu_plurals::{PluralCategory, PluralRules};

    use super::language;

    pub(super) fn category(n: usize) -> Option<&'static str> {
        let locale: Locale = language().parse().ok()?;
        let rules = PluralRules::try_new_cardinal(locale.into()).ok()?;
        Some(match rules.category_for(n) {
            PluralCategory::Zero => "zero",
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            PluralCategory::Other => "other",
        })
    }
}

#[cfg(all(not(target_arch = "wasm32"), not(feature = "prerender")))]
mod native {
    /// None but English is asked for.
    pub(super) fn category(_: usize) -> Option<&'static str> {
        None
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn category(n: usize) -> &'static str {
    native::category(n).unwrap_or(if n == 1 { "one" } else { "other" })
}

#[cfg(not(target_arch = "wasm32"))]
fn digits(n: usize) -> String {
    n.to_string()
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
        let before = version();
        set(
            "de",
            "By {}\nVon {}\n{} quotes_one\n{} Zitat\n{} quotes_other\n{} Zitate\nEmpty\n\nArticle\nArtikel\nBad",
        );
        assert_eq!((language(), version()), ("de", before + 1));
        assert_eq!((t("Article"), fill("By {}", &["{}"])), ("Artikel", "Von {}".to_owned()));
        assert_eq!(around("By {}").collect::<Vec<_>>(), ["Von ", ""]);
        assert_eq!(
            (count(1, "{} quote", "{} quotes"), count(0, "{} quote", "{} quotes")),
            ("1 Zitat".into(), "0 Zitate".into())
        );
        assert_eq!((t("Empty"), t("Bad"), t("Other")), ("Empty", "Bad", "Other"));
        #[cfg(feature = "prerender")]
        {
            let plurals = ["one", "two", "few", "many", "other"]
                .map(|c| format!("{{}} quotes_{c}\n{{}} {c}"));
            set("ar", &plurals.join("\n"));
            let said = [1, 2, 3, 11, 100].map(|n| count(n, "{} quote", "{} quotes"));
            assert_eq!(said, ["1 one", "2 two", "3 few", "11 many", "100 other"]);
        }
        set("en", "");
        assert_eq!((t("Article"), word("Article"), language()), ("Article", "Article", "en"));
    }
}
