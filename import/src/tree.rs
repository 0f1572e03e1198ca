//! From a tree of HTML to an article's blocks.

use dixit_engine::{BlockKind, MarkKind, plain_text};
use dom_query::NodeRef;
use url::Url;

use crate::blocks::{self, Blocks, collapsed};
use crate::languages;

/// The blocks below `root`, in order; relative addresses are relative to `base`.
pub(crate) fn blocks(root: &NodeRef<'_>, base: Option<&Url>) -> Vec<dixit_engine::Block> {
    let mut walk = Walk {
        base,
        out: Blocks::default(),
        quotes: 0,
        lists: Vec::new(),
        item: None,
        table: None,
        figures: Vec::new(),
    };
    // Without recursion: depth is the writer's choice.
    let mut way: Vec<(NodeRef<'_>, Leave)> = Vec::new();
    let mut next = root.first_child();
    loop {
        let Some(node) = next else {
            let Some((node, leave)) = way.pop() else { break };
            walk.leave(&leave);
            next = node.next_sibling();
            continue;
        };
        match walk.enter(&node) {
            Some(leave) => {
                next = node.first_child();
                way.push((node, leave));
            }
            None => next = node.next_sibling(),
        }
    }
    walk.out.into_blocks()
}

struct Walk<'a> {
    base: Option<&'a Url>,
    out: Blocks,
    /// How many block quotations are open.
    quotes: usize,
    /// The lists that are open: the number of the next item, where they are numbered.
    lists: Vec<Option<u32>>,
    /// The item whose first words are to come.
    item: Option<BlockKind>,
    /// The table of data that is open: whether the next cell begins a row.
    table: Option<bool>,
    /// The figures that are open: how many blocks there were before.
    figures: Vec<usize>,
}

/// What is to be done at an element's end.
enum Leave {
    Nothing,
    /// A block ends.
    Block,
    Mark,
    Quote,
    List,
    Item,
    Table,
    Row,
    /// A text that was begun for a heading, a caption, a cell.
    Kind,
    Figure,
    /// A quotation inside a line: its marks are not in the text.
    Quotation,
}

