//! Credits quotations to the names nearest to them: for languages of whose words nothing is known.

use std::ops::Range;

use crate::Rule;
use crate::noun_phrase::Phrase;
use crate::statement::Statement;
use crate::token::Tokens;

/// Quotations of fewer words are names and scare quotes more often than speech.
const LEAST_WORDS: usize = 4;
/// Longest name, in words.
const LONGEST_NAME: usize = 4;

/// A statement for each sentence that holds quotations and a name beside them.
pub(crate) fn statements(tokens: &Tokens<'_>) -> Vec<Statement> {
    tokens.sentences.iter().filter_map(|sentence| in_sentence(tokens, sentence)).collect()
}

fn in_sentence(tokens: &Tokens<'_>, sentence: &Range<usize>) -> Option<Statement> {
    let speech =
        |&i: &usize| tokens.at(i).is_quote() && tokens.text(i).split(' ').count() >= LEAST_WORDS;
    let quotes: Vec<usize> = sentence.clone().filter(speech).collect();
    let distance = |name: &Phrase| {
        let gap = |&q: &usize| if q < name.start { name.start - q } else { q - (name.end - 1) };
        quotes.iter().map(gap).min()
    };
    let source = names(tokens, sentence).into_iter().min_by_key(distance)?;
    let content: Vec<_> = quotes.iter().map(|&q| q..q + 1).collect();
    let rule = Rule::Nearby;
    (!content.is_empty()).then_some(Statement {
        cue: None,
        source: Some(source),
        content,
        rule,
        credit: 0.0,
        bounds: 0.0,
    })
}

/// Runs of capitals; one capital at the start of a sentence is no name.
fn names(tokens: &Tokens<'_>, sentence: &Range<usize>) -> Vec<Phrase> {
    let capital = |i: usize| tokens.at(i).is_word() && tokens.at(i).capital;
    let mut out = Vec::new();
    let mut i = sentence.start;
    while i < sentence.end {
        let start = i;
        while i < sentence.end && capital(i) {
            i += 1;
        }
        let plain = start == sentence.start && i - start == 1;
        if i > start && i - start <= LONGEST_NAME && !plain {
            out.push(start..i);
        }
        i = i.max(start + 1);
    }
    out
}
