//! cargo-deny, and what its answers mean.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use super::Known;
use crate::{Outcome, process, workspace};

/// The name that cargo-deny gives the folder of RustSec's database.
const DATABASE: &str = "advisory-db-3157b0e258782691";

/// Holds the crates against `deny.toml`: licences, sources, versions that are there twice.
pub(super) fn rules(program: &Path) -> Outcome<()> {
    let mut deny = deny(program);
    // What is allowed and not there any more hides the next of its kind.
    deny.args(["check", "-D", "unmatched-skip", "-D", "unnecessary-skip"]);
    process::run("cargo deny", deny.args(["licenses", "bans", "sources"]))
}

/// Faults of crates in RustSec's database, or in the copy that is kept where it cannot be fetched now.
pub(super) fn advisories(program: &Path) -> Outcome<Known> {
    let mut fetch = deny(program);
    // Nobody is there to give a password, and a connection that says nothing is none.
    fetch.env("GIT_TERMINAL_PROMPT", "0").env("GIT_HTTP_LOW_SPEED_LIMIT", "1000");
    fetch.env("GIT_HTTP_LOW_SPEED_TIME", "30");
    let (fetched, said) = answer(fetch.args(["--format", "json", "fetch", "db"]))?;
    let mut check = deny(program);
    check.args(["--offline", "--format", "json", "check", "advisories"]);
    let (clean, found) = answer(&mut check)?;
    let known = meaning(clean, &found);
    match known {
        // There is no copy either: why it could not be fetched says more.
        Known::Unknown(_) if !fetched => {
            Ok(Known::Unknown(cause(&said).unwrap_or("RustSec's database cannot be had".into())))
        }
        Known::Nothing if !fetched => {
            println!("dixit: RustSec's database is an older copy: it cannot be fetched now");
            Ok(known)
        }
        _ => Ok(known),
    }
}

/// Versions that their authors took back, as of when cargo last asked the registry. It needs no database, but
/// cargo-deny wants one: it gets one in which nothing is said of any crate.
pub(super) fn yanked(program: &Path) -> Outcome<Known> {
    let place = workspace::target().join("dixit/no-advisories");
    let database = place.join(DATABASE);
    let none = "```toml\n[advisory]\nid = \"RUSTSEC-2000-0001\"\npackage = \"none\"\ndate = \"2000-01-01\"\nwithdrawn = \"2000-01-01\"\n\n[versions]\npatched = []\n```\n\n# None\n";
    let settings = format!(
        "[graph]\nall-features = true\n\n[advisories]\nyanked = \"deny\"\ndb-path = {}\n",
        Value::from(place.to_string_lossy())
    );
    for (file, text) in [
        (place.join("deny.toml"), settings.as_str()),
        (database.join("crates/none/RUSTSEC-2000-0001.md"), none),
        // Its date is that of the database.
        (database.join(".git/FETCH_HEAD"), ""),
    ] {
        write(&file, text)?;
    }
    let mut check = deny(program);
    check.arg("--config").arg(place.join("deny.toml"));
    // Never without `--offline`: to fetch, it would have git reset what it takes for a clone, and git would go up
    // from there to this checkout.
    check.args(["--offline", "--format", "json", "check", "advisories"]);
    let (clean, said) = answer(&mut check)?;
    Ok(meaning(clean, &said))
}

fn deny(program: &Path) -> Command {
    let mut deny = Command::new(program);
    deny.current_dir(workspace::root()).args(["--locked", "--workspace"]);
    deny
}

/// Whether it succeeded, and its lines of JSON.
fn answer(command: &mut Command) -> Outcome<(bool, String)> {
    let output = command.stdin(Stdio::null()).output().map_err(|e| format!("cargo deny: {e}"))?;
    Ok((output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned()))
}

/// cargo-deny ends alike where it found something and where it could not look; only its lines tell.
fn meaning(clean: bool, said: &str) -> Known {
    if clean {
        return Known::Nothing;
    }
    let lines: Vec<Value> = said.lines().filter_map(|l| serde_json::from_str(l).ok()).collect();
    // What stands at its end when it has looked at all.
    if !lines.iter().any(|line| line["type"] == "summary") {
        return Known::Unknown(cause(said).unwrap_or("cargo deny says nothing".into()));
    }
    let faults = lines.iter().map(|line| &line["fields"]).filter(|f| f["severity"] == "error");
    let faults: Vec<String> = faults.map(fault).collect();
    Known::Faults(faults.join("\n"))
}

/// A fault in a line: `cssparser 0.36.0: RUSTSEC-2026-0001: title`.
fn fault(fields: &Value) -> String {
    let [name, version] = ["name", "version"]
        .map(|key| fields["graphs"][0]["Krate"][key].as_str().unwrap_or_default());
    let id = fields["advisory"]["id"].as_str().map(|id| format!("{id}: "));
    let message = fields["message"].as_str().unwrap_or("a fault");
    format!("{name} {version}: {}{message}", id.unwrap_or_default())
}

/// The last line of what went wrong, which is where git says why.
fn cause(said: &str) -> Option<String> {
    let lines = said.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut messages = lines.filter(|line| line["fields"]["level"] == "ERROR");
    let message = messages.next_back()?["fields"]["message"].as_str()?.trim().to_owned();
    Some(message.lines().last()?.trim_start_matches("fatal: ").to_owned())
}

fn write(file: &PathBuf, text: &str) -> Outcome<()> {
    let cannot = |e: std::io::Error| format!("cannot write {}: {e}", file.display());
    fs::create_dir_all(file.parent().unwrap_or(Path::new("."))).map_err(cannot)?;
    fs::write(file, text).map_err(cannot)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOUND: &str = r#"{"fields":{"advisory":{"id":"RUSTSEC-2026-9999"},"code":"vulnerability","graphs":[{"Krate":{"name":"cssparser","version":"0.36.0"}}],"message":"A made-up fault","severity":"error"},"type":"diagnostic"}
{"fields":{"advisories":{"errors":1,"helps":0,"notes":0,"warnings":0}},"type":"summary"}"#;
    const NOT_HAD: &str = r#"{"fields":{"level":"ERROR","message":"failed to clone: [\"clone\"]\nCloning into 'advisory-db'...\nfatal: unable to access 'https://host/': Could not resolve host: host\n"},"type":"log"}"#;

    #[test]
    fn what_was_found_and_what_could_not_be_looked_for_are_told_apart() {
        for (clean, said, known) in [
            (true, "", Known::Nothing),
            (
                false,
                FOUND,
                Known::Faults("cssparser 0.36.0: RUSTSEC-2026-9999: A made-up fault".into()),
            ),
            (
                false,
                NOT_HAD,
                Known::Unknown(
                    "unable to access 'https://host/': Could not resolve host: host".into(),
                ),
            ),
            // A setting that is wrong is a diagnostic too, and nothing was looked at.
            (
                false,
                r#"{"fields":{"message":"unknown key","severity":"error"},"type":"diagnostic"}"#,
                Known::Unknown("cargo deny says nothing".into()),
            ),
        ] {
            assert_eq!(meaning(clean, said), known);
        }
    }
}
