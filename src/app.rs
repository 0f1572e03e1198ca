//! The reader as a whole: the start page, an article being opened, an article, or what went wrong.

use std::cell::Cell;
use std::rc::Rc;

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::components::act::{acted, button};
use crate::components::bar::{self, bar};
use crate::components::comments::CommentsProps;
use crate::components::comments_place::CommentsPlace;
use crate::components::note::{Tone, note};
use crate::components::reading::{self, Reading};
use crate::components::start::StartProps;
use crate::components::trouble::{Trouble, TroublePage};
use crate::corrections::{self, Base, Corrected, Edit};
use crate::dropping;
use crate::element::{classed, clicked, element, found, keyed, list, text};
use crate::import_port::Feed;
use crate::later::{self, Later, Lazy, StartPage, later, start};
use crate::open::{OpenError, pasted};
use crate::part::{Context, Link, Part, part};
use crate::permalink;
use crate::route::{Route, query_field};
use crate::scene::Scene;
use crate::session::{Failed, FeedPage, Found, Opened, Request, open_link, title};
use crate::state::Tool;
use crate::storage::{StorageError, Stores, Watch};
use crate::wording::{self, fill, t};

/// What happens to the reader as a whole.
pub enum Msg {
    /// A page is wanted.
    Visit(Route),
    /// The browser's back or forward was used, or a fragment changed.
    Moved,
    /// What of the article is shown has changed.
    Scene(Scene),
    /// Something is to be opened.
    Open(Request),
    /// The nth thing to be opened was, or not.
    /// What went wrong comes with the words for it.
    Opened(usize, Request, Box<Result<Found, (Failed, Told)>>),
    /// A line that was set aside belongs to the article, by its number.
    PutBack(usize),
    /// The same is tried again.
    Again,
    /// The menu "Aa" is wanted.
    Look,
    /// What the menu comes with is here, or did not come.
    Later(Lazy<&'static Later>),
    /// The start page is here, or did not come.
    StartPage(Lazy<StartPage>),
    /// A dialog over the article is asked for.
    Tool(Tool),
    /// What did not come is asked for again.
    AskAgain,
    /// Who said what is corrected, or corrections are read.
    Edit(Edit),
    /// What came of it, for the nth thing that was opened.
    Corrected(usize, Box<Corrected>),
    /// A text is to be pasted.
    Paste,
    /// The words of another language are here.
    Spoken,
    /// Something to open is being dragged over the page, or no longer.
    Dragged(bool),
}

enum View {
    Start { pasting: bool, error: Option<OpenError> },
    Opening,
    Reading(Opened),
    Feed(Rc<Feed>, FeedPage),
    Trouble(Trouble, Option<TroublePage>),
}

/// The reader.
pub struct App {
    stores: Stores,
    route: Route,
    /// What of an article is shown.
    scene: Scene,
    view: View,
    /// What readers corrected in the article that is shown.
    corrected: Rc<Corrected>,
    _corrections: Watch,
    later: Lazy<&'static Later>,
    /// Whether the menu "Aa" was asked for and is yet to be shown.
    look_asked: bool,
    start_page: Lazy<StartPage>,
    /// The last request, and how many there were: an answer to an earlier one is not wanted any more.
    request: Option<Request>,
    n_requests: usize,
    /// The dialog over the article that was asked for last, and how many were.
    asked: Option<(usize, Tool)>,
    dragged: bool,
    /// Whether dragged text, not only files, can be opened now.
    takes_text: Rc<Cell<bool>>,
    root: NodeRef,
    take_focus: bool,
    _listeners: Vec<EventListener>,
}

impl Part for App {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> App {
        let takes_text = Rc::new(Cell::new(true));
        let mut listeners = Vec::new();
        if let Some(window) = web_sys::window() {
            let spoken = ctx.link().callback(|()| Msg::Spoken);
            listeners.push(EventListener::new(&window, "dixit:words", move |_| spoken.emit(())));
            let moved = ctx.link().callback(|()| Msg::Moved);
            listeners.push(EventListener::new(&window, "popstate", move |_| moved.emit(())));
        }
        let on_request = ctx.link().callback(Msg::Open);
        let on_drag = ctx.link().callback(Msg::Dragged);
        listeners.extend(dropping::listen(takes_text.clone(), on_request, on_drag));
        let mut app = App {
            stores: Stores::of_browser(),
            route: Route::of_browser(),
            scene: Scene::of_browser(),
            view: View::Start { pasting: false, error: None },
            corrected: Rc::default(),
            _corrections: None,
            later: Lazy::Unasked,
            look_asked: false,
            start_page: Lazy::Unasked,
            request: None,
            n_requests: 0,
            asked: None,
            dragged: false,
            takes_text,
            root: NodeRef::default(),
            take_focus: false,
            _listeners: listeners,
        };
        app.show_route(ctx);
        app
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Visit(route) => {
                route.push();
                self.route = route;
                self.scene = Scene::default();
                self.show_route(ctx);
                to_top();
            }
            Msg::Scene(scene) => {
                // A link that leads into another view is no step: back leads to where it stood.
                let steps = scene.view != self.scene.view && permalink::fragment().is_none();
                self.route.go(&scene, steps);
                self.scene = scene;
                if steps {
                    to_top();
                }
            }
            Msg::Moved => {
                let route = Route::of_browser();
                let scene = std::mem::replace(&mut self.scene, Scene::of_browser());
                if route == self.route {
                    return scene != self.scene;
                }
                self.route = route;
                self.show_route(ctx);
            }
            Msg::Open(Request::Link(link)) => {
                ctx.link().send_message(Msg::Visit(Route::Link(link)))
            }
            Msg::Open(Request::Text(text)) => match pasted(&text) {
                Ok(text) => self.open(ctx, Request::Text(text)),
                // The start page stays as it is, with what was typed there.
                Err(error) => {
                    self.show(View::Start { pasting: true, error: Some(error) });
                    self.take_focus = false;
                }
            },
            Msg::Open(request) => self.open(ctx, request),
            Msg::Opened(n, request, result) => {
                if n != self.n_requests {
                    return false;
                }
                self.opened(request, *result);
                self.read_corrections(ctx);
            }
            Msg::PutBack(line) => {
                let View::Reading(opened) = &self.view else { return false };
                let (article, link) = (opened.article.clone(), ctx.link().clone());
                spawn_local(async move {
                    // Where the part does not come, the line stays where it is.
                    if let Ok(later) = later().await {
                        let document = (later.put_back)(&article, line);
                        link.send_message(Msg::Open(Request::Document(document)));
                    }
                });
                return false;
            }
            Msg::Edit(edit) => {
                self.correct(ctx, edit);
                return false;
            }
            Msg::Corrected(n, corrected) => {
                if n != self.n_requests {
                    return false;
                }
                let behind = corrected.n_published < self.corrected.n_published;
                if behind {
                    // What is published came in the meantime.
                    self.correct(ctx, Edit::Load(None));
                    return false;
                }
                self.corrected = Rc::from(corrected);
            }
            Msg::Look => {
                if !self.later.wanted(true) {
                    return false;
                }
                self.later = Lazy::Asked;
                self.look_asked = true;
                let link = ctx.link().clone();
                spawn_local(async move {
                    link.send_message(Msg::Later(Lazy::answered(later().await)));
                });
            }
            Msg::Later(later) => self.later = later,
            Msg::StartPage(start_page) => self.start_page = start_page,
            Msg::Tool(tool) => self.asked = Some((self.asked.map_or(0, |(n, _)| n + 1), tool)),
            Msg::AskAgain => self.ask(ctx, true),
            Msg::Again => match self.request.clone() {
                Some(request) => self.open(ctx, request),
                None => return false,
            },
            Msg::Paste => {
                Route::Start.push();
                self.route = Route::Start;
                self.show(View::Start { pasting: true, error: None });
                // The field takes the focus.
                self.take_focus = false;
            }
            Msg::Spoken => {
                wording::take();
                self.entitle();
            }
            Msg::Dragged(dragged) => {
                let changed = self.dragged != dragged;
                self.dragged = dragged;
                return changed;
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let on_start = ctx.link().callback(|()| Msg::Visit(Route::Start));
        let at_start = matches!(self.view, View::Start { .. });
        let mut look = match self.later {
            Lazy::Here(later) => (later.look)(self.look_asked),
            _ => bar::look_to_come(ctx.link().callback(|_: MouseEvent| Msg::Look)),
        };
        let views = match &self.view {
            View::Reading(_) => {
                let scene = self.scene.clone();
                let on_view =
                    ctx.link().callback(move |view| Msg::Scene(Scene { view, ..scene.clone() }));
                let on_share = ctx.link().callback(|_: MouseEvent| Msg::Tool(Tool::Export));
                look = list(vec![look, bar::share(on_share)]);
                bar::views(&self.route, &self.scene, &on_view)
            }
            _ => Html::default(),
        };
        let mut parts = vec![bar(on_start, !at_start, views, look), self.view_page(ctx)];
        if matches!(self.later, Lazy::Failed) {
            let words = t("This part of Dixit did not arrive.");
            let again = vec![button("btn", "look", "", t("Try again"))];
            let again = note(Tone::Alert, vec![text(words)], again);
            let on_look = ctx.link().callback(|_: MouseEvent| Msg::Look);
            parts.insert(1, clicked(classed("div", "app-note", vec![again]), on_look));
        }
        if self.dragged {
            let words = classed("p", "", vec![text(t("Drop it to open it"))]);
            let names = &["class", "aria-hidden"];
            parts.push(element("div", names, &["drop-veil", "true"], vec![words]));
        }
        let onclick = ctx.link().batch_callback(|event: MouseEvent| match acted(&event)? {
            (act, line) if act == "put-line-back" => line.parse().ok().map(Msg::PutBack),
            _ => None,
        });
        found(clicked(classed("div", "", parts), onclick), &self.root)
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first_render: bool) {
        if self.later.get().is_some() {
            self.look_asked = false;
        }
        self.ask(ctx, false);
        if self.start_page.get().is_none() && matches!(self.view, View::Start { .. }) {
            return;
        }
        if !std::mem::take(&mut self.take_focus) {
            return;
        }
        let Some(root) = self.root.cast::<web_sys::Element>() else { return };
        let find = |selector: &str| root.query_selector(selector).ok().flatten();
        let heading = find("main h1").or_else(|| find("main"));
        if let Some(heading) = heading.and_then(|h| h.dyn_into::<HtmlElement>().ok()) {
            // A heading takes focus once it has a tab index; where it does not, nothing is lost.
            let _ = heading.set_attribute("tabindex", "-1");
            let _ = heading.focus();
        }
    }
}

impl App {
    /// Begins to show the page that the route asks for.
    fn show_route(&mut self, ctx: &Context<Self>) {
        match Request::of_route(&self.route) {
            Some(request) => self.open(ctx, request),
            None => {
                // An answer that comes later is not wanted any more.
                self.n_requests += 1;
                self.request = None;
                self.show(View::Start { pasting: false, error: None });
            }
        }
    }

