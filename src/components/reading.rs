//! The reading page: the article with its voices, and the panel that says who said what.

mod fetched;
mod said;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::rc::Rc;

use dixit_engine::{Analysis, Article, Direction};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use web_sys::Element;
use yew::prelude::*;

use fetched::{Arrived, Fetched, Wanted};
use said::{lost, said};

use super::along;
use super::aloud::{self, Start};
use super::body::{Extras, body, pieces};
use super::click::{closest, meaning, number as number_of, undone};
use super::drawn::{Drawn, Seen, drawn};
use super::group::Choices;
use super::head::head;
use super::outline::outline;
use super::page_events;
use super::panel::panel;
use crate::carry::carry;
use crate::corrections::{Corrected, Edit};
use crate::element::{button, classed, classes, clicked, element, found, keyed, list, text, when};
use crate::folded;
use crate::later::Lazy;
use crate::part::{Context, Part};
#[cfg(feature = "embed")]
use crate::permalink;
use crate::plan::Plan;
use crate::scene::{Scene, View};
use crate::settings::KEYS;
use crate::state::{Action, Fold, State, Why};
use crate::storage::Stores;
use crate::tree;
use crate::wording::t;

/// A long article grows by this many pieces at most before the browser may do something else.
const GROWS: usize = 12;

/// Props of [`Reading`].
pub struct Props {
    /// The article.
    pub article: Rc<Article>,
    /// Who said what in it.
    pub analysis: Rc<Analysis>,
    /// What readers corrected; the analysis is what came of it.
    pub corrected: Rc<Corrected>,
    /// What stands between the article and the teasers: the comments.
    pub children: Html,
    /// What of the article is shown.
    pub scene: Scene,
    /// Told when that changes.
    pub on_scene: Callback<Scene>,
    /// What was asked for outside last, and how often something was.
    pub asked: Option<(usize, Asked)>,
    /// Takes what the reader corrects.
    pub on_edit: Callback<Edit>,
    /// Where folded quotations are kept.
    pub stores: Stores,
    /// What shows what plain text has not, where the article has it.
    pub(crate) extras: Option<&'static Extras>,
    /// Whether the page is the article's own, where relative addresses hold.
    pub(crate) is_own: bool,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.article, &other.article)
            && Rc::ptr_eq(&self.analysis, &other.analysis)
            && Rc::ptr_eq(&self.corrected, &other.corrected)
            && self.children == other.children
            && self.scene == other.scene
            && n_asked(self) == n_asked(other)
    }
}

/// What is asked of the reading page by what stands around it.
#[derive(Debug, Clone)]
pub enum Asked {
    /// Something that a reader can do too.
    Do(Action),
    /// To show what a fragment names, where the article has it.
    #[cfg(feature = "embed")]
    Go(String),
}

/// The reading page of one article. Its first render depends on its props alone.
pub struct Reading {
    plan: Rc<Plan>,
    /// The same, for what listens to the browser.
    shown: Rc<RefCell<Rc<Plan>>>,
    state: Rc<State>,
    /// How many pieces of the body are drawn; `None` once it is whole.
    drawn: Option<usize>,
    root: NodeRef,
    events: Vec<EventListener>,
    /// The moves and the open reason that the browser was told of.
    told: (usize, Option<Why>),
    fetched: Fetched,
    /// Where reading aloud begins, where it is wanted.
    spoken: Option<Start>,
    /// The view that the browser was told of.
    viewed: View,
    /// Whether the field that finds words is to have the focus.
    finds: bool,
    /// The key that was pressed before its meaning could be told.
    pressed: Option<String>,
    /// Whether the heading that the address names was shown.
    headed: bool,
}

/// What happens to the reading page.
#[derive(Debug)]
pub enum Msg {
    /// Something is to be done.
    Do(Action),
    /// An element of the page was clicked.
    Clicked(Element),
    /// The browser has shown what is drawn of the body.
    Shown,
    /// The page is scrolled for the first time.
    Scrolled,
    /// A part of the page is here, or did not come.
    Arrived(Arrived),
    /// The article is to be read aloud from this block and byte.
    ReadAloud(usize, usize),
    /// It is not to be read aloud any more.
    Silence,
    /// A key was pressed.
    Key(String),
}

