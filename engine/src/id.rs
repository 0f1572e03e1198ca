//! Ids that derive from words, so that links survive edits.

use crate::case::lower;
use crate::words::{Hash, Words};

/// The id that a speaker of this name has, unless another has it.
///
/// ```
/// assert_eq!(dixit_engine::speaker_id("Ann Lee"), "s-ann-lee");
/// ```
pub fn speaker_id(name: &str) -> String {
    "s-".to_string() + &slug(name)
}

/// `text` in lower case, with hyphens between its words; letters and digits only.
pub(crate) fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().map(lower) {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if let Some(plain) = plain(c) {
            out.push_str(plain);
        } else if !out.ends_with('-') && !out.is_empty() && !matches!(c, '\'' | '’' | '.') {
            out.push('-');
        }
        if out.len() > 48 {
            break;
        }
    }
    let out = out.trim_end_matches('-');
    if out.is_empty() { hash(text) } else { out.to_string() }
}

/// Latin letters with marks, without them; Cyrillic letters as in Macedonian, Serbian and Russian names.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ä' | 'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => "e",
        'ğ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ø' | 'ō' | 'ő' => "o",
        'ö' | 'œ' => "oe",
        'ř' => "r",
        'ś' | 'š' | 'ş' => "s",
        'ß' => "ss",
        'ţ' | 'ť' => "t",
        'ù' | 'ú' | 'û' | 'ū' | 'ů' | 'ű' => "u",
        'ü' => "ue",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' => "g",
        'д' => "d",
        'ѓ' => "gj",
        'ђ' => "dj",
        'е' | 'э' | 'ѐ' => "e",
        'ё' => "yo",
        'ж' => "zh",
        'з' => "z",
        'ѕ' => "dz",
        'и' | 'ы' | 'ѝ' => "i",
        'й' => "y",
        'ј' => "j",
        'к' => "k",
        'л' => "l",
        'љ' => "lj",
        'м' => "m",
        'н' => "n",
        'њ' => "nj",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'ћ' => "c",
        'ќ' => "kj",
        'у' => "u",
        'ф' => "f",
        'х' => "h",
        'ц' => "c",
        'ч' => "ch",
        'џ' => "dzh",
        'ш' => "sh",
        'щ' => "sht",
        'ю' => "yu",
        'я' => "ya",
        'ъ' | 'ь' => "",
        _ => return None,
    })
}

/// Adds to a hash the words of texts alone: lower case, without punctuation and marks, a space between two.
pub(crate) fn words<'t>(from: Hash, texts: impl IntoIterator<Item = &'t str>) -> Hash {
    let (mut hash, mut begun) = (from, false);
    for text in texts {
        let (mut at, mut gap) = (0, begun);
        while at < text.len() {
            let mut word = if gap { hash.byte(b' ') } else { hash };
            let begin = at;
            for &b in text.as_bytes().get(at..).unwrap_or_default() {
                let lower = PLAIN[usize::from(b)];
                if lower == 0 {
                    break;
                }
                word = word.byte(lower);
                at += 1;
            }
            if at > begin {
                (hash, begun, gap) = (word, true, false);
                continue;
            }
            let c = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
            at += c.len_utf8();
            // Marks of typeset text are the most of what is not ASCII.
            let typeset = ('\u{2000}'..='\u{206f}').contains(&c);
            if c.is_ascii() || typeset || !c.is_alphanumeric() {
                gap = begun;
                continue;
            }
            hash = if gap { hash.byte(b' ') } else { hash }.char(lower(c));
            (begun, gap) = (true, false);
        }
    }
    hash
}

/// ASCII letters in lower case and digits, each at its byte in either case; 0 for all other bytes.
static PLAIN: [u8; 256] = {
    let mut plain = [0; 256];
    let mut b = 0_u8;
    while b < 128 {
        if b.is_ascii_alphanumeric() {
            plain[b as usize] = b.to_ascii_lowercase();
        }
        b += 1;
    }
    plain
};

/// Ten characters from the hash of `text`.
pub(crate) fn hash(text: &str) -> String {
    written(text.bytes().fold(Hash::EMPTY, Hash::byte))
}

/// A hash in ten characters.
pub(crate) fn written(Hash(mut h): Hash) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    (0..10)
        .map(|_| {
            let c = char::from(ALPHABET[(h & 31) as usize]);
            h >>= 5;
            c
        })
        .collect()
}

/// Gives ids to texts; equal texts are told apart by their context, equal contexts by order.
///
/// The id of a text that comes again begins with the id of the first, so that a link still finds its words when
/// one of them is taken out.
#[derive(Default)]
pub(crate) struct Ids {
    seen: Words,
}

impl Ids {
    /// `PREFIX-hash` of `text`; where that is taken, followed by the hash of its context; where that is taken, by a number.
    pub(crate) fn next(
        &mut self,
        prefix: &str,
        text: &str,
        context: &dyn Fn() -> String,
    ) -> String {
        let mut hash = words(Hash::EMPTY, [text]);
        let mut id = [prefix, "-", &written(hash)].concat();
        if self.seen.of_key(hash.key()).is_some() {
            let context = context();
            id = [&id, "-", &written(words(Hash::EMPTY, [context.as_str()]))].concat();
            hash = words(hash.byte(b'\n'), [context.as_str()]);
        }
        let n = self.seen.entry(hash.key(), 0);
        *n += 1;
        if *n == 1 { id } else { [&id, "-", &n.to_string()].concat() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_plain() {
        for (text, expected) in [
            ("Ann Lee", "ann-lee"),
            ("a White House spokesman", "a-white-house-spokesman"),
            ("José Müller-O'Neil", "jose-mueller-oneil"),
            ("Ѓорѓи Џепаровски", "gjorgji-dzheparovski"),
            ("  ", &hash("  ")),
        ] {
            assert_eq!(slug(text), expected);
        }
    }

    #[test]
    fn ids_depend_on_words_not_on_counting() {
        let id = |text: &str| Ids::default().next("q", text, &String::new);
        assert_eq!(id("“Go, now!”"), id("\"go now\""));
        assert_ne!(id("go"), id("stay"));
        let mut ids = Ids::default();
        let first = ids.next("q", "go", &|| "a".into());
        let second = ids.next("q", "go", &|| "b".into());
        assert_ne!(first, second);
        assert!(second.starts_with(&[&first, "-"].concat()), "{first} {second}");
        assert_eq!(ids.next("q", "Go!", &|| "b".into()), second + "-2");
    }
}
