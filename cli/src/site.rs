//! `dixit build`: a folder of articles becomes a site of static files.
//!
//! In order: the folder is looked through (`folder`), each article is read and analysed once (`card`) and its document
//! written beside where its page will be; then the pages are written (`article`, `lists`), what programs read
//! (`machines`) and the index of the search (`search`). Of the articles only their cards are held in memory.
//! What was built before is not built again: `kept` says from what it was made.

mod article;
mod card;
mod config;
mod folder;
mod kept;
mod lists;
mod machines;
mod model;
mod output;
mod reader;
mod search;
mod shell;
mod single;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use dixit_engine::{Analysis, Article, format};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::output::count;
pub(crate) use card::Remark;
use card::{Card, Read};
use config::Config;
pub(crate) use folder::percent_decoded;
use folder::{Folder, Place, slug};
use kept::Kept;
use model::{Neighbours, Site, site};
use output::Output;
use reader::Reader;

/// What pages are made by: another version makes all anew.
const PROGRAM: &str = concat!("dixit ", env!("CARGO_PKG_VERSION"), " site 1");

/// What is built, from what.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    /// The folder of articles.
    pub(crate) articles: PathBuf,
    /// The folder of the site.
    pub(crate) out: PathBuf,
    /// `dixit.toml`, where it is not in the folder of articles or beside it.
    pub(crate) config: Option<PathBuf>,
    /// The folder of the built reader.
    pub(crate) reader: Option<PathBuf>,
    /// Whether drafts are published too.
    pub(crate) drafts: bool,
    /// The address of the site, in place of the one in `dixit.toml`.
    pub(crate) base_url: Option<String>,
}

/// What came of it.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) n_articles: usize,
    /// Articles that were read and analysed.
    pub(crate) n_read: usize,
    /// Pages of articles that were written.
    pub(crate) n_pages: usize,
    /// Files that were written, and taken away.
    pub(crate) n_written: usize,
    pub(crate) n_removed: usize,
    pub(crate) notices: Vec<String>,
}

impl Report {
    /// What was done, in words.
    pub(crate) fn words(&self, out: &Path) -> String {
        format!(
            "{}: {}, {} read, {} of articles written; {} written, {} removed",
            out.display(),
            count(self.n_articles, "article"),
            self.n_read,
            count(self.n_pages, "page"),
            count(self.n_written, "file"),
            self.n_removed
        )
    }
}

/// A name for a folder, from its path: the same each time, and of no other folder.
pub(crate) fn name_of(folder: &Path) -> String {
    let name = folder.file_name().map(|name| slug(&name.to_string_lossy())).unwrap_or_default();
    let hash = hex(&Sha256::digest(folder.to_string_lossy().as_bytes()));
    [name.as_str(), "-", hash.get(..12).unwrap_or_default()].concat()
}

/// What authors should know of the articles of a folder, in order; the error says which cannot be read at all.
pub(crate) fn check(plan: &Plan) -> Result<(usize, Vec<Remark>), String> {
    let config = config_of(plan)?;
    let folder = Folder::read(&plan.articles)?;
    let remarks = |place: &Place| -> Vec<Remark> {
        match card::read(&folder, place, String::new(), &config) {
            Ok(read) => read.card.remarks,
            Err(text) => vec![Remark { is_error: true, text }],
        }
    };
    let remarks: Vec<Vec<Remark>> = folder.articles.par_iter().map(remarks).collect();
    Ok((folder.articles.len(), remarks.concat()))
}

/// Builds the site.
pub(crate) fn build(plan: &Plan) -> Result<Report, String> {
    let mut report = Report::default();
    let config = config_of(plan)?;
    let reader = Reader::find(plan.reader.as_deref())?;
    let folder = Folder::read(&plan.articles)?;
    let mut output = Output::open(&plan.out)?;
    let kept = Kept::read(&plan.out);
    let (mut cards, n_read) = cards(&folder, &config, &kept, &plan.out, plan.drafts)?;
    report.n_read = n_read;
    let drafts: Vec<Card> = cards.extract_if(.., |card| card.is_draft && !plan.drafts).collect();
    // The newest first; those without a date last.
    cards.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.page.cmp(&b.page)));
    report.n_articles = cards.len();
    let n_remarks: usize =
        cards.iter().map(|card| card.remarks.iter().filter(|r| r.is_error).count()).sum();
    if n_remarks > 0 {
        let articles = plan.articles.display();
        let (things, them) = match n_remarks {
            1 => ("thing is", "it"),
            _ => ("things are", "them"),
        };
        report.notices.push(format!(
            "{n_remarks} {things} broken in the articles; to see {them}: dixit check {articles}"
        ));
    }
    let site = site(config, reader, &cards);
    for card in &cards {
        output.keep(&[&card.page, article::DOCUMENT].concat());
    }
    let fingerprints = article_pages(&site, &cards, &kept, &mut output, &mut report)?;
    article::speak(&site);
    let lists = lists::pages(&site, &cards);
    let at: Vec<String> = lists
        .iter()
        .filter_map(|(path, _)| path.strip_suffix("index.html").map(str::to_owned))
        .collect();
    output.put_all(lists)?;
    output.put_all([machines::robots(&site)])?;
    output.put_all(machines::offline(&site))?;
    output.put_all(machines::headers())?;
    match site.config.base_url.clone() {
        Some(base) => output.put_all(machines::files(&site, &base, &cards, &at, &plan.out))?,
        None => report.notices.push(
            "no base_url: feeds, sitemap, oEmbed, JSON-LD and previews for other sites are left out (write base_url = \"https://…\" in dixit.toml, or give --base-url)".into(),
        ),
    }
    let searched = search_files(&site, &cards, &kept, &mut output, &plan.out)?;
    for (path, bytes) in &site.reader.files {
        output.put(&[reader::FOLDER, path].concat(), bytes)?;
    }
    for (path, bytes) in &site.reader.embed {
        output.put(path, bytes)?;
    }
    for path in &folder.others {
        output.copy(path, &folder.root.join(path))?;
    }
    (report.n_written, report.n_removed) = output.close(&kept.files);
    Kept::new(cards, drafts, fingerprints, searched, output.files()).write(&plan.out)?;
    Ok(report)
}

