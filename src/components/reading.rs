//! The reading page: the article with its voices, and the panel that says who said what.

use std::cell::RefCell;
use std::rc::Rc;

use dixit_engine::{Analysis, Article, Direction};
use gloo_events::EventListener;
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use yew::prelude::*;

use super::body::body;
use super::click::{closest, meaning, undone};
use super::furniture::{related, set_aside};
use super::head::head;
use super::page_events;
use super::panel::panel;
use crate::carry::carry;
use crate::corrections::{Corrected, Edit};
use crate::element::{button, classed, classes, clicked, element, found, keyed, text, when};
use crate::folded;
use crate::keys;
use crate::later::{Lazy, OtherView, ToolInside, WhyNote, later, tools, views};
use crate::part::{Context, Part};
use crate::plan::Plan;
use crate::scene::{Scene, View};
use crate::settings;
use crate::state::{Action, Fold, Lost, Place, State, Tool, Why};
use crate::storage::Stores;
use crate::wording::{count, fill, number, t};

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
    /// The dialog that was asked for outside, and how many were.
    pub asked: Option<(usize, Tool)>,
    /// Takes what the reader corrects.
    pub on_edit: Callback<Edit>,
    /// Where folded quotations are kept.
    pub stores: Stores,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.article, &other.article)
            && Rc::ptr_eq(&self.analysis, &other.analysis)
            && Rc::ptr_eq(&self.corrected, &other.corrected)
            && self.children == other.children
            && self.scene == other.scene
            && self.asked == other.asked
    }
}

/// The reading page of one article. Its first render depends on its props alone.
pub struct Reading {
    plan: Rc<Plan>,
    /// The same, for what listens to the browser.
    shown: Rc<RefCell<Rc<Plan>>>,
    state: State,
    root: NodeRef,
    events: Vec<EventListener>,
    /// The moves and the open reason that the browser was told of.
    told: (usize, Option<Why>),
    /// What writes the note on a reason.
    why: Lazy<WhyNote>,
    /// What writes the inside of the dialogs.
    tools: Lazy<ToolInside>,
    /// What writes the other views.
    views: Lazy<OtherView>,
    /// The view that the browser was told of.
    viewed: View,
    /// Whether the field that finds words is to have the focus.
    finds: bool,
}

/// What happens to the reading page.
#[derive(Debug)]
pub enum Msg {
    /// Something is to be done.
    Do(Action),
    /// An element of the page was clicked.
    Clicked(Element),
    /// What writes the note on a reason is here, or did not come.
    Why(Lazy<WhyNote>),
    /// What writes the inside of the dialogs is here, or did not come.
    Tools(Lazy<ToolInside>),
    /// What writes the other views is here, or did not come.
    Views(Lazy<OtherView>),
    /// A key was pressed.
    Key(String),
}

