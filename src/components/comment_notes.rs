//! What the comment box says about storage that is blocked, full or not readable.

use yew::prelude::*;

use super::act::button;
use super::note::{Tone, note};
use crate::element::text;
use crate::storage::StorageError;

/// Said before anything is typed: nothing outlives this page.
pub(crate) fn storage_note(error: &StorageError) -> Html {
    let words = match error {
        StorageError::Broken(cause) => {
            format!("This browser keeps nothing for this page: its storage failed ({cause}).")
        }
        _ => "This browser keeps nothing for this page (storage is blocked).".into(),
    };
    let words = vec![text(&words), text(" Your comments stay until you close it.")];
    note(Tone::Status, words, vec![button("btn", "export", "", "Export now")])
}

/// Said in the box when saving failed: the words are still in the field.
pub(crate) fn save_trouble(error: &StorageError, id: &str) -> Html {
    let (words, way) = match error {
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
    let words = vec![
        text(&words),
        text(" Your words are still in the field. "),
        text(way),
        text(", export them as a file, or keep them until you close this page."),
    ];
    let actions = vec![
        button("btn", "hold", id, "Keep until I close this page"),
        button("btn", "export", "", "Export"),
    ];
    note(Tone::Alert, words, actions)
}

/// Said of comments that only the page has.
pub(crate) fn held_note(n: usize) -> Html {
    let words = match n {
        1 => "1 comment is not saved in this browser. It stays until you close this page.".into(),
        n => format!(
            "{n} comments are not saved in this browser. They stay until you close this page."
        ),
    };
    let actions =
        vec![button("btn", "store", "", "Try to save"), button("btn", "export", "", "Export now")];
    note(Tone::Status, vec![text(&words)], actions)
}

/// Said of stored entries that are not shown; nothing where there are none.
pub(crate) fn left_note(n_unreadable: usize, n_newer: usize) -> Html {
    let mut words = Vec::new();
    match n_unreadable {
        0 => {}
        1 => words.push("1 stored comment cannot be read. It is left as it is.".to_owned()),
        n => words.push(format!("{n} stored comments cannot be read. They are left as they are.")),
    }
    match n_newer {
        0 => {}
        1 => words.push("1 comment was written by a newer Dixit. Reload to see it.".to_owned()),
        n => words.push(format!("{n} comments were written by a newer Dixit. Reload to see them.")),
    }
    if words.is_empty() {
        return Html::default();
    }
    note(Tone::Status, vec![text(&words.join(" "))], Vec::new())
}
