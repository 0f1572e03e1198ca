//! Every check, in the order in which they fail soonest.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::Instant;

use crate::tools::{self, Tools};
use crate::{Outcome, npm, process, serve, sizes, supply, workspace};

/// Sets up and runs every check; with a filter, builds and runs the browser tests whose name holds it.
pub(crate) fn test(filter: Option<&str>) -> Outcome<()> {
    let began = Instant::now();
    let mut tally = Tally::default();
    let outcome = checks(filter, &mut tally);
    // For scripts that read the output: how many tests passed and failed, alone on a line.
    println!(
        "\n{} passed, {} failed",
        tally.passed(),
        tally.failed.max(usize::from(outcome.is_err()))
    );
    outcome?;
    let what = match filter {
        Some(filter) => format!("{} browser tests named {filter} passed", tally.browser),
        None => format!(
            "fmt, clippy, supply, sizes, {} unit and article tests, {} browser tests passed",
            tally.native, tally.browser
        ),
    };
    println!("dixit: {what} in {} s", began.elapsed().as_secs());
    Ok(())
}

/// Tests that ran.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    native: usize,
    browser: usize,
    failed: usize,
}

impl Tally {
    fn passed(&self) -> usize {
        self.native + self.browser
    }
}

fn checks(filter: Option<&str>, tally: &mut Tally) -> Outcome<()> {
    let tools = tools::set_up()?;
    if filter.is_none() {
        lints(&tools)?;
        step("supply");
        supply::check()?;
        // Benchmarks and the browser tests stay out: those need the built site.
        let (passed, failed) =
            counted(&tools, "unit and article tests", &["--workspace", "--lib", "--bins"])?;
        let (examples, failed_examples) =
            counted(&tools, "examples in the documentation", &["--workspace", "--doc"])?;
        let (articles, failed_articles) = other_tests(&tools)?;
        step("npm package");
        let (package, failed_package) = npm::build_and_test(&tools)?;
        tally.native = passed + examples + articles + package;
        tally.failed = failed + failed_examples + failed_articles + failed_package;
        if tally.failed > 0 {
            return Err(format!("unit and article tests failed: {}", tally.failed));
        }
    }
    tools::ensure_browser()?;
    step("build");
    serve::build_site(&tools)?;
    // A site that is too large is an error in the end, but its tests still tell whether it works.
    let within_budget = sizes::report(&workspace::dist());
    let mut args = vec!["--test", "browser"];
    args.extend(filter);
    // Pages wait more than they work.
    let threads = std::thread::available_parallelism().map_or(2, |n| n.get() + 1);
    let threads = format!("--test-threads={threads}");
    args.extend(["--", &threads]);
    // Those that need it say what to do where it is not there.
    let axe = tools::axe().unwrap_or_else(|cause| {
        eprintln!("dixit: {cause}");
        Default::default()
    });
    // It builds the sites of published articles.
    cargo(&tools, "the command dixit", &["build", "--quiet", "--package", "dixit-cli"])?;
    let program =
        workspace::target().join("debug").join(format!("dixit{}", env::consts::EXE_SUFFIX));
    let mut variables = vec![("DIXIT_AXE", axe), ("DIXIT_PROGRAM", program)];
    match tools::ensure_other_browsers() {
        Ok(driver) => variables.push(("DIXIT_GECKODRIVER", driver)),
        // The tests say which browsers are not here; where all must be, they fail.
        Err(cause) => eprintln!("dixit: {cause}"),
    }
    if process::on_path("npm").is_some() {
        step("pages with the npm package");
        variables.push(("DIXIT_PACKAGES", npm::article::pages(&npm::article::build()?)?));
    }
    let (passed, failed) = counted_with(&tools, "browser tests", &args, &variables)?;
    tally.browser = passed;
    tally.failed = failed;
    match (passed, failed) {
        (0, 0) => Err("no browser test ran".into()),
        (_, 0) => within_budget,
        _ => Err(format!(
            "browser tests failed: {failed}; screenshots are in {}",
            workspace::target().join("screenshots").display()
        )),
    }
}

/// Measures a published article in the browser.
pub(crate) fn lighthouse() -> Outcome<()> {
    let tools = tools::set_up()?;
    tools::ensure_browser()?;
    let program = tools::lighthouse()?;
    process::run(
        "the command dixit",
        tools.command("cargo").args(["build", "--quiet", "--package", "dixit-cli"]),
    )?;
    let mut cargo = tools.command("cargo");
    cargo.args([
        "test",
        "--quiet",
        "--test",
        "browser",
        "first_words",
        "--",
        "--ignored",
        "--nocapture",
        "--test-threads=1",
    ]);
    process::run("lighthouse", cargo.env("DIXIT_LIGHTHOUSE", program))
}

/// Brings the rows of `folder` in by every way, beside those of `tests/hostile/`, on the site as it is built.
pub(crate) fn hostile(folder: &Path) -> Outcome<()> {
    let tools = tools::set_up()?;
    tools::ensure_browser()?;
    cargo(&tools, "the command dixit", &["build", "--quiet", "--package", "dixit-cli"])?;
    let folder = folder.canonicalize().map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut cargo = tools.command("cargo");
    cargo.args(["test", "--test", "browser", "hostile::"]).env("DIXIT_HOSTILE", &folder);
    process::run("hostile input in the browser", &mut cargo)?;
    let mut cargo = tools.command("cargo");
    cargo.args(["test", "--quiet", "--package", "dixit-import", "--test", "corpora"]);
    process::run("hostile input of the importer", cargo.env("DIXIT_HOSTILE", folder))
}

