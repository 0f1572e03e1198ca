//! The comment box: writing, changing, deleting, and what storage may do to it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{Page, Site};

const SAMPLE: &str = "?src=articles/harbour-vote.txt";
const FIELD: &str = ".comments > .comment-box textarea";
const SAVE: &str = ".comments > .comment-box .pri";
const HEADING: &str = ".comments h2";
const BODY: &str = ".comment-body";

/// The sample with its comments.
#[track_caller]
fn open(site: &Site) -> Page {
    let page = Page::blank(site);
    // A page that scrolls by and by moves away under the pointer.
    page.prefer("prefers-reduced-motion", "reduce");
    page.goto(&site.url(SAMPLE));
    page.to_comments();
    page
}

/// The sample with its comments, after a script of ours.
#[track_caller]
fn open_with(site: &Site, script: &str) -> Page {
    let page = Page::blank(site);
    page.prefer("prefers-reduced-motion", "reduce");
    page.before_load(script);
    page.goto(&site.url(SAMPLE));
    page.to_comments();
    page
}

/// Leaves no room in local storage, by a key that is not ours.
fn fill_up(page: &Page) {
    page.js("localStorage.foreign = '';
         for (let n = 4194304; n >= 1; n = n / 2 | 0)
             try { while (true) localStorage.foreign += 'x'.repeat(n) } catch {}");
}

#[track_caller]
fn add(page: &Page, words: &str) {
    let n = page.count(BODY);
    page.type_into(FIELD, words);
    page.click(SAVE);
    page.eventually("one comment more", || page.count(BODY) == n + 1);
}

/// The stored comments, by key.
fn stored(page: &Page) -> Vec<(String, Value)> {
    let comments = page.storage().into_iter().filter(|(key, _)| key.starts_with("dixit/1/c/"));
    comments.map(|(key, json)| (key, serde_json::from_str(&json).unwrap_or_default())).collect()
}

/// What the browser's database holds.
fn vault(page: &Page) -> BTreeMap<String, String> {
    let entries = page.js_async(
        "return new Promise((done, failed) => {
             const opening = indexedDB.open('dixit');
             opening.onerror = () => failed(opening.error);
             opening.onsuccess = () => {
                 const store = opening.result.transaction('entries').objectStore('entries');
                 const [keys, values] = [store.getAllKeys(), store.getAll()];
                 values.onsuccess = () => {
                     opening.result.close();
                     done(Object.fromEntries(keys.result.map((key, n) => [key, values.result[n]])));
                 };
             };
         })",
    );
    serde_json::from_value(entries).expect("keys and texts")
}

/// A script before the page's own: a browser without a database.
const NO_DATABASE: &str = "Object.defineProperty(window, 'indexedDB', { value: undefined })";

/// The key of a comment on the sample.
fn key(site: &Site, id: &str) -> String {
    let article = site.url("articles/harbour-vote.txt").replace('/', "%2F");
    format!("dixit/1/c/{article}/{id}")
}

fn focused(page: &Page) -> String {
    let act =
        page.js("return document.activeElement.dataset.act ?? document.activeElement.tagName");
    act.as_str().unwrap_or_default().to_owned()
}

#[test]
fn comments_are_counted_kept_and_shown_as_text() {
    let site = Site::start();
    let page = open(&site);
    assert_eq!(page.text(HEADING), "No comments");
    let words = "<img src=x onerror=alert(1)> & <b>bold</b>\u{202e}";
    add(&page, words);
    page.wait_text(".comments-status", "Saved");
    assert_eq!(page.text(HEADING), "1 comment");
    assert_eq!(page.js("return document.querySelectorAll('.comment-body *').length"), json!(0));
    assert_eq!(focused(&page), "TEXTAREA");
    add(&page, "Another");
    assert_eq!(page.text(HEADING), "2 comments");

    let entries = stored(&page);
    assert_eq!(entries.len(), 2);
    for (stored_key, comment) in &entries {
        assert_eq!(*stored_key, key(&site, comment["id"].as_str().expect("an id")));
        assert_eq!(comment["v"], 1);
    }
    page.reload();
    page.wait_for(BODY);
    assert_eq!(page.texts(BODY), ["Another", words]);
    assert_eq!(entries, stored(&page));
    let time = page.attr(".comment time", "datetime").expect("a time");
    assert!(time.ends_with('Z') && page.attr(".comment time", "title").is_some(), "{time}");
    page.screenshot("comments");
}

#[test]
fn an_edit_replaces_the_words_and_says_so() {
    let site = Site::start();
    let page = open(&site);
    add(&page, "First words");
    page.click("[data-act=edit]");
    assert_eq!(focused(&page), "TEXTAREA");
    page.type_into(".comment textarea", " and more");
    page.click(".comment .pri");
    page.wait_text(BODY, "First words and more");
    page.wait_text(".comment-head", "edited");
    assert_eq!(focused(&page), "edit");
    let entries = stored(&page);
    assert_eq!(entries.len(), 1);
    let comment = &entries[0].1;
    assert_eq!(comment["body"], "First words and more");
    assert!(comment["edited"].is_i64() && comment["based_on"].is_string());
    assert_ne!(comment["based_on"], comment["revision"]);
}

/// What is kept of the stored comments when one is deleted and that is taken back: all but the revision.
fn lasting(page: &Page) -> Vec<Value> {
    let mut all = stored(page);
    for (_, comment) in &mut all {
        for name in ["revision", "based_on", "earlier"] {
            comment.as_object_mut().expect("an object").remove(name);
        }
    }
    all.into_iter().map(|(_, comment)| comment).collect()
}

