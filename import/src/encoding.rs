//! From bytes to text, in any encoding that browsers know.

#[cfg(feature = "encodings")]
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
#[cfg(feature = "encodings")]
use encoding_rs::{Encoding, UTF_8};

/// The text of `bytes`. Its encoding is told by a byte order mark, else by `content_type`, else by the document
/// itself, else by UTF-8 that is valid, else by what the bytes look like.
#[cfg(feature = "encodings")]
pub(crate) fn text(bytes: &[u8], content_type: Option<&str>) -> Option<String> {
    let encoding = Encoding::for_bom(bytes)
        .map(|(encoding, _)| encoding)
        .or_else(|| content_type.and_then(charset))
        .or_else(|| declared(bytes).filter(|encoding| *encoding != UTF_8))
        .unwrap_or_else(|| guessed(bytes));
    Some(encoding.decode(bytes).0.into_owned())
}

/// The text of `bytes` where they are Unicode and nothing says otherwise.
#[cfg(not(feature = "encodings"))]
pub(crate) fn text(bytes: &[u8], content_type: Option<&str>) -> Option<String> {
    let utf16 = |of: fn([u8; 2]) -> u16| {
        let units = bytes.get(2..)?.chunks_exact(2).map(|pair| of([pair[0], pair[1]]));
        String::from_utf16(&units.collect::<Vec<_>>()).ok()
    };
    match bytes {
        [0xff, 0xfe, ..] => return utf16(u16::from_le_bytes),
        [0xfe, 0xff, ..] => return utf16(u16::from_be_bytes),
        _ => {}
    }
    let plain = bytes.strip_prefix(b"\xef\xbb\xbf");
    let text = std::str::from_utf8(plain.unwrap_or(bytes)).ok()?;
    // ASCII is the same in all of them, but for what stands in it.
    let named = content_type.and_then(charset).or_else(|| declared(bytes));
    let is_utf8 = named.is_none_or(|name| matches!(name.as_str(), "utf-8" | "utf8" | "us-ascii"));
    (plain.is_some() || is_utf8 || text.is_ascii()).then(|| text.to_owned())
}

/// What bytes are that are no text, where they tell; `Some("")` where they do not.
pub(crate) fn not_text(bytes: &[u8]) -> Option<&'static str> {
    let kinds: [(&[u8], &str); 8] = [
        (b"%PDF-", "a PDF file"),
        (b"PK\x03\x04", "a compressed archive or an office document"),
        (b"\xd0\xcf\x11\xe0", "an office document"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"\x1f\x8b", "a compressed file"),
        (b"{\\rtf", "a rich text file"),
    ];
    if let Some((_, kind)) = kinds.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Some(kind);
    }
    // UTF-16 has zeros, and says so by its mark.
    let is_marked = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let start = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    (!is_marked && start.contains(&0)).then_some("")
}

/// What a document or its sender calls its encoding: one that is known, or with the feature off its name.
#[cfg(feature = "encodings")]
type Named = &'static Encoding;
#[cfg(not(feature = "encodings"))]
type Named = String;

fn charset(content_type: &str) -> Option<Named> {
    let at = content_type.to_ascii_lowercase().find("charset=")?;
    let label = content_type.get(at + "charset=".len()..)?;
    label_of(label)
}

/// The encoding named at the start of `text`, in quotation marks or without.
fn label_of(text: &str) -> Option<Named> {
    let text = text.trim_start_matches([' ', '"', '\'']);
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
    let label = text.split(|c: char| !is_name(c)).next()?;
    #[cfg(feature = "encodings")]
    return Encoding::for_label(label.as_bytes());
    #[cfg(not(feature = "encodings"))]
    return (!label.is_empty()).then(|| label.to_ascii_lowercase());
}

/// How far into a document its own word on its encoding is looked for, in bytes, as the HTML standard has it.
const PRESCAN: usize = 1024;

/// What an XML declaration or a page's `<meta>` names.
fn declared(bytes: &[u8]) -> Option<Named> {
    let start = bytes.get(..bytes.len().min(PRESCAN))?;
    let ascii = |b: &u8| if b.is_ascii() { char::from(*b) } else { ' ' };
    let text = start.iter().map(ascii).collect::<String>().to_ascii_lowercase();
    let word = if text.trim_start().starts_with("<?xml") { "encoding=" } else { "charset=" };
    // A word of the text is no declaration: it stands in a tag.
    let found = text.match_indices(word).find(|(at, _)| {
        let before = text.get(..*at).unwrap_or_default();
        before.rfind('<').is_some_and(|tag| {
            let tag = before.get(tag..).unwrap_or_default();
            !tag.contains('>') && (tag.starts_with("<meta") || tag.starts_with("<?xml"))
        })
    });
    let (at, _) = found?;
    let encoding = label_of(text.get(at + word.len()..)?)?;
    // What was read as ASCII is not UTF-16, whatever it says.
    #[cfg(feature = "encodings")]
    let encoding = if encoding.output_encoding() == encoding { encoding } else { UTF_8 };
    #[cfg(not(feature = "encodings"))]
    let encoding = if encoding.starts_with("utf-16") { "utf-8".to_owned() } else { encoding };
    Some(encoding)
}

#[cfg(feature = "encodings")]
fn guessed(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

#[cfg(all(test, feature = "encodings"))]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_in_their_encodings() {
        let utf16: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain("„Já“".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        let cyrillic = encoding_rs::WINDOWS_1251
            .encode("Советот вечерва гласаше за пристаништето и за патот.")
            .0
            .into_owned();
        let page = encoding_rs::ISO_8859_2
            .encode("<meta charset='iso-8859-2'><p>Žluťoučký")
            .0
            .into_owned();
        let feed = encoding_rs::WINDOWS_1252
            .encode("<?xml version='1.0' encoding='windows-1252'?><a>café")
            .0
            .into_owned();
        for (name, bytes, content_type, expected) in [
            ("mark of UTF-8", b"\xef\xbb\xbfa".as_slice(), None, "a"),
            ("mark of UTF-16", &utf16, Some("text/plain; charset=utf-8"), "„Já“"),
            ("header", b"caf\xe9", Some("text/plain; charset=\"ISO-8859-1\""), "café"),
            ("UTF-8", "“Yes”".as_bytes(), None, "“Yes”"),
            (
                "wrong word",
                "<meta charset=latin1>“Yes”".as_bytes(),
                Some("text/html;charset=utf-8"),
                "<meta charset=latin1>“Yes”",
            ),
            ("a page's own word", &page, None, "<meta charset='iso-8859-2'><p>Žluťoučký"),
            ("XML", &feed, None, "<?xml version='1.0' encoding='windows-1252'?><a>café"),
            ("looks", &cyrillic, None, "Советот вечерва гласаше за пристаништето и за патот."),
            (
                "looks of the west",
                b"\x93It is over,\x94 said Ann at the caf\xe9.",
                None,
                "“It is over,” said Ann at the café.",
            ),
        ] {
            assert_eq!(text(bytes, content_type).as_deref(), Some(expected), "{name}");
        }
        assert_eq!(not_text(b"%PDF-1.7"), Some("a PDF file"));
        assert_eq!(not_text(b"a\0b"), Some(""));
        assert_eq!(not_text(&utf16), None);
    }
}
