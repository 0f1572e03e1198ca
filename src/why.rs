//! Says in words why a statement is given to its speaker.

use dixit_engine::{Analysis, Article, Attribution, AttributionKind, Confidence, Resolution, Rule};

use crate::voices::Voices;
use crate::wording::word;

/// A sentence in English, the key of its translation, and what stands in its places: names and words of the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The sentence, with `{}` for each value.
    pub english: &'static str,
    /// The values.
    pub values: Vec<String>,
}

/// Why a statement is given to its speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The speaker and how sure it is.
    pub title: Said,
    /// One sentence for each step that led there.
    pub sentences: Vec<Said>,
}

/// What is said of a name that [`mixes_scripts`].
pub const MIXED: &str =
    word("This name mixes letters of several alphabets, which can make it look like another.");

/// Whether a word of `name` holds letters of several alphabets that look alike, such as a Cyrillic “А” before Latin “nn”.
///
/// ```
/// use dixit_reader::why::mixes_scripts;
/// assert!(mixes_scripts("\u{410}nn Lee"));
/// assert!(!mixes_scripts("Ann Ли") && !mixes_scripts("Ана Петрова") && !mixes_scripts("Zoë Ångström"));
/// ```
pub fn mixes_scripts(name: &str) -> bool {
    let script = |c: char| match c {
        'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{24f}' => Some("Latin"),
        '\u{370}'..='\u{3ff}' => Some("Greek"),
        '\u{400}'..='\u{52f}' => Some("Cyrillic"),
        '\u{530}'..='\u{58f}' => Some("Armenian"),
        '\u{13a0}'..='\u{13ff}' => Some("Cherokee"),
        _ => None,
    };
    name.split_whitespace().any(|part| {
        let mut scripts = part.chars().filter_map(script);
        scripts.next().is_some_and(|first| scripts.any(|other| other != first))
    })
}

/// The reason for attribution `n`; `None` where there is no such attribution.
pub fn why(article: &Article, analysis: &Analysis, voices: &Voices, n: usize) -> Option<Reason> {
    let attribution = analysis.attributions.get(n)?;
    let speaker = attribution.speaker.and_then(|s| voices.voices.get(s));
    let name = speaker.map(|v| v.name.as_str());
    let steps = [
        Some(link(article, attribution, name)),
        subject(article, attribution),
        resolution(article, attribution, name),
        name.filter(|name| mixes_scripts(name)).map(|_| said(MIXED, &[])),
    ];
    let sentences = steps.into_iter().flatten().collect();
    Some(Reason { title: title(attribution.confidence, name), sentences })
}

/// The speaker and how sure it is; a guess is a question.
fn title(confidence: Confidence, name: Option<&str>) -> Said {
    let Some(name) = name else { return said(word("Nobody is named"), &[]) };
    let english = match confidence {
        Confidence::High => word("{}, quite sure"),
        Confidence::Medium => word("{}, likely"),
        Confidence::Low => word("Perhaps {}? A guess"),
    };
    said(english, &[name])
}

/// What links the content to its source.
fn link(article: &Article, attribution: &Attribution, name: Option<&str>) -> Said {
    let indirect = attribution.kind == AttributionKind::Indirect;
    let of_kind = |quotation, statement| if indirect { statement } else { quotation };
    let cue = attribution.cue.map(|span| article.text(span));
    let source = attribution.source.map(|span| article.text(span));
    let english = match (attribution.why.rule, cue, source) {
        (Rule::Colon, _, Some(source)) => {
            let english = of_kind(
                word("“{}” stands before a colon, and the quotation after it."),
                word("“{}” stands before a colon, and the statement after it."),
            );
            return said(english, &[source]);
        }
        (Rule::Nearby, _, Some(source)) => {
            let english = of_kind(
                word(
                    "No word of saying stands here, and “{}” is the only person named beside the quotation.",
                ),
                word(
                    "No word of saying stands here, and “{}” is the only person named beside the statement.",
                ),
            );
            return said(english, &[source]);
        }
        (Rule::AccordingTo, Some(cue), Some(source)) => {
            return said(word("“{}” names “{}” as the source."), &[cue, source]);
        }
        (Rule::Colon, _, None) => of_kind(
            word("A name stands before a colon, and the quotation after it."),
            word("A name stands before a colon, and the statement after it."),
        ),
        (Rule::Nearby, _, None) if name.is_some() => of_kind(
            word(
                "No word of saying stands here, and one person only is named beside the quotation.",
            ),
            word(
                "No word of saying stands here, and one person only is named beside the statement.",
            ),
        ),
        (Rule::Nearby, _, None) => word("No word of saying stands here."),
        (Rule::Continuing, ..) => of_kind(
            word("No word of saying stands here, and the quotation goes on from the one before."),
            word("No word of saying stands here, and the statement goes on from the one before."),
        ),
        (Rule::RunningOn, ..) => word(
            "The paragraph opens with a quotation mark, and the quotation before was not closed.",
        ),
        (_, None, _) => of_kind(
            word("A word of saying stands beside the quotation."),
            word("A word of saying stands beside the statement."),
        ),
        (rule, Some(cue), _) => {
            let english = match rule {
                Rule::CueAfter | Rule::CueAfterInverted => of_kind(
                    word("“{}” follows the quotation."),
                    word("“{}” follows the statement."),
                ),
                Rule::CueInside => of_kind(
                    word("“{}” stands between the two halves of the quotation."),
                    word("“{}” stands between the two halves of the statement."),
                ),
                Rule::Fragment => word("“{}” takes the quoted words into its own clause."),
                Rule::AccordingTo => word("“{}” names the source."),
                _ => of_kind(
                    word("“{}” stands before the quotation."),
                    word("“{}” stands before the statement."),
                ),
            };
            return said(english, &[cue]);
        }
    };
    said(english, &[])
}

