//! From bytes to text: what is no text is told apart and refused.

use super::OpenError;

/// The most that is opened.
pub const MAX_BYTES: usize = 2_000_000;

/// The text of a file or an answer, whose type is named or not.
///
/// ```
/// use dixit_reader::open::{OpenError, decode};
/// assert_eq!(decode(b"\xef\xbb\xbfHarbour vote", None), Ok("Harbour vote".into()));
/// assert_eq!(decode(b"<!DOCTYPE html><p>", None), Err(OpenError::WebPage));
/// ```
pub fn decode(bytes: &[u8], content_type: Option<&str>) -> Result<String, OpenError> {
    if bytes.len() > MAX_BYTES {
        return Err(OpenError::TooLarge);
    }
    let kind = content_type.map(essence).unwrap_or_default();
    if matches!(kind.as_str(), "text/html" | "application/xhtml+xml") {
        return Err(OpenError::WebPage);
    }
    let named_other = !(kind.is_empty()
        || kind.starts_with("text/")
        || kind == "application/octet-stream"
        || kind == "application/x-unknown-content-type");
    if named_other {
        return Err(OpenError::NotText(Some(kind)));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        // Text up to the last character, of which a part is missing.
        Err(e) if e.error_len().is_none() && !bytes.contains(&0) => {
            return Err(OpenError::Truncated);
        }
        Err(_) => return Err(OpenError::NotText(None)),
    };
    if text.contains('\0') {
        return Err(OpenError::NotText(None));
    }
    if is_web_page(text) {
        return Err(OpenError::WebPage);
    }
    pasted(text)
}

/// A text that somebody pasted; markup in it is taken as it stands.
pub fn pasted(text: &str) -> Result<String, OpenError> {
    if text.len() > MAX_BYTES {
        return Err(OpenError::TooLarge);
    }
    if text.trim().is_empty() {
        return Err(OpenError::Empty);
    }
    Ok(text.to_owned())
}

/// A content type without its parameters, in lower case.
fn essence(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether a text begins as web pages do.
fn is_web_page(text: &str) -> bool {
    let mut rest = text.trim_start();
    // Comments and the XML declaration may stand before the document.
    for _ in 0..8 {
        let end = match rest {
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<?xml") => "?>",
            _ => break,
        };
        let mut ends = rest.as_bytes().windows(end.len());
        let Some(at) = ends.position(|bytes| bytes == end.as_bytes()) else { return false };
        rest = rest.get(at + end.len()..).unwrap_or_default().trim_start();
    }
    ["<!doctype html", "<html", "<head", "<body"]
        .iter()
        .any(|tag| rest.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_text_and_what_is_not() {
        let text = |t: &str| Ok(t.to_owned());
        type Row<'a> = (&'a [u8], Option<&'a str>, Result<String, OpenError>);
        let rows: &[Row<'_>] = &[
            (b"Plain", None, text("Plain")),
            ("„Ja“".as_bytes(), Some("text/plain; charset=utf-8"), text("„Ja“")),
            (b"# Heading", Some("TEXT/MARKDOWN"), text("# Heading")),
            (b"Plain", Some("application/octet-stream"), text("Plain")),
            (b"a < b, <b>bold</b>", Some("text/plain"), text("a < b, <b>bold</b>")),
            (b"", None, Err(OpenError::Empty)),
            (b" \n\xc2\xa0\r\n", None, Err(OpenError::Empty)),
            (b"\xef\xbb\xbf", None, Err(OpenError::Empty)),
            (b"Plain", Some("text/html"), Err(OpenError::WebPage)),
            (b"\n <HTML lang=en>", Some("text/plain"), Err(OpenError::WebPage)),
            (b"<!-- x --><?xml version=\"1.0\"?><!doctype html>", None, Err(OpenError::WebPage)),
            (b"<!-- only a comment", None, text("<!-- only a comment")),
            (b"\x89PNG\r\n\x1a\n", None, Err(OpenError::NotText(None))),
            (b"a\0b", None, Err(OpenError::NotText(None))),
            (b"caf\xe9 noir", None, Err(OpenError::NotText(None))),
            (b"\xff\xfea\0", None, Err(OpenError::NotText(None))),
            (b"caf\xc3", None, Err(OpenError::Truncated)),
            (
                b"%PDF",
                Some("application/pdf"),
                Err(OpenError::NotText(Some("application/pdf".into()))),
            ),
        ];
        for (bytes, kind, want) in rows {
            assert_eq!(
                &decode(bytes, *kind),
                want,
                "{:?} as {kind:?}",
                String::from_utf8_lossy(bytes)
            );
        }
    }

    #[test]
    fn two_megabytes_are_the_limit() {
        assert!(decode(&vec![b'a'; MAX_BYTES], None).is_ok());
        assert_eq!(decode(&vec![b'a'; MAX_BYTES + 1], None), Err(OpenError::TooLarge));
        assert_eq!(pasted(&"ä".repeat(MAX_BYTES / 2 + 1)), Err(OpenError::TooLarge));
    }
}
