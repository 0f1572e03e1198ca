//! Tells which cues are verbs of their own, and finds the subject of each.

use std::ops::Range;

use super::verb::is_participle;
use crate::lexicon::{PRONOUN, class, cue, rare};
use crate::noun_phrase::{self, Phrase, is_nominal, is_noun_use};
use crate::token::Tokens;

/// A cue that is used as a verb, and its subject.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// Tokens of the cue.
    pub(super) cue: Range<usize>,
    /// Where the verb group begins, auxiliaries and adverbs included.
    pub(super) verb: usize,
    pub(super) subject: Option<Phrase>,
    pub(super) inverted: bool,
    /// The subject is that of another verb ("…, saying"; "and added").
    pub(super) inherited: bool,
}

impl Candidate {
    /// Where the clause of this cue begins.
    pub(super) fn start(&self) -> usize {
        match &self.subject {
            Some(s) if !self.inherited && !self.inverted => s.start.min(self.verb),
            _ => self.verb,
        }
    }

    /// Where the clause's own words end and what is said may begin.
    pub(super) fn end(&self) -> usize {
        match &self.subject {
            Some(s) if self.inverted => s.end,
            _ => self.cue.end,
        }
    }
}

/// The cues of a sentence that are verbs with a subject, in order.
pub(super) fn candidates(tokens: &Tokens<'_>, sentence: &Range<usize>) -> Vec<Candidate> {
    let mut out: Vec<Candidate> = Vec::new();
    for i in sentence.clone() {
        let t = tokens.at(i);
        let verb = t.cue != 0
            && (!t.capital || i == sentence.start)
            && !is_noun_use(tokens, i)
            && !reads_as_noun(tokens, i, sentence);
        if verb {
            let cue = i..(i + t.cue_len.max(1)).min(sentence.end);
            out.extend(candidate(tokens, sentence, cue, &out));
        }
    }
    out
}

fn candidate(
    tokens: &Tokens<'_>,
    sentence: &Range<usize>,
    cue: Range<usize>,
    earlier: &[Candidate],
) -> Option<Candidate> {
    let group = Group::read(tokens, sentence, cue.start)?;
    let Group { verb, passive, .. } = group;
    let p = verb.checked_sub(1).filter(|&p| p >= sentence.start)?;
    let before = tokens.at(p);
    let found = |subject: Option<Phrase>| {
        let cue = cue.clone();
        Some(Candidate { cue, verb, subject, inverted: false, inherited: false })
    };
    let inherited = || {
        let last = earlier.iter().rev().find_map(|c| c.subject.clone());
        let subject = last.or_else(|| main_subject(tokens, sentence, verb));
        Some(Candidate { cue: cue.clone(), verb, subject, inverted: false, inherited: true })
    };
    let own = || noun_phrase::before(tokens, sentence.start, verb);
    if let Some(subject) = inverted_subject(tokens, sentence, &cue, &group) {
        let cue = cue.clone();
        return Some(Candidate {
            cue,
            verb,
            subject: Some(subject),
            inverted: true,
            inherited: false,
        });
    }
    if group.participle {
        let leads = before.is_punct(",—–-")
            || before.is_quote()
            || before.is(class::CONJUNCTION)
            || tokens.is_rare(p, rare::LEADS_PARTICIPLE)
            || tokens.at(verb).is(class::ADVERB);
        return match (passive, leads) {
            (false, true) => inherited(),
            // "was saying"
            (true, _) => found(Some(own()?)),
            // "a letter saying that …"
            (false, false) => {
                tokens.at(cue.start).has_cue(cue::BARE).then(|| found(Some(own()?)))?
            }
        };
    }
    if before.is_plain(class::CONJUNCTION) {
        return inherited();
    }
    if before.is(class::WHO) && !before.is(class::DETERMINER) || before.is(class::RELATIVE) {
        let comma = p > sentence.start && tokens.at(p - 1).is_punct(",");
        return found(Some(noun_phrase::before(tokens, sentence.start, p - usize::from(comma))?));
    }
    match own() {
        Some(subject) if is_embedded(tokens, sentence, &subject) => None,
        Some(subject) => found(Some(subject)),
        // "…” but declined, and then said": the subject stands further left.
        None if before.is_punct(",") && earlier.iter().any(|c| c.subject.is_some()) => inherited(),
        None => None,
    }
}

/// A cue with the auxiliaries and adverbs before it.
struct Group {
    cue: usize,
    /// Where the group begins.
    verb: usize,
    /// A form of "be" is among the auxiliaries.
    passive: bool,
    participle: bool,
}

impl Group {
    /// `None` for infinitives ("too early to say") and passives ("was told that"), which name nobody.
    fn read(tokens: &Tokens<'_>, sentence: &Range<usize>, cue: usize) -> Option<Group> {
        let mut group =
            Group { cue, verb: cue, passive: false, participle: is_participle(tokens, cue) };
        while group.verb > sentence.start {
            let before = group.verb - 1;
            let t = tokens.at(before);
            if t.is(class::TO) {
                return None;
            }
            let belongs = t.is_plain(class::AUXILIARY | class::ADVERB | class::NEGATION);
            if !belongs || t.is(PRONOUN) {
                break;
            }
            group.passive |= t.is(class::BE);
            group.verb = before;
        }
        (!group.passive || group.participle).then_some(group)
    }
}

