//! Getting an article in: pasted, dropped, from a file or a link; kept, and removed again.

use serde_json::json;

use crate::harness::{Page, Site};

const TEXT: &str = "Harbour vote\n\nMonday, January 3, 2022\n\n“It is over, and we will not come back to this table,” said Ann Lee, the mayor.\n\nHe <b>left</b>.\n";
const TITLE: &str = "article h1";

/// The start page, with no permission to read the clipboard.
#[track_caller]
fn start(site: &Site) -> Page {
    let page = Page::open(site, "");
    page.wait_for("main.start h1");
    page
}

fn focused(page: &Page) -> String {
    let tag = page.js("return document.activeElement.tagName");
    tag.as_str().unwrap_or_default().to_owned()
}

/// Pastes into the field of the start page and opens it.
#[track_caller]
fn paste(page: &Page, text: &str) {
    page.click("[data-act=paste]");
    page.paste(".start-form textarea", text);
    page.click("[data-act=open-text]");
}

/// Chooses a file of this name and content, as the browser's own dialogue would.
#[track_caller]
fn choose(page: &Page, name: &str, bytes: &[u8]) {
    page.wait_for("main.start input[type=file]");
    page.run(
        "const [name, bytes] = arguments, data = new DataTransfer();
         data.items.add(new File([new Uint8Array(bytes)], name));
         const input = document.querySelector('input[type=file]');
         input.files = data.files;
         input.dispatchEvent(new Event('change', { bubbles: true }));",
        vec![json!(name), json!(bytes)],
    );
}

#[test]
fn a_pasted_article_is_kept_found_again_and_removed() {
    let site = Site::start();
    let page = start(&site);
    assert_eq!(page.count(".start-article .link-btn"), 0);
    page.click("[data-act=paste]");
    page.eventually("the focus in the field", || focused(&page) == "TEXTAREA");
    page.shots("start-paste");
    paste(&page, TEXT);
    page.wait_text(TITLE, "Harbour vote");
    page.wait_until("document.title === 'Harbour vote · Dixit'");
    page.eventually("the focus on the headline", || focused(&page) == "H1");
    let address = page.address();
    assert!(address.contains("?article="), "{address}");
    assert!(page.text("article").contains("He <b>left</b>."));

    page.reload();
    page.wait_text(TITLE, "Harbour vote");
    page.to_comments();
    page.type_into(".comments textarea", "Noted");
    page.js("document.querySelector('.comments .pri').click()");
    page.wait_text(".comments h2", "1 comment");

    page.back();
    page.wait_text(".start-facts", "1 comment");
    let facts = page.text(".start-facts");
    for fact in ["Monday, January 3, 2022", "1 voice", "opened just now"] {
        assert!(facts.contains(fact), "{facts}");
    }
    assert_eq!(page.count(".start-article .voice rect"), 1);
    page.shots("start-kept");
    let before = page.storage();
    page.click("[data-act=remove]");
    page.wait_text(".note", "Removed from this browser: Harbour vote");
    assert!(page.storage().keys().all(|key| !key.starts_with("dixit/1/a/")));
    page.eventually("the focus on undo", || {
        page.js("return document.activeElement.dataset.act") == json!("put-back")
    });
    page.click("[data-act=put-back]");
    page.wait_for("[data-act=remove]");
    assert_eq!(page.storage(), before);

    page.click(".start-article a");
    page.wait_text(TITLE, "Harbour vote");
    page.wait_text(".comments h2", "1 comment");
    page.click_button("Open another article");
    page.click("[data-act=remove]");
    page.wait_gone("[data-act=remove]");
    page.goto(&address);
    page.wait_text(".trouble", "not kept in this browser");
}

#[test]
fn a_paste_anywhere_on_the_start_page_opens() {
    let site = Site::start();
    let page = start(&site);
    page.paste("main.start", TEXT);
    page.wait_text(TITLE, "Harbour vote");
}

