//! Finds statements by scored choices: is the word a cue, where is its source, and what does it say?

use std::ops::Range;

use super::Statement;
use super::signs::{OUTSIDE, Sign, Tag};
use crate::Rule;
use crate::lexicon::class;
use crate::scorer::{Decision, Judge, Options};
use crate::token::{Token, Tokens};

/// No place: the option of a cue without a source.
pub(crate) const NOWHERE: usize = usize::MAX;
/// How far a source may stand from its cue, in tokens.
const SOURCE_REACH: usize = 48;
/// How long a source may be.
const SOURCE_LENGTH: usize = 28;
/// How far behind its cue content may begin.
const START_REACH: usize = 14;
/// How many cues of a sentence are looked at; no sentence of prose has more.
const FRAMES: usize = 32;
/// How long content inside a sentence may be, in tokens.
const CONTENT_LENGTH: usize = 160;
/// How many tokens a cue may take on each side of its head.
const CUE_REACH: usize = 6;

/// The sides of the cue on which its content stands; the places of the options of [`Decision::Side`].
pub(crate) const RIGHT: usize = 0;
pub(crate) const LEFT: usize = 1;
pub(crate) const BOTH: usize = 2;

/// Makes the choices of one sentence.
pub(super) struct Framer<'a, J> {
    pub(super) tokens: &'a Tokens<'a>,
    pub(super) sentence: &'a Range<usize>,
    pub(super) judge: &'a mut J,
    /// What the rules of grammar found.
    pub(super) rules: &'a [Statement],
    pub(super) signs: Vec<Sign>,
    pub(super) options: Options,
}

/// A cue under consideration.
struct Cue {
    head: usize,
    /// Where its verb group begins.
    verb: usize,
    stem: u32,
    word: u32,
    /// A form of "be" is in its group.
    passive: bool,
    /// Index of the rules' statement with this cue.
    rule: Option<usize>,
}

