//! The article: title, date, byline and blocks of text; what every importer produces.

/// An article as it was read, whatever form it came in.
///
/// The blocks, joined, hold every visible character of the body. What is not body (comment
/// furniture, teasers) is kept in `related` and `set_aside`, so that nothing that came in is lost.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Article {
    /// Canonical URL, else the author's id, else `text-` and a hash of title and blocks. Never empty.
    pub id: String,
    /// The headline; `None` where the input has none.
    pub title: Option<String>,
    /// The publication date, where the input names one.
    pub date: Option<Date>,
    /// Who wrote it, as written, without "By".
    pub byline: Option<String>,
    /// Name of the publishing site.
    pub site: Option<String>,
    /// BCP 47 tag of the text's language, given or detected; `None` where too little text tells.
    pub language: Option<String>,
    /// Reading direction of the text.
    pub direction: Direction,
    /// Where the article came from; http or https.
    pub source_url: Option<String>,
    /// The body, in order.
    pub blocks: Vec<Block>,
    /// Teasers of other articles that stood on the page; their quotations do not count.
    pub related: Vec<Related>,
    /// Furniture of the page that is no part of the article, in order.
    pub set_aside: Vec<SetAside>,
    /// What could not be read as it was meant.
    pub problems: Vec<Problem>,
}

/// A date as written and as a calendar day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Date {
    /// `YYYY-MM-DD`.
    pub iso: String,
    /// The words of the page, such as "Wednesday, January 12, 2022".
    pub written: String,
}

/// Reading direction of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Direction {
    /// Left to right.
    #[default]
    Ltr,
    /// Right to left.
    Rtl,
}

/// One block of the body: a run of text of one kind, with inline marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What kind of block it is.
    pub kind: BlockKind,
    /// The text, without line breaks except in [`BlockKind::Preformatted`]. Empty for images and rules.
    pub text: String,
    /// Emphasis, links and the like; ranges are bytes of `text`.
    pub marks: Vec<Mark>,
    /// Where pieces of `text` stood in the input, in order; empty where the input is not text.
    pub origin: Vec<Origin>,
}

/// The kinds of block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph,
    /// A heading inside the body; level 2 to 6.
    Heading(u8),
    /// An item of a list; neighbouring items form one list.
    ListItem {
        /// Its number in a numbered list; `None` in any other.
        number: Option<u32>,
        /// In how many further lists its own stands: 0 for an outermost one.
        depth: u8,
    },
    /// A block quotation.
    Quote,
    /// Text whose line breaks and spaces count.
    Preformatted,
    /// An image: its address, and its description in the block's `text`.
    Image {
        /// http, https or a raster `data:image` URL.
        url: String,
        /// Who made it, as written; shown with the image, and no part of the body.
        credit: Option<String>,
    },
    /// The caption of the image or the table before it.
    Caption,
    /// A cell of a table; neighbouring cells form one table, row by row.
    Cell {
        /// Whether it heads its row or column.
        header: bool,
        /// Whether a row begins with it.
        first: bool,
    },
    /// A thematic break.
    Rule,
}

/// An inline mark over a part of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What the mark means.
    pub kind: MarkKind,
}

/// The kinds of inline mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarkKind {
    /// Emphasis.
    Emphasis,
    /// Strong importance.
    Strong,
    /// Code.
    Code,
    /// A link; http, https, mailto or relative.
    Link(String),
}

/// From byte `at` of a block's text on, the text stood at byte `input` of the input, up to the next piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// Byte offset in the block's text.
    pub at: usize,
    /// Byte offset in the input.
    pub input: usize,
}

/// A half-open byte range on character boundaries of one block's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Index into [`Article::blocks`].
    pub block: usize,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// A teaser of another article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The label it stood under, such as "Politics".
    pub section: Option<String>,
    /// Its headline.
    pub title: String,
    /// Its first words, where shown.
    pub teaser: Option<String>,
}

/// A line of the page that is no part of the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// What it was taken for.
    pub kind: SetAsideKind,
    /// Its text as written.
    pub text: String,
    /// The block of [`Article::blocks`] before which it stood; their number where it stood after the last.
    pub before: usize,
}

/// Why a line was set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetAsideKind {
    /// "No comments:", "Post a Comment".
    Comments,
    /// "Share this", "Subscribe", "Sign up for our newsletter".
    Sharing,
    /// "Read more", "Continue reading".
    ReadMore,
    /// A label of a section or tag, such as "Politics".
    Label,
    /// A photo credit.
    Credit,
    /// "Advertisement".
    Advertisement,
    /// Site navigation, copyright lines, notes on cookies.
    Navigation,
}

/// Something in the input that could not be read as it was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where, if it is in a block.
    pub at: Option<Span>,
    /// What, in lower case, without a full stop.
    pub message: String,
}

impl Article {
    /// The text that `span` covers; empty where the span does not fit this article.
    ///
    /// ```
    /// use dixit_engine::{Article, Block, Span};
    /// let article = Article { blocks: vec![Block::paragraph("Hello")], ..Article::default() };
    /// assert_eq!(article.text(Span { block: 0, start: 0, end: 4 }), "Hell");
    /// assert_eq!(article.text(Span { block: 7, start: 0, end: 4 }), "");
    /// ```
    pub fn text(&self, span: Span) -> &str {
        self.blocks.get(span.block).and_then(|b| b.text.get(span.start..span.end)).unwrap_or("")
    }
}

impl Article {
    /// Puts the line `n` of [`Article::set_aside`] back into the body, as a paragraph where it stood; nothing
    /// happens where there is no such line.
    ///
    /// ```
    /// use dixit_engine::plain_text;
    /// let mut article = plain_text::read("The vote\n\nIt rained.\n\nNo comments:");
    /// article.put_back(0);
    /// assert_eq!(article.blocks[1].text, "No comments:");
    /// assert!(article.set_aside.is_empty());
    /// ```
    pub fn put_back(&mut self, n: usize) {
        if n >= self.set_aside.len() {
            return;
        }
        let line = self.set_aside.remove(n);
        let at = line.before.min(self.blocks.len());
        self.blocks.insert(at, Block::paragraph(line.text));
        for (i, other) in self.set_aside.iter_mut().enumerate() {
            // Of lines at the same place those after it stay after it.
            if other.before > at || other.before == at && i >= n {
                other.before += 1;
            }
        }
    }
}

impl BlockKind {
    /// Whether its text is words of the article, in which somebody may be quoted.
    ///
    /// Code, rules and the descriptions of images are not.
    pub fn is_prose(&self) -> bool {
        !matches!(self, BlockKind::Preformatted | BlockKind::Image { .. } | BlockKind::Rule)
    }
}

impl Block {
    /// A paragraph without marks.
    pub fn paragraph(text: impl Into<String>) -> Block {
        Block {
            kind: BlockKind::Paragraph,
            text: text.into(),
            marks: Vec::new(),
            origin: Vec::new(),
        }
    }

    /// The byte of the input at which byte `offset` of the text stood; `None` where the input was not text.
    pub fn to_input(&self, offset: usize) -> Option<usize> {
        let i = self.origin.partition_point(|o| o.at <= offset).checked_sub(1)?;
        let origin = self.origin.get(i)?;
        Some(origin.input + (offset - origin.at))
    }
}
