//! The article's body: its blocks in order.

use std::ops::Range;
use std::rc::Rc;

use dixit_engine::{Block, BlockKind};
use yew::prelude::*;

use super::block::{Props, Text};
use super::group::Choices;
use super::picture::picture;
use crate::element::{button, classed, classes, element, list, text, when};
use crate::filter::{counts, narrows};
use crate::later::{Lazy, WhyNote};
use crate::part::part;
use crate::plan::{GroupKind, Plan};
use crate::state::{Place, State};
use crate::wording::t;

/// The blocks; neighbouring items form lists, and neighbouring cells a table. `why` writes the note that a
/// reader asks for.
pub(crate) fn body(plan: &Rc<Plan>, state: &State, why: Lazy<WhyNote>) -> Html {
    let view = View { plan, state, why };
    let blocks = &plan.article.blocks;
    let mut html = Vec::with_capacity(blocks.len());
    let mut n = 0;
    while let Some(block) = blocks.get(n) {
        let first = n;
        n += 1;
        let alike = std::mem::discriminant(&block.kind);
        let group = match block.kind {
            BlockKind::ListItem { .. } => View::lists,
            BlockKind::Cell { .. } => View::table,
            _ => {
                html.push(view.block(first, block));
                continue;
            }
        };
        while blocks.get(n).is_some_and(|b| std::mem::discriminant(&b.kind) == alike) {
            n += 1;
        }
        html.push(group(&view, first..n));
    }
    classed("div", "body", html)
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

/// The body with what is chosen, block by block.
struct View<'a> {
    plan: &'a Rc<Plan>,
    state: &'a State,
    why: Lazy<WhyNote>,
}

