//! Reading aloud: what is said in which order and by which voice. Pure; the browser's speech is behind [`Speech`].

mod browser;
mod player;

use crate::plan::{GroupKind, Plan};

pub use browser::BrowserSpeech;
pub use player::{Command, Player, Told};

/// A chunk has at most so many characters: Chromium's voices from the network fall silent after about fifteen seconds.
const CHUNK: usize = 200;

/// Something that is said without a break, by one voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Utterance {
    /// Index of its block.
    pub block: usize,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Who says it; `None` for the article itself.
    pub speaker: Option<usize>,
    /// The quotation that it is a part of.
    pub quotation: Option<usize>,
}

/// A voice that the browser has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SpeechVoice {
    /// The language that it speaks, such as `en-GB`.
    pub language: String,
    /// Whether the browser takes it where none is asked for.
    pub is_default: bool,
}

/// How something is to sound.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sound {
    /// Index of the voice; `None` leaves the choice to the browser.
    pub voice: Option<usize>,
    /// The pitch, of which 1 is usual.
    pub pitch: f32,
}

/// What speaks.
pub trait Speech {
    /// The voices that there are now; a browser may find them later.
    fn voices(&self) -> Vec<SpeechVoice>;
    /// Says `text` in `language`; then, or when it fails, `told` is told.
    fn speak(
        &self,
        text: &str,
        language: &str,
        sound: Sound,
        rate: f32,
        told: Box<dyn FnOnce(Told)>,
    );
    /// Falls silent at once.
    fn silence(&self);
}

/// Everything that is said of an article: its blocks in order, every visible character of them once.
pub fn utterances(plan: &Plan) -> Vec<Utterance> {
    let mut utterances = Vec::new();
    for (block, over) in plan.blocks.iter().enumerate() {
        for group in &over.groups {
            let (Some(first), Some(last)) = (group.runs.first(), group.runs.last()) else {
                continue;
            };
            let quotation = match group.kind {
                GroupKind::Quotation(n) => Some(n),
                _ => None,
            };
            let speaker = quotation.and_then(|n| plan.speaker_of(n));
            let whole = Utterance { block, start: first.start, end: last.end, speaker, quotation };
            // The article's own words go on over what is reported.
            match utterances.last_mut() {
                Some(Utterance { block: b, end, quotation: None, .. })
                    if *b == block && quotation.is_none() =>
                {
                    *end = whole.end;
                }
                _ => utterances.push(whole),
            }
        }
    }
    utterances.into_iter().flat_map(|whole| chunks(plan, whole)).collect()
}

/// The utterance in parts that end with sentences, or else with words.
fn chunks(plan: &Plan, whole: Utterance) -> Vec<Utterance> {
    let text = plan.article.blocks.get(whole.block).map_or("", |block| &block.text);
    let mut chunks = Vec::new();
    let mut start = whole.start;
    while start < whole.end {
        let rest = text.get(start..whole.end).unwrap_or_default();
        let end = start + chunk(rest);
        let said = text.get(start..end).unwrap_or_default();
        if said.chars().any(char::is_alphanumeric) {
            chunks.push(Utterance { start, end, ..whole });
        } else if let Some(Utterance { end: before, .. }) = chunks.last_mut() {
            *before = end;
        }
        start = end.max(start + 1);
    }
    chunks
}

/// Where the first chunk of `text` ends: after all of it, a sentence, a part of one, or a word.
fn chunk(text: &str) -> usize {
    let Some((limit, _)) = text.char_indices().nth(CHUNK) else { return text.len() };
    let within = text.get(..limit).unwrap_or_default();
    let (mut sentence, mut part, mut word) = (None, None, None);
    let mut last = ' ';
    for (at, c) in within.char_indices() {
        if c.is_whitespace() {
            let after = Some(at + c.len_utf8());
            word = after;
            if matches!(last, '.' | '!' | '?' | '…' | '。' | '؟') {
                sentence = after;
            } else if matches!(last, ',' | ';' | ':' | '،') {
                part = after;
            }
        }
        // What closes a sentence's quotation leaves its end where it is.
        if !matches!(c, '"' | '”' | '’' | '»' | '“' | ')' | '\'') {
            last = c;
        }
    }
    sentence.or(part).or(word).unwrap_or(limit)
}