#[test]
fn a_deletion_is_taken_back_byte_for_byte() {
    let site = Site::start();
    let page = open(&site);
    add(&page, "Not for long\n  🎉");
    let before = lasting(&page);
    page.click("[data-act=delete]");
    page.wait_for("[data-act=undo]");
    assert_eq!(page.text(HEADING), "No comments");
    page.eventually("the focus on undo", || focused(&page) == "undo");
    page.screenshot("comment-deleted");
    page.click("[data-act=undo]");
    page.wait_for(BODY);
    assert_eq!(page.text(HEADING), "1 comment");
    assert_eq!(lasting(&page), before);

    page.click("[data-act=delete]");
    page.wait_for("[data-act=undo]");
    page.reload();
    page.wait_text(".comments-deleted summary", "1 deleted comment");
    page.click(".comments-deleted summary");
    page.click("[data-act=undo]");
    page.wait_for(BODY);
    assert_eq!(lasting(&page), before);

    page.click("[data-act=delete]");
    page.wait_for("[data-act=undo]");
    page.reload();
    page.click(".comments-deleted summary");
    page.click_button("Remove for good");
    page.wait_gone(".comments-deleted");
    // What is left says that it was there, and no word of it.
    assert_eq!(stored(&page).len(), 1);
    for text in page.storage().values().chain(vault(&page).values()) {
        assert!(!text.contains("Not for long"), "{text}");
    }
    page.reload();
    page.to_comments();
    assert_eq!(page.count(".comment"), 0);
}

#[test]
fn drafts_survive_a_reload_each_in_its_place() {
    let site = Site::start();
    let page = open(&site);
    add(&page, "A comment");
    page.type_into(FIELD, "half a thought");
    page.click("[data-act=edit]");
    page.type_into(".comment textarea", ", changed");
    page.reload();
    page.wait_for(".comment textarea");
    assert_eq!(page.prop(FIELD, "value").as_deref(), Some("half a thought"));
    assert_eq!(page.prop(".comment textarea", "value").as_deref(), Some("A comment, changed"));
    page.click(".comment [data-act=cancel]");
    page.wait_text(BODY, "A comment");
    page.click(SAVE);
    page.wait_text(HEADING, "2 comments");
    assert!(page.storage().keys().all(|key| !key.starts_with("dixit/1/d/")));
}

#[test]
fn a_full_storage_is_said_and_nothing_typed_is_lost() {
    let site = Site::start();
    let page = open_with(&site, NO_DATABASE);
    add(&page, "There was room");
    page.wait_text(".comments-status", "may lose it");
    fill_up(&page);
    let before = stored(&page);
    page.type_into(FIELD, "There is no room");
    page.click(SAVE);
    page.wait_text(".comments [role=alert]", "no room left");
    assert_eq!(page.prop(FIELD, "value").as_deref(), Some("There is no room"));
    assert_eq!(stored(&page), before);
    page.screenshot("comment-full");

    page.click("[data-act=hold]");
    page.wait_text(HEADING, "2 comments");
    page.wait_text(".comment-held", "stays until you close this page");
    assert_eq!(stored(&page), before);

    page.js("delete localStorage.foreign");
    page.click_button("Try to save");
    page.wait_gone(".comment-held");
    assert_eq!(stored(&page).len(), 2);
    page.reload();
    page.wait_for(BODY);
    assert_eq!(page.texts(BODY), ["There is no room", "There was room"]);
}

#[test]
fn where_local_storage_is_full_the_database_keeps_comments() {
    let site = Site::start();
    let page = open(&site);
    add(&page, "There was room");
    fill_up(&page);
    add(&page, "There is room elsewhere");
    page.wait_text(".comments-status", "Saved");
    assert_eq!((stored(&page).len(), vault(&page).len()), (1, 2));
    page.reload();
    page.eventually("both", || page.count(BODY) == 2);
    assert_eq!(page.texts(BODY), ["There is room elsewhere", "There was room"]);

    // Once there is room, it is here too.
    page.js("delete localStorage.foreign");
    page.reload();
    page.eventually("both", || page.count(BODY) == 2);
    page.eventually("both in local storage", || stored(&page).len() == 2);
}

#[test]
fn a_full_storage_still_deletes_and_takes_back() {
    let site = Site::start();
    let page = open_with(&site, NO_DATABASE);
    add(&page, "To be deleted");
    fill_up(&page);
    page.click("[data-act=delete]");
    page.wait_text(HEADING, "No comments");
    page.click("[data-act=undo]");
    page.wait_text(BODY, "To be deleted");
}

/// Each way in which a browser keeps nothing, as a script before the page's own.
const BROKEN: [(&str, &str, &str); 3] = [
    (
        "blocked",
        "storage is blocked",
        "for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])
            Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError') } })",
    ),
    (
        "null",
        "storage is blocked",
        "for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])
            Object.defineProperty(window, name, { value: null })",
    ),
    (
        "corrupted",
        "NS_ERROR_FILE_CORRUPTED",
        "for (const name of ['getItem', 'setItem', 'removeItem', 'key'])
            Storage.prototype[name] = () => { throw new Error('NS_ERROR_FILE_CORRUPTED') };
         Object.defineProperty(Storage.prototype, 'length', { get() { throw new Error('NS_ERROR_FILE_CORRUPTED') } });
         IDBFactory.prototype.open = () => { throw new Error('NS_ERROR_FILE_CORRUPTED') }",
    ),
];

