//! Hostile input through every way in: nothing runs, nothing is asked of others, nothing is there that the model has not.
//!
//! The rows are those of `tests/hostile/`; `cargo xtask hostile DIR` adds a folder of others in the same form.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::harness::{Page, Reply, Site};

const WATCH: &str = include_str!("hostile/watch.js");
const WAYS: &str = include_str!("hostile/ways.js");
/// What the start page has once it listens.
const STARTED: &str = "main.start [data-act=paste]";
/// How many rows one command to the browser brings in.
const CHUNK: usize = 25;

/// The rows of a file of `tests/hostile/`, and of the folder that `cargo xtask hostile` names.
fn rows(name: &str, other: &str) -> Vec<Value> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile").join(name);
    let others = std::env::var_os("DIXIT_HOSTILE").map(|folder| PathBuf::from(folder).join(other));
    let mut rows = Vec::new();
    for file in [Some(own), others].into_iter().flatten() {
        let text = fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        rows.extend(text.lines().map(|line| serde_json::from_str::<Value>(line).expect("a row")));
    }
    rows
}

fn markup() -> Vec<Value> {
    rows("markup.jsonl", "xss.jsonl")
}

/// The site's page at `path`, watched from before its first script.
fn watched(site: &Site, path: &str, plant: &str) -> Page {
    let page = Page::blank(site);
    page.before_load(&[WATCH, WAYS, plant].concat());
    page.prefer("prefers-reduced-motion", "reduce");
    page.goto(&site.url(path));
    if path.is_empty() {
        page.wait_for(STARTED);
    }
    page
}

/// What was seen while these rows came in by this way.
fn faults(page: &Page, way: &str, rows: &[Value]) -> Vec<String> {
    let mut found = Vec::new();
    for chunk in rows.chunks(CHUNK) {
        let script = "const [way, rows, done] = arguments; hostile.through(way, rows).then(done)";
        let answer = page.run_async(script, vec![json!(way), json!(chunk)]);
        let answer = answer.as_array().cloned().unwrap_or_default();
        found.extend(answer.iter().map(|pair| format!("{}: {}", pair[0], pair[1])));
    }
    // What comes late, such as a picture that cannot be loaded.
    std::thread::sleep(std::time::Duration::from_millis(300));
    let may_fetch = ["address", "attributes"].contains(&way);
    let late = page.js(&format!("return hostile.look({may_fetch})"));
    found.extend(late.as_array().into_iter().flatten().map(|fault| format!("late: {fault}")));
    found
}

#[track_caller]
fn nothing_happens(page: &Page, way: &str) {
    let rows = markup();
    let found = faults(page, way, &rows);
    let n = found.len();
    assert!(n == 0, "{way}, {} rows, {n} faults:\n{}", rows.len(), found[..n.min(40)].join("\n"));
}

/// One test for each way in to the viewer.
macro_rules! ways {
    ($($test:ident = $way:literal)*) => {
        $(#[test] fn $test() {
            let site = Site::start();
            let page = watched(&site, "", "");
            nothing_happens(&page, $way);
        })*
    };
}

ways! {
    pasted_text_does_nothing = "pasted"
    a_piece_of_a_page_does_nothing = "clipboard"
    markdown_does_nothing = "markdown"
    a_page_does_nothing = "html"
    a_feed_does_nothing = "feed"
    a_document_does_nothing = "json"
    json_ld_does_nothing = "jsonld"
    corrections_do_nothing = "corrections"
    comments_do_nothing = "comment"
    imported_comments_do_nothing = "comment-import"
    fragments_do_nothing = "fragment"
}

/// A page of others with the element's script, before which nothing of ours is there.
const HOST: &str = "<!doctype html><html lang=en><head><meta charset=utf-8><title>Host</title>
    <script>window.isHost = true</script><script type=module src=embed.js></script></head><body></body></html>";

#[test]
fn what_a_host_sets_does_nothing() {
    // A reader ends a minute after its element has gone. Here that is soon, so that some end while others begin.
    const SOON: &str = "const real = setTimeout;
        window.setTimeout = (act, time, ...given) => real(act, time === 60000 ? 300 : time, ...given);";
    let page = watched(&Site::hosting(HOST), "host.html", SOON);
    // It is asked to open what rows name.
    page.expect_violations();
    nothing_happens(&page, "attributes");
}

#[test]
fn what_a_frame_is_sent_does_nothing() {
    let page = watched(&Site::hosting(HOST), "host.html", "");
    nothing_happens(&page, "frame");
}

/// What is typed is what is stored, given on and, as an article, kept, to the byte.
#[test]
fn odd_strings_come_back_as_they_went() {
    let site = Site::start();
    let page = watched(&site, "", "");
    let found = faults(&page, "strings", &rows("strings.jsonl", "naughty_strings.jsonl"));
    assert!(found.is_empty(), "{found:#?}");
}

