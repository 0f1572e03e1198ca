//! Reads the capitals of a block as names, with what their surroundings tell.

use std::ops::Range;

use super::entity::{Keys, keys};
use crate::SpeakerKind;
use crate::lexicon::{ANY_HONORIFIC, ANY_ROLE, GIVEN, PRONOUN, class, rare};
use crate::name::{Gender, Reference, reference};
use crate::noun_phrase;
use crate::text::has;
use crate::token::Tokens;

/// A name in its place.
#[derive(Debug)]
pub(super) struct Name {
    /// First and last token of the capitals.
    pub(super) tokens: Range<usize>,
    pub(super) text: String,
    /// Those of the text.
    pub(super) keys: Keys,
    pub(super) role: Option<String>,
    pub(super) affiliation: Option<String>,
    pub(super) gender: Option<Gender>,
    /// As the given name has it.
    pub(super) usual_gender: Option<Gender>,
    pub(super) kind: Option<SpeakerKind>,
    /// Stands in a headline, where capitals tell little.
    pub(super) headline: bool,
    /// A full name by its form: it begins with a given name, or does not open its sentence.
    pub(super) firm: bool,
    /// Begins with a common given name.
    pub(super) given: bool,
    /// "Ann Lee's".
    pub(super) possessive: bool,
}

impl Name {
    /// Certainly a person's full name: "Ann Lee".
    pub(super) fn full_person(&self) -> bool {
        self.kind == Some(SpeakerKind::Person)
            && self.given
            && (2..=3).contains(&self.tokens.len())
            && has(&self.text, ' ')
    }
}

/// Words that are no part of a name wherever they stand.
const SMALL: u64 = PRONOUN
    | class::DETERMINER
    | class::PREP
    | class::PREP_OF
    | class::CONJUNCTION
    | class::SUBORDINATOR
    | class::NEGATION
    | class::AUXILIARY
    | class::POSSESSIVE
    | class::QUESTION
    | class::WHO
    | class::ACCORDING;

/// The names of a block in reading order.
pub(super) fn names(tokens: &Tokens<'_>, headline: bool) -> Vec<Name> {
    let mut out = Vec::new();
    for sentence in &tokens.sentences {
        let headline = headline || is_title_case(tokens, sentence);
        let mut i = sentence.start;
        while i < sentence.end {
            if !begins(tokens, sentence, i) {
                i += 1;
                continue;
            }
            let end = run_end(tokens, i, sentence.end);
            let floor = out.last().map_or(sentence.start, |n: &Name| n.tokens.end);
            let opens = i == floor.max(sentence.start);
            out.extend(name(tokens, i..end, sentence.start, headline, opens));
            i = end;
        }
    }
    out
}

/// Whether a name can begin at token `i`.
fn begins(tokens: &Tokens<'_>, sentence: &Range<usize>, i: usize) -> bool {
    let t = tokens.at(i);
    if !t.is_word() || !t.capital {
        return false;
    }
    let next = tokens.within(i + 1, sentence.end);
    let more = next.is_some_and(|n| n.capital && n.is_word());
    if t.is(GIVEN) && more {
        return true;
    }
    if t.is(SMALL | class::TIME) && !t.is(class::PLACE) {
        return false;
    }
    let opens = opens(tokens, sentence, i);
    // "Asked Trump …", "Neither Johnson …", "Maybe Lee …"
    let leads = t.is(class::VERB | class::ADVERB)
        || t.cue != 0
        || t.is(class::PARTICIPLE)
        || tokens.is_rare(i, rare::LEADS_NAME);
    !(opens && more && leads)
}

fn opens(tokens: &Tokens<'_>, sentence: &Range<usize>, i: usize) -> bool {
    i == sentence.start || tokens.at(i - 1).is_punct(":—–-•*") || tokens.at(i - 1).is_quote()
}

/// Where the capitals end that begin at `i`.
fn run_end(tokens: &Tokens<'_>, i: usize, limit: usize) -> usize {
    let mut end = i + 1;
    while end < limit && !tokens.at(end - 1).possessive {
        let (t, last) = (tokens.at(end), tokens.at(end - 1));
        let capital_next = tokens.within(end + 1, limit).is_some_and(|n| n.capital && n.is_word());
        let goes_on = if t.is_punct(".") {
            last.is(ANY_HONORIFIC | class::ABBREVIATION)
        } else if !t.is_word() {
            false
        } else if t.capital {
            let part = t.is(class::PLACE | GIVEN) || !t.is(SMALL);
            part && (last.is(GIVEN) || !t.is(class::TIME))
        } else {
            let particle = |i: usize| tokens.is_rare(i, rare::PARTICLE);
            let of =
                t.is(class::GENITIVE) && last.is(class::ORG_NAME | class::ORGANIZATION | ANY_ROLE);
            let second = tokens.within(end + 2, limit).is_some_and(|n| n.capital && n.is_word());
            let la = second && particle(end + 1);
            particle(end) && (capital_next || la) || of && capital_next
        };
        if !goes_on {
            break;
        }
        end += 1;
    }
    end
}

