//! Finds texts in quotation marks: straight, curly, „…“, «…», nested, unbalanced, over several paragraphs.

use crate::order::settle;
use crate::text::{has, plain_start};
use crate::{Article, Span};

/// A text in marks, before it has an id and an attribution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) span: Span,
    pub(crate) depth: u8,
    /// Opened, and not closed before the block ended.
    pub(crate) runs_on: bool,
}

/// The families of marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    /// “ ”, „ “, „ ”, ” ”, " ", and any two of them: writers mix typed and typeset marks.
    Double,
    /// « », » «
    Guillemet,
    /// ‹ ›
    SingleGuillemet,
    /// ‘ ’, ‚ ‘
    Single,
    /// ' '
    StraightSingle,
    /// 「 」
    Corner,
}

/// What a character does at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Open(Family),
    Close(Family),
}

/// A mark that waits for its partner.
struct Opened {
    family: Family,
    /// The character that opened.
    mark: char,
    start: usize,
}

/// Deeper nesting than this is read as flat.
const MAX_DEPTH: usize = 16;

/// Every quotation of the article, in reading order.
pub(crate) fn quotations(article: &Article) -> Vec<Found> {
    let mut found = Vec::new();
    let says = |b: &crate::Block| b.kind.is_prose();
    for (block, b) in article.blocks.iter().enumerate().filter(|(_, b)| says(b)) {
        let next = article.blocks.get(block + 1).filter(|b| says(b)).map_or("", |b| &b.text);
        in_block(block, &b.text, next, &mut found);
    }
    found
}

fn in_block(block: usize, text: &str, next: &str, found: &mut Vec<Found>) {
    let mut open: Vec<Opened> = Vec::new();
    let first = found.len();
    for at in marks(text) {
        let Some((before, rest)) = text.split_at_checked(at) else { continue };
        let mut after = rest.chars();
        let Some(c) = after.next() else { continue };
        let act = act(c, before.chars().next_back(), after.next(), text, at, &open);
        match act {
            Some(Act::Open(family)) if open.len() < MAX_DEPTH => {
                open.push(Opened { family, mark: c, start: at });
            }
            Some(Act::Close(family)) => {
                let Some(i) = partner(&open, family, c) else { continue };
                // Marks opened inside and never closed are no quotations.
                open.truncate(i + 1);
                if let Some(opened) = open.pop() {
                    let span = Span { block, start: opened.start, end: at + c.len_utf8() };
                    found.push(Found { span, depth: depth(open.len()), runs_on: false });
                }
            }
            _ => {}
        }
    }
    if let Some(outer) = open.first() {
        let inside = |f: &&mut Found| f.span.start > outer.start;
        let runs_on = next.trim_start().starts_with(outer.mark);
        if runs_on || reaches_end(text, outer) {
            let span = Span { block, start: outer.start, end: text.trim_end().len() };
            for inner in found[first..].iter_mut().filter(inside) {
                inner.depth = inner.depth.max(1);
            }
            found.push(Found { span, depth: 0, runs_on });
        } else {
            // What stood inside lost marks stands alone.
            for inner in found[first..].iter_mut().filter(inside) {
                let lost = open.iter().take_while(|o| o.start < inner.span.start).count();
                inner.depth = inner.depth.saturating_sub(depth(lost));
            }
        }
    }
    // Each lies at most its nesting away from its place.
    settle(found.get_mut(first..).unwrap_or_default(), |f| (f.span.start, f.depth));
}

/// Where the first bytes of quotation marks stand, and of a few other characters: all marks begin with
/// a byte of these, and few letters do.
fn marks(text: &str) -> impl Iterator<Item = usize> {
    let lead = |b: u8| matches!(b, b'"' | b'\'' | 0xc2 | 0xe2 | 0xe3 | 0xef);
    let bytes = text.as_bytes();
    let mut from = 0;
    std::iter::from_fn(move || {
        from += plain_start(bytes.get(from..)?, |b| (b == b'"') | (b == b'\'') | !b.is_ascii());
        let at = from + bytes.get(from..)?.iter().position(|&b| lead(b))?;
        from = at + 1;
        Some(at)
    })
}

