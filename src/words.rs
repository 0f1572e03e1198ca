//! Counts words, finds some, and cuts a text after its first ones, in scripts with and without spaces.

/// The number of words in `text`: pieces between spaces that hold a letter or digit, and each
/// ideograph or kana by itself, as word processors count.
pub fn count(text: &str) -> usize {
    ends(text).count()
}

/// The byte at which the first `n` words of `text` end; its length where it has no more.
pub fn first(text: &str, n: usize) -> usize {
    let Some(last) = n.checked_sub(1) else { return 0 };
    ends(text).nth(last).unwrap_or(text.len())
}

/// Whether `part` stands in `text`; the standard library's search is quicker, and much more code.
pub(crate) fn holds(text: &str, part: &str) -> bool {
    text.as_bytes().windows(part.len().max(1)).any(|bytes| bytes == part.as_bytes())
}

/// The byte at which each word ends, with the punctuation that clings to it.
fn ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let mut in_word = false;
        loop {
            let Some((at, c)) = chars.next() else {
                return in_word.then(|| {
                    in_word = false;
                    text.len()
                });
            };
            let end = at + c.len_utf8();
            let next = chars.peek().map(|&(_, c)| c);
            if is_whole_word(c) {
                return Some(end);
            }
            in_word |= c.is_alphanumeric();
            if in_word && next.is_none_or(|n| n.is_whitespace() || is_whole_word(n)) {
                return Some(end);
            }
        }
    })
}

/// Characters of scripts that put no spaces between words.
fn is_whole_word(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
        && c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_and_cut_after() {
        for (text, n, first_two) in [
            ("", 0, ""),
            (" – ", 0, " – "),
            ("one", 1, "one"),
            ("“We will not – ever – go.”", 5, "“We will"),
            ("  two   spaces ", 2, "  two   spaces"),
            ("wait... what?! no", 3, "wait... what?!"),
            ("don't re-do it", 3, "don't re-do"),
            ("「我们不同意」", 5, "「我们"),
            ("3,000 troops", 2, "3,000 troops"),
        ] {
            assert_eq!(count(text), n, "{text}");
            assert_eq!(&text[..first(text, 2)], first_two, "{text}");
        }
        assert_eq!(first("any", 0), 0);
    }
}
