//! Ours beside plain HTML, and beside what people would otherwise use: pages in the browser, the engine, site building
//! and sizes, in one run; `docs/benchmarks.md` is made of it.

mod figures;
mod machine;
mod page;
mod peer;
mod tables;
mod weights;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::tools::{self, Tools};
use crate::{Outcome, process, sizes, workspace};
use figures::Figures;

/// Measures, and prints what was found or writes it where it is published.
pub(crate) fn compare(options: &[&str]) -> Outcome<()> {
    const KNOWN: [&str; 2] = ["--write", "--measured"];
    if let Some(unknown) = options.iter().find(|option| !KNOWN.contains(option)) {
        return Err(format!("compare has no option {unknown}"));
    }
    let dist = dist()?;
    let folder = workspace::target().join("compare");
    fs::create_dir_all(&folder).map_err(|e| format!("cannot make {}: {e}", folder.display()))?;
    let lines = folder.join("figures.jsonl");
    if !options.contains(&"--measured") {
        measure(&dist, &folder, &lines)?;
    }
    let figures = Figures::read(&lines)?;
    let text = page::page(&figures, &sizes::wholes(&dist)?, peer::parts(&folder)?)?;
    if !options.contains(&"--write") {
        print!("{text}");
        return Ok(());
    }
    let page = workspace::root().join("docs/benchmarks.md");
    fs::write(&page, text).map_err(|e| format!("cannot write {}: {e}", page.display()))?;
    println!("dixit: wrote {}", page.display());
    Ok(())
}

/// The built site: `DIXIT_DIST`, as for the browser tests, else `dist/`.
fn dist() -> Outcome<PathBuf> {
    let named = std::env::var_os("DIXIT_DIST").map(PathBuf::from);
    let dist = named.unwrap_or_else(workspace::dist);
    let there = dist.join("index.html").is_file();
    there.then_some(dist).ok_or_else(|| "there is no built site; run: cargo xtask build".into())
}

/// Lets the tests and benchmarks write their figures into the file.
fn measure(dist: &Path, folder: &Path, lines: &Path) -> Outcome<()> {
    let tools = tools::set_up()?;
    tools::ensure_browser()?;
    let site = peer::build(folder)?;
    step("the command dixit");
    let build = ["build", "--quiet", "--release", "--package", "dixit-cli"];
    process::run("the command dixit", tools.command("cargo").args(build))?;
    // What an earlier run left.
    let _ = fs::remove_file(lines);
    let command = |tools: &Tools| {
        let mut cargo: Command = tools.command("cargo");
        let program = format!("release/dixit{}", std::env::consts::EXE_SUFFIX);
        cargo.env("DIXIT_FIGURES", lines).env("DIXIT_DIST", dist).env("DIXIT_PEER", &site);
        cargo.env("DIXIT_PROGRAM", workspace::target().join(program));
        cargo
    };
    step("pages");
    let browser = ["test", "--quiet", "--test", "browser", "pages_beside_each_other", "--"];
    let mut cargo = command(&tools);
    cargo.args(browser).args(["--ignored", "--nocapture", "--test-threads=1"]);
    process::run("pages", &mut cargo)?;
    for bench in ["speed", "site"] {
        step(bench);
        let args = ["bench", "--quiet", "--package", "dixit-bench", "--bench", bench];
        process::run(bench, command(&tools).args(args))?;
    }
    Ok(())
}

fn step(name: &str) {
    println!("\n== {name}");
}
