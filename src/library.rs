//! Articles that were pasted or opened from a file, kept so that a reload finds them again.

use crate::json::{Object, as_list, as_number, as_text, list as json_list};
use crate::order::sorted;
use crate::storage::{PREFIX, Storage, StorageError, escape};
use crate::wording::t;

/// The version that is written and the newest that is read.
const VERSION: i64 = 1;

/// One kept article: its text as it came, and what the start page says about it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Kept {
    /// The article's id.
    pub id: String,
    /// The text as it was pasted or read from the file.
    pub text: String,
    /// The headline, or its first words.
    pub title: String,
    /// The date as the article gives it.
    pub date: Option<String>,
    /// How many are quoted or reported.
    pub n_voices: usize,
    /// The share of voice, largest first: a colour from 1 to 8 and its part of 10,000.
    pub shares: Vec<(usize, usize)>,
    /// When it was last opened, in milliseconds since 1970.
    pub opened: i64,
}

/// What is kept.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Library {
    /// Last opened first; their `text` is left empty.
    pub articles: Vec<Kept>,
    /// Entries that cannot be read; left as they are.
    pub n_unreadable: usize,
}

/// Lists what is kept.
pub fn list(storage: &dyn Storage) -> Result<Library, StorageError> {
    let prefix = prefix();
    let mut library = Library::default();
    for entry in storage.keys(&prefix)? {
        // Another tab may have removed it meanwhile.
        let Some(json) = storage.get(&entry)? else { continue };
        match read(&json).filter(|kept| key(&kept.id) == entry) {
            Some(kept) => library.articles.push(Kept { text: String::new(), ..kept }),
            None => library.n_unreadable += 1,
        }
    }
    library.articles = sorted(library.articles, |a, b| (b.opened, &a.id) < (a.opened, &b.id));
    Ok(library)
}

/// The kept article `id`; `None` where there is none that can be read.
pub fn get(storage: &dyn Storage, id: &str) -> Result<Option<Kept>, StorageError> {
    let entry = storage.get(&key(id))?;
    Ok(entry.as_deref().and_then(read).filter(|kept| kept.id == id))
}

/// Keeps an article, in the place of an earlier text of the same id.
pub fn keep(storage: &dyn Storage, kept: &Kept) -> Result<(), StorageError> {
    let key = key(&kept.id);
    // What a newer version wrote is not ours to overwrite.
    if storage.get(&key)?.is_some_and(|entry| read(&entry).is_none()) {
        return Err(StorageError::Broken(t("an entry of this article cannot be read").into()));
    }
    let json = write(kept);
    storage.set(&key, &json)
}

/// Removes an article and answers its entry, to be given to [`put_back`].
pub fn remove(storage: &dyn Storage, id: &str) -> Result<Option<Removed>, StorageError> {
    let key = key(id);
    let entry = storage.get(&key)?;
    storage.remove(&key)?;
    Ok(entry.map(|entry| Removed { key, entry }))
}

/// An article that was removed, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    key: String,
    entry: String,
}

/// Takes back a removal.
pub fn put_back(storage: &dyn Storage, removed: &Removed) -> Result<(), StorageError> {
    storage.set(&removed.key, &removed.entry)
}

/// What every key of a kept article begins with.
pub fn prefix() -> String {
    format!("{PREFIX}a/")
}

fn key(id: &str) -> String {
    prefix() + &escape(id)
}

fn write(kept: &Kept) -> String {
    let mut fields = Object::default();
    fields.put_number("v", VERSION);
    fields.put_text("id", &kept.id);
    fields.put_text("title", &kept.title);
    if let Some(date) = &kept.date {
        fields.put_text("date", date);
    }
    fields.put_number("voices", kept.n_voices as i64);
    let shares = kept
        .shares
        .iter()
        .map(|(colour, part)| ["[", &colour.to_string(), ",", &part.to_string(), "]"].concat());
    fields.put("shares", json_list(shares));
    fields.put_number("opened", kept.opened);
    fields.put_text("text", &kept.text);
    fields.write()
}

