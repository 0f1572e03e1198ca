//! One article in the list of the start page: kept, a sample, or just removed.

use yew::prelude::*;

use crate::clock;
use crate::comments::heading;
use crate::library::Kept;
use crate::route::Route;

/// A kept article, with the number of its comments.
pub(crate) fn start_article(
    kept: &Kept,
    n_comments: usize,
    now: i64,
    on_visit: &Callback<Route>,
    on_remove: &Callback<String>,
) -> Html {
    let on_remove = {
        let id = kept.id.clone();
        on_remove.reform(move |_: MouseEvent| id.clone())
    };
    let mut facts: Vec<String> = kept.date.iter().cloned().collect();
    match kept.n_voices {
        0 => {}
        1 => facts.push("1 voice".into()),
        n => facts.push(format!("{n} voices")),
    }
    if n_comments > 0 {
        facts.push(heading(n_comments));
    }
    html! {
        <li class="start-article" key={kept.id.clone()}>
            { page_link(Route::Kept(kept.id.clone()), &kept.title, None, on_visit) }
            { share(&kept.shares) }
            <span class="start-facts">
                { for facts.iter().map(|fact| html! { <><bdi>{ fact.clone() }</bdi>{ " · " }</> }) }
                { "opened " }
                <time datetime={clock::iso(kept.opened)} title={clock::exact(kept.opened)}>
                    { clock::relative(now, kept.opened) }
                </time>
            </span>
            <button type="button" class="link-btn" data-act="remove" onclick={on_remove}>
                { "Remove" }<span class="vh">{ " " }{ kept.title.clone() }</span>
            </button>
        </li>
    }
}

/// A link to another page of the reader; with a modifier key the browser opens it by itself.
pub(crate) fn page_link(
    route: Route,
    words: &str,
    language: Option<&'static str>,
    on_visit: &Callback<Route>,
) -> Html {
    let href = route.href();
    let onclick = {
        let on_visit = on_visit.clone();
        Callback::from(move |event: MouseEvent| {
            if !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key()) {
                event.prevent_default();
                on_visit.emit(route.clone());
            }
        })
    };
    html! { <a {href} {onclick} lang={language} dir="auto">{ words.to_owned() }</a> }
}

/// The share of voice, as the article's own page shows it.
fn share(shares: &[(usize, usize)]) -> Html {
    if shares.is_empty() {
        return Html::default();
    }
    let total: usize = shares.iter().map(|(_, part)| part).sum();
    let gap = 10_000usize.saturating_sub(total) / (shares.len() - 1).max(1);
    let parts = shares.iter().scan(0, |x, (colour, part)| {
        let at = *x;
        *x += part + gap;
        Some(html! {
            <rect class={format!("c{colour}")} x={at.to_string()} y="0" width={part.to_string()} height="4" />
        })
    });
    html! {
        <svg class="voice" viewBox="0 0 10000 4" preserveAspectRatio="none" role="img" aria-label="Share of quoted words">
            { for parts }
        </svg>
    }
}
