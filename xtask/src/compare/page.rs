//! The page of figures, an article as the other pages of the documentation are.

use super::figures::Figures;
use super::tables::{self, PAGES, page_ratio, shown, site_ratio};
use super::{machine, peer, weights};
use crate::Outcome;
use crate::sizes::Whole;

/// The whole page, in Markdown.
pub(crate) fn page(
    figures: &Figures,
    wholes: &[Whole],
    peer: Vec<(String, usize)>,
) -> Outcome<String> {
    let today = machine::today();
    let runs = figures.times("page", "plain", "words").map_or(0, |times| times.n());
    let passes = figures.times("engine", "native", "seconds").map_or(0, |times| times.n());
    let builds = figures.times("site", "dixit build", "seconds").map_or(0, |times| times.n());
    let articles = figures.get("site", "dixit build").and_then(|line| line["articles"].as_u64());
    let articles = articles.unwrap_or_default();
    let kilobytes = figures.get("engine", "native").and_then(|line| line["bytes"].as_f64());
    let kilobytes = kilobytes.unwrap_or_default() / 1000.0;
    let machine = machine::machine();
    let versions = versions(figures)?;
    let refused = refused(figures);
    let (pages, engines) = (tables::pages(figures), tables::engines(figures));
    let (sites, sizes) = (tables::sites(figures), weights::sizes(wholes, &peer));
    let (dominates, behind) = (weights::dominates(wholes)?, behind(figures, wholes, &peer));
    Ok(format!(
        "---
title: Side by side
date: {today}
lang: en
section: Guide
description: How long Dixit takes and what it weighs beside plain HTML, beside npm's Readability, DOMPurify and compromise, beside textacy, and beside other generators of sites.
---

# Side by side

What Dixit takes beside plain HTML, and beside what people would otherwise use. This page is written by one command, which needs a built site (`cargo xtask build`), Chromium, npm and Python:

    cargo xtask compare --write

Figures are medians, with the lowest and the highest in brackets; they vary with the machine and with what else runs on it, and only those of one table were measured together, in turns. A ratio above 1 is more: slower in a column of times, larger in one of bytes, faster in one of speeds.

Measured on {today}: {machine}. {versions}.

## An article in the browser

One article of 3 kB, {runs} first visits of each page in turns: empty cache, answers compressed with gzip, each after 562 ms, all together at 1.44 Mbit/s, the processor slowed to a fourth. The server speaks HTTP/1.1 with a connection a request, of which a browser opens six at once: that is harder on pages of many small files, as ours are, than HTTP/2 would be. The peer's page fetches the same web page as the viewer does in \"a link to a web page\", finds the article with Readability, cleans it with DOMPurify, shows it, and then marks quotations and the person nearest to each by compromise; it is bundled, minified and split with esbuild, so that its first words do not wait for compromise. Its source is in `bench/peer/`. The browser slows only the page's own thread down, so the pages have no workers, in which ours would work; two rows show what they take with workers, which run at full speed and are more files to fetch. \"Words\" is the frame with the article's headline, \"who said what\" the first with quotations and speakers marked; bytes and requests are all until the page rests, headers included.

{pages}
The peer's marks are no equals of ours: it finds direct quotations alone, and no speaker who is not named in the same sentence; it has no views, comments or corrections. The published page carries who said what in its HTML, so both come at once.

## The engine

{kilobytes:.0} kB of English articles, the samples again and again, {passes} turns of half a second or a whole pass, one core each, without start-up. compromise finds each quotation and the nearest person of its sentence; textacy `direct_quotations`, with spaCy's small model, whose recogniser of names is left out, since it is not asked.{refused}

{engines}
## Building a site

{articles} articles, the three samples of `static/articles` in turn, with titles and days of their own, {builds} builds of each in turns from an empty folder. Hugo and Eleventy make a page an article, lists, a feed and a sitemap. `dixit build` makes those and what they do not: it finds who said what in each article and marks it, and makes a page for each voice, languages, Atom and JSON feeds, JSON-LD, the document of each article, oEmbed, hashes for its policy, a copy of the reader, and, but in the second row, an index of all words for the search. [Publish a folder of articles](publishing.md) has all of it. Hugo is a native program like ours, Eleventy runs in Node.

{sites}
## Sizes

kB after brotli 11. Not all of it is needed at once: an article from a link needs \"reader\" and \"engine\", a web page \"importer\" too, an element whose document is published \"embed\" alone.

{sizes}
## What dominates the download

{dominates}
## Where we are slower or larger

{behind}"
    ))
}

