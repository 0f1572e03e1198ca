//! `cargo xtask train DIR`: learns the engine's cue words and weights from an annotated corpus.

mod corpus;
mod learner;

use std::path::PathBuf;
use std::process::ExitCode;

use corpus::Record;
use learner::Penalty;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(command), Some(file), Some(out)) =
        (arguments.next(), arguments.next(), arguments.next())
    else {
        eprintln!("usage: dixit-train words|weights TRAIN.jsonl.gz OUT [FOLD]");
        return ExitCode::from(2);
    };
    let fold = arguments.next().and_then(|f| f.parse::<usize>().ok());
    match run(&command, &PathBuf::from(file), &PathBuf::from(out), fold) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("dixit-train: {error}");
            ExitCode::FAILURE
        }
    }
}

/// How many folds the cross-check has.
const FOLDS: usize = 5;

fn run(command: &str, file: &PathBuf, out: &PathBuf, fold: Option<usize>) -> Result<(), String> {
    let records = corpus::read(file)?;
    let kept: Vec<&Record> = records
        .iter()
        .enumerate()
        .filter(|(i, _)| Some(i % FOLDS) != fold)
        .map(|(_, r)| r)
        .collect();
    let words = corpus::cue_words(&kept);
    let bytes = match command {
        "words" => corpus::word_file(&words).into_bytes(),
        _ => {
            let examples: Vec<_> = kept.iter().flat_map(|r| r.examples(&words)).collect();
            eprintln!("{} examples", examples.len());
            let number = |name: &str, or: f32| {
                std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(or)
            };
            let penalty = Penalty { l1: number("L1", 1.0), l2: number("L2", 1.0) };
            learner::learn(&examples, &penalty, number("PASSES", 6.0) as usize)
        }
    };
    std::fs::write(out, bytes).map_err(|e| format!("cannot write {}: {e}", out.display()))
}
