//! Corrections: made, kept, taken back, given on as a file, published, and refused where they must be.

use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::harness::{Page, Reply, Site};

const SAMPLE: &str = "?src=articles/harbour-vote.txt";
/// “I love those boats,” by Tom Reyes.
const BOATS: &str = "//*[contains(@class,'qt')][contains(.,'I love those boats')]";
const TITLE: &str = ".note-why-title";
const DIALOG: &str = "dialog.tool[open] ";

#[track_caller]
fn open(site: &Site, path: &str) -> Page {
    let page = Page::blank(site);
    page.prefer("prefers-reduced-motion", "reduce");
    page.goto(&site.url(path));
    page.wait_for(".qt");
    page
}

/// Opens the reason of the quotation that holds `words`, and from there the dialog.
#[track_caller]
fn ask(page: &Page, quotation: &str) {
    page.wait_for("textarea");
    if page.count(".note-why") == 0 {
        page.js("getSelection().removeAllRanges()");
        page.click(quotation);
    }
    page.wait_for(".note-why");
    page.click_button("Correct");
    page.wait_for(&format!("{DIALOG}.choice"));
}

#[track_caller]
fn choose(page: &Page, words: &str) {
    page.click(&format!("//dialog//label[contains(@class,'choice')][contains(.,'{words}')]"));
}

#[track_caller]
fn save(page: &Page) {
    page.click_button("Save correction");
    page.wait_gone("dialog.tool[open]");
}

/// The stored corrections, by key.
fn stored(page: &Page) -> Vec<(String, Value)> {
    let entries = page.storage().into_iter().filter(|(key, _)| key.starts_with("dixit/1/r/"));
    entries.map(|(key, json)| (key, serde_json::from_str(&json).unwrap_or_default())).collect()
}

/// Gives the file input of the list of corrections a file.
fn import(page: &Page, text: &str) {
    let script = "const [field, text] = arguments, data = new DataTransfer();
        data.items.add(new File([text], 'c.json', { type: 'application/json' }));
        field.files = data.files;
        field.dispatchEvent(new Event('change', { bubbles: true }));";
    let field = json!(page.find(&format!("{DIALOG}input[type=file]")));
    page.run(script, vec![field, json!(text)]);
}

#[test]
fn a_correction_wins_outlives_a_reload_and_is_undone() {
    let site = Site::start();
    let page = open(&site, SAMPLE);
    let row = ".voice-row .name";
    let before = page.texts(row);
    ask(&page, BOATS);
    page.wait_text(&format!("{DIALOG}.cited"), "I love those boats");
    page.wait_text(&format!("{DIALOG}.preview"), "Tom Reyes");
    page.shots("correct");
    choose(&page, "Ann Lee");
    page.wait_text(&format!("{DIALOG}.preview"), "Ann Lee");
    save(&page);
    page.wait_text(TITLE, "Ann Lee");
    page.wait_text(".note-why", "You corrected this.");
    page.wait_until(
        "[...document.querySelectorAll('[role=status]')].some(e => e.textContent.includes('Ann Lee is now credited'))",
    );
    page.shots("corrected");
    let entries = stored(&page);
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].1["do"], "credit");
    assert_eq!(entries[0].1["v"], 1);

    page.reload();
    page.wait_text(".correct-entry", "Corrections (1)");
    page.wait_for("textarea");
    page.click(BOATS);
    page.wait_text(TITLE, "Ann Lee");
    page.click_button("Undo the correction");
    page.wait_text(TITLE, "Tom Reyes");
    page.wait_text(".correct-entry", "Correct");
    assert_eq!(stored(&page), []);
    assert_eq!(page.texts(row), before);
    page.wait_until("document.activeElement.matches('.note-why')");
}

#[test]
fn a_new_speaker_nobody_and_no_quotation() {
    let site = Site::start();
    let page = open(&site, SAMPLE);
    ask(&page, BOATS);
    choose(&page, "Somebody else");
    page.click_button("Save correction");
    page.wait_text(&format!("{DIALOG}.trouble"), "Write a name.");
    page.type_into(&format!("{DIALOG}[name=name]"), "Wren Tully");
    page.type_into(&format!("{DIALOG}[name=role]"), "net maker");
    page.wait_text(&format!("{DIALOG}.preview"), "Wren Tully");
    page.shots("correct-new");
    page.press(&char::from(Key::Enter).to_string());
    page.wait_text(TITLE, "Wren Tully");
    page.wait_for("//*[@id='s-wren-tully'][contains(.,'net maker')]");

    ask(&page, BOATS);
    choose(&page, "Nobody, or it cannot be told");
    save(&page);
    page.wait_text(TITLE, "Nobody is named");
    page.wait_gone("#s-wren-tully");

    ask(&page, BOATS);
    choose(&page, "It is not a quotation");
    save(&page);
    page.wait_gone(".note-why");
    page.wait_gone(BOATS);
    page.wait_text(".correct-entry", "Corrections (3)");
    let body = page.text(".body");
    assert!(body.contains("“I love those boats,” Reyes said"), "the text stays as it is");
}

