//! Where in the article its voices are heard, as marks along the page, and how far the reader has come.

use dixit_engine::AttributionKind;

use crate::filter::counts;
use crate::order::sorted;
use crate::plan::Plan;
use crate::state::State;

/// The marks are drawn on a line of this length.
pub const LENGTH: usize = 1000;
/// Marks of one voice that begin in the same part are one mark.
const PARTS: usize = 250;

/// Where a block stands on the page, as shares of the article's height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extent {
    /// Where it begins, from 0 to 1.
    pub top: f64,
    /// How high it is.
    pub height: f64,
}

/// Something that is said, at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Where it begins, from 0 to [`LENGTH`].
    pub at: usize,
    /// Index of the speaker.
    pub speaker: usize,
    /// Index of the attribution.
    pub attribution: usize,
    /// Whether it is reported, without quotation marks.
    pub reported: bool,
}

/// The statements that count, in the order of the article; `extents` of the blocks, where they are known.
///
/// There are at most 250 marks for each voice.
pub fn marks(plan: &Plan, state: &State, extents: &[Extent]) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (n, attribution) in plan.analysis.attributions.iter().enumerate() {
        let (Some(speaker), Some(span)) = (attribution.speaker, attribution.content.first()) else {
            continue;
        };
        if !counts(plan, state, n) || state.speaker.is_some_and(|chosen| chosen != speaker) {
            continue;
        }
        let (Some(extent), Some(block)) =
            (extents.get(span.block), plan.article.blocks.get(span.block))
        else {
            continue;
        };
        let within = share(span.start, block.text.len());
        let at = on_line(extent.top + extent.height * within);
        let reported = attribution.kind == AttributionKind::Indirect;
        marks.push(Mark { at, speaker, attribution: n, reported });
    }
    let mut marks = sorted(marks, |a: &Mark, b| (a.at, a.attribution) < (b.at, b.attribution));
    let mut last = vec![None; plan.analysis.speakers.len()];
    marks.retain(|mark| {
        let part = Some(mark.at * PARTS / LENGTH);
        last.get_mut(mark.speaker).is_some_and(|last| std::mem::replace(last, part) != part)
    });
    marks
}

/// A share of the line's length, from 0 to 1, as a place on it.
pub fn on_line(share: f64) -> usize {
    // From 0 to LENGTH by the clamp.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let at = (share.clamp(0.0, 1.0) * LENGTH as f64) as usize;
    at
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// How much of an article is read whose top and height are these on a screen of this height: from 0 to 100. What has
/// come into view counts as read.
pub fn percent(top: f64, height: f64, screen: f64) -> usize {
    // Scrolling stops at whole pixels.
    let share = if height > 0.0 { (screen - top + 1.0) / height } else { 1.0 };
    on_line(share) * 100 / LENGTH
}

/// The mark after `at`, or before it.
pub fn neighbour(marks: &[Mark], at: usize, forwards: bool) -> Option<&Mark> {
    if forwards {
        marks.iter().find(|mark| mark.at > at)
    } else {
        marks.iter().rev().find(|mark| mark.at < at)
    }
}

/// The mark nearest to `at`, where one is near.
pub fn nearest(marks: &[Mark], at: usize) -> Option<&Mark> {
    marks.iter().min_by_key(|mark| mark.at.abs_diff(at)).filter(|mark| mark.at.abs_diff(at) <= 12)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;
    use crate::state::Action;
    use dixit_engine::SpeakerKind;
    use std::rc::Rc;

    fn page() -> (Plan, State) {
        let mut page = Fixture::default();
        let ann = page.speaker("Ann Lee", SpeakerKind::Person);
        let bo = page.speaker("Bo Berg", SpeakerKind::Person);
        page.block("“Yes,” said Ann Lee, who hoped for rain.");
        page.quote("“Yes,”", ann);
        page.report("hoped for rain", ann);
        page.block("“No,” said Bo.");
        page.quote("“No,”", bo);
        let plan = page.plan();
        let state = State::new(Rc::from([]));
        (plan, state)
    }

    const EXTENTS: [Extent; 2] =
        [Extent { top: 0.0, height: 0.5 }, Extent { top: 0.5, height: 0.5 }];

    #[test]
    fn marks_stand_where_words_begin_and_follow_the_readers_choice() {
        let (plan, state) = page();
        let at = |state: &State| -> Vec<(usize, usize, bool)> {
            let marks = marks(&plan, state, &EXTENTS);
            marks.iter().map(|m| (m.at, m.speaker, m.reported)).collect()
        };
        assert_eq!(at(&state), [(0, 0, false), (329, 0, true), (500, 1, false)]);
        assert_eq!(at(&state.after(Action::Choose(1))), [(500, 1, false)]);
        let direct = state.after(Action::Kinds(crate::scene::Kinds::Direct));
        assert_eq!(at(&direct), [(0, 0, false), (500, 1, false)]);
        assert_eq!(marks(&plan, &state, &[]), []);
    }

    #[test]
    fn thousands_of_statements_give_few_marks() {
        let mut page = Fixture::default();
        let ann = page.speaker("Ann Lee", SpeakerKind::Person);
        for _ in 0..5000 {
            page.block("“Yes.”");
            page.quote("“Yes.”", ann);
        }
        let plan = page.plan();
        let extents: Vec<Extent> =
            (0..5000).map(|n| Extent { top: f64::from(n) / 5000.0, height: 0.0002 }).collect();
        let n = marks(&plan, &State::new(Rc::from([])), &extents).len();
        assert_eq!(n, PARTS);
    }

    #[test]
    fn what_came_into_view_is_read() {
        for (top, height, screen, expected) in [
            (500.0, 1000.0, 400.0, 0),
            (0.0, 1000.0, 500.0, 50),
            (-500.0, 1000.0, 500.0, 100),
            (-900.0, 1000.0, 500.0, 100),
            (0.0, 0.0, 500.0, 100),
        ] {
            assert_eq!(percent(top, height, screen), expected, "{top} {height}");
        }
    }

    #[test]
    fn neighbours_and_the_nearest() {
        let (plan, state) = page();
        let marks = marks(&plan, &state, &EXTENTS);
        let at = |mark: Option<&Mark>| mark.map(|m| m.at);
        assert_eq!(at(neighbour(&marks, 0, true)), Some(329));
        assert_eq!(at(neighbour(&marks, 500, true)), None);
        assert_eq!(at(neighbour(&marks, 400, false)), Some(329));
        assert_eq!(at(nearest(&marks, 335)), Some(329));
        assert_eq!(at(nearest(&marks, 400)), None);
    }
}
