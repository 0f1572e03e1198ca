//! The forms of others in which comments are saved: their buttons, and what these do.

use yew::prelude::*;

use super::act::button;
use crate::comments::exchange::OnArticle;
use crate::download;
use crate::later::{Exchange, Form};

/// The button of each form: what it asks for, and its name.
const FORMS: [(&str, &str, Form); 3] = [
    ("save-annotations", "Web Annotations", Form::Annotations),
    ("save-csv", "CSV", Form::Csv),
    ("save-markdown", "Markdown", Form::Markdown),
];

/// The buttons.
pub(crate) fn buttons() -> impl Iterator<Item = Html> {
    FORMS.iter().map(|(act, name, _)| button("btn", act, "", name))
}

/// The form for which a button asks.
pub(crate) fn wanted(act: &str) -> Option<Form> {
    FORMS.iter().find(|form| form.0 == act).map(|form| form.2)
}

/// Offers comments as a file; whether the browser takes it.
pub(crate) fn save(exchange: &Exchange, form: Form, all: &[OnArticle]) -> bool {
    let (end, kind, file) = (exchange.file)(form, all);
    download::download(&["dixit-comments.", end].concat(), kind, &file).is_ok()
}
