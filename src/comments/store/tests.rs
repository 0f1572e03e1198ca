use super::super::tests::id;
use super::super::vault::fake::{FakeVault, now};
use super::super::write;
use super::*;
use crate::storage::fake::FakeStorage;

const SAFE: Saved = Saved { committed: true, latest: true };
const ARTICLE: &str = "https://news.example/a%2F";

struct Place {
    here: Rc<FakeStorage>,
    there: Rc<FakeVault>,
    store: Kept,
}

fn place() -> Place {
    let (here, there): (Rc<FakeStorage>, Rc<FakeVault>) = Default::default();
    let store = Kept::new(here.clone(), Some(there.clone()));
    Place { here, there, store }
}

fn comment(n: u64, body: &str) -> Comment {
    Comment::new(id(n), id(n), body.into(), n as i64)
}

fn save(store: &Kept, version: &Comment) -> Result<Saved, StorageError> {
    now(store.save(ARTICLE, vec![version.clone()]))
}

fn load(store: &Kept) -> Shelf {
    now(store.load(ARTICLE)).expect("one place reads")
}

fn bodies(store: &Kept) -> Vec<String> {
    load(store).comments.into_iter().map(|c| c.body).collect()
}

fn keys(storage: &dyn Storage) -> Vec<String> {
    let mut keys = storage.keys("").expect("memory reads");
    keys.sort();
    keys
}

/// The key of the version with revision `n`.
fn key(n: u64) -> String {
    format!("dixit/1/c/https:%2F%2Fnews.example%2Fa%252F/{}", id(n))
}

#[test]
fn a_comment_is_one_entry_in_each_place() {
    let it = place();
    for n in [1, 2] {
        assert_eq!(save(&it.store, &comment(n, "words")), Ok(SAFE));
        assert_eq!(it.here.n_writes.get(), n as usize, "one write each");
    }
    assert_eq!(keys(&it.here.memory), [key(1), key(2)]);
    assert_eq!(keys(&it.there.memory), [key(1), key(2)]);
    let edit = comment(1, "words").edited(id(3), "other".into(), 3);
    assert_eq!(save(&it.store, &edit), Ok(SAFE));
    assert_eq!(it.here.n_writes.get(), 3);
    assert_eq!(keys(&it.here.memory), [key(2), key(3)]);
    assert_eq!(keys(&it.there.memory), [key(2), key(3)]);
    assert_eq!(bodies(&it.store), ["other", "words"]);
    assert_eq!(count(&(it.here as Rc<dyn Storage>), ARTICLE), 2);
}

#[test]
fn deleting_and_taking_back_keeps_every_word() {
    let it = place();
    let first = comment(1, "one");
    save(&it.store, &first).expect("memory writes");
    let gone = first.marked(id(2), Some(7));
    save(&it.store, &gone).expect("memory writes");
    assert_eq!(count(&(it.here.clone() as Rc<dyn Storage>), ARTICLE), 0);
    let back = load(&it.store).comments[0].marked(id(3), None);
    save(&it.store, &back).expect("memory writes");
    let Comment { revision, history, .. } = back;
    assert_eq!(load(&it.store).comments, [Comment { revision, history, ..first }]);
}

#[test]
fn erased_for_good_means_no_word_is_left_and_none_comes_back() {
    let it = place();
    let first = Comment { author: Some("Ana".into()), ..comment(1, "secret") };
    save(&it.store, &first).expect("memory writes");
    let gone = first.marked(id(2), Some(7));
    save(&it.store, &gone.erased(id(3), 9)).expect("memory writes");
    for storage in [&it.here.memory, &it.there.memory] {
        let texts: Vec<String> =
            keys(storage).iter().filter_map(|k| storage.get(k).ok().flatten()).collect();
        assert!(!texts.iter().any(|t| t.contains("secret") || t.contains("Ana")), "{texts:?}");
    }
    // A stale copy that comes from elsewhere, as from an import, does not bring it back.
    it.here.memory.set(&key(1), &write(&first)).expect("memory writes");
    assert!(load(&it.store).comments.iter().all(Comment::is_erased));
    assert_eq!(keys(&it.here.memory), [key(3)]);
}

