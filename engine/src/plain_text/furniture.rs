//! Knows the lines that web pages put around an article, by their exact words or their first words.

use std::sync::OnceLock;

use crate::SetAsideKind;
use crate::case::{lower, lowered};
use crate::text::trim_end;
use crate::words::Words;

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
fn rows(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    file.lines().filter_map(|l| l.split_once('\t')).map(|(kind, text)| (kind, text.trim()))
}

const LINES: &str = include_str!(concat!(env!("OUT_DIR"), "/furniture.txt"));
const OPENINGS: &str = include_str!(concat!(env!("OUT_DIR"), "/furniture-openings.txt"));

/// Longest line that is looked up, in bytes; the longest row has fewer.
const MAX_LINE: usize = 300;

/// What the whole line `text` is; `None` for text.
pub(super) fn line(text: &str) -> Option<Furniture> {
    static ROWS: OnceLock<Words> = OnceLock::new();
    if text.len() > MAX_LINE {
        return None;
    }
    let rows = ROWS.get_or_init(|| {
        let number = |kind: &str| (0..).zip(KINDS).find(|(_, (n, _))| *n == kind).map(|(i, _)| i);
        let mut all = Words::default();
        for (kind, text) in rows(LINES) {
            all.entry(text, number(kind).unwrap_or(0));
        }
        all
    });
    let plain = plain(text);
    let numbered = with_number_signs(&plain);
    rows.get(&plain)
        .or_else(|| rows.get(&numbered))
        .or_else(|| rows.get(trim_end(&plain, ".…»→>› ")))
        .and_then(|i| KINDS.get(i as usize))
        .map(|(_, kind)| *kind)
        .or_else(|| section_heading(&plain, rows))
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

/// In lower case, single spaces, without a final colon.
fn plain(text: &str) -> String {
    let lower = lowered(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    trim_end(&lower, ": ").to_string()
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

fn openings() -> &'static [(&'static str, Opening)] {
    static ROWS: OnceLock<Vec<(&'static str, Opening)>> = OnceLock::new();
    ROWS.get_or_init(|| {
        rows(OPENINGS)
            .filter_map(|(kind, text)| {
                let kind = match kind {
                    "byline" => Opening::Byline,
                    "date" => Opening::Date,
                    "related-heading" => return None,
                    kind => Opening::Set(set_aside(kind)?),
                };
                Some((text, kind))
            })
            .collect()
    })
}

/// The longest opening of a kind that `text` begins with, its kind, and the rest of the text.
fn longest(text: &str, wanted: impl Fn(Opening) -> bool) -> Option<(Opening, &str)> {
    let fits = openings().iter().filter(|(_, kind)| wanted(*kind));
    fits.filter_map(|(opening, kind)| strip(text, opening).map(|rest| (*kind, rest)))
        .min_by_key(|(_, rest)| rest.len())
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

/// What a line is by its first words, and the rest of it; bylines and dates are not asked for here.
pub(super) fn opening(text: &str) -> Option<(Opening, &str)> {
    longest(text, |kind| matches!(kind, Opening::Set(_)))
}

/// The rest of `text` after an opening of `kind`.
pub(super) fn after_opening(text: &str, kind: Opening) -> Option<&str> {
    longest(text, |k| k == kind).map(|(_, rest)| rest)
}

/// Whether `text` is nothing but an opening of `kind`.
pub(super) fn is_opening(text: &str, kind: Opening) -> bool {
    let bare = |s: &str| lowered(trim_end(s, ": "));
    openings().iter().any(|(opening, k)| *k == kind && bare(opening) == bare(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_understood() {
        for (kind, text) in rows(LINES) {
            assert!(set_aside(kind).is_some() || kind == "related-heading", "{kind} {text}");
            assert!(text.len() <= MAX_LINE && !text.is_empty() && plain(text) == text, "{text}");
        }
        for (kind, text) in rows(OPENINGS) {
            let known =
                set_aside(kind).is_some() || matches!(kind, "byline" | "date" | "related-heading");
            assert!(known && !text.is_empty(), "{kind} {text}");
        }
    }

    #[test]
    fn lines_are_known_by_their_words() {
        assert_eq!(line("No comments:"), Some(Furniture::Kind(SetAsideKind::Comments)));
        assert_eq!(line("12 Comments"), Some(Furniture::Kind(SetAsideKind::Comments)));
        assert_eq!(line("More from Business"), Some(Furniture::RelatedHeading));
        assert_eq!(line("\"No comment.\""), None);
        assert_eq!(line(""), None);
    }
}
