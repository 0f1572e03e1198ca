//! Turns sources into speakers: names, parts of names, pronouns, descriptions.

mod antecedent;
mod entering;
mod entity;
mod mentions;
mod reading;
mod story;

use crate::lexicon::{Lexicon, class};
use crate::name::{Description, Gender, Pronoun, Reference, reference};
use crate::noun_phrase::{self, Phrase};
use crate::text;
use crate::token::{TokenKind, Tokens, stem};
use crate::{Confidence, Resolution, Span, Speaker, SpeakerKind};
use antecedent::{Setting, bearer, candidates};
use entity::{Entities, Entity, Keys, Place, has_word, is_given, keys, same_name, surname};
use story::{Event, Mention, Story, What, events};

/// How many of those who are named are looked through for a role.
const NAMED: usize = 200;
/// How much of a quotation is looked through for names.
const QUOTED: usize = 600;

/// Everybody an article names, and who was in focus where.
pub(crate) struct Cast<'a> {
    tokens: &'a [Tokens<'a>],
    /// For each block, the number of its first sentence.
    first_sentences: Vec<usize>,
    entities: Entities<'a>,
    events: Vec<Event>,
    /// How many of the events are part of the story.
    n_told: usize,
    story: Story,
    n_speakers: usize,
}

/// What became of a source.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Resolved {
    /// Index into the speakers.
    pub(crate) speaker: Option<usize>,
    pub(crate) resolution: Resolution,
    /// The most that this resolution allows.
    pub(crate) confidence: Confidence,
}

