//! The comments on an article: the box to write in, the list, and what storage has to say.

use std::collections::BTreeMap;
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Interval;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::comment_field::CommentField;
use super::comment_item::{CommentItem, DeletedComment};
use super::comment_notes::{LeftNote, SaveTrouble, StorageNote, export_button};
use super::note::{Note, Tone};
use crate::comments::{
    Comment, CommentStore, Draft, Shelf, StoredComments, draft, drafts, export, heading, in_order,
    keep_draft, merge, new_ulid,
};
use crate::storage::{StorageError, Stores, Watch};
use crate::{clock, download};

/// How many comments are shown at first, and more at each wish.
const STEP: usize = 200;

/// Properties of [`Comments`].
#[derive(Properties, PartialEq)]
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
    Saved(Draft, Result<Comment, StorageError>, bool),
    /// A field opens for this comment.
    Edit(String),
    /// The field of this comment closes.
    Cancel(String),
    /// A comment is deleted.
    Delete(String),
    /// A deletion is taken back.
    Undo(String),
    /// A deletion, or its taking back, was stored, or not.
    Marked(Comment, Result<Comment, StorageError>),
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
    edits: BTreeMap<String, String>,
    trouble: Option<(Draft, StorageError)>,
    draft_trouble: Option<StorageError>,
    just_deleted: Vec<String>,
    status: String,
    root: NodeRef,
    focus: Option<String>,
    n_shown: usize,
    now: i64,
    leaving: Option<EventListener>,
    _watch: Watch,
    _tick: Option<Interval>,
}

