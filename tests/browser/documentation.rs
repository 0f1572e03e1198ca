//! The documentation is a site that `dixit build` makes, whose pages show what they describe.

use std::path::Path;
use std::process::Command;

use serde_json::json;

use crate::harness::{Page, Site};
use crate::published::{built_of, program};

#[test]
fn the_documentation_is_a_site_with_voices_and_without_a_broken_link() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let checked = Command::new(program()).arg("check").arg(&docs).output().expect("the program");
    let said = [checked.stdout, checked.stderr].concat();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&said));
    let site = Site::of_folder(&built_of(&docs, "documentation", &[]));
    let page = Page::open(&site, "");
    let links = page.js("return [...document.querySelectorAll('main a')].map((a) => a.href)");
    let links = links.as_array().cloned().unwrap_or_default();
    let mut n_voices = 0;
    for name in [
        "about",
        "accuracy",
        "benchmarks",
        "embedding",
        "hosting",
        "libraries",
        "privacy",
        "publishing",
        "reading",
        "security",
        "troubleshooting",
    ] {
        let url = site.url(&format!("{name}/"));
        assert!(links.contains(&json!(url)), "{name} is listed");
        page.goto(&url);
        page.wait_for("#reader[data-live]");
        let voices = page.count(".voice-row");
        // The benchmarks are tables: nobody says anything there.
        let speaks = voices > 0 && page.count(".body .qt") > 0;
        assert!(speaks || name == "benchmarks", "{name} has {voices} voices");
        n_voices += voices;
        // Tables and code are boxes that scroll: no page is wider than its window.
        assert_eq!(
            page.js("return document.documentElement.scrollWidth <= innerWidth"),
            json!(true),
            "{name}"
        );
    }
    assert!(n_voices >= 15, "{n_voices}");
    page.goto(&site.url("reading/"));
    page.wait_for("#reader[data-live]");
    page.shots("documentation");
}
