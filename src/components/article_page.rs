//! The page of one article: the bar, the article with what readers corrected in it, and its comments.

use std::rc::Rc;

use gloo_events::EventListener;
use yew::prelude::*;

use super::act::acted;
use super::bar::{self, Bar, Home};
use super::body::Extras;
use super::comments::CommentsProps;
use super::comments_place::CommentsPlace;
use super::note::{Tone, note};
use super::reading::{self, Asked, Reading};
use crate::corrections::{self, Base, Corrected, Edit};
use crate::element::{classed, clicked, text};
#[cfg(feature = "embed")]
use crate::embed::{self, Outside, tell_document};
use crate::later::{self, Later, later};
use crate::part::{Context, Part, part};
use crate::permalink;
use crate::route::{Route, query_field};
use crate::scene::Scene;
use crate::session::{Opened, Request, title};
use crate::state::{Action, Tool};
use crate::storage::{Stores, Watch};
use crate::tree::{self, spawn};
use crate::wording::t;

/// Properties of [`ArticlePage`]. For another article give another `key` too.
pub struct Props {
    /// The article.
    pub opened: Opened,
    /// Where comments, corrections and folded quotations are kept.
    pub stores: Stores,
    /// The page that the brand leads to.
    pub home: Home,
    /// Told when another article is wanted; a published page opens no other.
    pub on_open: Option<Callback<()>>,
    /// Told when the article changes: a line that was set aside belongs to it.
    pub on_request: Callback<Request>,
    /// Whether the page is there already, as it was rendered before: then it is at first as without an address.
    pub prerendered: bool,
    /// What the page around says, of which this is an element.
    #[cfg(feature = "embed")]
    pub outside: Outside,
}

impl PartialEq for Props {
    fn eq(&self, other: &Props) -> bool {
        #[cfg(feature = "embed")]
        if self.outside != other.outside {
            return false;
        }
        // All else comes with the article.
        Rc::ptr_eq(&self.opened.article, &other.opened.article)
    }
}

/// The page of one article. Where it was prerendered, its first render depends on its properties alone.
pub struct ArticlePage {
    /// What of the article is shown.
    scene: Scene,
    /// What readers corrected.
    corrected: Rc<Corrected>,
    _corrections: Watch,
    /// What was asked of the article last, and how often something was.
    asked: Option<(usize, Asked)>,
    /// What shows what plain text has not, where the article has it.
    extras: Option<&'static Extras>,
    _moved: Option<EventListener>,
}

/// What happens to the page.
pub enum Msg {
    /// The browser's back or forward was used, or a fragment changed.
    Moved,
    /// What of the article is shown has changed.
    Scene(Scene),
    /// A line that was set aside belongs to the article, by its number.
    PutBack(usize),
    /// A dialog over the article is asked for.
    Tool(Tool),
    /// Who said what is corrected, or corrections are read.
    Edit(Edit),
    /// What came of it.
    Corrected(Box<Corrected>),
    /// What shows the rest of the article is here.
    Extras(&'static Later),
}

impl Part for ArticlePage {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> ArticlePage {
        ArticlePage {
            scene: scene(ctx.props()),
            corrected: Rc::default(),
            _corrections: None,
            asked: None,
            extras: ctx.props().opened.extras,
            _moved: None,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Scene(scene) => {
                // A link that leads into another view is no step: back leads to where it stood.
                let steps = scene.view != self.scene.view && permalink::fragment().is_none();
                ctx.props().opened.route.go(&scene, steps);
                if scene.view != self.scene.view {
                    tree::tell("view", || crate::json::text(scene.view.name()));
                }
                self.scene = scene;
                if steps {
                    tree::to_top();
                }
            }
            Msg::Moved => {
                let scene = std::mem::replace(&mut self.scene, Scene::of_browser());
                return scene != self.scene;
            }
            Msg::PutBack(line) => {
                let Props { opened, on_request, .. } = ctx.props();
                let (article, on_request) = (opened.article.clone(), on_request.clone());
                spawn(async move {
                    // Where the part does not come, the line stays where it is.
                    if let Ok(later) = later().await {
                        on_request.emit(Request::Document((later.put_back)(&article, line)));
                    }
                });
                return false;
            }
            Msg::Extras(later) => self.extras = Some(&later.extras),
            Msg::Tool(tool) => self.ask(Asked::Do(Action::Tool(tool))),
            Msg::Edit(edit) => {
                self.correct(ctx, edit);
                return false;
            }
            Msg::Corrected(corrected) => {
                if corrected.n_published < self.corrected.n_published {
                    // What is published came in the meantime.
                    self.correct(ctx, Edit::Load(None));
                    return false;
                }
                self.corrected = Rc::from(corrected);
                #[cfg(feature = "embed")]
                if let Some(analysis) = &self.corrected.analysis {
                    tell_document("document", &ctx.props().opened.article, analysis);
                }
            }
        }
        true
    }

