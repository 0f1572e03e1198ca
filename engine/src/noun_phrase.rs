//! Finds the noun phrase before or after a verb on the surface of a sentence, without a parser.

use std::ops::Range;

use crate::lexicon::{ANY_HONORIFIC, ANY_ROLE, PRONOUN, class};
use crate::token::{Token, Tokens};

/// A noun phrase: a range of tokens of one block.
pub(crate) type Phrase = Range<usize>;

/// Longest phrase looked at, in tokens; the longest sources of news are groups of about this size.
const REACH: usize = 28;

/// The phrase that ends before token `end`, not before token `floor`; the subject of a verb at `end`.
///
/// Looks through appositions and relative clauses between commas:
/// "Ann Lee, the mayor of Port Ellis," is one phrase.
pub(crate) fn before(tokens: &Tokens<'_>, floor: usize, end: usize) -> Option<Phrase> {
    let last = end.checked_sub(1).filter(|&l| l >= floor)?;
    if tokens.at(last).is_punct(",") || tokens.at(last).is_punct("—–)") {
        return with_apposition(tokens, floor, last);
    }
    let start = simple_before(tokens, floor, end)?;
    Some(group_before(tokens, floor, start)..end)
}

/// "NAME, apposition" where the comma at `comma` closes the apposition: where the phrase starts.
fn with_apposition(tokens: &Tokens<'_>, floor: usize, comma: usize) -> Option<Phrase> {
    let list = &tokens.list;
    let from = comma.saturating_sub(REACH).max(floor);
    let pair = |t: &Token| {
        if tokens.at(comma).is_punct(")") { t.is_punct("(") } else { t.is_punct(",—–") }
    };
    let mut open = comma;
    while let Some(at) = (from..open).rev().find(|&i| pair(tokens.at(i))) {
        let inner = list.get(at + 1)?;
        let describes = inner.is(class::DETERMINER | class::WHO | ANY_ROLE | class::POSSESSIVE)
            || inner.capital
            || tokens.text(at + 1).starts_with(|c: char| c.is_ascii_digit())
            || comma - at > 2 && !inner.is(class::CONJUNCTION | PRONOUN | class::SUBORDINATOR);
        if at > floor && describes && !tokens.at(at - 1).is_quote() {
            let start = simple_before(tokens, floor, at)?;
            let names = tokens
                .slice(start..at)
                .iter()
                .any(|t| t.capital || t.is(ANY_ROLE | class::ORGANIZATION));
            if names && !tokens.at(start).is(PRONOUN) {
                let plain = inner.is(class::WHO) && !inner.is(class::DETERMINER)
                    || inner.is(class::PREP | class::PREP_OF) && !inner.is(class::DETERMINER)
                    || inner.is(class::RELATIVE | class::REDUCED_RELATIVE);
                // An earlier apposition counts: "Ann Lee, the mayor, who lost,".
                let end = if plain { at } else { described_part(tokens, at, comma) };
                if plain && let Some(earlier) = with_earlier(tokens, floor, at) {
                    return Some(earlier);
                }
                return Some(start..end);
            }
        }
        open = at;
    }
    None
}

/// "Ann Lee, the mayor" in "Ann Lee, the mayor, who lost,".
fn with_earlier(tokens: &Tokens<'_>, floor: usize, at: usize) -> Option<Phrase> {
    let open = (floor..at).rev().take(REACH).find(|&i| tokens.at(i).is_punct(",—–"))?;
    let role = tokens.slice(open + 1..at).iter().any(|t| t.is(ANY_ROLE));
    let start = simple_before(tokens, floor, open).filter(|_| role && open > floor)?;
    tokens.slice(start..open).iter().any(|t| t.capital).then_some(start..at)
}

/// The apposition between two commas without the relative clause that it may hold.
fn described_part(tokens: &Tokens<'_>, at: usize, comma: usize) -> usize {
    (at + 2..comma)
        .find(|&i| tokens.at(i).is(class::RELATIVE | class::COMPLEMENTIZER))
        .map_or(comma, |i| if tokens.at(i - 1).is_punct(",") { i - 1 } else { i })
}

