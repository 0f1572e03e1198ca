//! What each block of the page shows: its groups of runs and the voices that speak in it.

use std::rc::Rc;

use dixit_engine::{Analysis, Article, AttributionKind, Span, SpeakerKind};

use crate::segments::{Layers, Ranged, Run, runs};
use crate::voices::{Voices, is_question, voices};
use crate::words;

/// A quotation folds from this many words on.
pub const FOLDS_FROM: usize = 8;
/// A folded quotation shows this many words.
pub const SHOWS: usize = 5;

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
        let voices = voices(&article, &analysis);
        let over = gather(&article, &analysis, &voices);
        let blocks = article
            .blocks
            .iter()
            .zip(&over)
            .map(|(block, over)| block_plan(&block.text, &block.marks, over, &analysis))
            .collect();
        let ids = dom_ids(&analysis);
        Plan { article, analysis, voices, blocks, ids }
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
    for (n, quotation) in analysis.quotations.iter().enumerate() {
        let text = article.text(quotation.span);
        if let Some(over) = over.get_mut(quotation.span.block)
            && analysis.quotations.get(n).is_some_and(|q| q.depth == 0)
        {
            over.cuts.push(quotation.span.start + words::first(text, SHOWS));
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
    for run in runs(text, &layers) {
        let kind = match (run.outer, run.content) {
            (Some(n), _) => GroupKind::Quotation(n),
            (None, Some(n)) => GroupKind::Reported(n),
            (None, None) => GroupKind::Plain,
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
        group.names_speaker = quoted && named != Some(speaker);
        if quoted {
            named = Some(speaker);
        }
        let question = is_question(attribution.confidence);
        let quoted = quoted || attribution.kind != AttributionKind::Indirect;
        match voices.iter_mut().find(|v| v.speaker == speaker) {
            Some(heard) => {
                heard.quoted |= quoted;
                heard.question &= question;
            }
            None => voices.push(Heard { speaker, quoted, question }),
        }
    }
    BlockPlan { groups, voices, mentions: over.who.clone() }
}

/// Decides whether a quotation folds, and answers whose statement the group is.
///
/// A short quotation that nobody is credited with (a title, a nickname) is plain text.
fn finish(group: &mut Group, text: &str, analysis: &Analysis) -> Option<usize> {
    let n = match group.kind {
        GroupKind::Plain => return None,
        GroupKind::Reported(n) => return Some(n),
        GroupKind::Quotation(n) => n,
    };
    let start = group.runs.first().map_or(0, |r| r.start);
    let end = group.runs.last().map_or(start, |r| r.end);
    let quoted = text.get(start..end).unwrap_or("");
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

/// The ids that elements may bear: of the form that the engine gives, each once.
fn dom_ids(analysis: &Analysis) -> Vec<Option<String>> {
    let mut order: Vec<usize> = (0..analysis.quotations.len()).collect();
    let id = |n: usize| analysis.quotations.get(n).map_or("", |q| q.id.as_str());
    order.sort_by_key(|&n| (id(n), n));
    let mut ids = vec![None; order.len()];
    let mut last = "";
    for n in order {
        if id(n) != last && is_dom_id(id(n), 'q') {
            if let Some(slot) = ids.get_mut(n) {
                *slot = Some(id(n).to_owned());
            }
        }
        last = id(n);
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
