//! `dixit import`: files of any form in, articles out.

use std::io::{self, Read, stdin};
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use dixit_engine::format::{self, Json, Named};
use dixit_engine::{Article, BlockKind, SetAsideKind};
use dixit_import::{Imported, Input, MAX_BYTES, body_text, import};

use crate::output::{self, complain};

const ABOUT: &str = "\
Read articles from files of any form

HTML pages, Markdown with front matter, RSS, Atom and JSON Feed, JSON-LD, Dixit's own article
JSON, and plain text in any encoding. The form is told by content first, then by the name.
Nothing is fetched, run or sent anywhere.";

const SHAPES: &str = r#"Without --jsonl the output is one article file, as the viewer opens it and pages embed it.

With --jsonl it is one JSON object a line (here on several); a feed gives a line for each entry:
  {"file": "page.html", "entry": null, "id": "https://…", "url": "https://…",
   "title": "Harbour vote", "byline": "Ann Lee", "date": "2024-03-05", "site": null, "language": "en",
   "text": "The council met.\n\n“It is over,” said Bo Ray.",
   "set_aside": [{"kind": "sharing", "text": "Share this"}],
   "related": ["Ferry out of service"],
   "problems": ["the feed has only a summary of this article"]}

  text       the body, blocks joined by blank lines
  entry      number of the feed's entry from 1 on, or null
  set_aside  lines of the page that are no part of the article; kinds are comments, sharing,
             read-more, label, credit, advertisement, navigation
  What is not known is null or [].

A file that cannot be read gives one message on standard error, and the others go on.

Exit status: 0 if every file was read, 1 if one was not or the output failed, 2 for wrong usage.

Examples:
  dixit import page.html > article.json
  dixit import --jsonl articles/*.md feed.xml > articles.jsonl"#;

#[derive(Debug, clap::Args)]
#[command(about = "Read articles from files of any form", long_about = ABOUT, after_long_help = SHAPES)]
pub(crate) struct Options {
    /// Files to read; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Write one JSON object a line, with the body as text
    #[arg(long)]
    jsonl: bool,
    /// Which entry of a feed to write, from 1 on
    #[arg(long, value_name = "N", conflicts_with = "jsonl", value_parser = clap::value_parser!(u32).range(1..))]
    entry: Option<u32>,
    /// The address that the file came from, which relative links are relative to
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// How many files to work on at once [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
}

pub(crate) fn run(options: &Options) -> ExitCode {
    if !options.jsonl {
        return one(options);
    }
    let url = options.url.clone();
    let files = options.files.clone().into_iter().map(move |file| (file, url.clone()));
    output::lines(options.threads, files, |(file, url)| {
        let articles = articles(&file, url.as_deref())?;
        Ok(articles.into_iter().map(|(entry, article)| record(&file, entry, &article)).collect())
    })
}

/// Writes the article file of one article.
fn one(options: &Options) -> ExitCode {
    let [file] = options.files.as_slice() else {
        complain("several files need --jsonl");
        return ExitCode::from(2);
    };
    let article = articles(file, options.url.as_deref()).and_then(|mut articles| {
        let n = articles.len();
        match options.entry {
            None if n == 1 => articles.pop().ok_or_else(String::new),
            None => Err(format!(
                "{}: a feed of {n} entries: use --jsonl, or choose one with --entry",
                file.display()
            )),
            Some(entry) => articles.into_iter().nth(entry as usize - 1).ok_or_else(|| match n {
                1 => format!("{}: there is only 1 entry", file.display()),
                _ => format!("{}: there are only {n} entries", file.display()),
            }),
        }
    });
    output::lines(Some(1), [article].into_iter(), |article| {
        article.map(|(_, article)| vec![format::write(&article, None)])
    })
}

/// The articles of a file, those of a feed with their numbers.
pub(crate) fn articles(
    file: &Path,
    url: Option<&str>,
) -> Result<Vec<(Option<usize>, Article)>, String> {
    let name = file.display();
    let bytes = read(file).map_err(|error| format!("{name}: {error}"))?;
    let of_file = file.file_name().map(|n| n.to_string_lossy().into_owned());
    let imported =
        catch_unwind(|| import(&Input { name: of_file.as_deref(), url, ..Input::new(&bytes) }));
    // It should not panic; if it does, the files after this one should not pay for it.
    let imported =
        imported.map_err(|_| format!("{name}: the importer panicked, please report it"))?;
    match imported.map_err(|refused| format!("{name}: {refused}"))? {
        Imported::Article(article) => Ok(vec![(None, article)]),
        Imported::Feed(feed) => Ok(feed
            .entries
            .into_iter()
            .enumerate()
            .map(|(n, e)| (Some(n + 1), e.article))
            .collect()),
    }
}

/// No more than can be read is taken in.
fn read(file: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = MAX_BYTES as u64 + 1;
    if file.as_os_str() == "-" {
        stdin().lock().take(most).read_to_end(&mut bytes)?;
    } else {
        std::fs::File::open(file)?.take(most).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

fn record(file: &Path, entry: Option<usize>, article: &Article) -> String {
    let mut json = Json::default();
    json.open('{');
    head(&mut json, file, entry, article);
    json.field("text", &body_text(&mut article.clone()));
    let of_images = article.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Image { credit, .. } => Some((SetAsideKind::Credit, credit.as_deref()?)),
        _ => None,
    });
    let lines = article.set_aside.iter().map(|line| (line.kind, line.text.as_str()));
    json.list("set_aside", &lines.chain(of_images).collect::<Vec<_>>(), |json, (kind, text)| {
        json.open('{');
        json.field("kind", kind.name());
        json.field("text", text);
        json.close('}');
    });
    json.list("related", &article.related, |json, related| json.string(&related.title));
    json.list("problems", &article.problems, |json, problem| json.string(&problem.message));
    json.close('}');
    json.text
}

/// What an article is called and where it is from.
pub(crate) fn head(json: &mut Json, file: &Path, entry: Option<usize>, article: &Article) {
    json.field("file", &file.to_string_lossy());
    match entry {
        Some(entry) => json.count("entry", entry),
        None => json.nullable("entry", None),
    }
    json.field("id", &article.id);
    json.nullable("url", article.source_url.as_deref());
    json.nullable("title", article.title.as_deref());
    json.nullable("byline", article.byline.as_deref());
    json.nullable("date", article.date.as_ref().map(|date| date.iso.as_str()));
    json.nullable("site", article.site.as_deref());
    json.nullable("language", article.language.as_deref());
}
