//! Finds statements sentence by sentence: a cue, the source it credits, and the content it carries.

use std::ops::Range;

use crate::Rule;
use crate::lexicon::{Lexicon, PRONOUN, class, cue};
use crate::noun_phrase::{self, Phrase, is_nominal, is_noun_use};
use crate::order::settle;
use crate::text::{ends_in, is_any, trim_end};
use crate::token::{Token, TokenKind, Tokens};

/// One statement inside one block, as ranges of its tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Statement {
    pub(crate) cue: Option<Range<usize>>,
    pub(crate) source: Option<Phrase>,
    /// In reading order; never empty.
    pub(crate) content: Vec<Range<usize>>,
    pub(crate) rule: Rule,
}

impl Statement {
    fn first(&self) -> usize {
        self.content.first().map_or(0, |c| c.start)
    }
}

/// A cue that is used as a verb, and its subject.
#[derive(Debug, Clone)]
struct Candidate {
    /// Tokens of the cue.
    cue: Range<usize>,
    /// Where the verb group begins, auxiliaries and adverbs included.
    verb: usize,
    subject: Option<Phrase>,
    inverted: bool,
    /// The subject is that of another verb ("…, saying"; "and added").
    inherited: bool,
}

impl Candidate {
    /// Where the clause of this cue begins.
    fn start(&self) -> usize {
        match &self.subject {
            Some(s) if !self.inherited && !self.inverted => s.start.min(self.verb),
            _ => self.verb,
        }
    }

    /// Where the clause's own words end and what is said may begin.
    fn end(&self) -> usize {
        match &self.subject {
            Some(s) if self.inverted => s.end,
            _ => self.cue.end,
        }
    }
}

/// The statements of every sentence of a block, in order of their content.
pub(crate) fn statements(tokens: &Tokens<'_>, lexicon: &Lexicon) -> Vec<Statement> {
    let mut out = Vec::new();
    for sentence in &tokens.sentences {
        in_sentence(tokens, lexicon, sentence, &mut out);
    }
    out
}

fn in_sentence(
    tokens: &Tokens<'_>,
    lexicon: &Lexicon,
    sentence: &Range<usize>,
    out: &mut Vec<Statement>,
) {
    let first = out.len();
    let candidates = candidates(tokens, sentence);
    let mut reached = sentence.start;
    for (n, candidate) in candidates.iter().enumerate() {
        if candidate.cue.start < reached {
            continue; // inside what somebody else is said to have said
        }
        let scene = Scene { tokens, sentence, candidates: &candidates, n, floor: reached };
        if let Some(statement) = scene.statement() {
            let end = statement.content.last().map_or(0, |c| c.end);
            reached = reached.max(end.max(candidate.end()));
            // "Officials think the dam is safe, Lee said": the outermost statement counts.
            out.truncate_contained(first, &statement);
            out.push(statement);
        }
    }
    according(tokens, lexicon, sentence, first, out);
    colon(tokens, sentence, first, out);
    settle(out.get_mut(first..).unwrap_or_default(), Statement::first);
}

trait TruncateContained {
    fn truncate_contained(&mut self, first: usize, outer: &Statement);
}

impl TruncateContained for Vec<Statement> {
    /// Drops the statements from `first` on whose cue lies inside the content of `outer`.
    fn truncate_contained(&mut self, first: usize, outer: &Statement) {
        let inside = |s: &Statement| {
            s.cue
                .as_ref()
                .is_some_and(|c| outer.content.iter().any(|o| o.start <= c.start && c.end <= o.end))
        };
        let mut i = first;
        while i < self.len() {
            if inside(&self[i]) { drop(self.remove(i)) } else { i += 1 }
        }
    }
}

/// The cues of a sentence that are verbs with a subject, in order.
fn candidates(tokens: &Tokens<'_>, sentence: &Range<usize>) -> Vec<Candidate> {
    let mut out: Vec<Candidate> = Vec::new();
    for i in sentence.clone() {
        let t = tokens.at(i);
        if t.cue == 0 || t.is(class::ACCORDING | class::ACCORDING_AFTER) && t.cue == 0 {
            continue;
        }
        if is_noun_use(tokens, i)
            || t.capital && i != sentence.start
            || reads_as_noun(tokens, i, sentence)
        {
            continue;
        }
        let cue = i..(i + t.cue_len.max(1)).min(sentence.end);
        if let Some(candidate) = candidate(tokens, sentence, cue, &out) {
            out.push(candidate);
        }
    }
    out
}