#[test]
fn two_edits_of_the_same_words_are_both_kept() {
    let it = place();
    let first = comment(1, "one");
    save(&it.store, &first).expect("memory writes");
    save(&it.store, &first.edited(id(5), "ours".into(), 5)).expect("memory writes");
    let theirs = first.edited(id(6), "theirs".into(), 6);
    assert_eq!(save(&it.store, &theirs), Ok(Saved { latest: false, ..SAFE }));
    assert_eq!(bodies(&it.store), ["ours", "theirs"]);
    assert_eq!(keys(&it.here.memory), [key(5), key(6)]);
}

#[test]
fn what_one_place_lost_comes_back_from_the_other() {
    let it = place();
    for n in 1..=3 {
        save(&it.store, &comment(n, "words")).expect("memory writes");
    }
    // A killed browser forgets the last seconds of local storage.
    it.here.memory.remove(&key(3)).expect("memory removes");
    it.there.memory.remove(&key(1)).expect("memory removes");
    assert_eq!(load(&it.store).comments.len(), 3);
    assert_eq!(keys(&it.here.memory), [key(1), key(2), key(3)]);
    assert_eq!(keys(&it.there.memory), [key(1), key(2), key(3)]);
}

#[test]
fn what_does_not_fit_in_one_place_is_in_the_other() {
    let it = place();
    *it.here.writes.borrow_mut() = Some(StorageError::Full);
    assert_eq!(save(&it.store, &comment(1, "one")), Ok(SAFE));
    assert_eq!(bodies(&it.store), ["one"]);
    *it.here.writes.borrow_mut() = None;
    *it.there.error.borrow_mut() = Some(StorageError::Broken("gone".into()));
    assert_eq!(save(&it.store, &comment(2, "two")), Ok(Saved { committed: false, ..SAFE }));
    assert_eq!(load(&it.store).half, Some(StorageError::Broken("gone".into())));
    *it.there.error.borrow_mut() = None;
    assert_eq!(bodies(&it.store), ["one", "two"]);
    assert_eq!(keys(&it.there.memory), [key(1), key(2)]);
}

#[test]
fn what_cannot_be_read_is_set_aside_unchanged_and_newer_entries_stay() {
    let it = place();
    let newer = r#"{"v":2,"words":"later"}"#;
    let foreign = write(&comment(9, "under a wrong key"));
    for (n, entry) in [(1, "{\"v\":1,"), (2, newer), (3, &foreign)] {
        it.here.memory.set(&key(n), entry).expect("memory writes");
    }
    it.there.memory.set(&key(5), "lost\u{0}").expect("memory writes");
    save(&it.store, &comment(4, "good")).expect("memory writes");
    for _ in 0..2 {
        let shelf = load(&it.store);
        assert_eq!((shelf.comments.len(), shelf.n_newer), (1, 1));
    }
    let aside = |n| key(n).replace("dixit/1/c/", "dixit/1/quarantine/c/");
    let mut quarantine = load(&it.store).quarantine;
    quarantine.sort();
    let expected = [(1, "{\"v\":1,"), (3, &foreign), (5, "lost\u{0}")];
    assert_eq!(quarantine, expected.map(|(n, text)| (aside(n), text.to_owned())));
    assert_eq!(it.here.memory.get(&key(2)), Ok(Some(newer.into())));
    assert_eq!(it.here.memory.get(&key(1)), Ok(None));
}

#[test]
fn where_it_cannot_be_set_aside_it_stays_where_it_is() {
    let it = place();
    it.here.memory.set(&key(1), "{").expect("memory writes");
    *it.here.writes.borrow_mut() = Some(StorageError::Full);
    load(&it.store);
    assert_eq!(it.here.memory.get(&key(1)), Ok(Some("{".into())));
}

#[test]
fn a_failure_of_both_places_is_told_and_changes_nothing() {
    let it = place();
    let first = comment(1, "one");
    save(&it.store, &first).expect("memory writes");
    for error in [StorageError::Full, StorageError::Blocked, StorageError::Broken("x".into())] {
        *it.here.writes.borrow_mut() = Some(error.clone());
        *it.there.error.borrow_mut() = Some(error.clone());
        let edit = first.edited(id(2), "two".into(), 2);
        assert_eq!(save(&it.store, &edit), Err(error.clone()));
        *it.here.writes.borrow_mut() = None;
        assert_eq!(bodies(&it.store), ["one"]);
        *it.here.reads.borrow_mut() = Some(error.clone());
        assert_eq!(now(it.store.load(ARTICLE)), Err(error));
        *it.here.reads.borrow_mut() = None;
        *it.there.error.borrow_mut() = None;
    }
}