/// Which of the open marks `close` closes: the innermost of its family and, where typed and typeset
/// marks are nested in each other, of its kind.
fn partner(open: &[Opened], family: Family, close: char) -> Option<usize> {
    let of_family = |o: &Opened| o.family == family;
    let same = |o: &Opened| of_family(o) && is_typed(o.mark) == is_typed(close);
    open.iter().rposition(same).or_else(|| open.iter().rposition(of_family))
}

fn is_typed(mark: char) -> bool {
    matches!(mark, '"' | '＂')
}

/// Whether a quotation that nothing closes goes to the end of its block: it opened the block, or a
/// sentence of its own after a comma, a colon or a full stop.
fn reaches_end(text: &str, outer: &Opened) -> bool {
    if matches!(outer.family, Family::Single | Family::StraightSingle) {
        return false;
    }
    let lead = text.get(..outer.start).unwrap_or("").trim_end();
    let rest = text.get(outer.start + outer.mark.len_utf8()..).unwrap_or("");
    let sentence = rest.starts_with(char::is_uppercase) && has(rest, ' ');
    lead.is_empty() || sentence && lead.ends_with([',', ':', '.', '!', '?'])
}

fn depth(n: usize) -> u8 {
    u8::try_from(n).unwrap_or(u8::MAX)
}

/// What mark `c` does between `before` and `after`.
fn act(
    c: char,
    before: Option<char>,
    after: Option<char>,
    text: &str,
    at: usize,
    open: &[Opened],
) -> Option<Act> {
    use Act::{Close, Open};
    let is_open = |family| open.iter().any(|o| o.family == family);
    let inner_is = |family| open.last().is_some_and(|o| o.family == family);
    let opens_word = before.is_none_or(opens_after) && after.is_some_and(|c| !c.is_whitespace());
    match c {
        '"' | '＂' => typed(open, before, after),
        '„' | '‟' => Some(Open(Family::Double)),
        '“' => {
            // It closes „…“; elsewhere it opens, unless one is open and a word ends here.
            let low = open.iter().rev().find(|o| o.family == Family::Double);
            let closes = low.is_some_and(|o| o.mark == '„')
                || low.is_some()
                    && before.is_some_and(|b| !opens_after(b))
                    && !next_is_letter(after);
            Some(if closes { Close(Family::Double) } else { Open(Family::Double) })
        }
        '”' => {
            // Swedish and Finnish open with it too; so do typing slips.
            let opens =
                !is_open(Family::Double) && opens_word && after.is_some_and(char::is_alphanumeric);
            Some(if opens { Open(Family::Double) } else { Close(Family::Double) })
        }
        '«' => Some(guillemet(Family::Guillemet, '»', open, before, after)),
        '»' => Some(guillemet(Family::Guillemet, '«', open, before, after)),
        '‹' => Some(guillemet(Family::SingleGuillemet, '›', open, before, after)),
        '›' => Some(guillemet(Family::SingleGuillemet, '‹', open, before, after)),
        '「' | '『' => Some(Open(Family::Corner)),
        '」' | '』' => Some(Close(Family::Corner)),
        '‚' => {
            (opens_word && closes_later(text, at, &['‘', '’'])).then_some(Open(Family::Single))
        }
        '‘' => {
            if open.last().is_some_and(|o| o.mark == '‚') {
                Some(Close(Family::Single))
            } else {
                (opens_word && closes_later(text, at, &['’'])).then_some(Open(Family::Single))
            }
        }
        '’' => (inner_is(Family::Single) && ends_single(before, after, text, at, '’'))
            .then_some(Close(Family::Single)),
        '\'' => {
            if inner_is(Family::StraightSingle) {
                ends_single(before, after, text, at, '\'').then_some(Close(Family::StraightSingle))
            } else {
                (!is_open(Family::StraightSingle)
                    && opens_word
                    && after.is_some_and(char::is_alphabetic)
                    && closes_later(text, at, &['\'']))
                .then_some(Open(Family::StraightSingle))
            }
        }
        _ => None,
    }
}