fn candidate(
    tokens: &Tokens<'_>,
    sentence: &Range<usize>,
    cue: Range<usize>,
    earlier: &[Candidate],
) -> Option<Candidate> {
    let i = cue.start;
    let mut verb = i;
    let mut passive = false;
    while verb > sentence.start {
        let t = tokens.at(verb - 1);
        let lower = tokens.lower(verb - 1);
        if lower == "to" {
            return None; // "too early to say"
        }
        if !t.is_word()
            || !(t.is(class::AUXILIARY | class::ADVERB | class::NEGATION))
            || t.is(PRONOUN)
        {
            break;
        }
        passive |= is_any(&lower, "is are was were been be being wird wurde wurden");
        verb -= 1;
    }
    let participle = is_participle(tokens, i);
    if passive && !participle {
        return None; // "was told that": nobody is named
    }
    let previous = verb.checked_sub(1).filter(|&p| p >= sentence.start);
    let inherit = || -> Option<Phrase> {
        let before = earlier.iter().rev().find(|c| c.subject.is_some());
        before.and_then(|c| c.subject.clone()).or_else(|| main_subject(tokens, sentence, verb))
    };
    let found = |subject, inverted, inherited| {
        Some(Candidate { cue: cue.clone(), verb, subject, inverted, inherited })
    };
    let beside_quote = previous.is_some_and(|p| {
        tokens.at(p).is_quote()
            || tokens.at(p).is_punct(",—–-") && p > sentence.start && tokens.at(p - 1).is_quote()
    });
    // “…,” said Ann Lee, the mayor.
    let inverts =
        previous.is_none_or(|p| tokens.at(p).is_quote() || tokens.at(p).is_punct(",—–-?!…"));
    let apposed = previous.is_some_and(|p| tokens.at(p).is_punct(",—–"))
        && !beside_quote
        && !tokens.capital_nouns
        && noun_phrase::before(tokens, sentence.start, verb).is_some();
    if inverts
        && !apposed
        && verb == i
        && !participle
        && tokens.at(i).has_cue(cue::QUOTE | cue::STANCE)
        && previous.is_some()
    {
        if let Some(subject) = noun_phrase::after(tokens, cue.end, sentence.end)
            && inverted_fits(tokens, &subject, sentence, beside_quote)
        {
            return found(Some(subject), true, false);
        }
    }
    let p = previous?;
    if participle {
        let leads = tokens.at(p).is_punct(",—–-")
            || tokens.at(p).is_quote()
            || tokens.at(p).is(class::CONJUNCTION)
            || is_any(tokens.text(p), "while by before after without also")
            || tokens.at(verb).is(class::ADVERB);
        return if leads || passive {
            if passive {
                let subject = noun_phrase::before(tokens, sentence.start, verb)?;
                found(Some(subject), false, false)
            } else {
                found(inherit(), false, true)
            }
        } else {
            // "a letter saying that …"
            let subject = noun_phrase::before(tokens, sentence.start, verb)?;
            tokens.at(i).has_cue(cue::BARE).then_some(())?;
            found(Some(subject), false, false)
        };
    }
    if tokens.at(p).is(class::CONJUNCTION) && tokens.at(p).is_word() {
        return found(inherit(), false, true);
    }
    if tokens.at(p).is(class::WHO) && !tokens.at(p).is(class::DETERMINER)
        || is_any(tokens.text(p), "who which")
    {
        let mut at = p;
        if at > sentence.start && tokens.at(at - 1).is_punct(",") {
            at -= 1;
        }
        let subject = noun_phrase::before(tokens, sentence.start, at)?;
        return found(Some(subject), false, false);
    }
    if let Some(subject) = noun_phrase::before(tokens, sentence.start, verb) {
        let embedded =
            subject.start.checked_sub(1).filter(|&b| b >= sentence.start).is_some_and(|b| {
                tokens.at(b).is(class::QUESTION | class::COMPLEMENTIZER | class::SUBORDINATOR)
                    && !is_any(
                        &tokens.lower(b),
                        "as while when after before because which whom although though als während",
                    )
            });
        let none = is_any(&tokens.lower(subject.start), "nobody none niemand keiner personne");
        return (!embedded && !none).then(|| found(Some(subject), false, false)).flatten();
    }
    // "…, and then said", "…” but declined and said": the subject stands further left.
    if tokens.at(p).is_punct(",")
        && p > sentence.start
        && earlier.iter().any(|c| c.subject.is_some())
    {
        return found(inherit(), false, true);
    }
    None
}

