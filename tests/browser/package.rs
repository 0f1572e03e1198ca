//! The npm package `dixit-article` as others have installed it: `cargo xtask test` makes the pages.

use std::path::PathBuf;

use crate::harness::{Browser, Page, Site, in_every_browser};

in_every_browser! {
    a_page_made_with_vite
    a_page_made_with_react
    a_page_without_a_bundler
}

fn open(browser: Browser, kind: &str) -> Option<Page> {
    let Some(pages) = std::env::var_os("DIXIT_PACKAGES").map(PathBuf::from) else {
        assert!(std::env::var_os("CI").is_none(), "no pages: cargo xtask test makes them");
        eprintln!("not tested: cargo xtask test makes the pages");
        return None;
    };
    let site = Site::of_folder(&pages.join(kind));
    let page = Page::open_in(browser, &site, "index.html");
    Some(page)
}

const SHOWN: &str =
    "document.querySelector('dixit-article').shadowRoot.querySelector('article .qt')";

fn a_page_made_with_vite(browser: Browser) {
    let Some(page) = open(browser, "vite") else { return };
    page.wait_until(SHOWN);
    page.wait_until("document.title.endsWith(' s-ola-brandt')");
    page.js("document.querySelector('dixit-article').view = 'speakers'");
    page.wait_until(
        "document.querySelector('dixit-article').shadowRoot.querySelector('.cards .vc')",
    );
}

fn a_page_made_with_react(browser: Browser) {
    let Some(page) = open(browser, "react") else { return };
    page.wait_until(SHOWN);
    page.wait_until("document.title.startsWith('ready ')");
    page.js("document.getElementById('speakers').click()");
    page.wait_until(
        "document.querySelector('dixit-article').shadowRoot.querySelector('.cards .vc')",
    );
}

fn a_page_without_a_bundler(browser: Browser) {
    let Some(page) = open(browser, "plain") else { return };
    page.wait_until(SHOWN);
    page.wait_until("document.querySelector('dixit-article').speakers.some(({ name }) => name === 'Ola Brandt')");
}
