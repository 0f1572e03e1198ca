//! Who said what: quotations, attributions and speakers, as plain data.

use crate::Span;

/// Who said what in one article. Published pages carry it as data.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Analysis {
    /// Every text in quotation marks, in reading order; not every one is attributed.
    pub quotations: Vec<Quotation>,
    /// Every statement that somebody is credited with, in reading order of its content.
    pub attributions: Vec<Attribution>,
    /// Everybody who is credited, in order of first statement.
    pub speakers: Vec<Speaker>,
}

/// A text inside quotation marks, within one block.
///
/// A quotation that runs over several paragraphs is one `Quotation` a paragraph; they share an attribution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// `q-…`, derived from its normalised words (equal quotations: with their context), not from counting.
    pub id: String,
    /// The text with its marks.
    pub span: Span,
    /// 0 for outermost, 1 for a quotation inside one, and so on.
    pub depth: u8,
    /// Index into [`Analysis::attributions`]; `None` for scare quotes, titles, nicknames and nested quotations.
    pub attribution: Option<usize>,
}

/// Source, cue and content of one statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// `a-…`, derived from its normalised content as the ids of quotations are.
    pub id: String,
    /// Whether the content stands in quotation marks.
    pub kind: AttributionKind,
    /// What was said, in reading order, quotation marks included; more than one where cue or paragraph split it. Never empty.
    pub content: Vec<Span>,
    /// The words that link, such as "said"; `None` where a quotation carries its speaker over.
    pub cue: Option<Span>,
    /// The mention credited; `None` where none stands with the content.
    pub source: Option<Span>,
    /// Index into [`Analysis::speakers`]; `None` where nobody could be named.
    pub speaker: Option<usize>,
    /// Which rule found it, and how the source became a speaker.
    pub why: Why,
    /// How sure it is. Low is shown as a question, never as a fact.
    pub confidence: Confidence,
}

/// How much of an attribution's content stands in quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttributionKind {
    /// All of it.
    Direct,
    /// Part of it.
    Mixed,
    /// None of it.
    Indirect,
}

/// Why an attribution holds: the rule that linked content and source, and how the source was resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Why {
    /// The surface pattern that linked content and source.
    pub rule: Rule,
    /// How the source became a speaker.
    pub resolution: Resolution,
}

/// The surface pattern that linked content and source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// “…,” Ann said.
    CueAfter,
    /// “…,” said Ann.
    CueAfterInverted,
    /// Ann said, “…”; Ann said that …
    CueBefore,
    /// “…,” Ann said, “…”; the cue stands between two halves.
    CueInside,
    /// Ann called it “…”; a part of the clause is quoted.
    Fragment,
    /// According to Ann, …
    AccordingTo,
    /// Ann: “…”
    Colon,
    /// A quotation without a cue that follows one by the same speaker.
    Continuing,
    /// A paragraph that opens with a mark after one that was not closed.
    RunningOn,
    /// A quotation without a cue, beside the only person whom its sentence or paragraph names.
    Nearby,
    /// Ann supports …; the cue is no verb of saying, and nothing of the content stands in marks.
    Attitude,
}

/// How a source became a speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolution {
    /// By the full name.
    Name,
    /// By a part of a name that is given in full elsewhere.
    PartOfName,
    /// By a pronoun: the last fitting person before it.
    Pronoun,
    /// By a role or description ("the spokesman") that fits a person named elsewhere.
    Description,
    /// By itself: a source that is never named ("two officials").
    Unnamed,
    /// Carried over from the statement before.
    Carried,
    /// Not at all: nobody fits.
    Nobody,
}

/// How sure an attribution is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// A guess, shown as a question.
    Low,
    /// Likely.
    Medium,
    /// Sure.
    High,
}

/// Somebody who is credited with a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// `s-…`, derived from the name.
    pub id: String,
    /// The fullest name of the article, without role; for an unnamed source its description ("a spokesman").
    pub name: String,
    /// The role as written beside the name ("Kremlin spokesman").
    pub role: Option<String>,
    /// The organisation that the role names, where it is told apart.
    pub affiliation: Option<String>,
    /// What kind of speaker it is.
    pub kind: SpeakerKind,
    /// Where the article mentions the speaker, in reading order; pronouns only where they are sources.
    pub mentions: Vec<Span>,
}

/// The kinds of speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpeakerKind {
    /// A named person.
    Person,
    /// An organisation, government or publication.
    Organization,
    /// Several together ("the United States and its allies").
    Group,
    /// A source that is never named ("a White House spokesman").
    Unnamed,
}

impl Analysis {
    /// The analysis with what somebody says alone: without attitudes, without what no
    /// source is named for, and without reported statements that are only guessed. What a reader of the article wants to see marked.
    ///
    /// ```
    /// let text = "“We lost,” Ann Lee said. The mayor supports the plan.";
    /// let analysis = dixit_engine::analyse(&dixit_engine::plain_text::body(text)).spoken();
    /// assert_eq!(analysis.speakers.len(), 1);
    /// ```
    pub fn spoken(mut self) -> Analysis {
        let spoken = |a: &Attribution| {
            let indirect = a.kind == AttributionKind::Indirect;
            let guess = a.speaker.is_none() || a.confidence == Confidence::Low;
            let nobody = a.source.is_none() && a.speaker.is_none();
            a.why.rule != Rule::Attitude && !nobody && !(indirect && guess)
        };
        let kept: Vec<bool> = self.attributions.iter().map(spoken).collect();
        let place = places(&kept);
        for quotation in &mut self.quotations {
            quotation.attribution = quotation.attribution.and_then(|a| place.get(a).copied()?);
        }
        self.attributions.retain(spoken);
        let speaks: Vec<bool> = (0..self.speakers.len())
            .map(|s| self.attributions.iter().any(|a| a.speaker == Some(s)))
            .collect();
        let place = places(&speaks);
        for attribution in &mut self.attributions {
            attribution.speaker = attribution.speaker.and_then(|s| place.get(s).copied()?);
        }
        let mut speaks = speaks.into_iter();
        self.speakers.retain(|_| speaks.next() == Some(true));
        self
    }
}

/// Where each element goes when only the kept ones stay.
fn places(kept: &[bool]) -> Vec<Option<usize>> {
    let mut next = 0..;
    kept.iter().map(|&kept| if kept { next.next() } else { None }).collect()
}
