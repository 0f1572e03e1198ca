//! What each block of the page shows: its groups of runs and the voices that speak in it.

use std::rc::Rc;

use dixit_engine::{Analysis, Article, AttributionKind, Span, SpeakerKind};

use crate::corrections::Corrected;
use crate::order::{hash, sort};
use crate::outline::{Heading, headings};
use crate::segments::{Layers, Ranged, Rank, Run, runs};
use crate::voices::{Voices, is_question, voices};
use crate::words;

/// A quotation folds from this many words on.
pub const FOLDS_FROM: usize = 8;
/// A folded quotation shows this many words.
pub const SHOWS: usize = 5;
/// Beside a quotation, fewer reported words than this ("that", "it was") are not set off.
const REPORTS_FROM: usize = 3;

/// Everything that the reading page shows, before any choice of the reader's.
#[derive(Debug, PartialEq, Eq)]
pub struct Plan {
    /// The article.
    pub article: Rc<Article>,
    /// Who said what in it.
    pub analysis: Rc<Analysis>,
    /// Who is heard.
    pub voices: Voices,
    /// One for each block.
    pub blocks: Vec<BlockPlan>,
    /// One for each quotation of the analysis: the id that its element bears.
    pub ids: Vec<Option<String>>,
    /// The headings inside the article.
    pub headings: Vec<Heading>,
    /// What readers corrected; the analysis is what came of it.
    pub corrected: Rc<Corrected>,
    /// Whether the page is the article's own, where relative addresses hold.
    pub is_own: bool,
}

/// What one block shows.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct BlockPlan {
    /// The text, in order.
    pub groups: Vec<Group>,
    /// Who speaks, in order of first word.
    pub voices: Vec<Heard>,
    /// References to speakers; runs name them by index.
    pub mentions: Vec<Mention>,
    /// The quotations in it, nested ones too.
    pub quotations: Vec<usize>,
}

/// Neighbouring runs that are shown together.
#[derive(Debug, PartialEq, Eq)]
pub struct Group {
    /// What they are.
    pub kind: GroupKind,
    /// The runs; never empty.
    pub runs: Vec<Run>,
    /// How many runs stay when it is folded; `None` where it does not fold.
    pub head: Option<usize>,
    /// Words, of quotations only.
    pub n_words: usize,
    /// Whether the speaker's name is said before it to those who cannot see the badge.
    pub names_speaker: bool,
}

/// The kinds of group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupKind {
    /// The article's own words.
    Plain,
    /// An outermost quotation that is attributed or folds, by its index.
    Quotation(usize),
    /// Words reported without marks, by the index of the attribution.
    Reported(usize),
}

/// A speaker's part in a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heard {
    /// Index of the speaker.
    pub speaker: usize,
    /// Whether in quotation marks.
    pub quoted: bool,
    /// Whether all of it is a guess.
    pub question: bool,
}

/// A reference to a speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// Index of the speaker.
    pub speaker: usize,
    /// Pronouns, descriptions, sources without a name and voices that are never quoted.
    pub soft: bool,
}

/// What lies over one block, gathered from all of the analysis.
#[derive(Default)]
struct Over {
    quotations: Vec<Ranged>,
    contents: Vec<Ranged>,
    cues: Vec<Ranged>,
    mentions: Vec<Ranged>,
    who: Vec<Mention>,
    cuts: Vec<usize>,
}

impl Plan {
    /// Plans the page of `article`.
    pub fn new(article: Rc<Article>, analysis: Rc<Analysis>) -> Plan {
        Plan::after(None, article, analysis)
    }

