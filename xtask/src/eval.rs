//! Measures `dixit attribute` against a corpus annotated by hand.

use std::path::Path;
use std::process::Command;

use crate::{Outcome, process, workspace};

/// What must be in the corpus's folder.
const FILES: [&str; 3] = ["train.jsonl.gz", "dev.jsonl.gz", "score.py"];

/// Builds the command, runs it on the corpus in `dir`, and prints how well it did.
pub(crate) fn eval(dir: &str) -> Outcome<()> {
    let dir = std::path::absolute(dir).map_err(|e| format!("{dir}: {e}"))?;
    complete(&dir)?;
    let python = python()?;
    let mut build = process::cargo();
    build.current_dir(workspace::root()).args([
        "build",
        "--quiet",
        "--release",
        "--package",
        "dixit-cli",
    ]);
    process::run("building dixit", &mut build)?;
    let dixit =
        workspace::target().join("release").join(format!("dixit{}", std::env::consts::EXE_SUFFIX));
    let mut command = Command::new(python);
    // -B: nothing is written into the corpus's folder, which may be read-only.
    command.arg("-B").arg(workspace::root().join("xtask/eval.py")).arg(&dir).arg(dixit);
    process::run("the evaluation", command.arg(workspace::target().join("eval")))
}

/// Learns cue words and weights from the corpus in `dir` into the engine's lexicon, then says how well
/// weights from four fifths of it do on the fifth that they have not seen.
///
/// The same corpus gives the same files.
pub(crate) fn train(dir: &str) -> Outcome<()> {
    let dir = std::path::absolute(dir).map_err(|e| format!("{dir}: {e}"))?;
    complete(&dir)?;
    let python = python()?;
    let lexicon = workspace::root().join("engine/lexicon/en");
    let out = workspace::target().join("eval");
    std::fs::create_dir_all(&out).map_err(|e| format!("{}: {e}", out.display()))?;
    let checked = out.join("check.jsonl");
    // Each step is built anew, since the engine carries what the one before wrote.
    for (step, to) in [
        ("words", &lexicon.join("cue-words.txt")),
        ("weights", &lexicon.join("weights.bin")),
        ("check", &checked),
    ] {
        let mut learn = process::cargo();
        learn.current_dir(workspace::root());
        learn.args(["run", "--quiet", "--release", "--package", "dixit-train", "--", step]);
        process::run(&format!("learning {step}"), learn.arg(dir.join(FILES[0])).arg(to))?;
    }
    let mut score = Command::new(python);
    score
        .arg("-B")
        .arg(workspace::root().join("xtask/eval.py"))
        .arg("--check")
        .arg(&dir)
        .arg(&checked);
    process::run("the cross-check", &mut score)
}

/// An error that names what the folder lacks.
fn complete(dir: &Path) -> Outcome<()> {
    let missing: Vec<&str> = FILES.into_iter().filter(|name| !dir.join(name).is_file()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(format!(
        "{} lacks {}.\nName the folder that holds the corpus: cargo xtask eval DIR, with {} in DIR",
        dir.display(),
        missing.join(", "),
        FILES.join(", ")
    ))
}

/// A Python that the scorer runs on.
pub(crate) fn python() -> Outcome<&'static str> {
    let runs = |name: &&str| {
        process::answer(
            Command::new(name).args(["-c", "import sys; assert sys.version_info >= (3, 8)"]),
        )
        .is_some()
    };
    ["python3", "python"].into_iter().find(runs).ok_or_else(|| {
        "Python 3.8 or later is missing, which the scorer is written in.\n\
         Install it (Debian: apt-get install python3, macOS: brew install python, else https://www.python.org) and run this again"
            .to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_the_corpus_is_named_with_what_it_lacks() {
        let dir = std::env::temp_dir().join(format!("dixit-eval-{}", std::process::id()));
        std::fs::create_dir_all(&dir).expect("a folder");
        std::fs::write(dir.join("score.py"), "").expect("a file");
        let error = complete(&dir).expect_err("incomplete");
        assert!(error.contains(" lacks train.jsonl.gz, dev.jsonl.gz.\n"), "{error}");
        for name in FILES {
            std::fs::write(dir.join(name), "").expect("a file");
        }
        assert_eq!(complete(&dir), Ok(()));
        std::fs::remove_dir_all(dir).expect("clean up");
    }

    #[test]
    fn the_tables_are_right() {
        let Ok(python) = python() else {
            println!("no Python here: the tables of the evaluation are not tested");
            return;
        };
        let test = workspace::root().join("xtask/test_eval.py");
        let outcome = process::run("test_eval.py", Command::new(python).arg("-B").arg(test));
        assert_eq!(outcome, Ok(()));
    }
}
