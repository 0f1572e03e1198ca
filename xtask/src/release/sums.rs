//! SHA-256 of files, in the form that `sha256sum --check` reads.

use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::Outcome;

/// The hash of a file, as 64 hexadecimal digits.
pub(crate) fn sum(file: &Path) -> Outcome<String> {
    let cannot = |e: std::io::Error| format!("{}: {e}", file.display());
    let mut bytes = BufReader::new(File::open(file).map_err(cannot)?);
    let mut hash = Sha256::new();
    let mut part = [0; 65536];
    loop {
        let read = bytes.read(&mut part).map_err(cannot)?;
        if read == 0 {
            break;
        }
        hash.update(&part[..read]);
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// A line for each file of a folder, in the order given.
pub(super) fn sums(folder: &Path, names: &[String]) -> Outcome<String> {
    let line = |name: &String| Ok(format!("{}  {name}\n", sum(&folder.join(name))?));
    names.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::scratch::Scratch;

    #[test]
    fn hashes_are_those_of_other_programs() {
        let here = Scratch::new("sums");
        here.write("a", "abc");
        here.write("b", "");
        // Of the standard, FIPS 180-2.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let none = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let lines = sums(&here.at(""), &["a".into(), "b".into()]);
        assert_eq!(lines, Ok(format!("{abc}  a\n{none}  b\n")));
        assert!(sum(&here.at("c")).is_err());
    }
}