    /// Plans the page anew; speakers look as they did `before`.
    pub fn after(before: Option<&Plan>, article: Rc<Article>, analysis: Rc<Analysis>) -> Plan {
        let before = before.map(|plan| (&plan.voices, &plan.analysis.speakers[..]));
        let voices = voices(&article, &analysis, before);
        let over = gather(&article, &analysis, &voices);
        let blocks = article
            .blocks
            .iter()
            .zip(&over)
            .map(|(block, over)| block_plan(&block.text, &block.marks, over, &analysis))
            .collect();
        let ids = dom_ids(&analysis);
        let headings = headings(&article);
        let corrected = Rc::default();
        Plan { article, analysis, voices, blocks, ids, headings, corrected, is_own: false }
    }

    /// Whether quotation `n` folds.
    pub fn folding(&self) -> Vec<bool> {
        let mut folding = vec![false; self.analysis.quotations.len()];
        for group in self.blocks.iter().flat_map(|b| &b.groups) {
            if let (GroupKind::Quotation(n), Some(_)) = (group.kind, group.head)
                && let Some(folds) = folding.get_mut(n)
            {
                *folds = true;
            }
        }
        folding
    }

    /// The speaker of quotation `n`.
    pub fn speaker_of(&self, n: usize) -> Option<usize> {
        let attribution = self.analysis.quotations.get(n)?.attribution?;
        self.analysis.attributions.get(attribution)?.speaker
    }
}

/// Sorts what lies over the text by block.
fn gather(article: &Article, analysis: &Analysis, voices: &Voices) -> Vec<Over> {
    let mut over: Vec<Over> = article.blocks.iter().map(|_| Over::default()).collect();
    let mut put = |span: Span, of: usize, layer: fn(&mut Over) -> &mut Vec<Ranged>| {
        if let Some(over) = over.get_mut(span.block) {
            layer(over).push(Ranged { start: span.start, end: span.end, of });
        }
    };
    for (n, quotation) in analysis.quotations.iter().enumerate() {
        put(quotation.span, n, |o| &mut o.quotations);
    }
    for (n, attribution) in analysis.attributions.iter().enumerate() {
        for &span in &attribution.content {
            put(span, n, |o| &mut o.contents);
        }
        if let Some(span) = attribution.cue {
            put(span, n, |o| &mut o.cues);
        }
    }
    let sources = analysis.attributions.iter().filter_map(|a| Some((a.speaker?, a.source?)));
    let mentions = analysis
        .speakers
        .iter()
        .enumerate()
        .flat_map(|(s, speaker)| speaker.mentions.iter().map(move |&span| (s, span)));
    for (s, span) in sources.chain(mentions) {
        let (Some(speaker), Some(voice), Some(over)) =
            (analysis.speakers.get(s), voices.voices.get(s), over.get_mut(span.block))
        else {
            continue;
        };
        let soft = speaker.kind == SpeakerKind::Unnamed
            || voice.n_quotes == 0
            || !shares_name(article.text(span), &speaker.name);
        over.mentions.push(Ranged { start: span.start, end: span.end, of: over.who.len() });
        over.who.push(Mention { speaker: s, soft });
    }
    for quotation in &analysis.quotations {
        let text = article.text(quotation.span);
        let around = article.blocks.get(quotation.span.block).map_or("", |b| &b.text);
        if let Some(over) = over.get_mut(quotation.span.block)
            && quotation.depth == 0
        {
            let Span { start, end, .. } = quotation.span;
            over.cuts.push(start + words::first(text, SHOWS));
            // Spaces beside the marks, which are nobody's words.
            over.cuts.extend(around.get(..start).map(|before| before.trim_end().len()));
            let spaces = |after: &str| after.len() - after.trim_start().len();
            over.cuts.extend(around.get(end..).map(|after| end + spaces(after)));
        }
    }
    over
}

/// Whether `mention` holds a word of `name` that is a name by itself; pronouns and roles do not.
fn shares_name(mention: &str, name: &str) -> bool {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let capital = |word: &String| word.chars().next().is_some_and(|c| !c.is_lowercase());
    let names: Vec<String> = name.split_whitespace().map(bare).filter(capital).take(16).collect();
    let mut words = mention.split_whitespace().take(32).map(bare);
    words.any(|word| {
        let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(&word);
        names.iter().any(|name| name == word)
    })
}

