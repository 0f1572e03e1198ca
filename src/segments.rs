//! Turns a block with its marks, quotations and mentions into runs that do not overlap.

use dixit_engine::{Mark, MarkKind};

use crate::order::sort;

/// A range of a block's text that belongs to something, named by its index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ranged {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Index of what the range belongs to: a quotation, an attribution, a mention.
    pub of: usize,
}

/// Everything that lies over the text of one block, in any order, nested or crossing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Layers<'a> {
    /// Emphasis, links and the like.
    pub marks: &'a [Mark],
    /// Texts in quotation marks.
    pub quotations: &'a [Ranged],
    /// Contents of statements, quoted or not.
    pub contents: &'a [Ranged],
    /// The words that link a statement to its source.
    pub cues: &'a [Ranged],
    /// References to speakers.
    pub mentions: &'a [Ranged],
    /// Places at which a run must end although nothing begins or ends there.
    pub cuts: &'a [usize],
}

/// A stretch of text under the same things from its first byte to its last.
///
/// Of several things of one layer the innermost counts: the one that began last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Run {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Whether it is emphasised.
    pub emphasis: bool,
    /// Whether it is of strong importance.
    pub strong: bool,
    /// Whether it is code.
    pub code: bool,
    /// Index of its link among the block's marks.
    pub link: Option<usize>,
    /// The quotation that encloses all others here: the one that began first and still lasts.
    pub outer: Option<usize>,
    /// The innermost quotation.
    pub inner: Option<usize>,
    /// The attribution whose content this is.
    pub content: Option<usize>,
    /// The attribution whose cue this is.
    pub cue: Option<usize>,
    /// The mention that this is.
    pub mention: Option<usize>,
}

/// What everything that the page sorts is ranked by. One type, so that the download holds one sort.
pub(crate) type Rank = (usize, usize, usize);

/// The runs of `text`, in order; joined they are the text, and none is empty.
///
/// Ranges that reach past the text or into a character are cut to whole characters, empty and
/// backward ones count for nothing. Time is that of sorting the layers.
pub fn runs(text: &str, layers: &Layers<'_>) -> Vec<Run> {
    let marked = |wanted: fn(&MarkKind) -> bool| {
        let of_kind = layers.marks.iter().enumerate().filter(move |(_, m)| wanted(&m.kind));
        Track::new(text, of_kind.map(|(of, m)| Ranged { start: m.start, end: m.end, of }))
    };
    let mut emphasis = marked(|kind| matches!(kind, MarkKind::Emphasis));
    let mut strong = marked(|kind| matches!(kind, MarkKind::Strong));
    let mut code = marked(|kind| matches!(kind, MarkKind::Code));
    let mut link = marked(|kind| matches!(kind, MarkKind::Link(_)));
    let mut quotations = Track::new(text, layers.quotations.iter().copied());
    let mut contents = Track::new(text, layers.contents.iter().copied());
    let mut cues = Track::new(text, layers.cues.iter().copied());
    let mut mentions = Track::new(text, layers.mentions.iter().copied());

    let mut edges = vec![0, text.len()];
    edges.extend(layers.cuts.iter().map(|&at| text.floor_char_boundary(at)));
    let tracks = [&emphasis, &strong, &code, &link, &quotations, &contents, &cues, &mentions];
    edges.extend(tracks.iter().flat_map(|t| t.ranges.iter()).flat_map(|r| [r.start, r.end]));
    let mut edges: Vec<Rank> = edges.into_iter().map(|at| (at, 0, 0)).collect();
    sort(&mut edges);
    edges.dedup();

    edges
        .windows(2)
        .filter_map(|edge| {
            let (start, end) = (edge.first()?.0, edge.last()?.0);
            let inner = quotations.innermost(start);
            Some(Run {
                start,
                end,
                emphasis: emphasis.innermost(start).is_some(),
                strong: strong.innermost(start).is_some(),
                code: code.innermost(start).is_some(),
                link: link.innermost(start),
                outer: quotations.outermost(start),
                inner,
                content: contents.innermost(start),
                cue: cues.innermost(start),
                mention: mentions.innermost(start),
            })
        })
        .collect()
}

/// The ranges of one layer, asked from left to right.
struct Track {
    ranges: Vec<Ranged>,
    next: usize,
    /// Begun ranges, the innermost last; ended ones leave when they come to the top.
    open: Vec<Ranged>,
    /// Everything before has ended.
    first: usize,
}

impl Track {
    fn new(text: &str, ranges: impl Iterator<Item = Ranged>) -> Track {
        // By begin, of those the longest first, of those as given.
        let mut ranks: Vec<Rank> = ranges
            .map(|r| {
                let at = |at| text.floor_char_boundary(at);
                (at(r.start), usize::MAX - at(r.end), r.of)
            })
            .filter(|&(start, until_end, _)| start < usize::MAX - until_end)
            .collect();
        sort(&mut ranks);
        let range = |(start, until_end, of)| Ranged { start, end: usize::MAX - until_end, of };
        let ranges = ranks.into_iter().map(range).collect();
        Track { ranges, next: 0, open: Vec::new(), first: 0 }
    }

    fn innermost(&mut self, at: usize) -> Option<usize> {
        while let Some(range) = self.ranges.get(self.next).filter(|r| r.start <= at) {
            self.open.push(*range);
            self.next += 1;
        }
        while self.open.last().is_some_and(|r| r.end <= at) {
            self.open.pop();
        }
        self.open.last().map(|r| r.of)
    }

