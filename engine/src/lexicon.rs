//! The word lists of one language, read from its data.

use crate::text::is_any;
use crate::words::{Words, key};

/// A set of word classes.
pub(crate) type Classes = u64;

/// Declares one bit a class and the names that the files use.
macro_rules! classes {
    ($($constant:ident $name:literal),* $(,)?) => {
        /// One bit a word class; what each means stands in the word files.
        pub(crate) mod class {
            classes!(@bits 0u32; $($constant)*);
        }
        const CLASS_NAMES: &[(&str, Classes)] = &[$(($name, class::$constant)),*];
    };
    (@bits $n:expr; $head:ident $($rest:ident)*) => {
        pub(crate) const $head: super::Classes = 1 << ($n);
        classes!(@bits $n + 1; $($rest)*);
    };
    (@bits $n:expr;) => {};
}

classes! {
    HE "pronoun-he", SHE "pronoun-she", THEY "pronoun-they", IT "pronoun-it", FIRST "pronoun-i", WHO "pronoun-who",
    POSSESSIVE "possessive", DETERMINER "determiner", DEFINITE "definite",
    PREP_OF "preposition-of", PREP "preposition", CONJUNCTION "conjunction", SUBORDINATOR "subordinator",
    COMPLEMENTIZER "complementizer", QUESTION "question", AUXILIARY "auxiliary", NEGATION "negation",
    ADVERB "adverb", TIME "time", ABBREVIATION "abbreviation",
    HONORIFIC_M "honorific-m", HONORIFIC_F "honorific-f", HONORIFIC "honorific",
    ROLE_M "role-m", ROLE_F "role-f", ROLE "role", ROLE_PLURAL "role-plural",
    GIVEN_M "given-m", GIVEN_F "given-f",
    ORGANIZATION "organization", ORG_NAME "org-name", PLACE "place",
    VERB "verb", GENERIC_ORG "generic-organization", ALSO_NOUN "also-noun",
    ACCORDING "according", ACCORDING_AFTER "according-after",
    CUE_WORD "cue-word",
}

/// Every pronoun that can be a source.
pub(crate) const PRONOUN: Classes = class::HE | class::SHE | class::THEY | class::IT | class::FIRST;
/// Every word for what somebody is.
pub(crate) const ANY_ROLE: Classes =
    class::ROLE | class::ROLE_M | class::ROLE_F | class::ROLE_PLURAL;
/// Every given name.
pub(crate) const GIVEN: Classes = class::GIVEN_M | class::GIVEN_F;
/// Every title before a name.
pub(crate) const ANY_HONORIFIC: Classes =
    class::HONORIFIC | class::HONORIFIC_M | class::HONORIFIC_F;

/// What a cue verb can do; the bits of `cues.txt`.
pub(crate) type CueTags = u16;

/// One bit a tag of `cues.txt`.
pub(crate) mod cue {
    use super::CueTags;
    pub(crate) const QUOTE: CueTags = 1;
    pub(crate) const THAT: CueTags = 2;
    pub(crate) const BARE: CueTags = 4;
    pub(crate) const PERSON: CueTags = 8;
    pub(crate) const WHETHER: CueTags = 16;
    pub(crate) const NOUN: CueTags = 32;
    pub(crate) const CALL: CueTags = 64;
    pub(crate) const AS: CueTags = 128;
    pub(crate) const STANCE: CueTags = 256;
}

fn cue_tag(letter: &str) -> CueTags {
    match letter {
        "q" => cue::QUOTE,
        "t" => cue::THAT,
        "b" => cue::BARE,
        "p" => cue::PERSON,
        "w" => cue::WHETHER,
        "n" => cue::NOUN,
        "c" => cue::CALL,
        "a" => cue::AS,
        "s" => cue::STANCE,
        _ => 0,
    }
}

/// The line of `words.txt` that says what the language does as a whole.
const TRAITS: &str = "traits";
const CAPITAL_NOUNS: &str = "capital-nouns";

/// What the lists know of one word or phrase.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Entry {
    pub(crate) classes: Classes,
    pub(crate) cue: CueTags,
    /// The phrases that begin with this word, for [`Lexicon::phrase`].
    pub(crate) phrases: Option<u32>,
}

/// The words of a phrase after its first, as keys, and what the phrase is.
type Phrase = (Vec<u32>, Entry);

/// The word lists of one language.
pub(crate) struct Lexicon {
    /// BCP 47 tag.
    pub(crate) language: String,
    /// Every noun has a capital, as in German.
    pub(crate) capital_nouns: bool,
    /// Indices into `entries`.
    words: Words,
    entries: Vec<Entry>,
    /// Phrases by their first words.
    phrases: Vec<Vec<Phrase>>,
    suffixes: Vec<(String, Classes)>,
}

