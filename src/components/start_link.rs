//! A field for the link of an article.

use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`StartLink`].
#[derive(Properties, PartialEq)]
pub struct StartLinkProps {
    /// The link to open.
    pub on_link: Callback<String>,
    /// The wish to close the field.
    pub on_close: Callback<()>,
}

/// A field for a link; it takes the focus when it appears.
#[component(StartLink)]
pub fn start_link(props: &StartLinkProps) -> Html {
    let field = use_node_ref();
    use_effect_with((), {
        let field = field.clone();
        move |()| {
            if let Some(field) = field.cast::<HtmlInputElement>() {
                // Where focus cannot be moved, it stays.
                let _ = field.focus();
            }
        }
    });
    let onsubmit = {
        let (field, on_link) = (field.clone(), props.on_link.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let link = field.cast::<HtmlInputElement>().map(|f| f.value()).unwrap_or_default();
            if link.trim().is_empty() {
                return;
            }
            on_link.emit(link.trim().to_owned());
        })
    };
    // Not type="url": it would refuse addresses within this site, and say so in the browser's words.
    html! {
        <form class="start-form" {onsubmit} novalidate=true>
            <label>
                <span>{ "Link to a plain text" }</span>
                <input ref={field} type="text" inputmode="url" autocomplete="off" autocapitalize="off" spellcheck="false"
                    placeholder="https://" />
            </label>
            <div class="acts">
                <button type="submit" class="btn pri">{ "Open the link" }</button>
                <button type="button" class="btn" onclick={props.on_close.reform(|_: MouseEvent| ())}>{ "Cancel" }</button>
            </div>
        </form>
    }
}
