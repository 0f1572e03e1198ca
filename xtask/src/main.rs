//! What a contributor and CI run: `cargo xtask serve`, `build`, `test`.

mod lockfile;
mod process;
mod seal;
mod serve;
mod sizes;
mod slim;
mod suite;
mod tools;
mod workspace;

use std::process::ExitCode;

/// A result whose error is a message for the person at the terminal: what failed, why, and what mends it.
type Outcome<T> = Result<T, String>;

const USAGE: &str = "\
usage: cargo xtask <command>

  serve [--open] [--port N]  set up the tools, build, and serve on this machine (port 8080)
  build                      set up the tools, and build the site into dist/, within its size budgets
  test [FILTER]              set up, then formatting, lints, unit and article tests, and the built site in a browser
                             (with FILTER: only the browser tests whose name holds it)
  seal                       Trunk's last step: add the engine, hash what is loaded later
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let outcome = match args.as_slice() {
        ["serve", options @ ..] => serve::serve(options),
        ["build"] => build(),
        ["test"] => suite::test(None),
        ["test", filter] => suite::test(Some(filter)),
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

/// Builds `dist/` and holds it against the size budgets.
fn build() -> Outcome<()> {
    let tools = tools::set_up()?;
    serve::build_site(&tools)?;
    sizes::report(&workspace::dist())
}
