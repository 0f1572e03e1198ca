//! Leads from one statement of the chosen speaker to the next.

use std::rc::Rc;

use yew::prelude::*;

use super::badge::{badge, look};
use crate::plan::Plan;
use crate::state::{Action, State};

/// The bar with previous, next and what else can be done with the chosen voice.
pub(crate) fn steps(plan: &Rc<Plan>, state: &State, on_action: &Callback<Action>) -> Html {
    let Some((speaker, voice)) = state.speaker.and_then(|s| Some((s, plan.voices.voices.get(s)?)))
    else {
        return Html::default();
    };
    let n = voice.statements.len();
    let to = |step: usize| {
        let attribution = voice.statements.get(step).map(|s| s.attribution);
        let on_action = on_action.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(attribution) = attribution {
                on_action.emit(Action::Step { step, attribution });
            }
        })
    };
    let act = |action: Action| {
        let on_action = on_action.clone();
        Callback::from(move |_: MouseEvent| on_action.emit(action))
    };
    let last = n.saturating_sub(1);
    let previous = state.step.map_or(last, |step| step.checked_sub(1).unwrap_or(last));
    let next = state.step.map_or(0, |step| if step >= last { 0 } else { step + 1 });
    let now = state.step.map_or("–".to_owned(), |step| (step + 1).to_string());
    let label = ["Statements of ", &voice.name].concat();
    html! {
        <div class={classes!("steps", look(voice.look))} role="group" aria-label={label}>
            { badge(voice) }
            <button type="button" class="btn" aria-label="Previous statement" onclick={to(previous)}>{ "‹" }</button>
            <span class="now">{ [&now, " of ", &n.to_string()].concat() }</span>
            <button type="button" class="btn" aria-label="Next statement" onclick={to(next)}>{ "›" }</button>
            if state.any_folds() {
                <button type="button" class="btn" onclick={act(Action::OnlyChosen)}>{ "Only this voice" }</button>
            }
            <button type="button" class="btn" onclick={act(Action::Choose(speaker))}>{ "All voices" }</button>
        </div>
    }
}
