//! Version 1 of the JSON: shapes apart from the model's, so that either can change alone.

use crate::{self as model, Span, Units};
use serde::{Deserialize, Serialize};

type V1Span = (usize, usize, usize);

#[derive(Serialize, Deserialize)]
pub(super) struct Article {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byline: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    site: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(default, skip_serializing_if = "is_ltr")]
    direction: Direction,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_url: Option<String>,
    blocks: Vec<Block>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    related: Vec<Related>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    set_aside: Vec<SetAside>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    problems: Vec<Problem>,
}

#[derive(Serialize, Deserialize)]
struct Date {
    iso: String,
    written: String,
}

#[derive(Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Direction {
    #[default]
    Ltr,
    Rtl,
}

fn is_ltr(direction: &Direction) -> bool {
    *direction == Direction::Ltr
}

#[derive(Serialize, Deserialize)]
struct Block {
    kind: BlockKind,
    #[serde(default, skip_serializing_if = "is_zero")]
    level: u8,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    ordered: bool,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    url: String,
    text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    marks: Vec<Mark>,
    /// Pairs of code points of `text` and bytes of the input.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    origin: Vec<(usize, usize)>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde calls")]
fn is_zero(n: &u8) -> bool {
    *n == 0
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum BlockKind {
    Paragraph,
    Heading,
    ListItem,
    Quote,
    Preformatted,
    Image,
    Rule,
}

#[derive(Serialize, Deserialize)]
struct Mark {
    start: usize,
    end: usize,
    kind: MarkKind,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    url: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum MarkKind {
    Emphasis,
    Strong,
    Code,
    Link,
}

#[derive(Serialize, Deserialize)]
struct Related {
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<String>,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    teaser: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct SetAside {
    kind: SetAsideKind,
    text: String,
}

#[derive(Serialize, Deserialize)]
struct Problem {
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<V1Span>,
    message: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Analysis {
    quotations: Vec<Quotation>,
    attributions: Vec<Attribution>,
    speakers: Vec<Speaker>,
}

#[derive(Serialize, Deserialize)]
struct Quotation {
    id: String,
    span: V1Span,
    #[serde(default, skip_serializing_if = "is_zero")]
    depth: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    attribution: Option<usize>,
}

#[derive(Serialize, Deserialize)]
struct Attribution {
    id: String,
    kind: AttributionKind,
    content: Vec<V1Span>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cue: Option<V1Span>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<V1Span>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<usize>,
    rule: Rule,
    resolution: Resolution,
    confidence: Confidence,
}

#[derive(Serialize, Deserialize)]
struct Speaker {
    id: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    affiliation: Option<String>,
    kind: SpeakerKind,
    #[serde(default)]
    mentions: Vec<V1Span>,
}

/// Declares an enum of names and its conversions to and from the model's.
macro_rules! names {
    ($($name:ident { $($variant:ident),* $(,)? })*) => {$(
        #[derive(Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        enum $name { $($variant),* }
        impl From<model::$name> for $name {
            fn from(it: model::$name) -> $name {
                match it { $(model::$name::$variant => $name::$variant),* }
            }
        }
        impl From<$name> for model::$name {
            fn from(it: $name) -> model::$name {
                match it { $($name::$variant => model::$name::$variant),* }
            }
        }
    )*};
}

names! {
    SetAsideKind { Comments, Sharing, ReadMore, Label, Credit, Advertisement, Navigation }
    AttributionKind { Direct, Mixed, Indirect }
    Rule { CueAfter, CueAfterInverted, CueBefore, CueInside, Fragment, AccordingTo, Colon, Continuing, RunningOn, Nearby }
    Resolution { Name, PartOfName, Pronoun, Description, Unnamed, Carried, Nobody }
    Confidence { Low, Medium, High }
    SpeakerKind { Person, Organization, Group, Unnamed }
}

/// Converts the spans of one article, with a table for each block.
struct Spans<'a> {
    article: &'a model::Article,
    units: Vec<Units>,
}

impl<'a> Spans<'a> {
    fn new(article: &'a model::Article) -> Spans<'a> {
        Spans { article, units: article.blocks.iter().map(|b| Units::new(&b.text)).collect() }
    }

    fn write(&self, span: Span) -> Option<V1Span> {
        let text = &self.article.blocks.get(span.block)?.text;
        let units = self.units.get(span.block)?;
        let start = units.to_code_points(text, span.start)?;
        Some((span.block, start, units.to_code_points(text, span.end)?))
    }

    fn read(&self, (block, start, end): V1Span) -> Option<Span> {
        let text = &self.article.blocks.get(block)?.text;
        let units = self.units.get(block)?;
        let (start, end) = (units.to_bytes(text, start)?, units.to_bytes(text, end)?);
        (start <= end).then_some(Span { block, start, end })
    }
}

impl Article {
    pub(super) fn from_model(article: &model::Article) -> Article {
        let spans = Spans::new(article);
        Article {
            id: article.id.clone(),
            title: article.title.clone(),
            date: article
                .date
                .as_ref()
                .map(|d| Date { iso: d.iso.clone(), written: d.written.clone() }),
            byline: article.byline.clone(),
            site: article.site.clone(),
            language: article.language.clone(),
            direction: match article.direction {
                model::Direction::Ltr => Direction::Ltr,
                model::Direction::Rtl => Direction::Rtl,
            },
            source_url: article.source_url.clone(),
            blocks: article.blocks.iter().map(Block::from_model).collect(),
            related: article
                .related
                .iter()
                .map(|r| Related {
                    section: r.section.clone(),
                    title: r.title.clone(),
                    teaser: r.teaser.clone(),
                })
                .collect(),
            set_aside: article
                .set_aside
                .iter()
                .map(|s| SetAside { kind: s.kind.into(), text: s.text.clone() })
                .collect(),
            problems: article
                .problems
                .iter()
                .map(|p| Problem {
                    at: p.at.and_then(|at| spans.write(at)),
                    message: p.message.clone(),
                })
                .collect(),
        }
    }

    pub(super) fn into_model(self) -> model::Article {
        let mut article = model::Article {
            id: self.id,
            title: self.title,
            date: self.date.map(|d| model::Date { iso: d.iso, written: d.written }),
            byline: self.byline,
            site: self.site,
            language: self.language,
            direction: match self.direction {
                Direction::Ltr => model::Direction::Ltr,
                Direction::Rtl => model::Direction::Rtl,
            },
            source_url: self.source_url,
            blocks: self.blocks.into_iter().map(Block::into_model).collect(),
            related: self
                .related
                .into_iter()
                .map(|r| model::Related { section: r.section, title: r.title, teaser: r.teaser })
                .collect(),
            set_aside: self
                .set_aside
                .into_iter()
                .map(|s| model::SetAside { kind: s.kind.into(), text: s.text })
                .collect(),
            problems: Vec::new(),
        };
        let spans = Spans::new(&article);
        let problems = self
            .problems
            .into_iter()
            .map(|p| model::Problem { at: p.at.and_then(|at| spans.read(at)), message: p.message })
            .collect();
        article.problems = problems;
        article
    }
}

impl Block {
    fn from_model(block: &model::Block) -> Block {
        let units = Units::new(&block.text);
        let point = |at| units.to_code_points(&block.text, at).unwrap_or(0);
        let (mut level, mut ordered, mut url) = (0, false, String::new());
        let kind = match &block.kind {
            model::BlockKind::Paragraph => BlockKind::Paragraph,
            model::BlockKind::Heading(n) => {
                level = *n;
                BlockKind::Heading
            }
            model::BlockKind::ListItem { ordered: numbered } => {
                ordered = *numbered;
                BlockKind::ListItem
            }
            model::BlockKind::Quote => BlockKind::Quote,
            model::BlockKind::Preformatted => BlockKind::Preformatted,
            model::BlockKind::Image { url: address } => {
                url.clone_from(address);
                BlockKind::Image
            }
            model::BlockKind::Rule => BlockKind::Rule,
        };
        let mark = |m: &model::Mark| {
            let (kind, url) = match &m.kind {
                model::MarkKind::Emphasis => (MarkKind::Emphasis, String::new()),
                model::MarkKind::Strong => (MarkKind::Strong, String::new()),
                model::MarkKind::Code => (MarkKind::Code, String::new()),
                model::MarkKind::Link(url) => (MarkKind::Link, url.clone()),
            };
            Mark { start: point(m.start), end: point(m.end), kind, url }
        };
        Block {
            kind,
            level,
            ordered,
            url,
            marks: block.marks.iter().map(mark).collect(),
            origin: block.origin.iter().map(|o| (point(o.at), o.input)).collect(),
            text: block.text.clone(),
        }
    }

    fn into_model(self) -> model::Block {
        let units = Units::new(&self.text);
        let kind = match self.kind {
            BlockKind::Paragraph => model::BlockKind::Paragraph,
            BlockKind::Heading => model::BlockKind::Heading(self.level.clamp(2, 6)),
            BlockKind::ListItem => model::BlockKind::ListItem { ordered: self.ordered },
            BlockKind::Quote => model::BlockKind::Quote,
            BlockKind::Preformatted => model::BlockKind::Preformatted,
            BlockKind::Image => model::BlockKind::Image { url: self.url },
            BlockKind::Rule => model::BlockKind::Rule,
        };
        let mark = |m: Mark| {
            let start = units.to_bytes(&self.text, m.start)?;
            let end = units.to_bytes(&self.text, m.end)?;
            let kind = match m.kind {
                MarkKind::Emphasis => model::MarkKind::Emphasis,
                MarkKind::Strong => model::MarkKind::Strong,
                MarkKind::Code => model::MarkKind::Code,
                MarkKind::Link => model::MarkKind::Link(m.url),
            };
            (start < end).then_some(model::Mark { start, end, kind })
        };
        let origin =
            |(at, input)| Some(model::Origin { at: units.to_bytes(&self.text, at)?, input });
        model::Block {
            kind,
            marks: self.marks.into_iter().filter_map(mark).collect(),
            origin: self.origin.into_iter().filter_map(origin).collect(),
            text: self.text,
        }
    }
}

impl Analysis {
    pub(super) fn from_model(analysis: &model::Analysis, article: &model::Article) -> Analysis {
        let spans = Spans::new(article);
        let all = |list: &[Span]| list.iter().filter_map(|&s| spans.write(s)).collect::<Vec<_>>();
        Analysis {
            quotations: analysis
                .quotations
                .iter()
                .filter_map(|q| {
                    Some(Quotation {
                        id: q.id.clone(),
                        span: spans.write(q.span)?,
                        depth: q.depth,
                        attribution: q.attribution,
                    })
                })
                .collect(),
            attributions: analysis
                .attributions
                .iter()
                .map(|a| Attribution {
                    id: a.id.clone(),
                    kind: a.kind.into(),
                    content: all(&a.content),
                    cue: a.cue.and_then(|s| spans.write(s)),
                    source: a.source.and_then(|s| spans.write(s)),
                    speaker: a.speaker,
                    rule: a.why.rule.into(),
                    resolution: a.why.resolution.into(),
                    confidence: a.confidence.into(),
                })
                .collect(),
            speakers: analysis
                .speakers
                .iter()
                .map(|s| Speaker {
                    id: s.id.clone(),
                    name: s.name.clone(),
                    role: s.role.clone(),
                    affiliation: s.affiliation.clone(),
                    kind: s.kind.into(),
                    mentions: all(&s.mentions),
                })
                .collect(),
        }
    }

    pub(super) fn into_model(self, article: &model::Article) -> model::Analysis {
        let spans = Spans::new(article);
        let all =
            |list: Vec<V1Span>| list.into_iter().filter_map(|s| spans.read(s)).collect::<Vec<_>>();
        let (n_attributions, n_speakers) = (self.attributions.len(), self.speakers.len());
        model::Analysis {
            quotations: self
                .quotations
                .into_iter()
                .filter_map(|q| {
                    Some(model::Quotation {
                        id: q.id,
                        span: spans.read(q.span)?,
                        depth: q.depth,
                        attribution: q.attribution.filter(|&a| a < n_attributions),
                    })
                })
                .collect(),
            attributions: self
                .attributions
                .into_iter()
                .map(|a| model::Attribution {
                    id: a.id,
                    kind: a.kind.into(),
                    content: all(a.content),
                    cue: a.cue.and_then(|s| spans.read(s)),
                    source: a.source.and_then(|s| spans.read(s)),
                    speaker: a.speaker.filter(|&s| s < n_speakers),
                    why: model::Why { rule: a.rule.into(), resolution: a.resolution.into() },
                    confidence: a.confidence.into(),
                })
                .collect(),
            speakers: self
                .speakers
                .into_iter()
                .map(|s| model::Speaker {
                    id: s.id,
                    name: s.name,
                    role: s.role,
                    affiliation: s.affiliation,
                    kind: s.kind.into(),
                    mentions: all(s.mentions),
                })
                .collect(),
        }
    }
}
