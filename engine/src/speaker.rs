//! Turns sources into speakers: names, parts of names, pronouns, descriptions.

use crate::case::{lower_first, lowered};
use crate::lexicon::{ANY_HONORIFIC, ANY_ROLE, class};
use crate::name::{Gender, Pronoun, Reference, reference};
use crate::noun_phrase::{self, Phrase};
use crate::order::settle;
use crate::statement::main_subject;
use crate::text::is_any;
use crate::token::{Tokens, stem};
use crate::{Confidence, Resolution, Span, Speaker, SpeakerKind};

/// A speaker under construction, or a person who is named and has not spoken.
#[derive(Debug, Clone)]
struct Entity {
    name: String,
    role: Option<String>,
    kind: SpeakerKind,
    gender: Option<Gender>,
    /// Where the article names it, in reading order.
    first: (usize, usize),
    mentions: Vec<Span>,
    /// For an unnamed source: the noun that describes it.
    head: String,
}

/// Somebody who stood in focus at a place: the subject of a sentence, or a source.
#[derive(Debug, Clone, Copy)]
struct Focus {
    at: (usize, usize),
    entity: usize,
}

/// Everybody an article names, and who was in focus where.
pub(crate) struct Cast<'a> {
    tokens: &'a [Tokens<'a>],
    entities: Vec<Entity>,
    /// In reading order.
    focus: Vec<Focus>,
    /// Entities that are credited, in order of first statement.
    speakers: Vec<usize>,
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
        let mut cast =
            Cast { tokens, entities: Vec::new(), focus: Vec::new(), speakers: Vec::new() };
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
                    self.enter(&name, role, gender, kind, at);
                }
            }
            i = end;
        }
    }

    fn enter(
        &mut self,
        name: &str,
        role: Option<String>,
        gender: Option<Gender>,
        kind: SpeakerKind,
        at: (usize, usize),
    ) -> usize {
        let found =
            self.entities.iter().position(|e| e.kind == kind && same_name(&e.name, name, kind));
        match found {
            Some(i) => {
                let e = &mut self.entities[i];
                let articled = kind == SpeakerKind::Organization && name.len() > e.name.len();
                if name.split(' ').count() > e.name.split(' ').count()
                    && (kind != SpeakerKind::Organization || articled)
                {
                    name.clone_into(&mut e.name);
                }
                if e.role.is_none() {
                    e.role = role;
                }
                e.gender = e.gender.or(gender);
                i
            }
            None => {
                self.entities.push(Entity {
                    name: name.to_string(),
                    role,
                    kind,
                    gender,
                    first: at,
                    mentions: Vec::new(),
                    head: String::new(),
                });
                self.entities.len() - 1
            }
        }
    }

    /// The subject of each sentence is in focus after it.
    fn read_subjects(&mut self, tokens: &Tokens<'_>) {
        for sentence in &tokens.sentences {
            let Some(phrase) = main_subject(tokens, sentence, sentence.end) else { continue };
            let Reference::Named { name, .. } = reference(tokens, &phrase) else { continue };
            let at = (tokens.block, tokens.at(phrase.start).start);
            if let Some(entity) = self.named(&name, at) {
                self.focus.push(Focus { at, entity });
            }
        }
    }

    /// The entity of a name or a part of one: the last that fits before `at`, else the first after it.
    fn named(&self, name: &str, at: (usize, usize)) -> Option<usize> {
        let fits = |e: &Entity| {
            e.kind != SpeakerKind::Unnamed
                && (same_name(&e.name, name, e.kind)
                    || e.kind == SpeakerKind::Person && is_part(&e.name, name))
        };
        let before = (0..self.entities.len())
            .filter(|&i| fits(&self.entities[i]) && self.entities[i].first <= at);
        let last = before.max_by_key(|&i| {
            let seen = self.focus.iter().rev().find(|f| f.entity == i && f.at <= at).map(|f| f.at);
            (seen, self.entities[i].first)
        });
        last.or_else(|| {
            (0..self.entities.len())
                .filter(|&i| fits(&self.entities[i]))
                .min_by_key(|&i| self.entities[i].first)
        })
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
                        k == self.entities[i].kind || self.entities[i].kind == SpeakerKind::Person
                    })
                });
                let entity = match known {
                    Some(i) => {
                        let e = &mut self.entities[i];
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
                    None => {
                        self.enter(&name, role, gender, kind.unwrap_or(SpeakerKind::Person), at)
                    }
                };
                let whole =
                    same_name(&self.entities[entity].name, &name, self.entities[entity].kind);
                (
                    entity,
                    if whole { Resolution::Name } else { Resolution::PartOfName },
                    Confidence::High,
                )
            }
            Reference::Group { text } => (
                self.enter(&text, None, None, SpeakerKind::Group, at),
                Resolution::Name,
                Confidence::High,
            ),
            Reference::Described { head, definite, plural, gender, organization, text } => {
                let generic = tokens.slice(phrase.clone()).iter().any(|t| t.is(class::GENERIC_ORG));
                self.described(head, definite, plural, gender, organization, generic, &text, at)
            }
        };
        self.focus.push(Focus { at, entity });
        let i = self.focus.partition_point(|f| f.at <= at);
        let last = self.focus.len() - 1;
        if i < last {
            let focus = self.focus.remove(last);
            self.focus.insert(i, focus);
        }
        self.entities[entity].mentions.push(span);
        Resolved { speaker: Some(self.speaker(entity)), resolution, confidence }
    }

    fn speaker(&mut self, entity: usize) -> usize {
        self.speakers.iter().position(|&e| e == entity).unwrap_or_else(|| {
            self.speakers.push(entity);
            self.speakers.len() - 1
        })
    }

    /// Who a pronoun at `at` stands for, and whether nobody else fits as well.
    fn pronoun(&self, pronoun: Pronoun, at: (usize, usize)) -> Option<(usize, bool)> {
        let gender = match pronoun {
            Pronoun::He => Some(Gender::Male),
            Pronoun::She => Some(Gender::Female),
            _ => None,
        };
        let fits = |e: &Entity| match pronoun {
            Pronoun::He | Pronoun::She => {
                matches!(e.kind, SpeakerKind::Person | SpeakerKind::Unnamed)
                    && (e.gender.is_none() || e.gender == gender)
                    && !(e.kind == SpeakerKind::Unnamed && e.head.ends_with('s'))
            }
            Pronoun::They => {
                e.kind == SpeakerKind::Group
                    || e.kind == SpeakerKind::Unnamed
                    || e.kind == SpeakerKind::Organization
            }
            Pronoun::It => e.kind == SpeakerKind::Organization,
            Pronoun::First => false,
        };
        let before = self.focus.iter().rev().filter(|f| f.at < at).take(40);
        let mut fitting = before.filter(|f| fits(&self.entities[f.entity]));
        let best = fitting.next()?;
        let known = self.entities[best.entity].gender.is_some() && gender.is_some();
        let near = best.at.0 + 1 >= at.0;
        let rival =
            fitting.take_while(|f| f.at.0 + 1 >= best.at.0).any(|f| f.entity != best.entity);
        Some((best.entity, near && (known || !rival)))
    }

    #[allow(
        clippy::too_many_arguments,
        reason = "the parts of one reference, taken apart by its match"
    )]
    fn described(
        &mut self,
        head: String,
        definite: bool,
        plural: bool,
        gender: Option<Gender>,
        organization: bool,
        generic_organization: bool,
        text: &str,
        at: (usize, usize),
    ) -> (usize, Resolution, Confidence) {
        if head.ends_with("-year-old") && definite {
            let person = self
                .focus
                .iter()
                .rev()
                .filter(|f| f.at < at)
                .map(|f| f.entity)
                .find(|&i| self.entities[i].kind == SpeakerKind::Person);
            if let Some(i) = person {
                return (i, Resolution::Description, Confidence::Medium);
            }
        }
        if definite && !plural {
            // "the mayor": the person last in focus whose role says so, else the first who is named with it.
            let fits = |e: &Entity| {
                e.kind == SpeakerKind::Person
                    && e.role.as_deref().is_some_and(|r| has_word(r, &head))
                    || e.kind == SpeakerKind::Unnamed && e.head == head
                    || organization
                        && e.kind == SpeakerKind::Organization
                        && has_word(&e.name, &head)
            };
            let in_focus = self
                .focus
                .iter()
                .rev()
                .filter(|f| f.at < at)
                .map(|f| f.entity)
                .find(|&i| fits(&self.entities[i]));
            let earlier = || {
                (0..self.entities.len())
                    .rev()
                    .find(|&i| fits(&self.entities[i]) && self.entities[i].first < at)
            };
            // "the company": the organisation last in focus.
            let generic = || {
                let recent = self
                    .focus
                    .iter()
                    .rev()
                    .filter(|f| f.at < at && f.at.0 + 2 >= at.0)
                    .map(|f| f.entity);
                recent.into_iter().find(|&i| {
                    self.entities[i].kind == SpeakerKind::Organization
                        && self.entities[i].head.is_empty()
                })
            };
            let generic = if generic_organization { generic() } else { None };
            if let Some(i) = in_focus.or_else(earlier).or(generic) {
                return (i, Resolution::Description, Confidence::Medium);
            }
        }
        let kind = if organization { SpeakerKind::Organization } else { SpeakerKind::Unnamed };
        let lower = description(text);
        let entity = self.enter(&lower, None, gender, kind, at);
        self.entities[entity].head = head;
        (entity, Resolution::Unnamed, Confidence::High)
    }

    /// The speakers, and where the article mentions each.
    pub(crate) fn into_speakers(self) -> Vec<Speaker> {
        let mut out: Vec<Speaker> = Vec::new();
        let by_word = self.surnames();
        for &i in &self.speakers {
            let e = &self.entities[i];
            let mut sources = e.mentions.clone();
            settle(&mut sources, |&m| m);
            let mentions = merged(&sources, &self.other_mentions(i, &by_word));
            let base = "s-".to_string() + &crate::id::slug(&e.name);
            let n = out
                .iter()
                .filter(|s| s.id == base || s.id.starts_with(&format!("{base}-")))
                .count();
            out.push(Speaker {
                id: if n == 0 { base } else { format!("{base}-{}", n + 1) },
                name: e.name.clone(),
                role: e.role.clone(),
                affiliation: None,
                kind: e.kind,
                mentions,
            });
        }
        out
    }

    /// The words by which the text names each speaking person: full name and surname.
    fn surnames(&self) -> Vec<(usize, Vec<String>)> {
        self.speakers
            .iter()
            .filter(|&&i| self.entities[i].kind == SpeakerKind::Person)
            .map(|&i| (i, self.entities[i].name.split(' ').map(str::to_string).collect()))
            .collect()
    }

    /// Mentions of a person by name outside quotations, beyond those that are sources.
    fn other_mentions(&self, entity: usize, people: &[(usize, Vec<String>)]) -> Vec<Span> {
        let Some((_, parts)) = people.iter().find(|(i, _)| *i == entity) else { return Vec::new() };
        let Some(surname) = parts.last() else { return Vec::new() };
        let shared = people.iter().filter(|(_, p)| p.last() == Some(surname)).count() > 1;
        let mut out = Vec::new();
        for tokens in self.tokens {
            for (i, t) in tokens.list.iter().enumerate() {
                if !t.is_word() || stem(tokens.text(i)) != surname {
                    continue;
                }
                let mut start = i;
                let mut left = parts.len() - 1;
                while start > 0 && left > 0 && tokens.text(start - 1) == parts[left - 1] {
                    start -= 1;
                    left -= 1;
                }
                if left > 0
                    && (shared
                        || start > 0
                            && tokens.at(start - 1).capital
                            && !tokens.at(start - 1).is(ANY_ROLE | ANY_HONORIFIC)
                            && !tokens.at(start - 1).is_punct(".")
                            && tokens.sentences.iter().all(|s| s.start != start - 1))
                {
                    continue;
                }
                let end = t.start + stem(tokens.text(i)).len();
                out.push(Span { block: tokens.block, start: tokens.at(start).start, end });
            }
        }
        out
    }
}

