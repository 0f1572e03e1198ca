//! Knows the lines that web pages put around an article, by their exact words or their first words.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::SetAsideKind;

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

fn set_aside(name: &str) -> Option<SetAsideKind> {
    Some(match name {
        "comments" => SetAsideKind::Comments,
        "sharing" => SetAsideKind::Sharing,
        "read-more" => SetAsideKind::ReadMore,
        "label" => SetAsideKind::Label,
        "credit" => SetAsideKind::Credit,
        "advertisement" => SetAsideKind::Advertisement,
        "navigation" => SetAsideKind::Navigation,
        _ => return None,
    })
}

/// The rows `KIND<TAB>text` of a data file.
fn rows(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    file.lines()
        .filter(|l| !l.starts_with("# ") && *l != "#")
        .filter_map(|l| l.split_once('\t'))
        .map(|(kind, text)| (kind, text.trim()))
}

const LINES: &str = include_str!("../../lexicon/furniture.txt");
const OPENINGS: &str = include_str!("../../lexicon/furniture-openings.txt");

/// Longest line that is looked up, in bytes; the longest row has fewer.
const MAX_LINE: usize = 300;

/// What the whole line `text` is; `None` for text.
pub(super) fn line(text: &str) -> Option<Furniture> {
    static ROWS: OnceLock<HashMap<&'static str, Furniture>> = OnceLock::new();
    if text.len() > MAX_LINE {
        return None;
    }
    let rows = ROWS.get_or_init(|| {
        rows(LINES)
            .filter_map(|(kind, text)| {
                let kind = match kind {
                    "related-heading" => Furniture::RelatedHeading,
                    kind => Furniture::Kind(set_aside(kind)?),
                };
                Some((text, kind))
            })
            .collect()
    });
    let plain = plain(text);
    let numbered = with_number_signs(&plain);
    rows.get(plain.as_str())
        .or_else(|| rows.get(numbered.as_str()))
        .or_else(|| rows.get(plain.trim_end_matches(['.', '…', '»', '→', '>', '›', ' '])))
        .copied()
        .or_else(|| section_heading(&plain, rows))
}

/// "More from Business": a row that ends with "#" stands for any short name.
fn section_heading(plain: &str, rows: &HashMap<&'static str, Furniture>) -> Option<Furniture> {
    let words: Vec<&str> = plain.split(' ').collect();
    if words.len() > 6 {
        return None;
    }
    (1..words.len()).rev().find_map(|n| {
        let key = format!("{} #", words[..n].join(" "));
        rows.get(key.as_str()).copied().filter(|f| *f == Furniture::RelatedHeading)
    })
}

/// In lower case, single spaces, without a final colon.
fn plain(text: &str) -> String {
    let lower = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    lower.trim_end_matches([':', ' ']).to_string()
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
        let mut all: Vec<_> = rows(OPENINGS)
            .filter_map(|(kind, text)| {
                let kind = match kind {
                    "byline" => Opening::Byline,
                    "date" => Opening::Date,
                    "related-heading" => return None,
                    kind => Opening::Set(set_aside(kind)?),
                };
                Some((text, kind))
            })
            .collect();
        all.sort_by_key(|(text, _)| std::cmp::Reverse(text.len()));
        all
    })
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
        let same = c == w || c.to_lowercase().eq(w.to_lowercase()) || w == ' ' && c == '\u{a0}';
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
    openings()
        .iter()
        .filter(|(_, kind)| matches!(kind, Opening::Set(_)))
        .find_map(|(opening, kind)| strip(text, opening).map(|rest| (*kind, rest)))
}

/// The rest of `text` after an opening of `kind`.
pub(super) fn after_opening(text: &str, kind: Opening) -> Option<&str> {
    openings().iter().filter(|(_, k)| *k == kind).find_map(|(opening, _)| strip(text, opening))
}

/// Whether `text` is nothing but an opening of `kind`.
pub(super) fn is_opening(text: &str, kind: Opening) -> bool {
    let bare = |s: &str| s.trim_end_matches([':', ' ']).to_lowercase();
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
