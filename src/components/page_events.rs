//! What the browser tells the reading page: fragments, find-in-page, Escape; and what the page
//! asks of it: to scroll and to give the focus back.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{
    Element, HtmlDialogElement, HtmlElement, HtmlInputElement, KeyboardEvent,
    ScrollIntoViewOptions, ScrollLogicalPosition,
};
use yew::prelude::*;

use super::click::{closest, number};
use crate::permalink;
use crate::plan::Plan;
use crate::scene::View;
use crate::settings::KEYS;
use crate::state::{Action, Why};
use crate::tree::{self, Tree};

/// Scrolls to the heading that the address names: it was not here yet when the browser looked for it.
pub(crate) fn show_heading(root: &NodeRef) {
    if let Some(heading) = permalink::heading().and_then(|id| find(root, &["#", &id].concat())) {
        heading.scroll_into_view();
    }
}

/// Listens as long as the answer is kept, and follows the fragment that the page was opened with. `plan` is
/// what is shown when something happens.
pub(crate) fn listen(
    plan: Rc<RefCell<Rc<Plan>>>,
    root: &NodeRef,
    on_action: &Callback<Action>,
    on_key: Callback<String>,
) -> Vec<EventListener> {
    let mut listeners = Vec::new();
    let Some(window) = web_sys::window() else { return listeners };
    let follow = {
        let on_action = on_action.clone();
        move || {
            let opens = |id: String| permalink::opens(&plan.borrow(), &id);
            // The fragments of another's page may mean other things than what is here.
            let is_ours = |a: &Action| !tree::EMBEDDED || !matches!(a, Action::Lost(_));
            if let Some(action) = permalink::fragment().and_then(opens).filter(is_ours) {
                // What is named is marked in the article.
                on_action.emit(Action::View(View::Article));
                on_action.emit(action);
            }
        }
    };
    follow();
    listeners.push(EventListener::new(&window, "hashchange", move |_| follow()));
    if let Some(target) = tree::target() {
        let (on_action, tree) = (on_action.clone(), Tree::current());
        let options = EventListenerOptions::enable_prevent_default();
        listeners.push(EventListener::new_with_options(
            &target,
            "keydown",
            options,
            move |event| {
                tree.enter();
                if is_escape(event) {
                    on_action.emit(Action::Escape);
                } else if let Some(key) = key(event) {
                    event.prevent_default();
                    on_key.emit(key);
                }
            },
        ));
    }
    if let Some(root) = root.cast::<Element>() {
        let on_action = on_action.clone();
        // Escape closes a dialog by itself, and so may a phone's gesture.
        let on_close = on_action.clone();
        let options = EventListenerOptions::run_in_capture_phase();
        listeners.push(EventListener::new_with_options(&root, "close", options, move |_| {
            on_close.emit(Action::CloseTool);
        }));
        let on_find = on_action.clone();
        listeners.push(EventListener::new(&root, "input", move |event| {
            let field = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
            if let Some(field) = field.filter(|field| field.has_attribute("data-find")) {
                on_find.emit(Action::Find(field.value().into()));
            }
        }));
        // The browser found something in a folded quotation and is about to show it.
        listeners.push(EventListener::new(&root, "beforematch", move |event| {
            if let Some(n) = event.target().and_then(|target| quotation_around(&target)) {
                on_action.emit(Action::Open(n));
            }
        }));
    }
    listeners
}

/// Escape, unless it means something where it was pressed.
fn is_escape(event: &Event) -> bool {
    let pressed = event.dyn_ref::<KeyboardEvent>().is_some_and(|e| e.key() == "Escape");
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let in_field = target.and_then(|t| t.closest("input, textarea, select").ok().flatten());
    pressed && !event.default_prevented() && in_field.is_none()
}

/// A key that may be one of ours: pressed alone, nowhere where it means something itself, while keys are on.
fn key(event: &Event) -> Option<String> {
    let event = event.dyn_ref::<KeyboardEvent>()?;
    let key = event.key();
    if !["j", "k", "x", "X", "t", "/", "c", "r", "?"].contains(&key.as_str()) {
        return None;
    }
    let modified = event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing();
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok())?;
    let elsewhere = closest(&target, "input, textarea, select, dialog, [contenteditable], .look");
    let free = !modified && !event.default_prevented() && elsewhere.is_none();
    (free && KEYS.now() != "off").then_some(key)
}

/// The block in which the reader has selected something.
pub(crate) fn selected_block() -> Option<usize> {
    let selection = tree::selection()?;
    let node = selection.anchor_node().filter(|_| !selection.is_collapsed())?;
    let element = node.dyn_ref::<Element>().cloned().or_else(|| node.parent_element())?;
    number(&closest(&element, "[data-block]")?, "data-block")
}

/// Gives the focus to what `selector` names, and shows it.
pub(crate) fn focus(root: &NodeRef, selector: &str) {
    if let Some(element) = find(root, selector).and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        // What cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}

/// Gives the focus to what `selector` names where nothing has it.
pub(crate) fn focus_lost(root: &NodeRef, selector: &str) {
    if tree::is_unfocused() {
        focus(root, selector);
    }
}

fn quotation_around(target: &web_sys::EventTarget) -> Option<usize> {
    number(&closest(target.dyn_ref()?, "[data-quotation]")?, "data-quotation")
}

fn find(root: &NodeRef, selector: &str) -> Option<Element> {
    root.cast::<Element>()?.query_selector(selector).ok()?
}

/// Scrolls to the marked place, or to the note that it is not there.
pub(crate) fn show_place(root: &NodeRef) {
    let Some(element) = find(root, ".is-lost, .body .is-here") else { return };
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Center);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// The focus goes to a reason that opens, and back to the button that asked when it closes.
pub(crate) fn move_focus(root: &NodeRef, before: Option<Why>, now: Option<Why>) {
    let to = match (before, now) {
        (_, Some(_)) => find(root, ".note-why"),
        (Some(why), None) => find(root, &asking(why)),
        (None, None) => None,
    };
    if let Some(element) = to.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that is gone cannot take the focus, and then nothing should.
        let _ = element.focus();
    }
}

/// Opens the dialog over everything else, or closes it, which gives the focus back.
pub(crate) fn show_dialog(root: &NodeRef, open: bool) {
    let dialog = find(root, "dialog.tool").and_then(|d| d.dyn_into::<HtmlDialogElement>().ok());
    let Some(dialog) = dialog.filter(|dialog| dialog.open() != open) else { return };
    if open {
        // A browser without dialogs shows it in the page.
        let _ = dialog.show_modal();
    } else {
        dialog.close();
    }
}

/// The button that asked for the reason.
fn asking(why: Why) -> String {
    let statement = match why.quotation {
        Some(n) => ["[data-quotation=\"", &n.to_string()].concat(),
        None => {
            let (block, n) = (why.block.to_string(), why.attribution.to_string());
            ["[data-block=\"", &block, "\"] .ind[data-attribution=\"", &n].concat()
        }
    };
    [&statement, "\"]>.why"].concat()
}
