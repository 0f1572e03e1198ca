//! Quotations that no cue in their sentence explains: a speaker goes on, or stands beside them.

use std::ops::Range;

use super::{Draft, Voice, span};
use crate::lexicon::{ANY_HONORIFIC, FORM, PRONOUN, class};
use crate::name::{Reference, reference};
use crate::noun_phrase::{self, Phrase};
use crate::order::settle;
use crate::speaker::Cast;
use crate::statement::{self, quotes_in};
use crate::text::{ends_in, starts_in, trim_end, trim_start};
use crate::token::{Token, TokenKind, Tokens};
use crate::{Attribution, AttributionKind, Confidence, Resolution, Rule, SpeakerKind, Why};

/// Who says a quotation that has no cue.
enum Who {
    /// The one who said the statement before.
    Voice(Voice, Confidence),
    /// Somebody named beside it.
    Beside { block: usize, phrase: Phrase, rule: Rule, confidence: Confidence },
}

/// How many sentences back a speaker is looked for.
const BACK: usize = 2;
/// A quotation of fewer words is a term or a title rather than something said by itself.
const CLAUSE: usize = 4;
/// A name before a turn of a transcript has no more bytes than this.
const TURN: usize = 30;
/// A title has no more words than this.
const TITLE: usize = 9;
/// Words without a capital in a title have no more letters: "and", "of", "the".
const SMALL: usize = 4;

