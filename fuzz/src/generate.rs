//! Makes inputs from random numbers: characters of every kind, and what news is glued together from.

use dixit_engine::{analyse, format, plain_text};

/// A stream of random numbers that its seed decides.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// The stream of `seed`; neighbouring seeds give unlike streams.
    pub fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// A number below `n`, by SplitMix64 (Steele, Lea and Flood, 2014); 0 where `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) >> 33).unwrap_or(0) % n.max(1)
    }

    fn one_of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list.get(self.below(list.len())).copied().unwrap_or("")
    }
}

const MARKS: &[&str] = &[
    "“", "”", "„", "\"", "'", "‘", "’", "‚", "«", "»", "‹", "›", ",", ".", ":", ";", "?", "!", "…",
    "(", ")", "[", "]", "—", "–", "-", "...", ",”", ".”", "?”", ",\"", ".\"", "’s", "'s", "’ ",
    "” ",
];
const CUES: &[&str] = &[
    "said",
    "says that",
    "told",
    "told reporters that",
    "according to",
    "saying",
    "called it",
    "as",
    "asked whether",
    "warned",
    "added",
    "tweeted",
    "wrote in",
    "announced",
    "who said",
    "did not say",
    "dass",
    "sagte",
    "laut",
    "zufolge",
    "sei",
    "a déclaré",
    "selon",
    "d’après",
    "affirme",
    "que",
];
const NAMES: &[&str] = &[
    "Ann Lee",
    "Lee",
    "Mr. Lee",
    "Dr. Bo van Dyk",
    "the mayor",
    "mayor of Port Ellis",
    "she",
    "he",
    "they",
    "I",
    "we",
    "two officials",
    "a spokesman for the U.S. Navy",
    "the White House",
    "Acme Inc.",
    "ANN LEE",
    "O’Neil",
    "Jean-Luc",
    "Frau Öz",
    "der Minister",
    "Mme Noë",
    "İpek",
    "ﬁne",
    "Nguyễn",
];
const WORDS: &[&str] = &[
    "and",
    "but",
    "or",
    "which",
    "it was",
    "would",
    "the plan",
    "a",
    "of the",
    "in",
    "not",
    "that",
    "x",
    "on Monday",
    "5",
    "1.5",
    "p.m.",
    "und",
    "nicht",
    "la",
    "è",
    "\u{301}",
    "e\u{301}",
    "ß",
    "🎉",
    "👩\u{200d}🚀",
    "日本",
    "שלום",
    "Это",
    "\u{202e}",
    "\u{200b}",
    "\u{a0}",
    "\u{ad}",
    "\u{feff}",
    "\0",
    "\t",
    "http://a.example/?b=c",
    "<b>",
    "&amp;",
    "[1]",
    "#q",
    "@a",
];
const LINES: &[&str] = &[
    "Post a Comment",
    "No comments:",
    "3 Comments",
    "March 5, 2024",
    "Tuesday, 5 March 2024 10:30",
    "By Ann Lee",
    "Von Ann Lee",
    "By Ann Lee, March 5, 2024",
    "March 5, 2024 by Bo Ray",
    "Politics",
    "Published 3 May 2024 · 4 min read",
    "Photo: Ann Lee",
    "Read more: the vote",
    "Read more",
    "Share this:",
    "Advertisement",
    "© 2024 The Paper",
    "More from Business",
    "Related",
    "Related:",
    "The council votes on the new harbour",
    "• ",
    "1. ",
    "- Item",
    "2) Second",
    "10. april",
    "The council met late on Monday and voted for the plan.",
    "Dear all, we meet again at the town",
    "Subscribe",
    "Previous Post",
    "Next Post",
    "Reply",
    "Ann says: Nice.",
    "A teaser that goes on...",
];
const BREAKS: &[&str] =
    &["\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\u{2028}", "\u{85}", "\n \n", "\u{c}"];

fn joined(random: &mut Random, n: usize, next: impl Fn(&mut Random) -> String) -> String {
    let mut text = String::new();
    for _ in 0..random.below(n) {
        let piece = next(random);
        // Now and then the same again and again.
        let times = if random.below(40) == 0 { random.below(30) } else { 1 };
        text.push_str(&piece.repeat(times));
    }
    text
}

/// Characters of every plane.
pub fn characters(random: &mut Random) -> String {
    joined(random, 80, |random| {
        let top = [0x80, 0x250, 0x600, 0x3000, 0x1_0000, 0x11_0000][random.below(6)];
        let c = char::from_u32(u32::try_from(random.below(top)).unwrap_or(0));
        match random.below(6) {
            0 => random.one_of(BREAKS).into(),
            1 => random.one_of(MARKS).into(),
            2 => " ".into(),
            _ => c.map_or_else(String::new, String::from),
        }
    })
}

fn glued(random: &mut Random) -> String {
    let piece = match random.below(8) {
        0 | 1 => MARKS,
        2 | 3 => CUES,
        4 | 5 => NAMES,
        _ => WORDS,
    };
    let space = if random.below(4) > 0 { " " } else { "" };
    random.one_of(piece).to_string() + space
}

/// Marks, cues, names and words glued together, in paragraphs.
pub fn news(random: &mut Random) -> String {
    joined(random, 80, |random| match random.below(12) {
        0 => random.one_of(BREAKS).into(),
        _ => glued(random),
    })
}

/// Lines as they stand around articles, with text among them.
pub fn page(random: &mut Random) -> String {
    joined(random, 24, |random| {
        let line = match random.below(4) {
            0 => joined(random, 12, glued),
            _ => random.one_of(LINES).to_string(),
        };
        line + random.one_of(BREAKS)
    })
}

/// Texts of blocks as an importer may hand them over, for [`crate::check::blocks`].
pub fn blocks(random: &mut Random) -> String {
    joined(random, 60, |random| match random.below(12) {
        0 => "\u{1e}".into(),
        1 => random.one_of(BREAKS).into(),
        _ => glued(random),
    })
}

/// Our JSON, with some of it broken.
pub fn document(random: &mut Random) -> String {
    let article = plain_text::read(&news(random));
    let mut json = format::write(&article, Some(&analyse(&article)));
    for _ in 0..random.below(6) {
        let at = json.floor_char_boundary(random.below(json.len()));
        let end = json.ceil_char_boundary(at + random.below(4));
        let put = ["", "9", "-1", "0", "\"", "null", "[", "]", "}", ",", "1e9", "\\u12", "é", "{}"];
        json.replace_range(at..end, random.one_of(&put));
    }
    json
}
