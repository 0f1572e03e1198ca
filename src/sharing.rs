//! What the browser does with a link: copies it, hands it to its share sheet; and the link itself.

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::route::Route;
use crate::tree;

/// The address of the article in the reader, whatever of it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PageLink {
    /// The address, without fragment.
    pub url: String,
    /// Whether the article is kept in this browser, so that no other can open the address.
    pub is_kept: bool,
}

impl PageLink {
    /// The address of the page that is shown.
    pub(crate) fn of_browser() -> PageLink {
        if let Some(url) = tree::page() {
            return PageLink { url, is_kept: false };
        }
        let route = Route::of_browser();
        let location = web_sys::window().map(|window| window.location());
        let part =
            |part: Option<Result<String, JsValue>>| part.and_then(Result::ok).unwrap_or_default();
        let origin = part(location.as_ref().map(|location| location.origin()));
        let path = part(location.as_ref().map(|location| location.pathname()));
        let url = [origin, path, route.href()].concat();
        PageLink { url, is_kept: matches!(route, Route::Kept(_)) }
    }

    /// The address that opens what `id` names.
    pub(crate) fn to(&self, id: &str) -> String {
        [&self.url, "#", id].concat()
    }
}

/// Puts `text` on the clipboard; whether that worked.
pub(crate) async fn copy(text: &str) -> bool {
    // Where the page is not secure there is no clipboard, and calling it would throw.
    let clipboard = navigator().and_then(|n| Reflect::get(&n, &"clipboard".into()).ok());
    let Some(clipboard) = clipboard.filter(|clipboard| clipboard.is_object()) else { return false };
    let clipboard: web_sys::Clipboard = clipboard.unchecked_into();
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// Whether the browser has a share sheet.
pub(crate) fn can_share() -> bool {
    share_function().is_some()
}

/// Opens the share sheet. An error is a person who closed it again, or a browser that refused.
pub(crate) async fn share(title: &str, text: &str, url: &str) -> bool {
    let Some((navigator, share)) = share_function() else { return false };
    let fields = Object::new();
    for (name, value) in [("title", title), ("text", text), ("url", url)] {
        if !value.is_empty() && Reflect::set(&fields, &name.into(), &value.into()).is_err() {
            return false;
        }
    }
    let Ok(answer) = share.call1(&navigator, &fields) else { return false };
    JsFuture::from(js_sys::Promise::resolve(&answer)).await.is_ok()
}

fn share_function() -> Option<(JsValue, Function)> {
    let navigator = navigator()?;
    let share = Reflect::get(&navigator, &"share".into()).ok()?.dyn_into().ok()?;
    Some((navigator, share))
}

fn navigator() -> Option<JsValue> {
    Some(web_sys::window()?.navigator().into())
}
