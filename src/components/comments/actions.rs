//! What the comments do: take in what is stored, open and close fields, fetch what more is asked of them.

use gloo_events::{EventListener, EventListenerOptions};
use js_sys::JsString;
use wasm_bindgen::{JsCast, JsValue};

use super::field::{Field, area_of};
use super::{Comments, Msg};
use crate::comments::{
    Draft, Row, Shelf, draft, drafts, heads, is_ulid, keep_draft, keep_passage, passage, threads,
};
use crate::later::{self, Lazy, Writing};
use crate::markdown::is_marked;
use crate::part::Context;
use crate::storage::{PREFIX, Storage, StorageError};
use crate::tree::spawn;
use crate::wording::t;

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
        if self.passages.awaits() {
            // It is kept once it is known.
            return;
        }
        let picked = self.passages.picked_anchor().filter(|_| self.is_typed());
        let props = ctx.props();
        keep_passage(&props.stores, &props.article, &picked.unwrap_or_default());
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
        let passage = passage(stores, article);
        if !passage.is_empty() && self.is_typed() {
            self.passages.pick_stored(passage);
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
                self.passages.unpick();
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

    /// Has something done that writing needs, once that is here.
    pub(super) fn write(&mut self, ctx: &Context<Self>, msg: Msg) {
        match self.writing.get() {
            Some(write) => write(self, ctx, msg),
            None => {
                self.postpone(msg);
                self.fetch_writing(ctx, true);
            }
        }
    }

    /// Has something done later, of a field with the words that are in it now.
    pub(super) fn postpone(&mut self, msg: Msg) {
        let words = match &msg {
            Msg::Save(place) | Msg::Hold(place) => self.field(place),
            _ => None,
        };
        let words = words.map(|field| (field.place.clone(), field.words.clone()));
        self.asked.push((msg, words));
    }

    /// Does what was postponed; what can still not be done is postponed again.
    pub(super) fn redo(&mut self, ctx: &Context<Self>) {
        for (msg, words) in std::mem::take(&mut self.asked) {
            let Some((place, words)) = words else {
                self.write(ctx, msg);
                continue;
            };
            // Somebody may have gone on typing.
            let Some(field) = self.field_mut(&place) else { continue };
            let typed = std::mem::replace(&mut field.words, words);
            self.write(ctx, msg);
            if let Some(field) = self.field_mut(&place) {
                field.words = typed;
            }
        }
    }

    /// Fetches what writing needs, before it is asked for anything: a network may go meanwhile.
    pub(super) fn fetch_writing(&mut self, ctx: &Context<Self>, again: bool) {
        if self.writing.ask(again) {
            let link = ctx.link().clone();
            spawn(async move {
                link.send_message(Msg::Writing(Lazy::answered(later::writing().await)));
            });
        }
    }

    /// What writing needs is here, or did not come.
    pub(super) fn take_writing(&mut self, ctx: &Context<Self>, writing: Lazy<Writing>) {
        self.writing = writing;
        if writing.get().is_some() {
            self.redo(ctx);
        } else if !std::mem::take(&mut self.asked).is_empty() {
            // The words are still in the field.
            self.status = t("A part of Dixit did not arrive. It may work at a second try.").into();
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

/// What browsers let one site keep in local storage, in UTF-16 units of keys and values.
const ROOM: u32 = 5 * 1024 * 1024;
/// From so many per cent on it is said.
const NEARLY_FULL: usize = 80;

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
