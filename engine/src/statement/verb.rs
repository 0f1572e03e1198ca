//! What the form of a verb tells on the surface.

use crate::lexicon::class;
use crate::text::is_any;
use crate::token::Tokens;

/// A present participle: "saying", "warnend".
pub(super) fn is_participle(tokens: &Tokens<'_>, i: usize) -> bool {
    let text = tokens.text(i);
    text.ends_with("ing") && text.len() > 4
        || text.ends_with("end") && text.len() > 6
        || text.ends_with("ant") && text.len() > 5
}

/// A form of the past or of the third person, which an infinitive cannot be.
pub(super) fn is_inflected(tokens: &Tokens<'_>, i: usize) -> bool {
    let text = tokens.text(i);
    text.ends_with('s')
        || text.ends_with("ed")
        || text.ends_with('t')
        || is_any(text, "said told wrote saw found knew")
}

/// A lower-case word that ends like a finite verb.
pub(super) fn looks_finite(tokens: &Tokens<'_>, i: usize) -> bool {
    let (t, text) = (tokens.at(i), tokens.text(i));
    let listed = t.is(class::VERB);
    let inflected = text.ends_with("ed") || text.ends_with('s') && !text.ends_with("ss");
    let after_determiner = i.checked_sub(1).is_none_or(|before| {
        let noun = class::DETERMINER | class::POSSESSIVE | class::PREP | class::PREP_OF;
        tokens.at(before).is(noun)
    });
    t.is_word() && !t.capital && !after_determiner && (listed || t.classes == 0 && inflected)
}
