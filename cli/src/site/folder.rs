//! The folder of articles: which of its files are articles, where the page of each will stand, and what lies beside.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use dixit_import::{Input, Refused, import};
use walkdir::WalkDir;

use super::{config, kept};

/// The forms of articles, by the end of the file's name.
const FORMS: [&str; 8] = ["md", "markdown", "txt", "html", "htm", "json", "jsonld", "xhtml"];
/// What a file of corrections beside an article ends in.
const CORRECTIONS: &str = ".corrections.json";

/// The folder.
#[derive(Debug, Default)]
pub(crate) struct Folder {
    pub(crate) root: PathBuf,
    /// The articles, by path.
    pub(crate) articles: Vec<Place>,
    /// Every other file, such as pictures, by its path in the folder.
    pub(crate) others: BTreeSet<String>,
    /// The address of each article in the site, by its path in the folder.
    pub(crate) pages: BTreeMap<String, String>,
    /// These addresses.
    addresses: BTreeSet<String>,
}

/// Where an article is, and where its page will be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// Its path in the folder, with `/`.
    pub(crate) path: String,
    /// The address of its page in the site: `harbour/vote/`.
    pub(crate) page: String,
    /// The folder that it is in: its section.
    pub(crate) section: Option<String>,
    /// What translations of one article share: its path without language and form.
    pub(crate) work: String,
    /// The language in its name: `vote.de.md`.
    pub(crate) language: Option<String>,
    /// The file of corrections beside it.
    pub(crate) corrections: Option<String>,
}

impl Folder {
    /// Looks through a folder, but for what begins with a dot and for folders that are sites which were built.
    pub(crate) fn read(root: &Path) -> Result<Folder, String> {
        let is_wanted = |entry: &walkdir::DirEntry| {
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            entry.depth() == 0 || !(hidden || entry.path().join(kept::FILE).is_file())
        };
        let mut files = BTreeSet::new();
        for entry in WalkDir::new(root).into_iter().filter_entry(is_wanted) {
            let entry = entry.map_err(|error| format!("{}: {error}", root.display()))?;
            // Links to files are followed by reading them, links to folders are not.
            if entry.path().is_file() {
                files.insert(relative(root, entry.path()));
            }
        }
        Folder::of(root, files, |path| is_data(&root.join(path)))
    }

    /// `is_data` tells JSON that is no article.
    fn of(
        root: &Path,
        files: BTreeSet<String>,
        is_data: impl Fn(&str) -> bool,
    ) -> Result<Folder, String> {
        let mut folder = Folder { root: root.to_owned(), ..Folder::default() };
        let mut by_page: BTreeMap<String, String> = BTreeMap::new();
        for path in &files {
            if path == config::FILE || path.ends_with(CORRECTIONS) {
                continue;
            }
            let of_article =
                Place::of(path).filter(|_| !(path.ends_with(".json") && is_data(path)));
            let Some(mut place) = of_article else {
                folder.others.insert(path.clone());
                continue;
            };
            if let Some(other) = by_page.insert(place.page.clone(), path.clone()) {
                return Err(format!(
                    "{}: its page would be {}, as that of {other} is: rename one of them",
                    root.join(path).display(),
                    place.page
                ));
            }
            let stem = path.rsplit_once('.').map_or(path.as_str(), |(stem, _)| stem);
            let corrections = [stem, CORRECTIONS].concat();
            place.corrections = files.contains(&corrections).then_some(corrections);
            folder.pages.insert(path.clone(), place.page.clone());
            folder.articles.push(place);
        }
        folder.addresses = by_page.into_keys().collect();
        Ok(folder)
    }

    /// The same with a file for each article, `harbour/vote.html`, in place of a folder with its page.
    pub(crate) fn into_files(mut self) -> Folder {
        let file = |page: &mut String| *page = [page.trim_end_matches('/'), ".html"].concat();
        self.articles.iter_mut().for_each(|place| file(&mut place.page));
        self.pages.values_mut().for_each(file);
        self.addresses = self.pages.values().cloned().collect();
        self
    }

    /// Where a link of the article at `from` leads, relative to its page; `None` where it leads nowhere.
    pub(crate) fn resolve(&self, from: &Place, link: &str) -> Option<String> {
        let end = link.find(['?', '#']).unwrap_or(link.len());
        let (path, rest) = link.split_at(end);
        let path = percent_decoded(path);
        let path = path.as_str();
        if path.is_empty() {
            return Some(link.to_owned()).filter(|link| !link.is_empty());
        }
        let up = up(&from.page);
        if path == "/" {
            return Some([up.as_str(), rest].concat());
        }
        let path = path.strip_suffix('/').unwrap_or(path);
        let found = |path: &str| match self.pages.get(path) {
            Some(page) => Some(encoded(page)),
            None if self.others.contains(path) => Some(encoded(path)),
            // The address of a page, not of a file.
            None => {
                let page = [path, "/"].concat();
                self.addresses.contains(&page).then(|| encoded(&page))
            }
        };
        let target = joined(&from.path, path).and_then(|path| found(&path)).or_else(|| {
            // As it is from the page itself.
            joined(&from.page, path).and_then(|path| found(&path))
        })?;
        Some([up.as_str(), &target, rest].concat())
    }
}

