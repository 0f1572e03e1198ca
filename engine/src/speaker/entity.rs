//! Everybody an article names, found again by any part of the name.

use super::reading::Name;
use crate::case::{lower_first, lowered};
use crate::name::Gender;
use crate::text::is_any;
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
    /// Told by a title or a role.
    pub(super) gender: Option<Gender>,
    /// As the given name has it.
    pub(super) usual_gender: Option<Gender>,
    /// How often "he" stands near the name, less how often "she" does.
    pub(super) he: i32,
    /// Where the article first names it.
    pub(super) first: Place,
    /// Named by what is certainly a name.
    pub(super) firm: bool,
    /// The name begins with a common given name.
    pub(super) has_given_name: bool,
    /// How often it is named in full, and by the given name alone.
    pub(super) full: usize,
    pub(super) given: usize,
    /// Where it is a source.
    pub(super) sources: Vec<Span>,
    /// For a source that is only described: the noun that does.
    pub(super) head: String,
    /// Its number among those who speak.
    pub(super) speaker: Option<usize>,
    /// How often it was mentioned so far, and the number of the last mention.
    pub(super) mentions: usize,
    pub(super) last: Option<usize>,
    /// The number of the last mention by a part of the name.
    pub(super) last_short: Option<usize>,
}

impl Entity {
    /// The gender, and whether the article itself tells it.
    pub(super) fn gender(&self) -> (Option<Gender>, bool) {
        let near = match self.he {
            ..=-2 => Some(Gender::Female),
            2.. => Some(Gender::Male),
            _ => None,
        };
        let told = self.gender.or(near);
        (told.or(self.usual_gender), told.is_some())
    }

    /// Whether `name` is how this organisation is called for short: "the FBI", "the Fed".
    pub(super) fn is_short(&self, name: &str) -> bool {
        self.kind == SpeakerKind::Organization && is_short_form(&self.name, name)
    }
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
    /// Enters a name that was read, or adds to what is known of it.
    pub(super) fn read(&mut self, name: &Name, kind: SpeakerKind, at: Place) -> usize {
        let i = self.enter(&name.text, name.role.clone(), name.gender, kind, at);
        let e = &mut self.all[i];
        e.usual_gender = e.usual_gender.or(name.usual_gender);
        e.firm |= name.firm;
        e.has_given_name |= name.given;
        e.full += 1;
        i
    }

    /// Enters a name, or adds to what is known of it.
    pub(super) fn enter(
        &mut self,
        name: &str,
        role: Option<String>,
        gender: Option<Gender>,
        kind: SpeakerKind,
        at: Place,
    ) -> usize {
        let same =
            |e: &Entity| e.kind == kind && (same_name(&e.name, name, kind) || e.is_short(name));
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
        let mut keys = keys(name);
        if kind == SpeakerKind::Organization && name.contains(' ') {
            keys.push(initials(&bare(name)));
        }
        for word in keys {
            self.words.slot(&mut self.shelves, &word).push(i);
        }
        self.all.push(Entity {
            name: name.to_string(),
            role,
            kind,
            gender,
            usual_gender: None,
            he: 0,
            first: at,
            firm: false,
            has_given_name: false,
            full: 0,
            given: 0,
            sources: Vec::new(),
            head: String::new(),
            speaker: None,
            mentions: 0,
            last: None,
            last_short: None,
        });
        i
    }

    /// Those whose names share the first or the last word of `name`, newest first.
    fn sharing(&self, name: &str) -> Vec<usize> {
        let shelf = |word: &String| self.words.get(word).and_then(|i| self.shelves.get(i as usize));
        let mut out: Vec<usize> = Vec::new();
        for shelf in keys(name).iter().filter_map(shelf) {
            for &i in shelf.iter().rev().take(SHELF) {
                if !out.contains(&i) {
                    out.push(i);
                }
            }
        }
        out
    }

    /// Those whom `name` can mean: it is the name, or a person's surname, given name, or end of the name.
    pub(super) fn named(&self, name: &str) -> Vec<usize> {
        let of = |i: usize| &self.all[i];
        let mut out = self.sharing(name);
        let whole = |e: &Entity| e.kind != SpeakerKind::Unnamed && same_name(&e.name, name, e.kind);
        if out.iter().any(|&i| whole(of(i)) && (of(i).firm || name.contains(' '))) {
            out.retain(|&i| whole(of(i)));
        } else {
            out.retain(|&i| {
                let e = of(i);
                whole(e)
                    || e.kind == SpeakerKind::Person && is_part(&e.name, name)
                    || e.is_short(name)
            });
        }
        // "Then Lee" at the start of a sentence is nobody beside Ann Lee.
        if out.iter().any(|&i| of(i).firm) {
            out.retain(|&i| of(i).firm || of(i).name == name);
        }
        out
    }
}

/// The words under which a name is found: its first and its last, without an article.
fn keys(name: &str) -> Vec<String> {
    let name = bare(name);
    let first = name.split(' ').next().unwrap_or("");
    let last = surname(&name);
    if first == last { vec![first.to_string()] } else { vec![last.to_string(), first.to_string()] }
}

/// The last word of a name that is no suffix.
pub(super) fn surname(name: &str) -> &str {
    let mut words =
        name.rsplit(' ').filter(|w| !is_any(w, "Jr. Jr Sr. Sr II III IV jr. jr sr. sr ii iii iv"));
    words.next().unwrap_or(name)
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
    let several = a.contains(' ') && b.contains(' ');
    a == b || several && a.split(' ').next() == b.split(' ').next() && surname(a) == surname(b)
}

/// Whether `part` is the surname, the given name or the end of `full`.
fn is_part(full: &str, part: &str) -> bool {
    let rest = full.strip_suffix(part).is_some_and(|r| r.ends_with(' '));
    rest || surname(full) == part || is_given(full, part)
}

/// Whether `part` is the given name of `full`.
pub(super) fn is_given(full: &str, part: &str) -> bool {
    full.strip_prefix(part).is_some_and(|r| r.starts_with(' '))
}

/// Whether `short` is how an organisation is called for short: by initials, or by how its name begins.
fn is_short_form(full: &str, short: &str) -> bool {
    let (full, short) = (bare(full), bare(short).replace('.', ""));
    if short.contains(' ') || !full.contains(' ') {
        return false;
    }
    initials(&full) == short || short.len() > 2 && full.starts_with(&short)
}

/// "hso" of "harbour survey office".
fn initials(lower: &str) -> String {
    let counts = |w: &&str| !is_any(w, "of the for and in");
    lower.split(' ').filter(counts).filter_map(|w| w.chars().next()).collect()
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
