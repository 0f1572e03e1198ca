//! Odd and hostile input: made from seeds, held against what the engine and the importer promise, cut down when it breaks a promise.

pub mod check;
pub mod generate;
pub mod run;

use generate::Random;

/// A promise, and what makes input for it.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// What it is called on the command line.
    pub name: &'static str,
    /// Makes one input.
    pub generate: fn(&mut Random) -> String,
    /// Panics where the engine breaks a promise on this input.
    pub check: fn(&str),
}

/// Every target.
pub const TARGETS: &[Target] = &[
    Target { name: "characters", generate: generate::characters, check: check::text },
    Target { name: "news", generate: generate::news, check: check::text },
    Target { name: "page", generate: generate::page, check: check::text },
    Target { name: "blocks", generate: generate::blocks, check: check::blocks },
    Target { name: "document", generate: generate::document, check: check::document },
    Target { name: "html", generate: generate::html, check: check::html },
    Target { name: "markdown", generate: generate::markdown, check: check::markdown },
    Target { name: "feed", generate: generate::feed, check: check::feed },
    Target { name: "json", generate: generate::json, check: check::json },
];