#[test]
fn the_clipboard_is_read_where_the_browser_allows_it() {
    let site = Site::start();
    let page = Page::blank(&site);
    page.before_load(
        "navigator.clipboard.readText = async () => 'From the clipboard\\n\\nIt was there.'",
    );
    page.goto(&site.url(""));
    page.click("[data-act=paste]");
    page.wait_text(TITLE, "From the clipboard");
    let page = Page::blank(&site);
    page.before_load(
        "navigator.clipboard.read = async () => [{ types: ['text/html'], getType: async () => new Blob(['<h1>Rich</h1><ul><li>One']) }]",
    );
    page.goto(&site.url(""));
    page.click("[data-act=paste]");
    page.wait_text(TITLE, "Rich");
    page.wait_text(".body li", "One");
}

#[test]
fn a_pasted_link_is_opened_as_one() {
    let site = Site::start();
    let page = start(&site);
    paste(&page, &site.reply("type=text/plain"));
    page.wait_text(TITLE, "Harbour vote");
    assert!(page.address().contains("?src=http"), "{}", page.address());
}

#[test]
fn files_are_dropped_and_chosen() {
    let site = Site::start();
    let page = start(&site);
    page.run(
        "const data = new DataTransfer(); data.items.add(new File(['x'], 'a.txt'));
         document.body.dispatchEvent(new DragEvent('dragover', { dataTransfer: data, bubbles: true, cancelable: true }))",
        Vec::new(),
    );
    page.wait_for(".drop-veil");
    page.screenshot("start-drop");
    page.drop_file("body", "dropped.txt", TEXT);
    page.wait_text(TITLE, "Harbour vote");
    page.wait_gone(".drop-veil");
    // On an article too: a browser that opened the file itself would leave the page.
    page.drop_file("body", "second.txt", "Second vote\n\nIt was held.");
    page.wait_text(TITLE, "Second vote");
    page.back();
    page.wait_text(TITLE, "Harbour vote");
    page.back();
    choose(&page, "chosen.md", "\u{feff}# Third vote\n\nIt was counted.".as_bytes());
    page.wait_text(TITLE, "Third vote");
}

#[test]
fn files_that_are_no_text_are_refused_in_words() {
    let site = Site::start();
    let page = start(&site);
    let large = vec![b'a'; 2_000_001];
    for (name, bytes, words) in [
        ("picture.txt", &b"\x89PNG\r\n\x1a\n\0"[..], "no text but a picture"),
        ("report.txt", b"%PDF-1.7 \xff", "no text but a PDF file"),
        ("zeros.txt", b"a\0b", "This is not text"),
        ("empty.txt", b" \n", "no text in it"),
        ("page.html", b"<!doctype html><script>x</script>", "no text in it"),
        ("other.json", b"{\"a\":1}", "no article, feed or JSON-LD"),
        ("broken.json", b"{\"a\":", "not readable as JSON"),
        ("data.json", b"{\"@type\":\"NewsArticle\"}", "without its text"),
        ("newer.json", b"{\"format\":\"dixit\",\"version\":9}", "newer version of Dixit"),
        ("feed.xml", b"<rss><channel><item></rss>", "not readable as a feed"),
    ] {
        choose(&page, name, bytes);
        page.wait_text(".drop [role=alert]", words);
    }
    page.js(&format!(
        "const data = new DataTransfer(), input = document.querySelector('input[type=file]');
         data.items.add(new File(['a'.repeat({})], 'large.txt')); input.files = data.files;
         input.dispatchEvent(new Event('change', {{ bubbles: true }}))",
        large.len()
    ));
    page.wait_text(".drop [role=alert]", "larger than 2 MB");
    page.shots("start-refused");
    assert_eq!(page.storage(), Default::default());
}

#[test]
fn an_empty_paste_is_told_and_the_field_stays() {
    let site = Site::start();
    let page = start(&site);
    paste(&page, "  \n ");
    page.wait_text(".drop [role=alert]", "no text in it");
    page.wait_for(".start-form textarea");
}

