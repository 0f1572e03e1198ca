//! The reader as a whole: the start page, an article being opened, an article, or what went wrong.

use std::cell::Cell;
use std::rc::Rc;

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::components::act::{acted, button};
use crate::components::article_page::{self, ArticlePage};
use crate::components::bar::{self, Bar, Home};
use crate::components::note::{Tone, note};
use crate::components::start::StartProps;
use crate::components::trouble::{Trouble, TroublePage};
use crate::dropping;
use crate::element::{classed, clicked, element, found, keyed, list, text};
use crate::import_port::Feed;
use crate::later::{Lazy, StartPage, later, start};
use crate::open::{OpenError, pasted};
use crate::part::{Context, Link, Part, part};
use crate::route::Route;
use crate::session::{Failed, FeedPage, Found, Opened, Request, open_link, title};
use crate::storage::Stores;
use crate::tree::{self, spawn};
use crate::wording::{self, t};

/// What happens to the reader as a whole.
pub enum Msg {
    /// A page is wanted.
    Visit(Route),
    /// The browser's back or forward was used, or a fragment changed.
    Moved,
    /// Something is to be opened.
    Open(Request),
    /// The nth thing to be opened was, or not.
    /// What went wrong comes with the words for it.
    Opened(usize, Request, Box<Result<Found, (Failed, Told)>>),
    /// The same is tried again.
    Again,
    /// The start page is here, or did not come.
    StartPage(Lazy<StartPage>),
    /// What did not come is asked for again.
    AskAgain,
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
    view: View,
    start_page: Lazy<StartPage>,
    /// The last request, and how many there were: an answer to an earlier one is not wanted any more.
    request: Option<Request>,
    n_requests: usize,
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
            view: View::Start { pasting: false, error: None },
            start_page: Lazy::Unasked,
            request: None,
            n_requests: 0,
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
                self.show_route(ctx);
                tree::to_top();
            }
            Msg::Moved => {
                let route = Route::of_browser();
                if route == self.route {
                    return false;
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
            }
            Msg::StartPage(start_page) => self.start_page = start_page,
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
        let mut parts = vec![self.view_page(ctx)];
        if self.dragged {
            let words = classed("p", "", vec![text(t("Drop it to open it"))]);
            let names = &["class", "aria-hidden"];
            parts.push(element("div", names, &["drop-veil", "true"], vec![words]));
        }
        found(classed("div", "", parts), &self.root)
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first_render: bool) {
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
        spawn(async move {
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

    /// Fetches the start page where it is wanted and was not asked for yet; `again`, also where it did not come.
    fn ask(&mut self, ctx: &Context<Self>, again: bool) {
        if self.start_page.wanted(again) && matches!(self.view, View::Start { .. }) {
            self.start_page = Lazy::Asked;
            let link = ctx.link().clone();
            spawn(async move {
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
                    tree::to_top();
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
        let page = match &self.view {
            View::Reading(opened) => {
                let props = article_page::Props {
                    opened: opened.clone(),
                    stores: self.stores.clone(),
                    home: Home::of_reader(),
                    on_open: Some(link.callback(|()| Msg::Visit(Route::Start))),
                    on_request: link.callback(Msg::Open),
                    prerendered: false,
                };
                return part::<ArticlePage>(&self.n_requests.to_string(), props);
            }
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
        };
        let at_start = matches!(self.view, View::Start { .. });
        let on_open = link.callback(|()| Msg::Visit(Route::Start));
        let bar = bar::Props {
            home: Home::of_reader(),
            on_open: (!at_start).then_some(on_open),
            views: Html::default(),
            share: Html::default(),
        };
        list(vec![part::<Bar>("bar", bar), page])
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
