//! Feeds, Markdown and texts of others, where they lie beside a checkout: `DIXIT_HOSTILE`, else `../shared/hostile`.
//! Without them these tests pass with nothing compared.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

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
