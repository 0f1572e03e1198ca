//! Bills of materials: which packages are in what we ship, as CycloneDX 1.5.
//!
//! They are made of what cargo says, since it alone knows which packages a build of these features for this system
//! has. cargo-cyclonedx was tried: it names packages by folders of this machine, counts macros and what build scripts
//! use as shipped, and writes into the folder of every package.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::{Value, json};

use crate::{Outcome, lockfile, process, workspace};

/// What is shipped together.
pub(super) struct Shipped<'a> {
    pub(super) name: &'a str,
    pub(super) packages: &'a [&'a str],
    pub(super) features: &'a str,
    pub(super) target: &'a str,
}

/// A package, and those that it takes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Package {
    pub(super) licence: String,
    pub(super) repository: String,
    pub(super) is_ours: bool,
    takes: BTreeSet<(String, String)>,
}

/// In `static/fonts/`, with its licence.
const TYPEFACE: &str = "atkinson-hyperlegible-next";

/// By name and version.
pub(super) type Packages = BTreeMap<(String, String), Package>;

/// The packages in what is shipped.
pub(super) fn listed(shipped: &Shipped<'_>) -> Outcome<Packages> {
    let mut cargo = process::cargo();
    cargo.current_dir(workspace::root()).args(["tree", "--locked", "--color", "never"]);
    // Macros and build scripts run on the machine that builds, and are in nothing that is shipped.
    cargo.args(["--edges", "normal,no-proc-macro", "--prefix", "depth"]);
    cargo.args(["--format", "|{p}|{l}|{r}", "--target", shipped.target]);
    cargo.args(["--features", shipped.features]);
    cargo.args(shipped.packages.iter().flat_map(|package| ["--package", package]));
    let said = process::answer(&mut cargo).ok_or("cargo tree failed: is Cargo.lock up to date?")?;
    Ok(packages(&said))
}

/// The bill of what is shipped, which consists of `packages`; `time` is in seconds since 1970.
pub(super) fn bill(
    shipped: &Shipped<'_>,
    packages: &Packages,
    version: &str,
    time: u64,
) -> Outcome<String> {
    let rustc = process::answer(Command::new("rustc").arg("-V")).unwrap_or_default();
    let rust = rustc.split_whitespace().nth(1).unwrap_or_default();
    let lock = lockfile::text()?;
    let bill = document(shipped, packages, version, rust, time, &lock);
    let text = serde_json::to_string_pretty(&bill).map_err(|e| format!("a bill: {e}"))?;
    Ok(text + "\n")
}

/// Reads lines such as `2|serde_json v1.0.154|MIT OR Apache-2.0|https://…`, where the number says how deep below
/// the package before it a package stands. One that stood before with what it takes has `(*)` at its end.
pub(super) fn packages(said: &str) -> Packages {
    let mut packages = Packages::new();
    let mut above: Vec<(String, String)> = Vec::new();
    for line in said.lines() {
        let fields: Vec<&str> = line.trim_end_matches(" (*)").split('|').collect();
        let [depth, package, licence, repository] = fields[..] else { continue };
        let Ok(depth) = depth.parse::<usize>() else { continue };
        let (name, rest) = package.split_once(" v").unwrap_or((package, ""));
        let (version, folder) = rest.split_once(' ').unwrap_or((rest, ""));
        let key = (name.to_owned(), version.to_owned());
        above.truncate(depth);
        if let Some(taker) = above.last().and_then(|taker| packages.get_mut(taker)) {
            taker.takes.insert(key.clone());
        }
        let entry = packages.entry(key.clone()).or_default();
        // crates.io knows the old form as well.
        entry.licence = licence.replace(" / ", " OR ").replace('/', " OR ");
        entry.repository = repository.to_owned();
        entry.is_ours = folder.starts_with('(');
        above.push(key);
    }
    packages
}

