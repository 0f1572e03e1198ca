//! Runs of text as elements: mentions, quotations that fold, reported words.

use dixit_engine::{Attribution, Confidence, MarkKind};
use yew::prelude::*;

use super::badge::{colour, pattern};
use crate::element::{classed, classes, element, list, text, truth, when};
use crate::links;
use crate::plan::{BlockPlan, Group, GroupKind, Plan, is_dom_id};
use crate::segments::Run;
use crate::state::Place;
use crate::voices::Voice;
use crate::wording::{count, fill, language, t};

/// What a block's text depends on, besides the plan.
#[derive(Clone, PartialEq, Default)]
pub(crate) struct Choices {
    /// The folded quotations of this block.
    pub shut: Vec<usize>,
    /// The chosen speaker, if heard in this block.
    pub chosen: Option<usize>,
    /// The attribution whose reason is open here, and the quotation where it was asked for.
    pub why: Option<(usize, Option<usize>)>,
    /// The attributions that the filters leave out.
    pub out: Vec<usize>,
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

    fn attribution(&self, n: Option<usize>) -> Option<&Attribution> {
        self.plan.analysis.attributions.get(n?)
    }

    fn voice(&self, speaker: Option<usize>) -> Option<&Voice> {
        self.plan.voices.voices.get(speaker?)
    }

    fn quotation(&self, group: &Group, n: usize) -> Html {
        let attribution = self.plan.analysis.quotations.get(n).and_then(|q| q.attribution);
        let known = self.attribution(attribution);
        let voice = self.voice(known.and_then(|a| a.speaker));
        let question = known.is_some_and(|a| a.confidence == Confidence::Low);
        let shut = group.head.is_some() && self.choices.shut.contains(&n);
        let place = self.choices.place;
        let here = place == Some(Place::Quotation(n))
            || (attribution.is_some() && place == attribution.map(Place::Statement));
        let mut children = Vec::with_capacity(6);
        if let Some(voice) = voice.filter(|_| group.names_speaker) {
            let name = match question {
                true => fill("Perhaps {}: ", &[&voice.name]),
                false => fill("{}: ", &[&voice.name]),
            };
            children.push(classed("bdi", "vh", vec![text(&name)]));
        }
        let head = group.head.unwrap_or(group.runs.len());
        let (first, rest) = group.runs.split_at(head.min(group.runs.len()));
        if group.head.is_some() {
            let words = count(group.n_words, "{} word", "{} words");
            let label = count(group.n_words, "Quotation, {} word", "Quotation, {} words");
            let names = &["type", "class", "aria-expanded", "aria-label", "lang"];
            let values = ["button", "tog", truth(!shut), &label, language()];
            children.push(element("button", names, &values, Vec::new()));
            children.push(self.runs(first));
            let values = ["rest", when(shut, "until-found")];
            children.push(element("span", &["class", "hidden"], &values, vec![self.runs(rest)]));
            children.push(element(
                "span",
                &["class", "data-words"],
                &["count", &words],
                Vec::new(),
            ));
        } else {
            children.push(self.runs(first));
        }
        if attribution.is_some() {
            let asked = self.choices.why == attribution.map(|a| (a, Some(n)));
            children.push(why_button(voice, asked));
        }
        let class = classes(&["qt", &self.class(attribution, here), when(shut, "is-shut")]);
        let id = self.plan.ids.get(n).and_then(|id| id.as_deref()).unwrap_or_default();
        let attribution = attribution.map_or(String::new(), |a| a.to_string());
        let names = &["class", "id", "data-quotation", "data-attribution"];
        element("span", names, &[&class, id, &n.to_string(), &attribution], children)
    }

    fn reported(&self, group: &Group, n: usize) -> Html {
        let known = self.attribution(Some(n));
        let here = self.choices.place == Some(Place::Statement(n));
        let class = classes(&["ind", &self.class(Some(n), here)]);
        let voice = self.voice(known.and_then(|a| a.speaker));
        let asked = self.choices.why == Some((n, None));
        let children = vec![self.runs(&group.runs), why_button(voice, asked)];
        // A statement of several parts bears its id once, where it begins.
        let first = known.and_then(|a| a.content.first());
        let begins = first.is_some_and(|span| {
            span.block == self.block
                && group.runs.first().is_some_and(|run| run.start == span.start)
        });
        let id = known.map_or("", |a| &a.id);
        let id = if begins && is_dom_id(id, 'a') { id } else { "" };
        let names = &["class", "id", "data-attribution"];
        element("span", names, &[&class, id, &n.to_string()], children)
    }

