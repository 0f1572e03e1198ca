//! The command `dixit`.

mod attribute;
mod build;
mod check;
mod import;
mod in_order;
mod line;
mod new;
mod output;
mod serve;
mod site;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Finds who said what in articles, and publishes them so that readers see it
#[derive(Debug, Parser)]
#[command(name = "dixit", version, arg_required_else_help = true, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    New(new::Options),
    Build(build::Options),
    Serve(serve::Options),
    Check(check::Options),
    Attribute(attribute::Options),
    Import(import::Options),
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Attribute(options) => attribute::run(&options),
        Command::Import(options) => import::run(&options),
        Command::New(options) => new::run(&options),
        Command::Build(options) => build::run(&options),
        Command::Serve(options) => serve::run(&options),
        Command::Check(options) => check::run(&options),
    }
}
