//! How long pages take to show an article and who said what in it, by their first visit: with an empty cache, a slow
//! network and a slow processor.

use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::harness::{Page, Site};

/// How long a page may take on a slow network.
const PATIENCE: Duration = Duration::from_secs(90);
/// A page that asked for nothing this long has all that it wants: well above the latency of a slow network.
const REST: Duration = Duration::from_millis(1500);

/// A page, and what tells that it shows what it is to show: JavaScript expressions that become true.
pub(crate) struct Shown<'a> {
    pub(crate) site: &'a Site,
    pub(crate) url: String,
    /// The words of the article.
    pub(crate) words: &'a str,
    /// Its quotations, with their speakers.
    pub(crate) marked: Option<&'a str>,
    /// Whether it may use workers, which the browser does not slow down.
    pub(crate) workers: bool,
}

/// What a visit took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Visit {
    /// Milliseconds from its start to the frame with the first words of the article.
    pub(crate) words: f64,
    /// To the frame with quotations and speakers.
    pub(crate) marked: Option<f64>,
    /// Compressed, with headers, until the page asks for nothing more; 0 for a site on a fast network.
    pub(crate) bytes: u64,
    pub(crate) requests: usize,
}

/// Visits a page of a [`Site::slow`] for the first time.
pub(crate) fn visit(shown: &Shown<'_>) -> Visit {
    let Shown { site, url, words, marked, workers } = shown;
    let page = Page::blank(site);
    page.cdp("Network.enable", json!({}));
    page.cdp("Network.setCacheDisabled", json!({ "cacheDisabled": true }));
    page.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": 4 }));
    let refused = if *workers { "" } else { "delete window.Worker;" };
    page.before_load(&format!(
        "{refused}
         window.seen = {{}};
         const note = (name, holds) => {{
             if (!holds()) return requestAnimationFrame(() => note(name, holds));
             const now = performance.now();
             requestAnimationFrame(() => setTimeout(() => {{
                 const [paint] = performance.getEntriesByName('first-contentful-paint');
                 window.seen[name] = Math.max(paint?.startTime ?? 0, now);
             }}));
         }};
         note('words', () => {words});
         note('marked', () => {});",
        marked.unwrap_or("true")
    ));
    let (bytes, requests) = (site.sent(), site.requests().len());
    page.goto(url);
    let deadline = Instant::now() + PATIENCE;
    let at = |name: &str| page.js(&format!("return window.seen.{name}")).as_f64();
    let (words, end) = loop {
        match (at("words"), at("marked")) {
            (Some(words), Some(end)) => break (words, end),
            seen => assert!(Instant::now() < deadline, "{url}: {seen:?} after {PATIENCE:?}"),
        }
        // Asking disturbs what is measured.
        sleep(Duration::from_millis(250));
    };
    let mut state = (site.sent(), site.requests().len());
    let mut since = Instant::now();
    while since.elapsed() < REST {
        sleep(Duration::from_millis(50));
        let now = (site.sent(), site.requests().len());
        if now != state {
            (state, since) = (now, Instant::now());
        }
    }
    Visit {
        words,
        marked: marked.map(|_| end),
        bytes: state.0 - bytes,
        requests: state.1 - requests,
    }
}

/// The one in the middle.
pub(crate) fn median(figures: impl IntoIterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.into_iter().collect();
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// The article as somebody would write it by hand, with what `around` puts before and after it.
pub(crate) fn plain(text: &str, around: [&str; 2]) -> String {
    let mut paragraphs = text.split("\n\n").map(str::trim).filter(|text| !text.is_empty());
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let title = escaped(paragraphs.next().unwrap_or_default());
    let body: String = paragraphs.map(|text| format!("<p>{}</p>\n", escaped(text))).collect();
    let [before, after] = around;
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><link rel=\"icon\" href=\"data:,\">\
         <style>body{{max-width:66ch;margin:2rem auto;font:1.2rem/1.6 Georgia,serif}}</style></head>\
         <body>{before}<article><h1>{title}</h1>\n{body}</article>{after}</body></html>"
    )
}
