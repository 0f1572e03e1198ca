//! The browser and its driver, which come as system packages.

use std::process::Command;

use crate::{Outcome, process};

/// Names under which Chromium is known; the browser tests look for the same.
const CHROMIUM: [&str; 4] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Sees to it that the browser tests have a browser and its driver.
pub(crate) fn ensure_browser() -> Outcome<()> {
    let missing = missing();
    if missing.is_empty() {
        return Ok(());
    }
    let packages = missing.join(" ");
    let command = format!("apt-get install --yes --no-install-recommends {packages}");
    let advice = format!(
        "missing for the browser tests: {packages}.\nOn Debian, as root: {command}\nElsewhere: put chromium and chromedriver of one version on PATH"
    );
    if !may_install() || process::on_path("apt-get").is_none() {
        return Err(advice);
    }
    eprintln!("dixit: installing {packages} with apt-get (about 1 minute)");
    let apt = |args: &[&str]| {
        let mut apt = Command::new("apt-get");
        apt.args(args).env("DEBIAN_FRONTEND", "noninteractive");
        process::run("apt-get", &mut apt)
    };
    let installed = apt(&["update", "--quiet=2"]).and_then(|()| {
        let mut args = vec!["install", "--yes", "--quiet=2", "--no-install-recommends"];
        args.extend(&missing);
        apt(&args)
    });
    installed.map_err(|e| format!("{e}\n{advice}"))?;
    if self::missing().is_empty() { Ok(()) } else { Err(advice) }
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
