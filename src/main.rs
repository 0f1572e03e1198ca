//! Mounts the reader on the page.

use yew::prelude::*;

/// Stands in until the reader's own app is there.
#[component(App)]
fn app() -> Html {
    html! { <main><h1>{"See who said what."}</h1></main> }
}

fn main() {
    dixit_reader::rescue::report_panics();
    let root =
        web_sys::window().and_then(|w| w.document()).and_then(|d| d.get_element_by_id("reader"));
    if let Some(root) = root {
        yew::Renderer::<App>::with_root(root).render();
    }
}
