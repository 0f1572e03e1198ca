//! Applies corrections to what the engine found.
//!
//! References are looked up in the analysis that came in, and among new speakers. Corrections of one statement or one speaker follow each other: the later wins.

use dixit_engine::{
    Analysis, Article, Attribution, AttributionKind, Confidence, Quotation, Resolution, Rule,
    Speaker, Why,
};

use super::model::{Change, Correction, Description, MAX_WORDS, SpeakerRef, StatementRef};
use crate::plan::is_dom_id;

/// What corrections make of an analysis.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applied {
    /// Who said what, corrected.
    pub analysis: Analysis,
    /// For each of its attributions, which correction settled it.
    pub by: Vec<Option<usize>>,
    /// For each correction, whether it finds no place in this article, or only a part of it does.
    pub lost: Vec<bool>,
}

/// Applies `corrections` in their order.
///
/// Ids of what they do not touch stay. Odd references are lost, odd indices of `analysis` are nobody's. Applied to its own
/// result, a list that names everything by id, and nobody whom it merged away before, changes nothing more.
pub fn apply(article: &Article, analysis: &Analysis, corrections: &[Correction]) -> Applied {
    let mut desk = Desk::new(article, analysis);
    // First of all, so that it does not matter who is named before being brought along.
    corrections.iter().for_each(|correction| desk.add_new(&correction.change));
    let lost = corrections.iter().enumerate().map(|(n, c)| !desk.take(n, &c.change)).collect();
    let (analysis, by) = desk.settle();
    Applied { analysis, by, lost }
}

/// A statement, by index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    /// An attribution.
    Attribution(usize),
    /// A quotation without one.
    Quotation(usize),
}

/// Names the statement of attribution `n`; `None` where there is no such attribution.
pub fn of_statement(article: &Article, analysis: &Analysis, n: usize) -> Option<StatementRef> {
    let attribution = analysis.attributions.get(n)?;
    let quotation = analysis.quotations.iter().find(|q| q.attribution == Some(n));
    let (id, words) = match quotation {
        Some(quotation) => (&quotation.id, article.text(quotation.span).to_owned()),
        None => (&attribution.id, words_of(article, attribution)),
    };
    Some(StatementRef { id: id.clone(), words: words.chars().take(MAX_WORDS).collect() })
}

/// The attribution that a reference means.
pub fn statement(
    article: &Article,
    analysis: &Analysis,
    statement: &StatementRef,
) -> Option<usize> {
    match Words::new(article, analysis).find(statement)? {
        Key::Attribution(n) => Some(n),
        Key::Quotation(_) => None,
    }
}

fn words_of(article: &Article, attribution: &Attribution) -> String {
    let words: Vec<&str> = attribution.content.iter().map(|&span| article.text(span)).collect();
    words.join(" ")
}

/// Statements by id and by words.
struct Words<'a> {
    article: &'a Article,
    analysis: &'a Analysis,
    /// The bare words of every quotation and statement, once somebody asks for them.
    bare: Option<Vec<(String, Key)>>,
}

impl<'a> Words<'a> {
    fn new(article: &'a Article, analysis: &'a Analysis) -> Words<'a> {
        Words { article, analysis, bare: None }
    }

    fn key(&self, n: usize, quotation: &Quotation) -> Key {
        let of = quotation.attribution.filter(|&a| a < self.analysis.attributions.len());
        of.map_or(Key::Quotation(n), Key::Attribution)
    }

    /// By id; else by words, where one place alone has them.
    fn find(&mut self, wanted: &StatementRef) -> Option<Key> {
        let mut quotations = self.analysis.quotations.iter().enumerate();
        if let Some((n, quotation)) = quotations.find(|(_, q)| q.id == wanted.id) {
            return Some(self.key(n, quotation));
        }
        let mut attributions = self.analysis.attributions.iter();
        if let Some(n) = attributions.position(|a| a.id == wanted.id) {
            return Some(Key::Attribution(n));
        }
        let words = bare(&wanted.words);
        if words.is_empty() {
            return None;
        }
        if self.bare.is_none() {
            self.bare = Some(self.all_bare());
        }
        let mut same = self.bare.iter().flatten().filter(|(known, _)| *known == words);
        let (_, found) = same.next()?;
        same.all(|(_, key)| key == found).then_some(*found)
    }

    fn all_bare(&self) -> Vec<(String, Key)> {
        let cut = |text: &str| bare(&text.chars().take(MAX_WORDS).collect::<String>());
        let quotations = self.analysis.quotations.iter().enumerate();
        let quotations = quotations.map(|(n, q)| (cut(self.article.text(q.span)), self.key(n, q)));
        let attributions = self.analysis.attributions.iter().enumerate();
        let attributions =
            attributions.map(|(n, a)| (cut(&words_of(self.article, a)), Key::Attribution(n)));
        quotations.chain(attributions).collect()
    }
}

