//! Everybody an article names, found again by any part of the name.

use super::reading::Name;
use crate::case::{is_same, lowered};
use crate::lexicon::{Classes, Lexicon, class, rare};
use crate::name::Gender;
use crate::text;
use crate::words::{Words, key, lower_key};
use crate::{Span, SpeakerKind};

/// A block and a byte in it.
pub(super) type Place = (usize, usize);

/// A speaker under construction, or a person who is named and has not spoken.
#[derive(Debug, Clone)]
pub(super) struct Entity {
    pub(super) name: String,
    pub(super) role: Option<String>,
    pub(super) affiliation: Option<String>,
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

    /// Enters whom a person or an unnamed source speaks for, where it is not known yet.
    pub(super) fn affiliate(&mut self, affiliation: Option<String>) {
        if matches!(self.kind, SpeakerKind::Person | SpeakerKind::Unnamed) {
            let fuller =
                |old: &String| affiliation.as_ref().is_some_and(|new| text::holds(new, old));
            if self.affiliation.as_ref().is_none_or(fuller) {
                self.affiliation = affiliation.or(self.affiliation.take());
            }
        }
    }

    /// Whether `name` is how this organisation is called for short: "the FBI", "the Fed".
    pub(super) fn is_short(&self, lexicon: &Lexicon, name: &str) -> bool {
        self.kind == SpeakerKind::Organization && is_short_form(lexicon, &self.name, name)
    }
}

/// How many of those who share a word of their names are looked at.
const SHELF: usize = 64;

/// All entities, in order of entering, and which names hold a word.
pub(super) struct Entities<'a> {
    pub(super) all: Vec<Entity>,
    pub(super) lexicon: &'a Lexicon,
    words: Words,
    shelves: Vec<Vec<usize>>,
}

impl<'a> Entities<'a> {
    pub(super) fn new(lexicon: &'a Lexicon) -> Entities<'a> {
        Entities { all: Vec::new(), lexicon, words: Words::default(), shelves: Vec::new() }
    }

    /// Enters a name that was read, or adds to what is known of it.
    pub(super) fn read(&mut self, name: &Name, kind: SpeakerKind, at: Place) -> usize {
        let i = self.enter_under(name.keys, &name.text, name.role.clone(), name.gender, kind, at);
        let e = &mut self.all[i];
        e.affiliate(name.affiliation.clone());
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
        self.enter_under(keys(self.lexicon, name), name, role, gender, kind, at)
    }

    fn enter_under(
        &mut self,
        keys: Keys,
        name: &str,
        role: Option<String>,
        gender: Option<Gender>,
        kind: SpeakerKind,
        at: Place,
    ) -> usize {
        let lexicon = self.lexicon;
        let same = |e: &Entity| {
            e.kind == kind && (same_name(lexicon, &e.name, name, kind) || e.is_short(lexicon, name))
        };
        if let Some(i) = self.sharing(keys).into_iter().find(|&i| same(&self.all[i])) {
            let e = &mut self.all[i];
            if name.split(' ').count() > e.name.split(' ').count() {
                name.clone_into(&mut e.name);
            }
            e.role = e.role.take().or(role);
            e.gender = e.gender.or(gender);
            return i;
        }
        let i = self.all.len();
        let [last, first] = keys;
        self.shelve(last, i);
        if first != last {
            self.shelve(first, i);
        }
        if kind == SpeakerKind::Organization && text::has(name, ' ') {
            self.shelve(key(&initials(lexicon, &lowered(bare(lexicon, name)))), i);
        }
        self.all.push(Entity {
            name: name.to_string(),
            role,
            affiliation: None,
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

    /// Lets entity `i` be found under a word.
    fn shelve(&mut self, word: u32, i: usize) {
        self.words.slot(&mut self.shelves, word).push(i);
    }

    /// Those whose names share the first or the last word of a name with these keys, newest first.
    fn sharing(&self, keys: Keys) -> Vec<usize> {
        let shelf = |word| self.words.of_key(word).and_then(|i| self.shelves.get(i as usize));
        let mut out: Vec<usize> = Vec::new();
        for shelf in keys.into_iter().filter_map(shelf) {
            for &i in shelf.iter().rev().take(SHELF) {
                if !out.contains(&i) {
                    out.push(i);
                }
            }
        }
        out
    }

    /// Those whom `name` can mean: it is the name, or a person's surname, given name, or end of the name.
    pub(super) fn named(&self, name: &str, keys: Keys) -> Vec<usize> {
        let of = |i: usize| &self.all[i];
        let lexicon = self.lexicon;
        let mut out = self.sharing(keys);
        let whole = |e: &Entity| {
            e.kind != SpeakerKind::Unnamed && same_name(lexicon, &e.name, name, e.kind)
        };
        if out.iter().any(|&i| whole(of(i)) && (of(i).firm || text::has(name, ' '))) {
            out.retain(|&i| whole(of(i)));
        } else {
            out.retain(|&i| {
                let e = of(i);
                whole(e)
                    || e.kind == SpeakerKind::Person && is_part(lexicon, &e.name, name)
                    || e.is_short(lexicon, name)
            });
        }
        // "Then Lee" at the start of a sentence is nobody beside Ann Lee.
        if out.iter().any(|&i| of(i).firm) {
            out.retain(|&i| of(i).firm || of(i).name == name);
        }
        out
    }
}

/// The keys of the words under which a name is found: its last and its first, without an article.
pub(super) type Keys = [u32; 2];

pub(super) fn keys(lexicon: &Lexicon, name: &str) -> Keys {
    let name = bare(lexicon, name);
    [surname(lexicon, name), given(lexicon, name)].map(lower_key)
}

/// Whether a word of a name is of one of the lexicon's classes.
fn is(lexicon: &Lexicon, word: &str, classes: Classes) -> bool {
    lexicon.is_rare(lower_key(word.trim_end_matches('.')), classes)
}

/// The last word of a name that is no suffix: what a family is called. In some languages it comes first.
pub(super) fn surname<'n>(lexicon: &Lexicon, name: &'n str) -> &'n str {
    if lexicon.family_first {
        return text::until(name, space(name).unwrap_or(name.len()));
    }
    let mut end = name.len();
    loop {
        let start = text::until(name, end).bytes().rposition(|b| b == b' ').map_or(0, |at| at + 1);
        let word = text::part(name, start..end);
        if !is(lexicon, word, rare::SUFFIX) {
            return word;
        }
        if start == 0 {
            return name;
        }
        end = start - 1;
    }
}

/// What a person is called in the family: the first word, or the last where the family comes first.
fn given<'n>(lexicon: &Lexicon, name: &'n str) -> &'n str {
    if lexicon.family_first {
        return text::from(name, name.bytes().rposition(|b| b == b' ').map_or(0, |at| at + 1));
    }
    text::until(name, space(name).unwrap_or(name.len()))
}

