//! Reads a text as people paste it from a page.
use crate::*;
/// placeholder, being written
pub fn read(text: &str) -> Article {
    Article {
        id: "x".into(),
        blocks: text.split("\n\n").map(Block::paragraph).collect(),
        ..Article::default()
    }
}
