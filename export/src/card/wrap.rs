//! Words into lines, by measure.

/// The lines of `text`, at most `n_most` of them; a word that is wider than a line is broken where it must be, as
/// languages are that write no spaces.
pub(super) fn wrapped(
    text: &str,
    room: f64,
    n_most: usize,
    width: &dyn Fn(&str) -> f64,
) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = if line.is_empty() { word.to_owned() } else { [&line, " ", word].concat() };
        if width(&longer) <= room {
            line = longer;
            continue;
        }
        if !line.is_empty() && width(word) <= room {
            lines.push(std::mem::replace(&mut line, word.to_owned()));
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            for c in word.chars() {
                line.push(c);
                if width(&line) > room {
                    line.pop();
                    lines.push(std::mem::replace(&mut line, c.to_string()));
                }
                if lines.len() >= n_most {
                    return lines;
                }
            }
        }
        if lines.len() >= n_most {
            return lines;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn no_line_is_wider_than_its_room_and_no_letter_is_lost() {
        let width = |text: &str| text.chars().count() as f64;
        for (text, room, expected) in [
            ("one two three", 7.0, &["one two", "three"][..]),
            ("one", 7.0, &["one"]),
            ("", 7.0, &[]),
            ("abcdefghij", 4.0, &["abcd", "efgh", "ij"]),
            ("a bcdefgh i", 4.0, &["a bc", "defg", "h i"]),
            ("a  b", 0.5, &["", "a ", "b"]),
        ] {
            let lines = wrapped(text, room, 99, &width);
            if room >= 1.0 {
                assert_eq!(lines, expected);
            }
            let letters = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            assert_eq!(letters(&lines.concat()), letters(text));
        }
        assert_eq!(wrapped("a b c d", 1.0, 2, &width).len(), 2);
    }
}
