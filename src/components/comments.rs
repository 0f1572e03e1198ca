//! The comments on an article: the box to write in, the list, and what storage has to say.

mod actions;
pub(crate) mod exchange;
mod field;
pub(crate) mod files;
mod list;
pub(crate) mod passages;
pub(crate) mod places;
pub(crate) mod similar;
pub(crate) mod writing;

use std::cell::RefCell;
use std::rc::Rc;

use dixit_engine::Article;
use gloo_events::EventListener;
use gloo_timers::callback::{Interval, Timeout};
use wasm_bindgen::JsCast;
use yew::prelude::*;

use field::Field;
use files::{FileMsg, Files};
use list::clicked;
use passages::Passages;

use super::act::{entered, typed};
use crate::clock;
use crate::comments::{Comment, CommentStore, Draft, Kept, Row, Saved, Shelf, keep_draft, store};
use crate::later::{Lazy, Marked, PlacesOf, Writing};
use crate::part::{Context, Part};
use crate::storage::{StorageError, Stores, Watch};
use crate::tree::spawn;

/// How many comments are shown at first, and more at each wish.
const STEP: usize = 100;

/// How long what other tabs write is gathered before it is looked at, in milliseconds.
const LULL: u32 = 120;

/// Properties of [`Comments`].
#[derive(Clone)]
pub struct CommentsProps {
    /// The article's id. For another article give another `key` too.
    pub article: AttrValue,
    /// The article's title, for exported files.
    pub title: AttrValue,
    /// The article, to whose passages comments are anchored.
    pub on: Rc<Article>,
    /// Where comments and drafts are kept.
    pub stores: Stores,
}

impl PartialEq for CommentsProps {
    fn eq(&self, other: &CommentsProps) -> bool {
        Rc::ptr_eq(&self.on, &other.on)
            && (&self.article, &self.title) == (&other.article, &other.title)
            && self.stores == other.stores
    }
}

/// What happens to comments.
#[derive(Debug)]
pub enum Msg {
    /// What is stored may have changed.
    Reload,
    /// What is stored, and what the page holds; how many changes of ours came before.
    Loaded(Result<Shelf, StorageError>, Shelf, usize),
    /// Words were typed.
    Typed(Draft, String),
    /// Who writes has a name.
    Named(String),
    /// The words of a field are to be saved.
    Save(Draft),
    /// The words of a field are to be kept as long as the page.
    Hold(Draft),
    /// The words of a field were saved, or not; whether they outlive the page.
    Saved(Draft, Box<Comment>, Result<Saved, StorageError>, bool),
    /// A field opens.
    Open(Draft),
    /// A field closes.
    Close(Draft),
    /// A comment is deleted.
    Delete(String),
    /// A deletion is taken back.
    Undo(String),
    /// A deleted comment goes for good.
    Erase(String),
    /// A comment was marked as deleted or not, or erased; or it could not be.
    Marked(String, Box<Comment>, Result<Saved, StorageError>),
    /// What is in a field is shown as it will look, or no longer.
    Preview(Draft),
    /// What shows Markdown is here, or did not come.
    Markdown(Lazy<Marked>),
    /// What writing needs is here, or did not come.
    Writing(Lazy<Writing>),
    /// Something may be selected in the article.
    Selected,
    /// What is selected is not what the comment is about.
    Unpick,
    /// The passage of this comment was pressed.
    Pressed(String),
    /// The article may have been drawn anew.
    Paint,
    /// What finds passages is here, or did not come.
    Places(Lazy<PlacesOf>),
    /// The passage of a comment is wanted.
    Passage(String),
    /// The answers to a comment are hidden or shown.
    Fold(String),
    /// The list is turned round.
    Turn,
    /// The comments are wanted as a file.
    Export,
    /// Something about files in the forms of others, or about a similar article.
    File(FileMsg),
    /// What could not be read is wanted as a file.
    Rescue,
    /// What the page holds is to be stored.
    StoreHeld,
    /// It is to be seen how full the storage is.
    Measure,
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
    held_revisions: Vec<String>,
    /// The list, deleted ones among it.
    rows: Vec<Row>,
    blocked: Option<StorageError>,
    loaded: bool,
    loading: bool,
    /// Whether what is stored may have changed since it is being loaded.
    stale: bool,
    /// How often this page changed what is stored.
    n_changes: usize,
    /// The field for a new comment, then those that are open.
    fields: Vec<Field>,
    trouble: Option<(Draft, StorageError)>,
    draft_trouble: Option<StorageError>,
    just_deleted: Vec<String>,
    /// The comments whose answers are hidden, by their ids.
    folded: Vec<String>,
    newest_first: bool,
    /// What writing needs.
    writing: Lazy<Writing>,
    /// What is to be done once that is here, and of a field with which words.
    asked: Vec<(Msg, Option<(Draft, String)>)>,
    /// What shows Markdown; comments without it need none.
    marked: Lazy<Marked>,
    /// The name of who writes here; empty where it has none.
    author: String,
    /// The comment whose edit met another one.
    met: Option<String>,
    status: String,
    root: NodeRef,
    focus: Option<String>,
    /// Whether an alert is to be brought into view.
    reveal: bool,
    n_shown: usize,
    now: i64,
    leaving: Option<EventListener>,
    /// To how many per cent local storage is full, where that is to be said.
    filling: Option<usize>,
    passages: Passages,
    files: Files,
    listeners: Vec<EventListener>,
    _watch: Vec<Watch>,
    _tick: Option<Interval>,
}