impl<'a> Cast<'a> {
    /// Reads every name outside quotations, so that a surname finds its full name.
    pub(crate) fn new(
        lexicon: &'a Lexicon,
        tokens: &'a [Tokens<'a>],
        title: Option<&Tokens<'_>>,
    ) -> Cast<'a> {
        let headline = title.map_or("", |t| t.text.trim_end_matches(['.', ' ']));
        let mut first_sentences = Vec::new();
        let mut n_sentences = 0;
        for block in tokens {
            first_sentences.push(n_sentences);
            n_sentences += block.sentences.len();
        }
        let events = events(tokens, headline);
        let entities = entering::entities(lexicon, &events, title);
        Cast {
            tokens,
            first_sentences,
            entities,
            events,
            n_told: 0,
            story: Story::default(),
            n_speakers: 0,
        }
    }

    /// Tells the story up to `at`: resolves the names and pronouns before it.
    fn advance(&mut self, at: Place) {
        while let Some(event) = self.events.get(self.n_told).filter(|e| e.at < at) {
            let known = match &event.what {
                What::Name(name) => {
                    let found =
                        self.named(&name.text, name.keys, name.gender, event.at, event.sentence);
                    found.map(|(entity, _)| {
                        let full = &self.entities.all[entity].name;
                        let short = !text::has(&name.text, ' ')
                            && !is_given(self.entities.lexicon, full, &name.text);
                        (entity, short, false)
                    })
                }
                What::Pronoun(gender) => {
                    let setting = Setting {
                        lexicon: self.entities.lexicon,
                        at: event.at,
                        sentence: event.sentence,
                        gender: *gender,
                        trails: false,
                        quoted: &[],
                        after: &[],
                    };
                    let all = candidates(&self.entities.all, &self.story, &setting);
                    best(&all).map(|(entity, _)| (entity, false, true))
                }
            };
            if let Some((entity, short, pronoun)) = known {
                let mention = Mention {
                    entity,
                    at: event.at,
                    sentence: event.sentence,
                    subject: event.subject,
                    possessive: event.possessive,
                    source: false,
                    pronoun,
                };
                self.story.add(&mut self.entities.all, mention, short);
            }
            self.n_told += 1;
        }
    }

    /// The number of the sentence that holds token `token` of `block`.
    fn sentence(&self, block: usize, token: usize) -> usize {
        let within = self.tokens.get(block).map_or(0, |t| sentence_of(t, token));
        self.first_sentences.get(block).map_or(0, |first| first + within)
    }

    /// The speaker whom `phrase` of block `block` credits.
    pub(crate) fn resolve(&mut self, block: usize, phrase: &Phrase) -> Resolved {
        let Some(tokens) = self.tokens.get(block) else { return nobody() };
        let Some(first) = tokens.list.get(phrase.start) else { return nobody() };
        let end = tokens.list.get(phrase.end.saturating_sub(1)).map_or(first.end, |t| t.end);
        let span = Span { block, start: first.start, end };
        let place = InText {
            at: (block, first.start),
            sentence: self.sentence(block, phrase.start),
            token: phrase.start,
        };
        self.advance(place.at);
        if let Some(antecedent) = relative(tokens, phrase) {
            return self.resolve(block, &antecedent);
        }
        let Some((entity, resolution, confidence)) = self.refer(tokens, phrase, place) else {
            return nobody();
        };
        let pronoun = resolution == Resolution::Pronoun;
        let mention = Mention {
            entity,
            at: place.at,
            sentence: place.sentence,
            subject: false,
            possessive: false,
            source: true,
            pronoun,
        };
        self.story.add(&mut self.entities.all, mention, resolution == Resolution::PartOfName);
        // The names inside the phrase are told with it.
        while self.events.get(self.n_told).is_some_and(|e| e.at < (block, end)) {
            self.n_told += 1;
        }
        self.entities.all[entity].sources.push(span);
        Resolved { speaker: Some(self.speaker(entity)), resolution, confidence }
    }

    /// Whom a phrase refers to.
    fn refer(&mut self, tokens: &Tokens<'_>, phrase: &Phrase, place: InText) -> Option<Referent> {
        match reference(tokens, phrase) {
            Reference::Pronoun(pronoun) => self.pronoun(tokens, pronoun, place),
            Reference::Named { mut name, role, affiliation, gender, mut kind } => {
                // "Marlow's said": nothing is theirs, so that it belongs to the name.
                let last = tokens.text(phrase.end - 1);
                let ending = last.get(stem(last).len()..).filter(|e| e.ends_with('s'));
                if let Some(ending) = ending.filter(|_| gender.is_none() && role.is_none()) {
                    name.push_str(ending);
                    kind = Some(SpeakerKind::Organization);
                }
                let mut referent = self.name(&name, role, gender, kind, place);
                self.entities.all[referent.0].affiliate(affiliation);
                if phrase.len() == 1 {
                    let e = &mut self.entities.all[referent.0];
                    let usual = reading::usual_gender(tokens, phrase).filter(|_| e.name == name);
                    e.usual_gender = e.usual_gender.or(usual);
                }
                // "Skippers said": one capital that opens a sentence may be no name.
                let opens =
                    tokens.sentences.binary_search_by_key(&phrase.start, |s| s.start).is_ok();
                let heard = self.entities.all[referent.0].mentions > 0;
                if phrase.len() == 1 && kind.is_none() && opens && !heard {
                    referent.2 = Confidence::Medium;
                }
                Some(referent)
            }
            Reference::Group { text } => {
                let kind = SpeakerKind::Group;
                let entity = self.entities.enter(&text, None, None, kind, place.at);
                Some((entity, Resolution::Name, Confidence::High))
            }
            Reference::Described(description) => {
                // "Baker said", where somebody is called Ann Baker; "Lee at the time said".
                if let Some(name) = leading_name(tokens, phrase)
                    && let keys = keys(self.entities.lexicon, &name)
                    && let Some((entity, _)) =
                        self.named(&name, keys, None, place.at, place.sentence)
                {
                    return Some((entity, Resolution::PartOfName, Confidence::Medium));
                }
                Some(self.described(description, place.at))
            }
        }
    }

    fn name(
        &mut self,
        name: &str,
        role: Option<String>,
        gender: Option<Gender>,
        kind: Option<SpeakerKind>,
        place: InText,
    ) -> Referent {
        let keys = keys(self.entities.lexicon, name);
        let known = self.named(name, keys, gender, place.at, place.sentence).filter(|&(i, _)| {
            let own = self.entities.all[i].kind;
            kind.is_none_or(|k| k == own || own == SpeakerKind::Person)
        });
        let known = known.or_else(|| {
            let entity =
                self.institution(name, place.at).filter(|_| kind != Some(SpeakerKind::Person))?;
            Some((entity, true))
        });
        let Some((entity, sure)) = known else {
            let kind = kind.unwrap_or(SpeakerKind::Person);
            let entity = self.entities.enter(name, role, gender, kind, place.at);
            return (entity, Resolution::Name, Confidence::High);
        };
        let lexicon = self.entities.lexicon;
        let e = &mut self.entities.all[entity];
        // The phrase of a source says the role more fully than a run of capitals.
        let fuller = |old: &String| role.as_ref().is_some_and(|new| text::holds(new, old));
        if e.role.as_ref().is_none_or(fuller) {
            e.role = role.or(e.role.take());
        }
        e.gender = e.gender.or(gender);
        if e.kind == SpeakerKind::Organization && name.len() > e.name.len() {
            name.clone_into(&mut e.name); // "the Kremlin" keeps its article
        }
        let whole = same_name(lexicon, &e.name, name, e.kind);
        // Taken for a person by its capitals alone.
        if whole
            && kind == Some(SpeakerKind::Organization)
            && e.role.is_none()
            && e.gender.is_none()
        {
            e.kind = SpeakerKind::Organization;
        }
        let resolution = if whole { Resolution::Name } else { Resolution::PartOfName };
        (entity, resolution, if sure || whole { Confidence::High } else { Confidence::Medium })
    }

    /// The number of a speaker.
    fn speaker(&mut self, entity: usize) -> usize {
        let n_speakers = &mut self.n_speakers;
        *self.entities.all[entity].speaker.get_or_insert_with(|| {
            *n_speakers += 1;
            *n_speakers - 1
        })
    }

    /// Whom `name` means at a place, and whether nobody else fits as well.
    fn named(
        &self,
        name: &str,
        keys: Keys,
        gender: Option<Gender>,
        at: Place,
        sentence: usize,
    ) -> Option<(usize, bool)> {
        let mut fitting = self.entities.named(name, keys);
        // "Norrgate" before "Norrgate Harbour" is no given name.
        fitting.retain(|&i| {
            let e = &self.entities.all[i];
            let agrees = gender.is_none_or(|g| e.gender().0.is_none_or(|own| own == g));
            let given = is_given(self.entities.lexicon, &e.name, name);
            agrees && (!given || e.has_given_name || e.first < at)
        });
        bearer(&self.entities, &self.story, &fitting, name, gender, at, sentence)
    }

    /// The organisation that a short form means: "the Fed", "the FBI".
    fn institution(&self, name: &str, at: Place) -> Option<usize> {
        let mut before = self.story.before(at).map(|m| m.entity);
        before.find(|&i| self.entities.all[i].is_short(self.entities.lexicon, name))
    }

    /// Who a pronoun stands for.
    fn pronoun(
        &mut self,
        tokens: &Tokens<'_>,
        pronoun: Pronoun,
        place: InText,
    ) -> Option<Referent> {
        use SpeakerKind::{Group, Organization, Unnamed};
        let gender = match pronoun {
            Pronoun::He => Gender::Male,
            Pronoun::She => Gender::Female,
            Pronoun::They | Pronoun::It | Pronoun::First => {
                let fits = |e: &Entity| match pronoun {
                    Pronoun::They => matches!(e.kind, Group | Unnamed | Organization),
                    Pronoun::It => e.kind == Organization,
                    _ => false,
                };
                let mut fitting =
                    self.story.in_focus(place.at).filter(|m| fits(&self.entities.all[m.entity]));
                let best = fitting.next()?;
                let near = best.sentence + 3 >= place.sentence;
                let rival = fitting
                    .take_while(|m| m.sentence + 3 >= place.sentence)
                    .any(|m| m.entity != best.entity);
                let confidence = if near && !rival { Confidence::Medium } else { Confidence::Low };
                return Some((best.entity, Resolution::Pronoun, confidence));
            }
        };
        let sentence = sentence_of(tokens, place.token);
        let sentence = tokens.sentences.get(sentence).cloned().unwrap_or(0..0);
        let quoted: Vec<&str> = sentence
            .clone()
            .filter(|&i| matches!(tokens.at(i).kind, TokenKind::Quote(_)))
            .map(|i| start_of(tokens.text(i), QUOTED))
            .collect();
        let rest = self.events.get(self.n_told..).unwrap_or(&[]).iter();
        let after: Vec<&str> = rest
            .take_while(|e| e.sentence == place.sentence)
            .filter_map(|e| match &e.what {
                What::Name(name) => Some(surname(self.entities.lexicon, &name.text)),
                What::Pronoun(_) => None,
            })
            .collect();
        let trails = (place.token + 1..sentence.end)
            .find(|&i| !tokens.at(i).is_word())
            .is_none_or(|i| tokens.at(i).is_punct(".") && i < place.token + 4);
        let setting = Setting {
            lexicon: self.entities.lexicon,
            at: place.at,
            sentence: place.sentence,
            gender,
            trails,
            quoted: &quoted,
            after: &after,
        };
        let all = candidates(&self.entities.all, &self.story, &setting);
        let (entity, ahead) = best(&all)?;
        let confidence = match ahead {
            SURE.. => Confidence::High,
            UNSURE.. => Confidence::Medium,
            _ => Confidence::Low,
        };
        Some((entity, Resolution::Pronoun, confidence))
    }

    /// Whom "the mayor", "the company" or "two officials" mean.
    fn described(&mut self, d: Description, at: Place) -> Referent {
        let known = if d.definite && !d.plural { self.known(&d, at) } else { None };
        if let Some(entity) = known {
            return (entity, Resolution::Description, Confidence::Medium);
        }
        let kind = if d.organization { SpeakerKind::Organization } else { SpeakerKind::Unnamed };
        let entity = self.entities.enter(&d.text, None, d.gender, kind, at);
        self.entities.all[entity].head = d.head;
        self.entities.all[entity].affiliate(d.affiliation);
        (entity, Resolution::Unnamed, d.confidence)
    }

    /// Somebody named or described before whom a definite description fits.
    fn known(&self, d: &Description, at: Place) -> Option<usize> {
        let entity = |i: usize| &self.entities.all[i];
        let focus = || self.story.in_focus(at).map(|f| f.entity);
        // "the 24-year-old": the person last in focus.
        if d.aged {
            return focus().find(|&i| entity(i).kind == SpeakerKind::Person);
        }
        // The last in focus whose role or name says so, else the last who is named with it.
        let fits = |&i: &usize| {
            let e = entity(i);
            match e.kind {
                SpeakerKind::Person => e.role.as_deref().is_some_and(|r| has_word(r, &d.head)),
                SpeakerKind::Organization => d.organization && has_word(&e.name, &d.head),
                // Most differ in their first letter, which takes no call to see.
                SpeakerKind::Unnamed => initial(&e.head) == initial(&d.head) && e.head == d.head,
                SpeakerKind::Group => false,
            }
        };
        let earlier = || {
            (0..self.entities.all.len())
                .rev()
                .filter(|&i| entity(i).first < at)
                .take(NAMED)
                .find(fits)
        };
        // "the company": the organisation last in focus.
        let generic = || {
            let recent = self.story.in_focus(at).take_while(|f| f.at.0 + 2 >= at.0);
            let organization = |i: &usize| {
                entity(*i).kind == SpeakerKind::Organization && entity(*i).head.is_empty()
            };
            recent.map(|f| f.entity).find(organization).filter(|_| d.generic)
        };
        focus().find(fits).or_else(earlier).or_else(generic)
    }

    /// The speakers, and where the article mentions each.
    pub(crate) fn into_speakers(self) -> Vec<Speaker> {
        mentions::speakers(self.tokens, self.entities.all)
    }
}

