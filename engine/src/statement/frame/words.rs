//! Which words around its head a cue takes.

use std::ops::Range;

use super::{Cue, Framer, NOWHERE};
use crate::scorer::{Decision, Judge, Options, Scored};

/// How many tokens a cue may take on each side of its head.
const CUE_REACH: usize = 6;

impl<J: Judge> Framer<'_, J> {
    /// The words of the cue around its head: "has said", "called for".
    pub(super) fn words(
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
        self.judge.begin(Decision::CueStart, &mut o);
        for b in low..=h {
            let (me, before) = (self.sign(b), self.back(b, 1));
            let off = (h - b) as u32;
            let mut it = o.option(b);
            it.add(1, off, u32::from(b == low));
            it.add(2, me.tag as u32, off.min(1));
            it.add(3, before.tag as u32, me.tag as u32);
            it.add(4, me.word, off.min(1));
            it.add(5, before.word, off.min(1));
            it.add(6, cue.stem, off.min(2));
            it.add(7, u32::from(b == cue.verb), u32::from(b == low));
            o.enter(it);
        }
        let (i, _) = self.judge.choose(Decision::CueStart, at, &o);
        let start = o.place(i);
        self.judge.begin(Decision::CueEnd, &mut o);
        for e in h + 1..=high.max(h + 1) {
            let (end, next) = (self.back(e, 1), self.sign(e));
            let off = (e - h - 1) as u32;
            let mut it = o.option(e);
            it.add(1, off, u32::from(e == high));
            it.add(2, end.tag as u32, next.tag as u32);
            it.add(3, next.word, off.min(1));
            it.add(4, end.word, off.min(1));
            it.add(5, cue.stem, off.min(2));
            it.add(6, cue.stem, end.word);
            it.add(7, u32::from(e == high), end.tag as u32 * 2 + off.min(1));
            it.add(8, cue.stem, next.word);
            o.enter(it);
        }
        let (i, _) = self.judge.choose(Decision::CueEnd, at, &o);
        let end = o.place(i);
        self.options = o;
        if start == NOWHERE || end == NOWHERE {
            return h..h + 1;
        }
        // "said:" without its colon.
        let marks = (h + 1..end).rev().take_while(|&k| self.tag(k).punctuation()).count();
        start..end - marks
    }
}
