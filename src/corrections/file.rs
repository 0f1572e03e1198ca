//! Corrections as a file: to keep, to give to others, to publish beside an article.
//!
//! `{"format":"dixit-corrections","version":1,"article":{"id","title"},"corrections":[…]}`, each correction as it is stored
//! but without `v`; `id` may be missing. They hold in the order of the list. Unknown fields are kept.

use super::format::{known, write};
use super::model::Correction;
use crate::comments::is_ulid;
use crate::json::{Object, as_list, as_number, as_text, list};
use crate::wording::{fill, t};

/// The largest file that is read, in bytes.
const MAX_FILE: usize = 512 * 1024;
/// The most corrections of one file.
const MAX_CORRECTIONS: usize = 1_000;
const FORMAT: &str = "dixit-corrections";
const VERSION: i64 = 1;

/// Why a file is refused; nothing of it is taken then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileError {
    /// Larger than 512 kB.
    TooLarge,
    /// Not JSON with `"format":"dixit-corrections"`.
    NotCorrections,
    /// Of a newer version.
    Newer,
    /// More than 1000 corrections.
    TooMany,
    /// The correction with this number, from 1, is not in the documented form.
    Malformed(usize),
}

impl FileError {
    /// What is wrong, in words for readers.
    pub fn words(&self) -> String {
        match self {
            FileError::TooLarge => t("The file is larger than 512 kB.").to_owned(),
            FileError::NotCorrections => t("This is not a file of corrections.").to_owned(),
            FileError::Newer => t("The file was written by a newer version of Dixit.").to_owned(),
            FileError::TooMany => t("The file holds more than 1000 corrections.").to_owned(),
            FileError::Malformed(n) => {
                fill("Correction {} of the file cannot be read.", &[&n.to_string()])
            }
        }
    }
}

/// Writes a file of corrections.
pub fn export(article: &str, title: &str, corrections: &[Correction]) -> String {
    let mut about = Object::default();
    about.put_text("id", article);
    about.put_text("title", title);
    let corrections = corrections.iter().map(|correction| {
        let mut fields = Object::read(&write(correction)).unwrap_or_default();
        fields.take("v");
        fields.write()
    });
    let mut file = Object::default();
    file.put_text("format", FORMAT);
    file.put_number("version", VERSION);
    file.put("article", about.write());
    file.put("corrections", list(corrections));
    file.write()
}

/// Reads a file of corrections. `new_id` makes an id for the nth correction, from 0, where it has none.
pub fn import(text: &str, new_id: impl Fn(usize) -> String) -> Result<Vec<Correction>, FileError> {
    if text.len() > MAX_FILE {
        return Err(FileError::TooLarge);
    }
    let mut file = Object::read(text).ok_or(FileError::NotCorrections)?;
    let format = file.take("format").as_deref().and_then(as_text);
    if format.as_deref() != Some(FORMAT) {
        return Err(FileError::NotCorrections);
    }
    match file.take("version").as_deref().and_then(as_number) {
        Some(VERSION) => {}
        Some(version) if version > VERSION => return Err(FileError::Newer),
        _ => return Err(FileError::NotCorrections),
    }
    let corrections = file.take("corrections").ok_or(FileError::NotCorrections)?;
    let corrections = as_list(&corrections).ok_or(FileError::NotCorrections)?;
    if corrections.len() > MAX_CORRECTIONS {
        return Err(FileError::TooMany);
    }
    let mut read: Vec<Correction> = Vec::with_capacity(corrections.len());
    for (n, json) in corrections.into_iter().enumerate() {
        let malformed = FileError::Malformed(n + 1);
        let Some(mut correction) = Object::read(json).and_then(known) else {
            return Err(malformed);
        };
        if correction.id.is_empty() {
            correction.id = new_id(n);
        } else if !is_ulid(&correction.id) {
            return Err(malformed);
        }
        correction.rest.take("v");
        read.push(correction);
    }
    Ok(read)
}
