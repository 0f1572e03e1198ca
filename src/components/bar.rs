//! The bar at the top: the way to the start page, opening another article, and the look.

use yew::prelude::*;

use super::act::modified;
use crate::element::{classed, clicked, element, text};
use crate::route::Route;
use crate::scene::{Scene, View};
use crate::wording::t;

/// Brand, the views of an article, "Open another article" where `opens` says so, and "Aa"; `on_open` when another is
/// wanted.
pub(crate) fn bar(on_open: Callback<()>, opens: bool, views: Html, look: Html) -> Html {
    let onclick = Callback::from(move |event: MouseEvent| {
        // With a modifier the browser opens the start page in a new tab by itself.
        if opens && !modified(&event) {
            event.prevent_default();
            on_open.emit(());
        }
    });
    let mark = element("b", &["aria-hidden"], &["true"], vec![text("“")]);
    let names = &["class", "href", "aria-label", "dir"];
    let brand = element(
        "a",
        names,
        &["brand", "./", t("Dixit, start page"), "ltr"],
        vec![mark, text("Dixit")],
    );
    let mut parts =
        vec![clicked(brand, onclick.clone()), classed("span", "grow", Vec::new()), views];
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
    parts.push(look);
    classed("header", "bar", parts)
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
pub(crate) fn look_to_come(on_look: Callback<MouseEvent>) -> Html {
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