/// What is no JSON is refused, what is JSON is taken, and a refused file changes nothing.
#[test]
fn files_of_json_are_taken_or_refused_as_a_whole() {
    let mut rows = rows("json.jsonl", "json_parsing.jsonl");
    for row in &mut rows {
        let unit = |value: &Value| base64(value.as_str().unwrap_or_default());
        match (&row["bytes_b64"], &row["repeat"]) {
            (Value::String(_), _) => row["bytes"] = json!(unit(&row["bytes_b64"])),
            (_, Value::Object(repeat)) => {
                let (unit, n) = (unit(&repeat["unit_b64"]), &repeat["total_bytes"]);
                let n = usize::try_from(n.as_u64().unwrap_or_default()).unwrap_or_default();
                row["bytes"] = json!(unit.iter().cycle().take(n).collect::<Vec<_>>());
            }
            _ => {}
        }
    }
    for way in ["json-article", "json-comments", "json-corrections"] {
        let site = Site::start();
        let page = watched(&site, "", "");
        let found = faults(&page, way, &rows);
        assert!(found.is_empty(), "{way}: {found:#?}");
    }
}

/// The bytes that base64 stands for.
fn base64(text: &str) -> Vec<u8> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits = |byte: u8| DIGITS.iter().position(|digit| *digit == byte);
    let digits: Vec<usize> = text.bytes().filter_map(bits).collect();
    let mut bytes = Vec::new();
    for group in digits.chunks(4) {
        let all = group.iter().fold(0, |all, digit| all << 6 | digit) << (6 * (4 - group.len()));
        let three = [all >> 16, all >> 8, all].map(|byte| (byte & 0xff) as u8);
        bytes.extend(&three[..group.len() - 1]);
    }
    bytes
}

/// The address is the person's own wish, so what it names may be asked for.
#[test]
fn addresses_do_nothing() {
    let site = Site::start();
    let page = watched(&site, "", "");
    page.expect_violations();
    nothing_happens(&page, "address");
    // As a link from elsewhere brings them, with a page that begins.
    for row in rows("markup.jsonl", "xss.jsonl").iter().step_by(4).take(100) {
        let payload = row["payload"].as_str().unwrap_or_default();
        let part: String = url::form_urlencoded::byte_serialize(payload.as_bytes()).collect();
        page.goto(&site.url(&format!("?src={part}&view={part}&corrections={part}#{part}")));
        page.wait_until("document.querySelector('.trouble, .body, main.start')");
        assert_eq!(page.js("return hostile.look(true)"), json!([]), "{row}");
    }
}

#[test]
fn changed_storage_does_nothing() {
    let site = Site::start();
    let page = watched(&site, "", "");
    for chunk in markup().chunks(CHUNK) {
        let found = faults(&page, "storage", chunk);
        assert!(found.is_empty(), "{found:#?}");
        let article = page.address();
        for path in [article, site.url("")] {
            page.goto(&path);
            page.wait_for(".body, main.start, .trouble");
            assert_eq!(page.js("return hostile.look()"), json!([]), "{path} with {}", chunk[0]);
        }
    }
}

/// What is published is written as HTML, by the same components.
#[test]
fn published_pages_do_nothing() {
    let rows = markup();
    let folder = crate::published::sites().join("hostile-articles");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    let step = (rows.len() / 25).max(1);
    for (n, row) in rows.iter().enumerate() {
        // No text has it, and a file that has is refused.
        let payload = row["payload"].as_str().unwrap_or_default().replace('\0', "");
        // YAML has JSON's strings.
        let field = |name: &str| format!("{name}: {}\n", json!(payload));
        let fields = ["title", "author", "description", "section", "canonical_url", "tags", "slug"];
        let fields: String = fields.iter().map(|name| field(name)).collect();
        let page = format!(
            "---\n{fields}date: 2026-01-01\n---\n\nThe council met.\n\n“It is over,” said Ann Lee.\n\n{payload}\n"
        );
        fs::write(folder.join(format!("row-{n}.md")), page).expect("an article");
    }
    let out = crate::published::built_of(
        &folder,
        "hostile",
        &["--base-url", "https://news.example/some/folder/"],
    );
    let site = Site::of_folder(&out);
    let page = watched(&site, "index.html", "");
    let mut found = Vec::new();
    let mut look = |path: &str| {
        let faults = page.js("return hostile.look()");
        found.extend(
            faults.as_array().into_iter().flatten().map(|fault| format!("{path}: {fault}")),
        );
    };
    look("index");
    let links = page.js("return [...document.querySelectorAll('main a, nav a, header a, footer a')].map((a) => a.href)");
    let lists = links.as_array().cloned().unwrap_or_default();
    let pages = walk(&out).into_iter().step_by(step).map(|page| json!(site.url(&page)));
    for url in pages.chain(lists) {
        let url = url.as_str().unwrap_or_default().to_owned();
        if url.starts_with(&site.origin()) && url.ends_with('/') {
            page.goto(&url);
            look(&url);
        }
    }
    let n = found.len();
    assert!(n == 0, "{n} faults:\n{}", found[..n.min(40)].join("\n"));
}