#[test]
fn where_nothing_is_kept_comments_last_as_long_as_the_page() {
    for (name, cause, script) in BROKEN {
        let site = Site::start();
        let page = Page::blank(&site);
        page.prefer("prefers-reduced-motion", "reduce");
        page.before_load(script);
        page.goto(&site.url(SAMPLE));
        page.wait_text(".comments .note", cause);
        add(&page, "Kept by the page");
        page.wait_text(".comments-status", "Kept until you close this page");
        assert_eq!(page.text(HEADING), "1 comment");
        page.screenshot(&format!("comments-{name}"));
        page.type_into(FIELD, "half a thought");
        catch_files(&page);
        page.click("[data-act=export]");
        page.wait_until("window.files.length === 1");
        let file = page.js("return files[0]");
        let file: Value = serde_json::from_str(file.as_str().unwrap_or_default()).expect("JSON");
        assert_eq!(file["comments"][0]["body"], "Kept by the page", "{name}");
        assert_eq!(file["drafts"], json!(["half a thought"]), "{name}");
        assert_eq!(page.js("return saved"), json!("dixit-comments.json"));

        // Another page of the reader and back: the page still has them.
        page.click(".brand");
        page.wait_for("main.start");
        page.back();
        page.wait_text(BODY, "Kept by the page");
        assert_eq!(page.prop(FIELD, "value").as_deref(), Some("half a thought"));
    }
}

#[test]
fn writes_that_fail_without_a_word_are_noticed() {
    let site = Site::start();
    let page = open_with(&site, NO_DATABASE);
    page.js("Storage.prototype.setItem = () => {}");
    page.type_into(FIELD, "Into thin air");
    page.click(SAVE);
    page.wait_text(".comments [role=alert]", "did not come back");
    assert_eq!(page.prop(FIELD, "value").as_deref(), Some("Into thin air"));
}

