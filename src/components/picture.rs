//! A picture of the article: not loaded until the reader asks, so that opening tells nobody.

use yew::prelude::*;

use crate::links;

/// Props of [`Picture`].
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// Its address, of any kind.
    pub url: AttrValue,
    /// Its description.
    pub description: AttrValue,
}

/// The description and a button that loads the picture.
#[component]
pub(crate) fn Picture(props: &Props) -> Html {
    let shown = use_state(|| false);
    let onclick = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(true))
    };
    let url = links::picture(&props.url).map(str::to_owned);
    let site = url.as_deref().and_then(links::host).map(|host| [" from ", host].concat());
    html! {
        <figure class="blk">
            if let Some(url) = url {
                if *shown {
                    <img src={url} alt={props.description.clone()} loading="lazy" referrerpolicy="no-referrer" />
                } else {
                    <button type="button" class="btn" {onclick}>{ "Show the picture" }{ site }</button>
                }
            }
            if !props.description.is_empty() {
                <figcaption>{ props.description.clone() }</figcaption>
            }
        </figure>
    }
}
