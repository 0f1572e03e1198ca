//! One block of the body: its badges and its text.

use yew::prelude::*;

use super::badge::margin_badge;
use super::drawn::Drawn;
use super::group::Context;
use crate::element::{classed, list};

/// More badges than this have no room in the margin.
const SHOWN_BADGES: usize = 6;

/// Who speaks in a block, like the names beside a play's lines, and its text, verbatim.
pub(crate) fn block_text(drawn: &Drawn) -> Html {
    let Drawn { plan, n, choices, .. } = drawn;
    let n = *n;
    let (Some(over), Some(block)) = (plan.blocks.get(n), plan.article.blocks.get(n)) else {
        return Html::default();
    };
    let mut children = Vec::with_capacity(over.groups.len() + 1);
    if !over.voices.is_empty() {
        let badges = over.voices.iter().take(SHOWN_BADGES).filter_map(|heard| {
            let voice = plan.voices.voices.get(heard.speaker)?;
            Some(margin_badge(voice, heard, choices.chosen == Some(heard.speaker)))
        });
        children.push(classed("span", "badges", badges.collect()));
    }
    let inline = Context { plan, block: n, over, text: &block.text, choices };
    children.extend(over.groups.iter().map(|group| inline.group(group)));
    list(children)
}
