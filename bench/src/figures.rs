//! What benchmarks found, as lines of JSON for who makes tables of it.

use std::env;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::PathBuf;

use serde_json::Value;

/// The file that takes them: `DIXIT_FIGURES`, where somebody asks for it.
fn place() -> Option<PathBuf> {
    env::var_os("DIXIT_FIGURES").map(PathBuf::from)
}

/// Whether somebody makes a table of this run.
pub fn wanted() -> bool {
    place().is_some()
}

/// Adds a line to the file.
pub fn add(line: &Value) -> Result<(), String> {
    let Some(path) = place() else { return Ok(()) };
    let file = OpenOptions::new().create(true).append(true).open(&path);
    let written = file.and_then(|mut file| writeln!(file, "{line}"));
    written.map_err(|e| format!("{}: {e}", path.display()))
}
