//! What comes in, of whatever form, and whether it is plain text, which needs no importer.

use super::{MAX_BYTES, OpenError, pasted};
use crate::words::holds;

/// Bytes, and what is known of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The name of the file.
    pub name: Option<String>,
    /// The type that a server named.
    pub content_type: Option<String>,
    /// The address that it came from.
    pub url: Option<String>,
    /// Whether it is a piece of a page, all of which is wanted.
    pub is_fragment: bool,
}

impl Given {
    /// A text that somebody pasted or dropped.
    pub fn text(text: &str) -> Given {
        Given { bytes: text.as_bytes().to_vec(), ..Given::default() }
    }

    /// The text of a file that is no article, such as JSON.
    pub fn into_utf8(self) -> Result<String, OpenError> {
        String::from_utf8(self.bytes).map_err(|_| OpenError::NotText(None))
    }

    /// The text, where it is plain; `None` where the importer has to look at it.
    ///
    /// ```
    /// use dixit_reader::open::Given;
    /// assert_eq!(Given::text("Harbour vote").plain(), Ok(Some("Harbour vote".into())));
    /// assert_eq!(Given::text("<!doctype html><p>").plain(), Ok(None));
    /// ```
    pub fn plain(&self) -> Result<Option<String>, OpenError> {
        if self.bytes.len() > MAX_BYTES {
            return Err(OpenError::TooLarge);
        }
        let kind = self.content_type.as_deref().unwrap_or_default();
        let bytes = self.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.bytes);
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            // Text up to the last character, of which a part is missing.
            Err(e) if e.error_len().is_none() && !bytes.is_ascii() && !bytes.contains(&0) => {
                return Err(OpenError::Truncated);
            }
            Err(_) => return Ok(None),
        };
        let is_plain = !self.is_fragment
            && (kind.is_empty() || kind.starts_with("text/plain") || holds(kind, "octet-stream"))
            && !self.name.as_deref().is_some_and(|name| name.ends_with("md"))
            && !text.contains('\0')
            && !has_marks(text);
        if is_plain { pasted(text).map(Some) } else { Ok(None) }
    }
}

/// Whether a text may be HTML, JSON or Markdown. The importer knows; this only spares fetching it.
fn has_marks(text: &str) -> bool {
    let start = text.trim_start();
    start.starts_with(['<', '{', '[', '#'])
        || ["---", "+++", "%PDF"].iter().any(|rule| start.starts_with(rule))
        || ["](", "**", "\n# ", "\n## ", "\n```"].iter().any(|mark| holds(text, mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_needs_no_importer() {
        let plain = |t: &str| Ok(Some(t.to_owned()));
        type Row<'a> = (&'a [u8], &'a str, &'a str, Result<Option<String>, OpenError>);
        let rows: &[Row<'_>] = &[
            (b"Plain", "", "", plain("Plain")),
            ("\u{feff}„Ja“".as_bytes(), "", "text/plain; charset=utf-8", plain("„Ja“")),
            (b"Plain", "a.txt", "application/octet-stream", plain("Plain")),
            (b"a < b, <b>bold</b>", "", "text/plain", plain("a < b, <b>bold</b>")),
            (b"", "", "", Err(OpenError::Empty)),
            (b" \n\xc2\xa0\r\n", "", "", Err(OpenError::Empty)),
            (b"Plain", "", "text/html", Ok(None)),
            (b"Plain", "a.md", "", Ok(None)),
            (b"\n <HTML lang=en>", "", "text/plain", Ok(None)),
            (b"See [this](https://a.example).", "", "", Ok(None)),
            (b"{\"format\":\"dixit\"}", "", "", Ok(None)),
            (b"a\0b", "", "", Ok(None)),
            (b"caf\xe9 noir", "", "", Ok(None)),
            (b"caf\xe9", "", "", Err(OpenError::Truncated)),
            (b"caf\xe9s", "", "", Ok(None)),
            ("café et thé".as_bytes(), "", "", plain("café et thé")),
            (b"caf\xc3\xa9 noir\xc3", "", "", Err(OpenError::Truncated)),
        ];
        for (bytes, name, kind, want) in rows {
            let some = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
            let given = Given {
                bytes: bytes.to_vec(),
                name: some(name),
                content_type: some(kind),
                ..Given::default()
            };
            assert_eq!(&given.plain(), want, "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn two_megabytes_are_the_limit() {
        let given = |n| Given { bytes: vec![b'a'; n], ..Given::default() };
        assert!(given(MAX_BYTES).plain().is_ok());
        assert_eq!(given(MAX_BYTES + 1).plain(), Err(OpenError::TooLarge));
        assert_eq!(pasted(&"ä".repeat(MAX_BYTES / 2 + 1)), Err(OpenError::TooLarge));
    }
}
