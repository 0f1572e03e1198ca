//! Cuts blocks into words, punctuation and quotations, and these into sentences.

use std::borrow::Cow;
use std::ops::Range;

use crate::case::{lower_into, lowered};
use crate::lexicon::{Classes, CueTags, Lexicon, class};
use crate::text::{ends_in, has, parts_back, trim_end, until};
use crate::words::{Hash, key};
use crate::{Article, Quotation};

/// A word, a punctuation mark, or a whole outermost quotation.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    /// First byte in the block's text.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
    pub(crate) kind: TokenKind,
    /// The [`key`] of a word in lower case, without a possessive ending or final full stops; of a mark
    /// that of its character; 0 for a quotation. The same on every platform and in every release.
    pub(crate) hash: u32,
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
static NOTHING: Token = Token::new(0, 0, TokenKind::Punct('\0'));

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Word,
    Punct(char),
    /// Index into the analysis' quotations.
    Quote(usize),
}

impl Token {
    /// A token of which nothing is known yet.
    const fn new(start: usize, end: usize, kind: TokenKind) -> Token {
        Token {
            start,
            end,
            kind,
            hash: 0,
            classes: 0,
            cue: 0,
            cue_len: 0,
            capital: false,
            possessive: false,
        }
    }

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
        matches!(self.kind, TokenKind::Punct(c) if has(any_of, c))
    }
}

/// The tokens of one block, and its sentences as ranges of them.
pub(crate) struct Tokens<'a> {
    pub(crate) block: usize,
    pub(crate) text: &'a str,
    pub(crate) list: Vec<Token>,
    pub(crate) sentences: Vec<Range<usize>>,
    /// Of the article's language.
    pub(crate) lexicon: &'a Lexicon,
}

impl<'a> Tokens<'a> {
    /// Whether token `i` is a word of one of the classes that are looked up.
    pub(crate) fn is_rare(&self, i: usize, classes: Classes) -> bool {
        let t = self.at(i);
        t.is_word() && self.lexicon.is_rare(t.hash, classes)
    }

    /// Token `i`; past the end one that is nothing.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) fn at(&self, i: usize) -> &Token {
        self.list.get(i).unwrap_or(&NOTHING)
    }

    /// Token `i`, if it stands before token `end`.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) fn within(&self, i: usize, end: usize) -> Option<&Token> {
        self.list.get(i).filter(|_| i < end)
    }

    /// How many words and quotations `range` holds.
    pub(crate) fn count(&self, range: Range<usize>) -> usize {
        self.slice(range).iter().filter(|t| t.is_word() || t.is_quote()).count()
    }

    /// The tokens of `range`, as far as they exist.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) fn slice(&self, range: Range<usize>) -> &[Token] {
        self.list.get(range).unwrap_or(&[])
    }

    /// The text of token `i`; empty past the end.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) fn text(&self, i: usize) -> &'a str {
        self.list.get(i).and_then(|t| self.text.get(t.start..t.end)).unwrap_or("")
    }

    /// The text of token `i` in lower case, without a possessive ending.
    pub(crate) fn lower(&self, i: usize) -> Cow<'a, str> {
        let word = stem(self.text(i));
        if word.bytes().all(|b| b.is_ascii_lowercase()) {
            Cow::Borrowed(word)
        } else {
            Cow::Owned(lowered(word))
        }
    }
}

/// `word` without "'s" or a final apostrophe.
pub(crate) fn stem(word: &str) -> &str {
    // Most words end with a letter that closes neither.
    if word.bytes().next_back().is_some_and(|b| b.is_ascii_lowercase() && b != b's') {
        return word;
    }
    let bare = word.strip_suffix(['\'', '’']).unwrap_or(word);
    bare.strip_suffix("'s").or_else(|| bare.strip_suffix("’s")).unwrap_or(bare)
}

/// The tokens of every block. Quotations at depth 0 become one token each.
pub(crate) fn tokens<'a>(
    article: &'a Article,
    quotations: &[Quotation],
    lexicon: &'a Lexicon,
) -> Vec<Tokens<'a>> {
    let mut next = quotations.iter().enumerate().filter(|(_, q)| q.depth == 0).peekable();
    let mut reader = Reader { lexicon, lower: String::new(), phrases: Vec::new() };
    article
        .blocks
        .iter()
        .enumerate()
        .map(|(block, b)| {
            let text = if b.kind.is_prose() { b.text.as_str() } else { "" };
            // News has a word or mark about every five bytes.
            let mut list = Vec::with_capacity(text.len() / 5 + 4);
            let mut at = 0;
            while let Some((i, q)) = next.next_if(|(_, q)| q.span.block == block) {
                reader.words(text, at..q.span.start, &mut list);
                list.push(Token::new(q.span.start, q.span.end, TokenKind::Quote(i)));
                at = q.span.end;
            }
            reader.words(text, at..text.len(), &mut list);
            reader.phrases(&mut list);
            let mut it = Tokens { block, text, list, sentences: Vec::new(), lexicon };
            it.sentences = sentences(&it);
            it
        })
        .collect()
}

