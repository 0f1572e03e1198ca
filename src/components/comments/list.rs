//! The list of comments, and what a click in it means.

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::super::act::{acted, button};
use super::super::comment_forms::wanted;
use super::super::comment_item::{Facts, comment_item, deleted_comment};
use super::super::comment_notes::{filling_note, held_note, left_note, storage_note};
use super::files::FileMsg;
use super::{Comments, Msg, STEP};
use crate::comments::{Draft, Row, heading};
use crate::element::{classed, element, text};
use crate::wording::{count, fill, number, t};

/// What a click asks for.
pub(super) fn clicked(event: &MouseEvent) -> Option<Msg> {
    let (act, id) = acted(event)?;
    Some(match act.as_str() {
        "save" => Msg::Save(Draft::called(&id)),
        "hold" => Msg::Hold(Draft::called(&id)),
        "cancel" => Msg::Close(Draft::called(&id)),
        "edit" => Msg::Open(Draft::Edit(id)),
        "reply" => Msg::Open(Draft::Reply(id)),
        "delete" => Msg::Delete(id),
        "undo" => Msg::Undo(id),
        "erase" => Msg::Erase(id),
        "unpick" => Msg::Unpick,
        "passage" => Msg::Passage(id),
        "preview" => Msg::Preview(Draft::called(&id)),
        "fold" => Msg::Fold(id),
        "turn" => Msg::Turn,
        "export" => Msg::Export,
        "exchange" => Msg::File(FileMsg::Toggle),
        "bring" => Msg::File(FileMsg::Bring(true)),
        "leave" => Msg::File(FileMsg::Bring(false)),
        "import" => Msg::File(FileMsg::Import(true)),
        "keep-out" => Msg::File(FileMsg::Import(false)),
        "unimport" => Msg::File(FileMsg::Undo),
        "rescue" => Msg::Rescue,
        "store" => Msg::StoreHeld,
        "more" => Msg::More,
        other => Msg::File(FileMsg::Save(wanted(other)?)),
    })
}

/// The name that was typed, if it was the name.
pub(super) fn named(event: &InputEvent) -> Option<String> {
    let field: HtmlInputElement = event.target()?.dyn_into().ok()?;
    field.matches(".comment-author").is_ok_and(|is| is).then(|| field.value())
}

/// Those that were deleted earlier.
fn view_earlier(rows: &[&Row]) -> Html {
    if rows.is_empty() {
        return Html::default();
    }
    let words = count(rows.len(), "{} deleted comment", "{} deleted comments");
    let items = rows.iter().take(STEP).map(|row| deleted_comment(row, true)).collect();
    let parts = vec![
        element("summary", &[], &[], vec![text(&words)]),
        classed("ul", "comment-list", items),
    ];
    classed("details", "comments-deleted", parts)
}

impl Comments {
    /// Whether a row is shown in its place; else it is one of those deleted earlier.
    fn in_place(&self, row: &Row) -> bool {
        row.comment.deleted.is_none()
            || row.n_replies > 0
            || self.just_deleted.contains(&row.name)
            || self.fields.iter().any(|f| f.place == Draft::Edit(row.name.clone()))
    }

    /// The parts of the comments, one below the other.
    pub(super) fn view_all(&self) -> Vec<Html> {
        let n = self.rows.iter().filter(|r| r.comment.deleted.is_none()).count();
        let (mut listed, mut lost, mut earlier) = (Vec::new(), Vec::new(), Vec::new());
        // The depth at and above which rows are no replies to one that is lost.
        let mut below = None;
        // The depth below which rows are hidden.
        let mut hidden = None;
        for row in &self.rows {
            if hidden.is_some_and(|depth| row.depth > depth) {
                continue;
            }
            hidden = self.folded.contains(&row.comment.id).then_some(row.depth);
            if below.is_none_or(|depth| row.depth <= depth) {
                below = self.passages.is_lost(row).then_some(row.depth);
            }
            if self.in_place(row) {
                if below.is_some() { lost.push(row) } else { listed.push(row) }
            } else {
                earlier.push(row);
            }
        }
        let more = listed.len().saturating_sub(self.n_shown);
        let items = listed.iter().take(self.n_shown).map(|row| self.view_row(row)).collect();
        let status = ["comments-status", "status"];
        let held = self.held_revisions.len();
        let mut parts = vec![
            element("h2", &["id"], &["c-heading"], vec![text(&heading(n))]),
            self.blocked.as_ref().map(storage_note).unwrap_or_default(),
            left_note(self.shelf.quarantine.len(), self.shelf.n_newer),
            self.filling.map(filling_note).unwrap_or_default(),
            self.view_offer(),
            self.view_field(&Draft::New),
            element("p", &["class", "role"], &status, vec![text(&self.status)]),
            if held > 0 && self.blocked.is_none() { held_note(held) } else { Html::default() },
            self.view_order(n),
            self.view_files(),
            classed("ul", "comment-list", items),
        ];
        // Each has its place, also where it is not there: elements that move are made anew, and lose the focus.
        parts.push(match more {
            0 => Html::default(),
            more => button("btn", "more", "", &fill("Show more ({})", &[&number(more)])),
        });
        parts.push(self.view_lost(&lost));
        parts.push(view_earlier(&earlier));
        parts
    }

    /// The comments on words that are not in the article any more, with their replies.
    fn view_lost(&self, rows: &[&Row]) -> Html {
        if rows.is_empty() {
            return Html::default();
        }
        let words = t("About words that are no longer in the article");
        let items = rows.iter().map(|row| self.view_row(row)).collect();
        let parts =
            vec![element("h3", &[], &[], vec![text(words)]), classed("ul", "comment-list", items)];
        classed("div", "comments-lost", parts)
    }

    /// What is done with the list as a whole.
    fn view_order(&self, n: usize) -> Html {
        let mut parts = Vec::new();
        if n > 1 {
            let words = if self.newest_first { t("Newest first") } else { t("Oldest first") };
            parts.push(button("link-btn", "turn", "", words));
        }
        parts.push(button("link-btn", "exchange", "", t("Export and import")));
        classed("div", "comments-order", parts)
    }

    fn view_row(&self, row: &Row) -> Html {
        let edit = Draft::Edit(row.name.clone());
        let edits = self.field(&edit).is_some();
        if row.comment.deleted.is_some() && !edits {
            return deleted_comment(row, !self.just_deleted.contains(&row.name));
        }
        let answer = Draft::Reply(row.name.clone());
        let facts = Facts {
            now: self.now,
            held: self.held_revisions.contains(&row.comment.revision),
            folded: self.folded.contains(&row.comment.id),
            lost: self.passages.is_lost(row),
        };
        let body = if edits { self.view_field(&edit) } else { self.view_words(&row.comment.body) };
        comment_item(row, facts, edits, vec![body, self.view_field(&answer)])
    }
}
