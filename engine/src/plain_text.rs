//! Reads a text as people paste it from a page: headline, date, byline, body, and what stands around it.

mod date;
mod furniture;
mod lines;

use crate::language::{Guess, guess};
use crate::languages::Languages;
use crate::text::{ends_in, has, starts_in, trim_end, trim_start};
use crate::words::Hash;
use crate::{
    Article, Block, BlockKind, Date, Direction, Origin, Related, SetAside, SetAsideKind, id,
};
pub(crate) use date::Days;
pub(crate) use furniture::PageWords;
use furniture::{Furniture, Opening};
use lines::{Given, Paragraph};

/// Reads `text` as an article. Never fails: an empty text gives an article without blocks.
///
/// Every visible character of `text` is in the title, the date, the byline, a block, `related` or
/// `set_aside`, but for the words that introduce them ("By") and the marks of list items.
///
/// ```
/// let page = "Tuesday, March 5, 2024\n\nHarbour vote\n\nThe council met.\n\nNo comments:\n\nPost a Comment";
/// let article = dixit_engine::plain_text::read(page);
/// assert_eq!(article.title.as_deref(), Some("Harbour vote"));
/// assert_eq!(article.date.unwrap().iso, "2024-03-05");
/// assert_eq!(article.blocks.len(), 1);
/// assert_eq!(article.set_aside.len(), 2);
/// ```
pub fn read(text: &str) -> Article {
    read_with(text, Languages::built_in())
}

/// [`read`] with languages of the caller's choice: of those, furniture and dates are known.
pub fn read_with(text: &str, languages: &Languages) -> Article {
    let paragraphs = lines::paragraphs(text, &languages.days);
    identified(sorted(Article::default(), &paragraphs, languages))
}

/// `article` with the paragraphs in their places.
fn sorted(article: Article, paragraphs: &[Paragraph], languages: &Languages) -> Article {
    let mut page = Page { article, paragraphs, languages };
    let body = page.head();
    page.body(body);
    page.article
}

/// Reads `text` as the body of an article and nothing else: each line with a visible character is
/// one paragraph, and no line is taken for a headline, a date, a byline or furniture.
///
/// For texts that were cut out of their page already, as corpora and feeds hold them: every
/// quotation anywhere in `text` counts, and [`Block::to_input`] leads each offset back to its byte
/// in `text`. Only the space around a line stays out of the blocks. The title is `None`; who knows
/// it sets it, and the names in it then help to tell the speakers.
///
/// ```
/// let text = "Vote lost\r\n\r\n\t“It is over,” said Ann Lee.\r\nShare this";
/// let article = dixit_engine::plain_text::body(text);
/// assert_eq!(article.blocks.len(), 3);
/// let quotation = &article.blocks[1];
/// assert_eq!(quotation.text, "“It is over,” said Ann Lee.");
/// assert_eq!(quotation.to_input(0), text.find('“'));
/// ```
pub fn body(text: &str) -> Article {
    let mut blocks = Vec::new();
    lines::each(text, |at, line| {
        if !line.is_empty() {
            let origin = vec![Origin { at: 0, input: at }];
            blocks.push(Block { origin, ..Block::paragraph(line) });
        }
    });
    identified(Article { blocks, ..Article::default() })
}

/// Takes out of the blocks of `article` what is no part of it, as [`read`] does for a text: lines with
/// its date and byline, page furniture, teasers. For importers of pages, feeds and documents, whose
/// forms say already which block is a heading or a list. Title, date, byline, language and id that
/// `article` has stay as they are; those that it lacks are found.
///
/// ```
/// use dixit_engine::{Article, Block, Languages, plain_text};
/// let blocks = ["Harbour vote", "March 5, 2024", "The council met.", "Share this", "It rained."];
/// let article = Article {
///     title: Some("Harbour vote".into()),
///     blocks: blocks.map(Block::paragraph).into(),
///     ..Article::default()
/// };
/// let article = plain_text::sort_out(article, Languages::built_in());
/// assert_eq!(article.date.unwrap().iso, "2024-03-05");
/// assert_eq!(article.blocks.len(), 2);
/// assert_eq!((article.set_aside[0].text.as_str(), article.set_aside[0].before), ("Share this", 1));
/// ```
pub fn sort_out(mut article: Article, languages: &Languages) -> Article {
    let mut up_to = 0;
    let paragraph = |block: Block| {
        up_to += block.text.len();
        Paragraph {
            text: block.text.clone(),
            item: matches!(block.kind, BlockKind::ListItem { .. }).then_some(None),
            origin: Vec::new(),
            given: Some(Given { block, up_to }),
        }
    };
    let paragraphs: Vec<Paragraph> =
        std::mem::take(&mut article.blocks).into_iter().map(paragraph).collect();
    // Lines that the importer set aside stand between the blocks that it gave.
    let given = std::mem::take(&mut article.set_aside);
    let mut article = sorted(article, &paragraphs, languages);
    // Blocks keep their order: each that is left is met on the way, and counts before what follows it.
    let mut n_left = vec![0];
    for given in paragraphs.iter().filter_map(|p| p.given.as_ref()) {
        let n = n_left.last().copied().unwrap_or(0);
        let is_left = article.blocks.get(n) == Some(&given.block);
        n_left.push(n + usize::from(is_left));
    }
    let n_blocks = article.blocks.len();
    let moved = |before: usize| n_left.get(before).copied().unwrap_or(n_blocks);
    article.set_aside.extend(given.into_iter().map(|s| SetAside { before: moved(s.before), ..s }));
    article.set_aside.sort_by_key(|line| line.before);
    identified(article)
}

