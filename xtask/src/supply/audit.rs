//! `npm audit` over every set of packages that we install, by its lock file.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::Known;
use crate::tools::locked;
use crate::{Outcome, process};

/// Faults that the registry knows of, moderate ones and worse.
pub(super) fn audit() -> Outcome<Known> {
    let Some(npm) = process::on_path("npm") else {
        return Ok(Known::Unknown("npm is not on PATH".into()));
    };
    let mut faults = Vec::new();
    for set in locked::sets()? {
        match meaning(&answer(&npm, &set)?) {
            Known::Nothing => {}
            Known::Faults(said) => faults.push(said),
            // A registry that does not answer for one set does not for the others.
            Known::Unknown(cause) if faults.is_empty() => return Ok(Known::Unknown(cause)),
            Known::Unknown(_) => {}
        }
    }
    Ok(if faults.is_empty() { Known::Nothing } else { Known::Faults(faults.join("\n")) })
}

/// What npm says of a set, as JSON.
fn answer(npm: &Path, set: &Path) -> Outcome<String> {
    let mut audit = Command::new(npm);
    audit.args(["audit", "--json", "--audit-level=moderate", "--package-lock-only"]);
    let output = audit.current_dir(set).stdin(Stdio::null()).output();
    let output = output.map_err(|e| format!("npm audit: {e}"))?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// npm ends alike where it found something and where the registry gave no answer; only a report has figures.
fn meaning(said: &str) -> Known {
    let report: Value = serde_json::from_str(said).unwrap_or_default();
    let figures = &report["metadata"]["vulnerabilities"];
    if !figures.is_object() {
        let message = report["message"].as_str().or(report["error"]["summary"].as_str());
        return Known::Unknown(message.unwrap_or("npm audit says nothing").to_owned());
    }
    let heavy = ["moderate", "high", "critical"];
    if heavy.iter().all(|level| figures[level].as_u64() == Some(0)) {
        return Known::Nothing;
    }
    let packages = report["vulnerabilities"].as_object().into_iter().flatten();
    let heavy = packages.filter(|(_, p)| heavy.iter().any(|level| p["severity"] == *level));
    let faults: Vec<String> = heavy
        .map(|(name, package)| {
            let severity = package["severity"].as_str().unwrap_or_default();
            let titles = package["via"].as_array().into_iter().flatten();
            let title = titles.filter_map(|via| via["title"].as_str()).next();
            format!("{name} ({severity}): {}", title.unwrap_or("by what it depends on"))
        })
        .collect();
    Known::Faults(faults.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace;

    #[test]
    fn a_report_is_told_from_no_answer() {
        let clean = r#"{"auditReportVersion":2,"vulnerabilities":{},"metadata":{"vulnerabilities":{"info":0,"low":1,"moderate":0,"high":0,"critical":0,"total":1}}}"#;
        assert_eq!(meaning(clean), Known::Nothing);
        let found = r#"{"auditReportVersion":2,"vulnerabilities":{
            "minimist":{"name":"minimist","severity":"critical","via":[{"title":"Prototype Pollution"}]},
            "mkdirp":{"name":"mkdirp","severity":"moderate","via":["minimist"]},
            "small":{"name":"small","severity":"low","via":[]}},
            "metadata":{"vulnerabilities":{"info":0,"low":1,"moderate":1,"high":0,"critical":1,"total":3}}}"#;
        let faults =
            "minimist (critical): Prototype Pollution\nmkdirp (moderate): by what it depends on";
        assert_eq!(meaning(found), Known::Faults(faults.into()));
        let refused =
            r#"{"message":"405 Method Not Allowed","statusCode":405,"error":{"summary":""}}"#;
        assert_eq!(meaning(refused), Known::Unknown("405 Method Not Allowed".into()));
        assert_eq!(meaning(""), Known::Unknown("npm audit says nothing".into()));
    }

    #[test]
    fn our_own_packages_depend_on_nothing_and_run_nothing() {
        for package in ["attribution", "article"] {
            let place = workspace::root().join("npm").join(package).join("package.json");
            let text = std::fs::read(place).expect("a package");
            let package: Value = serde_json::from_slice(&text).expect("JSON");
            for field in [
                "dependencies",
                "devDependencies",
                "optionalDependencies",
                "peerDependencies",
                "bundleDependencies",
                "scripts",
            ] {
                assert!(package[field].is_null(), "{field}");
            }
        }
    }
}