/// Extends "B" to "A and B" where A opens the clause.
fn group_before(tokens: &Tokens<'_>, floor: usize, start: usize) -> usize {
    let Some(and) = start.checked_sub(1).filter(|&a| a > floor && is_and(tokens, a)) else {
        return start;
    };
    let Some(first) = simple_before(tokens, floor, and) else { return start };
    let opens = first == floor
        || tokens.at(first - 1).is_punct(",;:—–(")
        || tokens.at(first - 1).is_quote()
        || tokens
            .at(first - 1)
            .is(class::CONJUNCTION | class::SUBORDINATOR | class::COMPLEMENTIZER);
    if opens && !tokens.at(first).is(PRONOUN) { first } else { start }
}

/// A word or mark that joins two into a group.
pub(crate) fn is_and(tokens: &Tokens<'_>, i: usize) -> bool {
    let t = tokens.at(i);
    t.is(class::AND) && !t.capital || t.is_punct("&")
}

/// The phrase without apposition that ends before `end`: its start.
fn simple_before(tokens: &Tokens<'_>, floor: usize, end: usize) -> Option<usize> {
    let mut i = end.checked_sub(1).filter(|&i| i >= floor)?;
    if tokens.at(i).is(PRONOUN) && tokens.at(i).is_word() {
        return Some(i);
    }
    if !is_nominal(tokens, i) || tokens.at(i).is(class::DETERMINER) && !stands_alone(tokens, i) {
        return None;
    }
    let low = end.saturating_sub(REACH).max(floor);
    loop {
        let complete = tokens.at(i).is(class::DETERMINER | class::POSSESSIVE)
            && !(i > low && tokens.at(i - 1).is(class::DETERMINER) && is_nominal(tokens, i - 1));
        let Some(left) = i.checked_sub(1).filter(|&l| l >= low) else { break };
        let genitive = tokens.at(left).is(class::PREP_OF) && tokens.at(left).is(class::DETERMINER);
        if genitive
            && !(left > low
                && is_nominal(tokens, left - 1)
                && tokens.at(left - 1).is_word()
                && !tokens.at(left).capital)
        {
            i = left;
            break;
        }
        if tokens.at(left).is(class::PREP_OF) || is_in_name(tokens, left) {
            // "a spokesman for the ministry": the phrase goes on before the preposition.
            let Some(head) = left.checked_sub(1).filter(|&h| h >= low) else { break };
            if !is_nominal(tokens, head)
                || tokens.at(head).is(PRONOUN)
                || tokens.at(head).possessive
            {
                break;
            }
            i = head;
        } else if complete
            || !is_nominal(tokens, left)
            || tokens.at(left).is(PRONOUN)
            || starts_another(tokens, left, i)
        {
            break;
        } else {
            i = left;
        }
    }
    (!tokens.at(i).is(class::CONJUNCTION)).then_some(i)
}

/// "the officer in charge", "the University of California in Davis": a preposition inside a name or title.
fn is_in_name(tokens: &Tokens<'_>, i: usize) -> bool {
    let list = &tokens.list;
    tokens.at(i).is(class::PREP)
        && list.get(i + 1).is_some_and(|t| t.capital || t.is(class::DETERMINER))
        && i.checked_sub(1).is_some_and(|h| tokens.at(h).is(ANY_ROLE) && !tokens.at(h).capital)
        && !list.get(i + 1).is_some_and(|t| t.is(class::TIME))
}

/// Determiners that are phrases by themselves: "some", "many", "both".
fn stands_alone(tokens: &Tokens<'_>, i: usize) -> bool {
    tokens.at(i).is(class::PRONOMINAL)
}

/// Whether `left` belongs to a phrase before the one that begins at `i`: "On Tuesday Ann Lee".
fn starts_another(tokens: &Tokens<'_>, left: usize, i: usize) -> bool {
    tokens.at(left).is(class::TIME) && tokens.at(i).capital && tokens.at(left).capital
}

