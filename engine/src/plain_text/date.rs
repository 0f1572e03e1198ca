//! Finds a calendar day in a short line, in words and in digits.

use std::ops::Range;

use crate::case::lowered;
use crate::text::{self, has, is_any};
use crate::words::{Words, key, lower_key};

/// A day, and where its words stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Bytes of the words, weekday included.
    pub(super) range: Range<usize>,
    /// `YYYY-MM-DD`.
    pub(super) iso: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    Month(u32),
    Weekday,
}

/// The names of months, by number, and of weekdays, as 0, in several languages.
#[derive(Default)]
pub(crate) struct Days(Words);

impl Days {
    /// Adds the rows of a language's `months.txt`.
    pub(crate) fn add(&mut self, rows: &str) {
        for line in rows.lines() {
            let mut cells = line.split('\t');
            let month = cells.next().and_then(|what| what.parse().ok()).unwrap_or(0);
            for word in cells {
                // "mar" is March in English and Tuesday in French: the month wins.
                let slot = self.0.entry(key(word), month);
                *slot = (*slot).max(month);
            }
        }
    }
}

#[derive(Debug, Clone)]
struct Part {
    range: Range<usize>,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number { value: u32, digits: usize },
    Name(Name),
    Word,
}

fn parts(text: &str, days: &Days) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (true, Some(s)) => {
                // "5th" and "5月" are a number and a word.
                let digit = text::part(text, s..at).bytes().all(|b| b.is_ascii_digit());
                if digit != c.is_ascii_digit() {
                    out.push(part(text, s..at, days));
                    start = Some(at);
                }
            }
            (false, Some(s)) => {
                out.push(part(text, s..at, days));
                start = None;
            }
            (false, None) => {}
        }
    }
    out
}

fn part(text: &str, range: Range<usize>, days: &Days) -> Part {
    let word = text.get(range.clone()).unwrap_or("");
    let kind = match word.parse() {
        Ok(value) if word.len() <= 4 => Kind::Number { value, digits: word.len() },
        _ => match days.0.of_key(lower_key(word)) {
            Some(0) => Kind::Name(Name::Weekday),
            Some(month) => Kind::Name(Name::Month(month)),
            None => Kind::Word,
        },
    };
    Part { range, kind }
}

/// The first day in `text`.
pub(super) fn find(text: &str, days: &Days) -> Option<Found> {
    let parts = parts(text, days);
    let day = |k: Kind| match k {
        Kind::Number { value: d @ 1..=31, digits: 1..=2 } => Some(d),
        _ => None,
    };
    let year = |k: Kind| match k {
        Kind::Number { value: y @ 1000..=2999, digits: 4 } => Some(y),
        _ => None,
    };
    let month = |k: Kind| match k {
        Kind::Name(Name::Month(m)) => Some(m),
        _ => None,
    };
    let numeric_month = |k: Kind| match k {
        Kind::Number { value: m @ 1..=12, digits: 1..=2 } => Some(m),
        _ => None,
    };
    let between = |i: usize, sep: &str| {
        let gap = parts
            .get(i)
            .zip(parts.get(i + 1))
            .and_then(|(a, b)| text.get(a.range.end..b.range.start));
        gap.is_some_and(|g| !g.is_empty() && text::holds(sep, g.trim()) && g.trim().len() == 1)
    };
    // Small words between: "5 de marzo de 2024", "5th of March".
    let solid: Vec<usize> = (0..parts.len())
        .filter(|&i| {
            parts[i].kind != Kind::Word || !is_link(text::part(text, parts[i].range.clone()))
        })
        .collect();
    for w in solid.windows(3) {
        let [a, b, c] = [w[0], w[1], w[2]];
        let k = |i: usize| parts[i].kind;
        let hit = if let (Some(m), Some(d), Some(y)) = (month(k(a)), day(k(b)), year(k(c))) {
            Some((y, m, d))
        } else if let (Some(d), Some(m), Some(y)) = (day(k(a)), month(k(b)), year(k(c))) {
            Some((y, m, d))
        } else if let (Some(y), Some(m), Some(d)) =
            (year(k(a)), month(k(b)).or(numeric_month(k(b))), day(k(c)))
        {
            (between(a, "-./") && between(b, "-./") || month(k(b)).is_some()).then_some((y, m, d))
        } else if let (Some(d), Some(m), Some(y)) = (day(k(a)), numeric_month(k(b)), year(k(c))) {
            // 05.03.2024 is the fifth of March everywhere; 3/25/2024 can only be American.
            between(a, ".")
                .then_some((y, m, d))
                .or_else(|| (between(a, "/-") && between(b, "/-")).then_some((y, m, d)))
        } else if let (Some(m), Some(d), Some(y)) = (numeric_month(k(a)), day(k(b)), year(k(c))) {
            (between(a, "/") && between(b, "/")).then_some((y, m, d))
        } else {
            None
        };
        if let Some((y, m, d)) = hit.filter(|&(y, m, d)| d <= days_in(y, m)) {
            let mut start = parts[a].range.start;
            if let Some(before) = a.checked_sub(1).and_then(|i| parts.get(i)) {
                let gap = text.get(before.range.end..start).unwrap_or("x");
                if before.kind == Kind::Name(Name::Weekday)
                    && gap.chars().all(|c| has(" ,.\u{a0}", c))
                {
                    start = before.range.start;
                }
            }
            let mut end = parts[c].range.end;
            if year(k(c)).is_some() && text::from(text, end).starts_with('.') {
                end += 1;
            }
            // Russian writes "2024 г."
            if text::from(text, end).starts_with(" г.") {
                end += " г.".len();
            }
            return Some(Found { range: start..end, iso: format!("{y:04}-{m:02}-{d:02}") });
        }
    }
    None
}