#[test]
fn entries_that_cannot_be_read_are_set_aside_unchanged_and_offered() {
    let site = Site::start();
    let page = open(&site);
    let cut = (key(&site, "01ARYZ6S410000000000000000"), r#"{"v":1,"id":"01ARYZ6S41"#);
    let newer = (key(&site, "01ARYZ6S410000000000000001"), r#"{"v":2,"words":"later"}"#);
    for (key, entry) in [&cut, &newer] {
        page.store(key, entry);
    }
    page.reload();
    page.wait_text(".comments .note", "1 stored comment cannot be read");
    page.wait_text(".comments .note", "newer Dixit");
    let aside = cut.0.replace("dixit/1/c/", "dixit/1/quarantine/c/");
    catch_files(&page);
    page.click("[data-act=rescue]");
    page.wait_until("window.files.length === 1");
    let file = page.js("return files[0]");
    let file: Value = serde_json::from_str(file.as_str().unwrap_or_default()).expect("JSON");
    assert_eq!(file, json!([{ "key": aside, "entry": cut.1 }]));
    add(&page, "A good one");
    page.click("[data-act=delete]");
    page.click("[data-act=undo]");
    page.wait_for(BODY);
    for (key, entry) in [(&aside, cut.1), (&newer.0, newer.1)] {
        assert_eq!(page.storage().get(key).map(String::as_str), Some(entry));
    }
    assert_eq!(stored(&page).len(), 2);
}

#[test]
fn another_tabs_comments_appear_and_no_tab_loses_any() {
    let site = Site::start();
    let page = open(&site);
    // A tab that is not seen comes near to nothing: a link to a comment brings them.
    page.js(&format!("window.other = open({:?})", site.url(SAMPLE) + "#c-1"));
    page.wait_until("other && other.document.querySelector('.comments textarea')");
    page.js("window.add = (tab, words) => {
            const field = tab.document.querySelector('.comments > .comment-box textarea');
            field.value = words;
            field.dispatchEvent(new tab.InputEvent('input', { bubbles: true }));
            return new Promise((done) => setTimeout(() => {
                tab.document.querySelector('.comments > .comment-box .pri').click();
                setTimeout(done, 30);
            }, 30));
        };
        add(other, 'From the other tab');");
    page.wait_text(BODY, "From the other tab");
    assert_eq!(page.text(HEADING), "1 comment");
    page.js(
        "window.done = 0;
         const many = async (tab, name) => { for (let n = 0; n < 25; n++) await add(tab, `${name} ${n}`); done++ };
         many(window, 'here'); many(other, 'there');",
    );
    page.wait_until("done === 2");
    page.wait_text(HEADING, "51 comments");
    assert_eq!(stored(&page).len(), 51);
    page.js("other.close()");
}

/// A comment being edited while another tab saves an edit of it: what that tab has stored, and where.
fn changed_elsewhere(page: &Page) -> (String, String) {
    add(page, "The same words");
    page.click("[data-act=edit]");
    page.type_into(".comment textarea", ", changed here");
    let (key, mut theirs) = stored(page).remove(0);
    theirs["based_on"] = theirs["revision"].take();
    theirs["revision"] = json!("01ARYZ6S410000000000000009");
    theirs["body"] = json!("Changed in another tab");
    let value = theirs.to_string();
    page.store(&key, &value);
    (key, value)
}

fn both_are_kept(page: &Page) {
    page.click(".comment .pri");
    page.wait_text(".comments-status", "both versions are kept");
    page.eventually("both", || page.count(BODY) == 2);
    let bodies = page.texts(BODY);
    assert!(bodies.contains(&"Changed in another tab".to_owned()), "{bodies:?}");
    assert!(bodies.contains(&"The same words, changed here".to_owned()), "{bodies:?}");
}

#[test]
fn two_edits_of_the_same_words_are_both_kept() {
    let site = Site::start();
    let page = open(&site);
    changed_elsewhere(&page);
    both_are_kept(&page);
}

#[test]
fn an_edit_that_this_tab_has_heard_of_is_not_replaced_either() {
    let site = Site::start();
    let page = open(&site);
    let (key, value) = changed_elsewhere(&page);
    // As the browser tells this tab of the other's write.
    page.js(&format!(
        "dispatchEvent(new StorageEvent('storage', {{ key: {key:?}, newValue: {value:?}, storageArea: localStorage }}))"
    ));
    both_are_kept(&page);
}

#[test]
fn what_is_stored_is_what_is_shown_even_of_broken_characters() {
    let site = Site::start();
    let page = open(&site);
    page.js(&format!(
        "const field = document.querySelector({FIELD:?}); field.value = 'x\\ud800y';
         field.dispatchEvent(new InputEvent('input', {{ bubbles: true }}));"
    ));
    page.click(SAVE);
    page.wait_for(BODY);
    assert_eq!(page.text(BODY), "x\u{fffd}y");
    assert_eq!(stored(&page)[0].1["body"], "x\u{fffd}y");
}

#[test]
fn the_box_works_by_keyboard_and_says_what_is_missing() {
    use fantoccini::key::Key;
    let site = Site::start();
    let page = open(&site);
    page.click(SAVE);
    page.wait_text(".comments-status", "Write something first");
    assert_eq!(stored(&page), []);
    page.press(&format!("By keyboard{}{}", char::from(Key::Control), char::from(Key::Enter)));
    page.wait_text(BODY, "By keyboard");
    let small = page.js(
        "return [...document.querySelectorAll('.comments button, .comments summary')]
            .filter((e) => { const r = e.getBoundingClientRect(); return r.width < 24 || r.height < 24 })
            .map((e) => e.outerHTML)",
    );
    assert_eq!(small, json!([]));
}

#[test]
fn replies_stand_below_what_they_answer_and_can_be_hidden() {
    let site = Site::start();
    let page = open(&site);
    page.type_into(".comment-author", "Ana");
    add(&page, "A question");
    add(&page, "Another matter");
    page.click(".comment:last-child [data-act=reply]");
    page.eventually("the field", || focused(&page) == "TEXTAREA");
    page.press("An answer");
    page.click(".comment .pri");
    page.eventually("the answer", || page.count(BODY) == 3);
    assert_eq!(page.texts(BODY), ["Another matter", "A question", "An answer"]);
    page.click(".comment[data-depth] [data-act=reply]");
    page.press("An answer to it");
    page.click(".comment .pri");
    page.eventually("the second answer", || page.count(BODY) == 4);
    assert_eq!(page.attr(".comment:last-child", "data-depth").as_deref(), Some("2"));
    assert_eq!(page.texts(".comment-head b"), ["Ana"; 4]);
    page.screenshot("comments-replies");

    page.click("[data-act=turn]");
    assert_eq!(page.texts(BODY)[..2], ["A question", "An answer"]);
    page.click(".comment:first-child [data-act=fold]");
    assert_eq!(page.texts(BODY), ["A question", "Another matter"]);
    assert_eq!(page.text("[data-act=fold]"), "2 replies");

    // A reload finds name, order and answers; a deleted comment with answers keeps its place.
    page.reload();
    page.eventually("all", || page.count(BODY) == 4);
    assert_eq!(page.prop(".comment-author", "value").as_deref(), Some("Ana"));
    page.click(".comment:first-child [data-act=delete]");
    page.wait_for("[data-act=undo]");
    page.reload();
    page.eventually("all but one", || page.count(BODY) == 3);
    page.click_button("Remove for good");
    page.wait_text(".comment.is-deleted", "A deleted comment");
    assert_eq!(page.texts(BODY), ["An answer", "An answer to it", "Another matter"]);
}

#[test]
fn words_typed_while_others_are_being_saved_stay() {
    let site = Site::start();
    let page = open(&site);
    // Saved twice at once it is one comment, and what is typed meanwhile is the next one.
    page.js(&format!(
        "const field = document.querySelector({FIELD:?}), save = document.querySelector({SAVE:?});
         const type = (words) => {{ field.value = words; field.dispatchEvent(new InputEvent('input', {{ bubbles: true }})) }};
         type('one'); save.click(); save.click(); type('two');"
    ));
    page.wait_text(HEADING, "1 comment");
    assert_eq!(page.prop(FIELD, "value").as_deref(), Some("two"));
    page.click(SAVE);
    page.wait_text(HEADING, "2 comments");
    page.reload();
    page.eventually("both", || page.count(BODY) == 2);
    assert_eq!(page.texts(BODY), ["two", "one"]);
}

#[test]
fn four_tabs_that_write_at_once_lose_nothing() {
    let site = Site::start();
    let page = open(&site);
    let tab = site.url(SAMPLE) + "#c-1";
    page.js(&format!("window.tabs = [window, open({tab:?}), open({tab:?}), open({tab:?})]"));
    page.wait_until("tabs.every((t) => t.document.querySelector('.comments textarea'))");
    page.js("window.done = 0;
         // A tab that is not seen has its timers slowed down, not its messages.
         const idle = () => new Promise((then) => {
             const channel = new MessageChannel();
             channel.port1.onmessage = () => (channel.port1.close(), then());
             channel.port2.postMessage(0);
         });
         const many = async (tab, name) => {
             const field = tab.document.querySelector('.comments > .comment-box textarea');
             for (let n = 0; n < 250; n++) {
                 field.value = `${name}-${n}`;
                 field.dispatchEvent(new tab.InputEvent('input', { bubbles: true }));
                 tab.document.querySelector('.comments > .comment-box .pri').click();
                 while (field.value) await idle();
             }
             done++;
         };
         tabs.forEach((tab, n) => many(tab, n));");
    // The four share one process, and this machine may be busy.
    for _ in 0..1_500 {
        if page.js("return done") == json!(4) {
            break;
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    assert_eq!(vault(&page).len(), 1000);
    assert_eq!(stored(&page).len(), 1000);
    page.wait_text(HEADING, "1000 comments");
    page.js("tabs.slice(1).forEach((tab) => tab.close())");
}

#[test]
fn a_tab_that_crashes_has_kept_what_it_called_saved() {
    let site = Site::start();
    let page = open(&site);
    for n in 0..3 {
        add(&page, &format!("Before the crash {n}"));
        page.wait_text(".comments-status", "Saved");
    }
    page.type_into(FIELD, "half a thought");
    page.cdp("Target.createTarget", json!({ "url": "about:blank" }));
    page.crash();
    page.goto(&site.url(SAMPLE));
    page.eventually("all three", || page.count(BODY) == 3);
    assert_eq!(page.prop(FIELD, "value").as_deref(), Some("half a thought"));
}

/// A folder for a browser's profile, taken away in the end.
struct Profile(PathBuf);

impl Profile {
    fn new(name: &str) -> Profile {
        let path = std::env::temp_dir().join(format!("dixit-{name}-{}", std::process::id()));
        Profile(path)
    }
}

impl Drop for Profile {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[cfg(unix)]
#[test]
fn a_browser_that_is_killed_has_kept_what_was_called_saved() {
    let site = Site::start();
    // Killed in the midst of writing, and some time after.
    for wait in [200, 700, 1500, 3000] {
        let profile = Profile::new(&format!("killed-{wait}"));
        let page = Page::in_profile(&site, &profile.0);
        page.goto(&site.url(SAMPLE));
        page.to_comments();
        page.js(&format!(
            "const field = document.querySelector({FIELD:?});
             (async () => {{
                 for (let n = 0; ; n++) {{
                     field.value = `{wait}-${{n}}`;
                     field.dispatchEvent(new InputEvent('input', {{ bubbles: true }}));
                     document.querySelector({SAVE:?}).click();
                     while (field.value) await new Promise((then) => setTimeout(then, 4));
                     // The site's log outlives the browser.
                     await fetch(`saved/{wait}-${{n}}`).catch(() => {{}});
                 }}
             }})();"
        ));
        std::thread::sleep(Duration::from_millis(wait));
        page.kill(&profile.0);
        let marker = format!("saved/{wait}-");
        let saved: Vec<String> = site
            .requests()
            .iter()
            .filter_map(|r| Some(format!("{wait}-{}", r.split_once(&marker)?.1)))
            .collect();
        let again = Page::in_profile(&site, &profile.0);
        again.goto(&(site.url(SAMPLE) + "#c-1"));
        again.to_comments();
        again.eventually("the comments", || !saved.is_empty() && again.count(BODY) > 0);
        let kept: Vec<String> = vault(&again).into_values().collect();
        for words in &saved {
            let words = format!("{words:?}");
            assert!(kept.iter().any(|c| c.contains(&words)), "{words} of {} is lost", saved.len());
        }
        assert_eq!(stored(&again).len(), kept.len(), "both places have all");
    }
}

#[test]
fn markdown_is_shown_as_elements_of_ours_and_nothing_else() {
    let site = Site::start();
    let page = open(&site);
    add(&page, "plain words\nin two lines");
    assert!(!page.requests().iter().any(|r| r.ends_with("split_markdown.wasm")), "not wanted yet");
    page.type_into(
        FIELD,
        "So *this* is **it**:\n\n- one `x<y`\n- [two](https://two.example/)\n\n> said <b>before</b>\n\n[bad](javascript:alert(1)) ![pixel](https://spy.example/p.gif)",
    );
    page.click("[data-act=preview]");
    page.wait_for(".comment-preview .markdown");
    page.click("[data-act=preview]");
    page.wait_gone(".comment-preview");
    page.click(SAVE);
    page.wait_for(".comment .markdown strong");
    let found = page.js("const body = document.querySelector('.comment .markdown');
         const used = (e) => [e.tagName.toLowerCase(), ...e.getAttributeNames()].join(' ');
         return [...new Set([...body.querySelectorAll('*')].map(used))].sort()");
    let expected = ["a href rel target", "blockquote", "code", "em", "li", "p", "strong", "ul"];
    assert_eq!(found, json!(expected));
    assert_eq!(page.attr(".markdown a", "href").as_deref(), Some("https://two.example/"));
    assert_eq!(page.text(".markdown blockquote"), "said <b>before</b>");
    assert_eq!(page.text(".markdown > p:last-child"), "bad pixel");
    page.screenshot("comments-markdown");
}

/// Selects words of the article, as a reader does with the pointer.
pub(crate) fn select(page: &Page, words: &str) {
    page.js(&format!(
        "document.activeElement.blur();
         const walker = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT);
         let node;
         while ((node = walker.nextNode())) {{
             const at = node.data.indexOf({words:?});
             if (at < 0) continue;
             getSelection().setBaseAndExtent(node, at, node, at + {words:?}.length);
             return true;
         }}
         throw new Error('not there');"
    ));
}

/// The words that are painted under this name.
fn painted(page: &Page, name: &str) -> Vec<String> {
    let words = page.js(&format!("return [...(CSS.highlights.get({name:?}) ?? [])].map(String)"));
    serde_json::from_value(words).expect("texts")
}

#[test]
fn a_comment_on_selected_words_and_its_passage_lead_to_each_other() {
    let site = Site::start();
    let page = open(&site);
    select(&page, "already cut the last scene");
    page.wait_text(".comment-box .comment-about", "already cut the last scene");
    // A draft is still about it after a reload.
    page.type_into(FIELD, "Which");
    page.reload();
    page.wait_text(".comment-box .comment-about", "already cut the last scene");
    add(&page, " scene?");
    assert_eq!(page.text(BODY), "Which scene?");
    page.wait_gone(".comment-box .comment-about");
    page.eventually("the paint", || {
        painted(&page, "dixit-comment") == ["already cut the last scene"]
    });
    let comment = &stored(&page)[0].1;
    assert_eq!(comment["anchor"]["quote"]["exact"], "already cut the last scene");
    assert!(comment["anchor"]["quote"]["prefix"].as_str().is_some_and(|p| p.ends_with("he had ")));
    let position = comment["anchor"]["position"].clone();
    assert!(position["end"].as_i64() > position["start"].as_i64());

    page.reload();
    page.wait_for(BODY);
    page.click("[data-act=passage]");
    assert_eq!(painted(&page, "dixit-comment-here"), ["already cut the last scene"]);
    assert_eq!(page.js("return document.activeElement.hasAttribute('data-block')"), json!(true));
    page.screenshot("comment-passage");

    // And back: where the passage is pressed.
    let place = page
        .js("const box = [...CSS.highlights.get('dixit-comment')][0].getBoundingClientRect();
         return [box.left + box.width / 2, box.top + box.height / 2]");
    let press = || {
        for kind in ["mousePressed", "mouseReleased"] {
            page.cdp(
                "Input.dispatchMouseEvent",
                json!({ "type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1 }),
            );
        }
    };
    press();
    page.wait_until("document.activeElement.matches('.comment')");
    assert_eq!(page.count(".note-why"), 0);
    // A second press means the statement itself.
    page.click("[data-act=passage]");
    press();
    page.wait_for(".note-why");
}

#[test]
fn a_quotation_is_chosen_to_comment_on_and_folded_quotations_keep_their_paint() {
    let site = Site::start();
    let page = open(&site);
    page.js("document.querySelector('article .why').click()");
    page.click(".note-why [data-do=comment]");
    page.wait_until("document.activeElement.matches('.comments textarea')");
    page.wait_for(".comment-box .comment-about");
    page.press("Noted");
    page.click(SAVE);
    page.wait_for(".comment [data-act=passage]");
    let words = painted(&page, "dixit-comment");
    assert!(!words.is_empty(), "{words:?}");
    page.js("document.querySelector('.who-said button').click()");
    page.eventually("the paint again", || painted(&page, "dixit-comment") == words);
}

#[test]
fn where_the_article_changed_comments_move_along_or_are_listed_as_lost() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    let changed = Arc::new(AtomicBool::new(false));
    let now = changed.clone();
    let site = Site::with(move |r| {
        let sample = r.path.ends_with("articles/harbour-vote.txt") && now.load(Ordering::SeqCst);
        sample.then(|| {
            crate::harness::Reply::built("articles/harbour-vote.txt")
                .replace("already cut the last scene", "already cut the very last scene")
                .replace("The board meets on Thursday", "It may rain before noon, as ever")
        })
    });
    let page = open(&site);
    for words in ["already cut the last scene", "The board meets on Thursday"] {
        select(&page, words);
        page.wait_text(".comment-box .comment-about", words);
        add(&page, &format!("On: {words}"));
    }
    changed.store(true, Ordering::SeqCst);
    page.reload();
    page.eventually("both", || page.count(BODY) == 2);
    page.eventually("the paint", || {
        painted(&page, "dixit-comment") == ["already cut the very last scene"]
    });
    assert_eq!(page.texts(".comments-lost .comment-about"), ["The board meets on Thursday"]);
    assert_eq!(page.count(".comments-lost [data-act=passage]"), 0);
    page.screenshot("comments-lost");
}

/// Lets files be saved into `window.files` instead of on the disk.
fn catch_files(page: &Page) {
    page.js(
        "window.files = [];
         URL.createObjectURL = (blob) => (blob.text().then((text) => files.push(text)), 'about:blank');
         HTMLAnchorElement.prototype.click = function () { window.saved = this.download };",
    );
}

/// The file that a button saves, and its name.
fn saved_by(page: &Page, act: &str) -> (String, String) {
    page.js("window.files.length = 0");
    page.click(&format!("[data-act={act}]"));
    page.wait_until("window.files.length === 1");
    let text = |value: Value| value.as_str().unwrap_or_default().to_owned();
    (text(page.js("return saved")), text(page.js("return files[0]")))
}

/// Chooses a file as a reader does.
fn choose(page: &Page, text: &str) {
    page.run(
        "const field = document.querySelector('.comments-file'), files = new DataTransfer();
         files.items.add(new File([arguments[0]], 'comments.json'));
         field.files = files.files;
         field.dispatchEvent(new InputEvent('input', { bubbles: true }));",
        vec![json!(text)],
    );
}

#[test]
fn comments_go_out_in_the_forms_of_others_and_come_back() {
    let site = Site::start();
    let page = open(&site);
    page.type_into(".comment-author", "Ana");
    select(&page, "already cut the last scene");
    page.wait_for(".comment-box .comment-about");
    add(&page, "=1+1");
    catch_files(&page);
    page.click("[data-act=exchange]");
    let (name, annotations) = saved_by(&page, "save-annotations");
    assert_eq!(name, "dixit-comments.jsonld");
    let read: Value = serde_json::from_str(&annotations).expect("JSON");
    let first = &read["items"][0];
    assert_eq!(first["body"]["value"], "=1+1");
    assert_eq!(first["target"]["selector"][0]["exact"], "already cut the last scene");
    assert!(first["created"].as_str().is_some_and(|c| c.ends_with('Z')), "{first}");
    let (name, table) = saved_by(&page, "save-csv");
    assert_eq!(name, "dixit-comments.csv");
    assert!(table.contains("already cut the last scene,'=1+1"), "{table}");
    let (_, notes) = saved_by(&page, "save-markdown");
    assert!(notes.contains("> already cut the last scene\n\n=1+1"), "{notes}");
    let (_, own) = saved_by(&page, "export");

    // In another browser: looked at first, then taken in, then taken back.
    for file in [annotations, own] {
        let other = open(&site);
        add(&other, "Mine");
        let before = (other.storage(), vault(&other));
        other.click("[data-act=exchange]");
        other.wait_for(".comments-file");
        choose(&other, &file);
        other.wait_text(".comments-files .note", "1 comment is new.");
        assert_eq!((other.storage(), vault(&other)), before, "nothing is taken in yet");
        other.screenshot("comments-import");
        other.click("[data-act=import]");
        other.eventually("both", || other.count(BODY) == 2);
        other.eventually("the paint", || !painted(&other, "dixit-comment").is_empty());
        assert!(other.texts(BODY).contains(&"=1+1".to_owned()));
        choose(&other, &file);
        other.wait_text(".comments-files .note", "1 is here already or was deleted.");
        other.click("[data-act=keep-out]");
        other.click("[data-act=unimport]");
        other.eventually("mine alone", || other.count(BODY) == 1);
        other.eventually("the stores as before", || (other.storage(), vault(&other)) == before);
    }
}

#[test]
fn a_file_that_is_refused_leaves_everything_as_it_was() {
    let site = Site::start();
    let page = open(&site);
    add(&page, "Mine");
    let before = (page.storage(), vault(&page));
    page.click("[data-act=exchange]");
    page.wait_for(".comments-file");
    let id = stored(&page)[0].1["id"].clone();
    let newer =
        json!({ "format": "dixit-comments", "version": 9, "comments": [{ "v": 1, "id": id }] });
    for (file, words) in [
        ("nonsense".to_owned(), "no comments that can be read"),
        ("[".repeat(40) + &"]".repeat(40), "nested too deep"),
        (" ".repeat(5_000_001), "larger than 5 MB"),
        (newer.to_string(), "a newer Dixit"),
    ] {
        choose(&page, &file);
        page.wait_text(".comments-status", words);
        assert_eq!((page.storage(), vault(&page)), before, "{words}");
    }
    // A file that says that it deletes what is here adds nothing.
    let mut theirs = stored(&page)[0].1.clone();
    theirs["based_on"] = theirs["revision"].take();
    theirs["revision"] = json!("01ARYZ6S410000000000000009");
    theirs["deleted"] = json!(1);
    let article = json!({ "id": site.url("articles/harbour-vote.txt"), "title": "" });
    let file = json!({ "format": "dixit-comments", "version": 1, "article": article, "comments": [theirs] });
    choose(&page, &file.to_string());
    page.wait_text(".comments-files .note", "1 is here already or was deleted.");
    assert_eq!(page.count("[data-act=import]"), 0);
    assert_eq!((page.storage(), vault(&page)), before);
}

#[test]
fn storage_that_is_nearly_full_is_said() {
    let site = Site::start();
    let page = open(&site);
    page.js("localStorage.foreign = 'x'.repeat(4400000)");
    add(&page, "While there is room");
    page.wait_text(".comments .note", "83 % full");
    assert!(page.storage().contains_key("foreign"), "others' data is never touched");
    page.js("delete localStorage.foreign");
    page.reload();
    page.wait_for(BODY);
    assert_eq!(page.count(".comments .note"), 0);
}

/// Keeps ten thousand comments on the sample.
fn keep_many(page: &Page, site: &Site) {
    let article = site.url("articles/harbour-vote.txt").replace('/', "%2F");
    page.js_async(&format!(
        "const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
         const ulid = (n) => '01ARYZ6S41' + [...Array(16).keys()].map((i) => alphabet[n / 32 ** (15 - i) % 32 | 0]).join('');
         const opening = indexedDB.open('dixit', 1);
         const db = await new Promise((done) => opening.onsuccess = () => done(opening.result));
         const writing = db.transaction('entries', 'readwrite');
         for (let n = 0; n < 10000; n++) {{
             const id = ulid(n);
             const entry = JSON.stringify({{ v: 1, id, revision: id, body: `Comment ${{n}} of many`, created: 1700000000000 + n }});
             const key = `dixit/1/c/{article}/${{id}}`;
             localStorage.setItem(key, entry);
             writing.objectStore('entries').put(entry, key);
         }}
         await new Promise((done) => writing.oncomplete = done);
         db.close();"
    ));
}

#[test]
fn ten_thousand_comments_are_shown_in_part_and_written_one_by_one() {
    let site = Site::start();
    let page = open(&site);
    keep_many(&page, &site);
    page.reload();
    page.to_comments();
    page.wait_text(HEADING, "10000 comments");
    assert_eq!(page.count(BODY), 100, "a part of them");
    page.js("window.writes = 0;
             const set = Storage.prototype.setItem;
             Storage.prototype.setItem = function (key, ...rest) { writes += key.startsWith('dixit/1/c/'); return set.call(this, key, ...rest) }");
    page.type_into(FIELD, "One more");
    page.click(SAVE);
    page.wait_text(HEADING, "10001 comments");
    assert_eq!(page.text(BODY), "One more");
    assert_eq!(page.js("return writes"), json!(1));
    page.click(".comment [data-act=edit]");
    page.type_into(".comment textarea", ", changed");
    page.click(".comment .pri");
    page.wait_text(BODY, "One more, changed");
    assert_eq!(page.js("return writes"), json!(2));
    page.js("document.querySelector('[data-act=more]').click()");
    page.eventually("more", || page.count(BODY) == 200);
}

#[test]
fn all_comments_are_listed_and_searched_on_the_start_page() {
    let site = Site::start();
    let page = open(&site);
    page.type_into(".comment-author", "Ana");
    add(&page, "About the harbour");
    add(&page, "Something else");
    page.goto(&site.url("?src=articles/river-flood.txt"));
    page.to_comments();
    add(&page, "About the RIVER");
    page.click("[data-act=delete]");
    page.wait_for("[data-act=undo]");
    add(&page, "Wet feet by the river");
    page.goto(&site.url(""));
    page.click("[data-act=all-comments]");
    page.wait_text(".all-comments .comments-status", "3 comments");
    page.eventually("the focus", || {
        page.js("return document.activeElement.id") == json!("all-comments")
    });
    let newest = ["Wet feet by the river", "Something else", "About the harbour"];
    assert_eq!(page.texts(".all-comments .comment-body"), newest);
    page.shots("all-comments");
    page.type_into(".all-comments input", "HARBOUR-vote");
    page.wait_text(".all-comments .comments-status", "2 comments");
    page.clear(".all-comments input");
    page.type_into(".all-comments input", "ABOUT the");
    page.eventually("one", || page.texts(".all-comments .comment-body") == ["About the harbour"]);
    catch_files(&page);
    let (_, table) = saved_by(&page, "save-csv");
    assert!(table.contains("About the harbour") && !table.contains("Wet feet"), "{table}");
    page.click(".all-comments .comment a");
    page.wait_for(BODY);
    assert_eq!(page.texts(BODY), ["Something else", "About the harbour"]);
}

/// `cargo test --test browser list_of -- --ignored --nocapture` measures; tests of correctness ask for no time.
#[test]
#[ignore = "a benchmark"]
fn a_list_of_ten_thousand_beside_a_naive_one() {
    let site = Site::start();
    let page = open(&site);
    keep_many(&page, &site);
    page.before_load(
        "new MutationObserver(() => {
             if (!window.listed && document.querySelectorAll('.comment-body').length > 50) window.listed = performance.now();
         }).observe(document, { childList: true, subtree: true });",
    );
    let mut rows = Vec::new();
    for _ in 0..5 {
        page.goto(&site.url(""));
        page.goto(&(site.url(SAMPLE) + "#c-1"));
        page.wait_text(HEADING, "comments");
        page.wait_until("window.listed");
        // From the part's arrival to the list, as the browser's own clock has it.
        let usable = page.js(
            "const part = performance.getEntriesByType('resource').find((r) => r.name.endsWith('split_comments.wasm'));
             return window.listed - part.responseEnd",
        );
        let add = page.js_async(&format!(
            "const field = document.querySelector({FIELD:?});
             field.value = 'One more';
             field.dispatchEvent(new InputEvent('input', {{ bubbles: true }}));
             await new Promise((then) => requestAnimationFrame(() => setTimeout(then)));
             const start = performance.now(), n = document.querySelector({HEADING:?}).textContent;
             document.querySelector({SAVE:?}).click();
             while (document.querySelector({HEADING:?}).textContent === n)
                 await new Promise((then) => {{ const c = new MessageChannel(); c.port1.onmessage = then; c.port2.postMessage(0) }});
             return performance.now() - start"
        ));
        // The same rows all at once, by the browser alone: what no list that shows everything can beat.
        let naive = page.js(
            "const list = document.querySelector('.comment-list'), row = list.firstElementChild, start = performance.now();
             for (let n = 0; n < 10000; n++) list.append(row.cloneNode(true));
             list.getBoundingClientRect();
             return performance.now() - start",
        );
        let number = |value: &Value| value.as_f64().unwrap_or(f64::NAN);
        rows.push((number(&usable), number(&add), number(&naive)));
    }
    let median = |of: fn(&(f64, f64, f64)) -> f64| {
        let mut all: Vec<f64> = rows.iter().map(of).collect();
        all.sort_by(f64::total_cmp);
        all[all.len() / 2]
    };
    let (usable, add, naive) = (median(|r| r.0), median(|r| r.1), median(|r| r.2));
    eprintln!(
        "10,000 comments, median of {}: listed {usable:.0} ms after the part arrived, one added in {add:.0} ms;\n\
         all rows cloned at once, without reading any: {naive:.0} ms ({:.1} times the list)",
        rows.len(),
        naive / usable
    );
}

#[test]
fn comments_on_a_pasted_text_that_has_changed_are_offered_on_the_new_one() {
    let site = Site::start();
    let page = Page::blank(&site);
    page.prefer("prefers-reduced-motion", "reduce");
    let old = "Chess club moves out\n\nThe oldest chess club in town must leave its cellar by June.\n\n“We will play in the park,” said Ann Lee, who has led the club for nine years.\n\nThe city owns the house and wants to repair it.";
    let new = old.replace("nine years", "ten years");
    let paste = |text: &str| {
        page.goto(&site.url(""));
        page.wait_for("main.start h1");
        page.paste("main.start", text);
        page.wait_for("article");
        page.to_comments();
    };
    paste(old);
    select(&page, "must leave its cellar");
    page.wait_for(".comment-box .comment-about");
    add(&page, "Which park?");
    paste(&new);
    page.wait_text(
        ".comments .note",
        "1 comment is kept on an article much like this one: Chess club moves out",
    );
    assert_eq!(page.text(HEADING), "No comments");
    page.click("[data-act=bring]");
    page.wait_text(BODY, "Which park?");
    page.eventually("the paint", || painted(&page, "dixit-comment") == ["must leave its cellar"]);
    assert_eq!(vault(&page).len(), 2, "one on each");

    // Of another article nothing is offered, nor where there are comments already.
    paste(&new);
    page.wait_for(BODY);
    assert_eq!(page.count("[data-act=bring]"), 0);
    paste(
        "A wholly different article\n\nThe river rose by two metres in the night and fell again at noon.",
    );
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(page.count("[data-act=bring]"), 0);
}

#[test]
fn a_database_that_never_answers_holds_nothing_up() {
    let site = Site::start();
    let page = open_with(
        &site,
        "const { open } = IDBFactory.prototype;
         IDBFactory.prototype.open = function (...rest) {
             const request = open.apply(this, rest);
             for (const name of ['success', 'error', 'upgradeneeded', 'blocked'])
                 request.addEventListener(name, (event) => event.stopImmediatePropagation(), true);
             return request;
         }",
    );
    add(&page, "Kept all the same");
    page.wait_text(".comments-status", "may lose it");
    page.reload();
    page.wait_text(BODY, "Kept all the same");
}
