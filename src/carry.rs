//! Takes what the reader has chosen over to the same article with a corrected analysis, by id.

use std::rc::Rc;

use crate::plan::Plan;
use crate::state::{Fold, Place, State, Tool, Why};

/// The state for `new`, with everything chosen in `old` that is still there.
pub(crate) fn carry(state: &State, old: &Plan, new: &Plan, folds: Rc<[Fold]>) -> State {
    let quotation =
        |n: usize| same(&old.analysis.quotations, &new.analysis.quotations, n, |q| &q.id);
    let statement =
        |n: usize| same(&old.analysis.attributions, &new.analysis.attributions, n, |a| &a.id);
    let speaker = |n: usize| same(&old.analysis.speakers, &new.analysis.speakers, n, |s| &s.id);
    let mut carried = state.with(folds);
    for (n, _) in state.shut.iter().enumerate().filter(|(_, shut)| **shut) {
        if let Some(n) = quotation(n) {
            carried = carried.shutting(n);
        }
    }
    carried.speaker = state.speaker.and_then(speaker);
    carried.beside = state.beside.and_then(speaker).filter(|_| carried.speaker.is_some());
    carried.why = state.why.and_then(|why| {
        let quotation = match why.quotation {
            Some(n) => Some(quotation(n)?),
            None => None,
        };
        Some(Why { attribution: statement(why.attribution)?, quotation, block: why.block })
    });
    carried.tool = state.tool.and_then(|tool| match tool {
        Tool::Correct(n) => statement(n).map(Tool::Correct),
        Tool::CorrectQuotation(n) => quotation(n).map(Tool::CorrectQuotation),
        Tool::Speaker(n) => speaker(n).map(Tool::Speaker),
        other => Some(other),
    });
    carried.place = state.place.and_then(|place| match place {
        Place::Quotation(n) => quotation(n).map(Place::Quotation),
        Place::Statement(n) => statement(n).map(Place::Statement),
    });
    carried.step = state.step.and_then(|step| {
        let statements = |plan: &Plan, speaker: Option<usize>| {
            Some(plan.voices.voices.get(speaker?)?.statements.clone())
        };
        let before = statements(old, state.speaker)?.get(step)?.attribution;
        let now = statements(new, carried.speaker)?;
        let wanted = statement(before)?;
        now.iter().position(|s| s.attribution == wanted)
    });
    carried
}

/// Where the nth of `old` is in `new`.
fn same<T>(old: &[T], new: &[T], n: usize, id: impl Fn(&T) -> &String) -> Option<usize> {
    let wanted = id(old.get(n)?);
    // Hardly anything moves far.
    if new.get(n).is_some_and(|t| id(t) == wanted) {
        return Some(n);
    }
    new.iter().position(|t| id(t) == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;
    use crate::state::Action;
    use dixit_engine::SpeakerKind;

    fn page(without_first: bool) -> Plan {
        let mut page = Fixture::default();
        let (ann, bo) = (
            page.speaker("Ann Lee", SpeakerKind::Person),
            page.speaker("Bo Ray", SpeakerKind::Person),
        );
        page.block("“One two three four five six seven eight,” said Ann.");
        page.quote("“One two three four five six seven eight,”", ann);
        page.block("“Nine ten eleven twelve thirteen fourteen fifteen sixteen,” said Bo.");
        page.quote("“Nine ten eleven twelve thirteen fourteen fifteen sixteen,”", bo);
        if without_first {
            page.analysis.quotations.remove(0);
            page.analysis.quotations[0].attribution = Some(0);
            page.analysis.attributions.remove(0);
            page.analysis.attributions[0].speaker = Some(0);
            page.analysis.speakers.remove(0);
        }
        page.plan()
    }

    fn folds(plan: &Plan) -> Rc<[Fold]> {
        let folds = plan.folding().into_iter().enumerate();
        folds.map(|(n, folds)| Fold { folds, speaker: plan.speaker_of(n) }).collect()
    }

    #[test]
    fn what_is_still_there_stays_chosen_and_what_is_gone_goes() {
        let (old, new) = (page(false), page(true));
        let why = |n: usize| Why { attribution: n, quotation: Some(n), block: n };
        let start = State::new(folds(&old));
        let actions = |n: usize| {
            [
                Action::Toggle(n),
                Action::Show(n),
                Action::Why(why(n)),
                Action::Tool(Tool::Correct(n)),
                Action::Step { step: 0, attribution: n },
            ]
        };
        let kept = actions(1).into_iter().fold(start.clone(), |s, a| s.after(a));
        let kept = carry(&kept, &old, &new, folds(&new));
        assert_eq!((kept.shut.as_slice(), kept.speaker), (&[true][..], Some(0)));
        assert_eq!(kept.why, Some(Why { attribution: 0, quotation: Some(0), block: 1 }));
        assert_eq!((kept.tool, kept.place), (Some(Tool::Correct(0)), Some(Place::Statement(0))));
        assert_eq!((kept.step, kept.moves), (Some(0), 1));

        let gone = actions(0).into_iter().fold(start, |s, a| s.after(a));
        let gone = carry(&gone, &old, &new, folds(&new));
        assert_eq!((gone.shut.as_slice(), gone.speaker, gone.why), (&[false][..], None, None));
        assert_eq!((gone.tool, gone.place, gone.step), (None, None, None));
    }
}
