//! What arrives in the browser: the page, its policy, the engine's module, and words when one of them fails.

use crate::harness::{Page, Site};

#[test]
fn the_start_page_loads_from_any_folder_within_its_policy() {
    let site = Site::start();
    let page = Page::open(&site, "");
    page.wait_for("#reader h1");
    assert!(!page.is_visible("#panel"));
    page.shots("start");
    assert!(page.requests().len() >= 6, "{:?}", page.requests());
    let engine: Vec<String> =
        site.requests().into_iter().filter(|p| p.contains("engine-")).collect();
    assert_eq!(engine, Vec::<String>::new(), "the engine is loaded when first needed");
}
