//! What a person does before and after a release, with the values filled in.

use std::fs;

use super::facts::{Facts, git};
use crate::workspace;

/// What this checkout says of the release.
#[derive(Debug, Clone, Copy)]
pub(crate) struct State {
    /// CHANGELOG.md has a heading with this version and a date.
    pub(crate) is_dated: bool,
    /// The commit has the version's tag.
    pub(crate) is_tagged: bool,
}

/// That of now.
pub(crate) fn state(facts: &Facts) -> State {
    let changes = fs::read_to_string(workspace::root().join("CHANGELOG.md")).unwrap_or_default();
    let tags = git(&["tag", "--points-at", "HEAD"]).unwrap_or_default();
    State {
        is_dated: is_dated(&changes, &facts.version),
        is_tagged: tags.lines().any(|tag| tag == format!("v{}", facts.version)),
    }
}

/// Whether there is a line such as `## [0.1.0] - 2026-11-28`.
fn is_dated(changes: &str, version: &str) -> bool {
    let heading = format!("## [{version}] - ");
    let dates = changes.lines().filter_map(|line| line.strip_prefix(&heading));
    let is_date = |date: &str| date.len() == 10 && date.split('-').count() == 3;
    dates.map(str::trim).any(is_date)
}

/// The list, of a release that consists of the files `names`.
pub(super) fn checklist(facts: &Facts, state: &State, names: &[String]) -> String {
    let Facts { version, commit, target, is_clean, .. } = facts;
    let done = |is_done: bool| if is_done { "x" } else { " " };
    let packages: Vec<&String> = names.iter().filter(|name| name.ends_with(".tgz")).collect();
    let files: String = names.iter().map(|name| format!("- `{name}`\n")).collect();
    let publish: String = if packages.is_empty() {
        "- [ ] The npm packages are missing: this machine has no npm. Do not publish from here.\n"
            .into()
    } else {
        packages
            .iter()
            .map(|name| format!("- [ ] `npm publish --access public ./{name}`\n"))
            .collect()
    };
    format!(
        "# Dixit {version}

Commit `{commit}`, command for `{target}`. Boxes with a cross were checked when this was written.

{files}
## Before

- [{clean}] Everything that was built is committed.
- [ ] {version} is the next version by what changed. Cargo.toml and both `package.json` in `npm/` say it (a test holds that they agree).
- [{dated}] CHANGELOG.md has the heading `## [{version}] - YYYY-MM-DD`, and below it all that a reader, an author or a host will notice.
- [ ] `cargo xtask test` is green on a machine that has every browser, and says of nothing that it was not checked.
- [ ] `cargo xtask supply` says of nothing that it was not checked. It needs github.com (RustSec's database) and the npm registry.
- [ ] `cargo xtask fuzz 1000000` finds nothing.
- [ ] `cargo xtask hostile DIR` finds nothing, of the collections that ARCHITECTURE.md names.
- [ ] `cargo xtask reproducible dist` finds no difference.
- [ ] A second person built commit `{commit}`; `sha256sum --check SHA256SUMS` in their folder against these sums agrees for the site, `dixit.html`, the packages and the bills of materials. The command agrees where the system, its linker and rustc are the same.
- [ ] `dixit-site-{version}.tar.gz` unpacked and served below a folder: a sample opens, a comment is saved, it opens again without a network.
- [ ] `dixit-{version}-{target}.tar.gz` unpacked on a machine without Rust: `./dixit new site && ./dixit build site/articles -o out`, and the pages of `out` show who said what.
- [ ] `dixit.html` opened from a disk: a pasted article shows its voices.
- [ ] `npm install ./dixit-attribution-{version}.tgz ./dixit-article-{version}.tgz` in an empty folder; the first example of each README works.
- [ ] The bills of materials (`*.cdx.json`) read: nothing in them is a surprise.

## Publish

- [{tagged}] `git tag --sign v{version} {commit} && git push origin v{version}`
{publish}- [ ] The archives, `dixit.html`, the licences, the bills of materials and `SHA256SUMS` uploaded to the release of `v{version}`, with what CHANGELOG.md says of it.

## After

- [ ] Downloaded again from where they are published: `sha256sum --check SHA256SUMS` is content.
- [ ] `npm view dixit-attribution version` and `npm view dixit-article version` say {version}.
- [ ] The public site serves `dist/` of this commit, with the headers of docs/hosting.md.
- [ ] CHANGELOG.md has an empty heading `## [Unreleased]` again.
",
        clean = done(*is_clean),
        dated = done(state.is_dated),
        tagged = done(state.is_tagged),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(is_clean: bool) -> Facts {
        Facts {
            version: "1.2.3".into(),
            commit: "c0ffee".into(),
            time: 0,
            is_clean,
            target: "x86_64-unknown-linux-gnu".into(),
        }
    }

    #[test]
    fn the_values_are_filled_in_and_what_is_known_is_crossed() {
        let names = ["dixit-article-1.2.3.tgz".to_owned(), "dixit.html".to_owned()];
        let state = State { is_dated: true, is_tagged: false };
        let list = checklist(&facts(true), &state, &names);
        for line in [
            "- [x] Everything that was built is committed.",
            "- [ ] `git tag --sign v1.2.3 c0ffee && git push origin v1.2.3`",
            "- [ ] `npm publish --access public ./dixit-article-1.2.3.tgz`",
            "- `dixit.html`",
        ] {
            assert!(list.lines().any(|l| l == line), "{line}\n{list}");
        }
        assert!(list.contains("- [x] CHANGELOG.md"));
        let list = checklist(&facts(false), &state, &[]);
        assert!(list.contains("- [ ] Everything") && list.contains("packages are missing"));
    }

    #[test]
    fn a_version_without_a_date_is_not_dated() {
        let changes = "# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2026-11-28\n\n## [1.2.2]\n";
        assert!(is_dated(changes, "1.2.3"));
        assert!(!is_dated(changes, "1.2.2"));
        assert!(!is_dated("## [1.2.3] - soon\n", "1.2.3"));
        assert!(!is_dated(changes, "1.2.4"));
    }
}
