//! Keeps the text and the cause within reach of the page's plain fault panel when the reader fails.

use web_sys::window;
#[cfg(not(feature = "embed"))]
use web_sys::{CustomEvent, CustomEventInit};

use crate::tree;

/// Puts the text being opened where the fault panel can show it, should reading it bring the reader down.
pub fn keep_text(text: &str) {
    if tree::EMBEDDED {
        return;
    }
    let place = window().and_then(|w| w.document()).and_then(|d| d.get_element_by_id("fault-text"));
    if let Some(place) = place {
        place.set_text_content(Some(text));
    }
}

/// Makes a panic tell its message to the fault panel (`static/fault.js`) before the module stops.
pub fn report_panics() {
    // Yew's own hook would replace one that is set directly.
    yew::set_custom_panic_hook(Box::new(|info| {
        let message = info.to_string();
        web_sys::console::error_1(&message.as_str().into());
        give_up(&message);
    }));
}

/// Tells the fault panel why the reader does nothing more.
#[cfg(not(feature = "embed"))]
pub fn give_up(message: &str) {
    let init = CustomEventInit::new();
    init.set_detail(&message.into());
    if let Ok(event) = CustomEvent::new_with_event_init_dict("dixit:panic", &init)
        && let Some(window) = window()
    {
        let _ = window.dispatch_event(&event);
    }
}

/// Tells the page around why its readers do nothing more.
#[cfg(feature = "embed")]
pub fn give_up(message: &str) {
    browser::gave_up(message);
}

#[cfg(feature = "embed")]
mod browser {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = dixit)]
        pub(super) fn gave_up(message: &str);
    }
}
