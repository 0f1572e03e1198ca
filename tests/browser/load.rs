//! What long articles, many voices and long use cost. `cargo test --test browser load -- --ignored --nocapture
//! --test-threads=1` prints the tables; one test of correctness holds what must not depend on time.

use serde_json::{Value, json};

use crate::comfort::giving;
use crate::harness::{Page, Site};

const ROUNDS: usize = 5;

/// Notes when the first block of an article is painted, when all are there, and every task over 50 ms.
const WATCH: &str = "window.tasks = [];
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ startTime, duration }) => [startTime, duration])))
        .observe({ type: 'longtask', buffered: true });
    const real = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = async (...given) => {
        const made = await real(...given);
        window.memory = made.instance.exports.memory ?? window.memory;
        return made;
    };
    window.measured = async (name, text, n) => {
        const data = new DataTransfer();
        data.items.add(new File([text], name));
        const painted = () => new Promise((go) => requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = go; c.port2.postMessage(0); }));
        const start = performance.now();
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
        while (!document.querySelector('.body .blk')) await new Promise((go) => setTimeout(go, 1));
        await painted();
        const first = performance.now() - start;
        while (document.querySelectorAll('.body .blk').length < n) await new Promise((go) => setTimeout(go, 1));
        await painted();
        const whole = performance.now() - start;
        await new Promise((go) => setTimeout(go, 1500));
        const after = tasks.filter(([at]) => at > start + first).map(([, long]) => long);
        return { first, whole, longest: Math.max(0, ...after) };
    };";

/// News of about `bytes` bytes, in paragraphs of one statement each, with as many people as are wanted.
fn news(bytes: usize, people: usize) -> (String, usize) {
    const FIRST: [&str; 10] =
        ["Ann", "Bo", "Cleo", "Dan", "Edda", "Finn", "Greta", "Hugo", "Ida", "Jon"];
    let (mut text, mut n) = (String::from("The harbour's long list\n"), 0);
    while text.len() < bytes {
        let who = n % people;
        let name = format!("{} {}", FIRST[who % 10], surname(who / 10));
        text += &format!(
            "\n“We have read rule {n} of the harbour's list and we will keep it,” said {name}. The council went on to the next one, which took it until noon.\n"
        );
        n += 1;
    }
    (text, n)
}

/// A surname for each number, without digits.
fn surname(n: usize) -> String {
    const SYLLABLES: [&str; 8] = ["bar", "den", "fol", "gar", "hol", "mer", "ros", "win"];
    let [a, b, c] = [n % 8, n / 8 % 8, n / 64 % 8].map(|n| SYLLABLES[n]);
    let word = [a, b, c].concat();
    word[..1].to_uppercase() + &word[1..]
}

fn number(value: &Value, name: &str) -> f64 {
    value[name].as_f64().unwrap_or(f64::NAN)
}

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

/// Megabytes of JavaScript and of Wasm, once what is not needed is collected.
fn heap(page: &Page) -> (f64, f64) {
    for _ in 0..3 {
        page.cdp("HeapProfiler.collectGarbage", json!({}));
    }
    let used = page.cdp("Runtime.getHeapUsage", json!({}));
    let wasm = page.js("return window.memory.buffer.byteLength");
    (number(&used, "usedSize") / 1e6, wasm.as_f64().unwrap_or(f64::NAN) / 1e6)
}

#[test]
#[ignore = "a benchmark"]
fn load_of_long_articles() {
    println!(
        "| article | first screen, ms | whole, ms | longest task after the first screen, ms | JavaScript, MB | Wasm, MB |\n|---|---|---|---|---|---|"
    );
    for (name, bytes, people) in [
        ("1 kB", 1_000, 4),
        ("100 kB", 100_000, 20),
        ("1 MB", 1_000_000, 20),
        ("2 MB", 1_990_000, 20),
        ("500 speakers", 150_000, 500),
        ("5,000 quotations", 750_000, 40),
    ] {
        let (text, n) = news(bytes, people);
        let (mut rows, mut heaps) = (Vec::new(), (0.0, 0.0));
        for _ in 0..ROUNDS {
            let site = Site::start();
            let page = Page::blank(&site);
            page.before_load(WATCH);
            page.goto(&site.url(""));
            page.wait_for("main.start [data-act=paste]");
            // The engine is there, as for a second article.
            page.js_async("await measured('warm.txt', 'Warm\\n\\n“It is over,” said Ann Lee.', 1)");
            page.js(
                "history.pushState(null, '', './'); dispatchEvent(new PopStateEvent('popstate'))",
            );
            page.wait_for("main.start [data-act=paste]");
            let script =
                "const [text, n, done] = arguments; measured('long.txt', text, n).then(done)";
            rows.push(page.run_async(script, vec![json!(text), json!(n)]));
            heaps = heap(&page);
        }
        let of = |field: &str| median(rows.iter().map(|row| number(row, field)).collect());
        println!(
            "| {name}, {n} quotations | {:.0} | {:.0} | {:.0} | {:.1} | {:.1} |",
            of("first"),
            of("whole"),
            of("longest"),
            heaps.0,
            heaps.1
        );
    }
}

