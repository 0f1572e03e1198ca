//! Tables of ratios, with the figures that they come from.

use super::figures::{Figures, Times};

/// The pages that were visited, and what they are called.
pub(crate) const PAGES: [(&str, &str); 9] = [
    ("plain", "Plain HTML"),
    ("published", "Published page"),
    ("element-own", "Element around the page's own HTML"),
    ("element-published", "Element with a published article"),
    ("viewer-text", "Viewer, a link to plain text"),
    ("viewer-html", "Viewer, a link to a web page"),
    ("viewer-text-workers", "Viewer, plain text, with workers"),
    ("viewer-html-workers", "Viewer, web page, with workers"),
    ("peer", "Readability, DOMPurify, compromise"),
];

/// A row of what a page took: ratios to plain HTML and to the peer, then figures.
pub(crate) fn pages(figures: &Figures) -> String {
    let mut table = String::from(
        "| page | words, of plain | words, of peer | who said what, of peer | bytes, of plain | bytes, of peer | words, ms | who said what, ms | bytes | requests |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for (name, title) in PAGES {
        let number = |of: &str| figures.get("page", name).and_then(|line| line[of].as_f64());
        let bytes = number("bytes");
        let requests = number("requests").map_or(NONE.to_owned(), |n| format!("{n:.0}"));
        table += &format!(
            "| {title} | {} | {} | {} | {} | {} | {} | {} | {} | {requests} |\n",
            shown(page_ratio(figures, name, "plain", "words")),
            shown(page_ratio(figures, name, "peer", "words")),
            shown(page_ratio(figures, name, "peer", "marked")),
            shown(page_ratio(figures, name, "plain", "bytes")),
            shown(page_ratio(figures, name, "peer", "bytes")),
            spread(figures.times("page", name, "words"), 0),
            spread(figures.times("page", name, "marked"), 0),
            bytes.map_or(NONE.to_owned(), |n| format!("{n:.0}")),
        );
    }
    table
}

/// What a page took, over what another took.
pub(crate) fn page_ratio(figures: &Figures, name: &str, other: &str, of: &str) -> Option<f64> {
    let figure = |name: &str| match figures.times("page", name, of) {
        Some(times) => Some(times.median()),
        None => figures.get("page", name)?[of].as_f64(),
    };
    Some(figure(name)? / figure(other)?)
}

/// The engines, and how fast they are beside each peer.
pub(crate) fn engines(figures: &Figures) -> String {
    let mut table =
        String::from("| engine | of compromise | of textacy | kB a second |\n|---|--:|--:|--:|\n");
    for (name, title) in [
        ("native", "Dixit, native"),
        ("Wasm, as programs load it", "Dixit, Wasm, the npm package's build"),
        ("Wasm, as readers load it", "Dixit, Wasm, the reader's build"),
        ("compromise", "compromise"),
        ("textacy", "textacy, spaCy"),
    ] {
        let Some(speed) = speed(figures, name) else {
            table += &format!("| {title} | {NONE} | {NONE} | {} |\n", figures.why_not(name));
            continue;
        };
        let of = |peer: &str| Some(speed.median() / self::speed(figures, peer)?.median());
        let [first, second] = ["compromise", "textacy"].map(|peer| shown(of(peer)));
        table += &format!("| {title} | {first} | {second} | {} |\n", spread(Some(speed), 0));
    }
    table
}

/// kB a second.
fn speed(figures: &Figures, name: &str) -> Option<Times> {
    let bytes = figures.get("engine", name)?["bytes"].as_f64()?;
    Some(figures.times("engine", name, "seconds")?.map(|seconds| bytes / 1000.0 / seconds))
}

/// The generators, and what they took of each other's time.
pub(crate) fn sites(figures: &Figures) -> String {
    let mut table = String::from(
        "| generator | of Hugo's time | of Eleventy's time | seconds | files | MB written | MB of memory |\n\
         |---|--:|--:|--:|--:|--:|--:|\n",
    );
    for name in ["dixit build", "dixit build, no search", "Hugo", "Eleventy"] {
        let title = if name.starts_with("dixit") {
            format!("`{name}`").replace(", no search`", "`, no search")
        } else {
            name.to_owned()
        };
        let Some(seconds) = figures.times("site", name, "seconds") else {
            table += &format!("| {title} | {NONE} | {NONE} | {} | | | |\n", figures.why_not(name));
            continue;
        };
        let number = |of: &str| {
            figures.get("site", name).and_then(|line| line[of].as_f64()).unwrap_or_default()
        };
        let [hugo, eleventy] =
            ["Hugo", "Eleventy"].map(|peer| shown(site_ratio(figures, name, peer)));
        table += &format!(
            "| {title} | {hugo} | {eleventy} | {} | {:.0} | {:.1} | {:.0} |\n",
            spread(Some(seconds), 2),
            number("files"),
            number("bytes") / 1e6,
            number("memory") / 1e6,
        );
    }
    table
}

/// The time of a generator over that of another.
pub(crate) fn site_ratio(figures: &Figures, name: &str, other: &str) -> Option<f64> {
    let median = |name: &str| Some(figures.times("site", name, "seconds")?.median());
    Some(median(name)? / median(other)?)
}

/// What there is no figure of.
pub(crate) const NONE: &str = "–";

/// A ratio in three figures.
pub(crate) fn shown(ratio: Option<f64>) -> String {
    match ratio {
        None => NONE.to_owned(),
        Some(ratio) if ratio >= 100.0 => format!("{ratio:.0}"),
        Some(ratio) if ratio >= 10.0 => format!("{ratio:.1}"),
        Some(ratio) => format!("{ratio:.2}"),
    }
}

/// `median (lowest–highest)`.
fn spread(times: Option<Times>, digits: usize) -> String {
    times.map_or(NONE.to_owned(), |times| {
        let (low, high) = times.spread();
        format!("{:.digits$} ({low:.digits$}–{high:.digits$})", times.median())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_ratios_and_figures() {
        let figures = Figures::of(
            "{\"kind\":\"page\",\"name\":\"plain\",\"words\":[100,110,90],\"marked\":null,\"bytes\":1000,\"requests\":1}\n\
             {\"kind\":\"page\",\"name\":\"published\",\"words\":[150],\"marked\":[150],\"bytes\":2000,\"requests\":9}\n\
             {\"kind\":\"page\",\"name\":\"peer\",\"words\":[300],\"marked\":[600],\"bytes\":4000,\"requests\":4}\n",
        )
        .expect("lines of JSON");
        let table = pages(&figures);
        let row = "| Published page | 1.50 | 0.50 | 0.25 | 2.00 | 0.50 | 150 (150–150) | 150 (150–150) | 2000 | 9 |";
        assert!(table.contains(row), "{table}");
        assert!(table.contains(
            "| Plain HTML | 1.00 | 0.33 | – | 1.00 | 0.25 | 100 (90–110) | – | 1000 | 1 |"
        ));
    }

    #[test]
    fn what_was_not_measured_says_why() {
        let figures =
            Figures::of("{\"kind\":\"missing\",\"name\":\"textacy\",\"why\":\"no python3\"}")
                .expect("lines of JSON");
        assert!(
            engines(&figures).contains("| textacy, spaCy | – | – | not measured: no python3 |")
        );
        assert!(sites(&figures).contains("| Hugo | – | – | not measured: no figures came |"));
    }
}
