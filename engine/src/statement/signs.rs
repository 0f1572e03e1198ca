//! What the scorer sees of a token: a coarse tag, and hashes of its word and its stem.

use crate::lexicon::{ANY_HONORIFIC, ANY_ROLE, class};
use crate::text::has;
use crate::token::{TokenKind, Tokens};

/// What a token is, coarsely; one tag each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tag {
    /// Before or behind the sentence.
    Outside,
    /// Whole sentences in marks.
    Quote,
    /// A name in marks.
    Title,
    /// Some words in marks.
    Fragment,
    Comma,
    Stop,
    Colon,
    Semicolon,
    Dash,
    Open,
    Close,
    Mark,
    He,
    First,
    They,
    It,
    Who,
    That,
    Possessive,
    Determiner,
    To,
    By,
    Of,
    Preposition,
    Conjunction,
    Subordinator,
    Auxiliary,
    Negation,
    Time,
    Adverb,
    Number,
    Honorific,
    Role,
    Organization,
    Capital,
    CapitalPossessive,
    Cue,
    Past,
    Ing,
    S,
    Plain,
    PlainPossessive,
}

/// The signs of one token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sign {
    pub(super) tag: Tag,
    /// Of the lower-case word.
    pub(super) word: u32,
    /// Of its first letters, which its forms share.
    pub(super) stem: u32,
}

pub(super) const OUTSIDE: Sign = Sign { tag: Tag::Outside, word: 0, stem: 0 };

/// How many letters of a word its stem keeps.
const STEM: usize = 5;

impl Sign {
    pub(super) fn of(tokens: &Tokens<'_>, i: usize) -> Sign {
        let text = tokens.text(i);
        if tokens.at(i).is_quote() {
            return quoted(text);
        }
        let stem = text.bytes().take(STEM).fold(0x811C_9DC5, |hash: u32, b| {
            (hash ^ u32::from(b.to_ascii_lowercase())).wrapping_mul(0x0100_0193)
        });
        Sign { tag: tag(tokens, i, text), word: tokens.at(i).hash, stem }
    }
}

/// The longest name in marks, in words.
const TITLE: u32 = 7;
/// How many words are counted.
const COUNTED: u32 = 12;

/// The signs of a quotation: how it opens and ends, and how many words it has.
fn quoted(text: &str) -> Sign {
    let (mut words, mut capitals, mut small) = (0, 0, 0);
    let mut first = None;
    for w in text.split_whitespace() {
        let Some(c) = w.chars().find(|c| c.is_alphanumeric()) else { continue };
        first.get_or_insert(c);
        words += 1;
        if !c.is_lowercase() {
            capitals += 1;
        } else if w.len() < 4 {
            small += 1;
        }
        if words >= COUNTED {
            break;
        }
    }
    let last = text.chars().rev().find(|c| !is_quotation_mark(*c));
    let ending = match last {
        Some(',') => 1,
        Some('.' | '!' | '?' | '…') => 2,
        _ => 0,
    };
    let titled = words <= TITLE && capitals + small == words && capitals > 0;
    let tag = if titled && ending != 2 && !(words == 1 && ending == 1) {
        Tag::Title
    } else if first.is_some_and(char::is_lowercase) || ending == 0 && words < COUNTED {
        Tag::Fragment
    } else {
        Tag::Quote
    };
    let size = if words < 4 { words } else { 4 + words / 6 };
    Sign { tag, word: 2 + ending * 8 + size, stem: 2 + ending }
}

fn is_quotation_mark(c: char) -> bool {
    has("\"'“”„«»‘’‚‹›", c)
}

/// Whether a name that is no time follows at once.
fn opens_name(tokens: &Tokens<'_>, i: usize) -> bool {
    let next = tokens.at(i + 1);
    next.is_word() && next.capital && !next.is(class::TIME)
}

