//! Rewrites HTML so that no parser of trees takes square time on it: depth is bounded, and elements close where
//! their parents do. Scripts, styles, comments and controls are left out on the way.
//!
//! Tree builders take time with the depth of the tree for each tag, and reopen what was left open in each new
//! paragraph (html5ever's issues 290 and 788). Here each tag costs the same.

use std::collections::HashMap;

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

/// Elements below this depth are dropped, and what they hold stays.
pub(crate) const MAX_DEPTH: usize = 256;
/// Longer texts are divided, in bytes: html5ever searches the whole text again for each `&` that it writes.
const MAX_TEXT: usize = 2_048;
/// An element keeps this many attributes; those that matter come in every order, but not in such crowds.
const MAX_ATTRIBUTES: usize = 64;

/// HTML with at most [`MAX_DEPTH`] elements in each other, in time and space linear in `html`.
pub(crate) fn flat(html: &str) -> String {
    let mut it = Flattener { out: String::with_capacity(html.len()), ..Flattener::default() };
    it.read(html, true);
    it.out
}

#[derive(Default)]
struct Flattener {
    out: String,
    /// The elements that are open, and whether each was written.
    open: Vec<(String, bool)>,
    /// How many of them have each name.
    n_open: HashMap<String, usize>,
    /// How many of them were written.
    depth: usize,
    /// Where the last tag ends in `out`.
    tag_end: usize,
    /// The element whose content is left out, until its end or that of an element around it.
    skipped: Option<String>,
    /// How many elements of each name are open in there.
    n_skipped: HashMap<String, usize>,
}

impl Flattener {
    fn read(&mut self, html: &str, outermost: bool) {
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        let mut tokens = Tokenizer::new_with_emitter(html, emitter).flatten().peekable();
        while let Some(token) = tokens.next() {
            match token {
                Token::StartTag(tag) => {
                    let name = String::from_utf8_lossy(&tag.name).into_owned();
                    if name == "noscript" {
                        // Its content came as one text, since a browser with scripts sees one.
                        let inside = tokens.next_if(|t| matches!(t, Token::String(_)));
                        if let Some(Token::String(inside)) = inside.filter(|_| outermost) {
                            self.start(&name, &tag);
                            self.read(&String::from_utf8_lossy(&inside.value), false);
                        }
                    } else {
                        self.start(&name, &tag);
                    }
                }
                Token::EndTag(tag) => self.end(&String::from_utf8_lossy(&tag.name)),
                Token::String(text) if self.skipped.is_none() => {
                    let text = String::from_utf8_lossy(&text.value);
                    match self.open.last() {
                        // A script of data; what it holds has no end tag of its own.
                        Some((name, true)) if name == "script" => self.out.push_str(&text),
                        _ => self.text(&text),
                    }
                }
                Token::Doctype(_) if self.out.is_empty() => self.out.push_str("<!DOCTYPE html>"),
                _ => {}
            }
        }
    }