impl Part for Reading {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Reading {
        let plan = plan_of(ctx.props());
        let mut state = State::new(folds(&plan));
        enter(&mut state, &plan, &ctx.props().scene);
        Reading {
            shown: Rc::new(RefCell::new(plan.clone())),
            plan,
            state,
            root: NodeRef::default(),
            events: Vec::new(),
            told: (0, None),
            why: Lazy::Unasked,
            tools: Lazy::Unasked,
            views: Lazy::Unasked,
            viewed: ctx.props().scene.view,
            finds: false,
        }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Props) -> bool {
        let now = ctx.props();
        if Rc::ptr_eq(&now.article, &old.article) {
            let same = Rc::ptr_eq(&now.analysis, &old.analysis)
                && Rc::ptr_eq(&now.corrected, &old.corrected);
            if !same {
                let plan = plan_of(now);
                self.state = carry(&self.state, &self.plan, &plan, folds(&plan));
                // What had the focus may have gone: an open reason takes it. One that is gone gives nothing back.
                self.told.1 = None;
                self.shown.replace(plan.clone());
                self.plan = plan;
            }
        } else {
            // Another article is another page: nothing chosen in the one before holds.
            let root = self.root.clone();
            let (why, tools, views) = (self.why, self.tools, self.views);
            *self = Reading { root, why, tools, views, ..<Reading as Part>::create(ctx) };
        }
        enter(&mut self.state, &self.plan, &now.scene);
        self.ask_views(ctx, false);
        if let Some((_, tool)) = now.asked.filter(|_| now.asked != old.asked) {
            ctx.link().send_message(Msg::Do(Action::Tool(tool)));
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
                let mut settings = settings::load();
                settings.keys = if settings.keys == "off" { "on" } else { "off" }.into();
                // Where nothing is kept, it lasts no longer than the dialog says.
                settings::keep(&settings);
                return true;
            }
            Msg::Clicked(target) => meaning(&target, &self.plan, &self.state),
            Msg::Key(key) if key == "c" => {
                page_events::focus(&self.root, ".comments textarea, .comments-to-come");
                None
            }
            Msg::Key(key) => {
                self.finds |= key == "/";
                keys::action(&key, &self.plan, &self.state)
            }
            Msg::Why(why) => {
                self.why = why;
                // What waited had the focus: the reason takes it.
                self.told.1 = None;
                return true;
            }
            Msg::Views(views) => {
                self.views = views;
                return true;
            }
            Msg::Tools(tools) => {
                self.tools = tools;
                return true;
            }
        };
        let Some(action) = action else { return false };
        let after = self.state.after(action);
        let differs = after != self.state;
        let folds = after.shut != self.state.shut;
        self.state = after;
        if folds {
            folded::keep(&*ctx.props().stores.tab, &self.plan, &self.state);
        }
        self.ask_views(ctx, false);
        if self.state.why.is_some() && self.why.wanted(differs) {
            self.why = Lazy::Asked;
            let link = ctx.link().clone();
            spawn_local(async move {
                let why = later().await.map(|later| later.why);
                link.send_message(Msg::Why(Lazy::answered(why)));
            });
        }
        if self.state.tool.is_some() && self.tools.wanted(differs) {
            self.tools = Lazy::Asked;
            let link = ctx.link().clone();
            spawn_local(async move {
                link.send_message(Msg::Tools(Lazy::answered(tools().await)));
            });
        }
        let scene = scene(&self.state, &self.plan);
        if scene != ctx.props().scene {
            ctx.props().on_scene.emit(scene);
        }
        differs
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let (plan, state) = (&self.plan, &self.state);
        let article = &plan.article;
        let direction = match article.direction {
            Direction::Ltr => "ltr",
            Direction::Rtl => "rtl",
        };
        let language = article.language.as_deref().unwrap_or_default();
        let names = &["lang", "dir"];
        let whole = state.view == View::Article;
        let main = if whole {
            vec![
                lost(state),
                element(
                    "article",
                    names,
                    &[language, direction],
                    vec![head(plan), body(plan, state, self.why)],
                ),
                set_aside(&article.set_aside),
                ctx.props().children.clone(),
                related(&article.related),
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
            if whole { panel(plan, state) } else { Html::default() },
            keyed(state.view.name(), classed("main", "", main)),
            status,
            corrected,
            self.dialog(ctx),
        ];
        found(clicked(classed("div", &class, parts), onclick), &self.root)
    }

