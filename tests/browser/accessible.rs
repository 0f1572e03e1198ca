//! Every view in every theme against the rules of WCAG 2.2 AA, as axe-core has them.

use fantoccini::key::Key;
use serde_json::json;

use dixit_reader::settings::THEME;

use crate::comments::select;
use crate::harness::{Page, Reply, SHEET, Site, TALL};
use crate::published::news;

const SAMPLE: &str = "?src=articles/harbour-vote.txt";

/// The script of axe-core, which `cargo xtask test` names.
fn axe() -> String {
    let path = std::env::var("DIXIT_AXE").unwrap_or_default();
    std::fs::read_to_string(&path).unwrap_or_else(|e| {
        panic!("axe-core: {path:?}: {e}; run the tests with `cargo xtask test`, which installs it with npm")
    })
}

/// A site's page with axe-core in it.
struct Examined {
    page: Page,
    axe: String,
}

impl Examined {
    #[track_caller]
    fn open(site: &Site, path: &str) -> Examined {
        let page = Page::blank(site);
        page.prefer("prefers-reduced-motion", "reduce");
        page.goto(&site.url(path));
        page.wait_for("main h1");
        Examined { page, axe: axe() }
    }

    /// Looks for faults in each theme, wide and narrow; `what` is on the page.
    #[track_caller]
    fn check(&self, what: &str) {
        self.check_in("html", what);
    }

    /// The same in a part of the page. On a page that is scrolled, the bar covers half of what is under it.
    #[track_caller]
    fn check_in(&self, part: &str, what: &str) {
        for size in [SHEET, TALL] {
            self.page.resize(size);
            for (theme, _) in THEME.choices {
                self.page.js(&format!("document.documentElement.dataset.theme = '{theme}'"));
                let schemes: &[&str] = match *theme {
                    "system" | "contrast" => &["light", "dark"],
                    _ => &["light"],
                };
                for scheme in schemes {
                    self.page.prefer("prefers-color-scheme", scheme);
                    let faults = self.faults(part);
                    assert!(
                        faults.is_empty(),
                        "{what}, {theme}, {scheme}, {size:?}:\n{}",
                        faults.join("\n")
                    );
                }
            }
        }
        self.page.prefer("prefers-reduced-motion", "reduce");
        self.page.resize(SHEET);
        self.page.js("delete document.documentElement.dataset.theme");
    }

    fn faults(&self, part: &str) -> Vec<String> {
        let script = format!(
            "if (!window.axe) {{ const define = undefined, module = undefined; {} }}
            const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
            const found = await axe.run({part:?}, {{ runOnly: tags, resultTypes: ['violations'] }});
            return found.violations.flatMap((v) => v.nodes.map((n) => `${{v.id}}: ${{n.target}}: ${{n.failureSummary}} ${{n.html.slice(0, 200)}}`));",
            self.axe
        );
        let faults = self.page.js_async(&script);
        let faults = faults.as_array().expect("axe ran");
        faults.iter().map(|fault| fault.as_str().unwrap_or_default().to_owned()).collect()
    }
}

#[test]
fn axe_finds_a_planted_fault() {
    let examined = Examined::open(&Site::start(), SAMPLE);
    examined.page.js(
        "document.querySelector('main').insertAdjacentElement('beforeend', document.createElement('button'))",
    );
    assert!(examined.faults("html").iter().any(|fault| fault.starts_with("button-name")));
}

#[test]
fn the_start_page_and_trouble_have_no_faults() {
    let site = Site::start();
    let examined = Examined::open(&site, "");
    let page = &examined.page;
    page.wait_for(".start-article");
    examined.check("start page");
    page.click_button("Paste");
    page.wait_for(".start-form textarea");
    page.js("document.querySelector('[data-act=open-text]').click()");
    page.wait_for(".is-alert");
    examined.check("paste, with an alert");
    page.goto(&site.url("?src=articles/none.txt"));
    page.wait_for(".trouble");
    examined.check("trouble");
}

