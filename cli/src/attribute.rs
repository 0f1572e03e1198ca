//! `dixit attribute`: articles as JSON lines in, who said what as JSON lines out.

use std::io::{self, BufRead, BufReader, stdin};
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use dixit_engine::format::{Json, OffsetUnit, write_standoff};
use dixit_engine::{Article, analyse, plain_text};
use dixit_import::body_text;

use crate::import::{articles, head};
use crate::line::Line;
use crate::output;

const ABOUT: &str = "\
Find who said what in articles

Reads the files that are named, or one article a line from standard input, and writes one line for
each, in the same order and while further articles are still arriving. Nothing is sent anywhere.";

const SHAPES: &str = r#"Input, one JSON object a line, in UTF-8:
  {"id": "a1", "title": "Harbour vote", "text": "“It is over,” said Ann Lee, the mayor."}

  id     a string or a number; comes back as it is
  text   the article; each of its lines is a paragraph, and every line counts
  title  the headline, if known; its names help to tell the speakers
  Other fields and blank lines are passed over.

Of files, the form is told by content: HTML pages, Markdown, feeds, JSON-LD, Dixit's own article
JSON, plain text in any encoding. Their records begin as those of `dixit import --jsonl` do, with
file, entry, id, url, title, byline, date, site, language and text, which spans count in.

Output, one JSON object a line (here on several):
  {"id": "a1", "language": "en",
   "attributions": [
     {"id": "a-…", "kind": "direct", "source": [[19, 37]], "cue": [[14, 18]], "content": [[0, 13]],
      "speaker": "Ann Lee", "speaker_id": "s-ann-lee",
      "why": {"rule": "cue-after-inverted", "resolution": "name", "words": "cue and then source …"},
      "confidence": "high"}],
   "speakers": [
     {"id": "s-ann-lee", "name": "Ann Lee", "kind": "person", "role": "mayor", "affiliation": null,
      "mentions": [[19, 37]]}]}

  Spans are [start, end) in Unicode code points of text as given.
  kind        direct (all in quotation marks), mixed, indirect
  speaker     the fullest name that the article gives, or null
  confidence  high, medium, low; low is a guess
  language    told from the text: en, de or fr; null where it is none, and then read as English

A line that cannot be read gives one message with its number on standard error, and no output.

Exit status: 0 if every line was read, 1 if one was not or the output failed, 2 for wrong usage.

Example:
  dixit attribute --jsonl < articles.jsonl > attributions.jsonl
  dixit attribute page.html feed.xml notes/*.md > attributions.jsonl"#;

#[derive(Debug, clap::Args)]
#[command(about = "Find who said what in articles", long_about = ABOUT, after_long_help = SHAPES)]
pub(crate) struct Options {
    /// Files of any form that `dixit import` reads; without, articles come as JSON lines on standard input
    #[arg(value_name = "FILE", required_unless_present = "jsonl")]
    files: Vec<PathBuf>,
    /// Read and write JSON lines; the output is JSON lines in any case
    #[arg(long)]
    jsonl: bool,
    /// How many articles to work on at once [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
}

pub(crate) fn run(options: &Options) -> ExitCode {
    if options.files.is_empty() {
        return output::lines(options.threads, (1..).zip(input()), |(n, line)| {
            let answer = answer(line).map_err(|message| format!("line {n}: {message}"))?;
            Ok(answer.into_iter().collect())
        });
    }
    output::lines(options.threads, options.files.clone().into_iter(), |file| {
        let articles = articles(&file, None)?;
        articles.into_iter().map(|(entry, article)| of_file(&file, entry, article)).collect()
    })
}

/// The lines of standard input, up to its end or the first error.
fn input() -> impl Iterator<Item = io::Result<Vec<u8>>> + Send {
    let mut failed = false;
    let before_error = move |line: &io::Result<_>| !std::mem::replace(&mut failed, line.is_err());
    BufReader::new(stdin()).split(b'\n').take_while(before_error)
}

/// The record of a line; `None` for a blank one.
fn answer(line: io::Result<Vec<u8>>) -> Result<Option<String>, String> {
    let line = line.map_err(|error| format!("cannot read standard input: {error}"))?;
    let Some(line) = Line::read(&line)? else { return Ok(None) };
    let mut article = plain_text::body(&line.text);
    article.title.clone_from(&line.title);
    let said = said(&line.text, &article)?;
    Ok(Some(format!("{{\"id\":{},{said}", line.id)))
}

/// The record of an article that was imported, with the text that its spans are of.
fn of_file(file: &Path, entry: Option<usize>, mut article: Article) -> Result<String, String> {
    let text = body_text(&mut article);
    let mut json = Json::default();
    json.open('{');
    head(&mut json, file, entry, &article);
    json.field("text", &text);
    let said = said(&text, &article).map_err(|message| format!("{}: {message}", file.display()))?;
    // What the engine found its language to be is there already.
    let said = said.split_once(',').map_or("", |(_, rest)| rest);
    Ok([&json.text, ",", said].concat())
}

/// Who said what, as the fields of an object and its end.
fn said(text: &str, article: &Article) -> Result<String, String> {
    // The engine does not panic; if it does, the articles after this one should not pay for it.
    let json =
        catch_unwind(|| write_standoff(text, article, &analyse(article), OffsetUnit::CodePoints));
    let json = json.map_err(|_| "the engine panicked on this article, please report it")?;
    Ok(json.trim_start_matches('{').to_owned())
}
