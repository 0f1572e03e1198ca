//! `dixit build`: a folder of articles in, a site of static files out.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use crate::output::{complain, count};
use crate::site::{self, Plan};

const ABOUT: &str = "\
Make a site of a folder of articles

Every article gets a page that shows who said what, without a server and without JavaScript being
needed to read it. Lists by date, section and voice, a search, and feeds come with it. What was
built before is not built again.";

const HELP: &str = r#"Articles are files that end in md, markdown, txt, html, htm, xhtml, json or jsonld; their page
stands where they do: city/vote.md is city/vote/. Others, such as pictures, are copied. What begins
with . or _ is left out.
  vote.de.md              is the German translation of vote.md
  vote.corrections.json   corrects who said what in vote.md, as exported in the reader
  A folder is a section. Front matter may say title, author, date, language, section, description,
  canonical_url, translation_of and draft.

dixit.toml, in the folder or beside it, may say:
  title = "Harbour News"
  description = "What is said in the city"
  base_url = "https://example.org/news/"   # for feeds, sitemap, previews
  language = "en"                          # of the controls: en, de, mk, ar
  per_page = 50
  search = true
  search_part = 4000                       # articles an index of the search holds
  robots = true                            # false asks search engines to stay away

Exit status: 0 if the site was built, 1 if not, 2 for wrong usage.

Examples:
  dixit build articles/ -o site/
  dixit build --single-file articles/vote.md -o files/"#;

#[derive(Debug, clap::Args)]
#[command(about = "Make a site of a folder of articles", long_about = ABOUT, after_long_help = HELP)]
pub(crate) struct Options {
    /// The folder of articles (with --single-file also one article)
    articles: PathBuf,
    /// The folder of the site; it must be new, empty, or of an earlier build
    #[arg(short, long, value_name = "FOLDER", default_value = "site")]
    out: PathBuf,
    /// Write each article as one file that holds everything, and opens from a disk by a double click
    #[arg(long)]
    single_file: bool,
    #[command(flatten)]
    common: Common,
}

/// What `dixit build` and `dixit serve` have in common.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Common {
    /// The settings, in place of dixit.toml in the folder or beside it
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The built reader, where this program does not carry it: dist/ after `cargo xtask build`
    #[arg(long, value_name = "FOLDER")]
    reader: Option<PathBuf>,
    /// The address of the site, in place of base_url in the settings
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Publish drafts too
    #[arg(long)]
    drafts: bool,
}

impl Common {
    /// The plan of a site of `articles` in `out`.
    pub(crate) fn plan(&self, articles: PathBuf, out: PathBuf) -> Plan {
        let Common { config, reader, base_url, drafts } = self.clone();
        Plan { articles, out, config, reader, drafts, base_url }
    }
}

pub(crate) fn run(options: &Options) -> ExitCode {
    let began = Instant::now();
    let plan = options.common.plan(options.articles.clone(), options.out.clone());
    let done = if options.single_file {
        site::build_single(&plan).map(|n| println!("{}: {}", plan.out.display(), count(n, "file")))
    } else {
        site::build(&plan).map(|report| {
            report.notices.iter().for_each(|notice| complain(notice));
            println!("{} in {:.1} s", report.words(&plan.out), began.elapsed().as_secs_f32());
        })
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            error.lines().for_each(complain);
            ExitCode::FAILURE
        }
    }
}
