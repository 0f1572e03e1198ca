//! A vault in memory that fails when told to.

use std::cell::RefCell;
use std::future::ready;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use super::{Answer, Vault};
use crate::storage::{MemoryStorage, Storage, StorageError, Watch};

#[derive(Default)]
pub(crate) struct FakeVault {
    pub(crate) memory: MemoryStorage,
    pub(crate) error: RefCell<Option<StorageError>>,
}

impl FakeVault {
    fn ask(&self) -> Result<(), StorageError> {
        self.error.borrow().clone().map_or(Ok(()), Err)
    }
}

impl Vault for FakeVault {
    fn load(&self, prefix: &str) -> Answer<Vec<(String, String)>> {
        let entry = |key: String| {
            let text = self.memory.get(&key).ok().flatten()?;
            Some((key, text))
        };
        let found = self.ask().and_then(|()| self.memory.keys(prefix));
        let found = found.map(|keys| keys.into_iter().filter_map(entry).collect());
        Box::pin(ready(found))
    }

    fn write(&self, puts: Vec<(String, String)>, removals: Vec<String>) -> Answer<()> {
        let done = self.ask().and_then(|()| {
            puts.iter().try_for_each(|(key, text)| self.memory.set(key, text))?;
            removals.iter().try_for_each(|key| self.memory.remove(key))
        });
        Box::pin(ready(done))
    }

    fn watch(&self, _prefix: &str, _changed: Rc<dyn Fn()>) -> Watch {
        None
    }
}

/// What an answer that waits for nothing holds.
pub(crate) fn now<T>(mut answer: Answer<T>) -> Result<T, StorageError> {
    match answer.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result,
        Poll::Pending => panic!("nothing here waits"),
    }
}
