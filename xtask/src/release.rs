//! Builds the command `dixit` with the reader inside, so that authors need neither Trunk nor Wasm tools; and the folder
//! of all that is published with a version.

pub(crate) mod archive;
mod bom;
mod checklist;
pub(crate) mod facts;
mod folder;
pub(crate) mod notices;
#[cfg(test)]
pub(crate) mod scratch;
pub(crate) mod sums;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use bom::{Packages, Shipped};
use facts::Facts;
use folder::Built;

use crate::tools::Tools;
use crate::{Outcome, npm, process, single, tools, workspace};

/// What published pages have no use for: the viewer itself, and what reads other articles than their own.
const LEFT_OUT: [&str; 7] =
    ["engine-", "reader-", "articles", "index.html", "sw.js", "manifest.webmanifest", "embedding."];

/// Builds `dist/`, then the command that carries what pages need of it, then what is published.
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
    let facts = facts::facts()?;
    let tools = tools::set_up()?;
    let mut cargo = tools.command("cargo");
    cargo.args([
        "build",
        "--locked",
        "--release",
        "--package",
        "dixit-cli",
        "--features",
        "embedded",
    ]);
    cargo.env("DIXIT_EMBED", &carried);
    if let Some(flags) = tools::path_flags() {
        // Nor does the command name folders of this machine.
        let target = facts.target.to_uppercase().replace('-', "_");
        cargo.env(format!("CARGO_TARGET_{target}_RUSTFLAGS"), flags);
    }
    process::run("building the command", &mut cargo)?;
    let viewer = workspace::target().join("release/dixit.html");
    fs::copy(single::place(), &viewer).map_err(|error| format!("{}: {error}", viewer.display()))?;
    let program = workspace::target().join(format!("release/dixit{}", env::consts::EXE_SUFFIX));
    println!("dixit: {}", program.display());
    println!("dixit: {}", viewer.display());
    publishable(&tools, &facts, program, viewer)
}

/// Writes `target/release-VERSION/`.
fn publishable(tools: &Tools, facts: &Facts, program: PathBuf, single: PathBuf) -> Outcome<()> {
    let root = workspace::root();
    let (mut all, mut bills) = (Packages::new(), Vec::new());
    for (of, shipped) in shipped(facts) {
        let packages = bom::listed(&shipped)?;
        bills.push((of, bom::bill(&shipped, &packages, &facts.version, facts.time)?));
        all.extend(packages);
    }
    let notices = workspace::target().join("dixit").join(notices::NAME);
    fs::write(&notices, notices::notices(&all)?)
        .map_err(|error| format!("{}: {error}", notices.display()))?;
    let built = Built {
        site: workspace::dist(),
        program,
        single,
        packages: npm::packed_packages(tools)?,
        papers: ["README.md", "LICENSE-MIT", "LICENSE-APACHE"].map(|name| root.join(name)).into(),
        notices,
        bills,
    };
    let place = workspace::target().join(format!("release-{}", facts.version));
    folder::write(&place, &built, facts, &checklist::state(facts))?;
    println!("dixit: what is published is in {}: see CHECKLIST.md there", place.display());
    Ok(())
}

/// What runs in browsers, the npm packages too; and the command, which carries the site.
fn shipped(facts: &Facts) -> [(String, Shipped<'_>); 2] {
    let Facts { version, target, .. } = facts;
    let site = Shipped {
        name: "dixit-site",
        packages: &["dixit-reader", "dixit-engine-wasm", "dixit-import-wasm", "dixit-npm"],
        features: "dixit-reader/hydrate,dixit-reader/embed,dixit-import-wasm/all",
        target: "wasm32-unknown-unknown",
    };
    let command = Shipped { name: "dixit", packages: &["dixit-cli"], features: "embedded", target };
    [(format!("dixit-site-{version}"), site), (format!("dixit-{version}-{target}"), command)]
}

/// The notices of what these packages of ours, built for browsers with these features, carry of others.
pub(crate) fn notices_of(packages: &[&str], features: &str) -> Outcome<String> {
    let target = "wasm32-unknown-unknown";
    notices::notices(&bom::listed(&Shipped { name: "", packages, features, target })?)
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