impl Place {
    /// The place of the file at `path`; `None` where it is no article.
    fn of(path: &str) -> Option<Place> {
        let (stem, form) = path.rsplit_once('.')?;
        if !FORMS.iter().any(|known| form.eq_ignore_ascii_case(known)) {
            return None;
        }
        let name = stem.rsplit('/').next().unwrap_or(stem);
        if name.is_empty() || name.starts_with('_') {
            return None;
        }
        let (work, language) = match stem.rsplit_once('.') {
            Some((work, tag)) if super::is_language(tag) && !work.ends_with('/') => {
                (work, Some(tag))
            }
            _ => (stem, None),
        };
        // `vote/index.md` is the page `vote/`.
        let bare = work.strip_suffix("/index").unwrap_or(work);
        let own: Vec<String> = bare.split('/').map(slug).collect();
        let page = [
            language.map(|tag| [tag, "/"].concat()).unwrap_or_default(),
            own.join("/"),
            "/".into(),
        ];
        Some(Place {
            path: path.to_owned(),
            page: page.concat(),
            section: bare.rsplit_once('/').map(|(folder, _)| folder.to_owned()),
            work: work.to_owned(),
            language: language.map(str::to_owned),
            corrections: None,
        })
    }
}

/// Whether a file is JSON of other things than articles, which is copied as a picture is.
fn is_data(file: &Path) -> bool {
    let bytes = std::fs::read(file).unwrap_or_default();
    matches!(import(&Input::new(&bytes)), Err(Refused::OtherJson))
}

/// A part of an address: lower case, words joined by `-`, letters of any script.
pub(crate) fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-').to_owned();
    if slug.is_empty() { "article".into() } else { slug }
}

/// The path of a file in a folder, with `/` on every system.
pub(crate) fn relative(root: &Path, file: &Path) -> String {
    let path = file.strip_prefix(root).unwrap_or(file);
    path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// The way from a page to the site's first page: `../` for each folder.
pub(crate) fn up(page: &str) -> String {
    let depth = page.matches('/').count();
    if depth == 0 { "./".into() } else { "../".repeat(depth) }
}

/// An address in the site as it stands in a link.
pub(crate) fn encoded(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// An address as it is meant.
pub(crate) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = after
            .get(..2)
            .filter(|_| byte == b'%')
            .and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        bytes.push(hex.unwrap_or(byte));
        rest = if hex.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// `link` as it is from the file `from`, without `.` and `..`; `None` where it leaves the folder.
fn joined(from: &str, link: &str) -> Option<String> {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = Vec::new();
    let base = if link.starts_with('/') { "" } else { folder };
    for part in base.split('/').chain(link.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> Result<Folder, String> {
        let files = files.iter().map(|f| (*f).to_owned()).collect();
        Folder::of(Path::new("a"), files, |path| path == "data.json")
    }

    #[test]
    fn pages_stand_where_their_files_do() {
        for (path, page, section, work, language) in [
            ("vote.md", "vote/", None, "vote", None),
            (
                "City News/The Vote.html",
                "city-news/the-vote/",
                Some("City News"),
                "City News/The Vote",
                None,
            ),
            ("city/vote.de.md", "de/city/vote/", Some("city"), "city/vote", Some("de")),
            ("vote/index.md", "vote/", None, "vote/index", None),
            ("vote 1.5.md", "vote-1-5/", None, "vote 1.5", None),
            ("Гласање.txt", "гласање/", None, "Гласање", None),
            ("!!.md", "article/", None, "!!", None),
        ] {
            let place = Place::of(path).expect(path);
            assert_eq!(place.page, page);
            assert_eq!(place.section.as_deref(), section);
            assert_eq!((place.work.as_str(), place.language.as_deref()), (work, language));
        }
        for other in ["a.png", "README", "_draft.md", ".md"] {
            assert_eq!(Place::of(other), None, "{other}");
        }
        let folder_of_data = folder(&["data.json", "a.json"]).expect("it");
        assert_eq!((folder_of_data.articles.len(), folder_of_data.others.len()), (1, 1));
        let error = folder(&["a.md", "A.html"]).expect_err("two of one page");
        assert!(error.contains("rename one of them"), "{error}");
    }

    #[test]
    fn links_lead_to_pages_and_files_and_nowhere_else() {
        let folder =
            folder(&["city/vote.md", "city/tax law.md", "rain.md", "city/map.png"]).expect("it");
        let vote = folder.articles.iter().find(|a| a.path == "city/vote.md").expect("it");
        for (link, expected) in [
            ("tax%20law.md", Some("../../city/tax-law/")),
            ("../rain.md#q-1", Some("../../rain/#q-1")),
            ("/rain.md", Some("../../rain/")),
            ("map.png", Some("../../city/map.png")),
            ("../../rain/", Some("../../rain/")),
            ("#part", Some("#part")),
            ("/", Some("../../")),
            ("gone.md", None),
            ("../../../etc/passwd", None),
            ("", None),
        ] {
            assert_eq!(folder.resolve(vote, link).as_deref(), expected, "{link}");
        }
    }
}
