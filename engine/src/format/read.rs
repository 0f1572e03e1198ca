//! Reads version 1, tolerantly: what does not fit is dropped, what is missing is empty.

use serde_json::Value;

use super::names::Named;
use super::spans::Spans;
use super::{FormatError, VERSION};
use crate::{
    Analysis, Article, Attribution, AttributionKind, Block, BlockKind, Confidence, Date, Mark,
    MarkKind, Origin, Problem, Quotation, Related, Resolution, Rule, SetAside, Span, Speaker,
    SpeakerKind, Units, Why,
};

/// A value of parsed JSON, whoever parsed it: `serde_json` natively, the browser in a page, whose
/// module then needs no parser.
pub trait Node: Sized {
    /// The field `name`; a node that is nothing where there is none.
    fn field(&self, name: &str) -> Self;
    /// The items of a list; none for anything else.
    fn items(&self) -> Vec<Self>;
    /// The text of a string.
    fn text(&self) -> Option<String>;
    /// A whole number from 0 on.
    fn number(&self) -> Option<usize>;
    /// Whether it is there: neither missing nor `null`.
    fn is_there(&self) -> bool;
}

impl Node for &Value {
    fn field(&self, name: &str) -> Self {
        self.get(name).unwrap_or(&Value::Null)
    }

    fn items(&self) -> Vec<Self> {
        self.as_array().map_or_else(Vec::new, |list| list.iter().collect())
    }

    fn text(&self) -> Option<String> {
        self.as_str().map(str::to_string)
    }

    fn number(&self) -> Option<usize> {
        self.as_u64().and_then(|n| usize::try_from(n).ok())
    }

    fn is_there(&self) -> bool {
        !self.is_null()
    }
}

/// Reads a document. Spans and indices that do not fit the article are dropped.
pub fn read(json: &str) -> Result<(Article, Option<Analysis>), FormatError> {
    let document: Value =
        serde_json::from_str(json).map_err(|e| FormatError::Malformed(e.to_string()))?;
    read_node(&&document)
}

/// Reads a document that is parsed already.
pub fn read_node<N: Node>(document: &N) -> Result<(Article, Option<Analysis>), FormatError> {
    if document.field("format").text().as_deref() != Some("dixit") {
        return Err(FormatError::OtherFormat);
    }
    let version = document.field("version").number().unwrap_or(0);
    if version > VERSION as usize {
        return Err(FormatError::Newer(u32::try_from(version).unwrap_or(u32::MAX)));
    }
    let value = document.field("article");
    if !value.field("blocks").is_there() {
        return Err(FormatError::Malformed("no article with blocks".into()));
    }
    let mut article = Article {
        id: text(&value, "id"),
        title: optional(&value, "title"),
        date: Some(value.field("date"))
            .filter(N::is_there)
            .map(|d| Date { iso: text(&d, "iso"), written: text(&d, "written") }),
        byline: optional(&value, "byline"),
        site: optional(&value, "site"),
        language: optional(&value, "language"),
        direction: named(&value, "direction").unwrap_or_default(),
        source_url: optional(&value, "source_url"),
        blocks: items(&value, "blocks").iter().map(block).collect(),
        related: items(&value, "related")
            .iter()
            .map(|r| Related {
                section: optional(r, "section"),
                title: text(r, "title"),
                teaser: optional(r, "teaser"),
            })
            .collect(),
        set_aside: items(&value, "set_aside")
            .iter()
            .filter_map(|s| {
                let before = number(s, "before").unwrap_or(usize::MAX);
                Some(SetAside { kind: named(s, "kind")?, text: text(s, "text"), before })
            })
            .collect(),
        problems: Vec::new(),
    };
    let n_blocks = article.blocks.len();
    for line in &mut article.set_aside {
        line.before = line.before.min(n_blocks);
    }
    let spans = Spans::new(&article);
    let problems = items(&value, "problems")
        .iter()
        .map(|p| Problem { at: span(p, "at", &spans), message: text(p, "message") })
        .collect();
    let value = document.field("analysis");
    let analysis = value.is_there().then(|| analysis(&value, &spans));
    article.problems = problems;
    Ok((article, analysis))
}

