//! Pages, feeds, Markdown and documents: read off the page's thread, shown from a typed model, refused in words.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{Page, Reply, Request, Site};

const TITLE: &str = "article h1";

/// A file of `tests/imports`.
fn file(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/imports");
    fs::read(folder.join(name)).expect("a file to import")
}

/// The built site with files of `tests/imports` at `imports/NAME`, as servers send them.
pub(crate) fn site() -> Site {
    Site::with(imports)
}

fn imports(request: &Request) -> Option<Reply> {
    let name = request.path.strip_prefix("imports/")?;
    let content_type = match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("md") => "text/markdown",
        Some("rss" | "atom") => "application/xml",
        Some("json" | "jsonld") => "application/json",
        _ => "text/plain",
    };
    Some(Reply::new(200, content_type, file(name)))
}

/// Chooses files of these names and contents.
fn choose(page: &Page, files: &[(&str, Vec<u8>)]) {
    page.wait_for("main.start input[type=file]");
    page.run(
        "const data = new DataTransfer(), input = document.querySelector('input[type=file]');
         for (const [name, bytes] of arguments[0]) data.items.add(new File([new Uint8Array(bytes)], name));
         input.files = data.files;
         input.dispatchEvent(new Event('change', { bubbles: true }));",
        vec![json!(files)],
    );
}

#[test]
fn a_page_is_opened_by_its_link() {
    let site = site();
    let page = Page::open(&site, "?src=imports/news-page.html");
    page.wait_text(TITLE, "Lighthouse keeper’s cottage to become a library");
    for (place, words) in [
        (".byline", "Petra Quill, Sami Oduya"),
        (".body blockquote", "I have read everything on this island twice."),
        (".body .sheet", "Bake sales"),
        (".body figure small", "Photograph: Ines Bell/Skerry Post"),
        (".body .caption", "The cottage has stood empty"),
        (".body h2", "Books by boat"),
    ] {
        page.wait_text(place, words);
    }
    assert_eq!(page.count(".body table tr"), 3);
    assert_eq!(page.count(".body th"), 2);
    let body = page.text(".body");
    for never in ["cookies", "Share", "newsletter", "Ferry timetable", "gull77", "track("] {
        assert!(!body.contains(never), "{never}");
    }
    // Nothing of the page but its words and safe addresses: no picture is asked for, and no script.
    assert_eq!(page.count("article img, article iframe, article form, article script"), 0);
    assert_eq!(page.count(".body a[href='https://skerrypost.example/news/people/ruth-garrow']"), 1);
    let said = page.texts(".voice-row .name, .chip");
    assert!(said.iter().any(|name| name.contains("Ruth Garrow")), "{said:?}");
    assert_eq!(
        page.js("return history.length > 0 && document.body.textContent.includes('gull77')"),
        json!(true)
    );
    page.shots("import-page");
}

#[test]
fn a_line_that_was_set_aside_is_put_back_and_stays() {
    let site = site();
    let page = Page::open(&site, "?src=imports/news-page.html");
    page.wait_text(".set-aside summary", "16 lines");
    // What goes along at the foot of the window may lie over it.
    page.js("document.querySelector('.set-aside summary').click()");
    let row = "//details[@class='set-aside']//li[contains(., 'Sign up for our newsletter')]";
    page.find(row);
    page.js("[...document.querySelectorAll('.set-aside li')].find((li) => li.textContent.includes('newsletter')).querySelector('button').click()");
    page.wait_text(".body", "Sign up for our newsletter");
    page.wait_text(".set-aside summary", "15 lines");
    assert!(page.address().contains("?article=http"), "{}", page.address());
    page.reload();
    page.wait_text(".body", "Sign up for our newsletter");
    let blocks = page.texts(".body .blk");
    let at = |words: &str| blocks.iter().position(|b| b.contains(words)).expect("a block");
    assert!(at("60,000") < at("Sign up for") && at("Sign up for") < at("The trust is looking"));
}

