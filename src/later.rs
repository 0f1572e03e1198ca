//! The parts of the page that are not in the first download.

use wasm_split_helpers::wasm_split;
use yew::prelude::Html;

use crate::components::comments::{Comments, CommentsProps};
use crate::components::start::{Start, StartProps};
use crate::components::look::Look;
use crate::part::part;

/// The parts.
pub struct Later {
    /// The start page.
    pub start: fn(StartProps) -> Html,
    /// The comments on an article.
    pub comments: fn(&str, CommentsProps) -> Html,
    /// The menu.
    pub look: fn() -> Html,
}

/// Loads them.
#[wasm_split(later)]
pub fn later() -> &'static Later {
    &Later {
        start: |props| part::<Start>("start", props),
        comments: |key, props| part::<Comments>(key, props),
        look: || part::<Look>("look", ()),
    }
}