fn read(json: &str) -> Option<Kept> {
    let mut fields = Object::read(json)?;
    if as_number(&fields.take("v")?)? != VERSION {
        return None;
    }
    let mut text = |name: &str| as_text(&fields.take(name)?);
    let (id, words, title, date) = (text("id")?, text("text")?, text("title")?, text("date"));
    // A wrong picture is no reason to lose an article: what does not fit is left out.
    let mut number = |name: &str| fields.take(name).as_deref().and_then(as_number);
    let n_voices = number("voices").and_then(|n| n.try_into().ok()).unwrap_or(0);
    let opened = number("opened").unwrap_or(0);
    let shares = fields.take("shares").unwrap_or_default();
    let shares = as_list(&shares).unwrap_or_default().into_iter().take(64).filter_map(|pair| {
        let pair = as_list(pair)?;
        let number = |n: usize| usize::try_from(as_number(pair.get(n)?)?).ok();
        let (colour, part) = (number(0)?, number(1)?);
        ((1..=8).contains(&colour) && part <= 10_000).then_some((colour, part))
    });
    let shares = shares.collect();
    Some(Kept { id, text: words, title, date, n_voices, shares, opened })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::fake::FakeStorage;

    fn article(id: &str, opened: i64) -> Kept {
        Kept {
            id: id.into(),
            text: format!("{id}\n\n“Yes,” she said.\u{a0}🎉"),
            title: id.into(),
            date: Some("January 12, 2022".into()),
            n_voices: 7,
            shares: vec![(1, 6000), (8, 4000)],
            opened,
        }
    }

    #[test]
    fn what_is_kept_comes_back_last_opened_first() {
        let fake = FakeStorage::default();
        for kept in [article("text-1", 10), article("https://a.example/b", 30), article("%", 20)] {
            keep(&fake, &kept).expect("the fake writes");
            assert_eq!(get(&fake, &kept.id), Ok(Some(kept)));
        }
        let library = list(&fake).expect("the fake reads");
        let ids: Vec<&str> = library.articles.iter().map(|k| k.id.as_str()).collect();
        assert_eq!(ids, ["https://a.example/b", "%", "text-1"]);
        assert_eq!(library.articles[0].shares, [(1, 6000), (8, 4000)]);
        assert_eq!(get(&fake, "nowhere"), Ok(None));
    }

    #[test]
    fn a_removal_is_taken_back_byte_for_byte() {
        let fake = FakeStorage::default();
        keep(&fake, &article("a", 1)).expect("the fake writes");
        let before = fake.memory.get("dixit/1/a/a");
        let removed = remove(&fake, "a").expect("the fake writes").expect("it was there");
        assert_eq!(get(&fake, "a"), Ok(None));
        assert_eq!(remove(&fake, "a"), Ok(None));
        put_back(&fake, &removed).expect("the fake writes");
        assert_eq!(fake.memory.get("dixit/1/a/a"), before);
    }

    #[test]
    fn entries_that_cannot_be_read_are_counted_and_left() {
        let fake = FakeStorage::default();
        keep(&fake, &article("good", 1)).expect("the fake writes");
        let newer = r#"{"v":2,"id":"newer","text":"x","title":"x"}"#;
        for (key, json) in [
            ("dixit/1/a/newer", newer),
            ("dixit/1/a/cut", r#"{"v":1,"id":"cu"#),
            ("dixit/1/a/other", r#"{"v":1,"id":"else","text":"x","title":"x"}"#),
        ] {
            fake.memory.set(key, json).expect("memory keeps everything");
        }
        let library = list(&fake).expect("the fake reads");
        assert_eq!((library.articles.len(), library.n_unreadable), (1, 3));
        assert!(keep(&fake, &article("newer", 2)).is_err());
        assert_eq!(fake.memory.get("dixit/1/a/newer"), Ok(Some(newer.into())));
    }

    #[test]
    fn odd_numbers_do_not_lose_an_article() {
        let json = r#"{"v":1,"id":"a","text":"x","title":"t","voices":-1,"opened":"x",
            "shares":[[0,1],[9,1],[1,10001],[2,5]]}"#;
        let kept = read(json).expect("the text is there");
        assert_eq!((kept.n_voices, kept.opened, kept.shares), (0, 0, vec![(2, 5)]));
        let json = r#"{"v":1,"id":"a","text":"x","title":"t","shares":[["1",1],3,[]]}"#;
        assert_eq!(read(json).expect("the text is there").shares, []);
    }

    #[test]
    fn a_full_storage_keeps_the_earlier_text() {
        let fake = FakeStorage::default();
        keep(&fake, &article("a", 1)).expect("the fake writes");
        *fake.writes.borrow_mut() = Some(StorageError::Full);
        assert_eq!(keep(&fake, &article("a", 2)), Err(StorageError::Full));
        assert_eq!(get(&fake, "a"), Ok(Some(article("a", 1))));
    }
}