#[test]
fn an_article_is_chosen_from_a_feed() {
    let site = site();
    let page = Page::open(&site, "?src=imports/feed.rss");
    page.wait_text("main h1", "The Skerry Post");
    page.wait_text("main", "2 articles");
    page.wait_text("main", "only a summary");
    page.shots("import-feed");
    page.click_button("Ferry timetable cut & crew kept");
    page.wait_text(TITLE, "Ferry timetable cut & crew kept");
    page.wait_text(".body", "Nobody loses a job");
    assert_eq!(page.count("article script"), 0);
    page.reload();
    page.wait_text(TITLE, "Ferry timetable cut & crew kept");
    page.back();
    page.wait_text("main h1", "The Skerry Post");
    page.click_button("Kelp harvest doubles on the west side");
    page.wait_text(TITLE, "Kelp harvest doubles on the west side");
}

#[test]
fn every_form_opens_by_its_link_and_as_a_file() {
    let site = site();
    let page = Page::open(&site, "");
    for (name, title, words) in [
        ("post.md", "The bell that rings by itself", "It is always the drains."),
        ("note.md", "Tide tables", "the harbour office said"),
        ("article.jsonld", "Bell falls silent", "I miss it"),
        ("script-page.html", "Kelp harvest doubles", "The cold suits it"),
        ("cyrillic.txt", "Стариот мост", "Реката не чека"),
        ("utf-16.txt", "Bell mended", "The rope is new"),
        ("own.json", "Own", "A link"),
    ] {
        page.goto(&site.url(&format!("?src=imports/{name}")));
        page.wait_text(TITLE, title);
        page.wait_text(".body", words);
        page.goto(&site.url(""));
        choose(&page, &[(name, file(name))]);
        page.wait_text(TITLE, title);
        page.wait_text(".body", words);
        page.reload();
        page.wait_text(TITLE, title);
    }
    assert_eq!(page.count(".body a[href^='javascript']"), 0);
}

#[test]
fn lists_of_markdown_keep_their_form() {
    let site = site();
    let page = Page::open(&site, "?src=imports/post.md");
    page.wait_for(".body ol ul li");
    assert_eq!(page.count(".body ol > li"), 2);
    page.wait_text(".body pre", "ding");
    page.wait_text(".body strong", "Tom Avery");
    page.shots("import-markdown");
}

#[test]
fn rich_text_is_pasted_with_its_form() {
    let site = Site::start();
    let page = Page::open(&site, "");
    page.wait_for("main.start h1");
    let html = String::from_utf8(file("clipboard.html")).expect("UTF-8");
    page.run(
        "const data = new DataTransfer();
         data.setData('text/html', arguments[0]);
         data.setData('text/plain', 'plain');
         document.querySelector('main').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))",
        vec![json!(html)],
    );
    page.wait_text(TITLE, "Bakers strike over flour");
    page.wait_text(".body ol[start='3'] ul", "dark");
    assert_eq!(page.count(".body [onclick], .body a[href^='javascript'], .body img"), 0);
}

#[test]
fn several_files_are_kept_and_what_fails_is_named() {
    let site = Site::start();
    let page = Page::open(&site, "");
    let names = ["post.md", "report.pdf", "feed.json", "news-page.html"];
    choose(&page, &names.map(|name| (name, file(name))));
    page.wait_text(".drop [role=alert]", "4 articles are now kept");
    page.wait_text(".drop [role=alert]", "report.pdf: This is no text but a PDF file");
    assert_eq!(page.count("[data-act=remove]"), 4);
    page.shots("import-several");
    page.click("//a[.='The bell that rings by itself']");
    page.wait_text(TITLE, "The bell that rings by itself");
}

