//! The headings inside an article, with ids that links name.

use dixit_engine::{Article, BlockKind};

use crate::order::hash;

/// An outline is shown from this many headings on.
pub const SHOWN_FROM: usize = 3;

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Index of its block.
    pub block: usize,
    /// Its level, from 1; smaller ones hold larger ones.
    pub level: u8,
    /// `h-` and what its letters and digits come to; of equal headings the later ones have a number behind it.
    pub id: String,
}

/// The headings of `article`, in order.
pub fn headings(article: &Article) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::new();
    for (n, block) in article.blocks.iter().enumerate() {
        let BlockKind::Heading(level) = block.kind else { continue };
        let letters = block.text.chars().filter(|c| c.is_alphanumeric());
        let words: String = letters.map(|c| c.to_ascii_lowercase()).collect();
        let mut id = ["h-", &hash(&words).to_string()].concat();
        let same = headings.iter().filter(|h| h.id == id || h.id.starts_with(&[&id, "-"].concat()));
        let n_same = same.count();
        if n_same > 0 {
            id = [&id, "-", &(n_same + 1).to_string()].concat();
        }
        headings.push(Heading { block: n, level, id });
    }
    headings
}

#[cfg(test)]
mod tests {
    use super::*;
    use dixit_engine::Block;

    #[test]
    fn ids_depend_on_words_and_each_is_borne_once() {
        let heading =
            |text: &str, level| Block { kind: BlockKind::Heading(level), ..Block::paragraph(text) };
        let blocks = vec![
            heading("The vote", 2),
            Block::paragraph("A paragraph."),
            heading("The count", 3),
            heading("the VOTE!", 2),
        ];
        let article = Article { blocks, ..Article::default() };
        let all = headings(&article);
        let places: Vec<(usize, u8)> = all.iter().map(|h| (h.block, h.level)).collect();
        assert_eq!(places, [(0, 2), (2, 3), (3, 2)]);
        assert_eq!(all[2].id, format!("{}-2", all[0].id));
        let moved = Article { blocks: article.blocks[1..].to_vec(), ..Article::default() };
        assert_eq!(headings(&moved)[0].id, all[1].id, "whatever stands before it");
    }
}
