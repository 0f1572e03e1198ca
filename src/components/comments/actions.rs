//! What the comments do: take in what is stored, save, delete and take back, export.

use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use js_sys::JsString;
use wasm_bindgen::{JsCast, JsValue};

use super::field::{Field, area_of};
use super::{Comments, Msg};
use crate::comments::{
    Comment, Draft, Row, Saved, Shelf, draft, drafts, export, heads, is_ulid, keep_draft,
    keep_passage, new_ulid, passage, threads,
};
use crate::download;
use crate::json::{Object, list, text};
use crate::later::{self, Lazy};
use crate::markdown::is_marked;
use crate::part::Context;
use crate::storage::{PREFIX, Storage, StorageError};
use crate::tree::{self, spawn};
use crate::wording::{fill, t};

/// Where the name of who writes is kept, and how the list is turned.
const AUTHOR: &str = "author";
const ORDER: &str = "comment-order";
const OLDEST_FIRST: &str = "oldest-first";

fn key(name: &str) -> String {
    [PREFIX, name].concat()
}

/// The name of who writes here, and whether the newest comments come first.
pub(super) fn remembered(storage: &dyn Storage) -> (String, bool) {
    let get = |name| storage.get(&key(name)).ok().flatten().unwrap_or_default();
    (get(AUTHOR), get(ORDER) != OLDEST_FIRST)
}

impl Comments {
    /// Keeps what [`remembered`] finds.
    pub(super) fn remember(&self, ctx: &Context<Self>) {
        let storage = &ctx.props().stores.kept;
        let order = if self.newest_first { "" } else { OLDEST_FIRST };
        for (name, value) in [(AUTHOR, self.author.as_str()), (ORDER, order)] {
            // Without room it is asked for again.
            let _ = match value {
                "" => storage.remove(&key(name)),
                value => storage.set(&key(name), value),
            };
        }
    }

    pub(super) fn row(&self, name: &str) -> Option<&Row> {
        self.rows.iter().find(|r| r.name == name)
    }

    pub(super) fn take_in(
        &mut self,
        ctx: &Context<Self>,
        found: Result<Shelf, StorageError>,
        here: Shelf,
    ) {
        let (shelf, blocked) = match found {
            Ok(shelf) => (shelf, None),
            Err(error) => (Shelf::default(), Some(error)),
        };
        self.filling = if blocked.is_none() { filling() } else { None };
        self.blocked = blocked;
        self.held_revisions = here.comments.iter().map(|c| c.revision.clone()).collect();
        self.shelf = shelf;
        self.shelf.comments.extend(here.comments);
        self.arrange();
        if !std::mem::replace(&mut self.loaded, true) {
            self.take_drafts(ctx);
            self.look_around(ctx);
            let hash = web_sys::window().and_then(|w| w.location().hash().ok());
            self.focus = hash.filter(|h| h.strip_prefix("#c-").is_some_and(is_ulid));
        }
        let met = self.met.take();
        if met.is_some_and(|id| self.rows.iter().any(|r| r.rival && r.comment.id == id)) {
            self.status =
                t("This comment was changed elsewhere meanwhile: both versions are kept").into();
        }
    }

    /// Makes the list anew.
    pub(super) fn arrange(&mut self) {
        self.shelf.comments = heads(std::mem::take(&mut self.shelf.comments));
        let mut rows = threads(self.shelf.comments.clone(), self.newest_first);
        // A comment that is being edited stays, even if another tab removed it for good meanwhile.
        for field in &self.fields {
            let (Draft::Edit(name), Some(base)) = (&field.place, &field.base) else { continue };
            if rows.iter().all(|r| r.name != *name) {
                let (name, comment) = (name.clone(), base.clone());
                rows.insert(0, Row { name, comment, depth: 0, n_replies: 0, rival: false });
            }
        }
        self.passages.find(&rows);
        self.rows = rows;
    }

    /// Whether the field for a new comment holds words.
    pub(super) fn is_typed(&self) -> bool {
        self.field(&Draft::New).is_some_and(|f| !f.words.trim().is_empty())
    }