#[test]
fn dropped_folders_are_read_through() {
    let site = Site::start();
    let page = Page::open(&site, "");
    page.wait_for("main.start h1");
    // What a browser hands over for a folder, which a script cannot drop.
    page.run(
        "const entry = (name, text) => ({ name, isDirectory: false, file: (then) => then(new File([text], name)) });
         const folder = (name, ...parts) => ({ name, isDirectory: true, createReader: () => ({ readEntries: (then) => then(parts.splice(0, 2)) }) });
         const tree = folder('a', entry('b.txt', 'Two\\n\\nIt was so.'), entry('.hidden', 'x'), folder('c', entry('d.md', '# One\\n\\nSo it was.')), entry('e.txt', ' '));
         const data = { types: ['Files'], files: [new File([''], 'a')], items: [{ webkitGetAsEntry: () => tree }], getData: () => '' };
         const event = new DragEvent('drop', { bubbles: true, cancelable: true });
         Object.setPrototypeOf(data, DataTransfer.prototype);
         for (const name of ['types', 'files', 'items']) Object.defineProperty(data, name, { value: data[name] });
         data.files.item = (n) => data.files[n]; Object.setPrototypeOf(data.files, FileList.prototype);
         Object.defineProperty(event, 'dataTransfer', { value: data });
         document.body.dispatchEvent(event)",
        Vec::new(),
    );
    page.wait_text(".drop [role=alert]", "2 articles are now kept");
    page.wait_text(".drop [role=alert]", "e.txt: There is no text in it");
    assert_eq!(page.texts(".start-list:first-of-type .start-article a").len(), 2);
}

/// The address of the bookmarklet, and a page of another site on which it is called.
fn call_bookmarklet(page: &Page, site: &Site, other: &Site) {
    page.goto(&site.url(""));
    let script = page.attr("[data-act=bookmarklet]", "href").expect("the bookmarklet");
    page.goto(&other.url("imports/news-page.html"));
    let script = script.strip_prefix("javascript:").expect("a script").to_owned();
    page.run("(0, eval)(arguments[0])", vec![json!(script)]);
    page.to_newest_window();
}

#[test]
fn the_bookmarklet_sends_the_page_that_one_is_on() {
    let (site, other) = (Site::start(), site());
    let page = Page::blank(&site);
    page.expect_violations();
    call_bookmarklet(&page, &site, &other);
    page.wait_text(TITLE, "Lighthouse keeper’s cottage to become a library");
    // The page's own address is another site's, which it may not speak for; its own is kept.
    assert!(page.address().contains("?article="), "{}", page.address());
    assert!(
        page.js("return JSON.stringify(Object.keys(localStorage))")
            .to_string()
            .contains("127.0.0.1")
    );
    page.reload();
    page.wait_text(TITLE, "Lighthouse keeper’s cottage to become a library");
}

#[test]
fn the_bookmarklet_says_what_it_is_for_when_it_is_clicked() {
    let site = Site::start();
    let page = Page::open(&site, "");
    page.click("[data-act=bookmarklet]");
    page.wait_text(".start-status", "Drag this link to your bookmarks bar");
}

