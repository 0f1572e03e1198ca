//! The page that does our job by packages from npm, bundled and minified.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::sizes::brotli_size;
use crate::{Outcome, process, workspace};

/// Where it is installed and built, in the folder of the comparison.
const INSTALLED: &str = "peer";
const BUILT: &str = "peer-site";

/// Builds the page of `bench/peer/`; answers the folder to serve.
pub(crate) fn build(folder: &Path) -> Outcome<PathBuf> {
    let npm = process::on_path("npm").ok_or("there is no npm, from which the peers come")?;
    let [installed, built] = [INSTALLED, BUILT].map(|name| folder.join(name));
    let _ = fs::remove_dir_all(&built);
    for place in [&installed, &built] {
        fs::create_dir_all(place).map_err(|e| format!("cannot make {}: {e}", place.display()))?;
    }
    let source = workspace::root().join("bench/peer");
    let put = |name: &str, into: &Path| {
        let copied = fs::copy(source.join(name), into.join(name));
        copied.map(drop).map_err(|e| format!("cannot copy {name}: {e}"))
    };
    for name in ["package.json", "peer.js", "quotes.js"] {
        put(name, &installed)?;
    }
    let mut install = Command::new(npm);
    install.args(["install", "--silent", "--no-audit", "--no-fund", "--no-package-lock"]);
    process::run("npm install", install.current_dir(&installed))?;
    let mut esbuild = Command::new(installed.join("node_modules/.bin/esbuild"));
    esbuild.args(["peer.js", "--bundle", "--minify", "--splitting", "--format=esm"]);
    esbuild.args(["--target=es2022", "--log-level=warning"]);
    esbuild.arg(format!("--outdir={}", built.display())).current_dir(&installed);
    process::run("esbuild", &mut esbuild)?;
    // What the scripts share is asked for with the first of them.
    let shared = parts(folder)?.into_iter().filter(|(name, _)| name.starts_with("chunk-"));
    let links: String =
        shared.map(|(name, _)| format!("<link rel=\"modulepreload\" href=\"{name}\">\n")).collect();
    let broken = |e: std::io::Error| format!("the peer's index.html: {e}");
    let page = fs::read_to_string(source.join("index.html")).map_err(broken)?;
    let page = page.replace("<script", &format!("{links}<script"));
    fs::write(built.join("index.html"), page).map_err(broken)?;
    Ok(built)
}

/// The names of its scripts, and their bytes after brotli.
pub(crate) fn parts(folder: &Path) -> Outcome<Vec<(String, usize)>> {
    let built = folder.join(BUILT);
    let broken = |e: std::io::Error| format!("{}: {e}", built.display());
    let mut parts = Vec::new();
    for entry in fs::read_dir(&built).map_err(broken)? {
        let path = entry.map_err(broken)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".js") {
            parts.push((name, brotli_size(&fs::read(&path).map_err(broken)?)?));
        }
    }
    parts.sort();
    Ok(parts)
}

/// The packages that it is made of, and their versions.
pub(crate) fn versions() -> Outcome<Vec<(String, String)>> {
    let path = workspace::root().join("bench/peer/package.json");
    let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let package: serde_json::Value =
        serde_json::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?;
    let lists = ["dependencies", "devDependencies"].map(|name| package[name].as_object().cloned());
    let all = lists.into_iter().flatten().flatten();
    Ok(all.map(|(name, v)| (name, v.as_str().unwrap_or_default().to_owned())).collect())
}
