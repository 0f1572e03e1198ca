//! On which side of a cue its content stands, where it begins and where it ends.

use std::ops::Range;

use super::super::signs::Tag;
use super::{BOTH, Cue, Framer, LEFT, NOWHERE, RIGHT, form};
use crate::scorer::{Decision, Judge, Options, Scored};

/// How far behind its cue content may begin.
const START_REACH: usize = 14;
/// How long content inside a sentence may be, in tokens.
const CONTENT_LENGTH: usize = 160;
/// An end that is likelier than this has at most one rival worth the name: where it lies is in doubt then,
/// not whether the words are said.
const ONE_OF_TWO: f32 = 0.35;

impl<J: Judge> Framer<'_, J> {
    pub(super) fn side(&mut self, cue: &Cue, source: Option<&Range<usize>>) -> (usize, f32) {
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
        let form = form(self.tokens.at(cue.head)) * 2 + u32::from(cue.passive);
        let floor = self.sentence.start;
        let n_left = clause_start.saturating_sub(floor).min(6) as u32;
        let n_right = self.sentence.end.saturating_sub(clause_end).min(6) as u32;
        let quote = |mut r: Range<usize>| u32::from(r.any(|k| self.tag(k).quoted()));
        let ql = quote(floor.min(clause_start)..clause_start);
        let qr = quote(clause_end..self.sentence.end.max(clause_end));
        let cue_left = u32::from((floor..clause_start).any(|k| self.tag(k) == Tag::Cue));
        let verbs =
            self.has_verb(floor..clause_start) + 2 * self.has_verb(clause_end..self.sentence.end);
        let tail = self.tail(clause_end);
        let mut o = std::mem::take(&mut self.options);
        self.judge.begin(Decision::Side, &mut o);
        for side in [RIGHT, LEFT, BOTH] {
            let k = side as u32 * 8 + source_code;
            let tags = l1.tag as u32 * 64 + r1.tag as u32;
            let mut it = o.option(side);
            it.add(1, k, 0);
            it.add(2, k, cue.stem);
            it.add(3, k, cue.word);
            it.add(4, k, form);
            it.add(5, k, l1.tag as u32);
            it.add(6, k, r1.tag as u32);
            it.add(7, k, tags);
            it.add(8, k, l2.tag as u32 * 64 + l1.tag as u32);
            it.add(9, k, r1.tag as u32 * 64 + r2.tag as u32);
            it.add(10, k, l1.word);
            it.add(11, k, r1.word);
            it.add(12, k, ql * 2 + qr);
            it.add(13, k, (ql * 2 + qr) * 4096 + tags);
            it.add(14, k, n_left * 8 + n_right);
            it.add(17, side as u32, cue.stem.wrapping_add(r1.tag as u32));
            it.add(18, side as u32, cue.stem.wrapping_add(64 + l1.tag as u32));
            it.add(19, k, n_left * 64 + l1.tag as u32);
            it.add(20, k, n_right * 64 + r1.tag as u32);
            it.add(21, k, cue_left * 64 + l1.tag as u32);
            it.add(22, k, cue_left * 2 + ql);
            it.add(23, k, verbs);
            it.add(24, k, verbs * 4096 + l1.tag as u32 * 64 + r1.tag as u32);
            it.add(25, side as u32, cue.stem.wrapping_add(verbs));
            it.add(26, k, verbs * 4 + ql * 2 + qr);
            it.add(27, k, tail);
            it.add(28, side as u32, tail * 64 + l1.tag as u32);
            it.add(29, k, tail * 4 + verbs);
            o.enter(it);
        }
        let (i, p) = self.judge.choose(Decision::Side, (self.tokens.block, cue.head), &o);
        let side = o.place(i);
        self.options = o;
        (side, p)
    }

    /// Whether "that" follows in the same clause, before any verb.
    fn that_ahead(&self, i: usize) -> u32 {
        let near = i + 1..self.sentence.end.min(i + 9);
        let stop = near.clone().find(|&k| {
            matches!(self.tag(k), Tag::Auxiliary | Tag::Past | Tag::Cue)
                || self.tag(k).punctuation()
        });
        u32::from((near.start..stop.unwrap_or(near.end)).any(|k| self.tag(k) == Tag::That))
    }

    /// What follows a clause up to its next comma: nothing 0, a time 1, a time among few words 2, more 3.
    fn tail(&self, from: usize) -> u32 {
        let ends = |&k: &usize| self.tag(k).punctuation();
        let to = (from..self.sentence.end).find(ends).unwrap_or(self.sentence.end);
        let timed = (from..to).any(|k| self.tag(k) == Tag::Time);
        match to - from.min(to) {
            0 => 0,
            1..=2 if timed => 1,
            3..=7 if timed && self.has_verb(from..to) == 0 => 2,
            _ => 3,
        }
    }

    /// 1 where a part of the sentence holds what looks like a verb.
    pub(super) fn has_verb(&self, mut range: Range<usize>) -> u32 {
        let verb = |k| matches!(self.tag(k), Tag::Auxiliary | Tag::Cue | Tag::Past | Tag::He);
        u32::from(range.any(verb))
    }

    pub(super) fn right(&mut self, cue: &Cue, from: usize) -> Option<(Range<usize>, f32)> {
        let to = self.sentence.end;
        let mut o = std::mem::take(&mut self.options);
        self.judge.begin(Decision::RightStart, &mut o);
        let (s, at) = (cue.stem, (self.tokens.block, cue.head));
        let (mut path, mut passed) = (0_u32, 0_u32);
        for i in from..to.min(from + START_REACH) {
            let (me, before, next) = (self.sign(i), self.back(i, 1), self.sign(i + 1));
            let opens = !me.tag.punctuation() || matches!(me.tag, Tag::Mark | Tag::Open);
            if opens {
                let off = (i - from).min(8) as u32;
                let (t, b, n) = (me.tag as u32, before.tag as u32, next.tag as u32);
                let mut it = o.option(i);
                it.add(1, off, 0);
                it.add(2, t, off.min(2));
                it.add(3, me.word, off.min(1));
                it.add(4, b, t);
                it.add(5, s, t * 4 + off.min(2));
                it.add(6, s, me.word);
                it.add(7, t * 64 + n, off.min(2));
                it.add(8, path, t);
                it.add(9, path, 0);
                it.add(10, passed, t);
                it.add(13, before.word, t);
                it.add(14, s, passed);
                it.add(15, b * 64 + t, n);
                it.add(16, passed, off);
                it.add(17, u32::from(me.tag.nominal() && before.tag.nominal()), off.min(3));
                it.add(18, s, path);
                let that = self.that_ahead(i);
                it.add(20, that, t);
                it.add(21, that, off.min(2));
                it.add(22, s, that * 4 + off.min(2));
                it.add(19, u32::from(self.tokens.at(i).capital), b);
                o.enter(it);
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
        self.judge.begin(Decision::RightEnd, &mut o);
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
            let cue_ahead = self.cue_ahead(e, to);
            let length = (e - start).min(24) as u32 / 2;
            let quoted = u32::from(first.tag.quoted()) + 2 * u32::from(end.tag.quoted());
            let remaining = (last - e).min(12) as u32;
            let mut it = o.option(e);
            it.add(1, final_, quoted);
            it.add(2, t, n);
            it.add(3, n, a);
            it.add(4, next.word, quoted);
            it.add(5, next.word, a);
            it.add(6, length, final_);
            it.add(9, cue_ahead, n);
            it.add(10, cue_ahead, n * 64 + a);
            it.add(11, s, final_);
            it.add(12, s, n);
            it.add(13, quoted * 64 + n, a);
            it.add(14, commas.min(4), final_ * 64 + n);
            it.add(15, quotes.min(3), quoted * 2 + final_);
            it.add(16, remaining, n);
            it.add(17, first.tag as u32, final_);
            it.add(18, first.tag as u32, n);
            it.add(19, end.word, n);
            it.add(20, after.word, n);
            it.add(21, next.word, after.word);
            it.add(22, length, n);
            it.add(23, first.word, n);
            let ahead = self.quote_ahead(e, to);
            it.add(24, ahead, quoted);
            it.add(25, ahead, n * 64 + a);
            it.add(26, end.word, quoted * 64 + n);
            it.add(27, s, quoted * 64 + ahead);
            o.enter(it);
        }
        let (i, p_end) = self.judge.choose(Decision::RightEnd, at, &o);
        let end = o.place(i);
        self.options = o;
        let p_end = if p_end > ONE_OF_TWO { p_end.max(0.5) } else { p_end };
        (end != NOWHERE && end > start).then(|| (start..end, p.min(p_end)))
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

    pub(super) fn trimmed(&self, start: usize, mut end: usize) -> usize {
        while end > start + 1 && self.tag(end - 1).punctuation() && self.tag(end - 1) != Tag::Close
        {
            end -= 1;
        }
        end
    }

    pub(super) fn left(&mut self, cue: &Cue, anchor: usize) -> Option<(Range<usize>, f32)> {
        let floor = anchor.saturating_sub(CONTENT_LENGTH).max(self.sentence.start);
        let last = self.trimmed(floor, anchor);
        if floor >= last || self.tag(last - 1).punctuation() {
            return None;
        }
        let at = (self.tokens.block, cue.head);
        let mut o = std::mem::take(&mut self.options);
        self.judge.begin(Decision::LeftEnd, &mut o);
        let s = cue.stem;
        for e in (last.saturating_sub(10).max(floor + 1)..=last).rev() {
            let (end, next) = (self.back(e, 1), self.sign(e));
            if e < last && (end.tag.punctuation() || !self.may_end(end.tag, next.tag)) {
                continue;
            }
            let off = (last - e).min(6) as u32;
            let mut it = o.option(e);
            it.add(1, off, 0);
            it.add(2, off.min(1), end.tag as u32 * 64 + next.tag as u32);
            it.add(3, off.min(1), s);
            it.add(5, off.min(1), next.word);
            it.add(6, next.tag as u32, self.sign(e + 1).tag as u32);
            it.add(7, u32::from(end.tag.quoted()), off.min(2));
            o.enter(it);
        }
        let (i, _) = self.judge.choose(Decision::LeftEnd, at, &o);
        let end = o.place(i);
        self.judge.begin(Decision::LeftStart, &mut o);
        let final_quote = self.back(end, 1).tag.quoted();
        let last_comma = (floor..end).rfind(|&k| self.tag(k) == Tag::Comma);
        let mut after_cue = false;
        for b in floor..end {
            let (me, before) = (self.sign(b), self.back(b, 1));
            after_cue |= b > floor && before.tag == Tag::Cue;
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
            if me.tag.punctuation() || !opens {
                continue;
            }
            let first = u32::from(b == floor) + 2 * u32::from(after_cue);
            let (t, bt, n) = (me.tag as u32, before.tag as u32, self.sign(b + 1).tag as u32);
            let q = u32::from(final_quote);
            let length = (end - b).min(24) as u32 / 2;
            let mut it = o.option(b);
            it.add(1, first, q);
            it.add(2, t, bt);
            it.add(3, t, n);
            it.add(4, length, first);
            it.add(7, s, first);
            it.add(8, before.word, q);
            it.add(9, me.word, first);
            it.add(10, q * 64 + t, bt);
            it.add(11, bt, first * 2 + q);
            it.add(12, t, first * 2 + q);
            it.add(13, u32::from(last_comma.is_some_and(|k| k >= b)), first);
            it.add(14, u32::from(b + 1 == end), t * 8 + first);
            o.enter(it);
        }
        if o.is_empty() {
            self.options = o;
            return None;
        }
        let (i, p) = self.judge.choose(Decision::LeftStart, at, &o);
        let start = o.place(i);
        self.options = o;
        (start < end).then_some((start..end, p))
    }
}
