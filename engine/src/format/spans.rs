//! Converts the spans of one article between bytes and code points.

use crate::{Article, Span, Units};

pub(super) struct Spans<'a> {
    article: &'a Article,
    /// One table a block.
    units: Vec<Units>,
}

impl<'a> Spans<'a> {
    pub(super) fn new(article: &'a Article) -> Spans<'a> {
        Spans { article, units: article.blocks.iter().map(|b| Units::new(&b.text)).collect() }
    }

    /// `[block, start, end]` in code points; `None` where the span does not fit the article.
    pub(super) fn to_code_points(&self, span: Span) -> Option<[usize; 3]> {
        let text = &self.article.blocks.get(span.block)?.text;
        let units = self.units.get(span.block)?;
        let start = units.to_code_points(text, span.start)?;
        Some([span.block, start, units.to_code_points(text, span.end)?])
    }

    pub(super) fn to_bytes(&self, [block, start, end]: [usize; 3]) -> Option<Span> {
        let text = &self.article.blocks.get(block)?.text;
        let units = self.units.get(block)?;
        let (start, end) = (units.to_bytes(text, start)?, units.to_bytes(text, end)?);
        (start <= end).then_some(Span { block, start, end })
    }
}
