//! Takes a noun phrase apart: the name, the role beside it, and what kind of speaker it is.

mod affiliation;

use std::ops::Range;

use crate::case::lower_first;
use crate::lexicon::{ANY_HONORIFIC, ANY_ROLE, Classes, FORM, GIVEN, class, rare};
use crate::noun_phrase::{Phrase, is_and};
use crate::text::{is_any, starts_in};
use crate::token::{Token, Tokens, stem};
use crate::{Confidence, SpeakerKind};
use affiliation::affiliation;

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
        /// Whom the role is held for: "White House", "Port Authority".
        affiliation: Option<String>,
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
    pub(crate) affiliation: Option<String>,
    pub(crate) definite: bool,
    pub(crate) plural: bool,
    pub(crate) gender: Option<Gender>,
    pub(crate) organization: bool,
    /// An organisation by a word that fits many: "company", "club".
    pub(crate) generic: bool,
    /// By an age: "the 24-year-old".
    pub(crate) aged: bool,
    /// How surely it is somebody at all, rather than a clause or a fragment.
    pub(crate) confidence: Confidence,
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
    if phrase.len() == 1
        && let Some(pronoun) = pronoun(tokens, phrase.start)
    {
        return Reference::Pronoun(pronoun);
    }
    let phrase = &without_opening(tokens, phrase);
    let (main, apposition) = split_apposition(tokens, phrase);
    if let Some(name) = leading_person(tokens, &main) {
        let lead = main.start..name.start;
        let role = role_text(tokens, &lead)
            .or_else(|| apposition.as_ref().and_then(|a| role_text(tokens, a)));
        return Reference::Named {
            affiliation: affiliation(tokens, &lead)
                .or_else(|| apposition.as_ref().and_then(|a| affiliation(tokens, a)))
                .or_else(|| affiliation::behind(tokens, &(name.end..main.end))),
            name: words(tokens, &name),
            role,
            gender: gender(tokens, &lead),
            kind: Some(SpeakerKind::Person),
        };
    }
    if let Some(text) = group(tokens, &main) {
        return Reference::Group { text };
    }
    // "Ministry of education": a noun that has its capital from the sentence.
    let common = |name: &Range<usize>| {
        name.len() == 1
            && name.start == main.start
            && name.end < main.end
            && tokens.at(name.start).is(class::ORGANIZATION | class::ORG_NAME | ANY_ROLE)
    };
    if let Some((name, before)) = proper_name(tokens, &main).filter(|(name, _)| !common(name)) {
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
            // "the Fed": people's names have no article. "Aldane Lines, which runs the ferries".
            let article = before.len() == 1 && tokens.is_rare(main.start, rare::ARTICLE);
            let thing =
                tokens.at(main.end).is_punct(",") && tokens.is_rare(main.end + 1, rare::OF_THINGS);
            // "the charity Wavewatch"
            let noun = name.start.checked_sub(1).is_some_and(|i| {
                before.contains(&i) && !tokens.at(i).capital && is_organization(tokens, i)
            });
            if article || thing || noun && !is_given(tokens, &name) {
                Some(SpeakerKind::Organization)
            } else {
                kind_of_name(tokens, &name)
            }
        };
        if kind == Some(SpeakerKind::Organization) {
            let whole = with_article(tokens, &main, &name);
            let mut text = words(tokens, &whole);
            if tokens.at(whole.start).is(class::DETERMINER | class::POSSESSIVE) {
                text = lower_first(&text);
            }
            let (role, affiliation, gender) = (None, None, None);
            return Reference::Named { name: text, role, affiliation, gender, kind };
        }
        let affiliation = affiliation(tokens, &before)
            .or_else(|| apposition.as_ref().and_then(|a| affiliation(tokens, a)));
        return Reference::Named { name: words(tokens, &name), role, affiliation, gender, kind };
    }
    // "His captain, Oona Reilly": the name stands in the apposition.
    let names = apposition.as_ref().and_then(|a| Some((a, proper_name(tokens, a)?)));
    if let Some((a, (name, before))) = names
        && kind_of_name(tokens, &name) != Some(SpeakerKind::Organization)
        && (tokens.slice(main.clone()).iter().any(|t| t.is(ANY_ROLE | class::ORGANIZATION))
            || name.len() > 1 && tokens.at(name.start).is(GIVEN))
    {
        // "the operator, Sundline"
        let head = main.end - 1;
        let both = tokens.at(head).is(class::ORGANIZATION) && name.len() == 1;
        let other = ANY_ROLE | class::PREP | class::PREP_OF;
        let alone = !tokens.slice(main.start..head).iter().any(|t| t.is(other));
        if alone && (both || is_organization(tokens, head)) && !is_given(tokens, &name) {
            let (role, affiliation, gender) = (None, None, None);
            let kind = Some(SpeakerKind::Organization);
            return Reference::Named {
                name: words(tokens, &name),
                role,
                affiliation,
                gender,
                kind,
            };
        }
        let gender = self::gender(tokens, &before).or_else(|| self::gender(tokens, &main));
        let role = role_text(tokens, &main);
        let affiliation = affiliation(tokens, &before).or_else(|| affiliation(tokens, &main));
        let name = words(tokens, &(name.start..name.end.min(a.end)));
        let kind = Some(SpeakerKind::Person);
        return Reference::Named { name, role, affiliation, gender, kind };
    }
    described(tokens, &main)
}

