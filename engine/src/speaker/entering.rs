//! Enters everybody whom an article names, before anything is resolved.

use super::entity::{Entities, is_given};
use super::reading;
use super::story::{Event, What};
use crate::SpeakerKind;
use crate::lexicon::Lexicon;
use crate::name::Gender;
use crate::text::has;
use crate::token::Tokens;

/// All whom the events and the title name in full, and what the pronouns beside them tell.
pub(super) fn entities<'a>(
    lexicon: &'a Lexicon,
    events: &[Event],
    title: Option<&Tokens<'_>>,
) -> Entities<'a> {
    let mut entities = Entities::new(lexicon);
    enter_names(&mut entities, events);
    for name in title.map(|t| reading::names(t, true)).unwrap_or_default() {
        if name.full_person() {
            entities.read(&name, SpeakerKind::Person, (usize::MAX, 0));
        }
    }
    read_pronouns(&mut entities, events);
    entities
}

/// Enters full names and organisations, then names with a title that nobody bears in full.
fn enter_names(entities: &mut Entities<'_>, events: &[Event]) {
    let named = |e: &Event| match &e.what {
        What::Name(name) => name.kind.map(|kind| (kind, e.at)),
        What::Pronoun(_) => None,
    };
    for part in [false, true] {
        for event in events {
            let (Some((kind, at)), What::Name(name)) = (named(event), &event.what) else {
                continue;
            };
            let person = kind == SpeakerKind::Person;
            let short = person && !has(&name.text, ' ');
            if short != part || name.headline && !name.full_person() {
                continue;
            }
            if short {
                let agrees = |&i: &usize| {
                    let own = entities.all[i].gender().0;
                    name.gender.is_none_or(|g| own.is_none_or(|o| o == g))
                };
                let known = entities.named(&name.text, name.keys).into_iter().find(agrees);
                if let Some(i) = known {
                    let e = &mut entities.all[i];
                    e.gender = e.gender.or(name.gender);
                    e.role = e.role.take().or_else(|| name.role.clone());
                    e.affiliate(name.affiliation.clone());
                    continue;
                }
            }
            entities.read(name, kind, at);
        }
    }
}

/// "He" and "she" beside the only person whom a sentence names tell the gender.
fn read_pronouns(entities: &mut Entities<'_>, events: &[Event]) {
    let lexicon = entities.lexicon;
    let mut last: Option<(usize, usize)> = None;
    let mut alone = false;
    for event in events {
        match &event.what {
            What::Name(name) => {
                let named = entities.named(&name.text, name.keys);
                let [one] = named[..] else {
                    alone = false;
                    continue;
                };
                let e = &mut entities.all[one];
                if e.kind != SpeakerKind::Person {
                    continue;
                }
                e.given += usize::from(is_given(lexicon, &e.name, &name.text));
                alone = last
                    .is_none_or(|(entity, sentence)| entity == one || sentence < event.sentence);
                last = Some((one, event.sentence));
            }
            What::Pronoun(gender) => {
                if let Some((entity, sentence)) = last.filter(|_| alone)
                    && sentence == event.sentence
                {
                    let male = *gender == Gender::Male;
                    entities.all[entity].he += if male { 1 } else { -1 };
                }
            }
        }
    }
}
