//! The pages that lead to articles: the first page, the archive, sections, voices, and the one for addresses that are gone.

use dixit_reader::wording::{count, fill, t};
use maud::{Markup, html};

use super::Site;
use super::card::Card;
use super::folder::{encoded, up};
use super::model::Voice;
use super::shell::{self, Page, bar, direction};

/// A page of the site: its address and its document.
type File = (String, String);

/// How many voices a page of their list has.
const VOICES: usize = 200;

/// A list of articles in pages; the oldest articles are on page 1, so that a new one changes no page but the last.
struct List<'a> {
    /// The address of the list: `sections/city/`, or empty for the first page.
    at: String,
    title: String,
    lead: Markup,
    /// The newest first.
    cards: Vec<&'a Card>,
}

/// All of them.
pub(crate) fn pages(site: &Site, cards: &[Card]) -> Vec<File> {
    let mut files = Vec::new();
    let title = site.config.title.clone();
    let lead = html! {
        @if !site.config.description.is_empty() { p.lead { (site.config.description) } }
        @if !site.languages.is_empty() {
            p.languages { @for (n, language) in site.languages.iter().enumerate() {
                @if n > 0 { " · " }
                a href={ "./" (encoded(&language.page)) } hreflang=(language.name) { (language_name(&language.name)) }
            } }
        }
    };
    list(site, &List { at: String::new(), title, lead, cards: cards.iter().collect() }, &mut files);
    for section in &site.sections {
        let cards = section.cards.iter().filter_map(|&n| cards.get(n)).collect();
        list(
            site,
            &List { at: section.page.clone(), title: section.name.clone(), lead: html! {}, cards },
            &mut files,
        );
    }
    for language in &site.languages {
        let cards = language.cards.iter().filter_map(|&n| cards.get(n)).collect();
        let title = language_name(&language.name).to_owned();
        list(site, &List { at: language.page.clone(), title, lead: html! {}, cards }, &mut files);
    }
    if !site.sections.is_empty() {
        files.push(sections(site));
    }
    voices(site, &mut files);
    for voice in &site.voices {
        voice_page(site, voice, cards, &mut files);
    }
    files.push(("404.html".into(), gone(site)));
    files
}

fn document(site: &Site, at: &str, title: &str, head: Markup, content: Markup) -> String {
    let full =
        if at.is_empty() { title.to_owned() } else { [title, " · ", &site.config.title].concat() };
    let body = html! { (bar(site, at)) main.site-page { (content) } };
    let description = if at.is_empty() { site.config.description.as_str() } else { "" };
    shell::page(
        site,
        &Page { at, title: full, description, head, body, is_article: false, root: None },
    )
}

/// The newest articles, and the archive behind them.
fn list(site: &Site, list: &List<'_>, files: &mut Vec<File>) {
    let per_page = site.config.per_page;
    let n_pages = list.cards.len().div_ceil(per_page);
    let page_at = |n: usize| format!("{}page/{n}/", list.at);
    let oldest_first: Vec<&Card> = list.cards.iter().rev().copied().collect();
    // The archive has all but is needed only where the first page has not.
    let archive = if n_pages > 1 { n_pages } else { 0 };
    for (n, part) in oldest_first.chunks(per_page).enumerate().take(archive) {
        let n = n + 1;
        let at = page_at(n);
        let up = up(&at);
        let (older, newer) =
            ((n > 1).then(|| page_at(n - 1)), (n < archive).then(|| page_at(n + 1)));
        let part: Vec<&Card> = part.iter().rev().copied().collect();
        let head = html! {
            @if let Some(older) = &older { link rel="prev" href={ (up) (encoded(older)) }; }
            @if let Some(newer) = &newer { link rel="next" href={ (up) (encoded(newer)) }; }
        };
        let content = html! {
            h1 { (list.title) }
            p.kicker { (fill("Page {}", &[&n.to_string()])) }
            (items(site, &part, &up))
            nav.neighbours aria-label=(t("Pages")) {
                @if let Some(older) = &older { a rel="prev" href={ (up) (encoded(older)) } { (t("Older articles")) } }
                @match &newer {
                    Some(newer) => { a rel="next" href={ (up) (encoded(newer)) } { (t("Newer articles")) } }
                    None => { a rel="next" href={ (up) (encoded(&list.at)) } { (t("Newest articles")) } }
                }
            }
        };
        let title = [&list.title, ", ", &fill("Page {}", &[&n.to_string()])].concat();
        files.push((index(&at), document(site, &at, &title, head, content)));
    }
    let up = up(&list.at);
    let newest: Vec<&Card> = list.cards.iter().take(per_page).copied().collect();
    let content = html! {
        h1 { (list.title) }
        (list.lead)
        @if newest.is_empty() { p { (t("There are no articles yet.")) } }
        (items(site, &newest, &up))
        @if archive > 0 {
            nav.neighbours aria-label=(t("Pages")) {
                a href={ (up) (encoded(&page_at(archive - 1))) } { (t("Older articles")) }
            }
        }
    };
    files.push((index(&list.at), document(site, &list.at, &list.title, html! {}, content)));
}