    fn open(&mut self, ctx: &Context<Self>, request: Request) {
        self.n_requests += 1;
        self.request = Some(request.clone());
        self.show(View::Opening);
        let (n, stores, link) = (self.n_requests, self.stores.clone(), ctx.link().clone());
        spawn_local(async move {
            let result = match request.clone() {
                Request::Link(address) => open_link(address).await,
                request => match later().await {
                    Ok(later) => (later.open)(request, stores).await,
                    Err(_) => Err(OpenError::PartMissing.into()),
                },
            };
            let result = match result {
                Ok(found) => Ok(found),
                Err(failed) => {
                    let told = told(&failed.error).await;
                    Err((failed, told))
                }
            };
            link.send_message(Msg::Opened(n, request, Box::new(result)));
        });
    }

    /// Reads the corrections of the article that was opened, and again whenever another tab changes them.
    fn read_corrections(&mut self, ctx: &Context<Self>) {
        (self.corrected, self._corrections) = (Rc::default(), None);
        let View::Reading(opened) = &self.view else { return };
        let id = &opened.article.id;
        let changed = ctx.link().callback(|()| Msg::Edit(Edit::Load(None)));
        let changed = Rc::new(move || changed.emit(()));
        self._corrections = self.stores.kept.watch(&corrections::prefix(id), changed);
        let published = query_field("corrections");
        if published.is_some() || corrections::are_kept(&self.stores, id) {
            self.correct(ctx, Edit::Load(published));
        }
    }

