//! Says in words why a statement is given to its speaker.

use dixit_engine::{Analysis, Article, Attribution, AttributionKind, Confidence, Resolution, Rule};

use crate::voices::Voices;

/// A piece of a sentence; names and citations are told apart so that they can be set off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Our words.
    Words(&'static str),
    /// Words of the article, to be shown in quotation marks.
    Cited(String),
    /// A speaker's name.
    Name(String),
}

/// Why a statement is given to its speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The speaker and how sure it is.
    pub title: Vec<Piece>,
    /// One sentence.
    pub sentence: Vec<Piece>,
}

use Piece::{Cited, Name, Words};

/// The reason for attribution `n`; `None` where there is no such attribution.
pub fn why(article: &Article, analysis: &Analysis, voices: &Voices, n: usize) -> Option<Reason> {
    let attribution = analysis.attributions.get(n)?;
    let speaker = attribution.speaker.and_then(|s| voices.voices.get(s));
    let name = speaker.map(|v| v.name.as_str());
    let mut sentence = link(article, attribution, name);
    sentence.extend(resolution(article, attribution, name));
    sentence.push(Words("."));
    Some(Reason { title: title(attribution.confidence, name), sentence })
}

/// The speaker and how sure it is; a guess is a question.
fn title(confidence: Confidence, name: Option<&str>) -> Vec<Piece> {
    let Some(name) = name else { return vec![Words("Nobody is named")] };
    let name = Name(name.to_owned());
    match confidence {
        Confidence::High => vec![name, Words(", quite sure")],
        Confidence::Medium => vec![name, Words(", likely")],
        Confidence::Low => vec![Words("Perhaps "), name, Words("? A guess")],
    }
}

/// What links the content to its source.
fn link(article: &Article, attribution: &Attribution, name: Option<&str>) -> Vec<Piece> {
    let what = match attribution.kind {
        AttributionKind::Indirect => "the statement",
        AttributionKind::Direct | AttributionKind::Mixed => "the quotation",
    };
    let cue = attribution.cue.map(|span| cited(article.text(span)));
    let source = attribution.source.map(|span| cited(article.text(span)));
    let cue = cue.unwrap_or(Words("A word of saying"));
    let subject = |before: &'static str| match &source {
        Some(source) => vec![Words(before), source.clone()],
        None => Vec::new(),
    };
    let mut pieces = match attribution.why.rule {
        Rule::CueAfter | Rule::CueAfterInverted => vec![cue, Words(" follows "), Words(what)],
        Rule::CueBefore | Rule::Attitude => {
            vec![cue, Words(" stands before "), Words(what)]
        }
        Rule::CueInside => vec![cue, Words(" stands between the two halves of "), Words(what)],
        Rule::Fragment => vec![cue, Words(" takes the quoted words into its own clause")],
        Rule::AccordingTo => {
            return match source {
                Some(source) => vec![cue, Words(" names "), source, Words(" as the source")],
                None => vec![cue, Words(" names the source")],
            };
        }
        Rule::Colon => {
            let source = source.unwrap_or(Words("A name"));
            return vec![
                source,
                Words(" stands before a colon, and "),
                Words(what),
                Words(" after it"),
            ];
        }
        Rule::Continuing => {
            return vec![
                Words("No word of saying stands here, and "),
                Words(what),
                Words(" goes on from the one before"),
            ];
        }
        Rule::RunningOn => {
            return vec![Words(
                "The paragraph opens with a quotation mark, and the quotation before was not closed",
            )];
        }
        Rule::Nearby => {
            let mut pieces = vec![Words("No word of saying stands here")];
            match (source, name) {
                (Some(source), _) => pieces.extend([
                    Words(", and "),
                    source,
                    Words(" is the only person named beside "),
                    Words(what),
                ]),
                (None, Some(_)) => {
                    pieces.extend([Words(", and one person only is named beside "), Words(what)])
                }
                (None, None) => {}
            }
            return pieces;
        }
    };
    let more = attribution.why.resolution == Resolution::Pronoun || name.is_none();
    pieces.extend(subject(if more { ", its subject is " } else { ", and its subject is " }));
    pieces
}

/// How the source became the speaker.
fn resolution(article: &Article, attribution: &Attribution, name: Option<&str>) -> Vec<Piece> {
    let Some(name) = name else { return vec![Words(", and nobody in the article fits")] };
    let source = attribution.source.map_or("", |span| article.text(span));
    let known = Name(name.to_owned());
    match attribution.why.resolution {
        Resolution::Name => Vec::new(),
        Resolution::PartOfName if source == name => Vec::new(),
        Resolution::PartOfName => vec![Words(", a part of the name "), known],
        Resolution::Pronoun => vec![Words(", and the last person before who fits is "), known],
        Resolution::Description => vec![Words(", which describes "), known],
        Resolution::Unnamed => vec![Words(", a source that the article does not name")],
        Resolution::Carried => vec![Words(", so it is still "), known],
        Resolution::Nobody => vec![Words(", and nobody in the article fits")],
    }
}

