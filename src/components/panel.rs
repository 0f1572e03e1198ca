//! The panel "Who said what": the share of voice, and every voice with its part.

use std::rc::Rc;

use yew::prelude::*;

use super::badge::{badge, look};
use super::group::truth;
use super::share::share;
use super::steps::steps;
use super::voice_row::VoiceRow;
use crate::plan::Plan;
use crate::state::{Action, State};
use crate::voices::plural;

/// Props of [`Panel`].
#[derive(Properties)]
pub(crate) struct Props {
    /// The page.
    pub plan: Rc<Plan>,
    /// What is chosen.
    pub state: Rc<State>,
    /// What the reader does here.
    pub on_action: Callback<Action>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.plan, &other.plan) && Rc::ptr_eq(&self.state, &other.state)
    }
}

/// Beside the article where there is room; above it, with chips, where there is not.
#[component]
pub(crate) fn Panel(props: &Props) -> Html {
    let Props { plan, state, on_action } = props;
    let open = use_state(|| false);
    let voices = &plan.voices;
    if voices.n_voices() == 0 {
        return html! {
            <aside class="who-said" aria-label="Who said what">
                <div class="card"><p class="nobody">{ "Nobody is quoted in this article." }</p></div>
            </aside>
        };
    }
    let row = |&speaker: &usize| {
        let chosen = state.speaker == Some(speaker);
        let step = state.step.filter(|_| chosen);
        html! { <VoiceRow plan={plan.clone()} {speaker} {chosen} {step} on_action={on_action.clone()} /> }
    };
    let act = |action: Action| {
        let on_action = on_action.clone();
        Callback::from(move |_: MouseEvent| on_action.emit(action))
    };
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let count = plural(voices.n_voices(), "voice", "voices");
    let chips = voices.quoted.iter().chain(&voices.reported).filter_map(|&speaker| {
        let voice = voices.voices.get(speaker)?;
        let chosen = state.speaker == Some(speaker);
        let classes = classes!("chip", look(voice.look), chosen.then_some("is-chosen"));
        Some(html! {
            <li><button type="button" class={classes} aria-pressed={truth(chosen)} onclick={act(Action::Choose(speaker))}>
                { badge(voice) }<bdi>{ voice.short.clone() }</bdi>
            </button></li>
        })
    });
    html! {
        <aside class="who-said" aria-label="Who said what">
            <div class="card">
                <div class="card-head">
                    <h2>{ "Who said what" }</h2>
                    <span class="count-wide">{ count.clone() }</span>
                    <button type="button" class="count-narrow" aria-expanded={truth(*open)} onclick={toggle}>{ count }</button>
                </div>
                if !voices.quoted.is_empty() {
                    { share(voices) }
                }
                <ul class="chips">{ for chips }</ul>
                <div class={classes!("card-body", open.then_some("is-open"))}>
                    <ul class="who">{ for voices.quoted.iter().map(row) }</ul>
                    if !voices.reported.is_empty() {
                        <h3>{ "Reported, not quoted" }</h3>
                        <ul class="who">{ for voices.reported.iter().map(row) }</ul>
                    }
                </div>
                if state.any_folds() {
                    <div class="acts">
                        <button type="button" class="btn" aria-disabled={truth(!state.any_open())} onclick={act(Action::FoldAll)}>{ "Collapse all quotes" }</button>
                        <button type="button" class="btn" aria-disabled={truth(!state.any_shut())} onclick={act(Action::OpenAll)}>{ "Expand all" }</button>
                    </div>
                }
                { steps(plan, state, on_action) }
            </div>
        </aside>
    }
}
