//! The built site in a real browser. `cargo xtask test` builds the site and runs these; with `dist/`
//! built, `cargo test --test browser NAME` runs some of them.

#[allow(
    dead_code,
    unused_imports,
    reason = "a vocabulary for tests: not every word is in use at all times"
)]
mod harness;

mod accessible;
mod aloud;
mod beside;
mod comfort;
mod comments;
mod corrections;
mod delivery;
mod documentation;
mod embed;
mod engine;
mod faults;
mod first_words;
mod frame;
mod hostile;
mod import;
mod keyboard;
mod load;
mod package;
mod published;
mod reading;
mod sharing;
mod start;
mod tasks;
mod timed;
mod views;
mod words;
