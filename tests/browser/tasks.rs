//! What readers do most, in every browser that Dixit is made for.

use serde_json::{Value, json};

use crate::harness::{Browser, Page, Reply, Site, in_every_browser};

in_every_browser! {
    articles_are_opened_in_every_way
    quotations_fold_and_voices_lead_on
    comments_and_corrections_outlive_a_reload
    what_was_said_is_saved_as_a_file
    a_published_article_is_read
    a_trap_leaves_the_text_and_the_comments
}

const SAMPLE: &str = "?src=articles/harbour-vote.txt";
const TITLE: &str = "main h1";

/// The sample, still: a page that scrolls by and by moves away under the pointer.
fn sample(browser: Browser) -> Page {
    let page = Page::open_in(browser, &Site::start(), SAMPLE);
    page.wait_for(".qt");
    page.js("document.documentElement.style.scrollBehavior = 'auto'");
    page
}

fn articles_are_opened_in_every_way(browser: Browser) {
    let news = include_str!("../imports/news-page.html");
    let site = Site::with(move |request| {
        let page = || Reply::new(200, "text/html; charset=utf-8", news);
        (request.path == "news.html").then(page)
    });
    let page = Page::open_in(browser, &site, "");
    // By paste, into the field.
    page.click("[data-act=paste]");
    // All at once: not every driver types two line breaks.
    page.wait_for(".start-form textarea");
    page.js("const field = document.querySelector('.start-form textarea');
         field.value = 'Harbour vote\\n\\n“It is over now,” said Ann Lee.\\n';
         field.dispatchEvent(new InputEvent('input', { bubbles: true }));");
    page.click("[data-act=open-text]");
    page.wait_text(TITLE, "Harbour vote");
    page.wait_text(".voice-row .name", "Ann Lee");
    page.reload();
    page.wait_text(TITLE, "Harbour vote");
    page.back();
    // By a file, of another form.
    page.wait_for("main.start input[type=file]");
    page.js("const input = document.querySelector('input[type=file]'), data = new DataTransfer();
         data.items.add(new File(['# Third vote\\n\\nIt was **counted**.'], 'third.md'));
         input.files = data.files;
         input.dispatchEvent(new Event('change', { bubbles: true }));");
    page.wait_text(TITLE, "Third vote");
    page.wait_text(".body strong", "counted");
    // By its link, as the web has it: the importer in its worker.
    page.goto(&site.url("?src=news.html"));
    page.wait_text(TITLE, "Lighthouse keeper’s cottage to become a library");
    page.wait_until("[...document.querySelectorAll('.voice-row .name, .chip')].some((e) => e.textContent.includes('Ruth Garrow'))");
    page.goto(&site.url("?src=nowhere.html"));
    page.wait_for(".trouble");
}

fn quotations_fold_and_voices_lead_on(browser: Browser) {
    let page = sample(browser);
    page.click(".tog");
    page.wait_for(".qt.is-shut");
    page.wait_until("document.querySelector('.is-shut .rest').offsetWidth === 0");
    page.click(".qt.is-shut");
    page.wait_gone(".qt.is-shut");
    page.click_button("Collapse all quotes");
    page.wait_until("document.querySelectorAll('.tog[aria-expanded=true]').length === 0");
    page.reload();
    page.wait_for(".qt.is-shut");
    page.click_button("Expand all");
    page.wait_gone(".rest[hidden]");

    page.click("//button[contains(@class,'voice-row')][contains(.,'Ann Lee')]");
    page.wait_for(".blk.is-dim");
    page.js("document.querySelector('[data-act=next]')?.focus()");
    page.click_button("Next statement");
    page.wait_until("document.querySelector('.now').textContent.startsWith('1 of ')");
    page.click(".views a:nth-child(2)");
    page.wait_until("location.search.includes('view=transcript')");
    page.click(".views a:nth-child(3)");
    page.wait_for(".cards .vc");
    page.back();
    page.wait_until("location.search.includes('view=transcript')");
    page.shots("tasks-transcript");
}

fn comments_and_corrections_outlive_a_reload(browser: Browser) {
    let page = sample(browser);
    page.to_comments();
    page.type_into(".comments > .comment-box textarea", "Who counted *that*?");
    page.js("document.querySelector('.comments > .comment-box .pri').click()");
    page.wait_text(".comment-body em", "that");
    page.wait_text(".comments h2", "1 comment");

    const BOATS: &str = "[...document.querySelectorAll('.qt')].find((q) => q.textContent.includes('I love those boats'))";
    page.js(&format!("{BOATS}.querySelector('.why').click()"));
    page.wait_for(".note-why");
    page.click_button("Correct");
    page.wait_for("dialog.tool[open] .choice");
    page.click("//dialog//label[contains(@class,'choice')][contains(.,'Ann Lee')]");
    page.click_button("Save correction");
    page.wait_gone("dialog.tool[open]");
    page.wait_text(".note-why-title", "Ann Lee");

    page.reload();
    page.wait_text(".correct-entry", "Corrections (1)");
    page.to_comments();
    page.wait_text(".comments h2", "1 comment");
    page.js("document.querySelector('[data-act=delete]').click()");
    page.wait_text(".comments h2", "No comments");
    page.click_button("Undo");
    page.wait_text(".comments h2", "1 comment");
}

fn what_was_said_is_saved_as_a_file(browser: Browser) {
    let page = sample(browser);
    page.js(
        "window.files = [];
         URL.createObjectURL = (blob) => (blob.text().then((text) => files.push(text)), 'about:blank');
         HTMLAnchorElement.prototype.click = function () { window.saved = this.download };",
    );
    page.click_button("Share and export");
    page.wait_for("dialog[open] .export-formats");
    page.click_button("Download");
    page.wait_until("window.files.length === 1");
    assert_eq!(page.js("return saved"), json!("who-said-what.csv"));
    let csv = page.js("return files[0]").as_str().unwrap_or_default().to_owned();
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    assert!(rows.len() > 5 && rows.iter().any(|row| row.iter().any(|field| field == "Ann Lee")));
    page.js("document.querySelectorAll('[name=export-format]')[2].click()");
    page.click_button("Download");
    page.wait_until("window.files.length === 2");
    let json = page.js("return files[1]").as_str().unwrap_or_default().to_owned();
    assert!(serde_json::from_str::<Value>(&json).is_ok_and(|value| value.is_object()));
}

fn a_published_article_is_read(browser: Browser) {
    let site = Site::of_folder(crate::published::news());
    let page = Page::open_in(browser, &site, "city/tram/");
    page.wait_for("#reader[data-live]");
    page.js("document.querySelector('.tog').click()");
    page.wait_for(".qt.is-shut");
    page.js("document.querySelector('.voice-row').click()");
    page.wait_for(".blk.is-dim");
    page.goto(&site.url("city/tram/?view=speakers"));
    page.wait_for(".cards .vc");
    page.goto(&site.url("search/"));
    page.type_into("[name=q]", "boots");
    page.press("\u{e007}");
    page.wait_text(".found", "1 article");
}

fn a_trap_leaves_the_text_and_the_comments(browser: Browser) {
    let page = sample(browser);
    page.js("dispatchEvent(new CustomEvent('dixit:panic', { detail: 'made by a test' }))");
    page.wait_text("#fault", "Dixit met a fault in itself");
    assert!(page.text("article").contains("I love those boats"), "the article stays");
    assert!(page.is_visible("#fault-save"));
}
