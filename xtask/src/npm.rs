//! Builds the npm package of the engine into `target/npm/`, and tests it as somebody who installed it; that of the
//! element is in [`article`].

pub(crate) mod article;

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use base64::Engine as _;

use crate::release::{self, notices};
use crate::tools::{self, Tools};
use crate::{Outcome, process, seal, workspace};

const TARGET: &str = "wasm32-unknown-unknown";

/// Builds the package for whoever publishes it; an error where it does not work as it should.
pub(crate) fn publishable() -> Outcome<()> {
    let (_, failed) = build_and_test(&tools::set_up()?)?;
    if failed > 0 {
        return Err(format!("tests of the npm package failed: {failed}"));
    }
    println!("dixit: dixit-attribution is in {}", workspace::target().join("npm").display());
    crate::build()?;
    println!("dixit: dixit-article is in {}", article::build()?.display());
    Ok(())
}

/// Builds both packages, of what is in `dist/`, and packs them; answers the files, none where there is no npm.
pub(crate) fn packed_packages(tools: &Tools) -> Outcome<Vec<PathBuf>> {
    let Some(npm) = process::on_path("npm") else {
        println!("dixit: the npm packages are not packed: npm is not on PATH");
        return Ok(Vec::new());
    };
    let mut files = Vec::new();
    for (name, package) in [("attribution", build(tools)?), ("article", article::build()?)] {
        // One folder each, where what is packed is the only such file.
        let place = workspace::target().join("dixit/packed").join(name);
        empty(&place)?;
        files.push(packed(&npm, &package, &place)?);
    }
    Ok(files)
}

/// Builds the package and runs its tests where there is Node: how many passed and failed.
pub(crate) fn build_and_test(tools: &Tools) -> Outcome<(usize, usize)> {
    let package = build(tools)?;
    let (Some(node), Some(npm)) = (process::on_path("node"), process::on_path("npm")) else {
        println!("dixit: the npm package is not tested: node or npm is not on PATH");
        return Ok((0, 0));
    };
    let (passed, failed) = test(&package, &node, &npm)?;
    println!("dixit: the npm package: {passed} tests passed, {failed} failed");
    Ok((passed, failed))
}

/// Builds the package; answers its folder.
fn build(tools: &Tools) -> Outcome<PathBuf> {
    let mut cargo = tools.command("cargo");
    cargo.args([
        "build",
        "--locked",
        "--quiet",
        "--package",
        "dixit-npm",
        "--profile",
        "npm",
        "--target",
        TARGET,
    ]);
    process::run("building the npm package's engine", &mut cargo)?;
    let built = workspace::target().join(TARGET).join("npm/dixit_npm.wasm");

    let glue = workspace::target().join("dixit/npm");
    let mut bindgen = tools.command("wasm-bindgen");
    bindgen.args(["--target", "web", "--no-typescript", "--omit-default-module-path"]);
    bindgen.args(["--out-name", "engine", "--out-dir"]).arg(&glue).arg(&built);
    process::run("wasm-bindgen", &mut bindgen)?;

    let folder = workspace::target().join("npm");
    empty(&folder)?;
    let root = workspace::root();
    for file in ["package.json", "index.js", "index.d.ts", "README.md"] {
        copy(&root.join("npm/attribution").join(file), &folder)?;
    }
    for file in ["LICENSE-MIT", "LICENSE-APACHE"] {
        copy(&root.join(file), &folder)?;
    }
    write(&folder.join(notices::NAME), &notices()?)?;
    copy(&glue.join("engine.js"), &folder)?;
    let wasm = seal::optimised(&seal::read(&glue.join("engine_bg.wasm"))?, "-O3")?;
    let wasm = base64::engine::general_purpose::STANDARD.encode(wasm);
    write(&folder.join("wasm.js"), &format!("export const wasm = \"{wasm}\";\n"))?;
    Ok(folder)
}

/// The licences of the crates in the package's module.
fn notices() -> Outcome<String> {
    release::notices_of(&["dixit-npm"], "")
}

