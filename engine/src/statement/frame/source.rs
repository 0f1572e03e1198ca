//! Where the source of a cue stands.

use std::ops::Range;

use super::super::signs::Tag;
use super::{Cue, Framer, NOWHERE, form};
use crate::scorer::{Decision, Judge, Options, Scored};

/// How far a source may stand from its cue, in tokens.
const SOURCE_REACH: usize = 48;
/// How long a source may be.
const SOURCE_LENGTH: usize = 28;

impl<J: Judge> Framer<'_, J> {
    pub(super) fn source(&mut self, cue: &Cue) -> (Option<Range<usize>>, f32) {
        let mut o = std::mem::take(&mut self.options);
        self.judge.begin(Decision::SourceStart, &mut o);
        let s = cue.stem;
        let form = form(self.tokens.at(cue.head)) * 2 + u32::from(cue.passive);
        let (next, before) = (self.sign(cue.head + 1), self.back(cue.verb, 1));
        let mut it = o.option(NOWHERE);
        it.add(1, s, 0);
        it.add(2, form, before.tag as u32);
        it.add(3, form, next.tag as u32);
        it.add(5, s, form);
        it.add(6, before.word, form);
        it.add(7, before.tag as u32 * 64 + next.tag as u32, form);
        it.add(8, s, before.tag as u32);
        o.enter(it);
        let low = cue.verb.saturating_sub(SOURCE_REACH).max(self.sentence.start);
        let mut rank = 0;
        for j in (low..cue.head).rev() {
            if !self.opens_phrase(j) {
                continue;
            }
            self.source_option(&mut o, cue, j, rank, form, 0);
            rank += 1;
        }
        let high = self.sentence.end.min(cue.head + 12);
        let mut rank = 0;
        for j in cue.head + 1..high {
            if self.opens_phrase(j) && rank < 3 {
                self.source_option(&mut o, cue, j, rank, form, 1);
                rank += 1;
            }
        }
        let (i, p) = self.judge.choose(Decision::SourceStart, (self.tokens.block, cue.head), &o);
        let start = o.place(i);
        self.options = o;
        if start == NOWHERE {
            return (None, p);
        }
        let mut end = self.source_end(cue, start);
        if self.is_first(cue, start) {
            while let Some(behind) = self.apposition(end) {
                end = behind;
            }
        }
        (Some(start..end), p)
    }

    /// Whether a cue opens its sentence, with its source from `start` on behind it.
    fn is_first(&self, cue: &Cue, start: usize) -> bool {
        cue.verb == self.sentence.start && start > cue.head
    }

    /// The end of the apposition behind a name that ends at `name`: "According to Ann Lee, 41, a baker, the …".
    fn apposition(&self, name: usize) -> Option<usize> {
        let (from, to) = (name + 1, self.sentence.end);
        let end = (from..to).find(|&k| self.tag(k) == Tag::Comma)?;
        let first = self.tag(from);
        let opens = matches!(first, Tag::Determiner | Tag::Possessive | Tag::Role | Tag::Number);
        let beside = matches!(self.back(name, 1).tag, Tag::Capital | Tag::Number)
            && self.tag(name) == Tag::Comma
            && (first == Tag::Who || opens && self.has_verb(from..end) == 0);
        (beside && self.has_verb(end..to) == 1).then_some(end)
    }

    #[allow(clippy::too_many_arguments)]
    fn source_option(
        &self,
        o: &mut J::Options,
        cue: &Cue,
        j: usize,
        rank: u32,
        form: u32,
        side: u32,
    ) {
        let end = self.chunk_end(j);
        let first = self.sign(j);
        let last = self.back(end, 1);
        let before = self.back(j, 1);
        let after = self.sign(end);
        let rank = rank.min(5);
        let adjacent = if side == 1 {
            u32::from(j == cue.head + 1) + 2 * u32::from(j == cue.head + 2)
        } else {
            u32::from(end == cue.verb) + 2 * u32::from(end + 1 == cue.verb)
        };
        let (from, to) = if side == 1 { (cue.head + 1, j) } else { (end, cue.verb) };
        let between = (from..to).fold(0, |bits, k| bits | self.obstacle(k));
        let (before_verb, behind_head) = (self.back(cue.verb, 1), self.sign(cue.head + 1));
        let distance = to.saturating_sub(from).min(20) as u32;
        let initial = u32::from(j == self.sentence.start);
        let (s, sd) = (cue.stem, side * 8);
        let f = first.tag as u32;
        let capital = u32::from((j..end).any(|k| self.tokens.at(k).capital));
        let role = u32::from((j..end).any(|k| self.tag(k) == Tag::Role));
        let mut it = o.option(j);
        it.add(11, sd + adjacent, form);
        it.add(12, sd + rank, form);
        it.add(13, f, sd + adjacent);
        it.add(14, s, sd + adjacent);
        it.add(15, between, sd);
        it.add(16, between, sd + adjacent + form * 64);
        it.add(17, distance, sd);
        it.add(18, before.tag as u32, sd + adjacent);
        it.add(19, before.word, sd);
        it.add(20, after.tag as u32, sd + adjacent);
        it.add(24, initial, sd + rank);
        it.add(25, first.word, sd);
        it.add(26, last.word, sd);
        it.add(27, last.tag as u32, sd + adjacent);
        it.add(28, capital * 2 + role, sd + adjacent);
        it.add(29, capital * 2 + role, between);
        it.add(30, f * 64 + before.tag as u32, sd + rank.min(2));
        it.add(31, f * 64 + after.tag as u32, sd + rank.min(2));
        it.add(32, s, sd * 8 + rank);
        it.add(33, form, before.tag as u32 * 64 + sd);
        it.add(34, initial, between);
        it.add(35, before.tag as u32 * 64 + after.tag as u32, sd);
        it.add(36, before_verb.tag as u32 * 64 + sd + rank, form);
        it.add(37, behind_head.tag as u32, sd + adjacent);
        it.add(38, cue.quoted, sd + adjacent);
        it.add(39, s, f * 16 + sd);
        it.add(40, last.stem, sd + adjacent);
        o.enter(it);
    }

    /// What stands between a source and its cue, as one of eight bits.
    fn obstacle(&self, i: usize) -> u32 {
        match self.tag(i) {
            Tag::Comma => 1,
            t if t.quoted() => 2,
            Tag::Auxiliary => 4,
            Tag::Cue | Tag::Past => 8,
            Tag::Who | Tag::That | Tag::Subordinator => 16,
            Tag::Preposition | Tag::Of => 32,
            Tag::Conjunction => 64,
            Tag::Colon | Tag::Semicolon | Tag::Dash => 128,
            _ => 0,
        }
    }

    fn source_end(&mut self, cue: &Cue, start: usize) -> usize {
        let left = start < cue.head;
        let limit = if left { cue.verb } else { self.sentence.end };
        // "According to Ann Lee, the bank …": what is said stands behind the source or nowhere.
        let end_of_words =
            if self.is_first(cue, start) { self.trimmed(start, limit) } else { usize::MAX };
        let limit = limit.min(start + SOURCE_LENGTH).max(start + 1);
        let chunk = self.chunk_end(start).min(limit);
        if chunk == limit || self.tag(start).pronoun() {
            return chunk;
        }
        let mut o = std::mem::take(&mut self.options);
        self.judge.begin(Decision::SourceEnd, &mut o);
        let first = self.sign(start);
        let (mut commas, mut verbs, mut who) = (0, 0, false);
        for e in start + 1..=limit {
            let last = self.back(e, 1);
            // A verb behind a comma opens another clause.
            if matches!(last.tag, Tag::Auxiliary | Tag::He | Tag::They | Tag::First) {
                verbs = 1 + u32::from(commas > 0);
            }
            if last.tag == Tag::Comma {
                commas += 1;
            }
            who |= last.tag == Tag::Who;
            if e >= end_of_words
                || last.tag.punctuation() && last.tag != Tag::Close
                || matches!(
                    last.tag,
                    Tag::Preposition
                        | Tag::Of
                        | Tag::Determiner
                        | Tag::Conjunction
                        | Tag::Auxiliary
                )
            {
                continue;
            }
            let (next, after) = (self.sign(e), self.sign(e + 1));
            let at_verb =
                if left { u32::from(e == cue.verb) + 2 * u32::from(e + 1 == cue.verb) } else { 0 };
            let side = at_verb * 2 + u32::from(left);
            let is_chunk = u32::from(e == chunk);
            let commas = commas.min(3);
            let mut it = o.option(e);
            it.add(1, last.tag as u32, next.tag as u32);
            it.add(2, side, next.tag as u32);
            it.add(3, side, is_chunk);
            it.add(4, ((e - start).min(16)) as u32, side);
            it.add(5, commas, side);
            it.add(7, next.word, side);
            it.add(8, last.word, side);
            it.add(9, next.tag as u32 * 64 + after.tag as u32, side);
            it.add(10, first.tag as u32, is_chunk * 16 + side);
            it.add(11, is_chunk, next.tag as u32 * 64 + after.tag as u32);
            it.add(12, is_chunk * 16 + side, last.tag as u32 * 64 + next.tag as u32);
            it.add(13, commas * 64 + last.tag as u32, next.tag as u32);
            it.add(14, after.word, next.tag as u32);
            it.add(15, u32::from(who), side);
            it.add(17, verbs, side);
            it.add(18, verbs, is_chunk * 16 + side);
            it.add(19, cue.stem, verbs * 4 + commas);
            it.add(20, cue.stem, is_chunk);
            it.add(16, cue.stem, next.tag as u32 * 16 + side);
            o.enter(it);
        }
        if o.is_empty() {
            self.options = o;
            return chunk;
        }
        let (i, _) = self.judge.choose(Decision::SourceEnd, (self.tokens.block, cue.head), &o);
        let end = o.place(i);
        self.options = o;
        end
    }
}
