//! The parts of the page that are not in the first download, as what an article needs first is: `cargo xtask seal`
//! puts what only these need into a Wasm module of their own.

use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;

use gloo_events::EventListener;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::prelude::{Callback, Html};

use crate::components::comments::{Comments, CommentsProps};
use crate::components::look::Look;
use crate::components::start::{Start, StartProps};
use crate::components::why_note::why_note;
use crate::dropping;
use crate::part::part;
use crate::plan::Plan;
use crate::session::{Failed, Opened, Request, open_kept};
use crate::storage::Stores;

/// The later parts.
pub struct Later {
    /// Places the start page.
    pub start: fn(StartProps) -> Html,
    /// Places the comments on an article, whose id tells them from those on another.
    pub comments: fn(&str, CommentsProps) -> Html,
    /// Places the menu "Aa".
    pub look: fn() -> Html,
    /// Says why a statement is given to its speaker.
    pub why: Why,
    /// Opens anything but a link: see [`open_kept`].
    pub open: fn(Request, Stores) -> Opening,
    /// Takes what is dropped on the page: see [`dropping::listen`].
    pub listen: Listen,
}

/// The note on an attribution, by its index.
pub type Why = fn(&Plan, usize) -> Html;

/// The answer of [`Later::open`].
pub type Opening = Pin<Box<dyn Future<Output = Result<Opened, Failed>>>>;

/// Whether text is taken, what is dropped, whether something is dragged; the listeners.
pub type Listen = fn(Rc<Cell<bool>>, Callback<Request>, Callback<bool>) -> Vec<EventListener>;

/// Fetches the later parts, once; after an error they can be fetched again.
#[wasm_split(later, fallible)]
pub fn later() -> Result<&'static Later, SplitLoaderError> {
    Ok(&Later {
        start: |props| part::<Start>("start", props),
        comments: |id, props| part::<Comments>(id, props),
        look: || part::<Look>("look", ()),
        why: why_note,
        open: |request, stores| Box::pin(open_kept(request, stores)),
        listen: dropping::listen,
    })
}
