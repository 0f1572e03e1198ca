//! What arrives in the browser: the page, its policy, and words when a part of it does not arrive or stops.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use fantoccini::key::Key;
use serde_json::json;

use crate::harness::{Page, Reply, Request, Site};

#[test]
fn the_start_page_loads_from_any_folder_within_its_policy() {
    let site = Site::start();
    let page = Page::open(&site, "");
    page.wait_for("#reader h1");
    assert!(!page.is_visible("#fault"));
    assert!(page.requests().len() >= 6, "{:?}", page.requests());
    let engine: Vec<String> =
        site.requests().into_iter().filter(|p| p.contains("engine-")).collect();
    assert_eq!(engine, Vec::<String>::new(), "the engine is loaded when first needed");
}

#[test]
fn the_harness_sees_a_broken_policy_and_a_foreign_request() {
    let site = Site::start();
    let page = Page::open(&site, "");
    page.expect_violations();
    page.js("document.body.setAttribute('style', 'color: red')");
    page.js("document.body.append(Object.assign(new Image(), { src: 'https://example.org/pixel.png' }))");
    page.eventually("a violation", || page.violations().iter().any(|v| v.contains("style-src")));
    page.eventually("the request", || {
        page.requests().contains(&"https://example.org/pixel.png".to_owned())
    });
}

