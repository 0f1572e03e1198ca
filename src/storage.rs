//! The port to what a browser keeps: keys and texts, in a place that may be full, blocked or broken.

mod browser;
#[cfg(test)]
pub(crate) mod fake;

use std::any::Any;
use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

pub(crate) use browser::cause;
pub use browser::{BrowserStorage, Place};

use crate::wording::{fill, t};

/// Every key of ours begins with this; other keys belong to others and are never touched.
pub const PREFIX: &str = "dixit/1/";

/// Why a storage did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StorageError {
    /// The browser allows no storage here: private mode, a sandboxed frame, a setting.
    Blocked,
    /// There is no room left.
    Full,
    /// Anything else, in the browser's words.
    Broken(String),
}

impl StorageError {
    /// What happened, as a part of a sentence.
    pub fn words(&self) -> String {
        match self {
            StorageError::Blocked => t("this browser blocks storage for this page").to_owned(),
            StorageError::Full => t("this browser has no room left for this page").to_owned(),
            StorageError::Broken(cause) => fill("this browser’s storage failed ({})", &[cause]),
        }
    }
}

impl fmt::Display for StorageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words())
    }
}

impl std::error::Error for StorageError {}

/// Ends a watch when dropped; `None` where there is nothing to watch.
pub type Watch = Option<Box<dyn Any>>;

/// Keys and texts that outlive the page, or do not.
pub trait Storage {
    /// The text under `key`; `None` where there is none.
    fn get(&self, key: &str) -> Result<Option<String>, StorageError>;
    /// Keeps `value` under `key`. `Ok` only once the value has been read back the same.
    fn set(&self, key: &str, value: &str) -> Result<(), StorageError>;
    /// Removes `key`; a key that is not there is no error.
    fn remove(&self, key: &str) -> Result<(), StorageError>;
    /// Every key that begins with `prefix`, in no order.
    fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError>;
    /// Calls `changed` after somebody else changed a key that begins with `prefix`, until the watch is dropped.
    fn watch(&self, prefix: &str, changed: Rc<dyn Fn()>) -> Watch;
}

/// A storage that lasts as long as the page.
#[derive(Debug, Default)]
pub struct MemoryStorage {
    entries: RefCell<Vec<(String, String)>>,
}

impl Storage for MemoryStorage {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        let entries = self.entries.borrow();
        Ok(entries.iter().find(|(k, _)| k == key).map(|(_, value)| value.clone()))
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        self.remove(key)?;
        self.entries.borrow_mut().push((key.to_owned(), value.to_owned()));
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.entries.borrow_mut().retain(|(k, _)| k != key);
        Ok(())
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError> {
        let entries = self.entries.borrow();
        Ok(entries.iter().map(|(k, _)| k).filter(|k| k.starts_with(prefix)).cloned().collect())
    }

    fn watch(&self, _prefix: &str, _changed: Rc<dyn Fn()>) -> Watch {
        // Nobody but this page can write here.
        None
    }
}

/// The storages that one page uses.
#[derive(Clone)]
pub struct Stores {
    /// What outlives the page: the browser's local storage.
    pub kept: Rc<dyn Storage>,
    /// What outlives a reload of this tab: the browser's session storage.
    pub tab: Rc<dyn Storage>,
    /// What lasts as long as the page, for what the others refuse.
    pub page: Rc<dyn Storage>,
}

impl Stores {
    /// The browser's own storages.
    pub fn of_browser() -> Stores {
        Stores {
            kept: Rc::new(BrowserStorage::new(Place::Local)),
            tab: Rc::new(BrowserStorage::new(Place::Session)),
            page: Rc::new(MemoryStorage::default()),
        }
    }
}

#[cfg(any(test, feature = "prerender"))]
impl Stores {
    /// Storages that last as long as a test, or as the rendering of a page without a browser.
    pub(crate) fn in_memory() -> Stores {
        let memory = || Rc::new(MemoryStorage::default());
        Stores { kept: memory(), tab: memory(), page: memory() }
    }
}

impl PartialEq for Stores {
    fn eq(&self, other: &Stores) -> bool {
        Rc::ptr_eq(&self.kept, &other.kept)
            && Rc::ptr_eq(&self.tab, &other.tab)
            && Rc::ptr_eq(&self.page, &other.page)
    }
}

/// `id` as one part of a key: no two ids give the same, and none holds a slash.
///
/// ```
/// use dixit_reader::storage::escape;
/// assert_eq!(escape("https://a.example/b%2F"), "https:%2F%2Fa.example%2Fb%252F");
/// ```
pub fn escape(id: &str) -> String {
    id.replace('%', "%25").replace('/', "%2F")
}

/// Undoes [`escape`].
///
/// ```
/// use dixit_reader::storage::{escape, unescape};
/// assert_eq!(unescape(&escape("a/b%2F%")), "a/b%2F%");
/// ```
pub fn unescape(part: &str) -> String {
    part.replace("%2F", "/").replace("%25", "%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_ids_share_a_key_and_each_comes_back() {
        let ids =
            ["a/b", "a%2Fb", "a%252Fb", "a%b", "a", "a/", "/a", "%", "%25", "%2F", "", "ä/🎉"];
        for (i, a) in ids.iter().enumerate() {
            assert!(!escape(a).contains('/'), "{a}");
            assert_eq!(unescape(&escape(a)), *a);
            for b in &ids[i + 1..] {
                assert_ne!(escape(a), escape(b));
            }
        }
    }

    #[test]
    fn a_prefix_finds_its_own_keys_only() {
        let memory = MemoryStorage::default();
        for key in ["dixit/1/c/a/1", "dixit/1/c/ab/1", "dixit/1/c/a/2", "other"] {
            memory.set(key, "x").expect("memory keeps everything");
        }
        assert_eq!(
            memory.keys("dixit/1/c/a/"),
            Ok(vec!["dixit/1/c/a/1".into(), "dixit/1/c/a/2".into()])
        );
    }
}
