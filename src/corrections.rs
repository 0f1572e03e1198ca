//! Corrections by readers: who said what, where the engine is wrong.
//!
//! A correction names quotations, statements and speakers by their ids, with enough of their words to be found again.
//! [`apply`] is pure; [`act`] is what the page asks for: it reads, keeps, undoes, imports and fetches corrections.

mod act;
mod apply;
mod file;
mod format;
mod model;
mod store;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use dixit_engine::{Analysis, Article};

pub use act::act;
pub use apply::{Applied, apply, of_statement, statement};
pub use file::{FileError, export, import};
pub use format::{Unreadable, read, write};
pub(crate) use format::{kind_of, name_of};
pub use model::{
    Change, Correction, Description, MAX_NAME, MAX_STATEMENTS, MAX_WORDS, SpeakerRef, StatementRef,
};
pub use store::{Shelf, are_kept, erase, load, prefix, save};

use crate::storage::Stores;

/// What corrections are applied to, and where they are kept.
#[derive(Clone)]
pub struct Base {
    /// The article.
    pub article: Rc<Article>,
    /// Who said what in it, as the engine found.
    pub analysis: Rc<Analysis>,
    /// Where corrections are kept.
    pub stores: Stores,
}

/// What a reader does with corrections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Reads them: those that are kept and, where an address is given, those that are published there.
    Load(Option<String>),
    /// Corrects something.
    Add(Box<Change>),
    /// Takes back the correction of this id.
    Undo(String),
    /// Puts back the one that was taken back last.
    Redo,
    /// Takes in the text of a file, or says in words why it could not be read.
    Import(Result<String, String>),
}

/// The corrections of one article and what they make of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Corrected {
    /// Who said what, corrected; `None` where nothing is.
    pub analysis: Option<Rc<Analysis>>,
    /// Who said what, as the engine found; `None` where nothing is corrected.
    pub engine: Option<Rc<Analysis>>,
    /// For each attribution, which correction settled it: a number of the list of all.
    pub by: Vec<Option<usize>>,
    /// Those published beside the article, then the reader's own; the later wins.
    pub all: Vec<Correction>,
    /// How many of them are published.
    pub n_published: usize,
    /// For each of them, whether it finds no place in this article.
    pub lost: Vec<bool>,
    /// The one that was taken back last.
    pub undone: Option<Correction>,
    /// What went wrong, in words.
    pub troubles: Vec<String>,
    /// What is to be announced.
    pub said: String,
}

impl Corrected {
    /// The reader's own correction with this number in the list of all.
    pub fn own(&self, n: usize) -> Option<&Correction> {
        self.all.get(n).filter(|_| n >= self.n_published)
    }

    /// How many corrections are the reader's own.
    pub fn n_own(&self) -> usize {
        self.all.len().saturating_sub(self.n_published)
    }
}
