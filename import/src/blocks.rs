//! Puts an article's blocks together from pieces of text, marks and images, as tree walks meet them.

use dixit_engine::{Block, BlockKind, Mark, MarkKind};
use idna::punycode::encode_str;
use url::{ParseError, Url};

/// Blocks that are being written. White space is collapsed as browsers do, but for preformatted text.
#[derive(Default)]
pub(crate) struct Blocks {
    done: Vec<Block>,
    kind: Option<BlockKind>,
    text: String,
    marks: Vec<Mark>,
    /// Marks that are open, with where they began in the block.
    open: Vec<(MarkKind, usize)>,
    /// Images met inside the text, which follow it, so that no sentence is torn.
    images: Vec<Block>,
    /// Where the last lone line break stands, as a space.
    line_break: Option<usize>,
}

impl Blocks {
    /// Ends the block that is being written, and begins one of `kind`.
    pub(crate) fn begin(&mut self, kind: BlockKind) {
        self.end();
        self.kind = Some(kind);
    }

    /// Ends the block that is being written; one without words is none.
    pub(crate) fn end(&mut self) {
        self.cut();
        self.kind = None;
    }

    /// Ends the block that is being written; what follows is another one of its kind.
    pub(crate) fn cut(&mut self) {
        self.line_break = None;
        let kind = self.kind.clone().unwrap_or(BlockKind::Paragraph);
        for n in 0..self.open.len() {
            self.mark(n);
        }
        for (_, start) in &mut self.open {
            *start = 0;
        }
        let mut text = std::mem::take(&mut self.text);
        let mut marks = std::mem::take(&mut self.marks);
        if kind == BlockKind::Preformatted {
            text.truncate(text.strip_suffix('\n').unwrap_or(&text).len());
        } else {
            text.truncate(text.trim_end_matches(' ').len());
        }
        for mark in &mut marks {
            mark.end = mark.end.min(text.len());
        }
        marks.retain(|mark| text.get(mark.start..mark.end).is_some_and(|t| !t.trim().is_empty()));
        marks.sort_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end)));
        // A cell of a table is one also without words, or its row would shift.
        let is_block =
            text.chars().any(|c| !c.is_whitespace()) || matches!(kind, BlockKind::Cell { .. });
        if is_block && (!text.is_empty() || self.kind.is_some()) {
            self.done.push(Block { kind, text, marks, origin: Vec::new() });
        }
        self.done.append(&mut self.images);
    }

    /// Text with its white space collapsed.
    pub(crate) fn text(&mut self, text: &str) {
        if self.is_preformatted() {
            self.text.push_str(text);
            return;
        }
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c') {
                if !self.text.is_empty() && !self.text.ends_with(' ') {
                    self.text.push(' ');
                }
            } else {
                if let Some(at) = self.line_break.take()
                    && self.ends_a_sentence(at)
                {
                    self.cut();
                }
                self.text.push(c);
            }
        }
    }

    /// A line break: two in a row end the block, and so does one after the end of a sentence, as in
    /// dialogues; any other is a space.
    pub(crate) fn line_break(&mut self) {
        if self.is_preformatted() {
            self.text.push('\n');
        } else if self.line_break.is_some() {
            self.cut();
        } else if !self.text.is_empty() {
            self.text(" ");
            self.line_break = Some(self.text.len());
        }
    }

    fn ends_a_sentence(&self, at: usize) -> bool {
        let line = self.text.get(..at).unwrap_or_default().trim_end();
        line.trim_end_matches(['"', '”', '“', '»', '’', '\'', ')'])
            .ends_with(['.', '?', '!', ':', '…', '。'])
    }

    /// Opens a mark; [`Blocks::close_mark`] closes the last one that is open.
    pub(crate) fn open_mark(&mut self, kind: MarkKind) {
        self.open.push((kind, self.text.len()));
    }

    /// Closes the last mark that was opened.
    pub(crate) fn close_mark(&mut self) {
        if let Some(last) = self.open.len().checked_sub(1) {
            self.mark(last);
            self.open.pop();
        }
    }

    fn mark(&mut self, n: usize) {
        let Some((kind, start)) = self.open.get(n) else { return };
        if self.is_preformatted() || *start >= self.text.len() {
            return;
        }
        // A mark begins and ends with words.
        let inside = self.text.get(*start..).unwrap_or_default();
        let start = start + inside.len() - inside.trim_start().len();
        let end = self.text.trim_end().len();
        // Nested twice is meant once; the outer one closes just after the inner.
        let last = self.marks.iter().rev().take(4);
        let doubled = last.into_iter().any(|m| m.start <= start && end <= m.end && m.kind == *kind);
        if start < end && !doubled {
            self.marks.push(Mark { start, end, kind: kind.clone() });
        }
    }

    /// An image: after the text in which it stands, or here where it stands in none.
    pub(crate) fn image(&mut self, url: String, description: &str, credit: Option<String>) {
        let text = collapsed(description);
        let kind = BlockKind::Image { url, credit };
        self.images.push(Block { kind, ..Block::paragraph(text) });
        if self.text.trim().is_empty() && self.kind.is_none() {
            self.cut();
        }
    }

    /// A thematic break.
    pub(crate) fn rule(&mut self) {
        self.end();
        self.done.push(Block { kind: BlockKind::Rule, ..Block::paragraph("") });
    }

    /// The kind of the block that is being written.
    pub(crate) fn kind(&self) -> Option<&BlockKind> {
        self.kind.as_ref()
    }

    /// The blocks that are done.
    pub(crate) fn done(&mut self) -> &mut Vec<Block> {
        &mut self.done
    }

    /// All blocks.
    pub(crate) fn into_blocks(mut self) -> Vec<Block> {
        self.end();
        self.done
    }

    fn is_preformatted(&self) -> bool {
        self.kind == Some(BlockKind::Preformatted)
    }
}