impl Draft<'_> {
    /// The quotation that the block before left open, and the one that opens this block and goes on with it.
    pub(super) fn left_open(
        &self,
        tokens: &Tokens<'_>,
        runs_on: &[bool],
    ) -> Option<(usize, usize)> {
        let TokenKind::Quote(q) = tokens.list.first()?.kind else { return None };
        let p = (0..q).rev().find(|&p| self.quotations[p].depth == 0)?;
        let open =
            runs_on.get(p) == Some(&true) && self.quotations[p].span.block + 1 == tokens.block;
        (open && !is_turn(tokens.text(0))).then_some((p, q))
    }

    /// Joins `q` to the attribution of `p`; where only `q` is credited, `p` to that of `q`.
    pub(super) fn join(&mut self, p: usize, q: usize, credited: bool) {
        let (from, to) = match (self.quotations[p].attribution, self.quotations[q].attribution) {
            (Some(_), None) => (p, q),
            (None, Some(_)) if credited => (q, p),
            _ => return,
        };
        let Some(a) = self.quotations[from].attribution else { return };
        self.quotations[to].attribution = Some(a);
        let span = self.quotations[to].span;
        if let Some(attribution) = self.attributions.get_mut(a) {
            attribution.content.push(span);
            settle(&mut attribution.content, |&c| c);
            attribution.why.rule = Rule::RunningOn;
        }
    }

    /// Settles the quotations of sentence `n` that no statement explains.
    pub(super) fn uncued(&mut self, tokens: &Tokens<'_>, n: usize, cast: &mut Cast<'_>) {
        let Some(sentence) = tokens.sentences.get(n).cloned() else { return };
        let open: Vec<usize> = sentence.clone().filter(|&i| self.is_open(tokens, i)).collect();
        let Some(&first) = open.first() else { return };
        if tokens.slice(sentence.clone()).iter().all(|t| !t.is_word()) {
            if let Some(who) = self.around(tokens, n, first) {
                self.credit(tokens, n, &open, who, cast);
            }
            return;
        }
        for i in open {
            if let Some(who) = self.within(tokens, n, i) {
                self.credit(tokens, n, &[i], who, cast);
            }
        }
    }

    /// Whether token `i` is a quotation that nobody is credited with.
    fn is_open(&self, tokens: &Tokens<'_>, i: usize) -> bool {
        let TokenKind::Quote(q) = tokens.at(i).kind else { return false };
        self.quotations.get(q).is_some_and(|q| q.attribution.is_none())
    }

    /// Credits the quotations at `places` of sentence `n`.
    fn credit(
        &mut self,
        tokens: &Tokens<'_>,
        n: usize,
        places: &[usize],
        who: Who,
        cast: &mut Cast<'_>,
    ) {
        let quotes: Vec<usize> = places.iter().flat_map(|&i| quotes_in(tokens, i..i + 1)).collect();
        let content = places.iter().map(|&i| span(tokens, &(i..i + 1))).collect();
        let (source, speaker, rule, resolution, confidence) = match who {
            Who::Voice(voice, confidence) => {
                let before = &self.attributions[voice.attribution];
                (before.source, before.speaker, Rule::Continuing, Resolution::Carried, confidence)
            }
            Who::Beside { block, phrase, rule, confidence } => {
                let Some(there) = self.tokens.get(block) else { return };
                let resolved = cast.resolve(block, &phrase);
                let confidence = confidence.min(resolved.confidence);
                (
                    Some(span(there, &phrase)),
                    resolved.speaker,
                    rule,
                    resolved.resolution,
                    confidence,
                )
            }
        };
        let attribution = Attribution {
            id: String::new(),
            kind: AttributionKind::Direct,
            content,
            cue: None,
            source,
            speaker,
            why: Why { rule, resolution },
            confidence,
        };
        self.enter(attribution, quotes, tokens.block, n);
    }

    /// Who says a sentence that is a quotation and nothing else, at token `i`.
    fn around(&self, tokens: &Tokens<'_>, n: usize, i: usize) -> Option<Who> {
        if n == 0 {
            return self.after(tokens, n).or_else(|| self.across(tokens));
        }
        for back in 1..=BACK.min(n) {
            if let Some(voice) = self.voice(tokens.block, n - back) {
                let before = self.attributions.get(voice.attribution)?.confidence;
                let confidence = if back == 1 { before } else { before.min(Confidence::Medium) };
                return Some(Who::Voice(voice, confidence));
            }
            if back == 1
                && let Some(after) = self.after(tokens, n)
            {
                return Some(after);
            }
            // Somebody new is spoken of in between.
            if back == 1
                && let Some(phrase) = person(tokens, n - 1)
                && words(tokens, i) >= CLAUSE
            {
                let confidence = Confidence::Low;
                return Some(Who::Beside {
                    block: tokens.block,
                    phrase,
                    rule: Rule::Nearby,
                    confidence,
                });
            }
        }
        None
    }

    /// “…?” Ann Lee asked. The credit is a sentence of its own.
    fn after(&self, tokens: &Tokens<'_>, n: usize) -> Option<Who> {
        let next = tokens.sentences.get(n + 1)?;
        let phrase = noun_phrase::after(tokens, next.start, next.end)?;
        let verb = tokens.within(phrase.end, next.end)?;
        let credits = verb.cue != 0 && !verb.capital;
        let ends = (phrase.end + 1..next.end).all(|i| {
            let t = tokens.at(i);
            !t.is_quote() && !t.is_plain(class::COMPLEMENTIZER | class::DETERMINER | PRONOUN)
        });
        let (block, rule, confidence) = (tokens.block, Rule::Nearby, Confidence::Medium);
        (credits && ends).then_some(Who::Beside { block, phrase, rule, confidence })
    }

    /// Who goes on in the first sentence of a block: whoever the block before leads to with a
    /// colon, or closed with.
    fn across(&self, tokens: &Tokens<'_>) -> Option<Who> {
        let first = tokens.text(0);
        if is_turn(first) {
            return None;
        }
        let block = tokens.block.checked_sub(1)?;
        let before = self.tokens.get(block)?;
        let last = before.sentences.len().checked_sub(1)?;
        if before.list.last().is_some_and(|t| t.is_punct(":")) {
            return self.introduced(before, last, before.list.len() - 1);
        }
        // A heading in single marks: 'A hard decision.'
        if starts_in(first, "'‘") || words(tokens, 0) < CLAUSE || is_title(tokens, 0) {
            return None;
        }
        let voice = (0..BACK.min(last + 1)).find_map(|back| self.voice(block, last - back))?;
        Some(Who::Voice(voice, Confidence::Low))
    }

    /// Who says a quotation that stands among other words of its sentence.
    fn within(&self, tokens: &Tokens<'_>, n: usize, i: usize) -> Option<Who> {
        let sentence = &tokens.sentences[n];
        let block = tokens.block;
        if let Some(phrase) = signature(tokens, i) {
            let (rule, confidence) = (Rule::Nearby, Confidence::Medium);
            return Some(Who::Beside { block, phrase, rule, confidence });
        }
        let before = i.checked_sub(1).filter(|&b| b >= sentence.start);
        let said = words(tokens, i) >= CLAUSE && !is_title(tokens, i);
        if let Some(b) = before.filter(|_| said) {
            if tokens.at(b).is_punct(":") {
                return self.introduced(tokens, n, b);
            }
            if tokens.at(b).is_punct(",") && is_sentence(tokens, i) {
                return self.led_to(tokens, n, b);
            }
        }
        if !said {
            return None;
        }
        // Somebody speaks in the same sentence, and this is no fragment of a clause.
        let whole = before.is_none_or(|b| !tokens.at(b).is_word()) || is_whole(tokens, i);
        if whole && let Some(voice) = self.voice(block, n) {
            return Some(Who::Voice(voice, Confidence::Low));
        }
        if before.is_some() {
            return None;
        }
        // “… next year” with a clause of the writer's: who spoke before goes on.
        let goes_on = || self.voice(block, n.checked_sub(1)?).filter(|v| v.quoted);
        trailing(tokens, sentence, i)
            .or_else(|| goes_on().map(|voice| Who::Voice(voice, Confidence::Low)))
    }

    /// Whom the words of sentence `n` before the colon at `end` lead to.
    fn introduced(&self, tokens: &Tokens<'_>, n: usize, end: usize) -> Option<Who> {
        if let Some(voice) = self.voice(tokens.block, n) {
            return Some(Who::Voice(voice, Confidence::Medium));
        }
        let sentence = tokens.sentences.get(n)?;
        let (block, rule) = (tokens.block, Rule::Colon);
        let name = noun_phrase::before(tokens, sentence.start, end).filter(|name| {
            let opens = name.start == sentence.start
                || tokens.at(name.start - 1).is_punct("—–-") && tokens.at(name.start).capital;
            opens && !tokens.at(name.start).is(PRONOUN)
        });
        if let Some(phrase) = name {
            return Some(Who::Beside { block, phrase, rule, confidence: Confidence::Medium });
        }
        let phrase = statement::main_subject(tokens, sentence, end)?;
        Some(Who::Beside { block, phrase, rule, confidence: Confidence::Low })
    }

    /// Whom the words of sentence `n` before the comma at `end` lead to: "In Port Ellis, “…”".
    fn led_to(&self, tokens: &Tokens<'_>, n: usize, end: usize) -> Option<Who> {
        if let Some(voice) = self.voice(tokens.block, n) {
            return Some(Who::Voice(voice, Confidence::Medium));
        }
        if let Some(phrase) = person(tokens, n).filter(|p| p.end < end) {
            let (block, rule, confidence) = (tokens.block, Rule::Nearby, Confidence::Low);
            return Some(Who::Beside { block, phrase, rule, confidence });
        }
        let voice = self.voice(tokens.block, n.checked_sub(1)?)?;
        voice.quoted.then_some(Who::Voice(voice, Confidence::Low))
    }

    /// Who speaks in sentence `n` of `block`: the last who is quoted in it, else the first.
    fn voice(&self, block: usize, n: usize) -> Option<Voice> {
        let at = |v: &&Voice| (v.block, v.sentence);
        let here = self.voices.iter().rev().skip_while(|v| at(v) > (block, n));
        let here = || here.clone().take_while(|v| at(v) == (block, n));
        here().find(|v| v.quoted).or_else(|| here().last()).copied()
    }
}

