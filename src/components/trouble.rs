//! The page that says why an article was not opened, and leads on.

use yew::prelude::*;

use super::act::button;
use super::bookmarklet::bookmarklet;
use crate::element::{classed, element, text};
use crate::wording::t;

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// Why the article was not opened, in words, and whether the same attempt may succeed later.
    pub(crate) words: String,
    pub(crate) may_pass: bool,
    /// Whether the page may be one that its reader can see, and we cannot fetch.
    pub(crate) is_closed: bool,
    /// The link that was to be opened, as it was given.
    pub(crate) address: Option<String>,
    /// The article's text, where there is one that could not be analysed.
    pub(crate) text: Option<String>,
}

/// See [`trouble_page`].
pub(crate) type TroublePage = fn(&Trouble) -> Vec<Html>;

/// What the page says. Its heading takes the focus; the acts are "again", "paste" and "start".
pub(crate) fn trouble_page(trouble: &Trouble) -> Vec<Html> {
    let may_pass = trouble.may_pass;
    let heading = t("This article could not be opened");
    let mut parts = vec![element("h1", &[], &[], vec![text(heading)])];
    if let Some(address) = &trouble.address {
        let address = element("bdi", &[], &[], vec![text(address)]);
        parts.push(classed("p", "trouble-address", vec![address]));
    }
    parts.push(classed("p", "trouble-words", vec![text(&trouble.words)]));
    let mut ways = Vec::new();
    if may_pass {
        ways.push(button("btn pri", "again", "", t("Try again")));
    }
    ways.push(button(if may_pass { "btn" } else { "btn pri" }, "paste", "", t("Paste the text")));
    ways.push(button("btn", "start", "", t("Start page")));
    parts.push(classed("div", "acts", ways));
    if trouble.is_closed {
        parts.push(bookmarklet());
    }
    if let Some(words) = &trouble.text {
        parts.push(element("h2", &[], &[], vec![text(t("The text as it came"))]));
        let names = &["class", "dir", "tabindex"];
        parts.push(element("div", names, &["trouble-text", "auto", "0"], vec![text(words)]));
    }
    parts
}
