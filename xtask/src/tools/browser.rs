//! The browser and its driver, which come as system packages.

use std::path::PathBuf;
use std::process::Command;

use super::{Tool, find, install};
use crate::{Outcome, process};

/// The version of Firefox's driver.
const GECKODRIVER: &str = "0.36.0";

/// Names under which Chromium is known; the browser tests look for the same.
const CHROMIUM: [&str; 4] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Sees to it that the browser tests have a browser and its driver.
pub(crate) fn ensure_browser() -> Outcome<()> {
    ensure(missing, "put chromium and chromedriver of one version on PATH")
}

/// Sees to it that those browser tests that are to hold in every browser have the others; answers Firefox's driver,
/// which is no package of Debian's.
pub(crate) fn ensure_other_browsers() -> Outcome<PathBuf> {
    ensure(
        missing_others,
        "put firefox, WebKitGTK's MiniBrowser, WebKitWebDriver and xvfb-run on this machine",
    )?;
    let tool = Tool { package: "geckodriver", program: "geckodriver", version: GECKODRIVER.into() };
    match find(&tool) {
        Some(program) => Ok(program),
        None => install::with_cargo(&tool),
    }
}

fn ensure(missing: fn() -> Vec<&'static str>, elsewhere: &str) -> Outcome<()> {
    let packages = missing();
    if packages.is_empty() {
        return Ok(());
    }
    let names = packages.join(" ");
    let command = format!("apt-get install --yes --no-install-recommends {names}");
    let advice = format!(
        "missing for the browser tests: {names}.\nOn Debian, as root: {command}\nElsewhere: {elsewhere}"
    );
    if !may_install() || process::on_path("apt-get").is_none() {
        return Err(advice);
    }
    eprintln!("dixit: installing {names} with apt-get (about 1 minute)");
    let apt = |args: &[&str]| {
        let mut apt = Command::new("apt-get");
        apt.args(args).env("DEBIAN_FRONTEND", "noninteractive");
        process::run("apt-get", &mut apt)
    };
    let installed = apt(&["update", "--quiet=2"]).and_then(|()| {
        let mut args = vec!["install", "--yes", "--quiet=2", "--no-install-recommends"];
        args.extend(&packages);
        apt(&args)
    });
    installed.map_err(|e| format!("{e}\n{advice}"))?;
    if missing().is_empty() { Ok(()) } else { Err(advice) }
}

fn missing_others() -> Vec<&'static str> {
    let programs = [
        (&["firefox", "firefox-esr"][..], "firefox-esr"),
        (&["WebKitWebDriver"], "webkit2gtk-driver"),
        (&["xvfb-run"], "xvfb"),
        (&["xauth"], "xauth"),
    ];
    let is_missing = |names: &[&str]| names.iter().all(|name| process::on_path(name).is_none());
    programs
        .into_iter()
        .filter(|(names, _)| is_missing(names))
        .map(|(_, package)| package)
        .collect()
}

fn missing() -> Vec<&'static str> {
    let mut missing = Vec::new();
    if std::env::var_os("DIXIT_CHROMIUM").is_none()
        && !CHROMIUM.iter().any(|n| process::on_path(n).is_some())
    {
        missing.push("chromium");
    }
    if std::env::var_os("DIXIT_CHROMEDRIVER").is_none()
        && process::on_path("chromedriver").is_none()
    {
        missing.push("chromium-driver");
    }
    missing
}

/// Only root, or a machine that says it is CI, gets system packages; nobody is asked for a password.
fn may_install() -> bool {
    let root = process::answer(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    root || std::env::var("CI").is_ok_and(|ci| ci == "true")
}
