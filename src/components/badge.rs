//! The badge of a voice: initials in the voice's colour and outline.

use yew::prelude::*;

use crate::voices::{Look, Shape, Voice};

/// The classes of a voice's look, to which others are added.
pub(crate) fn look(look: Look) -> &'static str {
    const COLOURS: [&str; 8] = ["c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8"];
    COLOURS.get(look.colour.wrapping_sub(1)).copied().unwrap_or("c8")
}

/// The class of a voice's underline.
pub(crate) fn pattern(look: Look) -> &'static str {
    const PATTERNS: [&str; 8] = ["u0", "u1", "u2", "u3", "u4", "u5", "u6", "u7"];
    PATTERNS.get(look.pattern).copied().unwrap_or("u0")
}

fn shape(shape: Shape) -> Option<&'static str> {
    match shape {
        Shape::Round => None,
        Shape::Square => Some("is-square"),
        Shape::Dashed => Some("is-unnamed"),
    }
}

/// A badge as a picture beside the name. The letters are painted by the style sheet, so that they
/// are neither found, copied nor read aloud as words of the article.
pub(crate) fn badge(voice: &Voice) -> Html {
    let classes = classes!("badge", look(voice.look), shape(voice.look.shape));
    html! { <span class={classes} data-letters={voice.initials.clone()} aria-hidden="true" /> }
}

/// A badge in the margin: chooses the speaker.
pub(crate) fn margin_badge(
    voice: &Voice,
    speaker: usize,
    quoted: bool,
    question: bool,
    chosen: bool,
) -> Html {
    let classes = classes!(
        "badge",
        look(voice.look),
        shape(voice.look.shape),
        (!quoted).then_some("is-reported"),
        question.then_some("is-question"),
        chosen.then_some("is-chosen"),
    );
    let letters = if question && voice.initials != "?" {
        [&voice.initials, "?"].concat()
    } else {
        voice.initials.clone()
    };
    let title = if question { ["Perhaps ", &voice.name].concat() } else { voice.name.clone() };
    html! {
        <button type="button" class={classes} data-letters={letters} data-speaker={speaker.to_string()}
            aria-label={title.clone()} title={title} aria-pressed={if chosen { "true" } else { "false" }} />
    }
}
