//! Knows the lines that web pages put around an article, by their exact words or their first words.

use crate::SetAsideKind;
use crate::case::{lower, lower_into, lowered};
use crate::text::trim_end;
use crate::words::{Hash, Words, key};

/// What a whole line is, by its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Furniture {
    Kind(SetAsideKind),
    /// Titles of other articles follow it.
    RelatedHeading,
}

/// What a line is by its first words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opening {
    Byline,
    Date,
    Set(SetAsideKind),
}

/// The kinds by the number that the table holds.
const KINDS: [(&str, Furniture); 8] = [
    ("comments", Furniture::Kind(SetAsideKind::Comments)),
    ("sharing", Furniture::Kind(SetAsideKind::Sharing)),
    ("read-more", Furniture::Kind(SetAsideKind::ReadMore)),
    ("label", Furniture::Kind(SetAsideKind::Label)),
    ("credit", Furniture::Kind(SetAsideKind::Credit)),
    ("advertisement", Furniture::Kind(SetAsideKind::Advertisement)),
    ("navigation", Furniture::Kind(SetAsideKind::Navigation)),
    ("related-heading", Furniture::RelatedHeading),
];

fn set_aside(name: &str) -> Option<SetAsideKind> {
    KINDS.iter().find(|(n, _)| *n == name).and_then(|(_, kind)| match kind {
        Furniture::Kind(kind) => Some(*kind),
        Furniture::RelatedHeading => None,
    })
}

/// The rows `KIND<TAB>text` of a data file.
fn rows(file: &str) -> impl Iterator<Item = (&str, &str)> {
    file.lines().filter_map(|l| l.split_once('\t')).map(|(kind, text)| (kind, text.trim()))
}

/// Longest line that is looked up, in bytes; the longest row has fewer.
const MAX_LINE: usize = 300;

/// The lines of page furniture of several languages, and the openings of others.
#[derive(Default)]
pub(crate) struct PageWords {
    lines: Words,
    /// The [`head`]s of these lines, since few paragraphs begin like one of them.
    heads: Words,
    /// Openings by their first characters.
    firsts: Words,
    openings: Vec<Vec<(String, Opening)>>,
}

impl PageWords {
    /// Adds the rows of a language's `furniture.txt` and `openings.txt`; of two rows with the same text
    /// the first counts.
    pub(crate) fn add(&mut self, lines: &str, openings: &str) {
        let number = |kind: &str| (0..).zip(KINDS).find(|(_, (n, _))| *n == kind).map(|(i, _)| i);
        for (kind, text) in rows(lines) {
            if let Some(n) = number(kind) {
                self.lines.entry(key(text), n);
                self.heads.entry(head(text), 0);
            }
        }
        for (kind, text) in rows(openings) {
            let kind = match kind {
                "byline" => Some(Opening::Byline),
                "date" => Some(Opening::Date),
                kind => set_aside(kind).map(Opening::Set),
            };
            let Some(kind) = kind else { continue };
            self.firsts.slot(&mut self.openings, first(text)).push((text.to_string(), kind));
        }
    }

    /// What the whole line `text` is; `None` for text.
    pub(super) fn line(&self, text: &str) -> Option<Furniture> {
        if text.len() > MAX_LINE || self.heads.of_key(head(text)).is_none() {
            return None;
        }
        let plain = plain(text);
        let numbered = with_number_signs(&plain);
        self.lines
            .get(&plain)
            .or_else(|| self.lines.get(&numbered))
            .or_else(|| self.lines.get(trim_end(&plain, ".…»→>› ")))
            .and_then(|i| KINDS.get(i as usize))
            .map(|(_, kind)| *kind)
            .or_else(|| section_heading(&plain, &self.lines))
    }

    /// The openings that begin as `text` does.
    fn like(&self, text: &str) -> impl Iterator<Item = &(String, Opening)> {
        let list = self.firsts.of_key(first(text)).and_then(|i| self.openings.get(i as usize));
        list.into_iter().flatten()
    }

