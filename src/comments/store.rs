//! The port to stored comments, and its form over a [`Storage`] and a [`Vault`] that mirror each other.
//!
//! Each version of a comment is an entry of its own that is never written over: tabs that write at once cannot
//! undo each other's work, and a version goes only after one that follows it is stored.

use std::rc::Rc;

use super::{Answer, BrowserVault, Comment, Unreadable, Vault, heads, read};
use crate::later;
use crate::order::sorted;
use crate::storage::{PREFIX, Storage, StorageError, Stores, Watch, escape, unescape};

/// What is stored about one article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shelf {
    /// The latest versions, deleted ones among them, in order of their ids.
    pub comments: Vec<Comment>,
    /// Entries that are no comments, with their keys; set aside as they were.
    pub quarantine: Vec<(String, String)>,
    /// Entries that a newer version wrote; left as they are.
    pub n_newer: usize,
    /// Why only one of two places answered; `None` where both did.
    pub half: Option<StorageError>,
}

/// How versions were kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    /// Whether they outlive the browser's being killed. Else a browser that is killed within seconds may lose them.
    pub committed: bool,
    /// Whether what they were made from was still the latest, as far as can be told at once.
    pub latest: bool,
}

/// Where the comments on articles are found.
pub trait CommentStore {
    /// Everything stored about `article`.
    fn load(&self, article: &str) -> Answer<Shelf>;
    /// Calls `changed` after somebody else changed a comment on `article`.
    fn watch(&self, article: &str, changed: Rc<dyn Fn()>) -> Vec<Watch>;
}

/// Where they are kept: the same place. A trait of its own, since reading comments needs none of it.
pub trait CommentKeeper {
    /// Keeps versions, all or none, and lets go of those that they follow.
    fn save(&self, article: &str, versions: Vec<Comment>) -> Answer<Saved>;
    /// Lets go of versions, which are kept elsewhere.
    fn forget(&self, article: &str, versions: &[Comment]) -> Answer<()>;
}

/// Comments in a [`Storage`], the browser's local storage or memory, and in a [`Vault`] where there is one.
#[derive(Clone)]
pub struct Kept {
    pub(super) storage: Rc<dyn Storage>,
    pub(super) vault: Option<Rc<dyn Vault>>,
}

/// Where comments are found: with the browser, unless the page around keeps them.
pub fn store(stores: &Stores) -> Rc<dyn CommentStore> {
    #[cfg(feature = "embed")]
    if let Some(hosted) = super::Hosted::of_page() {
        return Rc::new(hosted);
    }
    Rc::new(Kept::by_browser(stores))
}

/// Where they are kept: the same place.
pub fn keeper(stores: &Stores) -> Rc<dyn CommentKeeper> {
    #[cfg(feature = "embed")]
    if let Some(hosted) = super::Hosted::of_page() {
        return Rc::new(hosted);
    }
    Rc::new(Kept::by_browser(stores))
}

/// The entries of one place.
pub(super) type Entries = Vec<(String, String)>;

impl Kept {
    /// Comments in `storage`, mirrored to `vault`.
    pub fn new(storage: Rc<dyn Storage>, vault: Option<Rc<dyn Vault>>) -> Kept {
        Kept { storage, vault }
    }

    /// Comments that the browser keeps, in its local storage and its database.
    pub fn by_browser(stores: &Stores) -> Kept {
        Kept::new(stores.kept.clone(), Some(Rc::new(BrowserVault)))
    }

    /// The latest versions on every article, with the articles' ids. No part of the port: an article's own comments do
    /// not need it.
    pub async fn everything(&self) -> Result<Vec<(String, Vec<Comment>)>, StorageError> {
        let all = [PREFIX, "c/"].concat();
        let (here, there) = (self.entries(&all), self.vaulted(&all).await);
        let entries = match (here, there) {
            (Err(error), Err(_)) => return Err(error),
            (here, there) => [here.unwrap_or_default(), there.unwrap_or_default()].concat(),
        };
        let mut articles: Vec<(String, Vec<Comment>)> = Vec::new();
        for (key, text) in sorted(entries, |a, b| a < b) {
            let Some((prefix, _)) = key.rsplit_once('/') else { continue };
            let prefix = [prefix, "/"].concat();
            let Some(version) = read(&text).ok().filter(|c| stands(&prefix, &key, c)) else {
                continue;
            };
            match articles.last_mut().filter(|(known, _)| *known == prefix) {
                Some((_, versions)) => versions.push(version),
                None => articles.push((prefix, vec![version])),
            }
        }
        let id = |prefix: &str| unescape(prefix[all.len()..].trim_end_matches('/'));
        Ok(articles.into_iter().map(|(prefix, v)| (id(&prefix), heads(v))).collect())
    }

    fn entries(&self, prefix: &str) -> Result<Entries, StorageError> {
        let mut found = Vec::new();
        for key in self.storage.keys(prefix)? {
            // Another tab may have removed it meanwhile.
            if let Some(text) = self.storage.get(&key)? {
                found.push((key, text));
            }
        }
        Ok(found)
    }