/// The person who is the subject of sentence `n`.
fn person(tokens: &Tokens<'_>, n: usize) -> Option<Phrase> {
    let sentence = tokens.sentences.get(n)?;
    let phrase = statement::main_subject(tokens, sentence, sentence.end)?;
    let person = match reference(tokens, &phrase) {
        Reference::Named { kind, .. } => kind != Some(SpeakerKind::Organization),
        Reference::Pronoun(_) => tokens.at(phrase.start).is(class::HE | class::SHE),
        _ => false,
    };
    person.then_some(phrase)
}

/// “…” — Ann Lee
fn signature(tokens: &Tokens<'_>, quote: usize) -> Option<Phrase> {
    let opens = quote == 0 || tokens.at(quote - 1).is_quote();
    if !(opens && tokens.at(quote + 1).is_punct("—–―-‒")) {
        return None;
    }
    let phrase = noun_phrase::after(tokens, quote + 2, tokens.list.len())?;
    let first = tokens.at(phrase.start);
    let ends = tokens.list.get(phrase.end).is_none_or(|t| !t.is_word());
    (first.capital && ends).then_some(phrase)
}

/// “…,” scoffed Ann Lee; “…,” the statement read: whoever stands beside the verb behind a quotation.
fn trailing(tokens: &Tokens<'_>, sentence: &Range<usize>, quote: usize) -> Option<Who> {
    let text = tokens.text(quote);
    if !ends_in(trim_end(text, "\"”“»’'"), ",?!") {
        return None;
    }
    let verb = quote + 1;
    let plain = |t: &Token| t.is_word() && !t.capital && t.classes & !(class::VERB | FORM) == 0;
    let named = |p: &Phrase| {
        let first = tokens.at(p.start);
        first.capital || first.is(PRONOUN | class::DETERMINER | ANY_HONORIFIC)
    };
    let inverted = || {
        let ends = tokens.at(verb).is(class::THIRD | class::PAST);
        let phrase = noun_phrase::after(tokens, verb + 1, sentence.end)?;
        (plain(tokens.at(verb)) && ends && tokens.at(phrase.start).capital).then_some(phrase)
    };
    let straight = || {
        let mut phrase = noun_phrase::after(tokens, verb, sentence.end).filter(named)?;
        // "the two write.": the verb reads as a noun.
        if phrase.len() > 1 && !tokens.within(phrase.end, sentence.end).is_some_and(Token::is_word)
        {
            phrase.end -= 1;
        }
        let next = tokens.within(phrase.end, sentence.end)?;
        (next.cue != 0 || plain(next)).then_some(phrase)
    };
    let phrase = inverted().or_else(straight)?;
    let (block, rule, confidence) = (tokens.block, Rule::Nearby, Confidence::Medium);
    Some(Who::Beside { block, phrase, rule, confidence })
}