impl Lexicon {
    /// Reads the lines of `words.txt` and `cues.txt`; what they do not say right is passed over.
    pub(crate) fn parse(language: &str, words: &str, cues: &str) -> Lexicon {
        let mut it = Lexicon {
            language: language.to_string(),
            capital_nouns: false,
            words: Words::default(),
            entries: Vec::new(),
            phrases: Vec::new(),
            suffixes: Vec::new(),
        };
        for (name, list) in lines(words) {
            if name == TRAITS {
                it.capital_nouns = is_any(CAPITAL_NOUNS, list);
                continue;
            }
            let bit = CLASS_NAMES.iter().find(|(n, _)| *n == name).map_or(0, |(_, bit)| *bit);
            for word in list.split_whitespace() {
                match word.strip_prefix('-') {
                    Some(suffix) => it.suffixes.push((suffix.to_string(), bit)),
                    None => it.add(word, bit, 0),
                }
            }
        }
        for (forms, tags) in lines(cues) {
            let tags = tags.split_whitespace().map(cue_tag).fold(0, |a, b| a | b);
            for form in forms.split_whitespace() {
                it.add(form, 0, tags);
            }
        }
        it
    }

    fn add(&mut self, word: &str, classes: Classes, cue: CueTags) {
        let mut parts = word.split('_');
        let first = self.words.slot(&mut self.entries, parts.next().unwrap_or(word));
        let rest: Vec<u32> = parts.map(key).collect();
        let entry = if rest.is_empty() {
            first
        } else {
            let n = *first.phrases.get_or_insert_with(|| {
                self.phrases.push(Vec::new());
                u32::try_from(self.phrases.len() - 1).unwrap_or(u32::MAX)
            });
            let list = &mut self.phrases[n as usize];
            let at = list.iter().position(|(r, _)| *r == rest).unwrap_or_else(|| {
                list.push((rest, Entry::default()));
                list.len() - 1
            });
            &mut list[at].1
        };
        entry.classes |= classes;
        entry.cue |= cue;
    }

    fn entry(&self, key: u32) -> Entry {
        let entry = self.words.of_key(key).and_then(|i| self.entries.get(i as usize));
        entry.copied().unwrap_or_default()
    }

    /// Whether it has no words, so that nothing is known of the language.
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// What is known of a word in lower case, which has this key.
    pub(crate) fn word(&self, lower: &str, key: u32) -> Entry {
        let mut entry = self.entry(key);
        if entry.classes == 0 && entry.cue == 0 {
            let last = lower.as_bytes().last();
            for (suffix, bit) in &self.suffixes {
                let may = last == suffix.as_bytes().last() && lower.len() > suffix.len() + 1;
                if may && lower.ends_with(suffix.as_str()) {
                    entry.classes |= bit;
                }
            }
        }
        entry
    }

    /// The longest of the phrases `n` that stands here, where `word_after(1)` is the key of the next
    /// word: how many words come after the first, and what it is.
    pub(crate) fn phrase(
        &self,
        n: u32,
        word_after: impl Fn(usize) -> Option<u32>,
    ) -> Option<(usize, Entry)> {
        let stands = |rest: &[u32]| (1..).zip(rest).all(|(i, w)| word_after(i) == Some(*w));
        self.phrases
            .get(n as usize)?
            .iter()
            .filter(|(rest, _)| stands(rest))
            .max_by_key(|(rest, _)| rest.len())
            .map(|(rest, entry)| (rest.len(), *entry))
    }
}

/// The lines `key: value` (in cue files `forms : tags`) of a word file.
fn lines(file: &str) -> impl Iterator<Item = (&str, &str)> {
    file.lines().filter_map(|l| l.split_once(':')).map(|(key, value)| (key.trim(), value.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_every_file_is_understood() {
        for entry in std::fs::read_dir("lexicon").expect("the lexicon") {
            let folder = entry.expect("an entry").path();
            let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap_or_default();
            let told = |name: &str| {
                let kept: Vec<_> = name.lines().filter(|l| !l.starts_with('#')).collect();
                kept.join("\n")
            };
            for (name, list) in lines(&told(&read("words.txt"))) {
                let known = CLASS_NAMES.iter().any(|(n, _)| *n == name);
                assert!(known || (name, list) == (TRAITS, CAPITAL_NOUNS), "{folder:?}: {name}");
            }
            for (forms, tags) in lines(&told(&read("cues.txt"))) {
                let known = tags.split_whitespace().all(|t| cue_tag(t) != 0);
                assert!(known && !tags.is_empty() && !forms.is_empty(), "{folder:?}: {forms}");
            }
        }
    }
}
