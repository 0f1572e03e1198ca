//! Word lists of the languages whose grammar the engine knows, read from `lexicon/` once.

use std::sync::OnceLock;

use crate::words::Words;

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

/// What the lists know of one word or phrase.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Entry {
    pub(crate) classes: Classes,
    pub(crate) cue: CueTags,
}

/// The word lists of one language.
pub(crate) struct Lexicon {
    /// BCP 47 tag.
    pub(crate) language: &'static str,
    /// Indices into `entries`.
    words: Words,
    entries: Vec<Entry>,
    /// First words of phrases: indices into `phrases`.
    starts: Words,
    /// For each first word, the words after it.
    phrases: Vec<Vec<(Vec<&'static str>, Entry)>>,
    suffixes: Vec<(&'static str, Classes)>,
}

/// Each language with its word files; English first, as the one that others fall back to.
const LANGUAGES: &[(&str, &str, &str)] = &[
    (
        "en",
        include_str!(concat!(env!("OUT_DIR"), "/en-words.txt")),
        include_str!(concat!(env!("OUT_DIR"), "/en-cues.txt")),
    ),
    (
        "de",
        include_str!(concat!(env!("OUT_DIR"), "/de-words.txt")),
        include_str!(concat!(env!("OUT_DIR"), "/de-cues.txt")),
    ),
    (
        "fr",
        include_str!(concat!(env!("OUT_DIR"), "/fr-words.txt")),
        include_str!(concat!(env!("OUT_DIR"), "/fr-cues.txt")),
    ),
];

impl Lexicon {
    /// The lists of `language`, a BCP 47 tag; English where it is not known.
    pub(crate) fn of(language: Option<&str>) -> &'static Lexicon {
        let primary = language.and_then(|l| l.split('-').next()).unwrap_or("en");
        let all = Lexicon::all();
        all.iter().find(|l| l.language == primary).unwrap_or(&all[0])
    }

    /// Every language that has lists; English first.
    pub(crate) fn all() -> &'static [Lexicon] {
        static ALL: OnceLock<Vec<Lexicon>> = OnceLock::new();
        ALL.get_or_init(|| {
            LANGUAGES.iter().map(|(tag, words, cues)| Lexicon::parse(tag, words, cues)).collect()
        })
    }

    fn parse(language: &'static str, words: &'static str, cues: &'static str) -> Lexicon {
        let mut it = Lexicon {
            language,
            words: Words::default(),
            entries: Vec::new(),
            starts: Words::default(),
            phrases: Vec::new(),
            suffixes: Vec::new(),
        };
        for (name, list) in lines(words) {
            let bit = CLASS_NAMES.iter().find(|(n, _)| *n == name).map_or(0, |(_, bit)| *bit);
            debug_assert!(bit != 0, "no class {name}");
            for word in list.split_whitespace() {
                match word.strip_prefix('-') {
                    Some(suffix) => it.suffixes.push((suffix, bit)),
                    None => it.add(word, Entry { classes: bit, cue: 0 }),
                }
            }
        }
        for (forms, tags) in lines(cues) {
            let tags = tags.split_whitespace().map(cue_tag).fold(0, |a, b| a | b);
            for form in forms.split_whitespace() {
                it.add(form, Entry { classes: 0, cue: tags });
            }
        }
        it
    }

    fn add(&mut self, word: &'static str, entry: Entry) {
        let mut parts = word.split('_');
        let first = parts.next().unwrap_or(word);
        let rest: Vec<_> = parts.collect();
        let entry_of = if rest.is_empty() {
            self.words.slot(&mut self.entries, first)
        } else {
            let list = self.starts.slot(&mut self.phrases, first);
            let at = list.iter().position(|(r, _)| *r == rest).unwrap_or_else(|| {
                list.push((rest, Entry::default()));
                list.len() - 1
            });
            &mut list[at].1
        };
        entry_of.classes |= entry.classes;
        entry_of.cue |= entry.cue;
    }

    fn entry(&self, lower: &str) -> Entry {
        self.words
            .get(lower)
            .and_then(|i| self.entries.get(i as usize))
            .copied()
            .unwrap_or_default()
    }

    /// The classes of exactly this word, suffixes aside.
    pub(crate) fn exact(&self, lower: &str) -> Classes {
        self.entry(lower).classes
    }

    /// What is known of a word in lower case.
    pub(crate) fn word(&self, lower: &str) -> Entry {
        let mut entry = self.entry(lower);
        if entry.classes == 0 && entry.cue == 0 {
            for (suffix, bit) in &self.suffixes {
                if lower.len() > suffix.len() + 1 && lower.ends_with(suffix) {
                    entry.classes |= bit;
                }
            }
        }
        entry
    }

    /// The longest phrase that begins with `first`: how many words come after it, and what it is.
    pub(crate) fn phrase<'a>(
        &self,
        first: &str,
        mut word_after: impl FnMut(usize) -> Option<&'a str>,
    ) -> Option<(usize, Entry)> {
        let list = self.starts.get(first).and_then(|i| self.phrases.get(i as usize))?;
        list.iter()
            .filter(|(rest, _)| rest.iter().enumerate().all(|(i, w)| word_after(i + 1) == Some(*w)))
            .max_by_key(|(rest, _)| rest.len())
            .map(|(rest, entry)| (rest.len(), *entry))
    }
}

/// The lines `key: value` (in cue files `forms : tags`) of a word file.
fn lines(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    file.lines().filter_map(|l| l.split_once(':')).map(|(key, value)| (key.trim(), value.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_every_file_is_understood() {
        for (tag, words, cues) in LANGUAGES {
            for (name, _) in lines(words) {
                assert!(CLASS_NAMES.iter().any(|(n, _)| *n == name), "{tag}: class {name}");
            }
            for (forms, tags) in lines(cues) {
                let known = tags.split_whitespace().all(|t| cue_tag(t) != 0);
                assert!(known && !tags.is_empty() && !forms.is_empty(), "{tag}: {forms}: {tags}");
            }
        }
    }
}
