//! A field to paste an article into.

use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// Properties of [`StartPaste`].
#[derive(Properties, PartialEq)]
pub struct StartPasteProps {
    /// What is in the field.
    pub text: String,
    /// Each change of the text.
    pub on_text: Callback<String>,
    /// The wish to open it.
    pub on_open: Callback<()>,
    /// The wish to close the field.
    pub on_close: Callback<()>,
}

/// A field to paste an article into; it takes the focus when it appears.
#[component(StartPaste)]
pub fn start_paste(props: &StartPasteProps) -> Html {
    let field = use_node_ref();
    use_effect_with((), {
        let field = field.clone();
        move |()| {
            if let Some(field) = field.cast::<HtmlTextAreaElement>() {
                // Where focus cannot be moved, it stays.
                let _ = field.focus();
            }
        }
    });
    let oninput = props.on_text.reform(|event: InputEvent| {
        let field = event.target().and_then(|t| t.dyn_into::<HtmlTextAreaElement>().ok());
        field.map(|f| f.value()).unwrap_or_default()
    });
    let onkeydown = {
        let on_open = props.on_open.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                event.prevent_default();
                on_open.emit(());
            }
        })
    };
    html! {
        <div class="start-form">
            <label>
                <span>{ "Paste or type the article’s text" }</span>
                <textarea ref={field} rows="8" value={props.text.clone()} {oninput} {onkeydown}
                    aria-keyshortcuts="Control+Enter Meta+Enter" />
            </label>
            <div class="acts">
                <button type="button" class="btn pri" data-act="open-text" onclick={props.on_open.reform(|_: MouseEvent| ())}>
                    { "Open the article" }
                </button>
                <button type="button" class="btn" onclick={props.on_close.reform(|_: MouseEvent| ())}>{ "Cancel" }</button>
            </div>
        </div>
    }
}
