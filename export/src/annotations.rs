//! Who said what as W3C Web Annotations (<https://www.w3.org/TR/annotation-model/>).

use dixit_engine::format::{Json, Named};
use dixit_engine::{Article, AttributionKind, Confidence};

use crate::row::{Part, Row};

/// An `AnnotationCollection` with all of its annotations in one page, one annotation a statement.
///
/// Its target is the original page where that is known, else the article in the reader: each part by a
/// `TextQuoteSelector` with the words around it, and by a `TextPositionSelector` in code points of the article's
/// paragraphs joined by a line break. Its bodies are the speaker's name as a tag, and a description: what kind of
/// statement it is, the speaker's role, and how sure that is.
pub fn annotations(article: &Article, rows: &[Row], page: &str) -> String {
    let source = article.source_url.as_deref().unwrap_or(page);
    let mut json = Json::default();
    json.open('{');
    json.field("@context", "http://www.w3.org/ns/anno.jsonld");
    json.field("id", &[page, "#statements"].concat());
    json.field("type", "AnnotationCollection");
    json.field("label", &label(article));
    json.count("total", rows.len());
    json.key("first");
    json.open('{');
    json.field("id", &[page, "#statements-1"].concat());
    json.field("type", "AnnotationPage");
    json.count("startIndex", 0);
    let language = article.language.as_deref();
    json.list("items", rows, |json, row| annotation(json, row, source, language));
    json.close('}');
    json.close('}');
    json.text
}

fn label(article: &Article) -> String {
    ["Who said what: ", article.title.as_deref().unwrap_or("an article")].concat()
}

fn annotation(json: &mut Json, row: &Row, source: &str, language: Option<&str>) {
    json.open('{');
    json.field("id", &row.link);
    json.field("type", "Annotation");
    json.list("motivation", &["identifying", "tagging"], |json, purpose| json.string(purpose));
    json.key("body");
    json.open('[');
    if let Some(who) = &row.who {
        body(json, "tagging", &who.name);
    }
    body(json, "describing", &description(row));
    json.close(']');
    json.list("target", &row.parts, |json, part| target(json, part, source, language));
    json.close('}');
}

fn description(row: &Row) -> String {
    let kind = match row.kind {
        AttributionKind::Direct => "Quotation",
        AttributionKind::Mixed => "Partly quoted statement",
        AttributionKind::Indirect => "Reported statement",
    };
    let name = match &row.who {
        Some(who) if who.role.is_empty() => [" of ", &who.name].concat(),
        Some(who) => [" of ", &who.name, ", ", &who.role].concat(),
        None => " of somebody who is not named".to_owned(),
    };
    let guess = if row.confidence == Confidence::Low { "; a guess" } else { "" };
    [kind, &name, guess, " (confidence ", row.confidence.name(), ", rule ", row.why.0, ")"].concat()
}

fn body(json: &mut Json, purpose: &str, value: &str) {
    json.open('{');
    json.field("type", "TextualBody");
    json.field("purpose", purpose);
    json.field("format", "text/plain");
    json.field("value", value);
    json.close('}');
}

fn target(json: &mut Json, part: &Part, source: &str, language: Option<&str>) {
    json.open('{');
    json.field("type", "SpecificResource");
    json.field("source", source);
    json.optional("language", language);
    json.key("selector");
    json.open('[');
    json.open('{');
    json.field("type", "TextQuoteSelector");
    json.field("exact", &part.words);
    json.field("prefix", &part.before);
    json.field("suffix", &part.after);
    json.close('}');
    json.open('{');
    json.field("type", "TextPositionSelector");
    json.count("start", part.at);
    json.count("end", part.at + part.end - part.start);
    json.close('}');
    json.close(']');
    json.close('}');
}
