//! The port to stored comments, and its form over a [`Storage`] and a [`Vault`] that mirror each other.
//!
//! Each version of a comment is an entry of its own that is never written over: tabs that write at once cannot
//! undo each other's work, and a version goes only after one that follows it is stored.

use std::rc::Rc;

use super::{Answer, Comment, Unreadable, Vault, heads, read, write};
use crate::order::sorted;
use crate::storage::{PREFIX, Storage, StorageError, Watch, escape, unescape};

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

/// Where the comments on articles are kept.
pub trait CommentStore {
    /// Everything stored about `article`.
    fn load(&self, article: &str) -> Answer<Shelf>;
    /// Keeps versions, all or none, and lets go of those that they follow.
    fn save(&self, article: &str, versions: Vec<Comment>) -> Answer<Saved>;
    /// Lets go of versions, which are kept elsewhere.
    fn forget(&self, article: &str, versions: &[Comment]) -> Answer<()>;
    /// The latest versions on every article, with the articles' ids.
    fn everything(&self) -> Answer<Vec<(String, Vec<Comment>)>>;
    /// Calls `changed` after somebody else changed a comment on `article`.
    fn watch(&self, article: &str, changed: Rc<dyn Fn()>) -> Vec<Watch>;
}

/// Comments in a [`Storage`], the browser's local storage or memory, and in a [`Vault`] where there is one.
#[derive(Clone)]
pub struct Kept {
    storage: Rc<dyn Storage>,
    vault: Option<Rc<dyn Vault>>,
}

/// The entries of one place.
type Entries = Vec<(String, String)>;

