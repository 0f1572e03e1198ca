//! The word lists of one language, read from its data.

use crate::text::is_any;
use crate::words::{Words, key, lower_key};

/// A set of word classes.
pub(crate) type Classes = u64;

/// Declares one bit a class and the names that the files use.
macro_rules! classes {
    ($module:ident $names:ident; $($constant:ident $name:literal),* $(,)?) => {
        /// One bit a word class; what each means stands in the word files.
        pub(crate) mod $module {
            classes!(@bits 0u32; $($constant)*);
        }
        const $names: &[(&str, Classes)] = &[$(($name, $module::$constant)),*];
    };
    (@bits $n:expr; $head:ident $($rest:ident)*) => {
        pub(crate) const $head: super::Classes = 1 << ($n);
        classes!(@bits $n + 1; $($rest)*);
    };
    (@bits $n:expr;) => {};
}

classes! {
    class CLASS_NAMES;
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
    CUE_WORD "cue-word", AS "as",
    AND "and", RELATIVE "relative", REDUCED_RELATIVE "reduced-relative", PRONOMINAL "pronominal",
    GENITIVE "genitive", CLOCK "clock",
    BE "be", TO "to", BY "by", HIS "pronoun-his", HER "pronoun-her",
    PARTICIPLE "participle", PAST "past", THIRD "third", AGED "aged",
}

// Classes that are asked for at few places: not kept with each token, but looked up.
classes! {
    rare RARE_NAMES;
    ARTICLE "article", INDEFINITE "indefinite", THEIR "possessive-they", ITS "possessive-it", MY "possessive-i",
    NOBODY "nobody", COORDINATOR "coordinator", EXPLETIVE "expletive", AS_SAID "as-said", CIRCUMSTANCE "circumstance",
    LEADS_PARTICIPLE "leads-participle", LEADS_NAME "leads-name", CLAUSE "clause", PARTICLE "name-particle",
    JOINER "name-joiner", SUFFIX "name-suffix", ELECT "title-suffix", BELONGS "belongs", ADJECTIVE "adjective",
    OF_THINGS "relative-of-things", IMPERSONAL "impersonal",
}

/// What the form of a verb tells; no class of its own.
pub(crate) const FORM: Classes = class::PARTICIPLE | class::PAST | class::THIRD;

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

/// The words of a list, in which "claim insist + +s" stands for "claim claims insist insists".
fn each(list: &str, mut word: impl FnMut(&str)) {
    let endings = || list.split_whitespace().filter_map(|ending| ending.strip_prefix('+'));
    let none = endings().next().is_none().then_some("");
    let mut whole = String::new();
    for stem in list.split_whitespace().filter(|stem| !stem.starts_with('+')) {
        for ending in none.into_iter().chain(endings()) {
            whole.clear();
            whole.push_str(stem);
            whole.push_str(ending);
            word(&whole);
        }
    }
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
const FAMILY_FIRST: &str = "family-first";
/// The lines that say how a given name is shortened: the name, then its short forms.
const NICKNAME: &str = "nickname";

/// What the lists know of one word or phrase.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Entry {
    pub(crate) classes: Classes,
    /// Those of [`rare`].
    rare: Classes,
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
    /// The family's name stands before the given name, as in Hungarian.
    pub(crate) family_first: bool,
    /// The keys of given names, xor those of what they are called for short.
    nicknames: Words,
    /// Indices into `entries`.
    words: Words,
    entries: Vec<Entry>,
    /// Phrases by their first words.
    phrases: Vec<Vec<Phrase>>,
    suffixes: Vec<(String, Classes)>,
    /// The endings of verbs, which count for every word.
    endings: Vec<(String, Classes)>,
    /// The last letters of the suffixes and of the endings, so that most words are compared with none: see
    /// [`last_letter`].
    suffix_letters: u64,
    ending_letters: u64,
}

impl Lexicon {
    /// Reads the lines of `words.txt` and `cues.txt`; what they do not say right is passed over.
    pub(crate) fn parse(language: &str, words: &str, cues: &str) -> Lexicon {
        let mut it = Lexicon {
            language: language.to_string(),
            capital_nouns: false,
            family_first: false,
            nicknames: Words::default(),
            words: Words::default(),
            entries: Vec::new(),
            phrases: Vec::new(),
            suffixes: Vec::new(),
            endings: Vec::new(),
            suffix_letters: 0,
            ending_letters: 0,
        };
        for (name, list) in lines(words) {
            if name == TRAITS {
                it.capital_nouns = is_any(CAPITAL_NOUNS, list);
                it.family_first = is_any(FAMILY_FIRST, list);
                continue;
            }
            if name == NICKNAME {
                it.add_nicknames(list);
                continue;
            }
            let bit = bit_of(CLASS_NAMES, name);
            let rare = bit_of(RARE_NAMES, name);
            each(list, |word| match word.strip_prefix('-') {
                Some(ending) if bit & FORM != 0 => {
                    it.ending_letters |= last_letter(ending);
                    it.endings.push((ending.to_string(), bit));
                }
                Some(suffix) => {
                    it.suffix_letters |= last_letter(suffix);
                    it.suffixes.push((suffix.to_string(), bit));
                }
                None => it.add(word, Entry { classes: bit, rare, ..Entry::default() }),
            });
        }
        for (forms, tags) in lines(cues) {
            let cue = tags.split_whitespace().map(cue_tag).fold(0, |a, b| a | b);
            each(forms, |form| it.add(form, Entry { cue, ..Entry::default() }));
        }
        it
    }