impl<J: Judge> Framer<'_, J> {
    /// The statements of the sentence.
    pub(super) fn statements(&mut self) -> Vec<Statement> {
        let mut frames = Vec::new();
        for head in self.sentence.clone() {
            if !self.may_be_cue(head) {
                continue;
            }
            let cue = self.cue(head);
            let sure = self.is_cue(&cue);
            if sure > 0.0 {
                frames.extend(self.frame(&cue, sure));
            }
            if frames.len() == FRAMES {
                break;
            }
        }
        outermost(frames)
    }

    /// Whether token `i` is looked at as a cue: a listed word, a colon, a dash between quotation and name.
    fn may_be_cue(&self, i: usize) -> bool {
        match self.tag(i) {
            Tag::Colon => true,
            Tag::Dash => self.back(i, 1).tag.quoted() && self.tokens.at(i + 1).capital,
            _ => is_listed(self.tokens.at(i)),
        }
    }

    fn sign(&self, i: usize) -> Sign {
        if i < self.sentence.start || i >= self.sentence.end {
            return OUTSIDE;
        }
        self.signs.get(i - self.sentence.start).copied().unwrap_or(OUTSIDE)
    }

    /// The sign `n` tokens before `i`.
    fn back(&self, i: usize, n: usize) -> Sign {
        i.checked_sub(n).map_or(OUTSIDE, |i| self.sign(i))
    }

    fn tag(&self, i: usize) -> Tag {
        self.sign(i).tag
    }

    fn cue(&self, head: usize) -> Cue {
        let sign = self.sign(head);
        let mut verb = head;
        let mut passive = false;
        while verb > self.sentence.start
            && matches!(self.tag(verb - 1), Tag::Auxiliary | Tag::Adverb | Tag::Negation)
        {
            verb -= 1;
            passive |= matches!(
                self.tokens.text(verb),
                "is" | "are" | "was" | "were" | "been" | "being" | "be"
            );
        }
        let rule =
            self.rules.iter().position(|s| s.cue.as_ref().is_some_and(|c| c.contains(&head)));
        Cue { head, verb, stem: sign.stem, word: sign.word, passive, rule }
    }

    fn rule(&self, cue: &Cue) -> Option<&Statement> {
        cue.rule.and_then(|i| self.rules.get(i))
    }

    /// A number for what the rules made of the cue.
    fn rule_code(&self, cue: &Cue) -> u32 {
        self.rule(cue).map_or(0, |s| 1 + s.rule as u32 * 2 + u32::from(s.source.is_some()))
    }

    /// How sure it is that the word is a cue; negative where it is none.
    fn is_cue(&mut self, cue: &Cue) -> f32 {
        let i = cue.head;
        let mut o = std::mem::take(&mut self.options);
        o.clear();
        o.option(0);
        o.option(1);
        let (w, s) = (cue.word, cue.stem);
        let sign = |k: isize| self.sign(i.wrapping_add_signed(k));
        let tag = |k: isize| sign(k).tag as u32;
        let form = form(self.tokens.text(i));
        let rule = self.rule_code(cue);
        let quoted = self.quote_near(cue);
        let v = cue.verb;
        let before = self.back(v, 1);
        let before2 = self.back(v, 2);
        o.add(1, 0, 0);
        o.add(2, w, 0);
        o.add(3, s, 0);
        o.add(4, w, tag(-1));
        o.add(5, w, tag(1));
        o.add(6, w, sign(-1).word);
        o.add(7, w, sign(1).word);
        o.add(8, s, tag(-1));
        o.add(9, s, tag(1));
        o.add(10, s, sign(1).word);
        o.add(11, s, sign(-1).word);
        o.add(12, tag(-1), tag(1));
        o.add(13, tag(-2) * 64 + tag(-1), form);
        o.add(14, tag(1) * 64 + tag(2), form);
        o.add(15, sign(-1).word, form);
        o.add(16, sign(1).word, form);
        o.add(17, form, tag(-1));
        o.add(18, form, tag(1));
        o.add(19, quoted, form);
        o.add(20, s, quoted);
        o.add(21, rule, 0);
        o.add(22, s, rule);
        o.add(23, u32::from(i == self.sentence.start), u32::from(self.tokens.at(i).capital));
        o.add(24, before.tag as u32, form);
        o.add(25, before.tag as u32 * 64 + before2.tag as u32, form * 2 + u32::from(cue.passive));
        o.add(26, before.word, form);
        o.add(27, s, before.tag as u32 * 2 + u32::from(cue.passive));
        o.add(28, s, tag(1) * 64 + tag(2));
        o.add(29, tag(1) * 64 + tag(2), tag(3));
        o.add(30, sign(1).word, sign(2).word);
        o.add(32, u32::from(self.tokens.block == 0), form);
        o.add(33, s, before.word);
        o.add(34, rule, form * 64 + tag(1));
        let (chosen, p) = self.judge.choose(Decision::Cue, (self.tokens.block, i), &o);
        self.options = o;
        if chosen == 1 { p } else { -p }
    }

    /// Whether a quotation stands beside the clause of the cue: before 1, behind 2; right beside it 4, 8.
    fn quote_near(&self, cue: &Cue) -> u32 {
        let left = (self.sentence.start..cue.verb).rev().take(12).find(|&k| self.tag(k).quoted());
        let right = (cue.head + 1..self.sentence.end).take(12).find(|&k| self.tag(k).quoted());
        let near = |d: usize| if d <= 2 { 2 } else { 1 };
        left.map_or(0, |k| near(cue.verb - k)) + 3 * right.map_or(0, |k| near(k - cue.head))
    }

    fn frame(&mut self, cue: &Cue, sure: f32) -> Option<Statement> {
        let (source, p_source) = self.source(cue);
        let source_right = source.as_ref().is_some_and(|s| s.start > cue.head);
        let (side, p_side) = self.side(cue, source.as_ref());
        let mut content = Vec::new();
        let mut p_content = 1.0_f32;
        if side != RIGHT {
            let anchor = match &source {
                Some(s) if s.end <= cue.verb => s.start,
                _ => cue.verb,
            };
            if let Some((range, p)) = self.left(cue, anchor) {
                content.push(range);
                p_content = p_content.min(p);
            }
        }
        if side != LEFT {
            let from = match &source {
                Some(s) if source_right => s.end.max(cue.head + 1),
                _ => cue.head + 1,
            };
            if let Some((range, p)) = self.right(cue, from) {
                content.push(range);
                p_content = p_content.min(p);
            }
        }
        if content.is_empty() {
            return None;
        }
        let words = self.words(cue, source.as_ref(), &content);
        let rule = match side {
            BOTH => Rule::CueInside,
            LEFT if source_right => Rule::CueAfterInverted,
            LEFT => Rule::CueAfter,
            _ => Rule::CueBefore,
        };
        let rule =
            if self.tokens.at(cue.head).is(class::ACCORDING) { Rule::AccordingTo } else { rule };
        let probability = sure.min(p_source).min(p_side).min(p_content);
        Some(Statement { cue: Some(words), source, content, rule, probability })
    }

    /// The end of the plain noun phrase that begins at `start`.
    fn chunk_end(&self, start: usize) -> usize {
        if self.tag(start).pronoun() || self.tag(start) == Tag::That {
            return start + 1;
        }
        let mut end = start + 1;
        while end < self.sentence.end
            && (self.tag(end).nominal()
                && !(matches!(self.tag(end), Tag::Possessive | Tag::Determiner)
                    && self.tag(end - 1) != Tag::Determiner)
                || matches!(self.tag(end), Tag::Past | Tag::Ing | Tag::Adverb | Tag::Cue)
                    && self.tag(end - 1) == Tag::Determiner
                || self.tag(end) == Tag::Stop
                    && self.tokens.at(end - 1).is(class::ABBREVIATION)
                    && self.tag(end + 1) == Tag::Capital)
        {
            end += 1;
        }
        end
    }

    /// Whether a noun phrase begins at `i`.
    fn opens_phrase(&self, i: usize) -> bool {
        let tag = self.tag(i);
        if tag.pronoun() || tag == Tag::That {
            return true;
        }
        let before = self.back(i, 1).tag;
        tag.nominal()
            && (!before.nominal()
                || matches!(tag, Tag::Determiner | Tag::Possessive) && before != Tag::Determiner)
    }

    fn source(&mut self, cue: &Cue) -> (Option<Range<usize>>, f32) {
        let mut o = std::mem::take(&mut self.options);
        o.clear();
        let s = cue.stem;
        let form = form(self.tokens.text(cue.head)) * 2 + u32::from(cue.passive);
        let rule = self.rule(cue).and_then(|r| r.source.clone());
        let rule_code = self.rule_code(cue);
        let (next, before) = (self.sign(cue.head + 1), self.back(cue.verb, 1));
        o.option(NOWHERE);
        o.add(1, s, 0);
        o.add(2, form, before.tag as u32);
        o.add(3, form, next.tag as u32);
        o.add(4, rule_code, form);
        o.add(5, s, form);
        o.add(6, before.word, form);
        o.add(7, before.tag as u32 * 64 + next.tag as u32, form);
        o.add(8, s, before.tag as u32);
        let low = cue.verb.saturating_sub(SOURCE_REACH).max(self.sentence.start);
        let mut rank = 0;
        for j in (low..cue.head).rev() {
            if !self.opens_phrase(j) {
                continue;
            }
            self.source_option(&mut o, cue, j, rank, form, rule.as_ref(), 0);
            rank += 1;
        }
        let high = self.sentence.end.min(cue.head + 12);
        let mut rank = 0;
        for j in cue.head + 1..high {
            if self.opens_phrase(j) && rank < 3 {
                self.source_option(&mut o, cue, j, rank, form, rule.as_ref(), 1);
                rank += 1;
            }
        }
        let (i, p) = self.judge.choose(Decision::SourceStart, (self.tokens.block, cue.head), &o);
        let start = o.place(i);
        self.options = o;
        if start == NOWHERE {
            return (None, p);
        }
        let (end, p_end) = self.source_end(cue, start, rule.as_ref());
        (Some(start..end), p.min(p_end.max(0.5)))
    }

    #[allow(clippy::too_many_arguments)]
    fn source_option(
        &self,
        o: &mut Options,
        cue: &Cue,
        j: usize,
        rank: u32,
        form: u32,
        rule: Option<&Range<usize>>,
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
        let mut between = 0;
        for k in from..to {
            between |= match self.tag(k) {
                Tag::Comma => 1,
                t if t.quoted() => 2,
                Tag::Auxiliary => 4,
                Tag::Cue | Tag::Past => 8,
                Tag::Who | Tag::That | Tag::Subordinator => 16,
                Tag::Preposition | Tag::Of => 32,
                Tag::Conjunction => 64,
                Tag::Colon | Tag::Semicolon | Tag::Dash => 128,
                _ => 0,
            };
        }
        let distance = to.saturating_sub(from).min(20) as u32;
        let matched = rule.map_or(0, |r| {
            1 + u32::from(r.start == j) + 2 * u32::from(r.contains(&j) && r.start != j)
        });
        let initial = u32::from(j == self.sentence.start);
        let (s, sd) = (cue.stem, side * 8);
        let f = first.tag as u32;
        let capital = u32::from((j..end).any(|k| self.tokens.at(k).capital));
        let role = u32::from((j..end).any(|k| self.tag(k) == Tag::Role));
        o.option(j);
        o.add(11, sd + adjacent, form);
        o.add(12, sd + rank, form);
        o.add(13, f, sd + adjacent);
        o.add(14, s, sd + adjacent);
        o.add(15, between, sd);
        o.add(16, between, sd + adjacent + form * 64);
        o.add(17, distance, sd);
        o.add(18, before.tag as u32, sd + adjacent);
        o.add(19, before.word, sd);
        o.add(20, after.tag as u32, sd + adjacent);
        o.add(21, matched, sd);
        o.add(22, matched, form);
        o.add(24, initial, sd + rank);
        o.add(25, first.word, sd);
        o.add(26, last.word, sd);
        o.add(27, last.tag as u32, sd + adjacent);
        o.add(28, capital * 2 + role, sd + adjacent);
        o.add(29, capital * 2 + role, between);
        o.add(30, f * 64 + before.tag as u32, sd + rank.min(2));
        o.add(31, f * 64 + after.tag as u32, sd + rank.min(2));
        o.add(32, s, sd * 8 + rank);
        o.add(33, form, before.tag as u32 * 64 + sd);
        o.add(34, initial, between);
        o.add(35, before.tag as u32 * 64 + after.tag as u32, sd);
        o.add(36, self.back(cue.verb, 1).tag as u32 * 64 + sd + rank, form);
        o.add(37, self.sign(cue.head + 1).tag as u32, sd + adjacent);
        o.add(38, self.quote_near(cue), sd + adjacent);
        o.add(39, s, f * 16 + sd);
        o.add(40, last.stem, sd + adjacent);
    }

    fn source_end(&mut self, cue: &Cue, start: usize, rule: Option<&Range<usize>>) -> (usize, f32) {
        let left = start < cue.head;
        let limit = if left { cue.verb } else { self.sentence.end };
        let limit = limit.min(start + SOURCE_LENGTH).max(start + 1);
        let chunk = self.chunk_end(start).min(limit);
        if chunk == limit || self.tag(start).pronoun() {
            return (chunk, 1.0);
        }
        let mut o = std::mem::take(&mut self.options);
        o.clear();
        let mut commas = 0;
        for e in start + 1..=limit {
            let last = self.back(e, 1);
            if last.tag == Tag::Comma {
                commas += 1;
            }
            if last.tag.punctuation() && last.tag != Tag::Close
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
            let next = self.sign(e);
            let at_verb =
                if left { u32::from(e == cue.verb) + 2 * u32::from(e + 1 == cue.verb) } else { 0 };
            let side = at_verb * 2 + u32::from(left);
            let is_chunk = u32::from(e == chunk);
            let matched = rule.map_or(0, |r| 1 + u32::from(r.start == start && r.end == e));
            let commas = commas.min(3);
            o.option(e);
            o.add(1, last.tag as u32, next.tag as u32);
            o.add(2, side, next.tag as u32);
            o.add(3, side, is_chunk);
            o.add(4, ((e - start).min(16)) as u32, side);
            o.add(5, commas, side);
            o.add(6, matched, side);
            o.add(7, next.word, side);
            o.add(8, last.word, side);
            o.add(9, next.tag as u32 * 64 + self.sign(e + 1).tag as u32, side);
            o.add(10, self.sign(start).tag as u32, is_chunk * 16 + side);
            o.add(11, is_chunk, next.tag as u32 * 64 + self.sign(e + 1).tag as u32);
            o.add(12, is_chunk * 16 + side, last.tag as u32 * 64 + next.tag as u32);
            o.add(13, commas * 64 + last.tag as u32, next.tag as u32);
            o.add(14, self.sign(e + 1).word, next.tag as u32);
            o.add(15, u32::from((start..e).any(|k| self.tag(k) == Tag::Who)), side);
            o.add(16, cue.stem, next.tag as u32 * 16 + side);
        }
        if o.is_empty() {
            self.options = o;
            return (chunk, 1.0);
        }
        let (i, p) = self.judge.choose(Decision::SourceEnd, (self.tokens.block, cue.head), &o);
        let end = o.place(i);
        self.options = o;
        (end, p)
    }

    fn side(&mut self, cue: &Cue, source: Option<&Range<usize>>) -> (usize, f32) {
        let source_code = match source {
            None => 0,
            Some(s) if s.start > cue.head => 1,
            Some(s) if s.end == cue.verb => 2,
            Some(s) if s.end + 1 == cue.verb => 3,
            Some(_) => 4,
        };
        let clause_start = match source {
            Some(s) if s.end <= cue.verb && cue.verb - s.end <= 2 => s.start,
            _ => cue.verb,
        };
        let clause_end = source.map_or(cue.head + 1, |s| s.end.max(cue.head + 1));
        let (l1, l2) = (self.back(clause_start, 1), self.back(clause_start, 2));
        let (r1, r2) = (self.sign(clause_end), self.sign(clause_end + 1));
        let form = form(self.tokens.text(cue.head)) * 2 + u32::from(cue.passive);
        let floor = self.sentence.start;
        let n_left = clause_start.saturating_sub(floor).min(6) as u32;
        let n_right = self.sentence.end.saturating_sub(clause_end).min(6) as u32;
        let quote = |mut r: Range<usize>| u32::from(r.any(|k| self.tag(k).quoted()));
        let ql = quote(floor.min(clause_start)..clause_start);
        let qr = quote(clause_end..self.sentence.end.max(clause_end));
        let cue_left = u32::from((floor..clause_start).any(|k| self.tag(k) == Tag::Cue));
        let rule = self.rule(cue).map_or(0, |r| {
            let left = r.content.iter().any(|c| c.end <= cue.head);
            let right = r.content.iter().any(|c| c.start > cue.head);
            1 + u32::from(left) + 2 * u32::from(right)
        });
        let mut o = std::mem::take(&mut self.options);
        o.clear();
        for side in [RIGHT, LEFT, BOTH] {
            let k = side as u32 * 8 + source_code;
            let tags = l1.tag as u32 * 64 + r1.tag as u32;
            o.option(side);
            o.add(1, k, 0);
            o.add(2, k, cue.stem);
            o.add(3, k, cue.word);
            o.add(4, k, form);
            o.add(5, k, l1.tag as u32);
            o.add(6, k, r1.tag as u32);
            o.add(7, k, tags);
            o.add(8, k, l2.tag as u32 * 64 + l1.tag as u32);
            o.add(9, k, r1.tag as u32 * 64 + r2.tag as u32);
            o.add(10, k, l1.word);
            o.add(11, k, r1.word);
            o.add(12, k, ql * 2 + qr);
            o.add(13, k, (ql * 2 + qr) * 4096 + tags);
            o.add(14, k, n_left * 8 + n_right);
            o.add(15, k, rule);
            o.add(16, k, rule * 64 + r1.tag as u32);
            o.add(17, side as u32, cue.stem.wrapping_add(r1.tag as u32));
            o.add(18, side as u32, cue.stem.wrapping_add(64 + l1.tag as u32));
            o.add(19, k, n_left * 64 + l1.tag as u32);
            o.add(20, k, n_right * 64 + r1.tag as u32);
            o.add(21, k, cue_left * 64 + l1.tag as u32);
            o.add(22, k, cue_left * 2 + ql);
        }
        let (i, p) = self.judge.choose(Decision::Side, (self.tokens.block, cue.head), &o);
        let side = o.place(i);
        self.options = o;
        (side, p)
    }

    fn right(&mut self, cue: &Cue, from: usize) -> Option<(Range<usize>, f32)> {
        let to = self.sentence.end;
        let mut o = std::mem::take(&mut self.options);
        o.clear();
        let rule = self.rule(cue).and_then(|r| r.content.iter().find(|c| c.start >= from).cloned());
        let (s, at) = (cue.stem, (self.tokens.block, cue.head));
        let (mut path, mut passed) = (0_u32, 0_u32);
        for i in from..to.min(from + START_REACH) {
            let (me, before, next) = (self.sign(i), self.back(i, 1), self.sign(i + 1));
            let opens = !me.tag.punctuation() || matches!(me.tag, Tag::Mark | Tag::Open);
            if opens {
                let off = (i - from).min(8) as u32;
                let (t, b, n) = (me.tag as u32, before.tag as u32, next.tag as u32);
                let matched = rule.as_ref().map_or(0, |r| 1 + u32::from(r.start == i));
                o.option(i);
                o.add(1, off, 0);
                o.add(2, t, off.min(2));
                o.add(3, me.word, off.min(1));
                o.add(4, b, t);
                o.add(5, s, t * 4 + off.min(2));
                o.add(6, s, me.word);
                o.add(7, t * 64 + n, off.min(2));
                o.add(8, path, t);
                o.add(9, path, 0);
                o.add(10, passed, t);
                o.add(11, matched, off.min(2));
                o.add(12, matched, t);
                o.add(13, before.word, t);
                o.add(14, s, passed);
                o.add(15, b * 64 + t, n);
                o.add(16, passed, off);
                o.add(17, u32::from(me.tag.nominal() && before.tag.nominal()), off.min(3));
                o.add(18, s, path);
                o.add(19, u32::from(self.tokens.at(i).capital), b);
            }
            if i < from + 5 {
                path = path.wrapping_mul(47).wrapping_add(me.tag as u32);
            }
            passed |= match me.tag {
                Tag::Comma => 1,
                t if t.quoted() => 2,
                Tag::That => 4,
                Tag::Colon | Tag::Dash => 8,
                Tag::To => 16,
                Tag::Preposition | Tag::Of => 32,
                Tag::Auxiliary => 64,
                t if t.nominal() || t.pronoun() => 128,
                _ => 0,
            };
        }
        if o.is_empty() {
            self.options = o;
            return None;
        }
        let (i, p) = self.judge.choose(Decision::RightStart, at, &o);
        let start = o.place(i);
        o.clear();
        let last = self.trimmed(start, to.min(start + CONTENT_LENGTH));
        let first = self.sign(start);
        let (mut commas, mut quotes) = (0_u32, 0_u32);
        for e in start + 1..=last {
            let (end, next, after) = (self.back(e, 1), self.sign(e), self.sign(e + 1));
            match end.tag {
                Tag::Comma => commas += 1,
                t if t.quoted() => quotes += 1,
                _ => {}
            }
            if e < last && !self.may_end(end.tag, next.tag) {
                continue;
            }
            let final_ = u32::from(e == last);
            let (t, n, a) = (end.tag as u32, next.tag as u32, after.tag as u32);
            let matched = rule.as_ref().map_or(0, |r| 1 + u32::from(r.end == e));
            let cue_ahead = self.cue_ahead(e, to);
            let length = (e - start).min(24) as u32 / 2;
            let quoted = u32::from(first.tag.quoted()) + 2 * u32::from(end.tag.quoted());
            let remaining = (last - e).min(12) as u32;
            o.option(e);
            o.add(1, final_, quoted);
            o.add(2, t, n);
            o.add(3, n, a);
            o.add(4, next.word, quoted);
            o.add(5, next.word, a);
            o.add(6, length, final_);
            o.add(7, matched, final_);
            o.add(8, matched, n);
            o.add(9, cue_ahead, n);
            o.add(10, cue_ahead, n * 64 + a);
            o.add(11, s, final_);
            o.add(12, s, n);
            o.add(13, quoted * 64 + n, a);
            o.add(14, commas.min(4), final_ * 64 + n);
            o.add(15, quotes.min(3), quoted * 2 + final_);
            o.add(16, remaining, n);
            o.add(17, first.tag as u32, final_);
            o.add(18, first.tag as u32, n);
            o.add(19, end.word, n);
            o.add(20, after.word, n);
            o.add(21, next.word, after.word);
            o.add(22, length, n);
            o.add(23, first.word, n);
            let ahead = self.quote_ahead(e, to);
            o.add(24, ahead, quoted);
            o.add(25, ahead, n * 64 + a);
            o.add(26, end.word, quoted * 64 + n);
            o.add(27, s, quoted * 64 + ahead);
        }
        let (i, p_end) = self.judge.choose(Decision::RightEnd, at, &o);
        let end = o.place(i);
        self.options = o;
        (end != NOWHERE && end > start).then(|| (start..end, p.min(p_end.max(0.5))))
    }

    /// Where a part of the sentence may end: at punctuation, quotations and small words.
    fn may_end(&self, end: Tag, next: Tag) -> bool {
        !matches!(
            end,
            Tag::Determiner | Tag::Comma | Tag::Preposition | Tag::Of | Tag::To | Tag::Conjunction
        ) && (end.quoted()
            || next.punctuation()
            || matches!(
                next,
                Tag::Quote
                    | Tag::Conjunction
                    | Tag::Subordinator
                    | Tag::Preposition
                    | Tag::Of
                    | Tag::To
                    | Tag::By
                    | Tag::Who
                    | Tag::That
                    | Tag::Time
                    | Tag::Cue
                    | Tag::Auxiliary
                    | Tag::Ing
                    | Tag::Adverb
                    | Tag::He
            ))
    }

    /// Whether another cue follows close behind `e`: 1 near, 2 far.
    fn cue_ahead(&self, e: usize, to: usize) -> u32 {
        let found = (e..to).take(12).position(|k| self.tag(k) == Tag::Cue);
        found.map_or(0, |d| 1 + (d as u32) / 3)
    }

    /// How near the next quotation behind `e` is, 0 for far, and whether "and" stands before it.
    fn quote_ahead(&self, e: usize, to: usize) -> u32 {
        let Some(d) = (e..to).take(5).position(|k| self.tag(k).quoted()) else { return 0 };
        let and = (e..e + d).any(|k| self.tag(k) == Tag::Conjunction);
        1 + d as u32 * 2 + u32::from(and)
    }

    fn trimmed(&self, start: usize, mut end: usize) -> usize {
        while end > start + 1 && self.tag(end - 1).punctuation() && self.tag(end - 1) != Tag::Close
        {
            end -= 1;
        }
        end
    }

    fn left(&mut self, cue: &Cue, anchor: usize) -> Option<(Range<usize>, f32)> {
        let floor = anchor.saturating_sub(CONTENT_LENGTH).max(self.sentence.start);
        let last = self.trimmed(floor, anchor);
        if floor >= last || self.tag(last - 1).punctuation() {
            return None;
        }
        let at = (self.tokens.block, cue.head);
        let rule = self.rule(cue).and_then(|r| r.content.iter().find(|c| c.end <= anchor).cloned());
        let mut o = std::mem::take(&mut self.options);
        o.clear();
        let s = cue.stem;
        for e in (last.saturating_sub(10).max(floor + 1)..=last).rev() {
            let (end, next) = (self.back(e, 1), self.sign(e));
            if e < last && (end.tag.punctuation() || !self.may_end(end.tag, next.tag)) {
                continue;
            }
            let off = (last - e).min(6) as u32;
            let matched = rule.as_ref().map_or(0, |r| 1 + u32::from(r.end == e));
            o.option(e);
            o.add(1, off, 0);
            o.add(2, off.min(1), end.tag as u32 * 64 + next.tag as u32);
            o.add(3, off.min(1), s);
            o.add(4, matched, off.min(1));
            o.add(5, off.min(1), next.word);
            o.add(6, next.tag as u32, self.sign(e + 1).tag as u32);
            o.add(7, u32::from(end.tag.quoted()), off.min(2));
        }
        let (i, _) = self.judge.choose(Decision::LeftEnd, at, &o);
        let end = o.place(i);
        o.clear();
        let final_quote = self.back(end, 1).tag.quoted();
        for b in floor..end {
            let (me, before) = (self.sign(b), self.back(b, 1));
            let opens = b == floor
                || before.tag.punctuation()
                || before.tag.quoted()
                || matches!(before.tag, Tag::Conjunction | Tag::Cue | Tag::Auxiliary)
                || matches!(
                    me.tag,
                    Tag::Quote
                        | Tag::Title
                        | Tag::Fragment
                        | Tag::That
                        | Tag::Who
                        | Tag::Subordinator
                        | Tag::Determiner
                        | Tag::Possessive
                )
                || self.opens_phrase(b);
            if me.tag.punctuation() && me.tag != Tag::Mark || !opens {
                continue;
            }
            let first =
                u32::from(b == floor) + 2 * u32::from((floor..b).any(|k| self.tag(k) == Tag::Cue));
            let (t, bt, n) = (me.tag as u32, before.tag as u32, self.sign(b + 1).tag as u32);
            let matched = rule.as_ref().map_or(0, |r| 1 + u32::from(r.start == b));
            let q = u32::from(final_quote);
            let length = (end - b).min(24) as u32 / 2;
            o.option(b);
            o.add(1, first, q);
            o.add(2, t, bt);
            o.add(3, t, n);
            o.add(4, length, first);
            o.add(5, matched, first);
            o.add(6, matched, t);
            o.add(7, s, first);
            o.add(8, before.word, q);
            o.add(9, me.word, first);
            o.add(10, q * 64 + t, bt);
            o.add(11, bt, first * 2 + q);
            o.add(12, t, first * 2 + q);
            o.add(13, u32::from((b..end).any(|k| self.tag(k) == Tag::Comma)), first);
            o.add(14, u32::from(b + 1 == end), t * 8 + first);
        }
        if o.is_empty() {
            self.options = o;
            return None;
        }
        let (i, p) = self.judge.choose(Decision::LeftStart, at, &o);
        let start = o.place(i);
        self.options = o;
        (start < end).then(|| (start..end, p))
    }

    /// The words of the cue around its head: "has said", "called for".
    fn words(
        &mut self,
        cue: &Cue,
        source: Option<&Range<usize>>,
        content: &[Range<usize>],
    ) -> Range<usize> {
        let h = cue.head;
        let ends = source.into_iter().chain(content);
        let low = ends.clone().filter(|r| r.end <= h).map(|r| r.end).max();
        let low = low.unwrap_or(self.sentence.start).max(h.saturating_sub(CUE_REACH));
        let high = ends.filter(|r| r.start > h).map(|r| r.start).min();
        let high = high.unwrap_or(self.sentence.end).min(h + 1 + CUE_REACH);
        let at = (self.tokens.block, h);
        let mut o = std::mem::take(&mut self.options);
        o.clear();
        for b in low..=h {
            let (me, before) = (self.sign(b), self.back(b, 1));
            let off = (h - b) as u32;
            o.option(b);
            o.add(1, off, u32::from(b == low));
            o.add(2, me.tag as u32, off.min(1));
            o.add(3, before.tag as u32, me.tag as u32);
            o.add(4, me.word, off.min(1));
            o.add(5, before.word, off.min(1));
            o.add(6, cue.stem, off.min(2));
            o.add(7, u32::from(b == cue.verb), u32::from(b == low));
        }
        let (i, _) = self.judge.choose(Decision::CueStart, at, &o);
        let start = o.place(i);
        o.clear();
        for e in h + 1..=high.max(h + 1) {
            let (end, next) = (self.back(e, 1), self.sign(e));
            let off = (e - h - 1) as u32;
            o.option(e);
            o.add(1, off, u32::from(e == high));
            o.add(2, end.tag as u32, next.tag as u32);
            o.add(3, next.word, off.min(1));
            o.add(4, end.word, off.min(1));
            o.add(5, cue.stem, off.min(2));
            o.add(6, cue.stem, end.word);
            o.add(7, u32::from(e == high), end.tag as u32 * 2 + off.min(1));
            o.add(8, cue.stem, next.word);
        }
        let (i, _) = self.judge.choose(Decision::CueEnd, at, &o);
        let end = o.place(i);
        self.options = o;
        if start == NOWHERE || end == NOWHERE { h..h + 1 } else { start..end }
    }
}

