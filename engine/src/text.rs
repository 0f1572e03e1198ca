//! Questions about words and texts that every module asks; here once, since each use of the standard
//! library's generic patterns adds a copy of their code to the module, and an index into a text the words
//! for where it cannot be cut.

use std::ops::Range;

/// Whether `word` is one of the words of `list`, which stand apart by spaces.
pub(crate) fn is_any(word: &str, list: &str) -> bool {
    !word.is_empty() && list.as_bytes().split(|&b| b == b' ').any(|w| w == word.as_bytes())
}

/// Whether `text` begins with one of the characters of `any_of`.
pub(crate) fn starts_in(text: &str, any_of: &str) -> bool {
    text.chars().next().is_some_and(|c| has(any_of, c))
}

/// Whether `text` ends with one of the characters of `any_of`.
pub(crate) fn ends_in(text: &str, any_of: &str) -> bool {
    text.chars().next_back().is_some_and(|c| has(any_of, c))
}

/// `text` without the characters of `any_of` at its end.
pub(crate) fn trim_end<'t>(text: &'t str, any_of: &str) -> &'t str {
    text.trim_end_matches(|c| has(any_of, c))
}

/// `text` without the characters of `any_of` at its start.
pub(crate) fn trim_start<'t>(text: &'t str, any_of: &str) -> &'t str {
    text.trim_start_matches(|c| has(any_of, c))
}

/// What `text` holds in `range`; nothing where that is no part of it.
pub(crate) fn part(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or("")
}

/// The first `end` bytes of `text`.
pub(crate) fn until(text: &str, end: usize) -> &str {
    part(text, 0..end)
}

/// `text` without its first `start` bytes.
pub(crate) fn from(text: &str, start: usize) -> &str {
    part(text, start..text.len())
}

/// The parts of `text` between separators of one byte, from its end on.
pub(crate) fn parts_back(text: &str, separator: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let at = text.bytes().rposition(|b| b == separator);
        rest = at.map(|at| until(text, at));
        Some(at.map_or(text, |at| from(text, at + 1)))
    })
}

/// Whether `text` holds `part`; for short texts.
pub(crate) fn holds(text: &str, part: &str) -> bool {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    part.is_empty() || text.windows(part.len()).any(|w| w.first() == part.first() && w == part)
}

/// Whether `c` is one of the characters of `any_of`.
pub(crate) fn has(any_of: &str, c: char) -> bool {
    any_of.chars().any(|a| a == c)
}

/// A multiple of the bytes that processors look at together, from the start of `bytes`, in which none is
/// `wanted`.
pub(crate) fn plain_start(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> usize {
    const TOGETHER: usize = 16;
    let plain = |chunk: &&[u8]| !chunk.iter().fold(false, |any, &b| any | wanted(b));
    bytes.chunks_exact(TOGETHER).take_while(plain).count() * TOGETHER
}
