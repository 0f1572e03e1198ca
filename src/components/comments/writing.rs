//! What is done when somebody writes: comments are saved, deleted, taken back and handed out. Comes with the first word.

use std::rc::Rc;

use gloo_timers::callback::Timeout;

use super::field::{Field, area_of};
use super::{Comments, Msg};
use crate::comments::{
    Comment, CommentKeeper as _, CommentStore as _, Draft, Kept, Saved, export, keeper, new_ulid,
};
use crate::download;
use crate::json::{Object, list, text};
use crate::part::Context;
use crate::storage::StorageError;
use crate::tree::{self, spawn};
use crate::wording::{fill, t};

/// Does what is asked; of what is no matter of writing, nothing.
pub(crate) fn write(it: &mut Comments, ctx: &Context<Comments>, msg: Msg) {
    match msg {
        Msg::Save(place) => it.save(ctx, place, false),
        Msg::Hold(place) => it.save(ctx, place, true),
        Msg::Saved(place, comment, result, lasting) => {
            it.saved(ctx, place, *comment, result, lasting);
        }
        Msg::Delete(name) => it.mark(ctx, &name, Some(it.now)),
        Msg::Undo(name) => it.mark(ctx, &name, None),
        Msg::Erase(name) => it.erase(ctx, &name),
        Msg::Marked(name, comment, result) => it.marked(ctx, &name, *comment, result),
        Msg::Export => it.export(ctx),
        Msg::Rescue => it.rescue(),
        Msg::StoreHeld => it.store_held(ctx),
        _ => {}
    }
}

/// How long after a comment was saved it is looked how full the storage is, in milliseconds.
const MEASURED: u32 = 300;

impl Comments {
    /// What the words of a field make.
    fn written(&self, field: &Field) -> Comment {
        let (words, id) = (field.words.clone(), new_ulid());
        let author = Some(self.author.trim()).filter(|a| !a.is_empty()).map(str::to_owned);
        let new =
            Comment { author, ..Comment::new(id.clone(), id.clone(), words.clone(), self.now) };
        match (&field.place, &field.base) {
            (Draft::Edit(_), Some(base)) => base.edited(id, words, self.now),
            (Draft::Reply(_), Some(base)) => Comment { parent: Some(base.id.clone()), ..new },
            _ => Comment { anchor: self.passages.picked_anchor(), ..new },
        }
    }

    /// Saves the words of a field: where they outlive the page, or else as long as the page.
    fn save(&mut self, ctx: &Context<Self>, place: Draft, hold: bool) {
        let Some(field) = self.field(&place) else { return };
        let empty = field.words.trim().is_empty();
        let same = |base: &Comment| base.body == field.words && base.deleted.is_none();
        let unchanged = matches!(place, Draft::Edit(_)) && field.base.as_ref().is_some_and(same);
        if unchanged {
            return self.close(ctx, &place);
        }
        if empty {
            let edit = matches!(place, Draft::Edit(_));
            let words = if edit {
                t("To take a comment away, delete it")
            } else {
                t("Write something first")
            };
            self.status = words.into();
            self.focus = Some(area_of(&place));
            return;
        }
        if field.saving.as_ref() == Some(&field.words) {
            return;
        }
        if place == Draft::New && self.passages.awaits() {
            // Saved once it is known what it is about.
            self.postpone(if hold { Msg::Hold(place) } else { Msg::Save(place) });
            return;
        }
        let Some(field) = self.field(&place) else { return };
        let comment = self.written(field);
        if let Some(field) = self.field_mut(&place) {
            field.saving = Some(comment.body.clone());
        }
        let (stored, held) = (keeper(&ctx.props().stores), held(ctx));
        // Who was told beforehand that nothing outlives the page need not be asked.
        let hold_if_refused = hold || self.blocked.is_some();
        let (link, article) = (ctx.link().clone(), ctx.props().article.to_string());
        spawn(async move {
            let mut lasting = true;
            let mut result = stored.save(&article, vec![comment.clone()]).await;
            if result.is_err() && hold_if_refused {
                lasting = false;
                result = held.save(&article, vec![comment.clone()]).await;
            }
            link.send_message(Msg::Saved(place, Box::new(comment), result, lasting));
        });
    }

    fn saved(
        &mut self,
        ctx: &Context<Self>,
        place: Draft,
        comment: Comment,
        result: Result<Saved, StorageError>,
        lasting: bool,
    ) {
        let goes_on = self.field_mut(&place).is_some_and(|field| {
            field.saving = None;
            field.words != comment.body
        });
        let saved = match result {
            Ok(saved) => saved,
            Err(error) => {
                self.status.clear();
                self.trouble = Some((place, error));
                self.reveal = true;
                return;
            }
        };
        self.status = match (lasting, saved.committed) {
            (true, true) => t("Saved"),
            (true, false) => t("Saved, but a browser that is killed within seconds may lose it"),
            (false, _) => t("Kept until you close this page"),
        }
        .into();
        if !lasting {
            self.held_revisions.push(comment.revision.clone());
        } else if !self.held_revisions.is_empty() {
            // There is room again.
            self.store_held(ctx);
        }
        if !saved.latest {
            // Another tab was first.
            self.met = Some(comment.id.clone());
            ctx.link().send_message(Msg::Reload);
        }
        if !goes_on {
            tell(&comment);
            self.put(comment);
            self.close(ctx, &place);
        } else {
            // Somebody went on typing meanwhile: those words are the next comment, or the next edit.
            if let (Draft::Edit(_), Some(field)) = (&place, self.field_mut(&place)) {
                field.base = Some(comment.clone());
            }
            self.put(comment);
        }
        if lasting {
            let link = ctx.link().clone();
            Timeout::new(MEASURED, move || link.send_message(Msg::Measure)).forget();
            ask_to_persist();
        }
    }

