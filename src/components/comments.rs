//! The comments on an article: the box to write in, the list, and what storage has to say.

mod actions;
mod parts;

use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Interval;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use parts::{clicked, place};

use super::act::{button, entered, typed};
use super::comment_item::deleted_comment;
use super::comment_notes::{held_note, left_note, storage_note};
use crate::clock;
use crate::comments::{Comment, CommentStore, Draft, Shelf, StoredComments, heading, keep_draft};
use crate::element::{classed, element, text};
use crate::part::{Context, Part};
use crate::storage::{StorageError, Stores, Watch};
use crate::wording::{count, fill, number, t};

/// How many comments are shown at first, and more at each wish.
const STEP: usize = 200;

/// Properties of [`Comments`].
#[derive(Clone, PartialEq)]
pub struct CommentsProps {
    /// The article's id. For another article give another `key` too.
    pub article: AttrValue,
    /// The article's title, for exported files.
    pub title: AttrValue,
    /// Where comments and drafts are kept.
    pub stores: Stores,
}

/// What happens to comments.
#[derive(Debug)]
pub enum Msg {
    /// What is stored may have changed.
    Reload,
    /// What is stored, and what the page holds.
    Loaded(Result<Shelf, StorageError>, Shelf),
    /// Words were typed.
    Typed(Draft, String),
    /// The words of a field are to be saved.
    Save(Draft),
    /// The words of a field are to be kept as long as the page.
    Hold(Draft),
    /// The words of a field were saved, or not; whether they outlive the page.
    Saved(Draft, Result<Box<Comment>, StorageError>, bool),
    /// A field opens for this comment.
    Edit(String),
    /// The field of this comment closes.
    Cancel(String),
    /// A comment is deleted.
    Delete(String),
    /// A deletion is taken back.
    Undo(String),
    /// A deletion, or its taking back, was stored, or not.
    Marked(Box<Comment>, Result<Box<Comment>, StorageError>),
    /// A deleted comment goes for good.
    Erase(String),
    /// The comments are wanted as a file.
    Export,
    /// What the page holds is to be stored.
    StoreHeld,
    /// More of the list is wanted.
    More,
    /// Time has passed.
    Tick,
}

/// An open field that edits a comment.
pub(super) struct Edit {
    /// The comment's id.
    id: String,
    /// What is in the field.
    words: String,
    /// The comment when the field was opened: what the words change, whatever another tab does meanwhile.
    base: Option<Comment>,
}

/// The comments on an article.
pub struct Comments {
    stored: Rc<dyn CommentStore>,
    /// What could not be stored; lasts as long as the page.
    held: Rc<dyn CommentStore>,
    shelf: Shelf,
    held_ids: Vec<String>,
    blocked: Option<StorageError>,
    loaded: bool,
    words: String,
    edits: Vec<Edit>,
    trouble: Option<(Draft, StorageError)>,
    draft_trouble: Option<StorageError>,
    just_deleted: Vec<String>,
    status: String,
    root: NodeRef,
    focus: Option<String>,
    /// Whether an alert is to be brought into view.
    reveal: bool,
    n_shown: usize,
    now: i64,
    leaving: Option<EventListener>,
    _watch: Watch,
    _tick: Option<Interval>,
}

impl Part for Comments {
    type Message = Msg;
    type Properties = CommentsProps;