/// The subject behind its verb: “…,” said Ann Lee, the mayor.
fn inverted_subject(
    tokens: &Tokens<'_>,
    sentence: &Range<usize>,
    cue: &Range<usize>,
    group: &Group,
) -> Option<Phrase> {
    let p = group.verb.checked_sub(1).filter(|&p| p >= sentence.start)?;
    let before = tokens.at(p);
    let beside_quote = before.is_quote()
        || before.is_punct(",—–-") && p > sentence.start && tokens.at(p - 1).is_quote();
    let follows = before.is_quote() || before.is_punct(",—–-?!…");
    // "Ann Lee, the mayor, said it": the comma closes an apposition.
    let apposed = before.is_punct(",—–")
        && !beside_quote
        && !tokens.lexicon.capital_nouns
        && noun_phrase::before(tokens, sentence.start, group.verb).is_some();
    let bare = group.verb == group.cue && !group.participle;
    let may = tokens.at(group.cue).has_cue(cue::QUOTE | cue::STANCE);
    if !(follows && !apposed && bare && may) {
        return None;
    }
    let subject = noun_phrase::after(tokens, cue.end, sentence.end)?;
    inverted_fits(tokens, &subject, sentence, beside_quote).then_some(subject)
}

/// An inverted subject: a name, a described person, or (beside a quotation) a pronoun that ends the clause.
fn inverted_fits(
    tokens: &Tokens<'_>,
    subject: &Phrase,
    sentence: &Range<usize>,
    beside_quote: bool,
) -> bool {
    let list = &tokens.list;
    let first = tokens.at(subject.start);
    if first.is(PRONOUN) && subject.len() == 1 {
        return beside_quote
            && list.get(subject.end).filter(|_| subject.end < sentence.end).is_none_or(|t| {
                !t.is_word() || t.is(class::PREP | class::TIME | class::ADVERB | class::CONJUNCTION)
            });
    }
    // "…, said the plan was dead" has a verb behind its phrase.
    let behind = list.get(subject.end).filter(|_| subject.end < sentence.end);
    !behind.is_some_and(|t| t.is(class::AUXILIARY) && t.is_word())
}

/// The clause is inside another ("whether Ann agrees"), or denies that anybody spoke ("nobody said").
fn is_embedded(tokens: &Tokens<'_>, sentence: &Range<usize>, subject: &Phrase) -> bool {
    let before = subject.start.checked_sub(1).filter(|&b| b >= sentence.start);
    let inside = before.is_some_and(|b| {
        tokens.at(b).is(class::QUESTION | class::COMPLEMENTIZER | class::SUBORDINATOR)
            // "While Ann says": a clause in which the teller still speaks.
            && !tokens.is_rare(b, rare::CIRCUMSTANCE)
    });
    inside || is_nobody(tokens, subject)
}

/// "nobody", "none of them".
pub(super) fn is_nobody(tokens: &Tokens<'_>, subject: &Phrase) -> bool {
    tokens.is_rare(subject.start, rare::NOBODY)
}

/// A form that is a noun as well ("former Soviet states"), without anything said beside it.
fn reads_as_noun(tokens: &Tokens<'_>, i: usize, sentence: &Range<usize>) -> bool {
    let t = tokens.at(i);
    if !t.is(class::ALSO_NOUN) {
        return false;
    }
    let next = tokens.within(i + t.cue_len.max(1), sentence.end);
    let said = next.is_some_and(|n| {
        let opens = class::COMPLEMENTIZER | class::QUESTION | PRONOUN | class::DETERMINER;
        n.is_quote() || n.is_punct(":") || n.is_plain(opens)
    });
    let ends = next.is_none_or(|n| n.is_punct(".,"));
    !(said || ends && trails_name(tokens, i, sentence))
}

/// "…, Reuters reports.": a name between comma or quotation and the verb that ends the clause.
fn trails_name(tokens: &Tokens<'_>, i: usize, sentence: &Range<usize>) -> bool {
    let named = i > sentence.start
        && tokens.at(i - 1).capital
        && !tokens.at(i - 1).is(class::DETERMINER)
        && tokens.at(i).is(class::THIRD);
    named
        && noun_phrase::before(tokens, sentence.start, i).is_some_and(|s| {
            s.start > sentence.start
                && (tokens.at(s.start - 1).is_punct(",") || tokens.at(s.start - 1).is_quote())
        })
}

/// The phrase that opens the main clause of a sentence: the subject of what follows without one.
pub(crate) fn main_subject(
    tokens: &Tokens<'_>,
    sentence: &Range<usize>,
    before: usize,
) -> Option<Phrase> {
    let mut i = sentence.start;
    let limit = before.min(sentence.end);
    while i < limit
        && (tokens.at(i).is(class::CONJUNCTION | class::ADVERB) && !tokens.at(i).is(PRONOUN)
            || tokens.at(i).is_punct(","))
    {
        i += 1;
    }
    // "On Monday, …" "Amid tensions, …": the clause begins after the comma.
    if i < limit
        && tokens.at(i).is(class::PREP | class::PREP_OF | class::SUBORDINATOR)
        && !tokens.at(i).is(PRONOUN | class::DETERMINER)
    {
        i = (i..limit).find(|&k| tokens.at(k).is_punct(","))? + 1;
    }
    if i >= limit || !is_nominal(tokens, i) && !tokens.at(i).is(PRONOUN) {
        return None;
    }
    noun_phrase::after(tokens, i, limit)
}
