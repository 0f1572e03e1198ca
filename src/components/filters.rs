//! Chooses which statements count: by kind and by source.

use yew::prelude::*;

use crate::element::{classed, element, text, truth};
use crate::filter::narrows;
use crate::scene::{Kinds, Sources};
use crate::state::State;
use crate::wording::t;

/// Two rows of buttons, of which one each is pressed; and one that takes both back where they narrow.
pub(crate) fn filters(state: &State) -> Html {
    let group = |label: &str, act: &str, now: usize, words: [&'static str; 3]| {
        let buttons = words.iter().enumerate().map(|(n, words)| {
            let names = &["type", "data-do", "data-n", "aria-pressed"];
            let values = ["button", act, &n.to_string(), truth(n == now)];
            element("button", names, &values, vec![text(words)])
        });
        let names = &["class", "role", "aria-label"];
        element("div", names, &["toggle", "group", label], buttons.collect())
    };
    let kind = Kinds::ALL.iter().position(|k| *k == state.kinds).unwrap_or(0);
    let source = Sources::ALL.iter().position(|s| *s == state.sources).unwrap_or(0);
    let mut groups = vec![
        group(t("Statements"), "kinds", kind, [t("All"), t("Quoted"), t("Reported")]),
        group(t("Sources"), "sources", source, [t("All"), t("Named"), t("Unnamed")]),
    ];
    if narrows(state) {
        let names = &["type", "class", "data-do", "data-n"];
        let values = ["button", "btn", "clear", "0"];
        groups.push(element("button", names, &values, vec![text(t("Show all"))]));
    }
    classed("div", "filters", groups)
}