/// Adds what follows from title and blocks, where it is not known: language, direction and id.
fn identified(mut article: Article) -> Article {
    let all = || article.blocks.iter().map(|b| b.text.as_str()).chain(article.title.as_deref());
    if article.language.is_none()
        && let Guess::Known(tag) = guess(&mut all())
    {
        article.language = Some(tag.to_string());
    }
    article.direction = direction(all());
    if !article.id.is_empty() {
        return article;
    }
    let title = article.title.as_deref().into_iter();
    let identity =
        id::words(Hash::EMPTY, title.chain(article.blocks.iter().map(|b| b.text.as_str())));
    article.id = ["text-", &id::written(identity), &id::written(identity.byte(b'\n'))].concat();
    article
}

/// Whether `line` is nothing but the credit of a photograph, such as "Photo: Ann Lee".
///
/// ```
/// use dixit_engine::{Languages, plain_text::is_credit};
/// assert!(is_credit("Photograph: Ann Lee/Agency", Languages::built_in()));
/// assert!(!is_credit("The harbour at dawn.", Languages::built_in()));
/// ```
pub fn is_credit(line: &str, languages: &Languages) -> bool {
    opening_kind(languages, line) == Some(SetAsideKind::Credit)
}

/// What a line is that stands around an article, by its words; `None` for any other.
///
/// ```
/// use dixit_engine::{Languages, SetAsideKind, plain_text::furniture};
/// assert_eq!(furniture("Share this", Languages::built_in()), Some(SetAsideKind::Sharing));
/// assert_eq!(furniture("The council met.", Languages::built_in()), None);
/// ```
pub fn furniture(line: &str, languages: &Languages) -> Option<SetAsideKind> {
    match languages.page.line(line) {
        Some(Furniture::Kind(kind)) => Some(kind),
        Some(Furniture::RelatedHeading) => Some(SetAsideKind::Navigation),
        None => opening_kind(languages, line),
    }
}

struct Page<'a> {
    article: Article,
    paragraphs: &'a [Paragraph],
    languages: &'a Languages,
}

/// A headline is at most this long, in characters; longer first lines are body.
const MAX_TITLE: usize = 220;
/// A section label is at most this long.
const MAX_LABEL: usize = 32;

