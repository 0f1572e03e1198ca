//! Finds statements by scored choices: is the word a cue, where is its source, and what does it say?

mod content;
mod source;
mod words;

use std::ops::Range;

use super::Statement;
use super::candidate::is_nobody;
use super::signs::{OUTSIDE, Sign, Tag};
use crate::Rule;
use crate::lexicon::{CueTags, class, cue};
use crate::scorer::{Decision, Judge, Options, Scored};
use crate::token::{Token, TokenKind, Tokens};

/// No place: the option of a cue without a source.
pub(crate) const NOWHERE: usize = usize::MAX;
/// How many cues of a sentence are looked at; no sentence of prose has more.
const FRAMES: usize = 32;
/// What stands in marks is credited from this likelihood on: half of the less likely is said by nobody,
/// or by somebody else.
const PLAUSIBLE: f32 = 0.5;
const PLAUSIBLE_TITLE: f32 = 0.7;

/// The sides of the cue on which its content stands; the places of the options of [`Decision::Side`].
pub(crate) const RIGHT: usize = 0;
pub(crate) const LEFT: usize = 1;
pub(crate) const BOTH: usize = 2;

/// Makes the choices of one sentence after the other.
pub(super) struct Framer<'a, J: Judge> {
    tokens: &'a Tokens<'a>,
    judge: &'a mut J,
    sentence: Range<usize>,
    /// Of the sentence's tokens.
    signs: Vec<Sign>,
    /// Of the choice at hand.
    options: J::Options,
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
    /// How near quotations stand, as [`Framer::quote_near`] tells.
    quoted: u32,
}

impl<'a, J: Judge> Framer<'a, J> {
    pub(super) fn new(tokens: &'a Tokens<'a>, judge: &'a mut J) -> Framer<'a, J> {
        Framer { tokens, judge, sentence: 0..0, signs: Vec::new(), options: J::Options::default() }
    }

    /// The statements of a sentence.
    pub(super) fn statements(&mut self, sentence: &Range<usize>) -> Vec<Statement> {
        if !has_cue(self.tokens, sentence) {
            return Vec::new();
        }
        self.sentence = sentence.clone();
        self.signs.clear();
        self.signs.extend(sentence.clone().map(|i| Sign::of(self.tokens, i)));
        let mut frames = Vec::new();
        for head in sentence.clone() {
            if !self.may_be_cue(head) {
                continue;
            }
            let cue = self.cue(head);
            let sure = self.is_cue(&cue);
            if sure > 0.0 {
                frames.extend(self.frame(&cue, sure).map(|s| (head, s)));
            }
            if frames.len() == FRAMES {
                break;
            }
        }
        frames.retain(|(head, s)| self.is_likely(*head, s));
        outermost(self.tokens, frames)
    }

    /// Whether a statement is likely enough, for what it credits.
    fn is_likely(&self, head: usize, s: &Statement) -> bool {
        let words = self.holds(s, &[Tag::Quote, Tag::Fragment]);
        // He read “The Long Winter”: a title, not words.
        let title = !words && self.holds_quotation(s) && !says(self.tokens, head, 0);
        let least = if title { PLAUSIBLE_TITLE } else { PLAUSIBLE };
        !self.holds_quotation(s) || s.probability() >= least
    }

    fn holds(&self, s: &Statement, tags: &[Tag]) -> bool {
        s.content.iter().any(|c| c.clone().any(|k| tags.contains(&self.tag(k))))
    }

    fn holds_quotation(&self, s: &Statement) -> bool {
        self.holds(s, &[Tag::Quote, Tag::Fragment, Tag::Title])
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
        self.signs.get(i.wrapping_sub(self.sentence.start)).copied().unwrap_or(OUTSIDE)
    }

    /// The sign `n` tokens before `i`.
    fn back(&self, i: usize, n: usize) -> Sign {
        self.sign(i.wrapping_sub(n))
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
            passive |= self.tokens.at(verb).is(class::BE);
        }
        let quoted = self.quote_near(verb, head);
        Cue { head, verb, stem: sign.stem, word: sign.word, passive, quoted }
    }

