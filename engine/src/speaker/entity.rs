//! Everybody an article names, found again by any part of the name.

use crate::case::{lower_first, lowered};
use crate::name::Gender;
use crate::words::Words;
use crate::{Span, SpeakerKind};

/// A block and a byte in it.
pub(super) type Place = (usize, usize);

/// A speaker under construction, or a person who is named and has not spoken.
#[derive(Debug, Clone)]
pub(super) struct Entity {
    pub(super) name: String,
    pub(super) role: Option<String>,
    pub(super) kind: SpeakerKind,
    pub(super) gender: Option<Gender>,
    /// Where the article first names it.
    pub(super) first: Place,
    /// Where it is a source.
    pub(super) sources: Vec<Span>,
    /// For a source that is only described: the noun that does.
    pub(super) head: String,
    /// Its number among those who speak.
    pub(super) speaker: Option<usize>,
}

/// How many of those who share a word of their names are looked at.
const SHELF: usize = 64;

/// All entities, in order of entering, and which names hold a word.
#[derive(Default)]
pub(super) struct Entities {
    pub(super) all: Vec<Entity>,
    words: Words,
    shelves: Vec<Vec<usize>>,
}

impl Entities {
    /// Enters a name, or adds to what is known of it.
    pub(super) fn enter(
        &mut self,
        name: &str,
        role: Option<String>,
        gender: Option<Gender>,
        kind: SpeakerKind,
        at: Place,
    ) -> usize {
        let same = |e: &Entity| e.kind == kind && same_name(&e.name, name, kind);
        if let Some(i) = self.sharing(name).into_iter().find(|&i| same(&self.all[i])) {
            let e = &mut self.all[i];
            if name.split(' ').count() > e.name.split(' ').count() {
                name.clone_into(&mut e.name);
            }
            e.role = e.role.take().or(role);
            e.gender = e.gender.or(gender);
            return i;
        }
        let i = self.all.len();
        for word in keys(name) {
            self.words.slot(&mut self.shelves, &word).push(i);
        }
        self.all.push(Entity {
            name: name.to_string(),
            role,
            kind,
            gender,
            first: at,
            sources: Vec::new(),
            head: String::new(),
            speaker: None,
        });
        i
    }

    /// Those whose names share the first or the last word of `name`, newest first.
    fn sharing(&self, name: &str) -> Vec<usize> {
        let shelf = |word: &String| self.words.get(word).and_then(|i| self.shelves.get(i as usize));
        let shelves = keys(name);
        let all = shelves.iter().filter_map(shelf);
        all.flat_map(|shelf| shelf.iter().rev().take(SHELF).copied()).collect()
    }

    /// Those whom `name` can mean: it is the name, or a person's surname, first name, or end of the name.
    pub(super) fn named(&self, name: &str) -> Vec<usize> {
        let fits = |e: &Entity| {
            e.kind != SpeakerKind::Unnamed && same_name(&e.name, name, e.kind)
                || e.kind == SpeakerKind::Person && is_part(&e.name, name)
        };
        self.sharing(name).into_iter().filter(|&i| fits(&self.all[i])).collect()
    }
}

/// The words under which a name is found: its first and its last, without an article.
fn keys(name: &str) -> Vec<String> {
    let name = bare(name);
    let first = name.split(' ').next().unwrap_or("");
    let last = name.rsplit(' ').next().unwrap_or("");
    if first == last { vec![first.to_string()] } else { vec![last.to_string(), first.to_string()] }
}

/// In lower case, without an article.
fn bare(name: &str) -> String {
    let lower = lowered(name);
    let articles = ["the ", "die ", "das ", "der ", "le ", "la ", "les ", "l'"];
    let rest = articles.iter().find_map(|a| lower.strip_prefix(a));
    rest.map_or_else(|| lower.clone(), str::to_string)
}

/// Whether two names are the same: equal, or a person's first and last name equal.
pub(super) fn same_name(a: &str, b: &str, kind: SpeakerKind) -> bool {
    if kind != SpeakerKind::Person {
        return bare(a) == bare(b);
    }
    let ends = |name: &str| (name.split(' ').next() == name.rsplit(' ').next()).then_some(());
    let several = ends(a).is_none() && ends(b).is_none();
    a == b
        || several
            && a.split(' ').next() == b.split(' ').next()
            && a.rsplit(' ').next() == b.rsplit(' ').next()
}

/// Whether `part` is the surname, the first name or the end of `full`.
fn is_part(full: &str, part: &str) -> bool {
    let rest = full.strip_suffix(part).is_some_and(|r| r.ends_with(' '));
    rest || full.strip_prefix(part).is_some_and(|r| r.starts_with(' '))
}

/// Whether `lower` is one of the words of `text`.
pub(super) fn has_word(text: &str, lower: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '-').any(|w| lowered(w) == lower)
}

/// "Two officials" at the start of a sentence is "two officials"; names keep their capital.
pub(super) fn description(text: &str) -> String {
    let first = text.split(' ').next().unwrap_or("");
    if first.chars().skip(1).any(char::is_uppercase) { text.to_string() } else { lower_first(text) }
}