/// What the ending of a verb says: base 0, "-s" 1, "-ed" 2, "-ing" 3.
fn form(text: &str) -> u32 {
    if text.ends_with("ing") {
        3
    } else if text.ends_with("ed")
        || matches!(text, "said" | "told" | "wrote" | "thought" | "saw" | "knew" | "found")
    {
        2
    } else {
        u32::from(text.ends_with('s'))
    }
}

/// The signs of a sentence.
pub(super) fn signs(tokens: &Tokens<'_>, sentence: &Range<usize>) -> Vec<Sign> {
    sentence.clone().map(|i| Sign::of(tokens, i)).collect()
}

/// Whether a sentence holds what may be a cue.
pub(super) fn has_cue(tokens: &Tokens<'_>, sentence: &Range<usize>) -> bool {
    tokens.slice(sentence.clone()).iter().any(|t| is_listed(t) || t.is_punct(":—–―-"))
}

fn is_listed(t: &Token) -> bool {
    t.is_word() && (t.is(class::CUE_WORD) || t.cue != 0)
}

/// The statements that no other one holds, and of two that meet the likelier.
fn outermost(mut frames: Vec<Statement>) -> Vec<Statement> {
    let holds = |outer: &Statement, inner: &Statement| {
        let cue = inner.cue.clone().unwrap_or(0..0);
        outer.content.iter().any(|c| c.start <= cue.start && cue.end <= c.end)
    };
    let meets = |a: &Statement, b: &Statement| {
        a.content.iter().any(|c| b.content.iter().any(|d| c.start < d.end && d.start < c.end))
    };
    let beaten = |n: usize, frames: &[Statement]| {
        let me = &frames[n];
        frames.iter().enumerate().any(|(k, other)| {
            let (outer, inner) = (holds(other, me), holds(me, other));
            let likelier = (other.probability, n) > (me.probability, k);
            k != n && (outer && !inner || (outer == inner && meets(other, me) && likelier))
        })
    };
    let kept: Vec<bool> = (0..frames.len()).map(|n| !beaten(n, &frames)).collect();
    let mut kept = kept.iter();
    frames.retain(|_| kept.next() == Some(&true));
    frames
}
