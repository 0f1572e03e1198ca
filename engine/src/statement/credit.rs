//! What one cue credits to its subject: before it, after it, around it, or a fragment in its clause.

use std::ops::Range;

use super::Statement;
use super::candidate::Candidate;
use super::verb::{is_participle, looks_finite};
use crate::Rule;
use crate::lexicon::{CueTags, class, cue, rare};
use crate::noun_phrase::is_nominal;
use crate::text::{ends_in, trim_end};
use crate::token::{Token, Tokens};

/// One candidate in its sentence.
pub(super) struct Scene<'a> {
    pub(super) tokens: &'a Tokens<'a>,
    pub(super) sentence: &'a Range<usize>,
    pub(super) candidates: &'a [Candidate],
    /// The candidate's index.
    pub(super) n: usize,
    /// Tokens before this one belong to an earlier statement.
    pub(super) floor: usize,
}

impl Scene<'_> {
    pub(super) fn me(&self) -> &Candidate {
        &self.candidates[self.n]
    }

    /// What the cue can do.
    pub(super) fn tags(&self) -> CueTags {
        self.at(self.me().cue.start).cue
    }

    pub(super) fn at(&self, i: usize) -> &Token {
        self.tokens.at(i)
    }

    /// Token `i`, if it is in the sentence.
    pub(super) fn here(&self, i: usize) -> Option<&Token> {
        self.tokens.within(i, self.sentence.end)
    }

    /// Whether token `i` is in the sentence and a punctuation mark of `any_of`.
    pub(super) fn is_mark(&self, i: usize, any_of: &str) -> bool {
        self.here(i).is_some_and(|t| t.is_punct(any_of))
    }

    /// Whether token `i` is in the sentence and a quotation.
    pub(super) fn is_quote(&self, i: usize) -> bool {
        self.here(i).is_some_and(Token::is_quote)
    }

    pub(super) fn statement(&self) -> Option<Statement> {
        let me = self.me();
        if self.tags() == cue::STANCE {
            return None;
        }
        let left = self.left();
        let right = if left.is_some() { self.continued() } else { self.right() };
        // Asked whether he would go, he said: “…”
        let aside = |l: &Range<usize>, r: &Range<usize>| {
            !self.at(l.end - 1).is_quote() && self.at(r.start).is_quote()
        };
        let after = if me.inverted { Rule::CueAfterInverted } else { Rule::CueAfter };
        let (content, rule) = match (left, right) {
            (Some(left), Some(right)) if aside(&left, &right) => (vec![right], Rule::CueBefore),
            (Some(left), Some(right)) => (vec![left, right], Rule::CueInside),
            (Some(left), None) => (vec![left], after),
            (None, Some(right)) => (vec![right], Rule::CueBefore),
            (None, None) => (self.fragments()?, Rule::Fragment),
        };
        Some(Statement {
            cue: Some(me.cue.clone()),
            source: me.subject.clone(),
            content,
            rule,
            credit: 1.0,
            bounds: 1.0,
        })
    }

    /// What stands before the clause of a cue that trails: “…,” Ann said; …, Ann said.
    fn left(&self) -> Option<Range<usize>> {
        let me = self.me();
        if me.inherited || self.tags() & (cue::QUOTE | cue::BARE | cue::THAT) == 0 {
            return None;
        }
        let mut end = me.start();
        // "as Ann Lee said"
        if end > self.floor && self.tokens.is_rare(end - 1, rare::AS_SAID) {
            end -= 1;
        }
        let mark = end.checked_sub(1).filter(|&p| p >= self.floor)?;
        let quote = if self.at(mark).is_quote() {
            Some(mark)
        } else {
            let before = mark.checked_sub(1).filter(|&q| q >= self.floor && self.at(q).is_quote());
            before.filter(|_| self.at(mark).is_punct(",—–-"))
        };
        match quote {
            Some(_) if self.tags() & cue::QUOTE == 0 => None,
            Some(last) => Some(self.quoted_from(last)..last + 1),
            None if self.tags() & (cue::BARE | cue::THAT) != 0
                && self.at(mark).is_punct(",?!…") =>
            {
                self.unquoted_before(mark)
            }
            None => None,
        }
    }

    /// Without marks, only a whole clause that nothing of its own follows: "…, Ann said."
    fn unquoted_before(&self, mark: usize) -> Option<Range<usize>> {
        let start = self.clause_start(mark);
        // "The plan, Ann said, would fail": half a clause may be short.
        let least = if self.is_mark(self.me().end(), ",") { 2 } else { 3 };
        // "On Monday, Ann said": an adverbial is nothing said.
        let adverbial = self.at(start).is(class::PREP | class::SUBORDINATOR)
            && !self.at(start).is(class::DETERMINER)
            && !self.has_comma(start..mark)
            && !self.tokens.slice(start..mark).iter().any(|t| t.is_plain(class::AUXILIARY));
        let said = self.tokens.count(start..mark) >= least && self.trails() && !adverbial;
        let end = if self.at(mark).is_punct(",") { mark } else { mark + 1 };
        (said && start < end).then_some(start..end)
    }

    /// Where the content begins whose last quotation is `last`: neighbouring quotations, and the
    /// words of a clause that leads into it.
    fn quoted_from(&self, last: usize) -> usize {
        let mut start = last;
        while start > self.floor && self.at(start - 1).is_quote() {
            start -= 1;
        }
        // The plan is “dead,” Ann said: the words that lead in are said as well.
        let lead = self.clause_start(start);
        let leads = self.tokens.slice(lead..start).iter().any(Token::is_word)
            && self.first_letter(start).is_some_and(char::is_lowercase)
            && !self.at(start - 1).is_punct(":");
        if leads { lead } else { start }
    }

    /// What goes on behind a cue in the middle: “…,” Ann said, “…”; the plan, Ann said, would fail.
    fn continued(&self) -> Option<Range<usize>> {
        let mark = self.skip_adverbials(self.me().end());
        let i = mark + 1;
        if self.is_mark(mark, ",:—–") && self.is_quote(i) {
            return Some(i..self.quotes_end(i));
        }
        let next = self.here(i)?;
        let verb = next.is(class::AUXILIARY | class::VERB)
            || next.cue != 0
            || looks_finite(self.tokens, i)
            || self.tokens.lexicon.capital_nouns;
        let goes_on = self.is_mark(mark, ",")
            && self.splits_clause()
            && verb
            && next.is_word()
            && !next.is(class::WHO | class::CONJUNCTION | class::SUBORDINATOR)
            && !is_participle(self.tokens, i)
            && !self.candidates.iter().any(|o| o.start() == i || o.verb == i);
        goes_on.then(|| i..self.clause_end(i))
    }

    /// What stands behind the clause of a cue.
    fn right(&self) -> Option<Range<usize>> {
        let (me, tags) = (self.me(), self.tags());
        if me.inverted && tags & cue::BARE == 0 {
            return None;
        }
        let from = me.end();
        let skipped = self.skip_object_and_adverbials(from);
        if let Some(quoted) = [from, skipped].into_iter().find_map(|i| self.quoted_at(i)) {
            return quoted;
        }
        // Ann said that …; Ann told reporters on Monday that …; Ann asked whether …
        let comma = usize::from(self.is_mark(skipped, ","));
        let opens = self.here(skipped + comma).is_some_and(|t| {
            let that = t.is_plain(class::COMPLEMENTIZER)
                && (comma == 0 || !t.is(class::DETERMINER))
                && tags & (cue::THAT | cue::BARE) != 0;
            that || comma == 0 && tags & cue::WHETHER != 0 && t.is(class::QUESTION)
        });
        if opens {
            return self.content(skipped + comma, 2);
        }
        // Ann said the plan was dead. German sets a comma: sagte, er werde gehen.
        if tags & cue::BARE != 0 && !me.inverted {
            let comma = if self.tokens.lexicon.capital_nouns { comma } else { 0 };
            let places = [from, skipped, skipped + comma];
            if let Some(i) = places.into_iter().find(|&i| self.opens_clause(i)) {
                return self.content(i, 2);
            }
        }
        // Ann called for guarantees.
        let object = self.is_quote(from)
            || self.here(from).is_some()
                && (self.at(from).is(class::TO) || is_nominal(self.tokens, from));
        (tags & cue::NOUN != 0 && object).then(|| self.content(from, 1))?
    }

    /// Ann said: “…”; Ann said, “…”; Ann said “…”. `None` where no quotation stands at `i`.
    fn quoted_at(&self, i: usize) -> Option<Option<Range<usize>>> {
        let mark = self.is_mark(i, ",:—–");
        let q = if mark { i + 1 } else { i };
        if !self.is_quote(q) {
            return None;
        }
        // told its podcast, “Low Water”, that …
        if self.is_mark(q + 1, ",") && self.here(q + 2).is_some_and(|t| t.is(class::COMPLEMENTIZER))
        {
            return Some(self.content(q + 2, 2));
        }
        if self.tags() & cue::QUOTE == 0 || !mark && self.is_title(q) {
            return None;
        }
        let sentence = self.first_letter(q).is_some_and(|c| c.is_uppercase() || c.is_numeric())
            && self.tokens.text(q).split_whitespace().count() > 1;
        let end = if mark || sentence { self.quotes_end(q) } else { self.clause_end(q) };
        Some(Some(q..end))
    }

    /// The clause from `start` on, if it has at least `least` words.
    fn content(&self, start: usize, least: usize) -> Option<Range<usize>> {
        let end = self.without_comment(start, self.clause_end(start)).max(start);
        (self.tokens.count(start..end) >= least).then_some(start..end)
    }

    /// The words before the cue are half a clause: "The plan, Ann said, would fail."
    fn splits_clause(&self) -> bool {
        self.me().start().checked_sub(1).is_some_and(|comma| {
            comma > self.floor && !self.at(comma).is_quote() && !self.at(comma - 1).is_quote()
        })
    }

    fn first_letter(&self, quote: usize) -> Option<char> {
        self.tokens.text(quote).chars().find(|c| c.is_alphanumeric())
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

    /// Quotations inside the clause of a cue that nothing else explains: called it “a disgrace”.
    fn fragments(&self) -> Option<Vec<Range<usize>>> {
        let (me, tags) = (self.me(), self.tags());
        if me.inverted || tags & (cue::QUOTE | cue::CALL | cue::AS | cue::THAT) == 0 {
            return None;
        }
        let next = self.candidates.get(self.n + 1);
        let next = next.map_or(usize::MAX, |next| next.start().max(me.end()));
        let end = self.clause_end(me.end()).min(next);
        let names = tags & (cue::CALL | cue::AS) != 0;
        let mut passed_as = tags & cue::AS == 0;
        let mut found = Vec::new();
        for i in me.end()..end {
            passed_as |= self.at(i).is_plain(class::AS);
            if self.at(i).is_quote() && passed_as && (names || !self.is_title(i)) {
                // “disgrace” takes its article along.
                let article = i > me.end() && self.at(i - 1).is_plain(class::DETERMINER);
                found.push(i - usize::from(article)..i + 1);
            }
        }
        (!found.is_empty()).then_some(found)
    }
}
