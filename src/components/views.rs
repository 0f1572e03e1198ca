//! The other views of an article: who says what in order, and a card for each speaker.

use yew::prelude::*;

use dixit_engine::{AttributionKind, Span};

use super::badge::{badge, colour};
use super::filters::filters;
use super::share::share;
use super::speakers::speakers;
use super::transcript::transcript;
use crate::element::{classed, element, text};
use crate::filter::counts;
use crate::order::sorted;
use crate::plan::Plan;
use crate::scene::View;
use crate::state::State;
use crate::voices::Voice;
use crate::wording::{count, number, t};

/// The view that `state` asks for; nothing for the article itself.
pub(crate) fn view(plan: &Plan, state: &State) -> Html {
    match state.view {
        View::Article => Html::default(),
        View::Transcript => transcript(plan, state),
        View::Speakers => speakers(plan, state),
    }
}

/// One thing that is said in the article.
pub(super) struct Line {
    /// The attribution; `None` for a quotation that nobody is credited with.
    pub attribution: Option<usize>,
    /// The quotation that begins it, where one does.
    pub quotation: Option<usize>,
    /// The speaker.
    pub speaker: Option<usize>,
    /// The pieces of its words, in order.
    pub spans: Vec<Span>,
}

impl Line {
    pub(super) fn is_reported(&self, plan: &Plan) -> bool {
        let attribution = self.attribution.and_then(|n| plan.analysis.attributions.get(n));
        attribution.is_some_and(|a| a.kind == AttributionKind::Indirect)
    }
}

/// Everything that is said, in the order of the article: statements, and quotations that fold and that nobody is
/// credited with.
pub(super) fn lines(plan: &Plan) -> Vec<Line> {
    let analysis = &plan.analysis;
    let folds = plan.folding();
    let mut first_quotation: Vec<Option<usize>> = vec![None; analysis.attributions.len()];
    let mut lines = Vec::new();
    for (n, quotation) in analysis.quotations.iter().enumerate().filter(|(_, q)| q.depth == 0) {
        match quotation.attribution {
            Some(a) => {
                if let Some(slot @ None) = first_quotation.get_mut(a) {
                    *slot = Some(n);
                }
            }
            None if folds.get(n) == Some(&true) => lines.push(Line {
                attribution: None,
                quotation: Some(n),
                speaker: None,
                spans: vec![quotation.span],
            }),
            None => {}
        }
    }
    for (n, attribution) in analysis.attributions.iter().enumerate() {
        lines.push(Line {
            attribution: Some(n),
            quotation: first_quotation.get(n).copied().flatten(),
            speaker: attribution.speaker,
            spans: attribution.content.clone(),
        });
    }
    let place = |line: &Line| line.spans.first().map_or((0, 0), |s| (s.block, s.start));
    sorted(lines, |a, b| place(a) < place(b))
}

/// The lines that the reader wants, and how many are left out.
pub(super) fn wanted(plan: &Plan, state: &State) -> (Vec<Line>, usize) {
    let all = lines(plan);
    let n = all.len();
    let fits = |line: &Line| match line.attribution {
        Some(n) => counts(plan, state, n),
        None => {
            state.kinds != crate::scene::Kinds::Reported
                && state.sources != crate::scene::Sources::Named
        }
    };
    let wanted: Vec<Line> = all.into_iter().filter(fits).collect();
    let out = n - wanted.len();
    (wanted, out)
}

/// The words of a line as they stand in the article, its pieces parted by a mark of omission.
pub(super) fn words(plan: &Plan, line: &Line) -> Html {
    let mut children = Vec::new();
    for (n, &span) in line.spans.iter().enumerate() {
        if n > 0 {
            children.push(classed("span", "gap", vec![text(" […] ")]));
        }
        children.push(text(plan.article.text(span).trim()));
    }
    let language = plan.article.language.as_deref().unwrap_or_default();
    element("bdi", &["lang"], &[language], children)
}

/// A button that leads to a line's place in the article.
pub(super) fn place_button(line: &Line, children: Vec<Html>) -> Html {
    let (act, n) = match (line.quotation, line.attribution) {
        (Some(n), _) => ("go", n),
        (None, Some(n)) => ("go-statement", n),
        (None, None) => ("", 0),
    };
    let names = &["type", "class", "data-do", "data-n"];
    element("button", names, &["button", "place", act, &n.to_string()], children)
}

/// Date and title, the share of voice, and the filters with what they leave out.
pub(super) fn view_head(plan: &Plan, state: &State, kicker: String, n_out: usize) -> Html {
    let article = &plan.article;
    let title = article.title.as_deref().unwrap_or(t("Article without a headline"));
    let language = article.language.as_deref().unwrap_or_default();
    let names = &["class", "lang", "dir", "tabindex"];
    let mut head = vec![
        classed("p", "kicker", vec![text(&kicker)]),
        element("h1", names, &["sm", language, "auto", "-1"], vec![text(title)]),
    ];
    if !plan.voices.quoted.is_empty() {
        head.push(share(&plan.voices));
    }
    head.push(filters(state));
    if n_out > 0 {
        let words = count(n_out, "{} statement is left out.", "{} statements are left out.");
        head.push(element("p", &["class", "role"], &["left-out", "status"], vec![text(&words)]));
    }
    classed("header", "view-head", head)
}

/// Badge, name and what is known of a voice.
pub(super) fn who(voice: &Voice) -> Vec<Html> {
    let mut name = vec![classed("bdi", "", vec![text(&voice.name)])];
    let role = if voice.role.is_empty() { kind(voice) } else { voice.role.as_str() };
    if !role.is_empty() {
        name.push(classed("small", "", vec![classed("bdi", "", vec![text(role)])]));
    }
    vec![badge(voice), classed("div", "name", name)]
}

fn kind(voice: &Voice) -> &str {
    if voice.kind.is_empty() { "" } else { t(voice.kind) }
}

pub(super) fn class_of(plan: &Plan, speaker: Option<usize>) -> (&'static str, Option<&Voice>) {
    let voice = speaker.and_then(|s| plan.voices.voices.get(s));
    (colour(voice), voice)
}

pub(super) fn paragraph(line: &Line) -> String {
    number(line.spans.first().map_or(0, |span| span.block) + 1)
}
