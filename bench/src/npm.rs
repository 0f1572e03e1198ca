//! Peers that come from npm: each a folder in `npm/tools/` with a lock file, which `cargo xtask supply` checks.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// Installs a set of packages into a folder, where it is not there as its lock file has it. No script of theirs runs.
pub(crate) fn install(set: &str, folder: &Path) -> Result<(), String> {
    let tools = Path::new(env!("CARGO_MANIFEST_DIR")).join("../npm/tools").join(set);
    let cannot = |e: std::io::Error| format!("{}: {e}", folder.display());
    let mut is_there = folder.join("node_modules").is_dir();
    fs::create_dir_all(folder).map_err(cannot)?;
    for file in ["package.json", "package-lock.json"] {
        let asked = fs::read(tools.join(file)).map_err(|e| format!("{}: {e}", tools.display()))?;
        is_there &= fs::read(folder.join(file)).is_ok_and(|there| there == asked);
        fs::write(folder.join(file), asked).map_err(cannot)?;
    }
    if is_there {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
    let status = npm.current_dir(folder).stdout(Stdio::null()).status();
    let status = status.map_err(|e| format!("cannot run npm: {e}"))?;
    if !status.success() {
        // What is half there would be taken for whole.
        let _ = fs::remove_dir_all(folder.join("node_modules"));
        return Err(format!("npm could not install {set} ({status})"));
    }
    Ok(())
}
