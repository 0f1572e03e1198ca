//! The licence texts of what we ship of others, which most licences want beside every copy.
//!
//! cargo-about would make the same of a template and of a list of accepted licences, which `deny.toml` is already;
//! the packages are those of the bills, so that both say the same.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::bom::Packages;
use crate::{Outcome, process, workspace};

/// What it is called in archives and packages.
pub(crate) const NAME: &str = "THIRD-PARTY-LICENSES.txt";

/// How the names of files with licences and notices begin, in lower case.
const LICENCES: [&str; 6] = ["license", "licence", "copying", "notice", "copyright", "unlicense"];

/// By name and version of a package, where its files are.
type Folders = BTreeMap<(String, String), PathBuf>;

/// The notices of all packages but our own.
pub(super) fn notices(packages: &Packages) -> Outcome<String> {
    collected(packages, &folders()?)
}

fn collected(packages: &Packages, folders: &Folders) -> Outcome<String> {
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut without = Vec::new();
    for (key, package) in packages.iter().filter(|(_, package)| !package.is_ours) {
        let title = format!("{} {} ({})", key.0, key.1, package.licence);
        let found = folders.get(key).map(|folder| texts_in(folder)).transpose()?;
        let found = found.unwrap_or_default();
        if found.is_empty() {
            without.push(format!("{title}, {}", package.repository));
        }
        for text in found {
            texts.entry(text).or_default().push(title.clone());
        }
    }
    let has_typeface = packages.keys().any(|(name, _)| name == "dixit-reader");
    Ok(document(&texts, &without, has_typeface))
}

/// The folder of each package.
fn folders() -> Outcome<Folders> {
    let mut cargo = process::cargo();
    cargo.current_dir(workspace::root()).args(["metadata", "--locked", "--format-version", "1"]);
    let said = process::answer(&mut cargo).ok_or("cargo metadata failed")?;
    let said: Value = serde_json::from_str(&said).map_err(|e| format!("cargo metadata: {e}"))?;
    let packages = said["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    let text =
        |package: &Value, field: &str| package[field].as_str().unwrap_or_default().to_owned();
    let folder = |package: &Value| {
        let folder = Path::new(&text(package, "manifest_path")).parent().map(Path::to_owned);
        Some(((text(package, "name"), text(package, "version")), folder?))
    };
    Ok(packages.iter().filter_map(folder).collect())
}

/// The licences and notices that a package has beside its manifest, in the order of their names.
fn texts_in(folder: &Path) -> Outcome<Vec<String>> {
    let cannot = |e: std::io::Error| format!("{}: {e}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        if path.is_file() && LICENCES.iter().any(|licence| name.starts_with(licence)) {
            files.push(path);
        }
    }
    files.sort();
    let read = |path: &PathBuf| fs::read(path).map_err(cannot);
    // The same licence with other ends of lines is the same.
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).replace('\r', "").trim().to_owned();
    let texts = files.iter().map(read).collect::<Outcome<Vec<_>>>()?;
    Ok(texts.into_iter().map(text).filter(|text| !text.is_empty()).collect())
}

/// Each text once, below the packages that come with it.
fn document(
    texts: &BTreeMap<String, Vec<String>>,
    without: &[String],
    has_typeface: bool,
) -> String {
    let mut document = String::from(
        "Dixit contains packages of others. Their licences and notices follow, each below the packages that it came \
         with; what they chose by \"OR\" may be chosen.\n\nRust's standard library (MIT OR Apache-2.0) is part of every \
         module and command.",
    );
    if has_typeface {
        document.push_str(
            " The typeface Atkinson Hyperlegible Next has its licence beside it, in the folder fonts.",
        );
    }
    document.push('\n');
    let mut texts: Vec<_> = texts.iter().map(|(text, packages)| (packages, text)).collect();
    texts.sort();
    let line = "-".repeat(80);
    for (packages, text) in texts {
        document.push_str(&format!("\n{line}\n{}\n{line}\n\n{text}\n", packages.join("\n")));
    }
    if !without.is_empty() {
        let without = without.join("\n");
        document
            .push_str(&format!("\n{line}\nWithout a text in the package:\n{without}\n{line}\n"));
    }
    document
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::bom;
    use crate::release::scratch::Scratch;

    #[test]
    fn a_text_stands_once_below_all_packages_that_come_with_it() {
        let here = Scratch::new("notices");
        here.write("one/LICENSE-MIT", "Copyright One\r\nPermission\r\n");
        here.write("one/license-apache.md", "Apache");
        here.write("one/src/LICENSE", "not looked at");
        here.write("two/COPYING", "Apache\n");
        let one = texts_in(&here.at("one")).expect("texts");
        assert_eq!(one, ["Copyright One\nPermission", "Apache"]);
        let packages = bom::packages(
            "0|ours v0.1.0 (/here)|MIT|
1|one v1.0.0|MIT|
1|two v2.0.0|Apache-2.0|
1|three v3.0.0|MIT|https://example.org
",
        );
        let at = |name: &str, version: &str| ((name.into(), version.into()), here.at(name));
        let folders = Folders::from([at("one", "1.0.0"), at("two", "2.0.0")]);
        let document = collected(&packages, &folders).expect("a text");
        assert_eq!(document.matches("Apache\n").count(), 1, "{document}");
        assert!(document.contains("\none 1.0.0 (MIT)\ntwo 2.0.0 (Apache-2.0)\n"), "{document}");
        assert!(document.contains("\nthree 3.0.0 (MIT), https://example.org\n"), "{document}");
        assert!(!document.contains("ours"), "{document}");
    }

    #[test]
    fn the_folder_of_a_package_has_its_texts() {
        let key = |name: &str| {
            let folders = folders().expect("packages");
            folders.into_iter().find(|((of, _), _)| of == name).expect("it is there").1
        };
        assert!(!texts_in(&key("serde")).expect("texts").is_empty());
    }
}