/// Writes every article as one file that holds everything; answers how many.
pub(crate) fn build_single(plan: &Plan) -> Result<usize, String> {
    let config = config_of(plan)?;
    let reader = Reader::find(plan.reader.as_deref())?;
    let (root, only) = match plan.articles.is_file() {
        // One article, of the folder that it is in.
        true => (
            plan.articles.parent().map(Path::to_owned).unwrap_or_default(),
            plan.articles.file_name(),
        ),
        false => (plan.articles.clone(), None),
    };
    let root = if root.as_os_str().is_empty() { PathBuf::from(".") } else { root };
    let mut folder = Folder::read(&root)?.into_files();
    if let Some(name) = only {
        folder.articles.retain(|place| *place.path == *name.to_string_lossy());
    }
    let site = site(config, reader, &[]);
    let output = Output::open(&plan.out)?;
    let parts = single::Parts::new(&site)?;
    let write = |place: &Place| -> Result<bool, String> {
        let Read { card, article, analysis } =
            card::read(&folder, place, String::new(), &site.config)?;
        if card.is_draft && !plan.drafts {
            return Ok(false);
        }
        let article = single::with_pictures(&folder, place, article)?;
        let page = single::page(&site, &parts, &card, article, analysis);
        output.write(&place.page, page.as_bytes())?;
        Ok(true)
    };
    let written: Vec<Result<bool, String>> = folder.articles.par_iter().map(write).collect();
    written.into_iter().try_fold(0, |n, written| Ok(n + usize::from(written?)))
}

fn config_of(plan: &Plan) -> Result<Config, String> {
    let beside = plan.articles.join(config::FILE);
    let above = plan.articles.parent().map(|parent| parent.join(config::FILE));
    let found = [Some(beside), above].into_iter().flatten().find(|file| file.is_file());
    let mut config = match plan.config.clone().or(found) {
        Some(file) => Config::read(&file)?,
        None => Config::default(),
    };
    if let Some(base) = &plan.base_url {
        config.base_url =
            Some(if base.ends_with('/') { base.clone() } else { [base, "/"].concat() });
    }
    Ok(config)
}

/// The cards of all articles, and how many were read anew. Documents of those are written.
fn cards(
    folder: &Folder,
    config: &Config,
    kept: &Kept,
    out: &Path,
    drafts: bool,
) -> Result<(Vec<Card>, usize), String> {
    let n_read = AtomicUsize::new(0);
    let card = |place: &Place| -> Result<Card, String> {
        let hash = card::hash(folder, place, config)?;
        if !drafts && kept.is_draft(&place.path, &hash) {
            return Ok(Card::draft(place, hash));
        }
        let document = out.join(&place.page).join(article::DOCUMENT);
        let known = kept.card(&place.path).filter(|card| card.hash == hash && document.is_file());
        let same = |card: &&Card| {
            card.links.iter().all(|(link, target)| folder.resolve(place, link) == *target)
        };
        if let Some(card) = known.filter(same) {
            return Ok(card.clone());
        }
        n_read.fetch_add(1, Ordering::Relaxed);
        let Read { card, article, analysis } = card::read(folder, place, hash, config)?;
        // What is not published leaves no trace in the site.
        if card.is_draft && !drafts {
            return Ok(Card::draft(place, card.hash));
        }
        output::write(&document, format::write(&article, Some(&analysis)).as_bytes())?;
        Ok(card)
    };
    let results: Vec<Result<Card, String>> = folder.articles.par_iter().map(card).collect();
    let (mut cards, mut errors) = (Vec::with_capacity(results.len()), Vec::new());
    for result in results {
        match result {
            Ok(card) => cards.push(card),
            Err(error) => errors.push(error),
        }
    }
    // A site without one of its articles is worse than the one before.
    if errors.is_empty() { Ok((cards, n_read.into_inner())) } else { Err(errors.join("\n")) }
}