/// How many words the quotation at token `i` has.
fn words(tokens: &Tokens<'_>, i: usize) -> usize {
    tokens.text(i).split_whitespace().take(CLAUSE).count()
}

/// “The Long Winter”: a name in marks rather than words that somebody said. Every word but the small
/// ones has a capital.
fn is_title(tokens: &Tokens<'_>, i: usize) -> bool {
    let text = tokens.text(i);
    let (mut all, mut capitals, mut plain) = (0, 0, 0);
    for word in text.split_whitespace().take(TITLE + 1) {
        let word = trim_start(word, "\"“‘'");
        let capital = word.starts_with(char::is_uppercase);
        all += 1;
        capitals += usize::from(capital);
        plain += usize::from(!capital && (word.len() > SMALL || all == 1));
    }
    // “… author of “The Long Winter.”: the full stop is the writer's.
    let inside = i > 0 && tokens.at(i - 1).is_word();
    let ended = ends_in(trim_end(text, "\"”“»’'"), if inside { "!?…" } else { ".!?…" });
    !ended && all <= TITLE && capitals > 1 && plain == 0
}

/// "LEE: Well, look": a turn of a transcript inside marks, which says itself who speaks.
fn is_turn(text: &str) -> bool {
    let Some((name, _)) = trim_start(text, "\"“‘'").split_once(':') else { return false };
    name.len() > 1 && name.len() <= TURN && !name.contains(char::is_lowercase)
}

/// Whether the quotation at token `i` begins like a sentence, and whether it ends like one.
fn bounds(tokens: &Tokens<'_>, i: usize) -> (bool, bool) {
    let text = tokens.text(i);
    let first = text.chars().find(|c| c.is_alphanumeric());
    let ends = ends_in(trim_end(text, "\"”“»’'"), ".!?…");
    (first.is_some_and(char::is_uppercase), ends)
}

fn is_sentence(tokens: &Tokens<'_>, i: usize) -> bool {
    let (begins, ends) = bounds(tokens, i);
    begins || ends
}

fn is_whole(tokens: &Tokens<'_>, i: usize) -> bool {
    let (begins, ends) = bounds(tokens, i);
    begins && ends
}
