//! What is done with an article in a dialog over it.

use std::rc::Rc;

use yew::prelude::*;

use super::awaited::{Awaited, Props};
use super::correct::correct;
use crate::corrections::Edit;
use crate::element::{button, classed, element, text, truth};
use crate::keys::KEYS;
use crate::part::part;
use crate::plan::Plan;
use crate::settings;
use crate::state::{About, State, Tool};
use crate::wording::t;

/// The inside of the dialog for `tool`: its title, what it is for, and a button that closes it.
pub(crate) fn tool(plan: &Rc<Plan>, state: &State, tool: Tool, on_edit: &Callback<Edit>) -> Html {
    let (title, inside) = match tool {
        Tool::Keys => (t("Keys"), keys()),
        Tool::Link(about) => {
            let title = match about {
                About::Statement(_) => t("Link to these words"),
                About::Speaker(_) => t("Link to this speaker"),
            };
            (title, awaited(plan, state, tool))
        }
        Tool::Export => (t("Share and export"), awaited(plan, state, tool)),
        Tool::Card(_) => (t("Quote card"), awaited(plan, state, tool)),
        Tool::Correct(_) | Tool::CorrectQuotation(_) => {
            (t("Who says this?"), correct(plan, tool, on_edit))
        }
        Tool::Speaker(_) => (t("Correct a speaker"), correct(plan, tool, on_edit)),
        Tool::Corrections => (t("Corrections"), correct(plan, tool, on_edit)),
    };
    let names = &["id", "tabindex"];
    let title = element("h2", names, &["dixit-tool", "-1"], vec![text(title)]);
    let close = button("btn", "tool-close", 0, "", t("Close"));
    let head = classed("header", "", vec![title, close]);
    classed("div", "tool-inside", vec![head, inside])
}

fn awaited(plan: &Rc<Plan>, state: &State, tool: Tool) -> Html {
    let props = Props { plan: Rc::clone(plan), state: state.clone(), tool };
    part::<Awaited>("awaited", props)
}

fn keys() -> Html {
    let row = |&(key, does): &(&'static str, &'static str)| {
        let key = classed("dt", "", vec![classed("kbd", "", vec![text(t(key))])]);
        classed("div", "", vec![key, classed("dd", "", vec![text(t(does))])])
    };
    let on = settings::KEYS.now() != "off";
    let names = &["type", "class", "data-do", "data-n", "aria-pressed"];
    let values = ["button", "btn", "keys", "0", truth(on)];
    let switch = element("button", names, &values, vec![text(t("Listen to single keys"))]);
    classed("div", "", vec![classed("dl", "keys", KEYS.iter().map(row).collect()), switch])
}