/// How the narrator and each speaker sound: `None` for the narrator.
///
/// The narrator has the browser's own voice for the language. Speakers take the other voices of the language in turn,
/// in order of `speakers`; when all are taken, and where there is but one, they differ in pitch.
pub fn sound(
    voices: &[SpeechVoice],
    language: &str,
    speakers: &[usize],
    speaker: Option<usize>,
) -> Sound {
    const PITCHES: [f32; 4] = [1.0, 0.8, 1.2, 0.9];
    let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let wanted = primary(language);
    let fit: Vec<usize> = (0..voices.len())
        .filter(|&n| voices.get(n).is_some_and(|v| primary(&v.language) == wanted))
        .collect();
    let own = fit.iter().find(|&&n| voices.get(n).is_some_and(|v| v.is_default));
    let narrator = own.or(fit.first()).copied();
    let turn = speaker.and_then(|speaker| speakers.iter().position(|&s| s == speaker));
    let Some(turn) = turn else { return Sound { voice: narrator, pitch: 1.0 } };
    let others: Vec<usize> = fit.into_iter().filter(|&n| Some(n) != narrator).collect();
    if others.is_empty() {
        // The narrator keeps the usual pitch.
        let pitch = PITCHES.get(1 + turn % (PITCHES.len() - 1)).copied().unwrap_or(1.0);
        return Sound { voice: narrator, pitch };
    }
    let pitch = PITCHES.get(turn / others.len() % PITCHES.len()).copied().unwrap_or(1.0);
    Sound { voice: others.get(turn % others.len()).copied(), pitch }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;
    use dixit_engine::SpeakerKind;

    /// The utterances as `text`, those of speakers as `NAME: text`.
    fn said(plan: &Plan) -> Vec<String> {
        let said = utterances(plan).into_iter().map(|u| {
            let text = &plan.article.blocks[u.block].text[u.start..u.end];
            match u.speaker {
                Some(s) => format!("{}: {text}", plan.analysis.speakers[s].name),
                None => text.to_owned(),
            }
        });
        said.collect()
    }

    #[test]
    fn speakers_say_their_quotations_and_the_article_the_rest() {
        let mut page = Fixture::default();
        let ann = page.speaker("Ann Lee", SpeakerKind::Person);
        page.block("“Go,” said Ann Lee, who hoped for rain, “now.” She left.");
        page.quote("“Go,”", ann);
        page.quote("“now.”", ann);
        page.report("hoped for rain", ann);
        page.block("A film called “Gates of the Sea” ran.");
        page.unattributed("“Gates of the Sea”");
        page.block("");
        page.block("* * *");
        assert_eq!(
            said(&page.plan()),
            [
                "Ann Lee: “Go,”",
                " said Ann Lee, who hoped for rain, ",
                "Ann Lee: “now.”",
                " She left.",
                "A film called “Gates of the Sea” ran.",
            ]
        );
    }

    #[test]
    fn long_texts_are_cut_at_sentences_else_at_words_and_nothing_is_lost() {
        let sentence = "This sentence has seven words in it. ";
        let words = "word ".repeat(90);
        let one = "x".repeat(450);
        for (text, longest) in [(sentence.repeat(12), 200), (words, 200), (one, 200)] {
            let mut page = Fixture::default();
            page.block(&text);
            let plan = page.plan();
            let parts = utterances(&plan);
            let joined: String = parts.iter().map(|u| &text[u.start..u.end]).collect();
            assert_eq!(joined, text);
            assert!(parts.len() > 1 && parts.iter().all(|u| u.end - u.start <= longest));
        }
        let mut page = Fixture::default();
        page.block(&sentence.repeat(12));
        let all = said(&page.plan());
        assert!(all.iter().all(|part| part.trim_end().ends_with("in it.")), "{all:?}");
    }

    #[test]
    fn cuts_fall_between_characters() {
        let text = "Ünïcödé ".repeat(60);
        let mut page = Fixture::default();
        page.block(&text);
        let plan = page.plan();
        let joined: String = utterances(&plan).iter().map(|u| &text[u.start..u.end]).collect();
        assert_eq!(joined, text);
    }

    #[test]
    fn voices_are_given_by_language_in_turn() {
        let voice =
            |language: &str, is_default| SpeechVoice { language: language.into(), is_default };
        let many = [
            voice("de-DE", true),
            voice("en-US", false),
            voice("en_GB", false),
            voice("en-AU", false),
        ];
        let one = [voice("en-US", true)];
        let speakers = [4, 7, 9];
        for (voices, language, speaker, expected) in [
            (&many[..], "en", None, (Some(1), 1.0)),
            (&many, "en", Some(4), (Some(2), 1.0)),
            (&many, "en", Some(7), (Some(3), 1.0)),
            (&many, "en", Some(9), (Some(2), 0.8)),
            (&many, "de-AT", None, (Some(0), 1.0)),
            (&many, "de-AT", Some(4), (Some(0), 0.8)),
            (&many, "mk", Some(4), (None, 0.8)),
            (&one, "en", None, (Some(0), 1.0)),
            (&one, "en", Some(4), (Some(0), 0.8)),
            (&one, "en", Some(7), (Some(0), 1.2)),
            (&[], "en", None, (None, 1.0)),
            (&one, "en", Some(99), (Some(0), 1.0)),
        ] {
            let sound = sound(voices, language, &speakers, speaker);
            assert_eq!((sound.voice, sound.pitch), expected, "{language} {speaker:?}");
        }
    }
}
