//! Where the clauses of a sentence begin and end, as far as the surface tells.

use std::ops::Range;

use super::candidate::Candidate;
use super::credit::Scene;
use super::verb::{is_inflected, is_participle, looks_finite};
use crate::lexicon::{PRONOUN, class, cue, rare};
use crate::noun_phrase::{self, is_nominal, is_noun_use};
use crate::token::Token;

/// How far ahead a clause is looked for its verb, in tokens.
const REACH: usize = 40;
/// How many later cues may end what is said.
const CANDIDATES: usize = 40;

impl Scene<'_> {
    pub(super) fn has_comma(&self, range: Range<usize>) -> bool {
        self.tokens.slice(range).iter().any(|t| t.is_punct(","))
    }

    /// The first token of the clause that ends at `end`.
    pub(super) fn clause_start(&self, end: usize) -> usize {
        let semicolon = (self.floor..end).rev().find(|&i| self.at(i).is_punct(";"));
        let mut start = semicolon.map_or(self.floor, |i| i + 1);
        let loose = |i: usize| {
            let t = self.at(i);
            t.is_punct(",.—–") || t.is(class::CONJUNCTION) && i + 1 < end && !t.is(PRONOUN)
        };
        while start < end && loose(start) {
            start += 1;
        }
        start
    }

    /// Nothing that could be content follows the clause of the cue: it trails.
    pub(super) fn trails(&self) -> bool {
        let mut i = self.me().end();
        if self.tags() & cue::PERSON != 0
            && let Some(object) = noun_phrase::after(self.tokens, i, self.sentence.end)
        {
            i = object.end;
        }
        let loose = class::PREP
            | class::TIME
            | class::ADVERB
            | class::PREP_OF
            | class::CONJUNCTION
            | class::SUBORDINATOR;
        self.here(i).is_none_or(|t| {
            t.is_punct(".!?…,;:)—–") || t.is_plain(loose) && !t.is(class::COMPLEMENTIZER)
        })
    }

    /// The end of the quotations that stand in a row from `first`.
    pub(super) fn quotes_end(&self, first: usize) -> usize {
        let mut i = first + 1;
        while self.is_quote(i) {
            i += 1;
        }
        i
    }

    /// Whether a clause may begin at `i`: a pronoun, or a noun phrase, with a verb behind it.
    pub(super) fn opens_clause(&self, i: usize) -> bool {
        let Some(t) = self.here(i) else { return false };
        let there = self.tokens.is_rare(i, rare::EXPLETIVE);
        let subject = t.is(PRONOUN) || there;
        let verb_at = |k: usize| {
            self.at(k).is_plain(class::AUXILIARY)
                || self.at(k).cue != 0 && !self.at(k).capital && !is_noun_use(self.tokens, k)
                || looks_finite(self.tokens, k)
        };
        let end = self.sentence.end.min(i + REACH);
        let mut rest = (i + 1..end).take_while(|&k| !self.at(k).is_punct(";"));
        let verb = subject && t.is(class::AUXILIARY)
            || rest.any(|k| verb_at(k) || subject && self.at(k).is_quote());
        t.is_quote() || t.is_word() && (subject || is_nominal(self.tokens, i)) && verb
    }

    /// Skips "on Monday", "in a statement", "after the meeting", "later".
    pub(super) fn skip_adverbials(&self, from: usize) -> usize {
        let end = self.sentence.end.min(from + REACH);
        let mut i = from;
        while let Some(t) = self.tokens.within(i, end).filter(|t| t.is_word()) {
            let that = t.is(class::COMPLEMENTIZER);
            if t.is(class::TIME | class::ADVERB) && !that && !t.is(PRONOUN) {
                i += 1;
            } else if t.is(class::PREP | class::PREP_OF) && !that && !t.is(class::TO) {
                let next = self.at(i + 1);
                match noun_phrase::after(self.tokens, i + 1, end) {
                    Some(phrase) => i = phrase.end,
                    None if next.is(class::TIME) || is_participle(self.tokens, i + 1) => i += 2,
                    None => break,
                }
            } else {
                break;
            }
        }
        i
    }

    /// Skips the person addressed ("told reporters", "said to reporters") and adverbials.
    pub(super) fn skip_object_and_adverbials(&self, from: usize) -> usize {
        let takes_person = self.tags() & cue::PERSON != 0
            && self.at(from).is_word()
            && !self.at(from).is(class::COMPLEMENTIZER);
        let to = self.tags() & cue::THAT != 0 && self.here(from).is_some_and(|t| t.is(class::TO));
        let object = match (takes_person, to) {
            (true, _) => noun_phrase::after(self.tokens, from, self.sentence.end),
            (_, true) => noun_phrase::after(self.tokens, from + 1, self.sentence.end),
            _ => None,
        };
        self.skip_adverbials(object.map_or(from, |o| o.end))
    }

    /// Where what is said ends that begins at `from`: at the sentence's end, or where a clause begins
    /// that the teller speaks himself.
    pub(super) fn clause_end(&self, from: usize) -> usize {
        let to = self.sentence.end;
        let mut end = (from..to).find(|&i| self.at(i).is_punct(";")).unwrap_or(to);
        let later = self.candidates.iter().skip(self.n + 1).take(CANDIDATES);
        if let Some(cut) = later.into_iter().find_map(|next| self.cut_before(from, next)) {
            end = end.min(cut);
        }
        let according = |t: &Token| t.is(class::ACCORDING) && t.cue_len > 0 && !t.capital;
        end = (from..end).find(|&i| according(self.at(i))).unwrap_or(end);
        let loose = |i: usize| {
            self.at(i).is_punct(",.;:!?…—–-") || self.tokens.is_rare(i, rare::COORDINATOR)
        };
        while end > from && loose(end - 1) {
            end -= 1;
        }
        end
    }

    /// Where content from `from` on must stop because `next` is no part of it.
    fn cut_before(&self, from: usize, next: &Candidate) -> Option<usize> {
        let start = next.start();
        if start <= from || next.cue.start <= from {
            return None;
        }
        let before = start - 1;
        let tags = self.at(next.cue.start).cue;
        let speaks = tags & (cue::QUOTE | cue::THAT | cue::CALL | cue::AS) != 0;
        let comma = self.at(before).is_punct(",—–") || self.at(before).is_quote();
        let conjunction = self.at(before).is_plain(class::CONJUNCTION | class::SUBORDINATOR);
        let comma_and = conjunction && before > from && self.at(before - 1).is_punct(",—–");
        if next.inherited {
            // "…, saying"
            if is_participle(self.tokens, next.cue.start) {
                return (comma && speaks).then_some(start);
            }
            // "says it has no plans and rejects": the present tense tells the teller's verb from the told.
            let present = |i: usize| self.at(i).is(class::THIRD);
            let own = if tags == cue::STANCE {
                present(self.me().cue.start) && present(next.cue.start)
            } else {
                comma_and || speaks && is_inflected(self.tokens, next.cue.start)
            };
            return (conjunction && own).then_some(before);
        }
        if tags == cue::STANCE || !speaks {
            return None;
        }
        if comma && next.inverted {
            return Some(start);
        }
        let named = next
            .subject
            .as_ref()
            .is_some_and(|s| self.tokens.slice(s.clone()).iter().any(|t| t.capital));
        let and = self.tokens.is_rare(before, rare::COORDINATOR);
        (comma_and || conjunction && named && and).then_some(before)
    }

    /// What is said, without the teller's own remark behind it: "…, an accumulation that fuels fears".
    pub(super) fn without_comment(&self, start: usize, end: usize) -> usize {
        let remark = |i: usize| {
            self.at(i).is_punct(",")
                && self.tokens.is_rare(i + 1, rare::INDEFINITE)
                && (i + 3..end.min(i + 5))
                    .any(|k| self.at(k).is(class::COMPLEMENTIZER | class::RELATIVE))
        };
        (start + 1..end.saturating_sub(3)).find(|&i| remark(i)).unwrap_or(end)
    }
}
