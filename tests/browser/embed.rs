//! The element `<dixit-article>` on pages of others.

use std::sync::{Condvar, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{Browser, Page, Reply, Site, in_every_browser};

const PLAIN: &str = include_str!("../hosts/plain.html");
const WRAPPED: &str = include_str!("../hosts/wrapped.html");
const HOSTILE: &str = include_str!("../hosts/hostile.html");
const BUSY: &str = include_str!("../hosts/busy.html");
const MANY: &str = include_str!("../hosts/many.html");
const STRICT: &str = include_str!("../hosts/strict.html");

/// The nth element of a page, from inside its shadow tree.
struct Inside<'a> {
    page: &'a Page,
    n: usize,
}

impl Inside<'_> {
    fn of(page: &Page) -> Inside<'_> {
        Inside { page, n: 0 }
    }

    /// Runs JavaScript with the element as `host` and its shadow tree as `root`.
    #[track_caller]
    fn js(&self, script: &str) -> Value {
        self.page.js(&format!("{}{script}", self.names()))
    }

    fn names(&self) -> String {
        format!(
            "const host = document.querySelectorAll('dixit-article')[{}], root = host.shadowRoot;\n",
            self.n
        )
    }

    #[track_caller]
    fn wait_until(&self, expression: &str) {
        let script = format!("return Boolean({expression})");
        self.page.eventually(expression, || self.js(&script) == json!(true));
    }

    #[track_caller]
    fn wait_for(&self, selector: &str) {
        self.wait_until(&format!("root.querySelector({})", json!(selector)));
    }

    #[track_caller]
    fn count(&self, selector: &str) -> usize {
        let n = self.js(&format!("return root.querySelectorAll({}).length", json!(selector)));
        n.as_u64().and_then(|n| n.try_into().ok()).unwrap_or_default()
    }

    #[track_caller]
    fn text(&self, selector: &str) -> String {
        self.wait_for(selector);
        let text = self.js(&format!("return root.querySelector({}).innerText", json!(selector)));
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Clicks by the pointer's own events.
    #[track_caller]
    fn click(&self, selector: &str) {
        self.wait_for(selector);
        self.js(&format!("root.querySelector({}).click()", json!(selector)));
    }
}

fn open(browser: Browser, site: &Site) -> Page {
    Page::open_in(browser, site, "host.html")
}

/// A host's page that runs a script of its own before all others.
fn with_script(host: &str, script: &str) -> String {
    host.replacen("</title>", &format!("</title><script>{script}</script>"), 1)
}

/// Notes what a host hears.
const HEARING: &str = "window.heard = [];
    for (const name of ['ready', 'error', 'quote', 'speaker', 'view', 'comment'])
        addEventListener(`dixit:${name}`, (e) => heard.push([name, e.detail]));";

in_every_browser! {
    an_element_shows_who_said_what_and_leaves_the_page_alone
    quotations_fold_and_speakers_are_chosen_inside
    the_pages_own_html_is_the_article_and_stays_where_scripts_do_not_run
    styles_of_the_page_do_not_reach_in
    a_strict_policy_is_kept
    properties_methods_and_attributes
    an_element_that_moves_keeps_what_was_done_in_it
    an_element_that_is_gone_takes_nothing_with_it
    what_cannot_be_shown_is_said_and_the_pages_own_html_stays
    two_versions_and_an_older_element_of_the_name
    comments_are_kept_under_the_pages_canonical_address
    a_page_keeps_comments_in_a_store_of_its_own
    forms_keys_and_directions_of_the_page_go_on
    another_origin_serves_the_element
    fragments_lead_to_quotations
}

fn an_element_shows_who_said_what_and_leaves_the_page_alone(browser: Browser) {
    let noted = "window.namesBefore = Object.keys(window)";
    let site = Site::hosting(with_script(PLAIN, noted));
    let page = open(browser, &site);
    let inside = Inside::of(&page);
    inside.wait_for("article .qt");
    assert_eq!(inside.text("h1"), "Port Ellis votes to keep its fishing quay");
    assert!(inside.count(".voice-row") > 3);
    page.shots("embed-plain");
    // Nothing of the page is other than it was.
    assert_eq!(page.js("return document.title"), json!("The Quay Post"));
    assert_eq!(
        page.js("return [...document.documentElement.attributes].map((a) => a.name)"),
        json!(["lang"])
    );
    assert_eq!(
        page.js("return getComputedStyle(document.querySelector('h1')).color"),
        json!("rgb(0, 128, 128)")
    );
    assert_eq!(
        page.js("return document.head.querySelectorAll('style, link[rel=stylesheet]').length"),
        json!(1)
    );
    assert_eq!(page.js("return Object.keys(window).filter((name) => !namesBefore.includes(name) && !['namesBefore', 'ret_nodes'].includes(name))"), json!([]));
    assert!(page.address().ends_with("host.html"));
}

