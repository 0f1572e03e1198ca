//! The note that says why a statement is given to its speaker.

use std::rc::Rc;

use yew::prelude::*;

use super::badge::look;
use crate::plan::Plan;
use crate::state::Action;
use crate::why::{Piece, why};

/// Props of [`WhyNote`].
#[derive(Properties)]
pub(crate) struct Props {
    /// The page.
    pub plan: Rc<Plan>,
    /// Index of the attribution.
    pub attribution: usize,
    /// What the reader does here.
    pub on_action: Callback<Action>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.plan, &other.plan) && self.attribution == other.attribution
    }
}

/// Speaker, certainty and reason; takes the focus, so that Escape and the next key go to it.
#[component]
pub(crate) fn WhyNote(props: &Props) -> Html {
    let note = use_node_ref();
    {
        let note = note.clone();
        use_effect_with(props.attribution, move |_| {
            if let Some(element) = note.cast::<web_sys::HtmlElement>() {
                // Focus scrolls it into view; an element that is gone needs neither.
                let _ = element.focus();
            }
        });
    }
    let plan = &props.plan;
    let Some(reason) = why(&plan.article, &plan.analysis, &plan.voices, props.attribution) else {
        return Html::default();
    };
    let speaker = plan.analysis.attributions.get(props.attribution).and_then(|a| a.speaker);
    let voice = speaker.and_then(|s| plan.voices.voices.get(s));
    let act = |action: Action| {
        let on_action = props.on_action.clone();
        Callback::from(move |_: MouseEvent| on_action.emit(action))
    };
    html! {
        <div ref={note} class={classes!("note-why", voice.map_or("c8", |v| look(v.look)))}
            role="dialog" aria-label="Why this speaker" tabindex="-1">
            <p class="note-why-title">{ pieces(&reason.title) }</p>
            <p>{ pieces(&reason.sentence) }</p>
            <p class="acts">
                if let (Some(speaker), Some(voice)) = (speaker, voice) {
                    <button type="button" class="btn" onclick={act(Action::Show(speaker))}>
                        { "All by " }<bdi>{ voice.short.clone() }</bdi>
                    </button>
                }
                <button type="button" class="btn" onclick={act(Action::CloseWhy)}>{ "Close" }</button>
            </p>
        </div>
    }
}

fn pieces(pieces: &[Piece]) -> Html {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Words(words) => html! { { *words } },
            Piece::Cited(text) => html! { <>{ "“" }<bdi>{ text }</bdi>{ "”" }</> },
            Piece::Name(name) => html! { <bdi>{ name }</bdi> },
        })
        .collect()
}
