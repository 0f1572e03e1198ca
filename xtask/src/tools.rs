//! The tools that a build needs: found, or installed into a folder of the user's own.

mod browser;
mod install;
pub(crate) mod locked;
mod lookup;

use std::env;
use std::path::PathBuf;
use std::process::Command;

pub(crate) use browser::{ensure_browser, ensure_other_browsers};
pub(crate) use lookup::{any_wasm_opt, cached, find, wasm_opt};

use crate::{Outcome, lockfile, process, workspace};

/// Trunk's version; Trunk.toml asks for the same.
const TRUNK: &str = "0.22.1";
/// Binaryen's version, the same on npm; other versions on PATH do as well, see [`wasm_opt`].
pub(crate) const BINARYEN: &str = "132";

/// cargo-deny's version.
const DENY: &str = "0.20.2";

/// Terser's version, from npm; its lock file asks for the same, and so do those of the next.
const TERSER: &str = "5.51.4";
/// Lighthouse's version, from npm.
const LIGHTHOUSE: &str = "12.8.2";
/// axe-core's version, from npm.
const AXE: &str = "4.14.1";

/// A program in the one version that the build is made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tool {
    /// The package, and the name of the folder in the cache.
    pub(crate) package: &'static str,
    /// The program itself.
    pub(crate) program: &'static str,
    pub(crate) version: String,
}

/// Trunk, which builds the site.
pub(crate) fn trunk() -> Tool {
    Tool { package: "trunk", program: "trunk", version: TRUNK.to_owned() }
}

/// The command-line tool that writes the JavaScript glue, of the library's version.
pub(crate) fn wasm_bindgen() -> Outcome<Tool> {
    let version = lockfile::version_of("wasm-bindgen")?;
    Ok(Tool { package: "wasm-bindgen-cli", program: "wasm-bindgen", version })
}

/// What checks licences, sources, versions and known faults of crates, installed where it is missing.
pub(crate) fn deny() -> Outcome<PathBuf> {
    let tool = Tool { package: "cargo-deny", program: "cargo-deny", version: DENY.to_owned() };
    match find(&tool) {
        Some(program) => Ok(program),
        None => install::with_cargo(&tool),
    }
}

/// Folders to put before PATH, so that every step finds the right tools.
#[derive(Debug, Default)]
pub(crate) struct Tools {
    folders: Vec<PathBuf>,
}

impl Tools {
    /// A command that finds these tools first and runs in the workspace's folder.
    pub(crate) fn command(&self, program: &str) -> Command {
        let own = env::var_os("PATH").unwrap_or_default();
        let path = env::join_paths(self.folders.iter().cloned().chain(env::split_paths(&own)));
        let mut command = Command::new(program);
        command.current_dir(workspace::root()).env("PATH", path.unwrap_or(own));
        if let Some(flags) = path_flags() {
            command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
        }
        command
    }
}

/// Flags that keep this machine's folders out of what is built, where panic messages would show them, so
/// that two machines build the same bytes. None where the person has flags of their own, or where a
/// folder's name holds a space, which the variable cannot carry.
pub(crate) fn path_flags() -> Option<String> {
    let own =
        ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS"];
    if own.iter().any(|name| env::var_os(name).is_some()) {
        return None;
    }
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cargo")))?;
    let rustc = || Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    let sysroot = process::answer(rustc().args(["--print", "sysroot"]))?;
    let version = process::answer(rustc().arg("-vV"))?;
    let commit = version.lines().find_map(|line| line.strip_prefix("commit-hash: "))?;
    let flags = format!(
        "--remap-path-prefix={}=crates --remap-path-prefix={}=/rustc/{commit} --remap-path-prefix={}=dixit",
        home.join("registry/src").display(),
        // Where the sources of the standard library are installed, rustc shows that path for its own.
        PathBuf::from(sysroot.trim()).join("lib/rustlib/src/rust").display(),
        workspace::root().display(),
    );
    (flags.split_whitespace().count() == 3).then_some(flags)
}

