//! Makes trees of HTML without taking square time on it: depth is bounded, and elements close where their parents
//! do. Scripts, styles, comments and controls are left out on the way.
//!
//! Tree builders take time with the depth of the tree for each tag, and reopen what was left open in each new
//! paragraph (html5ever's issues 290 and 788). Here each tag costs the same. html5ever's own tokenizer stays out of
//! the Wasm, with its large table of character references: the words come from html5gum's.

use std::collections::HashMap;

use dom_query::{Document, NodeId};
use html5ever::interface::{Attribute, TreeSink, create_element};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Doctype, Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{QuirksMode, TreeBuilder, TreeBuilderOpts};
use html5ever::{LocalName, QualName, local_name, ns};
use html5gum::{DefaultEmitter, StartTag, Tokenizer};

/// Elements below this depth are dropped, and what they hold stays.
pub(crate) const MAX_DEPTH: usize = 256;
/// Longer texts are divided, in bytes: html5ever searches the whole text again for each `&` that it writes.
const MAX_TEXT: usize = 2_048;
/// An element keeps this many attributes; those that matter come in every order, but not in such crowds.
const MAX_ATTRIBUTES: usize = 64;

/// As a browser without scripts reads.
const OPTIONS: TreeBuilderOpts = TreeBuilderOpts {
    exact_errors: false,
    scripting_enabled: false,
    iframe_srcdoc: false,
    drop_doctype: false,
    quirks_mode: QuirksMode::NoQuirks,
};

/// The tree of a page, with at most [`MAX_DEPTH`] elements in each other, in time and space linear in `html`.
pub(crate) fn page(html: &str) -> Document {
    tree(html, TreeBuilder::new(Document::default(), OPTIONS))
}

/// The tree of a piece of a page, likewise.
pub(crate) fn fragment(html: &str) -> Document {
    let document = Document::fragment_sink();
    let body = QualName::new(None, ns!(html), local_name!("body"));
    let body = create_element(&document, body, Vec::new());
    let options = TreeBuilderOpts { drop_doctype: true, ..OPTIONS };
    tree(html, TreeBuilder::new_for_fragment(document, body, None, options))
}

fn tree(html: &str, builder: TreeBuilder<NodeId, Document>) -> Document {
    let mut it = Flattener::new(builder);
    it.read(html, true);
    it.write(Token::EOFToken);
    it.out.end();
    it.out.sink.finish()
}

struct Flattener<S> {
    out: S,
    /// The elements that are open, and whether each was written.
    open: Vec<(String, bool)>,
    /// How many of them have each name.
    n_open: HashMap<String, usize>,
    /// How many of them were written.
    depth: usize,
    /// How many bytes of text were written since the last tag.
    n_text: usize,
    /// Whether the element that is open holds text alone: its end is the only tag that may follow.
    is_raw: bool,
    /// The element whose content is left out, until its end or that of an element around it.
    skipped: Option<String>,
    /// How many elements of each name are open in there.
    n_skipped: HashMap<String, usize>,
}

impl<S: TokenSink> Flattener<S> {
    fn new(out: S) -> Flattener<S> {
        Flattener {
            out,
            open: Vec::new(),
            n_open: HashMap::new(),
            depth: 0,
            n_text: 0,
            is_raw: false,
            skipped: None,
            n_skipped: HashMap::new(),
        }
    }

