//! Writes version 1.

use super::json::Json;
use super::names::Named;
use super::spans::Spans;
use crate::{
    Analysis, Article, Attribution, Block, BlockKind, Direction, Mark, MarkKind, Quotation, Span,
    Speaker, Units,
};

/// Writes a document.
///
/// ```
/// use dixit_engine::{format, plain_text};
/// let article = plain_text::read("Harbour vote\n\nThe council met.");
/// let json = format::write(&article, None);
/// assert_eq!(format::read(&json), Ok((article, None)));
/// ```
pub fn write(article: &Article, analysis: Option<&Analysis>) -> String {
    let spans = Spans::new(article);
    let mut json = Json::default();
    json.open('{');
    json.field("format", "dixit");
    json.count("version", super::VERSION as usize);
    json.key("article");
    write_article(&mut json, article, &spans);
    if let Some(analysis) = analysis {
        json.key("analysis");
        json.open('{');
        json.list("quotations", &analysis.quotations, |json, q| quotation(json, q, &spans));
        json.list("attributions", &analysis.attributions, |json, a| attribution(json, a, &spans));
        json.list("speakers", &analysis.speakers, |json, s| speaker(json, s, &spans));
        json.close('}');
    }
    json.close('}');
    json.text
}

fn write_article(json: &mut Json, article: &Article, spans: &Spans<'_>) {
    json.open('{');
    json.field("id", &article.id);
    json.optional("title", article.title.as_deref());
    if let Some(date) = &article.date {
        json.key("date");
        json.open('{');
        json.field("iso", &date.iso);
        json.field("written", &date.written);
        json.close('}');
    }
    json.optional("byline", article.byline.as_deref());
    json.optional("site", article.site.as_deref());
    json.optional("language", article.language.as_deref());
    if article.direction == Direction::Rtl {
        json.field("direction", article.direction.name());
    }
    json.optional("source_url", article.source_url.as_deref());
    json.list("blocks", &article.blocks, block);
    if !article.related.is_empty() {
        json.list("related", &article.related, |json, r| {
            json.open('{');
            json.optional("section", r.section.as_deref());
            json.field("title", &r.title);
            json.optional("teaser", r.teaser.as_deref());
            json.close('}');
        });
    }
    if !article.set_aside.is_empty() {
        json.list("set_aside", &article.set_aside, |json, s| {
            json.open('{');
            json.field("kind", s.kind.name());
            json.field("text", &s.text);
            json.count("before", s.before);
            json.close('}');
        });
    }
    if !article.problems.is_empty() {
        json.list("problems", &article.problems, |json, p| {
            json.open('{');
            optional_span(json, "at", p.at, spans);
            json.field("message", &p.message);
            json.close('}');
        });
    }
    json.close('}');
}

fn block(json: &mut Json, block: &Block) {
    let units = Units::new(&block.text);
    let point = |at| units.to_code_points(&block.text, at).unwrap_or(0);
    json.open('{');
    let kind = match block.kind {
        BlockKind::Paragraph => "paragraph",
        BlockKind::Heading(_) => "heading",
        BlockKind::ListItem { number: None, .. } => "list-item",
        BlockKind::ListItem { number: Some(_), .. } => "ordered-item",
        BlockKind::Quote => "quote",
        BlockKind::Preformatted => "preformatted",
        BlockKind::Image { .. } => "image",
        BlockKind::Caption => "caption",
        BlockKind::Cell { .. } => "cell",
        BlockKind::Rule => "rule",
    };
    json.field("kind", kind);
    match &block.kind {
        BlockKind::Heading(level) => json.count("level", usize::from(*level)),
        BlockKind::ListItem { number, depth } => {
            if let Some(number) = number {
                json.count("number", *number as usize);
            }
            if *depth > 0 {
                json.count("depth", usize::from(*depth));
            }
        }
        BlockKind::Image { url, credit } => {
            json.field("url", url);
            json.optional("credit", credit.as_deref());
        }
        // Whole numbers, since that is what every reader of this format reads: 1 for yes.
        BlockKind::Cell { header, first } => {
            for (name, _) in [("header", header), ("first", first)].into_iter().filter(|f| *f.1) {
                json.count(name, 1);
            }
        }
        _ => {}
    }
    json.field("text", &block.text);
    if !block.marks.is_empty() {
        json.list("marks", &block.marks, |json, m| mark(json, m, point(m.start), point(m.end)));
    }
    if !block.origin.is_empty() {
        json.list("origin", &block.origin, |json, o| json.numbers(&[point(o.at), o.input]));
    }
    json.close('}');
}

fn mark(json: &mut Json, mark: &Mark, start: usize, end: usize) {
    let (kind, url) = match &mark.kind {
        MarkKind::Emphasis => ("emphasis", None),
        MarkKind::Strong => ("strong", None),
        MarkKind::Code => ("code", None),
        MarkKind::Link(url) => ("link", Some(url.as_str())),
    };
    json.open('{');
    json.count("start", start);
    json.count("end", end);
    json.field("kind", kind);
    json.optional("url", url);
    json.close('}');
}

fn quotation(json: &mut Json, q: &Quotation, spans: &Spans<'_>) {
    json.open('{');
    json.field("id", &q.id);
    optional_span(json, "span", Some(q.span), spans);
    if q.depth > 0 {
        json.count("depth", usize::from(q.depth));
    }
    if let Some(attribution) = q.attribution {
        json.count("attribution", attribution);
    }
    json.close('}');
}

fn attribution(json: &mut Json, a: &Attribution, spans: &Spans<'_>) {
    json.open('{');
    json.field("id", &a.id);
    json.field("kind", a.kind.name());
    span_list(json, "content", &a.content, spans);
    optional_span(json, "cue", a.cue, spans);
    optional_span(json, "source", a.source, spans);
    if let Some(speaker) = a.speaker {
        json.count("speaker", speaker);
    }
    json.field("rule", a.why.rule.name());
    json.field("resolution", a.why.resolution.name());
    json.field("confidence", a.confidence.name());
    json.close('}');
}

fn speaker(json: &mut Json, s: &Speaker, spans: &Spans<'_>) {
    json.open('{');
    json.field("id", &s.id);
    json.field("name", &s.name);
    json.optional("role", s.role.as_deref());
    json.optional("affiliation", s.affiliation.as_deref());
    json.field("kind", s.kind.name());
    span_list(json, "mentions", &s.mentions, spans);
    json.close('}');
}

fn span_list(json: &mut Json, name: &str, list: &[Span], spans: &Spans<'_>) {
    json.list(name, list, |json, &s| {
        if let Some(numbers) = spans.to_code_points(s) {
            json.numbers(&numbers);
        }
    });
}

fn optional_span(json: &mut Json, name: &str, span: Option<Span>, spans: &Spans<'_>) {
    if let Some(numbers) = span.and_then(|s| spans.to_code_points(s)) {
        json.key(name);
        json.numbers(&numbers);
    }
}
