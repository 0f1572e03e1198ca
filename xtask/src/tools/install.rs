//! Installs a tool into the cache folder, whole or not at all.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use super::{Tool, cached, find, locked, lookup};
use crate::{Outcome, process};

/// Packages with hundreds of others below them.
const SLOW: [&str; 2] = ["trunk", "cargo-deny"];

/// Installs `tool` with cargo; answers its program.
pub(super) fn with_cargo(tool: &Tool) -> Outcome<PathBuf> {
    let Tool { package, version, .. } = tool;
    let by_hand = by_hand(tool);
    let mended =
        |cause: String| format!("{package} {version}: {cause}\nTo install it by hand: {by_hand}");
    into_cache(package, version, |folder| {
        if let Some(program) = find(tool) {
            return Ok(Installed::Already(program)); // another run was first
        }
        if process::on_path("cargo-binstall").is_some() {
            eprintln!("dixit: installing {package} {version} with cargo binstall");
            let mut binstall = Command::new("cargo");
            binstall.args(["binstall", "--no-confirm", "--root"]).arg(folder);
            binstall.arg(format!("{package}@{version}"));
            if process::run("cargo binstall", &mut binstall).is_ok() {
                return Ok(Installed::New);
            }
        }
        eprintln!(
            "dixit: installing {package} {version} into {} from source: once, {} on two cores",
            lookup::cache().unwrap_or_default().display(),
            if SLOW.contains(package) { "5 to 10 minutes" } else { "2 to 4 minutes" },
        );
        let mut cargo = quick_install(tool);
        cargo.arg("--root").arg(folder).env("CARGO_TARGET_DIR", folder.join("build"));
        process::run("cargo install", &mut cargo)?;
        fs::remove_dir_all(folder.join("build")).map_err(|e| e.to_string())?;
        Ok(Installed::New)
    })
    .map_err(&mended)?;
    find(tool).ok_or_else(|| mended("it was installed, but does not run".into()))
}

/// Installs the set of a package from npm; `found` tells what of it is there.
pub(super) fn with_npm(
    package: &str,
    version: &str,
    found: impl Fn() -> Option<PathBuf>,
) -> Outcome<PathBuf> {
    if process::on_path("npm").is_none() {
        return Err(
            "there is no npm to install it with.\nTo have it: install nodejs and npm (Debian: apt-get install nodejs npm)".into()
        );
    }
    into_cache(package, version, |folder| {
        if let Some(there) = found() {
            return Ok(Installed::Already(there));
        }
        eprintln!("dixit: installing {package} {version} with npm (about 10 s)");
        locked::install(package, folder)?;
        Ok(Installed::New)
    })?;
    found().ok_or_else(|| "it was installed, but is not there".into())
}

enum Installed {
    New,
    Already(PathBuf),
}

/// Lets `install` fill a folder beside its final place, then moves it there; one run at a time.
fn into_cache(
    package: &str,
    version: &str,
    install: impl FnOnce(&Path) -> Outcome<Installed>,
) -> Outcome<()> {
    let cache = lookup::cache().ok_or("no home folder to install it into; set XDG_CACHE_HOME")?;
    let place = cached(package, version).ok_or("no home folder to install it into")?;
    let refused = |e: std::io::Error| format!("cannot write to {}: {e}", cache.display());
    fs::create_dir_all(&cache).map_err(refused)?;
    let lock = File::create(cache.join(".lock")).map_err(refused)?;
    if lock.try_lock().is_err() {
        eprintln!("dixit: another run is installing tools; waiting for it");
        lock.lock().map_err(refused)?;
    }
    // A run that was ended in the middle left its folder behind: it holds the lock no more.
    let unfinished = cache.join(format!(".unfinished-{package}-{version}"));
    let _ = fs::remove_dir_all(&unfinished);
    fs::create_dir_all(&unfinished).map_err(refused)?;
    let began = Instant::now();
    let outcome = install(&unfinished);
    if let Ok(Installed::New) = outcome {
        let _ = fs::remove_dir_all(&place); // a broken one, else it would have been found
        fs::rename(&unfinished, &place).map_err(refused)?;
        eprintln!("dixit: {package} {version} installed in {} s", began.elapsed().as_secs());
    }
    let _ = fs::remove_dir_all(&unfinished);
    match outcome? {
        Installed::New => {}
        Installed::Already(program) => eprintln!("dixit: found {}", program.display()),
    }
    Ok(())
}

/// `cargo install` with a profile that compiles in a third of the time; these tools need not be fast.
fn quick_install(tool: &Tool) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.args(install_args(tool));
    cargo
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        // Not the workspace's own settings.
        .env_remove("CARGO_MANIFEST_DIR")
        .env_remove("RUSTFLAGS");
    if let Some(cache) = lookup::cache() {
        cargo.current_dir(cache);
    }
    cargo
}

fn install_args(tool: &Tool) -> Vec<&str> {
    let mut args = vec!["install", tool.package, "--version", &tool.version, "--locked"];
    if tool.package == "trunk" {
        // It declares a newer rustc than it needs. It will not download anything here, yet does not
        // build without one of its TLS features.
        args.extend(["--ignore-rust-version", "--no-default-features", "--features", "rustls"]);
    }
    args
}

fn by_hand(tool: &Tool) -> String {
    format!("cargo {}", install_args(tool).join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_by_hand_is_the_one_that_is_run() {
        let tool = Tool {
            package: "wasm-bindgen-cli",
            program: "wasm-bindgen",
            version: "0.2.129".into(),
        };
        assert_eq!(by_hand(&tool), "cargo install wasm-bindgen-cli --version 0.2.129 --locked");
    }
}