    #[cfg(feature = "embed")]
    fn changed(&mut self, ctx: &Context<Self>, old: &Props) -> bool {
        let asked = &ctx.props().outside.asked;
        match asked.as_ref().filter(|_| *asked != old.outside.asked) {
            Some((_, embed::Asked::View(view))) => {
                self.scene = Scene { view: *view, ..self.scene.clone() };
            }
            Some((_, embed::Asked::Go(id))) => self.ask(Asked::Go(id.clone())),
            Some((_, embed::Asked::Do(action))) => self.ask(Asked::Do(action.clone())),
            None => {}
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Props { opened, stores, home, on_open, .. } = ctx.props();
        let link = ctx.link();
        let scene = self.scene.clone();
        let on_view = link.callback(move |view| Msg::Scene(Scene { view, ..scene.clone() }));
        let on_share = link.callback(|_: MouseEvent| Msg::Tool(Tool::Export));
        let bar = bar::Props {
            home: home.clone(),
            on_open: on_open.clone(),
            views: bar::views(&opened.route, &self.scene, &on_view),
            share: bar::share(on_share),
        };
        let article = opened.article.clone();
        let id = AttrValue::from(article.id.clone());
        let comments = CommentsProps {
            article: id.clone(),
            title: AttrValue::from(title(&article)),
            on: article.clone(),
            stores: stores.clone(),
        };
        let page = reading::Props {
            article,
            analysis: self.corrected.analysis.as_ref().unwrap_or(&opened.analysis).clone(),
            corrected: self.corrected.clone(),
            children: self.comments(ctx.props(), &id, comments),
            scene: self.scene.clone(),
            on_scene: link.callback(Msg::Scene),
            asked: self.asked.clone(),
            on_edit: link.callback(Msg::Edit),
            extras: self.extras,
            is_own: opened.route == Route::Page,
            stores: stores.clone(),
        };
        let note = opened.not_kept.as_deref().map(not_kept).unwrap_or_default();
        let parts = vec![part::<Bar>("bar", bar), note, part::<Reading>("reading", page)];
        let onclick = link.batch_callback(|event: MouseEvent| match acted(&event)? {
            (act, line) if act == "put-line-back" => line.parse().ok().map(Msg::PutBack),
            _ => None,
        });
        clicked(classed("div", "", parts), onclick)
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if !first {
            return;
        }
        if let Some(window) = web_sys::window().filter(|_| !tree::EMBEDDED) {
            let moved = ctx.link().callback(|()| Msg::Moved);
            self._moved = Some(EventListener::new(&window, "popstate", move |_| moved.emit(())));
        }
        if ctx.props().prerendered {
            ctx.link().send_message(Msg::Moved);
        }
        self.read_corrections(ctx);
        // The article's own words do not wait for it.
        if self.extras.is_none() && Extras::needed(&ctx.props().opened.article) {
            let link = ctx.link().clone();
            spawn(async move {
                if let Ok(later) = later().await {
                    link.send_message(Msg::Extras(later));
                }
            });
        }
    }
}

/// What of the article is shown at first.
#[cfg(not(feature = "embed"))]
fn scene(props: &Props) -> Scene {
    if props.prerendered { Scene::default() } else { Scene::of_browser() }
}

#[cfg(feature = "embed")]
fn scene(props: &Props) -> Scene {
    Scene { view: props.outside.view, ..Scene::default() }
}

impl ArticlePage {
    fn ask(&mut self, what: Asked) {
        self.asked = Some((self.asked.as_ref().map_or(0, |(n, _)| n + 1), what));
    }

    fn comments(&self, _props: &Props, id: &str, comments: CommentsProps) -> Html {
        #[cfg(feature = "embed")]
        if !_props.outside.comments {
            return Html::default();
        }
        part::<CommentsPlace>(id, comments)
    }

    /// Reads the corrections of the article, and again whenever another tab changes them.
    fn read_corrections(&mut self, ctx: &Context<Self>) {
        let Props { opened, stores, .. } = ctx.props();
        let id = &opened.article.id;
        let changed = ctx.link().callback(|()| Msg::Edit(Edit::Load(None)));
        let changed = Rc::new(move || changed.emit(()));
        self._corrections = stores.kept.watch(&corrections::prefix(id), changed);
        // Those of a published page are applied already.
        let has_own = tree::EMBEDDED || opened.route == Route::Page;
        let published = if has_own { None } else { query_field("corrections") };
        if published.is_some() || corrections::are_kept(stores, id) {
            self.correct(ctx, Edit::Load(published));
        }
    }

    /// Has something corrected, and shows what comes of it.
    fn correct(&self, ctx: &Context<Self>, edit: Edit) {
        let Props { opened, stores, .. } = ctx.props();
        let (article, analysis) = (opened.article.clone(), opened.analysis.clone());
        let base = Base { article, analysis, stores: stores.clone() };
        let (before, link) = (self.corrected.clone(), ctx.link().clone());
        spawn(async move {
            let corrected = match later::corrections().await {
                Ok(correct) => correct(base, before, edit).await,
                Err(_) => {
                    let words = t("The part of Dixit that corrects did not arrive. Try again.");
                    // It never came, so nothing is corrected yet.
                    Corrected { troubles: vec![words.to_owned()], ..Corrected::default() }
                }
            };
            link.send_message(Msg::Corrected(Box::new(corrected)));
        });
    }
}

fn not_kept(words: &str) -> Html {
    classed("div", "app-note", vec![note(Tone::Status, vec![text(words)], Vec::new())])
}
