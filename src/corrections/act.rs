//! What the page asks for: corrections are read, kept, undone, imported and fetched, and the analysis is corrected anew.

use std::rc::Rc;

use super::apply::apply;
use super::file::import;
use super::model::{Change, Correction};
use super::store::{Shelf, erase, load, save};
use super::{Base, Corrected, Edit};
use crate::clock;
use crate::comments::ulid;
use crate::json::Object;
use crate::open::{Given, address, fetch};
use crate::storage::StorageError;
use crate::wording::{count, fill, t};

/// Does `edit`, where `before` holds, and answers what holds then.
pub async fn act(base: Base, before: Rc<Corrected>, edit: Edit) -> Corrected {
    let mut after = Corrected {
        all: before.all.get(..before.n_published).unwrap_or_default().to_vec(),
        n_published: before.n_published,
        undone: before.undone.clone(),
        ..Corrected::default()
    };
    match edit {
        Edit::Load(None) => after.said.clone_from(&before.said),
        Edit::Load(Some(link)) => match published(&link).await {
            Ok(published) => {
                after.n_published = published.len();
                after.all = published;
            }
            Err(cause) => after.troubles.push(fill(
                "The corrections published beside this article were not read. {}",
                &[&cause],
            )),
        },
        Edit::Add(change) => {
            after.said = said(&change);
            after.undone = None;
            let correction = Correction { id: new_id(0), change: *change, rest: Object::default() };
            keep(&base, &correction, &mut after);
        }
        Edit::Undo(id) => {
            after.undone = before.all.iter().find(|c| c.id == id).cloned();
            let id_of = &base.article.id;
            let erased = erase(&*base.stores.kept, id_of, &id);
            // What the page keeps goes as it came.
            let _ = erase(&*base.stores.page, id_of, &id);
            after.said = t("The correction is undone.").to_owned();
            // A storage that is blocked holds nothing.
            if let Err(error @ (StorageError::Full | StorageError::Broken(_))) = erased {
                let words = fill("The correction could not be removed: {}.", &[&cause(&error)]);
                after.said = words.clone();
                after.troubles.push(words);
            }
        }
        Edit::Redo => {
            if let Some(correction) = after.undone.take() {
                after.said = said(&correction.change);
                keep(&base, &correction, &mut after);
            }
        }
        Edit::Import(text) => match text.and_then(|t| import(&t, new_id).map_err(|e| e.words())) {
            Ok(corrections) => {
                for correction in &corrections {
                    keep(&base, correction, &mut after);
                }
                after.said = count(
                    corrections.len(),
                    "{} correction was read from the file.",
                    "{} corrections were read from the file.",
                );
            }
            Err(error) => after.troubles.push(fill("Nothing was imported. {}", &[&error])),
        },
    }
    corrected(&base, after)
}

/// The corrections that are published at a link.
async fn published(link: &str) -> Result<Vec<Correction>, String> {
    let address = address(link).map_err(|error| error.words())?;
    let text = fetch(&address).await.and_then(Given::into_utf8);
    let text = text.map_err(|error| error.words())?;
    import(&text, new_id).map_err(|error| error.words())
}

/// Reads what is kept, and applies all.
fn corrected(base: &Base, mut now: Corrected) -> Corrected {
    let (stores, id) = (&base.stores, &base.article.id);
    let kept = load(&*stores.kept, id).unwrap_or_default();
    let held = load(&*stores.page, id).unwrap_or_default();
    let Shelf { corrections: mut own, n_unreadable, n_newer } = kept;
    own.extend(held.corrections);
    own.sort_by(|a, b| a.id.cmp(&b.id));
    own.dedup_by(|a, b| a.id == b.id);
    if n_newer > 0 {
        now.troubles.push(count(
            n_newer,
            "{} correction was made with a newer version of Dixit; it is kept, but does not count here.",
            "{} corrections were made with a newer version of Dixit; they are kept, but do not count here.",
        ));
    }
    if n_unreadable > 0 {
        now.troubles.push(count(
            n_unreadable,
            "{} kept correction cannot be read; it is left as it is.",
            "{} kept corrections cannot be read; they are left as they are.",
        ));
    }
    now.all.extend(own);
    let applied = apply(&base.article, &base.analysis, &now.all);
    (now.by, now.lost) = (applied.by, applied.lost);
    if !now.all.is_empty() {
        now.analysis = Some(Rc::new(applied.analysis));
        now.engine = Some(base.analysis.clone());
    }
    now
}

/// Keeps a correction in the browser, or else as long as the page.
fn keep(base: &Base, correction: &Correction, now: &mut Corrected) {
    let id = &base.article.id;
    let Err(error) = save(&*base.stores.kept, id, correction) else { return };
    let kept = save(&*base.stores.page, id, correction);
    let words = fill(
        "This correction will not survive a reload: {}. You can export it as a file.",
        &[&cause(&error)],
    );
    if kept.is_ok() && !now.troubles.contains(&words) {
        now.troubles.push(words);
    }
}

fn cause(error: &StorageError) -> String {
    match error {
        StorageError::Blocked => t("this browser blocks storage for this page").to_owned(),
        StorageError::Full => t("this browser has no room left for this page").to_owned(),
        StorageError::Broken(_) => t("this browser’s storage failed").to_owned(),
    }
}

/// What is announced when a correction is made.
fn said(change: &Change) -> String {
    let words = |statements: &[super::StatementRef]| match statements {
        [one] => {
            let start: Vec<&str> = one.words.split_whitespace().take(8).collect();
            start.join(" ")
        }
        all => count(all.len(), "{} statement", "{} statements"),
    };
    match change {
        Change::Credit { statements, to: Some(to) } => {
            fill("Corrected: {} is now credited with {}.", &[&to.name, &words(statements)])
        }
        Change::Credit { statements, to: None } => {
            fill("Corrected: nobody is now credited with {}.", &[&words(statements)])
        }
        Change::Not { statements } => {
            fill("Corrected: {} does not count as said by anybody.", &[&words(statements)])
        }
        Change::Merge { speaker, into } => {
            fill("Corrected: {} and {} are one speaker.", &[&speaker.name, &into.name])
        }
        Change::Describe { now, .. } => fill("Corrected: what is said of {}.", &[&now.name]),
    }
}

/// An id of this moment; the nth of several, later than those before.
fn new_id(n: usize) -> String {
    let random = std::array::from_fn(|_| (js_sys::Math::random() * 256.0) as u8);
    ulid(clock::now().unsigned_abs() + n as u64, random)
}
