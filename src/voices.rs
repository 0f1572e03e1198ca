//! Who is heard in an article, how much and where, and how each voice looks.

use dixit_engine::{Analysis, Article, AttributionKind, Confidence, Speaker, SpeakerKind};

use crate::words;

/// The length of a position strip and of the share of voice.
pub const WHOLE: usize = 10_000;
/// Colours for named voices; one more is for those without a name.
const N_COLOURS: usize = 7;
const N_PATTERNS: usize = 8;
const CLOSING_NAME_PARTS: [&str; 6] = ["Jr.", "Jr", "Sr.", "Sr", "II", "III"];

/// Everybody who is heard in one article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Voices {
    /// One for each speaker of the analysis, at the same index.
    pub voices: Vec<Voice>,
    /// Speakers with a quotation, those who say most words first.
    pub quoted: Vec<usize>,
    /// Speakers with reported statements only, in order of first statement.
    pub reported: Vec<usize>,
    /// Quotations that somebody is credited with.
    pub n_quotes: usize,
    /// Reported statements.
    pub n_statements: usize,
    /// Words of the article's blocks.
    pub n_words: usize,
}

/// One speaker's part in an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    /// The name, without characters that would turn the text around it.
    pub name: String,
    /// What fits on a chip: the surname of a person.
    pub short: String,
    /// One or two letters; "?" for a source without a name.
    pub initials: String,
    /// The role, else the organisation of the role; empty where neither is told.
    pub role: String,
    /// What kind of speaker it is; empty for a person.
    pub kind: &'static str,
    /// How the voice is marked.
    pub look: Look,
    /// Quotations; one that runs over several paragraphs counts once.
    pub n_quotes: usize,
    /// Reported statements, that is without quotation marks.
    pub n_statements: usize,
    /// Words in quotation marks.
    pub n_words: usize,
    /// The statements, in reading order.
    pub statements: Vec<Statement>,
}

/// Where a statement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statement {
    /// Index into [`Analysis::attributions`].
    pub attribution: usize,
    /// The place of its first byte in the article, from 0 to [`WHOLE`].
    pub place: usize,
}

/// How a voice is marked: never by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// 1 to 8; 8 is for sources without a name.
    pub colour: usize,
    /// Pattern of the underline, 0 to 7.
    pub pattern: usize,
    /// Outline of the badge.
    pub shape: Shape,
}

/// Outlines of badges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A person.
    Round,
    /// An organisation or group.
    Square,
    /// A source without a name.
    Dashed,
}

/// One part of the share of voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Index of the speaker.
    pub speaker: usize,
    /// Where it begins, from 0 to [`WHOLE`].
    pub x: usize,
    /// How long it is; at least 1.
    pub width: usize,
}

/// Counts who is heard in `article`.
pub fn voices(article: &Article, analysis: &Analysis) -> Voices {
    let mut voices: Vec<Voice> = analysis.speakers.iter().map(unheard).collect();
    let mut n_quotes = 0;
    let mut last_block: Vec<Option<usize>> = vec![None; analysis.attributions.len()];
    for quotation in analysis.quotations.iter().filter(|q| q.depth == 0) {
        let Some(n) = quotation.attribution else { continue };
        let Some(attribution) = analysis.attributions.get(n) else { continue };
        let before = last_block.get_mut(n).and_then(|last| last.replace(quotation.span.block));
        let runs_on = before.is_some_and(|block| block != quotation.span.block);
        n_quotes += usize::from(!runs_on);
        if let Some(voice) = attribution.speaker.and_then(|s| voices.get_mut(s)) {
            voice.n_quotes += usize::from(!runs_on);
            voice.n_words += words::count(article.text(quotation.span));
        }
    }

    let mut begins = Vec::with_capacity(article.blocks.len());
    let mut length = 0;
    for block in &article.blocks {
        begins.push(length);
        length += block.text.len();
    }
    let mut n_statements = 0;
    for (n, attribution) in analysis.attributions.iter().enumerate() {
        let indirect = attribution.kind == AttributionKind::Indirect;
        n_statements += usize::from(indirect);
        let Some(voice) = attribution.speaker.and_then(|s| voices.get_mut(s)) else { continue };
        voice.n_statements += usize::from(indirect);
        let Some(span) = attribution.content.first() else { continue };
        let Some(begin) = begins.get(span.block) else { continue };
        let place = ((begin + span.start) * WHOLE).checked_div(length).unwrap_or(0).min(WHOLE);
        voice.statements.push(Statement { attribution: n, place });
    }
    for voice in &mut voices {
        voice.statements.sort_by_key(|s| s.place);
    }

    let heard = |&s: &usize| voices.get(s).is_some_and(|v: &Voice| v.n_quotes > 0);
    let (mut quoted, mut reported): (Vec<usize>, Vec<usize>) = (0..voices.len()).partition(heard);
    reported.retain(|&s| voices.get(s).is_some_and(|v| v.n_statements > 0));
    quoted.sort_by_key(|&s| std::cmp::Reverse(voices.get(s).map_or(0, |v| v.n_words)));
    let n_words = article.blocks.iter().map(|b| words::count(&b.text)).sum();
    let mut all = Voices { voices, quoted, reported, n_quotes, n_statements, n_words };
    all.paint(&analysis.speakers);
    all
}