fn initial(word: &str) -> Option<&u8> {
    word.as_bytes().first()
}

/// Who is meant, how that was found, and the most that this allows.
type Referent = (usize, Resolution, Confidence);

/// By how much the best candidate must be ahead to count as sure, and as likely.
const SURE: i32 = 180;
const UNSURE: i32 = 60;

/// A place and its sentence.
#[derive(Clone, Copy)]
struct InText {
    at: Place,
    sentence: usize,
    token: usize,
}

/// The candidate of the greatest weight, the first where several have it, and how far it is ahead.
fn best(candidates: &[(usize, i32)]) -> Option<(usize, i32)> {
    let weight = candidates.iter().map(|c| c.1).max()?;
    let first = candidates.iter().position(|c| c.1 == weight)?;
    let others = candidates.iter().enumerate().filter(|(i, _)| *i != first);
    let second = others.map(|(_, c)| c.1).max().unwrap_or(weight - 2 * SURE);
    Some((candidates.get(first)?.0, weight - second))
}

/// The sentence of a block that holds token `i`.
fn sentence_of(tokens: &Tokens<'_>, i: usize) -> usize {
    tokens.sentences.partition_point(|s| s.end <= i)
}

/// At most `n` bytes of a text.
fn start_of(text: &str, n: usize) -> &str {
    text.get(..text.floor_char_boundary(n)).unwrap_or(text)
}