    async fn vaulted(&self, prefix: &str) -> Result<Entries, StorageError> {
        match &self.vault {
            Some(vault) => vault.load(prefix).await,
            None => Err(StorageError::Blocked),
        }
    }

    async fn load_all(&self, article: &str) -> Result<Shelf, StorageError> {
        let prefix = prefix(article);
        let (here, there) = (self.entries(&prefix), self.vaulted(&prefix).await);
        let half = here.as_ref().err().or(there.as_ref().err()).cloned();
        let (here, there) = match (here, there) {
            (Err(error), Err(_)) => return Err(error),
            (here, there) => (here.ok(), there.ok()),
        };
        let mut all = Sorted::default();
        for (key, text) in here.iter().chain(&there).flatten() {
            all.take_in(&prefix, key, text);
        }
        let comments = heads(all.versions);
        let n_newer = all.newer.len();
        let places = [&here, &there];
        let even = |entries: &Entries| is_level(&prefix, &comments, entries);
        if !places.into_iter().flatten().all(even)
            && let Ok(level) = later::level().await
        {
            level(self.clone(), prefix.clone(), comments.clone(), [here, there]).await;
        }
        let aside = quarantine(article);
        let mut quarantine = self.entries(&aside).unwrap_or_default();
        for entry in self.vaulted(&aside).await.unwrap_or_default() {
            if quarantine.iter().all(|(key, _)| *key != entry.0) {
                quarantine.push(entry);
            }
        }
        Ok(Shelf { comments, quarantine, n_newer, half: half.filter(|_| self.vault.is_some()) })
    }
}

/// Whether one place holds the latest versions and nothing else.
fn is_level(prefix: &str, latest: &[Comment], entries: &Entries) -> bool {
    let is_latest = |(key, text): &(String, String)| {
        let version = read(text).ok().filter(|version| stands(prefix, key, version));
        version.is_some_and(|version| {
            let rank = |c: &Comment| (c.id.clone(), c.revision.clone());
            let place = latest.binary_search_by_key(&rank(&version), rank);
            place.is_ok_and(|n| latest.get(n) == Some(&version))
        })
    };
    entries.len() == latest.len() && entries.iter().all(is_latest)
}

/// Entries by what they are.
#[derive(Default)]
struct Sorted {
    versions: Vec<Comment>,
    newer: Vec<String>,
}

impl Sorted {
    fn take_in(&mut self, prefix: &str, key: &str, text: &str) {
        match read(text) {
            Ok(version) if stands(prefix, key, &version) => self.versions.push(version),
            Err(Unreadable::Newer) if !self.newer.iter().any(|k| k == key) => {
                self.newer.push(key.to_owned());
            }
            _ => {}
        }
    }
}

/// Whether a version may stand under `key`: under its revision or, as older versions of Dixit stored it, its id.
pub(super) fn stands(prefix: &str, key: &str, version: &Comment) -> bool {
    let name = key.get(prefix.len()..);
    name == Some(&version.revision) || name == Some(&version.id)
}

impl CommentStore for Kept {
    fn load(&self, article: &str) -> Answer<Shelf> {
        let (kept, article) = (self.clone(), article.to_owned());
        Box::pin(async move { kept.load_all(&article).await })
    }

    fn watch(&self, article: &str, changed: Rc<dyn Fn()>) -> Vec<Watch> {
        let prefix = prefix(article);
        let vault = self.vault.as_ref().and_then(|v| v.watch(&prefix, changed.clone()));
        vec![self.storage.watch(&prefix, changed), vault]
    }
}

/// The number of comments on `article` that are not deleted; 0 where the storage does not answer.
pub fn count(storage: &Rc<dyn Storage>, article: &str) -> usize {
    let prefix = prefix(article);
    let kept = Kept::new(storage.clone(), None);
    let mut sorted = Sorted::default();
    for (key, text) in kept.entries(&prefix).unwrap_or_default() {
        sorted.take_in(&prefix, &key, &text);
    }
    heads(sorted.versions).iter().filter(|c| c.deleted.is_none()).count()
}

/// Whether any comment is stored, on whatever article; not where the storage does not answer.
pub fn any(storage: &dyn Storage) -> bool {
    storage.keys(&[PREFIX, "c/"].concat()).is_ok_and(|keys| !keys.is_empty())
}

/// Whether anything is stored of comments on `article`; not where the storage does not answer.
pub fn has_any(storage: &dyn Storage, article: &str) -> bool {
    storage.keys(&prefix(article)).is_ok_and(|keys| !keys.is_empty())
}

pub(super) fn prefix(article: &str) -> String {
    format!("{PREFIX}c/{}/", escape(article))
}

/// Where entries of `article` that are no comments are set aside.
fn quarantine(article: &str) -> String {
    format!("{PREFIX}quarantine/c/{}/", escape(article))
}

pub(super) fn key_of(prefix: &str, revision: &str) -> String {
    // Ids of our own are ULIDs; one that came from elsewhere must not reach into another article.
    [prefix, &escape(revision)].concat()
}

#[cfg(test)]
mod tests;
