//! What is published: a folder with archives, a single file, packages, bills of materials, sums and a checklist.

use std::fs;
use std::path::{Path, PathBuf};

use super::archive::{self, Packed};
use super::checklist::{self, State};
use super::facts::Facts;
use super::sums;
use crate::Outcome;
use crate::seal::files_in;

/// What was built.
pub(crate) struct Built {
    /// The folder of the site.
    pub(crate) site: PathBuf,
    /// The command.
    pub(crate) program: PathBuf,
    /// The viewer as one file.
    pub(crate) single: PathBuf,
    /// Packed packages for npm; none on a machine without it.
    pub(crate) packages: Vec<PathBuf>,
    /// Readme and licences, which go beside the command.
    pub(crate) papers: Vec<PathBuf>,
    /// The licences of what others made, which go with site and command.
    pub(crate) notices: PathBuf,
    /// Bills of materials: what of, and the text.
    pub(crate) bills: Vec<(String, String)>,
}

/// Writes the folder anew.
pub(crate) fn write(place: &Path, built: &Built, facts: &Facts, state: &State) -> Outcome<()> {
    let cannot = |e: std::io::Error| format!("{}: {e}", place.display());
    if place.exists() {
        fs::remove_dir_all(place).map_err(cannot)?;
    }
    fs::create_dir_all(place).map_err(cannot)?;
    let Facts { version, target, time, .. } = facts;

    let site = format!("dixit-site-{version}");
    let mut files = archive::files(&built.site)?;
    files.push(named(&built.notices));
    archive::pack(&place.join(format!("{site}.tar.gz")), &site, &files, *time)?;
    let command = format!("dixit-{version}-{target}");
    let files: Vec<Packed> = built
        .papers
        .iter()
        .chain([&built.program, &built.notices])
        .map(|file| named(file))
        .collect();
    archive::pack(&place.join(format!("{command}.tar.gz")), &command, &files, *time)?;
    for file in built.packages.iter().chain([&built.single, &built.notices]) {
        let Packed { name, file } = named(file);
        fs::copy(&file, place.join(name)).map_err(|e| format!("{}: {e}", file.display()))?;
    }
    for (of, text) in &built.bills {
        fs::write(place.join(format!("{of}.cdx.json")), text).map_err(cannot)?;
    }

    let names = files_in(place)?;
    fs::write(place.join("SHA256SUMS"), sums::sums(place, &names)?).map_err(cannot)?;
    fs::write(place.join("CHECKLIST.md"), checklist::checklist(facts, state, &names))
        .map_err(cannot)
}

/// A file by its own name.
fn named(file: &Path) -> Packed {
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Packed { name, file: file.to_path_buf() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::scratch::Scratch;

    #[test]
    fn a_release_is_written_whole_and_the_same_again() {
        let here = Scratch::new("release");
        for name in [
            "site/index.html",
            "site/fonts/a.woff2",
            "dixit",
            "dixit.html",
            "LICENSE-MIT",
            "NOTICES.txt",
        ] {
            here.write(name, name);
        }
        here.write("dixit-article-0.1.0.tgz", "package");
        let built = Built {
            site: here.at("site"),
            program: here.at("dixit"),
            single: here.at("dixit.html"),
            packages: vec![here.at("dixit-article-0.1.0.tgz")],
            papers: vec![here.at("LICENSE-MIT")],
            notices: here.at("NOTICES.txt"),
            bills: vec![("dixit-site-0.1.0".into(), "{}\n".into())],
        };
        let facts = Facts {
            version: "0.1.0".into(),
            commit: "abc".into(),
            time: 1_700_000_000,
            is_clean: true,
            target: "x86_64-unknown-linux-gnu".into(),
        };
        let state = State { is_dated: false, is_tagged: false };
        for place in ["one", "two", "two"] {
            write(&here.at(place), &built, &facts, &state).expect("a release");
        }
        let names = files_in(&here.at("one")).expect("files");
        assert_eq!(
            names,
            [
                "CHECKLIST.md",
                "NOTICES.txt",
                "SHA256SUMS",
                "dixit-0.1.0-x86_64-unknown-linux-gnu.tar.gz",
                "dixit-article-0.1.0.tgz",
                "dixit-site-0.1.0.cdx.json",
                "dixit-site-0.1.0.tar.gz",
                "dixit.html",
            ]
        );
        for name in &names {
            let read = |place: &str| fs::read(here.at(place).join(name)).expect("a file");
            assert_eq!(read("one"), read("two"), "{name}");
        }
        let sums = fs::read_to_string(here.at("one/SHA256SUMS")).expect("sums");
        assert_eq!(sums.lines().count(), names.len() - 2);
        // What is missing is an error, not a release without it.
        let built = Built { program: here.at("none"), ..built };
        assert!(write(&here.at("three"), &built, &facts, &state).is_err());
    }
}
