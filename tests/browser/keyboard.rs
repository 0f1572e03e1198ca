//! Each task by keys alone, from the page as it loads; whatever has the focus shows it.

use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::harness::{Page, Site};

const SAMPLE: &str = "?src=articles/harbour-vote.txt";

#[track_caller]
fn open(site: &Site, path: &str) -> Page {
    let page = Page::blank(site);
    page.prefer("prefers-reduced-motion", "reduce");
    page.goto(&site.url(path));
    page.wait_for("main h1");
    page
}

/// What has the focus: its tag, and its name.
fn focused(page: &Page) -> String {
    let focused = page.js("const e = document.activeElement;
        const name = e.ariaLabel ?? e.labels?.[0]?.textContent ?? e.textContent;
        return `${e.tagName.toLowerCase()} ${name.replace(/\\s+/g, ' ').trim().slice(0, 90)}`");
    focused.as_str().unwrap_or_default().to_owned()
}

/// Whether what has the focus is on the screen and shows that it has it.
fn is_shown(page: &Page) -> Value {
    page.js(
        "const e = document.activeElement, at = e.closest('label') ?? e;
        const box = at.getBoundingClientRect();
        const seen = box.bottom > 0 && box.top < innerHeight && box.width > 0;
        const marks = [e, e.nextElementSibling, e.closest('label'), e.parentElement].filter(Boolean);
        const marked = marks.some((m) => { const s = getComputedStyle(m); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 })
            || e.matches('textarea, input') && getComputedStyle(e.closest('.comment-box, label') ?? e).borderStyle !== 'none';
        return [seen, marked]",
    )
}

/// Presses Tab until something whose tag and name begin so has the focus.
#[track_caller]
fn tab_to(page: &Page, wanted: &str) {
    let mut way = Vec::new();
    for _ in 0..120 {
        page.press(&Key::Tab.to_string());
        let now = focused(page);
        if !now.starts_with("body") {
            assert_eq!(is_shown(page), json!([true, true]), "{now}");
        }
        if now.starts_with(wanted) {
            return;
        }
        way.push(now);
    }
    panic!("{wanted:?} is not reached: {way:#?}");
}

fn enter(page: &Page) {
    page.press(&Key::Enter.to_string());
}

fn escape(page: &Page) {
    page.press(&Key::Escape.to_string());
}

#[test]
fn a_sample_opens_and_a_voice_leads_through_it() {
    let page = open(&Site::start(), "");
    page.wait_for(".start-article a");
    tab_to(&page, "a Port Ellis votes");
    enter(&page);
    page.wait_for(".tog");
    page.eventually("the focus on the headline", || focused(&page).starts_with("h1 Port Ellis"));
    tab_to(&page, "button Ann Lee");
    enter(&page);
    page.wait_for(".steps");
    tab_to(&page, "button Next statement");
    enter(&page);
    page.wait_for(".is-here");
    escape(&page);
    page.wait_gone(".steps");
}

#[test]
fn the_order_of_the_focus_is_that_of_the_page() {
    let page = open(&Site::start(), SAMPLE);
    page.wait_for(".tog");
    let mut places = Vec::new();
    for _ in 0..60 {
        page.press(&Key::Tab.to_string());
        let place = page.js(
            "const e = document.activeElement;
            if (e === document.body) return null;
            return ['.bar', '.who-said', 'article', '.comments'].findIndex((part) => e.closest(part))",
        );
        if let Some(place) = place.as_i64().filter(|place| *place >= 0) {
            places.push(place);
        }
    }
    let mut sorted = places.clone();
    sorted.sort_unstable();
    assert_eq!(places, sorted, "bar, voices, article, comments");
    assert!(places.contains(&0) && places.contains(&1) && places.contains(&2));
}

#[test]
fn a_statement_is_corrected_and_the_correction_undone() {
    let page = open(&Site::start(), SAMPLE);
    page.wait_for(".tog");
    tab_to(&page, "button Why Tom Reyes?");
    enter(&page);
    page.wait_for(".note-why-title");
    page.wait_until("document.activeElement.matches('.note-why')");
    tab_to(&page, "button Correct");
    enter(&page);
    page.wait_for("dialog[open] .choice");
    page.wait_until("document.activeElement.closest('dialog')");
    tab_to(&page, "input");
    page.press(&Key::Down.to_string());
    page.wait_until("document.activeElement.type === 'radio' && document.activeElement.checked");
    tab_to(&page, "button Save correction");
    enter(&page);
    page.wait_gone("dialog[open]");
    page.wait_text(".note-why", "You corrected this.");
    tab_to(&page, "button Undo the correction");
    enter(&page);
    page.wait_until(
        "!document.querySelector('.note-why')?.textContent.includes('You corrected this.')",
    );
}

#[test]
fn views_are_changed_words_are_found_and_speakers_compared() {
    let page = open(&Site::start(), SAMPLE);
    page.wait_for(".tog");
    page.press("/");
    page.wait_until("document.activeElement.matches('[data-find]')");
    page.press("mud");
    page.wait_for(".left-out");
    tab_to(&page, "summary");
    enter(&page);
    tab_to(&page, "button Show in the article");
    enter(&page);
    page.wait_for("article .is-here");
    tab_to(&page, "a Speakers");
    enter(&page);
    page.wait_for(".cards");
    tab_to(&page, "button Compare");
    enter(&page);
    page.wait_for(".comparing");
    tab_to(&page, "button Compare");
    enter(&page);
    page.wait_for(".is-pair");
}

#[test]
fn a_link_is_copied_and_a_file_saved_and_the_focus_comes_back() {
    let page = open(&Site::start(), SAMPLE);
    page.wait_for(".tog");
    page.js(
        "globalThis.kept = []; navigator.clipboard.writeText = async (text) => { kept.push(text) }",
    );
    tab_to(&page, "button Share and export");
    enter(&page);
    page.wait_for("dialog[open] .export-formats");
    tab_to(&page, "button Copy link");
    enter(&page);
    page.wait_until("kept.length === 1 && kept[0].includes('harbour-vote.txt')");
    tab_to(&page, "input CSV");
    page.press(&Key::Down.to_string());
    page.wait_until("document.querySelector('.export-preview').value.startsWith('# ')");
    tab_to(&page, "button Download");
    escape(&page);
    page.wait_gone("dialog[open]");
    assert!(focused(&page).starts_with("button Share and export"), "{}", focused(&page));
}

#[test]
fn a_comment_is_written_and_the_look_is_changed() {
    let page = open(&Site::start(), SAMPLE);
    page.wait_for(".tog");
    page.press("c");
    page.wait_until("document.activeElement.matches('.comments textarea')");
    page.press("By keys alone");
    page.press(&format!("{}{}", char::from(Key::Control), char::from(Key::Enter)));
    page.wait_text(".comment-body", "By keys alone");
    page.js("document.activeElement.blur()");
    tab_to(&page, "button Text size, width and theme");
    enter(&page);
    page.wait_for(".look-menu");
    tab_to(&page, "input Medium");
    page.press(&Key::Right.to_string());
    page.wait_until("document.documentElement.dataset.size === 'large'");
    escape(&page);
    page.wait_gone(".look-menu");
    assert!(focused(&page).starts_with("button Text size"), "{}", focused(&page));
}

#[test]
fn a_comment_is_previewed_answered_changed_deleted_taken_back_and_listed() {
    let save = format!("{}{}", char::from(Key::Control), char::from(Key::Enter));
    let site = Site::start();
    let page = open(&site, SAMPLE);
    page.wait_for(".tog");
    page.press("c");
    page.wait_until("document.activeElement.matches('.comments textarea')");
    page.press("By *keys* alone");
    tab_to(&page, "button Preview");
    enter(&page);
    page.wait_for(".comment-preview em");
    tab_to(&page, "button Comment");
    enter(&page);
    page.wait_for(".comment em");
    tab_to(&page, "button Reply");
    enter(&page);
    page.wait_until("document.activeElement.matches('.comment textarea')");
    page.press("And a reply");
    page.press(&save);
    page.eventually("the reply", || page.count(".comment-body") == 2);
    page.eventually("the focus on Reply", || focused(&page).starts_with("button Reply"));
    tab_to(&page, "button Edit");
    enter(&page);
    page.wait_until("document.activeElement.matches('.comment textarea')");
    page.press(" indeed");
    page.press(&save);
    page.wait_text(".comments", "indeed");
    tab_to(&page, "button Delete");
    enter(&page);
    page.wait_until("document.activeElement.dataset.act === 'undo'");
    enter(&page);
    page.wait_until("document.activeElement.dataset.act === 'edit'");
    tab_to(&page, "button 1 reply");
    enter(&page);
    page.eventually("the reply is folded", || page.count(".comment-body") == 1);

    page.goto(&site.url(""));
    page.wait_for("[data-act=all-comments]");
    tab_to(&page, "button All my comments");
    enter(&page);
    page.wait_until("document.activeElement.id === 'all-comments'");
    tab_to(&page, "input Search my comments");
    page.press("a reply");
    page.eventually("one", || page.count(".all-comments .comment") == 1);
}

#[test]
fn the_keys_are_shown_switched_off_and_on() {
    let page = open(&Site::start(), SAMPLE);
    page.wait_for(".tog");
    page.press("?");
    page.wait_for("dialog[open] .keys");
    tab_to(&page, "button Listen to single keys");
    enter(&page);
    page.wait_for("[data-do=keys][aria-pressed=false]");
    escape(&page);
    page.wait_gone("dialog[open]");
    page.press("j");
    assert_eq!(page.count(".is-here"), 0);
    tab_to(&page, "button Share and export");
    enter(&page);
    page.wait_for("dialog[open] .export-formats");
    escape(&page);
    page.wait_gone("dialog[open]");
    page.js("localStorage.removeItem('dixit/1/settings'); location.reload()");
    page.wait_until("!document.querySelector('dialog[open]') && document.querySelector('.tog')");
    page.press("j");
    page.wait_for(".is-here");
}
