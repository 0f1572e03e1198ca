//! What we take from others: `deny.toml` for crates, and what is known to be wrong with crates and npm packages.

mod audit;
mod deny;

use std::time::Instant;

use crate::{Outcome, tools};

/// What is known about one kind of fault.
#[derive(Debug, PartialEq, Eq)]
enum Known {
    /// It was looked for, and there is none.
    Nothing,
    /// There are some: what was said about them.
    Faults(String),
    /// It could not be looked for, and why.
    Unknown(String),
}

/// Runs every check. What was found is an error; what could not be looked for is said and no error, since a build
/// without the network has to work.
pub(crate) fn check() -> Outcome<()> {
    let began = Instant::now();
    let program = tools::deny()?;
    deny::rules(&program)?;
    let mut checked = vec!["licences, sources, duplicates"];
    for (what, known) in [
        ("advisories", deny::advisories(&program)?),
        ("versions taken back", deny::yanked(&program)?),
        ("npm packages", audit::audit()?),
    ] {
        match known {
            Known::Nothing => checked.push(what),
            Known::Faults(said) => return Err(format!("{what}: {said}")),
            Known::Unknown(cause) => println!("dixit: {what} not checked: {cause}"),
        }
    }
    println!("dixit: {} checked in {} s", checked.join(", "), began.elapsed().as_secs());
    Ok(())
}