    fn add(&mut self, word: &str, more: Entry) {
        let mut parts = word.split('_');
        let first = self.words.slot(&mut self.entries, key(parts.next().unwrap_or(word)));
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
        entry.classes |= more.classes;
        entry.rare |= more.rare;
        entry.cue |= more.cue;
    }

    fn add_nicknames(&mut self, list: &str) {
        let mut names = list.split_whitespace();
        let full = names.next().unwrap_or("");
        for short in names {
            self.nicknames.entry(key(full) ^ key(short), 0);
        }
    }

    /// Whether one of two given names is what the other is called for short.
    pub(crate) fn is_nickname(&self, a: &str, b: &str) -> bool {
        self.nicknames.of_key(lower_key(a) ^ lower_key(b)).is_some()
    }

    fn entry(&self, key: u32) -> Entry {
        let entry = self.words.of_key(key).and_then(|i| self.entries.get(i as usize));
        entry.copied().unwrap_or_default()
    }

    /// Whether it has no words, so that nothing is known of the language.
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether the word that has this key is of one of the classes of [`rare`].
    pub(crate) fn is_rare(&self, key: u32, classes: Classes) -> bool {
        self.entry(key).rare & classes != 0
    }

    /// What is known of a word in lower case, which has this key.
    pub(crate) fn word(&self, lower: &str, key: u32) -> Entry {
        let mut entry = self.entry(key);
        let letter = last_letter(lower);
        if entry.classes == 0 && entry.cue == 0 && self.suffix_letters & letter != 0 {
            let last = lower.as_bytes().last();
            for (suffix, bit) in &self.suffixes {
                let may = last == suffix.as_bytes().last() && lower.len() > suffix.len() + 1;
                if may && lower.ends_with(suffix.as_str()) {
                    entry.classes |= bit;
                }
            }
        }
        if self.ending_letters & letter != 0 {
            for (ending, bit) in &self.endings {
                entry.classes |= if ends(lower, ending) { *bit } else { 0 };
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

/// A bit for the last byte of a word; several share it.
fn last_letter(word: &str) -> u64 {
    word.bytes().next_back().map_or(0, |b| 1 << (b % 64))
}

fn bit_of(names: &[(&str, Classes)], name: &str) -> Classes {
    names.iter().find(|(n, _)| *n == name).map_or(0, |(_, bit)| *bit)
}

/// Whether a word ends like a form of a verb; "press" is no form in "-s".
fn ends(word: &str, ending: &str) -> bool {
    let (word, ending) = (word.as_bytes(), ending.as_bytes());
    let stem = word.len().saturating_sub(ending.len());
    word.last() == ending.last()
        && word.ends_with(ending)
        && !(ending.len() == 1 && word.get(stem.wrapping_sub(1)) == ending.first())
}

/// The lines `key: value` (in cue files `forms : tags`) of a word file.
fn lines(file: &str) -> impl Iterator<Item = (&str, &str)> {
    file.lines().filter_map(|l| l.split_once(':')).map(|(key, value)| (key.trim(), value.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_stand_for_forms() {
        let all = |list: &str| {
            let mut words = Vec::new();
            each(list, |word| words.push(word.to_string()));
            words.join(" ")
        };
        assert_eq!(all("claim insist + +s"), "claim claims insist insists");
        assert_eq!(all("say says -er"), "say says -er");
        assert_eq!(all(" "), "");
    }

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
                let known = bit_of(CLASS_NAMES, name) | bit_of(RARE_NAMES, name) != 0;
                let trait_ = |t| [CAPITAL_NOUNS, FAMILY_FIRST].contains(&t);
                let traits = name == TRAITS && list.split(' ').all(trait_);
                assert!(known || traits || name == NICKNAME, "{folder:?}: {name}");
            }
            for (forms, tags) in lines(&told(&read("cues.txt"))) {
                let known = tags.split_whitespace().all(|t| cue_tag(t) != 0);
                assert!(known && !tags.is_empty() && !forms.is_empty(), "{folder:?}: {forms}");
            }
        }
    }
}
