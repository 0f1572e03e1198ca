//! The browser's local and session storage; every access may throw, and what it throws becomes a cause.

use std::rc::Rc;

use gloo_events::EventListener;
use wasm_bindgen::{JsCast, JsValue};

use super::{Storage, StorageError, Watch};
use crate::wording::t;

/// Which of the browser's storages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Outlives the page, shared by all tabs of the origin.
    Local,
    /// Outlives a reload, for this tab alone.
    Session,
}

/// One of the browser's storages, looked up anew at each access: it can come and go with a setting.
#[derive(Debug)]
pub struct BrowserStorage {
    place: Place,
}

impl BrowserStorage {
    /// The storage at `place`; touches nothing yet.
    pub fn new(place: Place) -> BrowserStorage {
        BrowserStorage { place }
    }

    fn storage(&self) -> Result<web_sys::Storage, StorageError> {
        let window = web_sys::window().ok_or(StorageError::Blocked)?;
        let storage = match self.place {
            Place::Local => window.local_storage(),
            Place::Session => window.session_storage(),
        };
        // Some embedded browsers answer null where others throw.
        storage.map_err(|thrown| cause(&thrown))?.ok_or(StorageError::Blocked)
    }
}

impl Storage for BrowserStorage {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.storage()?.get_item(key).map_err(|thrown| cause(&thrown))
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        let storage = self.storage()?;
        storage.set_item(key, value).map_err(|thrown| cause(&thrown))?;
        match storage.get_item(key).map_err(|thrown| cause(&thrown))? {
            Some(kept) if kept == value => Ok(()),
            _ => Err(StorageError::Broken(t("what was written did not come back").into())),
        }
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.storage()?.remove_item(key).map_err(|thrown| cause(&thrown))
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError> {
        let storage = self.storage()?;
        let n = storage.length().map_err(|thrown| cause(&thrown))?;
        let mut keys = Vec::new();
        for i in 0..n {
            let key = storage.key(i).map_err(|thrown| cause(&thrown))?;
            keys.extend(key.filter(|k| k.starts_with(prefix)));
        }
        Ok(keys)
    }

    fn watch(&self, prefix: &str, changed: Rc<dyn Fn()>) -> Watch {
        if self.place == Place::Session {
            return None;
        }
        let prefix = prefix.to_owned();
        let window = web_sys::window()?;
        let listener = EventListener::new(window.as_ref(), "storage", move |event| {
            let key = event.dyn_ref::<web_sys::StorageEvent>().and_then(|e| e.key());
            // Without a key, everything was cleared.
            if key.is_none_or(|k| k.starts_with(&prefix)) {
                changed();
            }
        });
        Some(Box::new(listener))
    }
}

/// What a thrown value means for the person at the page.
pub(crate) fn cause(thrown: &JsValue) -> StorageError {
    let field =
        |name: &str| js_sys::Reflect::get(thrown, &name.into()).ok().and_then(|v| v.as_string());
    match field("name").as_deref() {
        Some("QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED") => StorageError::Full,
        Some("SecurityError") => StorageError::Blocked,
        name => StorageError::Broken(
            field("message")
                .filter(|m| !m.is_empty())
                .or_else(|| thrown.as_string())
                .or_else(|| name.map(str::to_owned))
                .unwrap_or_else(|| t("no cause given").into()),
        ),
    }
}