/// Where the first space of a name is. Names are short: a search made for long texts takes longer to begin.
fn space(name: &str) -> Option<usize> {
    name.bytes().position(|b| b == b' ')
}

/// Without an article.
fn bare<'n>(lexicon: &Lexicon, name: &'n str) -> &'n str {
    match space(name) {
        Some(at) if is(lexicon, text::until(name, at), rare::ARTICLE) => text::from(name, at + 1),
        _ => name,
    }
}

/// Whether two names are the same: equal, or a person's first and last name equal.
pub(super) fn same_name(lexicon: &Lexicon, a: &str, b: &str, kind: SpeakerKind) -> bool {
    if kind != SpeakerKind::Person {
        return is_same(bare(lexicon, a), bare(lexicon, b));
    }
    let several = || space(a).is_some() && space(b).is_some();
    let same = || surname(lexicon, a) == surname(lexicon, b) && same_given(lexicon, a, b);
    a == b || several() && same()
}

/// Whether the given names of two names are the same, or one is what the other is called for short: by the
/// lexicon, or by a nickname in marks.
fn same_given(lexicon: &Lexicon, a: &str, b: &str) -> bool {
    let (x, y) = (given(lexicon, a), given(lexicon, b));
    let marked = |name: &str, nick: &str| {
        let mut inner = name.split(' ').filter(|w| w.ends_with(['"', '”', '’', '\'']));
        inner.any(|w| w.trim_matches(|c: char| !c.is_alphanumeric()) == nick)
    };
    x == y || lexicon.is_nickname(x, y) || marked(a, y) || marked(b, x)
}

/// Whether `part` is the surname, the given name or the end of `full`.
fn is_part(lexicon: &Lexicon, full: &str, part: &str) -> bool {
    let rest = full.strip_suffix(part).is_some_and(|r| r.ends_with(' '));
    rest || surname(lexicon, full) == part || is_given(lexicon, full, part)
}

/// Whether `part` is the given name of `full`.
pub(super) fn is_given(lexicon: &Lexicon, full: &str, part: &str) -> bool {
    if lexicon.family_first {
        return full.strip_suffix(part).is_some_and(|r| r.ends_with(' '));
    }
    full.strip_prefix(part).is_some_and(|r| r.starts_with(' '))
}

/// Whether `short` is how an organisation is called for short: by initials, or by how its name begins.
fn is_short_form(lexicon: &Lexicon, full: &str, short: &str) -> bool {
    let (full, short) = (bare(lexicon, full), bare(lexicon, short));
    if space(short).is_some() || space(full).is_none() {
        return false;
    }
    let (full, short) = (lowered(full), lowered(&short.replace('.', "")));
    initials(lexicon, &full) == short || short.len() > 2 && full.starts_with(&short)
}

/// "hso" of "harbour survey office".
fn initials(lexicon: &Lexicon, lower: &str) -> String {
    let small = class::DETERMINER | class::PREP | class::PREP_OF | class::CONJUNCTION;
    let counts = |w: &&str| lexicon.word(w, key(w)).classes & small == 0;
    lower.split(' ').filter(counts).filter_map(|w| w.chars().next()).collect()
}

/// Whether `lower` is one of the words of `text`.
pub(super) fn has_word(text: &str, lower: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '-').any(|w| is_same(w, lower))
}
