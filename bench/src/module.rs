//! The engine's Wasm module and the importer's, built by cargo as the site's is, before wasm-bindgen's and wasm-opt's passes.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use crate::articles::workspace;

/// Cargo's target folder.
pub fn target() -> PathBuf {
    workspace().join(env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

/// Builds the engine's module with `profile` and answers where it is.
///
/// Two profiles matter: `wasm` is what readers download, `npm` what programs do.
pub fn build(profile: &str) -> Result<PathBuf, String> {
    built("dixit-engine-wasm", "", profile)
}

/// Builds the importer's module, the small one that readers download, and Markdown with it; answers where it is.
pub fn importer() -> Result<PathBuf, String> {
    built("dixit-import-wasm", "dixit-import/markdown", "wasm")
}

fn built(package: &str, features: &str, profile: &str) -> Result<PathBuf, String> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let folder = target();
    let status = Command::new(cargo)
        .current_dir(workspace())
        .args([
            "build",
            "--quiet",
            "--package",
            package,
            "--features",
            features,
            "--target",
            TARGET,
        ])
        .args(["--profile", profile])
        .arg("--target-dir")
        .arg(&folder)
        .status()
        .map_err(|e| format!("cannot run cargo: {e}"))?;
    if !status.success() {
        return Err(format!(
            "building {package} failed ({status}); without the target, run: rustup target add {TARGET}"
        ));
    }
    Ok(folder.join(TARGET).join(profile).join(package.replace('-', "_") + ".wasm"))
}
