//! Keeps comments in the places of [`Kept`]. Reading comments needs none of it.

use super::store::{CommentKeeper, Entries, Kept, Saved, key_of, prefix};
use super::{Answer, Comment, read, write};
use crate::storage::StorageError;

impl CommentKeeper for Kept {
    fn save(&self, article: &str, versions: Vec<Comment>) -> Answer<Saved> {
        let (kept, article) = (self.clone(), article.to_owned());
        Box::pin(async move { kept.save_all(&article, versions).await })
    }

    fn forget(&self, article: &str, versions: &[Comment]) -> Answer<()> {
        let prefix = prefix(article);
        let keys: Vec<String> = versions.iter().map(|c| key_of(&prefix, &c.revision)).collect();
        let kept = self.clone();
        Box::pin(async move {
            keys.iter().try_for_each(|key| kept.storage.remove(key))?;
            if kept.vault.is_some() { kept.write(Vec::new(), keys).await } else { Ok(()) }
        })
    }
}

impl Kept {
    pub(super) async fn write(
        &self,
        puts: Entries,
        removals: Vec<String>,
    ) -> Result<(), StorageError> {
        match &self.vault {
            Some(vault) => vault.write(puts, removals).await,
            None => Err(StorageError::Blocked),
        }
    }

    async fn save_all(&self, article: &str, versions: Vec<Comment>) -> Result<Saved, StorageError> {
        let prefix = prefix(article);
        let entry = |c: &Comment| (key_of(&prefix, &c.revision), write(c));
        let puts: Entries = versions.iter().map(entry).collect();
        let bases = versions.iter().filter_map(|c| c.history.last().map(|base| (base, &c.id)));
        let latest = bases.clone().all(|(base, id)| self.holds(&prefix, base, id).is_some());
        let followed = |c: &Comment| c.history.iter().map(|r| (r.clone(), c.id.clone())).collect();
        let followed: Vec<(String, String)> =
            versions.iter().flat_map::<Vec<_>, _>(followed).collect();
        let removals: Vec<String> =
            followed.iter().filter_map(|(r, id)| self.holds(&prefix, r, id)).collect();
        // First here: should this tab go down before the vault answers, its words are here.
        let mut here = Ok(());
        for (n, (key, text)) in puts.iter().enumerate() {
            here = self.storage.set(key, text);
            if here.is_err() {
                for (key, _) in puts.iter().take(n) {
                    let _ = self.storage.remove(key);
                }
                break;
            }
        }
        let gone = followed.iter().map(|(r, _)| key_of(&prefix, r)).collect();
        let there = self.write(puts.clone(), gone).await;
        let deletions = versions.iter().all(|c| c.deleted.is_some());
        if deletions && there.is_err() && here == Err(StorageError::Full) {
            here = self.make_room(&puts, &removals);
        }
        if let (Err(error), Err(_)) = (&here, &there) {
            return Err(error.clone());
        }
        for key in &removals {
            // An entry that stays is one that another follows: no harm.
            let _ = self.storage.remove(key);
        }
        if here.is_err() {
            // The followed ones made room.
            for (key, text) in &puts {
                let _ = self.storage.set(key, text);
            }
        }
        Ok(Saved { committed: there.is_ok(), latest })
    }

    /// Writes deletions where there is no room but that of what they delete. A deletion that does not fit even so
    /// leaves nothing, which is what was asked for.
    fn make_room(&self, puts: &Entries, removals: &[String]) -> Result<(), StorageError> {
        removals.iter().try_for_each(|key| self.storage.remove(key))?;
        for (key, text) in puts {
            let _ = self.storage.set(key, text);
        }
        Ok(())
    }

    /// The key under which revision `revision` of comment `id` stands here: its own or, as older versions of Dixit
    /// stored it, that of the comment.
    fn holds(&self, prefix: &str, revision: &str, id: &str) -> Option<String> {
        [revision, id].into_iter().map(|name| key_of(prefix, name)).find(|key| {
            let text = self.storage.get(key).ok().flatten();
            text.and_then(|text| read(&text).ok()).is_some_and(|c| c.revision == revision)
        })
    }
}
