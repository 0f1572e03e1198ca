//! What a click or a key on the start page or the comments means: one listener serves each of them,
//! and what can be acted on says so in `data-act` and `data-id`.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlTextAreaElement, KeyboardEvent, MouseEvent};
use yew::prelude::*;

use crate::element::{element, filled_in, text};

/// A button that says what it does, and to which thing.
pub(crate) fn button(class: &str, act: &str, id: &str, words: &str) -> Html {
    let names = &["type", "class", "data-act", "data-id"];
    element("button", names, &["button", class, act, id], vec![text(words)])
}

/// What a click asks for: the act and the thing; `None` where it is nothing of ours.
pub(crate) fn acted(event: &Event) -> Option<(String, String)> {
    let button = closest(event, "[data-act]")?;
    let id = button.get_attribute("data-id").unwrap_or_default();
    Some((button.get_attribute("data-act")?, id))
}

/// The thing and the words of a text area in which something was typed.
pub(crate) fn typed(event: &Event) -> Option<(String, String)> {
    let field: HtmlTextAreaElement = event.target()?.dyn_into().ok()?;
    Some((field.get_attribute("data-id").unwrap_or_default(), field.value()))
}

/// The thing whose text area is left by Enter with Control or Command.
pub(crate) fn entered(event: &KeyboardEvent) -> Option<String> {
    if event.key() != "Enter" || !(event.ctrl_key() || event.meta_key()) {
        return None;
    }
    let (id, _) = typed(event)?;
    event.prevent_default();
    Some(id)
}

/// Whether a click is one that the browser answers by itself, in a new tab or window.
pub(crate) fn modified(event: &MouseEvent) -> bool {
    event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key()
}

pub(crate) fn closest(event: &Event, selector: &str) -> Option<Element> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest(selector).ok().flatten()
}

/// A text area under its label.
pub(crate) fn area(class: &str, id: &str, label: Html, rows: &str, words: &str) -> Html {
    let names = &["class", "data-id", "rows", "aria-keyshortcuts"];
    let area =
        element("textarea", names, &[class, id, rows, "Control+Enter Meta+Enter"], Vec::new());
    element("label", &[], &[], vec![label, filled_in(area, words)])
}
