//! The importer beside Mozilla's Readability, on pages whose articles are known.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use dixit_import::{Imported, Input, body_text, import};
use serde_json::Value;

use crate::articles::workspace;
use crate::npm;

/// A page, and what is known of its article.
pub struct Page {
    name: String,
    html: Vec<u8>,
    text: String,
    metadata: Value,
}

/// What was read from a page.
#[derive(Debug, Clone, Default)]
pub struct Read {
    title: Option<String>,
    byline: Option<String>,
    language: Option<String>,
    text: String,
    time: Duration,
}

/// How well a reader does on all pages.
#[derive(Debug, Clone, Copy, Default)]
pub struct Score {
    /// Mean over the pages of F1, of words as often as they stand there.
    pub f1: f64,
    /// How many titles are right.
    pub titles: usize,
    /// How many bylines are right, of all pages, those without one too.
    pub bylines: usize,
    /// How many languages are right, of the pages that name one.
    pub languages: usize,
    /// How long all pages took.
    pub time: Duration,
}

/// The pages of a folder that has a folder for each, in the form of Readability's tests.
pub fn pages(folder: &Path) -> Result<Vec<Page>, String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut folders: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    folders.sort();
    folders.iter().map(|folder| page(folder)).collect()
}

fn page(folder: &Path) -> Result<Page, String> {
    let read = |name: &str| {
        let path = folder.join(name);
        fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))
    };
    let metadata = serde_json::from_slice(&read("expected-metadata.json")?);
    Ok(Page {
        name: folder.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        html: read("source.html")?,
        text: String::from_utf8(read("expected.txt")?).map_err(|e| e.to_string())?,
        metadata: metadata.map_err(|e| format!("{}: {e}", folder.display()))?,
    })
}

/// Reads every page with the importer.
pub fn ours(pages: &[Page]) -> Vec<Read> {
    let read = |page: &Page| {
        let input = Input { url: Some("http://fakehost/test/page.html"), ..Input::new(&page.html) };
        let _ = import(&input);
        let start = Instant::now();
        let Ok(Imported::Article(mut article)) = import(&input) else { return Read::default() };
        let text = body_text(&mut article);
        let time = start.elapsed();
        Read {
            title: article.title,
            byline: article.byline,
            language: article.language,
            text,
            time,
        }
    };
    pages.iter().map(read).collect()
}

/// Reads every page in `folder` with Readability, which npm puts into `target` at first.
pub fn readability(target: &Path, folder: &Path) -> Result<Vec<Read>, String> {
    let place = target.join("bench/readability");
    npm::install("readability", &place)?;
    let script = workspace().join("bench/pages.mjs");
    let output = Command::new("node").arg(script).arg(&place).arg(folder).output();
    let output = output.map_err(|e| format!("cannot run node: {e}"))?;
    let lines = String::from_utf8(output.stdout).map_err(|e| e.to_string())?;
    if !output.status.success() {
        return Err(format!("node: {}", String::from_utf8_lossy(&output.stderr)));
    }
    let read = |line: &str| {
        let row: Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
        let field = |name: &str| row[name].as_str().map(str::to_owned);
        let time = Duration::from_nanos(row["nanoseconds"].as_u64().unwrap_or(0));
        let text = field("text").unwrap_or_default();
        Ok(Read {
            title: field("title"),
            byline: field("byline"),
            language: field("lang"),
            text,
            time,
        })
    };
    lines.lines().map(read).collect()
}

/// Holds what was read against what is known.
pub fn score(pages: &[Page], read: &[Read]) -> Score {
    let mut score = Score::default();
    for (page, read) in pages.iter().zip(read) {
        score.f1 += f1(&read.text, &page.text) / pages.len() as f64;
        let agrees = |name: &str, found: &Option<String>| {
            let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let found = found.as_deref().map(flat).filter(|t| !t.is_empty());
            found == page.metadata[name].as_str().map(flat).filter(|t| !t.is_empty())
        };
        score.titles += usize::from(agrees("title", &read.title));
        score.bylines += usize::from(agrees("byline", &read.byline));
        let named = page.metadata["lang"].is_string();
        score.languages += usize::from(named && agrees("lang", &read.language));
        score.time += read.time;
    }
    score
}

/// The pages on which `read` has an F1 below `limit`, with it.
pub fn weakest(pages: &[Page], read: &[Read], limit: f64) -> Vec<(String, f64)> {
    let all =
        pages.iter().zip(read).map(|(page, read)| (page.name.clone(), f1(&read.text, &page.text)));
    all.filter(|(_, f1)| *f1 < limit).collect()
}

/// The harmonic mean of precision and recall of words, each as often as it stands there.
fn f1(found: &str, expected: &str) -> f64 {
    let words = |text: &str| {
        let mut words: HashMap<String, usize> = HashMap::new();
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
            *words.entry(word.to_lowercase()).or_default() += 1;
        }
        words
    };
    let (found, expected) = (words(found), words(expected));
    let both: usize = found.iter().map(|(w, n)| *n.min(expected.get(w).unwrap_or(&0))).sum();
    let all: usize = found.values().chain(expected.values()).sum();
    if all == 0 { 1.0 } else { 2.0 * both as f64 / all as f64 }
}