/// `text` on one line, with single spaces.
pub(crate) fn collapsed(text: &str) -> String {
    text.split([' ', '\t', '\n', '\r', '\x0c'])
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Reads an address, against `base` where it is relative.
///
/// Of names with other letters than ASCII's `url` knows nothing here: see Cargo.toml. They are written as they are
/// registered, which browsers check when such an address is followed.
pub(crate) fn parse(address: &str, base: Option<&Url>) -> Result<Url, ParseError> {
    let options = Url::options().base_url(base);
    match options.parse(address) {
        Err(ParseError::IdnaError) => options.parse(&with_ascii_host(address)),
        parsed => parsed,
    }
}

/// The address with each label of its host in Punycode that needs it; normal forms and odd dots are not looked after.
fn with_ascii_host(address: &str) -> String {
    /// Longer ones cannot be registered, in characters.
    const MAX_LABEL: usize = 63;
    let start = address.find("//").map_or(0, |at| at + 2);
    let (scheme, rest) = address.split_at(start);
    let (authority, path) = rest.split_at(rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len()));
    let mut ascii = scheme.to_owned();
    for label in authority.split_inclusive(['.', ':', '@']) {
        let name = label.trim_end_matches(['.', ':', '@']);
        let is_short = name.chars().nth(MAX_LABEL).is_none();
        let lower = || name.chars().flat_map(char::to_lowercase).collect::<String>();
        let code = (is_short && !name.is_ascii()).then(|| encode_str(&lower())).flatten();
        match code {
            Some(code) => {
                ascii.extend(["xn--", &code, label.get(name.len()..).unwrap_or_default()])
            }
            None => ascii.push_str(label),
        }
    }
    ascii + path
}

/// The address of a link against `base`, where it is one that a reader may follow: of the web, for mail, or
/// relative where nothing tells to what.
pub(crate) fn link(address: &str, base: Option<&Url>) -> Option<String> {
    let address = address.trim();
    match parse(address, None) {
        Ok(url) => matches!(url.scheme(), "http" | "https" | "mailto").then(|| url.into()),
        Err(ParseError::RelativeUrlWithoutBase) => match base {
            Some(base) => {
                let url = parse(address, Some(base)).ok()?;
                matches!(url.scheme(), "http" | "https").then(|| url.into())
            }
            None => Some(address.to_owned()),
        },
        Err(_) => None,
    }
}