fn quotations_fold_and_speakers_are_chosen_inside(browser: Browser) {
    let site = Site::hosting(with_script(PLAIN, HEARING));
    let page = open(browser, &site);
    let inside = Inside::of(&page);
    inside.wait_for("article .tog");
    inside.click("article .tog");
    inside.wait_for("article .qt.is-shut");
    inside.click(".voice-row");
    inside.wait_for(".page.has-choice");
    inside.click(".views a:nth-child(2)");
    inside.wait_for(".lines .line");
    assert_eq!(
        page.js("return document.querySelector('dixit-article').getAttribute('view')"),
        json!("transcript")
    );
    let heard = page.js("return heard");
    let (ready, counted) = (&heard[0][0], &heard[0][1]);
    assert_eq!((ready, &counted["speakers"]), (&json!("ready"), &json!(8)), "{heard}");
    assert_eq!((&heard[1][0], &heard[1][1]["open"]), (&json!("quote"), &json!(false)));
    assert_eq!(heard[2][0], "speaker");
    assert!(heard[2][1]["id"].as_str().is_some_and(|id| id.starts_with("s-")), "{heard}");
    assert_eq!(heard[3], json!(["view", { "view": "transcript" }]));
    assert!(page.address().ends_with("host.html"));
}

fn the_pages_own_html_is_the_article_and_stays_where_scripts_do_not_run(browser: Browser) {
    let site = Site::hosting(WRAPPED);
    let page = open(browser, &site);
    let inside = Inside::of(&page);
    inside.wait_for("article .qt");
    assert_eq!(inside.text("h1"), "Ferry to sail at night again");
    assert!(inside.text(".who").contains("Mara Voll"));
    assert!(inside.text(".who").contains("Jon Tveit"));
    let link = inside.js("return root.querySelector('article .body a[href]').href");
    assert!(link.as_str().is_some_and(|link| link.ends_with("/people/mara-voll")), "{link}");
    // What search engines read is still there, and nothing of it is shown twice.
    assert_eq!(inside.js("return host.querySelector('article p').checkVisibility()"), json!(false));
    page.shots("embed-wrapped");
}

/// Its reader's module is held back until the others were asked for.
#[test]
fn what_reads_the_pages_own_html_comes_along_with_the_reader() {
    let asked = (Mutex::new(Vec::new()), Condvar::new());
    let site = Site::with(move |request| {
        let (names, one_more) = &asked;
        let name = request.path.rsplit('/').next().unwrap_or_default().to_owned();
        let mut names = names.lock().expect("a lock");
        if name == "reader.wasm" {
            let all = ["engine.js", "import.js"];
            let lack = |names: &mut Vec<String>| !all.iter().all(|n| names.iter().any(|m| m == n));
            let patience = Duration::from_secs(8);
            let waited = one_more.wait_timeout_while(names, patience, lack).expect("a lock");
            return waited.1.timed_out().then(Reply::not_found);
        }
        names.push(name);
        one_more.notify_all();
        (request.path == "host.html").then(|| Reply::new(200, "text/html; charset=utf-8", WRAPPED))
    });
    let page = open(Browser::Chromium, &site);
    Inside::of(&page).wait_for("article .qt");
}

fn styles_of_the_page_do_not_reach_in(browser: Browser) {
    let site = Site::hosting(PLAIN);
    let other = Site::hosting(HOSTILE);
    let look = "return ['.root', '.body p', '.qt', '.bar', '.voice-row .name'].map((s) => {
        const style = getComputedStyle(root.querySelector(s));
        return ['color', 'fontFamily', 'fontSize', 'display', 'position', 'backgroundColor', 'float', 'letterSpacing'].map((name) => style[name]).join(' ');
    })";
    let looks: Vec<Value> = [&site, &other]
        .map(|site| {
            let page = open(browser, site);
            let inside = Inside::of(&page);
            inside.wait_for("article .qt");
            page.screenshot(if std::ptr::eq(site, &other) {
                "embed-hostile"
            } else {
                "embed-beside"
            });
            inside.js(look)
        })
        .into();
    assert_eq!(looks[0], looks[1]);
}

fn a_strict_policy_is_kept(browser: Browser) {
    let site = Site::hosting(STRICT);
    let page = open(browser, &site);
    let inside = Inside::of(&page);
    inside.wait_for("article .qt");
    inside.click("article .tog");
    inside.wait_for("article .qt.is-shut");
    page.expect_violations();
    // The worker is tried and refused under a policy without ours; the page works on in itself.
    let told = page.violations();
    assert!(
        told.iter()
            .all(|line| line.contains("TrustedTypePolicy") || line.contains("TrustedScriptURL")),
        "{told:#?}"
    );
}

