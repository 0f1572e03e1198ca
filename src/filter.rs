//! Which statements count: the reader's choice by kind and source.

use dixit_engine::{AttributionKind, SpeakerKind};

use crate::plan::Plan;
use crate::scene::{Kinds, Sources};
use crate::state::State;

/// Whether attribution `n` is of the kinds and sources that the reader wants.
pub fn counts(plan: &Plan, state: &State, n: usize) -> bool {
    let Some(attribution) = plan.analysis.attributions.get(n) else { return false };
    let indirect = attribution.kind == AttributionKind::Indirect;
    let speaker = attribution.speaker.and_then(|s| plan.analysis.speakers.get(s));
    let named = speaker.is_some_and(|speaker| speaker.kind != SpeakerKind::Unnamed);
    let kind = match state.kinds {
        Kinds::All => true,
        Kinds::Direct => !indirect,
        Kinds::Reported => indirect,
    };
    kind && match state.sources {
        Sources::All => true,
        Sources::Named => named,
        Sources::Unnamed => !named,
    }
}

/// Whether anything is left out by kind or source.
pub fn narrows(state: &State) -> bool {
    state.kinds != Kinds::All || state.sources != Sources::All
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;
    use crate::state::Action;

    #[test]
    fn statements_count_by_kind_and_source() {
        let mut page = Fixture::default();
        let ann = page.speaker("Ann Lee", SpeakerKind::Person);
        let unnamed = page.speaker("an official", SpeakerKind::Unnamed);
        page.block(
            "“Yes,” said Ann Lee, who hoped for rain. “No,” an official said, fearing snow.",
        );
        page.quote("“Yes,”", ann);
        page.report("hoped for rain", ann);
        page.quote("“No,”", unnamed);
        page.report("fearing snow", unnamed).speaker = None;
        let plan = page.plan();
        for (kinds, sources, expected) in [
            (Kinds::All, Sources::All, vec![0, 1, 2, 3]),
            (Kinds::Direct, Sources::All, vec![0, 2]),
            (Kinds::Reported, Sources::All, vec![1, 3]),
            (Kinds::All, Sources::Named, vec![0, 1]),
            (Kinds::All, Sources::Unnamed, vec![2, 3]),
            (Kinds::Direct, Sources::Unnamed, vec![2]),
        ] {
            let state = State::new([].into());
            let state = state.after(Action::Kinds(kinds)).after(Action::Sources(sources));
            let counting: Vec<usize> = (0..5).filter(|&n| counts(&plan, &state, n)).collect();
            assert_eq!(counting, expected, "{kinds:?} {sources:?}");
            assert_eq!(narrows(&state), kinds != Kinds::All || sources != Sources::All);
        }
    }
}
