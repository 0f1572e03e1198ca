//! The languages of the interface: chosen by the browser or by the reader, complete, and from right to left.

use std::collections::BTreeMap;

use serde_json::json;

use crate::harness::{Page, Reply, Site, TALL};

const SAMPLE: &str = "?src=articles/harbour-vote.txt";

/// A page of a browser that prefers `languages`, such as `de-AT,en`.
#[track_caller]
fn preferring(site: &Site, languages: &str, path: &str) -> Page {
    let page = Page::blank(site);
    page.prefer("prefers-reduced-motion", "reduce");
    let agent = page.js("return navigator.userAgent");
    let agent = json!({ "userAgent": agent, "acceptLanguage": languages });
    page.cdp("Emulation.setUserAgentOverride", agent);
    page.goto(&site.url(path));
    page
}

fn root(page: &Page) -> (String, String) {
    let root = page.js("return [document.documentElement.lang, document.documentElement.dir]");
    let field = |n: usize| root[n].as_str().unwrap_or_default().to_owned();
    (field(0), field(1))
}

/// Chooses a language in the menu, whatever language the menu is in.
#[track_caller]
fn choose(page: &Page, tag: &str) {
    page.wait_for("button.ico[aria-expanded]");
    if page.count(".look-menu") == 0 {
        page.click("button.ico[aria-expanded]");
    }
    page.wait_for(".look-menu");
    page.js(&format!(
        "const select = document.querySelector('[name=dixit-language]');
        select.value = '{tag}';
        select.dispatchEvent(new Event('change', {{ bubbles: true }}))"
    ));
    let lang = if tag == "system" { "en" } else { tag };
    page.wait_until(&format!("document.documentElement.lang === '{lang}'"));
}

#[test]
fn the_browsers_language_is_spoken() {
    for (languages, tag, direction, heading, voices) in [
        ("de-AT,en", "de", "ltr", "Keine Kommentare", "Wer was gesagt hat"),
        ("fr,mk-MK,en", "mk", "ltr", "Нема коментари", "Кој што рекол"),
        ("ar-EG", "ar", "rtl", "لا تعليقات", "من قال ماذا"),
        ("fr,es", "en", "ltr", "No comments", "Who said what"),
        ("en-GB,de", "en", "ltr", "No comments", "Who said what"),
    ] {
        let page = preferring(&Site::start(), languages, SAMPLE);
        page.to_comments();
        page.wait_text(".comments h2", heading);
        assert_eq!(root(&page), (tag.to_owned(), direction.to_owned()), "{languages}");
        assert_eq!(page.text(".who-said h2"), voices);
        // The article keeps its own language and direction.
        assert_eq!(page.attr("main article", "lang").as_deref(), Some("en"));
        assert_eq!(page.attr("main article", "dir").as_deref(), Some("ltr"));
        let fetched = page.requests().iter().filter(|url| url.contains("/words/")).count();
        assert_eq!(fetched, usize::from(tag != "en"));
    }
}

#[test]
fn another_language_counts_at_once_and_after_a_reload() {
    let site = Site::start();
    let page = preferring(&site, "en", SAMPLE);
    page.to_comments();
    page.type_into(".comments textarea", "half a thought");
    page.js("document.querySelector('.tog').click()");
    page.wait_for(".qt.is-shut");
    choose(&page, "de");
    page.wait_text(".comments h2", "Keine Kommentare");
    assert_eq!(page.text(".look-menu legend"), "Textgröße");
    // Nothing typed, folded or opened is lost.
    assert_eq!(page.prop(".comments textarea", "value").as_deref(), Some("half a thought"));
    assert_eq!(page.count(".qt.is-shut"), 1);
    assert_eq!(page.attr(".is-shut .count", "data-words").as_deref(), Some("16 Wörter"));
    page.js("document.querySelector('.comments .pri').click()");
    page.wait_text(".comments-status", "Gespeichert");
    assert_eq!(page.text(".comments h2"), "1 Kommentar");
    assert!(page.attr(".comment time", "title").is_some_and(|title| title.contains(" um ")));
    page.reload();
    page.wait_text(".comments h2", "1 Kommentar");
    assert_eq!(root(&page).0, "de");
    choose(&page, "ar");
    page.wait_text(".comments h2", "تعليق واحد");
    choose(&page, "system");
    page.wait_text(".comments h2", "1 comment");
    assert_eq!(
        page.storage().get("dixit/1/settings").map(|s| s.contains("\"language\":\"system\"")),
        Some(true)
    );
}

#[test]
fn what_is_typed_on_the_start_page_stays_in_another_language() {
    let page = Page::open(&Site::start(), "");
    page.click_button("Paste");
    page.wait_for(".start-form textarea");
    page.type_into(".start-form textarea", "A text that is not yet opened.");
    choose(&page, "mk");
    page.wait_text("main h1", "Видете кој што рекол.");
    assert_eq!(
        page.prop(".start-form textarea", "value").as_deref(),
        Some("A text that is not yet opened.")
    );
    assert_eq!(page.js("return document.title"), json!("Dixit: видете кој што рекол"));
}

