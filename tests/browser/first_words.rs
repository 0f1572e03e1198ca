//! How long a reader waits for the first words: a published page beside the same article as plain HTML, and beside the
//! viewer that opens its text; in turns, with an empty cache, a slow network and a slow processor.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::harness::{Reply, Site};
use crate::published::built_of;
use crate::timed::{Shown, median, plain, visit};

const ROUNDS: usize = 7;

/// `cargo test --test browser first_words -- --ignored --nocapture` measures; tests of correctness ask for no time.
#[test]
#[ignore = "a benchmark"]
fn first_words_beside_plain_html() {
    let out = published();
    let text = std::fs::read_to_string(samples().join("harbour-vote.txt")).expect("a sample");
    let pages = vec![("plain.html".to_owned(), plain(&text, [""; 2]))];
    let site = Site::compressed(&out, pages).slow();
    let viewer = Site::compressed(&Reply::dist(), Vec::new()).slow();
    let pages = [
        ("plain HTML", &site, site.url("plain.html")),
        ("published page", &site, site.url("harbour-vote/")),
        ("viewer, by link", &viewer, viewer.url("?src=articles/harbour-vote.txt")),
    ]
    .map(|(name, site, url)| {
        let words = "document.querySelector('article h1')";
        (name, Shown { site, url, words, marked: None, workers: true })
    });
    let mut times = [const { Vec::new() }; 3];
    for _ in 0..ROUNDS {
        for ((_, shown), times) in pages.iter().zip(&mut times) {
            times.push(visit(shown).words);
        }
    }
    let plain = median(times[0].clone());
    for ((name, _), times) in pages.iter().zip(&times) {
        let median = median(times.clone());
        println!("{name:16} {median:6.0} ms  {:.2} of plain HTML  {times:.0?}", median / plain);
    }
}

/// `cargo xtask lighthouse` runs it.
#[test]
#[ignore = "needs Lighthouse"]
fn lighthouse_has_nothing_to_say() {
    let site = Site::compressed(&published(), Vec::new());
    let program = std::env::var_os("DIXIT_LIGHTHOUSE").expect("run it by: cargo xtask lighthouse");
    let report = crate::published::sites().join("lighthouse.json");
    let output = std::process::Command::new(program)
        .arg(site.url("harbour-vote/"))
        .args(["--quiet", "--output=json", "--only-categories=accessibility,best-practices,seo"])
        .arg("--chrome-flags=--headless --no-sandbox --disable-gpu")
        .arg(format!("--output-path={}", report.display()))
        .env("CHROME_PATH", "/usr/bin/chromium")
        .output()
        .expect("lighthouse runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report = std::fs::read_to_string(report).expect("a report");
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    for category in ["accessibility", "best-practices", "seo"] {
        let score = report["categories"][category]["score"].as_f64().expect("a score");
        println!("{category}: {:.0}", score * 100.0);
        assert_eq!(score, 1.0, "{category}");
    }
}

/// What a reader downloads, compressed as good hosts do, has limits: for the first words, and in all until they act.
#[test]
fn a_published_page_is_small() {
    let out = published();
    let page = std::fs::read_to_string(out.join("harbour-vote/index.html")).expect("a page");
    let size = |bytes: &[u8]| {
        let mut writer = brotli::CompressorWriter::new(Vec::new(), 4096, 11, 22);
        std::io::Write::write_all(&mut writer, bytes).expect("memory");
        writer.into_inner().len()
    };
    // Its styles are in it.
    assert!(page.contains("<style>") && !page.contains("rel=\"stylesheet\""));
    let first = size(page.as_bytes());
    // The page names some of them twice.
    let scripts = page.split(['"', ' ']).filter_map(|word| word.strip_prefix("../assets/"));
    let scripts: BTreeSet<&str> = scripts.collect();
    let at_once = |path: &&str| {
        path.ends_with(".js") && !path.starts_with("offline-") || path.ends_with(".wasm")
    };
    let scripts: usize = scripts
        .into_iter()
        .filter(at_once)
        .map(|path| size(&std::fs::read(out.join("assets").join(path)).expect("a file")))
        .sum();
    println!("first words {first}, until the page acts {}", first + scripts);
    assert!(first <= 25_000, "{first}");
    assert!(first + scripts <= 150_000, "{}", first + scripts);
}

/// The samples, published.
pub(crate) fn published() -> PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    let build = || built_of(&samples(), "first-words", &["--base-url", "https://news.example/"]);
    BUILT.get_or_init(build).clone()
}

pub(crate) fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("static/articles")
}
