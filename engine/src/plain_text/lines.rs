//! Cuts a text into paragraphs: blank lines, hard-wrapped lines, list items.

use super::date::Days;
use crate::Block;
use crate::text::{self, plain_start, starts_in};

/// One paragraph of the input.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// Its text on one line, without the mark of a list item.
    pub(super) text: String,
    /// `Some` for an item of a list: its number, where the list is numbered.
    pub(super) item: Option<Mark>,
    /// Pairs of byte offsets in `text` and in the input.
    pub(super) origin: Vec<(usize, usize)>,
    /// What it was already, where the input was no plain text.
    pub(super) given: Option<Given>,
}

/// A block of an input that is no plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Given {
    pub(super) block: Block,
    /// Bytes of all blocks up to this one.
    pub(super) up_to: usize,
}

/// What an item of a list begins with: its number, or a sign.
pub(super) type Mark = Option<u32>;

struct Line<'a> {
    text: &'a str,
    /// Byte offset in the input.
    at: usize,
    item: Option<Mark>,
}

/// Widest line that counts as wrapped by hand or by a mail program, in characters.
const MAX_WRAP: usize = 100;
/// Narrower lines are verse, lists or headings, not wrapped text.
const MIN_WRAP: usize = 40;

/// The paragraphs of `input`, in order; none is empty.
pub(super) fn paragraphs(input: &str, days: &Days) -> Vec<Paragraph> {
    let lines = lines(input, days);
    let width = wrap_width(&lines);
    let mut out: Vec<Paragraph> = Vec::new();
    let mut open: Option<Paragraph> = None;
    let mut previous: Option<&Line<'_>> = None;
    for line in &lines {
        if line.text.is_empty() {
            out.extend(open.take());
            previous = None;
            continue;
        }
        let joins = line.item.is_none()
            && previous.is_some_and(|p| width.is_some_and(|w| is_wrapped(p.text, line.text, w)));
        match &mut open {
            Some(p) if joins => {
                // A word that was cut at the line's end is left as written.
                p.text.push(' ');
                p.origin.push((p.text.len(), line.at));
                p.text.push_str(line.text);
            }
            _ => {
                out.extend(open.take());
                open = Some(Paragraph {
                    text: line.text.to_string(),
                    item: line.item,
                    origin: vec![(0, line.at)],
                    given: None,
                });
            }
        }
        previous = Some(line);
    }
    out.extend(open);
    out
}

fn lines<'a>(input: &'a str, days: &Days) -> Vec<Line<'a>> {
    let mut out = Vec::new();
    each(input, |at, text| {
        let (skip, item) = list_mark(text, days);
        out.push(Line { text: text::from(text, skip), at: at + skip, item });
    });
    out
}

/// Calls `line` with every line of `input` without the space around it, and the byte at which it
/// stands. Lines of space alone come as empty ones.
pub(super) fn each<'a>(input: &'a str, mut line: impl FnMut(usize, &'a str)) {
    let mut at = 0;
    let mut rest = input;
    loop {
        let end = break_in(rest);
        let whole = text::until(rest, end.unwrap_or(rest.len()));
        let lead = whole.find(|c| !is_space(c)).unwrap_or(whole.len());
        line(at + lead, whole.trim_matches(is_space));
        let Some(end) = end else { break };
        let mut n = end + text::from(rest, end).chars().next().map_or(1, char::len_utf8);
        if text::from(rest, end).starts_with("\r\n") {
            n = end + 2;
        }
        at += n;
        rest = text::from(rest, n);
    }
}

