//! Writes article and analysis as one JSON document: `cargo run -p dixit-engine --example export_json < article.txt`.

use std::io::{Read, stdin};

use dixit_engine::{analyse, format, plain_text};

fn main() -> std::io::Result<()> {
    let mut text = String::new();
    stdin().read_to_string(&mut text)?;
    let article = plain_text::read(&text);
    println!("{}", format::write(&article, Some(&analyse(&article))));
    Ok(())
}
