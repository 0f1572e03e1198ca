//! Whether two texts are versions of one article.

use crate::order::sorted;

/// From so much in common on, two texts are taken for versions of one article.
pub const SIMILAR: f64 = 0.5;

/// Shorter lines are in many articles.
const LEAST: usize = 20;

/// How much of the shorter of two texts stands in the other, line by line: from 0 to 1.
///
/// ```
/// use dixit_reader::comments::likeness;
/// let old = "The council met on Monday evening.\nIt decided nothing at all, again.";
/// let new = "The council met on Monday evening.\nIt decided nothing at all, again.\nCorrected at noon.";
/// assert_eq!(likeness(old, new), 1.0);
/// assert_eq!(likeness(old, "A wholly different article, about boats."), 0.0);
/// ```
pub fn likeness(a: &str, b: &str) -> f64 {
    let lines = |text: &'_ str| -> Vec<String> {
        let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        let long = text.lines().map(words).filter(|line| line.len() >= LEAST);
        sorted(long.collect(), |a, b| a < b)
    };
    let (a, b) = (lines(a), lines(b));
    let length = |lines: &[String]| lines.iter().map(String::len).sum::<usize>();
    let common: usize =
        a.iter().filter(|line| b.binary_search(line).is_ok()).map(String::len).sum();
    let shorter = length(&a).min(length(&b));
    if shorter == 0 { 0.0 } else { (common as f64 / shorter as f64).min(1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_told_from_other_articles() {
        let lines: Vec<String> =
            (0..20).map(|n| format!("Paragraph {n} of an article about something.")).collect();
        let text = |lines: &[String]| lines.join("\n\n");
        let old = text(&lines);
        assert_eq!(likeness(&old, &old.replace('\n', "\r\n  ")), 1.0);
        let edited: Vec<String> = lines
            .iter()
            .enumerate()
            .map(|(n, l)| if n < 8 { l.to_uppercase() } else { l.clone() })
            .collect();
        assert!(likeness(&old, &text(&edited)) > SIMILAR);
        assert!(likeness(&old, &text(&lines[..5])) > SIMILAR);
        let other = old.replace("something", "anything else");
        assert_eq!(likeness(&old, &other), 0.0);
        assert_eq!(likeness("", ""), 0.0);
        assert_eq!(likeness("Short.\nLines.", "Short.\nLines."), 0.0);
    }
}
