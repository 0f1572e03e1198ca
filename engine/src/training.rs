//! Turns annotated articles into examples of the scorer's choices.

use std::collections::HashMap;
use std::ops::Range;

use crate::languages::Languages;
use crate::scorer::{Features, Judge, Options};
use crate::statement::{BOTH, LEFT, NOWHERE, RIGHT, framed};
use crate::token::{self, Tokens};
use crate::{Article, Quotation, Span, quotation};

pub use crate::scorer::{Decision, UNIT, write};

/// One annotated attribution.
#[derive(Debug, Clone, Default)]
pub struct Gold {
    /// The words that name the source.
    pub source: Vec<Span>,
    /// The words that show that somebody says something.
    pub cue: Vec<Span>,
    /// What is said.
    pub content: Vec<Span>,
}

/// One choice and its right answer.
#[derive(Debug, Clone)]
pub struct Example {
    /// Which choice.
    pub decision: Decision,
    /// The features of each option.
    pub options: Vec<Vec<u32>>,
    /// The index of the right option.
    pub right: usize,
}

/// What an annotated cue stands for, as tokens of its block.
#[derive(Debug, Clone)]
struct Frame {
    cue: Range<usize>,
    source: Option<Range<usize>>,
    /// The source stands in another sentence.
    elsewhere: bool,
    left: Option<Range<usize>>,
    right: Option<Range<usize>>,
}

/// Answers every choice as the annotation does, and keeps the examples.
struct Teacher {
    frames: HashMap<(usize, usize), Frame>,
    /// Cue words that are neither cues nor none: inside a longer cue or what is said.
    neutral: HashMap<(usize, usize), ()>,
    examples: Vec<Example>,
}

/// The examples that `article` with its annotation gives. `weight` tells how much a lower-case word
/// looks like the head of a cue.
pub fn examples(article: &Article, gold: &[Gold], weight: impl Fn(&str) -> f32) -> Vec<Example> {
    let mut texts = article.blocks.iter().map(|b| b.text.as_str());
    let lexicon = Languages::built_in().lexicon(article.language.as_deref(), &mut texts);
    let found = quotation::quotations(article);
    let quotations: Vec<Quotation> = found
        .iter()
        .map(|f| Quotation { id: String::new(), span: f.span, depth: f.depth, attribution: None })
        .collect();
    let blocks = token::tokens(article, &quotations, lexicon);
    let mut teacher =
        Teacher { frames: HashMap::new(), neutral: HashMap::new(), examples: Vec::new() };
    for g in gold {
        teacher.enter(&blocks, g, &weight);
    }
    for block in &blocks {
        framed(block, &mut teacher);
    }
    teacher.examples
}

/// The tokens of a block that the spans cover by half or more.
fn covered(tokens: &Tokens<'_>, spans: &[Span], words: bool) -> Vec<usize> {
    let mut out = Vec::new();
    for (i, t) in tokens.list.iter().enumerate() {
        let inside: usize = spans
            .iter()
            .filter(|s| s.block == tokens.block)
            .map(|s| s.end.min(t.end).saturating_sub(s.start.max(t.start)))
            .sum();
        let word = !words || t.is_word() || t.is_quote();
        if word && inside * 2 >= t.end - t.start && inside > 0 {
            out.push(i);
        }
    }
    out
}

fn hull(tokens: &[usize]) -> Option<Range<usize>> {
    Some(*tokens.first()?..*tokens.last()? + 1)
}

impl Teacher {
    fn enter(&mut self, blocks: &[Tokens<'_>], gold: &Gold, weight: &impl Fn(&str) -> f32) {
        for c in &gold.content {
            let Some(block) = blocks.get(c.block) else { continue };
            for i in covered(block, &[*c], true) {
                self.neutral.insert((block.block, i), ());
            }
        }
        let Some(block) = gold.cue.first().and_then(|c| blocks.get(c.block)) else { return };
        let cue = covered(block, &gold.cue, false);
        let weight = |i: usize| {
            let t = block.at(i);
            let listed = if t.cue == 0 { 0.0 } else { 0.002 };
            if t.is_punct(":—–―-") { 0.001 } else { weight(&block.lower(i)) + listed }
        };
        let heads = cue.iter().copied().filter(|&i| weight(i) > 0.0);
        let head = heads.max_by(|&a, &b| weight(a).total_cmp(&weight(b)));
        for &i in &cue {
            self.neutral.insert((block.block, i), ());
        }
        let (Some(head), Some(cue)) = (head, hull(&cue)) else { return };
        let Some(sentence) = block.sentences.iter().find(|s| s.contains(&head)) else { return };
        let within = |spans: &[Span]| -> Vec<usize> {
            covered(block, spans, true).into_iter().filter(|i| sentence.contains(i)).collect()
        };
        let source = hull(&within(&gold.source));
        let content = within(&gold.content);
        let split = |side: &dyn Fn(usize) -> bool| {
            hull(&content.iter().copied().filter(|&i| side(i)).collect::<Vec<_>>())
        };
        let frame = Frame {
            elsewhere: source.is_none() && !gold.source.is_empty(),
            left: split(&|i| i < head),
            right: split(&|i| i > head),
            source,
            cue,
        };
        self.frames.insert((block.block, head), frame);
    }

    fn keep(&mut self, decision: Decision, options: &Features, right: usize) {
        if options.len() < 2 {
            return;
        }
        let features = (0..options.len()).map(|i| options.features(i).to_vec()).collect();
        self.examples.push(Example { decision, options: features, right });
    }
}

impl Judge for Teacher {
    type Options = Features;

    fn begin(&self, _: Decision, options: &mut Features) {
        *options = Features::default();
    }

    fn choose(
        &mut self,
        decision: Decision,
        at: (usize, usize),
        options: &Features,
    ) -> (usize, f32) {
        let frame = self.frames.get(&at).cloned();
        if decision == Decision::Cue {
            let yes = frame.is_some();
            if yes || !self.neutral.contains_key(&at) {
                self.keep(decision, options, usize::from(yes));
            }
            return (usize::from(yes), 1.0);
        }
        let Some(f) = frame else { return (0, 1.0) };
        let start = |r: &Option<Range<usize>>| r.as_ref().map(|r| r.start);
        let end = |r: &Option<Range<usize>>| r.as_ref().map(|r| r.end);
        let place = match decision {
            Decision::Cue => None,
            Decision::SourceStart if f.elsewhere => None,
            Decision::SourceStart => Some(start(&f.source).unwrap_or(NOWHERE)),
            Decision::SourceEnd => end(&f.source),
            Decision::Side => match (&f.left, &f.right) {
                (Some(_), Some(_)) => Some(BOTH),
                (Some(_), None) => Some(LEFT),
                (None, Some(_)) => Some(RIGHT),
                (None, None) => None,
            },
            Decision::RightStart => start(&f.right),
            Decision::RightEnd => end(&f.right),
            Decision::LeftStart => start(&f.left),
            Decision::LeftEnd => end(&f.left),
            Decision::CueStart => Some(f.cue.start),
            Decision::CueEnd => Some(f.cue.end),
        };
        let Some(place) = place else { return (0, 1.0) };
        match (0..options.len()).find(|&i| options.place(i) == place) {
            Some(right) => {
                self.keep(decision, options, right);
                (right, 1.0)
            }
            None => {
                let distance = |&i: &usize| options.place(i).abs_diff(place);
                ((0..options.len()).min_by_key(distance).unwrap_or(0), 1.0)
            }
        }
    }
}