fn is_link(word: &str) -> bool {
    is_any(&lowered(word), "de del of the st nd rd th er г year do da og º ª")
}

fn days_in(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// `text` without a time of day: "at 9:12 AM", "um 14.30 Uhr", "14:30 BST".
pub(super) fn without_time(text: &str) -> String {
    let words = text.split_whitespace().filter(|word| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let clock = bare.chars().any(|c| has(":.h", c))
            && bare.chars().filter(char::is_ascii_digit).count() >= 2
            && bare
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | 'h' | 'a' | 'p' | 'm'));
        let zone =
            bare.len() >= 2 && bare.len() <= 4 && bare.chars().all(|c| c.is_ascii_uppercase());
        let small = matches!(
            lowered(bare).as_str(),
            "at" | "um"
                | "uhr"
                | "à"
                | "a"
                | "las"
                | "às"
                | "alle"
                | "ore"
                | "om"
                | "o"
                | "godz"
                | "в"
                | "u"
                | "у"
                | "во"
                | "am"
                | "pm"
                | "a.m"
                | "p.m"
                | "saat"
                | "г"
                | "h"
                | ""
        );
        !(clock || zone || small)
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_found() {
        for (text, expected) in [
            ("Wednesday, January 12, 2022", Some(("Wednesday, January 12, 2022", "2022-01-12"))),
            ("30 June 2024", Some(("30 June 2024", "2024-06-30"))),
            ("Posted on March 5, 2024 by Ann", Some(("March 5, 2024", "2024-03-05"))),
            ("среда, 10. април 2024.", Some(("среда, 10. април 2024.", "2024-04-10"))),
            ("martes, 5 de marzo de 2024", Some(("martes, 5 de marzo de 2024", "2024-03-05"))),
            ("2024-03-05", Some(("2024-03-05", "2024-03-05"))),
            ("05.03.2024", Some(("05.03.2024", "2024-03-05"))),
            ("3/25/2024", Some(("3/25/2024", "2024-03-25"))),
            ("the 5th of March 2024", Some(("5th of March 2024", "2024-03-05"))),
            ("30 February 2024", None),
            ("in March 2024", None),
            ("1.5 million", None),
            ("", None),
        ] {
            let found = find(text, &crate::Languages::built_in().days)
                .map(|f| (text[f.range].to_string(), f.iso));
            let found = found.as_ref().map(|(a, b)| (a.as_str(), b.as_str()));
            assert_eq!(found, expected, "{text}");
        }
    }
}
