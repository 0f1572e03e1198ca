//! Lists in lists, and tables: they come with articles that were imported.

use std::mem::discriminant;
use std::ops::Range;

use dixit_engine::{Block, BlockKind};
use yew::prelude::*;

use super::body::{Extras, View};
use super::furniture::{related, set_aside};
use crate::element::{classed, element, list};
use crate::wording::t;

/// All that comes with articles from pages and the like.
pub(crate) const EXTRAS: Extras = Extras { rich, set_aside, related };

/// The list or the table that begins at block `first`, and where it ends.
fn rich(view: &View<'_>, first: usize) -> (Html, usize) {
    let blocks = view.plan.article.blocks.get(first..).unwrap_or_default();
    let Some(block) = blocks.first() else { return (Html::default(), first + 1) };
    let alike = |b: &&Block| discriminant(&b.kind) == discriminant(&block.kind);
    let range = first..first + blocks.iter().take_while(alike).count();
    let end = range.end;
    let group = if matches!(block.kind, BlockKind::Cell { .. }) { table } else { lists };
    (group(view, range), end)
}

/// Lists are shown no deeper in each other than this.
const DEEPEST: u8 = 16;

/// Number and depth of an item.
fn item(block: &Block) -> (Option<u32>, u8) {
    match block.kind {
        BlockKind::ListItem { number, depth } => (number, depth.min(DEEPEST)),
        _ => (None, 0),
    }
}

/// The items `range`, as lists in lists.
fn lists(view: &View<'_>, range: Range<usize>) -> Html {
    let items = view.plan.article.blocks.get(range.clone()).unwrap_or_default();
    let mut html = Vec::new();
    let mut n = 0;
    while let Some((number, depth)) = items.get(n).map(item) {
        let mut shown = Vec::new();
        let alike = |b: &Block| item(b).0.is_some() == number.is_some() && item(b).1 <= depth;
        while items.get(n).is_some_and(alike) {
            let at = range.start + n;
            let inside = items.iter().skip(n + 1).take_while(|b| item(b).1 > depth).count();
            let inner =
                if inside > 0 { lists(view, at + 1..at + 1 + inside) } else { Html::default() };
            shown.push(view.shown(at, "li", "", vec![view.text(at), view.note(at), inner]));
            n += 1 + inside;
        }
        let start = number.filter(|n| *n != 1).map(|n| n.to_string()).unwrap_or_default();
        let tag = if number.is_some() { "ol" } else { "ul" };
        html.push(element(tag, &["start"], &[&start], shown));
    }
    list(html)
}

/// The cells `range`, row by row.
fn table(view: &View<'_>, range: Range<usize>) -> Html {
    let mut rows: Vec<Vec<Html>> = Vec::new();
    for n in range {
        let kind = view.plan.article.blocks.get(n).map(|b| &b.kind);
        let Some(BlockKind::Cell { header, first }) = kind else { continue };
        if *first || rows.is_empty() {
            rows.push(Vec::new());
        }
        let tag = if *header { "th" } else { "td" };
        let cell = view.shown(n, tag, "", vec![view.text(n), view.note(n)]);
        if let Some(row) = rows.last_mut() {
            row.push(cell);
        }
    }
    let rows = rows.into_iter().map(|row| classed("tr", "", row)).collect();
    let table = classed("table", "", vec![classed("tbody", "", rows)]);
    // Wide tables are moved sideways in a frame of their own, by keys too.
    let names = &["class", "role", "aria-label", "tabindex"];
    element("div", names, &["sheet", "region", t("Table"), "0"], vec![table])
}