    /// Keeps what the words that are being typed are about.
    pub(super) fn keep_passage(&self, ctx: &Context<Self>) {
        let picked = self.passages.picked_anchor().filter(|_| self.is_typed());
        let props = ctx.props();
        keep_passage(&props.stores, &props.article, picked.as_ref());
    }

    /// Opens the fields in which something was typed.
    fn take_drafts(&mut self, ctx: &Context<Self>) {
        let (stores, article) = (&ctx.props().stores, &ctx.props().article);
        let mut lost = draft(stores, article, &Draft::New);
        for place in drafts(stores, article) {
            let words = draft(stores, article, &place);
            let about = match &place {
                Draft::Edit(name) | Draft::Reply(name) => self.row(name),
                Draft::New => None,
            };
            if about.is_some_and(|row| row.comment.deleted.is_none()) {
                self.open(place, Some(words));
                self.focus = None;
            } else if lost.is_empty() {
                // What it was about is gone; the words are not.
                lost = words;
            }
        }
        if let Some(new) = self.field_mut(&Draft::New).filter(|f| f.words.is_empty()) {
            new.words = lost;
        }
        if let Some(passage) = passage(stores, article).filter(|_| self.is_typed()) {
            self.passages.pick(&passage);
        }
    }

    /// Opens a field, with these words or those that it is to change.
    pub(super) fn open(&mut self, place: Draft, words: Option<String>) {
        let name = match &place {
            Draft::Edit(name) | Draft::Reply(name) => name,
            Draft::New => return,
        };
        let Some(base) = self.row(name).map(|row| row.comment.clone()) else { return };
        let own = match &place {
            Draft::Edit(_) => base.body.clone(),
            _ => String::new(),
        };
        if self.field(&place).is_none() {
            self.fields.push(Field::new(place.clone(), words.unwrap_or(own), Some(base)));
        }
        self.focus = Some(area_of(&place));
    }

    /// What the words of a field make.
    fn written(&self, field: &Field) -> Comment {
        let (words, id) = (field.words.clone(), new_ulid());
        let author = Some(self.author.trim()).filter(|a| !a.is_empty()).map(str::to_owned);
        let new =
            Comment { author, ..Comment::new(id.clone(), id.clone(), words.clone(), self.now) };
        match (&field.place, &field.base) {
            (Draft::Edit(_), Some(base)) => base.edited(id, words, self.now),
            (Draft::Reply(_), Some(base)) => Comment { parent: Some(base.id.clone()), ..new },
            _ => Comment { anchor: self.passages.picked_anchor().map(|a| a.write()), ..new },
        }
    }

