//! Reads a file that was chosen or dropped.

use js_sys::Uint8Array;
use wasm_bindgen_futures::JsFuture;

use super::{Given, MAX_BYTES, OpenError};
use crate::wording::t;

/// What is in `file`. Its size is looked at before anything is read.
pub async fn read_file(file: &web_sys::File) -> Result<Given, OpenError> {
    if file.size() > MAX_BYTES as f64 {
        return Err(OpenError::TooLarge);
    }
    let bytes = JsFuture::from(file.array_buffer()).await.map_err(|thrown| {
        let message = js_sys::Reflect::get(&thrown, &"message".into()).ok();
        let words = message.and_then(|m| m.as_string()).filter(|m| !m.is_empty());
        OpenError::FileUnreadable(words.unwrap_or_else(|| t("it may have changed or gone.").into()))
    })?;
    // Browsers guess a file's type from its name: the name says as much.
    let bytes = Uint8Array::new(&bytes).to_vec();
    Ok(Given { bytes, name: Some(file.name()), ..Given::default() })
}
