//! Tells the language of a text by its small words.

use crate::case::lowered;
use crate::lexicon::{Lexicon, class};

/// Classes whose words are frequent in every text of a language.
const SMALL: u64 = class::DETERMINER
    | class::PREP
    | class::PREP_OF
    | class::CONJUNCTION
    | class::AUXILIARY
    | class::SUBORDINATOR
    | class::NEGATION;

/// How many words are looked at.
const WORDS: usize = 600;

/// The BCP 47 tag of the language, among those that the lexicon has; `None` where too little text
/// tells or the text is in another one.
pub(crate) fn language<'a>(texts: impl Iterator<Item = &'a str>) -> Option<&'static str> {
    let mut hits = vec![0_usize; Lexicon::all().len()];
    let mut n = 0;
    let words = texts.flat_map(|t| t.split(|c: char| !c.is_alphanumeric() && c != '\''));
    for word in words.filter(|w| !w.is_empty()).take(WORDS) {
        let lower = lowered(word);
        n += 1;
        for (hit, lexicon) in hits.iter_mut().zip(Lexicon::all()) {
            *hit += usize::from(lexicon.exact(&lower) & SMALL != 0);
        }
    }
    let best = (0..hits.len()).max_by_key(|&i| (hits[i], std::cmp::Reverse(i)))?;
    let clear = n >= 5 && hits[best] * 6 >= n;
    clear.then(|| Lexicon::all()[best].language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_apart() {
        for (text, expected) in [
            ("The council said that it would not close the school by the river.", Some("en")),
            (
                "Die Stadt hat gesagt, dass sie die Schule am Fluss nicht schließen wird.",
                Some("de"),
            ),
            ("Le maire a dit que la ville ne fermera pas une école dans le quartier.", Some("fr")),
            ("Пијаца у Липовици добиће кров до новембра, најавила је општина.", None),
            ("Hi", None),
            ("", None),
        ] {
            assert_eq!(language([text].into_iter()), expected, "{text}");
        }
    }
}
