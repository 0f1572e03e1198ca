//! The browser's IndexedDB: one database, one store, texts under their keys.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Poll, Waker};

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use idb::{
    Database, DatabaseEvent, Error, Factory, KeyRange, ObjectStore, ObjectStoreParams, Query,
    TransactionMode,
};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

use super::{Answer, Vault};
use crate::storage::{StorageError, Watch, cause};
use crate::wording::t;

const DATABASE: &str = "dixit";
/// The version of the database's layout. The entries in it carry versions of their own.
const LAYOUT: u32 = 1;
const STORE: &str = "entries";
/// The channel on which tabs tell each other which key they wrote.
const CHANNEL: &str = "dixit/1";

/// How long the database may take to open, in milliseconds. Some browsers never answer; later calls do not wait then.
const PATIENCE: u32 = 4_000;

/// Entries in the browser's IndexedDB, opened when they are first wanted.
#[derive(Clone, Default)]
pub struct BrowserVault {
    open: Rc<RefCell<Option<Rc<Connection>>>>,
    /// Whether it did not open in time.
    dead: Rc<Cell<bool>>,
}

/// The open database, which is closed when nobody uses it any more.
struct Connection(Database);

impl Drop for Connection {
    fn drop(&mut self) {
        // What was begun comes to its end.
        self.0.close();
    }
}

impl BrowserVault {
    /// The database, as soon as it is open.
    async fn database(&self) -> Result<Rc<Connection>, Error> {
        if let Some(open) = self.open.borrow().clone() {
            return Ok(open);
        }
        let waker: Rc<RefCell<Option<Waker>>> = Rc::default();
        let (dead, wake) = (self.dead.clone(), waker.clone());
        let _late = Timeout::new(PATIENCE, move || {
            dead.set(true);
            if let Some(waker) = wake.take() {
                waker.wake();
            }
        });
        let mut opening = pin!(self.opened());
        poll_fn(|context| {
            if self.dead.get() {
                return Poll::Ready(Err(Error::DomExceptionNotFound));
            }
            waker.replace(Some(context.waker().clone()));
            opening.as_mut().poll(context)
        })
        .await
    }

    async fn opened(&self) -> Result<Rc<Connection>, Error> {
        let mut request = Factory::new()?.open(DATABASE, Some(LAYOUT))?;
        request.on_upgrade_needed(|event| {
            // What goes wrong here aborts the upgrade, and opening fails.
            if let Ok(database) = event.database() {
                let _ = database.create_object_store(STORE, ObjectStoreParams::new());
            }
        });
        let mut database = request.await?;
        // A newer Dixit in another tab must not wait for this one; nor may a database that the
        // browser closed be asked again.
        // Both belong to the database: they must not hold it.
        let (newer, closed) = (Rc::downgrade(&self.open), Rc::downgrade(&self.open));
        database.on_version_change(move |_| {
            if let Some(open) = newer.upgrade().and_then(|open| open.take()) {
                open.0.close();
            }
        });
        database.on_close(move |_| {
            if let Some(open) = closed.upgrade() {
                open.take();
            }
        });
        let database = Rc::new(Connection(database));
        *self.open.borrow_mut() = Some(database.clone());
        Ok(database)
    }

    async fn load_all(&self, prefix: &str) -> Result<Vec<(String, String)>, Error> {
        let database = self.database().await?;
        let transaction = database.0.transaction(&[STORE], TransactionMode::ReadOnly)?;
        let store = transaction.object_store(STORE)?;
        let keys = store.get_all_keys(Some(range(prefix)?), None)?;
        let texts = store.get_all(Some(range(prefix)?), None)?;
        let (keys, texts) = (keys.await?, texts.await?);
        let text = |value: JsValue| value.as_string();
        Ok(keys.into_iter().zip(texts).filter_map(|(k, v)| Some((text(k)?, text(v)?))).collect())
    }

    async fn write_all(&self, puts: &[(String, String)], removals: &[String]) -> Result<(), Error> {
        let database = self.database().await?;
        let transaction = database.0.transaction(&[STORE], TransactionMode::ReadWrite)?;
        let store: ObjectStore = transaction.object_store(STORE)?;
        for (key, text) in puts {
            store.put(&JsValue::from_str(text), Some(&JsValue::from_str(key)))?;
        }
        for key in removals {
            store.delete(Query::Key(JsValue::from_str(key)))?;
        }
        if transaction.await?.is_aborted() {
            return Err(Error::DomExceptionNotFound);
        }
        Ok(())
    }
}

/// The keys that begin with `prefix`. No key of ours holds a character above U+FFFE.
fn range(prefix: &str) -> Result<Query, Error> {
    let end = [prefix, "\u{ffff}"].concat();
    let range = KeyRange::bound(&JsValue::from_str(prefix), &JsValue::from_str(&end), None, None)?;
    Ok(Query::KeyRange(range))
}

impl Vault for BrowserVault {
    fn load(&self, prefix: &str) -> Answer<Vec<(String, String)>> {
        let (vault, prefix) = (self.clone(), prefix.to_owned());
        Box::pin(async move { vault.load_all(&prefix).await.map_err(|error| told(&error)) })
    }

    fn write(&self, puts: Vec<(String, String)>, removals: Vec<String>) -> Answer<()> {
        let vault = self.clone();
        Box::pin(async move {
            vault.write_all(&puts, &removals).await.map_err(|error| told(&error))?;
            if let Some(key) = puts.first().map(|(key, _)| key).or(removals.first()) {
                tell(key);
            }
            Ok(())
        })
    }

    fn watch(&self, prefix: &str, changed: Rc<dyn Fn()>) -> Watch {
        let channel = BroadcastChannel::new(CHANNEL).ok()?;
        let prefix = prefix.to_owned();
        let listener = EventListener::new(&channel, "message", move |event| {
            let key = event.dyn_ref::<MessageEvent>().and_then(|e| e.data().as_string());
            if key.is_some_and(|key| key.starts_with(&prefix)) {
                changed();
            }
        });
        Some(Box::new(Channel { channel, _listener: listener }))
    }
}

/// Closes its channel when dropped.
struct Channel {
    channel: BroadcastChannel,
    _listener: EventListener,
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.close();
    }
}

/// Tells the other tabs which key was written. Where there is no channel, they see it at their next load.
fn tell(key: &str) {
    if let Ok(channel) = BroadcastChannel::new(CHANNEL) {
        let _ = channel.post_message(&JsValue::from_str(key));
        channel.close();
    }
}

fn told(error: &Error) -> StorageError {
    match error {
        Error::DomException(exception) => cause(exception),
        // There is no IndexedDB here.
        Error::IndexedDbNotFound(_) => StorageError::Blocked,
        _ => StorageError::Broken(t("no cause given").into()),
    }
}
