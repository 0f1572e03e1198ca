//! Reads a file that was chosen or dropped.

use js_sys::Uint8Array;
use wasm_bindgen_futures::JsFuture;

use super::{MAX_BYTES, OpenError, decode};
use crate::wording::t;

/// The text of `file`. Its size is looked at before anything is read.
pub async fn read_file(file: &web_sys::File) -> Result<String, OpenError> {
    if file.size() > MAX_BYTES as f64 {
        return Err(OpenError::TooLarge);
    }
    let bytes = JsFuture::from(file.array_buffer()).await.map_err(|thrown| {
        let message = js_sys::Reflect::get(&thrown, &"message".into()).ok();
        let words = message.and_then(|m| m.as_string()).filter(|m| !m.is_empty());
        OpenError::FileUnreadable(words.unwrap_or_else(|| t("it may have changed or gone.").into()))
    })?;
    let name = file.name().to_ascii_lowercase();
    let html = [".html", ".htm", ".xhtml"].iter().any(|ending| name.ends_with(ending));
    // Browsers guess a file's type from its name: what is in it tells better, except for web pages.
    decode(&Uint8Array::new(&bytes).to_vec(), html.then_some("text/html"))
}
