//! Weighs whom a pronoun or a surname that several bear can mean.

use super::entity::{Entities, Entity, Place, is_given, surname};
use super::story::{Mention, Story};
use crate::SpeakerKind;
use crate::lexicon::Lexicon;
use crate::name::Gender;
use crate::text;

/// The surroundings of a pronoun.
pub(super) struct Setting<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) at: Place,
    pub(super) sentence: usize,
    pub(super) gender: Gender,
    /// The statement's words stand before the pronoun: "…, he said."
    pub(super) trails: bool,
    /// What is quoted in the sentence.
    pub(super) quoted: &'a [&'a str],
    /// Surnames that the sentence names after the pronoun.
    pub(super) after: &'a [&'a str],
}

/// How far back, in mentions and in sentences, an antecedent is looked for.
const REACH: usize = 60;
const SENTENCES: usize = 12;
/// How many people are weighed.
const RIVALS: usize = 8;

pub(super) const N_SIGNS: usize = 24;
/// What each sign weighs, learned by logistic regression.
const WEIGHTS: [i32; N_SIGNS] = [
    95, 62, -6, -45, -107, 50, 36, -3, 29, 1, 4, -3, 61, -7, -3, -18, 25, 26, 8, -86, 23, 32, 19, 9,
];

/// The people whom a pronoun can mean, each with its weight, the nearest first.
///
/// A given name tells less than the article: where nobody else fits, "she" may be Jean.
pub(super) fn candidates(
    all: &[Entity],
    story: &Story,
    setting: &Setting<'_>,
) -> Vec<(usize, i32)> {
    let usual = weighed(all, story, setting, true);
    if usual.is_empty() { weighed(all, story, setting, false) } else { usual }
}

fn weighed(all: &[Entity], story: &Story, setting: &Setting<'_>, usual: bool) -> Vec<(usize, i32)> {
    let mut seen: Vec<(usize, &Mention, usize)> = Vec::with_capacity(RIVALS);
    let near = |m: &&Mention| m.sentence + SENTENCES >= setting.sentence;
    for m in story.before(setting.at).take(REACH).take_while(near) {
        if let Some((_, _, n)) = seen.iter_mut().find(|(e, ..)| *e == m.entity) {
            *n += 1;
        } else if seen.len() < RIVALS
            && all.get(m.entity).is_some_and(|e| fits(e, setting.gender, usual))
        {
            seen.push((m.entity, m, 1));
        }
    }
    let most = seen.iter().filter_map(|(e, ..)| all.get(*e)).map(|e| e.mentions).max().unwrap_or(0);
    let speaker = story.last_source(setting.at).map(|m| m.entity);
    let mut out = Vec::with_capacity(seen.len());
    for (rank, (entity, last, n)) in seen.into_iter().enumerate() {
        let Some(e) = all.get(entity) else { continue };
        let signs = signs(e, last, setting, Rivalry { rank, n, most, speaker });
        let weight = signs.iter().zip(WEIGHTS).map(|(s, w)| i32::from(*s) * w).sum();
        out.push((entity, weight));
    }
    out
}

fn fits(e: &Entity, gender: Gender, usual: bool) -> bool {
    let (own, told) = e.gender();
    let plural = e.kind == SpeakerKind::Unnamed && e.head.ends_with('s');
    matches!(e.kind, SpeakerKind::Person | SpeakerKind::Unnamed)
        && (own.is_none_or(|g| g == gender) || !usual && !told)
        && !plural
}

struct Rivalry {
    rank: usize,
    n: usize,
    most: usize,
    speaker: Option<usize>,
}

/// The signs that tell for or against somebody, in the order of the weights.
fn signs(e: &Entity, last: &Mention, setting: &Setting<'_>, rivalry: Rivalry) -> [bool; N_SIGNS] {
    let distance = setting.sentence.saturating_sub(last.sentence);
    let name = || surname(setting.lexicon, &e.name);
    let same = distance == 0;
    let (gender, told) = e.gender();
    [
        same,
        distance == 1,
        distance == 2,
        distance == 3 || distance == 4,
        distance > 4,
        last.at.0 == setting.at.0,
        last.subject,
        last.source,
        rivalry.speaker == Some(last.entity),
        last.possessive,
        rivalry.n > 1,
        e.mentions == rivalry.most,
        gender.is_some(),
        setting.quoted.iter().any(|q| text::holds(q, name())),
        setting.after.iter().any(|after| *after == name()),
        rivalry.rank == 0,
        last.pronoun,
        same && setting.trails && !last.source,
        told,
        e.kind == SpeakerKind::Unnamed,
        rivalry.speaker == Some(last.entity) && last.at.0 == setting.at.0,
        rivalry.speaker == Some(last.entity) && last.at.0 + 1 == setting.at.0,
        last.subject && distance <= 1,
        last.source && distance <= 1,
    ]
}

const N_NAME_SIGNS: usize = 12;
/// What each sign of a bearer weighs, learned likewise.
const NAME_WEIGHTS: [i32; N_NAME_SIGNS] = [100, 30, 30, 20, 30, 50, 20, -20, -30, -60, 20, 20];

/// Which of `fitting`, who bear `name` and are of no other gender, is meant at `at`, and whether the runner-up is
/// far behind.
pub(super) fn bearer(
    entities: &Entities<'_>,
    story: &Story,
    fitting: &[usize],
    name: &str,
    gender: Option<Gender>,
    at: Place,
    sentence: usize,
) -> Option<(usize, bool)> {
    let (all, lexicon) = (&entities.all, entities.lexicon);
    let entities = || fitting.iter().filter_map(|i| all.get(*i));
    let last = entities().map(|e| e.last).max()?;
    let last_short = entities().map(|e| e.last_short).max()?;
    let first = entities().map(|e| e.first).min()?;
    let most = entities().map(|e| e.mentions).max()?;
    let mut ranked: Option<(i32, usize)> = None;
    let mut second = i32::MIN;
    for &i in fitting {
        let Some(e) = all.get(i) else { continue };
        let mention = e.last.and_then(|m| story.mentions.get(m));
        let signs = [
            gender.is_some() && e.gender().0 == gender,
            e.first < at,
            mention.is_some_and(|m| m.sentence == sentence),
            mention.is_some_and(|m| m.at.0 == at.0),
            e.last.is_some() && e.last == last,
            e.last_short.is_some() && e.last_short == last_short,
            e.first == first,
            e.full > 1,
            e.given > 0,
            is_given(lexicon, &e.name, name),
            e.mentions == most,
            !e.sources.is_empty(),
        ];
        let weight = signs.iter().zip(NAME_WEIGHTS).map(|(s, w)| i32::from(*s) * w).sum();
        match ranked {
            Some((best, _)) if best >= weight => second = second.max(weight),
            Some((best, _)) => {
                second = best;
                ranked = Some((weight, i));
            }
            None => ranked = Some((weight, i)),
        }
    }
    ranked.map(|(best, i)| (i, best.saturating_sub(second) > 30))
}
