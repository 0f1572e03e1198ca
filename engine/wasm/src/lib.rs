//! The engine as a Wasm module: text in, the versioned JSON of article and analysis out.

use std::cell::RefCell;

use dixit_engine::{Article, Block, Languages};
use wasm_bindgen::prelude::*;

/// Takes less of the download than the standard library's.
#[global_allocator]
static MEMORY: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

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

thread_local! {
    /// English, and what the caller has added.
    static LANGUAGES: RefCell<Languages> = RefCell::new(Languages::new());
}

/// The tag of the language of `text`, where its data would help and was not added yet.
#[wasm_bindgen]
pub fn missing_language(text: &str) -> Option<String> {
    LANGUAGES.with_borrow(|languages| languages.missing(text).map(str::to_string))
}

/// Adds the data of a language: `lang/TAG.txt` beside the module.
#[wasm_bindgen]
pub fn add_language(tag: &str, data: &str) {
    LANGUAGES.with_borrow_mut(|languages| languages.add(tag, data));
}

/// Reads `text` as an article, finds who said what in it (see [`dixit_engine::Analysis::spoken`]),
/// and writes both as one document.
#[wasm_bindgen]
pub fn read_and_analyse(text: &str) -> String {
    LANGUAGES.with_borrow(|languages| {
        let article = dixit_engine::plain_text::read_with(text, languages);
        let analysis = dixit_engine::analyse_with(&article, languages).spoken();
        dixit_engine::format::write(&article, Some(&analysis))
    })
}

/// Finds who said what in an article that was read already, whose blocks are the lines of `text`; title and
/// language may be empty. What is not said, as code is, comes as an empty line.
#[wasm_bindgen]
pub fn analyse_lines(title: &str, language: &str, text: &str) -> String {
    let known = |text: &str| Some(text).filter(|t| !t.is_empty()).map(str::to_string);
    let article = Article {
        title: known(title),
        language: known(language),
        blocks: text.split('\n').map(Block::paragraph).collect(),
        ..Article::default()
    };
    LANGUAGES.with_borrow(|languages| {
        let analysis = dixit_engine::analyse_with(&article, languages).spoken();
        dixit_engine::format::write(&article, Some(&analysis))
    })
}

/// Puts a panic's message on the console; the caller sees only a trap.
#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(|info| error(&info.to_string())));
}
