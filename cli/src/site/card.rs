//! What the site knows of each article besides its page: what lists, feeds and the search need.

use std::path::Path;

use dixit_engine::{
    Analysis, Article, BlockKind, Confidence, MarkKind, SpeakerKind, analyse, format,
};
use dixit_import::{Imported, Input, front_matter, import};
use dixit_reader::corrections;
use dixit_reader::session::title;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::config::Config;
use super::folder::{Folder, Place, encoded};

/// Relative links are read as if the article stood here.
const BASE: &str = "https://folder.invalid/";
/// A teaser ends with the word that passes this many characters.
const TEASER: usize = 200;

/// An article, in short.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Card {
    /// Its path in the folder.
    pub(crate) path: String,
    /// The address of its page in the site.
    pub(crate) page: String,
    /// What its page was made from.
    pub(crate) hash: String,
    pub(crate) title: String,
    /// `YYYY-MM-DD`.
    pub(crate) date: Option<String>,
    /// The date as written.
    pub(crate) written: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) language: String,
    pub(crate) section: Option<String>,
    /// What its translations share with it.
    pub(crate) work: String,
    pub(crate) teaser: String,
    pub(crate) voices: Vec<Heard>,
    pub(crate) is_draft: bool,
    /// Links within the folder, and where they led: where they lead elsewhere the article is read anew.
    pub(crate) links: Vec<(String, Option<String>)>,
    /// What an author should know: see `dixit check`.
    pub(crate) remarks: Vec<Remark>,
}

/// What an author should know of a file: where, what, and what mends it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Remark {
    /// Whether something is broken; else it could be better.
    pub(crate) is_error: bool,
    /// `file:line: what (what mends it)`.
    pub(crate) text: String,
}

/// Somebody who is heard in an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Heard {
    /// `s-…`.
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) role: String,
    /// Whether it is a person; else an organisation.
    pub(crate) is_person: bool,
    pub(crate) n_statements: usize,
}

impl Card {
    /// An article that is not published yet: nothing is known of it but that.
    pub(crate) fn draft(place: &Place, hash: String) -> Card {
        Card { path: place.path.clone(), hash, is_draft: true, ..Card::default() }
    }

    /// Whether its section is the folder that it is in, as far as names tell.
    pub(crate) fn is_section_folder(&self) -> bool {
        let rest = self.section.as_ref().and_then(|section| self.path.strip_prefix(section));
        rest.is_some_and(|rest| rest.starts_with('/'))
    }
}

/// An article of the folder, ready to be shown.
pub(crate) struct Read {
    pub(crate) card: Card,
    pub(crate) article: Article,
    pub(crate) analysis: Analysis,
}

/// What pages are made from: the bytes of the article and of its corrections, and this program.
pub(crate) fn hash(folder: &Folder, place: &Place, config: &Config) -> Result<String, String> {
    let mut hash = Sha256::new();
    hash.update(super::PROGRAM);
    hash.update(config.base_url.as_deref().unwrap_or_default());
    hash.update(&config.language);
    for path in [Some(&place.path), place.corrections.as_ref()].into_iter().flatten() {
        let bytes = bytes(&folder.root.join(path))?;
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    }
    Ok(super::hex(&hash.finalize()))
}

/// Reads an article and finds who said what in it.
pub(crate) fn read(
    folder: &Folder,
    place: &Place,
    hash: String,
    config: &Config,
) -> Result<Read, String> {
    let file = folder.root.join(&place.path);
    let bytes = bytes(&file)?;
    let mut article = imported(&file, place, &bytes)?;
    let mut remarks = Remarks::new(&file, &bytes);
    for problem in std::mem::take(&mut article.problems) {
        remarks.broken("", &problem.message);
    }
    remarks.left_out(&article);
    published(&mut article, place, config);
    let links = relinked(&mut article, folder, place, &mut remarks);
    let mut analysis = analyse(&article).spoken();
    if let Some(corrections) = &place.corrections {
        analysis = corrected(folder, corrections, &article, analysis, &mut remarks)?;
    }
    judge(&article, &analysis, place, &mut remarks);
    let matter = front_matter(&String::from_utf8_lossy(&bytes)).unwrap_or_default();
    let field = |name: &str| {
        let found = matter.iter().find(|(field, _)| field.eq_ignore_ascii_case(name));
        let text = found.and_then(|(_, texts)| texts.first()).map(|text| text.trim().to_owned());
        text.filter(|text| !text.is_empty())
    };
    let section = field("section").or_else(|| field("category"));
    let card = Card {
        path: place.path.clone(),
        page: place.page.clone(),
        hash,
        title: title(&article),
        date: article.date.as_ref().map(|date| date.iso.clone()).filter(|iso| is_day(iso)),
        written: article.date.as_ref().map(|date| date.written.clone()),
        byline: article.byline.clone(),
        language: article.language.clone().unwrap_or_default(),
        section: section.or_else(|| place.section.clone()),
        work: field("translation_of").unwrap_or_else(|| place.work.clone()),
        teaser: field("description").unwrap_or_else(|| teaser(&article)),
        voices: voices(&analysis),
        links,
        // Whatever else stands there, it was meant to keep the article back.
        is_draft: field("draft").is_some_and(|value| {
            !["false", "no", "off", "0"].contains(&value.to_ascii_lowercase().as_str())
        }),
        remarks: remarks.all,
    };
    Ok(Read { card, article, analysis })
}