impl Part for Reading {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Reading {
        let plan = plan_of(ctx.props(), None);
        let state = Rc::new(State::new(folds(&plan)));
        Reading {
            shown: Rc::new(RefCell::new(plan.clone())),
            // What was rendered before is taken over whole.
            drawn: (!ctx.props().is_own && pieces(&plan.article) > 1).then_some(1),
            state: enter(state, &plan, &ctx.props().scene),
            plan,
            root: NodeRef::default(),
            events: Vec::new(),
            told: (0, None),
            fetched: Fetched::default(),
            spoken: None,
            viewed: ctx.props().scene.view,
            finds: false,
            pressed: None,
            headed: false,
        }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Props) -> bool {
        let now = ctx.props();
        if Rc::ptr_eq(&now.article, &old.article) {
            let same = Rc::ptr_eq(&now.analysis, &old.analysis)
                && Rc::ptr_eq(&now.corrected, &old.corrected);
            if !same {
                let plan = plan_of(now, Some(&self.plan));
                self.state = Rc::new(carry(&self.state, &self.plan, &plan, folds(&plan)));
                // What had the focus may have gone: an open reason takes it. One that is gone gives nothing back.
                self.told.1 = None;
                self.shown.replace(plan.clone());
                self.plan = plan;
            }
        } else {
            // Another article is another page: nothing chosen in the one before holds.
            let root = self.root.clone();
            let fetched = self.fetched;
            *self = Reading { root, fetched, ..<Reading as Part>::create(ctx) };
        }
        self.state = enter(self.state.clone(), &self.plan, &now.scene);
        self.ask_views(ctx, false);
        if let Some((_, asked)) = now.asked.as_ref().filter(|_| n_asked(now) != n_asked(old)) {
            let action = match asked {
                Asked::Do(action) => Some(action.clone()),
                #[cfg(feature = "embed")]
                Asked::Go(id) => permalink::opens(&self.plan, id),
            };
            if let Some(action) = action {
                ctx.link().send_message(Msg::Do(action));
            }
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let action = match msg {
            Msg::Do(action) => Some(action),
            Msg::Clicked(target) if undone(&target).is_some() => {
                let correction = undone(&target).and_then(|n| self.plan.corrected.own(n));
                if let Some(correction) = correction {
                    ctx.props().on_edit.emit(Edit::Undo(correction.id.clone()));
                }
                None
            }
            Msg::Clicked(target) if closest(&target, "[data-do=view-again]").is_some() => {
                self.ask_views(ctx, true);
                return true;
            }
            Msg::Clicked(target) if closest(&target, "[data-do=keys]").is_some() => {
                // Where nothing is kept, it lasts as long as the page.
                KEYS.keep(if KEYS.now() == "off" { "on" } else { "off" });
                return true;
            }
            Msg::Clicked(target) if closest(&target, "[data-do=aloud]").is_some() => {
                let button = closest(&target, "[data-do=aloud]");
                let place = button.and_then(|b| number_of(&b, "data-n")).and_then(|n| {
                    let attribution = self.plan.analysis.attributions.get(n)?;
                    attribution.content.first().map(|span| (span.block, span.start))
                });
                let (block, from) = place.unwrap_or_else(|| self.place_to_read());
                return self.update(ctx, Msg::ReadAloud(block, from));
            }
            Msg::ReadAloud(block, from) => {
                let before = self.spoken.unwrap_or_default();
                self.spoken = Some(Start { asked: before.asked + 1, block, from, ..before });
                self.state = Rc::new(self.state.after(Action::View(View::Article)));
                self.ask(ctx, Wanted::Aloud, true);
                ctx.props().on_scene.emit(scene(&self.state, &self.plan));
                return true;
            }
            Msg::Silence => {
                self.spoken = None;
                return true;
            }
            Msg::Key(key) if key == "r" => {
                if let Some(start) = &mut self.spoken {
                    start.toggles += 1;
                    return true;
                }
                let (block, from) = self.place_to_read();
                return self.update(ctx, Msg::ReadAloud(block, from));
            }
            Msg::Clicked(target) if closest(&target, "[data-do=comment]").is_some() => {
                return self.update(ctx, Msg::Key("c".into()));
            }
            Msg::Clicked(target) => meaning(&target, &self.plan, &self.state),
            Msg::Key(key) if key == "c" => {
                page_events::focus(&self.root, ".comments textarea, .comments-to-come");
                None
            }
            Msg::Key(key) => {
                self.finds |= key == "/";
                match self.fetched.small.get() {
                    Some(later) => (later.key)(&key, &self.plan, &self.state),
                    None => {
                        self.pressed = Some(key);
                        self.ask(ctx, Wanted::Small, true);
                        None
                    }
                }
            }
            Msg::Shown => {
                let grown = self.drawn.map(|drawn| drawn + drawn.min(GROWS));
                self.drawn = grown.filter(|drawn| *drawn < pieces(&self.plan.article));
                return true;
            }
            Msg::Scrolled => {
                self.ask(ctx, Wanted::Along, false);
                return false;
            }
            Msg::Arrived(arrived) => {
                self.fetched.take(arrived);
                if let Arrived::Small(small) = arrived {
                    // What waited had the focus: the reason takes it.
                    self.told.1 = None;
                    if let Some(key) = self.pressed.take().filter(|_| small.get().is_some()) {
                        ctx.link().send_message(Msg::Key(key));
                    }
                }
                return true;
            }
        };
        let Some(action) = action else { return false };
        let after = self.state.after(action);
        let differs = after != *self.state;
        // What is asked for may be anywhere in the article.
        let completes = self.drawn.take().is_some();
        let folds = after.shut != self.state.shut;
        #[cfg(feature = "embed")]
        let before = std::mem::replace(&mut self.state, Rc::new(after));
        #[cfg(not(feature = "embed"))]
        {
            self.state = Rc::new(after);
        }
        #[cfg(feature = "embed")]
        self.tell(&before);
        if folds {
            folded::keep(&*ctx.props().stores.tab, &self.plan, &self.state);
        }
        self.ask_views(ctx, false);
        if self.state.why.is_some() {
            self.ask(ctx, Wanted::Small, differs);
        }
        if self.state.tool.is_some() {
            self.ask(ctx, Wanted::Tools, differs);
        }
        let scene = scene(&self.state, &self.plan);
        if scene != ctx.props().scene {
            ctx.props().on_scene.emit(scene);
        }
        differs || completes
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let (plan, state, extras) = (&self.plan, &self.state, ctx.props().extras);
        let seen = Seen { state: state.clone(), small: self.fetched.small, extras };
        let article = &plan.article;
        let direction = match article.direction {
            Direction::Ltr => "ltr",
            Direction::Rtl => "rtl",
        };
        let language = article.language.as_deref().unwrap_or_default();
        let names = &["lang", "dir"];
        let whole = state.view == View::Article;
        let main = if whole {
            let shown = self.drawn.unwrap_or(usize::MAX);
            // It would move down with each piece.
            let below = if self.drawn.is_none() {
                vec![
                    extras.map_or(Html::default(), |e| (e.set_aside)(&article.set_aside)),
                    ctx.props().children.clone(),
                    extras.map_or(Html::default(), |e| (e.related)(&article.related)),
                ]
            } else {
                Vec::new()
            };
            vec![
                lost(state),
                element(
                    "article",
                    names,
                    &[language, direction],
                    vec![head(plan), outline(plan), body(plan, &seen, shown)],
                ),
                list(below),
            ]
        } else {
            vec![self.other_view()]
        };
        let status =
            element("p", &["class", "role"], &["vh", "status"], vec![text(&said(plan, state))]);
        let words = vec![text(&plan.corrected.said)];
        let corrected = element("p", &["class", "role"], &["vh", "status"], words);
        let onclick = ctx.link().batch_callback(|event: MouseEvent| {
            event.target_dyn_into::<Element>().map(Msg::Clicked)
        });
        let class = classes(&[
            "page",
            when(state.speaker.is_some(), "has-choice"),
            when(!whole, "is-wide"),
        ]);
        let parts = vec![
            if whole { self.panel(seen) } else { Html::default() },
            keyed(state.view.name(), classed("main", "", main)),
            status,
            corrected,
            self.dialog(ctx),
            self.along(ctx),
            self.aloud(ctx),
        ];
        found(clicked(classed("div", &class, parts), onclick), &self.root)
    }

    fn rendered(&mut self, ctx: &Context<Self>, _: bool) {
        if self.events.is_empty() {
            let on_action = ctx.link().callback(Msg::Do);
            let on_key = ctx.link().callback(Msg::Key);
            let on_scroll = ctx.link().callback(|()| Msg::Scrolled);
            self.events = page_events::listen(self.shown.clone(), &self.root, &on_action, on_key);
            if let Some(window) = web_sys::window().filter(|_| !tree::EMBEDDED) {
                let once = EventListener::once(&window, "scroll", move |_| on_scroll.emit(()));
                self.events.push(once);
            }
            let shut = folded::kept(&*ctx.props().stores.tab, &self.plan);
            if !shut.is_empty() {
                ctx.link().send_message(Msg::Do(Action::Refold(shut.into())));
            }
            self.ask_views(ctx, false);
        }
        if self.drawn.is_some() {
            let shown = ctx.link().callback(|()| Msg::Shown);
            Timeout::new(0, move || shown.emit(())).forget();
        } else if !std::mem::replace(&mut self.headed, true) {
            page_events::show_heading(&self.root);
        }
        let is_here = self.state.view == View::Article || self.fetched.views.get().is_some();
        if is_here && self.viewed != self.state.view {
            self.viewed = self.state.view;
            // What had the focus may have gone with the view before; a link in the bar keeps it.
            page_events::focus_lost(&self.root, "main h1");
        }
        if is_here && std::mem::take(&mut self.finds) {
            page_events::focus(&self.root, "[data-find]");
        }
        let told = std::mem::replace(&mut self.told, (self.state.moves, self.state.why));
        if self.state.moves != told.0 {
            page_events::show_place(&self.root);
        }
        if self.state.why != told.1 {
            page_events::move_focus(&self.root, told.1, self.state.why);
        }
        page_events::show_dialog(&self.root, self.state.tool.is_some());
    }
}

impl Reading {
    fn ask(&mut self, ctx: &Context<Self>, wanted: Wanted, again: bool) {
        self.fetched.ask(wanted, again, ctx.link().callback(Msg::Arrived));
    }