/// Cuts text into tokens and looks each word up once.
struct Reader<'l> {
    lexicon: &'l Lexicon,
    /// The word at hand in lower case; kept, so that no word needs memory of its own.
    lower: String,
    /// Tokens of the block at hand that may begin a phrase, and the number of these phrases.
    phrases: Vec<(usize, u32)>,
}

impl Reader<'_> {
    /// Adds the tokens of `range`, which holds no quotation.
    fn words(&mut self, text: &str, range: Range<usize>, list: &mut Vec<Token>) {
        let Some(part) = text.get(range.clone()) else { return };
        let mut at = 0;
        while let Some(c) = char_at(part, at) {
            if c == ' ' {
                at += 1;
                continue;
            }
            let start = at;
            at += c.len_utf8();
            let plain = c.is_ascii_alphanumeric();
            if !plain && (c.is_whitespace() || is_invisible(c)) {
                continue;
            }
            let word = plain || c.is_alphanumeric() || matches!(c, '@' | '#' | '$' | '€' | '£');
            if word {
                at = word_end(part, start, at);
            }
            let kind = if word { TokenKind::Word } else { TokenKind::Punct(c) };
            let mut token = Token::new(range.start + start, range.start + at, kind);
            let written = part.get(start..at).unwrap_or("");
            if word {
                token.capital = c.is_uppercase();
                self.look_up(written, &mut token, list.len());
            } else {
                token.hash = key(written);
            }
            list.push(token);
        }
    }

    /// Enters what the lexicon knows of one word, which is the block's `i`th token.
    fn look_up(&mut self, written: &str, token: &mut Token, i: usize) {
        let bare = stem(written);
        token.possessive = bare.len() < written.len();
        let mut lower = bare.trim_end_matches('.');
        let mut hash = Hash::EMPTY;
        for b in lower.bytes() {
            if !b.is_ascii_lowercase() {
                self.lower.clear();
                lower_into(lower, &mut self.lower);
                lower = &self.lower;
                hash = lower.bytes().fold(Hash::EMPTY, Hash::byte);
                break;
            }
            hash = hash.byte(b);
        }
        token.hash = hash.key();
        let entry = self.lexicon.word(lower, token.hash);
        token.classes = entry.classes;
        if entry.cue != 0 && !token.possessive {
            token.cue = entry.cue;
            token.cue_len = 1;
        }
        if token.is(class::ACCORDING | class::ACCORDING_AFTER) {
            token.cue_len = token.cue_len.max(1);
        }
        self.phrases.extend(entry.phrases.map(|n| (i, n)));
    }

    /// Enters the phrases of a block.
    fn phrases(&mut self, list: &mut [Token]) {
        for (i, n) in self.phrases.drain(..) {
            let word = |n: usize| list.get(i + n).filter(|t| t.is_word()).map(|t| t.hash);
            let Some((n, entry)) = self.lexicon.phrase(n, word) else { continue };
            if entry.cue != 0 || entry.classes & class::ACCORDING != 0 {
                let token = &mut list[i];
                token.cue = entry.cue;
                token.classes |= entry.classes;
                token.cue_len = n + 1;
            } else {
                for token in &mut list[i..=i + n] {
                    token.classes |= entry.classes;
                }
            }
        }
    }
}

fn char_at(text: &str, at: usize) -> Option<char> {
    let b = *text.as_bytes().get(at)?;
    if b.is_ascii() {
        return Some(char::from(b));
    }
    text.get(at..).and_then(|rest| rest.chars().next())
}

/// Where the word ends that begins at `start` and reaches to `end` at least.
fn word_end(part: &str, start: usize, mut end: usize) -> usize {
    loop {
        // Most words are nothing but these.
        while part.as_bytes().get(end).is_some_and(u8::is_ascii_alphanumeric) {
            end += 1;
        }
        let Some(c) = char_at(part, end).filter(|&c| c != ' ') else { return end };
        let after = char_at(part, end + c.len_utf8());
        let joins = c.is_alphanumeric()
            || is_mark(c)
            || match c {
                '-' | '‑' | '_' | '&' => after.is_some_and(char::is_alphanumeric),
                '\'' | '’' => {
                    after.is_some_and(char::is_alphanumeric) || ends_in(until(part, end), "sS")
                }
                '.' => joins_dot(part, start, end, after),
                ',' => {
                    after.is_some_and(|c| c.is_ascii_digit())
                        && until(part, end).ends_with(|c: char| c.is_ascii_digit())
                }
                _ => false,
            };
        if !joins {
            return end;
        }
        end += c.len_utf8();
    }
}

/// Whether a full stop at `i` belongs to the word that began at `at`: "U.S.", "3.5", "J."
fn joins_dot(part: &str, at: usize, i: usize, after: Option<char>) -> bool {
    let Some(word) = part.get(at..i) else { return false };
    let last = parts_back(word, b'.').next().unwrap_or(word);
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
                    && !list[i - 1].is(class::CLOCK)
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
