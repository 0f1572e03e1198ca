//! `cargo bench --package dixit-bench --bench pages -- FOLDER`: the importer beside Mozilla's Readability with jsdom, on
//! the same pages in the same run.
//!
//! FOLDER has a folder for each page, in the form of Readability's own tests: `source.html`, `expected.txt`,
//! `expected-metadata.json`. Without it, the pages that lie beside a checkout for development.

use std::path::PathBuf;
use std::process::ExitCode;

use dixit_bench::articles::workspace;
use dixit_bench::{module, pages};

fn main() -> ExitCode {
    let given = std::env::args().skip(1).find(|a| !a.starts_with('-')).map(PathBuf::from);
    let folder = given.unwrap_or_else(|| workspace().join("../shared/hostile/readability"));
    let pages = match pages::pages(&folder) {
        Ok(pages) if !pages.is_empty() => pages,
        Ok(_) => {
            println!("no pages in {}", folder.display());
            return ExitCode::SUCCESS;
        }
        Err(cause) => {
            println!("pages: not measured: {cause}");
            return ExitCode::SUCCESS;
        }
    };
    println!(
        "Articles of {} pages: words (mean F1), titles, bylines and languages as expected, and the time for all.\n",
        pages.len()
    );
    let ours = pages::ours(&pages);
    let theirs = pages::readability(&module::target(), &folder);
    let row = |name: &str, read: &[pages::Read]| {
        let score = pages::score(&pages, read);
        println!(
            "{name:34} F1 {:.4}  titles {:2}  bylines {:2}  languages {:2}  {:7.0} ms",
            score.f1,
            score.titles,
            score.bylines,
            score.languages,
            score.time.as_secs_f64() * 1e3
        );
        score
    };
    let score = row("importer, native", &ours);
    match theirs {
        Ok(read) => {
            let peer = row("Readability 0.6.0, jsdom 26.1.0", &read);
            println!("\n{:.1} times as fast", peer.time.as_secs_f64() / score.time.as_secs_f64());
        }
        Err(cause) => println!("Readability: not measured: {cause}"),
    }
    for (name, f1) in pages::weakest(&pages, &ours, 0.95) {
        println!("below 0.95: {name} {f1:.3}");
    }
    ExitCode::SUCCESS
}
