//! A quotation as a picture to share: its layout by measure, and the layout as SVG.
//!
//! [`layout`] answers lines and shapes with their places; [`svg`] writes them, and a browser paints the same on a
//! canvas. So both pictures are one.

mod wrap;

use dixit_engine::{Article, Confidence, Direction};

use crate::Row;
use crate::row::without_turns;
use wrap::wrapped;

/// The width of a card, in pixels.
pub const WIDTH: f64 = 1200.0;
/// The height of a card, in pixels.
pub const HEIGHT: f64 = 630.0;
/// The letters of the quotation; nothing is fetched for them.
pub const SERIF: &str = "Charter, 'Bitstream Charter', 'Sitka Text', Cambria, Georgia, serif";
/// The letters of all else.
pub const SANS: &str = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif";

/// What a card says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Card {
    /// The words, as written.
    pub words: String,
    /// Who says them; a guess is a question.
    pub speaker: String,
    /// The speaker's role; empty where none is told.
    pub role: String,
    /// The headline; empty where there is none.
    pub title: String,
    /// Date and source, where known.
    pub source: String,
    /// Whether the words run from right to left.
    pub from_right: bool,
    /// The speaker's colour, from 1; 8 is for sources without a name.
    pub colour: usize,
}

/// Paper, ink, muted ink.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Dark letters on light paper.
    Light,
    /// Light letters on dark paper.
    Dark,
}

/// How wide `text` is in these letters; the caller knows the fonts.
pub type Measure<'a> = &'a dyn Fn(&str, &Letters) -> f64;

/// The letters of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Letters {
    /// In pixels.
    pub size: f64,
    /// 400 or 600.
    pub weight: u32,
    /// [`SERIF`] or [`SANS`].
    pub family: &'static str,
}

/// A line of text and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The text.
    pub text: String,
    /// Where it begins: its left, or its right where it runs from right to left.
    pub x: f64,
    /// Its baseline.
    pub y: f64,
    /// Its letters.
    pub letters: Letters,
    /// Its colour, as `#rrggbb`.
    pub colour: &'static str,
}

/// A filled rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// Its left.
    pub x: f64,
    /// Its top.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// Its colour, as `#rrggbb`.
    pub colour: &'static str,
}

/// A card with everything in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// The paper first, which covers the card.
    pub bars: Vec<Bar>,
    /// The lines, from top to bottom.
    pub lines: Vec<Line>,
    /// Whether lines run from right to left.
    pub from_right: bool,
    /// Whether the words had to be shortened; they then end in an ellipsis.
    pub is_shortened: bool,
}

impl Card {
    /// The card of `row`. `perhaps` words a guess: "Perhaps {}?".
    pub fn new(article: &Article, row: &Row, perhaps: impl Fn(&str) -> String) -> Card {
        let who = row.who.as_ref();
        let name = who.map_or("", |who| &who.name);
        let guess = row.confidence == Confidence::Low && !name.is_empty();
        let role =
            who.map_or("", |who| if who.role.is_empty() { &who.affiliation } else { &who.role });
        let date = article.date.as_ref().map(|date| date.written.as_str());
        let host = article.source_url.as_deref().and_then(host);
        let source = [date, article.site.as_deref().or(host)];
        Card {
            words: one_line(&row.words()),
            speaker: one_line(&if guess { perhaps(name) } else { name.to_owned() }),
            role: one_line(role),
            title: one_line(article.title.as_deref().unwrap_or_default()),
            source: one_line(&source.into_iter().flatten().collect::<Vec<&str>>().join(" · ")),
            from_right: article.direction == Direction::Rtl,
            colour: 8,
        }
    }
}

/// More letters than any card shows.
const MOST: usize = 2000;

/// The text in one line, without what turns its direction.
fn one_line(text: &str) -> String {
    let plain = without_turns(text);
    let visible = |c: char| if c.is_control() { ' ' } else { c };
    let plain: String = plain.chars().take(MOST).map(visible).collect();
    plain.split_whitespace().collect::<Vec<&str>>().join(" ")
}

