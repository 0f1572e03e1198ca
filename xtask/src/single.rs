//! The viewer as one file that holds everything, and opens from a disk by a double click: see `static/single.js`.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use crate::seal::{files_in, read, shortened};
use crate::{Outcome, workspace};

/// Where it is.
pub(crate) fn place() -> PathBuf {
    workspace::target().join("dixit/dixit.html")
}

/// Writes it, of the files in the staging folder; `names` are those of the page: `GLUE WASM INTEGRITY ENGINE LANGUAGES`.
pub(crate) fn write(staging: &Path, names: &str) -> Outcome<()> {
    let [glue, _, integrity, engine, languages] = names.split(' ').collect::<Vec<_>>()[..] else {
        return Err("the page names other files now: see single.rs".into());
    };
    let reader = glue.split('/').next().unwrap_or_default();
    let engine = engine.trim_end_matches('/');
    let text = |name: &str| -> Outcome<String> {
        let text = read(&workspace::root().join("static").join(name))?;
        let text = String::from_utf8_lossy(&text).into_owned();
        if name.ends_with(".js") { shortened(&text) } else { Ok(text) }
    };
    let [single, boot, fault] = [text("single.js")?, text("boot.js")?, text("fault.js")?];
    let styles = text("reader.css")?;
    let source = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
    let scripts = [&single, &boot, &fault].map(|script| source(script)).join(" ");
    let page = read(&workspace::root().join("index.html"))?;
    let page = String::from_utf8_lossy(&page)
        .replace("script-src 'self'", &format!("script-src blob: {scripts}"))
        .replace("style-src 'self'", &format!("style-src blob: {}", source(&styles)))
        .replace("connect-src 'self' https:", "connect-src blob: https:")
        .replace("img-src 'self' https:", "img-src https:")
        .replace(" If it was opened as a file, it has to be served: run <code>cargo xtask serve</code>, or put the folder on any web server.", "");
    let mut html = String::with_capacity(8_000_000);
    for line in page.lines() {
        let inline = match line {
            line if line.contains("static/boot.js") => {
                format!(
                    "<meta name=\"dixit-reader\" content=\"reader.js reader.wasm {integrity} engine/ {languages}\">\n<script>{single}</script>\n<script>{boot}</script>"
                )
            }
            // After the panel that it works on.
            line if line.contains("static/fault.js") => continue,
            line if line.contains("static/reader.css") => format!("<style>{styles}</style>"),
            line if line.contains("data-trunk") || line.contains("rel=\"manifest\"") => continue,
            "</body>" => {
                html += &format!("<script>{fault}</script>\n");
                for (name, path) in parts(staging, reader, engine)? {
                    html += &part(&name, &read(&path)?);
                }
                line.to_owned()
            }
            line => line.to_owned(),
        };
        html += &inline;
        html.push('\n');
    }
    if !html.contains("data-name=\"reader.wasm\"") || html.contains("script-src 'self'") {
        return Err("index.html is written otherwise now: see single.rs".into());
    }
    fs::write(place(), html).map_err(|error| format!("{}: {error}", place().display()))
}

/// The parts by name; a script comes after those that it names.
fn parts(staging: &Path, reader: &str, engine: &str) -> Outcome<Vec<(String, PathBuf)>> {
    let mut parts = Vec::new();
    for (folder, prefix) in [(reader, ""), (engine, "engine/")] {
        let folder = staging.join(folder);
        for inner in ["", "words/", "lang/"] {
            let inside = folder.join(inner);
            if !inside.is_dir() {
                continue;
            }
            for name in files_in(&inside)? {
                let path = inside.join(&name);
                if path.is_file() {
                    parts.push((format!("{prefix}{inner}{name}"), path));
                }
            }
        }
    }
    let rank = |name: &str| match name {
        "engine/port.js" => 0,
        name if name.ends_with("-calls.js") => 1,
        _ => 2,
    };
    parts.sort_by(|a, b| (rank(&a.0), &a.0).cmp(&(rank(&b.0), &b.0)));
    Ok(parts)
}

fn part(name: &str, bytes: &[u8]) -> String {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    // Memory takes everything.
    let _ = gzip.write_all(bytes);
    let packed = STANDARD.encode(gzip.finish().unwrap_or_default());
    format!("<script type=\"application/octet-stream\" data-name=\"{name}\">{packed}</script>\n")
}