    fn start(&mut self, name: &str, tag: &StartTag<()>) {
        if self.skipped.is_some() {
            if !tag.self_closing && !VOID.contains(&name) {
                *self.n_skipped.entry(name.to_owned()).or_default() += 1;
            }
            return;
        }
        let attribute =
            |name: &[u8]| tag.attributes.get(name).map(|a| String::from_utf8_lossy(&a.value));
        let is_data = || {
            attribute(b"type").is_some_and(|t| t.trim().eq_ignore_ascii_case("application/ld+json"))
        };
        if SKIPPED.contains(&name) || name == "script" && !is_data() {
            let closed = tag.self_closing && matches!(name, "svg" | "math");
            if !closed && !VOID.contains(&name) {
                self.skipped = Some(name.to_owned());
            }
            return;
        }
        self.close_implied(name);
        let written = self.depth < MAX_DEPTH;
        if written {
            self.out.push('<');
            self.out.push_str(name);
            for (name, value) in tag.attributes.iter().take(MAX_ATTRIBUTES) {
                let name = String::from_utf8_lossy(name);
                let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':');
                if name.is_empty() || !name.chars().all(plain) || name.starts_with("on") {
                    continue;
                }
                self.out.push(' ');
                self.out.push_str(&name);
                self.out.push_str("=\"");
                escape(&String::from_utf8_lossy(&value.value), &mut self.out);
                self.out.push('"');
            }
            self.out.push('>');
            self.tag_end = self.out.len();
        } else if !INLINE.contains(&name) {
            self.line_break();
        }
        if !VOID.contains(&name) {
            self.depth += usize::from(written);
            *self.n_open.entry(name.to_owned()).or_default() += 1;
            self.open.push((name.to_owned(), written));
        }
    }

    fn line_break(&mut self) {
        self.out.push_str("<br>");
        self.tag_end = self.out.len();
    }

    /// Words; no text is longer than [`MAX_TEXT`] without an element in it.
    fn text(&mut self, text: &str) {
        let mut rest = text;
        while !rest.is_empty() {
            let since = self.out.len() - self.tag_end;
            let (part, after) =
                rest.split_at(rest.floor_char_boundary(MAX_TEXT.saturating_sub(since).max(4)));
            escape(part, &mut self.out);
            rest = after;
            if self.out.len() - self.tag_end >= MAX_TEXT {
                self.out.push_str("<wbr>");
                self.tag_end = self.out.len();
            }
        }
    }

    fn end(&mut self, name: &str) {
        if let Some(skipped) = &self.skipped {
            if let Some(n) = self.n_skipped.get_mut(name).filter(|n| **n > 0) {
                *n -= 1;
                return;
            }
            let is_around = self.n_open.get(name).is_some_and(|n| *n > 0);
            if skipped != name && !is_around {
                return;
            }
            let is_its_own = skipped == name;
            self.skipped = None;
            self.n_skipped.clear();
            if is_its_own {
                return;
            }
        }
        if matches!(name, "p" | "br") && self.n_open.get(name).is_none_or(|n| *n == 0) {
            // Their ends alone make an empty paragraph and a break.
            self.line_break();
            return;
        }
        if self.n_open.get(name).is_some_and(|n| *n > 0) {
            while self.pop().is_some_and(|popped| popped != name) {}
        }
    }

    /// Closes the innermost element.
    fn pop(&mut self) -> Option<String> {
        let (name, written) = self.open.pop()?;
        if let Some(n) = self.n_open.get_mut(&name) {
            *n -= 1;
        }
        if written {
            self.depth -= 1;
            self.out.push_str("</");
            self.out.push_str(&name);
            self.out.push('>');
            self.tag_end = self.out.len();
        } else if !INLINE.contains(&name.as_str()) {
            self.line_break();
        }
        Some(name)
    }

    /// Closes what a start tag of `name` closes without an end tag.
    fn close_implied(&mut self, name: &str) {
        let (closed, within): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu", "dir"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "tr" => (&["tr"], &["table"]),
            "td" | "th" => (&["td", "th"], &["table", "tr"]),
            "thead" | "tbody" | "tfoot" => (&["thead", "tbody", "tfoot"], &["table"]),
            "option" | "optgroup" => (&["option"], &["select"]),
            "rt" | "rp" => (&["rt", "rp"], &["ruby"]),
            "body" => (&["head"], &[]),
            // A second link ends the first, wherever it is.
            "a" => (&["a"], &["table", "td", "th"]),
            _ if CLOSES_P.contains(&name) => (&["p"], &["button", "td", "th", "table", "caption"]),
            _ => return,
        };
        if !closed.iter().any(|c| self.n_open.get(*c).is_some_and(|n| *n > 0)) {
            return;
        }
        // How far up is looked: a longer way costs more than a browser's tree is worth.
        let way = self.open.iter().rev().take(16);
        let found = way.take_while(|(n, _)| !within.contains(&n.as_str()));
        let up = found.enumerate().filter(|(_, (n, _))| closed.contains(&n.as_str()));
        if let Some((up, _)) = up.last() {
            for _ in 0..=up {
                self.pop();
            }
        }
    }
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // A tree builder drops or replaces it, each in its own way.
            '\0' => {}
            c => out.push(c),
        }
    }
}

/// Elements of which nothing is read.
const SKIPPED: &[&str] = &[
    "applet",
    "audio",
    "button",
    "canvas",
    "datalist",
    "embed",
    "frameset",
    "iframe",
    "input",
    "math",
    "noembed",
    "noframes",
    "object",
    "plaintext",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "video",
    "xmp",
];

/// Elements without content.
const VOID: &[&str] = &[
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input",
    "keygen", "link", "meta", "param", "source", "track", "wbr",
];

/// Elements that do not break a line of text.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "label", "mark", "nobr", "q", "rb", "rp", "rt", "ruby", "s", "samp",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img",
];

/// Elements whose start ends a paragraph.
const CLOSES_P: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "ul",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_close_where_browsers_close_them() {
        for (html, expected) in [
            ("<p>a<p>b", "<p>a</p><p>b"),
            (
                "<ul><li>a<ul><li>b<li>c</ul><li>d</ul>",
                "<ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul>",
            ),
            ("<p><b>a</p>b", "<p><b>a</b></p>b"),
            (
                "<table><tr><td>a<td>b<tr><td>c</table>",
                "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
            ),
            ("</div>a</p>", "a<br>"),
            ("a &amp; &lt;b&gt; &copy;", "a &amp; &lt;b&gt; ©"),
            ("<script>alert(1)</script><style>p{}</style>a<!-- b --><iframe src=x>c</iframe>", "a"),
            (
                "<script type='application/ld+json'>{\"a\":\"<b>\"}</script>",
                "<script type=\"application/ld+json\">{\"a\":\"<b>\"}</script>",
            ),
            ("<svg><title>a</title></svg>b<svg/>c", "bc"),
            ("<div><button><div>a</div>b</div>c", "<div></div>c"),
            ("<p><select><option>a</p>b", "<p></p>b"),
            (
                "<noscript><p>a<img src=b></noscript>c",
                "<noscript><p>a<img src=\"b\"></p></noscript>c",
            ),
            ("<a href=b onclick=c d\"=e>f", "<a href=\"b\">f"),
        ] {
            assert_eq!(flat(html), expected, "{html}");
        }
    }

    #[test]
    fn depth_is_bounded_and_words_stay() {
        for n in [255, 257, 1_000, 100_000] {
            for tag in ["div", "b", "blockquote", "table><tr><td"] {
                let html = format!("<{tag}>").repeat(n) + "word</div>";
                let flat = flat(&html);
                let (mut depth, mut deepest) = (0_usize, 0);
                for part in flat.split('<').skip(1).filter(|p| !p.starts_with("br>")) {
                    depth = if part.starts_with('/') { depth - 1 } else { depth + 1 };
                    deepest = deepest.max(depth);
                }
                assert!(deepest <= MAX_DEPTH, "{tag} {n}: {deepest}");
                assert!(flat.contains("word"), "{tag} {n}");
            }
        }
    }
}