/// The speakers of a name's parts.
fn nobody() -> Resolved {
    Resolved { speaker: None, resolution: Resolution::Nobody, confidence: Confidence::Low }
}

/// Whether two names are the same: equal, or first and last name equal.
fn same_name(a: &str, b: &str, kind: SpeakerKind) -> bool {
    if kind != SpeakerKind::Person {
        let bare = |s: &str| {
            let lower = lowered(s);
            let article = ["the ", "die ", "das ", "der ", "le ", "la ", "les ", "l'"]
                .iter()
                .find_map(|a| lower.strip_prefix(a));
            article.map_or(lower.clone(), str::to_string)
        };
        return bare(a) == bare(b);
    }
    if a == b {
        return true;
    }
    let (a, b): (Vec<_>, Vec<_>) = (a.split(' ').collect(), b.split(' ').collect());
    a.len() > 1 && b.len() > 1 && a.first() == b.first() && a.last() == b.last()
}

/// Whether `part` is the surname, the first name or the end of `full`.
fn is_part(full: &str, part: &str) -> bool {
    let parts: Vec<_> = full.split(' ').collect();
    let words: Vec<_> = part.split(' ').collect();
    parts.len() > words.len() && (parts.ends_with(&words) || parts.starts_with(&words))
}

fn has_word(text: &str, lower: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '-').any(|w| lowered(w) == lower)
}

/// "Two officials" at the start of a sentence is "two officials"; names keep their capital.
fn description(text: &str) -> String {
    let first = text.split(' ').next().unwrap_or("");
    if first.chars().skip(1).any(char::is_uppercase) { text.to_string() } else { lower_first(text) }
}

/// Two lists in reading order as one; of mentions that overlap, the longer stays.
fn merged(a: &[Span], b: &[Span]) -> Vec<Span> {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut out: Vec<Span> = Vec::new();
    loop {
        let next = match (a.peek(), b.peek()) {
            (Some(x), Some(y)) if x > y => b.next(),
            (None, _) => b.next(),
            _ => a.next(),
        };
        let Some(&m) = next else { return out };
        match out.last_mut() {
            Some(last) if last.block == m.block && m.start < last.end => {
                if m.end - m.start > last.end - last.start {
                    *last = m;
                }
            }
            _ => out.push(m),
        }
    }
}