/// A form that is a noun as well ("former Soviet states"), without anything said beside it.
fn reads_as_noun(tokens: &Tokens<'_>, i: usize, sentence: &Range<usize>) -> bool {
    let list = &tokens.list;
    let t = tokens.at(i);
    let next = list.get(i + t.cue_len.max(1)).filter(|_| i + 1 < sentence.end);
    let said = next.is_some_and(|n| {
        n.is_quote()
            || n.is_punct(":")
            || n.is_word()
                && n.is(class::COMPLEMENTIZER | class::QUESTION | PRONOUN | class::DETERMINER)
    });
    let trails = i > sentence.start
        && next.is_none_or(|n| n.is_punct(".,"))
        && tokens.slice(sentence.start..i).iter().any(|t| t.is_punct(",") || t.is_quote());
    t.is(class::ALSO_NOUN)
        && !said
        && !(trails
            && tokens.at(i - 1).capital
            && !tokens.at(i - 1).is(class::DETERMINER)
            && tokens.text(i).ends_with('s')
            && noun_phrase::before(tokens, sentence.start, i).is_some_and(|s| {
                s.start > sentence.start
                    && (tokens.at(s.start - 1).is_punct(",") || tokens.at(s.start - 1).is_quote())
            }))
}

/// An inverted subject: a name, a described person, or (beside a quotation) a pronoun that ends the clause.
fn inverted_fits(
    tokens: &Tokens<'_>,
    subject: &Phrase,
    sentence: &Range<usize>,
    beside_quote: bool,
) -> bool {
    let list = &tokens.list;
    let first = tokens.at(subject.start);
    if first.is(PRONOUN) && subject.len() == 1 {
        return beside_quote
            && list.get(subject.end).filter(|_| subject.end < sentence.end).is_none_or(|t| {
                !t.is_word() || t.is(class::PREP | class::TIME | class::ADVERB | class::CONJUNCTION)
            });
    }
    // "…, said the plan was dead" has a verb behind its phrase.
    let behind = list.get(subject.end).filter(|_| subject.end < sentence.end);
    !behind.is_some_and(|t| t.is(class::AUXILIARY) && t.is_word())
}

/// A present participle: "saying", "warnend".
fn is_participle(tokens: &Tokens<'_>, i: usize) -> bool {
    let text = tokens.text(i);
    text.ends_with("ing") && text.len() > 4
        || text.ends_with("end") && text.len() > 6
        || text.ends_with("ant") && text.len() > 5
}

/// The phrase that opens the main clause of a sentence: the subject of what follows without one.
pub(crate) fn main_subject(
    tokens: &Tokens<'_>,
    sentence: &Range<usize>,
    before: usize,
) -> Option<Phrase> {
    let mut i = sentence.start;
    let limit = before.min(sentence.end);
    while i < limit
        && (tokens.at(i).is(class::CONJUNCTION | class::ADVERB) && !tokens.at(i).is(PRONOUN)
            || tokens.at(i).is_punct(","))
    {
        i += 1;
    }
    // "On Monday, …" "Amid tensions, …": the clause begins after the comma.
    if i < limit
        && tokens.at(i).is(class::PREP | class::PREP_OF | class::SUBORDINATOR)
        && !tokens.at(i).is(PRONOUN | class::DETERMINER)
    {
        i = (i..limit).find(|&k| tokens.at(k).is_punct(","))? + 1;
    }
    if i >= limit || !is_nominal(tokens, i) && !tokens.at(i).is(PRONOUN) {
        return None;
    }
    noun_phrase::after(tokens, i, limit)
}

/// One candidate in its sentence.
struct Scene<'a> {
    tokens: &'a Tokens<'a>,
    sentence: &'a Range<usize>,
    candidates: &'a [Candidate],
    n: usize,
    /// Tokens before this one belong to an earlier statement.
    floor: usize,
}