    /// The classes that quoted and reported words share.
    fn class(&self, attribution: Option<usize>, here: bool) -> String {
        let known = self.attribution(attribution);
        let speaker = known.and_then(|a| a.speaker);
        let is_out = attribution.is_some_and(|n| self.choices.out.contains(&n));
        classes(&[
            colour(self.voice(speaker)),
            when(known.is_some_and(|a| a.confidence == Confidence::Low), "is-question"),
            when(is_out || self.dims(speaker), "is-dim"),
            when(here, "is-here"),
        ])
    }

    /// Whether words of `speaker` recede because somebody else is chosen.
    fn dims(&self, speaker: Option<usize>) -> bool {
        self.choices.chosen.is_some() && self.choices.chosen != speaker
    }

    /// Runs, with neighbours of one link in one anchor.
    fn runs(&self, runs: &[Run]) -> Html {
        let marks = self.plan.article.blocks.get(self.block).map_or(&[][..], |b| &b.marks);
        let mut parts = Vec::new();
        for part in runs.chunk_by(|a, b| a.link == b.link) {
            let inner: Vec<Html> = part.iter().map(|run| self.run(run)).collect();
            let mark = part.first().and_then(|run| marks.get(run.link?)).map(|m| &m.kind);
            let url = match mark {
                // The site's own pages open where the reader is.
                Some(MarkKind::Link(url)) if self.plan.is_own && links::is_own(url) => {
                    parts.push(element("a", &["href"], &[url], inner));
                    continue;
                }
                Some(MarkKind::Link(url)) => {
                    links::link(url, self.plan.article.source_url.as_deref())
                }
                _ => None,
            };
            match url {
                Some(url) => parts.push(link(&url, inner)),
                None => parts.extend(inner),
            }
        }
        list(parts)
    }

    fn run(&self, run: &Run) -> Html {
        let mut html = text(self.text.get(run.start..run.end).unwrap_or(""));
        for (holds, tag) in [(run.code, "code"), (run.strong, "strong"), (run.emphasis, "em")] {
            if holds {
                html = classed(tag, "", vec![html]);
            }
        }
        let mention = run.mention.and_then(|m| self.over.mentions.get(m));
        if let Some((mention, voice)) =
            mention.and_then(|m| Some((m, self.voice(Some(m.speaker))?)))
        {
            let class = classes(&[
                "sp",
                colour(Some(voice)),
                pattern(voice.look),
                // Inside a quotation the tint of its speaker is enough.
                when(mention.soft || run.outer.is_some(), "is-soft"),
                when(self.dims(Some(mention.speaker)), "is-dim"),
            ]);
            html = classed("span", &class, vec![html]);
        } else if self.choices.why.is_some_and(|(a, _)| run.cue == Some(a)) {
            html = classed("span", "cue", vec![html]);
        }
        match run.inner.filter(|_| run.inner != run.outer) {
            Some(inner) => self.nested(run, inner, html),
            None => html,
        }
    }

    /// A part of a quotation inside a quotation; its first part bears the id.
    fn nested(&self, run: &Run, inner: usize, html: Html) -> Html {
        let quotation = self.plan.analysis.quotations.get(inner);
        let begins = quotation.is_some_and(|q| q.span.start == run.start);
        let id = self.plan.ids.get(inner).and_then(|id| id.as_deref()).filter(|_| begins);
        let here = self.choices.place == Some(Place::Quotation(inner));
        let class = classes(&["nested", when(here, "is-here")]);
        element("span", &["class", "id"], &[&class, id.unwrap_or_default()], vec![html])
    }
}

/// A link that tells the other site nothing and gets no hold on this page.
pub(crate) fn link(url: &str, children: Vec<Html>) -> Html {
    let names = &["href", "rel", "target"];
    element("a", names, &[url, "noopener noreferrer", "_blank"], children)
}

fn why_button(voice: Option<&Voice>, asked: bool) -> Html {
    let label = match voice {
        Some(voice) => fill("Why {}?", &[&voice.name]),
        None => t("Why nobody?").to_owned(),
    };
    let names = &["type", "class", "aria-expanded", "aria-label", "lang"];
    let values = ["button", "why", truth(asked), &label, language()];
    element("button", names, &values, Vec::new())
}
