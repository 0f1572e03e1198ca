//! What the comments do: take in what is stored, save, delete and take back, export.

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen_futures::spawn_local;

use super::{Comments, Msg};
use crate::comments::{
    Comment, Draft, Shelf, draft, drafts, export, in_order, is_ulid, keep_draft, merge, new_ulid,
};
use crate::download;
use crate::part::Context;
use crate::storage::StorageError;
use crate::wording::{fill, t};

impl Comments {
    /// The words in the field that edits this comment, while it is open.
    pub(super) fn edit(&self, id: &str) -> Option<&str> {
        self.edits.iter().find(|e| e.id == id).map(|e| e.words.as_str())
    }

    pub(super) fn set_edit(&mut self, id: String, words: String) {
        match self.edits.iter_mut().find(|e| e.id == id) {
            Some(edit) => edit.words = words,
            None => {
                let base = self.comment(&id).cloned();
                self.edits.push(super::Edit { id, words, base });
            }
        }
    }

    pub(super) fn take_in(
        &mut self,
        ctx: &Context<Self>,
        found: Result<Shelf, StorageError>,
        here: Shelf,
    ) {
        let (mut shelf, blocked) = match found {
            Ok(shelf) => (shelf, None),
            Err(error) => (Shelf::default(), Some(error)),
        };
        self.blocked = blocked;
        self.held_ids = here.comments.iter().map(|c| c.id.clone()).collect();
        // A comment that is being edited stays, even if another tab removes it meanwhile.
        let mut open = std::mem::take(&mut self.shelf.comments);
        open.retain(|c| self.edit(&c.id).is_some() && shelf.comments.iter().all(|s| s.id != c.id));
        shelf.comments = in_order(merge(merge(shelf.comments, here.comments), open));
        self.shelf = shelf;
        if !std::mem::replace(&mut self.loaded, true) {
            self.take_drafts(ctx);
            let hash = web_sys::window().and_then(|w| w.location().hash().ok());
            self.focus = hash.filter(|h| h.strip_prefix("#c-").is_some_and(is_ulid));
        }
    }

    pub(super) fn take_drafts(&mut self, ctx: &Context<Self>) {
        let (stores, article) = (&ctx.props().stores, &ctx.props().article);
        if self.words.is_empty() {
            self.words = draft(stores, article, &Draft::New);
        }
        for id in drafts(stores, article) {
            let words = draft(stores, article, &Draft::Edit(id.clone()));
            if self.comment(&id).is_some_and(|c| c.deleted.is_none()) {
                self.set_edit(id, words);
            } else if self.words.is_empty() {
                // What it was to change is gone; the words are not.
                self.words = words;
            }
        }
    }

    /// Saves the words of a field: where they outlive the page, or else as long as the page.
    pub(super) fn save(&mut self, ctx: &Context<Self>, place: Draft, hold: bool) {
        let (stored, held) = (self.stored.clone(), self.held.clone());
        let comment = match &place {
            Draft::New if self.words.trim().is_empty() => {
                self.status = t("Write something first").into();
                self.focus = Some("textarea".into());
                return;
            }
            Draft::New => Comment::new(new_ulid(), new_ulid(), self.words.clone(), self.now),
            Draft::Edit(id) => {
                let words = self.edit(id).unwrap_or_default().to_owned();
                // On the comment as it was when the field was opened: two edits of it are both kept.
                let base = self.edits.iter().find(|e| e.id == *id).and_then(|e| e.base.as_ref());
                match base.or_else(|| self.comment(id)) {
                    Some(old) if old.body == words && old.deleted.is_none() => {
                        return self.close(ctx, &place);
                    }
                    Some(_) if words.trim().is_empty() => {
                        self.status = t("To take a comment away, delete it").into();
                        return;
                    }
                    Some(old) => old.edited(new_ulid(), words, self.now),
                    None => Comment::new(new_ulid(), new_ulid(), words, self.now),
                }
            }
        };
        // Who was told beforehand that nothing outlives the page need not be asked.
        let hold_if_refused = hold || self.blocked.is_some();
        let (link, article) = (ctx.link().clone(), ctx.props().article.to_string());
        spawn_local(async move {
            let (result, lasting) = match stored.save(&article, comment.clone()).await {
                Ok(kept) => (Ok(kept), true),
                Err(_) if hold_if_refused => (held.save(&article, comment).await, false),
                Err(error) => (Err(error), false),
            };
            link.send_message(Msg::Saved(place, result.map(Box::new), lasting));
        });
    }

    pub(super) fn saved(
        &mut self,
        ctx: &Context<Self>,
        place: Draft,
        result: Result<Comment, StorageError>,
        lasting: bool,
    ) {
        let kept = match result {
            Ok(kept) => kept,
            Err(error) => {
                self.status.clear();
                self.trouble = Some((place, error));
                self.reveal = true;
                return;
            }
        };
        let split = matches!(&place, Draft::Edit(id) if *id != kept.id);
        self.status = match (split, lasting) {
            (true, _) => t("This comment was changed elsewhere meanwhile: both versions are kept"),
            (_, true) => t("Saved"),
            (_, false) => t("Kept until you close this page"),
        }
        .into();
        if !lasting {
            self.held_ids.push(kept.id.clone());
        } else if !self.held_ids.is_empty() {
            // There is room again.
            self.store_held(ctx);
        }
        self.put(kept);
        self.close(ctx, &place);
        if split {
            ctx.link().send_message(Msg::Reload);
        }
    }