/// Letters and digits alone: what a newer engine or another copy of an article leaves as it is.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What becomes of a statement.
#[derive(Debug, Clone, Copy)]
enum Fate {
    /// It is credited to a speaker, or to nobody.
    Credited(Option<usize>),
    /// It is none.
    Gone,
}

/// The work in progress.
struct Desk<'a> {
    analysis: &'a Analysis,
    words: Words<'a>,
    /// The speakers that came in, then the new ones.
    speakers: Vec<Speaker>,
    /// For each speaker, who they turned out to be; themselves where nobody else.
    same_as: Vec<usize>,
    attributions: Vec<Option<(Fate, usize)>>,
    quotations: Vec<Option<(Fate, usize)>>,
}

impl<'a> Desk<'a> {
    fn new(article: &'a Article, analysis: &'a Analysis) -> Desk<'a> {
        Desk {
            analysis,
            words: Words::new(article, analysis),
            speakers: analysis.speakers.clone(),
            same_as: (0..analysis.speakers.len()).collect(),
            attributions: vec![None; analysis.attributions.len()],
            quotations: vec![None; analysis.quotations.len()],
        }
    }

    /// Whether all that the change names was found.
    fn take(&mut self, n: usize, change: &Change) -> bool {
        match change {
            Change::Credit { statements, to } => {
                let statements = self.find_all(statements);
                if statements.0.is_empty() {
                    return false;
                }
                let to = match to {
                    None => None,
                    Some(to) => match self.speaker(to) {
                        Some(speaker) => Some(speaker),
                        None => return false,
                    },
                };
                self.decide(&statements.0, Fate::Credited(to), n);
                statements.1
            }
            Change::Not { statements } => {
                let (found, all) = self.find_all(statements);
                self.decide(&found, Fate::Gone, n);
                all && !found.is_empty()
            }
            Change::Merge { speaker, into } => {
                let (Some(speaker), Some(into)) = (self.speaker(speaker), self.speaker(into))
                else {
                    return false;
                };
                // Both are who they turned out to be: no circle can come about.
                if let Some(same_as) = self.same_as.get_mut(speaker) {
                    *same_as = into;
                }
                true
            }
            Change::Describe { speaker, now } => {
                let found = self.speaker(speaker).and_then(|s| self.speakers.get_mut(s));
                let Some(speaker) = found else { return false };
                describe(speaker, now);
                true
            }
        }
    }

    fn find_all(&mut self, statements: &[StatementRef]) -> (Vec<Key>, bool) {
        let found: Vec<Key> = statements.iter().filter_map(|s| self.words.find(s)).collect();
        let all = found.len() == statements.len();
        (found, all)
    }

    fn decide(&mut self, statements: &[Key], fate: Fate, by: usize) {
        for &key in statements {
            let slot = match key {
                Key::Attribution(n) => self.attributions.get_mut(n),
                Key::Quotation(n) => self.quotations.get_mut(n),
            };
            if let Some(slot) = slot {
                *slot = Some((fate, by));
            }
        }
    }

    /// Adds the speakers whom a change brings along.
    fn add_new(&mut self, change: &Change) {
        let references = match change {
            Change::Credit { to, .. } => [to.as_ref(), None],
            Change::Not { .. } => [None, None],
            Change::Merge { speaker, into } => [Some(speaker), Some(into)],
            Change::Describe { speaker, .. } => [Some(speaker), None],
        };
        for SpeakerRef { id, new, .. } in references.into_iter().flatten() {
            let Some(new) = new else { continue };
            if !is_dom_id(id, 's') || self.speakers.iter().any(|s| s.id == *id) {
                continue;
            }
            self.same_as.push(self.speakers.len());
            let mut speaker = Speaker {
                id: id.clone(),
                name: String::new(),
                role: None,
                affiliation: None,
                kind: new.kind,
                mentions: Vec::new(),
            };
            describe(&mut speaker, new);
            self.speakers.push(speaker);
        }
    }

    /// Whom a reference means: by id, or by name where one alone bears it.
    fn speaker(&mut self, wanted: &SpeakerRef) -> Option<usize> {
        if let Some(n) = self.speakers.iter().position(|s| s.id == wanted.id) {
            return self.root(n);
        }
        let name = bare(&wanted.name);
        let known = self.analysis.speakers.iter().enumerate();
        let mut same = known.filter(|(_, s)| !name.is_empty() && bare(&s.name) == name);
        match (same.next(), same.next()) {
            (Some((n, _)), None) => self.root(n),
            _ => None,
        }
    }

    /// Who speaker `n` turned out to be; shortens the way there for those who ask next.
    fn root(&mut self, n: usize) -> Option<usize> {
        let mut root = n;
        while let Some(&next) = self.same_as.get(root)
            && next != root
        {
            root = next;
        }
        *self.same_as.get_mut(n)? = root;
        Some(root)
    }

    fn settle(mut self) -> (Analysis, Vec<Option<usize>>) {
        let mut attributions: Vec<(Attribution, Option<usize>)> = Vec::new();
        let mut place: Vec<Option<usize>> = vec![None; self.analysis.attributions.len()];
        // New attributions go before the first old one that begins after them.
        let mut new: Vec<(usize, Attribution, usize)> = Vec::new();
        for (n, fate) in self.quotations.clone().into_iter().enumerate() {
            if let (Some((Fate::Credited(Some(to)), by)), Some(quotation)) =
                (fate, self.analysis.quotations.get(n))
            {
                let id = self.new_id(quotation);
                new.push((n, credited(id, quotation, to), by));
            }
        }
        let mut new = new.into_iter().peekable();
        let mut of_quotation: Vec<Option<usize>> = vec![None; self.analysis.quotations.len()];
        let analysis = self.analysis;
        for (n, attribution) in analysis.attributions.iter().enumerate() {
            while let Some((q, a, by)) = new.next_if(|(_, a, _)| begin(a) < begin(attribution)) {
                if let Some(slot) = of_quotation.get_mut(q) {
                    *slot = Some(attributions.len());
                }
                attributions.push((a, Some(by)));
            }
            let fate = self.attributions.get(n).copied().flatten();
            if matches!(fate, Some((Fate::Gone, _))) {
                continue;
            }
            let mut attribution = attribution.clone();
            if let Some((Fate::Credited(to), _)) = fate {
                credit(&mut attribution, to);
            }
            if let Some(slot) = place.get_mut(n) {
                *slot = Some(attributions.len());
            }
            attributions.push((attribution, fate.map(|(_, by)| by)));
        }
        for (q, a, by) in new {
            if let Some(slot) = of_quotation.get_mut(q) {
                *slot = Some(attributions.len());
            }
            attributions.push((a, Some(by)));
        }
        let mut quotations = Vec::with_capacity(analysis.quotations.len());
        for (n, quotation) in analysis.quotations.iter().enumerate() {
            let known = |&a: &usize| a < place.len();
            let fate = match quotation.attribution.filter(known) {
                Some(a) => self.attributions.get(a).copied().flatten(),
                None => self.quotations.get(n).copied().flatten(),
            };
            if matches!(fate, Some((Fate::Gone, _))) {
                continue;
            }
            let old = quotation.attribution.and_then(|a| place.get(a).copied().flatten());
            let attribution = of_quotation.get(n).copied().flatten().or(old);
            quotations.push(Quotation { attribution, ..quotation.clone() });
        }
        let (mut attributions, by): (Vec<Attribution>, Vec<Option<usize>>) =
            attributions.into_iter().unzip();
        let speakers = self.settle_speakers(&mut attributions);
        (Analysis { quotations, attributions, speakers }, by)
    }

    /// Joins speakers, and lets go who is not credited any more.
    fn settle_speakers(&mut self, attributions: &mut [Attribution]) -> Vec<Speaker> {
        let n_old = self.analysis.speakers.len();
        let mut was_credited = vec![false; self.speakers.len()];
        for attribution in &self.analysis.attributions {
            if let Some(slot) = attribution.speaker.and_then(|s| was_credited.get_mut(s)) {
                *slot = true;
            }
        }
        let mut is_credited = vec![false; self.speakers.len()];
        for attribution in attributions.iter_mut() {
            attribution.speaker = attribution.speaker.and_then(|s| self.root(s));
            if let Some(slot) = attribution.speaker.and_then(|s| is_credited.get_mut(s)) {
                *slot = true;
            }
        }
        let roots: Vec<usize> =
            (0..self.speakers.len()).map(|n| self.root(n).unwrap_or(n)).collect();
        for (n, &root) in roots.iter().enumerate() {
            if n == root {
                continue;
            }
            let mentions = self.speakers.get_mut(n).map(|s| std::mem::take(&mut s.mentions));
            if let (Some(speaker), Some(mentions)) = (self.speakers.get_mut(root), mentions) {
                speaker.mentions.extend(mentions);
                speaker.mentions.sort_by_key(|m| (m.block, m.start, m.end));
            }
        }
        let stays = |n: usize| {
            let credited = is_credited.get(n) == Some(&true);
            // Who was never credited was not for the corrections to judge.
            let untouched = n < n_old && was_credited.get(n) == Some(&false);
            roots.get(n) == Some(&n) && (credited || untouched)
        };
        let mut place: Vec<Option<usize>> = vec![None; self.speakers.len()];
        let mut speakers = Vec::new();
        for (n, speaker) in std::mem::take(&mut self.speakers).into_iter().enumerate() {
            if stays(n) {
                if let Some(slot) = place.get_mut(n) {
                    *slot = Some(speakers.len());
                }
                speakers.push(speaker);
            }
        }
        for attribution in attributions {
            attribution.speaker = attribution.speaker.and_then(|s| place.get(s).copied()?);
        }
        speakers
    }

    /// An id for the attribution of a quotation that had none: the quotation's words are its content.
    fn new_id(&self, quotation: &Quotation) -> String {
        let words = quotation.id.strip_prefix("q-").unwrap_or(&quotation.id);
        let mut id = ["a-", words].concat();
        while self.analysis.attributions.iter().any(|a| a.id == id) {
            id.push_str("-r");
        }
        id
    }
}

fn begin(attribution: &Attribution) -> (usize, usize) {
    attribution.content.first().map_or((0, 0), |span| (span.block, span.start))
}

fn credited(id: String, quotation: &Quotation, to: usize) -> Attribution {
    Attribution {
        id,
        kind: AttributionKind::Direct,
        content: vec![quotation.span],
        cue: None,
        source: None,
        speaker: Some(to),
        why: Why { rule: Rule::Nearby, resolution: Resolution::Name },
        confidence: Confidence::High,
    }
}

fn credit(attribution: &mut Attribution, to: Option<usize>) {
    if attribution.speaker != to {
        // The words that name the one credited before do not name this one.
        attribution.source = None;
        attribution.why.resolution = match to {
            Some(_) => Resolution::Name,
            None => Resolution::Nobody,
        };
    }
    attribution.speaker = to;
    attribution.confidence = Confidence::High;
}

fn describe(speaker: &mut Speaker, now: &Description) {
    if !now.name.trim().is_empty() {
        speaker.name.clone_from(&now.name);
    }
    speaker.role.clone_from(&now.role);
    speaker.affiliation.clone_from(&now.affiliation);
    speaker.kind = now.kind;
}