/// Finds what a build needs and installs what is missing, saying so.
pub(crate) fn set_up() -> Outcome<Tools> {
    wasm_target()?;
    let mut tools = Tools::default();
    for tool in [trunk(), wasm_bindgen()?] {
        let program = match find(&tool) {
            Some(program) => program,
            None => install::with_cargo(&tool)?,
        };
        tools.folders.extend(program.parent().map(PathBuf::from));
    }
    if wasm_opt(BINARYEN).is_none()
        && let Err(cause) = install::with_npm("binaryen", BINARYEN, || wasm_opt(BINARYEN))
    {
        match any_wasm_opt() {
            Some(other) => {
                eprintln!("dixit: wasm-opt {BINARYEN}: {cause}; using {}", other.display())
            }
            None => eprintln!(
                "dixit: building without wasm-opt, which makes the download about 1 % smaller: {cause}"
            ),
        }
    }
    if terser().is_none()
        && let Err(cause) = install::with_npm("terser", TERSER, terser)
    {
        eprintln!(
            "dixit: building without terser, which makes the download about 1 % smaller: {cause}"
        );
    }
    Ok(tools)
}

/// What shortens JavaScript, where it is installed.
pub(crate) fn terser() -> Option<PathBuf> {
    of_npm("terser", TERSER, ".bin/terser")
}

/// The script that looks for faults of accessibility in the browser tests, installed where it is missing.
pub(crate) fn axe() -> Outcome<PathBuf> {
    with_npm("axe-core", AXE, "axe-core/axe.min.js")
}

/// Lighthouse, installed where it is missing.
pub(crate) fn lighthouse() -> Outcome<PathBuf> {
    with_npm("lighthouse", LIGHTHOUSE, ".bin/lighthouse")
}

/// A file of a package from npm, where it is installed as its lock file has it.
fn of_npm(package: &str, version: &str, file: &str) -> Option<PathBuf> {
    let folder = cached(package, version)?;
    let file = folder.join("node_modules").join(file);
    Some(file).filter(|file| file.is_file() && locked::is_of(package, &folder))
}

/// The same, installed where it is missing.
fn with_npm(package: &str, version: &str, file: &str) -> Outcome<PathBuf> {
    let found = || of_npm(package, version, file);
    match found() {
        Some(file) => Ok(file),
        None => install::with_npm(package, version, found).map_err(|e| format!("{package}: {e}")),
    }
}

/// The standard library for wasm32, in the toolchain that builds us.
fn wasm_target() -> Outcome<()> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let libraries =
        process::answer(Command::new(rustc).args(["--print", "target-libdir", "--target", TARGET]));
    if libraries.is_some_and(|dir| PathBuf::from(dir.trim()).is_dir()) {
        return Ok(());
    }
    if process::on_path("rustup").is_none() {
        return Err(format!(
            "the Rust standard library for {TARGET} is missing, and there is no rustup to add it.\n\
             Install it with your system's packages (Debian: apt-get install libstd-rust-dev-wasm32) or use rustup: https://rustup.rs"
        ));
    }
    eprintln!("dixit: adding the target {TARGET} with rustup (about 15 s)");
    process::run(
        "adding the wasm32 target",
        Command::new("rustup").args(["target", "add", TARGET]).current_dir(workspace::root()),
    )
    .map_err(|e| format!("{e}\nCheck the network and run: rustup target add {TARGET}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pinned_versions_agree_with_trunks_settings() {
        let settings =
            std::fs::read_to_string(workspace::root().join("Trunk.toml")).expect("Trunk.toml");
        let bindgen = wasm_bindgen().expect("Cargo.lock").version;
        assert!(settings.contains(&format!("trunk-version = \"{TRUNK}\"")));
        assert!(settings.contains(&format!("wasm_bindgen = \"{bindgen}\"")));
    }

    #[test]
    fn the_pinned_versions_agree_with_the_lock_files() {
        let binaryen = format!("{BINARYEN}.0.0");
        for (package, version) in [
            ("axe-core", AXE),
            ("binaryen", &binaryen),
            ("lighthouse", LIGHTHOUSE),
            ("terser", TERSER),
        ] {
            let set = workspace::root().join("npm/tools").join(package).join("package.json");
            let asked = std::fs::read_to_string(set).expect("a set of that name");
            assert!(asked.contains(&format!("\"{package}\": \"{version}\"")), "{asked}");
        }
    }
}