impl Scene<'_> {
    fn candidate(&self) -> &Candidate {
        &self.candidates[self.n]
    }

    fn list(&self) -> &[Token] {
        &self.tokens.list
    }

    fn statement(&self) -> Option<Statement> {
        let candidate = self.candidate();
        let tags = self.tokens.at(candidate.cue.start).cue;
        if tags == cue::STANCE {
            return None;
        }
        let left = self.left();
        let right = self.right(left.is_some());
        let make = |content: Vec<Range<usize>>, rule| {
            Some(Statement {
                cue: Some(candidate.cue.clone()),
                source: candidate.subject.clone(),
                content,
                rule,
            })
        };
        let after = if candidate.inverted { Rule::CueAfterInverted } else { Rule::CueAfter };
        let left = match (&left, &right) {
            // Asked whether he would go, he said: “…”
            (Some(l), Some((r, _)))
                if !self.tokens.at(l.end - 1).is_quote() && self.tokens.at(r.start).is_quote() =>
            {
                None
            }
            _ => left,
        };
        match (left, right) {
            (Some(left), Some((right, _))) => make(vec![left, right], Rule::CueInside),
            (Some(left), None) => make(vec![left], after),
            (None, Some((right, rule))) => make(vec![right], rule),
            (None, None) => self.fragment().and_then(|c| make(c, Rule::Fragment)),
        }
    }

    /// What stands before the clause of a cue that trails: “…,” Ann said; …, Ann said.
    fn left(&self) -> Option<Range<usize>> {
        let (c, list) = (self.candidate(), self.list());
        let tags = self.tokens.at(c.cue.start).cue;
        if c.inherited || tags & (cue::QUOTE | cue::BARE | cue::THAT) == 0 {
            return None;
        }
        let mut end = c.start();
        // "as Ann Lee said", "so Ann Lee"
        if end > self.floor && is_any(self.tokens.text(end - 1), "as wie so") {
            end -= 1;
        }
        let comma = end.checked_sub(1).filter(|&p| p >= self.floor)?;
        let quoted = self.tokens.at(comma).is_quote()
            || self.tokens.at(comma).is_punct(",—–-")
                && comma > self.floor
                && self.tokens.at(comma - 1).is_quote();
        if quoted {
            if tags & cue::QUOTE == 0 {
                return None;
            }
            let last = if self.tokens.at(comma).is_quote() { comma } else { comma - 1 };
            return Some(self.quoted_from(last)..last + 1);
        }
        if !self.tokens.at(comma).is_punct(",?!…")
            || tags & (cue::BARE | cue::THAT) == 0
                && !self.tokens.text(c.cue.start).is_empty()
                && tags & cue::QUOTE == 0
        {
            return None;
        }
        // Without marks, only a whole clause that nothing of its own follows: "…, Ann said."
        let start = self.clause_start(comma);
        let goes_on = list
            .get(c.end())
            .filter(|_| c.end() < self.sentence.end)
            .is_some_and(|t| t.is_punct(","));
        let words =
            self.tokens.slice(start..comma).iter().filter(|t| t.is_word() || t.is_quote()).count();
        if words < if goes_on { 2 } else { 3 }
            || !self.trails()
            || self.tokens.at(start).is(class::PREP | class::SUBORDINATOR)
                && !self.tokens.at(start).is(class::DETERMINER)
                && !self.has_comma(start..comma)
                && !self.opens_fronted(start, comma)
        {
            return None;
        }
        let end = if self.tokens.at(comma).is_punct(",") { comma } else { comma + 1 };
        (start < end).then_some(start..end)
    }

    fn has_comma(&self, range: Range<usize>) -> bool {
        self.tokens.slice(range).iter().any(|t| t.is_punct(","))
    }

    /// A clause that begins with a preposition but has a verb of its own: "In Geneva the talks will end".
    fn opens_fronted(&self, start: usize, comma: usize) -> bool {
        self.tokens.slice(start..comma).iter().any(|t| t.is(class::AUXILIARY) && t.is_word())
    }

    /// Where the content begins whose last quotation is `last`: neighbouring quotations, and the
    /// words of a clause that leads into it.
    fn quoted_from(&self, last: usize) -> usize {
        let mut start = last;
        while start > self.floor && self.tokens.at(start - 1).is_quote() {
            start -= 1;
        }
        // A clause that leads into the quotation is said as well: The plan is “dead,” Ann said.
        let lead = self.clause_start(start);
        let words = self.tokens.slice(lead..start).iter().filter(|t| t.is_word()).count();
        let opens_lower = self
            .tokens
            .text(start)
            .chars()
            .find(|c| c.is_alphanumeric())
            .is_some_and(char::is_lowercase);
        if words > 0 && opens_lower && !self.tokens.at(start - 1).is_punct(":") {
            lead
        } else {
            start
        }
    }

    /// The first token of the clause that ends at `end`.
    fn clause_start(&self, end: usize) -> usize {
        let mut start = (self.floor..end)
            .rev()
            .find(|&i| self.tokens.at(i).is_punct(";"))
            .map_or(self.floor, |i| i + 1);
        while start < end
            && (self.tokens.at(start).is_punct(",.—–")
                || self.tokens.at(start).is(class::CONJUNCTION)
                    && start + 1 < end
                    && !self.tokens.at(start).is(PRONOUN))
        {
            start += 1;
        }
        start
    }

    fn has_verb(&self, range: Range<usize>) -> bool {
        let start = range.start;
        range.clone().any(|i| {
            let t = self.tokens.at(i);
            t.is_word()
                && (t.is(class::AUXILIARY)
                    || i > start
                        && !t.capital
                        && (t.cue != 0 && !is_noun_use(self.tokens, i)
                            || looks_finite(self.tokens, i)))
                || t.is_quote()
        })
    }

    /// Nothing that could be content follows the clause of the cue: it trails.
    fn trails(&self) -> bool {
        let list = self.list();
        let mut i = self.candidate().end();
        let tags = self.tokens.at(self.candidate().cue.start).cue;
        if tags & cue::PERSON != 0
            && let Some(object) = noun_phrase::after(self.tokens, i, self.sentence.end)
        {
            i = object.end;
        }
        match list.get(i).filter(|_| i < self.sentence.end) {
            None => true,
            Some(t) if t.is_punct(".!?…,;:)—–") => true,
            Some(t) => {
                t.is_word()
                    && t.is(class::PREP
                        | class::TIME
                        | class::ADVERB
                        | class::PREP_OF
                        | class::CONJUNCTION
                        | class::SUBORDINATOR)
                    && !t.is(class::COMPLEMENTIZER)
            }
        }
    }

    /// What stands after the clause of a cue, and by which rule.
    fn right(&self, has_left: bool) -> Option<(Range<usize>, Rule)> {
        let (c, list) = (self.candidate(), self.list());
        let tags = self.tokens.at(c.cue.start).cue;
        let from = c.end();
        let end = self.sentence.end;
        let at = |i: usize| list.get(i).filter(|_| i < end);
        // …, Ann said, “…”: and the plan, Ann said, would fail.
        if has_left {
            let i = self.skip_adverbials(from);
            let quote = at(i)
                .filter(|t| t.is_punct(",:—–"))
                .and_then(|_| at(i + 1))
                .is_some_and(Token::is_quote);
            if quote {
                return Some((i + 1..self.quotes_end(i + 1), Rule::CueInside));
            }
            let plain = at(i).is_some_and(|t| t.is_punct(","));
            let next = at(i + 1)?;
            let goes_on = plain
                && self.splits_clause()
                && (next.is(class::AUXILIARY | class::VERB)
                    || next.cue != 0
                    || looks_finite(self.tokens, i + 1)
                    || self.tokens.capital_nouns)
                && next.is_word()
                && !next.is(class::WHO | class::CONJUNCTION | class::SUBORDINATOR)
                && !is_participle(self.tokens, i + 1)
                && !self.candidates.iter().any(|o| o.start() == i + 1 || o.verb == i + 1);
            return goes_on.then(|| (i + 1..self.clause_end(i + 1), Rule::CueInside));
        }
        if c.inverted && !self.tokens.at(c.cue.start).has_cue(cue::BARE) {
            return None;
        }
        let quotes = tags & cue::QUOTE != 0;
        // Ann said: “…”; Ann said, “…”; Ann said “…”
        let skipped = self.skip_object_and_adverbials(from);
        for i in [from, skipped] {
            let mark = at(i).is_some_and(|t| t.is_punct(",:—–"));
            let q = if mark { i + 1 } else { i };
            // told its podcast, “Low Water”, that …
            let named_thing = at(q + 1).is_some_and(|t| t.is_punct(","))
                && at(q + 2).is_some_and(|t| t.is(class::COMPLEMENTIZER));
            if named_thing && at(q).is_some_and(Token::is_quote) {
                return self.content(q + 2, 2);
            }
            if quotes && at(q).is_some_and(Token::is_quote) && (mark || !self.is_title(q)) {
                if mark || self.opens_capital(q) {
                    return Some((q..self.quotes_end(q), Rule::CueBefore));
                }
                return Some((q..self.clause_end(q), Rule::CueBefore));
            }
        }
        // Ann said that …; Ann told reporters on Monday that …
        if tags & (cue::THAT | cue::BARE) != 0
            && at(skipped).is_some_and(|t| {
                t.is(class::COMPLEMENTIZER) && t.is_word()
                    || t.is_punct(",")
                        && at(skipped + 1).is_some_and(|t| {
                            t.is(class::COMPLEMENTIZER) && !t.is(class::DETERMINER)
                        })
            })
        {
            let start =
                if at(skipped).is_some_and(|t| t.is_punct(",")) { skipped + 1 } else { skipped };
            return self.content(start, 2);
        }
        if tags & cue::WHETHER != 0 && at(skipped).is_some_and(|t| t.is(class::QUESTION)) {
            return self.content(skipped, 2);
        }
        // Ann said the plan was dead.
        if tags & cue::BARE != 0 && !c.inverted {
            // German sets a comma: sagte, er werde gehen.
            let comma = self.tokens.capital_nouns && at(skipped).is_some_and(|t| t.is_punct(","));
            for i in [from, skipped, skipped + usize::from(comma)] {
                if self.opens_clause(i) {
                    return self.content(i, 2);
                }
            }
        }
        // Ann called for guarantees.
        if tags & cue::NOUN != 0
            && at(from).is_some_and(|t| {
                t.is_quote() || self.tokens.text(from) == "to" || is_nominal(self.tokens, from)
            })
        {
            return self.content(from, 1);
        }
        None
    }

    fn content(&self, start: usize, min: usize) -> Option<(Range<usize>, Rule)> {
        let end = self.clause_end(start);
        let end = self.without_comment(start, end);
        let words = self
            .tokens
            .slice(start..end.max(start))
            .iter()
            .filter(|t| t.is_word() || t.is_quote())
            .count();
        (words >= min).then_some((start..end, Rule::CueBefore))
    }

    /// What is said, without the teller's own remark behind it: "…, an accumulation that fuels fears".
    fn without_comment(&self, start: usize, end: usize) -> usize {
        let remark = |i: usize| {
            self.tokens.at(i).is_punct(",")
                && is_any(self.tokens.text(i + 1), "a an")
                && (i + 3..end.min(i + 5)).any(|k| is_any(self.tokens.text(k), "that which"))
        };
        (start + 1..end.saturating_sub(3)).find(|&i| remark(i)).unwrap_or(end)
    }

    /// The words before the cue are half a clause: "The plan, Ann said, would fail."
    fn splits_clause(&self) -> bool {
        let c = self.candidate();
        c.start().checked_sub(1).is_some_and(|comma| {
            comma > self.floor
                && !self.tokens.at(comma).is_quote()
                && !self.tokens.at(comma - 1).is_quote()
        })
    }

    fn opens_capital(&self, quote: usize) -> bool {
        self.tokens
            .text(quote)
            .chars()
            .find(|c| c.is_alphanumeric())
            .is_some_and(|c| c.is_uppercase() || c.is_numeric())
            && self.tokens.text(quote).split_whitespace().count() > 1
    }

    /// “The Long Winter”: a name in marks rather than words that somebody said.
    fn is_title(&self, quote: usize) -> bool {
        let text = self.tokens.text(quote);
        let words: Vec<&str> = text.split_whitespace().collect();
        let capital =
            |w: &&&str| w.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
        let capitals = words.iter().filter(capital).count();
        let ended = ends_in(trim_end(text, "\"”“»’'"), ".!?,…");
        !ended && (2..=7).contains(&words.len()) && capitals * 3 >= words.len() * 2
    }

    /// The end of the quotations that stand in a row from `first`.
    fn quotes_end(&self, first: usize) -> usize {
        let mut i = first + 1;
        while i < self.sentence.end && self.tokens.at(i).is_quote() {
            i += 1;
        }
        i
    }

    /// Whether a clause may begin at `i`: a noun phrase with a verb behind it, or a pronoun.
    fn opens_clause(&self, i: usize) -> bool {
        let list = self.list();
        let Some(t) = list.get(i).filter(|_| i < self.sentence.end) else { return false };
        if t.is_quote() {
            return true;
        }
        if !t.is_word() {
            return false;
        }
        let there = is_any(&self.tokens.lower(i), "there here if es");
        let noun =
            is_nominal(self.tokens, i) || t.is(PRONOUN | class::WHO) && t.is(PRONOUN) || there;
        noun && self.has_verb(i..self.sentence.end.min(i + 40))
            && (t.is(PRONOUN) || there || self.verb_follows_phrase(i))
    }

    /// The phrase at `i` has a verb of its own behind it, as a subject has and an object has not.
    fn verb_follows_phrase(&self, i: usize) -> bool {
        let end = self.sentence.end.min(i + 30);
        (i + 1..end).take_while(|&k| !self.tokens.at(k).is_punct(";:")).any(|k| {
            self.tokens.at(k).is_word() && self.tokens.at(k).is(class::AUXILIARY)
                || self.tokens.at(k).cue != 0
                    && !self.tokens.at(k).capital
                    && !is_noun_use(self.tokens, k)
                || looks_finite(self.tokens, k)
        })
    }

    /// Skips "on Monday", "in a statement", "after the meeting", "later".
    fn skip_adverbials(&self, from: usize) -> usize {
        let list = self.list();
        let mut i = from;
        let end = self.sentence.end.min(from + 24);
        while i < end {
            let t = self.tokens.at(i);
            if !t.is_word() {
                break;
            }
            if t.is(class::TIME | class::ADVERB) && !t.is(class::COMPLEMENTIZER | PRONOUN) {
                i += 1;
            } else if t.is(class::PREP | class::PREP_OF)
                && !t.is(class::COMPLEMENTIZER)
                && self.tokens.text(i) != "to"
            {
                let phrase = i + 1;
                let gerund = list.get(phrase).is_some_and(|_| is_participle(self.tokens, phrase));
                match noun_phrase::after(self.tokens, phrase, end) {
                    Some(p) => i = p.end,
                    None if gerund || list.get(phrase).is_some_and(|t| t.is(class::TIME)) => {
                        i = phrase + 1
                    }
                    None => break,
                }
            } else {
                break;
            }
        }
        i
    }

    /// Skips the person addressed, where the cue takes one, and adverbials.
    fn skip_object_and_adverbials(&self, from: usize) -> usize {
        let list = self.list();
        let tags = self.tokens.at(self.candidate().cue.start).cue;
        let mut i = from;
        if tags & cue::PERSON != 0
            && list.get(i).is_some_and(|t| t.is_word() && !t.is(class::COMPLEMENTIZER))
        {
            if let Some(object) = noun_phrase::after(self.tokens, i, self.sentence.end) {
                i = object.end;
            }
        } else if tags & cue::THAT != 0 && self.tokens.text(i) == "to" {
            // "said to reporters that"
            if let Some(object) = noun_phrase::after(self.tokens, i + 1, self.sentence.end) {
                i = object.end;
            }
        }
        self.skip_adverbials(i)
    }

    /// Where what is said ends that begins at `from`: at the sentence's end, or where a clause begins
    /// that the teller speaks himself.
    fn clause_end(&self, from: usize) -> usize {
        let mut end = self.sentence.end;
        for i in from..self.sentence.end {
            if self.tokens.at(i).is_punct(";") {
                end = end.min(i);
                break;
            }
        }
        for next in self.candidates.iter().skip(self.n + 1) {
            if let Some(cut) = self.cut_before(from, next) {
                end = end.min(cut);
                break;
            }
        }
        if let Some(i) = (from..end).find(|&i| {
            self.tokens.at(i).is(class::ACCORDING)
                && self.tokens.at(i).cue_len > 0
                && !self.tokens.at(i).capital
        }) {
            end = i;
        }
        while end > from
            && (self.tokens.at(end - 1).is_punct(",.;:!?…—–-")
                || is_any(self.tokens.text(end - 1), "and but or und aber et mais"))
        {
            end -= 1;
        }
        end
    }

    /// Where content from `from` on must stop because `next` is no part of it.
    fn cut_before(&self, from: usize, next: &Candidate) -> Option<usize> {
        let start = next.start();
        if start <= from || next.cue.start <= from {
            return None;
        }
        let before = start - 1;
        let tags = self.tokens.at(next.cue.start).cue;
        let speaks = tags & (cue::QUOTE | cue::THAT | cue::CALL | cue::AS) != 0;
        let comma = self.tokens.at(before).is_punct(",—–") || self.tokens.at(before).is_quote();
        if next.inherited && is_participle(self.tokens, next.cue.start) {
            return (comma && speaks).then_some(start);
        }
        let conjunction = self.tokens.at(before).is(class::CONJUNCTION | class::SUBORDINATOR)
            && self.tokens.at(before).is_word();
        let comma_then_word =
            conjunction && before > from && self.tokens.at(before - 1).is_punct(",—–");
        if next.inherited {
            // "says it has no plans and rejects": present tense tells the teller's verb from the told.
            let own = self.tokens.text(self.candidate().cue.start).ends_with('s')
                && self.tokens.text(next.cue.start).ends_with('s');
            let told = if tags == cue::STANCE {
                own
            } else {
                speaks && !is_infinitive(self.tokens, next.cue.start)
            };
            return (conjunction && (told || comma_then_word && tags != cue::STANCE))
                .then_some(before);
        }
        if tags == cue::STANCE {
            return None;
        }
        if comma && speaks && next.inverted {
            return Some(start);
        }
        if comma_then_word && speaks {
            return Some(before);
        }
        let named = next
            .subject
            .as_ref()
            .is_some_and(|s| self.tokens.slice(s.start..s.end).iter().any(|t| t.capital));
        (conjunction
            && speaks
            && named
            && is_any(self.tokens.text(before), "and but while und aber et mais"))
        .then_some(before)
    }

    /// Quotations inside the clause of a cue that nothing else explains: called it “a disgrace”.
    fn fragment(&self) -> Option<Vec<Range<usize>>> {
        let c = self.candidate();
        let tags = self.tokens.at(c.cue.start).cue;
        if c.inverted || tags & (cue::QUOTE | cue::CALL | cue::AS | cue::THAT) == 0 {
            return None;
        }
        let next =
            self.candidates.get(self.n + 1).map_or(usize::MAX, |next| next.start().max(c.end()));
        let end = self.clause_end(c.end()).min(next);
        let mut found = Vec::new();
        let mut passed_as = tags & cue::AS == 0;
        for i in c.end()..end {
            passed_as |= is_any(self.tokens.text(i), "as als de");
            if self.tokens.at(i).is_quote()
                && passed_as
                && (tags & (cue::CALL | cue::AS) != 0 || !self.is_title(i))
            {
                let determiner = i > c.end()
                    && self.tokens.at(i - 1).is(class::DETERMINER)
                    && self.tokens.at(i - 1).is_word();
                found.push(if determiner { i - 1 } else { i }..i + 1);
            }
        }
        (!found.is_empty()).then_some(found)
    }
}