    /// Saves the words of a field: where they outlive the page, or else as long as the page.
    pub(super) fn save(&mut self, ctx: &Context<Self>, place: Draft, hold: bool) {
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
        let comment = self.written(field);
        if let Some(field) = self.field_mut(&place) {
            field.saving = Some(comment.body.clone());
        }
        let (stored, held) = (self.stored.clone(), self.held.clone());
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

    pub(super) fn saved(
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

    /// Closes a field whose words are saved or not wanted, and lets go of its draft.
    pub(super) fn close(&mut self, ctx: &Context<Self>, place: &Draft) {
        let props = ctx.props();
        // Taking a draft away cannot lose words.
        let _ = keep_draft(&props.stores, &props.article, place, "");
        self.trouble.take_if(|(p, _)| p == place);
        self.draft_trouble = None;
        match place {
            Draft::New => {
                if let Some(field) = self.field_mut(place) {
                    field.words.clear();
                    field.preview = false;
                }
                self.passages.picked = None;
                self.keep_passage(ctx);
                self.focus = Some("textarea".into());
            }
            Draft::Edit(name) | Draft::Reply(name) => {
                let act = if matches!(place, Draft::Edit(_)) { "edit" } else { "reply" };
                self.focus = Some(format!("#c-{name} [data-act={act}]"));
                self.fields.retain(|f| f.place != *place);
                self.arrange();
            }
        }
    }

    /// Deletes a comment, or takes that back.
    pub(super) fn mark(&mut self, ctx: &Context<Self>, name: &str, deleted: Option<i64>) {
        let Some(comment) = self.row(name).map(|row| row.comment.clone()) else { return };
        self.store(ctx, name, &comment, comment.marked(new_ulid(), deleted));
    }

    /// Removes a deleted comment's words for good.
    pub(super) fn erase(&mut self, ctx: &Context<Self>, name: &str) {
        let Some(comment) = self.row(name).map(|row| row.comment.clone()) else { return };
        self.store(ctx, name, &comment, comment.erased(new_ulid(), self.now));
    }

    /// Stores what follows `old`, in the place where that is.
    fn store(&self, ctx: &Context<Self>, name: &str, old: &Comment, new: Comment) {
        let only_here = self.held_revisions.contains(&old.revision);
        let store = if only_here { &self.held } else { &self.stored }.clone();
        let (link, article) = (ctx.link().clone(), ctx.props().article.to_string());
        let name = name.to_owned();
        spawn(async move {
            let result = store.save(&article, vec![new.clone()]).await;
            link.send_message(Msg::Marked(name, Box::new(new), result));
        });
    }

    pub(super) fn marked(
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
            let (held, article) = (self.held.clone(), ctx.props().article.to_string());
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

    /// Fetches what shows Markdown, where a comment or a field that is looked at has some.
    pub(super) fn fetch_markdown(&mut self, ctx: &Context<Self>) {
        if !self.marked.wanted(false) {
            return;
        }
        let shown = self.rows.iter().any(|row| is_marked(&row.comment.body));
        let wanted = shown || self.fields.iter().any(|f| f.preview && is_marked(&f.words));
        if wanted && self.marked.ask(false) {
            let link = ctx.link().clone();
            spawn(async move {
                link.send_message(Msg::Markdown(Lazy::answered(later::markdown().await)));
            });
        }
    }

    pub(super) fn put(&mut self, comment: Comment) {
        self.n_changes += 1;
        self.shelf.comments.push(comment);
        self.arrange();
    }

    pub(super) fn store_held(&mut self, ctx: &Context<Self>) {
        let (stored, held) = (self.stored.clone(), self.held.clone());
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

    pub(super) fn export(&mut self, ctx: &Context<Self>) {
        let drafts: Vec<&str> = self.fields.iter().map(|f| f.words.as_str()).collect();
        let props = ctx.props();
        let comments: Vec<Comment> = self.rows.iter().map(|row| row.comment.clone()).collect();
        let file = export(&props.article, &props.title, &comments, &drafts);
        self.offer("dixit-comments.json", &file);
    }

    /// Offers the entries that cannot be read as a file, as they are.
    pub(super) fn rescue(&mut self) {
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

    /// Asks before leaving while there are words that only this page has.
    pub(super) fn mind_leaving(&mut self) {
        let typed = || self.fields.iter().any(|f| !f.words.trim().is_empty());
        let at_risk = !self.held_revisions.is_empty() || (self.draft_trouble.is_some() && typed());
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

/// Tells the page around of a comment that was written, changed, deleted or restored.
fn tell(comment: &Comment) {
    tree::tell("comment", || {
        let mut detail = Object::default();
        detail.put_text("id", &comment.id);
        detail.put("deleted", comment.deleted.is_some().to_string());
        detail.write()
    });
}

/// What browsers let one site keep in local storage, in UTF-16 units of keys and values.
const ROOM: u32 = 5 * 1024 * 1024;
/// From so many per cent on it is said.
const NEARLY_FULL: usize = 80;

/// How long after a comment was saved it is looked how full the storage is, in milliseconds.
const MEASURED: u32 = 300;

/// To how many per cent local storage is full, where it is nearly.
pub(super) fn filling() -> Option<usize> {
    let storage = web_sys::window()?.local_storage().ok().flatten()?;
    // Lengths alone: nothing is copied.
    let length = |value: JsValue| value.dyn_ref::<JsString>().map_or(0, JsString::length);
    let object = storage.unchecked_ref::<js_sys::Object>();
    let all = js_sys::Object::entries(object);
    let entry =
        |entry: JsValue| entry.unchecked_into::<js_sys::Array>().iter().map(length).sum::<u32>();
    let used: u32 = all.iter().map(entry).sum();
    let percent = used as usize * 100 / ROOM as usize;
    (percent >= NEARLY_FULL).then_some(percent.min(100))
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
