//! The way to read pages of sites that let nobody fetch them.

use yew::prelude::*;

use crate::element::{classed, element, text};
use crate::wording::t;

/// A link for the bookmarks bar, which sends the page that a reader is on to Dixit: it opens a window of ours, and
/// gives the page's HTML to that window alone, once it has said that it is there.
///
/// Its act is "bookmarklet": whoever hears it keeps the browser from following the link here.
pub(crate) fn bookmarklet() -> Html {
    let location = web_sys::window().map(|w| w.location());
    let own = location.and_then(|l| Some(l.origin().ok()? + &l.pathname().ok()?));
    let own = format!("{:?}", own.unwrap_or_default() + "?opener=1");
    let script = [
        "javascript:(()=>{const d=",
        &own,
        ",o=new URL(d).origin,w=open(d);addEventListener('message',e=>{if(e.source===w&&e.origin===o&&e.data?.dixit==='ready')w.postMessage({dixit:'page',html:document.documentElement.outerHTML,url:location.href},o)})})()",
    ];
    let names = &["class", "href", "data-act"];
    let link = element(
        "a",
        names,
        &["btn", &script.concat(), "bookmarklet"],
        vec![text(t("Read in Dixit"))],
    );
    let words = t(
        "Most sites do not let Dixit fetch their pages. This link for your bookmarks bar sends it the page that you are on:",
    );
    classed("p", "bookmarklet", vec![text(words), text(" "), link])
}