fn versions(figures: &Figures) -> Outcome<String> {
    let mut all = vec![format!("Dixit {}", env!("CARGO_PKG_VERSION"))];
    for (of, version) in figures.versions() {
        // It tells `Chrome/156.0`.
        let (of, version) = match version.split_once('/') {
            Some((_, number)) if of == "browser" => ("Chromium", number),
            _ => (of, version),
        };
        all.push(format!("{of} {version}"));
    }
    for (of, version) in peer::versions()?.into_iter().chain(machine::runtimes()) {
        // compromise is told twice, in one version.
        if !figures.versions().contains(&(of.as_str(), version.as_str())) {
            all.push(format!("{of} {version}"));
        }
    }
    Ok(all.join(", "))
}

fn refused(figures: &Figures) -> String {
    let Some(line) = figures.first("refused") else { return String::new() };
    match (line["articles"].as_u64(), line["of"].as_u64()) {
        (Some(n), Some(all)) if n > 0 => format!(
            " It refuses {n} of the {all} articles, in which it counts an odd number of quotation marks, once spaCy has parsed them."
        ),
        _ => String::new(),
    }
}

/// Every figure that is worse than plain HTML's or the peers', in words.
fn behind(figures: &Figures, wholes: &[Whole], peer: &[(String, usize)]) -> String {
    let mut text = String::new();
    for (name, title) in PAGES.into_iter().filter(|(name, _)| !["plain", "peer"].contains(name)) {
        let worse = |other, of, words: &str, than| {
            let ratio = page_ratio(figures, name, other, of).filter(|ratio| *ratio > 1.005);
            ratio.map(|ratio| format!("{words} {} times {than}", shown(Some(ratio))))
        };
        let parts = [
            worse("plain", "words", "first words after", "plain HTML's time"),
            worse("peer", "words", "first words after", "the peer's time"),
            worse("peer", "marked", "voices after", "the peer's time"),
            worse("plain", "bytes", "bytes", "plain HTML's"),
            worse("peer", "bytes", "bytes", "the peer's"),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if !parts.is_empty() {
            text += &format!("- {title}: {}.\n", parts.join("; "));
        }
    }
    for name in ["dixit build", "dixit build, no search"] {
        for other in ["Hugo", "Eleventy"] {
            if let Some(ratio) = site_ratio(figures, name, other).filter(|ratio| *ratio > 1.005) {
                let ratio = shown(Some(ratio));
                text += &format!("- `{name}` takes {ratio} times as long as {other}.\n");
            }
        }
    }
    let all: usize = peer.iter().map(|(_, size)| size).sum();
    for Whole { name, brotli, .. } in wholes.iter().filter(|whole| whole.brotli > all) {
        let ratio = shown(Some(*brotli as f64 / all as f64));
        text += &format!("- {name}: {ratio} times the bytes of all of the peer's scripts.\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_worse_is_said() {
        let figures = Figures::of(
            "{\"kind\":\"page\",\"name\":\"plain\",\"words\":[100],\"bytes\":1000}\n\
             {\"kind\":\"page\",\"name\":\"published\",\"words\":[150],\"marked\":[150],\"bytes\":1000}\n\
             {\"kind\":\"page\",\"name\":\"peer\",\"words\":[300],\"marked\":[100],\"bytes\":4000}\n\
             {\"kind\":\"site\",\"name\":\"dixit build\",\"seconds\":[4]}\n\
             {\"kind\":\"site\",\"name\":\"Hugo\",\"seconds\":[2]}\n",
        )
        .expect("lines of JSON");
        let whole = |name, brotli| Whole { name, brotli, goal: 1, largest: ("a".into(), 1) };
        let text = behind(&figures, &[whole("x", 30), whole("y", 10)], &[("p.js".into(), 20)]);
        assert_eq!(
            text,
            "- Published page: first words after 1.50 times plain HTML's time; voices after 1.50 times the peer's time.\n\
             - `dixit build` takes 2.00 times as long as Hugo.\n\
             - x: 1.50 times the bytes of all of the peer's scripts.\n"
        );
    }

    #[test]
    fn a_page_without_figures_says_so() {
        let figures = Figures::of("").expect("no lines");
        let text = page(&figures, &[], Vec::new()).expect("a page");
        assert!(text.starts_with("---\ntitle: Side by side\n"), "{text}");
        assert!(text.contains("not measured: no figures came"), "{text}");
    }
}
