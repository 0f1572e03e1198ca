//! Comments on an article: what one is, how it is stored, and how versions of it are brought together.

mod anchor;
mod draft;
pub mod exchange;
mod export;
mod format;
#[cfg(feature = "embed")]
mod hosted;
mod level;
mod merge;
mod saving;
mod similar;
mod store;
mod threads;
mod ulid;
mod vault;

use crate::json::Object;
use crate::wording;

pub use anchor::{Anchor, Body};
pub use draft::{Draft, draft, drafts, has_drafts, keep_draft, keep_passage, passage};
pub use export::export;
pub use format::{Unreadable, read, write};
#[cfg(feature = "embed")]
pub use hosted::Hosted;
pub use level::{Level, level};
pub use merge::{heads, in_order};
pub use similar::{SIMILAR, likeness};
pub use store::{
    CommentKeeper, CommentStore, Kept, Saved, Shelf, any, count, has_any, keeper, store,
};
pub use threads::{Row, threads};
pub use ulid::{is_ulid, new_ulid, ulid};
pub use vault::{Answer, BrowserVault, Vault};

/// What somebody wrote about an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// A ULID.
    pub id: String,
    /// A ULID that is new with every change: an edit, a deletion, the taking back of one.
    pub revision: String,
    /// The revisions before this one, the first first: it was made from the last. At most
    /// [`HISTORY`] of them.
    pub history: Vec<String>,
    /// Who wrote it; `None` for the person at this browser.
    pub author: Option<String>,
    /// The words, as plain text.
    pub body: String,
    /// When it was first written, in milliseconds since 1970.
    pub created: i64,
    /// When its words last changed; `None` where they never did.
    pub edited: Option<i64>,
    /// The comment that it answers.
    pub parent: Option<String>,
    /// The passage that it is about, as JSON; see [`Comment::passage`].
    pub anchor: Option<String>,
    /// When it was deleted. The words are kept, so that it can be taken back.
    pub deleted: Option<i64>,
    /// Fields of the stored form that this version does not know, kept as they came.
    pub other: Object,
}

impl Comment {
    /// A first version.
    pub fn new(id: String, revision: String, body: String, now: i64) -> Comment {
        Comment {
            id,
            revision,
            history: Vec::new(),
            author: None,
            body,
            created: now,
            edited: None,
            parent: None,
            anchor: None,
            deleted: None,
            other: Object::default(),
        }
    }

    /// The next version, with other words.
    #[must_use]
    pub fn edited(&self, revision: String, body: String, now: i64) -> Comment {
        Comment { body, edited: Some(now), deleted: None, ..self.followed(revision) }
    }

    /// The next version: deleted, or no longer.
    #[must_use]
    pub fn marked(&self, revision: String, deleted: Option<i64>) -> Comment {
        Comment { deleted, ..self.followed(revision) }
    }

    /// What is left of a comment that was deleted for good: nothing but that it was there.
    #[must_use]
    pub fn erased(&self, revision: String, now: i64) -> Comment {
        let Comment { id, history, created, parent, .. } = self.followed(revision.clone());
        let deleted = Some(self.deleted.unwrap_or(now));
        Comment { history, parent, deleted, ..Comment::new(id, revision, String::new(), created) }
    }

    /// The passage that it is about, where that can be read.
    pub fn passage(&self) -> Option<Anchor> {
        Anchor::read(self.anchor.as_deref()?)
    }

    /// Whether nothing of it is left.
    pub fn is_erased(&self) -> bool {
        self.deleted.is_some() && self.body.is_empty()
    }

    fn followed(&self, revision: String) -> Comment {
        let mut history = self.history.clone();
        history.push(self.revision.clone());
        history.drain(..history.len().saturating_sub(HISTORY));
        Comment { revision, history, ..self.clone() }
    }
}

/// How many revisions a version remembers before it. Two versions that are further apart are both kept.
pub const HISTORY: usize = 64;

/// The heading of the comments: "No comments", "1 comment", "2 comments".
///
/// ```
/// assert_eq!(dixit_reader::comments::heading(1), "1 comment");
/// ```
pub fn heading(n: usize) -> String {
    match n {
        0 => wording::t("No comments").into(),
        n => wording::count(n, "{} comment", "{} comments"),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A ULID that ends in `n`.
    pub(crate) fn id(n: u64) -> String {
        ulid(n, [0; 10])
    }

    #[test]
    fn the_heading_counts_in_words() {
        for (n, words) in
            [(0, "No comments"), (1, "1 comment"), (2, "2 comments"), (1000, "1000 comments")]
        {
            assert_eq!(heading(n), words);
        }
    }

    #[test]
    fn an_edit_names_what_it_was_made_from() {
        let first = Comment::new(id(1), id(1), "one".into(), 10);
        let second = first.edited(id(2), "two".into(), 20);
        assert_eq!(second.id, first.id);
        assert_eq!(second.history, [first.revision]);
        assert_eq!((second.created, second.edited), (10, Some(20)));
    }
}
