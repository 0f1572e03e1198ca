//! The bar at the top: the way to the start page, opening another article, and the look.

use yew::prelude::*;

use super::act::{button, modified};
use super::note::{Tone, note};
use crate::element::{classed, clicked, element, list, text};
use crate::later::{Later, Lazy, later};
use crate::part::{Context, Part};
use crate::route::Route;
use crate::scene::{Scene, View};
use crate::tree::spawn;
use crate::wording::t;

/// The bar, which has the menu "Aa".
pub(crate) struct Bar {
    later: Lazy<&'static Later>,
    /// Whether the menu was asked for and is yet to be shown.
    look_asked: bool,
}

/// Properties of [`Bar`].
pub(crate) struct Props {
    /// The page that the brand leads to.
    pub(crate) home: Home,
    /// The start page is wanted; where nobody takes that, another article is not offered.
    pub(crate) on_open: Option<Callback<()>>,
    /// The views of an article.
    pub(crate) views: Html,
    /// What else can be done with it.
    pub(crate) share: Html,
}

impl PartialEq for Props {
    fn eq(&self, _: &Props) -> bool {
        // It is rendered as quickly as compared.
        false
    }
}

/// The page that the brand leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    /// Its address.
    pub href: String,
    /// The name of the site; empty for Dixit's own start page.
    pub name: String,
}

/// What happens to the bar.
pub(crate) enum Msg {
    /// The menu is wanted.
    Look,
    /// What it comes with is here, or did not come.
    Later(Lazy<&'static Later>),
}

impl Home {
    /// Dixit's own start page.
    pub(crate) fn of_reader() -> Home {
        Home { href: "./".into(), name: String::new() }
    }
}

impl Part for Bar {
    type Message = Msg;
    type Properties = Props;

    fn create(_: &Context<Self>) -> Bar {
        Bar { later: Lazy::Unasked, look_asked: false }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Look if !self.later.ask(true) => return false,
            Msg::Look => {
                self.look_asked = true;
                let link = ctx.link().clone();
                spawn(async move {
                    link.send_message(Msg::Later(Lazy::answered(later().await)));
                });
            }
            Msg::Later(later) => self.later = later,
        }
        true
    }

    /// Brand, the views of an article, "Open another article", and "Aa".
    fn view(&self, ctx: &Context<Self>) -> Html {
        let Props { home, on_open, views, share } = ctx.props();
        let look = match self.later {
            Lazy::Here(later) => (later.look)(self.look_asked),
            _ => look_to_come(ctx.link().callback(|_: MouseEvent| Msg::Look)),
        };
        let (opens, on_open) = (on_open.is_some(), on_open.clone());
        let onclick = Callback::from(move |event: MouseEvent| {
            // With a modifier the browser opens the start page in a new tab by itself.
            if let Some(on_open) = on_open.as_ref().filter(|_| !modified(&event)) {
                event.prevent_default();
                on_open.emit(());
            }
        });
        let mut parts = vec![
            clicked(brand(home), onclick.clone()),
            classed("span", "grow", Vec::new()),
            views.clone(),
        ];
        if opens {
            let label = t("Open another article");
            let names = &["type", "class", "aria-label", "title"];
            let button = element(
                "button",
                names,
                &["button", "ico", label, label],
                vec![icon("M10 4v12M4 10h12")],
            );
            parts.push(clicked(button, onclick));
        }
        parts.extend([look, share.clone()]);
        let note = if matches!(self.later, Lazy::Failed) {
            let words = t("This part of Dixit did not arrive.");
            let again = vec![button("btn", "look", "", t("Try again"))];
            let again = note(Tone::Alert, vec![text(words)], again);
            let on_look = ctx.link().callback(|_: MouseEvent| Msg::Look);
            clicked(classed("div", "app-note", vec![again]), on_look)
        } else {
            Html::default()
        };
        list(vec![classed("header", "bar", parts), note])
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if self.later.get().is_some() {
            self.look_asked = false;
        }
    }
}

fn brand(home: &Home) -> Html {
    let mark = element("b", &["aria-hidden"], &["true"], vec![text("“")]);
    if home.name.is_empty() {
        let names = &["class", "href", "aria-label", "dir"];
        let values = ["brand", &home.href, t("Dixit, start page"), "ltr"];
        return element("a", names, &values, vec![mark, text("Dixit")]);
    }
    let name = classed("bdi", "", vec![text(&home.name)]);
    element("a", &["class", "href"], &["brand", &home.href], vec![mark, name])
}

/// The ways to see the article of `route`, as links, so that one opens in a tab of its own too.
pub(crate) fn views(route: &Route, scene: &Scene, on_view: &Callback<View>) -> Html {
    let view = |view: View| {
        let words = match view {
            View::Article => t("Article"),
            View::Transcript => t("Transcript"),
            View::Speakers => t("Speakers"),
        };
        let href = route.href_of(&Scene { view, ..scene.clone() });
        let current = if scene.view == view { "page" } else { "" };
        let link = element("a", &["href", "aria-current"], &[&href, current], vec![text(words)]);
        let on_view = on_view.clone();
        let onclick = Callback::from(move |event: MouseEvent| {
            if !modified(&event) {
                event.prevent_default();
                on_view.emit(view);
            }
        });
        clicked(link, onclick)
    };
    let links = View::ALL.map(view);
    element("nav", &["class", "aria-label"], &["views", t("View")], links.into())
}

/// The button of the menu "Aa" until the menu is here; `on_look` when it is wanted.
fn look_to_come(on_look: Callback<MouseEvent>) -> Html {
    let label = t("Text size, width and theme");
    let names = &["type", "class", "aria-expanded", "aria-label", "title"];
    let values = &["button", "ico", "false", label, label];
    clicked(element("button", names, values, vec![text("Aa")]), on_look)
}

/// The way to links and exports; `on_share` when they are wanted.
pub(crate) fn share(on_share: Callback<MouseEvent>) -> Html {
    let label = t("Share and export");
    let path = "M10 12V3m0 0L6.5 6.5M10 3l3.5 3.5M4 10v6h12v-6";
    let names = &["type", "class", "aria-label", "title"];
    clicked(element("button", names, &["button", "ico", label, label], vec![icon(path)]), on_share)
}

fn icon(path: &str) -> Html {
    let path = element("path", &["d"], &[path], Vec::new());
    let names = &["width", "height", "viewBox", "aria-hidden"];
    element("svg", names, &["17", "17", "0 0 20 20", "true"], vec![path])
}