fn imported(file: &Path, place: &Place, bytes: &[u8]) -> Result<Article, String> {
    let name = file.display();
    let url = [BASE, &encoded(&place.path)].concat();
    let input =
        Input { name: Some(&place.path), url: Some(&url), is_own: true, ..Input::new(bytes) };
    match import(&input).map_err(|refused| format!("{name}: {refused}"))? {
        Imported::Article(article) => Ok(article),
        Imported::Feed(_) => Err(format!("{name}: a feed, not an article: keep it elsewhere")),
    }
}

/// Makes an article the site's own.
fn published(article: &mut Article, place: &Place, config: &Config) {
    // What stood around the article on its old page is not published with it.
    article.set_aside.clear();
    article.related.clear();
    article.blocks.iter_mut().for_each(|block| block.origin.clear());
    if article.source_url.as_deref().is_none_or(|url| url.starts_with(BASE)) {
        article.source_url = None;
        // The same after every edit: comments are found by it. Where no address is known the page adds its own.
        let page = place.page.strip_suffix(".html").unwrap_or(&place.page).trim_end_matches('/');
        let base = config.base_url.as_deref();
        article.id = base.map_or(page.to_owned(), |base| [base, &encoded(page)].concat());
    }
    if place.language.is_some() || article.language.is_none() {
        article.language = Some(place.language.clone().unwrap_or_else(|| config.language.clone()));
    }
}

/// Lets links and pictures within the folder lead to pages and files of the site; answers each with where it led.
fn relinked(
    article: &mut Article,
    folder: &Folder,
    place: &Place,
    remarks: &mut Remarks<'_>,
) -> Vec<(String, Option<String>)> {
    let own = [BASE, &encoded(&place.path)].concat();
    let mut links = Vec::new();
    // Where an address of the folder leads from the page; `None` where that is nowhere, which is said.
    let mut resolved = |url: &str, what: &str, mend: &str| {
        // What is only a fragment stays on the page.
        let fragment = url.strip_prefix(&own).filter(|rest| rest.starts_with('#'));
        let path = url.strip_prefix(BASE).unwrap_or(url);
        let link = fragment.map_or_else(|| ["/", path].concat(), str::to_owned);
        let target = folder.resolve(place, &link);
        if target.is_none() {
            let name = path.rsplit('/').next().unwrap_or(path);
            remarks.broken(name, &format!("{what}: {path} ({mend}, or add that file)"));
        }
        links.push((link, target.clone()));
        target
    };
    for block in &mut article.blocks {
        block.marks.retain_mut(|mark| {
            let MarkKind::Link(url) = &mut mark.kind else { return true };
            if !url.starts_with(BASE) {
                return true;
            }
            let target = resolved(url, "a link leads nowhere", "correct it");
            let leads = target.is_some();
            *url = target.unwrap_or_default();
            leads
        });
        if let BlockKind::Image { url, .. } = &mut block.kind
            && url.starts_with(BASE)
        {
            *url = resolved(url, "a picture is missing", "correct its name").unwrap_or_default();
        }
    }
    links
}

/// Says what is missing, and whose words are a guess.
fn judge(article: &Article, analysis: &Analysis, place: &Place, remarks: &mut Remarks<'_>) {
    for (is_missing, what) in [
        (article.title.is_none(), "title"),
        (article.date.is_none(), "date"),
        (article.byline.is_none(), "author"),
    ] {
        if is_missing {
            remarks.notice("", &format!("no {what} (add `{what}: …` to its front matter)"));
        }
    }
    let stem = place.path.rsplit_once('.').map_or(place.path.as_str(), |(stem, _)| stem);
    for attribution in analysis.attributions.iter().filter(|a| a.confidence == Confidence::Low) {
        let words = attribution.content.first().map_or("", |&span| article.text(span));
        let speaker = attribution.speaker.and_then(|s| analysis.speakers.get(s));
        let who = speaker.map_or("nobody".to_owned(), |s| format!("perhaps {}", s.name));
        let short: String = words.chars().take(60).collect();
        let mend = format!("say so in the text, or correct it in {stem}.corrections.json");
        remarks.notice(words, &format!("not sure who says {short}: {who} ({mend})"));
    }
}

