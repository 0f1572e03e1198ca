//! The words of a comment as a small Markdown: a typed model, which is all that is ever rendered of them.
//!
//! What is read is CommonMark (<https://spec.commonmark.org/0.31.2/>) without HTML and pictures: tags are words like
//! others, and of a picture its description is left. A line break in the text is one on the page.

use pulldown_cmark::{Event, Options, Parser, Tag};

/// A part of a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph, or a heading.
    Paragraph(Vec<Inline>),
    /// What somebody else wrote.
    Quote(Vec<Block>),
    /// A list, with the number of its first item where it has numbers.
    List(Option<u64>, Vec<Vec<Block>>),
    /// Lines as they are.
    Code(String),
    /// A line across.
    Rule,
}

/// A part of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Words.
    Text(String),
    /// Words with emphasis.
    Emphasis(Vec<Inline>),
    /// Words with strong emphasis.
    Strong(Vec<Inline>),
    /// Words of code.
    Code(String),
    /// A link to an address of the web, or for mail.
    Link(String, Vec<Inline>),
    /// A line break.
    Break,
}

/// What is nested deeper than this stands no deeper.
const DEEPEST: usize = 12;

/// Reads a comment's words.
///
/// ```
/// use dixit_reader::markdown::{Block, Inline, read};
/// let text = |words: &str| Inline::Text(words.into());
/// let expected = vec![text("Not "), Inline::Strong(vec![text("now")]), text(" <b>")];
/// assert_eq!(read("Not **now** <b>"), [Block::Paragraph(expected)]);
/// ```
pub fn read(words: &str) -> Vec<Block> {
    let mut events = Parser::new_ext(words, Options::empty());
    blocks(&mut events, 0)
}

/// Whether words may hold any mark of Markdown. Others are one paragraph of text, for which nothing need be fetched.
///
/// ```
/// use dixit_reader::markdown::is_marked;
/// assert!(!is_marked("Well, <b>no</b>: 5 - 3 & so on.\nNext line"));
/// assert!(is_marked("- one\n- two") && is_marked("so *this*"));
/// ```
pub fn is_marked(words: &str) -> bool {
    let inside = |c: char| matches!(c, '*' | '_' | '`' | '[' | '\\');
    words.contains(inside) || words.contains("<http") || words.lines().any(opens_block)
}

/// Whether a line may open a list, a quotation, a heading or code.
fn opens_block(line: &str) -> bool {
    let bare = line.trim_start();
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let number = digits > 0 && matches!(bare.as_bytes().get(digits), Some(b'.' | b')'));
    let code = line.starts_with("    ") && !bare.is_empty();
    number || code || bare.starts_with(['-', '+', '>', '#', '=', '~'])
}

fn blocks(events: &mut Parser<'_>, depth: usize) -> Vec<Block> {
    let mut out = Vec::new();
    // Words that no paragraph holds, as in the items of a tight list.
    let mut loose = Vec::new();
    // How many are open that count for nothing, since they are too deep.
    let mut n_flat = 0;
    while let Some(event) = events.next() {
        let block = match event {
            Event::End(_) if n_flat == 0 => break,
            Event::End(_) => {
                n_flat -= 1;
                end(&mut loose, &mut out);
                continue;
            }
            Event::Start(Tag::BlockQuote(_) | Tag::List(_) | Tag::Item) if depth >= DEEPEST => {
                n_flat += 1;
                end(&mut loose, &mut out);
                continue;
            }
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::HtmlBlock) => {
                Block::Paragraph(inlines(events, depth + 1))
            }
            Event::Start(Tag::BlockQuote(_)) => Block::Quote(blocks(events, depth + 1)),
            Event::Start(Tag::List(first)) => Block::List(first, items(events, depth + 1)),
            Event::Start(Tag::CodeBlock(_)) => Block::Code(code(events)),
            Event::Rule => Block::Rule,
            other => {
                inline(other, events, depth, &mut loose);
                continue;
            }
        };
        end(&mut loose, &mut out);
        out.push(block);
    }
    end(&mut loose, &mut out);
    out
}

/// Ends a paragraph that no event ended.
fn end(loose: &mut Vec<Inline>, out: &mut Vec<Block>) {
    if !loose.is_empty() {
        out.push(Block::Paragraph(std::mem::take(loose)));
    }
}

fn items(events: &mut Parser<'_>, depth: usize) -> Vec<Vec<Block>> {
    let mut items = Vec::new();
    while let Some(event) = events.next() {
        match event {
            Event::Start(Tag::Item) => items.push(blocks(events, depth)),
            Event::End(_) => break,
            _ => {}
        }
    }
    items
}

fn code(events: &mut Parser<'_>) -> String {
    let mut text = String::new();
    for event in events {
        match event {
            Event::Text(words) => text.push_str(&words),
            Event::End(_) => break,
            _ => {}
        }
    }
    text
}

fn inlines(events: &mut Parser<'_>, depth: usize) -> Vec<Inline> {
    let mut out = Vec::new();
    let mut n_flat = 0;
    while let Some(event) = events.next() {
        match event {
            Event::End(_) if n_flat == 0 => break,
            Event::End(_) => n_flat -= 1,
            Event::Start(_) if depth > 2 * DEEPEST => n_flat += 1,
            event => inline(event, events, depth, &mut out),
        }
    }
    out
}

