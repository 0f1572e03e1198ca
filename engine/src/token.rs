//! Cuts blocks into words, punctuation and quotations, and these into sentences.

use std::ops::Range;

use crate::case::lowered;
use crate::lexicon::{Classes, CueTags, Lexicon, class};
use crate::text::{ends_in, is_any, trim_end};
use crate::{Article, Quotation};

/// A word, a punctuation mark, or a whole outermost quotation.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    /// First byte in the block's text.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
    pub(crate) kind: TokenKind,
    pub(crate) classes: Classes,
    pub(crate) cue: CueTags,
    /// How many tokens the cue takes: 2 for "called for".
    pub(crate) cue_len: usize,
    /// Begins with a capital letter.
    pub(crate) capital: bool,
    /// Ends in an apostrophe or "'s".
    pub(crate) possessive: bool,
}

/// What stands past the end of a block.
static NOTHING: Token = Token {
    start: 0,
    end: 0,
    kind: TokenKind::Punct('\0'),
    classes: 0,
    cue: 0,
    cue_len: 0,
    capital: false,
    possessive: false,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Word,
    Punct(char),
    /// Index into the analysis' quotations.
    Quote(usize),
}

impl Token {
    pub(crate) fn is(&self, classes: Classes) -> bool {
        self.classes & classes != 0
    }

    pub(crate) fn has_cue(&self, tags: CueTags) -> bool {
        self.cue & tags != 0
    }

    pub(crate) fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }

    /// A word of one of the classes.
    pub(crate) fn is_plain(&self, classes: Classes) -> bool {
        self.is_word() && self.is(classes)
    }

    pub(crate) fn is_quote(&self) -> bool {
        matches!(self.kind, TokenKind::Quote(_))
    }

    pub(crate) fn is_punct(&self, any_of: &str) -> bool {
        matches!(self.kind, TokenKind::Punct(c) if any_of.contains(c))
    }
}

/// The tokens of one block, and its sentences as ranges of them.
#[derive(Debug)]
pub(crate) struct Tokens<'a> {
    pub(crate) block: usize,
    pub(crate) text: &'a str,
    pub(crate) list: Vec<Token>,
    pub(crate) sentences: Vec<Range<usize>>,
    /// Every noun has a capital, as in German.
    pub(crate) capital_nouns: bool,
}

impl<'a> Tokens<'a> {
    /// Token `i`; past the end one that is nothing.
    pub(crate) fn at(&self, i: usize) -> &Token {
        self.list.get(i).unwrap_or(&NOTHING)
    }

    /// Token `i`, if it stands before token `end`.
    pub(crate) fn within(&self, i: usize, end: usize) -> Option<&Token> {
        self.list.get(i).filter(|_| i < end)
    }

    /// How many words and quotations `range` holds.
    pub(crate) fn count(&self, range: Range<usize>) -> usize {
        self.slice(range).iter().filter(|t| t.is_word() || t.is_quote()).count()
    }

    /// The tokens of `range`, as far as they exist.
    pub(crate) fn slice(&self, range: Range<usize>) -> &[Token] {
        self.list.get(range).unwrap_or(&[])
    }

    /// The text of token `i`; empty past the end.
    pub(crate) fn text(&self, i: usize) -> &'a str {
        self.list.get(i).and_then(|t| self.text.get(t.start..t.end)).unwrap_or("")
    }

    /// The text of token `i` in lower case, without a possessive ending.
    pub(crate) fn lower(&self, i: usize) -> String {
        lowered(stem(self.text(i)))
    }
}

/// `word` without "'s" or a final apostrophe.
pub(crate) fn stem(word: &str) -> &str {
    let bare = word.strip_suffix(['\'', '’']).unwrap_or(word);
    bare.strip_suffix("'s").or_else(|| bare.strip_suffix("’s")).unwrap_or(bare)
}

