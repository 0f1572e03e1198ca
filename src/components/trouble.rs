//! The page that says why an article was not opened, and leads on.

use yew::prelude::*;

use crate::open::OpenError;

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// Why the article was not opened.
    pub error: OpenError,
    /// The link that was to be opened, as it was given.
    pub address: Option<String>,
    /// The article's text, where there is one that could not be analysed.
    pub text: Option<String>,
}

/// Properties of [`TroubleNote`].
#[derive(Properties, PartialEq)]
pub struct TroubleNoteProps {
    /// What went wrong.
    pub trouble: Trouble,
    /// The wish to try again.
    pub on_again: Callback<()>,
    /// The wish to paste the text.
    pub on_paste: Callback<()>,
    /// The wish to see the start page.
    pub on_start: Callback<()>,
}

/// Why an article was not opened. The heading takes the focus, so that all of it is read out.
#[component(TroubleNote)]
pub fn trouble_note(props: &TroubleNoteProps) -> Html {
    let Trouble { error, address, text } = &props.trouble;
    let act = |callback: &Callback<()>| callback.reform(|_: MouseEvent| ());
    let may_pass = error.may_pass();
    html! {
        <main class="start trouble">
            <h1>{ "This article could not be opened" }</h1>
            if let Some(address) = address {
                <p class="trouble-address"><bdi>{ address.clone() }</bdi></p>
            }
            <p class="trouble-words">{ error.words() }</p>
            <div class="acts">
                if may_pass {
                    <button type="button" class="btn pri" data-act="again" onclick={act(&props.on_again)}>{ "Try again" }</button>
                }
                <button type="button" class={classes!("btn", (!may_pass).then_some("pri"))} data-act="paste" onclick={act(&props.on_paste)}>
                    { "Paste the text" }
                </button>
                <button type="button" class="btn" data-act="start" onclick={act(&props.on_start)}>{ "Start page" }</button>
            </div>
            if let Some(text) = text {
                <h2>{ "The text as it came" }</h2>
                <div class="trouble-text" dir="auto" tabindex="0">{ text.clone() }</div>
            }
        </main>
    }
}
