//! The port to stored comments, and its form over a [`Storage`]: one entry a comment.

use std::future::{Future, ready};
use std::pin::Pin;
use std::rc::Rc;

use super::merge::beside;
use super::{Comment, Succession, Unreadable, read, succession, write};
use crate::storage::{PREFIX, Storage, StorageError, Watch, escape};

/// An answer that may take a while: other stores than a browser's local storage are asynchronous.
pub type Answer<T> = Pin<Box<dyn Future<Output = Result<T, StorageError>>>>;

/// What is stored about one article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shelf {
    /// The comments, deleted ones among them, in no order.
    pub comments: Vec<Comment>,
    /// Entries that are no comments; left as they are.
    pub n_unreadable: usize,
    /// Entries that a newer version wrote; left as they are.
    pub n_newer: usize,
}

/// Where the comments on articles are kept. Each is saved on its own, so that tabs do not undo each other's work.
pub trait CommentStore {
    /// Everything stored about `article`.
    fn load(&self, article: &str) -> Answer<Shelf>;
    /// Keeps `comment` and answers what is now stored: itself; under another id where it cannot take
    /// the place of what somebody else stored since; or that other version, where it yields.
    fn save(&self, article: &str, comment: Comment) -> Answer<Comment>;
    /// Removes a comment for good.
    fn erase(&self, article: &str, id: &str) -> Answer<()>;
    /// Calls `changed` after somebody else changed a comment on `article`.
    fn watch(&self, article: &str, changed: Rc<dyn Fn()>) -> Watch;
}

/// Comments in a [`Storage`]: in the browser's local storage, or in memory.
#[derive(Clone)]
pub struct StoredComments(Rc<dyn Storage>);

impl StoredComments {
    /// Comments in `storage`.
    pub fn new(storage: Rc<dyn Storage>) -> StoredComments {
        StoredComments(storage)
    }

    fn load_now(&self, article: &str) -> Result<Shelf, StorageError> {
        let prefix = prefix(article);
        let mut shelf = Shelf::default();
        for key in self.0.keys(&prefix)? {
            // Another tab may have removed it meanwhile.
            let Some(entry) = self.0.get(&key)? else { continue };
            match read(&entry) {
                Ok(comment) if key.get(prefix.len()..) == Some(&comment.id) => {
                    shelf.comments.push(comment);
                }
                Ok(_) | Err(Unreadable::Malformed) => shelf.n_unreadable += 1,
                Err(Unreadable::Newer) => shelf.n_newer += 1,
            }
        }
        Ok(shelf)
    }

    fn save_now(&self, article: &str, comment: Comment) -> Result<Comment, StorageError> {
        let stored = self.0.get(&key(article, &comment.id))?;
        let comment = match stored.as_deref().map(read) {
            None => comment,
            Some(Ok(current)) => match succession(&current, &comment) {
                Succession::Replaces => comment,
                Succession::Yields => return Ok(current),
                Succession::Beside => beside(comment),
            },
            // What cannot be read is not ours to overwrite.
            Some(Err(_)) => beside(comment),
        };
        self.0.set(&key(article, &comment.id), &write(&comment))?;
        Ok(comment)
    }
}

impl CommentStore for StoredComments {
    fn load(&self, article: &str) -> Answer<Shelf> {
        Box::pin(ready(self.load_now(article)))
    }

    fn save(&self, article: &str, comment: Comment) -> Answer<Comment> {
        Box::pin(ready(self.save_now(article, comment)))
    }

    fn erase(&self, article: &str, id: &str) -> Answer<()> {
        Box::pin(ready(self.0.remove(&key(article, id))))
    }

    fn watch(&self, article: &str, changed: Rc<dyn Fn()>) -> Watch {
        self.0.watch(&prefix(article), changed)
    }
}

/// The number of comments on `article` that are not deleted; 0 where the storage does not answer.
pub fn count(storage: &Rc<dyn Storage>, article: &str) -> usize {
    let shelf = StoredComments(storage.clone()).load_now(article).unwrap_or_default();
    shelf.comments.iter().filter(|c| c.deleted.is_none()).count()
}

/// Whether anything is stored of comments on `article`; not where the storage does not answer.
pub fn has_any(storage: &dyn Storage, article: &str) -> bool {
    storage.keys(&prefix(article)).is_ok_and(|keys| !keys.is_empty())
}

fn prefix(article: &str) -> String {
    format!("{PREFIX}c/{}/", escape(article))
}

