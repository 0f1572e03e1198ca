//! The badge of a voice: initials in the voice's colour and outline.

use yew::prelude::*;

use crate::element::{classes, element, truth, when};
use crate::plan::Heard;
use crate::voices::{Look, Shape, Voice};
use crate::wording::fill;

/// The class of a voice's colour; grey where nobody is credited.
pub(crate) fn colour(voice: Option<&Voice>) -> &'static str {
    const COLOURS: [&str; 8] = ["c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8"];
    let colour = voice.map_or(0, |v| v.look.colour).wrapping_sub(1);
    COLOURS.get(colour).copied().unwrap_or("c8")
}

/// The class of a voice's underline.
pub(crate) fn pattern(look: Look) -> &'static str {
    const PATTERNS: [&str; 8] = ["u0", "u1", "u2", "u3", "u4", "u5", "u6", "u7"];
    PATTERNS.get(look.pattern).copied().unwrap_or("u0")
}

fn shape(voice: &Voice) -> &'static str {
    match voice.look.shape {
        Shape::Round => "",
        Shape::Square => "is-square",
        Shape::Dashed => "is-unnamed",
    }
}

/// A badge as a picture beside the name. The letters are painted by the style sheet, so that they
/// are neither found, copied nor read aloud as words of the article.
pub(crate) fn badge(voice: &Voice) -> Html {
    let class = classes(&["badge", colour(Some(voice)), shape(voice)]);
    let names = &["class", "data-letters", "aria-hidden"];
    element("span", names, &[&class, &voice.initials, "true"], Vec::new())
}

/// A badge in the margin: chooses the speaker.
pub(crate) fn margin_badge(voice: &Voice, heard: &Heard, chosen: bool) -> Html {
    let class = classes(&[
        "badge",
        colour(Some(voice)),
        shape(voice),
        when(!heard.quoted, "is-reported"),
        when(heard.question, "is-question"),
        when(chosen, "is-chosen"),
    ]);
    let mark = when(heard.question && voice.initials != "?", "?");
    let title = match heard.question {
        true => fill("Perhaps {}", &[&voice.name]),
        false => voice.name.clone(),
    };
    element(
        "button",
        &[
            "type",
            "class",
            "data-letters",
            "data-do",
            "data-n",
            "aria-label",
            "title",
            "aria-pressed",
        ],
        &[
            "button",
            &class,
            &[&voice.initials, mark].concat(),
            "choose",
            &heard.speaker.to_string(),
            &title,
            &title,
            truth(chosen),
        ],
        Vec::new(),
    )
}