    /// Closes a field whose words are saved or not wanted, and lets go of its draft.
    pub(super) fn close(&mut self, ctx: &Context<Self>, place: &Draft) {
        let props = ctx.props();
        // Taking a draft away cannot lose words.
        let _ = keep_draft(&props.stores, &props.article, place, "");
        self.trouble.take_if(|(p, _)| p == place);
        self.draft_trouble = None;
        match place {
            Draft::New => {
                self.words.clear();
                self.focus = Some("textarea".into());
            }
            Draft::Edit(id) => {
                self.edits.retain(|e| e.id != *id);
                self.focus = Some(format!("#c-{id} [data-act=edit]"));
            }
        }
    }

    pub(super) fn mark(&mut self, ctx: &Context<Self>, id: &str, deleted: Option<i64>) {
        let Some(comment) = self.comment(id) else { return };
        let marked = Comment { deleted, ..comment.clone() };
        let only_here = self.held_ids.iter().any(|h| h == id);
        let store = if only_here { &self.held } else { &self.stored }.clone();
        let (link, article) = (ctx.link().clone(), ctx.props().article.to_string());
        spawn_local(async move {
            let mut result = store.save(&article, marked.clone()).await;
            // A deletion needs a few letters more than the comment; a full storage has not even those.
            if result == Err(StorageError::Full) && marked.deleted.is_some() {
                result = store.erase(&article, &marked.id).await.map(|()| marked.clone());
            }
            link.send_message(Msg::Marked(Box::new(marked), result.map(Box::new)));
        });
    }

    pub(super) fn marked(
        &mut self,
        ctx: &Context<Self>,
        wanted: Comment,
        result: Result<Comment, StorageError>,
    ) {
        let id = wanted.id.clone();
        match result {
            Ok(kept) if kept.deleted.is_some() == wanted.deleted.is_some() => {
                let deleted = kept.deleted.is_some();
                // The way back takes the focus and says what was deleted.
                self.status = if deleted { "" } else { t("Comment restored") }.into();
                self.just_deleted.retain(|d| *d != id);
                if deleted {
                    self.just_deleted.push(id.clone());
                    self.focus = Some(format!("#c-{id} [data-act=undo]"));
                } else {
                    self.focus = Some(format!("#c-{id} [data-act=edit]"));
                }
                self.put(kept);
            }
            Ok(newer) => {
                self.status = t("Not deleted: its words were changed elsewhere meanwhile").into();
                self.put(newer);
            }
            // The list still shows what is stored; an undo that finds no room keeps the words here.
            Err(error) if wanted.deleted.is_none() => {
                self.status = fill("Kept until you close this page: {}", &[&error.words()]);
                let (held, article) = (self.held.clone(), ctx.props().article.to_string());
                self.held_ids.push(id);
                self.put(wanted.clone());
                spawn_local(async move {
                    // Memory takes everything.
                    let _ = held.save(&article, wanted).await;
                });
            }
            Err(error) => self.status = fill("Not deleted: {}", &[&error.words()]),
        }
    }

    pub(super) fn put(&mut self, comment: Comment) {
        let mut comments = std::mem::take(&mut self.shelf.comments);
        comments.retain(|c| c.id != comment.id);
        comments.push(comment);
        self.shelf.comments = in_order(comments);
    }

    pub(super) fn store_held(&mut self, ctx: &Context<Self>) {
        let (stored, held) = (self.stored.clone(), self.held.clone());
        let (link, article) = (ctx.link().clone(), ctx.props().article.to_string());
        spawn_local(async move {
            for comment in held.load(&article).await.unwrap_or_default().comments {
                let id = comment.id.clone();
                if stored.save(&article, comment).await.is_ok() {
                    let _ = held.erase(&article, &id).await;
                }
            }
            link.send_message(Msg::Reload);
        });
    }

    pub(super) fn export(&mut self, ctx: &Context<Self>) {
        let drafts: Vec<&str> = std::iter::once(&self.words)
            .chain(self.edits.iter().map(|e| &e.words))
            .map(String::as_str)
            .collect();
        let props = ctx.props();
        let file = export(&props.article, &props.title, &self.shelf.comments, &drafts);
        self.status = match download::download("dixit-comments.json", "application/json", &file) {
            Ok(()) => t("Exported as a file"),
            Err(_) => t("This browser lets the page save no file"),
        }
        .into();
    }

    /// Asks before leaving while there are words that only this page has.
    pub(super) fn mind_leaving(&mut self) {
        let at_risk = !self.held_ids.is_empty()
            || (self.draft_trouble.is_some() && !self.words.trim().is_empty());
        if !at_risk {
            self.leaving = None;
        } else if self.leaving.is_none() {
            self.leaving = web_sys::window().map(|window| {
                let options = EventListenerOptions::enable_prevent_default();
                EventListener::new_with_options(&window, "beforeunload", options, |event| {
                    event.prevent_default();
                })
            });
        }
    }
}
