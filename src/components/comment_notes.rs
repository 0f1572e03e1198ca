//! What the comment box says about storage that is blocked, full or not readable.

use yew::prelude::*;

use super::act::button;
use super::note::{Tone, note};
use crate::element::text;
use crate::storage::StorageError;
use crate::wording::{count, fill, number, t};

/// Said before anything is typed: nothing outlives this page.
pub(crate) fn storage_note(error: &StorageError) -> Html {
    let words = match error {
        StorageError::Broken(cause) => fill(
            "This browser keeps nothing for this page: its storage failed ({}). Your comments stay until you close it.",
            &[cause],
        ),
        _ => t("This browser keeps nothing for this page (storage is blocked). Your comments stay until you close it.").into(),
    };
    note(Tone::Status, vec![text(&words)], vec![button("btn", "export", "", t("Export now"))])
}

/// Said in the box when saving failed: the words are still in the field.
pub(crate) fn save_trouble(error: &StorageError, id: &str) -> Html {
    let words = match error {
        StorageError::Full => t("Not saved: this browser has no room left for this page. Your words are still in the field. Remove a kept article or other data of this site and try again, export them as a file, or keep them until you close this page.").to_owned(),
        StorageError::Blocked => t("Not saved: this browser blocks storage for this page. Your words are still in the field. Allow it and try again, export them as a file, or keep them until you close this page.").to_owned(),
        StorageError::Broken(cause) => fill(
            "Not saved: the browser’s storage failed ({}). Your words are still in the field. Try again, export them as a file, or keep them until you close this page.",
            &[cause],
        ),
    };
    let actions = vec![
        button("btn", "hold", id, t("Keep until I close this page")),
        button("btn", "export", "", t("Export")),
    ];
    note(Tone::Alert, vec![text(&words)], actions)
}

/// Said of comments that only the page has.
pub(crate) fn held_note(n: usize) -> Html {
    let words = count(
        n,
        "{} comment is not saved in this browser. It stays until you close this page.",
        "{} comments are not saved in this browser. They stay until you close this page.",
    );
    let actions = vec![
        button("btn", "store", "", t("Try to save")),
        button("btn", "export", "", t("Export now")),
    ];
    note(Tone::Status, vec![text(&words)], actions)
}

/// Said while there is still room, of storage that is full to so many per cent.
pub(crate) fn filling_note(percent: usize) -> Html {
    let words = fill(
        "This browser’s storage for this site is {} % full. Remove kept articles, or export comments, before it is full.",
        &[&number(percent)],
    );
    note(Tone::Status, vec![text(&words)], Vec::new())
}

/// Said of stored entries that are not shown; nothing where there are none.
pub(crate) fn left_note(n_unreadable: usize, n_newer: usize) -> Html {
    let mut words = Vec::new();
    if n_unreadable > 0 {
        words.push(count(
            n_unreadable,
            "{} stored comment cannot be read. It is set aside as it was.",
            "{} stored comments cannot be read. They are set aside as they were.",
        ));
    }
    if n_newer > 0 {
        words.push(count(
            n_newer,
            "{} comment was written by a newer Dixit. Reload to see it.",
            "{} comments were written by a newer Dixit. Reload to see them.",
        ));
    }
    if words.is_empty() {
        return Html::default();
    }
    let rescue = (n_unreadable > 0).then(|| button("btn", "rescue", "", t("Save them as a file")));
    note(Tone::Status, vec![text(&words.join(" "))], rescue.into_iter().collect())
}
