//! Asks the engine's Wasm module, in a worker or in the page, to read and analyse a text.

use dixit_engine::{Analysis, Article};

/// Why the engine gave no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EngineError {
    /// The engine's module could not be loaded; the browser's words.
    Unavailable(String),
    /// The engine stopped in the middle; the browser's words.
    Trapped(String),
}

/// Reads `text` as an article and finds who said what in it.
pub async fn read_and_analyse(text: &str) -> Result<(Article, Analysis), EngineError> {
    let article = dixit_engine::plain_text::read(text);
    let analysis = dixit_engine::analyse(&article);
    Ok((article, analysis))
}
