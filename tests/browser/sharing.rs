//! Links into an article, and who said what as files that other programs read.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::harness::{Page, Site};

const SAMPLE: &str = "?src=articles/harbour-vote.txt";

#[track_caller]
fn open(site: &Site, path: &str) -> Page {
    let page = Page::blank(site);
    page.prefer("prefers-reduced-motion", "reduce");
    page.before_load("globalThis.kept = []; Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { kept.push(text) } } });");
    page.goto(&site.url(path));
    page.wait_for(".tog");
    page
}

/// Where the browser puts what is saved: a folder of its own, removed at the end.
struct Downloads(PathBuf);

impl Downloads {
    fn of(page: &Page, name: &str) -> Downloads {
        let folder = std::env::temp_dir().join(format!("dixit-{name}-{}", std::process::id()));
        page.cdp(
            "Browser.setDownloadBehavior",
            json!({ "behavior": "allow", "downloadPath": folder }),
        );
        Downloads(folder)
    }

    #[track_caller]
    fn file(&self, page: &Page, name: &str) -> Vec<u8> {
        let path = self.0.join(name);
        // The browser keeps the place with an empty file, and then moves the whole one there.
        page.eventually(name, || std::fs::metadata(&path).is_ok_and(|file| file.len() > 0));
        let bytes = std::fs::read(&path).expect("the file");
        std::fs::remove_file(path).expect("it is ours");
        bytes
    }
}