/// The address of an image against `base`: of the web, or a small raster image in the address itself.
pub(crate) fn image(address: &str, base: Option<&Url>) -> Option<String> {
    let address = address.trim();
    let raster = ["png", "jpeg", "gif", "webp"].iter().any(|kind| {
        let start = ["data:image/", kind, ";base64,"].concat();
        address.get(..start.len()).is_some_and(|a| a.eq_ignore_ascii_case(&start))
    });
    // Less than that is a placeholder for a picture that a script would load.
    if raster {
        return (address.len() > 1_000).then(|| address.to_owned());
    }
    let url = parse(address, base).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_run_or_read_nothing() {
        let base = Url::parse("https://a.example/b/c").ok();
        for (address, with_base, without) in [
            ("d?e#f", Some("https://a.example/b/d?e#f"), Some("d?e#f")),
            ("//g.example", Some("https://g.example/"), Some("//g.example")),
            ("mailto:h@i.example", Some("mailto:h@i.example"), Some("mailto:h@i.example")),
            ("javascript:alert(1)", None, None),
            (" java\tscript:alert(1)", None, None),
            ("data:text/html,x", None, None),
            ("file:///etc/passwd", None, None),
            ("javascript://bücher.example/%0aalert(1)", None, None),
            ("https://bücher .example", None, None),
            ("https://bücher.example<", None, None),
        ] {
            assert_eq!(link(address, base.as_ref()).as_deref(), with_base, "{address}");
            assert_eq!(link(address, None).as_deref(), without, "{address}");
        }
        assert_eq!(image("j.png", base.as_ref()).as_deref(), Some("https://a.example/b/j.png"));
        assert_eq!(image("j.png", None), None);
        assert_eq!(image("data:image/svg+xml,<svg onload=x>", base.as_ref()), None);
        assert!(image(&format!("data:image/png;base64,{}", "A".repeat(2_000)), None).is_some());
    }

    #[test]
    fn hosts_with_any_letters() {
        let base = Url::parse("https://a.example/b/c").ok();
        let long = format!("https://{}.example/", "ü".repeat(64));
        for (address, expected) in [
            (
                "https://bücher.example/ä?ö#ü",
                Some("https://xn--bcher-kva.example/%C3%A4?%C3%B6#%C3%BC"),
            ),
            ("https://BÜCHER.Example:8080", Some("https://xn--bcher-kva.example:8080/")),
            ("//me@пример.испытание/a", Some("https://me@xn--e1afmkfd.xn--80akhbyknj4f/a")),
            ("http://ΌΔΟΣ.example", Some("http://xn--pxawm7a.example/")),
            ("http://straße.例え.テスト", Some("http://xn--strae-oqa.xn--r8jz45g.xn--zckzah/")),
            ("https://xn--bcher-kva.example/", Some("https://xn--bcher-kva.example/")),
            ("https://%C3%BC%43.example/", None),
            (&long, None),
        ] {
            assert_eq!(link(address, base.as_ref()).as_deref(), expected, "{address}");
            assert_eq!(image(address, base.as_ref()).as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn lines_and_marks() {
        let mut blocks = Blocks::default();
        blocks.text(" One\n  ");
        blocks.open_mark(MarkKind::Strong);
        blocks.text(" two. ");
        blocks.line_break();
        blocks.text("Three");
        blocks.close_mark();
        blocks.line_break();
        blocks.text("four");
        let blocks = blocks.into_blocks();
        let texts: Vec<&str> = blocks.iter().map(|b| b.text.as_str()).collect();
        assert_eq!(texts, ["One two.", "Three four"]);
        let strong = |start, end| Mark { start, end, kind: MarkKind::Strong };
        assert_eq!(blocks[0].marks, [strong(4, 8)]);
        assert_eq!(blocks[1].marks, [strong(0, 5)]);
    }
}
