//! What a contributor and CI run: `cargo xtask serve`, `build`, `test`, `supply`, `release`, `npm`, `eval`.

mod compare;
mod eval;
mod joined;
mod lockfile;
mod npm;
mod ordered;
mod own_texts;
mod process;
mod release;
mod reproducible;
mod scoped;
mod seal;
mod serve;
mod single;
mod sizes;
mod slim;
mod suite;
mod supply;
mod tools;
mod workspace;

use std::process::ExitCode;

/// A result whose error is a message for the person at the terminal: what failed, why, and what mends it.
type Outcome<T> = Result<T, String>;

const USAGE: &str = "\
usage: cargo xtask <command>

  serve [--open] [--port N]  set up the tools, build, and serve on this machine (port 8080)
  build                      set up the tools, and build the site into dist/, within its size budgets
  build embed                build anew what other pages embed, into dist/ as it is there
  test [FILTER]              set up, then formatting, lints, supply, unit and article tests, and the built site in a browser
                             (with FILTER: only the browser tests whose name holds it)
  supply                     licences, sources and duplicate versions of crates, known faults of crates and npm packages
  lighthouse                 what Lighthouse says of a published article, and how long its first words take beside
                             plain HTML (after build)
  hostile DIR                the hostile input in DIR (xss.jsonl, naughty_strings.jsonl, json_parsing.jsonl and more) by
                             every way into the built site, for some tens of minutes
  docs                       build the documentation into target/docs/, with the reader in dist/ (after build)
  reproducible [DIST]        build this commit in two clones, and compare every file of the sites (with DIST: build
                             one, and compare it with the site in DIST)
  release                    build the site, and the command dixit with what it publishes inside: target/release/dixit;
                             then what is published, with a checklist: target/release-VERSION/
  npm                        build the npm packages into target/npm/ and target/npm-article/
  eval DIR                   how well `dixit attribute` does on the corpus in DIR (train.jsonl.gz, dev.jsonl.gz,
                             score.py), beside what DIR's README.md says of others; needs Python
  train DIR                  learn the engine's cue words and weights from DIR/train.jsonl.gz, and cross-check them
  bench [FOLDER]             measure the engine beside its peer, on the articles in FOLDER or on the samples
  compare [--write]          measure pages, engine, site building and sizes beside plain HTML and what others would use
                             (after build); --write makes docs/benchmarks.md of it, --measured of the last run
  fuzz [N] [TARGET]          try N odd inputs a target on the engine (a million), on all cores
  seal                       Trunk's last step: add the engine, hash what is loaded later
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let outcome = match args.as_slice() {
        ["serve", options @ ..] => serve::serve(options),
        ["build"] => build(),
        ["build", "embed"] => tools::set_up().and_then(|_| seal::embed()),
        ["test"] => suite::test(None),
        ["test", filter] => suite::test(Some(filter)),
        ["lighthouse"] => suite::lighthouse(),
        ["hostile", dir] => suite::hostile(std::path::Path::new(dir)),
        ["docs"] => suite::docs(),
        ["reproducible"] => reproducible::reproducible(None),
        ["reproducible", dist] => reproducible::reproducible(Some(dist)),
        ["release"] => release::release(),
        ["npm"] => npm::publishable(),
        ["supply"] => supply::check(),
        ["eval", dir] => eval::eval(dir),
        ["train", dir] => eval::train(dir),
        ["bench", options @ ..] => bench(options),
        ["compare", options @ ..] => compare::compare(options),
        ["fuzz", options @ ..] => fuzz(options),
        ["seal"] => seal::seal(),
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("dixit: {}", message.trim_end());
            ExitCode::FAILURE
        }
    }
}

/// Runs the benchmark; a relative folder is one of where the command was given.
fn bench(options: &[&str]) -> Outcome<()> {
    let tools = tools::set_up()?;
    let mut cargo = tools.command("cargo");
    cargo.args(["bench", "--quiet", "--package", "dixit-bench", "--"]);
    for option in options {
        cargo.arg(std::path::absolute(option).map_err(|e| format!("{option}: {e}"))?);
    }
    process::run("bench", &mut cargo)
}

/// Runs the engine on odd inputs.
fn fuzz(options: &[&str]) -> Outcome<()> {
    let mut cargo = std::process::Command::new("cargo");
    cargo.current_dir(workspace::root());
    cargo.args(["run", "--quiet", "--release", "--package", "dixit-fuzz", "--"]).args(options);
    process::run("fuzz", &mut cargo)
}

/// Builds `dist/` and holds it against the size budgets.
pub(crate) fn build() -> Outcome<()> {
    let tools = tools::set_up()?;
    serve::build_site(&tools)?;
    sizes::report(&workspace::dist())
}
