//! Who is heard in an article, how much and where, and how each voice looks.

use dixit_engine::{Analysis, Article, AttributionKind, Confidence, Speaker, SpeakerKind};

use crate::order::{hash, sort};
use crate::segments::Rank;
use crate::wording::{t, word};
use crate::words::{self, holds};

/// The length of a position strip and of the share of voice.
pub const WHOLE: usize = 10_000;
/// Colours for named voices; one more is for those without a name.
/// Words that a reader takes in a minute: the mean of English non-fiction read silently, in Brysbaert, “How many words
/// do we read per minute?” (2019), <https://doi.org/10.1016/j.jml.2019.104047>.
pub const WORDS_A_MINUTE: usize = 238;
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
    /// See [`Voice::short`].
    short: String,
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

/// Counts who is heard in `article`. Speakers who were heard `before`, when others were corrected or not yet, keep their
/// looks.
pub fn voices(
    article: &Article,
    analysis: &Analysis,
    before: Option<(&Voices, &[Speaker])>,
) -> Voices {
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
        let ranks = voice.statements.iter().map(|s| (s.place, s.attribution, 0));
        let mut ranks: Vec<Rank> = ranks.collect();
        sort(&mut ranks);
        let statement = |(place, attribution, _)| Statement { attribution, place };
        voice.statements = ranks.into_iter().map(statement).collect();
    }

    let mut ranks: Vec<Rank> = Vec::new();
    let mut reported = Vec::new();
    for (s, voice) in voices.iter().enumerate() {
        if voice.n_quotes > 0 {
            ranks.push((usize::MAX - voice.n_words, s, 0));
        } else if voice.n_statements > 0 {
            reported.push(s);
        }
    }
    sort(&mut ranks);
    let quoted = ranks.into_iter().map(|(_, s, _)| s).collect();
    let n_words = article.blocks.iter().map(|b| words::count(&b.text)).sum();
    let mut all = Voices { voices, quoted, reported, n_quotes, n_statements, n_words };
    all.paint(&analysis.speakers, before);
    all
}

