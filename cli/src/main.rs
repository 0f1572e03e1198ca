//! The command `dixit`.

mod attribute;
mod import;
mod in_order;
mod line;
mod output;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Finds who said what in news articles: quotations, reported statements and their speakers
#[derive(Debug, Parser)]
#[command(name = "dixit", version, arg_required_else_help = true, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Attribute(attribute::Options),
    Import(import::Options),
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Attribute(options) => attribute::run(&options),
        Command::Import(options) => import::run(&options),
    }
}