impl Part for Comments {
    type Message = Msg;
    type Properties = CommentsProps;

    fn create(ctx: &Context<Self>) -> Comments {
        let stores = &ctx.props().stores;
        let (author, newest_first) = actions::remembered(&*stores.kept);
        Comments {
            stored: store(stores),
            held: Rc::new(Kept::new(stores.page.clone(), None)),
            shelf: Shelf::default(),
            held_revisions: Vec::new(),
            rows: Vec::new(),
            blocked: None,
            loaded: false,
            loading: false,
            stale: false,
            n_changes: 0,
            fields: vec![Field::new(Draft::New, String::new(), None)],
            trouble: None,
            draft_trouble: None,
            just_deleted: Vec::new(),
            folded: Vec::new(),
            newest_first,
            writing: Lazy::Unasked,
            asked: Vec::new(),
            marked: Lazy::Unasked,
            author,
            met: None,
            status: String::new(),
            root: NodeRef::default(),
            focus: None,
            reveal: false,
            n_shown: STEP,
            now: 0,
            leaving: None,
            filling: None,
            passages: Passages::default(),
            files: Files::default(),
            listeners: Vec::new(),
            _watch: Vec::new(),
            _tick: None,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        self.now = clock::now();
        match msg {
            Msg::Reload if self.loading => {
                self.stale = true;
                return false;
            }
            Msg::Reload => {
                self.loading = true;
                let n_changes = self.n_changes;
                let (stored, held) = (self.stored.clone(), self.held.clone());
                let (link, article) = (ctx.link().clone(), ctx.props().article.to_string());
                spawn(async move {
                    let found = stored.load(&article).await;
                    let here = held.load(&article).await.unwrap_or_default();
                    link.send_message(Msg::Loaded(found, here, n_changes));
                });
                return false;
            }
            Msg::Loaded(found, here, n_changes) => {
                self.loading = false;
                // What was loaded before a change of ours does not hold it.
                let outdated = n_changes != self.n_changes;
                if std::mem::take(&mut self.stale) || outdated {
                    ctx.link().send_message(Msg::Reload);
                }
                if outdated {
                    return false;
                }
                self.take_in(ctx, found, here);
            }
            Msg::Typed(place, words) => {
                let error = keep_draft(&ctx.props().stores, &ctx.props().article, &place, &words);
                let error = error.err();
                // The field shows what is typed by itself: a list of comments need not be drawn anew.
                let quiet = self.status.is_empty() && error == self.draft_trouble;
                self.draft_trouble = error;
                self.status.clear();
                let mut begun = false;
                if let Some(field) = self.field_mut(&place) {
                    begun = place == Draft::New && field.words.is_empty();
                    field.words = words;
                }
                if begun {
                    self.keep_passage(ctx);
                }
                self.mind_leaving();
                self.fetch_writing(ctx, false);
                return !quiet;
            }
            Msg::Named(name) => {
                self.author = name;
                self.remember(ctx);
                return false;
            }
            Msg::Open(place) => self.open(place, None),
            Msg::Close(place) => self.close(ctx, &place),
            Msg::Preview(place) => {
                if let Some(field) = self.field_mut(&place) {
                    field.preview = !field.preview;
                }
            }
            Msg::Markdown(marked) => self.marked = marked,
            Msg::Selected => {
                let selected = self.select();
                if selected && self.is_typed() {
                    self.keep_passage(ctx);
                }
                self.fetch_passages(ctx, true);
                if self.is_entered() {
                    self.fetch_writing(ctx, false);
                }
                return selected;
            }
            Msg::Unpick => {
                self.passages.unpick();
                self.keep_passage(ctx);
                self.focus = Some("textarea".into());
            }
            Msg::Pressed(name) => self.focus = Some(format!("#c-{name}")),
            Msg::Paint => {
                self.paint_passages();
                return false;
            }
            Msg::Places(of) => self.take_places(ctx, of),
            Msg::Passage(name) => {
                self.show_passage(ctx, &name);
                return false;
            }
            Msg::Fold(id) => {
                let n = self.folded.len();
                self.folded.retain(|folded| *folded != id);
                if self.folded.len() == n {
                    self.folded.push(id);
                }
            }
            Msg::Turn => {
                self.newest_first = !self.newest_first;
                self.remember(ctx);
                self.arrange();
            }
            Msg::File(msg) => self.file(ctx, msg),
            Msg::Measure => {
                let before = std::mem::replace(&mut self.filling, actions::filling());
                return before != self.filling;
            }
            Msg::More => self.n_shown += STEP,
            Msg::Tick => {}
            Msg::Writing(writing) => self.take_writing(ctx, writing),
            msg => self.write(ctx, msg),
        }
        self.mind_leaving();
        self.fetch_markdown(ctx);
        self.fetch_passages(ctx, false);
        if self.fields.iter().any(|field| !field.words.is_empty()) {
            self.fetch_writing(ctx, false);
        }
        true
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &CommentsProps) -> bool {
        if !Rc::ptr_eq(&ctx.props().on, &old.on) {
            self.passages.renew(ctx.props().on.clone());
            self.passages.find(&self.rows);
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let onclick = link.batch_callback(|event: MouseEvent| clicked(&event));
        let oninput = link.batch_callback(|event: InputEvent| {
            let chosen = files::chosen(&event).map(|file| Msg::File(FileMsg::Chosen(file)));
            let named = chosen.or_else(|| list::named(&event).map(Msg::Named));
            let words =
                || typed(&event).map(|(place, words)| Msg::Typed(Draft::called(&place), words));
            named.or_else(words)
        });
        let onkeydown = link.batch_callback(|event: KeyboardEvent| {
            entered(&event).map(|place| Msg::Save(Draft::called(&place)))
        });
        html! {
            <section class="comments" part="comments" ref={self.root.clone()} aria-labelledby="c-heading" {onclick} {oninput} {onkeydown}>
                { self.view_all() }
            </section>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        if first_render {
            let link = ctx.link();
            // Another tab may write often; one look after a while sees all of it.
            let changed = link.callback(|()| Msg::Reload);
            let wait: Rc<RefCell<Option<Timeout>>> = Rc::default();
            let look = move || {
                let (changed, waits) = (changed.clone(), wait.clone());
                let done = move || {
                    waits.take();
                    changed.emit(());
                };
                wait.borrow_mut().get_or_insert_with(|| Timeout::new(LULL, done));
            };
            self._watch = self.stored.watch(&ctx.props().article, Rc::new(look));
            self.listen(ctx);
            let tick = link.callback(|()| Msg::Tick);
            self._tick = Some(Interval::new(30_000, move || tick.emit(())));
            link.send_message(Msg::Reload);
        }
        self.paint_passages();
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