fn properties_methods_and_attributes(browser: Browser) {
    let site = Site::hosting(PLAIN);
    let page = open(browser, &site);
    let inside = Inside::of(&page);
    inside.wait_for("article .qt");
    let told = page.js_async(
        "const host = document.querySelector('dixit-article');
         const ready = (await host.ready) === host;
         return { ready, title: host.article.title, speakers: host.speakers.length, quotation: host.quotations[0], json: host.toJSON().format }",
    );
    assert_eq!(told["ready"], true, "{told}");
    assert_eq!(told["title"], "Port Ellis votes to keep its fishing quay");
    assert_eq!(told["json"], "dixit");
    assert_eq!(
        told["quotation"]["text"],
        "“This town has told us what it wants, and we would be fools not to listen,”"
    );
    assert_eq!(told["quotation"]["speaker"], "s-ann-lee");
    let n = inside.count("article .tog");
    inside.js("host.collapseAll()");
    inside.wait_until(&format!("root.querySelectorAll('article .qt.is-shut').length === {n}"));
    inside.js("host.expandAll()");
    inside.wait_until("!root.querySelector('article .qt.is-shut')");
    inside.js("host.goTo(host.quotations[3].id)");
    inside.wait_for("article .qt.is-here");
    inside.js("host.view = 'speakers'");
    inside.wait_for(".cards .vc");
    inside.js("host.removeAttribute('view')");
    inside.wait_for("article .qt");
    inside.js("host.theme = 'dark'");
    inside.wait_until(
        "getComputedStyle(root.querySelector('.root')).backgroundColor === 'rgb(21, 20, 18)'",
    );
    inside.js("host.style.setProperty('--dixit-paper', 'rgb(1, 2, 3)')");
    inside.wait_until(
        "getComputedStyle(root.querySelector('.root')).backgroundColor === 'rgb(1, 2, 3)'",
    );
    inside.js("host.uiLang = 'de'");
    inside.wait_until("root.querySelector('.views').innerText.includes('Artikel')");
    inside.js("host.comments = 'off'");
    inside.wait_until("!root.querySelector('.comments, .comments-to-come')");
    inside.js("host.src = 'articles/river-flood.txt'");
    inside.wait_until("root.querySelector('h1')?.innerText.includes('river') || root.querySelector('h1')?.innerText.includes('River')");
    inside.js("host.lang = 'de'");
    inside.wait_until("root.querySelector('article')?.lang === 'de'");
    // The parts that the page may style.
    inside.js("const sheet = new CSSStyleSheet(); sheet.replaceSync('dixit-article::part(quote){color:rgb(9, 8, 7)} dixit-article::part(panel){color:rgb(6, 5, 4)}'); document.adoptedStyleSheets = [sheet]");
    inside.wait_until("root.querySelector('.qt') && getComputedStyle(root.querySelector('.qt')).color === 'rgb(9, 8, 7)'");
    inside.wait_until("getComputedStyle(root.querySelector('.who-said')).color === 'rgb(6, 5, 4)'");
}

fn an_element_that_moves_keeps_what_was_done_in_it(browser: Browser) {
    let site = Site::hosting(PLAIN);
    let page = open(browser, &site);
    let inside = Inside::of(&page);
    inside.click("article .tog");
    inside.wait_for("article .qt.is-shut");
    inside.js("window.was = root.querySelector('article'); host.remove()");
    page.js("document.body.append(window.was.getRootNode().host)");
    assert_eq!(inside.js("return root.querySelector('article') === window.was"), json!(true));
    assert_eq!(inside.count("article .qt.is-shut"), 1);
    inside.click("article .qt.is-shut .tog");
    inside.wait_until("!root.querySelector('article .qt.is-shut')");
}

/// Answers that come when their reader has ended harm no other.
fn an_element_that_is_gone_takes_nothing_with_it(browser: Browser) {
    // A minute is short here.
    let script = "const real = setTimeout; window.setTimeout = (act, time, ...given) => real(act, time === 60000 ? 50 : time, ...given);
        window.loud = []; addEventListener('error', (e) => loud.push(e.message)); addEventListener('unhandledrejection', (e) => loud.push(String(e.reason)));";
    let site = Site::hosting(with_script(PLAIN, script));
    let page = open(browser, &site);
    Inside::of(&page).wait_for("article .qt");
    let late = site.reply("wait=1500&cors=*");
    let lost = site.reply("wait=1500&status=500&cors=*");
    page.run(
        "for (const src of arguments[0]) {
             const element = document.createElement('dixit-article');
             element.setAttribute('src', src);
             element.setAttribute('loading', 'eager');
             document.body.append(element);
             setTimeout(() => element.remove(), 600);
         }",
        vec![json!([late, lost, late, "nowhere.txt"])],
    );
    page.wait_until("document.querySelectorAll('dixit-article').length === 1");
    std::thread::sleep(std::time::Duration::from_millis(2500));
    page.js("const element = document.createElement('dixit-article');
         element.id = 'next';
         element.setAttribute('src', 'articles/river-flood.txt');
         element.setAttribute('loading', 'eager');
         document.body.append(element);");
    page.wait_until("document.getElementById('next').shadowRoot.querySelector('article .qt')");
    let inside = Inside::of(&page);
    inside.click("article .tog");
    inside.wait_for("article .qt.is-shut");
    assert_eq!(page.js("return loud"), json!([]));
}

