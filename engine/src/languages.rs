//! What the engine knows of languages: word lists, cues, page furniture, months; data, one folder each.

use std::sync::OnceLock;

use crate::language::{self, Guess};
use crate::lexicon::Lexicon;
use crate::plain_text::{Days, PageWords};
use crate::scorer::Weights;

/// The data of every language that is built in, by BCP 47 tag; English first.
///
/// With the feature `all-languages` these are all folders of `lexicon/`, without it English alone.
/// Each is one text for [`Languages::add`].
pub const BUILT_IN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// What every language knows of pages: furniture, openings and months.
const OF_PAGES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/of-pages.rs"));

/// Learned for English by `cargo xtask train`.
const WEIGHTS: &[u8] = include_bytes!("../lexicon/en/weights.bin");

/// Several languages, from which each article gets its own. English is always among them.
pub struct Languages {
    /// English first.
    lexicons: Vec<Lexicon>,
    /// For a language without word lists.
    neutral: Lexicon,
    pub(crate) page: PageWords,
    pub(crate) days: Days,
    /// The tags of all that was added.
    added: Vec<String>,
    /// Learned weights by tag.
    weights: Vec<(String, Weights)>,
}

impl Languages {
    /// Those that are built in; read once.
    pub fn built_in() -> &'static Languages {
        static ALL: OnceLock<Languages> = OnceLock::new();
        ALL.get_or_init(Languages::new)
    }

    /// Those that are built in, to add others to.
    ///
    /// ```
    /// use dixit_engine::{Languages, analyse_with, plain_text};
    ///
    /// let mut languages = Languages::new();
    /// languages.add("eo", "[words]\npronoun-she: ŝi\n[cues]\ndiris diras : q b t\n");
    /// let mut article = plain_text::read("“Saluton,” diris Ann Lee.");
    /// article.language = Some("eo".into());
    /// assert_eq!(analyse_with(&article, &languages).speakers[0].name, "Ann Lee");
    /// ```
    pub fn new() -> Languages {
        let mut it = Languages::empty();
        it.weigh("en", WEIGHTS);
        for (tag, data) in BUILT_IN {
            it.add(tag, data);
        }
        it
    }

    /// What pages look like in every language, and no words of who said what: enough for
    /// [`plain_text::sort_out`](crate::plain_text::sort_out), and much smaller than the rest.
    pub fn of_pages() -> Languages {
        let mut it = Languages::empty();
        for (tag, data) in OF_PAGES {
            it.add(tag, data);
        }
        it
    }

    /// [`Languages::of_pages`] for texts that stand alone, such as an author's own: nothing in them is
    /// furniture.
    ///
    /// ```
    /// use dixit_engine::{Languages, plain_text};
    /// let text = "Harbour vote\n\nThe council met.\n\nComments\n\nThe clerk reads them all.";
    /// let article = plain_text::read_with(text, &Languages::of_own_texts());
    /// assert!(article.set_aside.is_empty() && article.related.is_empty());
    /// assert_eq!(article.blocks.len(), 3);
    /// ```
    pub fn of_own_texts() -> Languages {
        let mut it = Languages::of_pages();
        it.page.forget();
        it
    }

    fn empty() -> Languages {
        Languages {
            lexicons: Vec::new(),
            neutral: Lexicon::parse("und", "", ""),
            page: PageWords::default(),
            days: Days::default(),
            added: Vec::new(),
            weights: Vec::new(),
        }
    }

    /// Adds the data of a language: the files of its folder without comments, each behind its name in
    /// brackets, such as `[cues]`. Lines that mean nothing are passed over, and so is a language that is
    /// there already.
    pub fn add(&mut self, tag: &str, data: &str) {
        if self.added.iter().any(|added| added == tag) {
            return;
        }
        let (words, cues) = (part(data, "words"), part(data, "cues"));
        if !cues.is_empty() {
            self.lexicons.push(Lexicon::parse(tag, words, cues));
        }
        self.page.add(part(data, "furniture"), part(data, "openings"));
        self.days.add(part(data, "months"));
        self.added.push(tag.to_string());
    }

    /// Gives a language learned weights, as `cargo xtask train` writes them, or other ones; none where
    /// the bytes are no weights. A language without goes by the rules of its word lists alone.
    pub fn weigh(&mut self, tag: &str, weights: &[u8]) {
        self.weights.retain(|(of, _)| of != tag);
        self.weights.extend(Weights::read(weights).map(|weights| (tag.to_string(), weights)));
    }

    pub(crate) fn weights(&self, tag: &str) -> Option<&Weights> {
        self.weights.iter().find(|(of, _)| of == tag).map(|(_, weights)| weights)
    }

    /// The tag of the language of `text`, where its data would help and is not there.
    ///
    /// ```
    /// let text = "Die Stadt hat gesagt, dass sie die Schule am Fluss nicht schließen wird.";
    /// let missing = dixit_engine::Languages::new().missing(text);
    /// assert_eq!(missing, if cfg!(feature = "all-languages") { None } else { Some("de") });
    /// ```
    pub fn missing(&self, text: &str) -> Option<&'static str> {
        match language::guess(&mut [text].into_iter()) {
            Guess::Known(tag) => Some(tag).filter(|tag| !self.added.iter().any(|a| a == tag)),
            _ => None,
        }
    }

    /// The word lists for `language`, a BCP 47 tag, or for `texts` where no tag says it.
    ///
    /// English for a text that is too short to tell, as for one that is English; empty lists where the
    /// language has none, since those of another would mislead.
    pub(crate) fn lexicon(
        &self,
        language: Option<&str>,
        texts: &mut dyn Iterator<Item = &str>,
    ) -> &Lexicon {
        let primary = match language.and_then(|l| l.split('-').next()) {
            Some(tag) => tag,
            None => match language::guess(texts) {
                Guess::Known(tag) => tag,
                Guess::Other => "und",
                Guess::Short => "en",
            },
        };
        self.lexicons.iter().find(|l| l.language == primary).unwrap_or(&self.neutral)
    }
}

impl Default for Languages {
    fn default() -> Languages {
        Languages::new()
    }
}

/// The lines of `data` between `[name]` and the next name in brackets.
fn part<'d>(data: &'d str, name: &str) -> &'d str {
    let mut parts = data.split('[').filter_map(|part| part.split_once(']'));
    parts.find(|(n, _)| *n == name).map_or("", |(_, lines)| lines.trim_start())
}
