//! What is typed and not yet saved: one draft a place, kept while it is typed.

use crate::storage::{PREFIX, Storage, StorageError, Stores, escape};

/// A place that words are typed into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Draft {
    /// The field for a new comment.
    New,
    /// The field that edits the comment of this name, see [`Row`](super::Row).
    Edit(String),
    /// The field that answers the comment of this name.
    Reply(String),
}

/// What the names of fields for replies begin with.
const REPLY: &str = "reply-";

/// Where the passage is kept that the new comment is about.
const ABOUT: &str = "about";

impl Draft {
    /// What the place is called on the page; empty for the field for a new comment.
    pub fn name(&self) -> String {
        match self {
            Draft::New => String::new(),
            Draft::Edit(name) => name.clone(),
            Draft::Reply(name) => [REPLY, name].concat(),
        }
    }

    /// The place that is called `name`.
    ///
    /// ```
    /// use dixit_reader::comments::Draft;
    /// for place in [Draft::New, Draft::Edit("x".into()), Draft::Reply("x".into())] {
    ///     assert_eq!(Draft::called(&place.name()), place);
    /// }
    /// ```
    pub fn called(name: &str) -> Draft {
        match name.strip_prefix(REPLY) {
            Some(answered) => Draft::Reply(answered.to_owned()),
            None if name.is_empty() => Draft::New,
            None => Draft::Edit(name.to_owned()),
        }
    }
}

/// The draft of one place; empty where there is none.
///
/// This tab's own draft comes first: another tab may have written its own since.
pub fn draft(stores: &Stores, article: &str, place: &Draft) -> String {
    found(stores, &key(article, place))
}

/// What the draft of a new comment is about, as [`keep_passage`] kept it; empty where that is the whole article.
pub fn passage(stores: &Stores, article: &str) -> String {
    found(stores, &(prefix(article) + ABOUT))
}

fn found(stores: &Stores, key: &str) -> String {
    let found = |storage: &dyn Storage| storage.get(key).ok().flatten().filter(|d| !d.is_empty());
    found(&*stores.page)
        .or_else(|| found(&*stores.tab))
        .or_else(|| found(&*stores.kept))
        .unwrap_or_default()
}

/// The fields on `article`, but for that for a new comment, in which something was typed.
pub fn drafts(stores: &Stores, article: &str) -> Vec<Draft> {
    let prefix = prefix(article);
    let mut places: Vec<Draft> = Vec::new();
    for storage in [&stores.page, &stores.tab, &stores.kept] {
        for key in storage.keys(&prefix).unwrap_or_default() {
            let place = Draft::called(key.get(prefix.len()..).unwrap_or_default());
            let about = match &place {
                Draft::Edit(name) | Draft::Reply(name) => name,
                Draft::New => continue,
            };
            if super::is_ulid(about) && !places.contains(&place) {
                places.push(place);
            }
        }
    }
    places
}

/// Keeps a draft wherever there is room; an empty one is removed everywhere. The error is that of the
/// storage that outlives this tab; the words then last as long as the page or the tab.
pub fn keep_draft(
    stores: &Stores,
    article: &str,
    place: &Draft,
    words: &str,
) -> Result<(), StorageError> {
    keep(stores, &key(article, place), words)
}

/// Keeps what the draft of a new comment is about: an anchor in its stored form, empty for the whole article.
pub fn keep_passage(stores: &Stores, article: &str, passage: &str) {
    // Whether the words themselves are kept is told when these are.
    let _ = keep(stores, &(prefix(article) + ABOUT), passage);
}

fn keep(stores: &Stores, key: &str, words: &str) -> Result<(), StorageError> {
    if words.is_empty() {
        // Nothing can be lost by a storage that does not let go of an old draft but refuses all else.
        for storage in [&stores.page, &stores.tab, &stores.kept] {
            let _ = storage.remove(key);
        }
        return Ok(());
    }
    let _ = stores.tab.set(key, words);
    stores.page.set(key, words)?;
    stores.kept.set(key, words)
}

/// Whether anything is stored of drafts on `article`; not where the storage does not answer.
pub fn has_drafts(storage: &dyn Storage, article: &str) -> bool {
    storage.keys(&prefix(article)).is_ok_and(|keys| !keys.is_empty())
}

fn prefix(article: &str) -> String {
    format!("{PREFIX}d/{}/", escape(article))
}

fn key(article: &str, place: &Draft) -> String {
    match place {
        Draft::New => prefix(article) + "new",
        other => prefix(article) + &escape(&other.name()),
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::super::tests::id;
    use super::*;
    use crate::storage::MemoryStorage;
    use crate::storage::fake::FakeStorage;

    fn stores(kept: Rc<FakeStorage>, tab: Rc<FakeStorage>) -> Stores {
        Stores { kept, tab, page: Rc::new(MemoryStorage::default()) }
    }

    /// The stores after a reload of the tab.
    fn reloaded(stores: &Stores) -> Stores {
        Stores { page: Rc::new(MemoryStorage::default()), ..stores.clone() }
    }

    #[test]
    fn a_draft_comes_back_after_a_reload_and_goes_when_emptied() {
        let before = stores(Rc::default(), Rc::default());
        keep_draft(&before, "a", &Draft::New, "half a thought").expect("the fake writes");
        keep_draft(&before, "a", &Draft::Edit(id(3)), "other words").expect("the fake writes");
        let after = reloaded(&before);
        assert_eq!(draft(&after, "a", &Draft::New), "half a thought");
        assert_eq!(drafts(&after, "a"), [Draft::Edit(id(3))]);
        assert_eq!(draft(&after, "b", &Draft::New), "");
        keep_draft(&after, "a", &Draft::New, "").expect("nothing to write");
        assert_eq!(draft(&reloaded(&after), "a", &Draft::New), "");
    }

    #[test]
    fn each_tab_finds_its_own_draft_again() {
        let kept: Rc<FakeStorage> = Rc::default();
        let (one, two) = (stores(kept.clone(), Rc::default()), stores(kept, Rc::default()));
        keep_draft(&one, "a", &Draft::New, "typed in one").expect("the fake writes");
        keep_draft(&two, "a", &Draft::New, "typed in two").expect("the fake writes");
        assert_eq!(draft(&reloaded(&one), "a", &Draft::New), "typed in one");
        assert_eq!(draft(&reloaded(&two), "a", &Draft::New), "typed in two");
    }

    #[test]
    fn where_nothing_can_be_written_the_page_still_has_it() {
        let (kept, tab): (Rc<FakeStorage>, Rc<FakeStorage>) = Default::default();
        *kept.writes.borrow_mut() = Some(StorageError::Full);
        *tab.writes.borrow_mut() = Some(StorageError::Blocked);
        *tab.reads.borrow_mut() = Some(StorageError::Blocked);
        let stores = stores(kept, tab);
        assert_eq!(keep_draft(&stores, "a", &Draft::New, "words"), Err(StorageError::Full));
        assert_eq!(draft(&stores, "a", &Draft::New), "words");
    }
}
