//! Sites that `dixit build` makes of folders of articles.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use serde_json::json;

use crate::harness::{Page, Reply, Site};

/// The site of `tests/sites/news`, built once.
pub(crate) fn news() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    // Where the tests' server has it.
    let base = "https://news.example/some/folder/";
    BUILT.get_or_init(|| built("news", "news", &["--base-url", base]))
}

/// The site of a folder in `tests/sites`.
fn built(folder: &str, name: &str, options: &[&str]) -> PathBuf {
    let sites = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
    built_of(&sites.join(folder).join("articles"), name, options)
}

/// Where the sites are built.
pub(crate) fn sites() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target/browser-sites")
}

/// The command `dixit`.
pub(crate) fn program() -> PathBuf {
    let named = std::env::var_os("DIXIT_PROGRAM").map(PathBuf::from);
    named.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target/debug/dixit"))
}

/// The site of a folder.
pub(crate) fn built_of(articles: &Path, name: &str, options: &[&str]) -> PathBuf {
    let out = sites().join(name);
    let _ = std::fs::remove_dir_all(&out);
    let program = program();
    let mut command = Command::new(&program);
    command.arg("build").arg(articles);
    command.arg("--out").arg(&out).arg("--reader").arg(Reply::dist()).args(options);
    let output = command.output().unwrap_or_else(|error| {
        panic!("{}: {error}; to build it: cargo build --package dixit-cli", program.display())
    });
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    out
}

/// An article's page, once the reader has taken it over.
fn article(path: &str) -> Page {
    let site = Site::of_folder(news());
    let page = Page::blank(&site);
    // A page that scrolls by and by moves away under the pointer.
    page.prefer("prefers-reduced-motion", "reduce");
    page.goto(&site.url(path));
    page.wait_for("#reader[data-live]");
    page
}

/// A page without JavaScript.
fn without_scripts(path: &str) -> Page {
    let site = Site::of_folder(news());
    let page = Page::blank(&site);
    page.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
    page.goto(&site.url(path));
    page
}

/// The words of the article as they stand there, without what only those hear who hear the page.
const WORDS: &str = "const a = document.querySelector('article .body').cloneNode(true); \
    a.querySelectorAll('.vh, .badges, .n-words').forEach((n) => n.remove()); return a.textContent";

const TRAM: &str = "city/tram/";

#[test]
fn a_page_is_taken_over_in_place() {
    let site = Site::of_folder(news());
    let page = Page::blank(&site);
    // The elements that were there before are there afterwards, with the words that they had.
    page.before_load(
        "addEventListener('DOMContentLoaded', () => { window.before = [...document.querySelectorAll('#reader :is(header, article, aside), #reader :is(header, article, aside) *')]; \
         window.words = document.querySelector('article').textContent; })",
    );
    page.goto(&site.url(TRAM));
    page.wait_for("#reader[data-live]");
    let kept =
        page.js("return window.before.filter((e) => e.isConnected).length / window.before.length");
    assert_eq!(kept, 1.0);
    assert_eq!(
        page.js("return window.words === document.querySelector('article').textContent"),
        true
    );
    assert_eq!(page.text("article h1"), "The tram will come in spring");
    // Everything acts: folding, speakers, reasons, views.
    page.click_button("Collapse all quotes");
    page.wait_for(".tog[aria-expanded=false]");
    page.click_button("Expand all");
    page.wait_gone(".tog[aria-expanded=false]");
    page.click("//nav[@class='views']/a[.='Speakers']");
    page.wait_for(".vc");
    assert!(page.address().ends_with("city/tram/?view=speakers"), "{}", page.address());
    page.back();
    page.wait_for("article h1");
    page.shots("published");
    // No engine, no importer, nothing from elsewhere.
    let asked = page.requests();
    assert!(asked.iter().all(|url| !url.contains("/engine-")), "{asked:?}");
}

#[test]
fn an_address_opens_its_view_and_its_quotation() {
    let page = article("city/tram/?view=transcript");
    page.wait_for(".lines .said");
    let id = article(TRAM).attr(".body .qt[id]", "id").expect("a quotation with an id");
    let page = article(&format!("{TRAM}#{id}"));
    page.wait_for(&format!("#{id}.is-here"));
}

#[test]
fn all_is_there_without_scripts() {
    let page = without_scripts(TRAM);
    let words = page.js(WORDS);
    let words = words.as_str().unwrap_or_default();
    assert!(words.contains("“It is the right line at the right time,”"), "{words}");
    assert_eq!(page.count("article [hidden]"), 0);
    assert!(page.texts("aside .who .name").contains(&"Ann Lee".to_owned()));
    assert!(page.count("article .sp") > 1, "speakers are marked");
    // What does nothing without scripts is not offered.
    for control in ["aside .acts", ".views", ".comments-to-come", "header .ico"] {
        assert!(!page.is_visible(control), "{control} is offered");
    }
    page.shots("published-without-scripts");
}

