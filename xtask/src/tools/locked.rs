//! What comes from npm: each set of packages has a folder in `npm/tools/` with a lock file, which names every
//! package below it by version and hash.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::seal::{files_in, read};
use crate::{Outcome, process, workspace};

/// What makes a set.
const FILES: [&str; 2] = ["package.json", "package-lock.json"];

/// The folders of all sets, in order.
pub(crate) fn sets() -> Outcome<Vec<PathBuf>> {
    let all = workspace::root().join("npm/tools");
    let mut sets: Vec<PathBuf> =
        files_in(&all)?.into_iter().map(|name| all.join(name)).filter(|set| set.is_dir()).collect();
    sets.sort();
    Ok(sets)
}

/// Installs a set into a folder: what the lock file names and nothing else, and no script of theirs runs.
pub(crate) fn install(set: &str, folder: &Path) -> Outcome<()> {
    for file in FILES {
        let bytes = read(&place(set).join(file))?;
        let to = folder.join(file);
        fs::write(&to, bytes).map_err(|e| format!("cannot write {}: {e}", to.display()))?;
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
    process::run("npm ci", npm.current_dir(folder).stdout(Stdio::null()))
}

/// Whether a folder was installed from the lock file that the set has now.
pub(crate) fn is_of(set: &str, folder: &Path) -> bool {
    let same =
        |file: &str| fs::read(folder.join(file)).ok() == fs::read(place(set).join(file)).ok();
    FILES.into_iter().all(same)
}

fn place(set: &str) -> PathBuf {
    workspace::root().join("npm/tools").join(set)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn json(path: &Path) -> Value {
        serde_json::from_slice(&fs::read(path).expect("a file")).expect("JSON")
    }

    #[test]
    fn every_package_is_named_by_version_and_hash_and_runs_nothing_when_it_is_installed() {
        let sets = sets().expect("sets");
        assert!(sets.len() >= 5, "{sets:?}");
        for set in sets {
            let asked = json(&set.join("package.json"));
            for (package, version) in asked["dependencies"].as_object().expect("packages") {
                let version = version.as_str().unwrap_or_default();
                let is_exact = version.chars().all(|c| c.is_ascii_digit() || c == '.');
                assert!(is_exact && !version.is_empty(), "{package}: {version}");
            }
            let lock = json(&set.join("package-lock.json"));
            assert_eq!(lock["packages"][""]["dependencies"], asked["dependencies"], "{set:?}");
            for (place, package) in lock["packages"].as_object().expect("packages") {
                if !place.is_empty() {
                    let hash = package["integrity"].as_str().unwrap_or_default();
                    assert!(hash.starts_with("sha512-"), "{set:?}: {place}");
                    assert!(package["hasInstallScript"].is_null(), "{set:?}: {place}");
                }
            }
        }
    }

    #[test]
    fn another_lock_file_is_another_set() {
        let folder = std::env::temp_dir().join(format!("dixit-locked-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        assert!(!is_of("terser", &folder));
        for file in FILES {
            fs::copy(place("terser").join(file), folder.join(file)).expect("a copy");
        }
        assert!(is_of("terser", &folder));
        fs::write(folder.join("package-lock.json"), "{}").expect("a file");
        assert!(!is_of("terser", &folder));
        fs::remove_dir_all(folder).expect("clean up");
    }
}