/// Builds the documentation as any folder of articles is built.
pub(crate) fn docs() -> Outcome<()> {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(workspace::root());
    cargo.args(["run", "--quiet", "--package", "dixit-cli", "--", "build", "docs"]);
    cargo.arg("--out").arg(workspace::target().join("docs"));
    cargo.arg("--reader").arg(workspace::dist());
    process::run("the documentation", &mut cargo)
}

fn lints(tools: &Tools) -> Outcome<()> {
    step("fmt");
    cargo(tools, "formatting (cargo fmt mends it)", &["fmt", "--all", "--check"])?;
    step("clippy");
    const STRICT: [&str; 3] = ["--", "-D", "warnings"];
    let native = ["clippy", "--quiet", "--workspace", "--all-targets"];
    cargo(tools, "clippy", &[&native[..], &STRICT].concat())?;
    let wasm = ["clippy", "--quiet"];
    let packages =
        ["--package", "dixit-reader", "--package", "dixit-engine-wasm", "--package", "dixit-npm"];
    let target = ["--lib", "--bins", "--target", "wasm32-unknown-unknown"];
    for (what, feature) in [("published pages", "hydrate"), ("pages of others", "embed")] {
        let reader = ["--package", "dixit-reader", "--no-default-features", "--features", feature];
        let args = [&wasm[..], &reader, &target, &STRICT].concat();
        cargo(tools, &format!("clippy for {what}"), &args)?;
    }
    cargo(tools, "clippy for wasm32", &[&wasm[..], &packages, &target, &STRICT].concat())
}

/// Integration tests of every package but the browser's, by name, so that new ones join by themselves.
fn other_tests(tools: &Tools) -> Outcome<(usize, usize)> {
    let metadata = process::answer(tools.command("cargo").args([
        "metadata",
        "--no-deps",
        "--format-version",
        "1",
    ]));
    let mut sum = (0, 0);
    for name in integration_tests(&metadata.unwrap_or_default()) {
        if name != "browser" {
            let (passed, failed) = counted(tools, &name, &["--workspace", "--test", &name])?;
            sum = (sum.0 + passed, sum.1 + failed);
        }
    }
    Ok(sum)
}

/// The names of the test targets in cargo's metadata, in order.
fn integration_tests(metadata: &str) -> Vec<String> {
    let named = metadata.split("\"kind\":[\"test\"]").skip(1).filter_map(|rest| {
        let (_, rest) = rest.split_once("\"name\":\"")?;
        Some(rest.split_once('"')?.0.to_owned())
    });
    let mut names: Vec<String> = named.collect();
    names.sort();
    names.dedup();
    names
}

/// Runs `cargo test` with its output on the terminal, and answers how many passed and failed.
fn counted(tools: &Tools, name: &str, args: &[&str]) -> Outcome<(usize, usize)> {
    counted_with(tools, name, args, &[])
}

/// The same, with variables of the environment.
fn counted_with(
    tools: &Tools,
    name: &str,
    args: &[&str],
    variables: &[(&str, PathBuf)],
) -> Outcome<(usize, usize)> {
    step(name);
    let mut command = tools.command("cargo");
    command.args(["test", "--quiet", "--no-fail-fast"]).args(args);
    command.envs(variables.iter().map(|(name, value)| (name, value)));
    let mut child =
        command.stdout(Stdio::piped()).spawn().map_err(|e| format!("{name}: cargo: {e}"))?;
    let mut sum = (0, 0);
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines() {
            let line = line.map_err(|e| format!("{name}: {e}"))?;
            if let Some((passed, failed)) = result_in(&line) {
                sum = (sum.0 + passed, sum.1 + failed);
            }
            println!("{line}");
        }
    }
    let status = child.wait().map_err(|e| format!("{name}: {e}"))?;
    match (status.success(), sum.1) {
        (false, 0) => {
            Err(format!("{name}: cargo test failed ({status}) before or beside the tests"))
        }
        _ => Ok(sum),
    }
}

/// The figures of `test result: ok. 3 passed; 1 failed; …`.
fn result_in(line: &str) -> Option<(usize, usize)> {
    let (_, figures) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let mut figures = figures.split("; ").map(|part| part.split(' ').next()?.parse().ok());
    Some((figures.next()??, figures.next()??))
}

fn cargo(tools: &Tools, step: &str, args: &[&str]) -> Outcome<()> {
    let mut command: Command = tools.command("cargo");
    if env::var_os("CARGO_TERM_COLOR").is_none() && env::var_os("CI").is_some() {
        command.env("CARGO_TERM_COLOR", "never");
    }
    process::run(step, command.args(args))
}

fn step(name: &str) {
    static BEGAN: OnceLock<Instant> = OnceLock::new();
    println!("\n== {name} (after {} s)", BEGAN.get_or_init(Instant::now).elapsed().as_secs());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargos_figures_are_read() {
        let line = "test result: FAILED. 21 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 25.09s";
        assert_eq!(result_in(line), Some((21, 1)));
        assert_eq!(result_in("test result: ok. 0 passed; 0 failed; 0 ignored"), Some((0, 0)));
        assert_eq!(result_in("running 22 tests"), None);
    }

    #[test]
    fn test_targets_are_found_once_each() {
        let metadata = r#"{"targets":[{"kind":["lib"],"name":"a"},{"kind":["test"],"crate_types":["bin"],"name":"z"},{"kind":["test"],"crate_types":["bin"],"name":"b"},{"kind":["test"],"name":"b"}]}"#;
        assert_eq!(integration_tests(metadata), ["b", "z"]);
    }
}
