//! The engine's module beside the page: in a worker, in the page where no worker can start, and when it fails.

use serde_json::Value;

use crate::harness::{Page, Reply, Request, SHORT_ARTICLE, Site};

/// The page's port, called as the reader's Wasm calls it; the answer, or the error as `NAME: message`.
fn analyse(page: &Page, text: &str, version: u32) -> String {
    let script = "const done = arguments[2];
        dixit.analyse(arguments[0], arguments[1]).then(done, (error) => done(`${error.name}: ${error.message}`));";
    let answer = page.run_async(script, vec![text.into(), version.into()]);
    answer.as_str().unwrap_or_default().to_owned()
}

#[track_caller]
fn assert_analysed(answer: &str) {
    let document: Value =
        serde_json::from_str(answer).unwrap_or_else(|_| panic!("no document: {answer}"));
    assert_eq!(document["format"], "dixit");
    assert!(document["analysis"].is_object(), "{answer}");
    assert!(answer.contains("It is over, and we all know it"), "{answer}");
}

/// The engine's files that the page itself loaded, not its worker.
fn loaded_by_the_page(page: &Page) -> Vec<String> {
    let script = "return performance.getEntriesByType('resource')
        .map((entry) => entry.name.split('/')).filter((parts) => parts.at(-2).startsWith('engine-'))
        .map((parts) => parts.at(-1)).sort()";
    let names = page.js(script);
    names
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect()
}

#[test]
fn a_text_is_analysed_in_a_worker() {
    let site = Site::start();
    let page = Page::open(&site, "");
    assert_analysed(&analyse(&page, SHORT_ARTICLE, 1));
    assert!(!loaded_by_the_page(&page).contains(&"dixit_engine.wasm".to_owned()));
    assert_analysed(&analyse(&page, SHORT_ARTICLE, 1));
    let starts = site.requests().iter().filter(|p| p.ends_with("engine-worker.js")).count();
    assert_eq!(starts, 1, "one worker serves every text");
}

#[test]
fn where_no_worker_can_start_the_page_does_it_itself() {
    for policy in ["worker-src 'none'", "trusted-types other; require-trusted-types-for 'script'"] {
        let site = Site::with(move |r| {
            r.path.is_empty().then(|| Reply::built("").header("Content-Security-Policy", policy))
        });
        let page = Page::open(&site, "");
        page.expect_violations();
        assert_analysed(&analyse(&page, SHORT_ARTICLE, 1));
        assert!(loaded_by_the_page(&page).contains(&"dixit_engine.wasm".to_owned()), "{policy}");
    }
    let site = Site::start();
    let page = Page::blank(&site);
    page.before_load("delete globalThis.Worker");
    page.goto(&site.url(""));
    assert_analysed(&analyse(&page, SHORT_ARTICLE, 1));
}

fn is_engine(request: &Request, end: &str) -> bool {
    request.path.starts_with("engine-") && request.path.ends_with(end)
}

#[test]
fn a_missing_engine_is_an_error_in_words_and_a_later_try_works() {
    use std::sync::atomic::{AtomicBool, Ordering};
    static MISSING: AtomicBool = AtomicBool::new(true);
    let site = Site::with(|r| {
        (is_engine(r, ".wasm") && MISSING.load(Ordering::Relaxed)).then(Reply::not_found)
    });
    let page = Page::open(&site, "");
    let answer = analyse(&page, SHORT_ARTICLE, 1);
    assert!(answer.starts_with("Unavailable: "), "{answer}");
    MISSING.store(false, Ordering::Relaxed);
    assert_analysed(&analyse(&page, SHORT_ARTICLE, 1));
}

#[test]
fn an_engine_of_another_version_is_refused() {
    let site = Site::start();
    let page = Page::open(&site, "");
    let answer = analyse(&page, SHORT_ARTICLE, 99);
    assert!(answer.starts_with("Unavailable: ") && answer.contains("reload the page"), "{answer}");
}

/// The worker's code with a real trap for the text `trap` and no end for the text `hang`.
fn fragile(request: &Request) -> Option<Reply> {
    const FAULTS: &str = "(values[0] === 'trap' ? new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(
        [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11]))).exports.f()
        : values[0] === 'hang' ? (() => { for (;;); })() : await analysed(engine, ...values))";
    is_engine(request, "engine-worker.js")
        .then(|| Reply::built(&request.path).replace("await analysed(engine, ...values)", FAULTS))
}

#[test]
fn after_a_trap_the_next_text_gets_a_fresh_worker() {
    let site = Site::with(fragile);
    let page = Page::open(&site, "");
    assert_analysed(&analyse(&page, SHORT_ARTICLE, 1));
    assert_eq!(analyse(&page, "trap", 1), "Trapped: unreachable");
    assert_analysed(&analyse(&page, SHORT_ARTICLE, 1));
    assert!(!page.is_visible("#fault"), "the reader itself is well");
}

#[test]
fn a_worker_that_does_not_come_to_an_end_is_stopped() {
    let site = Site::with(fragile);
    let page = Page::blank(&site);
    // The limit of five seconds, in a fifteenth of the time.
    page.before_load("const real = setTimeout; globalThis.setTimeout = (f, ms, ...rest) => real(f, ms > 4900 && ms < 5100 ? 333 : ms, ...rest);");
    page.goto(&site.url(""));
    let answer = analyse(&page, "hang", 1);
    assert_eq!(answer, "Trapped: it took longer than 5 seconds and was stopped");
    assert!(analyse(&page, "x", 1).starts_with('{'));
}

const MACEDONIAN: &str = "Мостот останува затворен\n\nМостот на реката останува затворен до октомври и не се знае што ќе биде потоа.\n\n\
    „Не можам да пуштам автобус преку него“, изјави инспекторката Весна Трајчева. Таа додаде дека се чекаат пари.";

#[test]
fn the_data_of_a_language_is_fetched_when_a_text_needs_it() {
    let site = Site::start();
    let fetched = |site: &Site| -> Vec<String> {
        let names = site.requests();
        names.iter().filter_map(|p| p.split_once("/lang/")).map(|(_, f)| f.to_owned()).collect()
    };
    let page = Page::open(&site, "");
    assert_analysed(&analyse(&page, SHORT_ARTICLE, 1));
    assert_eq!(fetched(&site), [""; 0], "English is in the module");
    for _ in 0..2 {
        let answer = analyse(&page, MACEDONIAN, 1);
        assert!(answer.contains("\"cue\"") && answer.contains("Весна Трајчева"), "{answer}");
    }
    assert_eq!(fetched(&site), ["mk.txt"], "once");
}

#[test]
fn without_the_data_of_its_language_a_text_gets_nearest_names() {
    let site = Site::with(|r| is_engine(r, ".txt").then(Reply::not_found));
    let page = Page::open(&site, "");
    let answer = analyse(&page, MACEDONIAN, 1);
    assert!(answer.contains("Весна Трајчева") && !answer.contains("\"cue\""), "{answer}");
}
