//! Our pages beside the same article as plain HTML, and beside a page that does the same job by packages from npm: in
//! turns, in one run. `cargo xtask compare` runs it, and makes a table of what it writes.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::first_words::{published, samples};
use crate::harness::{Page, Reply, Site};
use crate::timed::{Shown, Visit, median, plain, visit};

const ROUNDS: usize = 5;

/// What stands around an article on most pages, and is to be left out of it.
const AROUND: [&str; 2] = [
    "<header><nav><a href=\"/\">Home</a> <a href=\"/city\">City</a> <a href=\"/sea\">Sea</a> <a href=\"/sport\">Sport</a>\
     </nav></header><main>",
    "</main><aside><h2>Most read</h2><ul><li><a href=\"/tram\">The tram will come in spring</a></li><li>\
     <a href=\"/pool\">The open-air pool opens late</a></li></ul></aside><footer><p><a href=\"/about\">About us</a> \
     <a href=\"/terms\">Terms</a></p></footer>",
];

/// Ours: quotations are marked, in the page or in the element.
const WORDS: &str = "document.querySelector('article h1')";
const MARKED: &str = "document.querySelector('article .qt')";
const WORDS_INSIDE: &str =
    "document.querySelector('dixit-article')?.shadowRoot?.querySelector('article h1')";
const MARKED_INSIDE: &str =
    "document.querySelector('dixit-article')?.shadowRoot?.querySelector('article .qt')";
/// The peer's.
const MARKED_BY_PEER: &str =
    "document.querySelector('article mark[data-speaker]') && document.querySelector('aside li')";

#[test]
#[ignore = "a benchmark"]
fn pages_beside_each_other() {
    let peer = std::env::var_os("DIXIT_PEER").expect("run it by: cargo xtask compare");
    let text = std::fs::read_to_string(samples().join("harbour-vote.txt")).expect("a sample");
    let news = || ("news.html".to_owned(), plain(&text, AROUND));
    let out = published();
    let site = Site::compressed(
        &out,
        vec![
            ("plain.html".to_owned(), plain(&text, [""; 2])),
            ("element.html".to_owned(), element("src=\"harbour-vote/who-said-what.json\"", "")),
        ],
    )
    .slow();
    let article = plain(&text, [""; 2]);
    let (_, article) = article.split_once("<body>").expect("a page");
    let own = ("element.html".to_owned(), element("", &article.replace("</body></html>", "")));
    let viewer = Site::compressed(&Reply::dist(), vec![news(), own]).slow();
    let peer = Site::compressed(&PathBuf::from(peer), vec![news()]).slow();
    let row = |name, site, path: &str, words, marked, workers| {
        (name, Shown { site, url: Site::url(site, path), words, marked, workers })
    };
    let by_text = "?src=articles/harbour-vote.txt";
    let rows = [
        row("plain", &site, "plain.html", WORDS, None, false),
        row("published", &site, "harbour-vote/", WORDS, Some(MARKED), false),
        row("viewer-text", &viewer, by_text, WORDS, Some(MARKED), false),
        row("viewer-html", &viewer, "?src=news.html", WORDS, Some(MARKED), false),
        row("viewer-text-workers", &viewer, by_text, WORDS, Some(MARKED), true),
        row("viewer-html-workers", &viewer, "?src=news.html", WORDS, Some(MARKED), true),
        row("element-published", &site, "element.html", WORDS_INSIDE, Some(MARKED_INSIDE), false),
        row("element-own", &viewer, "element.html", WORDS, Some(MARKED_INSIDE), false),
        row("peer", &peer, "?src=news.html", WORDS, Some(MARKED_BY_PEER), false),
    ];
    let version = Page::blank(&site).cdp("Browser.getVersion", json!({}));
    figure(&json!({ "kind": "version", "of": "browser", "version": version["product"] }));
    let mut visits = [const { Vec::new() }; 9];
    for _ in 0..rounds() {
        for ((_, shown), visits) in rows.iter().zip(&mut visits) {
            visits.push(visit(shown));
        }
    }
    for ((name, _), visits) in rows.iter().zip(&visits) {
        let marked: Option<Vec<f64>> = visits.iter().map(|visit| visit.marked).collect();
        let words: Vec<f64> = visits.iter().map(|visit| visit.words).collect();
        println!("{name:20} words {words:.0?} marked {marked:.0?}");
        let middle = |of: fn(&Visit) -> f64| median(visits.iter().map(of));
        figure(&json!({
            "kind": "page", "name": name, "words": words, "marked": marked,
            "bytes": middle(|visit| visit.bytes as f64),
            "requests": middle(|visit| visit.requests as f64),
        }));
    }
}

/// A page of somebody's with the element in it, of these attributes, around this.
fn element(attributes: &str, inside: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>The Quay Post</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><link rel=\"icon\" href=\"data:,\">\
         <script type=\"module\" src=\"embed.js\"></script></head>\
         <body><p>What the council said, as we heard it.</p>\
         <dixit-article loading=\"eager\" {attributes}>{inside}</dixit-article></body></html>"
    )
}

/// `DIXIT_ROUNDS` asks for others, to try it.
fn rounds() -> usize {
    let asked = std::env::var("DIXIT_ROUNDS").ok().and_then(|n| n.parse().ok());
    asked.unwrap_or(ROUNDS)
}

/// Writes a line for who compares, where somebody does.
fn figure(line: &Value) {
    let Some(path) = std::env::var_os("DIXIT_FIGURES") else { return };
    let file = OpenOptions::new().create(true).append(true).open(path);
    let written = file.and_then(|mut file| writeln!(file, "{line}"));
    written.expect("the file of figures can be written");
}
