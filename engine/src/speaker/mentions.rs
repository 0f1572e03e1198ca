//! Where the article mentions those who speak, by name and as sources.

use super::entity::Entity;
use crate::id::speaker_id;
use crate::lexicon::{ANY_HONORIFIC, ANY_ROLE};
use crate::order::settle;
use crate::text::parts_back;
use crate::token::{Tokens, stem};
use crate::words::{Words, key};
use crate::{Span, Speaker, SpeakerKind};

/// More people of one surname than this are found by their full names only.
const NAMESAKES: usize = 16;

/// The speakers in order of their numbers.
pub(super) fn speakers(tokens: &[Tokens<'_>], mut entities: Vec<Entity>) -> Vec<Speaker> {
    entities.retain(|e| e.speaker.is_some());
    settle(&mut entities, |e| e.speaker);
    let names = names(tokens, &entities);
    let mut ids = Words::default();
    entities
        .into_iter()
        .zip(names)
        .map(|(mut e, names)| {
            settle(&mut e.sources, |&m| m);
            let base = speaker_id(&e.name);
            let n = ids.entry(key(&base), 0);
            *n += 1;
            Speaker {
                id: if *n == 1 { base } else { base + "-" + &n.to_string() },
                mentions: merged(&e.sources, &names),
                name: e.name,
                role: e.role,
                affiliation: e.affiliation,
                kind: e.kind,
            }
        })
        .collect()
}

/// For each person, the places outside quotations that name them, in one pass over the text.
fn names(tokens: &[Tokens<'_>], entities: &[Entity]) -> Vec<Vec<Span>> {
    let mut surnames = Words::default();
    let mut bearers: Vec<Vec<usize>> = Vec::new();
    for (i, e) in entities.iter().enumerate().filter(|(_, e)| e.kind == SpeakerKind::Person) {
        let surname = parts_back(&e.name, b' ').next().unwrap_or("");
        surnames.slot(&mut bearers, key(surname)).push(i);
    }
    let mut out = vec![Vec::new(); entities.len()];
    for block in tokens {
        for (i, t) in block.list.iter().enumerate().filter(|(_, t)| t.is_word() && t.capital) {
            let surname = stem(block.text(i));
            let here = surnames.get(surname).and_then(|n| bearers.get(n as usize));
            let Some(here) = here.filter(|h| h.len() <= NAMESAKES) else { continue };
            for &person in here {
                let Some(e) = entities.get(person) else { continue };
                if let Some(start) = name_at(block, i, &e.name, here.len() > 1) {
                    let start = block.at(start).start;
                    out[person].push(Span {
                        block: block.block,
                        start,
                        end: t.start + surname.len(),
                    });
                }
            }
        }
    }
    out
}

/// Where a name begins that ends with the surname at token `i`: the full name, or the surname alone
/// where it is nobody else's and no other capital stands before it.
fn name_at(tokens: &Tokens<'_>, i: usize, name: &str, shared: bool) -> Option<usize> {
    let mut start = i;
    let mut before = parts_back(name, b' ').skip(1);
    let mut next = before.next();
    while let Some(word) = next {
        if start == 0 || tokens.text(start - 1) != word {
            break;
        }
        start -= 1;
        next = before.next();
    }
    if next.is_none() {
        return Some(start);
    }
    let other_name = start.checked_sub(1).is_some_and(|b| {
        let t = tokens.at(b);
        let opens = tokens.sentences.binary_search_by_key(&b, |s| s.start).is_ok();
        t.capital && !t.is(ANY_ROLE | ANY_HONORIFIC) && !opens
    });
    (!shared && !other_name).then_some(start)
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
