//! Builds the command `dixit` with the reader inside, so that authors need neither Trunk nor Wasm tools.

use std::fs;
use std::path::Path;

use crate::{Outcome, process, single, tools, workspace};

/// What published pages have no use for: the viewer itself, and what reads other articles than their own.
const LEFT_OUT: [&str; 7] =
    ["engine-", "reader-", "articles", "index.html", "sw.js", "manifest.webmanifest", "embedding."];

/// Builds `dist/`, then the command that carries what pages need of it.
pub(crate) fn release() -> Outcome<()> {
    crate::build()?;
    let carried = workspace::target().join("dixit/carried");
    let cannot = |error: std::io::Error| format!("{}: {error}", carried.display());
    if carried.exists() {
        fs::remove_dir_all(&carried).map_err(cannot)?;
    }
    fs::create_dir_all(&carried).map_err(cannot)?;
    for entry in fs::read_dir(workspace::dist()).map_err(cannot)? {
        let entry = entry.map_err(cannot)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // The styles of every page are called as the reader is.
        let is_left_out =
            LEFT_OUT.iter().any(|other| name.starts_with(other)) && !name.ends_with(".css");
        if !is_left_out && !name.starts_with('.') {
            copy(&entry.path(), &carried.join(name)).map_err(cannot)?;
        }
    }
    let mut cargo = tools::set_up()?.command("cargo");
    cargo.args(["build", "--locked", "--release", "--package", "dixit-cli", "--features", "embedded"]);
    cargo.env("DIXIT_EMBED", &carried);
    process::run("building the command", &mut cargo)?;
    let viewer = workspace::target().join("release/dixit.html");
    fs::copy(single::place(), &viewer).map_err(|error| format!("{}: {error}", viewer.display()))?;
    println!("dixit: {}", workspace::target().join("release/dixit").display());
    println!("dixit: {}", viewer.display());
    Ok(())
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    if !from.is_dir() {
        return fs::copy(from, to).map(drop);
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}
