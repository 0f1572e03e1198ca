//! `dixit new`: a folder to begin a site with, or an article to begin with.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::output::complain;

const HELP: &str = r#"A name that ends in .md makes an article, any other a folder with dixit.toml and a first article.
What is there already is never written over.

Examples:
  dixit new my-site
  dixit new my-site/articles/city/vote.md"#;

#[derive(Debug, clap::Args)]
#[command(about = "Begin a site, or an article", after_help = HELP)]
pub(crate) struct Options {
    /// The folder or the article
    path: PathBuf,
}

const SETTINGS: &str = r#"# Everything here is optional. dixit build --help says what else there is.
title = "My articles"
description = ""
# Where the site will stand; feeds, sitemap and previews need it.
# base_url = "https://example.org/"
# The language of the controls: en, de, mk, ar.
language = "en"
"#;

const FIRST: &str = "\
The ferry stays, for now

The ferry will run for another year, the harbour office said on Monday. “People asked us not to take \
it away, and we listened,” said Vera Lind, who heads the office.

Not everybody is glad. “One year is no plan,” said Omar Reyes, a fisherman.
";

pub(crate) fn run(options: &Options) -> ExitCode {
    let path = &options.path;
    let made = if path.extension().is_some_and(|end| end == "md") {
        let name = path.file_stem().map(|stem| stem.to_string_lossy().replace(['-', '_'], " "));
        article(path, &name.unwrap_or_default(), "Write here.\n")
    } else {
        site(path)
    };
    match made {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

fn site(folder: &Path) -> Result<(), String> {
    let (title, text) = FIRST.split_once("\n\n").unwrap_or_default();
    write(&folder.join("dixit.toml"), SETTINGS)?;
    article(&folder.join("articles/the-ferry-stays.md"), title, text)?;
    let folder = folder.display();
    println!("To see it while you write:  dixit serve {folder}/articles");
    println!("To build it:                dixit build {folder}/articles -o {folder}/site");
    Ok(())
}

fn article(file: &Path, title: &str, text: &str) -> Result<(), String> {
    let title = title.replace(['"', '\\'], "");
    write(file, &format!("---\ntitle: \"{title}\"\nauthor: \ndate: {}\n---\n\n{text}", today()))
}

fn write(file: &Path, text: &str) -> Result<(), String> {
    let cannot = |error: std::io::Error| format!("{}: {error}", file.display());
    if file.exists() {
        return Err(format!("{}: is there already: choose another name", file.display()));
    }
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(cannot)?;
    }
    fs::write(file, text).map_err(cannot)?;
    println!("{}", file.display());
    Ok(())
}

/// The day by Greenwich time, `YYYY-MM-DD`.
fn today() -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    day(now.map_or(0, |since| since.as_secs() / 86_400))
}

/// The day that many days after 1970 began, by <https://howardhinnant.github.io/date_algorithms.html#civil_from_days>.
fn day(days: u64) -> String {
    let days = days + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn days_have_dates() {
        for (days, date) in [(0, "1970-01-01"), (11_016, "2000-02-29"), (20_785, "2026-11-28")] {
            assert_eq!(day(days), date);
        }
    }
}
