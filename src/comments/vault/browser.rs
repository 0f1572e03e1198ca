//! The browser's IndexedDB, by `static/vault.js`; and the channel on which tabs tell each other what they wrote.

use std::rc::Rc;

use gloo_events::EventListener;
use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

use super::{Answer, Vault};
use crate::storage::{Watch, cause};

#[wasm_bindgen]
extern "C" {
    /// What the script answers when it is asked for `act`.
    #[wasm_bindgen(js_namespace = dixit, catch)]
    async fn vault(act: &str, first: &JsValue, second: &JsValue) -> Result<JsValue, JsValue>;
}

/// The channel on which tabs tell each other which key they wrote.
const CHANNEL: &str = "dixit/1";

/// Entries in the browser's IndexedDB.
#[derive(Debug, Clone, Copy, Default)]
pub struct BrowserVault;

impl Vault for BrowserVault {
    fn load(&self, prefix: &str) -> Answer<Vec<(String, String)>> {
        let prefix = JsValue::from_str(prefix);
        Box::pin(async move {
            let found = vault("load", &prefix, &JsValue::UNDEFINED).await;
            let found = Array::from(&found.map_err(|error| cause(&error))?);
            let text = |n| found.get(n).as_string();
            let entry = |n| Some((text(2 * n)?, text(2 * n + 1)?));
            Ok((0..found.length() / 2).filter_map(entry).collect())
        })
    }

    fn write(&self, puts: Vec<(String, String)>, removals: Vec<String>) -> Answer<()> {
        Box::pin(async move {
            let (entries, keys) = (Array::new(), Array::new());
            for (key, text) in &puts {
                entries.push(&JsValue::from_str(key));
                entries.push(&JsValue::from_str(text));
            }
            for key in &removals {
                keys.push(&JsValue::from_str(key));
            }
            vault("write", &entries, &keys).await.map_err(|error| cause(&error))?;
            if let Some(key) = puts.first().map(|(key, _)| key).or(removals.first()) {
                tell(key);
            }
            Ok(())
        })
    }

    fn watch(&self, prefix: &str, changed: Rc<dyn Fn()>) -> Watch {
        let channel = BroadcastChannel::new(CHANNEL).ok()?;
        let prefix = prefix.to_owned();
        let listener = EventListener::new(&channel, "message", move |event| {
            let key = event.dyn_ref::<MessageEvent>().and_then(|e| e.data().as_string());
            if key.is_some_and(|key| key.starts_with(&prefix)) {
                changed();
            }
        });
        Some(Box::new(Channel { channel, _listener: listener }))
    }
}

/// Closes its channel when dropped.
struct Channel {
    channel: BroadcastChannel,
    _listener: EventListener,
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.close();
    }
}

/// Tells the other tabs which key was written. Where there is no channel, they see it at their next load.
fn tell(key: &str) {
    if let Ok(channel) = BroadcastChannel::new(CHANNEL) {
        let _ = channel.post_message(&JsValue::from_str(key));
        channel.close();
    }
}
