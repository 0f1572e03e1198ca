//! Articles to measure on: a corpus of the caller's, or the samples of this repository.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use serde_json::Value;

/// The folder of the workspace.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The texts of every `.jsonl`, `.jsonl.gz` (a line `{"text": …}` an article) and `.txt` in `folder`,
/// in the order of their names.
pub fn of(folder: &Path) -> Result<Vec<String>, String> {
    let broken = |path: &Path, e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
    let entries = fs::read_dir(folder).map_err(|e| broken(folder, &e))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    paths.sort();
    let mut texts = Vec::new();
    for path in paths {
        let name = path.to_string_lossy().into_owned();
        let lines: Box<dyn BufRead> = match name.rsplit_once('.') {
            Some((_, "txt")) => {
                texts.push(fs::read_to_string(&path).map_err(|e| broken(&path, &e))?);
                continue;
            }
            Some((name, "gz")) if name.ends_with(".jsonl") => {
                let file = File::open(&path).map_err(|e| broken(&path, &e))?;
                Box::new(BufReader::new(GzDecoder::new(file)))
            }
            Some((_, "jsonl")) => {
                Box::new(BufReader::new(File::open(&path).map_err(|e| broken(&path, &e))?))
            }
            _ => continue,
        };
        for line in lines.lines() {
            let line = line.map_err(|e| broken(&path, &e))?;
            let article: Value = serde_json::from_str(&line).map_err(|e| broken(&path, &e))?;
            texts.extend(article["text"].as_str().map(str::to_owned));
        }
    }
    Ok(texts)
}

/// The English articles of this repository; peers read no other language.
pub fn samples() -> Result<Vec<String>, String> {
    let mut texts = of(&workspace().join("tests/articles"))?;
    texts.extend(of(&workspace().join("static/articles"))?);
    texts.retain(|t| dixit_engine::plain_text::read(t).language.as_deref() == Some("en"));
    Ok(texts)
}

/// At most about `bytes` of `texts`, taken evenly; where there is less, they come again.
pub fn about(bytes: usize, texts: &[String]) -> Vec<&str> {
    let all: usize = texts.iter().map(String::len).sum();
    let step = (all / bytes.max(1)).max(1);
    let mut left = bytes;
    let taken = texts.iter().step_by(step).cycle().map_while(|t| {
        let enough = left == 0;
        left = left.saturating_sub(t.len());
        (!enough).then_some(t.as_str())
    });
    if all == 0 { Vec::new() } else { taken.collect() }
}

/// One text of exactly `bytes` or up to three fewer, from whole articles one after the other.
pub fn joined(bytes: usize, texts: &[String]) -> String {
    let mut text = about(bytes, texts).join("\n\n");
    text.truncate(text.floor_char_boundary(bytes));
    text
}
