//! A storage that fails when told to.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::{MemoryStorage, Storage, StorageError, Watch};

/// A memory storage that answers reads or writes with an error while one is set.
#[derive(Default)]
pub(crate) struct FakeStorage {
    pub(crate) memory: MemoryStorage,
    pub(crate) reads: RefCell<Option<StorageError>>,
    pub(crate) writes: RefCell<Option<StorageError>>,
    pub(crate) n_writes: Cell<usize>,
    /// How many more writes it takes before it is full.
    pub(crate) room: Cell<Option<usize>>,
    /// Whether a removal makes room for a write.
    pub(crate) grows: Cell<bool>,
}

impl FakeStorage {
    fn ask(error: &RefCell<Option<StorageError>>) -> Result<(), StorageError> {
        error.borrow().clone().map_or(Ok(()), Err)
    }
}

impl Storage for FakeStorage {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        FakeStorage::ask(&self.reads)?;
        self.memory.get(key)
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        FakeStorage::ask(&self.writes)?;
        if let Some(room) = self.room.get() {
            self.room.set(Some(room.checked_sub(1).ok_or(StorageError::Full)?));
        }
        self.n_writes.set(self.n_writes.get() + 1);
        self.memory.set(key, value)
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        // A full storage still lets go of what it has; a blocked one does nothing at all.
        match &*self.writes.borrow() {
            Some(StorageError::Full) | None => {
                let more = usize::from(self.grows.get() && self.memory.get(key)?.is_some());
                self.room.set(self.room.get().map(|room| room + more));
                self.memory.remove(key)
            }
            Some(error) => Err(error.clone()),
        }
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError> {
        FakeStorage::ask(&self.reads)?;
        self.memory.keys(prefix)
    }

    fn watch(&self, _prefix: &str, _changed: Rc<dyn Fn()>) -> Watch {
        None
    }
}
