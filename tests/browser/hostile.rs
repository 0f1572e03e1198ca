//! Hostile input through every way in: nothing runs, nothing is asked of others, nothing is there that the model has not.
//!
//! The rows are those of `tests/hostile/`; `cargo xtask hostile DIR` adds a folder of others in the same form.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::harness::{Page, Site};

const WATCH: &str = include_str!("hostile/watch.js");
const WAYS: &str = include_str!("hostile/ways.js");
/// How many rows one command to the browser brings in.
const CHUNK: usize = 25;

/// The rows of a file of `tests/hostile/`, and of the folder that `cargo xtask hostile` names.
fn rows(name: &str, other: &str) -> Vec<Value> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile").join(name);
    let others = std::env::var_os("DIXIT_HOSTILE").map(|folder| PathBuf::from(folder).join(other));
    let mut rows = Vec::new();
    for file in [Some(own), others].into_iter().flatten() {
        let text = fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        rows.extend(text.lines().map(|line| serde_json::from_str::<Value>(line).expect("a row")));
    }
    rows
}

fn markup() -> Vec<Value> {
    rows("markup.jsonl", "xss.jsonl")
}

/// The site's page at `path`, watched from before its first script.
fn watched(site: &Site, path: &str, plant: &str) -> Page {
    let page = Page::blank(site);
    page.before_load(&[WATCH, WAYS, plant].concat());
    page.prefer("prefers-reduced-motion", "reduce");
    page.goto(&site.url(path));
    page
}

/// What was seen while these rows came in by this way.
fn faults(page: &Page, way: &str, rows: &[Value]) -> Vec<String> {
    let mut found = Vec::new();
    for chunk in rows.chunks(CHUNK) {
        let script = "const [way, rows, done] = arguments; hostile.through(way, rows).then(done)";
        let answer = page.run_async(script, vec![json!(way), json!(chunk)]);
        let answer = answer.as_array().cloned().unwrap_or_default();
        found.extend(answer.iter().map(|pair| format!("{}: {}", pair[0], pair[1])));
    }
    // What comes late, such as a picture that cannot be loaded.
    std::thread::sleep(std::time::Duration::from_millis(300));
    let late = page.js("return hostile.look(true)");
    found.extend(late.as_array().into_iter().flatten().map(|fault| format!("late: {fault}")));
    found
}

#[track_caller]
fn nothing_happens(page: &Page, way: &str) {
    let rows = markup();
    let found = faults(page, way, &rows);
    let n = found.len();
    assert!(n == 0, "{way}, {} rows, {n} faults:\n{}", rows.len(), found[..n.min(40)].join("\n"));
}

/// One test for each way in to the viewer.
macro_rules! ways {
    ($($test:ident = $way:literal)*) => {
        $(#[test] fn $test() {
            let site = Site::start();
            let page = watched(&site, "", "");
            nothing_happens(&page, $way);
        })*
    };
}

ways! {
    pasted_text_does_nothing = "pasted"
    a_piece_of_a_page_does_nothing = "clipboard"
    markdown_does_nothing = "markdown"
    a_page_does_nothing = "html"
    a_feed_does_nothing = "feed"
    a_document_does_nothing = "json"
    json_ld_does_nothing = "jsonld"
    corrections_do_nothing = "corrections"
    comments_do_nothing = "comment"
    imported_comments_do_nothing = "comment-import"
    fragments_do_nothing = "fragment"
}
