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

const TAGS: &[&str] = &[
    "p",
    "div",
    "b",
    "a",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "caption",
    "blockquote",
    "pre",
    "h1",
    "h3",
    "figure",
    "figcaption",
    "img",
    "br",
    "hr",
    "span",
    "em",
    "q",
    "article",
    "section",
    "nav",
    "footer",
    "script",
    "style",
    "svg",
    "math",
    "noscript",
    "iframe",
    "form",
    "button",
    "select",
    "textarea",
    "template",
    "title",
    "head",
    "body",
    "html",
    "meta",
    "base",
    "link",
    "time",
    "details",
    "picture",
    "object",
    "sup",
    "dl",
    "dt",
];
const ATTRIBUTES: &[&str] = &[
    "href=\"javascript:alert(1)\"",
    "href=//b.example/c",
    "href=' d'",
    "src=e.png",
    "src=data:image/png;base64,AAAA",
    "onclick=f()",
    "style=\"display:none\"",
    "hidden",
    "class=credit",
    "class='comment share byline'",
    "alt=\"g ‘h’\"",
    "width=1",
    "start=7",
    "datetime=2024-03-05",
    "itemprop=author",
    "srcset=\"i 1x\"",
    "rel=canonical",
    "name='j\u{0}'",
    "property=og:title",
    "content=\"k & l\"",
    "type=application/ld+json",
    "a'b",
    "x=\"",
];

/// HTML that is closed where it should be, and where it should not.
pub fn html(random: &mut Random) -> String {
    let mut out = String::new();
    if random.below(2) == 0 {
        out.push_str("<!doctype html><html><head><title>Vote | Post</title></head><body><article>");
    }
    for _ in 0..random.below(60) {
        match random.below(8) {
            0..3 => {
                out.push('<');
                out.push_str(random.one_of(TAGS));
                for _ in 0..random.below(3) {
                    out.push(' ');
                    out.push_str(random.one_of(ATTRIBUTES));
                }
                out.push_str(random.one_of(&[">", ">", ">", "/>", ""]));
            }
            3 | 4 => {
                out.push_str("</");
                out.push_str(random.one_of(TAGS));
                out.push('>');
            }
            5 => out.push_str(random.one_of(&[
                "&amp;",
                "&lt;",
                "&#0;",
                "&nbsp",
                "<!--",
                "-->",
                "<![CDATA[",
                "]]>",
                "<?",
                "</",
                "\u{0}",
                "Share this",
                "Related stories",
                "Photo: Ann Lee",
                "Comments",
                "\n\n",
            ])),
            _ => out.push_str(&news(random)),
        }
    }
    out
}

/// Markdown and what looks like it.
pub fn markdown(random: &mut Random) -> String {
    let mut out = String::new();
    if random.below(3) == 0 {
        out.push_str(random.one_of(&["---\n", "+++\n"]));
        for _ in 0..random.below(6) {
            out.push_str(random.one_of(&[
                "title: a\n",
                "title = \"b\"\n",
                "author: [c, {name: d}]\n",
                "date: 2024-03-05\n",
                "x: &y z\n",
                "w: *y\n",
                "- v\n",
                "lang: en\n",
                "url: javascript:1\n",
                "u: |\n  t\n",
                "\u{feff}",
                ": :\n",
                "[s]\n",
            ]));
        }
        out.push_str(random.one_of(&["---\n", "+++\n", ""]));
    }
    for _ in 0..random.below(50) {
        match random.below(4) {
            0 | 1 => out.push_str(random.one_of(&[
                "# ",
                "> ",
                "- ",
                "1. ",
                "    ",
                "```\n",
                "**",
                "*",
                "_",
                "`",
                "[",
                "](b)",
                "](javascript:c)",
                "![",
                "\n",
                "\n\n",
                "---\n",
                "| a | b |\n|---|---|\n",
                "<b>",
                "</div>",
                "<script>",
                "[^1]",
                "[^1]: d\n",
                "\\",
                "~~",
                "<http://e.example>",
                "&copy;",
                "\t",
                "  \n",
            ])),
            2 => out.push_str(random.one_of(NAMES)),
            _ => out.push_str(&news(random)),
        }
    }
    out
}

/// Feeds, whole and broken.
pub fn feed(random: &mut Random) -> String {
    let mut out = random.one_of(&[
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>",
        "<rss><channel>",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\">",
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\">",
        "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{\"id\":\"1\",\"content_html\":\"<p>a",
        "<!DOCTYPE rss [<!ENTITY a \"b\"><!ENTITY c \"&a;&a;\">]><rss version=\"2.0\"><channel>",
    ]).to_owned();
    for _ in 0..random.below(30) {
        match random.below(4) {
            0..3 => out.push_str(random.one_of(&[
                "<item>",
                "</item>",
                "<entry>",
                "</entry>",
                "<title>",
                "</title>",
                "<description>",
                "</description>",
                "<content type=\"html\">",
                "<content type=\"xhtml\"><div>",
                "</div></content>",
                "</content>",
                "<![CDATA[",
                "]]>",
                "&lt;p&gt;",
                "&c;",
                "<link>https://a.example/b</link>",
                "<link href=\"javascript:c\"/>",
                "<pubDate>Fri, 03 Oct 2025 08:00:00 +0100</pubDate>",
                "<author><name>Ann Lee</name></author>",
                "<updated>2024-13-45</updated>",
                "\"}]}",
                "<guid>d</guid>",
                "</channel></rss>",
                "</feed>",
                "<a:b>",
            ])),
            _ => out.push_str(&news(random)),
        }
    }
    out
}

/// JSON of articles, whole and broken.
pub fn json(random: &mut Random) -> String {
    let mut out = String::new();
    for _ in 0..random.below(40) {
        out.push_str(random.one_of(&[
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"@type\":\"NewsArticle\"",
            "\"@graph\":[",
            "\"articleBody\":\"<p>a</p>\"",
            "\"articleBody\":\"“Go,” Ann Lee said.\\n\\nIt rained.\"",
            "\"headline\":\"b\"",
            "\"author\":{\"@id\":\"#c\"}",
            "\"author\":[{\"name\":\"d\"},\"e\"]",
            "\"url\":\"javascript:f\"",
            "\"image\":[{\"url\":\"https://g.example/h\"}]",
            "\"inLanguage\":{\"name\":1}",
            "\"datePublished\":\"2024-03-05T00:00\"",
            "null",
            "1e999",
            "\"\\ud800\"",
            "\"mainEntity\":",
            "\"format\":\"dixit\"",
            "\"version\":1",
            "\"article\":{\"blocks\":[{\"text\":\"i\"}]}",
            "\"@id\":\"#c\"",
            "\"name\":\"j\"",
        ]));
    }
    // A whole one now and then, or little would be read.
    match random.below(3) {
        0 => format!(
            "{{\"@type\":\"NewsArticle\",\"articleBody\":{},\"x\":[{{{out}",
            quoted(&news(random))
        ),
        1 => format!("{{\"@type\":[\"Article\"],\"articleBody\":{}}}", quoted(&news(random))),
        _ => out,
    }
}

/// A string of JSON.
fn quoted(text: &str) -> String {
    let mut json = format::Json::default();
    json.string(text);
    json.text
}
