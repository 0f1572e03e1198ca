//! `dixit check`: what authors should know before they publish.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::build::Common;
use crate::output::{complain, count};
use crate::site;

const ABOUT: &str = "\
Look for what is broken or missing in a folder of articles

Links and pictures that lead nowhere, corrections that find no place, articles that cannot be read;
then titles, dates and authors that are missing, and statements whose speaker is a guess.";

const HELP: &str = r#"Each line is FILE:LINE: what is wrong (what mends it).

Exit status: 0 if nothing is broken (with --strict: if there is nothing to say), else 1.

Example:
  dixit check articles/"#;

#[derive(Debug, clap::Args)]
#[command(about = "Look for what is broken or missing in articles", long_about = ABOUT, after_long_help = HELP)]
pub(crate) struct Options {
    /// The folder of articles
    articles: PathBuf,
    /// Count what is only missing or not sure too
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    common: Common,
}

pub(crate) fn run(options: &Options) -> ExitCode {
    let plan = options.common.plan(options.articles.clone(), PathBuf::new());
    let (n_articles, remarks) = match site::check(&plan) {
        Ok(found) => found,
        Err(error) => {
            complain(&error);
            return ExitCode::FAILURE;
        }
    };
    let n_errors = remarks.iter().filter(|remark| remark.is_error).count();
    for remark in &remarks {
        println!("{}{}", if remark.is_error { "error: " } else { "" }, remark.text);
    }
    println!(
        "{}, {}, {}",
        count(n_articles, "article"),
        count(n_errors, "error"),
        count(remarks.len() - n_errors, "other remark")
    );
    let is_good = n_errors == 0 && (!options.strict || remarks.is_empty());
    if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
