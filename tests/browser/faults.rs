//! Faults of storage, network and host that no other file makes; ARCHITECTURE.md lists them all. Each ends with a live
//! page and nothing lost.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{Page, Reply, Request, Site};
use crate::published::news;

const SAMPLE: &str = "?src=articles/harbour-vote.txt";
const TRAM: &str = "city/tram/";

fn article(site: &Site) -> String {
    site.url("articles/harbour-vote.txt").replace('/', "%2F")
}

/// An entry cut at every byte, with every byte changed, and of wrong types, beside one that is whole.
#[test]
fn entries_damaged_in_any_way_are_kept_and_the_others_shown() {
    let site = Site::start();
    let page = Page::open(&site, SAMPLE);
    page.wait_for(".qt");
    let entry = |id: &str, body: &str| {
        json!({ "v": 1, "id": id, "revision": id, "author": "Ana", "body": body, "created": 1_700_000_000_000_i64 })
            .to_string()
    };
    const WHOLE: &str = "01ARYZ6S41ZZZZZZZZZZZZZZZZ";
    let mut entries = vec![(WHOLE.to_owned(), entry(WHOLE, "The whole one"))];
    let id = |n: usize| format!("01ARYZ6S41{n:016}");
    let mut damaged = |make: &dyn Fn(&str) -> String| {
        let id = id(entries.len());
        let text = make(&entry(&id, "A damaged one"));
        entries.push((id, text));
    };
    let length = entry(&id(0), "A damaged one").len();
    for at in 0..length {
        damaged(&|entry| entry[..at].to_owned());
        damaged(&|entry| {
            let mut bytes = entry.as_bytes().to_vec();
            bytes[at] ^= 1 << (at % 7);
            String::from_utf8_lossy(&bytes).into_owned()
        });
    }
    for odd in [
        "null",
        "0",
        "\"\"",
        "[]",
        "{}",
        "[[]]",
        "true",
        "{\"v\":1}",
        "{\"v\":\"1\"}",
        "\u{feff}{}",
    ] {
        damaged(&|_| odd.to_owned());
        damaged(&|entry| entry.replacen("\"A damaged one\"", odd, 1));
        damaged(&|entry| entry.replacen("1700000000000", odd, 1));
    }
    let prefix = format!("dixit/1/c/{}/", article(&site));
    let given: Vec<(String, &str)> =
        entries.iter().map(|(id, text)| (format!("{prefix}{id}"), text.as_str())).collect();
    let script = "for (const [key, value] of arguments[0]) localStorage.setItem(key, value)";
    page.run(script, vec![json!(given)]);
    page.reload();
    page.to_comments();
    page.wait_text(".comments .note", "cannot be read");
    page.wait_until("[...document.querySelectorAll('.comment-body')].some((e) => e.textContent === 'The whole one')");
    let add = |words: &str| {
        page.type_into(".comments > .comment-box textarea", words);
        page.js("document.querySelector('.comments > .comment-box .pri').click()");
        page.wait_until(&format!("[...document.querySelectorAll('.comment-body')].some((e) => e.textContent === {words:?})"));
    };
    add("One more");
    page.reload();
    page.to_comments();
    add("And another");
    // Each text that was there is there, under its key or set aside.
    let stored = page.storage();
    for (key, text) in &given {
        let aside = key.replace("dixit/1/c/", "dixit/1/quarantine/c/");
        let found = [key, &aside].map(|key| stored.get(key).map(String::as_str));
        assert!(found.contains(&Some(text)), "{key} was {text}, and is {found:?}");
    }
}

/// Deletes the database; a page that still holds it open is not waited for.
fn clear_database(page: &Page) {
    page.js_async(
        "await new Promise((done) => { indexedDB.deleteDatabase('dixit').onsuccess = done; setTimeout(done, 2000); })",
    );
}

#[test]
fn what_a_browser_clears_comes_back_from_the_other_store() {
    let site = Site::start();
    let page = Page::open(&site, SAMPLE);
    page.to_comments();
    page.type_into(".comments > .comment-box textarea", "Kept twice");
    page.js("document.querySelector('.comments > .comment-box .pri').click()");
    page.wait_text(".comments-status", "Saved");
    page.js("localStorage.clear()");
    page.reload();
    page.to_comments();
    page.wait_text(".comment-body", "Kept twice");
    assert!(page.storage().keys().any(|key| key.starts_with("dixit/1/c/")), "in both again");
    clear_database(&page);
    page.reload();
    page.to_comments();
    page.wait_text(".comment-body", "Kept twice");
    // All of it gone, by the person's own wish: the page begins anew.
    page.js("localStorage.clear()");
    clear_database(&page);
    page.goto(&site.url(""));
    page.wait_for("main.start");
    page.js("localStorage.clear()");
    clear_database(&page);
    page.goto(&site.url(SAMPLE));
    page.to_comments();
    page.wait_text(".comments h2", "No comments");
}

