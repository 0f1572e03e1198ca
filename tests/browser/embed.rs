//! The element `<dixit-article>` on pages of others.

use serde_json::{Value, json};

use crate::harness::{Browser, Page, Reply, Site};

const PLAIN: &str = include_str!("../hosts/plain.html");
const WRAPPED: &str = include_str!("../hosts/wrapped.html");
const HOSTILE: &str = include_str!("../hosts/hostile.html");
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

/// The same tests in every browser, each by its own name.
macro_rules! in_every_browser {
    ($($name:ident)+) => {
        mod chromium {
            $(#[test] fn $name() { super::$name(super::Browser::Chromium) })+
        }
        mod firefox {
            $(#[test] fn $name() { super::Browser::Firefox.run(super::$name) })+
        }
        mod webkit {
            $(#[test] fn $name() { super::Browser::WebKit.run(super::$name) })+
        }
    };
}

in_every_browser! {
    an_element_shows_who_said_what_and_leaves_the_page_alone
    quotations_fold_and_speakers_are_chosen_inside
    the_pages_own_html_is_the_article_and_stays_where_scripts_do_not_run
    styles_of_the_page_do_not_reach_in
    a_strict_policy_is_kept
    properties_methods_and_attributes
    an_element_that_moves_keeps_what_was_done_in_it
    what_cannot_be_shown_is_said_and_the_pages_own_html_stays
    two_versions_and_an_older_element_of_the_name
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