    /// Has something corrected, and shows what comes of it.
    fn correct(&self, ctx: &Context<Self>, edit: Edit) {
        let View::Reading(opened) = &self.view else { return };
        let (article, analysis) = (opened.article.clone(), opened.analysis.clone());
        let base = Base { article, analysis, stores: self.stores.clone() };
        let (n, before, link) = (self.n_requests, self.corrected.clone(), ctx.link().clone());
        spawn_local(async move {
            let corrected = match later::corrections().await {
                Ok(correct) => correct(base, before, edit).await,
                Err(_) => {
                    let words = t("The part of Dixit that corrects did not arrive. Try again.");
                    // It never came, so nothing is corrected yet.
                    Corrected { troubles: vec![words.to_owned()], ..Corrected::default() }
                }
            };
            link.send_message(Msg::Corrected(n, Box::new(corrected)));
        });
    }

    /// Fetches the start page where it is wanted and was not asked for yet; `again`, also where it did not come.
    fn ask(&mut self, ctx: &Context<Self>, again: bool) {
        if self.start_page.wanted(again) && matches!(self.view, View::Start { .. }) {
            self.start_page = Lazy::Asked;
            let link = ctx.link().clone();
            spawn_local(async move {
                link.send_message(Msg::StartPage(Lazy::answered(start().await)));
            });
        }
    }

