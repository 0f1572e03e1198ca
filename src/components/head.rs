//! The head of the article: date, headline, byline and what there is to read.

use std::rc::Rc;

use yew::prelude::*;

use crate::links;
use crate::plan::Plan;
use crate::voices::plural;

/// Words that a reader takes in a minute.
const WORDS_A_MINUTE: usize = 230;

/// Date, headline, byline, length and counts.
pub(crate) fn head(plan: &Rc<Plan>) -> Html {
    let (article, voices) = (&plan.article, &plan.voices);
    let minutes = ((voices.n_words + WORDS_A_MINUTE / 2) / WORDS_A_MINUTE).max(1);
    let source = article.source_url.as_deref();
    let site = article.site.clone().or_else(|| source.and_then(links::host).map(str::to_owned));
    let site = site.map(|site| {
        let site = html! { <bdi>{ site }</bdi> };
        match source.and_then(|url| links::link(url, None)) {
            Some(url) => html! {
                <span>{ "Source: " }<a href={url} rel="noopener noreferrer" target="_blank">{ site }</a></span>
            },
            None => html! { <span>{ "Source: " }{ site }</span> },
        }
    });
    html! {
        <header>
            if let Some(date) = &article.date {
                <p class="kicker"><time datetime={date.iso.clone()}>{ date.written.clone() }</time></p>
            }
            <h1 class={article.title.is_none().then_some("vh")}>
                { article.title.as_deref().unwrap_or("Article without a headline").to_owned() }
            </h1>
            if let Some(byline) = &article.byline {
                <p class="byline">{ "By " }<bdi>{ byline.clone() }</bdi></p>
            }
            <p class="meta">
                <span>{ [&minutes.to_string(), " min read"].concat() }</span>
                <span>{ plural(voices.n_quotes, "quote", "quotes") }</span>
                <span>{ plural(voices.n_statements, "reported statement", "reported statements") }</span>
                { site }
            </p>
        </header>
    }
}