fn items(site: &Site, cards: &[&Card], up: &str) -> Markup {
    html! {
        ul.cards {
            @for card in cards {
                li lang=(card.language) dir=(direction(&card.language)) {
                    @if card.written.is_some() || site.section(card).is_some() {
                        p.kicker {
                            @if let Some(written) = &card.written {
                                time datetime=[card.date.as_deref()] { (written) }
                            }
                            @if card.written.is_some() && site.section(card).is_some() { " · " }
                            @if let Some(section) = site.section(card) { bdi { (section) } }
                        }
                    }
                    h2 { a href={ (up) (encoded(&card.page)) } { (card.title) } }
                    p.teaser { (card.teaser) }
                    @if !card.voices.is_empty() {
                        p.heard lang=(site.language) {
                            @for (n, voice) in card.voices.iter().take(SHOWN).enumerate() {
                                @if n > 0 { ", " }
                                bdi { (voice.name) }
                            }
                            @if card.voices.len() > SHOWN { " " (count(card.voices.len() - SHOWN, "and {} more", "and {} more")) }
                        }
                    }
                }
            }
        }
    }
}

/// More voices of an article than this are counted.
const SHOWN: usize = 4;

fn sections(site: &Site) -> File {
    let at = "sections/";
    let up = up(at);
    let content = html! {
        h1 { (t("Sections")) }
        ul.voices-list {
            @for section in &site.sections {
                li { a href={ (up) (encoded(&section.page)) } { (section.name) } " " small { (articles(section.cards.len())) } }
            }
        }
    };
    (index(at), document(site, at, t("Sections"), html! {}, content))
}

fn articles(n: usize) -> String {
    count(n, "{} article", "{} articles")
}

/// The list of voices, those who are heard most often first.
fn voices(site: &Site, files: &mut Vec<File>) {
    let n_pages = site.voices.len().div_ceil(VOICES).max(1);
    let page_at =
        |n: usize| if n == 1 { "voices/".to_owned() } else { format!("voices/page/{n}/") };
    for n in 1..=n_pages {
        let at = page_at(n);
        let up = up(&at);
        let part = site.voices.iter().skip((n - 1) * VOICES).take(VOICES);
        let content = html! {
            h1 { (t("Voices")) }
            @if site.voices.is_empty() { p { (t("Nobody is quoted by name yet.")) } }
            ul.voices-list {
                @for voice in part {
                    li {
                        a href={ (up) (encoded(&voice.page)) } { bdi { (voice.name) } }
                        @if !voice.role.is_empty() { " " span.role { bdi { (voice.role) } } }
                        " " small { (articles(voice.heard.len())) }
                    }
                }
            }
            @if n_pages > 1 {
                nav.neighbours aria-label=(t("Pages")) {
                    @if n > 1 { a rel="prev" href={ (up) (encoded(&page_at(n - 1))) } { (t("Heard more often")) } }
                    @if n < n_pages { a rel="next" href={ (up) (encoded(&page_at(n + 1))) } { (t("Heard less often")) } }
                }
            }
        };
        files.push((index(&at), document(site, &at, t("Voices"), html! {}, content)));
    }
}

