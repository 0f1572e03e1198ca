//! The outline while the page is read: says which part is on the screen, and closes when it has led there.

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use crate::permalink;
use crate::plan::Plan;
use crate::tree;

/// Marks the heading, an index into the plan's, as the one under which the reader is.
pub(super) fn mark(plan: &Plan, heading: Option<usize>) {
    let Some(outline) = outline() else { return };
    let current = heading.and_then(|n| plan.headings.get(n));
    let href = current.map(|heading| ["#", &heading.id].concat());
    let words = current.and_then(|heading| plan.article.blocks.get(heading.block));
    let words = words.map_or_else(String::new, |block| [" · ", &block.text].concat());
    if let Ok(Some(summary)) = outline.query_selector("summary") {
        // The names are ours, and fixed names are always accepted.
        let _ = summary.set_attribute("data-here", &words);
    }
    let Ok(links) = outline.query_selector_all("a") else { return };
    for n in 0..links.length() {
        let Some(link) = links.get(n).and_then(|link| link.dyn_into::<Element>().ok()) else {
            continue;
        };
        // As above.
        let _ = if href.is_some() && link.get_attribute("href") == href {
            link.set_attribute("aria-current", "true")
        } else {
            link.remove_attribute("aria-current")
        };
    }
}

/// Listens for what closes the outline: a link in it that is followed, a press elsewhere, Escape.
pub(super) fn closers() -> Vec<EventListener> {
    let Some(outline) = outline() else { return Vec::new() };
    let Some(document) = web_sys::window().and_then(|w| w.document()) else { return Vec::new() };
    if permalink::heading().is_some() {
        // Its link was followed before this part was here.
        close(&outline);
    }
    let followed = EventListener::new(&outline, "click", {
        let outline = outline.clone();
        move |event| {
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            if target.is_some_and(|target| matches!(target.closest("a"), Ok(Some(_)))) {
                close(&outline);
            }
        }
    });
    // Prevented, so that the page does not take the same key for itself.
    let options = EventListenerOptions::enable_prevent_default();
    let escape = EventListener::new_with_options(&outline, "keydown", options, {
        let outline = outline.clone();
        move |event| {
            let escape = event.dyn_ref::<KeyboardEvent>().is_some_and(|e| e.key() == "Escape");
            if escape && outline.has_attribute("open") {
                event.prevent_default();
                close(&outline);
                let summary = outline.query_selector("summary").ok().flatten();
                if let Some(summary) = summary.and_then(|s| s.dyn_into::<HtmlElement>().ok()) {
                    // It is there as long as the outline is.
                    let _ = summary.focus();
                }
            }
        }
    });
    let elsewhere = EventListener::new(&document, "pointerdown", move |event| {
        if !outline.contains(tree::origin(event).as_ref()) {
            close(&outline);
        }
    });
    vec![followed, escape, elsewhere]
}

fn close(outline: &Element) {
    // Removing what is not there is no error, and the name is ours.
    let _ = outline.remove_attribute("open");
}

fn outline() -> Option<Element> {
    tree::find(".outline")
}
