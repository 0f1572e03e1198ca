//! The parts of the page that are not in the first download, as what an article needs first is: `cargo xtask seal`
//! puts what only these need into a Wasm module of their own.

use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::prelude::Html;

use crate::components::comments::{Comments, CommentsProps};
use crate::components::look::Look;
use crate::components::start::{Start, StartProps};
use crate::part::part;

/// The later parts.
pub struct Later {
    /// Places the start page.
    pub start: fn(StartProps) -> Html,
    /// Places the comments on an article, whose id tells them from those on another.
    pub comments: fn(&str, CommentsProps) -> Html,
    /// Places the menu "Aa".
    pub look: fn() -> Html,
}

/// Fetches the later parts, once; after an error they can be fetched again.
#[wasm_split(later, fallible)]
pub fn later() -> Result<&'static Later, SplitLoaderError> {
    Ok(&Later {
        start: |props| part::<Start>("start", props),
        comments: |id, props| part::<Comments>(id, props),
        look: || part::<Look>("look", ()),
    })
}