#[test]
fn the_article_has_no_faults() {
    let examined = Examined::open(&Site::start(), SAMPLE);
    let page = &examined.page;
    page.wait_for(".tog");
    examined.check("article");
    page.js("document.querySelector('.tog').click(); document.querySelector('.voice-row').click()");
    page.wait_for(".steps");
    page.js("document.querySelector('[data-do=step]').click(); scrollTo(0, 300)");
    page.wait_for(".along");
    page.js("document.querySelectorAll('.why')[3].click()");
    page.wait_for(".note-why-title");
    examined.check("a chosen voice, a reason, the strip");
    page.js("document.querySelector('.note-why [data-do=close]').click()");
    page.js("document.querySelector('.filter').open = true");
    page.to_comments();
    page.type_into(".comments textarea", "Words");
    page.click(".comments .pri");
    page.wait_for(".comment");
    page.click("[data-act=edit]");
    page.wait_for(".comment textarea");
    examined.check_in(".comments", "comments, one being edited");
    page.js("document.querySelector('.comment [data-act=cancel]').click()");
    page.wait_gone(".comment textarea");
    page.click("[data-act=delete]");
    page.wait_for(".is-deleted");
    page.js("scrollTo(0, 0)");
    page.click_button("Text size, width and theme");
    page.wait_for(".look-menu");
    examined.check("a deleted comment, the menu");
    page.press(&Key::Escape.to_string());
    page.js("document.querySelector('[data-do=aloud]').click()");
    page.wait_for(".aloud");
    examined.check_in(".aloud", "reading aloud");
}

#[test]
fn imported_articles_and_feeds_have_no_faults() {
    let site = crate::import::site();
    let examined = Examined::open(&site, "?src=imports/news-page.html");
    let page = &examined.page;
    page.wait_for(".sheet");
    page.js("document.querySelector('.set-aside').open = true");
    examined.check("a page with a picture, a table and lines set aside");
    page.goto(&site.url("?src=imports/post.md"));
    page.wait_for(".body ol ul");
    examined.check("lists in lists");
    page.goto(&site.url("?src=imports/feed.rss"));
    page.wait_text("main", "2 articles");
    examined.check("a feed");
}

#[test]
fn an_outline_and_an_article_from_right_to_left_have_no_faults() {
    for (first, heading) in [
        ("“The bridge is old,” said Ann Lee.", "Part"),
        ("قالت ليلى حداد: «الجسر قديم جدا».", "القسم"),
    ] {
        let part = |n: usize| format!("{heading} {n}\n\n{first}\n\n{}\n\n", first.repeat(9));
        let text = format!("{first}\n\n{first}\n\n{}{}{}", part(1), part(2), part(3));
        let site = Site::with(move |request| {
            let reply = Reply::new(200, "text/plain; charset=utf-8", text.clone());
            request.path.ends_with("given.txt").then_some(reply)
        });
        let examined = Examined::open(&site, "?src=given.txt");
        let page = &examined.page;
        page.wait_for(".outline");
        page.js("scrollTo(0, 200)");
        page.wait_for(".along");
        page.js("document.querySelector('.outline').open = true");
        examined.check_in(".outline", first);
        page.js("document.querySelector('.outline').open = false; scrollTo(0, 0)");
        examined.check(first);
    }
}

#[test]
fn the_other_views_have_no_faults() {
    let examined = Examined::open(&Site::start(), &format!("{SAMPLE}&view=transcript"));
    let page = &examined.page;
    page.wait_for(".lines");
    page.js("document.querySelectorAll('.ctx').forEach((ctx, n) => { ctx.open = n < 3 })");
    examined.check("transcript");
    page.type_into("[data-find]", "zzz");
    page.wait_for(".nothing");
    examined.check("a transcript of nothing");
    page.js("[...document.querySelectorAll('.views a')][2].click()");
    page.wait_for(".cards");
    examined.check("speakers");
    page.js("document.querySelectorAll('[data-do=compare]')[0].click()");
    page.wait_for("[data-do=compare-end], .comparing");
    page.js("document.querySelectorAll('[data-do=compare]')[1].click()");
    page.wait_for(".is-pair");
    examined.check("two speakers");
}