impl Walk<'_> {
    fn enter(&mut self, node: &NodeRef<'_>) -> Option<Leave> {
        if node.is_text() {
            self.words(&node.text());
            return None;
        }
        if !node.is_element() {
            return None;
        }
        let name = node.node_name().unwrap_or_default();
        if is_hidden(node) {
            return None;
        }
        let mark = |walk: &mut Self, kind| {
            walk.out.open_mark(kind);
            Some(Leave::Mark)
        };
        match &*name {
            "script" | "style" | "template" | "noscript" | "head" | "title" | "iframe"
            | "object" | "svg" | "math" | "canvas" | "audio" | "video" | "input" | "button"
            | "select" | "textarea" | "rp" => None,
            "em" | "i" | "cite" | "dfn" | "var" => mark(self, MarkKind::Emphasis),
            "strong" | "b" => mark(self, MarkKind::Strong),
            "code" | "kbd" | "samp" | "tt" => mark(self, MarkKind::Code),
            "a" => match node.attr("href").and_then(|href| blocks::link(&href, self.base)) {
                Some(url) => mark(self, MarkKind::Link(url)),
                None => Some(Leave::Nothing),
            },
            "q" => {
                self.words("“");
                Some(Leave::Quotation)
            }
            "br" => {
                self.out.line_break();
                None
            }
            "hr" if self.table.is_none() => {
                self.out.rule();
                None
            }
            "img" => {
                self.image(node);
                None
            }
            _ if self.table.is_some() => Some(self.in_table(&name, node)),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.as_bytes().get(1).map_or(2, |digit| digit - b'0').clamp(1, 6);
                self.begin(BlockKind::Heading(level))
            }
            "pre" | "listing" => self.begin(BlockKind::Preformatted),
            "blockquote" => {
                self.out.end();
                self.quotes += 1;
                Some(Leave::Quote)
            }
            "ul" | "menu" | "dir" | "ol" => {
                self.out.end();
                let first = || node.attr("start").and_then(|n| n.trim().parse().ok()).unwrap_or(1);
                self.lists.push((&*name == "ol").then(first));
                Some(Leave::List)
            }
            "li" => {
                self.out.end();
                let depth = u8::try_from(self.lists.len().saturating_sub(1)).unwrap_or(u8::MAX);
                let mut number = None;
                if let Some(Some(next)) = self.lists.last_mut() {
                    number = Some(*next);
                    *next = next.saturating_add(1);
                }
                self.item = Some(BlockKind::ListItem { number, depth });
                Some(Leave::Item)
            }
            "table" => {
                self.out.end();
                if is_data(node) {
                    self.table = Some(true);
                    return Some(Leave::Table);
                }
                Some(Leave::Block)
            }
            "figure" => {
                self.out.end();
                self.figures.push(self.out.done().len());
                Some(Leave::Figure)
            }
            "figcaption" | "caption" => self.begin(BlockKind::Caption),
            _ if is_credit_element(node) && !self.figures.is_empty() => {
                self.begin(BlockKind::Caption)
            }
            _ if is_inline(&name) => Some(Leave::Nothing),
            _ => {
                if self.out.kind().is_none_or(|kind| *kind != BlockKind::Caption) {
                    self.out.end();
                } else {
                    self.out.cut();
                }
                Some(Leave::Block)
            }
        }
    }

    fn leave(&mut self, leave: &Leave) {
        match leave {
            Leave::Nothing => {}
            Leave::Block => {
                if self.out.kind().is_some_and(|kind| *kind == BlockKind::Caption) {
                    self.out.cut();
                } else {
                    self.out.end();
                }
            }
            Leave::Mark => self.out.close_mark(),
            Leave::Quote => {
                self.out.end();
                self.quotes -= 1;
            }
            Leave::List => {
                self.out.end();
                self.lists.pop();
                self.item = None;
            }
            Leave::Item => {
                self.out.end();
                self.item = None;
            }
            Leave::Table => {
                self.out.end();
                self.table = None;
            }
            Leave::Row => self.table = Some(true),
            Leave::Kind => self.out.end(),
            Leave::Figure => self.figure(),
            Leave::Quotation => self.words("”"),
        }
    }

    fn begin(&mut self, kind: BlockKind) -> Option<Leave> {
        self.out.begin(kind);
        Some(Leave::Kind)
    }

    fn words(&mut self, text: &str) {
        if self.out.kind().is_none() {
            if text.trim_matches([' ', '\t', '\n', '\r', '\x0c']).is_empty() || self.table.is_some()
            {
                return;
            }
            let kind = match self.item.take() {
                Some(item) => item,
                None if self.quotes > 0 => BlockKind::Quote,
                None => BlockKind::Paragraph,
            };
            self.out.begin(kind);
        }
        self.out.text(text);
    }

    /// In a table of data everything in a cell is one text.
    fn in_table(&mut self, name: &str, node: &NodeRef<'_>) -> Leave {
        match name {
            "caption" => {
                self.out.begin(BlockKind::Caption);
                Leave::Kind
            }
            "tr" => Leave::Row,
            "td" | "th" => {
                let first = self.table.replace(false) == Some(true);
                let header = name == "th"
                    || node
                        .parent()
                        .and_then(|row| row.parent())
                        .is_some_and(|p| p.has_name("thead"));
                self.out.begin(BlockKind::Cell { header, first });
                Leave::Kind
            }
            _ if is_inline(name) => Leave::Nothing,
            _ => {
                self.out.text(" ");
                Leave::Nothing
            }
        }
    }

    fn image(&mut self, node: &NodeRef<'_>) {
        let alt = collapsed(&node.attr("alt").unwrap_or_default());
        let small = |name: &str| {
            node.attr(name).and_then(|n| n.trim().trim_end_matches("px").parse::<f32>().ok())
        };
        let (width, height) = (small("width"), small("height"));
        // A pixel that counts visitors.
        if [width, height].iter().any(|n| n.is_some_and(|n| n <= 2.0)) {
            return;
        }
        // A sign of a typeface that the site draws itself.
        let is_sign = !alt.is_empty() && alt.chars().count() <= 2 && !alt.is_ascii()
            || node.attr("class").is_some_and(|c| c.to_ascii_lowercase().contains("emoji"));
        if is_sign {
            return self.words(&alt);
        }
        let sources = ["src", "data-src", "data-original", "data-lazy-src"];
        let mut found = sources.iter().filter_map(|name| node.attr(name));
        let url = found.find_map(|address| blocks::image(&address, self.base)).or_else(|| {
            let set = node.attr("srcset").or_else(|| node.attr("data-srcset"))?;
            blocks::image(set.split_whitespace().next()?, self.base)
        });
        if let Some(url) = url
            && self.table.is_none()
        {
            self.out.image(url, &alt, None);
        }
    }

    /// Gives the image of a figure its credit, which captions end with.
    fn figure(&mut self) {
        self.out.end();
        let Some(start) = self.figures.pop() else { return };
        let done = self.out.done();
        let mut credit: Option<String> = None;
        let mut n = start;
        while let Some(block) = done.get_mut(n) {
            if block.kind == BlockKind::Caption
                && let Some(at) = credit_in(&block.text)
            {
                let tail = block.text.split_off(at);
                let tail = tail
                    .trim_matches([' ', '(', ')', '[', ']', '|', '—', '–', '-', '/'])
                    .to_owned();
                credit = Some(credit.map_or(tail.clone(), |c| c + " / " + &tail));
                block.text.truncate(
                    block.text.trim_end_matches([' ', '|', '—', '–', '-', '/', '(', '[']).len(),
                );
                let len = block.text.len();
                block.marks.retain(|mark| mark.end <= len);
                if block.text.is_empty() {
                    done.remove(n);
                    continue;
                }
            }
            n += 1;
        }
        let images = done.iter_mut().skip(start).rev();
        let image = images.into_iter().find_map(|block| match &mut block.kind {
            BlockKind::Image { credit, .. } => Some(credit),
            _ => None,
        });
        match (image, credit) {
            (Some(slot), Some(credit)) => *slot = Some(credit),
            // Without its image a credit is a line of its own.
            (None, Some(credit)) => done.push(dixit_engine::Block {
                kind: BlockKind::Caption,
                ..dixit_engine::Block::paragraph(credit)
            }),
            _ => {}
        }
    }
}

