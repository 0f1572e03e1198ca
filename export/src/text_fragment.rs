//! Links that show words on the page that they came from (<https://wicg.github.io/scroll-to-text-fragment/>).

use dixit_engine::Article;

use crate::row::{Part, Row};

/// From this many letters on, a passage is given by its first and last words.
const LONG: usize = 100;
/// How many words are given at each end of a long passage, and before and after an ambiguous one.
const ENDS: usize = 5;

/// The link to `url` that shows the words of `row` there, one directive a part: `#:~:text=…`.
///
/// The marks around the words are left out: pages write them in other ways than articles do that were copied from
/// them. A long part is given by its first and last words, and one whose words come more than once in the article
/// with the words before and after it. Where no letter or digit is left, the link is `url`.
pub fn link(url: &str, article: &Article, row: &Row) -> String {
    let directives: Vec<String> =
        row.parts.iter().filter_map(|part| directive(article, part)).collect();
    if directives.is_empty() {
        return url.to_owned();
    }
    // What stands before in the fragment stays: it may be a place of the page, too.
    let url = url.split(":~:").next().unwrap_or(url);
    let hash = if url.contains('#') { "" } else { "#" };
    [url, hash, ":~:", &directives.join("&")].concat()
}

fn directive(article: &Article, part: &Part) -> Option<String> {
    let n = part.paragraph.checked_sub(1)?;
    let block = &article.blocks.get(n)?.text;
    let from = block.char_indices().nth(part.start).map_or(block.len(), |(at, _)| at);
    let mut words = bare(&part.words);
    if words.is_empty() {
        return None;
    }
    let start = from + part.words.find(words)?;
    let (mut before, mut after) = ("", "");
    // A range begins where its first words come first.
    let (first, _) = ends(words);
    if article.blocks.iter().map(|b| b.text.matches(first).count()).sum::<usize>() > 1 {
        // Nothing but spaces may stand between the words and those around them, so marks belong to these.
        let is_mark = |c: char| !c.is_alphanumeric();
        before = last_words(block.get(..start)?).trim_start_matches(is_mark).trim_end();
        after = first_words(block.get(start + words.len()..)?).trim_end_matches(is_mark);
        after = after.trim_start();
        if before.is_empty() && after.is_empty() {
            // The whole paragraph; no word around it may come from two paragraphs.
            words = part.words.trim();
            let other = |n: usize| article.blocks.get(n).map_or("", |b| b.text.trim());
            before = last_words(n.checked_sub(1).map_or("", other)).trim_start_matches(is_mark);
            after = first_words(other(n + 1)).trim_end_matches(is_mark);
        }
    }
    let mut text = String::from("text=");
    if !before.is_empty() {
        text.extend([&encoded(before), "-,"]);
    }
    let (first, last) = ends(words);
    text.push_str(&encoded(first));
    if let Some(last) = last {
        text.extend([",", &encoded(last)]);
    }
    if !after.is_empty() {
        text.extend([",-", &encoded(after)]);
    }
    Some(text)
}

/// The passage from its first to its last letter or digit.
fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphanumeric())
}

/// The whole of a short passage; the first and the last words of a long one.
fn ends(words: &str) -> (&str, Option<&str>) {
    if words.chars().count() <= LONG {
        return (words, None);
    }
    let (first, last) = (first_words(words).trim(), last_words(words).trim());
    if first.len() + last.len() >= words.len() { (words, None) } else { (first, Some(last)) }
}

fn first_words(text: &str) -> &str {
    let start = text.len() - text.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let mut spaces = text.match_indices(char::is_whitespace).filter(|(at, _)| *at > start);
    spaces.nth(ENDS - 1).map_or(text, |(at, _)| text.get(..at).unwrap_or(text))
}

fn last_words(text: &str) -> &str {
    let end = text.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    let mut spaces = text.rmatch_indices(char::is_whitespace).filter(|(at, _)| *at < end);
    let space = spaces.nth(ENDS - 1);
    space.map_or(text, |(at, c)| text.get(at + c.len()..).unwrap_or(text))
}

/// Percent-encoded, with all that means something in a directive: the hyphen, the comma and the ampersand.
fn encoded(text: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            for digit in [byte >> 4, byte & 15] {
                encoded.push(DIGITS.get(usize::from(digit)).map_or('0', |&d| char::from(d)));
            }
        }
    }
    encoded
}