    fn read(&mut self, html: &str, outermost: bool) {
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        let mut tokens = Tokenizer::new_with_emitter(html, emitter).flatten().peekable();
        while let Some(token) = tokens.next() {
            match token {
                html5gum::Token::StartTag(tag) => {
                    let name = String::from_utf8_lossy(&tag.name).into_owned();
                    if name == "noscript" {
                        // Its content came as one text, since a browser with scripts sees one.
                        let inside = tokens.next_if(|t| matches!(t, html5gum::Token::String(_)));
                        if let Some(html5gum::Token::String(inside)) = inside.filter(|_| outermost)
                        {
                            self.start(&name, &tag);
                            self.read(&String::from_utf8_lossy(&inside.value), false);
                        }
                    } else {
                        self.start(&name, &tag);
                    }
                }
                html5gum::Token::EndTag(tag) => self.end(&String::from_utf8_lossy(&tag.name)),
                html5gum::Token::String(text) if self.skipped.is_none() => {
                    self.text(&String::from_utf8_lossy(&text.value));
                }
                html5gum::Token::Doctype(_) => {
                    let name = Some("html".into());
                    self.write(Token::DoctypeToken(Doctype { name, ..Doctype::default() }));
                }
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
            let mut attrs = Vec::new();
            for (name, value) in tag.attributes.iter().take(MAX_ATTRIBUTES) {
                let name = String::from_utf8_lossy(name);
                let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':');
                if name.is_empty() || !name.chars().all(plain) || name.starts_with("on") {
                    continue;
                }
                let name = QualName::new(None, ns!(), LocalName::from(&*name));
                let value = characters(&String::from_utf8_lossy(&value.value));
                attrs.push(Attribute { name, value });
            }
            self.tag(TagKind::StartTag, name, attrs);
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
        self.tag(TagKind::StartTag, "br", Vec::new());
    }

    /// Words; no text is longer than [`MAX_TEXT`] without an element in it. Titles can hold none, and end there.
    fn text(&mut self, text: &str) {
        if self.is_raw {
            // A script of data comes whole: it is out of the tree before that is written.
            let is_data = self.open.last().is_some_and(|(name, _)| name == "script");
            let (start, _) = text.split_at(text.floor_char_boundary(MAX_TEXT));
            let text = if is_data { text } else { start };
            return self.write(Token::CharacterTokens(characters(text)));
        }
        let mut rest = text;
        while !rest.is_empty() {
            let (part, after) = rest
                .split_at(rest.floor_char_boundary(MAX_TEXT.saturating_sub(self.n_text).max(4)));
            self.write(Token::CharacterTokens(characters(part)));
            self.n_text += part.len();
            rest = after;
            if self.n_text >= MAX_TEXT {
                self.tag(TagKind::StartTag, "wbr", Vec::new());
            }
        }
    }

    fn tag(&mut self, kind: TagKind, name: &str, attrs: Vec<Attribute>) {
        // The builder takes nothing but text and an end there; html5gum knows such elements by their names too.
        if self.is_raw && kind == TagKind::StartTag {
            return;
        }
        let name = LocalName::from(name);
        let tag = Tag { kind, name, self_closing: false, attrs, had_duplicate_attributes: false };
        self.n_text = 0;
        self.is_raw = false;
        self.write(Token::TagToken(tag));
    }

    fn write(&mut self, token: Token) {
        self.is_raw |= matches!(self.out.process_token(token, 1), TokenSinkResult::RawData(_));
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
            self.tag(TagKind::EndTag, &name, Vec::new());
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

/// Text as a builder of trees has it from a tokenizer: lines end with a line feed alone, and there are no zeros, which
/// builders drop or replace, each in its own way.
fn characters(text: &str) -> StrTendril {
    if !text.contains(['\0', '\r']) {
        return text.into();
    }
    text.replace('\0', "").replace("\r\n", "\n").replace('\r', "\n").into()
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
    use std::cell::RefCell;

    use super::*;

    /// Writes out what a tree would be built from.
    #[derive(Default)]
    struct Written(RefCell<String>);

    impl TokenSink for Written {
        type Handle = ();

        fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
            let mut out = self.0.borrow_mut();
            match token {
                Token::CharacterTokens(text) => out.push_str(&text),
                Token::TagToken(tag) => {
                    *out += if tag.kind == TagKind::StartTag { "<" } else { "</" };
                    *out += &tag.name;
                    for Attribute { name, value } in tag.attrs {
                        *out += &format!(" {}=\"{value}\"", name.local);
                    }
                    *out += ">";
                }
                _ => {}
            }
            TokenSinkResult::Continue
        }
    }

    fn flat(html: &str) -> String {
        let mut it = Flattener::new(Written::default());
        it.read(html, true);
        it.out.0.into_inner()
    }

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
            ("a &amp; &lt;b&gt; &copy;\0&#13;&#10;&#13;", "a & <b> ©\n\n"),
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
