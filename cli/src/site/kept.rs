//! What a build knows of the one before: the cards of the articles, from what pages were made, and which files there are.
//!
//! It lies in the site's folder, need not be uploaded, and may be taken away: then everything is built anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::card::Card;
use super::output::write;

/// The name of the file.
pub(crate) const FILE: &str = ".dixit-build.json";

/// What is known of the build before.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Kept {
    cards: BTreeMap<String, Card>,
    /// From what the drafts were made, by path.
    drafts: BTreeMap<String, String>,
    /// From what the page at each address was made.
    fingerprints: BTreeMap<String, String>,
    /// From what each index of the search was made, by where it is.
    pub(crate) searched: BTreeMap<String, String>,
    /// All files of the site.
    pub(crate) files: BTreeSet<String>,
}

impl Kept {
    pub(crate) fn new(
        cards: Vec<Card>,
        drafts: Vec<Card>,
        fingerprints: BTreeMap<String, String>,
        searched: BTreeMap<String, String>,
        files: &BTreeSet<String>,
    ) -> Kept {
        let cards = cards.into_iter().map(|card| (card.path.clone(), card)).collect();
        let drafts = drafts.into_iter().map(|card| (card.path, card.hash)).collect();
        Kept { cards, drafts, fingerprints, searched, files: files.clone() }
    }

    /// Nothing where nothing can be read: then all is built.
    pub(crate) fn read(out: &Path) -> Kept {
        let text = fs::read(out.join(FILE)).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    pub(crate) fn write(&self, out: &Path) -> Result<(), String> {
        let text = serde_json::to_vec(self).map_err(|error| error.to_string())?;
        write(&out.join(FILE), &text)
    }

    pub(crate) fn card(&self, path: &str) -> Option<&Card> {
        self.cards.get(path)
    }

    /// Whether an article was a draft when it was what it is now.
    pub(crate) fn is_draft(&self, path: &str, hash: &str) -> bool {
        self.drafts.get(path).is_some_and(|known| known == hash)
    }

    pub(crate) fn fingerprint(&self, page: &str) -> Option<&String> {
        self.fingerprints.get(page)
    }
}
