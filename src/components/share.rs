//! The share of voice and the places of statements, as pictures whose geometry is in attributes.

use yew::prelude::*;

use super::badge::colour;
use crate::element::{element, when};
use crate::voices::{Voice, Voices, WHOLE};
use crate::wording::t;

/// How the quoted words are shared; the list beside it says the same in numbers.
pub(crate) fn share(voices: &Voices) -> Html {
    let parts = voices
        .shares()
        .into_iter()
        .map(|share| bar(colour(voices.voices.get(share.speaker)), share.x, share.width));
    let names = &["class", "viewBox", "preserveAspectRatio", "role", "aria-label"];
    let values = ["voice", "0 0 10000 4", "none", "img", t("Share of quoted words")];
    element("svg", names, &values, parts.collect())
}

/// Where in the article the voice is heard; `step` is the statement that the reader went to.
pub(crate) fn strip(voice: &Voice, step: Option<usize>) -> Html {
    const WIDTH: usize = 120;
    let ticks = voice.statements.iter().enumerate().map(|(n, statement)| {
        let x = statement.place * (WHOLE - WIDTH) / WHOLE;
        bar(when(step == Some(n), "is-here"), x, WIDTH)
    });
    let names = &["class", "viewBox", "preserveAspectRatio", "aria-hidden"];
    element("svg", names, &["strip", "0 0 10000 4", "none", "true"], ticks.collect())
}

fn bar(class: &str, x: usize, width: usize) -> Html {
    let names = &["class", "x", "y", "width", "height"];
    let values = [class, &x.to_string(), "0", &width.to_string(), "4"];
    element("rect", names, &values, Vec::new())
}