/// The pronoun at token `i`; "his claim" is a claim of his.
fn pronoun(tokens: &Tokens<'_>, i: usize) -> Option<Pronoun> {
    let is = |class: Classes, own: Classes| tokens.at(i).is(class) || tokens.is_rare(i, own);
    if is(class::SHE | class::HER, 0) {
        Some(Pronoun::She)
    } else if is(class::HE | class::HIS, 0) {
        Some(Pronoun::He)
    } else if is(class::THEY, rare::THEIR) {
        Some(Pronoun::They)
    } else if is(class::IT, rare::ITS) {
        Some(Pronoun::It)
    } else if is(class::FIRST, rare::MY) {
        Some(Pronoun::First)
    } else {
        None
    }
}

/// A phrase without the word that only leads into it: "However, Ann Lee".
fn without_opening(tokens: &Tokens<'_>, phrase: &Phrase) -> Phrase {
    let opens = phrase.len() > 2
        && tokens.at(phrase.start).is(class::ADVERB | class::CONJUNCTION | class::SUBORDINATOR)
        && tokens.at(phrase.start + 1).is_punct(",");
    phrase.start + if opens { 2 } else { 0 }..phrase.end
}

/// The person with whose full name a phrase opens that goes on: "Ann Lee of the Norrgate Institute".
fn leading_person(tokens: &Tokens<'_>, phrase: &Phrase) -> Option<Range<usize>> {
    by_given_name(tokens, phrase).or_else(|| before_affiliation(tokens, phrase))
}

/// Capitals that begin with a listed given name.
fn by_given_name(tokens: &Tokens<'_>, phrase: &Phrase) -> Option<Range<usize>> {
    let start = phrase.clone().find(|&i| tokens.at(i).is(GIVEN) && tokens.at(i).capital)?;
    let capital = |&i: &usize| {
        let t = tokens.at(i);
        t.is_word() && t.capital && !t.possessive && !t.is(class::ORG_NAME | ANY_ROLE | class::TIME)
    };
    let end = start + (start..phrase.end).take_while(capital).count();
    let next = tokens.within(end, phrase.end)?;
    let goes_on = next.is(class::PREP | class::PREP_OF | class::SUBORDINATOR | class::VERB)
        || next.cue != 0
        || next.is(class::PARTICIPLE);
    let own = tokens.slice(phrase.start..start);
    let described = own.iter().any(|t| t.is(class::PREP | class::PREP_OF) || t.possessive);
    (end - start >= 2 && next.is_word() && !next.capital && goes_on && !described)
        .then_some(start..end)
}

