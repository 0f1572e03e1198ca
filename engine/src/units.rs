//! Converts byte offsets to Unicode code points and back, and to UTF-16: the one place that does.

/// The byte and code point positions of one text, in step.
///
/// Both directions answer in logarithmic time after one linear pass; texts in ASCII keep no table.
#[derive(Debug, Clone)]
pub struct Units {
    /// Byte offset of every 64th code point; empty for ASCII.
    every: Vec<usize>,
    len: usize,
}

const STEP: usize = 64;

impl Units {
    /// Reads `text` once.
    ///
    /// ```
    /// let text = "„Ja“, sagte er";
    /// let units = dixit_engine::Units::new(text);
    /// assert_eq!(units.to_code_points(text, 8), Some(4));
    /// assert_eq!(units.to_bytes(text, 4), Some(8));
    /// assert_eq!(units.to_bytes(text, 99), None);
    /// ```
    pub fn new(text: &str) -> Units {
        let every = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().step_by(STEP).map(|(at, _)| at).collect()
        };
        Units { every, len: text.len() }
    }

    /// The number of code points before byte `at`; `None` where `at` is no character boundary of `text`.
    pub fn to_code_points(&self, text: &str, at: usize) -> Option<usize> {
        if at > self.len || !text.is_char_boundary(at) {
            return None;
        }
        if self.every.is_empty() {
            return Some(at);
        }
        let i = self.every.partition_point(|&b| b <= at).saturating_sub(1);
        let from = self.every.get(i).copied().unwrap_or(0);
        Some(i * STEP + text.get(from..at)?.chars().count())
    }

    /// The byte at which code point `n` begins; `None` past the end.
    pub fn to_bytes(&self, text: &str, n: usize) -> Option<usize> {
        if self.every.is_empty() {
            return (n <= self.len).then_some(n);
        }
        let from = self.every.get(n / STEP).copied().or((n == 0).then_some(0));
        let Some(from) = from else {
            // The end of the text may be the first code point of a step that has none.
            let last = *self.every.last()?;
            let n_last = (self.every.len() - 1) * STEP;
            return (n_last + text.get(last..)?.chars().count() == n).then_some(self.len);
        };
        let rest = text.get(from..)?;
        let mut left = n % STEP;
        for (at, _) in rest.char_indices() {
            if left == 0 {
                return Some(from + at);
            }
            left -= 1;
        }
        (left == 0).then_some(self.len)
    }
}

/// The byte and UTF-16 positions of one text, in step; costs what [`Units`] costs.
#[derive(Debug, Clone)]
pub struct Utf16Units {
    /// Byte and UTF-16 offset of every 64th character; empty for ASCII.
    every: Vec<(usize, usize)>,
}

impl Utf16Units {
    /// Reads `text` once.
    ///
    /// ```
    /// let text = "🎉 “Ja”";
    /// let units = dixit_engine::Utf16Units::new(text);
    /// assert_eq!(units.to_utf16(text, 5), Some(3));
    /// assert_eq!(units.to_utf16(text, 1), None);
    /// ```
    pub fn new(text: &str) -> Utf16Units {
        let mut every = Vec::new();
        if !text.is_ascii() {
            let mut n = 0;
            for (i, (at, c)) in text.char_indices().enumerate() {
                if i % STEP == 0 {
                    every.push((at, n));
                }
                n += c.len_utf16();
            }
        }
        Utf16Units { every }
    }

    /// The number of UTF-16 code units before byte `at`; `None` where `at` is no character boundary of `text`.
    pub fn to_utf16(&self, text: &str, at: usize) -> Option<usize> {
        if self.every.is_empty() {
            return (at <= text.len()).then_some(at);
        }
        let i = self.every.partition_point(|&(byte, _)| byte <= at).checked_sub(1)?;
        let &(byte, n) = self.every.get(i)?;
        Some(n + text.get(byte..at)?.encode_utf16().count())
    }
}

#[cfg(test)]
mod tests {
    use super::{Units, Utf16Units};

    #[test]
    fn every_boundary_goes_there_and_back() {
        for text in ["", "plain", "„Ä“ 🎉 x", &"é".repeat(64), &"aé🎉".repeat(100)] {
            let units = Units::new(text);
            for (n, at) in text.char_indices().map(|(at, _)| at).chain([text.len()]).enumerate() {
                assert_eq!(units.to_code_points(text, at), Some(n), "{text:.20} at {at}");
                assert_eq!(units.to_bytes(text, n), Some(at), "{text:.20} at {n}");
            }
            assert_eq!(units.to_bytes(text, text.chars().count() + 1), None);
        }
    }

    #[test]
    fn utf16_counts_as_the_standard_library_does() {
        for text in ["", "plain", "„Ä“ 🎉 x", &"é".repeat(64), &"aé🎉".repeat(100)] {
            let units = Utf16Units::new(text);
            for at in 0..=text.len() + 1 {
                let expected = text.get(..at).map(|before| before.encode_utf16().count());
                assert_eq!(units.to_utf16(text, at), expected, "{text:.20} at {at}");
            }
        }
    }
}