/// A word that may stand inside a noun phrase.
pub(crate) fn is_nominal(tokens: &Tokens<'_>, i: usize) -> bool {
    let Some(t) = tokens.list.get(i) else { return false };
    if !t.is_word() {
        return t.is_punct("."); // of an abbreviation; sentence ends are outside
    }
    if t.capital
        && !t.is(PRONOUN
            | class::CONJUNCTION
            | class::SUBORDINATOR
            | class::PREP
            | class::TIME
            | class::AUXILIARY)
    {
        return !t.is(class::PREP_OF | class::ADVERB | class::NEGATION) || t.is(class::DETERMINER);
    }
    if t.is(ANY_ROLE | ANY_HONORIFIC | class::ORGANIZATION | class::DETERMINER | class::POSSESSIVE)
    {
        return true;
    }
    let blocked = class::PREP
        | class::PREP_OF
        | class::CONJUNCTION
        | class::SUBORDINATOR
        | class::AUXILIARY
        | class::NEGATION
        | class::ADVERB
        | class::WHO
        | class::QUESTION
        | class::ACCORDING;
    !t.is(blocked) && (t.cue == 0 || is_noun_use(tokens, i))
}

/// A cue form used as a noun: "the report", "a claim", "his call".
pub(crate) fn is_noun_use(tokens: &Tokens<'_>, i: usize) -> bool {
    let Some(before) = i.checked_sub(1).and_then(|b| tokens.list.get(b)) else { return false };
    let fixed = tokens.list.get(i).is_some_and(|t| t.is(class::DETERMINER));
    before.is_word()
        && !fixed
        && (before.is(class::DETERMINER | class::POSSESSIVE) && !before.is(PRONOUN | class::WHO)
            || before.possessive
            || before.is(class::PREP_OF | class::PREP)
                && !before.is(class::SUBORDINATOR)
                && !before.is(class::TO))
        && !tokens.at(i).is(class::PARTICIPLE)
}

/// The phrase that begins at token `start`, not past token `limit`; the subject of an inverted verb.
pub(crate) fn after(tokens: &Tokens<'_>, start: usize, limit: usize) -> Option<Phrase> {
    let list = &tokens.list;
    let first = list.get(start).filter(|_| start < limit)?;
    if first.is(PRONOUN)
        && !(first.is(class::DETERMINER) && followed_by_nominal(tokens, start, limit))
    {
        return Some(start..start + 1);
    }
    let end = simple_after(tokens, start, limit)?;
    Some(start..with_apposition_after(tokens, start, end, limit))
}

fn followed_by_nominal(tokens: &Tokens<'_>, i: usize, limit: usize) -> bool {
    i + 1 < limit && tokens.at(i + 1).is_word() && is_nominal(tokens, i + 1)
}

fn simple_after(tokens: &Tokens<'_>, start: usize, limit: usize) -> Option<usize> {
    let list = &tokens.list;
    let limit = limit.min(start + REACH);
    let mut named = false;
    let mut role = false;
    let mut i = start;
    while i < limit {
        let t = tokens.at(i);
        let continues = if t.is_punct(".") {
            i > start && tokens.at(i - 1).is(class::ABBREVIATION | ANY_HONORIFIC) && i + 1 < limit
        } else if !t.is_word() || i > start && ends_phrase(tokens, i) {
            false
        } else if t.is(class::PREP_OF) && !t.capital && !(i == start && t.is(class::DETERMINER))
            || is_in_name(tokens, i) && role && !named
        {
            // "a spokesman for the ministry", but "Ann Lee to the council".
            i > start
                && i + 1 < limit
                && (role && !named || t.is(class::GENITIVE))
                && is_nominal(tokens, i + 1)
        } else if is_and(tokens, i) {
            i > start && i + 1 < limit && joins_group(tokens, i + 1, limit)
        } else if !is_nominal(tokens, i) {
            false
        } else {
            // A plain word behind a name is no part of it: "said Ann Lee walking".
            let name_part = t.capital || t.is(class::DETERMINER) && role;
            !named || name_part || t.is(ANY_ROLE) && !tokens.at(i - 1).capital
        };
        if !continues {
            break;
        }
        role |= t.is(ANY_ROLE | class::ORGANIZATION);
        let titled =
            t.is(ANY_ROLE | ANY_HONORIFIC | class::ORGANIZATION | class::PLACE | class::ORG_NAME);
        named = t.is_word()
            && t.capital
            && !titled
            && !(i == start && t.is(class::DETERMINER))
            && list.get(i + 1).is_none_or(|n| !n.is(ANY_ROLE) || !n.is_word());
        if is_and(tokens, i) {
            named = false;
            role = false;
        }
        i += 1;
    }
    while i > start && (tokens.at(i - 1).is(class::PREP_OF | class::PREP) || is_and(tokens, i - 1))
    {
        i -= 1;
    }
    let determiner_only =
        i == start + 1 && tokens.at(start).is(class::DETERMINER) && !stands_alone(tokens, start);
    (i > start && !determiner_only).then_some(i)
}