    /// How sure it is that the word is a cue; negative where it is none.
    fn is_cue(&mut self, cue: &Cue) -> f32 {
        let i = cue.head;
        let mut o = std::mem::take(&mut self.options);
        self.judge.begin(Decision::Cue, &mut o);
        o.enter(o.option(0));
        let mut it = o.option(1);
        let (w, s) = (cue.word, cue.stem);
        let (left, right, right2) = (self.back(i, 1), self.sign(i + 1), self.sign(i + 2));
        let (l, r, r2) = (left.tag as u32, right.tag as u32, right2.tag as u32);
        let l2 = self.tag(i.wrapping_sub(2)) as u32;
        let form = form(self.tokens.at(i));
        let quoted = cue.quoted;
        let v = cue.verb;
        let before = self.back(v, 1);
        let before2 = self.back(v, 2);
        it.add(1, 0, 0);
        it.add(2, w, 0);
        it.add(3, s, 0);
        it.add(4, w, l);
        it.add(5, w, r);
        it.add(6, w, left.word);
        it.add(7, w, right.word);
        it.add(8, s, l);
        it.add(9, s, r);
        it.add(10, s, right.word);
        it.add(11, s, left.word);
        it.add(12, l, r);
        it.add(13, l2 * 64 + l, form);
        it.add(14, r * 64 + r2, form);
        it.add(15, left.word, form);
        it.add(16, right.word, form);
        it.add(17, form, l);
        it.add(18, form, r);
        it.add(19, quoted, form);
        it.add(20, s, quoted);
        it.add(21, s, form);
        it.add(22, s, l * 64 + r);
        it.add(23, u32::from(i == self.sentence.start), u32::from(self.tokens.at(i).capital));
        it.add(24, before.tag as u32, form);
        it.add(25, before.tag as u32 * 64 + before2.tag as u32, form * 2 + u32::from(cue.passive));
        it.add(26, before.word, form);
        it.add(27, s, before.tag as u32 * 2 + u32::from(cue.passive));
        it.add(28, s, r * 64 + r2);
        it.add(29, r * 64 + r2, self.tag(i + 3) as u32);
        it.add(30, right.word, right2.word);
        it.add(32, u32::from(self.tokens.block == 0), form);
        it.add(33, s, before.word);
        o.enter(it);
        let (chosen, p) = self.judge.choose(Decision::Cue, (self.tokens.block, i), &o);
        self.options = o;
        if chosen == 1 { p } else { -p }
    }

    /// How near quotations stand before a verb group and, times 3, behind its head: 0 far, 1, 2 beside it.
    fn quote_near(&self, verb: usize, head: usize) -> u32 {
        let left = (self.sentence.start..verb).rev().take(12).find(|&k| self.tag(k).quoted());
        let right = (head + 1..self.sentence.end).take(12).find(|&k| self.tag(k).quoted());
        let near = |d: usize| if d <= 2 { 2 } else { 1 };
        left.map_or(0, |k| near(verb - k)) + 3 * right.map_or(0, |k| near(k - head))
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
        let rule = match self.tokens.at(cue.head) {
            t if t.is(class::ACCORDING) => Rule::AccordingTo,
            t if t.is_punct(":") => Rule::Colon,
            _ => rule,
        };
        let credit = sure.min(p_source).min(p_side);
        let mut statement =
            Statement { cue: Some(words), source, content, rule, credit, bounds: p_content };
        if !says(self.tokens, cue.head, IN_MARKS) && !self.holds_quotation(&statement) {
            statement.rule = Rule::Attitude;
        }
        let nobody = |s: &Range<usize>| is_nobody(self.tokens, s);
        (!statement.source.as_ref().is_some_and(nobody)).then_some(statement)
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
}

/// What the ending of a verb says: base 0, "-s" 1, "-ed" 2, "-ing" 3.
fn form(t: &Token) -> u32 {
    if t.is(class::PARTICIPLE) {
        3
    } else if t.is(class::PAST) {
        2
    } else {
        u32::from(t.is(class::THIRD))
    }
}

/// Whether a sentence holds what may be a cue.
fn has_cue(tokens: &Tokens<'_>, sentence: &Range<usize>) -> bool {
    tokens.slice(sentence.clone()).iter().any(|t| is_listed(t) || is_sign(t))
}

/// Whether a token is a colon or a dash.
fn is_sign(t: &Token) -> bool {
    matches!(t.kind, TokenKind::Punct(':' | '—' | '–' | '―' | '-'))
}

fn is_listed(t: &Token) -> bool {
    t.is_word() && (t.is(class::CUE_WORD) || t.cue != 0)
}

/// Tags of cues that only words in marks make sayings: "calls", "describes", "laughs".
const IN_MARKS: CueTags = cue::CALL | cue::AS | cue::QUOTE;

/// Whether the cue is one of saying, rather than of wanting, seeming or doing; `besides` tells which tags
/// do not make it one.
fn says(tokens: &Tokens<'_>, head: usize, besides: CueTags) -> bool {
    let (tags, t) = (!(cue::STANCE | besides), tokens.at(head));
    t.is(class::ACCORDING) || is_sign(t) || t.cue & tags != 0
}

/// The statements that no other one holds, and of two that meet the likelier; each with the head of its cue.
fn outermost(tokens: &Tokens<'_>, frames: Vec<(usize, Statement)>) -> Vec<Statement> {
    let says = |n: usize| says(tokens, frames[n].0, IN_MARKS);
    // A saying stays where only an attitude holds it.
    let holds = |outer: usize, inner: usize| {
        let held = frames[outer].1.content.iter().any(|c| c.contains(&frames[inner].0));
        held && (says(outer) || !says(inner))
    };
    let meets = |a: usize, b: usize| {
        let (a, b) = (&frames[a].1, &frames[b].1);
        a.content.iter().any(|c| b.content.iter().any(|d| c.start < d.end && d.start < c.end))
    };
    let beaten = |n: usize| {
        (0..frames.len()).filter(|&k| k != n).any(|k| {
            let (outer, inner) = (holds(k, n), holds(n, k));
            let likelier = (frames[k].1.probability(), n) > (frames[n].1.probability(), k);
            outer && !inner || outer == inner && meets(k, n) && likelier
        })
    };
    let kept: Vec<bool> = (0..frames.len()).map(|n| !beaten(n)).collect();
    frames.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|((_, s), _)| s).collect()
}