#[test]
fn nobody_but_the_opener_sends_a_page() {
    let site = Site::start();
    let page = Page::blank(&site);
    page.goto(&site.url(""));
    page.run("window.reader = open(arguments[0])", vec![json!(site.url("?opener=1"))]);
    // The opener sends what is no page; another window sends a page.
    page.js("for (const data of [null, 1, 'page', {}, { dixit: 'page' }, { dixit: 'page', html: 1, url: '' }, { dixit: 'page', html: '<p>No</p>' }])
        for (const after of [0, 300, 600]) setTimeout(() => reader.postMessage(data, '*'), after);
        const frame = document.createElement('iframe');
        document.body.append(frame);
        const forged = { data: { dixit: 'page', html: '<h1>Forged</h1><p>Forged.</p>', url: '' }, source: frame.contentWindow, origin: location.origin };
        for (const after of [0, 300, 600]) setTimeout(() => reader.dispatchEvent(new MessageEvent('message', forged)), after);");
    page.to_newest_window();
    // It waits for ten seconds, which is as long as a test does.
    std::thread::sleep(Duration::from_secs(3));
    page.wait_text(".trouble", "did not send itself");
    assert!(!page.text("body").contains("Forged"));
}

#[test]
fn without_an_opener_there_is_no_page() {
    let site = Site::start();
    let page = Page::open(&site, "?opener=1");
    page.wait_text(".trouble", "did not send itself");
}

fn is_importer(request: &Request, end: &str) -> bool {
    request.path.starts_with("engine-") && request.path.ends_with(end)
}

#[test]
fn a_missing_importer_is_told_and_a_second_try_works() {
    static MISSING: AtomicBool = AtomicBool::new(true);
    let site = Site::with(|r| {
        let missing = is_importer(r, "dixit_import.wasm") && MISSING.load(Ordering::Relaxed);
        if missing { Some(Reply::not_found()) } else { imports(r) }
    });
    let page = Page::open(&site, "?src=imports/news-page.html");
    page.wait_text(".trouble", "that reads pages and feeds did not work");
    MISSING.store(false, Ordering::Relaxed);
    page.click_button("Try again");
    page.wait_text(TITLE, "Lighthouse keeper’s cottage");
}

/// The importer's worker as one that does not come to an end.
fn endless(request: &Request) -> Option<Reply> {
    let worker = is_importer(request, "import-worker.js");
    let hang = "await (async () => { for (;;); })()";
    worker
        .then(|| Reply::built(&request.path).replace("await running.read(...values)", hang))
        .or_else(|| imports(request))
}

#[test]
fn an_importer_that_does_not_come_to_an_end_is_stopped() {
    let site = Site::with(endless);
    let page = Page::blank(&site);
    // The limit of fifteen seconds, in a fraction of the time.
    page.before_load("const real = setTimeout; globalThis.setTimeout = (f, ms, ...rest) => real(f, ms === 15000 ? 700 : ms, ...rest);");
    page.goto(&site.url("?src=imports/news-page.html"));
    page.wait_text(".trouble", "took longer than 15 seconds and was stopped");
    assert!(!page.is_visible("#fault"));
}

#[test]
fn reading_is_cancelled_and_the_next_page_is_read() {
    static ENDLESS: AtomicBool = AtomicBool::new(true);
    let site =
        Site::with(|r| if ENDLESS.load(Ordering::Relaxed) { endless(r) } else { imports(r) });
    let page = Page::open(&site, "?src=imports/news-page.html");
    page.wait_until("document.documentElement.dataset.progress === '1'");
    page.shots("import-progress");
    page.click_button("Cancel");
    page.wait_for("main.start .drop");
    page.wait_until("!document.documentElement.dataset.progress");
    // The worker's script is another one now, which the browser has not seen.
    ENDLESS.store(false, Ordering::Relaxed);
    page.reload();
    choose(&page, &[("news-page.html", file("news-page.html"))]);
    page.wait_text(TITLE, "Lighthouse keeper’s cottage");
}

#[test]
fn where_no_worker_can_start_the_page_reads_itself() {
    let site = site();
    let page = Page::blank(&site);
    page.before_load("delete globalThis.Worker");
    page.goto(&site.url("?src=imports/feed.rss"));
    page.wait_text("main h1", "The Skerry Post");
}

/// Plain text, as most samples are, needs no importer; nor does an article that was imported and kept.
#[test]
fn the_importer_is_fetched_only_for_what_needs_it() {
    let site = site();
    let page = Page::open(&site, "?src=articles/harbour-vote.txt");
    page.wait_for(TITLE);
    assert!(!site.requests().iter().any(|path| path.contains("import")));
    page.goto(&site.url("?src=imports/news-page.html"));
    page.wait_for(TITLE);
    let seen = site.requests();
    assert!(seen.iter().any(|path| path.ends_with("dixit_import.wasm")));
    assert!(!seen.iter().any(|path| path.ends_with("dixit_import_all.wasm")));
    page.goto(&site.url("?src=imports/feed.rss"));
    page.wait_text("main h1", "The Skerry Post");
    assert!(site.requests().iter().any(|path| path.ends_with("dixit_import_all.wasm")));
}

#[test]
fn hostile_pages_and_documents_stay_text() {
    let page_of = |r: &Request| match r.path.as_str() {
        "evil.html" => Some(Reply::new(200, "text/html", EVIL)),
        "evil.json" => Some(Reply::new(200, "application/json", EVIL_DOCUMENT)),
        _ => None,
    };
    let site = Site::with(page_of);
    let page = Page::blank(&site);
    page.before_load("globalThis.executed = []; globalThis.alert = (x) => executed.push(x);");
    for path in ["?src=evil.html", "?src=evil.json"] {
        page.goto(&site.url(path));
        page.wait_text(".body", "The council met");
        assert_eq!(page.js("return executed"), json!([]));
        let odd = page.js(
            "return [...document.querySelectorAll('article *')].flatMap((e) => [...e.attributes].map((a) => [e.localName, a.name, a.value]))
                .filter(([tag, name, value]) => name.startsWith('on') || name === 'style' || /^\\s*javascript/i.test(value) || ['script', 'iframe', 'svg', 'math', 'form', 'img'].includes(tag))",
        );
        assert_eq!(odd, Value::Array(Vec::new()), "{path}");
    }
}

const EVIL: &str = r#"<!doctype html><title>Vote</title><article><h1>Vote</h1>
<p onclick="alert(1)" style="position:fixed;inset:0">The council met on Monday, and everybody who could walk was there to hear it.</p>
<p><a href="java&#10;script:alert(2)">One</a> <a href="data:text/html,<script>alert(3)</script>">two</a> <img src=x onerror=alert(4)><svg onload=alert(5)><script>alert(6)</script></svg></p>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(7)&gt;"></table></mtext></math>
<p id="reader" name="dixit">“It is over,” said <b onmouseover=alert(8)>Ann Lee</b>, the mayor, who had seen it coming for a year or two.</p>
<form action="javascript:alert(9)"><button formaction="javascript:alert(10)">Go</button></form><noscript><p title="</noscript><img src=x onerror=alert(11)>"></noscript>
<iframe srcdoc="<script>parent.alert(12)</script>"></iframe><base href="javascript:alert(13)//"></article>"#;

const EVIL_DOCUMENT: &str = r#"{"format":"dixit","version":1,"article":{"id":"</script><img src=x onerror=alert(1)>","title":"<img src=x onerror=alert(2)>","language":"en\" onclick=\"alert(3)","direction":"evil","source_url":"javascript:alert(4)","blocks":[
{"kind":"paragraph","text":"The council met","marks":[{"start":0,"end":3,"kind":"link","url":"javascript:alert(5)"},{"start":9,"end":2,"kind":"strong"},{"start":0,"end":99999999,"kind":"code"}]},
{"kind":"image","url":"javascript:alert(6)","text":"a","credit":"<script>alert(7)</script>"},
{"kind":"ordered-item","number":4294967295,"depth":255,"text":"b"},{"kind":"ordered-item","depth":254,"text":"c"},{"kind":"cell","first":1,"text":"<td onclick=alert(8)>"},{"kind":"__proto__","text":"d"}],
"set_aside":[{"kind":"sharing","text":"<a href=javascript:alert(9)>","before":99999}],"__proto__":{"x":1}},"analysis":{"quotations":[{"id":"x","span":[9,9,9]}],"speakers":[{"id":"\"><script>alert(10)</script>","name":"e","kind":"person","mentions":[[0,0,99]]}],"attributions":[{"id":"a","kind":"direct","content":[[0,0,3]],"speaker":7}]}}"#;
