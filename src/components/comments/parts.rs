//! The parts of the comments: a field, a comment, the note on those that are not saved.

use yew::prelude::*;

use super::super::comment_field::CommentField;
use super::super::comment_item::{CommentItem, deleted_comment};
use super::super::comment_notes::{export_button, save_trouble};
use super::super::note::{Tone, note};
use super::{Comments, Msg};
use crate::comments::{Comment, Draft};

impl Comments {
    pub(super) fn view_field(&self, ctx: &Context<Self>, place: Draft, words: &str) -> Html {
        let link = ctx.link();
        let on_export = link.callback(|()| Msg::Export);
        let send = |message: fn(Draft) -> Msg| {
            let place = place.clone();
            link.callback(move |()| message(place.clone()))
        };
        let trouble = match &self.trouble {
            Some((at, error)) if *at == place => save_trouble(error, &on_export, &send(Msg::Hold)),
            _ => Html::default(),
        };
        let hint = match (&self.draft_trouble, &self.blocked) {
            (Some(error), None) if !words.is_empty() => {
                format!("What you type is not kept yet: {error}")
            }
            (_, Some(_)) => "Kept until you close this page".to_owned(),
            _ => "Kept in this browser only".to_owned(),
        };
        let (label, verb, actions) = match &place {
            Draft::New => ("Add a comment", "Comment", export_button(&on_export, "Export")),
            Draft::Edit(id) => {
                let id = id.clone();
                let onclick = link.callback(move |_: MouseEvent| Msg::Cancel(id.clone()));
                let cancel = html! {
                    <button type="button" class="btn" data-act="cancel" {onclick}>{ "Cancel" }</button>
                };
                ("Edit the comment", "Save", cancel)
            }
        };
        let on_text = {
            let place = place.clone();
            link.callback(move |words| Msg::Typed(place.clone(), words))
        };
        let on_save = send(Msg::Save);
        CommentField { text: words, label, verb, hint, trouble, actions, on_text, on_save }.view()
    }

    pub(super) fn view_comment(&self, ctx: &Context<Self>, comment: &Comment) -> Html {
        let link = ctx.link();
        let editor = self
            .edit(&comment.id)
            .map(|words| self.view_field(ctx, Draft::Edit(comment.id.clone()), words));
        if comment.deleted.is_some() && editor.is_none() {
            return deleted_comment(comment, &link.callback(Msg::Undo), None);
        }
        html! {
            <CommentItem key={comment.id.clone()} comment={comment.clone()} now={self.now} {editor}
                held={self.held_ids.contains(&comment.id)}
                on_edit={link.callback(Msg::Edit)} on_delete={link.callback(Msg::Delete)} />
        }
    }

    pub(super) fn view_held(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let actions = html! {
            <>
                <button type="button" class="btn" onclick={link.callback(|_| Msg::StoreHeld)}>{ "Try to save" }</button>
                { export_button(&link.callback(|()| Msg::Export), "Export now") }
            </>
        };
        let words = match self.held_ids.len() {
            1 => "1 comment is not saved in this browser. It stays until you close this page."
                .to_owned(),
            n => format!(
                "{n} comments are not saved in this browser. They stay until you close this page."
            ),
        };
        note(Tone::Status, html! { { words } }, actions)
    }
}
