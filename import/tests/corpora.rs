//! Pages, feeds and texts of others, where they lie beside a checkout: `DIXIT_HOSTILE`, else `../shared/hostile`.
//! Without them these tests pass with nothing compared.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use dixit_engine::{Article, BlockKind};
use dixit_import::{Imported, Input, import};
use serde_json::Value;

fn folder() -> PathBuf {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/hostile");
    std::env::var_os("DIXIT_HOSTILE").map_or(beside, PathBuf::from)
}

/// The rows of a JSON Lines file; none where it is not there.
fn rows(name: &str) -> Vec<Value> {
    let text = fs::read_to_string(folder().join(name)).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn field<'v>(row: &'v Value, name: &str) -> &'v str {
    row.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn body(article: &Article) -> String {
    let said = article.blocks.iter().filter(|b| !matches!(b.kind, BlockKind::Image { .. }));
    said.map(|b| b.text.as_str()).collect::<Vec<_>>().join("\n\n")
}

fn words(text: &str) -> HashMap<String, usize> {
    let mut words = HashMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        *words.entry(word.to_lowercase()).or_default() += 1;
    }
    words
}

/// Precision, recall and F1 of words, each as often as it stands there.
fn f1(found: &str, expected: &str) -> (f64, f64, f64) {
    let (found, expected) = (words(found), words(expected));
    let both: usize =
        found.iter().map(|(w, n)| (*n).min(expected.get(w).copied().unwrap_or(0))).sum();
    let share = |all: &HashMap<String, usize>| {
        let all: usize = all.values().sum();
        if all == 0 { 1.0 } else { both as f64 / all as f64 }
    };
    let (p, r) = (share(&found), share(&expected));
    (p, r, if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) })
}

#[test]
fn pages_keep_the_words_of_their_articles() {
    let Ok(pages) = fs::read_dir(folder().join("readability")) else { return };
    let mut pages: Vec<PathBuf> = pages.map(|e| e.expect("an entry").path()).collect();
    pages.sort();
    let (mut sum, mut lines) = (0.0, Vec::new());
    let mut agree: HashMap<&str, (usize, usize)> = HashMap::new();
    for page in &pages {
        let read = |name: &str| fs::read(page.join(name)).expect("a file of the page");
        let html = read("source.html");
        let input = Input { url: Some("http://fakehost/test/page.html"), ..Input::new(&html) };
        let article = match import(&input) {
            Ok(Imported::Article(article)) => article,
            other => panic!("{}: {other:?}", page.display()),
        };
        let expected = String::from_utf8(read("expected.txt")).expect("UTF-8");
        let (p, r, f) = f1(&body(&article), &expected);
        sum += f;
        let metadata: Value =
            serde_json::from_slice(&read("expected-metadata.json")).expect("JSON");
        let mut wrong = String::new();
        for (name, ours) in
            [("title", &article.title), ("byline", &article.byline), ("lang", &article.language)]
        {
            let expected = metadata.get(name).and_then(Value::as_str);
            // Where the page names no language we tell it from the text.
            if name == "lang" && expected.is_none() {
                continue;
            }
            let of_name = agree.entry(name).or_default();
            of_name.1 += 1;
            let flat = |t: &str| t.split_whitespace().collect::<Vec<_>>().join(" ");
            if ours.as_deref().map(flat) == expected.map(flat) {
                of_name.0 += 1;
            } else {
                wrong += &format!("\n      {name}: {ours:?}, expected {expected:?}");
            }
        }
        let name = page.file_name().unwrap_or_default().to_string_lossy().into_owned();
        lines.push(format!("{f:.3} (precision {p:.3}, recall {r:.3}) {name}{wrong}"));
    }
    let mean = sum / pages.len() as f64;
    println!(
        "{}\nmean F1 {mean:.4} of {} pages; metadata {agree:?}",
        lines.join("\n"),
        pages.len()
    );
    assert!(mean >= 0.95, "mean F1 {mean:.4}");
    for (name, (right, of)) in agree {
        assert!(right * 10 >= of * 8, "{name}: {right} of {of}");
    }
}

/// The blocks of Markdown are those of the HTML that it stands for, which the rows name.
#[test]
fn markdown_is_read_as_commonmark_has_it() {
    let (mut n, mut wrong) = (0, Vec::new());
    for row in rows("commonmark.jsonl") {
        // What browsers do with tags that a writer put there is another standard's matter.
        if matches!(field(&row, "section"), "HTML blocks" | "Raw HTML") {
            continue;
        }
        n += 1;
        let (markdown, html) = (field(&row, "markdown"), field(&row, "html"));
        let read = |input: &Input<'_>| match import(input) {
            Ok(Imported::Article(article)) => (article.title, article.blocks),
            other => (Some(format!("{other:?}")), Vec::new()),
        };
        let as_markdown = read(&Input { name: Some("row.md"), ..Input::new(markdown.as_bytes()) });
        let as_html = read(&Input { is_fragment: true, ..Input::new(html.as_bytes()) });
        if as_markdown != as_html {
            let id = field(&row, "id");
            wrong.push(format!("{id} {markdown:?}\n  {as_markdown:?}\n  {as_html:?}"));
        }
    }
    println!("{} of {n} rows agree", n - wrong.len());
    assert!(wrong.is_empty(), "{} of {n} rows:\n{}", wrong.len(), wrong.join("\n"));
}

/// Broken or odd, each feed gives entries or words on what is wrong, and no panic.
#[test]
fn feeds_are_read_or_refused() {
    let (mut read, mut refused) = (0, HashMap::<String, usize>::new());
    for row in rows("feeds.jsonl") {
        let xml = field(&row, "xml");
        match import(&Input {
            name: Some("feed.xml"),
            content_type: Some("application/xml"),
            ..Input::new(xml.as_bytes())
        }) {
            Ok(_) => read += 1,
            Err(error) => {
                let words: String = error.to_string().chars().take(60).collect();
                *refused.entry(words).or_default() += 1;
            }
        }
    }
    println!("{read} read, refused: {refused:#?}");
}

/// No tree of HTML makes a panic, as a page, as a fragment and inside a feed.
#[test]
fn odd_trees_are_read() {
    for row in rows("html_tree.jsonl") {
        let data = field(&row, "data");
        for is_fragment in [true, false] {
            let _ = import(&Input {
                content_type: Some("text/html"),
                is_fragment,
                ..Input::new(data.as_bytes())
            });
            let page = format!("<html><body><article>{data}<p>The council met.</article>");
            let _ = import(&Input { is_fragment, ..Input::new(page.as_bytes()) });
        }
    }
    for row in rows("xss.jsonl") {
        let payload = field(&row, "payload");
        for name in ["a.html", "a.md", "a.txt", "a.json"] {
            let _ = import(&Input { name: Some(name), ..Input::new(payload.as_bytes()) });
        }
    }
    for row in rows("naughty_strings.jsonl") {
        let _ = import(&Input::new(field(&row, "text").as_bytes()));
    }
}