    fn opened(&mut self, request: Request, result: Result<Found, (Failed, Told)>) {
        match result {
            Ok(Found::Feed(feed, page)) => self.show(View::Feed(feed, page)),
            Ok(Found::Article(opened)) => {
                if opened.route != self.route {
                    opened.route.push();
                    self.route = opened.route.clone();
                    self.scene = Scene::default();
                    to_top();
                }
                self.show(View::Reading(opened));
            }
            // Nothing was opened and there is nothing to show: the start page says why.
            Err((Failed { error, text: None }, _))
                if !matches!(request, Request::Kept(_) | Request::Link(_) | Request::Opener) =>
            {
                let pasting = matches!(request, Request::Text(_));
                if self.route != Route::Start {
                    Route::Start.push();
                    self.route = Route::Start;
                }
                self.show(View::Start { pasting, error: Some(error) });
                self.take_focus = false;
            }
            Err((Failed { error, text }, told)) => {
                let address = match request {
                    Request::Link(link) => Some(link),
                    _ => None,
                };
                let may_pass = error.may_pass();
                let is_closed = matches!(error, OpenError::Unreachable | OpenError::Refused(_));
                let trouble = Trouble { words: told.words, may_pass, is_closed, address, text };
                self.show(View::Trouble(trouble, told.page));
            }
        }
    }

    fn show(&mut self, view: View) {
        self.takes_text.set(matches!(view, View::Start { .. }));
        // Where the page itself was just loaded, focus is the browser's to give.
        self.take_focus = self.n_requests > 1 && !matches!(view, View::Opening);
        self.view = view;
        self.entitle();
    }

    /// Gives the page its title.
    fn entitle(&self) {
        let words = match &self.view {
            View::Start { .. } => t("Dixit: see who said what").to_owned(),
            View::Opening => t("Opening · Dixit").to_owned(),
            View::Reading(opened) => title(&opened.article) + " · Dixit",
            View::Feed(feed, _) => {
                [feed.title.as_deref().unwrap_or(t("A feed")), " · Dixit"].concat()
            }
            View::Trouble(..) => t("Not opened · Dixit").to_owned(),
        };
        if let Some(document) = web_sys::window().and_then(|w| w.document()) {
            document.set_title(&words);
        }
    }

    /// What stands where the start page will stand.
    fn wait_for_start(failed: bool, link: &Link<App>) -> Html {
        if !failed {
            return opening(t("Loading…"));
        }
        let words = t("A part of Dixit did not arrive: the start page or the comments.");
        let again = vec![button("btn", "again", "", t("Try again"))];
        let onclick = link.batch_callback(|event: MouseEvent| acted(&event).map(|_| Msg::AskAgain));
        clicked(note(Tone::Alert, vec![text(words)], again), onclick)
    }