#[test]
fn every_sample_opens() {
    let site = Site::start();
    let page = start(&site);
    let n = page.count(".start-article a");
    assert!(n >= 2);
    for i in 1..=n {
        let link = format!("//li[@class='start-article'][{i}]/a");
        let title = page.text(&link);
        page.click(&link);
        page.wait_text(TITLE, &title);
        page.wait_for(".voice-row, .chip");
        page.reload();
        page.wait_text(TITLE, &title);
        page.back();
        page.wait_for("main.start");
    }
}

#[test]
fn a_link_opens_from_the_field_and_from_the_address() {
    let site = Site::start();
    let page = start(&site);
    page.click("[data-act=link]");
    page.eventually("the focus in the field", || focused(&page) == "INPUT");
    page.type_into(".start-form input", &site.reply("type=text/plain"));
    page.press(&char::from(fantoccini::key::Key::Enter).to_string());
    page.wait_text(TITLE, "Harbour vote");
    page.reload();
    page.wait_text(TITLE, "Harbour vote");
    assert_eq!(focused(&page), "BODY", "a page that was just loaded leaves the focus alone");
    page.goto(&site.url("?src=articles/harbour-vote.txt"));
    page.wait_for(TITLE);
    page.goto(&site.url("?src=/reply%3Fto=/reply"));
    page.wait_text(TITLE, "Harbour vote");
}

/// What goes wrong with a link, and what the page says.
const FAILURES: [(&str, &str); 17] = [
    ("/reply?status=404", "There is nothing at this address (404)"),
    ("/reply?status=410", "There is nothing at this address"),
    ("/reply?status=403", "refused to give this article out (403)"),
    ("/reply?status=429", "refused to give this article out (429)"),
    ("/reply?status=500", "failed while answering (500)"),
    ("/reply?status=503", "failed while answering (503)"),
    ("/reply?size=2000001", "larger than 2 MB"),
    ("/reply?body=%20%0A", "There is no text in it"),
    ("/reply?body=%3C!doctype%20html%3E", "There is no text in it"),
    ("/reply?type=image/png&body=a%00b", "This is no text but image/png"),
    ("/reply?body=a%00b&type=text/plain", "This is no text but text/plain"),
    ("/reply?body=%7B%7D&type=application/json", "no article, feed or JSON-LD"),
    ("/reply?missing=10", "broke off before the end"),
    ("https://127.0.0.1:1/", "Either that site does not let other pages read it"),
    ("http://127.0.0.1:1/", "This one begins with http:"),
    ("javascript:alert(1)", "This one begins with javascript:"),
    ("https://", "not a web address"),
];

#[test]
fn each_failure_of_a_link_has_its_own_words_and_ways_on() {
    let site = Site::start();
    let page = Page::blank(&site);
    // One of the links leads to a site that does not answer.
    page.expect_violations();
    for (link, words) in FAILURES {
        let query = link.replace('%', "%25").replace('&', "%26");
        page.goto(&site.url(&format!("?src={query}")));
        page.wait_text(".trouble", words);
        assert_eq!(page.text(".trouble-address"), link);
        for act in ["paste", "start"] {
            assert!(page.is_visible(&format!(".trouble [data-act={act}]")), "{link}");
        }
    }
    page.shots("link-refused");
    page.goto(&site.url("?src=https://127.0.0.1:1/"));
    page.wait_for(".trouble [data-act=bookmarklet]");
    page.click(".trouble [data-act=bookmarklet]");
    page.wait_for(".trouble [data-act=bookmarklet]");
    page.goto(&site.url("?src=https://"));
    page.wait_for(".trouble");
    assert_eq!(page.count("[data-act=again]"), 0, "a bad address stays bad");
    page.click(".trouble [data-act=paste]");
    page.eventually("the focus in the field", || focused(&page) == "TEXTAREA");
    page.back();
    page.wait_for(".trouble");
    page.click(".trouble [data-act=start]");
    page.wait_for("main.start .drop");
}

