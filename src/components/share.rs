//! The share of voice and the places of statements, as pictures whose geometry is in attributes.

use yew::prelude::*;

use super::badge::look;
use crate::voices::{Statement, Voice, Voices, WHOLE};

/// How the quoted words are shared; the list beside it says the same in numbers.
pub(crate) fn share(voices: &Voices) -> Html {
    let parts = voices.shares().into_iter().filter_map(|share| {
        let voice = voices.voices.get(share.speaker)?;
        Some(html! {
            <rect class={look(voice.look)} x={share.x.to_string()} y="0" width={share.width.to_string()} height="4" />
        })
    });
    html! {
        <svg class="voice" viewBox="0 0 10000 4" preserveAspectRatio="none" role="img" aria-label="Share of quoted words">
            { for parts }
        </svg>
    }
}

/// Where in the article the voice is heard; `step` is the statement that the reader went to.
pub(crate) fn strip(voice: &Voice, step: Option<usize>) -> Html {
    const WIDTH: usize = 120;
    let ticks = voice.statements.iter().enumerate().map(|(n, Statement { place, .. })| {
        let x = (place * (WHOLE - WIDTH) / WHOLE).to_string();
        let here = (step == Some(n)).then_some("is-here");
        html! { <rect class={classes!(here)} {x} y="0" width={WIDTH.to_string()} height="4" /> }
    });
    html! {
        <svg class="strip" viewBox="0 0 10000 4" preserveAspectRatio="none" aria-hidden="true">{ for ticks }</svg>
    }
}
