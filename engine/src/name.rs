//! Takes a noun phrase apart: the name, the role beside it, and what kind of speaker it is.

use std::ops::Range;

use crate::SpeakerKind;
use crate::case::lower_first;
use crate::lexicon::{ANY_HONORIFIC, ANY_ROLE, PRONOUN, class};
use crate::noun_phrase::{Phrase, is_and};
use crate::text::is_any;
use crate::token::{Token, Tokens, stem};

/// Grammatical gender that words tell; never guessed from a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gender {
    Male,
    Female,
}

/// What a source phrase says of who it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reference {
    Pronoun(Pronoun),
    /// A proper name, with the role beside it.
    Named {
        name: String,
        role: Option<String>,
        gender: Option<Gender>,
        kind: Option<SpeakerKind>,
    },
    /// A description: "the spokesman", "two officials", "the company".
    Described(Description),
    /// Several together, as written.
    Group {
        text: String,
    },
}

/// A description of somebody who is not named with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Description {
    /// The noun that says who: "spokesman".
    pub(crate) head: String,
    pub(crate) definite: bool,
    pub(crate) plural: bool,
    pub(crate) gender: Option<Gender>,
    pub(crate) organization: bool,
    /// An organisation by a word that fits many: "company", "club".
    pub(crate) generic: bool,
    /// As written.
    pub(crate) text: String,
}

/// The pronouns by what they can stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pronoun {
    He,
    She,
    They,
    It,
    First,
}

/// Reads a phrase.
pub(crate) fn reference(tokens: &Tokens<'_>, phrase: &Phrase) -> Reference {
    if phrase.len() == 1 && tokens.at(phrase.start).is(PRONOUN) {
        return Reference::Pronoun(pronoun(tokens.at(phrase.start)));
    }
    let (main, apposition) = split_apposition(tokens, phrase);
    if let Some(text) = group(tokens, &main) {
        return Reference::Group { text };
    }
    if let Some((name, before)) = proper_name(tokens, &main) {
        let role_before = role_text(tokens, &before);
        let role = role_before.or_else(|| apposition.as_ref().and_then(|a| role_text(tokens, a)));
        let gender =
            gender(tokens, &before).or_else(|| apposition.as_ref().and_then(|a| gender(tokens, a)));
        let honored = tokens.slice(before.clone()).iter().any(|t| t.is(ANY_HONORIFIC));
        let person_role = tokens
            .slice(before.clone())
            .iter()
            .chain(apposition.iter().flat_map(|a| tokens.slice(a.clone()).iter()))
            .any(|t| t.is(ANY_ROLE));
        let kind = if honored || person_role {
            Some(SpeakerKind::Person)
        } else {
            kind_of_name(tokens, &name)
        };
        if kind == Some(SpeakerKind::Organization) {
            let whole = with_article(tokens, &main, &name);
            let mut text = words(tokens, &whole);
            if tokens.at(whole.start).is(class::DETERMINER | class::POSSESSIVE) {
                text = lower_first(&text);
            }
            return Reference::Named { name: text, role: None, gender: None, kind };
        }
        return Reference::Named { name: words(tokens, &name), role, gender, kind };
    }
    // "His captain, Oona Reilly": the name stands in the apposition.
    let names = apposition.as_ref().and_then(|a| Some((a, proper_name(tokens, a)?)));
    if let Some((a, (name, before))) = names
        && kind_of_name(tokens, &name) != Some(SpeakerKind::Organization)
        && tokens.slice(main.clone()).iter().any(|t| t.is(ANY_ROLE))
    {
        let gender = self::gender(tokens, &before).or_else(|| self::gender(tokens, &main));
        let role = role_text(tokens, &main);
        let name = words(tokens, &(name.start..name.end.min(a.end)));
        return Reference::Named { name, role, gender, kind: Some(SpeakerKind::Person) };
    }
    described(tokens, &main)
}

