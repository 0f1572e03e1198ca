//! Frames with an article on pages of others, and what other windows send them.

use serde_json::json;

use crate::harness::{Browser, Page, Reply, Site, in_every_browser};

/// A page with a frame of another origin.
fn hosting(frames: &Site, fields: &str, attributes: &str, more: &str) -> Site {
    let (from, source) = (frames.url(""), ["articles/harbour-vote.txt", fields].concat());
    let host = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Host</title>
        <script>window.heard = []; for (const name of ['ready', 'quote', 'speaker', 'view', 'error'])
            addEventListener(`dixit:${{name}}`, (e) => heard.push([name, e.detail]));</script>
        <script type=\"module\" src=\"{from}frame.js\"></script></head><body style=\"margin:0\">
        <iframe data-dixit id=\"frame\" src=\"{from}embed.html?src={source}\" width=\"900\" height=\"300\" {attributes}></iframe>
        {more}</body></html>"
    );
    Site::with(move |request| {
        Some(match request.path.as_str() {
            "host.html" => Reply::new(200, "text/html; charset=utf-8", host.clone()),
            _ => Reply::not_found(),
        })
    })
}

fn open(browser: Browser, site: &Site) -> Page {
    let page = Page::open_in(browser, site, "host.html");
    // Of another host, as it is meant.
    page.expect_violations();
    page
}

/// An article may grow by its last lines after it was told to be ready.
const HEIGHT: &str = "document.getElementById('frame').getBoundingClientRect().height";

in_every_browser! {
    a_frame_is_as_high_as_its_article_and_does_as_it_is_asked
    a_frame_out_of_sight_keeps_its_height_until_it_has_that_of_its_article
    a_frame_says_that_comments_are_kept_apart
    forged_messages_do_nothing_and_get_no_answer
    a_page_that_asks_without_end_is_heard_now_and_then
}

fn a_frame_is_as_high_as_its_article_and_does_as_it_is_asked(browser: Browser) {
    let frames = Site::shared();
    let host = hosting(&frames, "&amp;comments=off", "", "");
    let page = open(browser, &host);
    page.wait_until("window.heard.some(([name]) => name === 'ready')");
    page.wait_until(&format!("{HEIGHT} > 1000"));
    let high = page.js(&format!("return {HEIGHT}")).as_f64().expect("a height");
    page.js("document.getElementById('frame').dixit.collapseAll()");
    page.wait_until(&format!("{HEIGHT} < {high}"));
    page.wait_until(
        "window.heard.some(([name, detail]) => name === 'quote' && detail.open === false)",
    );
    page.js("document.getElementById('frame').dixit.expandAll()");
    page.wait_until(&format!("{HEIGHT} >= {high}"));
    page.js("document.getElementById('frame').dixit.view = 'speakers'");
    page.wait_until(&format!("{HEIGHT} !== {high}"));
    page.js("document.getElementById('frame').width = 400");
    page.js("document.getElementById('frame').dixit.view = 'article'");
    page.wait_until(&format!("{HEIGHT} > {high}"));
    page.shots("embed-frame");
}

fn a_frame_out_of_sight_keeps_its_height_until_it_has_that_of_its_article(browser: Browser) {
    let frames = Site::shared();
    let watch = "<script>window.heights = []; const shown = document.getElementById('frame');
        new MutationObserver(() => heights.push(shown.getBoundingClientRect().height)).observe(shown, { attributeFilter: ['style'] });</script>";
    let below = "style=\"display:block;margin-block-start:5000px\"";
    let page = open(browser, &hosting(&frames, "&amp;comments=off", below, watch));
    page.wait_until(&format!("{HEIGHT} > 1000"));
    let heights = page.js("return window.heights");
    let heights: Vec<f64> = serde_json::from_value(heights).expect("heights");
    assert!(heights.iter().all(|&height| height > 1000.0), "{heights:?}");
}

fn a_frame_says_that_comments_are_kept_apart(browser: Browser) {
    let frames = Site::shared();
    let host = hosting(&frames, "", "", "");
    let page = open(browser, &host);
    page.wait_until("window.heard.some(([name]) => name === 'ready')");
    page.to_frame("#frame");
    page.wait_until("document.querySelector('dixit-article').shadowRoot.querySelector('.comment-row > .comment-hint')?.innerText.includes('on this site alone')");
}