/// One round of what readers do, from an article to the next; what is done leaves nothing behind.
const ROUND: &str = "window.round = async () => {
        const $ = (selector) => document.querySelector(selector);
        const until = async (holds) => { for (let k = 0; !holds(); k += 1) { if (k > 2000) throw new Error(`in vain: ${holds}`); await new Promise((go) => setTimeout(go, 1)); } };
        const go = (to) => { history.replaceState(null, '', to); dispatchEvent(new PopStateEvent('popstate')); };
        // Chromium ignores new addresses of a page that sets more than 200 in ten seconds: then it is tried again.
        await until(() => {
            if (!$('.tog') && performance.now() - (window.went ?? 0) > 1000) {
                window.went = performance.now();
                go('./?src=articles/harbour-vote.txt&n=' + Math.random());
            }
            return $('.tog');
        });
        window.went = 0;
        $('.tog').click();
        await until(() => $('.qt.is-shut'));
        $('.voice-row').click();
        await until(() => $('.blk.is-dim'));
        $('.voice-row').click();
        await until(() => !$('.blk.is-dim'));
        $('.qt .why').click();
        await until(() => $('.note-why'));
        $('.views a:nth-child(3)').click();
        await until(() => $('.cards .vc'));
        go('./');
        await until(() => $('main.start [data-act=paste]'));
        sessionStorage.clear();
    };
    window.rounds = async (n) => { for (let k = 0; k < n; k += 1) await round(); };";

/// What the page holds once what is not needed is collected.
#[derive(Debug)]
struct Held {
    /// Megabytes.
    js: f64,
    wasm: f64,
    /// Nodes of the document and listeners for events.
    nodes: f64,
    listeners: f64,
}

fn held(page: &Page) -> Held {
    page.cdp("Performance.enable", json!({}));
    let (js, wasm) = heap(page);
    let metrics = page.cdp("Performance.getMetrics", json!({}));
    let metric = |name: &str| {
        let all = metrics["metrics"].as_array().into_iter().flatten();
        all.filter(|m| m["name"] == name).map(|m| number(m, "value")).sum()
    };
    Held { js, wasm, nodes: metric("Nodes"), listeners: metric("JSEventListeners") }
}

/// Uses the reader so many times and answers what it holds after the first of them and after all.
fn used(first: usize, all: usize) -> [Held; 2] {
    let site = Site::start();
    let page = Page::blank(&site);
    page.before_load(&[WATCH, ROUND].concat());
    page.goto(&site.url(""));
    page.wait_for("main.start [data-act=paste]");
    let rounds = |n: usize| {
        for _ in 0..n.div_ceil(20) {
            let done = page.js_async(&format!("await rounds({})", n.min(20)));
            assert!(done.is_null(), "{done}");
        }
        held(&page)
    };
    [rounds(first), rounds(all - first)]
}

#[test]
#[ignore = "takes minutes"]
fn load_of_two_thousand_rounds() {
    // In the first hundreds the browser still warms up, and Wasm's memory reaches its highest mark, in steps of 64 kB.
    let [before, after] = used(1_000, 2_000);
    println!("after 1,000 rounds {before:?}, after 2,000 {after:?}");
    assert!(after.js <= before.js + 0.1 && after.wasm <= before.wasm, "the heap has grown");
}

/// The same in small, each time that the tests run.
#[test]
fn rounds_of_use_leave_nothing_behind() {
    let [before, after] = used(6, 60);
    let grown = after.js > before.js + 0.5 || after.wasm > before.wasm + 0.2;
    // Parts of the page that came late may bring a few of their own.
    let kept = after.nodes > before.nodes + 50.0 || after.listeners > before.listeners + 20.0;
    assert!(!grown && !kept, "{before:?}, then {after:?}");
}

