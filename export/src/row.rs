//! One statement with all that is known of it.

use dixit_engine::format::Named;
use dixit_engine::{
    Analysis, Article, Attribution, AttributionKind, Confidence, SpeakerKind, Units,
};

/// One statement: who said what, where, and how sure that is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Index into [`Analysis::attributions`].
    pub attribution: usize,
    /// `q-…` of its first quotation; where nothing stands in marks, `a-…` of the statement.
    pub id: String,
    /// The address that opens it in the reader.
    pub link: String,
    /// How much of it stands in quotation marks.
    pub kind: AttributionKind,
    /// The speaker; `None` where nobody could be named.
    pub who: Option<Who>,
    /// The words, as written; more than one part where cue or paragraph split them.
    pub parts: Vec<Part>,
    /// The words that link, such as "said"; empty where there are none.
    pub cue: String,
    /// The words that name the source; empty where there are none.
    pub source: String,
    /// The rule and the resolution that found the speaker, by their names in the JSON of the analysis.
    pub why: (&'static str, &'static str),
    /// How sure it is.
    pub confidence: Confidence,
}

/// A speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// `s-…`.
    pub id: String,
    /// The address that opens the speaker in the reader.
    pub link: String,
    /// The name, without characters that turn the text around it.
    pub name: String,
    /// The role; empty where none is told.
    pub role: String,
    /// The organisation of the role; empty where none is told apart.
    pub affiliation: String,
    /// What kind of speaker it is.
    pub kind: SpeakerKind,
}

/// A run of words within one paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The words, as written.
    pub words: String,
    /// The paragraph, from 1.
    pub paragraph: usize,
    /// The first code point in the paragraph, from 0.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The first code point in the article's paragraphs, joined by a line break.
    pub at: usize,
    /// The words before it in the paragraph, at most 32 code points.
    pub before: String,
    /// The words after it in the paragraph, at most 32 code points.
    pub after: String,
}

/// How many code points of context tell equal words apart.
pub(crate) const CONTEXT: usize = 32;

/// The statements of `analysis`, in its order. `page` is the address of the article in the reader, without fragment.
///
/// Spans that do not fit the article are left out, and a statement without words with them.
pub fn rows(article: &Article, analysis: &Analysis, page: &str) -> Vec<Row> {
    let texts: Vec<Text<'_>> = article
        .blocks
        .iter()
        .scan(0, |at, block| {
            let text = Text { text: &block.text, units: Units::new(&block.text), at: *at };
            *at += block.text.chars().count() + 1;
            Some(text)
        })
        .collect();
    let row = |(n, attribution): (usize, &Attribution)| {
        let parts: Vec<Part> = attribution
            .content
            .iter()
            .filter_map(|span| texts.get(span.block)?.part(span.block, span.start, span.end))
            .collect();
        let words = |span: Option<dixit_engine::Span>| {
            span.map_or(String::new(), |span| article.text(span).to_owned())
        };
        let id = fragment(analysis, n);
        (!parts.is_empty()).then(|| Row {
            attribution: n,
            link: [page, "#", &id].concat(),
            id,
            kind: attribution.kind,
            who: attribution.speaker.and_then(|s| who(analysis, s, page)),
            parts,
            cue: words(attribution.cue),
            source: words(attribution.source),
            why: (attribution.why.rule.name(), attribution.why.resolution.name()),
            confidence: attribution.confidence,
        })
    };
    analysis.attributions.iter().enumerate().filter_map(row).collect()
}

/// The fragment that names statement `n`: its first quotation's id, which a later version of the engine is least
/// likely to see otherwise; else its own.
pub fn fragment(analysis: &Analysis, n: usize) -> String {
    let quotation = analysis.quotations.iter().find(|q| q.depth == 0 && q.attribution == Some(n));
    let own = || analysis.attributions.get(n).map(|a| &a.id);
    quotation.map(|q| &q.id).or_else(own).cloned().unwrap_or_default()
}

fn who(analysis: &Analysis, n: usize, page: &str) -> Option<Who> {
    let speaker = analysis.speakers.get(n)?;
    let plain = |text: Option<&str>| without_turns(text.unwrap_or_default());
    Some(Who {
        id: speaker.id.clone(),
        link: [page, "#", &speaker.id].concat(),
        name: without_turns(&speaker.name),
        role: plain(speaker.role.as_deref()),
        affiliation: plain(speaker.affiliation.as_deref()),
        kind: speaker.kind,
    })
}

/// Leaves out the characters that turn the direction of the text around them.
pub(crate) fn without_turns(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|&c| !turns(c)).collect()
}

/// A paragraph and where it begins.
struct Text<'a> {
    text: &'a str,
    units: Units,
    at: usize,
}

impl Text<'_> {
    fn part(&self, block: usize, start: usize, end: usize) -> Option<Part> {
        let words = self.text.get(start..end).filter(|words| !words.is_empty())?;
        let begins = self.units.to_code_points(self.text, start)?;
        let before = self.text.get(..start)?;
        let from = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
        Some(Part {
            words: words.to_owned(),
            paragraph: block + 1,
            start: begins,
            end: self.units.to_code_points(self.text, end)?,
            at: self.at + begins,
            before: before.get(from..)?.to_owned(),
            after: self.text.get(end..)?.chars().take(CONTEXT).collect(),
        })
    }
}

/// What stands between the parts of a split statement.
pub(crate) const GAP: &str = " […] ";

impl Row {
    /// The words; parts are joined by " […] ".
    pub fn words(&self) -> String {
        let parts: Vec<&str> = self.parts.iter().map(|part| part.words.as_str()).collect();
        parts.join(GAP)
    }

    /// Where the parts stand: `paragraph:start-end`, in code points of the paragraph, apart by spaces.
    pub fn position(&self) -> String {
        let place = |part: &Part| {
            let [paragraph, start, end] =
                [part.paragraph, part.start, part.end].map(|n| n.to_string());
            [&paragraph, ":", &start, "-", &end].concat()
        };
        self.parts.iter().map(place).collect::<Vec<String>>().join(" ")
    }

    /// The paragraph in which it begins.
    pub fn paragraph(&self) -> usize {
        self.parts.first().map_or(0, |part| part.paragraph)
    }
}