/// Capitals without a word for an organisation before one that is: "Runa Okb of the Norrgate Institute".
fn before_affiliation(tokens: &Tokens<'_>, phrase: &Phrase) -> Option<Range<usize>> {
    const NO_NAME: Classes = class::ORG_NAME
        | class::ORGANIZATION
        | class::PLACE
        | class::TIME
        | class::DETERMINER
        | ANY_ROLE
        | ANY_HONORIFIC;
    let joint = |&i: &usize| tokens.is_rare(i, rare::BELONGS) && !tokens.at(i).capital;
    let end = phrase.clone().find(joint)?;
    let part = |&i: &usize| {
        let t = tokens.at(i);
        t.is_word() && t.capital && !t.possessive && !t.is(NO_NAME)
    };
    let start = end - (phrase.start..end).rev().take_while(part).count();
    let article = start > phrase.start && tokens.is_rare(start - 1, rare::ARTICLE);
    let of = tokens.at(end).is(class::GENITIVE);
    let organization = |t: &Token| t.is(class::ORG_NAME | class::ORGANIZATION);
    let belongs = !of || tokens.slice(end..phrase.end).iter().any(organization);
    ((2..=3).contains(&(end - start)) && !article && belongs).then_some(start..end)
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
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
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
    // "Tom Hale Jr."
    let stop = phrase.len() > 2
        && tokens.at(end - 1).is_punct(".")
        && tokens.is_rare(end - 2, rare::SUFFIX);
    while start > phrase.start {
        let t = tokens.at(start - 1);
        let particle = (start < end || stop)
            && (t.is_punct(".&")
                || !t.capital && tokens.is_rare(start - 1, rare::PARTICLE | rare::JOINER));
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
        || !tokens.at(end - 1).capital && !stop
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
    let common = (tokens.lexicon.capital_nouns || end - start == 1 && opens())
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
    // "Norland Democrat Ann Lee": the name begins with the given name.
    let given = run.clone().find(|&i| tokens.at(i).is(GIVEN));
    if let Some(given) = given
        && run.end - given >= 2
        && tokens.slice(run.start..given).iter().all(|t| t.is_word() && t.end - t.start > 2)
        && !tokens.slice(run.clone()).iter().any(|t| t.is(class::ORG_NAME) || !t.capital)
    {
        return Some(given..run.end);
    }
    let last = run.clone().rev().find(|&i| title(i));
    let Some(last) = last else {
        return trim_particles(tokens, run.clone());
    };
    let mut start = last + 1;
    while start < run.end && (tokens.at(start).is_punct(".") || tokens.is_rare(start, rare::ELECT))
    {
        start += 1;
    }
    if start >= run.end {
        return None; // "the Foreign Minister"
    }
    // "Farmer Relief Fund"
    let rest = tokens.slice(start..run.end);
    if rest.last().is_some_and(|t| t.is(class::ORG_NAME)) && !is_given(tokens, run) {
        return Some(run.clone());
    }
    if tokens.at(start).is(class::PREP_OF) || tokens.is_rare(start, rare::ARTICLE) {
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

/// Whether token `i` is a noun for an organisation, and for nobody.
fn is_organization(tokens: &Tokens<'_>, i: usize) -> bool {
    tokens.at(i).is(class::ORGANIZATION) && !tokens.at(i).is(ANY_ROLE)
}

/// Whether a name holds a given name.
fn is_given(tokens: &Tokens<'_>, name: &Range<usize>) -> bool {
    tokens.slice(name.clone()).iter().any(|t| t.is(GIVEN))
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
    // "NATO-Russia", "U.N."
    let acronym = list.len() == 1 && {
        let upper = |t: &str| {
            let mut letters = t.chars().filter(|c| *c != '.');
            let first = letters.next().is_some_and(char::is_uppercase);
            let second = first && letters.next().is_some_and(char::is_uppercase);
            second && letters.all(char::is_uppercase)
        };
        stem(tokens.text(name.end - 1)).split('-').any(upper)
    };
    let place = list.iter().all(|t| t.is(class::PLACE) || !t.capital);
    // "Eastern Europe", but Ann London
    let region = last.is(class::PLACE) && !list.iter().any(|t| t.is(GIVEN));
    if acronym
        || place
        || region
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
    // "a plumber from Little Skerry who had slept in his van"
    let clause = range.clone().skip(1).find(|&i| tokens.at(i).is(class::RELATIVE));
    range.end = clause.unwrap_or(range.end);
    // "Ann Lee, of the Norrgate Institute"
    let belongs = tokens.is_rare(range.start, rare::BELONGS) && !tokens.at(range.start).capital;
    if range.is_empty()
        || belongs
        || tokens.slice(range.clone()).iter().all(|t| t.is(ANY_HONORIFIC) || !t.is_word())
    {
        return None;
    }
    let describes = tokens.slice(range.clone()).iter().any(|t| {
        t.is(ANY_ROLE | class::ORGANIZATION) || t.is_word() && !t.capital && t.classes & !FORM == 0
    });
    if !describes && !tokens.slice(range.clone()).iter().any(|t| t.capital && t.is_word()) {
        return None;
    }
    let text = words(tokens, &range);
    // "(R-Ky.)"
    let party = text.as_bytes().get(1) == Some(&b'-');
    (!party).then(|| without_repetition(&text))
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
    let first = tokens.at(phrase.start);
    let text = words(tokens, phrase);
    // "Two officials" at the start of a sentence is "two officials"; names keep their capital.
    let named = tokens.text(phrase.start).chars().skip(1).any(char::is_uppercase);
    let text = if named || first.possessive { text } else { lower_first(&text) };
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
        tokens.is_rare(head_idx, rare::IMPERSONAL) || is_organization(tokens, head_idx);
    let plural =
        !organization && (tokens.at(head_idx).is(class::ROLE_PLURAL) || head.ends_with('s'));
    let definite = first.is(class::DEFINITE);
    Reference::Described(Description {
        head,
        affiliation: affiliation(tokens, phrase),
        definite,
        plural,
        gender: gender(tokens, &range),
        organization,
        generic: tokens.slice(phrase.clone()).iter().any(|t| t.is(class::GENERIC_ORG)),
        aged: tokens.at(head_idx).is(class::AGED),
        confidence: somebody(tokens, phrase, head_idx),
        text,
    })
}

/// How surely a phrase describes somebody who can speak.
fn somebody(tokens: &Tokens<'_>, phrase: &Phrase, head: usize) -> Confidence {
    let first = tokens.at(phrase.start);
    let all = tokens.slice(phrase.clone());
    let address = phrase
        .clone()
        .any(|i| starts_in(tokens.text(i), "hHwW") && is_any(&tokens.lower(i), "http https www"));
    let clause = all.iter().any(|t| t.is(class::AUXILIARY) && !t.capital)
        || tokens.is_rare(phrase.start, rare::CLAUSE);
    if address
        || clause
        || !first.is_word()
        || all.iter().all(|t| !t.is_word() || t.is(class::ADVERB))
    {
        Confidence::Low
    } else if tokens.at(head).is(ANY_ROLE | class::ORGANIZATION) {
        Confidence::High
    } else {
        Confidence::Medium
    }
}
