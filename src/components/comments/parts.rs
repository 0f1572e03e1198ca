//! The parts of the comments: what a click means, a field, a comment.

use yew::prelude::*;

use super::super::act::{acted, area, button};
use super::super::comment_item::{comment_item, deleted_comment};
use super::super::comment_notes::save_trouble;
use super::{Comments, Msg};
use crate::comments::{Comment, Draft};
use crate::element::{classed, text};
use crate::wording::{fill, t};

/// What a click asks for.
pub(super) fn clicked(event: &MouseEvent) -> Option<Msg> {
    let (act, id) = acted(event)?;
    Some(match act.as_str() {
        "save" => Msg::Save(place(id)),
        "hold" => Msg::Hold(place(id)),
        "edit" => Msg::Edit(id),
        "cancel" => Msg::Cancel(id),
        "delete" => Msg::Delete(id),
        "undo" => Msg::Undo(id),
        "erase" => Msg::Erase(id),
        "export" => Msg::Export,
        "store" => Msg::StoreHeld,
        "more" => Msg::More,
        _ => return None,
    })
}

/// The field whose buttons and text area carry this id.
pub(super) fn place(id: String) -> Draft {
    if id.is_empty() { Draft::New } else { Draft::Edit(id) }
}

impl Comments {
    /// The field that edits the comment `id`, or, where it is empty, the one for a new comment.
    pub(super) fn view_field(&self, id: &str, words: &str) -> Html {
        let trouble = match &self.trouble {
            Some((at, error)) if *at == place(id.to_owned()) => save_trouble(error, id),
            _ => Html::default(),
        };
        let hint = match (&self.draft_trouble, &self.blocked) {
            (Some(error), None) if !words.is_empty() => {
                fill("What you type is not kept yet: {}", &[&error.words()])
            }
            (_, Some(_)) => t("Kept until you close this page").to_owned(),
            _ => t("Kept in this browser only").to_owned(),
        };
        let (label, verb, other) = if id.is_empty() {
            (t("Add a comment"), t("Comment"), button("btn", "export", "", t("Export")))
        } else {
            (t("Edit the comment"), t("Save"), button("btn", "cancel", id, t("Cancel")))
        };
        let label = classed("span", "comment-label", vec![text(label)]);
        let row = vec![
            classed("span", "comment-hint", vec![text(&hint)]),
            other,
            button("btn pri", "save", id, verb),
        ];
        let parts = vec![
            area("comment-text", id, label, "3", words),
            trouble,
            classed("div", "comment-row", row),
        ];
        classed("div", "comment-box", parts)
    }

    pub(super) fn view_comment(&self, comment: &Comment) -> Html {
        let editor = self.edit(&comment.id).map(|words| self.view_field(&comment.id, words));
        if comment.deleted.is_some() && editor.is_none() {
            return deleted_comment(comment, false);
        }
        comment_item(comment, self.now, self.held_ids.contains(&comment.id), editor)
    }
}