fn is_infinitive(tokens: &Tokens<'_>, i: usize) -> bool {
    let text = tokens.text(i);
    !(text.ends_with('s')
        || text.ends_with("ed")
        || text.ends_with('t')
        || is_any(text, "said told wrote saw found knew"))
}

/// A lower-case word that ends like a finite verb.
fn looks_finite(tokens: &Tokens<'_>, i: usize) -> bool {
    let t = tokens.at(i);
    let text = tokens.text(i);
    t.is_word()
        && !t.capital
        && (t.classes == 0 || t.is(class::VERB))
        && i > 0
        && !tokens
            .at(i - 1)
            .is(class::DETERMINER | class::POSSESSIVE | class::PREP | class::PREP_OF)
        && (text.ends_with("ed")
            || text.ends_with('s') && !text.ends_with("ss")
            || t.is(class::VERB))
}

/// "According to Ann Lee, …"; "…, according to Ann Lee".
fn according(
    tokens: &Tokens<'_>,
    _lexicon: &Lexicon,
    sentence: &Range<usize>,
    first: usize,
    out: &mut Vec<Statement>,
) {
    for i in sentence.clone() {
        let t = tokens.at(i);
        let after_style = t.is(class::ACCORDING_AFTER);
        if !t.is(class::ACCORDING) && !after_style {
            continue;
        }
        let cue = i..(i + t.cue_len.max(1)).min(sentence.end);
        let source = if after_style {
            noun_phrase::before(tokens, sentence.start, i)
        } else {
            noun_phrase::after(tokens, cue.end, sentence.end)
        };
        let Some(source) = source else { continue };
        let (from, to) = (cue.start.min(source.start), cue.end.max(source.end));
        let covered =
            |k: usize| out[first..].iter().any(|s| s.content.iter().any(|c| c.contains(&k)));
        if covered(i) {
            continue;
        }
        let left = trimmed(tokens, sentence.start..from);
        let right = trimmed(tokens, to..sentence.end);
        let taken = out[first..]
            .iter()
            .any(|s| s.content.iter().any(|c| c.start >= left.start && c.end <= left.end));
        let size = |r: &Range<usize>| {
            tokens.slice(r.clone()).iter().filter(|t| t.is_word() || t.is_quote()).count()
        };
        let content = match (size(&left), size(&right)) {
            (l, _) if l >= 3 && !taken && !tokens.at(left.start).is(class::PREP) => left,
            (_, r) if r >= 3 => right,
            (l, _) if l >= 3 && !taken => left,
            _ => continue,
        };
        let statement = Statement {
            cue: Some(cue),
            source: Some(source),
            content: vec![content],
            rule: Rule::AccordingTo,
        };
        out.truncate_contained(first, &statement);
        out.push(statement);
    }
}

