//! The port to a store that keeps entries even when the browser is killed, and answers once it has.

mod browser;
#[cfg(test)]
pub(crate) mod fake;

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

pub use browser::BrowserVault;

use crate::storage::{StorageError, Watch};

/// An answer that may take a while.
pub type Answer<T> = Pin<Box<dyn Future<Output = Result<T, StorageError>>>>;

/// Keys and texts, as in a [`Storage`](crate::storage::Storage), but asynchronous and durable.
pub trait Vault {
    /// Every entry whose key begins with `prefix`.
    fn load(&self, prefix: &str) -> Answer<Vec<(String, String)>>;
    /// Keeps every entry of `puts` and removes those under `removals`: all of it or nothing. Answers
    /// once that is committed, so that it outlives the browser's being killed.
    fn write(&self, puts: Vec<(String, String)>, removals: Vec<String>) -> Answer<()>;
    /// Calls `changed` after another tab wrote a key that begins with `prefix`.
    fn watch(&self, prefix: &str, changed: Rc<dyn Fn()>) -> Watch;
}