    /// Fetches what writes the other views when one is wanted; `again`, also after it did not come.
    fn ask_views(&mut self, ctx: &Context<Self>, again: bool) {
        if self.state.view != View::Article {
            self.ask(ctx, Wanted::Views, again);
        }
    }

    fn panel(&self, seen: Seen) -> Html {
        let (plan, choices) = (self.plan.clone(), Choices::default());
        drawn("panel", Drawn { plan, seen: Some(seen), n: 0, choices, draw: panel })
    }

    /// Where reading aloud begins: what is selected, else what is marked, else the beginning.
    fn place_to_read(&self) -> (usize, usize) {
        let marked = self.state.place.and_then(|place| place.span(&self.plan.analysis));
        let marked = marked.map(|span| (span.block, span.start));
        page_events::selected_block().map(|block| (block, 0)).or(marked).unwrap_or_default()
    }

    fn aloud(&self, ctx: &Context<Self>) -> Html {
        let Some(start) = self.spoken.filter(|_| self.state.view == View::Article) else {
            return Html::default();
        };
        let close = ctx.link().callback(|()| Msg::Silence);
        match self.fetched.aloud {
            Lazy::Here(place) => place(aloud::Props {
                plan: self.plan.clone(),
                start,
                on_action: ctx.link().callback(Msg::Do),
                on_close: close,
            }),
            Lazy::Failed => {
                let words = element(
                    "p",
                    &["role"],
                    &["alert"],
                    vec![text(t("This part of Dixit did not arrive."))],
                );
                classed("div", "app-note", vec![words])
            }
            _ => Html::default(),
        }
    }