/// `range` without commas and full stops at its ends.
fn trimmed(tokens: &Tokens<'_>, mut range: Range<usize>) -> Range<usize> {
    let loose = |t: &Token| t.is_punct(",.;:—–");
    while range.start < range.end
        && (loose(tokens.at(range.start))
            || tokens.at(range.start).is(class::CONJUNCTION) && tokens.at(range.start).is_word())
    {
        range.start += 1;
    }
    while range.start < range.end && loose(tokens.at(range.end - 1)) {
        range.end -= 1;
    }
    range
}

/// "Ann Lee: “…”"
fn colon(tokens: &Tokens<'_>, sentence: &Range<usize>, first: usize, out: &mut Vec<Statement>) {
    let list = &tokens.list;
    for i in sentence.clone() {
        if !tokens.at(i).is_punct(":") || !list.get(i + 1).is_some_and(Token::is_quote) {
            continue;
        }
        let taken = out[first..].iter().any(|s| s.content.iter().any(|c| c.contains(&(i + 1))));
        if taken {
            continue;
        }
        let Some(source) = noun_phrase::before(tokens, sentence.start, i) else { continue };
        let named = tokens.slice(source.clone()).iter().any(|t| t.capital);
        if named && (source.start == sentence.start || tokens.at(source.start - 1).is_punct(".—–"))
        {
            let mut end = i + 2;
            while end < sentence.end && tokens.at(end).is_quote() {
                end += 1;
            }
            out.push(Statement {
                cue: None,
                source: Some(source),
                content: vec![i + 1..end],
                rule: Rule::Colon,
            });
        }
    }
}

/// The quotations among the tokens of `range`.
pub(crate) fn quotes_in(tokens: &Tokens<'_>, range: Range<usize>) -> impl Iterator<Item = usize> {
    tokens.slice(range).iter().filter_map(|t| match t.kind {
        TokenKind::Quote(i) => Some(i),
        _ => None,
    })
}
