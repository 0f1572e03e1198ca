//! Reads articles from whatever form they come in: HTML pages and pieces of them, Markdown, feeds, JSON-LD,
//! Dixit's own JSON and text in any encoding.
//!
//! [`import`] tells the form by content and answers an [`Article`] of typed blocks, or a [`Feed`] of them.
//! Scripts, styles, forms and frames do not exist in that model, and links and images only with addresses
//! that are safe to follow. Time and memory are linear in the input, whose limit is [`MAX_BYTES`].
//!
//! ```
//! use dixit_import::{Imported, Input, import};
//! let page = "<title>Harbour vote</title><article><h1>Harbour vote</h1><p>“It is over,” said Ann Lee.</p></article>";
//! let Ok(Imported::Article(article)) = import(&Input::new(page.as_bytes())) else { panic!("a page") };
//! assert_eq!(article.title.as_deref(), Some("Harbour vote"));
//! assert_eq!(article.blocks[0].text, "“It is over,” said Ann Lee.");
//! ```

#![deny(missing_docs)]

mod blocks;
mod encoding;
#[cfg(feature = "feeds")]
mod feed;
mod flat;
mod front_matter;
mod html;
mod json_ld;
mod kind;
#[cfg(feature = "markdown")]
mod markdown;
mod tree;

use std::fmt;
use std::sync::OnceLock;

use dixit_engine::{Article, BlockKind, Languages, MarkKind, Origin, Problem, format, plain_text};

#[cfg(feature = "markdown")]
pub use front_matter::front_matter;
use kind::Kind;

/// The most that is read, in bytes.
pub const MAX_BYTES: usize = 2_000_000;

/// What came in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Input<'a> {
    /// The bytes.
    pub bytes: &'a [u8],
    /// The name of the file, where there is one.
    pub name: Option<&'a str>,
    /// The `Content-Type` under which it came, where there is one.
    pub content_type: Option<&'a str>,
    /// The absolute address that it came from, which relative links are relative to.
    pub url: Option<&'a str>,
    /// Whether it is a piece of a page, as the clipboard has it, all of which is wanted.
    pub is_fragment: bool,
    /// Whether an author wrote it to be an article: then no line of plain text or Markdown is taken for
    /// the furniture of a page.
    pub is_own: bool,
}

impl<'a> Input<'a> {
    /// Bytes of which nothing else is known.
    pub fn new(bytes: &'a [u8]) -> Input<'a> {
        Input { bytes, ..Input::default() }
    }
}

/// What an input held.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "an input has one, and it is moved once")]
pub enum Imported {
    /// One article; it has at least one block.
    Article(Article),
    /// A feed; it has at least one entry.
    Feed(Feed),
}

/// A feed that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Feed {
    /// What it is called.
    pub title: Option<String>,
    /// Its entries, in its order.
    pub entries: Vec<Entry>,
}

/// One entry of a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The article, as far as the feed has it.
    pub article: Article,
    /// Whether the feed has only a summary of it.
    pub summary_only: bool,
}

/// Why an input was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// More than [`MAX_BYTES`].
    TooLarge,
    /// No words in it.
    Empty,
    /// No text; what it is, where its bytes tell.
    NotText(Option<&'static str>),
    /// A form that we know, and broken; the form and what is wrong.
    Malformed(&'static str, String),
    /// JSON that is no article: neither JSON-LD nor a feed nor Dixit's.
    OtherJson,
    /// Data about an article, without its text.
    NoBody,
    /// An article file of a newer version of Dixit; its number.
    Newer(u32),
    /// A form or an encoding that this build leaves out: see the crate's features.
    NotBuiltIn,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::TooLarge => write!(f, "larger than 2 MB"),
            Refused::Empty => write!(f, "there is no text in it"),
            Refused::NotText(Some(kind)) => write!(f, "no text but {kind}"),
            Refused::NotText(None) => write!(f, "no text"),
            Refused::Malformed(form, cause) => write!(f, "not readable as {form}: {cause}"),
            Refused::OtherJson => write!(f, "JSON, but no article, feed or JSON-LD"),
            Refused::NoBody => write!(f, "data about an article, without its text"),
            Refused::NotBuiltIn => write!(f, "a form or an encoding that this build leaves out"),
            Refused::Newer(version) => write!(f, "written by a newer version (format {version})"),
        }
    }
}

