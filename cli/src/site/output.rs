//! The folder of the site: writes what is other than before, and takes away what is not made any more.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::folder::relative;
use super::kept;

/// The folder of the site.
pub(crate) struct Output {
    root: PathBuf,
    /// What is made, by path.
    files: BTreeSet<String>,
    n_written: AtomicUsize,
}

impl Output {
    /// Opens the folder, which is new, empty, or of an earlier build: nothing else is ever written over.
    pub(crate) fn open(root: &Path) -> Result<Output, String> {
        let mut entries = fs::read_dir(root).into_iter().flatten();
        if !root.join(kept::FILE).is_file() && entries.next().is_some() {
            return Err(format!(
                "{}: is not empty, and was not made by dixit build: choose another folder with --out, or empty this one",
                root.display()
            ));
        }
        fs::create_dir_all(root).map_err(|error| format!("{}: {error}", root.display()))?;
        // From now on it is ours, also where the build is stopped.
        let mark = root.join(kept::FILE);
        if !mark.is_file() {
            write(&mark, b"")?;
        }
        Ok(Output { root: root.to_owned(), files: BTreeSet::new(), n_written: AtomicUsize::new(0) })
    }

    /// Where a file is.
    pub(crate) fn at(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// Whether a file is there, from this build or an earlier one.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.at(path).is_file()
    }

    /// Writes a file, from any thread. [`Output::keep`] says then that it belongs to the site.
    pub(crate) fn write(&self, path: &str, bytes: &[u8]) -> Result<(), String> {
        let file = self.at(path);
        // A file that is the same stays as it is, with its date, so that uploads are small.
        if fs::read(&file).is_ok_and(|before| before == bytes) {
            return Ok(());
        }
        self.n_written.fetch_add(1, Ordering::Relaxed);
        write(&file, bytes)
    }

    /// Writes a file that belongs to the site.
    pub(crate) fn put(&mut self, path: &str, bytes: &[u8]) -> Result<(), String> {
        self.write(path, bytes)?;
        self.keep(path);
        Ok(())
    }

    /// Writes texts.
    pub(crate) fn put_all(
        &mut self,
        files: impl IntoIterator<Item = (String, String)>,
    ) -> Result<(), String> {
        files.into_iter().try_for_each(|(path, text)| self.put(&path, text.as_bytes()))
    }

    /// Takes a file over as it is.
    pub(crate) fn copy(&mut self, path: &str, from: &Path) -> Result<(), String> {
        let bytes = fs::read(from).map_err(|error| format!("{}: {error}", from.display()))?;
        self.put(path, &bytes)
    }

    /// A file that is there belongs to the site.
    pub(crate) fn keep(&mut self, path: &str) {
        self.files.insert(path.to_owned());
    }

    /// What is in a folder belongs to the site; whether there is anything.
    pub(crate) fn keep_folder(&mut self, folder: &str) -> bool {
        let mut any = false;
        for entry in walkdir::WalkDir::new(self.at(folder)).into_iter().flatten() {
            if entry.file_type().is_file() {
                any = true;
                self.files.insert(relative(&self.root, entry.path()));
            }
        }
        any
    }

    /// Takes away what the build `before` made and this one did not; answers how many files were written and taken away.
    pub(crate) fn close(&self, before: &BTreeSet<String>) -> (usize, usize) {
        let mut n_removed = 0;
        for path in before {
            // Only what is inside, whatever the list says.
            let is_inside =
                Path::new(path).components().all(|c| matches!(c, std::path::Component::Normal(_)));
            if !self.files.contains(path) && is_inside && fs::remove_file(self.at(path)).is_ok() {
                n_removed += 1;
                let mut folder = self.at(path);
                // Folders that are empty now go too, up to the first that is not.
                while folder.pop() && folder != self.root && fs::remove_dir(&folder).is_ok() {}
            }
        }
        (self.n_written.load(Ordering::Relaxed), n_removed)
    }

    /// All that belongs to the site.
    pub(crate) fn files(&self) -> &BTreeSet<String> {
        &self.files
    }
}

/// Writes a file as a whole or not at all, with its folders.
pub(crate) fn write(file: &Path, bytes: &[u8]) -> Result<(), String> {
    let cannot = |error: std::io::Error| format!("{}: {error}", file.display());
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(cannot)?;
    }
    let unfinished = file.with_extension("unfinished");
    fs::write(&unfinished, bytes).map_err(cannot)?;
    fs::rename(&unfinished, file).map_err(cannot)
}
