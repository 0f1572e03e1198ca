//! Corrections in a [`Storage`]: one entry a correction, so that tabs do not undo each other's work.

use super::format::{Unreadable, read, write};
use super::model::Correction;
use crate::storage::{PREFIX, Storage, StorageError, Stores, escape};
use crate::wording::t;

/// What is stored about one article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shelf {
    /// The corrections, the earliest first.
    pub corrections: Vec<Correction>,
    /// Entries that are no corrections; left as they are.
    pub n_unreadable: usize,
    /// Entries that a newer version wrote; left as they are.
    pub n_newer: usize,
}

/// What the keys of the corrections of `article` begin with.
pub fn prefix(article: &str) -> String {
    [PREFIX, "r/", &escape(article), "/"].concat()
}

/// Whether anything is kept for `article`.
pub fn are_kept(stores: &Stores, article: &str) -> bool {
    let prefix = prefix(article);
    [&stores.kept, &stores.page].iter().any(|s| s.keys(&prefix).is_ok_and(|k| !k.is_empty()))
}

/// Everything stored about `article`.
pub fn load(storage: &dyn Storage, article: &str) -> Result<Shelf, StorageError> {
    let prefix = prefix(article);
    let mut keys = storage.keys(&prefix)?;
    // Ids sort by time.
    keys.sort();
    let mut shelf = Shelf::default();
    for key in keys {
        // Another tab may have removed it meanwhile.
        let Some(entry) = storage.get(&key)? else { continue };
        match read(&entry) {
            Ok(correction) if key.get(prefix.len()..) == Some(&correction.id) => {
                shelf.corrections.push(correction);
            }
            Ok(_) | Err(Unreadable::Malformed) => shelf.n_unreadable += 1,
            Err(Unreadable::Newer) => shelf.n_newer += 1,
        }
    }
    Ok(shelf)
}

/// Keeps a correction. What cannot be read under its key is not ours to overwrite.
pub fn save(
    storage: &dyn Storage,
    article: &str,
    correction: &Correction,
) -> Result<(), StorageError> {
    let key = prefix(article) + &escape(&correction.id);
    if storage.get(&key)?.is_some_and(|entry| read(&entry).is_err()) {
        return Err(StorageError::Broken(t("another entry stands in its place").into()));
    }
    storage.set(&key, &write(correction))
}

/// Removes a correction for good.
pub fn erase(storage: &dyn Storage, article: &str, id: &str) -> Result<(), StorageError> {
    storage.remove(&(prefix(article) + &escape(id)))
}