fn block<N: Node>(value: &N) -> Block {
    let content = text(value, "text");
    let units = Units::new(&content);
    let point = |v: Option<usize>| v.and_then(|n| units.to_bytes(&content, n));
    let depth = number(value, "depth").and_then(|n| n.try_into().ok()).unwrap_or(0);
    let is = |name| number(value, name) == Some(1);
    let kind = match text(value, "kind").as_str() {
        "heading" => {
            let level = number(value, "level").unwrap_or(2).clamp(2, 6);
            BlockKind::Heading(u8::try_from(level).unwrap_or(2))
        }
        "list-item" => BlockKind::ListItem { number: None, depth },
        "ordered-item" => {
            let n = number(value, "number").and_then(|n| n.try_into().ok());
            BlockKind::ListItem { number: Some(n.unwrap_or(1)), depth }
        }
        "quote" => BlockKind::Quote,
        "preformatted" => BlockKind::Preformatted,
        "image" => BlockKind::Image { url: text(value, "url"), credit: optional(value, "credit") },
        "caption" => BlockKind::Caption,
        "cell" => BlockKind::Cell { header: is("header"), first: is("first") },
        "rule" => BlockKind::Rule,
        _ => BlockKind::Paragraph,
    };
    let mark = |m: &N| {
        let (start, end) = (point(number(m, "start"))?, point(number(m, "end"))?);
        let kind = match text(m, "kind").as_str() {
            "emphasis" => MarkKind::Emphasis,
            "strong" => MarkKind::Strong,
            "code" => MarkKind::Code,
            "link" => MarkKind::Link(text(m, "url")),
            _ => return None,
        };
        (start < end).then_some(Mark { start, end, kind })
    };
    let marks = items(value, "marks").iter().filter_map(mark).collect();
    let origin = items(value, "origin")
        .iter()
        .filter_map(|o| match o.items().as_slice() {
            [at, input] => Some(Origin { at: point(at.number())?, input: input.number()? }),
            _ => None,
        })
        .collect();
    Block { kind, marks, origin, text: content }
}

fn analysis<N: Node>(value: &N, spans: &Spans<'_>) -> Analysis {
    let (attributions, speakers) = (items(value, "attributions"), items(value, "speakers"));
    let quotation = |q: &N| {
        Some(Quotation {
            id: text(q, "id"),
            span: span(q, "span", spans)?,
            depth: u8::try_from(number(q, "depth").unwrap_or(0)).unwrap_or(u8::MAX),
            attribution: number(q, "attribution").filter(|&a| a < attributions.len()),
        })
    };
    let attribution = |a: &N| Attribution {
        id: text(a, "id"),
        kind: named(a, "kind").unwrap_or(AttributionKind::Indirect),
        content: span_list(a, "content", spans),
        cue: span(a, "cue", spans),
        source: span(a, "source", spans),
        speaker: number(a, "speaker").filter(|&s| s < speakers.len()),
        why: Why {
            rule: named(a, "rule").unwrap_or(Rule::Nearby),
            resolution: named(a, "resolution").unwrap_or(Resolution::Nobody),
        },
        confidence: named(a, "confidence").unwrap_or(Confidence::Low),
    };
    let speaker = |s: &N| Speaker {
        id: text(s, "id"),
        name: text(s, "name"),
        role: optional(s, "role"),
        affiliation: optional(s, "affiliation"),
        kind: named(s, "kind").unwrap_or(SpeakerKind::Unnamed),
        mentions: span_list(s, "mentions", spans),
    };
    Analysis {
        quotations: items(value, "quotations").iter().filter_map(quotation).collect(),
        attributions: attributions.iter().map(attribution).collect(),
        speakers: speakers.iter().map(speaker).collect(),
    }
}

fn items<N: Node>(value: &N, name: &str) -> Vec<N> {
    value.field(name).items()
}

fn optional<N: Node>(value: &N, name: &str) -> Option<String> {
    value.field(name).text()
}

fn text<N: Node>(value: &N, name: &str) -> String {
    optional(value, name).unwrap_or_default()
}

fn number<N: Node>(value: &N, name: &str) -> Option<usize> {
    value.field(name).number()
}

fn named<N: Node, T: Named>(value: &N, name: &str) -> Option<T> {
    T::named(&optional(value, name)?)
}

fn to_span<N: Node>(node: &N, spans: &Spans<'_>) -> Option<Span> {
    match node.items().as_slice() {
        [block, start, end] => spans.to_bytes([block.number()?, start.number()?, end.number()?]),
        _ => None,
    }
}

fn span<N: Node>(value: &N, name: &str, spans: &Spans<'_>) -> Option<Span> {
    to_span(&value.field(name), spans)
}

fn span_list<N: Node>(value: &N, name: &str, spans: &Spans<'_>) -> Vec<Span> {
    items(value, name).iter().filter_map(|s| to_span(s, spans)).collect()
}
