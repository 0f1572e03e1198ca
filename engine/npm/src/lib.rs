//! The engine as an npm package: a text in, who said what as JSON out. `npm/index.js` wraps it.

use dixit_engine::format::{OffsetUnit, write_standoff};
use dixit_engine::{analyse, plain_text};
use wasm_bindgen::prelude::*;

/// Finds who said what in `text`; offsets count UTF-16 code units, as JavaScript's strings do.
#[wasm_bindgen]
pub fn attribute(text: &str, title: Option<String>) -> String {
    let mut article = plain_text::body(text);
    article.title = title;
    let analysis = analyse(&article);
    write_standoff(text, &article, &analysis, OffsetUnit::Utf16)
}
