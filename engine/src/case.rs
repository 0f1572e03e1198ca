//! Lower case for Latin, Greek and Cyrillic, without the 7 kB (brotli) of the standard library's tables.

/// `c` in lower case; unchanged where it has none or belongs to another script.
pub(crate) fn lower(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let n = u32::from(c);
    let even = |n: u32| n + u32::from(n.is_multiple_of(2));
    let odd = |n: u32| n + u32::from(!n.is_multiple_of(2));
    let lower = match n {
        0xc0..=0xd6 | 0xd8..=0xde | 0x391..=0x3a1 | 0x3a3..=0x3ab | 0x410..=0x42f => n + 32,
        0x130 => 0x69,
        0x178 => 0xff,
        0x100..=0x137 | 0x14a..=0x177 | 0x200..=0x21f | 0x222..=0x233 => even(n),
        0x139..=0x148 | 0x179..=0x17e | 0x1cd..=0x1dc => odd(n),
        0x386 => 0x3ac,
        0x388..=0x38a => n + 37,
        0x38c => 0x3cc,
        0x38e | 0x38f => n + 63,
        0x400..=0x40f => n + 80,
        0x460..=0x481 | 0x48a..=0x4bf | 0x4d0..=0x52f | 0x1e00..=0x1e95 | 0x1ea0..=0x1eff => {
            even(n)
        }
        _ => n,
    };
    char::from_u32(lower).unwrap_or(c)
}

/// `text` in lower case.
pub(crate) fn lowered(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    lower_into(text, &mut out);
    out
}

/// Adds `text` in lower case to `out`.
pub(crate) fn lower_into(text: &str, out: &mut String) {
    if text.is_ascii() {
        let from = out.len();
        out.push_str(text);
        if let Some(added) = out.get_mut(from..) {
            added.make_ascii_lowercase();
        }
    } else {
        out.extend(text.chars().map(lower));
    }
}

/// Whether two texts are the same but for capitals.
pub(crate) fn is_same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.is_ascii() && a.eq_ignore_ascii_case(b)
        || a.chars().map(lower).eq(b.chars().map(lower))
}

/// `text` with its first letter in lower case.
pub(crate) fn lower_first(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    out.extend(chars.next().map(lower));
    out.push_str(chars.as_str());
    out
}

#[cfg(test)]
mod tests {
    use super::lower;

    #[test]
    fn the_scripts_of_our_word_lists_agree_with_the_standard_library() {
        let blocks = [
            0..0x180,
            0x200..0x220,
            0x386..0x3ce,
            0x400..0x482,
            0x48a..0x4c0,
            0x4d0..0x530,
            0x1e00..0x1e96,
            0x1ea0..0x1f00,
        ];
        for c in blocks.into_iter().flatten().filter_map(char::from_u32) {
            let mut standard = c.to_lowercase();
            let (first, rest) = (standard.next(), standard.next());
            // Turkish İ is "i" and a dot in the standard library; Kai symbol and the like stay.
            if rest.is_none() && !matches!(c, '\u{37f}' | '\u{3cf}' | 'ẞ') && first != Some(c) {
                assert_eq!(Some(lower(c)), first, "{c} {:x}", u32::from(c));
            }
            if c.is_lowercase() {
                assert_eq!(lower(c), c, "{:x}", u32::from(c));
            }
        }
    }
}