impl View<'_> {
    /// The items `range`, as lists in lists.
    fn lists(&self, range: Range<usize>) -> Html {
        let items = self.plan.article.blocks.get(range.clone()).unwrap_or_default();
        let mut lists = Vec::new();
        let mut n = 0;
        while let Some((number, depth)) = items.get(n).map(item) {
            let mut html = Vec::new();
            let alike = |b: &Block| item(b).0.is_some() == number.is_some() && item(b).1 <= depth;
            while items.get(n).is_some_and(alike) {
                let at = range.start + n;
                let inside = items.iter().skip(n + 1).take_while(|b| item(b).1 > depth).count();
                let inner =
                    if inside > 0 { self.lists(at + 1..at + 1 + inside) } else { Html::default() };
                html.push(self.shown(at, "li", "", vec![self.text(at), self.note(at), inner]));
                n += 1 + inside;
            }
            let start = number.filter(|n| *n != 1).map(|n| n.to_string()).unwrap_or_default();
            let tag = if number.is_some() { "ol" } else { "ul" };
            lists.push(element(tag, &["start"], &[&start], html));
        }
        list(lists)
    }

    /// The cells `range`, row by row.
    fn table(&self, range: Range<usize>) -> Html {
        let mut rows: Vec<Vec<Html>> = Vec::new();
        for n in range {
            let kind = self.plan.article.blocks.get(n).map(|b| &b.kind);
            let Some(BlockKind::Cell { header, first }) = kind else { continue };
            if *first || rows.is_empty() {
                rows.push(Vec::new());
            }
            let tag = if *header { "th" } else { "td" };
            let cell = self.shown(n, tag, "", vec![self.text(n), self.note(n)]);
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

    fn block(&self, n: usize, block: &Block) -> Html {
        let (tag, focusable) = match &block.kind {
            BlockKind::Rule => return classed("hr", "", Vec::new()),
            BlockKind::Image { url, credit } => {
                let shown = self.state.pictures.contains(&n);
                return picture(url, &block.text, credit.as_deref(), n, shown);
            }
            BlockKind::Caption => {
                let text = self.shown(n, "p", "", vec![self.text(n), self.note(n)]);
                return classed("div", "caption", vec![text]);
            }
            BlockKind::Quote => {
                let text = classed("p", "", vec![self.text(n)]);
                return self.shown(n, "blockquote", "", vec![text, self.note(n)]);
            }
            BlockKind::Preformatted => ("pre", "0"),
            BlockKind::Heading(..=2) => ("h2", ""),
            BlockKind::Heading(3) => ("h3", ""),
            BlockKind::Heading(4) => ("h4", ""),
            BlockKind::Heading(5) => ("h5", ""),
            BlockKind::Heading(_) => ("h6", ""),
            BlockKind::Paragraph | BlockKind::ListItem { .. } | BlockKind::Cell { .. } => ("p", ""),
        };
        list(vec![self.shown(n, tag, focusable, vec![self.text(n)]), self.note(n)])
    }

    fn shown(&self, n: usize, tag: &'static str, focusable: &str, children: Vec<Html>) -> Html {
        let n_voices = self.plan.blocks.get(n).map_or(0, |b| b.voices.len());
        let recedes = self.state.speaker.is_some() && self.chosen(n).is_none();
        let class = classes(&["blk", when(n_voices > 1, "has-voices"), when(recedes, "is-dim")]);
        let heading = self.plan.headings.iter().find(|heading| heading.block == n);
        let id = heading.map_or("", |heading| &heading.id);
        let names = &["class", "data-block", "tabindex", "id"];
        element(tag, names, &[&class, &n.to_string(), focusable, id], children)
    }

    /// The chosen speaker, if heard in block `n`.
    fn chosen(&self, n: usize) -> Option<usize> {
        let block = self.plan.blocks.get(n)?;
        self.state.speaker.filter(|s| block.voices.iter().any(|v| v.speaker == *s))
    }

    fn text(&self, n: usize) -> Html {
        let View { plan, state, .. } = self;
        let here = plan.blocks.get(n).map_or(&[][..], |block| &block.quotations);
        let is_here = |place: Place| match place {
            Place::Quotation(q) => here.contains(&q),
            Place::Statement(a) => {
                let attribution = plan.analysis.attributions.get(a);
                attribution.is_some_and(|a| a.content.iter().any(|span| span.block == n))
            }
        };
        let choices = Choices {
            shut: here.iter().copied().filter(|&q| state.shut.get(q) == Some(&true)).collect(),
            chosen: self.chosen(n),
            why: state.why.filter(|why| why.block == n).map(|why| (why.attribution, why.quotation)),
            out: if narrows(state) { self.left_out(n) } else { Vec::new() },
            place: state.place.filter(|&place| is_here(place)),
        };
        part::<Text>("text", Props { plan: Rc::clone(plan), block: n, choices })
    }

    /// The attributions in block `n` that the filters leave out.
    fn left_out(&self, n: usize) -> Vec<usize> {
        let groups = self.plan.blocks.get(n).map_or(&[][..], |block| &block.groups);
        let attributions = groups.iter().filter_map(|group| match group.kind {
            GroupKind::Plain => None,
            GroupKind::Reported(a) => Some(a),
            GroupKind::Quotation(q) => self.plan.analysis.quotations.get(q)?.attribution,
        });
        attributions.filter(|&a| !counts(self.plan, self.state, a)).collect()
    }

    fn note(&self, n: usize) -> Html {
        let Some(why) = self.state.why.filter(|why| why.block == n) else { return Html::default() };
        let words = match self.why {
            Lazy::Here(note) => return note(self.plan, why.attribution),
            Lazy::Failed => t("This part of Dixit did not arrive. Close this and try again."),
            Lazy::Unasked | Lazy::Asked => t("Loading…"),
        };
        let close = button("btn", "close", 0, "", t("Close"));
        let names = &["class", "role", "aria-label", "tabindex"];
        element(
            "div",
            names,
            &["note-why", "dialog", t("Why this speaker"), "-1"],
            vec![classed("p", "", vec![text(words)]), classed("p", "acts", vec![close])],
        )
    }
}
