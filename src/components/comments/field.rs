//! A field to write in.

use yew::prelude::*;

use super::super::act::{area, button};
use super::super::comment_item::start;
use super::super::comment_notes::save_trouble;
use super::Comments;
use crate::comments::{Comment, Draft};
use crate::element::{classed, element, text, woven};
use crate::markdown::is_marked;
use crate::tree::{self, Keeper};
use crate::wording::{fill, t};

/// An open field.
pub(super) struct Field {
    pub(super) place: Draft,
    /// What is in it.
    pub(super) words: String,
    /// The comment that it edits, as it was when the field was opened: what the words change, whatever
    /// another tab does meanwhile. Of an answer, what it answers.
    pub(super) base: Option<Comment>,
    /// The words that are being saved.
    pub(super) saving: Option<String>,
    /// Whether it shows how the words will look.
    pub(super) preview: bool,
}

impl Field {
    pub(super) fn new(place: Draft, words: String, base: Option<Comment>) -> Field {
        Field { place, words, base, saving: None, preview: false }
    }
}

/// How the text area of a place is found.
pub(super) fn area_of(place: &Draft) -> String {
    match place {
        Draft::New => "textarea".into(),
        _ => format!("textarea[data-id='{}']", place.name()),
    }
}

impl Comments {
    pub(super) fn field(&self, place: &Draft) -> Option<&Field> {
        self.fields.iter().find(|f| f.place == *place)
    }

    pub(super) fn field_mut(&mut self, place: &Draft) -> Option<&mut Field> {
        self.fields.iter_mut().find(|f| f.place == *place)
    }

    /// The field at `place`; nothing where none is open there.
    pub(super) fn view_field(&self, place: &Draft) -> Html {
        let Some(field) = self.field(place) else { return Html::default() };
        let name = place.name();
        let trouble = match &self.trouble {
            Some((at, error)) if at == place => save_trouble(error, &name),
            _ => Html::default(),
        };
        let hint = match (&self.draft_trouble, &self.blocked) {
            (Some(error), None) if !field.words.is_empty() => {
                fill("What you type is not kept yet: {}", &[&error.words()])
            }
            (_, Some(_)) => t("Kept until you close this page").to_owned(),
            _ => kept().to_owned(),
        };
        let cancel = || button("btn", "cancel", &name, t("Cancel"));
        let look = if field.preview { t("Close preview") } else { t("Preview") };
        let look = button("btn", "preview", &name, look);
        let preview = if field.preview {
            let words = self.view_words(&field.words);
            classed("div", "comment-preview", vec![words])
        } else {
            Html::default()
        };
        let (label, verb, other) = match place {
            Draft::New => (t("Add a comment"), t("Comment"), self.view_author()),
            Draft::Edit(_) => (t("Edit the comment"), t("Save"), cancel()),
            Draft::Reply(_) => (t("Your reply"), t("Reply"), cancel()),
        };
        let label = classed("span", "comment-label", vec![text(label)]);
        let hint = classed("span", "comment-hint", vec![text(&hint)]);
        let row = match place {
            Draft::New => vec![other, hint, look, button("btn pri", "save", &name, verb)],
            _ => vec![hint, look, other, button("btn pri", "save", &name, verb)],
        };
        let parts = vec![
            if *place == Draft::New { self.view_picked() } else { Html::default() },
            area("comment-text", &name, label, "3", &field.words),
            preview,
            trouble,
            classed("div", "comment-row", row),
        ];
        classed("div", "comment-box", parts)
    }

    /// Words as they look: as they are, or with the marks of Markdown where they have some.
    pub(super) fn view_words(&self, words: &str) -> Html {
        let inside = match self.marked.get().filter(|_| is_marked(words)) {
            Some(marked) => marked(words),
            None => text(words),
        };
        element("div", &["class", "dir"], &["comment-body", "auto"], vec![inside])
    }

    /// What a new comment is about, where something is selected.
    fn view_picked(&self) -> Html {
        let Some(words) = self.passages.picked_words() else { return Html::default() };
        let cited = element("q", &[], &[], vec![text(&start(words))]);
        let about = classed("span", "", vec![woven("About {}", vec![cited])]);
        let leave = button("link-btn", "unpick", "", t("About the whole article instead"));
        classed("p", "comment-about", vec![about, leave])
    }

    /// The name that comments written here carry.
    fn view_author(&self) -> Html {
        let names = &["class", "type", "maxlength", "autocomplete", "value"];
        let values = ["comment-author", "text", "80", "nickname", &self.author];
        let label = classed("span", "comment-hint", vec![text(t("Your name (optional)"))]);
        let input = element("input", names, &values, Vec::new());
        classed("label", "comment-name", vec![label, input])
    }
}

/// Where what is written is kept.
fn kept() -> &'static str {
    match tree::keeper() {
        Keeper::Browser => t("Kept in this browser only"),
        Keeper::Page => t("Kept by the site that you are on"),
        Keeper::BrowserHere => t(
            "Kept in this browser, for this article on this site alone; some browsers forget it soon",
        ),
    }
}
