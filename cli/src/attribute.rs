//! `dixit attribute`: articles as JSON lines in, who said what as JSON lines out.

use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Write, stderr, stdin, stdout};
use std::num::NonZeroUsize;
use std::panic::catch_unwind;
use std::process::ExitCode;
use std::thread::available_parallelism;

use dixit_engine::format::{OffsetUnit, write_standoff};
use dixit_engine::{analyse, plain_text};

use crate::in_order::in_order;
use crate::line::Line;

const ABOUT: &str = "\
Find who said what in articles

Reads one article a line from standard input and writes one line for each, in the same
order and while further articles are still arriving. Nothing is sent anywhere.";

const SHAPES: &str = r#"Input, one JSON object a line, in UTF-8:
  {"id": "a1", "title": "Harbour vote", "text": "“It is over,” said Ann Lee, the mayor."}

  id     a string or a number; comes back as it is
  text   the article; each of its lines is a paragraph, and every line counts
  title  the headline, if known; its names help to tell the speakers
  Other fields and blank lines are passed over.

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
  dixit attribute --jsonl < articles.jsonl > attributions.jsonl"#;

#[derive(Debug, clap::Args)]
#[command(about = "Find who said what in articles", long_about = ABOUT, after_long_help = SHAPES)]
pub(crate) struct Options {
    /// Read and write JSON lines
    #[arg(long, required = true)]
    jsonl: bool,
    /// How many articles to work on at once [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
}

/// What became of one line: nothing for a blank one, else its record or what is wrong with it.
type Answer = Option<Result<String, String>>;

pub(crate) fn run(options: &Options) -> ExitCode {
    let n_cores = || available_parallelism().map_or(1, NonZeroUsize::get);
    let n_threads = options.threads.map_or_else(n_cores, usize::from);
    let mut out = BufWriter::new(stdout().lock());
    let (mut n, mut all_read) = (0_usize, true);
    let written = in_order(n_threads, input(), answer, |answer| {
        let Some(answer) = answer else { return out.flush() };
        n += 1;
        match answer {
            None => Ok(()),
            Some(Ok(record)) => writeln!(out, "{record}"),
            Some(Err(message)) => {
                all_read = false;
                complain(&format!("line {n}: {message}"));
                Ok(())
            }
        }
    });
    match written.and_then(|()| out.flush()) {
        // Whoever reads our output has enough, as `head` does.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            complain(&format!("cannot write to standard output: {error}"));
            ExitCode::FAILURE
        }
        _ if all_read => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// The lines of standard input, up to its end or the first error.
fn input() -> impl Iterator<Item = io::Result<Vec<u8>>> + Send {
    let mut failed = false;
    let before_error = move |line: &io::Result<_>| !std::mem::replace(&mut failed, line.is_err());
    BufReader::new(stdin()).split(b'\n').take_while(before_error)
}

fn answer(line: io::Result<Vec<u8>>) -> Answer {
    let line = match line {
        Ok(line) => line,
        Err(error) => return Some(Err(format!("cannot read standard input: {error}"))),
    };
    let line = match Line::read(&line) {
        Ok(line) => line?,
        Err(message) => return Some(Err(message)),
    };
    // The engine does not panic; if it does, the articles after this one should not pay for it.
    let record = catch_unwind(|| record(&line));
    Some(record.map_err(|_| "the engine panicked on this article, please report it".into()))
}

fn record(line: &Line<'_>) -> String {
    let mut article = plain_text::body(&line.text);
    article.title.clone_from(&line.title);
    let analysis = analyse(&article);
    let json = write_standoff(&line.text, &article, &analysis, OffsetUnit::CodePoints);
    format!("{{\"id\":{},{}", line.id, json.trim_start_matches('{'))
}

fn complain(message: &str) {
    // Where standard error is closed there is nobody to tell.
    let _ = writeln!(stderr(), "dixit: {message}");
}
