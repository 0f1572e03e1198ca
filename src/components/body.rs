//! The article's body: its blocks in order.

use std::mem::discriminant;
use std::rc::Rc;

use dixit_engine::{Article, Block, BlockKind, Related, SetAside};
use yew::prelude::*;

use super::block::block_text;
use super::drawn::{Drawn, Seen, drawn};
use super::group::Choices;
use super::picture::picture;
use crate::element::{button, classed, classes, element, list, text, when};
use crate::filter::{counts, narrows};
use crate::later::Lazy;
use crate::plan::{GroupKind, Plan};
use crate::state::Place;
use crate::wording::t;

/// What shows that which plain text has not, and published articles seldom: it comes later.
#[derive(Debug)]
pub(crate) struct Extras {
    /// Lists in lists and tables: the group of blocks that begins at a block, and where it ends.
    pub(crate) rich: fn(&View<'_>, usize) -> (Html, usize),
    /// The lines that stood around the article.
    pub(crate) set_aside: fn(&[SetAside]) -> Html,
    /// The teasers of other articles.
    pub(crate) related: fn(&[Related]) -> Html,
}

impl Extras {
    /// Whether an article has what only these show.
    pub(crate) fn needed(article: &Article) -> bool {
        let is_rich = |block: &Block| {
            matches!(block.kind, BlockKind::Cell { .. } | BlockKind::ListItem { depth: 1.., .. })
        };
        !(article.set_aside.is_empty() && article.related.is_empty())
            || article.blocks.iter().any(is_rich)
    }
}

/// Blocks in one piece of the body: a long article is drawn piece by piece.
const PIECE: usize = 64;

/// The most pieces that an article is drawn in.
pub(crate) fn pieces(article: &Article) -> usize {
    article.blocks.len().div_ceil(PIECE)
}

/// The first blocks of an article, so many `pieces`.
pub(crate) fn body(plan: &Rc<Plan>, seen: &Seen, pieces: usize) -> Html {
    // As many children each time, some of them empty: Yew compares lists of different lengths from their ends.
    let all = (0..self::pieces(&plan.article)).map(|n| {
        if n >= pieces {
            return Html::default();
        }
        let (plan, seen, choices) = (plan.clone(), Some(seen.clone()), Choices::default());
        drawn(&n.to_string(), Drawn { plan, seen, n, choices, draw: piece })
    });
    classed("div", "body", all.collect())
}

/// The blocks of a piece; neighbouring items form lists.
fn piece(drawn: &Drawn) -> Html {
    let (blocks, Some(seen)) = (&drawn.plan.article.blocks, &drawn.seen) else {
        return Html::default();
    };
    let view = View { plan: &drawn.plan, seen };
    let (mut n, end) = (begins(blocks, drawn.n), begins(blocks, drawn.n + 1));
    let mut html = Vec::with_capacity(PIECE);
    while let Some(block) = blocks.get(n).filter(|_| n < end) {
        let part = match (&block.kind, seen.extras) {
            (BlockKind::ListItem { .. } | BlockKind::Cell { .. }, Some(extras)) => {
                (extras.rich)(&view, n)
            }
            (BlockKind::ListItem { .. }, None) => view.list(n),
            _ => (view.block(n, block), n + 1),
        };
        html.push(part.0);
        n = part.1;
    }
    list(html)
}

/// The first block of a piece: no list and no table is in two.
fn begins(blocks: &[Block], piece: usize) -> usize {
    let mut n = piece * PIECE;
    while let Some([one, two]) = blocks.get(n.saturating_sub(1)..n + 1)
        && matches!(two.kind, BlockKind::ListItem { .. } | BlockKind::Cell { .. })
        && discriminant(&one.kind) == discriminant(&two.kind)
    {
        n += 1;
    }
    n
}

fn item(block: &Block) -> Option<bool> {
    match block.kind {
        BlockKind::ListItem { number, .. } => Some(number.is_some()),
        _ => None,
    }
}

/// The body with what is chosen, block by block.
pub(crate) struct View<'a> {
    pub(crate) plan: &'a Rc<Plan>,
    seen: &'a Seen,
}

impl View<'_> {
    /// The items from block `first` on, as one list.
    fn list(&self, first: usize) -> (Html, usize) {
        let blocks = self.plan.article.blocks.get(first..).unwrap_or_default();
        let ordered = blocks.first().and_then(item);
        let n = first + blocks.iter().take_while(|b| item(b) == ordered).count();
        let items = (first..n).map(|n| self.shown(n, "li", "", vec![self.text(n), self.note(n)]));
        (classed(if ordered == Some(true) { "ol" } else { "ul" }, "", items.collect()), n)
    }

    fn block(&self, n: usize, block: &Block) -> Html {
        let (tag, focusable) = match &block.kind {
            BlockKind::Rule => return classed("hr", "", Vec::new()),
            BlockKind::Image { url, credit } => {
                let shown = self.seen.state.pictures.contains(&n);
                return picture(self.plan, url, &block.text, credit.as_deref(), n, shown);
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

    pub(crate) fn shown(
        &self,
        n: usize,
        tag: &'static str,
        focusable: &str,
        children: Vec<Html>,
    ) -> Html {
        let n_voices = self.plan.blocks.get(n).map_or(0, |b| b.voices.len());
        let recedes = self.seen.state.speaker.is_some() && self.chosen(n).is_none();
        let class = classes(&["blk", when(n_voices > 1, "has-voices"), when(recedes, "is-dim")]);
        let heading = self.plan.headings.iter().find(|heading| heading.block == n);
        let id = heading.map_or("", |heading| &heading.id);
        let names = &["class", "data-block", "tabindex", "id"];
        element(tag, names, &[&class, &n.to_string(), focusable, id], children)
    }

    /// The chosen speaker, if heard in block `n`.
    fn chosen(&self, n: usize) -> Option<usize> {
        let block = self.plan.blocks.get(n)?;
        self.seen.state.speaker.filter(|s| block.voices.iter().any(|v| v.speaker == *s))
    }

    pub(crate) fn text(&self, n: usize) -> Html {
        let (plan, state) = (self.plan, &self.seen.state);
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
        let plan = Rc::clone(plan);
        drawn("text", Drawn { plan, seen: None, n, choices, draw: block_text })
    }

    /// The attributions in block `n` that the filters leave out.
    fn left_out(&self, n: usize) -> Vec<usize> {
        let groups = self.plan.blocks.get(n).map_or(&[][..], |block| &block.groups);
        let attributions = groups.iter().filter_map(|group| match group.kind {
            GroupKind::Plain => None,
            GroupKind::Reported(a) => Some(a),
            GroupKind::Quotation(q) => self.plan.analysis.quotations.get(q)?.attribution,
        });
        attributions.filter(|&a| !counts(self.plan, &self.seen.state, a)).collect()
    }

    pub(crate) fn note(&self, n: usize) -> Html {
        let Some(why) = self.seen.state.why.filter(|why| why.block == n) else {
            return Html::default();
        };
        let words = match self.seen.small {
            Lazy::Here(later) => return (later.why)(self.plan, why.attribution),
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