/// A mark that looks the same on both sides: the spaces around it tell, else whether one is open.
fn typed(open: &[Opened], before: Option<char>, after: Option<char>) -> Option<Act> {
    let is_open = open.iter().any(|o| o.family == Family::Double);
    let starts = before.is_none_or(opens_after);
    match is_open {
        // Inches, or a quotation whose opening mark is missing.
        false if !starts && closes_before(after) => None,
        true if !(starts && next_is_letter(after)) => Some(Act::Close(Family::Double)),
        _ => Some(Act::Open(Family::Double)),
    }
}

/// «…» and »…«: the direction is that of the mark which is open, else of the letters around.
fn guillemet(
    family: Family,
    partner: char,
    open: &[Opened],
    before: Option<char>,
    after: Option<char>,
) -> Act {
    match open.iter().rev().find(|o| o.family == family) {
        Some(o) if o.mark == partner => Act::Close(family),
        Some(_) => Act::Open(family),
        None => {
            let dangling = after.is_none()
                || before.is_some_and(char::is_alphanumeric) && !next_is_letter(after);
            if dangling { Act::Close(family) } else { Act::Open(family) }
        }
    }
}

fn next_is_letter(after: Option<char>) -> bool {
    after.is_some_and(char::is_alphanumeric)
}

fn opens_after(before: char) -> bool {
    before.is_whitespace()
        || matches!(
            before,
            '(' | '['
                | '{'
                | '—'
                | '–'
                | '-'
                | '/'
                | '"'
                | '“'
                | '„'
                | '«'
                | '»'
                | '‘'
                | '\''
                | '‚'
                | ':'
                | '='
                | '¿'
                | '¡'
        )
}

fn closes_before(after: Option<char>) -> bool {
    after.is_none_or(|c| c.is_whitespace() || has(",.;:!?…)]}—–-/'’", c))
}

/// How far a single mark may look for its partner.
const SINGLE_REACH: usize = 600;

/// Whether a single mark that opens at `at` finds one of `marks` at the end of a word further on,
/// so that it is no apostrophe ("’90s", "'em").
fn closes_later(text: &str, at: usize, marks: &[char]) -> bool {
    let Some(rest) = text.get(at..) else { return false };
    let mut before = None;
    let mut chars = rest.chars().skip(1).take(SINGLE_REACH).peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied();
        if marks.contains(&c)
            && before.is_some_and(|b: char| !b.is_whitespace())
            && !next_is_letter(after)
        {
            return true;
        }
        before = Some(c);
    }
    false
}

/// Whether a single mark ends a quotation rather than a plural possessive ("the workers’ pay").
fn ends_single(
    before: Option<char>,
    after: Option<char>,
    text: &str,
    at: usize,
    mark: char,
) -> bool {
    if before.is_none_or(char::is_whitespace) || next_is_letter(after) {
        return false;
    }
    if before == Some('s') && after == Some(' ') {
        // A plural possessive, if a better close comes later.
        return !closes_after_punctuation(text, at, mark);
    }
    true
}