/// A word that begins something new behind a phrase: a pronoun, "that", "who"; in German a small
/// word behind a noun.
fn ends_phrase(tokens: &Tokens<'_>, i: usize) -> bool {
    let t = tokens.at(i);
    t.is(PRONOUN) && !t.is(class::DETERMINER)
        || t.is(class::COMPLEMENTIZER | class::WHO) && !t.is(class::PREP_OF)
        || tokens.lexicon.capital_nouns
            && tokens.at(i - 1).capital
            && !t.capital
            && !t.is(class::PREP_OF | class::PREP)
}

/// Whether the words at `i` are the second half of a group rather than a clause of their own.
fn joins_group(tokens: &Tokens<'_>, i: usize, limit: usize) -> bool {
    let list = &tokens.list;
    let t = tokens.at(i);
    if !(t.capital || t.is(class::DETERMINER | class::POSSESSIVE)) || !is_nominal(tokens, i) {
        return false;
    }
    // "said Lee and Reyes added": a verb follows the name.
    let end = (i..limit.min(i + 6)).find(|&k| !tokens.at(k).capital).unwrap_or(limit);
    list.get(end).filter(|_| end < limit).is_none_or(|t| t.cue == 0 && !t.is(class::AUXILIARY))
}

/// Extends "Ann Lee" to "Ann Lee, the mayor of Port Ellis" where an apposition follows.
fn with_apposition_after(tokens: &Tokens<'_>, start: usize, end: usize, limit: usize) -> usize {
    let list = &tokens.list;
    let comma = list.get(end).filter(|t| end < limit && t.is_punct(",")).is_some();
    if !comma || !tokens.slice(start..end).iter().any(|t| t.capital) {
        return end;
    }
    let Some(first) = list.get(end + 1).filter(|_| end + 1 < limit) else { return end };
    let age = tokens.text(end + 1).parse::<u8>().is_ok();
    if age {
        let more = with_apposition_after(tokens, start, end + 2, limit);
        return more.max(end + 2);
    }
    // "the council leader, Graham Pike"
    let names = first.capital && tokens.slice(start..end).iter().any(|t| t.is(ANY_ROLE));
    if !(names
        || first.is(class::DETERMINER | class::POSSESSIVE | ANY_ROLE)
        || first.capital
            && tokens.slice(end + 1..limit.min(end + 6)).iter().any(|t| t.is(ANY_ROLE)))
    {
        return end;
    }
    let Some(close) = simple_after(tokens, end + 1, limit) else { return end };
    let describes = tokens
        .slice(end + 1..close)
        .iter()
        .any(|t| t.is(ANY_ROLE | class::ORGANIZATION) || t.capital);
    let bounded =
        list.get(close).filter(|_| close < limit).is_none_or(|t| !t.is_word() && !t.is_quote());
    if describes && bounded { close } else { extend_description(tokens, end, close, limit) }
}

/// "Ann Lee, the mayor who lost": the apposition counts up to where its plain part ends.
fn extend_description(tokens: &Tokens<'_>, end: usize, close: usize, limit: usize) -> usize {
    let list = &tokens.list;
    let role = tokens.slice(end + 1..close).iter().any(|t| t.is(ANY_ROLE));
    let goes_on = list
        .get(close)
        .filter(|_| close < limit)
        .is_some_and(|t| t.is(class::WHO | class::PREP | class::PREP_OF | class::TIME));
    if role && goes_on { close } else { end }
}
