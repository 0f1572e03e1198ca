//! The head of the article: date, headline, byline and what there is to read.

use yew::prelude::*;

use super::group::link;
use crate::element::{classed, element, text, when, woven};
use crate::links;
use crate::plan::Plan;
use crate::voices::WORDS_A_MINUTE;
use crate::wording::{count, fill, language, number, t};

/// Date, headline, byline, length and counts.
pub(crate) fn head(plan: &Plan) -> Html {
    let (article, voices) = (&plan.article, &plan.voices);
    let isolated = |words: &str| classed("bdi", "", vec![text(words)]);
    // What Dixit says of the article is in the language of the controls.
    let ours = |inside: Html| element("bdi", &["lang"], &[language()], vec![inside]);
    let mut children = Vec::with_capacity(4);
    if let Some(date) = &article.date {
        let time = element("time", &["datetime"], &[&date.iso], vec![text(&date.written)]);
        children.push(classed("p", "kicker", vec![time]));
    }
    let title = article.title.as_deref().unwrap_or(t("Article without a headline"));
    children.push(classed("h1", when(article.title.is_none(), "vh"), vec![text(title)]));
    if let Some(byline) = &article.byline {
        children.push(classed("p", "byline", vec![ours(woven("By {}", vec![isolated(byline)]))]));
    }
    let minutes = ((voices.n_words + WORDS_A_MINUTE / 2) / WORDS_A_MINUTE).max(1);
    let read = text(&count(minutes, "{} min read", "{} min read"));
    let rate = fill("At {} words a minute", &[&number(WORDS_A_MINUTE)]);
    let mut facts = vec![element("bdi", &["lang", "title"], &[language(), &rate], vec![read])];
    let counts = [
        count(voices.n_quotes, "{} quote", "{} quotes"),
        count(voices.n_statements, "{} reported statement", "{} reported statements"),
    ];
    facts.extend(counts.iter().map(|fact| ours(text(fact))));
    let source = article.source_url.as_deref();
    if let Some(site) = article.site.as_deref().or_else(|| source.and_then(links::host)) {
        let site = isolated(site);
        let site = match source.and_then(|url| links::link(url, None)) {
            Some(url) => link(&url, vec![site]),
            None => site,
        };
        facts.push(ours(woven("Source: {}", vec![site])));
    }
    // No number: from the beginning, or from what is selected.
    let names = &["type", "class", "data-do", "lang"];
    let values = ["button", "link-btn", "aloud", language()];
    facts.push(element("button", names, &values, vec![text(t("Read aloud"))]));
    children.push(classed("p", "meta", facts));
    classed("header", "", children)
}