fn closes_after_punctuation(text: &str, at: usize, mark: char) -> bool {
    let Some(rest) = text.get(at..) else { return false };
    let mut before = None;
    for c in rest.chars().skip(1).take(SINGLE_REACH) {
        if matches!(c, '‘') {
            return false;
        }
        if c == mark && before.is_some_and(|b| matches!(b, ',' | '.' | '!' | '?')) {
            return true;
        }
        before = Some(c);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Block;

    /// The paragraphs with `[` and `]` around each quotation, `~` behind one that runs on.
    fn marked(text: &str) -> String {
        let blocks: Vec<_> = text.split('\n').map(Block::paragraph).collect();
        let article = Article { blocks, ..Article::default() };
        let found = quotations(&article);
        let line = |(i, b): (usize, &Block)| {
            let mut out = String::new();
            for (at, c) in b.text.char_indices().chain([(b.text.len(), '\n')]) {
                for f in found.iter().rev().filter(|f| f.span.block == i && f.span.end == at) {
                    out.push_str(if f.runs_on { "]~" } else { "]" });
                }
                for _ in found.iter().filter(|f| f.span.block == i && f.span.start == at) {
                    out.push('[');
                }
                out.push(c);
            }
            out.trim_end_matches('\n').to_string()
        };
        article.blocks.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn what_stands_in_a_quotation_is_deeper_than_it() {
        for text in
            ["“He said ‘go’ twice.”", "t»c \"„e   ”I”›g", "He said “she said ‘go’ «now» and left."]
        {
            let article = Article { blocks: vec![Block::paragraph(text)], ..Article::default() };
            let found = quotations(&article);
            assert!(!found.is_empty(), "{text}");
            for inner in &found {
                let around = |f: &&Found| {
                    *f != inner && f.span.start <= inner.span.start && inner.span.end <= f.span.end
                };
                let deepest = found.iter().filter(around).map(|f| f.depth + 1).max();
                assert_eq!(inner.depth, deepest.unwrap_or(0), "{text}: {found:?}");
            }
        }
    }

    #[test]
    fn quotations_are_found() {
        for (name, text, expected) in [
            ("straight", r#"He said "go" and "stay"."#, r#"He said ["go"] and ["stay"]."#),
            ("curly", "“Go,” he said.", "[“Go,”] he said."),
            ("german", "„Geht“, sagte er. „Jetzt.“", "[„Geht“], sagte er. [„Jetzt.“]"),
            ("polish", "„Idź” rzekł.", "[„Idź”] rzekł."),
            ("french", "« Allez », dit-il.", "[« Allez »], dit-il."),
            ("reversed guillemets", "»Geht«, sagte er.", "[»Geht«], sagte er."),
            ("swedish", "”Gå”, sade han.", "[”Gå”], sade han."),
            ("nested", "“He said ‘go’ twice,” she said.", "[“He said [‘go’] twice,”] she said."),
            ("nested straight", r#""He said 'go' twice," she"#, r#"["He said ['go'] twice,"] she"#),
            (
                "single outside",
                "‘It’s the workers’ pay,’ he said.",
                "[‘It’s the workers’ pay,’] he said.",
            ),
            (
                "apostrophes",
                "It’s the ’90s and the workers’ pay isn't 'em.",
                "It’s the ’90s and the workers’ pay isn't 'em.",
            ),
            ("runs on", "“One.\n“Two.”", "[“One.]~\n[“Two.”]"),
            ("unclosed at the start", "“One. And more.\nNext.", "[“One. And more.]\nNext."),
            (
                "unclosed in the middle",
                "He said “go and left.\nNext.",
                "He said “go and left.\nNext.",
            ),
            ("stray close", "Go,” he said. “Now.”", "Go,” he said. [“Now.”]"),
            (
                "inches do not hang",
                r#"A 6" pipe, he said, is "small"."#,
                r#"A 6" pipe, he said, is ["small"]."#,
            ),
            ("typed and typeset", "“Go,\" he said. \"Now.”", "[“Go,\"] he said. [\"Now.”]"),
            (
                "typed in typeset",
                "“He said \"go\" twice,” she said. \"He said “go” twice.\"",
                "[“He said [\"go\"] twice,”] she said. [\"He said [“go”] twice.\"]",
            ),
            (
                "typed in typed",
                r#"He wrote, "They shouted "Go!" as I left.""#,
                r#"He wrote, ["They shouted ["Go!"] as I left."]"#,
            ),
            ("attributes", r#"<a b="" c="@d">Go</a>"#, r#"<a b=[""] c=["@d"]>Go</a>"#),
            (
                "an apostrophe first",
                "It’s ‘bout “the workers’ pay,” he said.",
                "It’s ‘bout [“the workers’ pay,”] he said.",
            ),
            (
                "unclosed after a colon",
                "He said: “Go to the harbour. And stay.\nNext.",
                "He said: [“Go to the harbour. And stay.]\nNext.",
            ),
            ("empty", "", ""),
        ] {
            assert_eq!(marked(text), expected, "{name}");
        }
    }

    #[test]
    fn deep_nesting_is_flat_and_quick() {
        let text = "„".repeat(100_000) + &"“".repeat(100_000);
        let article = Article { blocks: vec![Block::paragraph(text)], ..Article::default() };
        let found = quotations(&article);
        assert!(found.iter().all(|f| usize::from(f.depth) < MAX_DEPTH));
    }
}