fn host(url: &str) -> Option<&str> {
    let host = url.split_once("://")?.1.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next().unwrap_or(host);
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| !host.is_empty())
}

/// Colours of a theme: paper, ink, muted ink, then the speakers', as in the reader.
const LIGHT: [&str; 11] = [
    "#fbfaf7", "#1d1c1a", "#66625b", "#1f5fa8", "#b0400a", "#0b7352", "#75398f", "#7d5800",
    "#0f6d78", "#a12c63", "#4b5661",
];
const DARK: [&str; 11] = [
    "#151412", "#e8e4dc", "#a09a90", "#7db4f0", "#f29a6a", "#63c9a2", "#cf9be6", "#dcb45a",
    "#6cc7d1", "#f08fbb", "#a9b6c2",
];

const MARGIN: f64 = 84.0;
const ROOM: f64 = WIDTH - 2.0 * MARGIN;
/// Where the words begin and must end.
const TOP: f64 = 70.0;
const BOTTOM: f64 = 410.0;
/// The sizes of the words, the first that fits counts.
const SIZES: [f64; 6] = [64.0, 56.0, 48.0, 42.0, 36.0, 32.0];

/// Puts everything in its place. Words that are too many for the smallest letters are shortened, visibly.
pub fn layout(card: &Card, theme: Theme, measure: Measure<'_>) -> Layout {
    let colours = match theme {
        Theme::Light => &LIGHT,
        Theme::Dark => &DARK,
    };
    let [paper, ink, muted, ..] = *colours;
    let accent = colours.get(2 + card.colour).copied().unwrap_or(muted);
    let x = if card.from_right { WIDTH - MARGIN } else { MARGIN };
    let side = if card.from_right { WIDTH - 16.0 } else { 0.0 };
    let bars = vec![
        Bar { x: 0.0, y: 0.0, width: WIDTH, height: HEIGHT, colour: paper },
        Bar { x: side, y: 0.0, width: 16.0, height: HEIGHT, colour: accent },
        Bar { x: MARGIN, y: 536.0, width: ROOM, height: 1.0, colour: muted },
    ];
    let (words, size, is_shortened) = fitted(&card.words, measure);
    let letters = Letters { size, weight: 400, family: SERIF };
    let lead = size * LEAD;
    let line = |text, y, letters, colour| Line { text, x, y, letters, colour };
    // Few words stand in the middle of their room.
    let free = BOTTOM - TOP - lead * words.len() as f64;
    let first = TOP + free.max(0.0) / 2.0 + size;
    let mut lines: Vec<Line> = words
        .into_iter()
        .enumerate()
        .map(|(n, words)| line(words, first + lead * n as f64, letters, ink))
        .collect();
    let sans = |size, weight| Letters { size, weight, family: SANS };
    for (text, y, letters, colour) in [
        (&card.speaker, 466.0, sans(30.0, 600), accent),
        (&card.role, 504.0, sans(24.0, 400), muted),
        (&card.title, 572.0, sans(22.0, 600), ink),
        (&card.source, 602.0, sans(20.0, 400), muted),
    ] {
        if !text.is_empty() {
            let text = cut(text, ROOM, &|text| measure(text, &letters));
            lines.push(line(text, y, letters, colour));
        }
    }
    Layout { bars, lines, from_right: card.from_right, is_shortened }
}

/// The distance of lines, as a part of their letters' size.
const LEAD: f64 = 1.28;

/// The lines of the words, in the largest letters in which they fit.
fn fitted(words: &str, measure: Measure<'_>) -> (Vec<String>, f64, bool) {
    let mut size = 0.0;
    let mut lines = Vec::new();
    for wanted in SIZES {
        size = wanted;
        let letters = Letters { size, weight: 400, family: SERIF };
        let n_fit = n_lines(size);
        lines = wrapped(words, ROOM, n_fit + 1, &|text| measure(text, &letters));
        if lines.len() <= n_fit {
            return (lines, size, false);
        }
    }
    let letters = Letters { size, weight: 400, family: SERIF };
    lines.truncate(n_lines(size));
    if let Some(last) = lines.last_mut() {
        // The closing mark stays, so that it is clear where the words end.
        let is_mark =
            |c: &char| matches!(c, '"' | '”' | '“' | '»' | '«' | '’' | '\'' | '」' | '』');
        let close = words.chars().next_back().filter(is_mark).map(String::from).unwrap_or_default();
        let end = ["…", &close].concat();
        *last = cut_with(last, &end, ROOM, &|text| measure(text, &letters));
    }
    (lines, size, true)
}

