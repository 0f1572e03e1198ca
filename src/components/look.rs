//! The menu "Aa": text size, width and theme.

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

use super::group::truth;
use crate::settings::{self, Choice, SIZES, Settings, THEMES, WIDTHS};

/// A button that opens three groups of choices; every choice counts at once and is kept.
#[component]
pub(crate) fn Look() -> Html {
    let open = use_state(|| false);
    let kept = use_state(|| true);
    // What is stored is read after the first render, which must not depend on it.
    let now = use_state(Settings::default);
    let (root, button) = (use_node_ref(), use_node_ref());
    {
        let now = now.clone();
        use_effect_with((), move |()| {
            let stored = settings::load();
            settings::show(&stored);
            now.set(stored);
        });
    }
    {
        let (root, button, is_open) = (root.clone(), button.clone(), open.clone());
        use_effect_with(*open, move |&open| {
            let listeners = if open { closers(root, button, &is_open) } else { Vec::new() };
            move || drop(listeners)
        });
    }
    let onclick = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let onchange = {
        let (now, kept) = (now.clone(), kept.clone());
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            let mut settings = (*now).clone();
            match input.name().as_str() {
                "dixit-size" => settings.size = input.value(),
                "dixit-width" => settings.width = input.value(),
                _ => settings.theme = input.value(),
            }
            kept.set(settings::keep(&settings));
            now.set(settings);
        })
    };
    html! {
        <div ref={root} class="look">
            <button ref={button} type="button" class="ico" aria-expanded={truth(*open)}
                aria-label="Text size, width and theme" title="Text size, width and theme" {onclick}>{ "Aa" }</button>
            if *open {
                <div class="look-menu" {onchange}>
                    { choices("Text size", "dixit-size", SIZES, &now.size) }
                    { choices("Width", "dixit-width", WIDTHS, &now.width) }
                    { choices("Theme", "dixit-theme", THEMES, &now.theme) }
                    if !*kept {
                        <p role="status">{ "This browser does not keep these settings for the next visit." }</p>
                    }
                </div>
            }
        </div>
    }
}

fn choices(title: &'static str, name: &'static str, all: &[Choice], now: &str) -> Html {
    let choices = all.iter().map(|&(value, called)| {
        html! {
            <label><input type="radio" {name} {value} checked={value == now} /><span>{ called }</span></label>
        }
    });
    html! { <fieldset><legend>{ title }</legend><div class="seg">{ for choices }</div></fieldset> }
}

/// Escape and a click elsewhere close the menu; after Escape the focus is on its button again.
fn closers(root: NodeRef, button: NodeRef, open: &UseStateHandle<bool>) -> Vec<EventListener> {
    let Some(document) = web_sys::window().and_then(|w| w.document()) else { return Vec::new() };
    let Some(root) = root.cast::<Element>() else { return Vec::new() };
    // Prevented, so that the page below does not take the same key for itself.
    let options = EventListenerOptions::enable_prevent_default();
    let close = open.clone();
    let escape = EventListener::new_with_options(&root, "keydown", options, move |event| {
        if event.dyn_ref::<KeyboardEvent>().is_some_and(|e| e.key() == "Escape") {
            event.prevent_default();
            close.set(false);
            if let Some(button) = button.cast::<HtmlElement>() {
                // The button is there as long as the menu is.
                let _ = button.focus();
            }
        }
    });
    let close = open.clone();
    let elsewhere = EventListener::new(&document, "pointerdown", move |event| {
        let target = event.target().and_then(|t| t.dyn_into::<web_sys::Node>().ok());
        if !root.contains(target.as_ref()) {
            close.set(false);
        }
    });
    vec![elsewhere, escape]
}