    fn rendered(&mut self, ctx: &Context<Self>, _: bool) {
        if self.events.is_empty() {
            let on_action = ctx.link().callback(Msg::Do);
            let on_key = ctx.link().callback(Msg::Key);
            self.events = page_events::listen(self.shown.clone(), &self.root, &on_action, on_key);
            let shut = folded::kept(&*ctx.props().stores.tab, &self.plan);
            if !shut.is_empty() {
                ctx.link().send_message(Msg::Do(Action::Refold(shut.into())));
            }
            self.ask_views(ctx, false);
        }
        let is_here = self.state.view == View::Article || self.views.get().is_some();
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
    /// Fetches what writes the other views when one is wanted; `again`, also after it did not come.
    fn ask_views(&mut self, ctx: &Context<Self>, again: bool) {
        if self.state.view == View::Article || !self.views.wanted(again) {
            return;
        }
        self.views = Lazy::Asked;
        let link = ctx.link().clone();
        spawn_local(async move {
            link.send_message(Msg::Views(Lazy::answered(views().await)));
        });
    }

    fn other_view(&self) -> Html {
        match self.views {
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
        let inside = match (self.state.tool, self.tools) {
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

/// Plans the page.
fn plan_of(props: &Props) -> Rc<Plan> {
    let mut plan = Plan::new(props.article.clone(), props.analysis.clone());
    plan.corrected = props.corrected.clone();
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

/// Shows what the address of the page says; speakers that it does not know are nobody.
fn enter(state: &mut State, plan: &Plan, wanted: &Scene) {
    if *wanted == scene(state, plan) {
        return;
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
    for action in of_speaker.into_iter().chain(others) {
        *state = state.after(action);
    }
}

fn folds(plan: &Plan) -> Rc<[Fold]> {
    let folds = plan.folding().into_iter().enumerate();
    folds.map(|(n, folds)| Fold { folds, speaker: plan.speaker_of(n) }).collect()
}

/// The note that what the page's address names is not there.
fn lost(state: &State) -> Html {
    let Some(lost) = state.lost else { return Html::default() };
    let words = classed("p", "note-words", vec![text(lost_words(lost))]);
    let close = button("btn", "lost", 0, "", t("Close"));
    classed("div", "note is-lost", vec![words, close])
}

fn lost_words(lost: Lost) -> &'static str {
    match lost {
        Lost::Quotation => {
            t("The link leads to a quotation that is not in this article, or no longer.")
        }
        Lost::Statement => {
            t("The link leads to a statement that is not in this article, or no longer.")
        }
        Lost::Speaker => t("The link leads to a speaker who is not in this article, or no longer."),
    }
}

/// What is announced after a choice.
fn said(plan: &Plan, state: &State) -> String {
    if let Some(lost) = state.lost {
        return lost_words(lost).to_owned();
    }
    match (state.place, state.step, state.speaker) {
        (Some(place @ Place::Quotation(_)), None, _) | (Some(place), None, None) => {
            return said_of_place(plan, place);
        }
        _ => {}
    }
    let Some(voice) = state.speaker.and_then(|s| plan.voices.voices.get(s)) else {
        return String::new();
    };
    if let Some(step) = state.step {
        let of = voice.statements.len();
        return fill("Statement {} of {}", &[&number(step + 1), &number(of)]);
    }
    let quotes = count(voice.n_quotes, "{} quote", "{} quotes");
    let reported = count(voice.n_statements, "{} reported statement", "{} reported statements");
    fill("{} chosen: {}, {}", &[&voice.name, &quotes, &reported])
}

/// What is announced of a place that a link led to.
fn said_of_place(plan: &Plan, place: Place) -> String {
    let (span, attribution) = match place {
        Place::Quotation(n) => {
            let quotation = plan.analysis.quotations.get(n);
            (quotation.map(|q| q.span), quotation.and_then(|q| q.attribution))
        }
        Place::Statement(n) => {
            let first = |a: &dixit_engine::Attribution| a.content.first().copied();
            (plan.analysis.attributions.get(n).and_then(first), Some(n))
        }
    };
    let paragraph = span.map_or(0, |span| span.block + 1).to_string();
    let speaker = attribution.and_then(|n| plan.analysis.attributions.get(n)?.speaker);
    match speaker.and_then(|s| plan.voices.voices.get(s)) {
        Some(voice) => fill("Marked: words of {} in paragraph {}", &[&voice.name, &paragraph]),
        None => fill("Marked: a quotation in paragraph {}", &[&paragraph]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;
    use crate::part::{Host, HostProps};
    use dixit_engine::{Block, BlockKind, Confidence, Mark, MarkKind, SpeakerKind};

    /// The first render as HTML, as a prerendered page would hold it.
    fn rendered(page: Fixture) -> String {
        let (article, analysis) = page.parts();
        let props = Props {
            article: Rc::new(article),
            analysis: Rc::new(analysis),
            corrected: Rc::default(),
            children: html! { <section class="comments" /> },
            scene: Scene::default(),
            on_scene: Callback::noop(),
            asked: None,
            on_edit: Callback::noop(),
            stores: Stores::in_memory(),
        };
        let renderer =
            yew::LocalServerRenderer::<Host>::with_props(HostProps::of::<Reading>(props));
        let renderer = renderer.hydratable(false);
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        tokio::task::LocalSet::new().block_on(&runtime, renderer.render())
    }

    /// The text between the tags, without what only screen readers get.
    fn text(html: &str) -> String {
        let mut text = String::new();
        for part in html.split('<').skip(1) {
            let (tag, words) = part.split_once('>').unwrap_or((part, ""));
            if !tag.contains("\"vh\"") {
                text.push_str(words);
            }
        }
        let entities =
            [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&amp;", "&")];
        entities.iter().fold(text, |text, (entity, c)| text.replace(entity, c))
    }

    fn body(html: &str) -> &str {
        let from = html.find("<div class=\"body\">").expect("a body");
        let to = html.find("</article>").expect("an end");
        &html[from..to]
    }

    fn page() -> Fixture {
        let mut page = Fixture::default();
        page.article.title = Some("Gates open".into());
        let ann = page.speaker("Ann Lee", SpeakerKind::Person);
        page.block("“We shall open the gates at noon and keep them open,” said Ann Lee & <b>no</b>  one else.");
        page.quote("“We shall open the gates at noon and keep them open,”", ann);
        page.mention("Ann Lee", ann);
        page.block(
            "\"Nobody asked 'us',\" she said. “Perhaps this one is hers, nobody can really tell.”",
        );
        page.quote("\"Nobody asked 'us',\"", ann);
        page.quote("“Perhaps this one is hers, nobody can really tell.”", ann).confidence =
            Confidence::Low;
        page
    }

    #[test]
    fn the_text_is_verbatim_and_every_quotation_open() {
        let page = page();
        let expected: String = page.article.blocks.iter().map(|b| b.text.as_str()).collect();
        let html = rendered(page);
        assert_eq!(text(body(&html)), expected);
        assert!(!html.contains(" hidden"));
        assert_eq!(html.matches("aria-expanded=\"true\"").count(), 2);
        assert_eq!(html.matches("class=\"tog\"").count(), 2);
    }

    #[test]
    fn speakers_are_named_in_text_and_guesses_are_questions() {
        let html = rendered(page());
        assert!(html.contains("<bdi class=\"vh\">Ann Lee: </bdi>"));
        assert!(html.contains("qt c1 is-question"));
        assert!(html.contains("aria-label=\"Quotation, 11 words\""));
        let mut guess = Fixture::default();
        let ann = guess.speaker("Ann Lee", SpeakerKind::Person);
        guess.block("“No.”");
        guess.quote("“No.”", ann).confidence = Confidence::Low;
        let html = rendered(guess);
        assert!(html.contains("<bdi class=\"vh\">Perhaps Ann Lee: </bdi>"));
        assert!(html.contains("data-letters=\"AL?\"") && html.contains("is-question"));
    }

    #[test]
    fn hostile_input_stays_text() {
        let mut page = page();
        let link = |url: &str| Mark { start: 0, end: 4, kind: MarkKind::Link(url.into()) };
        page.article.blocks.push(Block {
            marks: vec![link("javascript:alert(1)")],
            ..Block::paragraph("evil link")
        });
        page.article.blocks.push(Block {
            kind: BlockKind::Image { url: "https://t.example/pixel.png".into() },
            ..Block::paragraph("<img src=x>")
        });
        page.article.language = Some("en\" onclick=\"x".into());
        page.analysis.quotations[0].id = "panel".into();
        page.analysis.speakers[0].id = "s-x\" onclick=\"y".into();
        let html = rendered(page);
        for never in ["javascript:", "<img", " style=", "id=\"panel\"", " onclick=\"", "<script"] {
            assert!(!html.contains(never), "{never}");
        }
    }

    #[test]
    fn the_first_render_is_the_same_each_time() {
        assert_eq!(rendered(page()), rendered(page()));
    }

    #[test]
    fn an_empty_article_and_one_without_voices_are_pages_too() {
        assert!(rendered(Fixture::default()).contains("Article without a headline"));
        let mut page = Fixture::default();
        page.article.language = Some("en".to_owned());
        page.block("It rained.");
        let html = rendered(page);
        assert!(
            html.contains("Nobody is quoted")
                && html.contains("0 quotes")
                && html.contains("1 min read")
        );
    }

    #[test]
    fn that_nobody_is_quoted_is_not_said_where_it_is_not_known() {
        let mut page = Fixture::default();
        page.block("No lo creo.");
        let html = rendered(page);
        assert!(html.contains("may be another language") && !html.contains("Nobody is quoted"));
    }

    #[test]
    fn english_facts_keep_their_order_in_an_article_from_right_to_left() {
        let mut page = Fixture::default();
        page.block("قال الوزير.");
        assert!(rendered(page).contains("<bdi lang=\"en\">1 min read</bdi>"));
    }
}