fn what_cannot_be_shown_is_said_and_the_pages_own_html_stays(browser: Browser) {
    let host = with_script(PLAIN, HEARING).replace("harbour-vote.txt", "no-such.txt");
    let site = Site::hosting(host);
    let page = open(browser, &site);
    let inside = Inside::of(&page);
    inside.wait_until("heard.length === 1");
    assert!(inside.text(".note").contains("404"), "{}", inside.text(".note"));
    let heard = page.js("return heard[0]");
    assert_eq!(heard[0], "error");
    assert!(heard[1]["message"].as_str().is_some_and(|e| e.contains("404")), "{heard}");
    inside.js("host.src = 'articles/harbour-vote.txt'");
    inside.wait_for("article .qt");

    // The module does not come: the page's own HTML is all there is, and it is there.
    let host = with_script(WRAPPED, HEARING);
    let site = Site::with(move |request| match request.path.as_str() {
        "host.html" => Some(Reply::new(200, "text/html; charset=utf-8", host.clone())),
        path if path.ends_with("/reader.wasm") => Some(Reply::not_found()),
        _ => None,
    });
    let page = open(browser, &site);
    page.wait_until("heard.length === 1");
    assert_eq!(
        page.js("return document.querySelector('dixit-article p').checkVisibility()"),
        json!(true)
    );
}

fn two_versions_and_an_older_element_of_the_name(browser: Browser) {
    let site = Site::hosting(PLAIN.replace(
        "<script type=\"module\" src=\"embed.js\"></script>",
        "<script>customElements.define('dixit-article', class extends HTMLElement { old = true })</script>
         <script type=\"module\" src=\"embed.js\"></script><script type=\"module\" src=\"embed.js?as=x-story\"></script>",
    ));
    let page = open(browser, &site);
    page.js("const story = document.createElement('x-story'); story.setAttribute('src', 'articles/river-flood.txt'); document.body.append(story)");
    page.wait_until("document.querySelector('x-story').shadowRoot?.querySelector('article .qt')");
    assert_eq!(page.js("return document.querySelector('dixit-article').old"), json!(true));
    if browser == Browser::Chromium {
        assert!(page.console().iter().any(|line| line.contains("embed.js?as=x-article")));
    }

    // Two versions, each with a module of its own.
    let site = Site::with(|request| {
        let path = request.path.strip_prefix("newer/").unwrap_or(&request.path);
        (path != "host.html")
            .then(|| Reply::built(path))
            .or_else(|| Some(Reply::new(200, "text/html; charset=utf-8", PLAIN)))
    });
    let page = open(browser, &site);
    page.js("const script = Object.assign(document.createElement('script'), { type: 'module', src: 'newer/embed.js?as=x-story' }); document.head.append(script);
        const story = document.createElement('x-story'); story.setAttribute('src', 'articles/river-flood.txt'); document.body.append(story)");
    page.wait_until("document.querySelector('x-story').shadowRoot?.querySelector('article .qt')");
    Inside::of(&page).click("article .tog");
    Inside::of(&page).wait_for("article .qt.is-shut");
    page.js("document.querySelector('x-story').collapseAll()");
    page.wait_until("document.querySelector('x-story').shadowRoot.querySelectorAll('article .qt.is-shut').length > 1");
    assert_eq!(Inside::of(&page).count("article .qt.is-shut"), 1);
}

impl Inside<'_> {
    /// Goes where the comments are.
    #[track_caller]
    fn to_comments(&self) {
        self.wait_for(".comments, .comments-to-come");
        self.js("root.querySelector('.comments, .comments-to-come').scrollIntoView()");
        self.wait_for(".comments textarea");
    }

    /// Types words into the field for a comment, by keys, and saves them.
    #[track_caller]
    fn comment(&self, words: &str) {
        self.to_comments();
        self.type_into(".comments textarea", words);
        self.click(".comments [data-act=save]");
    }

    #[track_caller]
    fn type_into(&self, selector: &str, keys: &str) {
        let script = format!("{}return root.querySelector({})", self.names(), json!(selector));
        self.page.type_into_found(&script, keys);
    }
}

