//! Articles and analyses for tests, built from sentences and the words that are quoted in them.

use std::rc::Rc;

use dixit_engine::{
    Analysis, Article, Attribution, AttributionKind, Block, Confidence, Quotation, Resolution,
    Rule, Span, Speaker, SpeakerKind, Why,
};

use crate::plan::Plan;

/// A page in the making; words are looked up in the block that was added last.
#[derive(Default)]
pub(crate) struct Fixture {
    pub article: Article,
    pub analysis: Analysis,
}

impl Fixture {
    pub(crate) fn speaker(&mut self, name: &str, kind: SpeakerKind) -> usize {
        self.analysis.speakers.push(Speaker {
            id: format!("s-{}", name.to_lowercase().replace(' ', "-")),
            name: name.into(),
            role: None,
            affiliation: None,
            kind,
            mentions: Vec::new(),
        });
        self.analysis.speakers.len() - 1
    }

    pub(crate) fn block(&mut self, text: &str) {
        self.article.blocks.push(Block::paragraph(text));
    }

    pub(crate) fn span(&self, words: &str) -> Span {
        let block = self.article.blocks.len() - 1;
        let start = self.article.blocks[block].text.find(words).expect(words);
        Span { block, start, end: start + words.len() }
    }

    /// A direct quotation by `speaker`.
    pub(crate) fn quote(&mut self, words: &str, speaker: usize) -> &mut Attribution {
        let span = self.span(words);
        self.analysis.quotations.push(Quotation {
            id: format!("q-{}", self.analysis.quotations.len()),
            span,
            depth: 0,
            attribution: Some(self.analysis.attributions.len()),
        });
        self.attribution(span, AttributionKind::Direct, speaker)
    }

    /// A reported statement by `speaker`.
    pub(crate) fn report(&mut self, words: &str, speaker: usize) -> &mut Attribution {
        let span = self.span(words);
        self.attribution(span, AttributionKind::Indirect, speaker)
    }

    /// A quotation that nobody is credited with.
    pub(crate) fn unattributed(&mut self, words: &str) -> &mut Quotation {
        let span = self.span(words);
        let id = format!("q-{}", self.analysis.quotations.len());
        self.analysis.quotations.push(Quotation { id, span, depth: 0, attribution: None });
        self.analysis.quotations.last_mut().expect("just pushed")
    }

    /// Widens the content of the last attribution, which is then mixed.
    pub(crate) fn content(&mut self, words: &str) {
        let span = self.span(words);
        let last = self.analysis.attributions.last_mut().expect("an attribution");
        (last.kind, last.content) = (AttributionKind::Mixed, vec![span]);
    }

    pub(crate) fn mention(&mut self, words: &str, speaker: usize) {
        let span = self.span(words);
        self.analysis.speakers[speaker].mentions.push(span);
    }

    pub(crate) fn parts(self) -> (Article, Analysis) {
        (self.article, self.analysis)
    }

    pub(crate) fn plan(self) -> Plan {
        Plan::new(Rc::new(self.article), Rc::new(self.analysis))
    }

    fn attribution(
        &mut self,
        span: Span,
        kind: AttributionKind,
        speaker: usize,
    ) -> &mut Attribution {
        self.analysis.attributions.push(Attribution {
            id: format!("a-{}", self.analysis.attributions.len()),
            kind,
            content: vec![span],
            cue: None,
            source: None,
            speaker: Some(speaker),
            why: Why { rule: Rule::CueAfter, resolution: Resolution::Name },
            confidence: Confidence::High,
        });
        self.analysis.attributions.last_mut().expect("just pushed")
    }
}