impl Drop for Downloads {
    fn drop(&mut self) {
        // What was not saved is not there.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_link_to_a_quotation_opens_marks_and_shows_it() {
    let site = Site::start();
    let page = open(&site, SAMPLE);
    let id = page.js("return document.querySelectorAll('.qt[id]')[6].id");
    let id = id.as_str().expect("an id").to_owned();
    page.js("document.querySelectorAll('.qt')[6].querySelector('.why').click()");
    page.wait_for(".note-why-title");
    page.click_button("Copy link");
    page.wait_for("dialog[open] .share");
    page.wait_until("kept.length === 1");
    page.click("//dialog//button[.='Copy the words']");
    page.wait_until("kept.length === 2");
    let words = page.js("return kept[1]").as_str().unwrap_or_default().to_owned();
    assert!(words.contains("Our numbers") && words.contains("— Norrgate Terminals"), "{words}");
    let link = page.js("return kept[0]").as_str().unwrap_or_default().to_owned();
    assert!(link.ends_with(&format!("?src=articles%2Fharbour-vote.txt#{id}")), "{link}");

    let page = open(&site, SAMPLE);
    page.click_button("Collapse all quotes");
    page.wait_for(".qt.is-shut");
    page.js(&format!("location.hash = '#{id}'"));
    page.wait_for(".qt.is-here");
    let here = page
        .js("const q = document.querySelector('.qt.is-here'), box = q.getBoundingClientRect();
        return [q.id, q.matches('.is-shut'), box.top > 0 && box.bottom < innerHeight]");
    assert_eq!(here, json!([id, false, true]));
    page.goto(&link);
    page.wait_for(".qt.is-here");
    page.goto(&site.url(&format!("{SAMPLE}&x#q-nowhere")));
    page.wait_text(".is-lost", "not in this article");
}

#[test]
fn a_link_into_the_original_page_names_its_words() {
    let page = open(&Site::start(), SAMPLE);
    page.js("document.querySelectorAll('.qt')[0].querySelector('.why').click()");
    page.wait_for(".note-why-title");
    page.click_button("Copy link");
    page.wait_for("dialog[open] .share");
    let original = page.js("return document.querySelector('dialog a.btn').href");
    let original = url::Url::parse(original.as_str().unwrap_or_default()).expect("an address");
    let directive = original.fragment().and_then(|f| f.strip_prefix(":~:text=")).expect("text");
    let words = directive.split(',').next().unwrap_or_default();
    let query = format!("x={words}");
    let words = url::form_urlencoded::parse(query.as_bytes()).next().expect("words").1.into_owned();
    assert!(words.starts_with("“This town") || words.starts_with("This town"), "{words}");
    assert!(!directive.contains(['“', ' ']), "what is special in it is escaped: {directive}");
}

#[test]
fn every_format_is_saved_and_read_back() {
    let page = open(&Site::start(), SAMPLE);
    let downloads = Downloads::of(&page, "export");
    let n_quotes = page.count(".qt[data-attribution]:not([data-attribution=''])");
    page.click_button("Share and export");
    page.wait_for("dialog[open] .export-formats");
    page.screenshot("export");
    let save = |n: usize, name: &str| {
        page.js(&format!("document.querySelectorAll('[name=export-format]')[{n}].click()"));
        page.wait_until(&format!("document.querySelectorAll('[name=export-format]')[{n}].checked"));
        page.click_button("Download");
        downloads.file(&page, name)
    };
    let csv = save(0, "who-said-what.csv");
    let mut reader = csv::Reader::from_reader(
        csv.strip_prefix(b"\xef\xbb\xbf").expect("a mark for spreadsheets"),
    );
    let header = reader.headers().expect("a header").clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    assert!(header.iter().any(|field| field == "speaker") && rows.len() >= n_quotes / 2);
    assert!(rows.iter().any(|row| row.iter().any(|field| field == "Ann Lee")));
    let json = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).expect("JSON");
    assert!(json(&save(2, "who-said-what.json")).is_object());
    let linked = json(&save(3, "who-said-what.jsonld")).to_string();
    assert!(
        linked.contains("https://schema.org")
            && linked.contains("\"Quotation\"")
            && linked.contains("NewsArticle")
    );
    let notes = json(&save(4, "who-said-what.annotations.jsonld")).to_string();
    assert!(
        notes.contains("http://www.w3.org/ns/anno.jsonld") && notes.contains("TextQuoteSelector")
    );
    let markdown = String::from_utf8(save(1, "who-said-what.md")).expect("text");
    assert!(markdown.starts_with("# Port Ellis votes") && markdown.contains("Ann Lee"));
    // Only what the filters show.
    page.js("document.querySelector('[data-do=tool-close]').click()");
    page.wait_gone("dialog[open]");
    page.click("//button[contains(@class,'voice-row')][contains(.,'Dele Marsh')]");
    page.click_button("Share and export");
    page.wait_for("dialog[open] .export-formats");
    let csv = save(0, "who-said-what.csv");
    let mut reader = csv::Reader::from_reader(&csv[3..]);
    let of_marsh = reader.records().map(|row| row.expect("a row"));
    assert!(of_marsh.into_iter().all(|row| row.iter().any(|field| field == "Dele Marsh")));
}

#[test]
fn a_quote_card_is_saved_as_a_picture() {
    let page = open(&Site::start(), SAMPLE);
    let downloads = Downloads::of(&page, "card");
    page.js("document.querySelectorAll('.qt')[0].querySelector('.why').click()");
    page.wait_for(".note-why-title");
    page.click_button("Quote card");
    page.wait_for("dialog[open] .card-canvas");
    page.screenshot("card");
    page.click_button("Download SVG");
    let svg = String::from_utf8(downloads.file(&page, "quote-card.svg")).expect("text");
    let parsed = roxmltree::Document::parse(&svg).expect("XML");
    assert_eq!(parsed.root_element().tag_name().name(), "svg");
    let texts = parsed.descendants().filter(|node| node.tag_name().name() == "text");
    let words: String = texts.filter_map(|node| node.text()).collect::<Vec<_>>().join(" ");
    for part in ["This town", "Ann Lee", "mayor of Port Ellis", "Port Ellis votes", "March 5, 2024"]
    {
        assert!(words.contains(part), "{part}: {words}");
    }
    page.click_button("Download PNG");
    let png = downloads.file(&page, "quote-card.png");
    let decoder = png::Decoder::new(std::io::Cursor::new(png));
    let reader = decoder.read_info().expect("a PNG");
    assert!(reader.info().width >= 1000 && reader.info().height >= 500);
}
