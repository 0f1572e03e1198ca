//! Brings the two places of [`Kept`] to the same, where they are not.

use std::future::Future;
use std::pin::Pin;

use super::store::{Entries, Kept, key_of, stands};
use super::{Comment, Unreadable, read, write};
use crate::order::sorted;
use crate::storage::PREFIX;

/// What [`level`] is.
pub type Level =
    fn(Kept, String, Vec<Comment>, [Option<Entries>; 2]) -> Pin<Box<dyn Future<Output = ()>>>;

/// Brings the two places to the same: each gets the versions that it lacks, lets go of those that are followed,
/// and sets aside what is no comment. What cannot be done now is done at another load.
///
/// `places` are the entries under `prefix` in the storage and in the vault; `None` of one that did not answer.
pub async fn level(kept: Kept, prefix: String, latest: Vec<Comment>, places: [Option<Entries>; 2]) {
    let [here, there] = places;
    if let Some(entries) = here {
        let change = Change::of(&prefix, &latest, &entries);
        for (key, text) in change.puts {
            // What does not fit here is in the vault. Once one does not, none is tried.
            if kept.storage.set(&key, &text).is_err() {
                break;
            }
        }
        for (key, text) in change.aside {
            let copied = kept.storage.set(&aside(&key), &text);
            if copied.is_ok() {
                let _ = kept.storage.remove(&key);
            }
        }
        for key in change.removals {
            let _ = kept.storage.remove(&key);
        }
    }
    if let Some(entries) = there {
        let mut change = Change::of(&prefix, &latest, &entries);
        for (key, text) in change.aside {
            change.puts.push((aside(&key), text));
            change.removals.push(key);
        }
        if !change.puts.is_empty() || !change.removals.is_empty() {
            let _ = kept.write(change.puts, change.removals).await;
        }
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

/// Where the entry under `key` is set aside.
fn aside(key: &str) -> String {
    format!("{PREFIX}quarantine/{}", key.strip_prefix(PREFIX).unwrap_or(key))
}