fn n_lines(size: f64) -> usize {
    ((BOTTOM - TOP) / (size * LEAD)) as usize
}

/// The text, or as much of it as fits, with an ellipsis.
fn cut(text: &str, room: f64, width: &dyn Fn(&str) -> f64) -> String {
    if width(text) <= room { text.to_owned() } else { cut_with(text, "…", room, width) }
}

/// As many words, or else letters, as fit with `end` after them.
fn cut_with(text: &str, end: &str, room: f64, width: &dyn Fn(&str) -> f64) -> String {
    let ending = |text: &str| [text.trim_end_matches(|c: char| !c.is_alphanumeric()), end].concat();
    let mut kept = text;
    loop {
        let shorter = ending(kept);
        let fits = width(&shorter) <= room;
        let last = kept.trim_end().rfind(char::is_whitespace);
        match last.or_else(|| kept.char_indices().next_back().map(|(at, _)| at)) {
            Some(at) if !fits => kept = kept.get(..at).unwrap_or_default(),
            _ => return shorter,
        }
    }
}

/// The layout as an SVG document. All of the card's words are text in it, whatever they are.
pub fn svg(layout: &Layout) -> String {
    let mut svg = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg");
    let size = [("width", number(WIDTH)), ("height", number(HEIGHT))];
    attributes(&mut svg, &[("xmlns", "http://www.w3.org/2000/svg".into())]);
    attributes(&mut svg, &size);
    let [(_, width), (_, height)] = &size;
    attributes(&mut svg, &[("viewBox", ["0 0 ", width, " ", height].concat())]);
    attributes(&mut svg, &[("role", "img".into())]);
    svg.push_str(">\n<title>");
    let words = layout.lines.iter().map(|line| line.text.as_str());
    svg.push_str(&escaped(&words.collect::<Vec<&str>>().join(" ")));
    svg.push_str("</title>\n");
    for bar in &layout.bars {
        svg.push_str("<rect");
        attributes(
            &mut svg,
            &[
                ("x", number(bar.x)),
                ("y", number(bar.y)),
                ("width", number(bar.width)),
                ("height", number(bar.height)),
                ("fill", bar.colour.into()),
            ],
        );
        svg.push_str("/>\n");
    }
    for line in &layout.lines {
        svg.push_str("<text");
        attributes(
            &mut svg,
            &[
                ("x", number(line.x)),
                ("y", number(line.y)),
                ("font-family", line.letters.family.into()),
                ("font-size", number(line.letters.size)),
                ("font-weight", line.letters.weight.to_string()),
                ("fill", line.colour.into()),
            ],
        );
        if layout.from_right {
            attributes(&mut svg, &[("direction", "rtl".into())]);
        }
        svg.extend([">", &escaped(&line.text), "</text>\n"]);
    }
    svg.push_str("</svg>\n");
    svg
}

fn attributes(svg: &mut String, attributes: &[(&str, String)]) {
    for (name, value) in attributes {
        svg.extend([" ", name, "=\"", &escaped(value), "\""]);
    }
}

/// The number to one tenth; a float's own printing would add kilobytes to the download.
fn number(n: f64) -> String {
    let tenths = (n * 10.0 + 0.5) as u32;
    let (whole, tenth) = ((tenths / 10).to_string(), tenths % 10);
    if tenth == 0 { whole } else { [&whole, ".", &tenth.to_string()].concat() }
}

/// Text in which nothing is markup; characters that XML has no place for are left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            _ if c.is_control() => {}
            _ => escaped.push(c),
        }
    }
    escaped
}
