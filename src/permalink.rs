//! Fragments of the page's address that name a quotation, a statement or a speaker, and what they open.

use dixit_engine::Analysis;

use crate::plan::{Plan, is_dom_id};
use crate::state::{Action, Lost};

/// The fragment of the browser's address, where it is one of ours: `q-…`, `a-…` or `s-…`.
pub fn fragment() -> Option<String> {
    let hash = web_sys::window()?.location().hash().ok()?;
    let id = hash.strip_prefix('#')?;
    ['q', 'a', 's'].into_iter().any(|kind| is_dom_id(id, kind)).then(|| id.to_owned())
}

/// The id of the heading that the browser's address names.
pub(crate) fn heading() -> Option<String> {
    let hash = web_sys::window()?.location().hash().ok()?;
    hash.strip_prefix('#').filter(|id| is_dom_id(id, 'h')).map(str::to_owned)
}

/// Whether the browser's address names a comment.
pub(crate) fn is_of_comment() -> bool {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok());
    hash.is_some_and(|hash| hash.starts_with("#c-"))
}

/// What a fragment opens; `None` where it is none of ours.
///
/// Of equal quotations the later ones are named `q-WORDS-CONTEXT`, the first `q-WORDS`. Where an edit has taken the
/// named one away, another with these words is as good.
pub fn opens(plan: &Plan, id: &str) -> Option<Action> {
    let (analysis, lost) = (&plan.analysis, |lost| Some(Action::Lost(Some(lost))));
    if is_dom_id(id, 's') {
        let Some(speaker) = analysis.speakers.iter().position(|s| s.id == id) else {
            return lost(Lost::Speaker);
        };
        let first = plan.voices.voices.get(speaker).and_then(|voice| voice.statements.first());
        return Some(first.map_or(Action::Show(speaker), |first| Action::GoToSpeaker {
            speaker,
            attribution: first.attribution,
        }));
    }
    if is_dom_id(id, 'q') {
        let ids = analysis.quotations.iter().map(|q| q.id.as_str());
        return named(ids, id).map_or_else(|| lost(Lost::Quotation), |n| Some(Action::GoTo(n)));
    }
    if !is_dom_id(id, 'a') {
        return None;
    }
    let Some(n) = named(analysis.attributions.iter().map(|a| a.id.as_str()), id) else {
        return lost(Lost::Statement);
    };
    Some(to_statement(analysis, n))
}

/// Leads to a statement, by the index of its attribution; where something of it stands in marks, to that.
pub(crate) fn to_statement(analysis: &Analysis, n: usize) -> Action {
    let quotation = analysis.quotations.iter().position(|q| q.attribution == Some(n));
    quotation.map_or(Action::GoToStatement(n), Action::GoTo)
}

/// The place of `id`, else of one that has the same words.
fn named<'a>(mut ids: impl Iterator<Item = &'a str> + Clone, id: &str) -> Option<usize> {
    let words = |id: &str| id.split('-').nth(1).map(str::to_owned);
    ids.clone().position(|known| known == id).or_else(|| {
        let wanted = words(id);
        ids.position(|known| words(known) == wanted)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;
    use dixit_engine::SpeakerKind;

    #[test]
    fn every_fragment_opens_what_it_names_or_says_that_it_is_gone() {
        let mut page = Fixture::default();
        let ann = page.speaker("Ann Lee", SpeakerKind::Person);
        page.speaker("Bo Berg", SpeakerKind::Person);
        page.block("“Yes,” said Ann Lee, who hoped for rain. “Yes.”");
        page.quote("“Yes,”", ann);
        page.report("hoped for rain", ann);
        page.unattributed("“Yes.”");
        page.analysis.quotations[0].id = "q-yes".into();
        page.analysis.quotations[1].id = "q-yes-there".into();
        page.analysis.attributions[0].id = "a-yes".into();
        page.analysis.attributions[1].id = "a-rain".into();
        let plan = page.plan();
        let lost = |lost| Some(Action::Lost(Some(lost)));
        for (id, expected) in [
            ("q-yes", Some(Action::GoTo(0))),
            ("q-yes-there", Some(Action::GoTo(1))),
            ("q-yes-elsewhere", Some(Action::GoTo(0))),
            ("q-no", lost(Lost::Quotation)),
            ("a-yes", Some(Action::GoTo(0))),
            ("a-rain", Some(Action::GoToStatement(1))),
            ("a-rain-2", Some(Action::GoToStatement(1))),
            ("a-snow", lost(Lost::Statement)),
            ("s-ann-lee", Some(Action::GoToSpeaker { speaker: 0, attribution: 0 })),
            ("s-bo-berg", Some(Action::Show(1))),
            ("s-bo", lost(Lost::Speaker)),
            ("c-01", None),
            ("q-<b>", None),
            ("", None),
        ] {
            assert_eq!(opens(&plan, id), expected, "{id}");
        }
    }
}
