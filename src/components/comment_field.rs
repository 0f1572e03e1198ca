//! A field to write a comment in, with what goes wrong said inside the box.

use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// Properties of [`CommentField`].
#[derive(Properties, PartialEq)]
pub struct CommentFieldProps {
    /// What is in the field.
    pub text: String,
    /// What the field is for.
    pub label: &'static str,
    /// What the button does that saves.
    pub verb: &'static str,
    /// Words under the field.
    pub hint: String,
    /// What went wrong at the last attempt.
    #[prop_or_default]
    pub trouble: Html,
    /// Further buttons.
    #[prop_or_default]
    pub actions: Html,
    /// Each change of the text.
    pub on_text: Callback<String>,
    /// The wish to save.
    pub on_save: Callback<()>,
}

/// A field to write a comment in.
#[component(CommentField)]
pub fn comment_field(props: &CommentFieldProps) -> Html {
    let oninput = props.on_text.reform(|event: InputEvent| {
        let field = event.target().and_then(|t| t.dyn_into::<HtmlTextAreaElement>().ok());
        field.map(|f| f.value()).unwrap_or_default()
    });
    let onkeydown = {
        let on_save = props.on_save.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                event.prevent_default();
                on_save.emit(());
            }
        })
    };
    let onclick = props.on_save.reform(|_: MouseEvent| ());
    html! {
        <div class="comment-box">
            <label>
                <span class="comment-label">{ props.label }</span>
                <textarea class="comment-text" rows="3" value={props.text.clone()} {oninput} {onkeydown}
                    aria-keyshortcuts="Control+Enter Meta+Enter" />
            </label>
            { props.trouble.clone() }
            <div class="comment-row">
                <span class="comment-hint">{ props.hint.clone() }</span>
                { props.actions.clone() }
                <button type="button" class="btn pri" {onclick}>{ props.verb }</button>
            </div>
        </div>
    }
}