#[test]
fn the_words_are_the_same_with_and_without_scripts() {
    let without = without_scripts(TRAM).js(WORDS);
    assert_eq!(article(TRAM).js(WORDS), without);
}

#[test]
fn links_and_pictures_of_the_site_work_in_any_folder() {
    let page = article(TRAM);
    page.wait_for("figure img");
    page.wait_until("document.querySelector('figure img').naturalWidth === 64");
    page.click("//article//a[.='the ferry was saved']");
    page.wait_text("article h1", "The ferry stays for a year");
    // A correction that lies beside the article holds.
    page.wait_text("aside", "spokesman of the fishers");
    page.click("//a[.='Voices']");
    page.wait_text("main h1", "Voices");
    page.click("//main//a[.='Ann Lee']");
    page.wait_text("main h1", "Ann Lee");
    // Two a page, of three.
    assert_eq!(page.count(".cards li"), 2);
    page.click("//a[.='Older articles']");
    page.click("//main//a[.='The ferry stays for a year']");
    page.wait_for("#reader[data-live]");
    page.wait_for(".steps");
    page.click("header .brand");
    page.wait_text("main h1", "Harbour News");
    page.shots("published-index");
}

#[test]
fn pages_lead_on_and_translations_to_each_other() {
    let page = article(TRAM);
    page.click("//footer//a[@hreflang='de']");
    page.wait_text("article h1", "Die Bahn kommt im Frühling");
    assert_eq!(page.attr("article", "lang").as_deref(), Some("de"));
    page.wait_for("#reader[data-live]");
    page.click("//footer//a[@hreflang='en']");
    page.wait_text("article h1", "The tram will come in spring");
    page.click("//footer//a[@rel='prev']");
    page.wait_text("article h1", "The ferry stays for a year");
    page.click("header .brand");
    page.wait_for(".neighbours a");
    assert_eq!(page.count(".cards li"), 2);
    page.click("//a[.='Older articles']");
    page.wait_for("//a[@rel='next']");
    assert_eq!(page.count(".cards li"), 2);
}