fn comments_are_kept_under_the_pages_canonical_address(browser: Browser) {
    let site = Site::hosting(with_script(PLAIN, HEARING));
    let page = open(browser, &site);
    let inside = Inside::of(&page);
    inside.comment("Kept under the page");
    inside.wait_until(
        "root.querySelector('.comment-list')?.innerText.includes('Kept under the page')",
    );
    inside.wait_until("heard.some(([name]) => name === 'comment')");
    assert_eq!(inside.text(".comment-row > .comment-hint"), "Kept in this browser only");
    let keys: Vec<String> =
        page.storage().into_keys().filter(|key| key.starts_with("dixit/1/c/")).collect();
    assert_eq!(keys.len(), 1, "{keys:?}");
    assert!(keys[0].starts_with("dixit/1/c/https:%2F%2Fquay.example%2Fharbour#"), "{keys:?}");
    page.reload();
    inside.to_comments();
    inside.wait_until(
        "root.querySelector('.comment-list')?.innerText.includes('Kept under the page')",
    );
    // The page's own article has the page's own address.
    let site = Site::hosting(WRAPPED.replace(
        "</title>",
        "</title><link rel=\"canonical\" href=\"https://quay.example/ferry\">",
    ));
    let page = open(browser, &site);
    let inside = Inside::of(&page);
    inside.comment("On the page itself");
    inside.wait_until(
        "root.querySelector('.comment-list')?.innerText.includes('On the page itself')",
    );
    let keys: Vec<String> =
        page.storage().into_keys().filter(|key| key.starts_with("dixit/1/c/")).collect();
    assert!(keys[0].starts_with("dixit/1/c/https:%2F%2Fquay.example%2Fferry/"), "{keys:?}");
}

fn a_page_keeps_comments_in_a_store_of_its_own(browser: Browser) {
    let store = "window.kept = {}; window.refuse = false;
        addEventListener('DOMContentLoaded', () => { document.querySelector('dixit-article').store = {
            load: async (article) => Object.values(window.kept[article] ?? {}),
            save: async (article, comments) => {
                if (window.refuse) throw new Error('the till is shut');
                for (const comment of comments) (window.kept[article] ??= {})[comment.id] = comment;
            },
        }; });";
    let site = Site::hosting(with_script(PLAIN, store));
    let page = open(browser, &site);
    let inside = Inside::of(&page);
    inside.comment("With the host");
    inside.wait_until("Object.values(window.kept).some((all) => Object.values(all).some((c) => c.body === 'With the host'))");
    inside.wait_until("root.querySelector('.comment-list')?.innerText.includes('With the host')");
    assert_eq!(inside.text(".comment-row > .comment-hint"), "Kept by the site that you are on");
    assert!(page.storage().keys().all(|key| !key.starts_with("dixit/1/c/")));
    page.js("window.refuse = true");
    inside.comment("Refused");
    inside.wait_until(
        "root.querySelector('.comments [role=alert]')?.innerText.includes('the till is shut')",
    );
    inside.wait_until("root.querySelector('.comments textarea').value === 'Refused'");
}

