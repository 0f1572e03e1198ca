//! Which quotations of an article are folded, kept for this tab: a reload or a step back finds them so.
//!
//! Session storage, key `dixit/1/s/ARTICLE`, value `{"v":1,"shut":["q-…",…]}`.

use crate::json::{Object, as_list, as_number, as_text, list, text};
use crate::plan::Plan;
use crate::state::State;
use crate::storage::{PREFIX, Storage, escape};

/// More are not kept: whoever folds that many folds all.
const MOST: usize = 5_000;

/// Keeps which quotations are folded. Where the tab keeps nothing, a reload opens them.
pub fn keep(storage: &dyn Storage, plan: &Plan, state: &State) {
    let shut = state.shut.iter().zip(&plan.analysis.quotations).filter(|(shut, _)| **shut);
    let ids: Vec<String> = shut.map(|(_, q)| text(&q.id)).take(MOST).collect();
    let key = key(plan);
    let _ = if ids.is_empty() {
        storage.remove(&key)
    } else {
        let mut object = Object::default();
        object.put_number("v", 1);
        object.put("shut", list(ids.into_iter()));
        storage.set(&key, &object.write())
    };
}

/// The quotations that were folded when they were kept and are still there.
pub fn kept(storage: &dyn Storage, plan: &Plan) -> Vec<usize> {
    let Ok(Some(json)) = storage.get(&key(plan)) else { return Vec::new() };
    let mut object = Object::read(&json).unwrap_or_default();
    if object.take("v").as_deref().and_then(as_number) != Some(1) {
        return Vec::new();
    }
    let ids = object.take("shut").unwrap_or_default();
    let ids: Vec<String> =
        as_list(&ids).unwrap_or_default().into_iter().take(MOST).filter_map(as_text).collect();
    let quotations = plan.analysis.quotations.iter().enumerate();
    quotations.filter(|(_, q)| ids.contains(&q.id)).map(|(n, _)| n).collect()
}

fn key(plan: &Plan) -> String {
    [PREFIX, "s/", &escape(&plan.article.id)].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;
    use crate::state::{Action, Fold};
    use crate::storage::MemoryStorage;
    use dixit_engine::SpeakerKind;

    #[test]
    fn what_was_folded_is_found_again_and_nothing_else() {
        let mut page = Fixture::default();
        let ann = page.speaker("Ann Lee", SpeakerKind::Person);
        page.block("“One,” “Two,” “Three,” said Ann.");
        for words in ["“One,”", "“Two,”", "“Three,”"] {
            page.quote(words, ann);
        }
        let plan = page.plan();
        let storage = MemoryStorage::default();
        let state = State::new([Fold { folds: true, speaker: None }; 3].into());
        assert!(kept(&storage, &plan).is_empty());
        keep(&storage, &plan, &state.after(Action::Toggle(1)).after(Action::Toggle(2)));
        assert_eq!(kept(&storage, &plan), [1, 2]);
        keep(&storage, &plan, &state);
        assert_eq!(storage.keys(PREFIX), Ok(Vec::new()));
        for odd in [
            "",
            "[]",
            r#"{"v":2,"shut":["q-0"]}"#,
            r#"{"v":1,"shut":"q-0"}"#,
            r#"{"v":1,"shut":[7,"q-9"]}"#,
        ] {
            storage.set(&key(&plan), odd).expect("memory takes everything");
            assert!(kept(&storage, &plan).is_empty(), "{odd}");
        }
    }
}
