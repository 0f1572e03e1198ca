//! The transcript, the speakers, the filters and the keys.

use serde_json::json;

use crate::harness::{Page, Site};

const SAMPLE: &str = "?src=articles/harbour-vote.txt";

fn sample(more: &str) -> Page {
    let page = Page::open(&Site::start(), &[SAMPLE, more].concat());
    page.wait_for("main h1");
    page
}

/// Clicks the link of a view in the bar.
fn view(page: &Page, name: &str) {
    page.click(&format!("//nav[@class='views']/a[.='{name}']"));
    page.wait_for(&format!("//nav[@class='views']/a[.='{name}'][@aria-current='page']"));
}

fn search(page: &Page) -> String {
    page.js("return location.search").as_str().unwrap_or_default().to_owned()
}

#[test]
fn the_transcript_holds_every_quotation_word_for_word() {
    let page = sample("");
    let wanted = page.js("return [...document.querySelectorAll('.body .qt')].map((q) => { const c = q.cloneNode(true); \
        c.querySelectorAll('.vh').forEach((n) => n.remove()); return c.textContent.trim(); })");
    view(&page, "Transcript");
    page.wait_for(".lines .said");
    assert!(search(&page).contains("view=transcript"));
    let said = page
        .js("return [...document.querySelectorAll('.said')].map((s) => s.textContent).join('\\n')");
    let said = said.as_str().unwrap_or_default();
    for quotation in wanted.as_array().expect("a list") {
        let words = quotation.as_str().unwrap_or_default();
        assert!(said.contains(words), "{words} is not in {said}");
    }
    assert!(page.count(".line .speaker .badge") > 2);
    assert!(page.count(".say.is-reported") > 0);
    page.shots("transcript");
    // The context on demand, and the way to the place.
    page.click(".line .ctx summary");
    page.wait_for(".ctx[open] .place");
    page.click(".ctx[open] .place");
    page.wait_for(".body .is-here");
    assert!(!search(&page).contains("view="));
    // Back is back.
    page.js("history.back()");
    page.wait_for(".lines");
}

#[test]
fn speakers_have_cards_and_two_are_compared() {
    let page = sample("&view=speakers");
    page.wait_for(".vc");
    let n = page.count(".vc");
    assert!(n > 2, "{n}");
    assert!(page.text(".kicker").contains("voices"));
    assert!(page.text(".vc .n").contains('%'));
    page.shots("speakers");
    page.click(".vc:nth-child(1) [data-do=compare]");
    page.wait_text(".comparing", "Choose whom");
    page.click(".vc:nth-child(2) [data-do=compare]");
    page.wait_for(".cards.is-pair");
    assert_eq!(page.count(".vc"), 2);
    assert!(search(&page).contains("beside=s-"));
    page.shots("speakers-pair");
    let address = search(&page);
    page.js("location.reload()");
    page.wait_for(".cards.is-pair");
    assert_eq!(search(&page), address);
    page.click("[data-do=compare-end]");
    page.wait_until(&format!("document.querySelectorAll('.vc').length === {n}"));
    page.click(".vc .place");
    page.wait_for(".body .is-here");
}

#[test]
fn filters_leave_out_and_recede_and_survive_a_reload() {
    let page = sample("&view=transcript");
    page.wait_for(".lines");
    let all = page.count(".line");
    page.click_button("Reported");
    page.wait_until("!document.querySelector('.say:not(.is-reported)')");
    let reported = page.count(".line");
    assert!(reported > 0 && reported < all, "{reported} of {all}");
    assert_eq!(page.count(".line") + hidden(&page), all);
    page.js("location.reload()");
    page.wait_until(&format!("document.querySelectorAll('.line').length === {reported}"));
    view(&page, "Article");
    page.wait_for(".body .qt.is-dim");
    assert_eq!(page.count(".body .qt.c1:not(.is-dim)"), 0);
    page.wait_for(".filter[open]");
    page.click_button("Show all");
    page.wait_gone(".body .is-dim");
    assert!(!search(&page).contains("only="));
}

fn hidden(page: &Page) -> usize {
    let words = page.text(".left-out");
    words.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap_or(0)
}

#[test]
fn words_and_voices_are_found_in_the_transcript() {
    let page = sample("");
    page.js("document.activeElement.blur()");
    page.press("/");
    page.wait_for(".find");
    page.wait_until("document.activeElement.matches('[data-find]')");
    page.press("quay");
    page.wait_for(".left-out");
    let found = page.js(
        "return [...document.querySelectorAll('.line')].every((l) => /quay/i.test(l.textContent))",
    );
    assert_eq!(found, json!(true));
    page.press("zzz");
    page.wait_for(".nothing");
}

#[test]
fn keys_lead_through_the_article_and_can_be_switched_off() {
    let page = sample("");
    page.wait_for(".tog");
    page.press("j");
    page.wait_for(".qt.is-here");
    let first = page.attr(".qt.is-here", "data-quotation");
    page.press("j");
    page.wait_until(&format!(
        "document.querySelector('.qt.is-here')?.dataset.quotation !== '{}'",
        first.clone().unwrap_or_default()
    ));
    page.press("k");
    page.wait_until(&format!(
        "document.querySelector('.qt.is-here')?.dataset.quotation === '{}'",
        first.unwrap_or_default()
    ));
    page.press("X");
    page.wait_for(".qt.is-shut");
    page.press("X");
    page.wait_gone(".qt.is-shut");
    page.press("t");
    page.wait_for(".lines");
    page.press("t");
    page.wait_for(".body");
    page.press("?");
    page.wait_for("dialog.tool[open] .keys");
    page.shots("keys");
    // A letter in a dialog or a field is a letter.
    page.press("t");
    assert_eq!(page.count(".lines"), 0);
    page.click_button("Listen to single keys");
    page.wait_for("[data-do=keys][aria-pressed=false]");
    page.click_button("Close");
    page.wait_gone("dialog.tool[open]");
    page.js("document.activeElement.blur()");
    page.press("t");
    page.press("?");
    assert_eq!(page.count(".lines, dialog.tool[open]"), 0);
    page.js("location.reload()");
    page.wait_for(".tog");
    page.press("t");
    assert_eq!(page.count(".lines"), 0);
}

#[test]
fn folded_quotations_survive_a_reload() {
    let page = sample("");
    page.click(".tog");
    page.wait_for(".qt.is-shut");
    let id = page.attr(".qt.is-shut", "id");
    page.js("location.reload()");
    page.wait_for(".qt.is-shut");
    assert_eq!(page.attr(".qt.is-shut", "id"), id);
    assert_eq!(page.count(".qt.is-shut"), 1);
    page.click(".qt.is-shut .tog");
    page.wait_gone(".qt.is-shut");
    page.js("location.reload()");
    page.wait_for(".tog");
    assert_eq!(page.count(".qt.is-shut"), 0);
}
