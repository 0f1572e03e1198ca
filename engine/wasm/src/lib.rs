//! The engine as a Wasm module: text in, the versioned JSON of article and analysis out.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console)]
    fn error(message: &str);
}

/// The version of the JSON that [`read_and_analyse`] writes. Whoever loads the module compares it
/// with the version it reads, so that a page and an engine of different releases say so.
#[wasm_bindgen]
pub fn format_version() -> u32 {
    dixit_engine::format::VERSION
}

/// Reads `text` as an article, finds who said what in it, and writes both as one document.
#[wasm_bindgen]
pub fn read_and_analyse(text: &str) -> String {
    let article = dixit_engine::plain_text::read(text);
    let analysis = dixit_engine::analyse(&article);
    dixit_engine::format::write(&article, Some(&analysis))
}

/// Puts a panic's message on the console; the caller sees only a trap.
#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(|info| error(&info.to_string())));
}
