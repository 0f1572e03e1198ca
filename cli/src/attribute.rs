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
  language    told from the text: en, de, fr or mk, which have word lists; es, hr, it, nl, pl, pt, ru, sr or
              tr, where quotations go to the nearest name, as guesses; null where it is none of these, and
              then read as English

A line that cannot be read gives one message with its number on standard error, and no output.

Exit status: 0 if every line was read, 1 if one was not or the output failed, 2 for wrong usage.

Example:
  dixit attribute --jsonl < articles.jsonl > attributions.jsonl
  dixit attribute page.html feed.xml notes/*.md > attributions.jsonl
  dixit attribute --format csv notes/*.md > statements.csv"#;

#[derive(Debug, clap::Args)]
#[command(about = "Find who said what in articles", long_about = ABOUT, after_long_help = SHAPES)]
pub(crate) struct Options {
    /// Files of any form that `dixit import` reads; without, articles come as JSON lines on standard input
    #[arg(value_name = "FILE", required_unless_present = "jsonl")]
    files: Vec<PathBuf>,
    /// Read JSON lines from standard input; where files are named they are read instead
    #[arg(long)]
    jsonl: bool,
    /// What to write of each article
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
    /// How many articles to work on at once [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
}

/// What is written of each article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A JSON object a line, as below
    Jsonl,
    /// A schema.org NewsArticle with its Quotations a line, as JSON-LD
    JsonLd,
    /// A table with a row a statement (RFC 4180)
    Csv,
}

pub(crate) fn run(options: &Options) -> ExitCode {
    let format = options.format;
    if format == Format::Csv {
        let mut head = String::new();
        dixit_export::line(&mut head, ["article"].into_iter().chain(dixit_export::COLUMNS));
        print!("{head}");
    }
    if options.files.is_empty() {
        let items = (1..).zip(input()).map(move |(n, line)| (n, line, format));
        return output::lines(options.threads, items, |(n, line, format)| {
            let answer = answer(line, format).map_err(|message| format!("line {n}: {message}"))?;
            Ok(answer.into_iter().collect())
        });
    }
    let files = options.files.clone();
    let bar = output::progress(files.len());
    let items = files.into_iter().map(move |file| (file, format));
    output::lines_with(options.threads, items, &bar, |(file, format)| {
        let articles = articles(&file, None)?;
        articles
            .into_iter()
            .map(|(entry, article)| of_file(&file, entry, article, format))
            .collect()
    })
}

/// An article in one of the forms that other programs read; its address, where it has one, is the one in them.
fn exported(name: &str, article: &Article, format: Format) -> Result<String, String> {
    let analysis = catch_unwind(|| analyse(article).spoken());
    let analysis = analysis.map_err(|_| "the engine panicked on this article, please report it")?;
    let page = article.source_url.as_deref().unwrap_or_default();
    let rows = dixit_export::rows(article, &analysis, page);
    if format == Format::JsonLd {
        return Ok(dixit_export::json_ld(article, &rows, page));
    }
    let mut cell = String::new();
    dixit_export::line(&mut cell, [name]);
    let cell = cell.trim_end();
    let rows = rows.iter().filter_map(|row| {
        // The first line names the columns.
        let table = dixit_export::csv(std::slice::from_ref(row));
        Some(format!("{cell},{}", table.split_once("\r\n")?.1))
    });
    // The end of the last line is written with it.
    let table: String = rows.collect();
    Ok(table.strip_suffix('\n').unwrap_or_default().to_owned())
}

/// The lines of standard input, up to its end or the first error.
fn input() -> impl Iterator<Item = io::Result<Vec<u8>>> + Send {
    let mut failed = false;
    let before_error = move |line: &io::Result<_>| !std::mem::replace(&mut failed, line.is_err());
    BufReader::new(stdin()).split(b'\n').take_while(before_error)
}

/// The record of a line; `None` for a blank one.
fn answer(line: io::Result<Vec<u8>>, format: Format) -> Result<Option<String>, String> {
    let line = line.map_err(|error| format!("cannot read standard input: {error}"))?;
    let Some(line) = Line::read(&line)? else { return Ok(None) };
    let mut article = plain_text::body(&line.text);
    article.title.clone_from(&line.title);
    if format != Format::Jsonl {
        return exported(line.id.trim_matches('"'), &article, format).map(Some);
    }
    let said = said(&line.text, &article)?;
    Ok(Some(format!("{{\"id\":{},{said}", line.id)))
}

/// The record of an article that was imported, with the text that its spans are of.
fn of_file(
    file: &Path,
    entry: Option<usize>,
    mut article: Article,
    format: Format,
) -> Result<String, String> {
    if format != Format::Jsonl {
        let name = article.id.clone();
        return exported(&name, &article, format)
            .map_err(|message| format!("{}: {message}", file.display()));
    }
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