#[test]
fn the_chosen_theme_is_there_before_the_first_paint() {
    let site = Site::start();
    let page = Page::open(&site, "");
    page.store("dixit/1/settings", r#"{"theme":"dark","size":"large","width":"narrow","x":"y"}"#);
    page.before_load("addEventListener('DOMContentLoaded', () => { globalThis.early = { ...document.documentElement.dataset } })");
    page.reload();
    assert_eq!(
        page.js("return early"),
        json!({ "theme": "dark", "size": "large", "width": "narrow" })
    );
    assert_eq!(page.js("return getComputedStyle(document.documentElement).colorScheme"), "dark");
    for broken in ["", "{", "null", "[]", r#"{"theme":7,"size":"a b\"><"}"#] {
        page.store("dixit/1/settings", broken);
        page.reload();
        page.wait_for("#reader h1");
        assert_eq!(page.js("return early"), json!({}), "{broken}");
    }
}

#[test]
fn storage_that_throws_does_not_keep_the_page_from_loading() {
    let site = Site::start();
    let page = Page::blank(&site);
    page.before_load("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })");
    page.goto(&site.url(""));
    page.wait_for("#reader h1");
}

/// One part of the site goes wrong; the panel names the cause.
#[track_caller]
fn check(rule: impl Fn(&Request) -> Option<Reply> + Send + Sync + 'static, words: &str) {
    let site = Site::with(rule);
    let page = Page::open(&site, "");
    page.expect_violations();
    page.wait_text("#fault-cause", words);
    assert!(page.is_visible("#fault"));
    assert!(page.is_visible("//button[.='Reload']"));
    assert!(!page.is_visible("//button[.='Copy the text']"), "there is no text yet");
}

fn is_wasm(request: &Request) -> bool {
    request.path.ends_with(".wasm")
}

fn is_glue(request: &Request) -> bool {
    request.path.starts_with("reader-") && request.path.ends_with(".js")
}

#[test]
fn a_missing_part_is_named() {
    check(|r| is_wasm(r).then(Reply::not_found), "missing on the server (404)");
    check(|r| is_glue(r).then(Reply::not_found), "missing on the server (404)");
    check(|r| is_wasm(r).then(|| Reply::new(503, "text/plain", "busy")), "answered 503");
}

#[test]
fn a_damaged_part_is_named() {
    let cut = |r: &Request| {
        is_wasm(r).then(|| {
            let mut reply = Reply::built(&r.path);
            reply.body.truncate(reply.body.len() / 2);
            reply
        })
    };
    check(cut, "damaged, incomplete");
    let tampered = |r: &Request| {
        is_wasm(r).then(|| {
            let mut reply = Reply::built(&r.path);
            // An empty custom section is valid and changes nothing but the hash.
            reply.body.extend([0, 1, 0]);
            reply
        })
    };
    check(tampered, "damaged, incomplete");
    check(|r| is_glue(r).then(|| Reply::built(&r.path).replace("export", "exp ort")), "damaged");
}

#[test]
fn a_connection_that_breaks_off_is_named() {
    let broken = |r: &Request| is_wasm(r).then(|| Reply { missing: 1000, ..Reply::built(&r.path) });
    check(broken, "A part of Dixit");
}

#[test]
fn a_wrong_type_is_named_only_where_it_matters() {
    let html =
        |r: &Request| is_glue(r).then(|| Reply::built(&r.path).header("Content-Type", "text/html"));
    check(html, "as “text/html” instead of javascript");
    let fallback =
        |r: &Request| is_wasm(r).then(|| Reply::new(200, "text/html", "<!doctype html>"));
    check(fallback, "as “text/html” instead of application/wasm");

    // Many hosts do not know Wasm's type; that alone does no harm.
    let octets = |r: &Request| {
        is_wasm(r).then(|| Reply::built(&r.path).header("Content-Type", "application/octet-stream"))
    };
    let site = Site::with(octets);
    let page = Page::open(&site, "");
    page.wait_for("#reader h1");
    assert!(!page.is_visible("#fault"));
}

fn is_later(request: &Request) -> bool {
    request.path.ends_with("/split_later.wasm")
}

/// The parts of the reader that were fetched after the first, without the ones that several share.
fn parts(site: &Site) -> Vec<String> {
    let parts = site.requests().into_iter().filter_map(|path| {
        let (_, part) = path.rsplit_once("/split_")?;
        Some(part.strip_suffix(".wasm")?.to_owned())
    });
    parts.collect()
}

#[test]
fn an_article_needs_the_first_part_alone_until_something_is_used() {
    let site = Site::start();
    let page = Page::blank(&site);
    page.prefer("prefers-reduced-motion", "reduce");
    page.resize((1440, 400));
    page.goto(&site.url("?src=articles/harbour-vote.txt"));
    page.wait_for("article h1");
    // By script: the driver would scroll there, and what goes along would come.
    page.js("document.querySelector('.tog').click()");
    page.wait_for(".qt.is-shut");
    assert_eq!(parts(&site), [""; 0]);
    assert_eq!(page.count(".comments"), 0);
    page.js("document.querySelector('.qt.is-shut .tog').click()");
    page.click_button("Text size, width and theme");
    page.wait_for(".look-menu");
    page.press(&Key::Escape.to_string());
    page.wait_gone(".look-menu");
    assert_eq!(parts(&site), ["later"]);
    page.to_comments();
    page.wait_for(".along");
    let mut used = parts(&site);
    used.sort();
    assert_eq!(used, ["along", "comments", "later"]);
    page.type_into(".comments textarea", "Noted");
    page.click(".comments .pri");
    page.wait_for(".comment");
    // Where there are comments, they come without a wish.
    page.js("scrollTo(0, 0)");
    page.reload();
    page.wait_for(".comment");
}

#[test]
fn the_key_for_comments_leads_to_the_box_before_it_is_here() {
    let site = Site::with(|r| {
        let late = r.path.ends_with("/split_comments.wasm");
        late.then(|| Reply { wait: Duration::from_millis(500), ..Reply::built(&r.path) })
    });
    let page = Page::blank(&site);
    page.resize((1440, 400));
    page.goto(&site.url("?src=articles/harbour-vote.txt"));
    page.wait_for(".tog");
    page.press("c");
    page.wait_until("document.activeElement.matches('.comments-to-come')");
    page.wait_until("document.activeElement.matches('.comments textarea')");
}

#[test]
fn a_later_part_that_does_not_come_is_told_and_asked_for_again() {
    type Use = fn(&Page);
    let look: Use = |page| page.click_button("Text size, width and theme");
    let why: Use = |page| {
        page.js("document.querySelector('.why').click()");
    };
    let comments: Use = |page| {
        page.js("scrollTo(0, document.body.scrollHeight)");
    };
    let nothing: Use = |_| {};
    let article = "?src=articles/harbour-vote.txt";
    for (path, part, how, alert, again, there) in [
        ("", "start", nothing, "main [role=alert]", "Try again", "main.start h1"),
        (article, "comments", comments, "main [role=alert]", "Try again", ".comments textarea"),
        (article, "later", look, ".app-note [role=alert]", "Try again", ".look-menu"),
        (article, "later", why, ".note-why", "Close", ".note-why .note-why-title"),
    ] {
        let broken = Arc::new(AtomicBool::new(true));
        let breaks = broken.clone();
        let part = format!("/split_{part}.wasm");
        let site = Site::with(move |r| {
            (r.path.ends_with(&part) && breaks.load(Ordering::Relaxed)).then(|| {
                let mut reply = Reply::built(&r.path);
                reply.body.extend([0, 1, 0]);
                reply
            })
        });
        let page = Page::open(&site, path);
        // A page that scrolls smoothly is still under way when the driver clicks.
        page.prefer("prefers-reduced-motion", "reduce");
        if !path.is_empty() {
            page.wait_for(".tog");
        }
        how(&page);
        page.wait_text(alert, "did not arrive");
        broken.store(false, Ordering::Relaxed);
        page.click_button(again);
        if again == "Close" {
            page.wait_gone(alert);
            how(&page);
        }
        page.wait_for(there);
        assert_eq!(page.count("[role=alert]"), 1, "only the page's own for faults");
        assert!(!page.is_visible("#fault"));
    }
}

#[test]
fn words_stay_in_the_field_until_what_saves_them_is_here() {
    let broken = Arc::new(AtomicBool::new(true));
    let breaks = broken.clone();
    let site = Site::with(move |r| {
        let breaks = breaks.load(Ordering::Relaxed) && r.path.ends_with("/split_writing.wasm");
        breaks.then(Reply::not_found)
    });
    let page = Page::open(&site, "?src=articles/harbour-vote.txt");
    page.to_comments();
    page.type_into(".comments textarea", "Half a thought");
    let save = || page.js("document.querySelector('.comments .pri').click()");
    save();
    page.wait_text(".comments-status", "did not arrive");
    assert_eq!(
        page.js("return document.querySelector('.comments textarea').value"),
        "Half a thought"
    );
    assert_eq!(page.count(".comment-body"), 0);
    broken.store(false, Ordering::Relaxed);
    save();
    page.wait_text(".comment-body", "Half a thought");
    page.wait_text(".comments-status", "Saved");
}

#[test]
fn a_kept_article_says_so_when_the_part_that_opens_it_does_not_come() {
    let site = Site::with(|r| is_later(r).then(Reply::not_found));
    let page = Page::open(&site, "?article=text-1");
    page.wait_text(".trouble-words", "did not arrive");
    assert!(page.is_visible("//button[.='Try again']"));
}

#[test]
fn a_host_that_forbids_webassembly_is_named() {
    let policy = "script-src 'self'";
    check(
        move |r| {
            r.path.is_empty().then(|| Reply::built("").header("Content-Security-Policy", policy))
        },
        "security policy forbids WebAssembly",
    );
}

#[test]
fn a_browser_without_webassembly_is_told() {
    let site = Site::start();
    let page = Page::blank(&site);
    page.before_load("delete globalThis.WebAssembly");
    page.goto(&site.url(""));
    page.wait_text("#fault-cause", "cannot run WebAssembly");
    page.screenshot("fault-no-webassembly");
}

#[test]
fn a_page_opened_as_a_file_says_what_to_do() {
    let site = Site::start();
    let page = Page::blank(&site);
    page.expect_violations();
    page.goto(&format!("file://{}", Reply::dist().join("index.html").display()));
    page.wait_text("#fault-cause", "opened as a file");
}

#[test]
fn without_javascript_the_page_says_so() {
    let site = Site::start();
    let page = Page::blank(&site);
    page.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
    page.goto(&site.url(""));
    // The driver reads pages by script; the accessibility tree holds what a person is told.
    let tree = page.cdp("Accessibility.getFullAXTree", json!({})).to_string();
    assert!(tree.contains("needs JavaScript for it"), "{tree}");
    page.screenshot("no-javascript");
    page.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": false }));
}

#[test]
fn a_page_whose_scripts_never_came_says_so_in_the_end() {
    let site = Site::with(|r| r.path.ends_with(".js").then(Reply::not_found));
    let page = Page::open(&site, "");
    assert!(!page.is_visible(".is-late"), "not at once: a slow start would flash it");
    page.js("for (const animation of document.getAnimations()) animation.finish()");
    assert!(page.is_visible(".is-late"));
}

/// Makes the browser refuse what Yew cannot do without, from the moment that `globalThis.broken` is set.
const BREAKABLE: &str = "const real = Node.prototype.insertBefore;
    Node.prototype.insertBefore = function (...nodes) {
        if (globalThis.broken) throw new DOMException('broken for a test', 'HierarchyRequestError');
        return real.apply(this, nodes);
    };";

#[test]
fn a_panic_at_the_start_never_leaves_a_blank_page() {
    let site = Site::start();
    let page = Page::blank(&site);
    page.before_load(&format!("{BREAKABLE} globalThis.broken = true;"));
    page.goto(&site.url(""));
    page.wait_text("#fault-cause", "fault in itself");
    page.wait_text("#fault-detail", "panicked at");
    page.shots("fault-panic");
}

#[test]
fn a_panic_while_reading_keeps_the_article_and_saves_the_comments() {
    let site = Site::start();
    let page = Page::blank(&site);
    page.before_load(BREAKABLE);
    page.goto(&site.url("?src=articles/harbour-vote.txt"));
    page.wait_for("#reader article h1");
    page.store("dixit/1/a/c/1", r#"{"body":"“Ja”, sagt sie\n</script>"}"#);
    page.store("other", "not ours");
    // One that found no room there.
    page.js_async(
        "await new Promise((done, failed) => {
             const opening = indexedDB.open('dixit', 1);
             opening.onerror = failed;
             opening.onupgradeneeded = () => opening.result.createObjectStore('entries');
             opening.onsuccess = () => {
                 const writing = opening.result.transaction('entries', 'readwrite');
                 writing.objectStore('entries').put('{\"body\":\"Nein\"}', 'dixit/1/a/c/2');
                 writing.oncomplete = done;
             };
         })",
    );
    let title = page.text("#reader article h1");
    page.js("globalThis.broken = true");
    page.click_button("Text size, width and theme");
    page.wait_text("#fault-cause", "fault in itself");
    page.wait_text("#fault-detail", "panicked at");
    assert_eq!(page.text("#reader article h1"), title, "the article is still there");
    page.shots("fault-while-reading");

    let folder = std::env::temp_dir().join(format!("dixit-download-{}", std::process::id()));
    page.cdp("Browser.setDownloadBehavior", json!({ "behavior": "allow", "downloadPath": folder }));
    page.click_button("Save comments");
    page.wait_text("#fault-said", "Saved");
    let file = folder.join("dixit-comments.json");
    page.eventually("the download", || file.is_file());
    let saved = std::fs::read_to_string(&file).expect("the download");
    let saved: serde_json::Value = serde_json::from_str(&saved).expect("JSON");
    assert_eq!(saved["dixit/1/a/c/1"], "{\"body\":\"“Ja”, sagt sie\\n</script>\"}");
    assert_eq!(saved["dixit/1/a/c/2"], r#"{"body":"Nein"}"#);
    assert_eq!(saved["other"], json!(null), "only what is ours");
    std::fs::remove_dir_all(folder).expect("clean up");

    page.click_button("Copy the text");
    page.wait_text("#fault-said", "The text is");
    page.click_button("Reload");
    page.wait_until(
        "document.getElementById('fault').hidden && document.querySelector('#reader h1')",
    );
}

#[test]
fn a_trap_before_anything_is_shown_shows_the_raw_text() {
    let site = Site::with(|r| {
        let slow = || Reply { wait: std::time::Duration::from_secs(2), ..Reply::built(&r.path) };
        (r.path.starts_with("engine-") && r.path.ends_with(".wasm")).then(slow)
    });
    let page = Page::open(&site, "?src=articles/harbour-vote.txt");
    page.wait_until("document.getElementById('fault-text').textContent !== ''");
    page.js(TRAP);
    page.wait_text("#fault-cause", "fault in itself");
    page.wait_text("#fault-detail", "unreachable");
    assert!(page.text("#fault-text").contains("Port Ellis"), "{}", page.text("#fault-text"));
    page.screenshot("fault-before-reading");
}

/// Runs a module whose one function is `unreachable`, so that the window meets a real trap.
const TRAP: &str = "setTimeout(() => {
    const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11];
    new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes))).exports.f();
})";

#[test]
fn an_error_of_somebody_elses_script_is_not_ours() {
    let site = Site::start();
    let page = Page::open(&site, "");
    page.wait_for("#reader h1");
    page.js("setTimeout(() => { throw new Error('an extension') }); Promise.reject(new TypeError('another'))");
    page.eventually("the error", || {
        page.console().iter().any(|line| line.contains("an extension"))
    });
    assert!(!page.is_visible("#fault"));
}
