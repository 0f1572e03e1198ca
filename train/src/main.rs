//! `cargo xtask train DIR`: learns the engine's cue words and weights from an annotated corpus.

mod corpus;
mod learner;

use std::path::Path;
use std::process::ExitCode;

use corpus::Record;
use dixit_engine::Languages;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(command), Some(file), Some(out)) =
        (arguments.next(), arguments.next(), arguments.next())
    else {
        eprintln!("usage: dixit-train words|weights|check TRAIN.jsonl.gz OUT");
        return ExitCode::from(2);
    };
    match run(&command, Path::new(&file), Path::new(&out)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("dixit-train: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What weights learned from four fifths find in the fifth that they have not seen.
fn check(records: &[Record]) -> Vec<Vec<String>> {
    let words = corpus::cue_words(&records.iter().collect::<Vec<_>>());
    let examples: Vec<Vec<_>> = records.iter().map(|r| r.examples(&words)).collect();
    let one = |fold: usize| {
        let mine = |i: usize| i % FOLDS == fold;
        let kept = examples.iter().enumerate().filter(|(i, _)| !mine(*i));
        let kept: Vec<_> = kept.flat_map(|(_, e)| e).collect();
        let mut languages = Languages::new();
        languages.weigh("en", &learner::learn(&kept));
        let held = records.iter().enumerate().filter(|(i, _)| mine(*i));
        held.map(|(_, r)| r.predict(&languages)).collect()
    };
    std::thread::scope(|scope| {
        let one = &one;
        let folds: Vec<_> = (0..FOLDS).map(|fold| scope.spawn(move || one(fold))).collect();
        folds.into_iter().map(|f| f.join().unwrap_or_default()).collect()
    })
}

/// How many folds the cross-check has.
const FOLDS: usize = 5;

fn run(command: &str, file: &Path, out: &Path) -> Result<(), String> {
    let records = corpus::read(file)?;
    if command == "check" {
        let lines: Vec<String> = check(&records).concat();
        return std::fs::write(out, lines.concat())
            .map_err(|e| format!("cannot write {}: {e}", out.display()));
    }
    let all: Vec<&Record> = records.iter().collect();
    let words = corpus::cue_words(&all);
    let bytes = match command {
        "words" => corpus::word_file(&words).into_bytes(),
        _ => {
            let examples: Vec<_> = all.iter().flat_map(|r| r.examples(&words)).collect();
            eprintln!("{} examples", examples.len());
            learner::learn(&examples.iter().collect::<Vec<_>>())
        }
    };
    std::fs::write(out, bytes).map_err(|e| format!("cannot write {}: {e}", out.display()))
}
