//! Pasted pages: what is article and what is furniture. The texts and their form: tests/README.md.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use dixit_engine::{Article, BlockKind, SetAsideKind, plain_text};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/pages")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The article in the form of the `.expected` files.
fn written(article: &Article) -> String {
    let mut out = String::new();
    let mut line = |text: String| {
        let _ = writeln!(out, "{}", one_line(&text));
    };
    article.title.iter().for_each(|t| line(format!("title: {t}")));
    article.date.iter().for_each(|d| line(format!("date: {} | {}", d.iso, d.written)));
    article.byline.iter().for_each(|b| line(format!("byline: {b}")));
    article.site.iter().for_each(|s| line(format!("site: {s}")));
    for block in &article.blocks {
        let kind = match block.kind {
            BlockKind::Heading(_) => "heading",
            BlockKind::ListItem { .. } => "list-item",
            _ => "paragraph",
        };
        line(format!("block: {kind}: {}", block.text));
    }
    for r in &article.related {
        let dash = |o: &Option<String>| o.clone().unwrap_or_else(|| "-".into());
        line(format!("related: {} | {} | {}", dash(&r.section), r.title, dash(&r.teaser)));
    }
    for s in &article.set_aside {
        let kind = match s.kind {
            SetAsideKind::Comments => "comments",
            SetAsideKind::Sharing => "sharing",
            SetAsideKind::ReadMore => "read-more",
            SetAsideKind::Label => "label",
            SetAsideKind::Credit => "credit",
            SetAsideKind::Advertisement => "advertisement",
            SetAsideKind::Navigation => "navigation",
        };
        line(format!("set-aside: {kind}: {}", s.text));
    }
    out
}

fn texts() -> Vec<PathBuf> {
    let mut all: Vec<_> = std::fs::read_dir(folder())
        .expect("tests/pages")
        .map(|e| e.expect("an entry").path())
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
        .collect();
    all.sort();
    all
}

/// `UPDATE_EXPECTED=1 cargo test` overwrites the expectations; a person reads the diff.
#[test]
fn pages_are_read_as_expected() {
    let mut wrong = Vec::new();
    let all = texts();
    assert!(all.len() >= 10, "only {} pages", all.len());
    for path in all {
        let input = std::fs::read_to_string(&path).expect("a text");
        let found = written(&plain_text::read(&input));
        let expected_path = path.with_extension("expected");
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            std::fs::write(&expected_path, &found).expect("a writable folder");
        }
        let expected = std::fs::read_to_string(&expected_path).expect("an expectation");
        let expected: String = expected.lines().map(|l| one_line(l) + "\n").collect();
        if found != expected {
            wrong.push(format!("== {}\n{}", path.display(), diff(&expected, &found)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn diff(expected: &str, found: &str) -> String {
    let missing = expected.lines().filter(|l| !found.lines().any(|f| f == *l));
    let extra = found.lines().filter(|l| !expected.lines().any(|e| e == *l));
    let mut lines: Vec<String> = missing.map(|l| format!("- {l}")).collect();
    lines.extend(extra.map(|l| format!("+ {l}")));
    if lines.is_empty() {
        lines.push(format!("another order:\n{found}"));
    }
    lines.join("\n")
}

/// Nothing is lost: every word of the input is somewhere in the article.
#[test]
fn every_word_is_kept() {
    for path in texts() {
        let input = std::fs::read_to_string(&path).expect("a text");
        let article = plain_text::read(&input);
        let kept = written(&article).to_lowercase();
        // "Posted on" introduces a date and is not kept.
        let introduces = |l: &&str| !article.date.as_ref().is_some_and(|d| l.contains(&d.written));
        for line in input.lines().filter(introduces) {
            for word in line.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 3)
            {
                assert!(kept.contains(&word.to_lowercase()), "{}: {word}", path.display());
            }
        }
    }
}

/// Each block leads back to the words of the input that it was made of.
#[test]
fn blocks_lead_back_to_the_input() {
    for path in texts() {
        let input = std::fs::read_to_string(&path).expect("a text");
        for block in plain_text::read(&input).blocks {
            for (at, c) in block.text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
                let from = block.to_input(at).expect("an origin");
                assert!(input[from..].starts_with(c), "{}: {} at {at}", path.display(), block.text);
            }
        }
    }
}