#[test]
fn dialogs_have_no_faults() {
    let examined = Examined::open(&Site::start(), SAMPLE);
    let page = &examined.page;
    page.wait_for(".tog");
    page.press("?");
    page.wait_for("dialog[open] .keys");
    examined.check("keys");
    let close = |page: &Page| {
        page.js("document.querySelector('[data-do=tool-close]').click()");
        page.wait_gone("dialog[open]");
    };
    close(page);
    page.click_button("Share and export");
    page.wait_for("dialog[open] .export-formats");
    examined.check("share and export");
    close(page);
    page.js("document.querySelectorAll('.why')[2].click()");
    page.wait_for(".note-why-title");
    for (act, inside) in
        [("tool-link", ".share"), ("tool-card", ".card-canvas"), ("tool-correct", ".choices")]
    {
        page.js(&format!("document.querySelector('.note-why [data-do={act}]').click()"));
        page.wait_for(&format!("dialog[open] {inside}"));
        examined.check(act);
        close(page);
    }
    page.js("document.querySelector('[data-do=tool-corrections]').click()");
    page.wait_for("dialog[open] .correct");
    examined.check("corrections");
}

#[test]
fn the_page_in_arabic_has_no_faults() {
    let site = Site::start();
    let examined = Examined::open(&site, SAMPLE);
    let page = &examined.page;
    page.store("dixit/1/settings", r#"{"language":"ar"}"#);
    page.reload();
    page.wait_for(".tog");
    page.wait_until("document.documentElement.dir === 'rtl'");
    page.js("scrollTo(0, 200)");
    page.wait_for(".along");
    examined.check("the article, in Arabic");
    assert_eq!(page.js("return document.documentElement.lang"), json!("ar"));
}

#[test]
fn comments_are_accessible_in_every_state() {
    let site = Site::start();
    let examined = Examined::open(&site, "?src=articles/harbour-vote.txt");
    let page = &examined.page;
    page.to_comments();
    select(page, "already cut the last scene");
    page.wait_for(".comment-box .comment-about");
    page.type_into(
        ".comments > .comment-box textarea",
        "So *this* [is](https://it.example/)\n\n> quoted",
    );
    page.click("[data-act=preview]");
    page.wait_for(".comment-preview .markdown a");
    examined.check_in(".comments", "a passage, a preview");
    page.click(".comments > .comment-box .pri");
    page.wait_for(".comment .markdown");
    page.click("[data-act=reply]");
    page.wait_for(".comment textarea");
    page.press("A reply");
    page.click("[data-act=exchange]");
    page.wait_for(".comments-file");
    examined.check_in(".comments", "a reply being written, files");
    page.click(".comment .pri");
    page.wait_for(".comment[data-depth]");
    examined.check_in(".comments", "replies");
    page.goto(&site.url(""));
    page.click("[data-act=all-comments]");
    page.wait_for(".all-comments .comment");
    examined.check_in(".all-comments", "all comments");
}

#[test]
fn published_pages_are_accessible() {
    let site = Site::of_folder(news());
    let examined = Examined::open(&site, "city/tram/");
    examined.page.wait_for("#reader[data-live]");
    examined.check("a published article");
    for path in ["", "voices/", "voices/ann-lee/", "sections/", "search/?q=boots", "404.html"] {
        let examined = Examined::open(&site, path);
        if path.starts_with("search") {
            examined.page.wait_for(".cards li");
        }
        examined.check(path);
    }
}

#[test]
fn an_element_on_another_page_has_no_fault() {
    let site = Site::hosting(include_str!("../hosts/plain.html"));
    let page = Page::blank(&site);
    page.prefer("prefers-reduced-motion", "reduce");
    page.goto(&site.url("host.html"));
    page.wait_until(
        "document.querySelector('dixit-article').shadowRoot?.querySelector('article .qt')",
    );
    let examined = Examined { page, axe: axe() };
    for theme in ["light", "dark", "sepia", "contrast"] {
        let script = format!("document.querySelector('dixit-article').theme = '{theme}'");
        examined.page.js(&script);
        for view in ["article", "transcript", "speakers"] {
            let script = format!("document.querySelector('dixit-article').view = '{view}'");
            examined.page.js(&script);
            let shown = ["article .qt", ".lines .line", ".cards .vc"];
            let shown = shown.map(|one| {
                format!("document.querySelector('dixit-article').shadowRoot.querySelector('{one}')")
            });
            let n = ["article", "transcript", "speakers"].iter().position(|v| *v == view);
            examined.page.wait_until(&shown[n.unwrap_or(0)]);
            let faults = examined.faults("dixit-article");
            assert!(faults.is_empty(), "{theme}, {view}:\n{}", faults.join("\n"));
        }
    }
}