impl std::error::Error for Refused {}

/// Reads an article or a feed. The form is told by content first, then by name and type.
pub fn import(input: &Input<'_>) -> Result<Imported, Refused> {
    if input.bytes.len() > MAX_BYTES {
        return Err(Refused::TooLarge);
    }
    if let Some(kind) = encoding::not_text(input.bytes) {
        return Err(Refused::NotText(Some(kind).filter(|k| !k.is_empty())));
    }
    let text = encoding::text(input.bytes, input.content_type).ok_or(Refused::NotBuiltIn)?;
    if text.trim().is_empty() {
        return Err(Refused::Empty);
    }
    let url = input.url.and_then(|url| blocks::parse(url, None).ok());
    let url = url.filter(|url| matches!(url.scheme(), "http" | "https"));
    let kind = match input.is_fragment {
        true => Kind::Fragment,
        false => kind::kind(&text, input.name, input.content_type),
    };
    let mut article = match kind {
        Kind::Page => html::page(&text, url.as_ref()),
        Kind::Fragment => {
            let blocks = html::fragment(&text, url.as_ref());
            let mut article = Article { blocks, ..Article::default() };
            entitle(&mut article);
            sorted(article, languages())
        }
        #[cfg(not(feature = "markdown"))]
        Kind::Markdown => return Err(Refused::NotBuiltIn),
        #[cfg(feature = "markdown")]
        Kind::Markdown => markdown::article(&text, url.as_ref(), languages_of(input)),
        #[cfg(not(feature = "feeds"))]
        Kind::XmlFeed | Kind::JsonFeed => return Err(Refused::NotBuiltIn),
        #[cfg(feature = "feeds")]
        Kind::XmlFeed | Kind::JsonFeed => {
            let feed = feed::read(&text, url.as_ref());
            let feed = feed.map_err(|cause| Refused::Malformed("a feed", cause))?;
            return match feed.entries.is_empty() {
                true => Err(Refused::Empty),
                false => Ok(Imported::Feed(feed)),
            };
        }
        Kind::JsonLd(value) => {
            let article = json_ld::article(&value).ok_or(Refused::NoBody)?;
            sorted(article, languages())
        }
        Kind::Dixit => match format::read(&text) {
            Ok((article, _)) => safe(article),
            Err(format::FormatError::Newer(version)) => return Err(Refused::Newer(version)),
            Err(error) => return Err(Refused::Malformed("an article file", error.to_string())),
        },
        Kind::OtherJson(Some(cause)) => return Err(Refused::Malformed("JSON", cause)),
        Kind::OtherJson(None) => return Err(Refused::OtherJson),
        Kind::Text => plain_text::read_with(&text, languages_of(input)),
    };
    if article.blocks.iter().all(|block| block.text.is_empty()) && article.title.is_none() {
        return Err(Refused::Empty);
    }
    if article.source_url.is_none()
        && let Some(url) = url
    {
        article.id = url.as_str().to_owned();
        article.source_url = Some(url.into());
    }
    Ok(Imported::Article(article))
}

/// What is known of pages in every language; read once.
fn languages() -> &'static Languages {
    static LANGUAGES: OnceLock<Languages> = OnceLock::new();
    LANGUAGES.get_or_init(Languages::of_pages)
}

/// What is known of pages, or of an author's own texts.
fn languages_of(input: &Input<'_>) -> &'static Languages {
    static OWN: OnceLock<Languages> = OnceLock::new();
    if input.is_own { OWN.get_or_init(Languages::of_own_texts) } else { languages() }
}

/// Takes what is no part of the article out of its blocks; where nothing would be left it all stays.
fn sorted(mut article: Article, languages: &Languages) -> Article {
    // The first level is the headline's.
    for block in &mut article.blocks {
        if let BlockKind::Heading(level) = &mut block.kind {
            *level = (*level).max(2);
        }
    }
    let mut sorted = plain_text::sort_out(article.clone(), languages);
    let is_english = sorted.language.as_deref().is_some_and(|tag| tag.starts_with("en"));
    if let Some(date) = sorted.date.as_mut().filter(|date| is_english && date.iso == date.written) {
        date.written = in_words(&date.iso).unwrap_or_else(|| date.iso.clone());
    }
    if sorted.blocks.iter().any(|block| !block.text.is_empty()) {
        return sorted;
    }
    Article {
        blocks: article.blocks,
        set_aside: article.set_aside,
        related: article.related,
        ..sorted
    }
}

/// A machine's date as English articles write it: "5 March 2024".
fn in_words(iso: &str) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let mut parts = iso.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let month = MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?)?;
    Some([day.trim_start_matches('0'), " ", month, " ", year.trim_start_matches('0')].concat())
}

