//! Finds whom somebody speaks or works for in the words of a role: "director of the Port Authority".

use std::ops::Range;

use super::words;
use crate::lexicon::{ANY_HONORIFIC, ANY_ROLE, FORM, GIVEN, class, rare};
use crate::token::{Token, Tokens};

/// The organisation or place that a role in `range` belongs to, without its article; `None` where the
/// words name none.
pub(super) fn affiliation(tokens: &Tokens<'_>, range: &Range<usize>) -> Option<String> {
    let joins = |&i: &usize| tokens.at(i).is(class::PREP_OF | class::PREP) && !tokens.at(i).capital;
    if !range.is_empty() && joins(&range.start) {
        return behind(tokens, range);
    }
    let head_end = range.clone().find(joins).unwrap_or(range.end);
    let head =
        (range.start..head_end).rev().find(|&i| tokens.at(i).is(ANY_ROLE | ANY_HONORIFIC))?;
    behind(tokens, &(head + 1..range.end)).or_else(|| before(tokens, range.start..head))
}

/// "… of the Port Authority", "… at Marsh & Co.", "… for the ministry": the first that is named so.
pub(super) fn behind(tokens: &Tokens<'_>, range: &Range<usize>) -> Option<String> {
    let joins = |i: &usize| tokens.is_rare(*i, rare::BELONGS) && !tokens.at(*i).capital;
    range.clone().filter(joins).find_map(|i| {
        let mut start = i + 1;
        let skipped = |t: &Token| t.is(class::DETERMINER | class::POSSESSIVE);
        while start < range.end && skipped(tokens.at(start)) {
            start += 1;
        }
        // "the national Port Authority"
        if tokens.at(start).classes & !FORM == 0 && tokens.at(start + 1).capital {
            start += usize::from(!tokens.at(start).capital);
        }
        organization(tokens, start..range.end)
    })
}

/// The organisation with which `range` begins: a name, or a noun for one.
fn organization(tokens: &Tokens<'_>, range: Range<usize>) -> Option<String> {
    let capital = |i: usize| i < range.end && tokens.at(i).is_word() && tokens.at(i).capital;
    let mut end = range.start;
    if capital(end) {
        while end < range.end {
            let joined = tokens.at(end).is_punct("&.") || tokens.is_rare(end, rare::JOINER);
            let next = capital(end + 1) || joined && capital(end + 2);
            let stop = tokens.at(end).is_punct(".")
                && end > range.start
                && tokens.at(end - 1).is(class::ABBREVIATION);
            if !(capital(end) || stop || joined && next && end > range.start) {
                break;
            }
            end += 1;
            if tokens.at(end - 1).possessive {
                break;
            }
        }
        let first = tokens.at(range.start);
        let named = tokens.slice(range.start..end).iter().any(|t| t.is(class::ORG_NAME));
        let other = first.is(class::TIME | ANY_ROLE | ANY_HONORIFIC) || first.is(GIVEN) && !named;
        return (!other || named).then(|| words(tokens, &(range.start..end)));
    }
    let near = range.start..range.end.min(range.start + 4);
    let is_noun = |&i: &usize| tokens.at(i).is(class::ORGANIZATION);
    let noun = near.clone().find(is_noun)?;
    // "the city council"
    let last = (noun..near.end).take_while(is_noun).last()?;
    let plain =
        |i| tokens.at(i).is_word() && !tokens.at(i).is(class::PREP_OF | class::PREP | ANY_ROLE);
    (near.start..noun).all(plain).then(|| words(tokens, &(near.start..last + 1)))
}

/// "White House press secretary", "Norrgate's director", "the Lee campaign spokesman": a name before the role.
fn before(tokens: &Tokens<'_>, range: Range<usize>) -> Option<String> {
    let mut start = range.start;
    while start < range.end
        && (tokens.at(start).is(class::DETERMINER | class::POSSESSIVE | class::ADVERB)
            || tokens.is_rare(start, rare::ADJECTIVE)
            || !tokens.at(start).capital)
    {
        start += 1;
    }
    // In "Deputy Foreign Minister" capitals tell nothing, nor does one that opens a sentence.
    let opens = tokens.sentences.binary_search_by_key(&start, |s| s.start).is_ok();
    let lower =
        !tokens.lexicon.capital_nouns && (start..range.end + 1).any(|i| !tokens.at(i).capital);
    let mut end = start;
    while end < range.end
        && tokens.at(end).is_word()
        && tokens.at(end).capital
        && (!tokens.at(end).is(ANY_ROLE | ANY_HONORIFIC | class::TIME)
            || tokens.at(end + 1).is(class::ORG_NAME))
        && !tokens.is_rare(end, rare::ADJECTIVE)
    {
        end += 1;
        if tokens.at(end - 1).possessive {
            break;
        }
    }
    let acronym = |i: usize| {
        let text = tokens.text(i);
        text.len() > 1 && !text.contains(char::is_lowercase)
    };
    if tokens.at(start).is(class::PLACE) {
        end = (start..end).take_while(|&i| tokens.at(i).is(class::PLACE)).count() + start;
    } else if !lower || opens && end == start + 1 && !tokens.at(end).is(class::ORGANIZATION) {
        let alone = |i| i == start && i + 1 == range.end;
        let named = |&i: &usize| tokens.at(i).is(class::ORG_NAME) && !alone(i) || acronym(i);
        end = (start..end).rev().find(named).map_or(start, |i| i + 1);
    }
    let possessive = end > start && tokens.at(end - 1).possessive;
    // "the Lee campaign", "Norrgate police"
    if end > start && !possessive && tokens.at(end).is(class::ORGANIZATION) && end < range.end {
        end += 1;
    }
    (end > start).then(|| words(tokens, &(start..end)))
}
