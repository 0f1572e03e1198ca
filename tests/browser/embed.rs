//! The element `<dixit-article>` on pages of others.

use serde_json::{Value, json};

use crate::harness::{Page, Site};

const PLAIN: &str = include_str!("../hosts/plain.html");
const WRAPPED: &str = include_str!("../hosts/wrapped.html");
const HOSTILE: &str = include_str!("../hosts/hostile.html");
const STRICT: &str = include_str!("../hosts/strict.html");

/// The nth element of a page, from inside its shadow tree.
struct Inside<'a> {
    page: &'a Page,
    n: usize,
}

impl Inside<'_> {
    fn of(page: &Page) -> Inside<'_> {
        Inside { page, n: 0 }
    }

    /// Runs JavaScript with the element as `host` and its shadow tree as `root`.
    #[track_caller]
    fn js(&self, script: &str) -> Value {
        self.page.js(&format!("{}{script}", self.names()))
    }

    fn names(&self) -> String {
        format!(
            "const host = document.querySelectorAll('dixit-article')[{}], root = host.shadowRoot;\n",
            self.n
        )
    }

    #[track_caller]
    fn wait_until(&self, expression: &str) {
        let script = format!("return Boolean({expression})");
        self.page.eventually(expression, || self.js(&script) == json!(true));
    }

    #[track_caller]
    fn wait_for(&self, selector: &str) {
        self.wait_until(&format!("root.querySelector({})", json!(selector)));
    }

    #[track_caller]
    fn count(&self, selector: &str) -> usize {
        let n = self.js(&format!("return root.querySelectorAll({}).length", json!(selector)));
        n.as_u64().and_then(|n| n.try_into().ok()).unwrap_or_default()
    }

    #[track_caller]
    fn text(&self, selector: &str) -> String {
        self.wait_for(selector);
        let text = self.js(&format!("return root.querySelector({}).innerText", json!(selector)));
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Clicks by the pointer's own events.
    #[track_caller]
    fn click(&self, selector: &str) {
        self.wait_for(selector);
        self.js(&format!("root.querySelector({}).click()", json!(selector)));
    }
}

fn open(site: &Site) -> Page {
    Page::open(site, "host.html")
}

#[test]
fn an_element_shows_who_said_what_and_leaves_the_page_alone() {
    let site = Site::hosting(PLAIN);
    let page = Page::blank(&site);
    page.before_load("addEventListener('DOMContentLoaded', () => { globalThis.namesBefore = Object.keys(globalThis) })");
    page.goto(&site.url("host.html"));
    let inside = Inside::of(&page);
    inside.wait_for("article .qt");
    assert_eq!(inside.text("h1"), "Port Ellis votes to keep its fishing quay");
    assert!(inside.count(".voice-row") > 3);
    page.shots("embed-plain");
    // Nothing of the page is other than it was.
    assert_eq!(page.js("return document.title"), json!("The Quay Post"));
    assert_eq!(
        page.js("return [...document.documentElement.attributes].map((a) => a.name)"),
        json!(["lang"])
    );
    assert_eq!(
        page.js("return getComputedStyle(document.querySelector('h1')).color"),
        json!("rgb(0, 128, 128)")
    );
    assert_eq!(
        page.js("return document.head.querySelectorAll('style, link[rel=stylesheet]').length"),
        json!(1)
    );
    assert_eq!(page.js("return Object.keys(globalThis).filter((name) => !namesBefore.includes(name) && name !== 'namesBefore')"), json!([]));
    assert!(page.address().ends_with("host.html"));
}

#[test]
fn quotations_fold_and_speakers_are_chosen_inside() {
    let site = Site::hosting(PLAIN);
    let page = open(&site);
    let inside = Inside::of(&page);
    inside.wait_for("article .tog");
    page.js("globalThis.heard = []; for (const name of ['quote', 'speaker', 'view']) addEventListener(`dixit:${name}`, (e) => heard.push([e.type, e.detail]))");
    inside.click("article .tog");
    inside.wait_for("article .qt.is-shut");
    inside.click(".voice-row");
    inside.wait_for(".page.has-choice");
    inside.click(".views a:nth-child(2)");
    inside.wait_for(".lines .line");
    assert_eq!(
        page.js("return document.querySelector('dixit-article').getAttribute('view')"),
        json!("transcript")
    );
    let heard = page.js("return heard");
    assert_eq!(heard[0][0], "dixit:quote");
    assert_eq!(heard[0][1]["open"], false);
    assert_eq!(heard[1][0], "dixit:speaker");
    assert!(heard[1][1]["id"].as_str().is_some_and(|id| id.starts_with("s-")), "{heard}");
    assert_eq!(heard[2], json!(["dixit:view", { "view": "transcript" }]));
    assert!(page.address().ends_with("host.html"));
}

#[test]
fn the_pages_own_html_is_the_article_and_stays_where_scripts_do_not_run() {
    let site = Site::hosting(WRAPPED);
    let page = open(&site);
    let inside = Inside::of(&page);
    inside.wait_for("article .qt");
    assert_eq!(inside.text("h1"), "Ferry to sail at night again");
    assert!(inside.text(".who").contains("Mara Voll"));
    assert!(inside.text(".who").contains("Jon Tveit"));
    let link = inside.js("return root.querySelector('article .body a[href]').href");
    assert!(link.as_str().is_some_and(|link| link.ends_with("/people/mara-voll")), "{link}");
    // What search engines read is still there, and nothing of it is shown twice.
    assert_eq!(inside.js("return host.querySelector('article p').checkVisibility()"), json!(false));
    page.shots("embed-wrapped");
}

#[test]
fn styles_of_the_page_do_not_reach_in() {
    let site = Site::hosting(PLAIN);
    let other = Site::hosting(HOSTILE);
    let look = "return ['.root', '.body p', '.qt', '.bar', '.voice-row .name'].map((s) => {
        const style = getComputedStyle(root.querySelector(s));
        return ['color', 'fontFamily', 'fontSize', 'display', 'position', 'backgroundColor', 'float', 'letterSpacing'].map((name) => style[name]).join(' ');
    })";
    let looks: Vec<Value> = [&site, &other]
        .map(|site| {
            let page = open(site);
            let inside = Inside::of(&page);
            inside.wait_for("article .qt");
            page.screenshot(if std::ptr::eq(site, &other) {
                "embed-hostile"
            } else {
                "embed-beside"
            });
            inside.js(look)
        })
        .into();
    assert_eq!(looks[0], looks[1]);
}

#[test]
fn a_strict_policy_is_kept() {
    let site = Site::hosting(STRICT);
    let page = open(&site);
    let inside = Inside::of(&page);
    inside.wait_for("article .qt");
    inside.click("article .tog");
    inside.wait_for("article .qt.is-shut");
    page.expect_violations();
    // The worker is tried and refused under a policy without ours; the page works on in itself.
    let told = page.violations();
    assert!(
        told.iter()
            .all(|line| line.contains("TrustedTypePolicy") || line.contains("TrustedScriptURL")),
        "{told:#?}"
    );
}
