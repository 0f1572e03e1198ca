//! The fields of the start page: one to paste an article into, one for a link.

use yew::prelude::*;

use super::act::{area, button};
use crate::element::{classed, element, text};
use crate::wording::t;

/// A field to paste an article into.
pub(crate) fn paste_form(words: &str) -> Html {
    let label = element("span", &[], &[], vec![text(t("Paste or type the article’s text"))]);
    form(area("", "", label, "8", words), "open-text", t("Open the article"))
}

/// A field for a link.
///
/// Not `type="url"`: it would refuse addresses within this site, and say so in the browser's words.
pub(crate) fn link_form() -> Html {
    let label = element("span", &[], &[], vec![text(t("Link to an article or a feed"))]);
    let names =
        &["type", "inputmode", "autocomplete", "autocapitalize", "spellcheck", "placeholder"];
    let values = ["text", "url", "off", "off", "false", "https://"];
    let field = element("input", names, &values, Vec::new());
    form(element("label", &[], &[], vec![label, field]), "open-link", t("Open the link"))
}

fn form(field: Html, act: &str, verb: &str) -> Html {
    let acts = vec![button("btn pri", act, "", verb), button("btn", "close", "", t("Cancel"))];
    classed("div", "start-form", vec![field, classed("div", "acts", acts)])
}
