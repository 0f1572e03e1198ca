//! The fields of the start page: one to paste an article into, one for a link.

use yew::prelude::*;

use super::comment_field::{on_enter, on_input};

/// A field to paste an article into.
pub(crate) fn paste_form(
    text: &str,
    on_text: &Callback<String>,
    on_open: &Callback<()>,
    on_close: &Callback<()>,
) -> Html {
    html! {
        <div class="start-form">
            <label>
                <span>{ "Paste or type the article’s text" }</span>
                <textarea rows="8" value={text.to_owned()} oninput={on_input(on_text)} onkeydown={on_enter(on_open)}
                    aria-keyshortcuts="Control+Enter Meta+Enter" />
            </label>
            <div class="acts">
                <button type="button" class="btn pri" data-act="open-text" onclick={on_open.reform(|_: MouseEvent| ())}>
                    { "Open the article" }
                </button>
                { cancel(on_close) }
            </div>
        </div>
    }
}

/// A field for a link.
///
/// Not `type="url"`: it would refuse addresses within this site, and say so in the browser's words.
pub(crate) fn link_form(
    field: &NodeRef,
    on_submit: &Callback<()>,
    on_close: &Callback<()>,
) -> Html {
    let onsubmit = on_submit.reform(|event: SubmitEvent| event.prevent_default());
    html! {
        <form class="start-form" {onsubmit} novalidate=true>
            <label>
                <span>{ "Link to a plain text" }</span>
                <input ref={field.clone()} type="text" inputmode="url" autocomplete="off" autocapitalize="off" spellcheck="false"
                    placeholder="https://" />
            </label>
            <div class="acts">
                <button type="submit" class="btn pri">{ "Open the link" }</button>
                { cancel(on_close) }
            </div>
        </form>
    }
}

fn cancel(on_close: &Callback<()>) -> Html {
    let onclick = on_close.reform(|_: MouseEvent| ());
    html! { <button type="button" class="btn" {onclick}>{ "Cancel" }</button> }
}
