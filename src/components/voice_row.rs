//! One voice in the panel: a button that chooses it.

use std::rc::Rc;

use yew::prelude::*;

use super::badge::{badge, look};
use super::group::truth;
use super::share::strip;
use crate::plan::{Plan, is_dom_id};
use crate::state::Action;
use crate::voices::plural;

/// Props of [`VoiceRow`].
#[derive(Properties)]
pub(crate) struct Props {
    /// The page.
    pub plan: Rc<Plan>,
    /// Index of the speaker.
    pub speaker: usize,
    /// Whether it is chosen.
    pub chosen: bool,
    /// The statement that the reader went to, if chosen.
    pub step: Option<usize>,
    /// What the reader does here.
    pub on_action: Callback<Action>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.plan, &other.plan)
            && (self.speaker, self.chosen, self.step) == (other.speaker, other.chosen, other.step)
    }
}

/// Badge, name, role, counts and where the voice is heard.
#[component]
pub(crate) fn VoiceRow(props: &Props) -> Html {
    let Some(voice) = props.plan.voices.voices.get(props.speaker) else { return Html::default() };
    let id = props.plan.analysis.speakers.get(props.speaker).map(|s| s.id.clone());
    let onclick = {
        let (on_action, speaker) = (props.on_action.clone(), props.speaker);
        Callback::from(move |_: MouseEvent| on_action.emit(Action::Choose(speaker)))
    };
    let quotes = (voice.n_quotes > 0).then(|| plural(voice.n_quotes, "quote", "quotes"));
    let reported =
        (voice.n_statements > 0).then(|| [&voice.n_statements.to_string(), " reported"].concat());
    // Voices that are only reported take less room; the outline of the badge tells their kind.
    let role = if voice.role.is_empty() && voice.n_quotes > 0 { voice.kind } else { &voice.role };
    let classes = classes!("voice-row", look(voice.look), props.chosen.then_some("is-chosen"));
    html! {
        <li id={id.filter(|id| is_dom_id(id, 's'))}>
            <button type="button" class={classes} aria-pressed={truth(props.chosen)} {onclick}>
                { badge(voice) }
                <bdi class="name">{ voice.name.clone() }</bdi>
                <span class="n">
                    { for [quotes, reported].into_iter().flatten().map(|n| html! { <span>{ n }{ " " }</span> }) }
                </span>
                if !role.is_empty() {
                    <span class="role">{ role.to_owned() }</span>
                }
                { strip(voice, props.step) }
            </button>
        </li>
    }
}