/// Who does what the cue says.
fn subject(article: &Article, attribution: &Attribution) -> Option<Said> {
    let has_subject = matches!(
        attribution.why.rule,
        Rule::CueAfter
            | Rule::CueAfterInverted
            | Rule::CueBefore
            | Rule::Attitude
            | Rule::CueInside
            | Rule::Fragment
    );
    let source = attribution.source.filter(|_| has_subject)?;
    Some(said(word("Its subject is “{}”."), &[article.text(source)]))
}

/// How the source became the speaker.
fn resolution(article: &Article, attribution: &Attribution, name: Option<&str>) -> Option<Said> {
    let nobody = said(word("Nobody in the article fits."), &[]);
    let Some(name) = name else { return Some(nobody) };
    let source = attribution.source.map(|span| article.text(span));
    Some(match (attribution.why.resolution, source) {
        (Resolution::Name, _) | (Resolution::PartOfName | Resolution::Description, None) => {
            return None;
        }
        (Resolution::PartOfName, Some(source)) if source == name => return None,
        (Resolution::PartOfName, Some(source)) => {
            said(word("“{}” is a part of the name {}."), &[source, name])
        }
        (Resolution::Description, Some(source)) => {
            said(word("“{}” describes {}."), &[source, name])
        }
        (Resolution::Pronoun, _) => said(word("The last person before who fits is {}."), &[name]),
        (Resolution::Unnamed, _) => said(word("The article does not name this source."), &[]),
        (Resolution::Carried, _) => said(word("So it is still {}."), &[name]),
        (Resolution::Nobody, _) => nobody,
    })
}

fn said(english: &'static str, values: &[&str]) -> Said {
    Said { english, values: values.iter().map(|&value| value.to_owned()).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;
    use crate::wording::fill;
    use dixit_engine::{SpeakerKind, Why};

    fn written(said: &Said) -> String {
        let values: Vec<&str> = said.values.iter().map(String::as_str).collect();
        fill(said.english, &values)
    }

    fn all(reason: &Reason) -> String {
        let sentences: Vec<String> = reason.sentences.iter().map(written).collect();
        sentences.join(" ")
    }

    #[test]
    fn a_name_of_several_alphabets_is_marked() {
        for (name, is_marked) in [("\u{410}nn Lee", true), ("Ann Lee", false)] {
            let mut page = Fixture::default();
            let ann = page.speaker(name, SpeakerKind::Person);
            page.block(&format!("“Go,” said {name}."));
            page.quote("“Go,”", ann);
            let plan = page.plan();
            let reason = why(&plan.article, &plan.analysis, &plan.voices, 0).expect("a reason");
            assert_eq!(all(&reason).contains(MIXED), is_marked, "{name}");
        }
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
                "“said” follows the quotation. Its subject is “he”. The last person before who fits is Bo Berg.",
            ),
            (
                Rule::CueAfterInverted,
                By::Name,
                "said",
                "Bo Berg",
                "“said” follows the quotation. Its subject is “Bo Berg”.",
            ),
            (
                Rule::CueBefore,
                By::PartOfName,
                "said",
                "Berg",
                "“said” stands before the quotation. Its subject is “Berg”. “Berg” is a part of the name Bo Berg.",
            ),
            (
                Rule::CueInside,
                By::Description,
                "said",
                "the pilot",
                "“said” stands between the two halves of the quotation. Its subject is “the pilot”. “the pilot” describes Bo Berg.",
            ),
            (
                Rule::Fragment,
                By::Unnamed,
                "said",
                "the pilot",
                "“said” takes the quoted words into its own clause. Its subject is “the pilot”. The article does not name this source.",
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
                "No word of saying stands here, and the quotation goes on from the one before. So it is still Bo Berg.",
            ),
            (
                Rule::RunningOn,
                By::Carried,
                "",
                "",
                "The paragraph opens with a quotation mark, and the quotation before was not closed. So it is still Bo Berg.",
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
            assert_eq!(all(&reason), expected);
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
                let sentence = "“said” follows the quotation. Nobody in the article fits.";
                assert_eq!(all(&reason), sentence);
            }
        }
        let plan = Fixture::default().plan();
        assert_eq!(why(&plan.article, &plan.analysis, &plan.voices, 0), None);
    }
}