fn tag(tokens: &Tokens<'_>, i: usize, text: &str) -> Tag {
    let t = tokens.at(i);
    match t.kind {
        TokenKind::Quote(_) => return quoted(text).tag,
        TokenKind::Punct(c) => {
            return match c {
                ',' => Tag::Comma,
                '.' | '!' | '?' | '…' => Tag::Stop,
                ':' => Tag::Colon,
                ';' => Tag::Semicolon,
                '—' | '–' | '―' | '-' => Tag::Dash,
                '(' | '[' => Tag::Open,
                ')' | ']' => Tag::Close,
                _ => Tag::Mark,
            };
        }
        TokenKind::Word => {}
    }
    const CLASSES: &[(u64, Tag)] = &[
        (class::COMPLEMENTIZER, Tag::That),
        (class::HE | class::SHE, Tag::He),
        (class::FIRST, Tag::First),
        (class::THEY, Tag::They),
        (class::IT, Tag::It),
        (class::WHO, Tag::Who),
        (class::POSSESSIVE, Tag::Possessive),
        (class::DETERMINER, Tag::Determiner),
        (class::NEGATION, Tag::Negation),
        (class::AUXILIARY, Tag::Auxiliary),
        (class::CONJUNCTION, Tag::Conjunction),
        (class::SUBORDINATOR | class::QUESTION, Tag::Subordinator),
        (class::TIME, Tag::Time),
        (class::PREP_OF, Tag::Of),
        (class::PREP, Tag::Preposition),
    ];
    const SMALL: u64 = {
        let (mut all, mut i) = (0, 0);
        while i < CLASSES.len() {
            all |= CLASSES[i].0;
            i += 1;
        }
        all
    };
    let small = |class, tag| (!t.capital && t.is(class)).then_some(tag);
    let small =
        small(class::TO, Tag::To).or(small(class::BY, Tag::By)).or(small(class::GENITIVE, Tag::Of));
    if let Some(tag) = small {
        return tag;
    }
    if t.capital && t.is(class::TIME) {
        // "June Okada"
        return if opens_name(tokens, i) { Tag::Capital } else { Tag::Time };
    }
    if t.is(SMALL)
        && let Some((_, tag)) = CLASSES.iter().find(|(c, _)| t.is(*c))
    {
        return *tag;
    }
    if t.is(ANY_HONORIFIC) && t.capital {
        return Tag::Honorific;
    }
    if t.is(ANY_ROLE) {
        return Tag::Role;
    }
    if t.capital {
        return if t.possessive { Tag::CapitalPossessive } else { Tag::Capital };
    }
    if text.starts_with(|c: char| !c.is_alphabetic()) {
        return Tag::Number;
    }
    if t.possessive {
        return Tag::PlainPossessive;
    }
    if t.is(class::ADVERB) {
        return Tag::Adverb;
    }
    if t.is(class::CUE_WORD) || t.cue != 0 {
        return Tag::Cue;
    }
    if t.is(class::ORGANIZATION) {
        return Tag::Organization;
    }
    if t.is(class::PAST) {
        Tag::Past
    } else if t.is(class::PARTICIPLE) {
        Tag::Ing
    } else if t.is(class::THIRD) {
        Tag::S
    } else {
        Tag::Plain
    }
}

impl Tag {
    /// A word that may stand inside a noun phrase.
    pub(super) fn nominal(self) -> bool {
        matches!(
            self,
            Tag::Possessive
                | Tag::Determiner
                | Tag::Number
                | Tag::Honorific
                | Tag::Role
                | Tag::Organization
                | Tag::Capital
                | Tag::CapitalPossessive
                | Tag::Plain
                | Tag::PlainPossessive
                | Tag::S
        )
    }

    pub(super) fn quoted(self) -> bool {
        matches!(self, Tag::Quote | Tag::Title | Tag::Fragment)
    }

    pub(super) fn pronoun(self) -> bool {
        matches!(self, Tag::He | Tag::First | Tag::They | Tag::It | Tag::Who)
    }

    pub(super) fn punctuation(self) -> bool {
        self >= Tag::Comma && self <= Tag::Mark
    }
}