fn document(
    shipped: &Shipped<'_>,
    packages: &Packages,
    version: &str,
    rust: &str,
    time: u64,
    lock: &str,
) -> Value {
    let purl = |(name, version): &(String, String)| {
        // The one sign of versions that such an address gives another meaning.
        format!("pkg:cargo/{name}@{}", version.replace('+', "%2B"))
    };
    let whole = format!("dixit:{}@{version}", shipped.name);
    let std = format!("pkg:generic/rust-std@{rust}");
    let mut components = vec![
        json!({
            "type": "library", "bom-ref": std, "name": "rust-std", "version": rust, "purl": std,
            "licenses": [{ "expression": "MIT OR Apache-2.0" }],
        }),
        // The command carries it too.
        json!({
            "type": "data", "bom-ref": TYPEFACE, "name": TYPEFACE,
            "licenses": [{ "expression": "OFL-1.1" }],
        }),
    ];
    let mut dependencies = Vec::new();
    let mut roots = vec![std.clone(), TYPEFACE.to_owned()];
    for (key, package) in packages {
        let (name, version) = key;
        let mut component = json!({
            "type": "library", "bom-ref": purl(key), "name": name, "version": version,
            "scope": "required", "licenses": [{ "expression": package.licence }],
        });
        if !package.is_ours {
            component["purl"] = purl(key).into();
        }
        if !package.repository.is_empty() {
            component["externalReferences"] = json!([{ "type": "vcs", "url": package.repository }]);
        }
        if let Some(sum) = lockfile::checksum_in(lock, name, version) {
            component["hashes"] = json!([{ "alg": "SHA-256", "content": sum }]);
        }
        components.push(component);
        let takes: Vec<String> = package.takes.iter().map(purl).collect();
        dependencies.push(json!({ "ref": purl(key), "dependsOn": takes }));
        if shipped.packages.contains(&name.as_str()) && package.is_ours {
            roots.push(purl(key));
        }
    }
    dependencies.insert(0, json!({ "ref": whole, "dependsOn": roots }));
    json!({
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": {
            "timestamp": super::facts::moment(time),
            "component": {
                "type": "application", "bom-ref": whole, "name": shipped.name, "version": version,
                "licenses": [{ "expression": "MIT OR Apache-2.0" }],
            },
            "properties": [
                { "name": "dixit:target", "value": shipped.target },
                { "name": "dixit:features", "value": shipped.features },
            ],
        },
        "components": components,
        "dependencies": dependencies,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "0|dixit-cli v0.1.0 (/home/somebody/dixit/cli)|MIT OR Apache-2.0|
1|toml v1.2.2+spec-1.1.0|MIT/Apache-2.0|https://example.org/toml
2|winnow v1.0.5|MIT|
1|winnow v1.0.5|MIT|
1|toml v1.2.2+spec-1.1.0|MIT/Apache-2.0|https://example.org/toml (*)
";

    #[test]
    fn a_bill_names_each_package_once_with_what_it_takes_and_no_folder_of_this_machine() {
        let packages = packages(SAID);
        assert_eq!(packages.len(), 3);
        let shipped = Shipped {
            name: "dixit",
            packages: &["dixit-cli"],
            features: "embedded",
            target: "x86_64-unknown-linux-gnu",
        };
        let lock = "[[package]]\nname = \"winnow\"\nversion = \"1.0.5\"\nsource = \"r\"\nchecksum = \"ab12\"\n";
        let bill = document(&shipped, &packages, "0.1.0", "1.95.0", 0, lock);
        let text = bill.to_string();
        assert!(!text.contains("/home") && !text.contains("\"MIT/"), "{text}");
        let toml = "pkg:cargo/toml@1.2.2%2Bspec-1.1.0";
        let takes = |of: &str| {
            let all = bill["dependencies"].as_array().expect("a list");
            all.iter().find(|one| one["ref"] == of).expect("it is there")["dependsOn"].clone()
        };
        assert_eq!(takes("pkg:cargo/dixit-cli@0.1.0"), json!([toml, "pkg:cargo/winnow@1.0.5"]));
        assert_eq!(takes(toml), json!(["pkg:cargo/winnow@1.0.5"]));
        assert_eq!(
            takes("dixit:dixit@0.1.0"),
            json!(["pkg:generic/rust-std@1.95.0", TYPEFACE, "pkg:cargo/dixit-cli@0.1.0"])
        );
        assert_eq!(bill["components"][4]["hashes"][0]["content"], "ab12");
        assert_eq!(bill["metadata"]["timestamp"], "1970-01-01T00:00:00Z");
    }
}