    fn view_page(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        match &self.view {
            View::Start { pasting, error } => {
                let props = StartProps {
                    stores: self.stores.clone(),
                    pasting: *pasting,
                    error: error.clone(),
                    on_open: link.callback(Msg::Open),
                    on_visit: link.callback(Msg::Visit),
                };
                match self.start_page {
                    Lazy::Here(start) => start(props),
                    other => {
                        let failed = matches!(other, Lazy::Failed);
                        alone("opening", "start", vec![App::wait_for_start(failed, link)])
                    }
                }
            }
            View::Opening => {
                let onclick = link.batch_callback(|event: MouseEvent| {
                    acted(&event).map(|_| Msg::Visit(Route::Start))
                });
                // static/import.js hears the click too, and ends what the importer works on.
                let cancel = button("btn", "cancel", "", t("Cancel"));
                let parts = vec![opening(t("Opening the article…")), cancel];
                clicked(alone("opening", "start", parts), onclick)
            }
            View::Feed(feed, page) => {
                let on_choice = link.callback(|choice: Option<Request>| {
                    choice.map_or(Msg::Visit(Route::Start), Msg::Open)
                });
                page(feed, on_choice)
            }
            View::Reading(opened) => {
                let article = opened.article.clone();
                let analysis = self.corrected.analysis.as_ref().unwrap_or(&opened.analysis);
                let (analysis, corrected) = (analysis.clone(), self.corrected.clone());
                let id = AttrValue::from(article.id.clone());
                let title = AttrValue::from(title(&article));
                let stores = self.stores.clone();
                let on = article.clone();
                let comments = CommentsProps { article: id.clone(), title, on, stores };
                let children = part::<CommentsPlace>(&id, comments);
                let scene = self.scene.clone();
                let on_scene = link.callback(Msg::Scene);
                let asked = self.asked;
                let on_edit = link.callback(Msg::Edit);
                let page = reading::Props {
                    article,
                    analysis,
                    corrected,
                    children,
                    scene,
                    on_scene,
                    asked,
                    on_edit,
                    rich: opened.rich,
                    stores: self.stores.clone(),
                };
                let note = opened.not_kept.as_ref().map(not_kept).unwrap_or_default();
                list(vec![note, part::<Reading>("reading", page)])
            }
            View::Trouble(trouble, page) => {
                let onclick = link.batch_callback(|event: MouseEvent| {
                    Some(match acted(&event)?.0.as_str() {
                        "again" => Msg::Again,
                        "paste" => Msg::Paste,
                        "start" => Msg::Visit(Route::Start),
                        _ => {
                            event.prevent_default();
                            return None;
                        }
                    })
                });
                let parts = match page {
                    Some(page) => page(trouble),
                    None => {
                        vec![
                            classed("p", "trouble-words", vec![text(&trouble.words)]),
                            button("btn", "again", "", t("Try again")),
                        ]
                    }
                };
                clicked(alone("trouble", "start trouble", parts), onclick)
            }
        }
    }
}

/// What is said of an error, and the page that says it where its part is here.
pub struct Told {
    words: String,
    page: Option<TroublePage>,
}

/// What is said of an error: the words are not needed where nothing goes wrong, and come when something does.
async fn told(error: &OpenError) -> Told {
    let words = match later().await {
        Ok(later) => return Told { words: (later.words)(error), page: Some(later.trouble) },
        Err(_) if *error == OpenError::Offline => {
            t("This browser is offline. Connect and try again.")
        }
        Err(_) => t("A part of Dixit did not arrive. It may work at a second try."),
    };
    Told { words: words.into(), page: None }
}

/// A page of its own, not to be mixed up with the one before.
fn alone(key: &str, class: &str, parts: Vec<Html>) -> Html {
    keyed(key, classed("main", class, parts))
}

fn opening(words: &str) -> Html {
    element("p", &["class", "role"], &["opening", "status"], vec![text(words)])
}

fn not_kept(error: &StorageError) -> Html {
    let words = fill(
        "This article will not survive a reload: {}. Keep its text elsewhere if you need it again.",
        &[&error.words()],
    );
    classed("div", "app-note", vec![note(Tone::Status, vec![text(&words)], Vec::new())])
}

fn to_top() {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}
