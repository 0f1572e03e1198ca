//! What a key of the reading page means.

use crate::plan::Plan;
use crate::scene::View;
use crate::state::{Action, Place, State, Tool};
use crate::wording::word;

/// The keys and what they do, as the page lists them.
pub const KEYS: [(&str, &str); 10] = [
    ("j", word("Go to the next quotation")),
    ("k", word("Go to the quotation before")),
    ("x", word("Collapse or expand this quotation")),
    ("X", word("Collapse or expand all quotations")),
    ("t", word("Show the transcript, or the article again")),
    ("/", word("Find words or a voice in the transcript")),
    ("c", word("Write a comment")),
    ("r", word("Read aloud, pause or go on")),
    ("?", word("Show the keys")),
    (word("Esc"), word("Close, or let the chosen speaker go")),
];

/// What `key` asks for; `None` where it is not one of ours or there is nothing to do.
pub fn action(key: &str, plan: &Plan, state: &State) -> Option<Action> {
    let in_article = state.view == View::Article;
    match key {
        "j" if in_article => neighbour(plan, state, true),
        "k" if in_article => neighbour(plan, state, false),
        "x" if in_article => current(plan, state).map(Action::Toggle),
        "X" if in_article && state.any_open() => Some(Action::FoldAll),
        "X" if in_article => Some(Action::OpenAll),
        "t" if state.view == View::Transcript => Some(Action::View(View::Article)),
        "t" | "/" => Some(Action::View(View::Transcript)),
        "?" => Some(Action::Tool(Tool::Keys)),
        _ => None,
    }
}

/// The outermost quotations that the page marks, in reading order.
fn quotations(plan: &Plan) -> Vec<usize> {
    let folding = plan.folding();
    let quotations = plan.analysis.quotations.iter().enumerate();
    let marked = quotations.filter(|(n, q)| {
        q.depth == 0 && (q.attribution.is_some() || folding.get(*n) == Some(&true))
    });
    let mut marked: Vec<(usize, usize, usize)> =
        marked.map(|(n, q)| (q.span.block, q.span.start, n)).collect();
    crate::order::sort(&mut marked);
    marked.into_iter().map(|(_, _, n)| n).collect()
}

/// The quotation that the reader went to last.
fn current(plan: &Plan, state: &State) -> Option<usize> {
    match state.place? {
        Place::Quotation(n) => Some(n),
        Place::Statement(a) => {
            plan.analysis.quotations.iter().position(|q| q.attribution == Some(a))
        }
    }
}

fn neighbour(plan: &Plan, state: &State, forwards: bool) -> Option<Action> {
    let all = quotations(plan);
    let here = current(plan, state).and_then(|n| all.iter().position(|q| *q == n));
    let next = match (here, forwards) {
        (None, true) => 0,
        (None, false) => all.len().checked_sub(1)?,
        (Some(here), true) => here + 1,
        (Some(here), false) => here.checked_sub(1)?,
    };
    all.get(next).copied().map(Action::Mark)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;
    use dixit_engine::SpeakerKind;

    #[test]
    fn keys_lead_through_the_quotations() {
        let mut page = Fixture::default();
        let ann = page.speaker("Ann Lee", SpeakerKind::Person);
        page.block("“One,” said Ann. She hoped. “A film” “Two,” she said.");
        page.quote("“One,”", ann);
        page.report("She hoped", ann);
        page.unattributed("“A film”");
        page.quote("“Two,”", ann);
        let plan = page.plan();
        let start = State::new([crate::state::Fold { folds: true, speaker: None }; 3].into());
        let pressed = |keys: &[&str]| {
            keys.iter().fold(start.clone(), |state, key| {
                action(key, &plan, &state).map_or(state.clone(), |action| state.after(action))
            })
        };
        let at = |n| Some(Place::Quotation(n));
        for (keys, expected) in [
            (&["j"][..], at(0)),
            (&["j", "j"], at(2)),
            (&["j", "j", "j"], at(2)),
            (&["k"], at(2)),
            (&["j", "j", "k"], at(0)),
            (&["j", "k"], at(0)),
            (&["q", "x", "t", "j"], None),
        ] {
            assert_eq!(pressed(keys).place, expected, "{keys:?}");
        }
        assert_eq!(pressed(&["j", "x"]).shut, [true, false, false]);
        assert_eq!(
            pressed(&["j", "x", "j", "k"]).shut,
            [true, false, false],
            "marking opens nothing"
        );
        assert_eq!(pressed(&["X"]).shut, [true; 3]);
        assert_eq!(pressed(&["X", "X"]).shut, [false; 3]);
        assert_eq!(pressed(&["t"]).view, View::Transcript);
        assert_eq!(pressed(&["t", "t"]).view, View::Article);
        assert_eq!(pressed(&["?"]).tool, Some(Tool::Keys));
    }
}