#[test]
fn a_long_article_opens_and_a_longer_one_is_refused_in_words() {
    let site = Site::start();
    let page = Page::open(&site, "");
    page.wait_for("main.start [data-act=paste]");
    let (text, _) = news(2_100_000, 20);
    page.drop_file("body", "long.txt", &text);
    page.wait_text("main.start [role=alert]", "2 MB");
    let (text, n) = news(400_000, 500);
    page.drop_file("body", "long.txt", &text);
    page.wait_until(&format!("document.querySelectorAll('.body .blk').length >= {n}"));
    assert_eq!(page.js("return document.querySelectorAll('.body .qt').length"), json!(n));
    page.click_button("Collapse all quotes");
    page.wait_until(&format!("document.querySelectorAll('.qt.is-shut').length === {n}"));
}

#[test]
fn a_long_article_comes_piece_by_piece() {
    let (text, n) = news(60_000, 20);
    let text = text
        + "\nWhat the harbour keeps\n\nThe list hangs at the gate, where everybody who goes in or out of the harbour can read it, and it has hung there since the first summer.\n\n“It stays there,” said Bo Ray.\n";
    let paragraphs: Vec<String> = text.split("\n\n").skip(1).map(|p| p.trim().to_owned()).collect();
    let site = giving(text);
    // What is on the page each time that something of it changes; the first quotation is folded at once where asked.
    const SEEN: &str = "window.seen = [];
        addEventListener('DOMContentLoaded', () => new MutationObserver(() => {
            const blocks = document.querySelectorAll('.body .blk').length;
            if (blocks && !seen.length && location.search.includes('&fold')) document.querySelector('.tog').click();
            if (blocks) seen.push([blocks, Boolean(document.querySelector('.comments-to-come, .comments'))]);
        }).observe(document.body, { childList: true, subtree: true }));";
    let page = Page::blank(&site);
    page.before_load(SEEN);
    page.prefer("prefers-reduced-motion", "reduce");
    page.goto(&site.url("?src=given.txt"));
    let all = n + 3;
    page.wait_until(&format!("document.querySelectorAll('.body .blk').length === {all}"));
    page.wait_for(".comments-to-come, .comments");
    let seen = page.js("return seen").as_array().cloned().unwrap_or_default();
    assert!(seen.first().is_some_and(|first| first[0].as_u64() <= Some(64)), "{:?}", seen.first());
    for moment in &seen {
        let is_whole = moment[0] == json!(all);
        assert!(is_whole || moment[1] == json!(false), "{moment}: what stands below waits");
    }
    // Nothing is lost, doubled or moved.
    let shown = page.js("return [...document.querySelectorAll('.body .blk')].map((block) => { const copy = block.cloneNode(true); copy.querySelectorAll('.badges, .tog, .why, .vh, .count').forEach((e) => e.remove()); return copy.textContent.trim(); })");
    assert_eq!(shown, json!(paragraphs));
    // The heading that an address names is shown once it is there.
    let heading = page.js("return document.querySelector('.body h2').id");
    let heading = heading.as_str().unwrap_or_default();
    assert!(!heading.is_empty());
    page.goto(&site.url(&format!("?src=given.txt&again#{heading}")));
    let near = "(document.querySelector('.body h2')?.getBoundingClientRect().top ?? innerHeight) < innerHeight";
    page.wait_until(near);
    // What is asked for meanwhile is done, and the article is whole.
    page.goto(&site.url("?src=given.txt&fold"));
    page.wait_for(".qt.is-shut");
    page.wait_until(&format!("document.querySelectorAll('.body .blk').length === {all}"));
    assert_eq!(page.count(".qt.is-shut"), 1);
}

/// A paragraph far down is laid out when it comes near, and its badges stand where they do everywhere.
#[test]
fn far_down_a_long_article_looks_the_same() {
    let (text, n) = news(30_000, 20);
    let site = giving(text);
    let page = Page::open(&site, "?src=given.txt");
    page.wait_until(&format!("document.querySelectorAll('.body .blk').length === {n}"));
    let box_of = |n: usize| {
        page.js(&format!(
            "const block = document.querySelectorAll('.body .blk')[{n}]; block.scrollIntoView({{ block: 'center', behavior: 'instant' }});
             const [a, b] = [block, block.querySelector('.badges')].map((e) => e.getBoundingClientRect());
             return [getComputedStyle(block).contentVisibility, a.left, a.width, a.height, b.left - a.left, b.top - a.top]"
        ))
    };
    let (near, far) = (box_of(3), box_of(n - 3));
    assert_eq!((&near[0], &far[0]), (&json!("visible"), &json!("auto")));
    for side in 1..6 {
        assert_eq!(near[side], far[side], "{side}: {near} {far}");
    }
    // What hangs out of its box can be seen and clicked.
    page.click(&format!(".body .blk:nth-child({}) .badges .badge", n - 2));
    page.wait_for(".voice-row.is-chosen, .chip.is-chosen");
    page.screenshot("far-down-a-long-article");
}