fn pronoun(t: &Token) -> Pronoun {
    if t.is(class::SHE) {
        Pronoun::She
    } else if t.is(class::HE) {
        Pronoun::He
    } else if t.is(class::THEY) {
        Pronoun::They
    } else if t.is(class::IT) {
        Pronoun::It
    } else {
        Pronoun::First
    }
}

/// The text of a range without a possessive ending.
pub(crate) fn words(tokens: &Tokens<'_>, range: &Range<usize>) -> String {
    let (Some(a), Some(b)) =
        (tokens.list.get(range.start), range.end.checked_sub(1).and_then(|e| tokens.list.get(e)))
    else {
        return String::new();
    };
    let text = tokens.text.get(a.start..b.end).unwrap_or("");
    let text = text.strip_suffix("'s").or_else(|| text.strip_suffix("’s")).unwrap_or(text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "Ann Lee, the mayor" into "Ann Lee" and "the mayor".
fn split_apposition(tokens: &Tokens<'_>, phrase: &Phrase) -> (Phrase, Option<Phrase>) {
    let comma = phrase.clone().find(|&i| tokens.at(i).is_punct(",—–("));
    match comma {
        Some(c) if c > phrase.start => {
            let mut end = phrase.end;
            let age = |i: usize| tokens.text(i).starts_with(|c: char| c.is_ascii_digit());
            let first = if age(c + 1)
                && tokens.list.get(c + 2).is_some_and(|t| t.is_punct(","))
                && c + 3 < end
            {
                c + 3
            } else {
                c + 1
            };
            // The first apposition only; ages and relative clauses say no role.
            if let Some(next) = (first..phrase.end).find(|&i| tokens.at(i).is_punct(",—–)")) {
                end = next;
            }
            let range = first..end;
            let role = range.clone().next().is_some_and(|i| {
                !tokens.at(i).is(class::WHO) || tokens.at(i).is(class::DETERMINER)
            });
            let role = role && !age(first);
            (phrase.start..c, (role && !range.is_empty()).then_some(range))
        }
        _ => (phrase.clone(), None),
    }
}

/// "Washington and NATO", "the United States and its allies".
fn group(tokens: &Tokens<'_>, phrase: &Phrase) -> Option<String> {
    let and = phrase.clone().find(|&i| tokens.at(i).is_word() && is_and(tokens, i))?;
    if and == phrase.start || and + 1 >= phrase.end {
        return None;
    }
    let both = |r: Range<usize>| {
        tokens.slice(r).iter().any(|t| t.capital || t.is(ANY_ROLE | class::ORGANIZATION))
    };
    let right = and + 1..phrase.end;
    let right_is_one = tokens.at(right.start).capital
        || tokens.at(right.start).is(class::DETERMINER | class::POSSESSIVE);
    // "Minister of Trade and Industry Ann Lee" is one person.
    let role_before =
        tokens.slice(phrase.start..and).iter().any(|t| t.is(ANY_ROLE | class::ORG_NAME))
            && tokens.slice(phrase.start..and).iter().any(|t| t.is(class::PREP_OF))
            && tokens.at(right.start).capital;
    let text = words(tokens, phrase);
    let article = tokens.at(phrase.start).is(class::DETERMINER);
    (both(phrase.start..and) && right_is_one && !role_before)
        .then(|| if article { lower_first(&text) } else { text })
}

/// The proper name in a phrase, and what stands before it.
fn proper_name(tokens: &Tokens<'_>, phrase: &Phrase) -> Option<(Range<usize>, Range<usize>)> {
    let end = phrase.end;
    let mut start = end;
    while start > phrase.start {
        let t = tokens.at(start - 1);
        let particle = start < end
            && is_any(
                tokens.text(start - 1),
                "of de von van der den la al bin ibn di da du del ter zu and for the . &",
            );
        if !(t.capital && t.is_word() || particle) {
            break;
        }
        start -= 1;
    }
    while start < end && !tokens.at(start).capital {
        start += 1;
    }
    // A capital article or preposition at the sentence's start is no part of a name.
    while start < end
        && tokens
            .at(start)
            .is(class::DETERMINER | class::PREP | class::POSSESSIVE | class::ACCORDING)
        && !tokens.at(start).is(class::PLACE)
    {
        start += 1;
    }
    if start >= end
        || !tokens.at(end - 1).capital
        || tokens.at(end - 1).possessive && end - start == 1 && end < phrase.end
    {
        return None;
    }
    // "a spokesman for Norrgate": the name is not the source's own.
    let of = (phrase.start..start)
        .rev()
        .find(|&i| !tokens.at(i).is(class::DETERMINER) || tokens.at(i).is(class::PREP_OF));
    let described = of.is_some_and(|i| {
        tokens.at(i).is(class::PREP_OF | class::PREP)
            && !tokens.at(i).capital
            && tokens.slice(phrase.start..i).iter().any(|t| t.is(ANY_ROLE | class::ORGANIZATION))
    });
    let titles = tokens.slice(start..end).iter().any(|t| t.is(ANY_ROLE | ANY_HONORIFIC));
    // "Клубот соопшти": a language without articles may open a sentence with its noun.
    let opens = || tokens.sentences.binary_search_by_key(&start, |s| s.start).is_ok();
    let common = (tokens.capital_nouns || end - start == 1 && opens())
        && tokens
            .slice(start..end)
            .iter()
            .all(|t| t.is(class::ORGANIZATION) && !t.is(class::ORG_NAME) || t.is(ANY_ROLE));
    if described && !titles || common {
        return None;
    }
    let run = start..end;
    let name = without_titles(tokens, &run)?;
    Some((name.clone(), phrase.start..name.start))
}

/// A run of capitals without roles, honorifics and what belongs to them; `None` where only a role is left.
fn without_titles(tokens: &Tokens<'_>, run: &Range<usize>) -> Option<Range<usize>> {
    let title =
        |i: usize| tokens.at(i).is(ANY_ROLE | ANY_HONORIFIC) && !tokens.at(i).is(class::ORG_NAME);
    let last = run.clone().rev().find(|&i| title(i));
    let Some(last) = last else {
        return trim_particles(tokens, run.clone());
    };
    let mut start = last + 1;
    while start < run.end && (tokens.at(start).is_punct(".") || tokens.text(start) == "Elect") {
        start += 1;
    }
    if start >= run.end {
        return None; // "the Foreign Minister"
    }
    if tokens.at(start).is(class::PREP_OF) || is_any(tokens.text(start), "of for the to") {
        // "Undersecretary of State Wendy Sherman": the name is the last two words.
        let capitals: Vec<usize> = (start..run.end).filter(|&i| tokens.at(i).capital).collect();
        let n = capitals.len();
        if n < 2 {
            return None;
        }
        let mut first = capitals[n - 2];
        if n >= 4 && tokens.text(first).trim_end_matches('.').chars().count() == 1 {
            first = capitals[n - 3];
        }
        if n == 2 || tokens.slice(first..run.end).iter().any(|t| t.is(class::ORG_NAME)) {
            return None;
        }
        start = first;
    }
    trim_particles(tokens, start..run.end)
}

fn trim_particles(tokens: &Tokens<'_>, mut range: Range<usize>) -> Option<Range<usize>> {
    while range.start < range.end && !tokens.at(range.start).capital {
        range.start += 1;
    }
    (range.start < range.end).then_some(range)
}

/// The article of "the Kremlin", which its name keeps.
fn with_article(tokens: &Tokens<'_>, phrase: &Phrase, name: &Range<usize>) -> Range<usize> {
    let lead = phrase.start..name.start;
    let start = if lead.len() == 1 && tokens.at(lead.start).is(class::DEFINITE) {
        phrase.start
    } else {
        name.start
    };
    start..name.end
}

fn kind_of_name(tokens: &Tokens<'_>, name: &Range<usize>) -> Option<SpeakerKind> {
    let list = tokens.slice(name.clone());
    let last = list.last()?;
    let acronym = {
        let text = stem(tokens.text(name.end - 1)).replace('.', "");
        list.len() == 1 && text.chars().count() >= 2 && text.chars().all(char::is_uppercase)
    };
    let place = list.iter().all(|t| t.is(class::PLACE) || !t.capital);
    if acronym
        || place
        || last.is(class::ORG_NAME)
        || list.iter().any(|t| t.is(class::ORG_NAME) && !t.is(class::TIME))
    {
        return Some(SpeakerKind::Organization);
    }
    (list.iter().filter(|t| t.capital).count() >= 2).then_some(SpeakerKind::Person)
}

/// The words of a role: without article and repetition; `None` where they name none.
fn role_text(tokens: &Tokens<'_>, range: &Range<usize>) -> Option<String> {
    let mut range = range.clone();
    while range.start < range.end
        && tokens.at(range.start).is(class::DETERMINER | class::POSSESSIVE)
    {
        range.start += 1;
    }
    if range.is_empty()
        || tokens.slice(range.clone()).iter().all(|t| t.is(ANY_HONORIFIC) || !t.is_word())
    {
        return None;
    }
    let describes = tokens.slice(range.clone()).iter().any(|t| {
        t.is(ANY_ROLE | class::ORGANIZATION) || t.is_word() && !t.capital && t.classes == 0
    });
    if !describes && !tokens.slice(range.clone()).iter().any(|t| t.capital && t.is_word()) {
        return None;
    }
    let text = words(tokens, &range);
    Some(without_repetition(&text))
}

/// "US Ambassador to the Alliance US Ambassador": a role that begins again is said once.
fn without_repetition(text: &str) -> String {
    let all: Vec<&str> = text.split(' ').collect();
    for at in (1..all.len()).rev() {
        let (head, tail) = all.split_at(at);
        if tail.len() < at && head.starts_with(tail) && tail.len() > 1 {
            return head.join(" ");
        }
    }
    text.to_string()
}

fn gender(tokens: &Tokens<'_>, range: &Range<usize>) -> Option<Gender> {
    tokens.slice(range.clone()).iter().find_map(|t| {
        if t.is(class::ROLE_F | class::HONORIFIC_F) && !t.is(class::ROLE_M) {
            Some(Gender::Female)
        } else if t.is(class::ROLE_M | class::HONORIFIC_M) && !t.is(class::ROLE_F) {
            Some(Gender::Male)
        } else {
            None
        }
    })
}

fn described(tokens: &Tokens<'_>, phrase: &Phrase) -> Reference {
    let text = words(tokens, phrase);
    let first = tokens.at(phrase.start);
    // The head: the last word before a preposition.
    let head_end = (phrase.start + 1..phrase.end)
        .find(|&i| {
            tokens.at(i).is(class::PREP_OF | class::PREP | class::WHO) && !tokens.at(i).capital
                || !tokens.at(i).is_word()
        })
        .unwrap_or(phrase.end);
    let range = phrase.start..head_end;
    let head_idx = range
        .clone()
        .rev()
        .find(|&i| tokens.at(i).is(ANY_ROLE | class::ORGANIZATION))
        .unwrap_or(head_end - 1);
    let head = tokens.lower(head_idx).into_owned();
    let organization =
        tokens.at(head_idx).is(class::ORGANIZATION) && !tokens.at(head_idx).is(ANY_ROLE);
    let plural = tokens.at(head_idx).is(class::ROLE_PLURAL) || head.ends_with('s') && !organization;
    let definite = first.is(class::DEFINITE);
    Reference::Described(Description {
        head,
        definite,
        plural,
        gender: gender(tokens, &range),
        organization,
        generic: tokens.slice(phrase.clone()).iter().any(|t| t.is(class::GENERIC_ORG)),
        text,
    })
}
