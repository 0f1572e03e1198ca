//! Texts that grow: news, and patterns that make careless code take the square of its input.

use std::fs;
use std::sync::Mutex;
use std::thread;

use serde_json::Value;

use crate::articles::workspace;
use crate::steps::Counter;

/// A text that can be made as long as one likes: `prefix`, n times `unit`, `middle`, n times `close`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// What it is called in output.
    pub name: String,
    prefix: String,
    unit: String,
    middle: String,
    close: String,
    /// Whether `#` in the unit stands for letters that differ each time.
    numbered: bool,
}

impl Pattern {
    fn new(unit: &str) -> Pattern {
        let [name, unit] = [unit; 2].map(str::to_string);
        let [prefix, middle, close] = [const { String::new() }; 3];
        Pattern { numbered: unit.contains('#'), name, prefix, unit, middle, close }
    }

    fn around(unit: &str, middle: &str, close: &str) -> Pattern {
        let [middle, close] = [middle, close].map(str::to_string);
        let pattern = Pattern { middle, close, ..Pattern::new(unit) };
        Pattern { name: format!("{unit}…{}…{}", pattern.middle, pattern.close), ..pattern }
    }

    /// The pattern in about `bytes` bytes.
    pub fn text(&self, bytes: usize) -> String {
        let each = self.unit.len() + self.close.len() + if self.numbered { 3 } else { 0 };
        let n = bytes / each.max(1);
        let mut text = self.prefix.clone();
        for i in 0..n {
            match self.numbered {
                true => text.push_str(&self.unit.replace('#', &letters(i))),
                false => text.push_str(&self.unit),
            }
        }
        text + &self.middle + &self.close.repeat(n)
    }
}

/// Four letters that name `n`.
fn letters(n: usize) -> String {
    let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap_or(0));
    [n, n / 26, n / 676, n / 17_576].map(letter).iter().collect()
}

/// Marks, cues, names and lines in every way that could make the engine look back or ahead.
const UNITS: &[&str] = &[
    "“",
    "”",
    "\"",
    "„",
    "«a",
    "‘a ",
    "a’ ",
    "\"a ",
    "said ",
    "Ann Lee said that ",
    "“Go,” Ann Lee said. ",
    "“Go.” ",
    "“Go.”\n\n",
    "“Go\n\n",
    "Aa Bb, ",
    "Aa Bb said, ",
    "the mayor said that she said that ",
    ", who said ",
    "according to ",
    "And according to Lee, ",
    "and said ",
    "Lee and ",
    "a\n\n",
    "- a\n",
    "“a\n\n",
    "Mr. ",
    "of the ",
    "(((",
    "as “a” as “b” ",
    "he said she said ",
    "Ann Lee, the mayor, ",
    "called it “a” ",
    "He said “a”. ",
    "“a,” he said, “",
    "a",
    "A",
    "a ",
    "A ",
    "é",
    "A. ",
    "a-",
    "'",
    ", ",
    ": ",
    "? ",
    "… ",
    "—",
    "1. A\n",
    "\n",
    "\r",
    "By Ann Lee\n\n",
    "March 5, 2024\n\n",
    "No comments:\n\n",
    "The town\n\nA sentence that is longer than its heading.\n\n",
    "A line of text that is as wide as a mail program makes them before it\n",
    // Different each time: many speakers, many equal parts of names.
    "“We go,” Ab# Cd# said.\n\n",
    "Ab# Lee said that Lee agreed. ",
    "Ann Cd# said that she agreed. ",
    "Ab# Cd#, mayor of Ef#, and Gh# Ij# said. ",
    "The # said that the minister agreed.\n\n",
    "“Go #,” she said. ",
];

/// Every pattern: ours, and where a checkout for development has them beside it, the shared ones.
pub fn patterns() -> Vec<Pattern> {
    let mut all: Vec<Pattern> = UNITS.iter().map(|unit| Pattern::new(unit)).collect();
    all.push(Pattern::around("“", "a", "”"));
    all.push(Pattern::around("“‘", "Go,’ Ann Lee said,", "”"));
    all.push(Pattern::around("(", "he said", ")"));
    all.push(Pattern::around("Ann Lee said that ", "it rains", ", he said"));
    all.extend(shared().into_iter().map(|(_, pattern)| pattern));
    all
}

