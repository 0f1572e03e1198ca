//! Writes who said what as spans of the text that came in, for programs that keep that text themselves.

use super::json::Json;
use super::names::Named;
use crate::{
    Analysis, Article, Attribution, Resolution, Rule, Span, Speaker, Units, Utf16Units, Why,
};

/// What the offsets of [`write_standoff`] count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OffsetUnit {
    /// Unicode code points, as Python counts.
    CodePoints,
    /// UTF-16 code units, as JavaScript, Java and .NET count.
    Utf16,
}

/// Writes one JSON object, `{"language", "attributions": […], "speakers": […]}`, whose spans
/// `[start, end]` are half-open and count from the start of `text`.
///
/// `text` is what `article` was read from, unchanged. Each field is always there; what is not known
/// is `null` or `[]`. A span of a block without [`Block::origin`](crate::Block::origin) is left out.
///
/// - An attribution has `id`, `kind`, the spans `source`, `cue` and `content`, `speaker` (its
///   canonical name) and `speaker_id`, `why` (`rule`, `resolution` and both in `words`), `confidence`.
/// - A speaker has `id`, `name`, `kind`, `role`, `affiliation` and the spans `mentions`.
///
/// ```
/// use dixit_engine::{analyse, format, plain_text};
/// let text = "🎉 “We won,” said Ann Lee.";
/// let article = plain_text::body(text);
/// let analysis = analyse(&article);
/// let json = format::write_standoff(text, &article, &analysis, format::OffsetUnit::CodePoints);
/// assert!(json.contains(r#""content":[[2,11]]"#));
/// let json = format::write_standoff(text, &article, &analysis, format::OffsetUnit::Utf16);
/// assert!(json.contains(r#""content":[[3,12]]"#));
/// ```
pub fn write_standoff(
    text: &str,
    article: &Article,
    analysis: &Analysis,
    unit: OffsetUnit,
) -> String {
    let to_unit: Box<dyn Fn(usize) -> Option<usize> + '_> = match unit {
        OffsetUnit::CodePoints => {
            let units = Units::new(text);
            Box::new(move |at| units.to_code_points(text, at))
        }
        OffsetUnit::Utf16 => {
            let units = Utf16Units::new(text);
            Box::new(move |at| units.to_utf16(text, at))
        }
    };
    let to_text = |span: &Span| {
        let block = article.blocks.get(span.block)?;
        Some([to_unit(block.to_input(span.start)?)?, to_unit(block.to_input(span.end)?)?])
    };
    let mut json = Json::default();
    json.open('{');
    json.nullable("language", article.language.as_deref());
    json.list("attributions", &analysis.attributions, |json, a| {
        attribution(json, a, a.speaker.and_then(|s| analysis.speakers.get(s)), &to_text);
    });
    json.list("speakers", &analysis.speakers, |json, s| speaker(json, s, &to_text));
    json.close('}');
    json.text
}

type ToText<'a> = &'a dyn Fn(&Span) -> Option<[usize; 2]>;

fn attribution(json: &mut Json, a: &Attribution, by: Option<&Speaker>, to_text: ToText<'_>) {
    json.open('{');
    json.field("id", &a.id);
    json.field("kind", a.kind.name());
    spans(json, "source", a.source.as_slice(), to_text);
    spans(json, "cue", a.cue.as_slice(), to_text);
    spans(json, "content", &a.content, to_text);
    json.nullable("speaker", by.map(|s| s.name.as_str()));
    json.nullable("speaker_id", by.map(|s| s.id.as_str()));
    json.key("why");
    json.open('{');
    json.field("rule", a.why.rule.name());
    json.field("resolution", a.why.resolution.name());
    json.field("words", &words(a.why));
    json.close('}');
    json.field("confidence", a.confidence.name());
    json.close('}');
}

fn speaker(json: &mut Json, s: &Speaker, to_text: ToText<'_>) {
    json.open('{');
    json.field("id", &s.id);
    json.field("name", &s.name);
    json.field("kind", s.kind.name());
    json.nullable("role", s.role.as_deref());
    json.nullable("affiliation", s.affiliation.as_deref());
    spans(json, "mentions", &s.mentions, to_text);
    json.close('}');
}

fn spans(json: &mut Json, name: &str, list: &[Span], to_text: ToText<'_>) {
    let list: Vec<[usize; 2]> = list.iter().filter_map(to_text).collect();
    json.list(name, &list, |json, span| json.numbers(span));
}

fn words(why: Why) -> String {
    let rule = match why.rule {
        Rule::CueAfter => "source and then cue follow what is said",
        Rule::CueAfterInverted => "cue and then source follow what is said",
        Rule::CueBefore => "the cue stands before what is said",
        Rule::CueInside => "the cue stands between two halves of what is said",
        Rule::Fragment => "the cue takes the quoted words into its own clause",
        Rule::AccordingTo => "the cue names the source",
        Rule::Colon => "the source stands before a colon",
        Rule::Continuing => "without a cue, the quotation goes on from the one before",
        Rule::RunningOn => "the paragraph opens with a mark after one that was not closed",
        Rule::Attitude => "the cue tells what the source wants, thinks or does, not what it says",
        Rule::Nearby => "without a cue, the source is the only person named beside the quotation",
    };
    let resolution = match why.resolution {
        Resolution::Name => "the source holds the speaker's full name",
        Resolution::PartOfName => "the source holds a part of the speaker's name",
        Resolution::Pronoun => "the source is a pronoun for the last person before it who fits",
        Resolution::Description => "the source describes the speaker",
        Resolution::Unnamed => "the source is never named",
        Resolution::Carried => "the speaker is the one before",
        Resolution::Nobody => "nobody in the text fits",
    };
    format!("{rule}; {resolution}")
}