impl Page<'_> {
    fn text(&self, i: usize) -> &str {
        self.paragraphs.get(i).map_or("", |p| &p.text)
    }

    fn set_aside(&mut self, i: usize, kind: SetAsideKind) {
        let text = self.text(i).to_string();
        let before = self.article.blocks.len();
        self.article.set_aside.push(SetAside { kind, text, before });
    }

    /// Reads what stands before the body: where the body begins.
    fn head(&mut self) -> usize {
        let mut i = 0;
        while i < self.paragraphs.len() {
            if self.article.title.is_none() && self.is_title(i) {
                self.article.title = Some(self.text(i).to_string());
            } else if !self.is_line(i) {
                // A picture may stand above the date.
                self.block(i);
            } else if self.given(i).is_some() && self.article.title.as_deref() == Some(self.text(i))
            {
                // It is in the title already.
            } else if !self.head_line(i) {
                break;
            }
            i += 1;
        }
        i
    }

    /// Takes one line of the head: date, byline, credit, label, furniture.
    fn head_line(&mut self, i: usize) -> bool {
        let text = self.text(i);
        if let Some((date, rest)) =
            self.article.date.is_none().then(|| date_line(self.languages, text)).flatten()
        {
            self.article.date = Some(date);
            match rest {
                Some(other) if self.article.byline.is_some() => {
                    let kind = SetAsideKind::Navigation;
                    self.article.set_aside.push(SetAside { kind, text: other, before: 0 });
                }
                Some(byline) => self.article.byline = Some(byline),
                None => {}
            }
            return true;
        }
        if let Some(byline) =
            self.article.byline.is_none().then(|| byline(self.languages, text)).flatten()
        {
            self.article.byline = Some(byline);
            return true;
        }
        let again = || {
            date_line(self.languages, text).is_some()
                || self.given(i).is_some() && byline(self.languages, text).is_some()
        };
        let kind = match self.languages.page.line(text) {
            Some(Furniture::Kind(kind)) => Some(kind),
            Some(Furniture::RelatedHeading) => Some(SetAsideKind::Navigation),
            None => opening_kind(self.languages, text)
                .or_else(|| again().then_some(SetAsideKind::Navigation)),
        };
        let kind = kind.or_else(|| {
            (self.article.title.is_none() && self.is_label(i)).then_some(SetAsideKind::Label)
        });
        if let Some(kind) = kind {
            self.set_aside(i, kind);
        }
        kind.is_some()
    }

    /// A headline: short, without a full stop, no furniture, and with a body after it or alone.
    fn is_title(&self, i: usize) -> bool {
        let text = self.text(i);
        self.given(i).is_none() && is_headline(text) && self.plain(i) && !self.is_label(i)
    }

    fn given(&self, i: usize) -> Option<&Given> {
        self.paragraphs.get(i)?.given.as_ref()
    }

    /// Whether it may be furniture: what came in as a quotation, a table or code is what it is.
    fn is_line(&self, i: usize) -> bool {
        self.given(i).is_none_or(|given| {
            use BlockKind::{Heading, ListItem, Paragraph};
            matches!(given.block.kind, Paragraph | ListItem { .. } | Heading(_))
        })
    }

    /// Whether the article ends before paragraph `i`, which stands over comments or other articles.
    ///
    /// Of a text nothing else tells. Of other inputs the importer has left out most of what follows,
    /// and such a line may stand in a box between two paragraphs: then more of the body is to come.
    fn ends_before(&self, i: usize) -> bool {
        let Some(given) = self.given(i) else { return true };
        let all = self.paragraphs.last().and_then(|p| p.given.as_ref()).map_or(0, |g| g.up_to);
        2 * (all - given.up_to) <= given.up_to
    }

    /// Neither date, byline, furniture nor a list item.
    fn plain(&self, i: usize) -> bool {
        let text = self.text(i);
        self.paragraphs.get(i).is_some_and(|p| p.item.is_none())
            && self.languages.page.line(text).is_none()
            && opening_kind(self.languages, text).is_none()
            && date_line(self.languages, text).is_none()
            && byline(self.languages, text).is_none()
    }

    /// A section label: one to three words before the headline.
    fn is_label(&self, i: usize) -> bool {
        let text = self.text(i);
        let short = text.chars().count() <= MAX_LABEL && text.split_whitespace().count() <= 3;
        if self.given(i).is_some() || !short || !is_headline(text) || ends_in(text, "?!:") {
            return false;
        }
        // The headline follows, then the body.
        let next = (i + 1..self.paragraphs.len()).find(|&k| self.plain(k));
        next.is_some_and(|k| {
            let title = self.text(k);
            is_headline(title)
                && title.split_whitespace().count() > 3
                && (k + 1..self.paragraphs.len()).any(|n| ends_sentence(self.text(n)))
        })
    }

    /// Reads the body from paragraph `start` on, and what stands after it.
    fn body(&mut self, start: usize) {
        // Whether titles of other articles stand here, in a box between two paragraphs.
        let mut related = false;
        for i in start..self.paragraphs.len() {
            if !self.is_line(i) {
                self.block(i);
                continue;
            }
            let line = self.languages.page.line(self.text(i));
            if matches!(
                line,
                Some(Furniture::Kind(SetAsideKind::Comments) | Furniture::RelatedHeading)
            ) && !self.article.blocks.is_empty()
                && self.ends_before(i)
            {
                return self.tail(i);
            }
            related = match line {
                Some(Furniture::RelatedHeading) => self.given(i).is_some(),
                _ => related && is_headline(self.text(i)),
            };
            match line {
                Some(Furniture::Kind(kind)) => self.set_aside(i, kind),
                Some(Furniture::RelatedHeading) => self.set_aside(i, SetAsideKind::Navigation),
                None => match opening_kind(self.languages, self.text(i)) {
                    Some(kind) => self.set_aside(i, kind),
                    None if related => {
                        let title = self.text(i).to_string();
                        self.article.related.push(Related { section: None, title, teaser: None });
                    }
                    None => self.block(i),
                },
            }
        }
    }

    fn block(&mut self, i: usize) {
        let Some(p) = self.paragraphs.get(i) else { return };
        if let Some(given) = &p.given {
            return self.article.blocks.push(given.block.clone());
        }
        let kind = match p.item {
            Some(number) => BlockKind::ListItem { number, depth: 0 },
            None if self.is_heading(i) => BlockKind::Heading(2),
            None => BlockKind::Paragraph,
        };
        let origin = p.origin.iter().map(|&(at, input)| Origin { at, input }).collect();
        self.article.blocks.push(Block { kind, text: p.text.clone(), marks: Vec::new(), origin });
    }

    /// A heading inside the body: a short line without any stop, between paragraphs.
    fn is_heading(&self, i: usize) -> bool {
        let text = self.text(i);
        let n = text.chars().count();
        let follows = || {
            self.paragraphs.get(i + 1).is_some_and(|p| {
                p.text.chars().count() > 2 * n && self.languages.page.line(&p.text).is_none()
            })
        };
        n <= 80
            && text.split_whitespace().count() <= 10
            // Many scripts have no capitals.
            && text.chars().next().is_some_and(|c| c.is_alphanumeric() && !c.is_lowercase())
            && text.chars().next_back().is_some_and(|c| c.is_alphanumeric() || has("?؟？", c))
            && !self.article.blocks.is_empty()
            && follows()
    }

    /// Reads what stands after the body: comments, labels and teasers of other articles.
    fn tail(&mut self, start: usize) {
        let all = start..self.paragraphs.len();
        let is =
            |i: usize, wanted: Option<SetAsideKind>| match self.languages.page.line(self.text(i)) {
                Some(Furniture::Kind(kind)) => wanted.is_none_or(|w| w == kind),
                _ => false,
            };
        // Readers' comments stand between the first and the last line of comment furniture.
        let comments: Vec<usize> =
            all.clone().filter(|&i| is(i, Some(SetAsideKind::Comments))).collect();
        let (first, last) = (comments.first().copied(), comments.last().copied());
        let mut section: Option<String> = None;
        // The heading that no title has followed yet.
        let mut heading: Option<usize> = None;
        let mut fresh = false;
        for i in all {
            let text = self.text(i).to_string();
            if text.is_empty() {
                continue;
            }
            match self.languages.page.line(&text) {
                Some(Furniture::Kind(kind)) => self.set_aside(i, kind),
                Some(Furniture::RelatedHeading) => {
                    section = Some(text.trim_end_matches(':').trim_end().to_string());
                    if let Some(empty) = heading.replace(i) {
                        self.set_aside(empty, SetAsideKind::Navigation);
                    }
                    fresh = false;
                }
                None if first.is_some_and(|f| f < i) && last.is_some_and(|l| i < l) => {
                    self.set_aside(i, SetAsideKind::Comments);
                }
                None => {
                    if let Some(kind) = opening_kind(self.languages, &text) {
                        self.set_aside(i, kind);
                    } else if is_teaser(&text) && fresh {
                        if let Some(related) = self.article.related.last_mut() {
                            related.teaser = Some(text);
                        }
                        fresh = false;
                    } else if self.labels_a_teaser(i) {
                        section = Some(text);
                        if let Some(empty) = heading.take() {
                            self.set_aside(empty, SetAsideKind::Navigation);
                        }
                        fresh = false;
                    } else {
                        let related =
                            Related { section: section.clone(), title: text, teaser: None };
                        self.article.related.push(related);
                        heading = None;
                        fresh = true;
                    }
                }
            }
        }
        if let Some(empty) = heading {
            self.set_aside(empty, SetAsideKind::Navigation);
        }
    }

    /// A label after the body: short, and a headline follows it.
    fn labels_a_teaser(&self, i: usize) -> bool {
        let text = self.text(i);
        let next = self.text(i + 1);
        text.chars().count() <= MAX_LABEL
            && text.split_whitespace().count() <= 3
            && !next.is_empty()
            && self.plain(i + 1)
            && is_headline(next)
            && next.split_whitespace().count() > 3
    }
}

