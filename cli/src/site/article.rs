//! The page of an article, and what lies beside it.

use std::cell::RefCell;

use dixit_engine::{Analysis, Article};
use dixit_reader::components::bar::Home;
use dixit_reader::published::Published;
use dixit_reader::wording::{self, t};
use maud::{Markup, PreEscaped, html};

use super::card::Card;
use super::folder::{encoded, up};
use super::lists::language_name;
use super::reader::FOLDER;
use super::shell::{self, Page, in_script, ways};
use super::{Neighbours, Site};

/// Where the article's document lies, beside its page.
pub(crate) const DOCUMENT: &str = "who-said-what.json";

/// The page.
pub(crate) fn page(
    site: &Site,
    card: &Card,
    around: &Neighbours<'_>,
    article: Article,
    analysis: Analysis,
) -> String {
    speak(site);
    let up = up(&card.page);
    let json_ld =
        site.config.base_url.as_deref().map(|base| json_ld(site, base, card, &article, &analysis));
    let home = Home { href: up.clone(), name: site.config.title.clone() };
    let published = Published::new(article, analysis, home);
    let document = published.document();
    let needs_parts = published.needs_parts();
    let body = html! {
        div #reader { (PreEscaped(rendered(site, &published))) }
        (foot(site, card, around, &up))
        script type="application/json" #dixit-page { (in_script(&document)) }
    };
    shell::page(
        site,
        &Page {
            at: &card.page,
            title: [&card.title, " · ", &site.config.title].concat(),
            description: &card.teaser,
            head: head(site, card, around, json_ld.as_deref(), needs_parts),
            body,
            is_article: true,
            root: None,
        },
    )
}

thread_local! {
    static RUNTIME: RefCell<Option<tokio::runtime::Runtime>> = const { RefCell::new(None) };
    /// The language whose words this thread has.
    static SPOKEN: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Lets this thread say what it says in the language of the site.
pub(crate) fn speak(site: &Site) {
    SPOKEN.with_borrow_mut(|spoken| {
        if *spoken != site.language {
            spoken.clone_from(&site.language);
            wording::set(&site.language, &site.words);
        }
    });
}

/// The reader's own HTML of a page.
pub(crate) fn rendered(site: &Site, published: &Published) -> String {
    speak(site);
    RUNTIME.with_borrow_mut(|runtime| {
        let runtime = runtime.get_or_insert_with(|| {
            #[expect(clippy::expect_used, reason = "without a timer or a driver nothing can fail")]
            tokio::runtime::Builder::new_current_thread().build().expect("a runtime")
        });
        tokio::task::LocalSet::new().block_on(runtime, published.html())
    })
}

fn head(
    site: &Site,
    card: &Card,
    around: &Neighbours<'_>,
    json_ld: Option<&str>,
    needs_parts: bool,
) -> Markup {
    let up = up(&card.page);
    let base = site.config.base_url.as_deref();
    html! {
        // What tables look like, which few articles have.
        @if needs_parts {
            link rel="stylesheet" href={ (up) (FOLDER) (site.reader.part("parts.css")) };
        }
        @for (rel, card) in [("prev", around.older), ("next", around.newer)] {
            @if let Some(card) = card { link rel=(rel) href={ (up) (encoded(&card.page)) }; }
        }
        @if let Some(base) = base {
            @if !around.translations.is_empty() {
                @for card in around.translations.iter().copied().chain([card]) {
                    link rel="alternate" hreflang=(card.language) href={ (base) (encoded(&card.page)) };
                }
            }
            meta property="og:type" content="article";
            meta property="og:title" content=(card.title);
            meta property="og:url" content={ (base) (encoded(&card.page)) };
            meta property="og:site_name" content=(site.config.title);
            meta property="og:description" content=(card.teaser);
            meta property="og:locale" content=(card.language.replace('-', "_"));
            @if let Some(date) = &card.date { meta property="article:published_time" content=(date); }
            @if let Some(byline) = &card.byline { meta name="author" content=(byline); }
            @if let Some(section) = site.section(card) { meta property="article:section" content=(section); }
            meta name="twitter:card" content="summary";
            link rel="alternate" type="application/json+oembed" title=(card.title)
                href={ (base) (encoded(&card.page)) "oembed.json" };
        }
        link rel="alternate" type="application/json" title="Who said what" href=(DOCUMENT);
        @if let Some(json_ld) = json_ld { script type="application/ld+json" { (in_script(json_ld)) } }
    }
}

/// What leads on from an article.
fn foot(site: &Site, card: &Card, around: &Neighbours<'_>, up: &str) -> Markup {
    let link = |to: &Card, rel: &str, words: &str| {
        html! {
            a rel=(rel) href={ (up) (encoded(&to.page)) } lang=(to.language) dir="auto" {
                small lang=(site.language) { (words) } (to.title)
            }
        }
    };
    html! {
        footer.site-foot { div {
            @if !around.translations.is_empty() {
                p { (t("Also in")) " " @for (n, to) in around.translations.iter().enumerate() {
                    @if n > 0 { ", " }
                    a href={ (up) (encoded(&to.page)) } hreflang=(to.language) lang=(to.language) { (language_name(&to.language)) }
                } }
            }
            @if around.older.is_some() || around.newer.is_some() {
                nav.neighbours aria-label=(t("Other articles")) {
                    @if let Some(older) = around.older { (link(older, "prev", t("Older"))) }
                    @if let Some(newer) = around.newer { (link(newer, "next", t("Newer"))) }
                }
            }
            @if !card.voices.is_empty() {
                p.heard { (t("Heard here:")) " " @for (n, voice) in card.voices.iter().enumerate() {
                    @if n > 0 { ", " }
                    @match site.voice_page(voice) {
                        Some(page) => { a href={ (up) (encoded(page)) } { bdi { (voice.name) } } }
                        None => { bdi { (voice.name) } }
                    }
                } }
            }
            (ways(site, up))
            p.small { a href=(DOCUMENT) download={ (card.page.trim_end_matches('/').replace('/', "-")) ".json" } { (t("Who said what, as data (JSON)")) } }
        } }
    }
}

fn json_ld(site: &Site, base: &str, card: &Card, article: &Article, analysis: &Analysis) -> String {
    let page = [base, &encoded(&card.page)].concat();
    let mut article = article.clone();
    article.site.get_or_insert_with(|| site.config.title.clone());
    article.source_url = Some(page.clone());
    let rows = dixit_export::rows(&article, analysis, &page);
    dixit_export::json_ld(&article, &rows, &page)
}
