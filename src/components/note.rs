//! Trouble, or news, said plainly, with a way on.

use yew::prelude::*;

/// What a note is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Something to know; read out when nothing else is.
    Status,
    /// Something went wrong; read out at once.
    Alert,
}

/// A note in the page: what happened, in words, and buttons that lead on.
pub(crate) fn note(tone: Tone, words: Html, actions: Html) -> Html {
    let (role, class) = match tone {
        Tone::Status => ("status", "note"),
        Tone::Alert => ("alert", "note is-alert"),
    };
    html! {
        <div {role} {class}>
            <div class="note-words">{ words }</div>
            <div class="note-actions">{ actions }</div>
        </div>
    }
}
