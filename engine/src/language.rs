//! Tells the language of a text by its small words.

use std::sync::OnceLock;

use crate::case::lower;
use crate::words::{Hash, Words, key};

/// How many words are looked at.
const WORDS: usize = 250;
/// Of so many words at least one must be a small word of the language.
const SHARE: usize = 6;

/// What the small words say of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Guess {
    /// BCP 47 tag of a language with a row in `lexicon/small-words.txt`.
    Known(&'static str),
    /// Many words, and none of these languages.
    Other,
    /// Too few words to tell.
    Short,
}

/// The languages, and for each word the set of those that have it.
struct Table {
    tags: Vec<&'static str>,
    words: Words,
}

fn table() -> &'static Table {
    const ROWS: &str = include_str!(concat!(env!("OUT_DIR"), "/small-words.txt"));
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Table { tags: Vec::new(), words: Words::default() };
        for (tag, words) in ROWS.lines().filter_map(|row| row.split_once(':')) {
            let bit = 1 << table.tags.len();
            for word in words.split_whitespace() {
                *table.words.entry(key(word), 0) |= bit;
            }
            table.tags.push(tag);
        }
        table
    })
}

/// The language in which `texts` are written.
pub(crate) fn guess(texts: &mut dyn Iterator<Item = &str>) -> Guess {
    let Table { tags, words } = table();
    let mut hits = vec![0_usize; tags.len()];
    let mut n = 0;
    'texts: for text in texts {
        let mut word = None;
        for c in text.chars().chain([' ']) {
            if c != ' ' && (c.is_alphanumeric() || c == '\'') {
                word = Some(word.unwrap_or(Hash::EMPTY).char(lower(c)));
            } else if let Some(hash) = word.take() {
                n += 1;
                let mut set = words.of_key(hash.key()).unwrap_or(0);
                while set != 0 {
                    hits[set.trailing_zeros() as usize] += 1;
                    set &= set - 1;
                }
                if n == WORDS {
                    break 'texts;
                }
            }
        }
    }
    // Of two that have as many, the first of the table.
    let best = (0..hits.len()).rev().max_by_key(|&i| hits[i]);
    match best.filter(|&i| n >= 5 && hits[i] * SHARE >= n) {
        Some(i) => Guess::Known(tags[i]),
        None if n >= 5 * SHARE => Guess::Other,
        None => Guess::Short,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_apart() {
        for (text, expected) in [
            ("The council said that it would not close the school by the river.", "en"),
            ("Die Stadt hat gesagt, dass sie die Schule am Fluss nicht schließen wird.", "de"),
            ("Le maire a dit que la ville ne fermera pas une école dans le quartier.", "fr"),
            ("El alcalde dijo que la ciudad no cerrará la escuela de las afueras.", "es"),
            ("Il sindaco ha detto che la scuola non è in vendita e che resterà.", "it"),
            ("O prefeito disse que a escola não vai fechar e que é para todos.", "pt"),
            ("De burgemeester zei dat het plan niet van de baan is en dat hij wacht.", "nl"),
            ("Burmistrz powiedział, że szkoła nie jest na sprzedaż i że się nie boi.", "pl"),
            ("Мэр сказал, что школа не закроется и что он говорил об этом на совете.", "ru"),
            ("Пијаца у Липовици добиће кров до новембра, најавила је општина.", "sr"),
            ("Градоначелникот рече дека училиштето нема да се затвори во мај.", "mk"),
            ("Belediye başkanı bu okul için bir karar yok dedi ve çok bekledi.", "tr"),
        ] {
            assert_eq!(guess(&mut [text].into_iter()), Guess::Known(expected), "{text}");
        }
        let finnish = "Kaupunginjohtaja kertoi koululaisille torstaina. ".repeat(10);
        assert_eq!(guess(&mut [finnish.as_str()].into_iter()), Guess::Other);
        for text in ["Hi", "", "Kaupunginjohtaja kertoi koululaisille uudesta sillasta."] {
            assert_eq!(guess(&mut [text].into_iter()), Guess::Short, "{text}");
        }
    }
}
