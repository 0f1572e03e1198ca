//! The built reader, whose files every page of a site shares.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::folder::relative;

/// Where its files go in a site.
pub(crate) const FOLDER: &str = "assets/";

/// What other pages embed articles with, by its names in the folder of the built reader and in a site.
pub(crate) const EMBED: &[&str] =
    &["embed.js", "embed.html", "frame.js", "framed.js", "framed.css"];

/// What the folder of the built reader says of itself, in `dixit.json`.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Manifest {
    /// `GLUE WASM INTEGRITY ENGINE LANGUAGES` of the module of published pages.
    pub(crate) names: String,
    /// The folder of what other pages embed articles with.
    pub(crate) embed: String,
    /// The policy of every page.
    pub(crate) policy: String,
    /// The panel that says what went wrong.
    pub(crate) fault: String,
    pub(crate) boot: String,
    pub(crate) fault_script: String,
    pub(crate) styles: String,
    /// The styles of lists, and of what stands around articles.
    pub(crate) site_styles: String,
    /// The search page's script.
    pub(crate) search: String,
    pub(crate) icon: String,
    /// The script that sets what a reader chose before the first paint; it is in the page.
    pub(crate) theme: String,
    /// The script of pages that hold everything.
    pub(crate) single: String,
    /// The script that makes pages work offline.
    pub(crate) offline: String,
    /// The service worker, but for the names of the files that it keeps.
    pub(crate) service_worker: String,
}

/// The built reader.
#[derive(Debug, Clone)]
pub(crate) struct Reader {
    pub(crate) manifest: Manifest,
    /// What other pages embed articles with, and name: their names stay, so they stand beside the first page.
    pub(crate) embed: BTreeMap<String, Vec<u8>>,
    /// Its files that a site needs, by path.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    /// The styles of articles' pages; they are in the page, so that its first words wait for nothing else.
    pub(crate) inline_styles: String,
    /// The policy of published pages, which names what is in them by hashes.
    pub(crate) policy: String,
    /// Says whether two readers are the same.
    pub(crate) hash: String,
    /// The hashes of its scripts and styles, by path.
    hashes: BTreeMap<String, String>,
}

/// What only sites say, in the form of `static/words/`.
const OWN_WORDS: [(&str, &str); 3] = [
    ("ar", include_str!("../../words/ar.json")),
    ("de", include_str!("../../words/de.json")),
    ("mk", include_str!("../../words/mk.json")),
];

/// What names a script or a style in a page to its policy.
pub(crate) fn source(text: &str) -> String {
    format!("'{}'", sha256(text.as_bytes()))
}

/// A hash as browsers write it.
fn sha256(bytes: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(bytes)))
}

impl Reader {
    /// The reader in `folder`, else the one that this program carries, else that of the checkout at hand.
    pub(crate) fn find(folder: Option<&Path>) -> Result<Reader, String> {
        let of_environment = std::env::var_os("DIXIT_READER").map(PathBuf::from);
        match folder.map(Path::to_owned).or(of_environment) {
            Some(folder) => Reader::of_folder(&folder),
            None => Reader::carried().unwrap_or_else(|| Reader::of_folder(Path::new("dist"))),
        }
    }

    fn of_folder(folder: &Path) -> Result<Reader, String> {
        let place = folder.join("dixit.json");
        if !place.is_file() {
            return Err(format!(
                "{}: no built reader: name its folder with --reader (cargo xtask build makes one in dist/)",
                folder.display()
            ));
        }
        let mut files = BTreeMap::new();
        for entry in walkdir::WalkDir::new(folder) {
            let entry = entry.map_err(|error| format!("{}: {error}", folder.display()))?;
            if entry.file_type().is_file() {
                let bytes = std::fs::read(entry.path())
                    .map_err(|error| format!("{}: {error}", entry.path().display()))?;
                files.insert(relative(folder, entry.path()), bytes);
            }
        }
        Reader::of_files(files)
    }