/// The patterns that lie beside a checkout for development, each with its format.
fn shared() -> Vec<(String, Pattern)> {
    let rows = fs::read_to_string(workspace().join("../shared/hostile/complexity.jsonl"));
    let rows = rows.unwrap_or_default();
    let pattern = |row: Value| {
        let field = |name: &str| row[name].as_str().unwrap_or("").to_string();
        let pattern = Pattern {
            name: field("name"),
            prefix: field("prefix"),
            unit: field("unit"),
            middle: field("mid"),
            close: field("close"),
            numbered: false,
        };
        (field("format"), pattern)
    };
    rows.lines().filter_map(|line| serde_json::from_str(line).ok()).map(pattern).collect()
}

/// Tags, marks and lines in every way that could make a careless importer look back or ahead, each with the name of
/// its file.
const IMPORTED: &[(&str, &str)] = &[
    ("a.html", "<div>"),
    ("a.html", "<b>"),
    ("a.html", "<p><b>a"),
    ("a.html", "<b><p>"),
    ("a.html", "<a href=#>a"),
    ("a.html", "<ul><li>a"),
    ("a.html", "<table><tr><td>a"),
    ("a.html", "<blockquote>a"),
    ("a.html", "</p>"),
    ("a.html", "</div><span>"),
    ("a.html", "<p>The council met on Monday, and it rained.</p>"),
    ("a.html", "<p>a<br>b. <br>c</p>"),
    ("a.html", "<img src=a>"),
    ("a.html", "<figure><img src=a><figcaption>a (Photo: b)</figcaption></figure>"),
    ("a.html", "<h2>a</h2>"),
    ("a.html", "<td>"),
    ("a.html", "&amp;"),
    ("a.html", "<!--"),
    ("a.html", "<noscript>"),
    ("a.html", "<p>Share this</p>"),
    ("a.html", "<p>Related stories</p><p>a</p>"),
    ("a.html", "<p><a href=b>One two three four five</a></p>"),
    ("a.md", "> "),
    ("a.md", "* "),
    ("a.md", "**a "),
    ("a.md", "[a](b"),
    ("a.md", "![a]"),
    ("a.md", "`"),
    ("a.md", "| a "),
    ("a.md", "# a\n"),
    ("a.md", "<a>"),
    ("a.md", "[^1]\n\n"),
    ("a.json", "["),
    ("a.json", "{\"@graph\":[{"),
    ("a.txt", "**a** "),
];

/// Every pattern for the importer: a file's name, and what it holds. HTML is a page, and a piece of one too.
pub fn imported() -> Vec<(&'static str, Pattern)> {
    let mut all = Vec::new();
    for &(name, unit) in IMPORTED {
        let pattern = Pattern::new(unit);
        if name == "a.html" {
            let prefix =
                "<title>a</title><body><article><p>The council met on Monday.</p>".to_owned();
            all.push((
                name,
                Pattern { name: format!("page of {unit}"), prefix, ..pattern.clone() },
            ));
        }
        all.push((name, Pattern { name: format!("{name}: {unit}"), ..pattern }));
    }
    for (format, pattern) in shared() {
        let name = match format.as_str() {
            "html" => "a.html",
            "md" => "a.md",
            "json" => "a.json",
            _ => continue,
        };
        all.push((name, pattern));
    }
    all
}

/// How much more work ten times the text is: 10 is linear. `text` makes a text of so many bytes.
pub fn growth(
    counter: &Counter,
    bytes: usize,
    text: impl Fn(usize) -> String,
) -> Result<f64, String> {
    let steps = counter.steps(&[&text(bytes), &text(bytes * 10)])?;
    let [few, many] = steps[..] else { return Err("two texts, and not two counts".into()) };
    Ok(many as f64 / few.max(1) as f64)
}

/// How much more work each of `patterns` is, steepest first, counted on all cores.
pub fn all(
    counter: &Counter,
    patterns: Vec<Pattern>,
    bytes: usize,
) -> Result<Vec<(String, f64)>, String> {
    let (waiting, grown) = (Mutex::new(patterns), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(p) = waiting.lock().ok().and_then(|mut waiting| waiting.pop()) {
                    let row = growth(counter, bytes, |bytes| p.text(bytes));
                    if let Ok(mut grown) = grown.lock() {
                        grown.push(row.map(|g| (p.name.clone(), g)));
                    }
                }
            });
        }
    });
    let rows = grown.into_inner().map_err(|e| e.to_string())?;
    let mut rows = rows.into_iter().collect::<Result<Vec<_>, _>>()?;
    rows.sort_by(|a, b| b.1.total_cmp(&a.1));
    Ok(rows)
}
