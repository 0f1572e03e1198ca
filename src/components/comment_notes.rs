//! What the comment box says about storage that is blocked, full or not readable.

use yew::prelude::*;

use super::note::{Note, Tone};
use crate::storage::StorageError;

/// Properties of [`StorageNote`].
#[derive(Properties, PartialEq)]
pub struct StorageNoteProps {
    /// Why nothing can be kept.
    pub error: StorageError,
    /// The wish to save a file.
    pub on_export: Callback<()>,
}

/// Said before anything is typed: nothing outlives this page.
#[component(StorageNote)]
pub fn storage_note(props: &StorageNoteProps) -> Html {
    let words = match &props.error {
        StorageError::Broken(cause) => {
            format!("This browser keeps nothing for this page: its storage failed ({cause}).")
        }
        _ => "This browser keeps nothing for this page (storage is blocked).".into(),
    };
    html! {
        <Note tone={Tone::Status} actions={export_button(&props.on_export, "Export now")}>
            { words }{ " Your comments stay until you close it." }
        </Note>
    }
}

/// Properties of [`SaveTrouble`].
#[derive(Properties, PartialEq)]
pub struct SaveTroubleProps {
    /// Why it was not saved.
    pub error: StorageError,
    /// The wish to save a file.
    pub on_export: Callback<()>,
    /// The wish to keep the words as long as the page.
    pub on_hold: Callback<()>,
}

/// Said in the box when saving failed: the words are still in the field.
#[component(SaveTrouble)]
pub fn save_trouble(props: &SaveTroubleProps) -> Html {
    let (words, way) = match &props.error {
        StorageError::Full => (
            "Not saved: this browser has no room left for this page.".to_owned(),
            "Remove a kept article or other data of this site and try again",
        ),
        StorageError::Blocked => (
            "Not saved: this browser blocks storage for this page.".to_owned(),
            "Allow it and try again",
        ),
        StorageError::Broken(cause) => {
            (format!("Not saved: the browser’s storage failed ({cause})."), "Try again")
        }
    };
    let onclick = props.on_hold.reform(|_: MouseEvent| ());
    let actions = html! {
        <>
            <button type="button" class="btn" data-act="hold" {onclick}>{ "Keep until I close this page" }</button>
            { export_button(&props.on_export, "Export") }
        </>
    };
    html! {
        <Note tone={Tone::Alert} {actions}>
            { words }{ " Your words are still in the field. " }{ way }
            { ", export them as a file, or keep them until you close this page." }
        </Note>
    }
}

/// Properties of [`LeftNote`].
#[derive(Properties, PartialEq)]
pub struct LeftNoteProps {
    /// Entries that are no comments.
    pub n_unreadable: usize,
    /// Entries of a newer version.
    pub n_newer: usize,
}

/// Said of stored entries that are not shown.
#[component(LeftNote)]
pub fn left_note(props: &LeftNoteProps) -> Html {
    let mut words = Vec::new();
    match props.n_unreadable {
        0 => {}
        1 => words.push("1 stored comment cannot be read. It is left as it is.".to_owned()),
        n => words.push(format!("{n} stored comments cannot be read. They are left as they are.")),
    }
    match props.n_newer {
        0 => {}
        1 => words.push("1 comment was written by a newer Dixit. Reload to see it.".to_owned()),
        n => words.push(format!("{n} comments were written by a newer Dixit. Reload to see them.")),
    }
    if words.is_empty() {
        return Html::default();
    }
    html! { <Note tone={Tone::Status}>{ words.join(" ") }</Note> }
}

/// The button that saves the comments as a file.
pub fn export_button(on_export: &Callback<()>, words: &'static str) -> Html {
    let onclick = on_export.reform(|_: MouseEvent| ());
    html! { <button type="button" class="btn" data-act="export" {onclick}>{ words }</button> }
}