/// Every article in which somebody speaks, the newest first.
fn voice_page(site: &Site, voice: &Voice, cards: &[Card], files: &mut Vec<File>) {
    let per_page = site.config.per_page;
    let n_pages = voice.heard.len().div_ceil(per_page).max(1);
    let page_at =
        |n: usize| if n == 1 { voice.page.clone() } else { format!("{}page/{n}/", voice.page) };
    for n in 1..=n_pages {
        let at = page_at(n);
        let up = up(&at);
        let part = voice.heard.iter().skip((n - 1) * per_page).take(per_page);
        let content = html! {
            p.kicker { (t("Voice")) }
            h1 { bdi { (voice.name) } }
            @if !voice.role.is_empty() { p.lead { bdi { (voice.role) } } }
            ul.cards {
                @for (card, id, n_statements) in part.filter_map(|(n, id, said)| Some((cards.get(*n)?, id, said))) {
                    li lang=(card.language) dir=(direction(&card.language)) {
                        @if let Some(written) = &card.written {
                            p.kicker { time datetime=[card.date.as_deref()] { (written) } }
                        }
                        h2 { a href={ (up) (encoded(&card.page)) "#" (id) } { (card.title) } }
                        p.heard lang=(site.language) {
                            (count(*n_statements, "{} statement", "{} statements"))
                        }
                    }
                }
            }
            @if n_pages > 1 {
                nav.neighbours aria-label=(t("Pages")) {
                    @if n > 1 { a rel="prev" href={ (up) (encoded(&page_at(n - 1))) } { (t("Newer articles")) } }
                    @if n < n_pages { a rel="next" href={ (up) (encoded(&page_at(n + 1))) } { (t("Older articles")) } }
                }
            }
        };
        files.push((index(&at), document(site, &at, &voice.name, html! {}, content)));
    }
}

/// Served by most static hosts for addresses that they do not know, whatever the folder: so its links begin at the root
/// of the site, where that is known.
fn gone(site: &Site) -> String {
    let base = site.config.base_url.as_deref().unwrap_or("/");
    // Its path: a copy of the site elsewhere has its own.
    let after_host = base
        .split_once("://")
        .and_then(|(_, rest)| Some(rest.find('/')? + base.len() - rest.len()));
    let root = after_host.and_then(|at| base.get(at..)).unwrap_or("/");
    let content = html! {
        h1 { (t("This page is not here")) }
        p { (t("The address may have changed, or the article was taken down.")) }
        p { a href=(root) { (t("All articles")) } }
    };
    let page = Page {
        at: "404.html",
        title: [t("Not found"), " · ", &site.config.title].concat(),
        description: "",
        head: html! { @if site.config.robots { meta name="robots" content="noindex"; } },
        body: html! { main.site-page { (content) } },
        is_article: false,
        root: Some(root),
    };
    shell::page(site, &page)
}

/// What a language is called by those who speak it; else its tag.
pub(crate) fn language_name(tag: &str) -> &str {
    const NAMES: [(&str, &str); 20] = [
        ("ar", "العربية"),
        ("cs", "Čeština"),
        ("de", "Deutsch"),
        ("el", "Ελληνικά"),
        ("en", "English"),
        ("es", "Español"),
        ("fr", "Français"),
        ("hr", "Hrvatski"),
        ("it", "Italiano"),
        ("ja", "日本語"),
        ("mk", "Македонски"),
        ("nl", "Nederlands"),
        ("pl", "Polski"),
        ("pt", "Português"),
        ("ru", "Русский"),
        ("sr", "Српски"),
        ("sv", "Svenska"),
        ("tr", "Türkçe"),
        ("uk", "Українська"),
        ("zh", "中文"),
    ];
    NAMES.iter().find(|(known, _)| *known == tag).map_or(tag, |(_, name)| name)
}

/// The file of the page at an address.
pub(crate) fn index(at: &str) -> String {
    [at, "index.html"].concat()
}
