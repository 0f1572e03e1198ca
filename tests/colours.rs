//! The colours of the style sheet: contrast in every theme, also for eyes that see fewer colours.
//!
//! Contrast is that of [WCAG 2.2](https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio): 4.5 to 1 for text, 3 to 1 for what
//! else tells something. Colour blindness is simulated with the matrices for full severity of Machado, Oliveira and
//! Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009), on linear light.
//! Distances are those of [Oklab](https://bottosson.github.io/posts/oklab/).

use std::collections::BTreeMap;
use std::path::Path;

use dixit_reader::settings::THEME;

/// Linear light of red, green and blue, from 0 to 1.
type Colour = [f64; 3];
type Matrix = [[f64; 3]; 3];

const SIGHTS: [(&str, Matrix); 4] = [
    ("all colours", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ],
    ),
];

fn applied(matrix: &Matrix, colour: Colour) -> Colour {
    matrix.map(|row| row.iter().zip(colour).map(|(m, c)| m * c).sum::<f64>())
}

fn seen(matrix: &Matrix, colour: Colour) -> Colour {
    applied(matrix, colour).map(|c| c.clamp(0.0, 1.0))
}

fn linear(value: f64) -> f64 {
    if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

fn display(value: f64) -> f64 {
    if value <= 0.003_130_8 { value * 12.92 } else { 1.055 * value.powf(1.0 / 2.4) - 0.055 }
}

/// `#rgb` or `#rrggbb`.
fn hex(text: &str) -> Option<Colour> {
    let digits = text.strip_prefix('#')?;
    let wide = |c: char| c.to_digit(16).map(|d| d * 17);
    let values: Option<Vec<u32>> = match digits.len() {
        3 => digits.chars().map(wide).collect(),
        6 => (0..3).map(|n| u32::from_str_radix(digits.get(2 * n..2 * n + 2)?, 16).ok()).collect(),
        _ => None,
    };
    let values: [u32; 3] = values?.try_into().ok()?;
    Some(values.map(|v| linear(f64::from(v) / 255.0)))
}

fn luminance([r, g, b]: Colour) -> f64 {
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(a: Colour, b: Colour) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// `colour` laid over `ground` with this share, as browsers do it.
fn over(colour: Colour, share: f64, ground: Colour) -> Colour {
    let mut mixed = [0.0; 3];
    for (mixed, (c, g)) in mixed.iter_mut().zip(colour.into_iter().zip(ground)) {
        *mixed = linear(display(c) * share + display(g) * (1.0 - share));
    }
    mixed
}

fn oklab(colour: Colour) -> Colour {
    const CONES: Matrix = [
        [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
        [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
        [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
    ];
    const LAB: Matrix = [
        [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
        [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
        [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
    ];
    applied(&LAB, applied(&CONES, colour).map(f64::cbrt))
}

fn distance(a: Colour, b: Colour) -> f64 {
    oklab(a).iter().zip(oklab(b)).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}

fn style_sheet() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/reader.css");
    std::fs::read_to_string(path).expect("the style sheet")
}

/// The declarations of the first rule with this selector.
fn rule<'a>(css: &'a str, selector: &str) -> Option<&'a str> {
    let own = |before: &str| css.split_once(&format!("{before}{selector}{{"));
    let (_, rest) = own("\n").or_else(|| own(" "))?;
    rest.split('}').next()
}

fn properties(declarations: &str) -> BTreeMap<&str, &str> {
    let declarations = declarations.split(';').filter_map(|d| d.split_once(':'));
    declarations.map(|(name, value)| (name.trim(), value.trim())).collect()
}

/// A theme as it is shown: its name, whether dark, and its properties.
struct Theme<'a> {
    name: String,
    dark: bool,
    properties: BTreeMap<&'a str, &'a str>,
}

impl Theme<'_> {
    fn colour(&self, name: &str) -> Colour {
        let mut value =
            *self.properties.get(name).unwrap_or_else(|| panic!("{}: no {name}", self.name));
        if let Some(both) = value.strip_prefix("light-dark(").and_then(|v| v.strip_suffix(')')) {
            let (light, dark) = both.split_once(',').expect("two colours");
            value = if self.dark { dark } else { light };
        }
        match value.strip_prefix("var(").and_then(|v| v.strip_suffix(')')) {
            Some(name) => self.colour(name),
            None => hex(value).unwrap_or_else(|| panic!("{}: {name} is {value}", self.name)),
        }
    }

    /// The colours of speakers, and that of sources without a name.
    fn speakers(&self) -> Vec<Colour> {
        (1..=8).map(|n| self.colour(&format!("--s{n}"))).collect()
    }
}

/// Every theme that can be chosen; those that follow the browser count twice.
fn themes(css: &str) -> Vec<Theme<'_>> {
    let base = properties(rule(css, ":root").expect("the properties"));
    let mut themes = Vec::new();
    for (name, _) in THEME.choices {
        let own = properties(rule(css, &format!(":root[data-theme={name}]")).unwrap_or_default());
        let scheme = own.get("color-scheme").copied().unwrap_or("light dark");
        for dark in [false, true] {
            if scheme.split(' ').any(|s| s == if dark { "dark" } else { "light" }) {
                let mut all = base.clone();
                all.extend(own.iter());
                let name = format!("{name} ({})", if dark { "dark" } else { "light" });
                themes.push(Theme { name, dark, properties: all });
            }
        }
    }
    themes
}

/// The share of a colour that a rule lays over the page, from 0 to 1.
fn tint(css: &str, selector: &str) -> f64 {
    let rule = rule(css, selector).unwrap_or_else(|| panic!("no rule for {selector}"));
    let (_, rest) = rule.split_once("background:color-mix(in oklab,var(--c) ").expect("a tint");
    let share = rest.split('%').next().and_then(|share| share.parse::<f64>().ok());
    share.expect("a share") / 100.0
}

/// What stands on what, and how much of contrast it needs.
fn pairs(css: &str, theme: &Theme<'_>) -> Vec<(String, Colour, Colour, f64)> {
    let (paper, surface) = (theme.colour("--paper"), theme.colour("--surface"));
    let mut pairs = Vec::new();
    for (ground_name, ground) in [("paper", paper), ("surface", surface)] {
        for (name, least) in
            [("--ink", 4.5), ("--muted", 4.5), ("--accent", 4.5), ("--edge", 3.0), ("--dim", 4.5)]
        {
            pairs.push((format!("{name} on {ground_name}"), theme.colour(name), ground, least));
        }
    }
    let (badge, mention) = (tint(css, ".badge"), tint(css, ".sp"));
    let (quotation, hovered) = (tint(css, ".qt"), tint(css, ".qt:hover"));
    let chosen = tint(css, ".voice-row.is-chosen");
    for (n, speaker) in theme.speakers().into_iter().enumerate() {
        let n = n + 1;
        for (what, share, colour, least) in [
            ("letters of a badge", badge, speaker, 4.5),
            ("underline of a name", mention, speaker, 3.0),
            ("a name", mention, theme.colour("--ink"), 4.5),
            ("a quotation", quotation, theme.colour("--ink"), 4.5),
            ("a quotation under the pointer", hovered, theme.colour("--ink"), 4.5),
            ("the button of a quotation", quotation, speaker, 4.5),
            ("the button of a quotation under the pointer", hovered, speaker, 4.5),
            ("a role in a chosen row", chosen, theme.colour("--muted"), 4.5),
        ] {
            pairs.push((format!("{what}, colour {n}"), colour, over(speaker, share, paper), least));
        }
        pairs.push((format!("letters of a reported badge, colour {n}"), speaker, paper, 4.5));
        // Where reported words are underlined: the colour thinned out.
        pairs.push((format!("reported words, colour {n}"), over(speaker, 0.7, paper), paper, 3.0));
    }
    pairs
}

#[test]
fn every_theme_has_contrast_for_every_sight() {
    let css = style_sheet();
    let themes = themes(&css);
    assert!(themes.len() >= 5, "light, dark and more");
    let mut faults = Vec::new();
    for theme in &themes {
        for (what, colour, ground, least) in pairs(&css, theme) {
            for (sight, matrix) in &SIGHTS {
                let ratio = contrast(seen(matrix, colour), seen(matrix, ground));
                if ratio < least {
                    faults.push(format!("{} / {sight}: {what}: {ratio:.2} < {least}", theme.name));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn high_contrast_is_seven_to_one() {
    let css = style_sheet();
    for theme in themes(&css).iter().filter(|theme| theme.name.starts_with("contrast")) {
        for (what, colour, ground, least) in pairs(&css, theme) {
            // What is dimmed and lines under reported words are no text to be read first.
            if least >= 4.5 && !what.starts_with("--dim") {
                let ratio = contrast(colour, ground);
                assert!(ratio >= 7.0, "{}: {what}: {ratio:.2}", theme.name);
            }
        }
    }
}

#[test]
fn colours_are_told_apart_or_their_patterns_are() {
    let css = style_sheet();
    for theme in themes(&css) {
        let speakers = theme.speakers();
        for (a, one) in speakers.iter().enumerate() {
            for (b, other) in speakers.iter().enumerate().skip(a + 1) {
                let by_all = distance(*one, *other);
                assert!(by_all >= 0.06, "{}: {} and {}: {by_all:.3}", theme.name, a + 1, b + 1);
            }
        }
        // With fewer colours some are alike; the first seven voices differ in the pattern of their underline too
        // (`looks_differ_and_come_again_late`), and each pattern has a rule of its own.
        for pattern in 1..8 {
            assert!(css.contains(&format!(".sp.u{pattern}{{")), "pattern {pattern}");
        }
    }
}