    fn outermost(&mut self, at: usize) -> Option<usize> {
        while self.ranges.get(self.first).is_some_and(|r| r.end <= at) {
            self.first += 1;
        }
        self.ranges.get(self.first).filter(|r| r.start <= at).map(|r| r.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Quotations as (start, end), written back as `text/outer/inner` with `-` for none.
    fn check(text: &str, quotations: &[(usize, usize)], expected: &str) {
        let quotations: Vec<Ranged> = quotations
            .iter()
            .enumerate()
            .map(|(of, &(start, end))| Ranged { start, end, of })
            .collect();
        let runs = runs(text, &Layers { quotations: &quotations, ..Layers::default() });
        let name = |q: Option<usize>| q.map_or("-".to_owned(), |q| q.to_string());
        let written: Vec<String> = runs
            .iter()
            .map(|r| format!("{}/{}{}", &text[r.start..r.end], name(r.outer), name(r.inner)))
            .collect();
        assert_eq!(written.join(" "), expected, "{text} {quotations:?}");
        let joined: String = runs.iter().map(|r| &text[r.start..r.end]).collect();
        assert_eq!(joined, text);
        assert!(runs.iter().all(|r| r.start < r.end));
    }

    #[test]
    fn quotations_nest_cross_touch_and_vanish() {
        for (text, quotations, expected) in [
            ("", &[][..], ""),
            ("", &[(0, 0), (0, 5)], ""),
            ("abcdef", &[], "abcdef/--"),
            ("abcdef", &[(0, 6)], "abcdef/00"),
            ("abcdef", &[(1, 3)], "a/-- bc/00 def/--"),
            // Touching.
            ("abcdef", &[(0, 3), (3, 6)], "abc/00 def/11"),
            // Nested, given in either order.
            ("abcdef", &[(0, 6), (2, 4)], "ab/00 cd/01 ef/00"),
            ("abcdef", &[(2, 4), (0, 6)], "ab/11 cd/10 ef/11"),
            // Nested with a common start and a common end.
            ("abcdef", &[(0, 6), (0, 2)], "ab/01 cdef/00"),
            ("abcdef", &[(0, 6), (4, 6)], "abcd/00 ef/01"),
            // Three deep.
            ("abcdef", &[(0, 6), (1, 5), (2, 4)], "a/00 b/01 cd/02 e/01 f/00"),
            // Crossing: what began first is outermost until it ends.
            ("abcdef", &[(0, 4), (2, 6)], "ab/00 cd/01 ef/11"),
            // An inner one that outlives a crossing neighbour.
            ("abcdef", &[(0, 3), (1, 6), (2, 4)], "a/00 b/01 c/02 d/12 ef/11"),
            // The same range twice.
            ("abcdef", &[(1, 3), (1, 3)], "a/-- bc/01 def/--"),
            // Empty, backward, past the end.
            ("abcdef", &[(2, 2), (4, 1), (9, 12)], "abcdef/--"),
            ("abcdef", &[(4, 99)], "abcd/-- ef/00"),
            ("abcdef", &[(usize::MAX, usize::MAX), (0, usize::MAX)], "abcdef/11"),
            // Inside a character: whole characters only.
            ("aé“b”", &[(2, 9)], "a/-- é“b/00 ”/--"),
        ] {
            check(text, quotations, expected);
        }
    }

    #[test]
    fn layers_are_independent_of_each_other() {
        let text = "Ann said it is “over now”.";
        let mark = |start, end, kind| Mark { start, end, kind };
        let layers = Layers {
            marks: &[
                mark(0, 8, MarkKind::Strong),
                mark(4, 11, MarkKind::Emphasis),
                mark(9, 20, MarkKind::Link("https://a.example/".into())),
                mark(10, 12, MarkKind::Code),
            ],
            quotations: &[Ranged { start: 15, end: 29, of: 7 }],
            contents: &[Ranged { start: 9, end: 29, of: 3 }],
            cues: &[Ranged { start: 4, end: 8, of: 3 }],
            mentions: &[Ranged { start: 0, end: 3, of: 5 }],
            cuts: &[22],
        };
        let runs = runs(text, &layers);
        let words: Vec<&str> = runs.iter().map(|r| &text[r.start..r.end]).collect();
        assert_eq!(
            words,
            ["Ann", " ", "said", " ", "i", "t", " ", "is ", "“ov", "er", " now”", "."]
        );
        let run = |i: usize| runs[i];
        assert!(run(0).strong && !run(0).emphasis && run(0).mention == Some(5));
        assert!(run(2).strong && run(2).emphasis && run(2).cue == Some(3));
        assert_eq!((run(4).link, run(4).code, run(4).emphasis), (Some(2), false, true));
        assert_eq!((run(5).code, run(5).emphasis, run(5).content), (true, true, Some(3)));
        assert_eq!((run(8).outer, run(8).link), (Some(7), Some(2)));
        assert_eq!((run(10).outer, run(10).link, run(10).content), (Some(7), None, Some(3)));
        assert_eq!(run(11), Run { start: 29, end: 30, ..Run::default() });
    }

    #[test]
    fn thousands_of_ranges_over_one_place_take_no_square_time() {
        let text = "x".repeat(40_000);
        let nested: Vec<Ranged> =
            (0..20_000).map(|of| Ranged { start: of, end: 40_000 - of, of }).collect();
        let runs = runs(&text, &Layers { quotations: &nested, ..Layers::default() });
        assert_eq!(runs.len(), 39_999);
        assert!(runs.iter().all(|r| r.outer == Some(0)));
        assert_eq!(runs[19_999].inner, Some(19_999));
    }
}
