//! Statements without a verb: "according to Ann Lee", and "Ann Lee: “…”".

use std::ops::Range;

use super::{Statement, add};
use crate::Rule;
use crate::lexicon::class;
use crate::noun_phrase;
use crate::token::{Token, Tokens};

/// "According to Ann Lee, …"; "…, according to Ann Lee".
pub(super) fn according(tokens: &Tokens<'_>, sentence: &Range<usize>, out: &mut Vec<Statement>) {
    for i in sentence.clone() {
        let t = tokens.at(i);
        let behind = t.is(class::ACCORDING_AFTER);
        if !behind && !t.is(class::ACCORDING) || out.iter().any(|s| s.says(i)) {
            continue;
        }
        let cue = i..(i + t.cue_len.max(1)).min(sentence.end);
        let source = if behind {
            noun_phrase::before(tokens, sentence.start, i)
        } else {
            noun_phrase::after(tokens, cue.end, sentence.end)
        };
        let Some(source) = source else { continue };
        let left = trimmed(tokens, sentence.start..cue.start.min(source.start));
        let right = trimmed(tokens, cue.end.max(source.end)..sentence.end);
        let within = |c: &Range<usize>| c.start >= left.start && c.end <= left.end;
        let taken = out.iter().any(|s| s.content.iter().any(within));
        let left_says = tokens.count(left.clone()) >= 3 && !taken;
        let right_says = tokens.count(right.clone()) >= 3;
        // "In May, according to Ann, …": what stands first is an adverbial.
        let content = if left_says && !(right_says && tokens.at(left.start).is(class::PREP)) {
            left
        } else if right_says {
            right
        } else {
            continue;
        };
        let rule = Rule::AccordingTo;
        add(
            out,
            Statement {
                cue: Some(cue),
                source: Some(source),
                content: vec![content],
                rule,
                credit: 1.0,
                bounds: 1.0,
            },
        );
    }
}

/// `range` without commas and full stops at its ends, and without a conjunction before.
fn trimmed(tokens: &Tokens<'_>, mut range: Range<usize>) -> Range<usize> {
    let loose = |t: &Token| t.is_punct(",.;:—–");
    let opens = |t: &Token| loose(t) || t.is_plain(class::CONJUNCTION);
    while range.start < range.end && opens(tokens.at(range.start)) {
        range.start += 1;
    }
    while range.start < range.end && loose(tokens.at(range.end - 1)) {
        range.end -= 1;
    }
    range
}

/// "Ann Lee: “…”"
pub(super) fn colon(tokens: &Tokens<'_>, sentence: &Range<usize>, out: &mut Vec<Statement>) {
    for i in sentence.clone() {
        let quote = tokens.within(i + 1, sentence.end).is_some_and(Token::is_quote);
        if !tokens.at(i).is_punct(":") || !quote || out.iter().any(|s| s.says(i + 1)) {
            continue;
        }
        let Some(source) = noun_phrase::before(tokens, sentence.start, i) else { continue };
        let named = tokens.slice(source.clone()).iter().any(|t| t.capital);
        let opens = source.start == sentence.start || tokens.at(source.start - 1).is_punct(".—–");
        if named && opens {
            let mut said = i + 1..i + 2;
            while tokens.within(said.end, sentence.end).is_some_and(Token::is_quote) {
                said.end += 1;
            }
            let content = Vec::from([said]);
            out.push(Statement {
                cue: None,
                source: Some(source),
                content,
                rule: Rule::Colon,
                credit: 1.0,
                bounds: 1.0,
            });
        }
    }
}