fn key(article: &str, id: &str) -> String {
    // Ids of our own are ULIDs; one that came from elsewhere must not reach into another article.
    prefix(article) + &escape(id)
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Poll, Waker};

    use super::super::tests::id;
    use super::*;
    use crate::storage::fake::FakeStorage;

    const ARTICLE: &str = "https://news.example/a%2F";

    fn now<T>(mut answer: Answer<T>) -> Result<T, StorageError> {
        match answer.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(result) => result,
            Poll::Pending => panic!("a stored comment answers at once"),
        }
    }

    fn store() -> (Rc<FakeStorage>, StoredComments) {
        let fake = Rc::new(FakeStorage::default());
        (fake.clone(), StoredComments::new(fake))
    }

    fn comment(n: u64, body: &str) -> Comment {
        Comment::new(id(n), id(n), body.into(), n as i64)
    }

    fn bodies(store: &StoredComments) -> Vec<String> {
        let shelf = now(store.load(ARTICLE)).expect("the fake reads");
        shelf.comments.into_iter().map(|c| c.body).collect()
    }

    #[test]
    fn a_comment_is_one_entry_under_its_own_key() {
        let (fake, store) = store();
        now(store.save(ARTICLE, comment(1, "one"))).expect("the fake writes");
        now(store.save(ARTICLE, comment(2, "two"))).expect("the fake writes");
        assert_eq!(fake.n_writes.get(), 2);
        assert_eq!(
            fake.memory.keys("").expect("memory reads"),
            [1, 2].map(|n| format!("dixit/1/c/https:%2F%2Fnews.example%2Fa%252F/{}", id(n)))
        );
        assert_eq!(bodies(&store), ["one", "two"]);
        assert_eq!(count(&(fake as Rc<dyn Storage>), ARTICLE), 2);
    }

    #[test]
    fn deleting_and_taking_back_restores_every_byte() {
        let (fake, store) = store();
        let first = comment(1, "one");
        now(store.save(ARTICLE, first.clone())).expect("the fake writes");
        let before = fake.memory.get(&key(ARTICLE, &id(1)));
        let gone = Comment { deleted: Some(7), ..first.clone() };
        now(store.save(ARTICLE, gone)).expect("the fake writes");
        assert_eq!(count(&(fake.clone() as Rc<dyn Storage>), ARTICLE), 0);
        assert_ne!(fake.memory.get(&key(ARTICLE, &id(1))), before);
        now(store.save(ARTICLE, first)).expect("the fake writes");
        assert_eq!(fake.memory.get(&key(ARTICLE, &id(1))), before);
    }

    #[test]
    fn two_edits_of_the_same_words_are_both_kept() {
        let (_, store) = store();
        let first = comment(1, "one");
        now(store.save(ARTICLE, first.clone())).expect("the fake writes");
        let ours = first.edited(id(5), "ours".into(), 5);
        let theirs = first.edited(id(6), "theirs".into(), 6);
        assert_eq!(now(store.save(ARTICLE, ours.clone())), Ok(ours));
        let kept = now(store.save(ARTICLE, theirs)).expect("the fake writes");
        assert_eq!(kept.id, id(6));
        assert_eq!(bodies(&store), ["ours", "theirs"]);
    }

    #[test]
    fn what_cannot_be_read_is_counted_and_never_written_over() {
        let (fake, store) = store();
        let newer = r#"{"v":2,"words":"later"}"#;
        let foreign = write(&comment(9, "under a wrong key"));
        for (n, entry) in [(1, "{\"v\":1,"), (2, newer), (3, &foreign)] {
            fake.memory.set(&key(ARTICLE, &id(n)), entry).expect("memory keeps everything");
        }
        now(store.save(ARTICLE, comment(4, "good"))).expect("the fake writes");
        let shelf = now(store.load(ARTICLE)).expect("the fake reads");
        assert_eq!((shelf.comments.len(), shelf.n_unreadable, shelf.n_newer), (1, 2, 1));

        let edit = comment(2, "x").edited(id(8), "edited here".into(), 8);
        let kept = now(store.save(ARTICLE, edit)).expect("the fake writes");
        assert_eq!(kept.id, id(8));
        assert_eq!(fake.memory.get(&key(ARTICLE, &id(2))), Ok(Some(newer.into())));
    }

    #[test]
    fn a_failure_is_told_and_changes_nothing() {
        let (fake, store) = store();
        let first = comment(1, "one");
        now(store.save(ARTICLE, first.clone())).expect("the fake writes");
        for error in [StorageError::Full, StorageError::Blocked, StorageError::Broken("x".into())] {
            *fake.writes.borrow_mut() = Some(error.clone());
            let edit = first.edited(id(2), "two".into(), 2);
            assert_eq!(now(store.save(ARTICLE, edit)), Err(error.clone()));
            *fake.writes.borrow_mut() = None;
            assert_eq!(bodies(&store), ["one"]);
            *fake.reads.borrow_mut() = Some(error.clone());
            assert_eq!(now(store.load(ARTICLE)), Err(error));
            *fake.reads.borrow_mut() = None;
        }
    }

    #[test]
    fn articles_do_not_see_each_others_comments() {
        let (_, store) = store();
        for article in ["a", "a/b", "a%2Fb", "a/", "ab"] {
            now(store.save(article, comment(1, article))).expect("the fake writes");
        }
        for article in ["a", "a/b", "a%2Fb", "a/", "ab"] {
            let shelf = now(store.load(article)).expect("the fake reads");
            assert_eq!(shelf.comments.len(), 1, "{article}");
            assert_eq!(shelf.comments[0].body, article);
        }
    }
}