fn forms_keys_and_directions_of_the_page_go_on(browser: Browser) {
    let site = Site::hosting(BUSY);
    let page = open(browser, &site);
    let inside = Inside::of(&page);
    inside.wait_for("article .qt");
    // Left to right in a page from right to left, in the size that the browser's user chose, dark as the page.
    let look = inside.js("const style = getComputedStyle(root.querySelector('.body p'));
        return [style.direction, style.fontSize, getComputedStyle(root.querySelector('.root')).backgroundColor]");
    assert_eq!(look, json!(["ltr", "19px", "rgb(21, 20, 18)"]));
    // The page hears its keys, and what is typed in our field is none of them.
    page.press("j");
    page.wait_until("window.pressed.join() === 'j'");
    inside.comment("jx");
    inside.wait_until("root.querySelector('.comment-list')?.innerText.includes('jx')");
    assert_eq!(page.js("return window.pressed"), json!(["j"]));
    // A key of ours goes to the element that has the focus.
    inside.type_into(".views a", "j");
    inside.wait_for("article .is-here");
    assert_eq!(page.js("return window.pressed"), json!(["j"]));
    // No button of ours sends the form around.
    inside.click("article .tog");
    inside.wait_for("article .qt.is-shut");
    assert_eq!(page.js("return window.sent"), json!(0));
    page.js("document.getElementById('send').click()");
    assert_eq!(page.js("return [window.sent, new FormData(document.getElementById('form')).get('q'), [...new FormData(document.getElementById('form')).keys()].length]"), json!([1, "1", 1]));
    page.shots("embed-busy");
}

fn another_origin_serves_the_element(browser: Browser) {
    let from = Site::shared();
    let host = PLAIN.replace("src=\"embed.js\"", &format!("src=\"{}\"", from.url("embed.js")));
    let site = Site::hosting(host.replace("articles/harbour", &from.url("articles/harbour")));
    let page = open(browser, &site);
    page.expect_violations();
    let inside = Inside::of(&page);
    inside.wait_for("article .qt");
    inside.click(".views a:nth-child(3)");
    inside.wait_for(".cards .vc");
}

fn fragments_lead_to_quotations(browser: Browser) {
    let site = Site::hosting(PLAIN);
    let page = open(browser, &site);
    let inside = Inside::of(&page);
    inside.wait_for("article .qt");
    page.js("location.hash = document.querySelector('dixit-article').quotations[5].id");
    inside.wait_for("article .is-here");
    // The page's own fragments are none of ours.
    page.js("location.hash = 'q-no-such'");
    page.js("location.hash = 'after'");
    assert_eq!(inside.count(".is-lost"), 0);
}

/// Twenty articles on a page, half of them far below.
#[test]
fn twenty_elements_share_one_module_and_wait_until_they_are_near() {
    let elements: String = (0..20)
        .map(|n| {
            format!(
                "<dixit-article id=\"a{n}\" src=\"articles/{}.txt\"></dixit-article>\n",
                ["harbour-vote", "river-flood"][n % 2]
            )
        })
        .collect();
    let site = Site::hosting(MANY.replace("</body>", &[&elements, "</body>"].concat()));
    let page = open(Browser::Chromium, &site);
    Inside::of(&page).wait_for("article .qt");
    let last = Inside { page: &page, n: 19 };
    assert_eq!(last.count("article"), 0, "the last is far away");
    last.js("host.scrollIntoView()");
    last.wait_for("article .qt");
    page.js("document.querySelectorAll('dixit-article').forEach((host) => host.show())");
    page.wait_until("[...document.querySelectorAll('dixit-article')].every((host) => host.shadowRoot.querySelector('article .qt'))");
    let wasm = site.requests().iter().filter(|path| path.ends_with("/reader.wasm")).count();
    assert_eq!(wasm, 1);
    // What is done in one is done in one.
    Inside { page: &page, n: 4 }.js("host.collapseAll()");
    Inside { page: &page, n: 4 }.wait_for("article .qt.is-shut");
    Inside { page: &page, n: 5 }.js("host.uiLang = 'de'");
    Inside { page: &page, n: 5 }
        .wait_until("root.querySelector('.views').innerText.includes('Artikel')");
    assert_eq!(Inside { page: &page, n: 6 }.count("article .qt.is-shut"), 0);
    assert!(Inside { page: &page, n: 6 }.text(".views").contains("Article"));
    Inside { page: &page, n: 6 }.click("article .tog");
    Inside { page: &page, n: 6 }.wait_for("article .qt.is-shut");
    assert!(Inside { page: &page, n: 6 }.text(".views").contains("Article"));
    assert!(Inside { page: &page, n: 5 }.text(".views").contains("Artikel"));
}

#[test]
fn nothing_on_the_page_jumps_when_an_article_comes() {
    let watch = "window.shift = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) {
            window.shift += entry.value;
            (window.moved ??= []).push(entry.sources.map(({ node, previousRect: a, currentRect: b }) => [node?.nodeName ?? node?.data, a.top, a.height, b.top, b.height].join(' ')));
        } })
        .observe({ type: 'layout-shift', buffered: true });";
    let far = "<p style=\"height:1800px\">A long way down.</p><dixit-article src";
    // What a page says of an element that is not one yet.
    let top = PLAIN
        .replace("</style>", "dixit-article:not(:defined){display:block;min-height:100vh}</style>");
    let near = "<dixit-article style=\"display:block;min-height:3000px\" src";
    for (name, host) in [
        ("at the top", top),
        ("far below", PLAIN.replace("<dixit-article src", far)),
        ("with room kept", PLAIN.replace("<dixit-article src", near)),
    ] {
        let site = Site::hosting(with_script(&host, watch));
        let page = open(Browser::Chromium, &site);
        let inside = Inside::of(&page);
        if name == "at the top" {
            inside.wait_for("article .qt");
        }
        // As a reader scrolls, by steps.
        for _ in 0..8 {
            page.js("scrollBy({ top: 300, behavior: 'instant' })");
            std::thread::sleep(std::time::Duration::from_millis(60));
        }
        inside.wait_for("article .qt");
        std::thread::sleep(std::time::Duration::from_millis(300));
        let moved = page.js("return window.moved");
        assert_eq!(page.js("return window.shift"), json!(0), "{name}: {moved}");
    }
}