impl Kept {
    /// Comments in `storage`, mirrored to `vault`.
    pub fn new(storage: Rc<dyn Storage>, vault: Option<Rc<dyn Vault>>) -> Kept {
        Kept { storage, vault }
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

    async fn write(&self, puts: Entries, removals: Vec<String>) -> Result<(), StorageError> {
        match &self.vault {
            Some(vault) => vault.write(puts, removals).await,
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
        self.level(&prefix, &comments, here, there).await;
        let aside = quarantine(article);
        let mut quarantine = self.entries(&aside).unwrap_or_default();
        for entry in self.vaulted(&aside).await.unwrap_or_default() {
            if quarantine.iter().all(|(key, _)| *key != entry.0) {
                quarantine.push(entry);
            }
        }
        Ok(Shelf { comments, quarantine, n_newer, half: half.filter(|_| self.vault.is_some()) })
    }

    /// Brings the two places to the same: each gets the versions that it lacks, lets go of those that are followed,
    /// and sets aside what is no comment. What cannot be done now is done at another load.
    async fn level(
        &self,
        prefix: &str,
        latest: &[Comment],
        here: Option<Entries>,
        there: Option<Entries>,
    ) {
        if let Some(entries) = here {
            let change = Change::of(prefix, latest, &entries);
            for (key, text) in change.puts {
                // What does not fit here is in the vault. Once one does not, none is tried.
                if self.storage.set(&key, &text).is_err() {
                    break;
                }
            }
            for (key, text) in change.aside {
                let copied = self.storage.set(&aside(&key), &text);
                if copied.is_ok() {
                    let _ = self.storage.remove(&key);
                }
            }
            for key in change.removals {
                let _ = self.storage.remove(&key);
            }
        }
        if let Some(entries) = there {
            let mut change = Change::of(prefix, latest, &entries);
            for (key, text) in change.aside {
                change.puts.push((aside(&key), text));
                change.removals.push(key);
            }
            if !change.puts.is_empty() || !change.removals.is_empty() {
                let _ = self.write(change.puts, change.removals).await;
            }
        }
    }

    async fn save_all(&self, article: &str, versions: Vec<Comment>) -> Result<Saved, StorageError> {
        let prefix = prefix(article);
        let entry = |c: &Comment| (key_of(&prefix, &c.revision), write(c));
        let puts: Entries = versions.iter().map(entry).collect();
        let bases = versions.iter().filter_map(|c| c.history.last().map(|base| (base, &c.id)));
        let latest = bases.clone().all(|(base, id)| self.holds(&prefix, base, id).is_some());
        let followed = |c: &Comment| c.history.iter().map(|r| (r.clone(), c.id.clone())).collect();
        let followed: Vec<(String, String)> =
            versions.iter().flat_map::<Vec<_>, _>(followed).collect();
        let removals: Vec<String> =
            followed.iter().filter_map(|(r, id)| self.holds(&prefix, r, id)).collect();
        // First here: should this tab go down before the vault answers, its words are here.
        let mut here = Ok(());
        for (n, (key, text)) in puts.iter().enumerate() {
            here = self.storage.set(key, text);
            if here.is_err() {
                for (key, _) in puts.iter().take(n) {
                    let _ = self.storage.remove(key);
                }
                break;
            }
        }
        let gone = followed.iter().map(|(r, _)| key_of(&prefix, r)).collect();
        let there = self.write(puts.clone(), gone).await;
        let deletions = versions.iter().all(|c| c.deleted.is_some());
        if deletions && there.is_err() && here == Err(StorageError::Full) {
            here = self.make_room(&puts, &removals);
        }
        if let (Err(error), Err(_)) = (&here, &there) {
            return Err(error.clone());
        }
        for key in &removals {
            // An entry that stays is one that another follows: no harm.
            let _ = self.storage.remove(key);
        }
        if here.is_err() {
            // The followed ones made room.
            for (key, text) in &puts {
                let _ = self.storage.set(key, text);
            }
        }
        Ok(Saved { committed: there.is_ok(), latest })
    }

    /// Writes deletions where there is no room but that of what they delete. A deletion that does not fit even so
    /// leaves nothing, which is what was asked for.
    fn make_room(&self, puts: &Entries, removals: &[String]) -> Result<(), StorageError> {
        removals.iter().try_for_each(|key| self.storage.remove(key))?;
        for (key, text) in puts {
            let _ = self.storage.set(key, text);
        }
        Ok(())
    }

    /// The key under which revision `revision` of comment `id` stands here: its own or, as older versions of Dixit
    /// stored it, that of the comment.
    fn holds(&self, prefix: &str, revision: &str, id: &str) -> Option<String> {
        [revision, id].into_iter().map(|name| key_of(prefix, name)).find(|key| {
            let text = self.storage.get(key).ok().flatten();
            text.and_then(|text| read(&text).ok()).is_some_and(|c| c.revision == revision)
        })
    }
}

/// What becomes of the entries of one place.
#[derive(Default)]
struct Change {
    puts: Entries,
    removals: Vec<String>,
    /// Entries that are no comments.
    aside: Entries,
}

impl Change {
    fn of(prefix: &str, latest: &[Comment], entries: &Entries) -> Change {
        let mut change = Change::default();
        let mut has: Vec<(String, String)> = Vec::new();
        for (key, text) in entries {
            match read(text) {
                Ok(version) if stands(prefix, key, &version) => {
                    let rank = |c: &Comment| (c.id.clone(), c.revision.clone());
                    let place = latest.binary_search_by_key(&rank(&version), rank);
                    match place {
                        Ok(n) if latest.get(n) == Some(&version) => has.push(rank(&version)),
                        _ => change.removals.push(key.clone()),
                    }
                }
                Err(Unreadable::Newer) => {}
                _ => change.aside.push((key.clone(), text.clone())),
            }
        }
        let has = sorted(has, |a, b| a < b);
        for version in latest {
            if has.binary_search(&(version.id.clone(), version.revision.clone())).is_err() {
                let key = key_of(prefix, &version.revision);
                change.removals.retain(|r| *r != key);
                change.puts.push((key, write(version)));
            }
        }
        change
    }
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
fn stands(prefix: &str, key: &str, version: &Comment) -> bool {
    let name = key.get(prefix.len()..);
    name == Some(&version.revision) || name == Some(&version.id)
}

impl CommentStore for Kept {
    fn load(&self, article: &str) -> Answer<Shelf> {
        let (kept, article) = (self.clone(), article.to_owned());
        Box::pin(async move { kept.load_all(&article).await })
    }

    fn save(&self, article: &str, versions: Vec<Comment>) -> Answer<Saved> {
        let (kept, article) = (self.clone(), article.to_owned());
        Box::pin(async move { kept.save_all(&article, versions).await })
    }

    fn forget(&self, article: &str, versions: &[Comment]) -> Answer<()> {
        let prefix = prefix(article);
        let keys: Vec<String> = versions.iter().map(|c| key_of(&prefix, &c.revision)).collect();
        let kept = self.clone();
        Box::pin(async move {
            keys.iter().try_for_each(|key| kept.storage.remove(key))?;
            if kept.vault.is_some() { kept.write(Vec::new(), keys).await } else { Ok(()) }
        })
    }

    fn everything(&self) -> Answer<Vec<(String, Vec<Comment>)>> {
        let kept = self.clone();
        Box::pin(async move {
            let all = [PREFIX, "c/"].concat();
            let (here, there) = (kept.entries(&all), kept.vaulted(&all).await);
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
        })
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

fn prefix(article: &str) -> String {
    format!("{PREFIX}c/{}/", escape(article))
}

/// Where entries of `article` that are no comments are set aside.
fn quarantine(article: &str) -> String {
    format!("{PREFIX}quarantine/c/{}/", escape(article))
}

/// Where the entry under `key` is set aside.
fn aside(key: &str) -> String {
    format!("{PREFIX}quarantine/{}", key.strip_prefix(PREFIX).unwrap_or(key))
}

fn key_of(prefix: &str, revision: &str) -> String {
    // Ids of our own are ULIDs; one that came from elsewhere must not reach into another article.
    [prefix, &escape(revision)].concat()
}

#[cfg(test)]
mod tests;
