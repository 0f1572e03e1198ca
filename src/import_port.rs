//! Asks the importer's Wasm module, in a worker or in the page, what article a page, a feed or a document holds.

use crate::json::{Object, as_list, as_number, as_text};
use crate::open::{Given, OpenError};

/// What an input held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Read {
    /// An article, as its document.
    Article(String),
    /// A feed.
    Feed(Feed),
}

/// A feed, of which one article can be opened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Feed {
    /// What it is called.
    pub title: Option<String>,
    /// Its entries, in its order.
    pub entries: Vec<Entry>,
}

/// One entry of a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its headline.
    pub title: Option<String>,
    /// The day on which it was published, in words or as `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Whether the feed has only a summary of it.
    pub summary_only: bool,
    /// The article, as its document.
    pub document: String,
}

/// Reads what came in.
pub async fn read(given: Given) -> Result<Read, OpenError> {
    let content_type = given.content_type.clone();
    let answer = port::read(given).await?;
    if answer.starts_with("{\"format\"") {
        return Ok(Read::Article(answer));
    }
    let unclear = || OpenError::Importer(answer.chars().take(200).collect());
    let mut fields = Object::read(&answer).ok_or_else(unclear)?;
    let Some(feed) = fields.take("feed") else { return Err(refusal(fields, content_type)) };
    let mut feed = Object::read(&feed).ok_or_else(unclear)?;
    let entry = |json: &str| {
        let mut entry = Object::read(json)?;
        let mut text = |name: &str| as_text(&entry.take(name)?);
        let (title, date, document) = (text("title"), text("date"), text("document")?);
        let summary_only = entry.take("summary_only").as_deref().and_then(as_number) == Some(1);
        Some(Entry { title, date, summary_only, document })
    };
    let entries = feed.take("entries").unwrap_or_default();
    let entries = as_list(&entries).unwrap_or_default().into_iter().filter_map(entry).collect();
    Ok(Read::Feed(Feed { title: feed.take("title").as_deref().and_then(as_text), entries }))
}

/// Why nothing was read.
fn refusal(mut fields: Object, content_type: Option<String>) -> OpenError {
    let mut text = |name: &str| fields.take(name).as_deref().and_then(as_text).unwrap_or_default();
    let (kind, cause) = (text("refused"), text("cause"));
    match kind.as_str() {
        "too-large" => OpenError::TooLarge,
        "empty" => OpenError::Empty,
        "not-text" => {
            let named = Some(cause).filter(|cause| !cause.is_empty()).or(content_type);
            OpenError::NotText(named)
        }
        "no-body" => OpenError::NoBody,
        "newer" => OpenError::Newer,
        _ => OpenError::Unreadable(cause),
    }
}

#[cfg(target_arch = "wasm32")]
mod port {
    use dixit_engine::format;
    use wasm_bindgen::prelude::*;

    use crate::open::{Given, OpenError};

    #[wasm_bindgen]
    extern "C" {
        /// Set by `static/boot.js`, which hands over to `static/import.js`.
        #[wasm_bindgen(js_namespace = dixit, catch, js_name = read)]
        async fn imported(
            version: u32,
            bytes: Vec<u8>,
            name: Option<String>,
            content_type: Option<String>,
            url: Option<String>,
            is_fragment: bool,
        ) -> Result<JsValue, JsValue>;
    }

    pub(super) async fn read(given: Given) -> Result<String, OpenError> {
        let Given { bytes, name, content_type, url, is_fragment } = given;
        let version = format::VERSION;
        let answer = imported(version, bytes, name, content_type, url, is_fragment).await;
        let message = |error: JsValue| {
            let message = js_sys::Reflect::get(&error, &"message".into()).unwrap_or_default();
            OpenError::Importer(message.as_string().unwrap_or_default())
        };
        Ok(answer.map_err(message)?.as_string().unwrap_or_default())
    }
}

/// Native builds, as in tests, have no module to load.
#[cfg(not(target_arch = "wasm32"))]
mod port {
    use crate::open::{Given, OpenError};

    pub(super) async fn read(_: Given) -> Result<String, OpenError> {
        Err(OpenError::Importer("only in a browser".into()))
    }
}
