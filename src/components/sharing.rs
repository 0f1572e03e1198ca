//! What the dialogs that share and export have in common: fields to copy from, and what became of an act.

use std::rc::Rc;

use dixit_export::Row;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::awaited::Props;
use super::card_dialog::CardDialog;
use super::export_dialog::ExportDialog;
use super::share_link::LinkDialog;
use crate::element::{classed, element, filled_in, text};
use crate::part::part;
use crate::plan::Plan;
use crate::sharing::PageLink;
use crate::state::{State, Tool};
use crate::tree;
use crate::wording::{fill, t};

/// The inside of a dialog that shares or exports.
pub(crate) fn sharing(plan: &Rc<Plan>, state: &State, tool: Tool) -> Html {
    let props = Props { plan: Rc::clone(plan), state: state.clone(), tool };
    match tool {
        Tool::Link(_) => part::<LinkDialog>("link", props),
        Tool::Export => part::<ExportDialog>("export", props),
        Tool::Card(_) => part::<CardDialog>("card", props),
        _ => Html::default(),
    }
}

/// The statements of the article, with links to the page that is shown.
pub(super) fn rows(plan: &Plan, page: &PageLink) -> Vec<Row> {
    dixit_export::rows(&plan.article, &plan.analysis, &page.url)
}

/// A guess as a question.
pub(super) fn perhaps(name: &str) -> String {
    fill("Perhaps {}?", &[name])
}

/// What became of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Told {
    /// Nothing yet.
    #[default]
    Nothing,
    /// It was copied.
    Copied,
    /// It was not; where it is shown, it is selected.
    NotCopied,
    /// A file was handed over.
    Saved,
    /// No file could be made.
    NotSaved,
    /// The share sheet was opened and used.
    Shared,
}

impl Told {
    /// What became of copying.
    pub(super) fn of_copying(copied: bool) -> Told {
        if copied { Told::Copied } else { Told::NotCopied }
    }

    /// What became of saving.
    pub(super) fn of_saving(saved: bool) -> Told {
        if saved { Told::Saved } else { Told::NotSaved }
    }

    /// The same in words, announced.
    pub(super) fn words(self) -> Html {
        let words = match self {
            Told::Nothing => "",
            Told::Copied => t("Copied."),
            Told::NotCopied => t(
                "This browser did not let Dixit copy. The text is selected: copy it with your keyboard.",
            ),
            Told::Saved => t("Saved as a file."),
            Told::NotSaved => t("This browser could not make the file."),
            Told::Shared => t("Shared."),
        };
        element("p", &["class", "role"], &["share-told", "status"], vec![text(words)])
    }
}

/// That only this browser can open the links, where that is so.
pub(super) fn only_here(page: &PageLink) -> Html {
    if !page.is_kept {
        return Html::default();
    }
    let words = t(
        "This article was pasted or opened from a file, so its links work in this browser only. To show its words to others, copy them with their speaker.",
    );
    classed("p", "share-note", vec![text(words)])
}

/// A line to copy from, under its label; `id` is for [`select`].
pub(super) fn line(id: &'static str, label: &str, value: &str) -> Html {
    let names = &["readonly", "id", "value", "dir"];
    let input = element("input", names, &["readonly", id, value, "ltr"], Vec::new());
    element(
        "label",
        &["class"],
        &["share-field"],
        vec![classed("span", "", vec![text(label)]), input],
    )
}

/// Several lines to copy from, under their label.
pub(super) fn lines(id: &'static str, label: &str, value: &str) -> Html {
    let names = &["readonly", "id", "rows", "dir"];
    let area = element("textarea", names, &["readonly", id, "5", "auto"], Vec::new());
    let area = filled_in(area, value);
    element(
        "label",
        &["class"],
        &["share-field"],
        vec![classed("span", "", vec![text(label)]), area],
    )
}

/// Selects what stands in a field, for a person to copy.
pub(super) fn select(id: &str) {
    let Some(field) = tree::by_id(id) else { return };
    if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        // A field that cannot take the focus is selected all the same.
        let _ = input.focus();
        input.select();
    } else if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
        let _ = area.focus();
        area.select();
    }
}
