//! Analyses an article: quotations, then statements, then speakers.

use std::ops::Range;

use crate::id::Ids;
use crate::languages::Languages;
use crate::nearest;
use crate::noun_phrase::Phrase;
use crate::order::settle;
use crate::quotation;
use crate::speaker::{Cast, Resolved};
use crate::statement::{self, Statement, quotes_in};
use crate::token::{self, TokenKind, Tokens};
use crate::{
    Analysis, Article, Attribution, AttributionKind, Block, Confidence, Quotation, Resolution,
    Rule, Span, Why,
};

/// Finds who said what in `article`. Never fails; an article without quotations yields less.
///
/// ```
/// let article = dixit_engine::plain_text::read("The vote\n\n“We lost,” Ann Lee said. She warned that it would rain.");
/// let analysis = dixit_engine::analyse(&article);
/// assert_eq!(analysis.attributions.len(), 2);
/// assert_eq!(analysis.attributions[1].speaker, Some(0));
/// ```
pub fn analyse(article: &Article) -> Analysis {
    analyse_with(article, Languages::built_in())
}

/// [`analyse`] with languages of the caller's choice. An article in a language without word lists still
/// gets its quotations, each with the name nearest to it, at low confidence.
pub fn analyse_with(article: &Article, languages: &Languages) -> Analysis {
    let texts = article.blocks.iter().map(|b| b.text.as_str());
    let lexicon = languages.lexicon(article.language.as_deref(), texts);
    let mut weights = languages.weights(&lexicon.language);
    let (found, _) = quotation::quotations(article);
    let mut ids = Ids::default();
    let quotations: Vec<Quotation> = found
        .iter()
        .map(|f| Quotation {
            id: ids.next("q", article.text(f.span), || context(article, f.span)),
            span: f.span,
            depth: f.depth,
            attribution: None,
        })
        .collect();
    let tokens = token::tokens(article, &quotations, lexicon);
    let title = Article {
        blocks: article.title.iter().map(Block::paragraph).collect(),
        ..Article::default()
    };
    let title_tokens = token::tokens(&title, &[], lexicon);
    let mut cast = Cast::new(&tokens, title_tokens.first());

    let mut draft = Draft { article, tokens: &tokens, quotations, attributions: Vec::new() };
    let runs_on: Vec<bool> = found.iter().map(|f| f.runs_on).collect();
    for block in &tokens {
        let statements = match &mut weights {
            Some(weights) => statement::framed(block, weights),
            None if lexicon.is_empty() => nearest::statements(block),
            None => statement::statements(block),
        };
        draft.block(block, statements, &runs_on, &mut cast);
    }
    draft.finish(cast)
}

/// How many bytes around a quotation tell it from an equal one; bounded, since every equal one looks.
const CONTEXT: usize = 80;

/// The words around a span, which tell equal quotations apart.
fn context(article: &Article, span: Span) -> String {
    let Some(text) = article.blocks.get(span.block).map(|b| b.text.as_str()) else {
        return String::new();
    };
    let start = text.floor_char_boundary(span.start.saturating_sub(CONTEXT));
    let end = text.ceil_char_boundary((span.end + CONTEXT).min(text.len()));
    text.get(start..end).unwrap_or("").to_string()
}

/// An analysis under construction.
struct Draft<'a> {
    article: &'a Article,
    tokens: &'a [Tokens<'a>],
    quotations: Vec<Quotation>,
    attributions: Vec<Attribution>,
}

/// Who spoke last, for quotations without a cue of their own.
#[derive(Clone)]
struct Voice {
    attribution: usize,
    block: usize,
    /// The sentence that holds it.
    sentence: usize,
}