    fn create(ctx: &Context<Self>) -> Comments {
        let stores = &ctx.props().stores;
        Comments {
            stored: Rc::new(StoredComments::new(stores.kept.clone())),
            held: Rc::new(StoredComments::new(stores.page.clone())),
            shelf: Shelf::default(),
            held_ids: Vec::new(),
            blocked: None,
            loaded: false,
            words: String::new(),
            edits: Vec::new(),
            trouble: None,
            draft_trouble: None,
            just_deleted: Vec::new(),
            status: String::new(),
            root: NodeRef::default(),
            focus: None,
            reveal: false,
            n_shown: STEP,
            now: 0,
            leaving: None,
            _watch: None,
            _tick: None,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        self.now = clock::now();
        let article = ctx.props().article.to_string();
        match msg {
            Msg::Reload => {
                let (stored, held) = (self.stored.clone(), self.held.clone());
                let link = ctx.link().clone();
                spawn_local(async move {
                    let found = stored.load(&article).await;
                    let here = held.load(&article).await.unwrap_or_default();
                    link.send_message(Msg::Loaded(found, here));
                });
                return false;
            }
            Msg::Loaded(found, here) => self.take_in(ctx, found, here),
            Msg::Typed(place, words) => {
                let error = keep_draft(&ctx.props().stores, &article, &place, &words).err();
                // The field shows what is typed by itself: a list of comments need not be drawn anew.
                let quiet = self.status.is_empty() && error == self.draft_trouble;
                self.draft_trouble = error;
                self.status.clear();
                match place {
                    Draft::New => self.words = words,
                    Draft::Edit(id) => self.set_edit(id, words),
                }
                self.mind_leaving();
                return !quiet;
            }
            Msg::Save(place) => self.save(ctx, place, false),
            Msg::Hold(place) => self.save(ctx, place, true),
            Msg::Saved(place, result, lasting) => {
                self.saved(ctx, place, result.map(|c| *c), lasting)
            }
            Msg::Edit(id) => {
                if let Some(comment) = self.comment(&id) {
                    let words = comment.body.clone();
                    self.focus = Some(format!("#c-{id} textarea"));
                    self.set_edit(id, words);
                }
            }
            Msg::Cancel(id) => self.close(ctx, &Draft::Edit(id)),
            Msg::Delete(id) => self.mark(ctx, &id, Some(self.now)),
            Msg::Undo(id) => self.mark(ctx, &id, None),
            Msg::Marked(wanted, result) => self.marked(ctx, *wanted, result.map(|c| *c)),
            Msg::Erase(id) => {
                let (stored, held) = (self.stored.clone(), self.held.clone());
                let link = ctx.link().clone();
                spawn_local(async move {
                    // A store that refuses still has it, and the list shows it again.
                    let _ = stored.erase(&article, &id).await;
                    let _ = held.erase(&article, &id).await;
                    link.send_message(Msg::Reload);
                });
                self.status = t("Removed for good").into();
                self.focus = Some("textarea".into());
            }
            Msg::Export => self.export(ctx),
            Msg::StoreHeld => self.store_held(ctx),
            Msg::More => self.n_shown += STEP,
            Msg::Tick => {}
        }
        self.mind_leaving();
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let shown = |c: &Comment| c.deleted.is_none() || self.edit(&c.id).is_some();
        let (mut n, mut listed, mut earlier) = (0, Vec::new(), Vec::new());
        for comment in &self.shelf.comments {
            n += usize::from(comment.deleted.is_none());
            if shown(comment) || self.just_deleted.contains(&comment.id) {
                listed.push(comment);
            } else {
                earlier.push(comment);
            }
        }
        let more = listed.len().saturating_sub(self.n_shown);
        let items = listed.iter().take(self.n_shown).map(|c| self.view_comment(c)).collect();
        let mut parts = vec![element("h2", &["id"], &["c-heading"], vec![text(&heading(n))])];
        parts.push(self.blocked.as_ref().map(storage_note).unwrap_or_default());
        parts.push(left_note(self.shelf.n_unreadable, self.shelf.n_newer));
        parts.push(self.view_field("", &self.words));
        let status = ["comments-status", "status"];
        parts.push(element("p", &["class", "role"], &status, vec![text(&self.status)]));
        let held = self.held_ids.len();
        let hold = held > 0 && self.blocked.is_none();
        parts.push(if hold { held_note(held) } else { Html::default() });
        parts.push(classed("ul", "comment-list", items));
        if more > 0 {
            parts.push(button("btn", "more", "", &fill("Show more ({})", &[&number(more)])));
        }
        if !earlier.is_empty() {
            let words = count(earlier.len(), "{} deleted comment", "{} deleted comments");
            let items = earlier.iter().take(STEP).map(|c| deleted_comment(c, true)).collect();
            let parts_of = vec![
                element("summary", &[], &[], vec![text(&words)]),
                classed("ul", "comment-list", items),
            ];
            parts.push(classed("details", "comments-deleted", parts_of));
        }
        let link = ctx.link();
        let onclick = link.batch_callback(|event: MouseEvent| clicked(&event));
        let oninput = link.batch_callback(|event: InputEvent| {
            typed(&event).map(|(id, words)| Msg::Typed(place(id), words))
        });
        let onkeydown = link
            .batch_callback(|event: KeyboardEvent| entered(&event).map(|id| Msg::Save(place(id))));
        html! {
            <section class="comments" ref={self.root.clone()} aria-labelledby="c-heading" {onclick} {oninput} {onkeydown}>
                { parts }
            </section>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        if first_render {
            let link = ctx.link();
            let changed = link.callback(|()| Msg::Reload);
            self._watch =
                self.stored.watch(&ctx.props().article, Rc::new(move || changed.emit(())));
            let tick = link.callback(|()| Msg::Tick);
            self._tick = Some(Interval::new(30_000, move || tick.emit(())));
            link.send_message(Msg::Reload);
        }
        let Some(root) = self.root.cast::<web_sys::Element>() else { return };
        if std::mem::take(&mut self.reveal)
            && let Ok(Some(alert)) = root.query_selector("[role=alert]")
        {
            let how = web_sys::ScrollIntoViewOptions::new();
            how.set_block(web_sys::ScrollLogicalPosition::Nearest);
            alert.scroll_into_view_with_scroll_into_view_options(&how);
        }
        if let Some(selector) = self.focus.take() {
            let found = root.query_selector(&selector).ok().flatten();
            if let Some(element) = found.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) {
                // An element that cannot take focus leaves it where it is.
                let _ = element.focus();
            }
        }
    }
}

impl Comments {
    fn comment(&self, id: &str) -> Option<&Comment> {
        self.shelf.comments.iter().find(|c| c.id == id)
    }
}
