//! Reads the version of a package from Cargo.lock.

use crate::{Outcome, workspace};

/// The version that Cargo.lock names for `package`.
pub(crate) fn version_of(package: &str) -> Outcome<String> {
    let path = workspace::root().join("Cargo.lock");
    let text = std::fs::read_to_string(&path)
        .map_err(|e| format!("cannot read {}: {e}", path.display()))?;
    version_in(&text, package).ok_or_else(|| format!("{} names no {package}", path.display()))
}

fn version_in(lockfile: &str, package: &str) -> Option<String> {
    let mut lines = lockfile.lines();
    let name = format!("name = \"{package}\"");
    lines.find(|line| *line == name)?;
    let version = lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')?;
    Some(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::version_in;

    const LOCK: &str = "version = 4\n\n[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.52\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\nsource = \"registry+x\"\n";

    #[test]
    fn takes_the_version_of_the_exact_name() {
        assert_eq!(version_in(LOCK, "wasm-bindgen").as_deref(), Some("0.2.129"));
        assert_eq!(version_in(LOCK, "wasm-bindgen-futures").as_deref(), Some("0.4.52"));
        assert_eq!(version_in(LOCK, "wasm"), None);
        assert_eq!(version_in("name = \"wasm\"", "wasm"), None);
    }
}
