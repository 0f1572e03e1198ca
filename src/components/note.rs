//! Trouble, or news, said plainly, with a way on.

use yew::prelude::*;

/// What a note is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something to know; read out when nothing else is.
    Status,
    /// Something went wrong; read out at once.
    Alert,
}

/// Properties of [`Note`].
#[derive(Properties, PartialEq)]
pub struct NoteProps {
    /// What the note is about.
    pub tone: Tone,
    /// What happened, in words.
    pub children: Html,
    /// Buttons that lead on.
    #[prop_or_default]
    pub actions: Html,
}

/// A note in the page.
#[component(Note)]
pub fn note(props: &NoteProps) -> Html {
    let (role, class) = match props.tone {
        Tone::Status => ("status", "note"),
        Tone::Alert => ("alert", "note is-alert"),
    };
    html! {
        <div {role} {class}>
            <div class="note-words">{ props.children.clone() }</div>
            <div class="note-actions">{ props.actions.clone() }</div>
        </div>
    }
}