/// What is to be said of a file.
struct Remarks<'a> {
    file: &'a Path,
    bytes: &'a [u8],
    all: Vec<Remark>,
}

impl<'a> Remarks<'a> {
    fn new(file: &'a Path, bytes: &'a [u8]) -> Remarks<'a> {
        Remarks { file, bytes, all: Vec::new() }
    }

    /// Something is broken in the line with these words.
    fn broken(&mut self, words: &str, what: &str) {
        self.add(true, words, what);
    }

    /// Something could be better in the line with these words.
    fn notice(&mut self, words: &str, what: &str) {
        self.add(false, words, what);
    }

    /// Lines of a page that look like no part of its article.
    fn left_out(&mut self, article: &Article) {
        let lines = article.set_aside.iter().map(|line| &line.text);
        let lines: Vec<&String> =
            lines.chain(article.related.iter().map(|other| &other.title)).collect();
        if let [first, ..] = lines.as_slice() {
            let what = match lines.len() {
                1 => "1 of its lines looks like no part of the article and is left out".to_owned(),
                n => format!(
                    "{n} of its lines look like no part of the article and are left out, the first"
                ),
            };
            let what =
                format!("{what}: {first} (a file of Markdown or plain text is published whole)");
            self.notice(first, &what);
        }
    }

    fn add(&mut self, is_error: bool, words: &str, what: &str) {
        let text = format!("{}:{}: {what}", self.file.display(), line(self.bytes, words));
        self.all.push(Remark { is_error, text });
    }
}

fn corrected(
    folder: &Folder,
    path: &str,
    article: &Article,
    analysis: Analysis,
    remarks: &mut Remarks<'_>,
) -> Result<Analysis, String> {
    let file = folder.root.join(path);
    let text = bytes(&file)?;
    // Published corrections need no ids: they hold in their order.
    let read = corrections::import(&String::from_utf8_lossy(&text), |n| format!("{n:026}"));
    let corrections = read.map_err(|error| format!("{}: {}", file.display(), error.words()))?;
    let applied = corrections::apply(article, &analysis, &corrections);
    for (n, _) in applied.lost.iter().enumerate().filter(|(_, lost)| **lost) {
        let text = format!(
            "{}:1: correction {} finds no place in the article (export it anew, or take it out)",
            file.display(),
            n + 1
        );
        remarks.all.push(Remark { is_error: true, text });
    }
    Ok(applied.analysis)
}

/// Who is heard, with names: sources without one are different people in every article.
fn voices(analysis: &Analysis) -> Vec<Heard> {
    let mut voices: Vec<Heard> = Vec::new();
    for (n, speaker) in analysis.speakers.iter().enumerate() {
        let is_person = speaker.kind == SpeakerKind::Person;
        if !is_person && speaker.kind != SpeakerKind::Organization {
            continue;
        }
        let said = |a: &&dixit_engine::Attribution| {
            a.speaker == Some(n) && a.confidence != Confidence::Low
        };
        let n_statements = analysis.attributions.iter().filter(said).count();
        if n_statements > 0 {
            voices.push(Heard {
                id: speaker.id.clone(),
                name: speaker.name.clone(),
                role: speaker.role.clone().unwrap_or_default(),
                is_person,
                n_statements,
            });
        }
    }
    voices
}

fn teaser(article: &Article) -> String {
    let mut teaser = String::new();
    let paragraphs = article.blocks.iter().filter(|b| b.kind == BlockKind::Paragraph);
    for word in paragraphs.flat_map(|block| block.text.split_whitespace()) {
        if !teaser.is_empty() {
            teaser.push(' ');
        }
        teaser.push_str(word);
        if teaser.chars().count() > TEASER {
            teaser = teaser.chars().take(2 * TEASER).collect();
            teaser.push('…');
            break;
        }
    }
    teaser
}

fn is_day(iso: &str) -> bool {
    iso.len() == 10
        && iso
            .bytes()
            .enumerate()
            .all(|(n, b)| if n == 4 || n == 7 { b == b'-' } else { b.is_ascii_digit() })
}

/// The line of `bytes` in which the first words of `words` stand, from 1; 1 where they are not found as they are.
fn line(bytes: &[u8], words: &str) -> usize {
    let text = String::from_utf8_lossy(bytes);
    let start: String = words.split_whitespace().take(4).collect::<Vec<_>>().join(" ");
    let at = text.find(&start).filter(|_| !start.is_empty()).unwrap_or(0);
    text.get(..at).unwrap_or_default().matches('\n').count() + 1
}

fn bytes(file: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))
}

/// Reads what a page was made of before, which lies beside it.
pub(crate) fn reread(document: &Path) -> Option<(Article, Analysis)> {
    let text = std::fs::read_to_string(document).ok()?;
    let (article, analysis) = format::read(&text).ok()?;
    Some((article, analysis.unwrap_or_default()))
}
