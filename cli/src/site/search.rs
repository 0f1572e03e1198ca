//! The search over all articles: an index by Pagefind, of which a reader downloads only what a question needs.

use std::collections::BTreeMap;
use std::path::Path;

use dixit_reader::wording::{count, t};
use maud::html;
use pagefind::api::PagefindIndex;
use pagefind::options::PagefindServiceConfig;

use super::Site;
use super::article::DOCUMENT;
use super::card::{Card, reread};
use super::folder::{encoded, up};
use super::lists::index;
use super::reader::FOLDER;
use super::shell::{self, Page, bar};

/// Where the indexes go in the site, each in a folder with its number.
const PLACE: &str = "pagefind/";

/// The search page.
pub(crate) fn page(site: &Site, n_articles: usize) -> (String, String) {
    let at = "search/";
    let up = up(at);
    let search = &site.reader.manifest.search;
    let head = html! {
        script type="module" src={ (up) (FOLDER) (search) } integrity=[site.reader.integrity(search)] {}
    };
    let body = html! {
        (bar(site, at))
        main.site-page {
            h1 { (t("Search")) }
            noscript {
                p {
                    (t("The search needs JavaScript. These are there without:")) " "
                    a href={ (up) "voices/" } { (t("Voices")) } ", " a href=(up) { (t("All articles")) }
                }
            }
            form.search role="search" data-index={ (up) (PLACE) } data-indexes=(n_articles.div_ceil(site.config.search_part)) data-site=(up) data-words=(words()) {
                label { span { (t("Words")) } input type="search" name="q" autocomplete="off"; }
                label { span { (t("Said by")) } input type="search" name="speaker" list="speakers" autocomplete="off"; }
                datalist #speakers {}
                button.btn.pri type="submit" { (t("Search")) }
            }
            p.found role="status" {}
            ul.cards {}
            button.btn.more type="button" hidden { (t("Show more")) }
        }
    };
    let page = Page {
        at,
        title: [t("Search"), " · ", &site.config.title].concat(),
        description: "",
        head,
        body,
        is_article: false,
        root: None,
    };
    (index(at), shell::page(site, &page))
}

/// What the script says, as JSON: a number of articles in the plural categories of the language, and the rest.
fn words() -> String {
    let categories = [("one", 1), ("other", 0), ("two", 2), ("few", 3), ("many", 11)];
    let found: serde_json::Map<String, serde_json::Value> = categories
        .iter()
        .map(|(category, n)| {
            let words = count(*n, "{} article", "{} articles").replace(&n.to_string(), "{}");
            ((*category).to_owned(), words.into())
        })
        .collect();
    serde_json::json!({
        "found": found,
        "searching": t("Searching…"),
        "failed": t("The search did not arrive. Try again."),
        "offline": t("You are offline, and the search is not in this browser."),
    })
    .to_string()
}

/// One index of several.
pub(crate) struct Part<'a> {
    /// Where it goes in the site: `pagefind/1/`.
    pub(crate) place: String,
    /// Its articles.
    pub(crate) cards: Vec<&'a Card>,
}

/// The indexes of articles that stand with the newest first. The oldest are in the first index, so that a new article
/// changes only the last.
pub(crate) fn parts<'c>(site: &Site, cards: &'c [Card]) -> Vec<Part<'c>> {
    let oldest_first: Vec<&Card> = cards.iter().rev().collect();
    let parts = oldest_first.chunks(site.config.search_part).enumerate();
    parts
        .map(|(n, cards)| Part { place: format!("{PLACE}{}/", n + 1), cards: cards.to_vec() })
        .collect()
}

/// The files of an index, by path in the site. `out` is where the articles' documents lie.
pub(crate) fn files(
    site: &Site,
    part: &Part<'_>,
    out: &Path,
) -> Result<Vec<(String, Vec<u8>)>, String> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .build()
        .map_err(|error| format!("search: {error}"))?;
    runtime.block_on(indexed(site, part, out)).map_err(|error| format!("search: {error}"))
}

async fn indexed(
    site: &Site,
    part: &Part<'_>,
    out: &Path,
) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let config = PagefindServiceConfig::builder().build();
    let mut index = PagefindIndex::new(Some(config))?;
    for card in &part.cards {
        let Some((article, _)) = reread(&out.join(&card.page).join(DOCUMENT)) else { continue };
        // The headline is searched as such.
        let words: Vec<&str> = article.blocks.iter().map(|block| block.text.as_str()).collect();
        let meta = [
            ("title", Some(card.title.clone())),
            ("date", card.written.clone()),
            (
                "voices",
                Some(card.voices.iter().map(|v| v.name.as_str()).collect::<Vec<_>>().join(", ")),
            ),
        ];
        let meta: BTreeMap<String, String> =
            meta.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
        let mut filters = BTreeMap::new();
        filters.insert("speaker".to_owned(), card.voices.iter().map(|v| v.name.clone()).collect());
        filters.insert(
            "section".to_owned(),
            site.section(card).map(str::to_owned).into_iter().collect(),
        );
        let sort = card.date.iter().map(|date| ("date".to_owned(), date.clone())).collect();
        let language = site.language.clone();
        index
            .add_custom_record(
                encoded(&card.page),
                words.join(" \n"),
                // One index for all: a reader searches in all languages at once.
                language,
                Some(meta),
                Some(filters),
                Some(sort),
            )
            .await?;
    }
    let files = index.get_files().await?;
    // Their own pages of searching are not used.
    let used = |name: &str| {
        !["ui", "highlight", "component", "modular"].iter().any(|part| name.contains(part))
            && !name.starts_with("playground")
    };
    let files = files
        .into_iter()
        .map(|file| (file.filename.to_string_lossy().replace('\\', "/"), file.contents));
    Ok(files
        .filter(|(name, _)| used(name))
        .map(|(name, bytes)| ([part.place.as_str(), &name].concat(), bytes))
        .collect())
}