    /// The longest opening of a kind that `text` begins with, its kind, and the rest of the text.
    fn longest<'t>(
        &self,
        text: &'t str,
        wanted: &dyn Fn(Opening) -> bool,
    ) -> Option<(Opening, &'t str)> {
        let fits = self.like(text).filter(|(_, kind)| wanted(*kind));
        fits.filter_map(|(opening, kind)| strip(text, opening).map(|rest| (*kind, rest)))
            .min_by_key(|(_, rest)| rest.len())
    }

    /// Forgets what stands around articles; dates and bylines are known still.
    pub(crate) fn forget(&mut self) {
        self.lines = Words::default();
        self.heads = Words::default();
        for list in &mut self.openings {
            list.retain(|(_, kind)| !matches!(kind, Opening::Set(_)));
        }
    }

    /// What a line is by its first words, and the rest of it; bylines and dates are not asked for here.
    pub(super) fn opening<'t>(&self, text: &'t str) -> Option<(Opening, &'t str)> {
        self.longest(text, &|kind| matches!(kind, Opening::Set(_)))
    }

    /// The rest of `text` after an opening of `kind`.
    pub(super) fn after_opening<'t>(&self, text: &'t str, kind: Opening) -> Option<&'t str> {
        self.longest(text, &|k| k == kind).map(|(_, rest)| rest)
    }

    /// Whether `text` is nothing but an opening of `kind`.
    pub(super) fn is_opening(&self, text: &str, kind: Opening) -> bool {
        let bare = |s: &str| lowered(trim_end(s, ": "));
        self.like(text).any(|(opening, k)| *k == kind && bare(opening) == bare(text))
    }
}

/// "More from Business": a row that ends with "#" stands for any short name.
fn section_heading(plain: &str, rows: &Words) -> Option<Furniture> {
    if plain.split(' ').count() > 6 {
        return None;
    }
    plain.match_indices(' ').find_map(|(at, _)| {
        let key = plain.get(..at)?.to_string() + " #";
        rows.get(&key)
            .and_then(|i| KINDS.get(i as usize))
            .map(|(_, kind)| *kind)
            .filter(|kind| *kind == Furniture::RelatedHeading)
    })
}

/// The key of a text's first character in lower case.
fn first(text: &str) -> u32 {
    text.chars().next().map_or(Hash::EMPTY, |c| Hash::EMPTY.char(lower(c))).key()
}

/// The key of a line's first word: in lower case, numbers as "#", without the marks that lines are looked up
/// without.
fn head(text: &str) -> u32 {
    let word = text.split_whitespace().next().unwrap_or("");
    let (mut hash, mut last) = (Hash::EMPTY, ' ');
    for c in trim_end(word, ":.…»→>›").chars() {
        let c = if c.is_numeric() { '#' } else { lower(c) };
        if c != '#' || last != '#' {
            hash = hash.char(c);
        }
        last = c;
    }
    hash.key()
}

/// In lower case, single spaces, without a final colon.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        lower_into(word, &mut out);
    }
    out.truncate(trim_end(&out, ": ").len());
    out
}

/// Every number as "#".
fn with_number_signs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if !c.is_numeric() {
            out.push(c);
        } else if !out.ends_with('#') {
            out.push('#');
        }
    }
    out
}

/// The rest of `text` after `opening`, if it begins with it as whole words.
fn strip<'t>(text: &'t str, opening: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    let mut wanted = opening.chars().peekable();
    while let Some(&w) = wanted.peek() {
        // French sets a space before the colon.
        let at = rest.as_str();
        let c = if w == ':' { at.trim_start() } else { at }.chars().next()?;
        if w == ':' {
            rest = at.trim_start().chars();
        }
        rest.next();
        let same = c == w || lower(c) == lower(w) || w == ' ' && c == '\u{a0}';
        if !same {
            return None;
        }
        wanted.next();
    }
    let rest = rest.as_str();
    let whole = opening.ends_with(|c: char| !c.is_alphanumeric())
        || rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
    whole.then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Languages;

    #[test]
    fn every_row_is_understood() {
        for entry in std::fs::read_dir("lexicon").expect("the lexicon") {
            let folder = entry.expect("an entry").path();
            let read = |name: &str| {
                let text = std::fs::read_to_string(folder.join(name)).unwrap_or_default();
                let kept: Vec<_> = text.lines().filter(|l| !l.starts_with('#')).collect();
                kept.join("\n")
            };
            for (kind, text) in rows(&read("furniture.txt")) {
                assert!(KINDS.iter().any(|(n, _)| *n == kind), "{kind} {text}");
                assert!(
                    text.len() <= MAX_LINE && !text.is_empty() && plain(text) == text,
                    "{text}"
                );
            }
            for (kind, text) in rows(&read("openings.txt")) {
                let known = set_aside(kind).is_some() || matches!(kind, "byline" | "date");
                assert!(known && !text.is_empty(), "{kind} {text}");
            }
        }
    }

    #[test]
    fn lines_are_known_by_their_words() {
        let page = &Languages::built_in().page;
        let comments = Some(Furniture::Kind(SetAsideKind::Comments));
        assert_eq!(page.line("No comments:"), comments);
        assert_eq!(page.line("12 Comments"), comments);
        assert_eq!(page.line("More from Business"), Some(Furniture::RelatedHeading));
        assert_eq!(page.line("\"No comment.\""), None);
        assert_eq!(page.line(""), None);
    }
}
