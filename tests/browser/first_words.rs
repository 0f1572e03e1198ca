//! How long a reader waits for the first words: a published page beside the same article as plain HTML, and beside the
//! viewer that opens its text; in turns, with an empty cache, a slow network and a slow processor.

use std::path::Path;

use serde_json::json;

use crate::harness::{Page, Reply, Site};
use crate::published::built_of;

const ROUNDS: usize = 7;

/// `cargo test --test browser first_words -- --ignored --nocapture` measures; tests of correctness ask for no time.
#[test]
#[ignore = "a benchmark"]
fn first_words_beside_plain_html() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/articles");
    let out = built_of(&samples, "first-words", &["--base-url", "https://news.example/"]);
    let text = std::fs::read_to_string(samples.join("harbour-vote.txt")).expect("a sample");
    let site = Site::compressed(&out, vec![("plain.html".to_owned(), plain(&text))]);
    let viewer = Site::compressed(&Reply::dist(), Vec::new());
    let pages = [
        ("plain HTML", &site, site.url("plain.html")),
        ("published page", &site, site.url("harbour-vote/")),
        ("viewer, by link", &viewer, viewer.url("?src=articles/harbour-vote.txt")),
    ];
    let mut times = [const { Vec::new() }; 3];
    for _ in 0..ROUNDS {
        for ((_, site, url), times) in pages.iter().zip(&mut times) {
            times.push(first_words(site, url));
        }
    }
    let median = |times: &[f64]| {
        let mut times = times.to_vec();
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    let plain = median(&times[0]);
    for ((name, ..), times) in pages.iter().zip(&times) {
        let median = median(times);
        println!("{name:16} {median:6.0} ms  {:.2} of plain HTML  {times:.0?}", median / plain);
    }
}

/// Milliseconds from the visit to the frame with the headline of the article.
fn first_words(site: &Site, url: &str) -> f64 {
    let page = Page::blank(site);
    page.cdp("Network.enable", json!({}));
    page.cdp("Network.setCacheDisabled", json!({ "cacheDisabled": true }));
    let network = json!({ "offline": false, "latency": 562, "downloadThroughput": 180_000, "uploadThroughput": 84_000 });
    page.cdp("Network.emulateNetworkConditions", network);
    page.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": 4 }));
    page.before_load(
        "const look = () => {
             if (!document.querySelector('article h1')) return requestAnimationFrame(look);
             requestAnimationFrame(() => setTimeout(() => {
                 const [paint] = performance.getEntriesByName('first-contentful-paint');
                 window.words = Math.max(paint?.startTime ?? 0, window.seen);
             }));
             window.seen = performance.now();
         };
         look();",
    );
    page.goto(url);
    page.wait_until("window.words > 0");
    page.js("return window.words").as_f64().expect("milliseconds")
}

/// The article as somebody would write it by hand.
fn plain(text: &str) -> String {
    let mut paragraphs = text.split("\n\n").map(str::trim).filter(|text| !text.is_empty());
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let title = escaped(paragraphs.next().unwrap_or_default());
    let body: String = paragraphs.map(|text| format!("<p>{}</p>\n", escaped(text))).collect();
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <style>body{{max-width:66ch;margin:2rem auto;font:1.2rem/1.6 Georgia,serif}}</style></head>\
         <body><article><h1>{title}</h1>\n{body}</article></body></html>"
    )
}