/// Takes the headline from the first heading, where it stands before all text and no other is like it.
fn entitle(article: &mut Article) {
    let level = |kind: &BlockKind| match kind {
        BlockKind::Heading(level) => Some(*level),
        _ => None,
    };
    let first = article.blocks.iter().position(|b| b.kind.is_prose() && !b.text.is_empty());
    let heading = first.and_then(|n| Some((n, level(&article.blocks.get(n)?.kind)?)));
    if article.title.is_none()
        && let Some((n, own)) = heading
    {
        let alone =
            !article.blocks.iter().skip(n + 1).any(|b| level(&b.kind).is_some_and(|l| l <= own));
        if alone || own == 1 {
            article.title = Some(article.blocks.remove(n).text);
            for line in &mut article.set_aside {
                line.before -= usize::from(line.before > n);
            }
        }
    }
}

/// An article that somebody else's program wrote, without addresses that are not safe.
fn safe(mut article: Article) -> Article {
    let is_web = |url: &String| blocks::link(url, None).is_some_and(|u| u.starts_with("http"));
    article.source_url = article.source_url.filter(is_web);
    for block in &mut article.blocks {
        block.marks.retain(|mark| match &mark.kind {
            MarkKind::Link(url) => blocks::link(url, None).is_some(),
            _ => true,
        });
        if let BlockKind::Image { url, .. } = &mut block.kind
            && blocks::image(url, None).is_none()
        {
            url.clear();
        }
    }
    article
}

/// The text of an article's body, its blocks joined by blank lines, without images and rules.
///
/// The blocks then lead back to it, as [`dixit_engine::Block::to_input`] has it.
///
/// ```
/// use dixit_engine::{Article, Block};
/// let blocks = ["Rain.", "More rain."].map(Block::paragraph).into();
/// let mut article = Article { blocks, ..Article::default() };
/// assert_eq!(dixit_import::body_text(&mut article), "Rain.\n\nMore rain.");
/// assert_eq!(article.blocks[1].to_input(0), Some(7));
/// ```
pub fn body_text(article: &mut Article) -> String {
    let mut text = String::new();
    for block in &mut article.blocks {
        block.origin.clear();
        if matches!(block.kind, BlockKind::Image { .. } | BlockKind::Rule) || block.text.is_empty()
        {
            continue;
        }
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        block.origin.push(Origin { at: 0, input: text.len() });
        text.push_str(&block.text);
    }
    text
}

fn problem(message: &str) -> Problem {
    Problem { at: None, message: message.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dixit_engine::{Block, SetAside, SetAsideKind};

    #[test]
    fn the_headline_is_the_first_heading_and_lines_keep_their_places() {
        let heading =
            |level, text: &str| Block { kind: BlockKind::Heading(level), ..Block::paragraph(text) };
        let line = |before| SetAside { kind: SetAsideKind::Sharing, text: "Share".into(), before };
        let blocks = vec![heading(1, "Vote"), Block::paragraph("It rained."), heading(1, "Later")];
        let set_aside = vec![line(0), line(1), line(3)];
        let mut article = Article { blocks, set_aside, ..Article::default() };
        entitle(&mut article);
        assert_eq!(article.title.as_deref(), Some("Vote"));
        assert_eq!(article.blocks, [Block::paragraph("It rained."), heading(1, "Later")]);
        assert_eq!(sorted(article.clone(), languages()).blocks[1], heading(2, "Later"));
        let places: Vec<usize> = article.set_aside.iter().map(|line| line.before).collect();
        assert_eq!(places, [0, 0, 2]);
        // Of several alike none is the headline of all.
        let blocks = vec![heading(3, "One"), Block::paragraph("a"), heading(3, "Two")];
        let mut article = Article { blocks, ..Article::default() };
        entitle(&mut article);
        assert_eq!((article.title, article.blocks.len()), (None, 3));
    }
}