/// "Mayor Wins Vote After Long Count": most words have capitals, so that they tell no names.
fn is_title_case(tokens: &Tokens<'_>, sentence: &Range<usize>) -> bool {
    let words = tokens.slice(sentence.clone()).iter().filter(|t| t.is_word());
    let (mut plain, mut all) = (0, 0);
    for t in words.filter(|t| t.end - t.start > 3) {
        all += 1;
        plain += usize::from(!t.capital);
        // More than a quarter of all that may come.
        if plain * 4 > sentence.len() {
            return false;
        }
    }
    all >= 4 && plain * 4 <= all
}

/// The name in a run of capitals, with the role before it and the apposition behind it.
fn name(
    tokens: &Tokens<'_>,
    run: Range<usize>,
    floor: usize,
    headline: bool,
    opens: bool,
) -> Option<Name> {
    let mut start = run.start;
    let mut role = false;
    while start > floor
        && tokens.at(start - 1).is_word()
        && (tokens.at(start - 1).is(ANY_ROLE)
            || role
                && (tokens.at(start).is(ANY_ROLE) || tokens.at(start - 1).capital)
                && noun_phrase::is_nominal(tokens, start - 1)
                && !tokens.at(start - 1).is(class::DETERMINER | class::POSSESSIVE | class::PREP_OF))
        && !tokens.at(start - 1).possessive
    {
        start -= 1;
        role |= tokens.at(start).is(ANY_ROLE);
    }
    let phrase = if tokens.at(run.end).is_punct(",") {
        noun_phrase::after(tokens, start, tokens.list.len())
            .filter(|p| p.end > run.end)
            .unwrap_or(start..run.end)
    } else {
        start..run.end
    };
    // "Ministry of education", "Hospital staff": a noun that has its capital from the sentence.
    let next = tokens.at(run.end);
    let describes = opens
        && next.is_word()
        && !next.capital
        && next.cue == 0
        && noun_phrase::is_nominal(tokens, run.end);
    if phrase.len() == 1
        && (next.is_plain(class::PREP_OF) || describes)
        && tokens.at(start).is(class::ORGANIZATION | class::ORG_NAME | ANY_ROLE)
    {
        return None;
    }
    let Reference::Named { name, role, affiliation, gender, kind } = reference(tokens, &phrase)
    else {
        return None;
    };
    // "Y." of "N.Y."
    if name.chars().filter(|c| c.is_alphabetic()).count() < 2 {
        return None;
    }
    // "US Ambassador to the Alliance US Ambassador Ann Lee": only the whole phrase says the role.
    let before = (0..start).rev().find(|&i| !tokens.at(i).is(class::DETERMINER));
    let cut = before
        .is_some_and(|i| tokens.at(i).is(class::PREP_OF) && i > 0 && tokens.at(i - 1).is(ANY_ROLE));
    let first = tokens.at(run.start);
    let firm = !headline && (first.is(GIVEN) || !opens || role.is_some());
    Some(Name {
        keys: keys(tokens.lexicon, &name),
        text: name,
        role: role.filter(|_| !cut),
        affiliation: affiliation.filter(|_| !cut),
        gender,
        usual_gender: usual_gender(tokens, &run),
        kind,
        headline,
        given: first.is(GIVEN),
        firm,
        possessive: tokens.at(run.end - 1).possessive,
        tokens: run,
    })
}

/// The gender of the given name that a run holds, where it is not common to both.
pub(super) fn usual_gender(tokens: &Tokens<'_>, run: &Range<usize>) -> Option<Gender> {
    let names = if run.len() > 1 { run.start..run.end - 1 } else { run.clone() };
    let given = tokens.slice(names).iter().find(|t| t.is(GIVEN))?;
    match (given.is(class::GIVEN_M), given.is(class::GIVEN_F)) {
        (true, false) => Some(Gender::Male),
        (false, true) => Some(Gender::Female),
        _ => None,
    }
}
