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

/// Reads a document. Spans and indices that do not fit the article are dropped.
pub fn read(json: &str) -> Result<(Article, Option<Analysis>), FormatError> {
    let document: Value =
        serde_json::from_str(json).map_err(|e| FormatError::Malformed(e.to_string()))?;
    if document["format"] != "dixit" {
        return Err(FormatError::OtherFormat);
    }
    let version = number(&document["version"]).unwrap_or(0);
    if version > VERSION as usize {
        return Err(FormatError::Newer(u32::try_from(version).unwrap_or(u32::MAX)));
    }
    let value = &document["article"];
    if !value["blocks"].is_array() {
        return Err(FormatError::Malformed("no article with blocks".into()));
    }
    let mut article = Article {
        id: text(&value["id"]),
        title: optional(&value["title"]),
        date: value["date"].is_object().then(|| Date {
            iso: text(&value["date"]["iso"]),
            written: text(&value["date"]["written"]),
        }),
        byline: optional(&value["byline"]),
        site: optional(&value["site"]),
        language: optional(&value["language"]),
        direction: named(&value["direction"]).unwrap_or_default(),
        source_url: optional(&value["source_url"]),
        blocks: items(&value["blocks"]).iter().map(block).collect(),
        related: items(&value["related"])
            .iter()
            .map(|r| Related {
                section: optional(&r["section"]),
                title: text(&r["title"]),
                teaser: optional(&r["teaser"]),
            })
            .collect(),
        set_aside: items(&value["set_aside"])
            .iter()
            .filter_map(|s| Some(SetAside { kind: named(&s["kind"])?, text: text(&s["text"]) }))
            .collect(),
        problems: Vec::new(),
    };
    let spans = Spans::new(&article);
    let problems = items(&value["problems"]).iter();
    let problems = problems
        .map(|p| Problem { at: span(&p["at"], &spans), message: text(&p["message"]) })
        .collect();
    let value = &document["analysis"];
    let analysis = value.is_object().then(|| analysis(value, &spans));
    article.problems = problems;
    Ok((article, analysis))
}

fn block(value: &Value) -> Block {
    let content = text(&value["text"]);
    let units = Units::new(&content);
    let at = |v: &Value| number(v).and_then(|n| units.to_bytes(&content, n));
    let kind = match value["kind"].as_str().unwrap_or("") {
        "heading" => {
            let level = number(&value["level"]).unwrap_or(2).clamp(2, 6);
            BlockKind::Heading(u8::try_from(level).unwrap_or(2))
        }
        "list-item" => BlockKind::ListItem { ordered: false },
        "ordered-item" => BlockKind::ListItem { ordered: true },
        "quote" => BlockKind::Quote,
        "preformatted" => BlockKind::Preformatted,
        "image" => BlockKind::Image { url: text(&value["url"]) },
        "rule" => BlockKind::Rule,
        _ => BlockKind::Paragraph,
    };
    let mark = |m: &Value| {
        let (start, end) = (at(&m["start"])?, at(&m["end"])?);
        let kind = match m["kind"].as_str()? {
            "emphasis" => MarkKind::Emphasis,
            "strong" => MarkKind::Strong,
            "code" => MarkKind::Code,
            "link" => MarkKind::Link(text(&m["url"])),
            _ => return None,
        };
        (start < end).then_some(Mark { start, end, kind })
    };
    let marks = items(&value["marks"]).iter().filter_map(mark).collect();
    let origin = items(&value["origin"])
        .iter()
        .filter_map(|o| Some(Origin { at: at(&o[0])?, input: number(&o[1])? }))
        .collect();
    Block { kind, marks, origin, text: content }
}

fn analysis(value: &Value, spans: &Spans<'_>) -> Analysis {
    let (attributions, speakers) = (items(&value["attributions"]), items(&value["speakers"]));
    let quotation = |q: &Value| {
        Some(Quotation {
            id: text(&q["id"]),
            span: span(&q["span"], spans)?,
            depth: u8::try_from(number(&q["depth"]).unwrap_or(0)).unwrap_or(u8::MAX),
            attribution: number(&q["attribution"]).filter(|&a| a < attributions.len()),
        })
    };
    let attribution = |a: &Value| Attribution {
        id: text(&a["id"]),
        kind: named(&a["kind"]).unwrap_or(AttributionKind::Indirect),
        content: span_list(&a["content"], spans),
        cue: span(&a["cue"], spans),
        source: span(&a["source"], spans),
        speaker: number(&a["speaker"]).filter(|&s| s < speakers.len()),
        why: Why {
            rule: named(&a["rule"]).unwrap_or(Rule::Nearby),
            resolution: named(&a["resolution"]).unwrap_or(Resolution::Nobody),
        },
        confidence: named(&a["confidence"]).unwrap_or(Confidence::Low),
    };
    let speaker = |s: &Value| Speaker {
        id: text(&s["id"]),
        name: text(&s["name"]),
        role: optional(&s["role"]),
        affiliation: optional(&s["affiliation"]),
        kind: named(&s["kind"]).unwrap_or(SpeakerKind::Unnamed),
        mentions: span_list(&s["mentions"], spans),
    };
    Analysis {
        quotations: items(&value["quotations"]).iter().filter_map(quotation).collect(),
        attributions: attributions.iter().map(attribution).collect(),
        speakers: speakers.iter().map(speaker).collect(),
    }
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn optional(value: &Value) -> Option<String> {
    value.as_str().map(str::to_string)
}

fn text(value: &Value) -> String {
    optional(value).unwrap_or_default()
}

fn number(value: &Value) -> Option<usize> {
    value.as_u64().and_then(|n| usize::try_from(n).ok())
}

fn named<T: Named>(value: &Value) -> Option<T> {
    T::named(value.as_str()?)
}

fn span(value: &Value, spans: &Spans<'_>) -> Option<Span> {
    spans.to_bytes([number(&value[0])?, number(&value[1])?, number(&value[2])?])
}

fn span_list(value: &Value, spans: &Spans<'_>) -> Vec<Span> {
    items(value).iter().filter_map(|s| span(s, spans)).collect()
}