fn is_headline(text: &str) -> bool {
    let n = text.chars().count();
    n > 0 && n <= MAX_TITLE && !ends_sentence(text) && !starts_lower(text) && !is_dialogue(text)
}

fn starts_lower(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_lowercase) && text.chars().count() > 100
}

/// A line that is speech with its credit is body, however short.
fn is_dialogue(text: &str) -> bool {
    let quoted = starts_in(text, "\"“„«");
    quoted && ends_in(trim_end(text, "\"”“»"), ".,")
}

/// Ends as sentences do.
fn ends_sentence(text: &str) -> bool {
    let bare = trim_end(text, "\"”“»’')");
    ends_in(bare, ".…。") && !bare.ends_with("..")
        || bare.ends_with("...") && bare.chars().count() > 60
}

fn is_teaser(text: &str) -> bool {
    text.ends_with("...") || text.ends_with('…') || text.ends_with("[…]") || ends_sentence(text)
}

/// A line that is a date, with at most an introduction, a time and a byline: the date, and who wrote.
fn date_line(languages: &Languages, text: &str) -> Option<(Date, Option<String>)> {
    if text.chars().count() > 120 {
        return None;
    }
    let found = date::find(text, &languages.days)?;
    let (before, after) = (text.get(..found.range.start)?, text.get(found.range.end..)?);
    let before = trim_end(before.trim(), ",:|·•—-").trim();
    let introduced = before.is_empty() || languages.page.is_opening(before, Opening::Date);
    let lead_byline = byline(languages, before);
    let after = date::without_time(after);
    let after = after.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | '|' | '·' | '•' | '—' | '–' | '-' | '.')
    });
    let trailing = if after.is_empty() { Some(None) } else { byline(languages, after).map(Some) };
    let date = Date { iso: found.iso, written: text.get(found.range)?.to_string() };
    match (introduced, lead_byline, trailing) {
        (true, _, Some(byline)) => Some((date, byline)),
        (false, Some(byline), Some(None)) => Some((date, Some(byline))),
        // "Published 3 May 2024 · 4 min read"
        (true, _, None)
            if !before.is_empty()
                && after.split_whitespace().count() <= 4
                && !ends_sentence(after) =>
        {
            Some((date, None))
        }
        _ => None,
    }
}