    /// Tells the page around which quotations folded or opened, and which speaker was chosen or let go.
    #[cfg(feature = "embed")]
    fn tell(&self, before: &State) {
        use crate::json::{Object, text};
        let analysis = &self.plan.analysis;
        let id_of = |speaker: Option<usize>| {
            let speaker = speaker.and_then(|s| analysis.speakers.get(s));
            speaker.map_or("null".to_owned(), |speaker| text(&speaker.id))
        };
        for (n, (shut, was)) in self.state.shut.iter().zip(&before.shut).enumerate() {
            if let Some(quotation) = analysis.quotations.get(n).filter(|_| shut != was) {
                tree::tell("quote", || {
                    let mut detail = Object::default();
                    detail.put_text("id", &quotation.id);
                    detail.put("open", (!shut).to_string());
                    detail.put("speaker", id_of(self.plan.speaker_of(n)));
                    detail.write()
                });
            }
        }
        if self.state.speaker != before.speaker {
            tree::tell("speaker", || {
                let mut detail = Object::default();
                detail.put("id", id_of(self.state.speaker));
                detail.write()
            });
        }
    }

    fn along(&self, ctx: &Context<Self>) -> Html {
        match self.fetched.along {
            Lazy::Here(place) if self.state.view == View::Article => {
                let (plan, state) = (self.plan.clone(), self.state.clone());
                let on_action = ctx.link().callback(Msg::Do);
                place(along::Props { plan, state, on_action })
            }
            _ => Html::default(),
        }
    }

