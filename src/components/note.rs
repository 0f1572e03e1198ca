//! Trouble, or news, said plainly, with a way on.

use yew::prelude::*;

use crate::element::{classed, element};

/// What a note is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Something to know; read out when nothing else is.
    Status,
    /// Something went wrong; read out at once.
    Alert,
}

/// A note in the page: what happened, in words, and buttons that lead on.
pub(crate) fn note(tone: Tone, words: Vec<Html>, actions: Vec<Html>) -> Html {
    let values = match tone {
        Tone::Status => ["status", "note"],
        Tone::Alert => ["alert", "note is-alert"],
    };
    let parts = vec![classed("div", "note-words", words), classed("div", "note-actions", actions)];
    element("div", &["role", "class"], &values, parts)
}
