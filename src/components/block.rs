//! One block of the body: its badges and its text, each redrawn only when it changes.

use std::rc::Rc;

use yew::prelude::*;

use super::badge::margin_badge;
use super::group::{Choices, Context};
use crate::plan::Plan;

/// More badges than this have no room in the margin.
const SHOWN_BADGES: usize = 6;

/// Props of [`Badges`].
#[derive(Properties)]
pub(crate) struct BadgesProps {
    /// The page.
    pub plan: Rc<Plan>,
    /// Index of the block.
    pub block: usize,
    /// The chosen speaker, if heard in this block.
    pub chosen: Option<usize>,
}

impl PartialEq for BadgesProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.plan, &other.plan)
            && (self.block, self.chosen) == (other.block, other.chosen)
    }
}

/// Who speaks in the block, like the names beside a play's lines.
#[component]
pub(crate) fn Badges(props: &BadgesProps) -> Html {
    let Some(block) = props.plan.blocks.get(props.block) else { return Html::default() };
    let badges = block.voices.iter().take(SHOWN_BADGES).filter_map(|heard| {
        let voice = props.plan.voices.voices.get(heard.speaker)?;
        let chosen = props.chosen == Some(heard.speaker);
        Some(margin_badge(voice, heard.speaker, heard.quoted, heard.question, chosen))
    });
    html! { <span class="badges">{ for badges }</span> }
}

/// Props of [`Text`].
#[derive(Properties)]
pub(crate) struct TextProps {
    /// The page.
    pub plan: Rc<Plan>,
    /// Index of the block.
    pub block: usize,
    /// What is chosen in this block.
    pub choices: Choices,
}

impl PartialEq for TextProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.plan, &other.plan)
            && self.block == other.block
            && self.choices == other.choices
    }
}

/// The text of the block, verbatim.
#[component]
pub(crate) fn Text(props: &TextProps) -> Html {
    let (Some(over), Some(block)) =
        (props.plan.blocks.get(props.block), props.plan.article.blocks.get(props.block))
    else {
        return Html::default();
    };
    let context = Context {
        plan: &props.plan,
        block: props.block,
        over,
        text: &block.text,
        choices: &props.choices,
    };
    over.groups.iter().map(|group| context.group(group)).collect()
}
