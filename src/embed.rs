//! A reader as an element of another's page. `static/embed.js` makes the element and says what it is to show;
//! what happens in it is told by [`tree::tell`].

use std::cell::RefCell;
use std::rc::Rc;

use dixit_engine::{Analysis, Article, format};
use wasm_bindgen::prelude::*;
use web_sys::ShadowRoot;
use yew::prelude::*;

use crate::components::act::{acted, button};
use crate::components::article_page::{self, ArticlePage};
use crate::components::bar::Home;
use crate::components::note::{Tone, note};
use crate::element::{clicked, element, keyed, text};
use crate::import_port::Feed;
use crate::json;
use crate::later::later;
use crate::part::{Context, Mounted, Part, part};
use crate::route::Route;
use crate::scene::View;
use crate::session::{FeedPage, Found, Opened, Request, in_language, open_held, open_link};
use crate::state::Action;
use crate::storage::Stores;
use crate::tree::{self, Tree, spawn};
use crate::wording::{self, t};

/// What the page around a reader asks of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// A view of the article.
    View(View),
    /// What a fragment names: a quotation, a statement, a speaker.
    Go(String),
    /// That all quotations fold or open.
    Do(Action),
}

/// What the page around a reader says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outside {
    /// Whether comments are shown.
    pub comments: bool,
    /// What was asked last, and how often something was.
    pub asked: Option<(usize, Asked)>,
    /// The view that is shown at first.
    pub view: View,
}

/// What is to be shown.
#[derive(Debug, Clone, PartialEq)]
struct Wanted {
    request: Request,
    /// What comments and corrections are kept under.
    key: String,
    /// The address of a page of ours that shows the same, to which a view can be added.
    page: String,
    /// The article's language, where the page around it says so.
    language: Option<String>,
}

enum Shown {
    /// Nothing is known yet of what is to be shown.
    Nothing,
    Opening,
    Reading(Opened),
    Feed(Rc<Feed>, FeedPage),
    Trouble(String),
}

/// What happens to the reader.
enum Msg {
    /// Something is to be shown.
    Open(Box<Wanted>),
    /// Something else is, in the same place.
    Chosen(Request),
    /// The nth thing to be opened was, or why not.
    Opened(usize, Box<Result<Found, String>>),
    /// The same is tried again.
    Again,
    /// Whether comments are shown.
    Comments(bool),
    /// The page around asks for something.
    Asked(Asked),
    /// The words of another language are here.
    Spoken,
}

/// The reader.
struct Embedded {
    stores: Stores,
    outside: Outside,
    wanted: Option<Wanted>,
    n_opened: usize,
    shown: Shown,
    /// Whether the page around is yet to hear of what is shown.
    untold: bool,
}

impl Part for Embedded {
    type Message = Msg;
    type Properties = ();

    fn create(_: &Context<Self>) -> Embedded {
        Embedded {
            stores: Stores::of_browser(),
            outside: Outside { comments: true, ..Outside::default() },
            wanted: None,
            n_opened: 0,
            shown: Shown::Nothing,
            untold: false,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Open(wanted) => {
                self.wanted = Some(*wanted);
                self.open(ctx);
            }
            Msg::Chosen(request) => {
                if let Some(wanted) = &mut self.wanted {
                    wanted.request = request;
                }
                self.open(ctx);
            }
            Msg::Again => self.open(ctx),
            Msg::Opened(n, _) if n != self.n_opened => return false,
            Msg::Opened(_, result) => {
                self.untold = true;
                self.shown = match *result {
                    Ok(Found::Article(opened)) => Shown::Reading(self.placed(opened)),
                    Ok(Found::Feed(feed, page)) => Shown::Feed(feed, page),
                    Err(words) => Shown::Trouble(words),
                };
            }
            Msg::Comments(comments) => self.outside.comments = comments,
            Msg::Asked(asked) => {
                if let Asked::View(view) = asked {
                    self.outside.view = view;
                }
                let n = self.outside.asked.as_ref().map_or(0, |(n, _)| n + 1);
                self.outside.asked = Some((n, asked));
            }
            Msg::Spoken => wording::take(),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        match &self.shown {
            Shown::Nothing => Html::default(),
            Shown::Opening => {
                let words = vec![text(t("Opening the article…"))];
                element("p", &["class", "role"], &["opening", "status"], words)
            }
            Shown::Reading(opened) => {
                let href = self.wanted.as_ref().map_or("", |wanted| &wanted.page).to_owned();
                let props = article_page::Props {
                    opened: opened.clone(),
                    stores: self.stores.clone(),
                    home: Home { href, name: String::new() },
                    on_open: None,
                    on_request: link.callback(Msg::Chosen),
                    prerendered: false,
                    outside: self.outside.clone(),
                };
                part::<ArticlePage>(&self.n_opened.to_string(), props)
            }
            Shown::Feed(feed, page) => {
                let chosen = |choice: Option<Request>| choice.map(Msg::Chosen);
                page(feed, link.batch_callback(chosen))
            }
            Shown::Trouble(words) => {
                let onclick =
                    link.batch_callback(|event: MouseEvent| acted(&event).map(|_| Msg::Again));
                let again = vec![button("btn", "again", "", t("Try again"))];
                keyed("trouble", clicked(note(Tone::Alert, vec![text(words)], again), onclick))
            }
        }
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if !std::mem::take(&mut self.untold) {
            return;
        }
        match &self.shown {
            Shown::Reading(opened) => tell_document("ready", &opened.article, &opened.analysis),
            Shown::Feed(..) => tree::tell("ready", || "null".into()),
            Shown::Trouble(words) => tree::tell("error", || json::text(words)),
            Shown::Nothing | Shown::Opening => {}
        }
    }
}

impl Embedded {
    fn open(&mut self, ctx: &Context<Self>) {
        let Some(wanted) = self.wanted.clone() else { return };
        self.n_opened += 1;
        self.shown = Shown::Opening;
        let (n, link) = (self.n_opened, ctx.link().clone());
        spawn(async move {
            let found = match wanted.request {
                Request::Link(address) => open_link(address).await,
                request => open_held(request).await,
            };
            let found = match (found, &wanted.language) {
                (Ok(Found::Article(opened)), Some(language)) => {
                    in_language(opened, language).await.map(Found::Article)
                }
                (found, _) => found,
            };
            let found = match found {
                Ok(found) => Ok(found),
                Err(failed) => Err(match later().await {
                    Ok(later) => (later.words)(&failed.error),
                    Err(_) => {
                        t("A part of Dixit did not arrive. It may work at a second try.").into()
                    }
                }),
            };
            link.send_message(Msg::Opened(n, Box::new(found)));
        });
    }

