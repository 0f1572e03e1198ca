//! What the form of a verb tells on the surface.

use crate::lexicon::{FORM, class};
use crate::token::Tokens;

/// "King" ends like a participle too.
const SHORT: usize = 4;

/// A present participle: "saying", "warnend".
pub(super) fn is_participle(tokens: &Tokens<'_>, i: usize) -> bool {
    tokens.at(i).is(class::PARTICIPLE) && tokens.text(i).len() > SHORT
}

/// A form of the past or of the third person, which an infinitive cannot be.
pub(super) fn is_inflected(tokens: &Tokens<'_>, i: usize) -> bool {
    tokens.at(i).is(class::PAST | class::THIRD)
}

/// A lower-case word that ends like a finite verb.
pub(super) fn looks_finite(tokens: &Tokens<'_>, i: usize) -> bool {
    let t = tokens.at(i);
    let listed = t.is(class::VERB);
    let inflected = t.is(class::PAST | class::THIRD);
    let after_determiner = i.checked_sub(1).is_none_or(|before| {
        let noun = class::DETERMINER | class::POSSESSIVE | class::PREP | class::PREP_OF;
        tokens.at(before).is(noun)
    });
    t.is_word()
        && !t.capital
        && !after_determiner
        && (listed || t.classes & !FORM == 0 && inflected)
}