/// Packs the package, installs it into a folder of its own and runs its tests there: how many passed and failed.
fn test(package: &Path, node: &Path, npm: &Path) -> Outcome<(usize, usize)> {
    let place = workspace::target().join("npm-test");
    empty(&place)?;
    write(&place.join("package.json"), "{\"private\":true,\"type\":\"module\"}\n")?;
    copy(&workspace::root().join("npm/attribution/test/package.test.js"), &place)?;
    let packed = packed(npm, package, &place)?;
    let mut install = Command::new(npm);
    install.args(["install", "--silent", "--offline", "--ignore-scripts", "--no-audit"]);
    install.arg("--no-fund").arg(packed);
    process::run("npm install", install.current_dir(&place))?;
    let mut run = Command::new(node);
    run.args(["--test", "--test-reporter=tap", "package.test.js"]).current_dir(&place);
    let output = run.output().map_err(|e| format!("node: {e}"))?;
    let tap = String::from_utf8_lossy(&output.stdout);
    let figures = figures(&tap);
    if !output.status.success() {
        print!("{tap}");
    }
    match figures {
        Some((passed, failed)) if failed > 0 || output.status.success() => Ok((passed, failed)),
        _ => Err(format!("the npm package's tests did not run ({})", output.status)),
    }
}

/// Packs a package into a folder; answers the file.
fn packed(npm: &Path, package: &Path, place: &Path) -> Outcome<PathBuf> {
    let mut pack = Command::new(npm);
    pack.args(["pack", "--silent", "--ignore-scripts", "--pack-destination"]).arg(place);
    pack.arg(package);
    process::run("npm pack", pack.current_dir(place).stdout(Stdio::null()))?;
    let files = fs::read_dir(place).map_err(|e| format!("cannot read {}: {e}", place.display()))?;
    let mut files = files.flatten().map(|entry| entry.path());
    let packed = files.find(|path| path.extension() == Some(OsStr::new("tgz")));
    packed.ok_or_else(|| "npm pack wrote no package".into())
}

/// The figures at the end of what `node --test` writes: `# pass 7`, `# fail 0`.
fn figures(tap: &str) -> Option<(usize, usize)> {
    let after = |name: &str| {
        tap.lines().rev().find_map(|line| line.strip_prefix(name))?.trim().parse().ok()
    };
    Some((after("# pass ")?, after("# fail ")?))
}

fn empty(folder: &Path) -> Outcome<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .map_err(|e| format!("cannot empty {}: {e}", folder.display()))?;
    }
    fs::create_dir_all(folder).map_err(|e| format!("cannot make {}: {e}", folder.display()))
}

fn copy(file: &Path, folder: &Path) -> Outcome<()> {
    let to = folder.join(file.file_name().unwrap_or_default());
    fs::copy(file, to).map_err(|e| format!("cannot copy {}: {e}", file.display()))?;
    Ok(())
}

fn write(path: &Path, text: &str) -> Outcome<()> {
    fs::write(path, text).map_err(|e| format!("cannot write {}: {e}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_packages_have_the_crates_version() {
        let read = |file: &str| fs::read_to_string(workspace::root().join(file)).expect(file);
        let version = format!("version = \"{}\"", env!("CARGO_PKG_VERSION"));
        assert!(read("Cargo.toml").contains(&version));
        let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
        assert!(read("npm/attribution/package.json").contains(&version));
        assert!(read("npm/article/package.json").contains(&version));
    }

    #[test]
    fn the_packages_have_the_licences_of_what_is_in_them() {
        for (package, text, carried, others) in [
            ("attribution", notices(), &["wasm-bindgen"][..], &["yew", "dom_smoothie", "clap"][..]),
            (
                "article",
                article::notices(),
                &["wasm-bindgen", "yew", "dom_smoothie", "pulldown-cmark", "feed-rs"],
                &["clap", "pagefind", "tokio"],
            ),
        ] {
            let text = text.expect("a text");
            let has = |name: &&&str| text.contains(&format!("\n{name} "));
            assert!(carried.iter().all(|name| has(&name)), "{package}: {text}");
            assert!(!others.iter().any(|name| has(&name)), "{package}: {text}");
            assert_eq!(text.contains("typeface"), package == "article", "{text}");
            // npm packs no other files than those that are named.
            let file = workspace::root().join("npm").join(package).join("package.json");
            let json = fs::read_to_string(file).expect("package.json");
            let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
            let files = json["files"].as_array().expect("files");
            for name in ["LICENSE-MIT", "LICENSE-APACHE", notices::NAME] {
                assert!(files.iter().any(|file| file == name), "{package}: {name}");
            }
        }
    }

    #[test]
    fn nodes_figures_are_read() {
        let tap = "ok 1 - a\n# tests 8\n# suites 0\n# pass 7\n# fail 1\n# cancelled 0\n";
        assert_eq!(figures(tap), Some((7, 1)));
        assert_eq!(figures("nothing"), None);
    }
}
