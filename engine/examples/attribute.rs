//! Prints who said what in a text: `cargo run -p dixit-engine --example attribute < article.txt`.

use std::io::{Read, stdin};

use dixit_engine::{analyse, plain_text};

fn main() -> std::io::Result<()> {
    let mut text = String::new();
    stdin().read_to_string(&mut text)?;
    let article = plain_text::read(&text);
    let analysis = analyse(&article);
    for attribution in &analysis.attributions {
        let name = attribution.speaker.map_or("?", |s| analysis.speakers[s].name.as_str());
        let words: Vec<&str> = attribution.content.iter().map(|&span| article.text(span)).collect();
        println!("{name} ({:?}): {}", attribution.confidence, words.join(" … "));
    }
    Ok(())
}