/// "Lee, who": the phrase that a relative pronoun stands for.
fn relative(tokens: &Tokens<'_>, phrase: &Phrase) -> Option<Phrase> {
    let first = tokens.at(phrase.start);
    if phrase.len() != 1 || !first.is(class::WHO) {
        return None;
    }
    let sentence = tokens.sentences.get(sentence_of(tokens, phrase.start))?;
    let comma = phrase.start.checked_sub(1).is_some_and(|i| tokens.at(i).is_punct(",—–"));
    let end = phrase.start - usize::from(comma);
    noun_phrase::before(tokens, sentence.start, end).filter(|p| p.end <= end && !p.is_empty())
}

/// The capitals that open a phrase, without its last words: "Lee" of "Lee at the time".
fn leading_name(tokens: &Tokens<'_>, phrase: &Phrase) -> Option<String> {
    let capital = |i: &usize| tokens.at(*i).is_word() && tokens.at(*i).capital;
    let n = phrase.clone().take_while(capital).count();
    let name = phrase.start..phrase.start + n;
    let possessive = n > 0 && tokens.at(name.end - 1).possessive;
    (n > 0 && !possessive).then(|| crate::name::words(tokens, &name))
}

/// A source that nobody fits.
fn nobody() -> Resolved {
    Resolved { speaker: None, resolution: Resolution::Nobody, confidence: Confidence::Low }
}