#[test]
fn a_server_of_the_hosts_own_keeps_comments() {
    let port = "0";
    let folder = std::env::temp_dir().join(format!("dixit-comments-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let example =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/own-comments/server.mjs");
    let mut node = std::process::Command::new("node");
    node.arg(&example).arg(Reply::dist()).arg(port).arg(folder.join("comments.json"));
    let Ok(mut server) = node.stdout(std::process::Stdio::piped()).spawn() else {
        return eprintln!("not tested, since there is no node");
    };
    let mut address = String::new();
    let stdout = server.stdout.take().expect("its output");
    std::io::BufRead::read_line(&mut std::io::BufReader::new(stdout), &mut address)
        .expect("its address");
    let site = Site::start();
    let page = Page::blank(&site);
    page.expect_violations();
    page.goto(address.trim());
    let inside = Inside::of(&page);
    inside.comment("Kept by a server");
    inside
        .wait_until("root.querySelector('.comment-list')?.innerText.includes('Kept by a server')");
    // Another browser sees it.
    let other = Page::blank(&site);
    other.expect_violations();
    other.goto(address.trim());
    let there = Inside::of(&other);
    there.to_comments();
    there.wait_until("root.querySelector('.comment-list')?.innerText.includes('Kept by a server')");
    // What lies beside the reader's folder is not given out.
    assert_eq!(status(address.trim(), "/reader/embed.js"), "200");
    assert_eq!(status(address.trim(), "/reader../Cargo.toml"), "404");
    server.kill().expect("the server ends");
    let _ = server.wait();
    let _ = std::fs::remove_dir_all(&folder);
}

/// What the server at `address`, such as `http://127.0.0.1:8090/`, answers to a path as it stands.
fn status(address: &str, path: &str) -> String {
    let host = address.trim_start_matches("http://").trim_end_matches('/');
    let mut stream = std::net::TcpStream::connect(host).expect("a server");
    let request = format!("GET {path} HTTP/1.0\r\n\r\n");
    std::io::Write::write_all(&mut stream, request.as_bytes()).expect("a request");
    let mut answer = Vec::new();
    std::io::Read::read_to_end(&mut stream, &mut answer).expect("an answer");
    let answer = String::from_utf8_lossy(&answer);
    answer.split(' ').nth(1).unwrap_or_default().to_owned()
}

#[test]
fn the_page_of_examples_is_live() {
    let site = Site::start();
    let page = Page::open(&site, "embedding.html");
    let icon =
        "return fetch(document.querySelector('link[rel=icon]').href).then((icon) => icon.ok)";
    assert_eq!(page.js(icon), json!(true), "the page has an icon");
    for n in 0..4 {
        let inside = Inside { page: &page, n };
        inside.js("host.scrollIntoView({ block: 'center' })");
        inside.wait_for("article .qt");
    }
    page.click("[data-call=collapseAll]");
    Inside { page: &page, n: 3 }.wait_for("article .qt.is-shut");
    page.wait_text("#heard", "dixit:quote");
    page.js("document.querySelector('iframe').scrollIntoView()");
    page.wait_until("document.querySelector('iframe').getBoundingClientRect().height > 700");
    page.js("scrollTo(0, 0)");
    page.shots("embedding");
}

#[test]
fn the_reader_has_the_code_to_copy() {
    // Of an article behind a link, as an element and as a frame.
    let reader = Site::shared();
    let page = Page::open(&reader, "?src=articles/harbour-vote.txt");
    page.click_button("Share and export");
    page.wait_for("#embed-element");
    page.js("navigator.clipboard.writeText = async (text) => { window.copied = text }");
    page.click_button("Copy embed code");
    page.wait_until("window.copied");
    let element = page.js("return window.copied");
    page.click_button("Copy frame code");
    page.wait_until("window.copied.includes('iframe')");
    let frame = page.js("return window.copied");
    let both = [element, frame].map(|code| code.as_str().unwrap_or_default().to_owned()).concat();
    let host = Site::hosting(format!("<!doctype html><title>Host</title>{both}"));
    let page = open(Browser::Chromium, &host);
    page.expect_violations();
    Inside::of(&page).wait_for("article .qt");
    page.js("document.querySelector('iframe').scrollIntoView()");
    page.wait_until("document.querySelector('iframe').getBoundingClientRect().height > 1000");

    // Of an article that only this browser has: it comes with the code.
    let page = Page::open(&reader, "");
    page.click("[data-act=paste]");
    let words = "Harbour\n\n“It is </script> over,” said Ann Lee, the mayor.";
    page.paste(".start-form textarea", words);
    page.click("[data-act=open-text]");
    page.wait_for("article .qt");
    page.click_button("Share and export");
    page.wait_for("#embed-element");
    let code = page.prop("#embed-element", "value").unwrap_or_default();
    assert!(!code.contains("embed.html"), "{code}");
    let host = Site::hosting(format!("<!doctype html><title>Host</title>{code}"));
    let page = open(Browser::Chromium, &host);
    page.expect_violations();
    let inside = Inside::of(&page);
    inside.wait_for("article .qt");
    assert!(inside.text(".qt").ends_with("“It is </script> over,”"));
}

#[test]
fn a_published_article_is_embedded_by_its_site() {
    let folder = crate::published::news();
    let site = Site::with(|request| {
        let reply = Reply::of_file(crate::published::news(), &request.path);
        Some(reply.header("Access-Control-Allow-Origin", "*"))
    });
    let page = Page::open(&site, "city/tram/");
    page.wait_for("#reader[data-live]");
    page.click_button("Share and export");
    page.wait_for("#embed-element");
    let code = page.prop("#embed-element", "value").unwrap_or_default();
    let host = Site::hosting(format!("<!doctype html><title>Host</title>{code}"));
    let other = open(Browser::Chromium, &host);
    other.expect_violations();
    let inside = Inside::of(&other);
    inside.wait_for("article .qt");
    let home = inside.js("return root.querySelector('.brand').href");
    assert_eq!(home, json!(site.url("city/tram/")));
    let asked = site.requests();
    assert!(asked.iter().all(|path| !path.contains("engine-")), "{asked:#?}");
    // What unfurls a link makes a frame of it.
    let oembed = std::fs::read_to_string(folder.join("city/tram/oembed.json")).expect("oEmbed");
    let oembed: Value = serde_json::from_str(&oembed).expect("JSON");
    assert_eq!(oembed["type"], "rich");
    let html = oembed["html"].as_str().unwrap_or_default();
    let html = html.replace("https://news.example/some/folder/", &site.url(""));
    let html =
        html.replace("https%3A//news.example/some/folder/", &site.url("").replace(':', "%3A"));
    let script = format!("<script type=\"module\" src=\"{}\"></script>", site.url("frame.js"));
    let host = Site::hosting(format!("<!doctype html><title>Host</title>{script}{html}"));
    let other = open(Browser::Chromium, &host);
    other.expect_violations();
    other.wait_until("document.querySelector('iframe').getBoundingClientRect().height > 700");
}

#[test]
fn one_that_was_away_for_long_begins_anew_where_it_was() {
    let site = Site::hosting(PLAIN);
    let page = Page::blank(&site);
    // A minute passes at once.
    page.before_load("const real = setTimeout; window.setTimeout = (f, time, ...more) => real(f, time === 60000 ? 20 : time, ...more)");
    page.goto(&site.url("host.html"));
    let inside = Inside::of(&page);
    inside.click("article .tog");
    inside.wait_for("article .qt.is-shut");
    inside.to_comments();
    inside.type_into(".comments textarea", "half a thought");
    inside.click(".views a:nth-child(2)");
    inside.wait_for(".lines .line");
    inside.js("window.away = host; host.remove()");
    page.wait_until("!window.away.shadowRoot.querySelector('.bar')");
    page.js("document.body.append(window.away)");
    inside.wait_for(".lines .line");
    inside.js("host.view = 'article'");
    inside.wait_for("article .qt.is-shut");
    inside.to_comments();
    inside.wait_until("root.querySelector('.comments textarea').value === 'half a thought'");
}

/// What twenty articles take beside one: until all are shown, and in memory. `-- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn twenty_beside_one() {
    let measure = |n: usize| {
        let element =
            "<dixit-article src=\"articles/harbour-vote.txt\" loading=\"eager\"></dixit-article>\n";
        let site =
            Site::hosting(MANY.replace("</body>", &[&element.repeat(n), "</body>"].concat()));
        let page = Page::blank(&site);
        page.before_load("const real = WebAssembly.instantiateStreaming; WebAssembly.instantiateStreaming = async (...given) => {
            const made = await real(...given); window.memory = made.instance.exports.memory ?? window.memory; return made; }");
        page.goto(&site.url("host.html"));
        let time = page.js_async("await Promise.all([...document.querySelectorAll('dixit-article')].map((host) => host.show())); return performance.now()");
        page.cdp("HeapProfiler.collectGarbage", json!({}));
        let heap = page.js("return performance.memory.usedJSHeapSize / 1e6 + window.memory.buffer.byteLength / 1e6");
        (time.as_f64().expect("a time"), heap.as_f64().expect("a size"))
    };
    let mut runs: Vec<[f64; 4]> = (0..5)
        .map(|_| {
            let ((time, heap), (times, heaps)) = (measure(1), measure(20));
            [time, times / time, heap, heaps / heap]
        })
        .collect();
    let mut median = |n: usize| {
        runs.sort_by(|a, b| a[n].total_cmp(&b[n]));
        runs[2][n]
    };
    println!(
        "one article: {:.0} ms, {:.1} MB of JavaScript and Wasm; twenty: {:.1} times the time, {:.1} times the memory",
        median(0),
        median(2),
        median(1),
        median(3)
    );
}

#[test]
fn addresses_that_are_none_are_refused_in_words() {
    let site = Site::hosting(with_script(PLAIN, HEARING));
    let page = open(Browser::Chromium, &site);
    let inside = Inside::of(&page);
    inside.wait_for("article .qt");
    for (src, word) in [
        ("https://", "web address"),
        ("javascript:window.ran = 1//who-said-what.json", "javascript:"),
        ("data:text/plain,x", "data:"),
        ("ftp://a.example/who-said-what.json", "ftp:"),
    ] {
        inside.js(&format!("window.heard = []; host.src = {}", json!(src)));
        inside.wait_until("window.heard.some(([name]) => name === 'error')");
        let heard = page.js("return window.heard[0][1].message");
        assert!(heard.as_str().is_some_and(|said| said.contains(word)), "{src}: {heard}");
    }
    assert_eq!(page.js("return window.ran ?? null"), json!(null));
    assert_eq!(inside.js("return [...root.querySelectorAll('a')].filter((a) => !/^(https?:|$)/.test(a.href)).length"), json!(0));
    // In a frame's address.
    page.goto(&site.url("embed.html?src=https://"));
    inside.wait_until("root.querySelector('.note')?.innerText.includes('web address')");
}
