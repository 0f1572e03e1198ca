//! Finds a tool of the right version: on PATH, else in the cache folder.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{BINARYEN, Tool};
use crate::process;

/// The tool's program, where it is there in the right version.
pub(crate) fn find(tool: &Tool) -> Option<PathBuf> {
    let fits = |program: &PathBuf| {
        let said = process::answer(Command::new(program).arg("--version")).unwrap_or_default();
        version_said(&said) == Some(&tool.version)
    };
    process::on_path(tool.program).filter(fits).or_else(|| {
        let bin = cached(tool.package, &tool.version)?.join("bin");
        process::first_in([bin], tool.program).filter(fits)
    })
}

/// `wasm-opt` of this version, on PATH or in the cache.
pub(crate) fn wasm_opt(version: &str) -> Option<PathBuf> {
    let fits = |program: &PathBuf| wasm_opt_version(program).as_deref() == Some(version);
    process::on_path("wasm-opt").filter(fits).or_else(|| {
        let bin = cached("binaryen", version)?.join("node_modules/.bin");
        process::first_in([bin], "wasm-opt").filter(fits)
    })
}

/// `wasm-opt` of the right version, else of any that knows what rustc writes (108 and later were tried).
pub(crate) fn any_wasm_opt() -> Option<PathBuf> {
    wasm_opt(BINARYEN).or_else(|| {
        process::on_path("wasm-opt").filter(|program| {
            wasm_opt_version(program).and_then(|v| v.parse::<u32>().ok()).is_some_and(|v| v >= 108)
        })
    })
}

/// The folder of a tool in the cache, whether it is there or not; none on a machine without a home folder.
pub(crate) fn cached(package: &str, version: &str) -> Option<PathBuf> {
    Some(cache()?.join(format!("{}-{version}", package.trim_end_matches("-cli"))))
}

/// The folder that every clone of this user shares.
pub(super) fn cache() -> Option<PathBuf> {
    cache_in(|name| env::var_os(name).map(PathBuf::from))
}

fn cache_in(var: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    let absolute = |name: &str| var(name).filter(|p| p.is_absolute());
    let home = || absolute("HOME");
    let base = absolute("XDG_CACHE_HOME").or_else(|| {
        if cfg!(windows) {
            absolute("LOCALAPPDATA")
        } else if cfg!(target_os = "macos") {
            home().map(|h| h.join("Library/Caches"))
        } else {
            home().map(|h| h.join(".cache"))
        }
    })?;
    Some(base.join("dixit/tools"))
}

fn wasm_opt_version(program: &Path) -> Option<String> {
    // "wasm-opt version 132 (version_132)"
    let said = process::answer(Command::new(program).arg("--version"))?;
    said.split_whitespace().nth(2).map(str::to_owned)
}

/// The version in a line such as "trunk 0.22.1" or "wasm-bindgen 0.2.129 (abc)".
fn version_said(line: &str) -> Option<&str> {
    line.split_whitespace().nth(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_tools_print_them() {
        assert_eq!(version_said("trunk 0.22.1\n"), Some("0.22.1"));
        assert_eq!(version_said("wasm-bindgen 0.2.129 (4f1e0bd 2026-01-01)"), Some("0.2.129"));
        assert_eq!(version_said(""), None);
    }

    #[test]
    #[cfg(not(any(windows, target_os = "macos")))]
    fn the_cache_follows_the_users_settings() {
        let with = |vars: &[(&str, &str)]| {
            cache_in(|name| vars.iter().find(|(n, _)| *n == name).map(|(_, v)| PathBuf::from(v)))
        };
        assert_eq!(with(&[("HOME", "/h")]), Some("/h/.cache/dixit/tools".into()));
        assert_eq!(
            with(&[("HOME", "/h"), ("XDG_CACHE_HOME", "/c")]),
            Some("/c/dixit/tools".into())
        );
        // The standard says that a relative path is to be ignored.
        assert_eq!(
            with(&[("HOME", "/h"), ("XDG_CACHE_HOME", "c")]),
            Some("/h/.cache/dixit/tools".into())
        );
        assert_eq!(with(&[]), None);
    }

    #[test]
    #[cfg(unix)]
    fn a_tool_of_another_version_is_passed_over() {
        use std::os::unix::fs::PermissionsExt;
        let dir = env::temp_dir().join(format!("dixit-lookup-{}", std::process::id()));
        std::fs::create_dir_all(&dir).expect("a folder");
        let program = dir.join("dixit-test-tool");
        std::fs::write(&program, "#!/bin/sh\necho dixit-test-tool 1.2.3\n").expect("a program");
        let found = || process::first_in([dir.clone()], "dixit-test-tool");
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o644)).expect("mode");
        assert_eq!(found(), None, "a file that cannot be run is no program");
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("mode");
        let said = found().and_then(|p| process::answer(&mut Command::new(p))).unwrap_or_default();
        assert_eq!(version_said(&said), Some("1.2.3"));
        std::fs::remove_dir_all(dir).expect("clean up");
    }
}