#[test]
fn speakers_are_renamed_merged_and_split() {
    let site = Site::start();
    let page = open(&site, SAMPLE);
    page.wait_for("textarea");
    let speaker = |name: &str| {
        page.click(".correct-entry button");
        page.click_button(&format!("Correct {name}"));
        page.wait_for(&format!("{DIALOG}.describing"));
    };
    speaker("Ann Lee");
    page.clear(&format!("{DIALOG}[name=name]"));
    page.type_into(&format!("{DIALOG}[name=name]"), "Anna Lee");
    page.shots("correct-speaker");
    save(&page);
    page.wait_text("#s-ann-lee .name", "Anna Lee");

    speaker("Dele Marsh");
    choose(&page, "It is the same as another speaker");
    choose(&page, "Tom Reyes");
    page.shots("correct-merge");
    save(&page);
    page.wait_gone("#s-dele-marsh");

    speaker("Tom Reyes");
    choose(&page, "Some of it is said by somebody else");
    choose(&page, "I love those boats");
    choose(&page, "Somebody else …");
    page.type_into(&format!("{DIALOG}[name=name]"), "Wren Tully");
    page.shots("correct-split");
    save(&page);
    page.wait_for("#s-wren-tully");

    page.click(".correct-entry button");
    page.wait_for(&format!("{DIALOG}.corrections"));
    page.shots("corrections");
    page.click_button("Undo correction 2");
    page.wait_for("#s-dele-marsh");
    page.click_button("Put the last one back");
    page.wait_gone("#s-dele-marsh");
    page.click_button("Close");
    page.reload();
    page.wait_for("#s-wren-tully");
    assert_eq!((page.count("#s-dele-marsh"), stored(&page).len()), (0, 3));
}

#[test]
fn what_was_chosen_stays_when_a_correction_comes() {
    let site = Site::start();
    let page = open(&site, &format!("{SAMPLE}&speaker=s-dele-marsh"));
    page.wait_for("#s-dele-marsh .is-chosen");
    page.click_button("Collapse all quotes");
    let shut = page.count(".qt.is-shut");
    page.wait_for("textarea");
    page.js("document.querySelector('#s-tom-reyes, .blk:nth-child(9)').scrollIntoView()");
    page.click(".correct-entry button");
    page.click_button("Correct Ann Lee");
    page.type_into(&format!("{DIALOG}[name=role]"), " of the port");
    save(&page);
    page.wait_text("#s-ann-lee .role", "of the port");
    assert_eq!(page.count(".qt.is-shut"), shut);
    assert!(shut > 3 && page.count("#s-dele-marsh .is-chosen") == 1);
    assert!(page.address().contains("speaker=s-dele-marsh"));
}

#[test]
fn a_file_is_saved_read_and_refused_in_words() {
    let site = Site::start();
    let page = open(&site, SAMPLE);
    ask(&page, BOATS);
    choose(&page, "Ann Lee");
    save(&page);
    page.wait_text(TITLE, "Ann Lee");
    page.js("const make = URL.createObjectURL; URL.createObjectURL = (blob) => { blob.text().then((text) => window.saved = text); return make.call(URL, blob); }; HTMLAnchorElement.prototype.click = () => {};");
    page.click(".correct-entry button");
    page.click_button("Save as a file");
    page.wait_until("window.saved");
    let file = page.js("return window.saved");
    let file = file.as_str().expect("a file").to_owned();
    let value: Value = serde_json::from_str(&file).expect("JSON");
    assert_eq!((&value["format"], &value["version"]), (&json!("dixit-corrections"), &json!(1)));
    assert_eq!(value["article"]["id"], json!(site.url("articles/harbour-vote.txt")));

    page.click_button("Undo correction 1");
    page.eventually("nothing kept", || stored(&page).is_empty());
    for (bad, words) in [
        ("{}", "not a file of corrections"),
        (r#"{"format":"dixit-corrections","version":2}"#, "newer version"),
        (
            r#"{"format":"dixit-corrections","version":1,"corrections":[{"do":"dance"}]}"#,
            "Correction 1",
        ),
    ] {
        import(&page, bad);
        page.wait_text(&format!("{DIALOG}.trouble"), words);
        assert_eq!(stored(&page), []);
    }
    import(&page, &file);
    page.wait_text(&format!("{DIALOG}.corrections"), "Ann Lee");
    let gone = r#"{"format":"dixit-corrections","version":1,"corrections":[
        {"do":"not","statements":[{"id":"q-elsewhere","words":"Words of another article"}]}]}"#;
    import(&page, gone);
    page.wait_text(&format!("{DIALOG}.lost"), "finds no place");
    assert_eq!(stored(&page).len(), 2);
}