impl Draft<'_> {
    /// Enters the statements of a block and settles the quotations that none of them explains.
    fn block(
        &mut self,
        tokens: &Tokens<'_>,
        statements: Vec<Statement>,
        runs_on: &[bool],
        cast: &mut Cast<'_>,
    ) {
        let mut statements = statements.into_iter().peekable();
        let n_sentences = tokens.sentences.len();
        for n in 0..n_sentences {
            let sentence = tokens.sentences[n].clone();
            // A paragraph that opens with the rest of a quotation.
            let before = if sentence.start == 0 { self.left_open(tokens, runs_on) } else { None };
            let mut own = Vec::new();
            while let Some(s) = statements.next_if(|s| s.content[0].start < sentence.end) {
                own.push(s);
            }
            // In reading order of their sources, so that "he" finds the one before.
            settle(&mut own, |s| s.source.as_ref().map_or(usize::MAX, |p| p.start));
            let credited = own.iter().any(|s| s.content[0].start == 0);
            for s in own {
                self.statement(tokens, s, cast);
            }
            if let Some((p, q)) = before {
                self.join(p, q, credited);
            }
            if before.is_none() || self.quotations_open(tokens, &sentence) {
                self.continuing(tokens, n, &sentence, cast);
            }
        }
    }

    fn statement(&mut self, tokens: &Tokens<'_>, s: Statement, cast: &mut Cast<'_>) {
        let resolved = match &s.source {
            Some(phrase) => cast.resolve(tokens.block, phrase),
            None => Resolved {
                speaker: None,
                resolution: Resolution::Nobody,
                confidence: Confidence::Low,
            },
        };
        let kind = kind(tokens, &s.content);
        let confidence = match s.rule {
            Rule::Colon | Rule::Fragment => resolved.confidence.min(Confidence::Medium),
            Rule::Nearby => Confidence::Low,
            _ => resolved.confidence,
        };
        let content: Vec<Span> = s.content.iter().map(|c| span(tokens, c)).collect();
        let attribution = Attribution {
            id: String::new(),
            kind,
            content,
            cue: s.cue.as_ref().map(|c| span(tokens, c)),
            source: s.source.as_ref().map(|p: &Phrase| span(tokens, p)),
            speaker: resolved.speaker,
            why: Why { rule: s.rule, resolution: resolved.resolution },
            confidence,
        };
        let quotes: Vec<usize> =
            s.content.iter().flat_map(|c| quotes_in(tokens, c.clone())).collect();
        self.enter(attribution, quotes);
    }

    fn enter(&mut self, attribution: Attribution, quotes: Vec<usize>) {
        for q in quotes {
            if let Some(q) = self.quotations.get_mut(q).filter(|q| q.attribution.is_none()) {
                q.attribution = Some(self.attributions.len());
            }
        }
        self.attributions.push(attribution);
    }

    /// The quotation that the block before left open, and the one that opens this block and goes on with it.
    fn left_open(&self, tokens: &Tokens<'_>, runs_on: &[bool]) -> Option<(usize, usize)> {
        let TokenKind::Quote(q) = tokens.list.first()?.kind else { return None };
        let p = (0..q).rev().find(|&p| self.quotations[p].depth == 0)?;
        let open =
            runs_on.get(p) == Some(&true) && self.quotations[p].span.block + 1 == tokens.block;
        open.then_some((p, q))
    }

    /// Joins `q` to the attribution of `p`; where only `q` is credited, `p` to that of `q`.
    fn join(&mut self, p: usize, q: usize, credited: bool) {
        let (from, to) = match (self.quotations[p].attribution, self.quotations[q].attribution) {
            (Some(_), None) => (p, q),
            (None, Some(_)) if credited => (q, p),
            _ => return,
        };
        let Some(a) = self.quotations[from].attribution else { return };
        self.quotations[to].attribution = Some(a);
        let span = self.quotations[to].span;
        if let Some(attribution) = self.attributions.get_mut(a) {
            attribution.content.push(span);
            settle(&mut attribution.content, |&c| c);
            attribution.why.rule = Rule::RunningOn;
        }
    }

    fn quotations_open(&self, tokens: &Tokens<'_>, sentence: &Range<usize>) -> bool {
        quotes_in(tokens, sentence.clone()).any(|q| self.quotations[q].attribution.is_none())
    }

    /// A sentence that is a quotation and nothing else: the speaker before goes on.
    fn continuing(
        &mut self,
        tokens: &Tokens<'_>,
        n: usize,
        sentence: &Range<usize>,
        cast: &mut Cast<'_>,
    ) {
        let list = &tokens.list[sentence.clone()];
        let bare = list.iter().all(|t| !t.is_word()) && list.iter().any(|t| t.is_quote());
        if !bare {
            return;
        }
        let quotes: Vec<usize> = quotes_in(tokens, sentence.clone())
            .filter(|&q| self.quotations[q].attribution.is_none())
            .collect();
        let Some(&first) = quotes.first() else { return };
        let attribution = match self.last_voice(tokens.block, n, first) {
            Some(voice) => {
                let before = &self.attributions[voice.attribution];
                let same_block = voice.block == tokens.block;
                let confidence = if same_block && voice.sentence + 1 == n {
                    before.confidence
                } else if same_block {
                    before.confidence.min(Confidence::Medium)
                } else {
                    // Across paragraphs it is a guess, and shown as a question.
                    Confidence::Low
                };
                Attribution {
                    why: Why { rule: Rule::Continuing, resolution: Resolution::Carried },
                    cue: None,
                    source: before.source,
                    speaker: before.speaker,
                    confidence,
                    ..self.bare(&quotes)
                }
            }
            None => match self.sole_name(tokens, sentence) {
                Some(phrase) => {
                    let resolved = cast.resolve(tokens.block, &phrase);
                    Attribution {
                        source: Some(span(tokens, &phrase)),
                        speaker: resolved.speaker,
                        why: Why { rule: Rule::Nearby, resolution: resolved.resolution },
                        confidence: Confidence::Low,
                        ..self.bare(&quotes)
                    }
                }
                None => return,
            },
        };
        self.enter(attribution, quotes);
    }

    fn bare(&self, quotes: &[usize]) -> Attribution {
        Attribution {
            id: String::new(),
            kind: AttributionKind::Direct,
            content: quotes.iter().map(|&q| self.quotations[q].span).collect(),
            cue: None,
            source: None,
            speaker: None,
            why: Why { rule: Rule::Nearby, resolution: Resolution::Nobody },
            confidence: Confidence::Low,
        }
    }

    /// The attribution whose speaker goes on in sentence `n` of `block`: that of the last quotation
    /// before, if it stands in the same paragraph or closes the one before.
    fn last_voice(&self, block: usize, n: usize, quote: usize) -> Option<Voice> {
        let before = (0..quote).rev().find(|&p| self.quotations[p].depth == 0)?;
        let q = &self.quotations[before];
        let attribution = q.attribution?;
        let sentence = self.sentence_of(q.span)?;
        let near = if q.span.block == block {
            sentence + 2 >= n
        } else {
            q.span.block + 1 == block
                && n == 0
                && sentence + 2 >= self.tokens[q.span.block].sentences.len()
        };
        near.then_some(Voice { attribution, block: q.span.block, sentence })
    }

    fn sentence_of(&self, at: Span) -> Option<usize> {
        let tokens = self.tokens.get(at.block)?;
        let token = tokens.list.partition_point(|t| t.end <= at.start);
        Some(tokens.sentences.partition_point(|s| s.end <= token))
    }

    /// The subject of the sentence before, where a quotation stands without any cue.
    fn sole_name(&self, tokens: &Tokens<'_>, sentence: &Range<usize>) -> Option<Phrase> {
        let previous = tokens.sentences.iter().rev().find(|s| s.end <= sentence.start)?;
        let words = self.article.text(Span {
            block: tokens.block,
            start: tokens.list.get(sentence.start)?.start,
            end: tokens.list.get(sentence.end.checked_sub(1)?)?.end,
        });
        if words.split_whitespace().count() < 4 {
            return None;
        }
        let phrase = statement::main_subject(tokens, previous, previous.end)?;
        tokens.list[phrase.clone()].iter().any(|t| t.capital).then_some(phrase)
    }

    /// Orders, gives ids, and adds the speakers.
    fn finish(mut self, cast: Cast<'_>) -> Analysis {
        let mut order: Vec<usize> = (0..self.attributions.len()).collect();
        settle(&mut order, |&i| self.attributions[i].content.first().copied());
        let mut place = vec![0; order.len()];
        for (new, &old) in order.iter().enumerate() {
            place[old] = new;
        }
        let speakers = cast.into_speakers();
        // Speakers in order of their first statement.
        let mut slots: Vec<_> = speakers.into_iter().map(Some).collect();
        let mut rank: Vec<Option<usize>> = vec![None; slots.len()];
        let mut speakers = Vec::new();
        for &old in &order {
            let Some(s) = self.attributions[old].speaker else { continue };
            if let Some(speaker) = slots.get_mut(s).and_then(Option::take) {
                rank[s] = Some(speakers.len());
                speakers.push(speaker);
            }
        }
        let mut ids = Ids::default();
        let mut attributions = Vec::with_capacity(order.len());
        for &old in &order {
            let mut a = self.attributions[old].clone();
            a.speaker = a.speaker.and_then(|s| rank.get(s).copied().flatten());
            let text: Vec<&str> = a.content.iter().map(|&c| self.article.text(c)).collect();
            a.id = ids.next("a", &text.join(" "), || {
                a.content.first().map_or_else(String::new, |&c| context(self.article, c))
            });
            attributions.push(a);
        }
        for q in &mut self.quotations {
            q.attribution = q.attribution.map(|a| place[a]);
        }
        Analysis { quotations: self.quotations, attributions, speakers }
    }
}

/// How much of the content stands in marks.
fn kind(tokens: &Tokens<'_>, content: &[Range<usize>]) -> AttributionKind {
    let (mut quoted, mut plain) = (false, false);
    for t in content.iter().flat_map(|c| &tokens.list[c.clone()]) {
        quoted |= t.is_quote();
        plain |= t.is_word();
    }
    match (quoted, plain) {
        (true, false) => AttributionKind::Direct,
        (true, true) => AttributionKind::Mixed,
        _ => AttributionKind::Indirect,
    }
}

/// The bytes that a range of tokens covers.
fn span(tokens: &Tokens<'_>, range: &Range<usize>) -> Span {
    let start = tokens.list.get(range.start).map_or(0, |t| t.start);
    let end = range.end.checked_sub(1).and_then(|e| tokens.list.get(e)).map_or(start, |t| t.end);
    Span { block: tokens.block, start, end: end.max(start) }
}
