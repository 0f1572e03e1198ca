//! What the browser tells the reading page: fragments, find-in-page, Escape; and what the page
//! asks of it: to scroll and to give the focus back.

use std::rc::Rc;

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

use crate::plan::{Plan, is_dom_id};
use crate::state::{Action, State, Why};

/// Listens while the page is shown, and follows the state with scroll and focus.
#[hook]
pub(crate) fn use_page_events(
    plan: &Rc<Plan>,
    state: &Rc<State>,
    root: &NodeRef,
    on_action: &Callback<Action>,
) {
    {
        let (plan, root, on_action) = (plan.clone(), root.clone(), on_action.clone());
        use_effect_with((), move |()| {
            let listeners = listen(plan, &root, &on_action);
            move || drop(listeners)
        });
    }
    {
        let root = root.clone();
        use_effect_with(state.moves, move |&moves| {
            if moves > 0
                && let Some(element) = find(&root, ".body .is-here")
            {
                show(&element);
            }
        });
    }
    let before = use_mut_ref(|| None::<Why>);
    let root = root.clone();
    use_effect_with(state.why, move |&why| {
        let closed = before.replace(why).filter(|_| why.is_none());
        if let Some(closed) = closed {
            give_focus_back(&root, closed);
        }
    });
}

fn listen(plan: Rc<Plan>, root: &NodeRef, on_action: &Callback<Action>) -> Vec<EventListener> {
    let mut listeners = Vec::new();
    let Some(window) = web_sys::window() else { return listeners };
    let follow = {
        let on_action = on_action.clone();
        move || {
            if let Some(action) = fragment().and_then(|id| meaning(&plan, &id)) {
                on_action.emit(action);
            }
        }
    };
    follow();
    listeners.push(EventListener::new(&window, "hashchange", move |_| follow()));
    if let Some(document) = window.document() {
        let on_action = on_action.clone();
        listeners.push(EventListener::new(&document, "keydown", move |event| {
            if is_escape(event) {
                on_action.emit(Action::Escape);
            }
        }));
    }
    if let Some(root) = root.cast::<Element>() {
        let on_action = on_action.clone();
        // The browser found something in a folded quotation and is about to show it.
        listeners.push(EventListener::new(&root, "beforematch", move |event| {
            if let Some(n) = event.target().and_then(|target| quotation_around(&target)) {
                on_action.emit(Action::Open(n));
            }
        }));
    }
    listeners
}

fn fragment() -> Option<String> {
    let hash = web_sys::window()?.location().hash().ok()?;
    hash.strip_prefix('#').map(str::to_owned)
}

/// What the fragment names: a quotation to go to, a speaker to choose.
fn meaning(plan: &Plan, id: &str) -> Option<Action> {
    if is_dom_id(id, 's') {
        return plan.analysis.speakers.iter().position(|s| s.id == id).map(Action::Show);
    }
    plan.ids.iter().position(|known| known.as_deref() == Some(id)).map(Action::GoTo)
}

/// Escape, unless it means something where it was pressed.
fn is_escape(event: &Event) -> bool {
    let pressed = event.dyn_ref::<KeyboardEvent>().is_some_and(|e| e.key() == "Escape");
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let in_field = target.and_then(|t| t.closest("input, textarea, select").ok().flatten());
    pressed && !event.default_prevented() && in_field.is_none()
}

fn quotation_around(target: &web_sys::EventTarget) -> Option<usize> {
    let quotation = target.dyn_ref::<Element>()?.closest("[data-quotation]").ok()??;
    quotation.get_attribute("data-quotation")?.parse().ok()
}

fn find(root: &NodeRef, selector: &str) -> Option<Element> {
    root.cast::<Element>()?.query_selector(selector).ok()?
}

fn show(element: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Center);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// The focus returns to the button that asked for the reason.
fn give_focus_back(root: &NodeRef, why: Why) {
    let statement = match why.quotation {
        Some(n) => ["[data-quotation=\"", &n.to_string(), "\"]"].concat(),
        None => {
            let (block, n) = (why.block.to_string(), why.attribution.to_string());
            ["[data-block=\"", &block, "\"] .ind[data-attribution=\"", &n, "\"]"].concat()
        }
    };
    let button = find(root, &[&statement, ">.why"].concat());
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        // A button that is gone cannot take the focus, and then nothing should.
        let _ = button.focus();
    }
}