/// "By Ann Lee": who wrote it. Short, with capitals, and no sentence.
fn byline(languages: &Languages, text: &str) -> Option<String> {
    if text.chars().count() > 100 || ends_sentence(text) {
        return None;
    }
    let rest = languages.page.after_opening(text, Opening::Byline)?.trim_start_matches(':').trim();
    let mut words = rest.split_whitespace();
    let capital =
        |w: &str| w.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_alphabetic());
    let first = words.next()?;
    let capitals = rest.split_whitespace().filter(|w| capital(w)).count();
    let n = rest.split_whitespace().count();
    (capital(first) && n <= 12 && capitals * 2 >= n && !rest.chars().any(|c| has("?!\"“", c)))
        .then(|| rest.to_string())
}

/// Furniture by its first words: credits, "Read more: …", copyright lines.
fn opening_kind(languages: &Languages, text: &str) -> Option<SetAsideKind> {
    if text.chars().count() > 200 {
        return None;
    }
    let (kind, rest) = languages.page.opening(text)?;
    let rest = trim_start(rest, ": \u{a0}");
    match kind {
        Opening::Byline | Opening::Date => None,
        Opening::Set(SetAsideKind::Navigation) => Some(SetAsideKind::Navigation),
        // A sentence that begins with such words is text.
        Opening::Set(kind) => {
            let sentence = ends_sentence(text) && kind != SetAsideKind::Credit
                || ends_sentence(text) && rest.chars().count() > 80;
            (!sentence).then_some(kind)
        }
    }
}

/// Right to left, if most letters are.
fn direction<'a>(texts: impl Iterator<Item = &'a str>) -> Direction {
    let (mut rtl, mut ltr) = (0_usize, 0_usize);
    for c in texts.flat_map(str::chars).filter(|c| c.is_alphabetic()).take(500) {
        match c {
            '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' => rtl += 1,
            _ => ltr += 1,
        }
    }
    if rtl > ltr { Direction::Rtl } else { Direction::Ltr }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn what_has_no_field_is_set_aside() {
        for (page, lost) in [
            ("The vote\n\nIt rains.\n\nRelated", "Related"),
            (
                "The vote\n\nIt rains.\n\nMore from Business\n\nRelated\n\nA bridge",
                "More from Business",
            ),
            ("By Ann Lee\n\nThe vote\n\nMarch 5, 2024 by Bo Ray\n\nIt rains.", "Bo Ray"),
        ] {
            let article = read(page);
            assert!(article.set_aside.iter().any(|s| s.text == lost), "{article:?}");
        }
    }
}