#[test]
fn drafts_are_nowhere() {
    for entry in walk(news()) {
        let bytes = std::fs::read(&entry).expect("a file");
        assert!(
            !String::from_utf8_lossy(&bytes).contains("Nobody knows this yet"),
            "{}",
            entry.display()
        );
    }
    let page = Page::open(&Site::of_folder(news()), "secret/");
    page.wait_text("h1", "This page is not here");
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

#[test]
fn the_search_finds_words_and_speakers() {
    let page = Page::open(&Site::of_folder(news()), "search/");
    page.type_into("[name=q]", "boots");
    page.press("\u{e007}");
    page.wait_text(".found", "1 article");
    assert_eq!(page.texts(".cards h2"), ["Rain, and then more rain"]);
    assert_eq!(page.text(".cards mark").to_lowercase(), "boots");
    // Of the headline alone.
    page.clear("[name=q]");
    page.type_into("[name=q]", "stays");
    page.press("\u{e007}");
    page.wait_text(".cards h2", "The ferry stays for a year");
    page.clear("[name=q]");
    page.type_into("[name=speaker]", "Vera Lind");
    page.press("\u{e007}");
    page.wait_text(".found", "2 articles");
    assert_eq!(page.texts(".cards h2")[0], "The ferry stays for a year");
    page.shots("published-search");
    // The address is the question.
    page.reload();
    page.wait_text(".found", "2 articles");
    page.click(".cards h2 a");
    page.wait_text("article h1", "The ferry stays for a year");
}

#[test]
fn a_comment_on_a_published_page_is_there_after_a_reload() {
    let page = article("city/ferry/");
    page.to_comments();
    page.type_into(".comments > .comment-box textarea", "What will it cost?");
    page.click(".comments > .comment-box .pri");
    page.wait_text(".comment-body", "What will it cost?");
    page.reload();
    page.wait_for("#reader[data-live]");
    page.to_comments();
    page.wait_text(".comment-body", "What will it cost?");
}

/// A page from a disk, once the reader has taken it over.
fn from_disk(file: &Path) -> Page {
    let page = Page::blank(&Site::of_folder(news()));
    page.prefer("prefers-reduced-motion", "reduce");
    page.goto(&format!("file://{}", file.display()));
    page.wait_for("#reader[data-live]");
    page
}

#[test]
fn a_single_file_opens_from_a_disk_with_all_that_a_page_has() {
    let out = built("news", "single", &["--single-file"]);
    let page = from_disk(&out.join("city/tram.html"));
    assert_eq!(page.text("article h1"), "The tram will come in spring");
    page.wait_until("document.querySelector('figure img').naturalWidth === 64");
    page.click_button("Collapse all quotes");
    page.wait_for(".tog[aria-expanded=false]");
    // Parts that come later are in the file too: another view, the menu, comments.
    page.click("//nav[@class='views']/a[.='Transcript']");
    page.wait_for(".lines .said");
    page.click_button("Text size, width and theme");
    page.wait_for(".look-menu, .look [role=radiogroup], .look fieldset");
    page.press("\u{e00c}");
    page.click("//nav[@class='views']/a[.='Article']");
    page.to_comments();
    page.type_into(".comments > .comment-box textarea", "From a disk");
    page.click(".comments > .comment-box .pri");
    page.wait_text(".comment-body", "From a disk");
    page.shots("published-single");
    // It leads to the other files.
    page.js("document.querySelector('article a[href*=ferry]').click()");
    page.wait_text("article h1", "The ferry stays for a year");
    assert!(
        page.requests()
            .iter()
            .all(|url| ["file:", "blob:", "data:"].iter().any(|kind| url.starts_with(kind)))
    );
}

/// An article's page at its second visit, which goes through the service worker and keeps all that the reader may need.
fn visited_twice(site: &Site) -> Page {
    visited_twice_at(site, TRAM, "#reader[data-live]", "words/mk.json")
}

/// The same of the page at `path`, which is there once it has `live`. Of the files that are kept `last` is the last one
/// that nothing else asks for.
fn visited_twice_at(site: &Site, path: &str, live: &str, last: &str) -> Page {
    let page = Page::open(site, path);
    page.wait_for(live);
    page.wait_until("await navigator.serviceWorker.ready, true");
    page.reload();
    page.wait_for(live);
    page.eventually("the last part is kept", || {
        let kept = page.js_async(&format!(
            "const kept = await (await caches.open('dixit-files /some/folder/')).keys(); \
             return kept.some((request) => request.url.endsWith('{last}'))",
        ));
        kept == true
    });
    page
}

#[test]
fn what_was_read_is_there_without_a_network() {
    let site = Site::offline_capable(news());
    let page = visited_twice(&site);
    page.goto(&site.url("city/ferry/"));
    page.wait_text("article h1", "The ferry stays for a year");
    site.go_away();
    page.goto(&site.url(TRAM));
    page.wait_for("#reader[data-live]");
    page.wait_text("article h1", "The tram will come in spring");
    // A part that was never used on this page.
    page.click("//nav[@class='views']/a[.='Speakers']");
    page.wait_for(".vc");
    // A page that was not read says so.
    page.goto(&site.url("rain/"));
    page.wait_text("h1", "You are offline");
}

#[test]
fn the_viewer_is_there_without_a_network() {
    let site = Site::offline_capable(&Reply::dist());
    let page = visited_twice_at(
        &site,
        "?src=articles/harbour-vote.txt",
        ".voice-row",
        "split_writing.wasm",
    );
    site.go_away();
    page.reload();
    page.wait_text("article h1", "Port Ellis votes to keep its fishing quay");
    page.wait_for(".voice-row");
    // Nor does a text that was not opened before need one.
    page.goto(&site.url(""));
    page.wait_for("main.start input[type=file]");
    page.js("const input = document.querySelector('input[type=file]'), data = new DataTransfer();
         data.items.add(new File(['Rain\\n\\n“It is wet,” said Bo Ray, a sailor.\\n'], 'rain.txt'));
         input.files = data.files;
         input.dispatchEvent(new Event('change', { bubbles: true }));");
    page.wait_text(".voice-row .name", "Bo Ray");
}

/// The viewer as one file, on its start page.
fn viewer_from_disk() -> Page {
    let page = Page::blank(&Site::of_folder(news()));
    page.prefer("prefers-reduced-motion", "reduce");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/dixit/dixit.html");
    page.goto(&format!("file://{}", file.display()));
    page.wait_for("main h1");
    page
}

#[test]
fn the_viewer_in_one_file_reads_texts_pages_and_other_languages() {
    let page = viewer_from_disk();
    page.shots("viewer-single");
    for (name, text, words, speaker) in [
        (
            "a.txt",
            "Harbour vote\n\nThe council met on Monday.\n\n“It is over, and we all know it,” said Ann Lee, the mayor.\n",
            "“It is over, and we all know it,”",
            "Ann Lee",
        ),
        (
            "a.html",
            "<!doctype html><html><title>Rain</title><body><article><h1>Rain</h1><p>It rained on Monday and on Tuesday too.</p><p>“Nobody goes out in this weather,” said Bo Ray, a sailor.</p></article></html>",
            "“Nobody goes out in this weather,”",
            "Bo Ray",
        ),
        (
            "a.txt",
            include_str!("../../static/articles/freibad.txt"),
            "„Mir fehlen drei Leute am Beckenrand“",
            "Petra Sandig",
        ),
    ] {
        page.drop_file("main", name, text);
        page.wait_text("article .qt", words);
        page.wait_text("aside .who", speaker);
        page.click("header .brand");
        page.wait_for(".start-list");
    }
    let asked = page.requests();
    assert!(
        asked
            .iter()
            .all(|url| ["file:", "blob:", "data:"].iter().any(|kind| url.starts_with(kind))),
        "{asked:?}"
    );
}

#[test]
fn a_new_version_takes_nothing_from_an_open_page() {
    let folder = news().to_owned();
    let page_folder = std::fs::read_dir(folder.join("assets")).expect("assets").flatten();
    let names = page_folder.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let old = names.into_iter().find(|name| name.starts_with("page-")).expect("the reader");
    let new = "page-0123456789abcdef";
    let deployed = Arc::new(AtomicBool::new(false));
    let (is_new, old_name) = (Arc::clone(&deployed), old.clone());
    let site = Site::with(move |request| {
        if !is_new.load(Ordering::Relaxed) {
            return Some(Reply::of_file(&folder, &request.path));
        }
        if request.path.contains(&old_name) {
            return Some(Reply::not_found());
        }
        let mut reply = Reply::of_file(&folder, &request.path.replace(new, &old_name));
        if request.path == "sw.js" || request.path.ends_with('/') {
            let text = String::from_utf8_lossy(&reply.body).into_owned();
            // The policy has the hash of the import map: that stays as it is, and says nothing of the new name.
            let map = text.find("{\"integrity\"").unwrap_or(text.len());
            let after = text[map..].find("</script>").map_or(text.len(), |end| map + end);
            let renamed = |part: &str| part.replace(&old_name, new);
            let parts =
                [renamed(&text[..map]), text[map..after].to_owned(), renamed(&text[after..])];
            reply.body = parts.concat().into_bytes();
        }
        Some(reply)
    });
    let page = visited_twice(&site);
    page.to_comments();
    page.type_into(".comments > .comment-box textarea", "Half a thought");
    deployed.store(true, Ordering::Relaxed);
    page.js_async("await (await navigator.serviceWorker.getRegistration()).update()");
    page.wait_text(".is-new", "A newer version of this site is here.");
    // Nothing reloads by itself, and a part that the server has no more is in the browser.
    page.js("document.querySelector('.views a[href*=speakers]').click()");
    page.wait_for(".vc");
    page.js("document.querySelector('.views a').click()");
    page.to_comments();
    assert_eq!(
        page.prop(".comments > .comment-box textarea", "value").as_deref(),
        Some("Half a thought")
    );
    page.js("document.querySelector('.is-new button').click()");
    page.wait_until("document.querySelector('meta[name=dixit-reader]')?.content.includes('page-0123456789abcdef')");
    page.wait_for("#reader[data-live]");
    page.to_comments();
    page.wait_until(
        "document.querySelector('.comments > .comment-box textarea')?.value === 'Half a thought'",
    );
}

#[test]
fn a_script_that_was_changed_on_the_way_does_not_run() {
    for file in ["/reader.js", "/reader.wasm", "/boot-"] {
        let folder = news().to_owned();
        let site = Site::with(move |request| {
            let mut reply = Reply::of_file(&folder, &request.path);
            let is_it = request.path.contains(file);
            if is_it && request.path.ends_with(".js") {
                reply.body.splice(0..0, *b"globalThis.changed = true;");
            } else if is_it {
                reply.body.push(0);
            }
            Some(if request.path == "sw.js" { Reply::not_found() } else { reply })
        });
        let page = Page::open(&site, TRAM);
        if file != "/boot-" {
            page.wait_for("#fault:not([hidden])");
        }
        assert_eq!(page.js("return globalThis.changed ?? false"), false, "{file}");
        assert_eq!(page.count("#reader[data-live]"), 0, "{file}");
        // The article stays.
        assert_eq!(page.text("article h1"), "The tram will come in spring");
    }
}