/// Answers for Wasm files alone, in a folder that `dixit build` made.
fn published(wasm: impl Fn(&Request, Reply) -> Reply + Send + Sync + 'static) -> Site {
    let folder = news().to_owned();
    Site::with(move |request| {
        let reply = match request.path.as_str() {
            "sw.js" => Reply::not_found(),
            path => Reply::of_file(&folder, path),
        };
        Some(if request.path.ends_with(".wasm") { wasm(request, reply) } else { reply })
    })
}

#[test]
fn a_published_article_is_readable_whatever_becomes_of_its_program() {
    let text = "return document.querySelector('article .body').textContent";
    let whole = Page::open(&published(|_, reply| reply), TRAM);
    whole.wait_for("#reader[data-live]");
    let sites = [
        ("missing", published(|_, _| Reply::not_found())),
        (
            "cut",
            published(|_, mut reply| {
                reply.body.truncate(1000);
                reply
            }),
        ),
        ("broken off", published(|_, reply| Reply { missing: 1000, ..reply })),
        ("a page in its place", published(|_, _| Reply::new(200, "text/html", "<!doctype html>"))),
    ];
    for (name, site) in &sites {
        let page = Page::open(site, TRAM);
        page.expect_violations();
        page.wait_for("#fault:not([hidden])");
        assert!(page.text("article h1").len() > 5, "{name}");
        let words = page.js(text);
        assert!(words.as_str().is_some_and(|words| words.len() > 500), "{name}: {words}");
        assert!(page.count(".body .qt") > 0 && page.count(".voice-row") > 0, "{name}");
    }
    let page = Page::blank(&sites[0].1);
    page.expect_violations();
    page.before_load("delete globalThis.WebAssembly");
    page.goto(&sites[0].1.url(TRAM));
    page.wait_text("#fault-cause", "WebAssembly");
    assert!(page.count(".body .qt") > 0);
}

/// Replies that wait until they are let through.
fn held_back() -> (impl Fn(Reply) -> Reply + Send + Sync + 'static, Arc<AtomicBool>) {
    let comes = Arc::new(AtomicBool::new(false));
    let may_go = Arc::clone(&comes);
    let hold = move |reply| {
        while !may_go.load(Ordering::Relaxed) {
            std::thread::sleep(Duration::from_millis(20));
        }
        reply
    };
    (hold, comes)
}

#[test]
fn on_a_slow_network_the_page_is_there_first_and_acts_later() {
    let (slow, comes) = held_back();
    let page = Page::open(&published(move |_, reply| slow(reply)), TRAM);
    assert_eq!(page.count("#reader[data-live]"), 0, "it is still to come");
    assert!(page.is_visible("article h1") && page.is_visible(".body .qt"));
    comes.store(true, Ordering::Relaxed);
    page.wait_for("#reader[data-live]");
    page.js("document.querySelector('.tog').click()");
    page.wait_for(".qt.is-shut");

    let (slow, comes) = held_back();
    let viewer = Site::with(move |request| {
        let is_late =
            request.path.ends_with(".wasm") || request.path == "articles/harbour-vote.txt";
        is_late.then(|| slow(Reply::built(&request.path)))
    });
    let page = Page::open(&viewer, SAMPLE);
    assert_eq!(page.count(".qt"), 0, "it is still to come");
    comes.store(true, Ordering::Relaxed);
    page.wait_for(".qt");
    assert!(!page.is_visible("#fault"));
}

/// What has not been used yet may not come any more: the article stays, and what was typed too.
#[test]
fn without_a_network_in_the_middle_of_use_nothing_is_lost() {
    let site = Site::start();
    let page = Page::open(&site, SAMPLE);
    page.to_comments();
    page.type_into(".comments > .comment-box textarea", "Half a thought");
    site.go_away();
    page.click(".views a:nth-child(3)");
    page.wait_until("document.querySelector('.cards .vc, [role=alert], .note')");
    page.click(".views a:nth-child(1)");
    page.wait_for(".body .qt");
    page.js("document.querySelector('.comments-to-come, .comments').scrollIntoView({ behavior: 'instant' })");
    page.wait_until(
        "document.querySelector('.comments > .comment-box textarea')?.value === 'Half a thought'",
    );
    page.js("document.querySelector('.comments > .comment-box .pri').click()");
    page.wait_text(".comment-body", "Half a thought");
    let kept: Vec<Value> = page
        .storage()
        .into_iter()
        .filter(|(key, _)| key.starts_with("dixit/1/c/"))
        .filter_map(|(_, entry)| serde_json::from_str(&entry).ok())
        .collect();
    assert_eq!(kept[0]["body"], "Half a thought");
}