fn inline(event: Event<'_>, events: &mut Parser<'_>, depth: usize, out: &mut Vec<Inline>) {
    let inner = |events| inlines(events, depth + 1);
    let part = match event {
        Event::Text(words) | Event::Html(words) | Event::InlineHtml(words) => {
            if let Some(Inline::Text(last)) = out.last_mut() {
                last.push_str(&words);
                return;
            }
            Inline::Text(words.into_string())
        }
        Event::Code(words) => Inline::Code(words.into_string()),
        Event::SoftBreak | Event::HardBreak => Inline::Break,
        Event::Start(Tag::Emphasis) => Inline::Emphasis(inner(events)),
        Event::Start(Tag::Strong) => Inline::Strong(inner(events)),
        Event::Start(Tag::Link { dest_url, .. }) => {
            let words = inner(events);
            if !leads_out(&dest_url) {
                return out.extend(words);
            }
            Inline::Link(dest_url.into_string(), words)
        }
        // Of a picture its description, and of anything else its words.
        Event::Start(_) => return out.extend(inner(events)),
        _ => return,
    };
    out.push(part);
}

/// Whether an address may be a link's: one of the web, or for mail.
fn leads_out(address: &str) -> bool {
    let schemes = ["https://", "http://", "mailto:"];
    let starts = |scheme: &&str| {
        address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    schemes.iter().any(starts) && !address.contains(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> Inline {
        Inline::Text(words.into())
    }

    fn paragraph(words: &str) -> Block {
        Block::Paragraph(vec![text(words)])
    }

    #[test]
    fn blocks_and_words_are_read() {
        let item = |words: &str| vec![paragraph(words)];
        for (words, expected) in [
            ("plain", vec![paragraph("plain")]),
            ("one\n\ntwo", vec![paragraph("one"), paragraph("two")]),
            ("one\ntwo", vec![Block::Paragraph(vec![text("one"), Inline::Break, text("two")])]),
            ("- a\n- b", vec![Block::List(None, vec![item("a"), item("b")])]),
            ("3. a\n4. b", vec![Block::List(Some(3), vec![item("a"), item("b")])]),
            ("> a", vec![Block::Quote(item("a"))]),
            ("# a", vec![paragraph("a")]),
            ("```\n<b>\n```", vec![Block::Code("<b>\n".into())]),
            ("*a*", vec![Block::Paragraph(vec![Inline::Emphasis(vec![text("a")])])]),
            ("`a*b*`", vec![Block::Paragraph(vec![Inline::Code("a*b*".into())])]),
            (
                "[a](https://b.example/)",
                vec![Block::Paragraph(vec![Inline::Link(
                    "https://b.example/".into(),
                    vec![text("a")],
                )])],
            ),
            ("![a](https://b.example/c.png)", vec![paragraph("a")]),
        ] {
            assert_eq!(read(words), expected, "{words}");
        }
    }

    #[test]
    fn tags_are_words_and_no_address_runs_a_script() {
        for words in ["<script>alert(1)</script>", "a <img src=x onerror=alert(1)> b"] {
            assert_eq!(read(words), [paragraph(words)]);
        }
        for address in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "//a",
            "#a",
            "a.html",
            "file:///etc/passwd",
        ] {
            let read = read(&format!("[words]({address})"));
            assert_eq!(read, [paragraph("words")], "{address}");
        }
    }

    fn depth(blocks: &[Block]) -> usize {
        let inner = |block: &Block| match block {
            Block::Quote(inner) => depth(inner),
            Block::List(_, items) => items.iter().map(|item| depth(item)).max().unwrap_or(0),
            Block::Paragraph(inlines) => inlines_deep(inlines),
            _ => 0,
        };
        blocks.iter().map(inner).max().map_or(0, |n| n + 1)
    }

    fn inlines_deep(inlines: &[Inline]) -> usize {
        let inner = |inline: &Inline| match inline {
            Inline::Emphasis(i) | Inline::Strong(i) | Inline::Link(_, i) => inlines_deep(i),
            _ => 0,
        };
        inlines.iter().map(inner).max().map_or(0, |n| n + 1)
    }

    #[test]
    fn deep_nesting_is_flattened_and_keeps_its_words() {
        for words in [
            "> ".repeat(50_000) + "deep",
            "- ".repeat(2_000) + "deep",
            "*a ".repeat(10_000) + "deep" + &"*".repeat(10_000),
            "[".repeat(5_000) + "deep" + &"](https://a.example/)".repeat(5_000),
        ] {
            let read = read(&words);
            assert!(format!("{read:?}").contains("deep"));
            assert!(depth(&read) <= 4 * DEEPEST, "{}", depth(&read));
        }
    }

    #[test]
    fn what_is_called_unmarked_reads_as_its_own_words() {
        for words in ["plain", "a <b> c", "5 - 3 = 2", "e.g. this", "a > b"] {
            assert!(!is_marked(words), "{words}");
            assert_eq!(read(words), [paragraph(words)], "{words}");
        }
    }
}