fn block_plan(
    text: &str,
    marks: &[dixit_engine::Mark],
    over: &Over,
    analysis: &Analysis,
) -> BlockPlan {
    let layers = Layers {
        marks,
        quotations: &over.quotations,
        contents: &over.contents,
        cues: &over.cues,
        mentions: &over.mentions,
        cuts: &over.cuts,
    };
    let mut groups: Vec<Group> = Vec::new();
    let runs = runs(text, &layers);
    for (i, &run) in runs.iter().enumerate() {
        let is_quoted = |run: Option<&Run>| run.is_some_and(|run| run.outer.is_some());
        let is_edge =
            is_quoted(runs.get(i + 1)) || is_quoted(i.checked_sub(1).and_then(|i| runs.get(i)));
        let is_gap = is_edge && text.get(run.start..run.end).is_some_and(|t| t.trim().is_empty());
        let kind = match (run.outer, run.content) {
            (Some(n), _) => GroupKind::Quotation(n),
            (None, Some(n)) if !is_gap => GroupKind::Reported(n),
            (None, _) => GroupKind::Plain,
        };
        match groups.last_mut() {
            Some(group) if group.kind == kind => group.runs.push(run),
            _ => groups.push(Group {
                kind,
                runs: vec![run],
                head: None,
                n_words: 0,
                names_speaker: false,
            }),
        }
    }
    let mut voices: Vec<Heard> = Vec::new();
    let mut named = None;
    for group in &mut groups {
        let attribution = finish(group, text, analysis);
        let Some(attribution) = attribution.and_then(|n| analysis.attributions.get(n)) else {
            continue;
        };
        let Some(speaker) = attribution.speaker else { continue };
        let quoted = matches!(group.kind, GroupKind::Quotation(_));
        let question = is_question(attribution.confidence);
        group.names_speaker = quoted && named != Some((speaker, question));
        if quoted {
            named = Some((speaker, question));
        }
        let quoted = quoted || attribution.kind != AttributionKind::Indirect;
        match voices.iter_mut().find(|v| v.speaker == speaker) {
            Some(heard) => {
                heard.quoted |= quoted;
                heard.question &= question;
            }
            None => voices.push(Heard { speaker, quoted, question }),
        }
    }
    let quotations = over.quotations.iter().map(|q| q.of).collect();
    BlockPlan { groups, voices, mentions: over.who.clone(), quotations }
}

/// Decides whether a quotation folds, and answers whose statement the group is.
///
/// A short quotation that nobody is credited with (a title, a nickname) is plain text.
fn finish(group: &mut Group, text: &str, analysis: &Analysis) -> Option<usize> {
    let n = match group.kind {
        GroupKind::Plain => return None,
        GroupKind::Reported(n) => {
            let mixed =
                analysis.attributions.get(n).is_some_and(|a| a.kind != AttributionKind::Indirect);
            if mixed && words::count(group_text(group, text)) < REPORTS_FROM {
                group.kind = GroupKind::Plain;
            }
            return Some(n);
        }
        GroupKind::Quotation(n) => n,
    };
    let start = group.runs.first().map_or(0, |r| r.start);
    let quoted = group_text(group, text);
    group.n_words = words::count(quoted);
    let attribution = analysis.quotations.get(n).and_then(|q| q.attribution);
    if group.n_words >= FOLDS_FROM {
        let cut = start + words::first(quoted, SHOWS);
        let head = group.runs.iter().take_while(|r| r.end <= cut).count();
        group.head = (head > 0 && head < group.runs.len()).then_some(head);
    } else if attribution.is_none() {
        group.kind = GroupKind::Plain;
    }
    attribution
}

fn group_text<'a>(group: &Group, text: &'a str) -> &'a str {
    let start = group.runs.first().map_or(0, |r| r.start);
    let end = group.runs.last().map_or(start, |r| r.end);
    text.get(start..end).unwrap_or("")
}

