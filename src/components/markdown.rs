//! The words of a comment on the page: elements made from the typed model, never from HTML.

use yew::prelude::*;

use crate::element::{classed, element, text};
use crate::markdown::{Block, Inline, read};

/// The words of a comment, where they hold marks of Markdown.
pub(crate) fn markdown(words: &str) -> Html {
    classed("div", "markdown", blocks(&read(words)))
}

fn blocks(all: &[Block]) -> Vec<Html> {
    all.iter().map(block).collect()
}

fn block(block: &Block) -> Html {
    match block {
        Block::Paragraph(words) => plain("p", inlines(words)),
        Block::Quote(inner) => plain("blockquote", blocks(inner)),
        Block::List(first, items) => {
            let items = items.iter().map(|item| plain("li", blocks(item))).collect();
            match first {
                None => plain("ul", items),
                Some(1) => plain("ol", items),
                Some(n) => element("ol", &["start"], &[&n.to_string()], items),
            }
        }
        Block::Code(lines) => plain("pre", vec![plain("code", vec![text(lines)])]),
        Block::Rule => plain("hr", Vec::new()),
    }
}

fn inlines(all: &[Inline]) -> Vec<Html> {
    all.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> Html {
    match inline {
        Inline::Text(words) => text(words),
        Inline::Emphasis(words) => plain("em", inlines(words)),
        Inline::Strong(words) => plain("strong", inlines(words)),
        Inline::Code(words) => plain("code", vec![text(words)]),
        Inline::Link(address, words) => {
            let values = [address.as_str(), "nofollow noopener noreferrer", "_blank"];
            element("a", &["href", "rel", "target"], &values, inlines(words))
        }
        Inline::Break => plain("br", Vec::new()),
    }
}

fn plain(tag: &'static str, children: Vec<Html>) -> Html {
    element(tag, &[], &[], children)
}
