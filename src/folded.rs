//! Which quotations of an article are folded, kept for this tab: a reload or a step back finds them so.
//!
//! Session storage, key `dixit/1/s/ARTICLE`, value `1 q-… q-…`: the version, then the ids. No JSON, whose reader would be
//! in the first download for this alone.

use crate::plan::{Plan, is_dom_id};
use crate::state::State;
use crate::storage::{PREFIX, Storage, escape};

/// More are not kept: whoever folds that many folds all.
const MOST: usize = 5_000;

/// Keeps which quotations are folded. Where the tab keeps nothing, a reload opens them.
pub fn keep(storage: &dyn Storage, plan: &Plan, state: &State) {
    let shut = state.shut.iter().zip(&plan.analysis.quotations).filter(|(shut, _)| **shut);
    let ids = shut.map(|(_, q)| q.id.as_str()).filter(|id| is_dom_id(id, 'q')).take(MOST);
    let mut value = String::from("1");
    for id in ids {
        value.push(' ');
        value.push_str(id);
    }
    let key = key(plan);
    let _ = if value.len() > 1 { storage.set(&key, &value) } else { storage.remove(&key) };
}

/// The quotations that were folded when they were kept and are still there.
pub fn kept(storage: &dyn Storage, plan: &Plan) -> Vec<usize> {
    let Ok(Some(value)) = storage.get(&key(plan)) else { return Vec::new() };
    let Some(("1", ids)) = value.split_once(' ') else { return Vec::new() };
    // They were kept in the order of the article: each is looked for behind the one before.
    let mut from = 0;
    let found = ids.split(' ').take(MOST).filter_map(|id| {
        let rest = plan.analysis.quotations.get(from..)?;
        let n = from + rest.iter().position(|q| q.id == id)?;
        from = n + 1;
        Some(n)
    });
    found.collect()
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
        for odd in ["", "[]", "1", "1 ", "2 q-one", r#"{"v":1,"shut":["q-one"]}"#, "1 q-nine 7"] {
            storage.set(&key(&plan), odd).expect("memory takes everything");
            assert!(kept(&storage, &plan).is_empty(), "{odd}");
        }
    }
}