/// The tokens of every block. Quotations at depth 0 become one token each.
pub(crate) fn tokens<'a>(
    article: &'a Article,
    quotations: &[Quotation],
    lexicon: &Lexicon,
) -> Vec<Tokens<'a>> {
    let mut next = quotations.iter().enumerate().filter(|(_, q)| q.depth == 0).peekable();
    article
        .blocks
        .iter()
        .enumerate()
        .map(|(block, b)| {
            let mut list = Vec::new();
            let mut at = 0;
            while let Some((i, q)) = next.next_if(|(_, q)| q.span.block == block) {
                words(&b.text, at..q.span.start, &mut list);
                list.push(Token {
                    start: q.span.start,
                    end: q.span.end,
                    kind: TokenKind::Quote(i),
                    classes: 0,
                    cue: 0,
                    cue_len: 0,
                    capital: false,
                    possessive: false,
                });
                at = q.span.end;
            }
            words(&b.text, at..b.text.len(), &mut list);
            let mut it = Tokens {
                block,
                text: &b.text,
                list,
                sentences: Vec::new(),
                capital_nouns: lexicon.language == "de",
            };
            look_up(&mut it, lexicon);
            it.sentences = sentences(&it);
            it
        })
        .collect()
}

fn words(text: &str, range: Range<usize>, list: &mut Vec<Token>) {
    let Some(part) = text.get(range.clone()) else { return };
    let mut chars = part.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c.is_whitespace() || is_invisible(c) {
            continue;
        }
        let mut end = at + c.len_utf8();
        let word = c.is_alphanumeric() || matches!(c, '@' | '#' | '$' | '€' | '£');
        if word {
            while let Some(&(i, d)) = chars.peek() {
                let after = part.get(i + d.len_utf8()..).and_then(|r| r.chars().next());
                let joins = d.is_alphanumeric()
                    || is_mark(d)
                    || match d {
                        '-' | '‑' | '_' | '&' => after.is_some_and(char::is_alphanumeric),
                        '\'' | '’' => {
                            after.is_some_and(char::is_alphanumeric)
                                || part.get(..i).is_some_and(|p| ends_in(p, "sS"))
                        }
                        '.' => joins_dot(part, at, i, after),
                        ',' => {
                            after.is_some_and(|c| c.is_ascii_digit())
                                && part
                                    .get(..i)
                                    .is_some_and(|p| p.ends_with(|c: char| c.is_ascii_digit()))
                        }
                        _ => false,
                    };
                if !joins {
                    break;
                }
                chars.next();
                end = i + d.len_utf8();
            }
        }
        let token = part.get(at..end).unwrap_or("");
        list.push(Token {
            start: range.start + at,
            end: range.start + end,
            kind: if word { TokenKind::Word } else { TokenKind::Punct(c) },
            classes: 0,
            cue: 0,
            cue_len: 0,
            capital: c.is_uppercase(),
            possessive: word && stem(token).len() < token.len(),
        });
    }
}

/// Whether a full stop at `i` belongs to the word that began at `at`: "U.S.", "3.5", "J."
fn joins_dot(part: &str, at: usize, i: usize, after: Option<char>) -> bool {
    let Some(word) = part.get(at..i) else { return false };
    let last = word.rsplit('.').next().unwrap_or(word);
    let single = last.chars().count() == 1 && last.chars().all(char::is_alphabetic);
    if after.is_some_and(char::is_alphanumeric) {
        return single || last.ends_with(|c: char| c.is_ascii_digit());
    }
    // "J." and the last stop of "U.S."; "I." ends a sentence.
    single && last.chars().all(char::is_uppercase) && word != "I"
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}')
}