/// Where the first line break of a text is. The first bytes of all that break lines are few.
fn break_in(text: &str) -> Option<usize> {
    let lead = |b: &u8| matches!(b, b'\n'..=b'\r' | 0xc2 | 0xe2);
    let mut from = 0;
    loop {
        from += plain_start(text.as_bytes().get(from..)?, |b| (b < b' ') | !b.is_ascii());
        let at = from + text.as_bytes().get(from..)?.iter().position(lead)?;
        let c = text.get(at..).and_then(|rest| rest.chars().next());
        if matches!(c, Some('\n'..='\r' | '\u{2028}' | '\u{2029}' | '\u{85}')) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// White space, no-break and zero-width spaces, and byte order marks.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}' | '\u{ad}')
}

/// How many bytes the mark of a list item takes, and what it is.
fn list_mark(text: &str, days: &Days) -> (usize, Option<Mark>) {
    let mut chars = text.char_indices();
    let Some((_, first)) = chars.next() else { return (0, None) };
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (end, number) = match first {
        '•' | '‣' | '▪' | '◦' | '●' | '·' => (first.len_utf8(), None),
        '*' | '-' | '–' if text::from(text, first.len_utf8()).starts_with(' ') => {
            (first.len_utf8(), None)
        }
        _ if (1..=2).contains(&digits)
            && text.get(digits..).is_some_and(|t| starts_in(t, ".)"))
            && super::date::find(text, days).is_none_or(|d| d.range.start > 0) =>
        {
            (digits + 1, text.get(..digits).and_then(|n| n.parse().ok()))
        }
        _ => return (0, None),
    };
    let body = text::from(text, end).trim_start_matches(is_space);
    let skip = text.len() - body.len();
    // "1.5 million", "10. април 2024." and a lone mark are no items.
    let word = body
        .chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || number.is_none() && !c.is_whitespace());
    if skip == end || !word { (0, None) } else { (skip, Some(number)) }
}

/// The width at which the text was wrapped; `None` where it was not.
fn wrap_width(lines: &[Line<'_>]) -> Option<usize> {
    let n_chars = |l: &Line<'_>| l.text.chars().count();
    let width = lines.iter().map(n_chars).max().filter(|&w| w <= MAX_WRAP)?;
    // Two lines in a row that fill the width show that somebody wrapped them.
    let wrapped = lines
        .windows(2)
        .filter(|w| {
            w[1].item.is_none() && !w[1].text.is_empty() && is_wrapped(w[0].text, w[1].text, width)
        })
        .count();
    (width >= MIN_WRAP && wrapped >= 1).then_some(width)
}

/// Whether the break between two lines is there only because the next word did not fit.
fn is_wrapped(line: &str, next: &str, width: usize) -> bool {
    let len = line.chars().count();
    let word = next.split(' ').next().unwrap_or("").chars().count();
    len >= MIN_WRAP && len + 1 + word > width
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Languages;

    fn texts(input: &str) -> Vec<String> {
        paragraphs(input, &Languages::built_in().days).into_iter().map(|p| p.text).collect()
    }

    #[test]
    fn paragraphs_are_cut() {
        for (name, input, expected) in [
            ("empty", "", &[][..]),
            ("spaces only", " \u{a0}\r\n\t", &[]),
            ("blank lines", "a\n\n \n\u{a0}b ", &["a", "b"]),
            ("crlf and cr", "a\r\n\r\nb\rc", &["a", "b", "c"]),
            ("items", "• One\n- two\n3) Three", &["One", "two", "Three"]),
            ("no item", "10. april\n1.5 m", &["10. april", "1.5 m"]),
        ] {
            assert_eq!(texts(input), expected, "{name}");
        }
        let wrapped = "The oldest chess club in town must leave its cellar\nby the end of the month because of the damp there.\n\nIt is sad.";
        assert_eq!(texts(wrapped).len(), 2);
    }

    #[test]
    fn offsets_lead_back_to_the_input() {
        let input = "\u{a0} One two\r\n\r\n • Three";
        for p in paragraphs(input, &Languages::built_in().days) {
            for (at, from) in &p.origin {
                assert!(input[*from..].starts_with(&p.text[*at..]), "{p:?}");
            }
        }
    }
}
