//! Reads versions and hashes of packages from Cargo.lock.

use crate::{Outcome, workspace};

/// The version that Cargo.lock names for `package`.
pub(crate) fn version_of(package: &str) -> Outcome<String> {
    version_in(&text()?, package).ok_or_else(|| format!("Cargo.lock names no {package}"))
}

/// Cargo.lock as it is.
pub(crate) fn text() -> Outcome<String> {
    let path = workspace::root().join("Cargo.lock");
    std::fs::read_to_string(&path).map_err(|e| format!("cannot read {}: {e}", path.display()))
}

/// The SHA-256 of a package as the registry has it; none for our own.
pub(crate) fn checksum_in<'a>(lockfile: &'a str, package: &str, version: &str) -> Option<&'a str> {
    let heading = format!("name = \"{package}\"\nversion = \"{version}\"\n");
    let (_, rest) = lockfile.split_once(&heading)?;
    let mut entry = rest.lines().take_while(|line| !line.is_empty());
    entry.find_map(|line| line.strip_prefix("checksum = \""))?.strip_suffix('"')
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
    use super::{checksum_in, version_in};

    const LOCK: &str = "version = 4\n\n[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.52\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\nsource = \"registry+x\"\n";

    #[test]
    fn takes_the_version_of_the_exact_name() {
        assert_eq!(version_in(LOCK, "wasm-bindgen").as_deref(), Some("0.2.129"));
        assert_eq!(version_in(LOCK, "wasm-bindgen-futures").as_deref(), Some("0.4.52"));
        assert_eq!(version_in(LOCK, "wasm"), None);
        assert_eq!(version_in("name = \"wasm\"", "wasm"), None);
    }

    #[test]
    fn takes_the_hash_of_the_exact_version() {
        let lock = "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nsource = \"r\"\nchecksum = \"11\"\n\n[[package]]\nname = \"a\"\nversion = \"2.0.0\"\nsource = \"r\"\nchecksum = \"22\"\n\n[[package]]\nname = \"b\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"c\"\nversion = \"1.0.0\"\nchecksum = \"33\"\n";
        assert_eq!(checksum_in(lock, "a", "2.0.0"), Some("22"));
        assert_eq!(checksum_in(lock, "a", "1.0.0"), Some("11"));
        assert_eq!(checksum_in(lock, "b", "1.0.0"), None);
        assert_eq!(checksum_in(lock, "a", "3.0.0"), None);
    }
}
