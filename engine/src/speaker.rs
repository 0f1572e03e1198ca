//! Turns sources into speakers: names, parts of names, pronouns, descriptions.

mod entity;
mod focus;
mod mentions;

use crate::lexicon::{ANY_HONORIFIC, ANY_ROLE, class};
use crate::name::{Description, Gender, Pronoun, Reference, reference};
use crate::noun_phrase::{self, Phrase};
use crate::statement::main_subject;
use crate::text::is_any;
use crate::token::Tokens;
use crate::{Confidence, Resolution, Span, Speaker, SpeakerKind};
use entity::{Entities, Entity, Place, description, has_word, same_name};
use focus::Attention;

/// How many of those who are named are looked through for a role.
const NAMED: usize = 200;

/// Everybody an article names, and who was in focus where.
pub(crate) struct Cast<'a> {
    tokens: &'a [Tokens<'a>],
    entities: Entities,
    attention: Attention,
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
    pub(crate) fn new(tokens: &'a [Tokens<'a>], title: Option<&Tokens<'_>>) -> Cast<'a> {
        let (entities, attention) = (Entities::default(), Attention::default());
        let mut cast = Cast { tokens, entities, attention, n_speakers: 0 };
        for block in tokens {
            cast.read_names(block, true);
        }
        if let Some(title) = title {
            cast.read_names(title, false);
        }
        for block in tokens {
            cast.read_subjects(block);
        }
        cast
    }

    /// Enters the full names of a block: two capitals or more that are no organisation, or a name with a role.
    fn read_names(&mut self, tokens: &Tokens<'_>, in_body: bool) {
        let list = &tokens.list;
        let mut i = 0;
        while i < list.len() {
            if !(tokens.at(i).is_word() && tokens.at(i).capital) {
                i += 1;
                continue;
            }
            // The run of capitals, with the title words before it.
            let mut end = i + 1;
            while end < list.len()
                && (tokens.at(end).is_word() && tokens.at(end).capital
                    || tokens.at(end).is_punct(".")
                        && tokens.at(end - 1).is(ANY_HONORIFIC | class::ABBREVIATION)
                    || tokens.at(end).is_word()
                        && is_any(tokens.text(end), "de von van der la al bin of")
                        && list.get(end + 1).is_some_and(|t| t.capital && t.is_word()))
                && !tokens.at(end - 1).possessive
            {
                end += 1;
            }
            let mut start = i;
            let mut role = false;
            while start > 0
                && tokens.at(start - 1).is_word()
                && (tokens.at(start - 1).is(ANY_ROLE)
                    || role
                        && (tokens.at(start).is(ANY_ROLE) || tokens.at(start - 1).capital)
                        && noun_phrase::is_nominal(tokens, start - 1)
                        && !tokens
                            .at(start - 1)
                            .is(class::DETERMINER | class::POSSESSIVE | class::PREP_OF))
                && !tokens.at(start - 1).possessive
            {
                start -= 1;
                role |= tokens.at(start).is(ANY_ROLE);
            }
            let phrase = if list.get(end).is_some_and(|t| t.is_punct(",")) {
                noun_phrase::after(tokens, start, list.len())
                    .filter(|p| p.end > end)
                    .unwrap_or(start..end)
            } else {
                start..end
            };
            if let Reference::Named { name, role, gender, kind: Some(kind) } =
                reference(tokens, &phrase)
            {
                // "US Ambassador to the Alliance US Ambassador Ann Lee": only the whole phrase says the role.
                let cut = (0..start)
                    .rev()
                    .find(|&i| !tokens.at(i).is(class::DETERMINER))
                    .is_some_and(|i| {
                        tokens.at(i).is(class::PREP_OF)
                            && i.checked_sub(1)
                                .map(|k| tokens.at(k))
                                .is_some_and(|t| t.is(ANY_ROLE))
                    });
                let role = role.filter(|_| !cut);
                let at =
                    if in_body { (tokens.block, tokens.at(start).start) } else { (usize::MAX, 0) };
                if kind == SpeakerKind::Person && name.contains(' ') || in_body {
                    self.entities.enter(&name, role, gender, kind, at);
                }
            }
            i = end;
        }
    }

    /// The speaker whom `phrase` of block `block` credits.
    pub(crate) fn resolve(&mut self, block: usize, phrase: &Phrase) -> Resolved {
        let Some(tokens) = self.tokens.get(block) else { return nobody() };
        let Some(first) = tokens.list.get(phrase.start) else { return nobody() };
        let end = tokens.list.get(phrase.end.saturating_sub(1)).map_or(first.end, |t| t.end);
        let at = (block, first.start);
        let span = Span { block, start: first.start, end };
        let (entity, resolution, confidence) = match reference(tokens, phrase) {
            Reference::Pronoun(pronoun) => match self.pronoun(pronoun, at) {
                Some((entity, sure)) => {
                    let confidence = if sure { Confidence::High } else { Confidence::Medium };
                    (entity, Resolution::Pronoun, confidence)
                }
                None => return nobody(),
            },
            Reference::Named { name, role, gender, kind } => {
                let known = self.named(&name, at).filter(|&i| {
                    kind.is_none_or(|k| {
                        k == self.entities.all[i].kind
                            || self.entities.all[i].kind == SpeakerKind::Person
                    })
                });
                let entity = match known {
                    Some(i) => {
                        let e = &mut self.entities.all[i];
                        // The phrase of a source says the role more fully than a run of capitals.
                        let fuller = |old: &String| {
                            role.as_ref().is_some_and(|new| new.contains(old.as_str()))
                        };
                        if e.role.as_ref().is_none_or(fuller) {
                            e.role = role.or(e.role.take());
                        }
                        e.gender = e.gender.or(gender);
                        if e.kind == SpeakerKind::Organization && name.len() > e.name.len() {
                            e.name.clone_from(&name); // "the Kremlin" keeps its article
                        }
                        i
                    }
                    None => self.entities.enter(
                        &name,
                        role,
                        gender,
                        kind.unwrap_or(SpeakerKind::Person),
                        at,
                    ),
                };
                let whole = same_name(
                    &self.entities.all[entity].name,
                    &name,
                    self.entities.all[entity].kind,
                );
                (
                    entity,
                    if whole { Resolution::Name } else { Resolution::PartOfName },
                    Confidence::High,
                )
            }
            Reference::Group { text } => (
                self.entities.enter(&text, None, None, SpeakerKind::Group, at),
                Resolution::Name,
                Confidence::High,
            ),
            Reference::Described(description) => self.described(description, at),
        };
        self.attention.source(at, entity);
        self.entities.all[entity].sources.push(span);
        Resolved { speaker: Some(self.speaker(entity)), resolution, confidence }
    }

    /// The number of a speaker.
    fn speaker(&mut self, entity: usize) -> usize {
        let n_speakers = &mut self.n_speakers;
        *self.entities.all[entity].speaker.get_or_insert_with(|| {
            *n_speakers += 1;
            *n_speakers - 1
        })
    }

    /// The subject of each sentence is in focus after it.
    fn read_subjects(&mut self, tokens: &Tokens<'_>) {
        for sentence in &tokens.sentences {
            let Some(phrase) = main_subject(tokens, sentence, sentence.end) else { continue };
            let Reference::Named { name, .. } = reference(tokens, &phrase) else { continue };
            let at = (tokens.block, tokens.at(phrase.start).start);
            if let Some(entity) = self.named(&name, at) {
                self.attention.subject(at, entity);
            }
        }
    }

    /// Whom `name` means at `at`: the last in focus before it, else the last named before, else the first after.
    fn named(&self, name: &str, at: Place) -> Option<usize> {
        let fitting = self.entities.named(name);
        let first = |&i: &usize| self.entities.all[i].first;
        let before: Vec<usize> = fitting.iter().copied().filter(|i| first(i) <= at).collect();
        match before.as_slice() {
            [] => fitting.into_iter().min_by_key(first),
            [one] => Some(*one),
            several => {
                let focused = self.attention.before(at).find(|f| several.contains(&f.entity));
                focused.map(|f| f.entity).or_else(|| several.iter().copied().max_by_key(first))
            }
        }
    }

    /// Who a pronoun at `at` stands for, and whether nobody else fits as well.
    fn pronoun(&self, pronoun: Pronoun, at: Place) -> Option<(usize, bool)> {
        use SpeakerKind::{Group, Organization, Person, Unnamed};
        let gender = match pronoun {
            Pronoun::He => Some(Gender::Male),
            Pronoun::She => Some(Gender::Female),
            _ => None,
        };
        let fits = |e: &Entity| match pronoun {
            Pronoun::He | Pronoun::She => {
                let plural = e.kind == Unnamed && e.head.ends_with('s');
                matches!(e.kind, Person | Unnamed)
                    && e.gender.is_none_or(|g| Some(g) == gender)
                    && !plural
            }
            Pronoun::They => matches!(e.kind, Group | Unnamed | Organization),
            Pronoun::It => e.kind == Organization,
            Pronoun::First => false,
        };
        let mut fitting = self.attention.before(at).filter(|f| fits(&self.entities.all[f.entity]));
        let best = fitting.next()?;
        let told = gender.is_some() && self.entities.all[best.entity].gender.is_some();
        let near = best.at.0 + 1 >= at.0;
        let rival =
            fitting.take_while(|f| f.at.0 + 1 >= best.at.0).any(|f| f.entity != best.entity);
        Some((best.entity, near && (told || !rival)))
    }

    /// Whom "the mayor", "the company" or "two officials" mean.
    fn described(&mut self, d: Description, at: Place) -> (usize, Resolution, Confidence) {
        let known = if d.definite && !d.plural { self.known(&d, at) } else { None };
        if let Some(entity) = known {
            return (entity, Resolution::Description, Confidence::Medium);
        }
        let kind = if d.organization { SpeakerKind::Organization } else { SpeakerKind::Unnamed };
        let entity = self.entities.enter(&description(&d.text), None, d.gender, kind, at);
        self.entities.all[entity].head = d.head;
        (entity, Resolution::Unnamed, Confidence::High)
    }

    /// Somebody named or described before whom a definite description fits.
    fn known(&self, d: &Description, at: Place) -> Option<usize> {
        let entity = |i: usize| &self.entities.all[i];
        let focus = || self.attention.before(at).map(|f| f.entity);
        // "the 24-year-old": the person last in focus.
        if d.head.ends_with("-year-old") {
            return focus().find(|&i| entity(i).kind == SpeakerKind::Person);
        }
        // The last in focus whose role or name says so, else the last who is named with it.
        let fits = |&i: &usize| {
            let e = entity(i);
            match e.kind {
                SpeakerKind::Person => e.role.as_deref().is_some_and(|r| has_word(r, &d.head)),
                SpeakerKind::Organization => d.organization && has_word(&e.name, &d.head),
                SpeakerKind::Unnamed => e.head == d.head,
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
            let recent = self.attention.before(at).take_while(|f| f.at.0 + 2 >= at.0);
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

/// A source that nobody fits.
fn nobody() -> Resolved {
    Resolved { speaker: None, resolution: Resolution::Nobody, confidence: Confidence::Low }
}