impl Voices {
    /// Gives colours and patterns.
    ///
    /// A speaker with a name has the colour that its id asks for, else the next that is given least often; earlier
    /// speakers choose first, so that what is added at the end of an article changes nobody's colour. Speakers who are
    /// in `before` look as there. No two look the same before 56 have names.
    fn paint(&mut self, speakers: &[Speaker], before: Option<(&Voices, &[Speaker])>) {
        let first = |s: usize| self.voices.get(s).and_then(|v| v.statements.first());
        let heard = self.quoted.iter().chain(&self.reported);
        let ranks = heard.map(|&s| (first(s).map_or(WHOLE, |first| first.place), s, 0));
        let mut ranks: Vec<Rank> = ranks.collect();
        sort(&mut ranks);
        let kept = |speaker: &Speaker| {
            let (voices, speakers) = before?;
            let s = speakers.iter().position(|old| old.id == speaker.id)?;
            voices.voices.get(s).map(|voice| voice.look).filter(|look| look.colour <= N_COLOURS)
        };
        let mut given = [[0_usize; N_PATTERNS]; N_COLOURS + 1];
        let mut unnamed = 0;
        for keeps in [true, false] {
            for &(_, s, _) in &ranks {
                let Some(speaker) = speakers.get(s) else { continue };
                let is_named = speaker.kind != SpeakerKind::Unnamed;
                let look =
                    kept(speaker).filter(|_| is_named).map(|look| (look.colour, look.pattern));
                let (colour, pattern) = match look {
                    Some(look) if keeps => look,
                    None if !keeps && is_named => free(&given, hash(&speaker.id)),
                    None if !keeps => {
                        unnamed += 1;
                        (N_COLOURS + 1, (N_PATTERNS - 2 + unnamed) % N_PATTERNS)
                    }
                    _ => continue,
                };
                if let Some(slot) = given.get_mut(colour - 1).and_then(|c| c.get_mut(pattern)) {
                    *slot += 1;
                }
                if let Some(voice) = self.voices.get_mut(s) {
                    voice.look = Look { colour, pattern, ..voice.look };
                }
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

impl Voice {
    /// What fits on a chip: the surname of a person.
    pub fn short(&self) -> &str {
        if self.short.is_empty() { t("unnamed") } else { &self.short }
    }
}

/// The colour from `wanted` on, and the pattern that goes with it or the next, that are given least often.
fn free(given: &[[usize; N_PATTERNS]; N_COLOURS + 1], wanted: usize) -> (usize, usize) {
    let colours = (0..N_COLOURS).map(|n| (wanted + n) % N_COLOURS);
    let uses = |colour: usize| given.get(colour).map_or(0, |patterns| patterns.iter().sum());
    let colour = colours.min_by_key(|&colour| uses(colour)).unwrap_or(0);
    let patterns = (0..N_PATTERNS).map(|n| (colour + n) % N_PATTERNS);
    let uses = |pattern: usize| given.get(colour).and_then(|c| c.get(pattern)).copied();
    (colour + 1, patterns.min_by_key(|&pattern| uses(pattern)).unwrap_or(colour))
}

/// A voice without statements, in the look of those that have no name.
fn unheard(speaker: &Speaker) -> Voice {
    let name = plain(&speaker.name);
    let kind = match speaker.kind {
        SpeakerKind::Person => "",
        SpeakerKind::Organization => word("organisation"),
        SpeakerKind::Group => word("group"),
        SpeakerKind::Unnamed => word("unnamed source"),
    };
    // "director of the Port Authority" says already whose director.
    let role = match (&speaker.role, &speaker.affiliation) {
        (Some(role), Some(of)) if !holds(role, of) => plain(&[role, ", ", of].concat()),
        (Some(role), _) => plain(role),
        (None, Some(of)) if !holds(&name, of) => plain(of),
        _ => String::new(),
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
        SpeakerKind::Organization | SpeakerKind::Group => without_article(name).to_owned(),
        SpeakerKind::Unnamed => String::new(),
    }
}

fn without_article(name: &str) -> &str {
    name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name)
}

fn initials(name: &str, kind: SpeakerKind) -> String {
    let name = without_article(name);
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
    // The style sheet shows capitals: the tables for all scripts' are not worth their download.
    let initials: String = firsts.collect();
    match (initials.is_empty(), kind) {
        (false, _) => initials,
        (true, SpeakerKind::Unnamed) => "?".to_owned(),
        (true, _) => letters(name).map_or("?".to_owned(), String::from),
    }
}

/// Whether a statement is shown as a question.
pub fn is_question(confidence: Confidence) -> bool {
    confidence == Confidence::Low
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    #[test]
    fn voices_are_counted_and_sorted_by_words_said() {
        let mut page = Fixture::default();
        let ann = page.speaker("Ann Lee", SpeakerKind::Person);
        let port = page.speaker("the Port", SpeakerKind::Organization);
        let bo = page.speaker("Bo Berg", SpeakerKind::Person);
        page.speaker("Nobody Heard", SpeakerKind::Person);
        page.block("“Yes,” said Ann.");
        page.quote("“Yes,”", ann);
        page.block("The Port said it would open.");
        page.report("it would open", port);
        page.block("“It will not open today,” said Bo, who doubted it.");
        page.quote("“It will not open today,”", bo);
        page.report("it", bo);
        let voices = page.plan().voices;
        assert_eq!((&voices.quoted[..], &voices.reported[..]), (&[bo, ann][..], &[port][..]));
        assert_eq!((voices.n_voices(), voices.n_quotes, voices.n_statements), (3, 2, 2));
        assert_eq!(voices.n_words, 19);
        let counts = |s: usize| {
            let v: &Voice = &voices.voices[s];
            (v.n_quotes, v.n_statements, v.n_words, v.statements.len())
        };
        assert_eq!(counts(ann), (1, 0, 1, 1));
        assert_eq!(counts(bo), (1, 1, 5, 2));
        assert_eq!(counts(port), (0, 1, 0, 1));
        assert_eq!(voices.voices[ann].statements[0].place, 0);
        let places: Vec<usize> = voices.voices[bo].statements.iter().map(|s| s.place).collect();
        assert!(places.is_sorted() && places[0] > 3_000 && places[1] < WHOLE);
    }

    #[test]
    fn a_quotation_over_several_paragraphs_counts_once() {
        let mut page = Fixture::default();
        let ann = page.speaker("Ann Lee", SpeakerKind::Person);
        page.block("“One two three.");
        page.quote("“One two three.", ann);
        page.block("“Four five,” said Ann. “Six.”");
        page.unattributed("“Four five,”").attribution = Some(0);
        page.unattributed("“Six.”").attribution = Some(0);
        let voices = page.plan().voices;
        // The first two are one quotation; the last begins anew after the cue.
        assert_eq!((voices.n_quotes, voices.voices[ann].n_quotes), (2, 2));
        assert_eq!(voices.voices[ann].n_words, 6);
    }

    #[test]
    fn names_are_shortened_for_chips_and_badges() {
        use SpeakerKind::*;
        for (name, kind, chip, letters) in [
            ("Julian Smith", Person, "Smith", "JS"),
            ("Ana María de la Cruz", Person, "Cruz", "AC"),
            ("Martin King Jr.", Person, "King", "MK"),
            ("Pelé", Person, "Pelé", "P"),
            ("bell hooks", Person, "hooks", "b"),
            ("李明", Person, "李明", "李"),
            ("", Person, "unnamed", "?"),
            ("the United States", Organization, "United States", "US"),
            ("The Port", Organization, "Port", "P"),
            ("Washington and NATO", Group, "Washington and NATO", "WN"),
            ("a White House spokesman", Unnamed, "unnamed", "?"),
            ("\u{202e}Ann \u{2066}Lee", Person, "Lee", "AL"),
        ] {
            let mut page = Fixture::default();
            page.speaker(name, kind);
            let voices = page.plan().voices;
            let voice = &voices.voices[0];
            assert_eq!((voice.short(), voice.initials.as_str()), (chip, letters), "{name}");
            assert!(!voice.name.contains(['\u{202e}', '\u{2066}']));
        }
    }

    /// The colours and patterns of speakers of these names, heard in this order.
    fn looks(names: &[&str], before: Option<&[&str]>) -> Vec<(usize, usize)> {
        let heard = |names: &[&str]| {
            let mut page = Fixture::default();
            for name in names {
                page.block("“Yes.”");
                let speaker = page.speaker(name, SpeakerKind::Person);
                page.quote("“Yes.”", speaker);
            }
            page.parts()
        };
        let before = before.map(|names| {
            let (article, analysis) = heard(names);
            (voices(&article, &analysis, None), analysis.speakers)
        });
        let before = before.as_ref().map(|(voices, speakers)| (voices, &speakers[..]));
        let (article, analysis) = heard(names);
        let voices = voices(&article, &analysis, before);
        voices.voices.iter().map(|v| (v.look.colour, v.look.pattern)).collect()
    }

    const NAMES: [&str; 7] =
        ["Ann Lee", "Bo Berg", "Cy Dole", "Di Eads", "Ed Fox", "Flo Gray", "Gil Hart"];

    #[test]
    fn who_is_heard_later_changes_nobodys_look() {
        let all = looks(&NAMES, None);
        for n in 0..NAMES.len() {
            assert_eq!(looks(&NAMES[..n], None), all[..n]);
        }
    }

    #[test]
    fn whoever_comes_or_goes_while_reading_changes_nobodys_look() {
        let all = looks(&NAMES, None);
        for (gone, name) in NAMES.into_iter().enumerate() {
            let (mut names, mut expected) = (NAMES.to_vec(), all.clone());
            names.remove(gone);
            expected.remove(gone);
            assert_eq!(looks(&names, Some(&NAMES)), expected, "without {name}");
            let back = looks(&NAMES, Some(&names));
            let others = back.iter().enumerate().filter(|(n, _)| *n != gone);
            assert_eq!(others.map(|(_, look)| *look).collect::<Vec<_>>(), looks(&names, None));
        }
    }

    #[test]
    fn the_colour_is_the_speakers_own_where_it_is_free() {
        for name in NAMES {
            let alone = looks(&[name], None);
            assert_eq!(alone, looks(&[name], None));
            let colours: Vec<usize> = NAMES.iter().map(|name| looks(&[name], None)[0].0).collect();
            assert!(colours.iter().any(|&colour| colour != colours[0]), "{colours:?}");
        }
    }

    #[test]
    fn looks_differ_and_come_again_late() {
        let names: Vec<String> = (0..56).map(|n| format!("Speaker {n}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut looks = looks(&names, None);
        let differ = |of: fn(&(usize, usize)) -> usize| {
            let mut seven: Vec<usize> = looks[..7].iter().map(of).collect();
            seven.sort_unstable();
            seven.dedup();
            seven.len()
        };
        assert_eq!((differ(|look| look.0), differ(|look| look.1)), (7, 7));
        looks.sort_unstable();
        looks.dedup();
        assert_eq!(looks.len(), 56);
    }

    #[test]
    fn shares_lie_side_by_side_within_the_whole() {
        for n in [1, 2, 7, 300] {
            let mut page = Fixture::default();
            page.block("“Yes.” “No, not at all.”");
            for i in 0..n {
                let speaker = page.speaker("Ann Lee", SpeakerKind::Person);
                page.quote(if i % 2 == 0 { "“Yes.”" } else { "“No, not at all.”" }, speaker);
            }
            let shares = page.plan().voices.shares();
            assert_eq!(shares.len(), n);
            assert!(shares.windows(2).all(|w| w[0].x + w[0].width <= w[1].x));
            let end = shares.last().map_or(0, |s| s.x + s.width);
            assert!(end <= WHOLE && end > WHOLE - 500, "{n}: {end}");
        }
        assert_eq!(Voices::default().shares(), []);
    }
}
