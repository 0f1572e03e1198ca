//! Whether two builds of one commit give the same bytes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::release::archive::{self, Packed};
use crate::release::facts::git;
use crate::release::sums;
use crate::{Outcome, process, workspace};

/// Builds this commit in two clones and compares every file of the sites; with `dist`, a site that was built of it
/// before is the first of the two.
pub(crate) fn reproducible(dist: Option<&str>) -> Outcome<()> {
    let commit = git(&["rev-parse", "HEAD"]).ok_or("this is no git checkout")?;
    match git(&["status", "--porcelain"]) {
        Some(changes) if changes.is_empty() => {}
        _ => return Err("what is built has to be a commit: commit or stash your changes".into()),
    }
    let place = workspace::target().join("reproducible");
    if place.exists() {
        fs::remove_dir_all(&place).map_err(|e| format!("{}: {e}", place.display()))?;
    }
    let first = match dist {
        Some(dist) => std::path::absolute(dist).map_err(|e| format!("{dist}: {e}"))?,
        None => build(&commit, &place.join("first"), &place.join("first/target"))?,
    };
    // Names of another length, and a target folder outside of the clone: what shows through of them differs.
    let second = place.join("the-second-of-the-two");
    let second = build(&commit, &second, &place.join("target-of-the-second"))?;
    let (count, differences) = compare(&first, &second)?;
    if differences.is_empty() {
        println!("dixit: {count} files, the same bytes in {}", first.display());
        println!("dixit: and in {}, of {commit}", second.display());
        return Ok(());
    }
    Err(format!(
        "{} of {count} files of {commit} differ between {} and {}:\n{}",
        differences.len(),
        first.display(),
        second.display(),
        differences.join("\n")
    ))
}

/// Clones this repository and builds the site of a commit there; answers its folder.
fn build(commit: &str, clone: &Path, target: &Path) -> Outcome<PathBuf> {
    let mut git = Command::new("git");
    git.args(["clone", "--quiet", "--no-checkout"]).arg(workspace::root()).arg(clone);
    process::run("git clone", &mut git)?;
    let mut git = Command::new("git");
    git.args(["checkout", "--quiet", "--detach", commit]).current_dir(clone);
    process::run("git checkout", &mut git)?;
    println!("dixit: building {commit} in {}", clone.display());
    let mut cargo = Command::new("cargo");
    cargo.args(["run", "--quiet", "--locked", "--package", "xtask", "--", "build"]);
    cargo.current_dir(clone).env("CARGO_TARGET_DIR", target);
    process::run("cargo xtask build", &mut cargo)?;
    Ok(clone.join("dist"))
}

/// How many files there are in either folder, and a line for each that is not the same in both.
fn compare(first: &Path, second: &Path) -> Outcome<(usize, Vec<String>)> {
    let [first, second] = [hashes(first)?, hashes(second)?];
    if first.is_empty() {
        return Err("there is nothing to compare".into());
    }
    let mut names: Vec<&String> = first.keys().chain(second.keys()).collect();
    names.sort();
    names.dedup();
    let difference = |name: &&String| match (first.get(*name), second.get(*name)) {
        (Some(one), Some(other)) if one == other => None,
        (Some(one), Some(other)) => Some(format!("{name}: {one} and {other}")),
        (Some(_), None) => Some(format!("{name}: only in the first")),
        _ => Some(format!("{name}: only in the second")),
    };
    Ok((names.len(), names.iter().filter_map(difference).collect()))
}

/// The hash of every file below a folder, by its name.
fn hashes(folder: &Path) -> Outcome<BTreeMap<String, String>> {
    let files = archive::files(folder)?.into_iter();
    files.map(|Packed { name, file }| Ok((name, sums::sum(&file)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::scratch::Scratch;

    #[test]
    fn every_file_that_is_not_the_same_is_named() {
        let here = Scratch::new("reproducible");
        for (file, text) in [
            ("a/index.html", "same"),
            ("a/engine/engine.wasm", "one"),
            ("a/old-1234.js", ""),
            ("b/index.html", "same"),
            ("b/engine/engine.wasm", "two"),
            ("b/old-5678.js", ""),
        ] {
            here.write(file, text);
        }
        let [a, b] = ["a", "b"].map(|name| here.at(name));
        assert_eq!(compare(&a, &a), Ok((3, Vec::new())));
        let (count, differences) = compare(&a, &b).expect("both are there");
        assert_eq!(count, 4);
        let [engine, first, second] = &differences[..] else { panic!("{differences:?}") };
        assert!(engine.starts_with("engine/engine.wasm: 7692c3ad"), "{engine}");
        assert_eq!(first, "old-1234.js: only in the first");
        assert_eq!(second, "old-5678.js: only in the second");
        here.write("c/d", "");
        fs::remove_file(here.at("c/d")).expect("gone");
        assert!(compare(&here.at("c"), &a).is_err(), "an empty folder is no build");
        assert!(compare(&here.at("none"), &a).is_err());
    }
}