#[test]
fn another_tab_follows_and_a_newer_version_is_left_alone() {
    let site = Site::start();
    let page = open(&site, SAMPLE);
    ask(&page, BOATS);
    choose(&page, "Ann Lee");
    save(&page);
    page.wait_text(TITLE, "Ann Lee");
    let (key, _) = stored(&page).remove(0);
    // What another tab does, as the browser tells it.
    let newer = r#"{"v":2,"id":"x","do":"sing"}"#;
    let script = "const [key, value] = arguments;
        if (value === null) localStorage.removeItem(key); else localStorage.setItem(key, value);
        dispatchEvent(new StorageEvent('storage', { key }));";
    page.run(script, vec![json!(key), json!(null)]);
    page.wait_text(TITLE, "Tom Reyes");
    page.run(script, vec![json!(key), json!(newer)]);
    page.wait_text(".correct-entry .trouble", "newer version");
    assert_eq!(page.storage()[&key], newer);
}

#[test]
fn where_nothing_can_be_kept_the_page_says_so() {
    let site = Site::start();
    let page = Page::blank(&site);
    page.before_load(
        "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }",
    );
    page.goto(&site.url(SAMPLE));
    page.wait_for(".qt");
    ask(&page, BOATS);
    choose(&page, "Ann Lee");
    save(&page);
    page.wait_text(TITLE, "Ann Lee");
    page.wait_text(".correct-entry .trouble", "will not survive a reload");
}

#[test]
fn corrections_published_beside_an_article_come_below_the_readers_own() {
    const FILE: &str = r#"{"format":"dixit-corrections","version":1,"corrections":[
        {"do":"credit","statements":[{"id":"?","words":"“I love those boats,”"}],
         "to":{"id":"s-wren-tully","name":"Wren Tully","new":{"name":"Wren Tully","kind":"person"}}}]}"#;
    let site = Site::with(|request| {
        let there = request.path == "articles/harbour.corrections.json";
        there.then(|| Reply::new(200, "application/json", FILE))
    });
    let path = format!("{SAMPLE}&corrections=articles/harbour.corrections.json");
    let page = open(&site, &path);
    page.wait_for("#s-wren-tully");
    page.wait_for("textarea");
    page.click(BOATS);
    page.wait_text(TITLE, "Wren Tully");
    page.wait_text(".note-why", "published beside the article");
    assert_eq!(page.count("[data-do=undo-correction]"), 0);
    ask(&page, BOATS);
    choose(&page, "Ann Lee");
    save(&page);
    page.wait_text(TITLE, "Ann Lee");
    page.click(".views a:nth-child(3)");
    page.wait_until("location.search.includes('view=speakers')");
    assert!(page.address().contains("corrections=articles"), "{}", page.address());

    let page = open(&site, &format!("{SAMPLE}&corrections=articles/none.json"));
    page.wait_text(".correct-entry .trouble", "nothing at this address");
    let page = open(&site, &format!("{SAMPLE}&corrections=javascript:alert(1)"));
    page.wait_text(".correct-entry .trouble", "were not read");
    let page = open(&Site::start(), SAMPLE);
    page.wait_for("textarea");
    assert!(!page.requests().iter().any(|url| url.contains("corrections")));
}

#[test]
fn a_statement_is_corrected_by_keyboard_alone() {
    let site = Site::start();
    let page = open(&site, SAMPLE);
    page.wait_for("textarea");
    page.js("[...document.querySelectorAll('.qt')].find((q) => q.textContent.includes('I love those boats')).querySelector('.why').focus()");
    page.press(&char::from(Key::Enter).to_string());
    page.wait_until("document.activeElement.matches('.note-why')");
    let tab_to = |what: &str| {
        for _ in 0..40 {
            page.press(&char::from(Key::Tab).to_string());
            if page.js(&format!("return document.activeElement.matches('{what}')")) == json!(true) {
                return;
            }
        }
        panic!("{what} cannot be reached");
    };
    tab_to("[data-do=tool-correct]");
    page.press(&char::from(Key::Enter).to_string());
    page.wait_for(&format!("{DIALOG}.choice"));
    tab_to("[name=who]:checked");
    page.press(&char::from(Key::Up).to_string());
    let chosen = page.text(&format!("{DIALOG}.preview"));
    assert!(!chosen.contains("Reyes"), "{chosen}");
    tab_to("[data-act=save]");
    page.press(&char::from(Key::Enter).to_string());
    page.wait_text(".note-why", "You corrected this.");
    page.wait_until("document.activeElement.closest('.note-why')");
}