/// Where the credit begins that a caption ends with; 0 where it is nothing else.
fn credit_in(caption: &str) -> Option<usize> {
    let is_credit = |line: &str| plain_text::is_credit(line, languages());
    if is_credit(caption) {
        return Some(0);
    }
    let starts = caption.match_indices([' ', '(', '|', '/', '[']).map(|(at, c)| at + c.len());
    // The last sentence or bracket; captions are short, and so are credits.
    let near: Vec<usize> = starts.filter(|at| caption.len() - at <= 120).collect();
    near.into_iter().find(|&at| {
        let (before, tail) = caption.split_at(at);
        let apart = before
            .trim_end()
            .ends_with(['.', '!', '?', '”', '"', '(', '|', '/', '[', '—', '–', '-', '…']);
        apart && is_credit(tail.trim_matches([' ', '(', ')', '[', ']']))
    })
}

/// An element that holds a credit, by what its writers call it.
fn is_credit_element(node: &NodeRef<'_>) -> bool {
    let named = |name: &str| {
        node.attr(name).is_some_and(|value| {
            let value = value.to_ascii_lowercase();
            ["credit", "copyright", "photographer"].iter().any(|word| value.contains(word))
        })
    };
    named("class") || named("itemprop")
}

fn is_hidden(node: &NodeRef<'_>) -> bool {
    node.has_attr("hidden")
        || node.attr("style").is_some_and(|style| {
            let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
}

/// Whether a table holds data and not a page's columns.
fn is_data(table: &NodeRef<'_>) -> bool {
    if table.attr("role").is_some_and(|role| matches!(&*role, "presentation" | "none")) {
        return false;
    }
    let (mut widest, mut cells) = (0, 0);
    let mut long = false;
    for node in table.descendants_it() {
        let Some(name) = node.node_name() else { continue };
        match &*name {
            "table" | "ul" | "ol" | "blockquote" | "pre" | "figure" | "h1" | "h2" | "h3" => {
                return false;
            }
            "tr" => cells = 0,
            "td" | "th" => {
                cells += 1;
                widest = widest.max(cells);
                let paragraphs =
                    node.children_it(false).filter(|n| n.has_name("p") || n.has_name("div"));
                long |= paragraphs.count() > 1;
            }
            _ => {}
        }
    }
    widest > 1 && !long
}

fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "abbr"
            | "acronym"
            | "bdi"
            | "bdo"
            | "big"
            | "data"
            | "del"
            | "font"
            | "ins"
            | "label"
            | "mark"
            | "nobr"
            | "output"
            | "picture"
            | "rb"
            | "rt"
            | "ruby"
            | "s"
            | "small"
            | "source"
            | "span"
            | "strike"
            | "sub"
            | "sup"
            | "time"
            | "u"
            | "wbr"
    )
}