fn cited(text: &str) -> Piece {
    Cited(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;
    use dixit_engine::{SpeakerKind, Why};

    fn written(pieces: &[Piece]) -> String {
        let piece = |piece: &Piece| match piece {
            Words(words) => (*words).to_owned(),
            Cited(text) => format!("“{text}”"),
            Name(name) => name.clone(),
        };
        pieces.iter().map(piece).collect()
    }

    #[test]
    fn every_rule_and_resolution_is_said_in_words() {
        use Resolution as By;
        for (rule, by, cue, source, expected) in [
            (
                Rule::CueAfter,
                By::Pronoun,
                "said",
                "he",
                "“said” follows the quotation, its subject is “he”, and the last person before who fits is Bo Berg.",
            ),
            (
                Rule::CueAfterInverted,
                By::Name,
                "said",
                "Bo Berg",
                "“said” follows the quotation, and its subject is “Bo Berg”.",
            ),
            (
                Rule::CueBefore,
                By::PartOfName,
                "said",
                "Berg",
                "“said” stands before the quotation, and its subject is “Berg”, a part of the name Bo Berg.",
            ),
            (
                Rule::CueInside,
                By::Description,
                "said",
                "the pilot",
                "“said” stands between the two halves of the quotation, and its subject is “the pilot”, which describes Bo Berg.",
            ),
            (
                Rule::Fragment,
                By::Unnamed,
                "said",
                "the pilot",
                "“said” takes the quoted words into its own clause, and its subject is “the pilot”, a source that the article does not name.",
            ),
            (
                Rule::AccordingTo,
                By::Name,
                "according to",
                "Bo Berg",
                "“according to” names “Bo Berg” as the source.",
            ),
            (
                Rule::Colon,
                By::Name,
                "",
                "Bo Berg",
                "“Bo Berg” stands before a colon, and the quotation after it.",
            ),
            (
                Rule::Continuing,
                By::Carried,
                "",
                "",
                "No word of saying stands here, and the quotation goes on from the one before, so it is still Bo Berg.",
            ),
            (
                Rule::RunningOn,
                By::Carried,
                "",
                "",
                "The paragraph opens with a quotation mark, and the quotation before was not closed, so it is still Bo Berg.",
            ),
            (
                Rule::Nearby,
                By::Name,
                "",
                "Bo Berg",
                "No word of saying stands here, and “Bo Berg” is the only person named beside the quotation.",
            ),
        ] {
            let mut page = Fixture::default();
            let bo = page.speaker("Bo Berg", SpeakerKind::Person);
            page.block("“Yes,” said Bo Berg, according to the pilot; he said so.");
            let cue = (!cue.is_empty()).then(|| page.span(cue));
            let source = (!source.is_empty()).then(|| page.span(source));
            let attribution = page.quote("“Yes,”", bo);
            attribution.why = Why { rule, resolution: by };
            (attribution.cue, attribution.source) = (cue, source);
            let plan = page.plan();
            let reason = why(&plan.article, &plan.analysis, &plan.voices, 0).expect("a reason");
            assert_eq!(written(&reason.sentence), expected);
            assert_eq!(written(&reason.title), "Bo Berg, quite sure");
        }
    }

    #[test]
    fn a_guess_is_a_question_and_nobody_is_nobody() {
        for (confidence, named, expected) in [
            (Confidence::High, true, "Bo Berg, quite sure"),
            (Confidence::Medium, true, "Bo Berg, likely"),
            (Confidence::Low, true, "Perhaps Bo Berg? A guess"),
            (Confidence::Low, false, "Nobody is named"),
        ] {
            let mut page = Fixture::default();
            let bo = page.speaker("Bo Berg", SpeakerKind::Person);
            page.block("“Yes,” it was said.");
            let cue = page.span("said");
            let attribution = page.quote("“Yes,”", bo);
            attribution.confidence = confidence;
            attribution.cue = Some(cue);
            if !named {
                attribution.speaker = None;
            }
            let plan = page.plan();
            let reason = why(&plan.article, &plan.analysis, &plan.voices, 0).expect("a reason");
            assert_eq!(written(&reason.title), expected);
            if !named {
                let sentence = "“said” follows the quotation, and nobody in the article fits.";
                assert_eq!(written(&reason.sentence), sentence);
            }
        }
        let plan = Fixture::default().plan();
        assert_eq!(why(&plan.article, &plan.analysis, &plan.voices, 0), None);
    }
}