    /// Deletes a comment, or takes that back.
    fn mark(&mut self, ctx: &Context<Self>, name: &str, deleted: Option<i64>) {
        let Some(comment) = self.row(name).map(|row| row.comment.clone()) else { return };
        self.store(ctx, name, &comment, comment.marked(new_ulid(), deleted));
    }

    /// Removes a deleted comment's words for good.
    fn erase(&mut self, ctx: &Context<Self>, name: &str) {
        let Some(comment) = self.row(name).map(|row| row.comment.clone()) else { return };
        self.store(ctx, name, &comment, comment.erased(new_ulid(), self.now));
    }

    /// Stores what follows `old`, in the place where that is.
    fn store(&self, ctx: &Context<Self>, name: &str, old: &Comment, new: Comment) {
        let only_here = self.held_revisions.contains(&old.revision);
        let stored = keeper(&ctx.props().stores);
        let store = if only_here { Rc::new(held(ctx)) } else { stored };
        let (link, article) = (ctx.link().clone(), ctx.props().article.to_string());
        let name = name.to_owned();
        spawn(async move {
            let result = store.save(&article, vec![new.clone()]).await;
            link.send_message(Msg::Marked(name, Box::new(new), result));
        });
    }

    fn marked(
        &mut self,
        ctx: &Context<Self>,
        name: &str,
        comment: Comment,
        result: Result<Saved, StorageError>,
    ) {
        if let Err(error) = &result {
            if comment.deleted.is_some() {
                self.status = fill("Not deleted: {}", &[&error.words()]);
                return;
            }
            // An undo that finds no room keeps the words here.
            self.status = fill("Kept until you close this page: {}", &[&error.words()]);
            self.held_revisions.push(comment.revision.clone());
            let (held, article) = (held(ctx), ctx.props().article.to_string());
            let kept = comment.clone();
            spawn(async move {
                // Memory takes everything.
                let _ = held.save(&article, vec![kept]).await;
            });
        } else if let Some(place) =
            self.held_revisions.iter().position(|r| comment.history.contains(r))
        {
            self.held_revisions[place] = comment.revision.clone();
        }
        self.just_deleted.retain(|d| d != name);
        if comment.is_erased() {
            self.status = t("Removed for good").into();
            self.focus = Some("textarea".into());
        } else if comment.deleted.is_some() {
            // The way back takes the focus and says what was deleted.
            self.status.clear();
            self.just_deleted.push(name.to_owned());
            self.focus = Some(format!("#c-{name} [data-act=undo]"));
        } else {
            if result.is_ok() {
                self.status = t("Comment restored").into();
            }
            self.focus = Some(format!("#c-{name} [data-act=edit]"));
        }
        let latest = result.is_ok_and(|saved| saved.latest);
        tell(&comment);
        self.put(comment);
        if !latest {
            ctx.link().send_message(Msg::Reload);
        }
    }

    fn put(&mut self, comment: Comment) {
        self.n_changes += 1;
        self.shelf.comments.push(comment);
        self.arrange();
    }

    fn store_held(&mut self, ctx: &Context<Self>) {
        let (stored, held) = (keeper(&ctx.props().stores), held(ctx));
        let (link, article) = (ctx.link().clone(), ctx.props().article.to_string());
        spawn(async move {
            for comment in held.load(&article).await.unwrap_or_default().comments {
                let one = vec![comment];
                if stored.save(&article, one.clone()).await.is_ok() {
                    // What stays in memory as well is the same.
                    let _ = held.forget(&article, &one).await;
                }
            }
            link.send_message(Msg::Reload);
        });
    }

    fn export(&mut self, ctx: &Context<Self>) {
        let drafts: Vec<&str> = self.fields.iter().map(|f| f.words.as_str()).collect();
        let props = ctx.props();
        let comments: Vec<Comment> = self.rows.iter().map(|row| row.comment.clone()).collect();
        let file = export(&props.article, &props.title, &comments, &drafts);
        self.offer("dixit-comments.json", &file);
    }

    /// Offers the entries that cannot be read as a file, as they are.
    fn rescue(&mut self) {
        let entry = |(key, entry): &(String, String)| {
            let mut fields = Object::default();
            fields.put_text("key", key);
            fields.put("entry", text(entry));
            fields.write()
        };
        let file = list(self.shelf.quarantine.iter().map(entry));
        self.offer("dixit-unreadable.json", &file);
    }

    fn offer(&mut self, name: &str, file: &str) {
        let done = download::download(name, "application/json", file);
        self.say_exported(done.is_ok());
    }

    pub(super) fn say_exported(&mut self, done: bool) {
        let words = if done {
            t("Exported as a file")
        } else {
            t("This browser lets the page save no file")
        };
        self.status = words.into();
    }
}

/// What holds what could not be stored, as long as the page.
fn held(ctx: &Context<Comments>) -> Kept {
    Kept::new(ctx.props().stores.page.clone(), None)
}

/// Tells the page around of a comment that was written, changed, deleted or restored.
fn tell(comment: &Comment) {
    tree::tell("comment", || {
        let mut detail = Object::default();
        detail.put_text("id", &comment.id);
        detail.put("deleted", comment.deleted.is_some().to_string());
        detail.write()
    });
}

/// Asks the browser not to clear what is kept here when it runs out of room. Whether it agrees changes nothing here.
fn ask_to_persist() {
    let Some(window) = web_sys::window() else { return };
    if let Ok(asked) = window.navigator().storage().persist() {
        spawn(async move {
            let _ = wasm_bindgen_futures::JsFuture::from(asked).await;
        });
    }
}