/// The folders below `out` that hold a page, as parts of addresses.
fn walk(out: &Path) -> Vec<String> {
    let mut pages = Vec::new();
    let mut folders = vec![out.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().is_some_and(|name| name == "index.html") {
                let within = folder.strip_prefix(out).expect("below");
                pages.push(format!("{}/", within.display()));
            }
        }
    }
    pages.retain(|page| page != "/");
    pages.sort();
    pages
}

/// Holes of every kind, each planted into a page that has none: the watch reports it.
#[test]
fn a_planted_hole_is_caught() {
    // Text that becomes HTML, as a renderer would that takes strings for it.
    const AS_HTML: &str = "const make = Document.prototype.createTextNode;
        Document.prototype.createTextNode = function (text) {
            if (!/[<&]/.test(text)) return make.call(this, text);
            const span = this.createElement('span');
            span.innerHTML = text;
            return span;
        };";
    // Something that comes into the article, once it is shown.
    let into_the_article = |act: &str| {
        format!(
            "new MutationObserver(() => {{
                const place = document.querySelector('.body p');
                if (!place || window.planted) return;
                window.planted = true;
                {act}
            }}).observe(document, {{ subtree: true, childList: true }});"
        )
    };
    let element = |markup: &str| {
        let (tag, attributes) = markup.split_once(' ').unwrap_or((markup, ""));
        let set: String = attributes
            .split(' ')
            .filter_map(|attribute| attribute.split_once('='))
            .map(|(name, value)| format!("e.setAttribute('{name}', `{value}`);"))
            .collect();
        into_the_article(&format!(
            "const e = document.createElement('{tag}'); {set} place.append(e);"
        ))
    };
    let plants = [
        (AS_HTML.to_owned(), "element outside the model: <"),
        (AS_HTML.to_owned(), "attribute outside the model: on"),
        (AS_HTML.to_owned(), "ran alert("),
        (element("iframe"), "element outside the model: <iframe>"),
        (element("b onclick=alert(1)"), "attribute outside the model: onclick"),
        (element("b style=color:red"), "attribute outside the model: style"),
        (element("b slot=x"), "attribute outside the model: slot"),
        (element("a href=javascript:alert(1)"), "address: javascript:"),
        (element("a href=https://evil.example/ target=_blank"), "opener: <a>"),
        (element("b id=getElementById"), "unprefixed id: getElementById"),
        (element("a name=reader"), "unprefixed name: reader"),
        (element("img src=https://evil.example/a.png"), "asked https://evil.example/a.png"),
        (element("img src=https://evil.example/a.png"), "picture: <img>"),
        (into_the_article("place.style.position = 'fixed'"), "fixed: <p>"),
        (into_the_article("place.style.translate = '-200px'"), "outside the article's box: <p>"),
        (into_the_article("Object.prototype.x = 1"), "a changed prototype"),
        (into_the_article("setTimeout('alert(1)')"), "ran alert(1)"),
        (into_the_article("setTimeout(() => window.open('https://evil.example/'))"), "ran open("),
    ];
    // Nothing of the page's own policy stands in the way of the holes.
    let site = Site::with(|request| {
        let page = matches!(request.path.as_str(), "" | "index.html");
        page.then(|| {
            let page = String::from_utf8(Reply::built("").body).expect("a page");
            let (before, policy) =
                page.split_once("<meta content=\"default-src").expect("a policy");
            let (_, after) = policy.split_once('>').expect("its end");
            Reply::new(200, "text/html; charset=utf-8", format!("{before}{after}"))
        })
    });
    let row = json!({ "id": "planted", "payload": "<marquee><img src=nowhere onerror=alert(1)>" });
    let page = watched(&site, "", "");
    page.expect_violations();
    for (plant, expected) in plants {
        page.goto(&site.url(""));
        page.wait_for(STARTED);
        page.js(&plant);
        let found = faults(&page, "json", std::slice::from_ref(&row));
        assert!(found.iter().any(|fault| fault.contains(expected)), "{expected}: {found:#?}");
    }
    // Under the page's own policy the same hole runs nothing, and is reported as one that tried.
    let site = Site::with(|request| {
        let page = matches!(request.path.as_str(), "" | "index.html");
        page.then(|| Reply::built("").replace("require-trusted-types-for 'script'", ""))
    });
    let page = watched(&site, "", AS_HTML);
    page.expect_violations();
    let found = faults(&page, "json", std::slice::from_ref(&row));
    assert!(found.iter().any(|fault| fault.contains("policy: script-src-attr")), "{found:#?}");
    assert!(!found.iter().any(|fault| fault.contains("ran alert")), "{found:#?}");
}
