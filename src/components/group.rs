//! Runs of text as elements: mentions, quotations that fold, reported words.

use dixit_engine::{Confidence, MarkKind};
use yew::prelude::*;
use yew::virtual_dom::VTag;

use super::badge::{look, pattern};
use crate::links;
use crate::plan::{BlockPlan, Group, GroupKind, Plan};
use crate::segments::Run;
use crate::state::Place;
use crate::voices::{Voice, plural};

/// What a block's text depends on, besides the plan.
#[derive(Clone, PartialEq, Default)]
pub(crate) struct Choices {
    /// The folded quotations of this block.
    pub shut: Vec<usize>,
    /// The chosen speaker, if heard in this block.
    pub chosen: Option<usize>,
    /// The attribution whose reason is open here, and the quotation where it was asked for.
    pub why: Option<(usize, Option<usize>)>,
    /// The marked place, if here.
    pub place: Option<Place>,
}

/// One block's plan with what is chosen in it.
pub(crate) struct Context<'a> {
    pub plan: &'a Plan,
    pub block: usize,
    pub over: &'a BlockPlan,
    pub text: &'a str,
    pub choices: &'a Choices,
}

impl Context<'_> {
    /// The group as elements.
    pub(crate) fn group(&self, group: &Group) -> Html {
        match group.kind {
            GroupKind::Plain => self.runs(&group.runs),
            GroupKind::Quotation(n) => self.quotation(group, n),
            GroupKind::Reported(n) => self.reported(group, n),
        }
    }

    fn voice(&self, speaker: Option<usize>) -> Option<&Voice> {
        self.plan.voices.voices.get(speaker?)
    }

    fn quotation(&self, group: &Group, n: usize) -> Html {
        let analysis = &self.plan.analysis;
        let attribution = analysis.quotations.get(n).and_then(|q| q.attribution);
        let known = attribution.and_then(|a| analysis.attributions.get(a));
        let speaker = known.and_then(|a| a.speaker);
        let voice = self.voice(speaker);
        let question = known.is_some_and(|a| a.confidence == Confidence::Low);
        let shut = group.head.is_some() && self.choices.shut.contains(&n);
        let here = match self.choices.place {
            Some(Place::Quotation(place)) => place == n,
            Some(Place::Statement(place)) => attribution == Some(place),
            None => false,
        };
        let classes = classes!(
            "qt",
            voice.map_or("c8", |v| look(v.look)),
            shut.then_some("is-shut"),
            question.then_some("is-question"),
            self.dims(speaker).then_some("is-dim"),
            here.then_some("is-here"),
        );
        let head = group.head.unwrap_or(group.runs.len());
        let (first, rest) = group.runs.split_at(head.min(group.runs.len()));
        let name = voice.filter(|_| group.names_speaker).map(|v| {
            let before = if question { "Perhaps " } else { "" };
            html! { <bdi class="vh">{ [before, &v.name, ": "].concat() }</bdi> }
        });
        let words = plural(group.n_words, "word", "words");
        let toggle = group.head.map(|_| {
            let label = ["Quotation, ", &words].concat();
            html! { <button type="button" class="tog" aria-expanded={truth(!shut)} aria-label={label} /> }
        });
        let folded = group.head.map(|_| {
            let mut rest = VTag::new("span");
            let hidden = shut.then_some(("hidden", "until-found"));
            for (key, value) in [("class", "rest")].into_iter().chain(hidden) {
                rest.add_attribute(key, value);
            }
            rest.add_child(self.runs(group.runs.get(head..).unwrap_or_default()));
            html! { <>{ Html::from(rest) }<span class="count" data-words={words} /></> }
        });
        let folded = folded.unwrap_or_else(|| self.runs(rest));
        let asked = attribution.is_some() && self.choices.why == attribution.map(|a| (a, Some(n)));
        html! {
            <span class={classes} id={self.plan.ids.get(n).cloned().flatten()}
                data-quotation={n.to_string()} data-attribution={attribution.map(|a| a.to_string())}>
                { name }{ toggle }{ self.runs(first) }{ folded }
                { attribution.map(|_| why_button(voice, asked)) }
            </span>
        }
    }

    fn reported(&self, group: &Group, n: usize) -> Html {
        let known = self.plan.analysis.attributions.get(n);
        let speaker = known.and_then(|a| a.speaker);
        let voice = self.voice(speaker);
        let classes = classes!(
            "ind",
            voice.map_or("c8", |v| look(v.look)),
            known.is_some_and(|a| a.confidence == Confidence::Low).then_some("is-question"),
            self.dims(speaker).then_some("is-dim"),
            (self.choices.place == Some(Place::Statement(n))).then_some("is-here"),
        );
        let asked = self.choices.why == Some((n, None));
        html! {
            <span class={classes} data-attribution={n.to_string()}>
                { self.runs(&group.runs) }{ why_button(voice, asked) }
            </span>
        }
    }

    /// Whether words of `speaker` recede because somebody else is chosen.
    fn dims(&self, speaker: Option<usize>) -> bool {
        self.choices.chosen.is_some() && self.choices.chosen != speaker
    }

    /// Runs, with neighbours of one link in one anchor.
    fn runs(&self, runs: &[Run]) -> Html {
        let marks = self.plan.article.blocks.get(self.block).map_or(&[][..], |b| &b.marks);
        runs.chunk_by(|a, b| a.link == b.link)
            .map(|part| {
                let inner: Html = part.iter().map(|run| self.run(run)).collect();
                let url = match part.first().and_then(|r| marks.get(r.link?)).map(|m| &m.kind) {
                    Some(MarkKind::Link(url)) => url,
                    _ => return inner,
                };
                match links::link(url, self.plan.article.source_url.as_deref()) {
                    Some(url) => html! {
                        <a href={url} rel="noopener noreferrer" target="_blank">{ inner }</a>
                    },
                    None => inner,
                }
            })
            .collect()
    }

    fn run(&self, run: &Run) -> Html {
        let text = self.text.get(run.start..run.end).unwrap_or("");
        let mut html = html! { { text } };
        if run.code {
            html = html! { <code>{ html }</code> };
        }
        if run.strong {
            html = html! { <strong>{ html }</strong> };
        }
        if run.emphasis {
            html = html! { <em>{ html }</em> };
        }
        let evidence = self.choices.why.is_some_and(|(a, _)| run.cue == Some(a));
        let mention = run.mention.and_then(|m| self.over.mentions.get(m));
        if let Some((mention, voice)) =
            mention.and_then(|m| Some((m, self.voice(Some(m.speaker))?)))
        {
            // Inside a quotation the tint of its speaker is enough.
            let soft = mention.soft || run.outer.is_some();
            let classes = classes!(
                "sp",
                look(voice.look),
                pattern(voice.look),
                soft.then_some("is-soft"),
                self.dims(Some(mention.speaker)).then_some("is-dim"),
            );
            html = html! { <span class={classes}>{ html }</span> };
        } else if evidence {
            html = html! { <span class="cue">{ html }</span> };
        }
        match run.inner.filter(|_| run.inner != run.outer) {
            Some(inner) => self.nested(run, inner, html),
            None => html,
        }
    }

    /// A part of a quotation inside a quotation; its first part bears the id.
    fn nested(&self, run: &Run, inner: usize, html: Html) -> Html {
        let begins =
            self.plan.analysis.quotations.get(inner).is_some_and(|q| q.span.start == run.start);
        let id = self.plan.ids.get(inner).cloned().flatten().filter(|_| begins);
        let here = self.choices.place == Some(Place::Quotation(inner));
        html! { <span class={classes!("nested", here.then_some("is-here"))} id={id}>{ html }</span> }
    }
}

fn why_button(voice: Option<&Voice>, asked: bool) -> Html {
    let label = ["Why ", voice.map_or("nobody", |v| &v.name), "?"].concat();
    html! { <button type="button" class="why" aria-expanded={truth(asked)} aria-label={label} /> }
}

/// The value of an ARIA attribute.
pub(crate) fn truth(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}
