//! One block of the body: its badges and its text, redrawn only when what is chosen in it changes.

use std::rc::Rc;

use yew::prelude::*;

use super::badge::margin_badge;
use super::group::{Choices, Context as Inline};
use crate::element::{classed, list};
use crate::part::{Context, Part};
use crate::plan::Plan;

/// More badges than this have no room in the margin.
const SHOWN_BADGES: usize = 6;

/// Props of [`Text`].
pub(crate) struct Props {
    /// The page.
    pub(crate) plan: Rc<Plan>,
    /// Index of the block.
    pub(crate) block: usize,
    /// What is chosen in this block.
    pub(crate) choices: Choices,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.plan, &other.plan)
            && self.block == other.block
            && self.choices == other.choices
    }
}

/// Who speaks in the block, like the names beside a play's lines, and the text, verbatim.
pub(crate) struct Text;

impl Part for Text {
    type Message = ();
    type Properties = Props;

    fn create(_: &Context<Text>) -> Text {
        Text
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Props { plan, block, choices } = ctx.props();
        let (Some(over), Some(article_block)) =
            (plan.blocks.get(*block), plan.article.blocks.get(*block))
        else {
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
        let text = &article_block.text;
        let inline = Inline { plan, block: *block, over, text, choices };
        children.extend(over.groups.iter().map(|group| inline.group(group)));
        list(children)
    }
}