    #[cfg(feature = "embedded")]
    fn carried() -> Option<Result<Reader, String>> {
        static CARRIED: include_dir::Dir<'_> = include_dir::include_dir!("$DIXIT_EMBED");
        fn all<'d>(folder: &'d include_dir::Dir<'d>, files: &mut BTreeMap<String, Vec<u8>>) {
            for file in folder.files() {
                let path = file.path().to_string_lossy().replace('\\', "/");
                files.insert(path, file.contents().to_vec());
            }
            folder.dirs().for_each(|folder| all(folder, files));
        }
        let mut files = BTreeMap::new();
        all(&CARRIED, &mut files);
        Some(Reader::of_files(files))
    }

    #[cfg(not(feature = "embedded"))]
    fn carried() -> Option<Result<Reader, String>> {
        None
    }

    fn of_files(mut files: BTreeMap<String, Vec<u8>>) -> Result<Reader, String> {
        let manifest = files.remove("dixit.json").unwrap_or_default();
        let manifest: Manifest = serde_json::from_slice(&manifest)
            .map_err(|error| format!("the reader's dixit.json is of another version: {error}"))?;
        let Manifest {
            boot, fault_script, styles, site_styles, search, single, icon, offline, ..
        } = &manifest;
        let wanted = [boot, fault_script, styles, site_styles, search, single, icon, offline];
        let glue = manifest.names.split('/').next().unwrap_or_default().to_owned();
        let mut embed = BTreeMap::new();
        for name in EMBED {
            let file = files.remove(*name).ok_or_else(|| format!("the reader has no {name}"))?;
            // What it loads is in the folder that every page shares.
            let text = String::from_utf8_lossy(&file);
            let here = ["./", &manifest.embed].concat();
            let there = ["./", FOLDER, &manifest.embed].concat();
            embed.insert((*name).to_owned(), text.replace(&here, &there).into_bytes());
        }
        files.retain(|path, _| {
            let folder = path.split('/').next().unwrap_or_default();
            [&glue, "fonts", &manifest.embed].contains(&folder) || wanted.contains(&path)
        });
        let mut hash = Sha256::new();
        for (path, bytes) in files.iter().chain(&embed) {
            hash.update(path);
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        }
        let styles =
            [styles, site_styles].map(|path| files.get(path).map(|b| String::from_utf8_lossy(b)));
        let inline_styles: String = styles.into_iter().flatten().collect();
        // The viewer fetches articles from other sites; these have theirs with them.
        let policy = manifest
            .policy
            .replace("connect-src 'self' https:", "connect-src 'self'")
            .replace("script-src 'self'", &format!("script-src 'self' {}", source(&manifest.theme)))
            .replace("style-src 'self'", &format!("style-src 'self' {}", source(&inline_styles)));
        hash.update(&policy);
        let is_checked = |path: &&String| path.ends_with(".js") || path.ends_with(".css");
        let hashes = files.keys().filter(is_checked);
        let hashes =
            hashes.filter_map(|path| Some((path.clone(), sha256(files.get(path)?)))).collect();
        let hash = super::hex(&hash.finalize());
        Ok(Reader { manifest, embed, files, inline_styles, policy, hash, hashes })
    }

    /// The path of a file in the folder of the module of published pages.
    pub(crate) fn part(&self, name: &str) -> String {
        let folder = self.manifest.names.split('/').next().unwrap_or_default();
        [folder, "/", name].concat()
    }

    /// The hash by which a browser tells whether a script or a style of every page is the one that is meant.
    pub(crate) fn integrity(&self, path: &str) -> Option<&str> {
        self.hashes.get(path).map(String::as_str)
    }

    /// The words of the controls in a language, as [`dixit_reader::wording::set`] takes them; `None` where there are none.
    pub(crate) fn words(&self, language: &str) -> Option<String> {
        let tag = language.split('-').next().unwrap_or_default();
        let words = self.files.get(&self.part(&format!("words/{tag}.json")))?;
        let mut words: BTreeMap<String, String> = serde_json::from_slice(words).ok()?;
        let own = OWN_WORDS.iter().find(|(own, _)| *own == tag).map_or("{}", |(_, words)| words);
        words.extend(serde_json::from_str::<BTreeMap<String, String>>(own).ok()?);
        Some(
            words
                .into_iter()
                .flat_map(|(english, words)| [english, words])
                .collect::<Vec<_>>()
                .join("\n"),
        )
    }
}