    /// An article in its place on the page around.
    fn placed(&self, mut opened: Opened) -> Opened {
        let (key, page) =
            self.wanted.as_ref().map(|w| (w.key.clone(), w.page.clone())).unwrap_or_default();
        let mut article = Rc::unwrap_or_clone(opened.article);
        article.id = key;
        opened.article = Rc::new(article);
        opened.route = Route::Element(page);
        opened
    }
}

/// Tells what is shown, as its document.
pub(crate) fn tell_document(name: &str, article: &Article, analysis: &Analysis) {
    tree::tell(name, || format::write(article, Some(analysis)));
}

thread_local! {
    static READERS: RefCell<Vec<(u32, Mounted<Embedded>)>> = const { RefCell::new(Vec::new()) };
}

/// Begins a reader in `place` of a shadow tree; its language is here already.
#[wasm_bindgen]
pub fn mount(reader: u32, root: ShadowRoot, place: web_sys::Element) {
    Tree::new(reader, root).enter();
    wording::take();
    let mounted = Mounted::new(place, ());
    READERS.with_borrow_mut(|readers| readers.push((reader, mounted)));
}

/// Ends a reader.
#[wasm_bindgen]
pub fn unmount(reader: u32) {
    let ended = READERS.with_borrow_mut(|readers| {
        let place = readers.iter().position(|(number, _)| *number == reader)?;
        Some(readers.swap_remove(place).1)
    });
    let tree = Tree::of(reader);
    tree.enter();
    if let Some(ended) = ended {
        ended.end();
    }
    tree.drop();
}

/// Has a reader show something: what `kind` says that `text` is, a `link`, a `text`, a `fragment` of a page as HTML,
/// or a `document`.
#[wasm_bindgen]
pub fn open(
    reader: u32,
    kind: &str,
    text: String,
    key: String,
    page: String,
    language: Option<String>,
) {
    let request = match kind {
        "link" => Request::Link(text),
        "fragment" => Request::Fragment(text),
        "document" => Request::Document(text),
        _ => Request::Text(text),
    };
    send(reader, Msg::Open(Box::new(Wanted { request, key, page, language })));
}

/// Has a reader do something: show the `view` or the `comments` of this name, `go` to what a fragment names, `fold`
/// `all` quotations or none, or speak another language (`words`).
#[wasm_bindgen]
pub fn ask(reader: u32, what: &str, value: String) {
    let msg = match what {
        "view" => {
            let view = View::ALL.into_iter().find(|view| view.name() == value);
            Msg::Asked(Asked::View(view.unwrap_or_default()))
        }
        "comments" => Msg::Comments(value != "off"),
        "go" => Msg::Asked(Asked::Go(value)),
        "fold" if value == "all" => Msg::Asked(Asked::Do(Action::FoldAll)),
        "fold" => Msg::Asked(Asked::Do(Action::OpenAll)),
        _ => Msg::Spoken,
    };
    send(reader, msg);
}

fn send(reader: u32, msg: Msg) {
    Tree::of(reader).enter();
    READERS.with_borrow(|readers| {
        if let Some((_, mounted)) = readers.iter().find(|(number, _)| *number == reader) {
            mounted.send_message(msg);
        }
    });
}