#[test]
fn words_that_do_not_come_leave_the_page_in_english() {
    let site = Site::with(|request| {
        request.path.ends_with("/words/de.json").then(|| Reply::new(500, "text/plain", "no"))
    });
    let page = preferring(&site, "de", "");
    page.wait_text("main h1", "See who said what.");
    assert_eq!(root(&page), ("en".to_owned(), "ltr".to_owned()));
    let said = |line: &String| line.contains("“de”") && line.contains("500");
    page.eventually("the console says so", || page.console().iter().any(said));
}

#[test]
fn arabic_turns_the_page_and_not_the_article() {
    let page = preferring(&Site::start(), "ar", SAMPLE);
    page.to_comments();
    page.wait_text(".comments h2", "لا تعليقات");
    let left = |selector: &str| {
        let script =
            format!("return document.querySelector('{selector}').getBoundingClientRect().left");
        page.js(&script).as_f64().expect("a place")
    };
    // The panel, which is beside the article, changes sides; the bar begins at the right.
    assert!(left(".brand") > left("button.ico[aria-expanded]"));
    let align = "return getComputedStyle(document.querySelector('.body p')).direction";
    assert_eq!(page.js(align), json!("ltr"));
    assert_eq!(page.js("return document.documentElement.scrollWidth > innerWidth"), json!(false));
    page.resize(TALL);
    assert_eq!(page.js("return document.documentElement.scrollWidth > innerWidth"), json!(false));
}

#[test]
fn every_language_looks_well() {
    for tag in ["de", "mk", "ar"] {
        let page = preferring(&Site::start(), tag, "");
        page.wait_for(".start-article");
        page.shots(&format!("words-{tag}-start"));
        page.goto(&page_url(&page, SAMPLE));
        page.to_comments();
        page.js("document.querySelector('.voice-row').click()");
        page.wait_for(".steps");
        page.shots(&format!("words-{tag}-article"));
        page.js("document.querySelector('.why').click()");
        page.wait_for(".note-why");
        page.js("document.querySelector('.note-why').scrollIntoView({ block: 'center', behavior: 'instant' })");
        page.shots(&format!("words-{tag}-why"));
        page.js("document.querySelector('.comments').scrollIntoView({ behavior: 'instant' })");
        page.shots(&format!("words-{tag}-comments"));
        page.js("scrollTo(0, 0); document.querySelector('button.ico[aria-expanded]').click()");
        page.wait_for(".look-menu");
        page.shots(&format!("words-{tag}-menu"));
        for size in [(1440, 1100), TALL, (320, 700)] {
            page.resize(size);
            let wide = page.js("return document.documentElement.scrollWidth - innerWidth");
            assert!(wide.as_i64().is_some_and(|wide| wide <= 0), "{tag} {size:?}: {wide} too wide");
        }
    }
}

fn page_url(page: &Page, path: &str) -> String {
    let address = page.address();
    format!("{}{path}", address.split('?').next().unwrap_or_default())
}

/// The built site, where Macedonian is English in ⟦brackets⟧.
fn in_brackets() -> Site {
    Site::with(|request| {
        if !request.path.ends_with("/words/mk.json") {
            return None;
        }
        let words = Reply::built(&request.path).body;
        let words: BTreeMap<String, String> = serde_json::from_slice(&words).expect("words");
        let words: BTreeMap<&String, String> = words
            .keys()
            .map(|key| {
                let english = key.strip_suffix("_one").or_else(|| key.strip_suffix("_other"));
                (key, format!("⟦{}⟧", english.unwrap_or(key)))
            })
            .collect();
        let json = serde_json::to_vec(&words).expect("JSON");
        Some(Reply::new(200, "application/json", json))
    })
}

/// What is to be seen or heard and not in brackets, besides names, the article's words and the reader's own.
const UNTRANSLATED: &str = r#"
    // Words of articles, names, comments, times (the browser's own words), brand, keys, names of languages.
    const theirs = `article .body .blk, article h1, article .kicker, .related, .more h3, .more p, bdi:not([lang=mk]), q,
        .comment-body, textarea, time, .brand, kbd, option[lang], .set-aside li, .role,
        .start-article > a, .trouble-text, .cited, dialog :is(pre, b, option[value]), .badge, .comment-badge`;
    const letters = /\p{L}/u;
    const outside = (words) => {
        let depth = 0, out = "";
        for (const c of words) {
            if (c === "⟦") depth += 1;
            else if (c === "⟧") depth -= 1;
            else if (depth === 0) out += c;
        }
        return out;
    };
    const bad = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let depth = 0;
    while (walker.nextNode()) {
        const node = walker.currentNode;
        if (!node.parentElement.checkVisibility()) continue;
        let out = "";
        for (const c of node.data) {
            if (c === "⟦") depth += 1;
            else if (c === "⟧") depth -= 1;
            else if (depth === 0) out += c;
        }
        const dixits = node.parentElement.closest(".note-why, .tog, .why");
        if (letters.test(out) && out.trim() !== "Aa" && (dixits || !node.parentElement.closest(theirs))) {
            bad.push(`${node.parentElement.outerHTML.slice(0, 120)}: ${out}`);
        }
    }
    const names = [...document.querySelectorAll(".name, .chip bdi")].map((name) => name.textContent);
    for (const element of document.body.querySelectorAll("*")) {
        if (!element.checkVisibility() || element.matches("time")) continue;
        for (const name of ["aria-label", "title", "placeholder", "alt", "data-words", "aria-description", "aria-roledescription", "aria-valuetext"]) {
            const words = element.getAttribute(name) ?? "";
            const out = outside(words);
            if (letters.test(out) && !names.includes(out) && out !== "https://") bad.push(`${name}=${words}`);
        }
    }
    if (letters.test(outside(document.title).replace("Dixit", "").replace(document.querySelector("article h1")?.textContent ?? "", ""))) bad.push(document.title);
    return bad;