/// Writes the page of each article whose own content or surroundings are others than before; answers what each was
/// made from.
fn article_pages(
    site: &Site,
    cards: &[Card],
    kept: &Kept,
    output: &mut Output,
    report: &mut Report,
) -> Result<BTreeMap<String, String>, String> {
    let mut works: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut by_language: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut places = Vec::with_capacity(cards.len());
    for (n, card) in cards.iter().enumerate() {
        works.entry(&card.work).or_default().push(n);
        let alike = by_language.entry(&card.language).or_default();
        places.push(alike.len());
        alike.push(n);
    }
    let at = |n: usize| cards.get(n);
    let around = |n: usize, card: &Card| {
        let alike = by_language.get(card.language.as_str());
        let place = places.get(n).copied().unwrap_or_default();
        let beside = |place: Option<usize>| at(*alike?.get(place?)?);
        let of_work = works.get(card.work.as_str()).into_iter().flatten();
        Neighbours {
            newer: beside(place.checked_sub(1)),
            older: beside(Some(place + 1)),
            translations: of_work
                .filter_map(|&other| at(other).filter(|other| other.language != card.language))
                .collect(),
        }
    };
    let shared = shared(site);
    let base = site.config.base_url.as_deref();
    let write = |(n, card): (usize, &Card)| -> Result<(String, bool), String> {
        let around = around(n, card);
        let fingerprint = fingerprint(site, &shared, card, &around);
        let path = lists::index(&card.page);
        if kept.fingerprint(&card.page) == Some(&fingerprint) && output.has(&path) {
            return Ok((fingerprint, false));
        }
        let document = output.at(&[&card.page, article::DOCUMENT].concat());
        let (article, analysis): (Article, Analysis) = card::reread(&document)
            .ok_or_else(|| format!("{}: cannot be read any more", document.display()))?;
        output.write(&path, article::page(site, card, &around, article, analysis).as_bytes())?;
        if let Some(base) = base {
            output.write(
                &[&card.page, "oembed.json"].concat(),
                machines::oembed(site, base, card).as_bytes(),
            )?;
        }
        Ok((fingerprint, true))
    };
    let written: Vec<Result<(String, bool), String>> =
        cards.par_iter().enumerate().map(write).collect();
    let mut fingerprints = BTreeMap::new();
    for (card, written) in cards.iter().zip(written) {
        let (fingerprint, is_new) = written?;
        fingerprints.insert(card.page.clone(), fingerprint);
        report.n_pages += usize::from(is_new);
        output.keep(&lists::index(&card.page));
        if base.is_some() {
            output.keep(&[&card.page, "oembed.json"].concat());
        }
    }
    Ok(fingerprints)
}

/// What every page depends on.
fn shared(site: &Site) -> String {
    let has_sections = !site.sections.is_empty();
    format!("{PROGRAM} {} {:?} {} {has_sections}", site.reader.hash, site.config, site.language)
}

/// What the page of an article is made from.
fn fingerprint(site: &Site, shared: &str, card: &Card, around: &Neighbours<'_>) -> String {
    let mut hash = Sha256::new();
    let mut say = |text: &str| {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    };
    say(shared);
    say(&card.hash);
    say(site.section(card).unwrap_or_default());
    for (link, target) in &card.links {
        say(link);
        say(target.as_deref().unwrap_or_default());
    }
    for other in [around.older, around.newer]
        .into_iter()
        .chain(around.translations.iter().copied().map(Some))
    {
        say(other.map_or("", |other| &other.page));
        say(other.map_or("", |other| &other.title));
        say(other.map_or("", |other| &other.language));
    }
    for voice in &card.voices {
        say(site.voice_page(voice).map_or("", String::as_str));
    }
    hex(&hash.finalize())
}

/// Writes the indexes of the search whose articles are others than before; answers what each was made from.
fn search_files(
    site: &Site,
    cards: &[Card],
    kept: &Kept,
    output: &mut Output,
    out: &Path,
) -> Result<BTreeMap<String, String>, String> {
    let mut searched = BTreeMap::new();
    if !site.config.search {
        return Ok(searched);
    }
    output.put_all([search::page(site, cards.len())])?;
    for part in search::parts(site, cards) {
        let mut hash = Sha256::new();
        hash.update(PROGRAM);
        hash.update(&site.language);
        for card in &part.cards {
            hash.update(&card.hash);
            hash.update(&card.page);
            hash.update(site.section(card).unwrap_or_default());
        }
        let hash = hex(&hash.finalize());
        if kept.searched.get(&part.place) != Some(&hash) || !output.keep_folder(&part.place) {
            for (path, bytes) in search::files(site, &part, out)? {
                output.put(&path, &bytes)?;
            }
        }
        searched.insert(part.place, hash);
    }
    Ok(searched)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a word can be the tag of a language: `en`, `pt-BR`, `zh-Hant`.
fn is_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}

/// Whether the end of a file's name is the tag of a language: `vote.de.md`, `vote.pt-BR.md`.
fn is_language(tag: &str) -> bool {
    is_tag(tag)
        && tag
            .split('-')
            .next()
            .is_some_and(|first| first.bytes().all(|b| b.is_ascii_lowercase()) && first.len() == 2)
}
