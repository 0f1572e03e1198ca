//! What stood around the article on its page: lines set aside, and teasers of other articles.

use dixit_engine::{Related, SetAside};
use yew::prelude::*;

use crate::voices::plural;

/// The lines that are no part of the article, on request.
pub(crate) fn set_aside(lines: &[SetAside]) -> Html {
    if lines.is_empty() {
        return Html::default();
    }
    let count = plural(lines.len(), "line", "lines");
    html! {
        <details class="set-aside">
            <summary>{ ["Set aside from the page (", &count, ")"].concat() }</summary>
            <ul>{ for lines.iter().map(|line| html! { <li>{ line.text.clone() }</li> }) }</ul>
        </details>
    }
}

/// The teasers, under the labels that they stood under.
pub(crate) fn related(related: &[Related]) -> Html {
    related
        .chunk_by(|a, b| a.section == b.section)
        .map(|part| {
            let heading = match part.first().and_then(|r| r.section.as_ref()) {
                Some(section) => ["More in ", section].concat(),
                None => "More from this page".to_owned(),
            };
            let teasers = part.iter().map(|item| {
                html! {
                    <>
                        <h3>{ item.title.clone() }</h3>
                        if let Some(teaser) = &item.teaser {
                            <p>{ teaser.clone() }</p>
                        }
                    </>
                }
            });
            html! { <section class="more"><h2>{ heading }</h2>{ for teasers }</section> }
        })
        .collect()
}
