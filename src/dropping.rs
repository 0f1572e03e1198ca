//! Takes files and texts that are dropped on the page.

use std::cell::Cell;
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::prelude::*;
use web_sys::{DataTransfer, DragEvent, Element, Event};
use yew::Callback;

use crate::open::may_be_link;
use crate::session::Request;
use crate::words::holds;

#[wasm_bindgen]
extern "C" {
    /// What a drop brings where that is more than one file; set by `static/boot.js`.
    #[wasm_bindgen(js_namespace = dixit)]
    fn several(data: &DataTransfer) -> JsValue;
}

/// Listens for drags and drops over the whole page until the listeners are dropped.
///
/// Files are always taken: a browser that opened one itself would leave the page. Text is taken while
/// `takes_text` says so, and never where it falls into a field.
pub fn listen(
    takes_text: Rc<Cell<bool>>,
    on_request: Callback<Request>,
    on_drag: Callback<bool>,
) -> Vec<EventListener> {
    let Some(window) = web_sys::window() else { return Vec::new() };
    let on = |name: &'static str, act: Box<dyn Fn(&DragEvent)>| {
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&window, name, options, move |event| {
            if let Some(event) = event.dyn_ref::<DragEvent>() {
                act(event);
            }
        })
    };
    let over = {
        let (takes_text, on_drag) = (takes_text.clone(), on_drag.clone());
        move |event: &DragEvent| {
            if takes(event, takes_text.get()) {
                event.prevent_default();
                on_drag.emit(true);
            }
        }
    };
    let leave = {
        let on_drag = on_drag.clone();
        move |event: &DragEvent| {
            // Between two elements of the page there is a next one.
            if event.related_target().is_none() {
                on_drag.emit(false);
            }
        }
    };
    let fall = move |event: &DragEvent| {
        on_drag.emit(false);
        if !takes(event, takes_text.get()) {
            return;
        }
        event.prevent_default();
        if let Some(request) = event.data_transfer().and_then(|data| request(&data)) {
            on_request.emit(request);
        }
    };
    vec![
        on("dragover", Box::new(over)),
        on("dragleave", Box::new(leave)),
        on("drop", Box::new(fall)),
    ]
}

/// What a drop or a paste brings; `None` where it is neither file nor text.
pub fn request(data: &DataTransfer) -> Option<Request> {
    if let Some(file) = data.files().and_then(|files| files.get(0)) {
        let entries = several(data);
        return Some(match entries.is_undefined() {
            true => Request::File(file),
            false => Request::Several(entries),
        });
    }
    let held = |kind: &str| data.get_data(kind).unwrap_or_default();
    of_clipboard(&held("text/html"), held("text/plain"))
}

/// What HTML and text ask for that somebody has copied; `None` where both are blank.
pub fn of_clipboard(html: &str, text: String) -> Option<Request> {
    if has_blocks(html) {
        return Some(Request::Fragment(html.to_owned()));
    }
    (!text.trim().is_empty()).then(|| of_text(text))
}

/// Whether the clipboard's HTML says more than its text: where paragraphs end, what is a heading or a list.
fn has_blocks(html: &str) -> bool {
    ["<p", "<h1", "<h2", "<h3", "<li", "<br", "<div"].iter().any(|tag| holds(html, tag))
}

/// A link alone is opened as one; anything else is an article.
pub fn of_text(text: String) -> Request {
    if may_be_link(&text) { Request::Link(text.trim().to_owned()) } else { Request::Text(text) }
}

/// Whether an event happens in a field, where the browser's own way of pasting and dropping is right.
pub fn in_field(event: &Event) -> bool {
    let element = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    element.is_some_and(|e| {
        e.closest("input, textarea, [contenteditable]").is_ok_and(|found| found.is_some())
    })
}

fn takes(event: &DragEvent, takes_text: bool) -> bool {
    let Some(data) = event.data_transfer() else { return false };
    let has = |kind: &str| data.types().includes(&kind.into(), 0);
    has("Files") || (takes_text && has("text/plain") && !in_field(event))
}