    fn other_view(&self) -> Html {
        match self.fetched.views {
            Lazy::Here(view) => view(&self.plan, &self.state),
            Lazy::Failed => {
                let words = t("This part of Dixit did not arrive.");
                let again = button("btn", "view-again", 0, "", t("Try again"));
                let names = &["class", "role"];
                element("p", names, &["opening", "alert"], vec![text(words), again])
            }
            _ => {
                element("p", &["class", "role"], &["opening", "status"], vec![text(t("Loading…"))])
            }
        }
    }

    /// The one dialog of the page; always there, so that the browser gives the focus back when it closes.
    fn dialog(&self, ctx: &Context<Self>) -> Html {
        let inside = match (self.state.tool, self.fetched.tools) {
            (None, _) => Vec::new(),
            (Some(tool), Lazy::Here(tools)) => {
                vec![tools(&self.plan, &self.state, tool, &ctx.props().on_edit)]
            }
            (Some(_), Lazy::Failed) => vec![
                classed(
                    "p",
                    "",
                    vec![text(t("This part of Dixit did not arrive. Close this and try again."))],
                ),
                button("btn", "tool-close", 0, "", t("Close")),
            ],
            (Some(_), _) => vec![classed("p", "", vec![text(t("Loading…"))])],
        };
        element("dialog", &["class", "aria-labelledby"], &["tool", "dixit-tool"], inside)
    }
}

/// How often something was asked for outside.
fn n_asked(props: &Props) -> Option<usize> {
    props.asked.as_ref().map(|(n, _)| *n)
}

/// Plans the page, after another plan of the same article.
fn plan_of(props: &Props, before: Option<&Plan>) -> Rc<Plan> {
    let mut plan = Plan::after(before, props.article.clone(), props.analysis.clone());
    plan.corrected = props.corrected.clone();
    plan.is_own = props.is_own;
    Rc::new(plan)
}

/// What the address of the page is to say.
fn scene(state: &State, plan: &Plan) -> Scene {
    let id = |s: usize| plan.analysis.speakers.get(s).map(|speaker| speaker.id.clone());
    Scene {
        view: state.view,
        speaker: state.speaker.and_then(id),
        beside: state.beside.and_then(id),
        kinds: state.kinds,
        sources: state.sources,
    }
}

/// What shows what the address of the page says, after `state`; speakers that it does not know are nobody.
fn enter(state: Rc<State>, plan: &Plan, wanted: &Scene) -> Rc<State> {
    if *wanted == scene(&state, plan) {
        return state;
    }
    let known = |id: &Option<String>| {
        plan.analysis.speakers.iter().position(|speaker| Some(&speaker.id) == id.as_ref())
    };
    let of_speaker = match (known(&wanted.speaker), state.speaker) {
        (Some(speaker), _) => Some(Action::Show(speaker)),
        (None, Some(speaker)) => Some(Action::Choose(speaker)),
        (None, None) => None,
    };
    let others = [
        Action::View(wanted.view),
        Action::Beside(known(&wanted.beside)),
        Action::Kinds(wanted.kinds),
        Action::Sources(wanted.sources),
    ];
    let mut shown = State::clone(&state);
    for action in of_speaker.into_iter().chain(others) {
        shown = shown.after(action);
    }
    Rc::new(shown)
}

fn folds(plan: &Plan) -> Rc<[Fold]> {
    let folds = plan.folding().into_iter().enumerate();
    folds.map(|(n, folds)| Fold { folds, speaker: plan.speaker_of(n) }).collect()
}
