//! The command `dixit`.

mod attribute;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["attribute", "--jsonl"] => attribute::jsonl(),
        _ => {
            eprintln!("usage: dixit attribute --jsonl < ARTICLES > ATTRIBUTIONS");
            ExitCode::from(2)
        }
    }
}