#[test]
fn a_second_try_can_succeed() {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use crate::harness::Reply;

    let asked = AtomicUsize::new(0);
    let site = Site::with(move |request| {
        let first = request.path == "later.txt" && asked.fetch_add(1, Ordering::Relaxed) == 0;
        let found = request.path == "later.txt";
        found.then(|| match first {
            true => Reply::new(503, "text/plain", "not yet"),
            false => Reply::new(200, "text/plain", "Harbour vote\n\nIt was held."),
        })
    });
    let page = Page::open(&site, "?src=later.txt");
    page.wait_text(".trouble", "(503)");
    page.click("[data-act=again]");
    page.wait_text(TITLE, "Harbour vote");
}

#[test]
fn a_link_that_never_answers_is_given_up() {
    let site = Site::start();
    let page = Page::blank(&site);
    // Fifteen seconds are long for a test: the page's own clock is put forward.
    page.before_load(
        "const wait = setTimeout; window.setTimeout = (act, ms, ...rest) => wait(act, ms === 15000 ? 300 : ms, ...rest)",
    );
    page.goto(&site.url("?src=/reply%3Fwait=8000"));
    page.wait_text("main", "Opening the article");
    page.wait_text(".trouble", "longer than 15 seconds");
    assert!(page.is_visible("[data-act=again]"));
}

#[test]
fn without_a_network_the_page_says_so() {
    let site = Site::start();
    let page = start(&site);
    page.cdp(
        "Network.emulateNetworkConditions",
        json!({ "offline": true, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 }),
    );
    page.click("[data-act=link]");
    page.type_into(".start-form input", "https://news.example/a.txt");
    page.press(&char::from(fantoccini::key::Key::Enter).to_string());
    page.wait_text(".trouble", "This browser is offline");
    page.expect_violations();
}

#[test]
fn where_nothing_is_kept_an_article_opens_all_the_same() {
    let site = Site::start();
    let page = Page::blank(&site);
    page.before_load(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })",
    );
    page.goto(&site.url(""));
    paste(&page, TEXT);
    page.wait_text(TITLE, "Harbour vote");
    page.wait_text(".app-note", "will not survive a reload: this browser blocks storage");
    page.shots("not-kept");
    page.back();
    page.wait_text(".start-article", "Harbour vote");
    page.click(".start-article a");
    page.wait_text(TITLE, "Harbour vote");
}

#[test]
fn where_the_engine_cannot_be_had_the_text_is_shown() {
    use crate::harness::Reply;

    let site = Site::with(|request| request.path.contains("engine-").then(Reply::not_found));
    let page = start(&site);
    paste(&page, TEXT);
    page.wait_text(".trouble", "finds who said what did not work");
    page.wait_text(".trouble-text", "He <b>left</b>.");
    assert!(page.is_visible("[data-act=again]"));
    page.screenshot("no-engine");
}

#[test]
fn a_kept_article_that_cannot_be_read_is_left_as_it_is() {
    let site = Site::start();
    let page = start(&site);
    page.store("dixit/1/a/cut", r#"{"v":1,"id":"cu"#);
    page.reload();
    page.wait_text(".note", "1 kept article cannot be read");
    paste(&page, TEXT);
    page.wait_text(TITLE, "Harbour vote");
    assert_eq!(page.storage().get("dixit/1/a/cut").map(String::as_str), Some(r#"{"v":1,"id":"cu"#));
}

#[test]
fn the_start_page_fits_a_narrow_screen() {
    let site = Site::start();
    let page = start(&site);
    paste(&page, TEXT);
    page.wait_for(TITLE);
    page.back();
    page.resize((320, 700));
    page.click("[data-act=paste]");
    page.wait_for(".start-form");
    page.wait_until("document.documentElement.scrollWidth <= 320");
    let small = page.js(
        "return [...document.querySelectorAll('main button')]
            .filter((e) => { const r = e.getBoundingClientRect(); return r.width < 24 || r.height < 24 })
            .map((e) => e.outerHTML)",
    );
    assert_eq!(small, json!([]));
    page.screenshot("start-320");
}