fn look_up(tokens: &mut Tokens<'_>, lexicon: &Lexicon) {
    let lower: Vec<String> = (0..tokens.list.len())
        .map(|i| if tokens.list[i].is_word() { tokens.lower(i) } else { String::new() })
        .collect();
    for i in 0..lower.len() {
        if lower[i].is_empty() {
            continue;
        }
        let entry = lexicon.word(lower[i].trim_end_matches('.'));
        let token = &mut tokens.list[i];
        token.classes |= entry.classes;
        if token.cue_len == 0 && entry.cue != 0 && !token.possessive {
            token.cue = entry.cue;
            token.cue_len = 1;
        }
        let after = |n: usize| lower.get(i + n).map(String::as_str).filter(|w| !w.is_empty());
        if let Some((n, entry)) = lexicon.phrase(&lower[i], after) {
            if entry.cue != 0 || entry.classes & class::ACCORDING != 0 {
                let token = &mut tokens.list[i];
                token.cue = entry.cue;
                token.classes |= entry.classes;
                token.cue_len = n + 1;
            } else {
                for token in &mut tokens.list[i..=i + n] {
                    token.classes |= entry.classes;
                }
            }
        }
        let token = &mut tokens.list[i];
        if token.is(class::ACCORDING | class::ACCORDING_AFTER) && token.cue_len == 0 {
            token.cue_len = 1;
        }
    }
}

/// Longest sentence, in tokens; what is longer is cut, which keeps the work linear.
const MAX_SENTENCE: usize = 400;

/// Cuts at full stops, question and exclamation marks, also at those that end a quotation.
fn sentences(tokens: &Tokens<'_>) -> Vec<Range<usize>> {
    let list = &tokens.list;
    let mut out = Vec::new();
    let mut start = 0;
    for i in 0..list.len() {
        if i - start >= MAX_SENTENCE {
            out.push(start..i);
            start = i;
        }
        let next = list.get(i + 1);
        let ends = match list[i].kind {
            TokenKind::Punct('.' | '!' | '?' | '…' | '。') => {
                let abbreviated = list[i].is_punct(".")
                    && i > start
                    && list[i - 1].is_word()
                    && list[i - 1].is(class::ABBREVIATION)
                    // "at 11:40 p.m. Ann Lee called"
                    && !is_any(tokens.text(i - 1), "p.m a.m")
                    && next.is_some_and(Token::is_word);
                !abbreviated
                    && next.is_none_or(|n| {
                        n.is_quote()
                            || n.capital
                            || tokens.text(i + 1).starts_with(|c: char| {
                                c.is_ascii_digit() || !c.is_alphanumeric() && !is_closing(c)
                            })
                    })
            }
            TokenKind::Quote(_) => quote_ends_sentence(tokens, i),

            _ => false,
        };
        if ends {
            out.push(start..i + 1);
            start = i + 1;
        }
    }
    if start < list.len() {
        out.push(start..list.len());
    }
    join_stubs(tokens, out)
}

fn is_closing(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | '.' | '!' | '?' | '…' | ',' | ';')
}

/// A quotation that ends in a full stop ends its sentence, unless the words that credit it follow.
fn quote_ends_sentence(tokens: &Tokens<'_>, i: usize) -> bool {
    let Some(next) = tokens.list.get(i + 1) else { return true };
    let inner = trim_end(tokens.text(i), "\"”“»«’‘' ");
    let final_mark = inner.chars().next_back();
    if !matches!(final_mark, Some('.' | '!' | '?' | '…')) {
        return false;
    }
    if next.is_quote() {
        return true;
    }
    if !next.is_word() {
        return false;
    }
    // “Really?” Ann Lee asked.
    let mut credit = tokens.list[i + 1..].iter().take(6).take_while(|t| t.is_word());
    let credited = credit.any(|t| t.cue != 0 && !t.capital);
    if credited && !matches!(final_mark, Some('.')) {
        return false;
    }
    next.capital || !next.is_word()
}

/// A last "sentence" of one or two words without a verb of its own belongs to the one before.
fn join_stubs(tokens: &Tokens<'_>, mut sentences: Vec<Range<usize>>) -> Vec<Range<usize>> {
    if let [.., before, last] = sentences.as_mut_slice() {
        let words = tokens.list[last.clone()].iter().filter(|t| t.is_word()).count();
        let plain = tokens.list[last.clone()].iter().all(|t| !t.is_quote() && t.cue == 0);
        let before_plain = tokens.list[before.clone()].last().is_some_and(|t| t.is_punct("."));
        if words <= 1 && plain && before_plain && last.len() <= 2 {
            before.end = last.end;
            sentences.pop();
        }
    }
    sentences
}
