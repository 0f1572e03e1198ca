//! The head of the article: date, headline, byline and what there is to read.

use yew::prelude::*;

use super::group::link;
use crate::element::{classed, element, text, when};
use crate::links;
use crate::plan::Plan;
use crate::voices::plural;

/// Words that a reader takes in a minute.
const WORDS_A_MINUTE: usize = 230;

/// Date, headline, byline, length and counts.
pub(crate) fn head(plan: &Plan) -> Html {
    let (article, voices) = (&plan.article, &plan.voices);
    let isolated = |words: &str| classed("bdi", "", vec![text(words)]);
    let mut children = Vec::with_capacity(4);
    if let Some(date) = &article.date {
        let time = element("time", &["datetime"], &[&date.iso], vec![text(&date.written)]);
        children.push(classed("p", "kicker", vec![time]));
    }
    let title = article.title.as_deref().unwrap_or("Article without a headline");
    children.push(classed("h1", when(article.title.is_none(), "vh"), vec![text(title)]));
    if let Some(byline) = &article.byline {
        children.push(classed("p", "byline", vec![text("By "), isolated(byline)]));
    }
    let minutes = ((voices.n_words + WORDS_A_MINUTE / 2) / WORDS_A_MINUTE).max(1);
    let mut facts: Vec<Html> = [
        [&minutes.to_string(), " min read"].concat(),
        plural(voices.n_quotes, "quote", "quotes"),
        plural(voices.n_statements, "reported statement", "reported statements"),
    ]
    .iter()
    .map(|fact| isolated(fact))
    .collect();
    let source = article.source_url.as_deref();
    if let Some(site) = article.site.as_deref().or_else(|| source.and_then(links::host)) {
        let site = isolated(site);
        let site = match source.and_then(|url| links::link(url, None)) {
            Some(url) => link(&url, vec![site]),
            None => site,
        };
        facts.push(classed("span", "", vec![text("Source: "), site]));
    }
    children.push(classed("p", "meta", facts));
    classed("header", "", children)
}