impl Voices {
    /// Gives colours and patterns: neighbours in the panel differ in both, and the same colour
    /// comes again only with another pattern (for the first 56 voices).
    fn paint(&mut self, speakers: &[Speaker]) {
        let (mut named, mut unnamed) = (0, 0);
        for &s in self.quoted.iter().chain(&self.reported) {
            let (Some(voice), Some(speaker)) = (self.voices.get_mut(s), speakers.get(s)) else {
                continue;
            };
            if speaker.kind == SpeakerKind::Unnamed {
                voice.look.colour = N_COLOURS + 1;
                voice.look.pattern = (N_PATTERNS - 1 + unnamed) % N_PATTERNS;
                unnamed += 1;
            } else {
                voice.look.colour = named % N_COLOURS + 1;
                voice.look.pattern = (named + 2 * (named / N_COLOURS)) % N_PATTERNS;
                named += 1;
            }
        }
    }

    /// How many are heard.
    pub fn n_voices(&self) -> usize {
        self.quoted.len() + self.reported.len()
    }

    /// The share of the quoted words, one part for each quoted speaker, with gaps between.
    pub fn shares(&self) -> Vec<Share> {
        let words = |s: usize| self.voices.get(s).map_or(0, |v| v.n_words);
        let total: usize = self.quoted.iter().map(|&s| words(s)).sum();
        let n_gaps = self.quoted.len().saturating_sub(1);
        let gap = 50.min((WHOLE / 5).checked_div(n_gaps).unwrap_or(0));
        let room = WHOLE.saturating_sub(gap * n_gaps);
        let mut x = 0;
        let mut shares = Vec::with_capacity(self.quoted.len());
        for &speaker in &self.quoted {
            let width = (words(speaker) * room).checked_div(total).unwrap_or(0).max(1);
            shares.push(Share { speaker, x, width });
            x += width + gap;
        }
        shares
    }
}

/// A voice without statements, in the look of those that have no name.
fn unheard(speaker: &Speaker) -> Voice {
    let name = plain(&speaker.name);
    let kind = match speaker.kind {
        SpeakerKind::Person => "",
        SpeakerKind::Organization => "organisation",
        SpeakerKind::Group => "group",
        SpeakerKind::Unnamed => "unnamed source",
    };
    let role = match (&speaker.role, &speaker.affiliation) {
        (Some(role), _) | (None, Some(role)) => plain(role),
        (None, None) => String::new(),
    };
    Voice {
        short: short(&name, speaker.kind),
        initials: initials(&name, speaker.kind),
        name,
        role,
        kind,
        look: Look {
            colour: N_COLOURS + 1,
            pattern: 0,
            shape: match speaker.kind {
                SpeakerKind::Person => Shape::Round,
                SpeakerKind::Organization | SpeakerKind::Group => Shape::Square,
                SpeakerKind::Unnamed => Shape::Dashed,
            },
        },
        n_quotes: 0,
        n_statements: 0,
        n_words: 0,
        statements: Vec::new(),
    }
}

/// Leaves out the characters that turn the direction of the text around them.
fn plain(name: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    name.chars().filter(|&c| !turns(c)).collect()
}

fn short(name: &str, kind: SpeakerKind) -> String {
    match kind {
        SpeakerKind::Person => {
            let mut words = name.split_whitespace().rev();
            words.find(|w| !CLOSING_NAME_PARTS.contains(w)).unwrap_or(name).to_owned()
        }
        SpeakerKind::Organization | SpeakerKind::Group => {
            name.strip_prefix("the ").unwrap_or(name).to_owned()
        }
        SpeakerKind::Unnamed => "unnamed".to_owned(),
    }
}

fn initials(name: &str, kind: SpeakerKind) -> String {
    let letters = |word: &str| word.chars().find(|c| c.is_alphanumeric());
    let named = || {
        name.split_whitespace().filter(|w| {
            letters(w).is_some_and(|c| !c.is_lowercase()) && !CLOSING_NAME_PARTS.contains(w)
        })
    };
    let firsts = match kind {
        SpeakerKind::Unnamed => [None, None],
        SpeakerKind::Person => {
            [named().next(), named().next_back().filter(|_| named().count() > 1)]
        }
        SpeakerKind::Organization | SpeakerKind::Group => [named().next(), named().nth(1)],
    };
    let firsts = firsts.into_iter().flatten().filter_map(letters);
    let initials: String = firsts.flat_map(char::to_uppercase).take(4).collect();
    if initials.is_empty() && kind != SpeakerKind::Unnamed {
        return letters(name).map_or("?".to_owned(), |c| c.to_uppercase().collect());
    }
    if initials.is_empty() { "?".to_owned() } else { initials }
}

/// Whether a statement is shown as a question.
pub fn is_question(confidence: Confidence) -> bool {
    confidence == Confidence::Low
}

/// "1 quote", "2 quotes": `n` with the word for one or for several.
pub fn plural(n: usize, one: &str, several: &str) -> String {
    let word = if n == 1 { one } else { several };
    [&n.to_string(), " ", word].concat()
}
