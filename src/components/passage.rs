//! Passages of the article on the page: from bytes of its blocks to ranges of the document, and back.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Node, Range};

use crate::tree;

/// The range of the document that bytes `start..end` of block `block`, whose words are `words`, take.
pub(crate) fn range(block: usize, words: &str, start: usize, end: usize) -> Option<Range> {
    let element = self::block(block)?;
    let units = |end: usize| {
        let before = words.get(..end).unwrap_or_default();
        u32::try_from(before.encode_utf16().count()).unwrap_or(u32::MAX)
    };
    let (from, to) = (units(start), units(end));
    let range = document()?.create_range().ok()?;
    let mut before = 0;
    for node in text_nodes(&element) {
        let length = units_of(&node);
        // Within the node by these checks.
        if before <= from && from < before + length {
            let _ = range.set_start(&node, from - before);
        }
        if before < to && to <= before + length {
            let _ = range.set_end(&node, to - before);
            return Some(range);
        }
        before += length;
    }
    None
}

/// The element of a block.
pub(crate) fn block(block: usize) -> Option<Element> {
    tree::find(&["article [data-block=\"", &block.to_string(), "\"]"].concat())
}

/// The block that holds a place of the document, and how many UTF-16 units of its words stand before that.
pub(crate) fn place(node: &Node, offset: u32) -> Option<(usize, usize)> {
    let inside = node.dyn_ref::<Element>().cloned().or_else(|| node.parent_element())?;
    let element = inside.closest("article [data-block]").ok().flatten()?;
    let block = element.get_attribute("data-block")?.parse().ok()?;
    let range = document()?.create_range().ok()?;
    range.set_start(node, offset).ok()?;
    let mut before = 0;
    for text in text_nodes(&element) {
        if text == *node {
            return Some((block, before + offset as usize));
        }
        // Whether this node begins behind the place.
        if range.compare_point(&text, 0).is_ok_and(|side| side > 0) {
            break;
        }
        before += units_of(&text) as usize;
    }
    Some((block, before))
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

fn units_of(node: &Node) -> u32 {
    let words = node.node_value().unwrap_or_default();
    u32::try_from(words.encode_utf16().count()).unwrap_or(u32::MAX)
}

/// The nodes that hold the words of a block, in order; what the page adds for others to hear or press is none of them.
fn text_nodes(element: &Element) -> Vec<Node> {
    let mut nodes = Vec::new();
    add_text_nodes(element, &mut nodes);
    nodes
}

fn add_text_nodes(element: &Element, nodes: &mut Vec<Node>) {
    let children = element.child_nodes();
    for n in 0..children.length() {
        let Some(child) = children.get(n) else { continue };
        match child.dyn_ref::<Element>() {
            Some(inner) if inner.matches(".vh, button, .badges, .note-why").unwrap_or(false) => {}
            // As deep as the page nests marks and quotations.
            Some(inner) => add_text_nodes(inner, nodes),
            None if child.node_type() == Node::TEXT_NODE => nodes.push(child),
            None => {}
        }
    }
}

/// Paints ranges of the document under one name for the style sheet; none takes the paint away.
pub(crate) fn paint(name: &str, ranges: &[Range]) {
    let list = js_sys::Array::new();
    for range in ranges {
        list.push(range);
    }
    browser::paint(name, &list);
}

mod browser {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = dixit)]
        pub(super) fn paint(name: &str, ranges: &js_sys::Array);
    }
}
