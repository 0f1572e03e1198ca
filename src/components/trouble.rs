//! The page that says why an article was not opened, and leads on.

use yew::prelude::*;

use crate::open::OpenError;

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// Why the article was not opened.
    pub(crate) error: OpenError,
    /// The link that was to be opened, as it was given.
    pub(crate) address: Option<String>,
    /// The article's text, where there is one that could not be analysed.
    pub(crate) text: Option<String>,
}

/// What leads on from trouble.
pub(crate) struct Ways {
    /// The wish to try again.
    pub(crate) on_again: Callback<()>,
    /// The wish to paste the text.
    pub(crate) on_paste: Callback<()>,
    /// The wish to see the start page.
    pub(crate) on_start: Callback<()>,
}

/// Why an article was not opened. The heading takes the focus, so that all of it is read out.
pub(crate) fn trouble_page(trouble: &Trouble, ways: &Ways) -> Html {
    let Trouble { error, address, text } = trouble;
    let act = |callback: &Callback<()>| callback.reform(|_: MouseEvent| ());
    let may_pass = error.may_pass();
    html! {
        <main key="trouble" class="start trouble">
            <h1>{ "This article could not be opened" }</h1>
            if let Some(address) = address {
                <p class="trouble-address"><bdi>{ address.clone() }</bdi></p>
            }
            <p class="trouble-words">{ error.words() }</p>
            <div class="acts">
                if may_pass {
                    <button type="button" class="btn pri" data-act="again" onclick={act(&ways.on_again)}>{ "Try again" }</button>
                }
                <button type="button" class={classes!("btn", (!may_pass).then_some("pri"))} data-act="paste" onclick={act(&ways.on_paste)}>
                    { "Paste the text" }
                </button>
                <button type="button" class="btn" data-act="start" onclick={act(&ways.on_start)}>{ "Start page" }</button>
            </div>
            if let Some(text) = text {
                <h2>{ "The text as it came" }</h2>
                <div class="trouble-text" dir="auto" tabindex="0">{ text.clone() }</div>
            }
        </main>
    }
}
