//! Reads the annotated corpus, and the words that open cues in it.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use dixit_engine::training::{Example, Gold, examples};
use dixit_engine::{Article, Languages, Span, analyse_with, plain_text};
use flate2::read::GzDecoder;
use serde_json::{Value, json};

/// One annotated article.
pub(crate) struct Record {
    id: String,
    /// Code point of each byte of the text.
    points: Vec<usize>,
    article: Article,
    gold: Vec<Gold>,
}

/// Reads JSON lines, compressed by gzip.
pub(crate) fn read(file: &Path) -> Result<Vec<Record>, String> {
    let open = File::open(file).map_err(|e| format!("cannot read {}: {e}", file.display()))?;
    let lines = BufReader::new(GzDecoder::new(open)).lines();
    lines
        .enumerate()
        .map(|(n, line)| {
            let line = line.map_err(|e| format!("line {}: {e}", n + 1))?;
            let v: Value =
                serde_json::from_str(&line).map_err(|e| format!("line {}: {e}", n + 1))?;
            record(&v).ok_or_else(|| format!("line {}: not an annotated article", n + 1))
        })
        .collect()
}

fn record(v: &Value) -> Option<Record> {
    let text = v["text"].as_str()?;
    let mut article = plain_text::body(text);
    article.title = v["title"].as_str().map(str::to_string);
    let bytes: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
    let spans = |v: &Value| -> Vec<Span> {
        let list = v.as_array().map(Vec::as_slice).unwrap_or_default();
        list.iter()
            .filter_map(|s| {
                let at = |i: usize| bytes.get(usize::try_from(s[i].as_u64()?).ok()?).copied();
                Some(in_blocks(&article, at(0)?, at(1)?))
            })
            .flatten()
            .collect()
    };
    let gold = v["attributions"].as_array()?;
    let gold = gold
        .iter()
        .map(|a| Gold {
            source: spans(&a["source"]),
            cue: spans(&a["cue"]),
            content: spans(&a["content"]),
        })
        .collect();
    let mut points = vec![0; text.len() + 1];
    for (n, &at) in bytes.iter().enumerate() {
        points[at] = n;
    }
    Some(Record { id: v["id"].as_str()?.to_string(), points, article, gold })
}

fn in_blocks(article: &Article, start: usize, end: usize) -> Vec<Span> {
    let blocks = article.blocks.iter().enumerate();
    blocks
        .filter_map(|(block, b)| {
            let first = b.origin.first()?.input;
            let (s, e) = (start.max(first), end.min(first + b.text.len()));
            (s < e).then(|| Span { block, start: s - first, end: e - first })
        })
        .collect()
}

/// How much each lower-case word looks like the head of a cue, from 0 to 1.
pub(crate) type CueWords = HashMap<String, f32>;

/// A word is listed that heads cues this often, and in this share of its places.
const LEAST: usize = 4;
const SHARE: f32 = 0.04;

fn words(text: &str) -> impl Iterator<Item = String> {
    let split = text.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'' && c != '’');
    split.filter(|w| w.len() > 1).map(str::to_lowercase)
}

/// Small words that stand in cues and never head them.
const SMALL: &str = " a an the to of in on at by for with from about as that this it its he his her she they their them \
    is are was were be been being has have had having do does did will would can could should may might must not \
    also and or but who which there one up out over into after before more most very just still even than then \
    when what how if so no now only own time way first last new it's don't didn't doesn't isn't wasn't won't again \
    further against back down off through later once publicly directly repeatedly often recently ";

/// The words that head cues.
pub(crate) fn cue_words(records: &[&Record]) -> CueWords {
    let (mut all, mut inside) = (HashMap::<String, usize>::new(), HashMap::<String, usize>::new());
    for r in records {
        for b in &r.article.blocks {
            for w in words(&b.text) {
                *all.entry(w).or_default() += 1;
            }
        }
        for s in r.gold.iter().flat_map(|g| &g.cue) {
            for w in words(r.article.text(*s)) {
                *inside.entry(w).or_default() += 1;
            }
        }
    }
    inside
        .into_iter()
        .filter(|(w, n)| {
            *n >= LEAST
                && all.get(w).is_some_and(|all| *n as f32 >= SHARE * *all as f32)
                && !SMALL.contains(&format!(" {w} "))
                && w.chars().all(char::is_alphabetic)
        })
        .map(|(w, n)| (w.clone(), n as f32 / (all.get(&w).copied().unwrap_or(0) as f32 + 5.0)))
        .collect()
}

/// The words as a word file of the lexicon.
pub(crate) fn word_file(words: &CueWords) -> String {
    let mut list: Vec<&str> = words.keys().map(String::as_str).collect();
    list.sort_unstable();
    let mut out = String::from("# Words that head cues, learned: `cargo xtask train`.\n");
    for line in list.chunks(16) {
        out.push_str("cue-word: ");
        out.push_str(&line.join(" "));
        out.push('\n');
    }
    out
}

impl Record {
    /// What the engine finds, as a line of JSON.
    pub(crate) fn predict(&self, languages: &Languages) -> String {
        let analysis = analyse_with(&self.article, languages);
        let spans = |list: &[Span]| -> Value {
            let point = |s: &Span, at: usize| {
                let block = self.article.blocks.get(s.block)?;
                self.points.get(block.to_input(at)?).copied()
            };
            list.iter().map(|s| json!([point(s, s.start), point(s, s.end)])).collect()
        };
        let attributions: Vec<Value> = analysis
            .attributions
            .iter()
            .map(|a| {
                json!({
                    "source": spans(a.source.as_slice()),
                    "cue": spans(a.cue.as_slice()),
                    "content": spans(&a.content),
                    "speaker": a.speaker.and_then(|s| analysis.speakers.get(s)).map(|s| &s.name),
                    "why": format!("{:?}", a.why),
                    "confidence": format!("{:?}", a.confidence).to_lowercase(),
                })
            })
            .collect();
        format!("{}\n", json!({ "id": self.id, "attributions": attributions }))
    }

    /// The examples of this article.
    pub(crate) fn examples(&self, words: &CueWords) -> Vec<Example> {
        examples(&self.article, &self.gold, |w| words.get(w).copied().unwrap_or(0.0))
    }
}
