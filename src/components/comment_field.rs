//! A field to write in, and what the keys in it do.

use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// A field to write a comment in, with what goes wrong said inside the box.
pub(crate) struct CommentField<'a> {
    /// What is in the field.
    pub(crate) text: &'a str,
    /// What the field is for.
    pub(crate) label: &'static str,
    /// What the button does that saves.
    pub(crate) verb: &'static str,
    /// Words under the field.
    pub(crate) hint: String,
    /// What went wrong at the last attempt.
    pub(crate) trouble: Html,
    /// Further buttons.
    pub(crate) actions: Html,
    /// Each change of the text.
    pub(crate) on_text: Callback<String>,
    /// The wish to save.
    pub(crate) on_save: Callback<()>,
}

impl CommentField<'_> {
    /// The box.
    pub(crate) fn view(self) -> Html {
        let CommentField { text, label, verb, hint, trouble, actions, on_text, on_save } = self;
        let onclick = on_save.reform(|_: MouseEvent| ());
        html! {
            <div class="comment-box">
                <label>
                    <span class="comment-label">{ label }</span>
                    <textarea class="comment-text" rows="3" value={text.to_owned()} oninput={on_input(&on_text)}
                        onkeydown={on_enter(&on_save)} aria-keyshortcuts="Control+Enter Meta+Enter" />
                </label>
                { trouble }
                <div class="comment-row">
                    <span class="comment-hint">{ hint }</span>
                    { actions }
                    <button type="button" class="btn pri" {onclick}>{ verb }</button>
                </div>
            </div>
        }
    }
}

/// Tells each change of a text area.
pub(crate) fn on_input(on_text: &Callback<String>) -> Callback<InputEvent> {
    on_text.reform(|event: InputEvent| {
        let field = event.target().and_then(|t| t.dyn_into::<HtmlTextAreaElement>().ok());
        field.map(|f| f.value()).unwrap_or_default()
    })
}

/// Tells when Enter is pressed with Control or Command.
pub(crate) fn on_enter(act: &Callback<()>) -> Callback<KeyboardEvent> {
    let act = act.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            act.emit(());
        }
    })
}