"#;

#[track_caller]
fn all_translated(page: &Page, place: &str) {
    let bad = page.js(UNTRANSLATED);
    assert_eq!(bad, json!([]), "untranslated: {place}");
}

/// Opens every dialog that a button on the page leads to.
#[track_caller]
fn dialogs(page: &Page) {
    let acts = page.js(
        "const acts = [...document.querySelectorAll('[data-do^=tool-]')].map((button) => button.dataset.do);
        return [...new Set(acts)].filter((act) => act !== 'tool-close')",
    );
    let acts: Vec<String> = serde_json::from_value(acts).expect("names of acts");
    for act in acts {
        page.js(&format!("document.querySelector('[data-do={act}]').click()"));
        page.wait_for("dialog[open] h2");
        all_translated(page, &act);
        page.screenshot(&format!("words-brackets-{act}"));
        page.js("document.querySelector('dialog [data-do=tool-close]').click()");
        page.wait_gone("dialog[open]");
    }
}

#[test]
fn nothing_is_left_in_english() {
    let site = in_brackets();
    let page = preferring(&site, "mk", "");
    page.wait_for(".start-article");
    all_translated(&page, "start page");
    page.js("document.querySelector('[data-act=paste]').click()");
    page.wait_for(".start-form");
    page.js("document.querySelector('[data-act=open-text]').click()");
    page.wait_for(".is-alert");
    all_translated(&page, "an empty text");
    page.js("document.querySelector('[data-act=link]').click()");
    page.wait_for(".start-form input");
    all_translated(&page, "a link");
    page.goto(&site.url("?src=articles/none.txt"));
    page.wait_for(".trouble");
    all_translated(&page, "trouble");
    page.goto(&site.url(SAMPLE));
    page.to_comments();
    all_translated(&page, "article");
    page.js("document.querySelector('.tog').click(); document.querySelector('.voice-row').click()");
    page.wait_for(".steps");
    page.js("document.querySelector('[data-do=step]').click()");
    all_translated(&page, "a chosen speaker");
    for n in 0..page.count(".why") {
        page.js(&format!("document.querySelectorAll('.why')[{n}].click()"));
        page.wait_for(".note-why");
        all_translated(&page, "a reason");
        page.js("document.querySelector('.note-why [data-do=close]').click()");
        page.wait_gone(".note-why");
    }
    page.js("document.querySelectorAll('.why')[0].click()");
    page.wait_for(".note-why");
    dialogs(&page);
    page.js("document.querySelectorAll('details').forEach((details) => { details.open = true })");
    page.type_into(".comments textarea", "words");
    page.click(".comments .pri");
    page.wait_for(".comment");
    all_translated(&page, "a comment");
    page.js("document.querySelector('[data-act=edit]').click()");
    page.wait_for(".comment textarea");
    all_translated(&page, "a comment being edited");
    page.js("document.querySelector('[data-act=cancel]').click()");
    page.wait_gone(".comment textarea");
    page.js("document.querySelector('[data-act=delete]').click()");
    page.wait_for(".is-deleted");
    all_translated(&page, "a deleted comment");
    page.js("document.querySelector('button.ico[aria-expanded]').click()");
    page.wait_for(".look-menu");
    all_translated(&page, "the menu");
}

#[test]
fn plurals_are_those_that_the_browser_knows() {
    let page = Page::open(&Site::start(), "");
    for tag in ["de", "mk", "ar"] {
        let script = format!(
            "return new Intl.PluralRules('{tag}').resolvedOptions().pluralCategories.sort()"
        );
        let known = page.js(&script);
        let file = format!("{}/static/words/{tag}.json", env!("CARGO_MANIFEST_DIR"));
        let words = std::fs::read_to_string(file).expect("a file of words");
        let words: BTreeMap<String, String> = serde_json::from_str(&words).expect("flat JSON");
        let categories: Vec<&str> =
            words.keys().filter_map(|key| key.strip_prefix("{} quotes_")).collect();
        assert_eq!(known, json!(categories), "{tag}");
    }
}