fn a_page_that_asks_without_end_is_heard_now_and_then(browser: Browser) {
    let frames = Site::shared();
    let host = hosting(&frames, "&amp;comments=off", "", "");
    let page = open(browser, &host);
    page.wait_until("window.heard.some(([name]) => name === 'ready')");
    page.wait_until(&format!("{HEIGHT} > 1000"));
    const ARTICLE: &str = "document.querySelector('dixit-article')";
    page.to_frame("#frame");
    page.js(&format!(
        "window.heard = 0;
         new MutationObserver((all) => {{ window.heard += all.length; }}).observe({ARTICLE}, {{ attributeFilter: ['view'] }});"
    ));
    page.to_parent();
    page.js("const { dixit } = document.getElementById('frame');
         for (let n = 0; n < 5000; n += 1) dixit.view = n % 2 ? 'article' : 'transcript';");
    page.js("document.getElementById('frame').dixit.view = 'speakers'");
    page.to_frame("#frame");
    // What it wished last is done, and of the rest little, however long the browser takes to hand it over.
    page.wait_until(&format!("{ARTICLE}.shadowRoot.querySelector('.cards .vc')"));
    let heard = page.js("return window.heard").as_u64().expect("a number");
    assert!((1..1000).contains(&heard), "{heard} of 5,000");
}

/// What a page that means ill may send: greetings and wishes of every wrong form, and of the right one.
const FORGED: &str = "const forged = [{ dixit: 'hello', version: 1 }, { dixit: 'hello', version: 2 }, { ask: 'view', value: 'speakers' }, { ask: 'fold', value: 'all' },
    { ask: 'theme', value: 'dark' }, { ask: '__proto__', value: 'x' }, { height: 7 }, { event: 'error', detail: 'x' }, 'hello', null, 7, { dixit: { toString: () => 'hello' }.x }];";

fn forged_messages_do_nothing_and_get_no_answer(browser: Browser) {
    let frames = Site::shared();
    // A sibling that sends to the frame, with and without channels, and to the page, as the frame would.
    let sibling = format!(
        "<script>{FORGED}
        addEventListener('message', () => {{
            for (let n = 0; n < 1000; n += 1) {{
                const {{ port1, port2 }} = new MessageChannel();
                port1.onmessage = () => parent.postMessage('answered', '*');
                const ports = n % 2 ? [port2] : [];
                parent.frames[0].postMessage(forged[n % forged.length], '*', ports);
                parent.postMessage(forged[n % forged.length], '*');
            }}
            parent.postMessage('done', '*');
        }});</script>"
    );
    let sibling = format!(
        "<iframe id=\"sibling\" srcdoc=\"{}\"></iframe>",
        sibling.replace('&', "&amp;").replace('"', "&quot;")
    );
    let host = hosting(&frames, "&amp;comments=off", "", &sibling);
    let page = open(browser, &host);
    page.wait_until("window.heard.some(([name]) => name === 'ready')");
    page.wait_until(&format!("{HEIGHT} > 1000"));
    let high = page.js(&format!("return {HEIGHT}"));
    let heard = page.js("return window.heard.length");
    page.js("window.told = []; addEventListener('message', ({ data }) => { if (data === 'answered' || data === 'done') window.told.push(data) })");
    page.js("frames[1].postMessage('go', '*')");
    page.wait_until("window.told.includes('done')");
    // The page around, its own peer, without a channel or with a false greeting.
    page.js(&format!(
        "{FORGED}
        for (let n = 0; n < 1000; n += 1) {{
            const message = forged[1 + n % (forged.length - 1)];
            frames[0].postMessage(message, '*', n % 2 ? [new MessageChannel().port2] : []);
        }}"
    ));
    // The frame itself, had somebody taken it over, without its channel.
    page.to_frame("#frame");
    page.js(&format!("{FORGED}
        for (let n = 0; n < 1000; n += 1) parent.postMessage(forged[n % forged.length], '*', n % 2 ? [new MessageChannel().port2] : []);"));
    page.to_parent();
    // What was sent has arrived when something that is asked the right way is done.
    page.js("document.getElementById('frame').dixit.theme = 'light'; document.getElementById('frame').dixit.collapseAll()");
    page.wait_until(&format!("{HEIGHT} < {high}"));
    assert_eq!(page.js("return window.told"), json!(["done"]));
    let names =
        page.js(&format!("return [...new Set(window.heard.slice({heard}).map(([name]) => name))]"));
    assert_eq!(names, json!(["quote"]));
    page.js("document.getElementById('frame').dixit.expandAll()");
    page.wait_until(&format!("{HEIGHT} >= {high}"));
}

/// WebKit takes nothing that such a frame's policy calls its own: there it stays empty.
#[test]
fn a_frame_without_an_origin_says_that_nothing_is_kept() {
    for browser in [Browser::Chromium, Browser::Firefox] {
        browser.run(says_that_nothing_is_kept);
    }
}

fn says_that_nothing_is_kept(browser: Browser) {
    let frames = Site::shared();
    let host = hosting(&frames, "", "sandbox=\"allow-scripts\"", "");
    let page = open(browser, &host);
    page.wait_until("window.heard.some(([name]) => name === 'ready')");
    page.wait_until(&format!("{HEIGHT} > 1000"));
    page.to_frame("#frame");
    page.wait_until("(document.querySelector('dixit-article').shadowRoot.querySelector('.comments, .comments-to-come').scrollIntoView(), true)");
    page.wait_until("document.querySelector('dixit-article').shadowRoot.querySelector('.comments .note')?.innerText.includes('storage is blocked')");
}
