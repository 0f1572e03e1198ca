//! The bar at the top: the way to the start page, opening another article, and the look.

use yew::prelude::*;

use super::look::Look;

/// Props of [`Bar`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Asked for when the reader wants to open another article; without it there is no button.
    #[prop_or_default]
    pub on_open: Option<Callback<()>>,
    /// Controls of the page below, between brand and buttons.
    #[prop_or_default]
    pub children: Html,
}

/// Brand, controls of the page, "Open another article" and "Aa".
#[component]
pub fn Bar(props: &Props) -> Html {
    let open =
        props.on_open.clone().map(|on_open| Callback::from(move |_: MouseEvent| on_open.emit(())));
    let home = props.on_open.clone().map(|on_open| {
        Callback::from(move |event: MouseEvent| {
            // With a modifier the browser opens the start page in a new tab by itself.
            if !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key()) {
                event.prevent_default();
                on_open.emit(());
            }
        })
    });
    html! {
        <header class="bar">
            <a class="brand" href="./" aria-label="Dixit, start page" onclick={home}><b aria-hidden="true">{ "“" }</b>{ "Dixit" }</a>
            <span class="grow" />
            { props.children.clone() }
            if let Some(onclick) = open {
                <button type="button" class="ico" aria-label="Open another article" title="Open another article" {onclick}>
                    <svg width="17" height="17" viewBox="0 0 20 20" aria-hidden="true"><path d="M10 4v12M4 10h12" /></svg>
                </button>
            }
            <Look />
        </header>
    }
}
