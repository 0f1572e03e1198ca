//! Tells when an element comes near to what is shown of the page, and when its size changes.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{
    Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit,
    ResizeObserver,
};

use crate::storage::Watch;

/// Calls `near` when `element` is less than a screen away from what is shown, until the watch is dropped; at once where
/// the browser cannot tell.
pub(crate) fn watch(element: &Element, near: impl Fn() + Clone + 'static) -> Watch {
    let seen = near.clone();
    let on_change = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
        let mut entries = entries.iter();
        if entries.any(|e| e.unchecked_into::<IntersectionObserverEntry>().is_intersecting()) {
            seen();
        }
    });
    let options = IntersectionObserverInit::new();
    options.set_root_margin("100% 0px");
    let callback = on_change.as_ref().unchecked_ref();
    let Ok(observer) = IntersectionObserver::new_with_options(callback, &options) else {
        near();
        return None;
    };
    observer.observe(element);
    Some(Box::new(Observing { observer, _on_change: on_change }))
}

/// Calls `changed` when the size of `element` changes, until the watch is dropped.
pub(crate) fn watch_size(element: &Element, changed: impl Fn() + 'static) -> Watch {
    let on_change = Closure::<dyn Fn(js_sys::Array)>::new(move |_| changed());
    let observer = ResizeObserver::new(on_change.as_ref().unchecked_ref()).ok()?;
    observer.observe(element);
    Some(Box::new(Measuring { observer, _on_change: on_change }))
}

/// Ends when dropped.
struct Measuring {
    observer: ResizeObserver,
    _on_change: Closure<dyn Fn(js_sys::Array)>,
}

impl Drop for Measuring {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Ends when dropped.
struct Observing {
    observer: IntersectionObserver,
    _on_change: Closure<dyn Fn(js_sys::Array)>,
}

impl Drop for Observing {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