/// The ids that elements may bear: of the form that the engine gives, each once.
fn dom_ids(analysis: &Analysis) -> Vec<Option<String>> {
    let id = |n: usize| analysis.quotations.get(n).map_or("", |q| q.id.as_str());
    let mut ids = vec![None; analysis.quotations.len()];
    let ranks = (0..ids.len()).filter(|&n| is_dom_id(id(n), 'q')).map(|n| (hash(id(n)), n, 0));
    let mut ranks: Vec<Rank> = ranks.collect();
    sort(&mut ranks);
    for same in ranks.chunk_by(|a, b| a.0 == b.0) {
        // Equal ids have equal hashes; should different ones share a hash, the first bears its id.
        if let Some(&(_, n, _)) = same.first()
            && let Some(slot) = ids.get_mut(n)
        {
            *slot = Some(id(n).to_owned());
        }
    }
    ids
}

/// Whether `id` is `kind`, a hyphen, and letters, digits and hyphens of ASCII.
pub fn is_dom_id(id: &str, kind: char) -> bool {
    let mut chars = id.chars();
    let rest = |c: char| c.is_ascii_alphanumeric() || c == '-';
    chars.next() == Some(kind)
        && chars.next() == Some('-')
        && chars.next().is_some_and(rest)
        && chars.all(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;
    use dixit_engine::{Confidence, SpeakerKind};

    /// Groups as `q[…|…]` (folding, cut by a bar), `q[…]`, `r[…]` and bare text.
    fn written(plan: &Plan, block: usize) -> String {
        let text = &plan.article.blocks[block].text;
        let of = |runs: &[Run]| -> String { runs.iter().map(|r| &text[r.start..r.end]).collect() };
        let groups = plan.blocks[block].groups.iter().map(|group| match (group.kind, group.head) {
            (GroupKind::Plain, _) => of(&group.runs),
            (GroupKind::Reported(_), _) => format!("r[{}]", of(&group.runs)),
            (GroupKind::Quotation(_), None) => format!("q[{}]", of(&group.runs)),
            (GroupKind::Quotation(_), Some(head)) => {
                format!("q[{}|{}]", of(&group.runs[..head]), of(&group.runs[head..]))
            }
        });
        groups.collect()
    }

    #[test]
    fn quotations_fold_from_eight_words_on_and_scare_quotes_are_text() {
        let mut page = Fixture::default();
        let ann = page.speaker("Ann Lee", SpeakerKind::Person);
        page.block("“One two three four five six seven,” said Ann, “one two three four five six seven eight.”");
        page.quote("“One two three four five six seven,”", ann);
        page.quote("“one two three four five six seven eight.”", ann);
        page.block("The film “Gates of the Sea” and “a line of eight words that nobody ever said”");
        page.unattributed("“Gates of the Sea”");
        page.unattributed("“a line of eight words that nobody ever said”");
        page.block("");
        let plan = page.plan();
        for (block, expected) in [
            (
                0,
                "q[“One two three four five six seven,”] said Ann, q[“one two three four five| six seven eight.”]",
            ),
            (
                1,
                "The film “Gates of the Sea” and q[“a line of eight words| that nobody ever said”]",
            ),
            (2, ""),
        ] {
            assert_eq!(written(&plan, block), expected);
        }
        assert_eq!(plan.folding(), [false, true, false, true]);
        assert_eq!((plan.speaker_of(1), plan.speaker_of(3)), (Some(ann), None));
    }

    #[test]
    fn words_around_a_partial_quotation_are_reported_without_their_spaces() {
        let mut page = Fixture::default();
        let ann = page.speaker("Ann Lee", SpeakerKind::Person);
        page.block(
            "Ann said that it was “too early” to say whether it would open. She warned of rain.",
        );
        page.quote("“too early”", ann);
        page.content("it was “too early” to say whether it would open");
        page.report("of rain", ann);
        let plan = page.plan();
        assert_eq!(
            written(&plan, 0),
            "Ann said that it was q[“too early”] r[to say whether it would open]. She warned r[of rain]."
        );
    }

    #[test]
    fn each_voice_is_heard_once_a_block() {
        let mut page = Fixture::default();
        let ann = page.speaker("Ann Lee", SpeakerKind::Person);
        let bo = page.speaker("Bo Berg", SpeakerKind::Person);
        page.block("“Yes,” said Ann. Bo denied it. “Never,” he said. “Yes,” she said.");
        page.quote("“Yes,”", ann);
        page.report("it", bo);
        page.quote("“Never,”", bo).confidence = Confidence::Low;
        let plan = page.plan();
        let heard = |speaker, quoted, question| Heard { speaker, quoted, question };
        assert_eq!(plan.blocks[0].voices, [heard(ann, true, false), heard(bo, true, false)]);
    }

    #[test]
    fn mentions_are_soft_unless_they_hold_the_name_of_a_quoted_voice() {
        for (mention, kind, quoted, soft) in [
            ("Mayor Ann Lee", SpeakerKind::Person, true, false),
            ("Lee's", SpeakerKind::Person, true, false),
            ("she", SpeakerKind::Person, true, true),
            ("the mayor", SpeakerKind::Person, true, true),
            ("Ann Lee", SpeakerKind::Person, false, true),
            ("Ann Lee", SpeakerKind::Unnamed, true, true),
        ] {
            let mut page = Fixture::default();
            let ann = page.speaker("Ann Lee", kind);
            page.block(&format!("“Yes,” said {mention}."));
            if quoted {
                page.quote("“Yes,”", ann);
            }
            page.mention(mention, ann);
            let plan = page.plan();
            assert_eq!(plan.blocks[0].mentions, [Mention { speaker: ann, soft }], "{mention}");
        }
    }

    #[test]
    fn ids_are_of_our_form_and_borne_once() {
        let mut page = Fixture::default();
        page.block("“a” “b” “c” “d” “e”");
        for (text, id) in [
            ("“a”", "q-1"),
            ("“b”", "q-1"),
            ("“c”", "q-x\" onclick=\"y"),
            ("“d”", "panel"),
            ("“e”", "q-"),
        ] {
            page.unattributed(text).id = id.into();
        }
        let ids = page.plan().ids;
        assert_eq!(ids, [Some("q-1".to_owned()), None, None, None, None]);
        for (id, is) in
            [("s-ann-lee", true), ("s-", false), ("q-a", false), ("s-ä", false), ("s", false)]
        {
            assert_eq!(is_dom_id(id, 's'), is, "{id}");
        }
    }

    #[test]
    fn spans_and_indices_that_fit_nothing_lose_no_text() {
        let mut page = Fixture::default();
        let ann = page.speaker("Ann Lee", SpeakerKind::Person);
        page.block("„Ä“ sagte Ann.");
        page.quote("„Ä“", ann);
        let (mut article, mut analysis) = page.parts();
        analysis.quotations[0].span = Span { block: 0, start: 1, end: 900 };
        analysis.quotations.push(analysis.quotations[0].clone());
        analysis.quotations[1].span.block = 77;
        analysis.quotations[1].attribution = Some(99);
        analysis.attributions[0].speaker = Some(42);
        analysis.attributions[0].content = vec![Span { block: 5, start: 9, end: 3 }];
        analysis.speakers[0].mentions = vec![Span { block: 0, start: 13, end: 2 }];
        article.blocks.push(dixit_engine::Block::paragraph(""));
        let plan = Plan::new(Rc::new(article), Rc::new(analysis));
        let runs = plan.blocks[0].groups.iter().flat_map(|g| &g.runs);
        let text: String = runs.map(|r| &plan.article.blocks[0].text[r.start..r.end]).collect();
        assert_eq!(text, "„Ä“ sagte Ann.");
    }
}