#[test]
fn entries_of_older_versions_stand_under_their_ids_and_are_followed() {
    let it = place();
    let old = Comment { revision: id(7), ..comment(1, "old") };
    it.here.memory.set(&key(1), &write(&old)).expect("memory writes");
    assert_eq!(load(&it.store).comments, std::slice::from_ref(&old));
    assert_eq!(keys(&it.here.memory), [key(1)]);
    save(&it.store, &old.edited(id(8), "new".into(), 8)).expect("memory writes");
    assert_eq!(bodies(&it.store), ["new"]);
    assert_eq!(keys(&it.here.memory), [key(8)]);
}

#[test]
fn an_older_dixit_in_another_tab_that_writes_over_an_entry_loses_nothing() {
    let it = place();
    let first = comment(1, "one");
    save(&it.store, &first).expect("memory writes");
    // It writes its edit under the comment's id.
    let theirs = first.edited(id(5), "theirs".into(), 5);
    it.here.memory.set(&key(1), &write(&theirs)).expect("memory writes");
    let ours = first.edited(id(6), "ours".into(), 6);
    assert_eq!(save(&it.store, &ours), Ok(Saved { latest: false, ..SAFE }));
    assert_eq!(bodies(&it.store), ["theirs", "ours"]);
}

#[test]
fn a_full_place_still_deletes_and_refuses_an_edit() {
    let it = place();
    let first = comment(1, "one");
    save(&it.store, &first).expect("memory writes");
    *it.there.error.borrow_mut() = Some(StorageError::Blocked);
    it.here.room.set(Some(0));
    it.here.grows.set(true);
    let edit = first.edited(id(2), "two".into(), 2);
    assert_eq!(save(&it.store, &edit), Err(StorageError::Full));
    assert_eq!(keys(&it.here.memory), [key(1)]);
    assert!(save(&it.store, &first.marked(id(3), Some(7))).is_ok());
    assert_eq!(keys(&it.here.memory), [key(3)]);
}

#[test]
fn several_are_kept_together_or_not_at_all() {
    let it = place();
    *it.there.error.borrow_mut() = Some(StorageError::Blocked);
    it.here.room.set(Some(2));
    let three: Vec<Comment> = (1..=3).map(|n| comment(n, "words")).collect();
    assert_eq!(now(it.store.save(ARTICLE, three)), Err(StorageError::Full));
    assert_eq!(keys(&it.here.memory), [""; 0]);
}

#[test]
fn articles_do_not_see_each_others_comments() {
    let it = place();
    for article in ["a", "a/b", "a%2Fb", "a/", "ab"] {
        now(it.store.save(article, vec![comment(1, article)])).expect("memory writes");
    }
    for article in ["a", "a/b", "a%2Fb", "a/", "ab"] {
        let shelf = now(it.store.load(article)).expect("memory reads");
        assert_eq!(shelf.comments.len(), 1, "{article}");
        assert_eq!(shelf.comments[0].body, article);
    }
}

#[test]
fn everything_is_found_by_article_wherever_it_is() {
    let it = place();
    for (article, n) in [("b/x", 1), ("a", 2), ("b/x", 3), ("ab", 4)] {
        now(it.store.save(article, vec![comment(n, article)])).expect("memory writes");
    }
    let edit = comment(1, "b/x").edited(id(9), "edited".into(), 9);
    now(it.store.save("b/x", vec![edit])).expect("memory writes");
    // One that only the vault has, and one that is no comment.
    it.here.memory.remove(&format!("dixit/1/c/a/{}", id(2))).expect("memory removes");
    it.here.memory.set(&format!("dixit/1/c/a/{}", id(7)), "{").expect("memory writes");
    let all = now(Box::pin(async move { it.store.everything().await })).expect("both read");
    let found: Vec<(&str, Vec<&str>)> = all
        .iter()
        .map(|(article, all)| (article.as_str(), all.iter().map(|c| c.body.as_str()).collect()))
        .collect();
    assert_eq!(found, [("a", vec!["a"]), ("ab", vec!["ab"]), ("b/x", vec!["edited", "b/x"])]);
}