impl Component for Comments {
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
            edits: BTreeMap::new(),
            trouble: None,
            draft_trouble: None,
            just_deleted: Vec::new(),
            status: String::new(),
            root: NodeRef::default(),
            focus: None,
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
                let kept = keep_draft(&ctx.props().stores, &article, &place, &words);
                self.draft_trouble = kept.err();
                self.status.clear();
                match place {
                    Draft::New => self.words = words,
                    Draft::Edit(id) => drop(self.edits.insert(id, words)),
                }
            }
            Msg::Save(place) => self.save(ctx, place, false),
            Msg::Hold(place) => self.save(ctx, place, true),
            Msg::Saved(place, result, lasting) => self.saved(ctx, place, result, lasting),
            Msg::Edit(id) => {
                if let Some(comment) = self.comment(&id) {
                    let words = comment.body.clone();
                    self.focus = Some(format!("#c-{id} textarea"));
                    self.edits.insert(id, words);
                }
            }
            Msg::Cancel(id) => self.close(ctx, &Draft::Edit(id)),
            Msg::Delete(id) => self.mark(ctx, &id, Some(self.now)),
            Msg::Undo(id) => self.mark(ctx, &id, None),
            Msg::Marked(wanted, result) => self.marked(ctx, wanted, result),
            Msg::Erase(id) => {
                let (stored, held) = (self.stored.clone(), self.held.clone());
                let link = ctx.link().clone();
                spawn_local(async move {
                    // A store that refuses still has it, and the list shows it again.
                    let _ = stored.erase(&article, &id).await;
                    let _ = held.erase(&article, &id).await;
                    link.send_message(Msg::Reload);
                });
                self.status = "Removed for good".into();
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
        let link = ctx.link();
        let shown = |c: &&Comment| c.deleted.is_none() || self.edits.contains_key(&c.id);
        let n = self.shelf.comments.iter().filter(|c| c.deleted.is_none()).count();
        let listed: Vec<&Comment> = self
            .shelf
            .comments
            .iter()
            .filter(|c| shown(c) || self.just_deleted.contains(&c.id))
            .collect();
        let earlier: Vec<&Comment> = self
            .shelf
            .comments
            .iter()
            .filter(|c| !shown(c) && !self.just_deleted.contains(&c.id))
            .collect();
        let more = listed.len().saturating_sub(self.n_shown);
        html! {
            <section class="comments" ref={self.root.clone()} aria-labelledby="c-heading">
                <h2 id="c-heading">{ heading(n) }</h2>
                if let Some(error) = &self.blocked {
                    <StorageNote error={error.clone()} on_export={link.callback(|()| Msg::Export)} />
                }
                <LeftNote n_unreadable={self.shelf.n_unreadable} n_newer={self.shelf.n_newer} />
                { self.view_field(ctx, Draft::New, &self.words) }
                <p class="comments-status" role="status">{ self.status.clone() }</p>
                if !self.held_ids.is_empty() && self.blocked.is_none() {
                    { self.view_held(ctx) }
                }
                <ul class="comment-list">
                    { for listed.iter().take(self.n_shown).map(|c| self.view_comment(ctx, c)) }
                </ul>
                if more > 0 {
                    <button type="button" class="btn" onclick={link.callback(|_| Msg::More)}>
                        { format!("Show more ({more})") }
                    </button>
                }
                if !earlier.is_empty() {
                    <details class="comments-deleted">
                        <summary>{ match earlier.len() {
                            1 => "1 deleted comment".to_owned(),
                            n => format!("{n} deleted comments"),
                        } }</summary>
                        <ul class="comment-list">{ for earlier.iter().take(STEP).map(|c| html! {
                            <DeletedComment key={c.id.clone()} comment={(*c).clone()}
                                on_undo={link.callback(Msg::Undo)} on_erase={link.callback(Msg::Erase)} />
                        }) }</ul>
                    </details>
                }
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

    fn take_in(&mut self, ctx: &Context<Self>, found: Result<Shelf, StorageError>, here: Shelf) {
        let (mut shelf, blocked) = match found {
            Ok(shelf) => (shelf, None),
            Err(error) => (Shelf::default(), Some(error)),
        };
        self.blocked = blocked;
        self.held_ids = here.comments.iter().map(|c| c.id.clone()).collect();
        // A comment that is being edited stays, even if another tab removes it meanwhile.
        let mut open = std::mem::take(&mut self.shelf.comments);
        open.retain(|c| {
            self.edits.contains_key(&c.id) && shelf.comments.iter().all(|s| s.id != c.id)
        });
        shelf.comments = in_order(merge(merge(shelf.comments, here.comments), open));
        self.shelf = shelf;
        if !std::mem::replace(&mut self.loaded, true) {
            self.take_drafts(ctx);
            let hash = web_sys::window().and_then(|w| w.location().hash().ok());
            self.focus =
                hash.filter(|h| h.strip_prefix("#c-").is_some_and(crate::comments::is_ulid));
        }
    }

    fn take_drafts(&mut self, ctx: &Context<Self>) {
        let (stores, article) = (&ctx.props().stores, &ctx.props().article);
        if self.words.is_empty() {
            self.words = draft(stores, article, &Draft::New);
        }
        for id in drafts(stores, article) {
            let words = draft(stores, article, &Draft::Edit(id.clone()));
            if self.comment(&id).is_some_and(|c| c.deleted.is_none()) {
                self.edits.insert(id, words);
            } else if self.words.is_empty() {
                // What it was to change is gone; the words are not.
                self.words = words;
            }
        }
    }

    /// Saves the words of a field: where they outlive the page, or else as long as the page.
    fn save(&mut self, ctx: &Context<Self>, place: Draft, hold: bool) {
        let (stored, held) = (self.stored.clone(), self.held.clone());
        let comment = match &place {
            Draft::New if self.words.trim().is_empty() => {
                self.status = "Write something first".into();
                self.focus = Some("textarea".into());
                return;
            }
            Draft::New => Comment::new(new_ulid(), new_ulid(), self.words.clone(), self.now),
            Draft::Edit(id) => {
                let words = self.edits.get(id).cloned().unwrap_or_default();
                match self.comment(id) {
                    Some(old) if old.body == words && old.deleted.is_none() => {
                        return self.close(ctx, &place);
                    }
                    Some(_) if words.trim().is_empty() => {
                        self.status = "To take a comment away, delete it".into();
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
            link.send_message(Msg::Saved(place, result, lasting));
        });
    }

    fn saved(
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
                return;
            }
        };
        let split = matches!(&place, Draft::Edit(id) if *id != kept.id);
        self.status = match (split, lasting) {
            (true, _) => "This comment was changed elsewhere meanwhile: both versions are kept",
            (_, true) => "Saved",
            (_, false) => "Kept until you close this page",
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
    fn close(&mut self, ctx: &Context<Self>, place: &Draft) {
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
                self.edits.remove(id);
                self.focus = Some(format!("#c-{id} [data-act=edit]"));
            }
        }
    }

    fn mark(&mut self, ctx: &Context<Self>, id: &str, deleted: Option<i64>) {
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
            link.send_message(Msg::Marked(marked, result));
        });
    }

    fn marked(
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
                self.status = if deleted { "" } else { "Comment restored" }.into();
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
                self.status = "Not deleted: its words were changed elsewhere meanwhile".into();
                self.put(newer);
            }
            // The list still shows what is stored; an undo that finds no room keeps the words here.
            Err(error) if wanted.deleted.is_none() => {
                self.status = format!("Kept until you close this page: {error}");
                let (held, article) = (self.held.clone(), ctx.props().article.to_string());
                self.held_ids.push(id);
                self.put(wanted.clone());
                spawn_local(async move {
                    // Memory takes everything.
                    let _ = held.save(&article, wanted).await;
                });
            }
            Err(error) => self.status = format!("Not deleted: {error}"),
        }
    }

    fn put(&mut self, comment: Comment) {
        let mut comments = std::mem::take(&mut self.shelf.comments);
        comments.retain(|c| c.id != comment.id);
        comments.push(comment);
        self.shelf.comments = in_order(comments);
    }

    fn store_held(&mut self, ctx: &Context<Self>) {
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

    fn export(&mut self, ctx: &Context<Self>) {
        let drafts: Vec<&str> =
            std::iter::once(&self.words).chain(self.edits.values()).map(String::as_str).collect();
        let props = ctx.props();
        let file = export(&props.article, &props.title, &self.shelf.comments, &drafts);
        self.status = match download::download("dixit-comments.json", &file) {
            Ok(()) => "Exported as a file",
            Err(_) => "This browser lets the page save no file",
        }
        .into();
    }

    /// Asks before leaving while there are words that only this page has.
    fn mind_leaving(&mut self) {
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

    fn view_field(&self, ctx: &Context<Self>, place: Draft, words: &str) -> Html {
        let link = ctx.link();
        let on_export = link.callback(|()| Msg::Export);
        let send = |message: fn(Draft) -> Msg| {
            let place = place.clone();
            link.callback(move |()| message(place.clone()))
        };
        let trouble = match &self.trouble {
            Some((at, error)) if *at == place => html! {
                <SaveTrouble error={error.clone()} on_export={on_export.clone()} on_hold={send(Msg::Hold)} />
            },
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
        html! {
            <CommentField text={words.to_owned()} {label} {verb} {hint} {trouble} {actions} {on_text}
                on_save={send(Msg::Save)} />
        }
    }

    fn view_comment(&self, ctx: &Context<Self>, comment: &Comment) -> Html {
        let link = ctx.link();
        let editor = self
            .edits
            .get(&comment.id)
            .map(|words| self.view_field(ctx, Draft::Edit(comment.id.clone()), words));
        if comment.deleted.is_some() && editor.is_none() {
            return html! {
                <DeletedComment key={comment.id.clone()} comment={comment.clone()} on_undo={link.callback(Msg::Undo)} />
            };
        }
        html! {
            <CommentItem key={comment.id.clone()} comment={comment.clone()} now={self.now} {editor}
                held={self.held_ids.contains(&comment.id)}
                on_edit={link.callback(Msg::Edit)} on_delete={link.callback(Msg::Delete)} />
        }
    }

    fn view_held(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let actions = html! {
            <>
                <button type="button" class="btn" onclick={link.callback(|_| Msg::StoreHeld)}>{ "Try to save" }</button>
                { export_button(&link.callback(|()| Msg::Export), "Export now") }
            </>
        };
        html! {
            <Note tone={Tone::Status} {actions}>
                { match self.held_ids.len() {
                    1 => "1 comment is not saved in this browser. It stays until you close this page.".to_owned(),
                    n => format!("{n} comments are not saved in this browser. They stay until you close this page."),
                } }
            </Note>
        }
    }
}
