//! Who is mentioned where, in reading order: what a pronoun or a part of a name is resolved against.

use super::entity::{Entity, Place};
use super::reading::{Name, names};
use crate::lexicon::{Classes, class};
use crate::name::Gender;
use crate::statement::main_subject;
use crate::token::Tokens;

/// A name or a pronoun of the article, not yet resolved.
#[derive(Debug)]
pub(super) struct Event {
    pub(super) at: Place,
    /// Number of the sentence in the article.
    pub(super) sentence: usize,
    /// Opens the main clause of its sentence.
    pub(super) subject: bool,
    /// Stands for something of theirs: "Lee's plan", "his plan", "the Lee campaign".
    pub(super) possessive: bool,
    pub(super) what: What,
}

#[derive(Debug)]
pub(super) enum What {
    Name(Name),
    /// "he", "his", "she", "her".
    Pronoun(Gender),
}

/// Every pronoun that is an event.
const PRONOUN: Classes = class::HE | class::SHE | class::HIS | class::HER;

/// The names and pronouns of all blocks.
pub(super) fn events(blocks: &[Tokens<'_>], title: &str) -> Vec<Event> {
    let mut out = Vec::new();
    let mut n_sentences = 0;
    for tokens in blocks {
        let headline = !title.is_empty() && tokens.text.starts_with(title);
        let mut names = names(tokens, headline).into_iter().peekable();
        for sentence in &tokens.sentences {
            let subject = main_subject(tokens, sentence, sentence.end).unwrap_or(0..0);
            let mut i = sentence.start;
            while i < sentence.end {
                let name = names.next_if(|n| n.tokens.start <= i);
                if name.is_none() && !tokens.at(i).is(PRONOUN) {
                    i += 1;
                    continue;
                }
                let pronoun = pronoun(tokens, i);
                let at = (tokens.block, tokens.at(i).start);
                let subject = subject.contains(&i);
                let mut next = i + 1;
                let event = match (name, pronoun) {
                    (Some(name), _) => {
                        next = name.tokens.end.max(next);
                        // "the Lee campaign" is not Lee either.
                        let beside = is_attributive(tokens, next);
                        Some((name.possessive || beside, What::Name(name)))
                    }
                    (None, Some((gender, possessive))) => Some((possessive, What::Pronoun(gender))),
                    (None, None) => None,
                };
                if let Some((possessive, what)) = event {
                    let subject = subject && !possessive;
                    out.push(Event { at, sentence: n_sentences, subject, possessive, what });
                }
                i = next;
            }
            n_sentences += 1;
        }
    }
    out
}

/// Whether the word at `i`, behind a name, is what the name only describes: "the Lee campaign".
fn is_attributive(tokens: &Tokens<'_>, i: usize) -> bool {
    let t = tokens.at(i);
    let noun = class::ORGANIZATION | class::ROLE | class::ROLE_PLURAL;
    t.is_word() && !t.capital && t.is(noun) && t.cue == 0
}

/// The gender of a pronoun of the third person, and whether it is a possessive or an object.
fn pronoun(tokens: &Tokens<'_>, i: usize) -> Option<(Gender, bool)> {
    let t = tokens.at(i);
    if t.is(class::HE) {
        Some((Gender::Male, false))
    } else if t.is(class::SHE) {
        Some((Gender::Female, false))
    } else if t.is(class::HIS) {
        Some((Gender::Male, true))
    } else if t.is(class::HER) {
        Some((Gender::Female, true))
    } else {
        None
    }
}

/// Somebody mentioned.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mention {
    pub(super) entity: usize,
    pub(super) at: Place,
    pub(super) sentence: usize,
    pub(super) subject: bool,
    pub(super) possessive: bool,
    /// Is the source of a statement.
    pub(super) source: bool,
    pub(super) pronoun: bool,
}

/// What was read so far.
#[derive(Default)]
pub(super) struct Story {
    pub(super) mentions: Vec<Mention>,
}

/// How far back anybody is looked for.
const MEMORY: usize = 300;

impl Story {
    pub(super) fn add(&mut self, all: &mut [Entity], mention: Mention, short: bool) {
        if let Some(e) = all.get_mut(mention.entity) {
            e.mentions += 1;
            e.last = Some(self.mentions.len());
            if short {
                e.last_short = Some(self.mentions.len());
            }
        }
        self.mentions.push(mention);
    }

    /// The mentions before `at`, the last first.
    pub(super) fn before(&self, at: Place) -> impl Iterator<Item = &Mention> {
        self.mentions.iter().rev().filter(move |m| m.at < at).take(MEMORY)
    }

    /// The subjects and sources before `at`, the last first.
    pub(super) fn in_focus(&self, at: Place) -> impl Iterator<Item = &Mention> {
        self.before(at).filter(|m| m.subject || m.source)
    }

    /// Who spoke last before `at`.
    pub(super) fn last_source(&self, at: Place) -> Option<&Mention> {
        self.before(at).find(|m| m.source)
    }
}
