//! What a click on the reading page means.
//!
//! One listener serves the page: buttons say what they do in `data-do` and `data-n`, statements
//! which they are in `data-quotation` and `data-attribution`.

use web_sys::Element;

use crate::plan::Plan;
use crate::scene::{Kinds, Sources};
use crate::state::{About, Action, State, Tool, Why};
use crate::tree;

/// What a click on `target` asks for; `None` where it is the browser's own (links, selecting).
pub(crate) fn meaning(target: &Element, plan: &Plan, state: &State) -> Option<Action> {
    if let Some(button) = closest(target, "[data-do]") {
        return button_meaning(&button, plan, state);
    }
    if closest(target, "a, .note-why").is_some() {
        return None;
    }
    let statement = closest(target, ".qt, .ind")?;
    let quotation = number(&statement, "data-quotation");
    let on_button = closest(target, "button");
    if let Some(n) = quotation {
        let shut = state.shut.get(n) == Some(&true);
        if on_button.as_ref().map_or(shut, |button| button.class_name() == "tog") {
            return Some(Action::Toggle(n));
        }
    }
    if on_button.is_none() && tree::selection().is_some_and(|s| !s.is_collapsed()) {
        return None;
    }
    let block = number(&closest(target, "[data-block]")?, "data-block")?;
    let attribution = number(&statement, "data-attribution")?;
    Some(Action::Why(Why { attribution, quotation, block }))
}

fn button_meaning(button: &Element, plan: &Plan, state: &State) -> Option<Action> {
    let n = number(button, "data-n")?;
    Some(match button.get_attribute("data-do")?.as_str() {
        "choose" => Action::Choose(n),
        "show" => Action::Show(n),
        "close" => Action::CloseWhy,
        "fold" => Action::FoldAll,
        "open" => Action::OpenAll,
        "only" => Action::OnlyChosen,
        "list" => Action::List,
        "tool-close" => Action::CloseTool,
        "tool-keys" => Action::Tool(Tool::Keys),
        "tool-link" => Action::Tool(Tool::Link(About::Statement(n))),
        "tool-link-speaker" => Action::Tool(Tool::Link(About::Speaker(n))),
        "tool-export" => Action::Tool(Tool::Export),
        "tool-card" => Action::Tool(Tool::Card(n)),
        "go" => Action::GoTo(n),
        "go-statement" => Action::GoToStatement(n),
        "kinds" => Action::Kinds(*Kinds::ALL.get(n)?),
        "sources" => Action::Sources(*Sources::ALL.get(n)?),
        "clear" => Action::Clear,
        "compare" => Action::Compare(n),
        "compare-end" => Action::CompareEnd,
        "lost" => Action::Lost(None),
        "tool-correct" => Action::Tool(Tool::Correct(n)),
        "tool-correct-quotation" => Action::Tool(Tool::CorrectQuotation(n)),
        "tool-speaker" => Action::Tool(Tool::Speaker(n)),
        "tool-corrections" => Action::Tool(Tool::Corrections),
        "picture" => Action::Picture(n),
        "step" => {
            let statements = &plan.voices.voices.get(state.speaker?)?.statements;
            Action::Step { step: n, attribution: statements.get(n)?.attribution }
        }
        _ => return None,
    })
}

/// The number of the correction that a click on `target` takes back.
pub(crate) fn undone(target: &Element) -> Option<usize> {
    number(&closest(target, "[data-do=undo-correction]")?, "data-n")
}

pub(crate) fn closest(target: &Element, selector: &str) -> Option<Element> {
    target.closest(selector).ok().flatten()
}

pub(crate) fn number(element: &Element, name: &str) -> Option<usize> {
    element.get_attribute(name)?.parse().ok()
}
