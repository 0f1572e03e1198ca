//! Finds statements sentence by sentence: a cue, the source it credits, and the content it carries.

mod candidate;
mod clause;
mod credit;
mod frame;
mod signs;
mod uncued;
mod verb;

use std::ops::Range;

use crate::Rule;
use crate::noun_phrase::Phrase;
use crate::order::settle;
use crate::scorer::Judge;
use crate::token::{TokenKind, Tokens};
use candidate::candidates;
use credit::Scene;
use frame::Framer;

pub(crate) use candidate::main_subject;
#[cfg(feature = "training")]
pub(crate) use frame::{BOTH, LEFT, NOWHERE, RIGHT};

/// One statement inside one block, as ranges of its tokens.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Statement {
    pub(crate) cue: Option<Range<usize>>,
    pub(crate) source: Option<Phrase>,
    /// In reading order; never empty.
    pub(crate) content: Vec<Range<usize>>,
    pub(crate) rule: Rule,
    /// How likely the scorer takes it that this is said, and by its source; 1 for what the rules found.
    pub(crate) credit: f32,
    /// How likely the content begins and ends where it should.
    pub(crate) bounds: f32,
}

impl Statement {
    /// How likely the scorer takes all of it to be right, by its weakest part.
    fn probability(&self) -> f32 {
        self.credit.min(self.bounds)
    }

    fn first(&self) -> usize {
        self.content.first().map_or(0, |c| c.start)
    }

    /// Whether token `i` is part of what is said.
    fn says(&self, i: usize) -> bool {
        self.content.iter().any(|c| c.contains(&i))
    }
}

/// The statements of every sentence of a block, in order of their content.
pub(crate) fn statements(tokens: &Tokens<'_>) -> Vec<Statement> {
    tokens.sentences.iter().flat_map(|sentence| in_sentence(tokens, sentence)).collect()
}

fn in_sentence(tokens: &Tokens<'_>, sentence: &Range<usize>) -> Vec<Statement> {
    let mut out = Vec::new();
    let candidates = candidates(tokens, sentence);
    let mut reached = sentence.start;
    for (n, candidate) in candidates.iter().enumerate() {
        if candidate.cue.start < reached {
            continue; // inside what somebody else is said to have said
        }
        let scene = Scene { tokens, sentence, candidates: &candidates, n, floor: reached };
        if let Some(statement) = scene.statement() {
            let end = statement.content.last().map_or(0, |c| c.end);
            reached = reached.max(end.max(candidate.end()));
            add(&mut out, statement);
        }
    }
    uncued::according(tokens, sentence, &mut out);
    uncued::colon(tokens, sentence, &mut out);
    settle(&mut out, Statement::first);
    out
}

/// The statements of every sentence of a block as `judge` chooses them.
pub(crate) fn framed(tokens: &Tokens<'_>, judge: &mut impl Judge) -> Vec<Statement> {
    let mut framer = Framer::new(tokens, judge);
    let mut all = Vec::new();
    for sentence in &tokens.sentences {
        let mut out = framer.statements(sentence);
        settle(&mut out, Statement::first);
        all.append(&mut out);
    }
    all
}

/// Adds a statement and drops those inside it: in "Officials think the dam is safe, Lee said" the
/// outermost counts.
fn add(out: &mut Vec<Statement>, outer: Statement) {
    let inside =
        |c: &Range<usize>| outer.content.iter().any(|o| o.start <= c.start && c.end <= o.end);
    out.retain(|s| !s.cue.as_ref().is_some_and(inside));
    out.push(outer);
}

/// The quotations among the tokens of `range`.
pub(crate) fn quotes_in(tokens: &Tokens<'_>, range: Range<usize>) -> impl Iterator<Item = usize> {
    tokens.slice(range).iter().filter_map(|t| match t.kind {
        TokenKind::Quote(i) => Some(i),
        _ => None,
    })
}
