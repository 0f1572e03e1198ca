//! What all pages of a site know: its settings, its sections, and who is heard where.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::card::{Card, Heard};
use super::config::Config;
use super::folder::slug;
use super::reader::Reader;

/// What all pages of a site know.
pub(crate) struct Site {
    pub(crate) config: Config,
    pub(crate) reader: Reader,
    /// The language of the controls, of which there are words.
    pub(crate) language: String,
    pub(crate) words: String,
    pub(crate) sections: Vec<Section>,
    /// What each section is called, by [`which`].
    section_names: BTreeMap<String, String>,
    /// The languages of the articles, where there are several.
    pub(crate) languages: Vec<Section>,
    pub(crate) voices: Vec<Voice>,
    /// The page of each voice, by who it is.
    pub(crate) voice_pages: BTreeMap<(String, bool), String>,
}

/// The articles of one section, or of one language.
pub(crate) struct Section {
    pub(crate) name: String,
    pub(crate) page: String,
    pub(crate) cards: Vec<usize>,
}

/// Somebody who is heard in at least one article.
pub(crate) struct Voice {
    pub(crate) name: String,
    pub(crate) role: String,
    pub(crate) page: String,
    /// The article, the speaker's id in it, how many statements; the newest first.
    pub(crate) heard: Vec<(usize, String, usize)>,
}

/// The articles around one.
pub(crate) struct Neighbours<'a> {
    pub(crate) older: Option<&'a Card>,
    pub(crate) newer: Option<&'a Card>,
    pub(crate) translations: Vec<&'a Card>,
}

impl Site {
    pub(crate) fn voice_page(&self, voice: &Heard) -> Option<&String> {
        self.voice_pages.get(&who(voice))
    }

    /// What the section of an article is called.
    pub(crate) fn section(&self, card: &Card) -> Option<&str> {
        let which = which(card.section.as_ref()?);
        self.section_names.get(&which).map(String::as_str)
    }
}

/// One name is one voice; people and organisations are told apart.
fn who(voice: &Heard) -> (String, bool) {
    (voice.name.to_lowercase(), voice.is_person)
}

/// One section is written in several ways: `town-hall/` as a folder, "Town Hall" in front matter. Other signs tell
/// sections apart, such as "C++" and "C#".
fn which(section: &str) -> String {
    let words = section.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'));
    let words: Vec<String> = words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.join("-")
}

/// What a section is called that its articles call so: as most front matter does, else as the folder.
fn called(names: &BTreeMap<String, Calls>) -> String {
    let first = names.iter().min_by_key(|(_, calls)| (Reverse(calls.n_written), Reverse(calls.n)));
    first.map(|(name, _)| name.clone()).unwrap_or_default()
}

/// How many articles call their section so, and how many of them in front matter.
#[derive(Default)]
struct Calls {
    n: usize,
    n_written: usize,
}

/// What the pages share, of cards that are in order.
pub(crate) fn site(config: Config, reader: Reader, cards: &[Card]) -> Site {
    let words = reader.words(&config.language);
    let language = if words.is_some() { config.language.clone() } else { "en".to_owned() };
    let mut section_names: BTreeMap<String, BTreeMap<String, Calls>> = BTreeMap::new();
    for card in cards {
        if let Some(section) = &card.section {
            let names = section_names.entry(which(section)).or_default();
            let calls = names.entry(section.clone()).or_default();
            calls.n += 1;
            calls.n_written += usize::from(!card.is_section_folder());
        }
    }
    let section_names: BTreeMap<String, String> =
        section_names.into_iter().map(|(which, names)| (which, called(&names))).collect();
    let (mut sections, mut languages) =
        (BTreeMap::<_, Vec<usize>>::new(), BTreeMap::<_, Vec<usize>>::new());
    let mut heard: BTreeMap<(String, bool), Voice> = BTreeMap::new();
    for (n, card) in cards.iter().enumerate() {
        languages.entry(card.language.clone()).or_default().push(n);
        let section = card.section.as_ref().and_then(|name| section_names.get(&which(name)));
        if let Some(section) = section {
            sections.entry(section.clone()).or_default().push(n);
        }
        for voice in &card.voices {
            let known = heard.entry(who(voice)).or_insert_with(|| Voice {
                // The newest article knows the role best.
                name: voice.name.clone(),
                role: voice.role.clone(),
                page: String::new(),
                heard: Vec::new(),
            });
            known.heard.push((n, voice.id.clone(), voice.n_statements));
        }
    }
    let mut taken = BTreeSet::new();
    let mut page = |folder: &str, name: &str| {
        // File systems have limits.
        let slug: String = slug(name).chars().take(60).collect();
        // `page` is where the pages of the list are.
        let mut page = format!("{folder}/{slug}/");
        let mut n = 1;
        while slug == "page" && n == 1 || !taken.insert(page.clone()) {
            n += 1;
            page = format!("{folder}/{slug}-{n}/");
        }
        page
    };
    let mut lists = |folder: &str, all: BTreeMap<String, Vec<usize>>| -> Vec<Section> {
        all.into_iter()
            .map(|(name, cards)| Section { page: page(folder, &name), name, cards })
            .collect()
    };
    let sections = lists("sections", sections);
    let languages = if languages.len() > 1 { lists("languages", languages) } else { Vec::new() };
    let mut voice_pages = BTreeMap::new();
    let mut voices = Vec::with_capacity(heard.len());
    for (who, mut voice) in heard {
        voice.page = page("voices", &voice.name);
        voice_pages.insert(who, voice.page.clone());
        voices.push(voice);
    }
    voices.sort_by(|a, b| b.heard.len().cmp(&a.heard.len()).then_with(|| a.name.cmp(&b.name)));
    let words = words.unwrap_or_default();
    Site {
        words,
        language,
        config,
        reader,
        sections,
        section_names,
        languages,
        voices,
        voice_pages,
    }
}
