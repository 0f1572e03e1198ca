//! What every page has around its content: head, policy, scripts, the footer.

use dixit_reader::wording::t;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::json;

use super::Site;
use super::folder::{encoded, up};
use super::reader::{FOLDER, source};

/// A page of the site.
pub(crate) struct Page<'a> {
    /// Its address in the site: `harbour/vote/`, or empty for the first page.
    pub(crate) at: &'a str,
    pub(crate) title: String,
    pub(crate) description: &'a str,
    /// What else stands in its head.
    pub(crate) head: Markup,
    pub(crate) body: Markup,
    /// Whether the reader takes it over.
    pub(crate) is_article: bool,
    /// Where the site begins, for a page that is shown at any address; else that follows from its own.
    pub(crate) root: Option<&'a str>,
}

/// The whole document.
pub(crate) fn page(site: &Site, page: &Page<'_>) -> String {
    let up = page.root.map_or_else(|| up(page.at), str::to_owned);
    let assets = [up.as_str(), FOLDER].concat();
    let manifest = &site.reader.manifest;
    let base = site.config.base_url.as_deref().filter(|_| page.root.is_none());
    let canonical = base.map(|base| [base, &encoded(page.at)].concat());
    let hash = |path: &str| site.reader.integrity(path);
    // The script that comes with the Wasm is imported: an import map has its hash, and the policy that of the map.
    let map = page.is_article.then(|| import_map(site, &assets)).flatten();
    let policy = match &map {
        Some(map) => {
            site.reader.policy.replacen("script-src", &format!("script-src {}", source(map)), 1)
        }
        None => site.reader.policy.clone(),
    };
    let language = &site.language;
    let direction = direction(language);
    let document = html! {
        (DOCTYPE)
        html lang=(language) dir=(direction) data-ui=(language) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (page.title) }
                @if !page.description.is_empty() { meta name="description" content=(page.description); }
                @if !site.config.robots { meta name="robots" content="noindex"; }
                @if let Some(canonical) = &canonical { link rel="canonical" href=(canonical); }
                script { (PreEscaped(&manifest.theme)) }
                @if page.is_article {
                    style { (PreEscaped(&site.reader.inline_styles)) }
                } @else {
                    link rel="stylesheet" href={ (assets) (manifest.styles) } integrity=[hash(&manifest.styles)];
                    link rel="stylesheet" href={ (assets) (manifest.site_styles) } integrity=[hash(&manifest.site_styles)];
                }
                link rel="manifest" href={ (up) "manifest.webmanifest" } data-offline={ (assets) (manifest.offline) };
                link rel="icon" type="image/svg+xml" href={ (assets) (manifest.icon) };
                script src={ (assets) (manifest.boot) } integrity=[hash(&manifest.boot)] defer {}
                @if page.is_article {
                    script src={ (assets) (manifest.fault_script) } integrity=[hash(&manifest.fault_script)] defer {}
                    @if let Some(map) = &map { script type="importmap" { (PreEscaped(map)) } }
                    meta name="dixit-reader" content=(names(&manifest.names, &assets));
                }
                @if site.config.base_url.is_some() {
                    link rel="alternate" type="application/atom+xml" title=(site.config.title) href={ (up) "feed.xml" };
                    link rel="alternate" type="application/feed+json" title=(site.config.title) href={ (up) "feed.json" };
                }
                (page.head)
            }
            body {
                (page.body)
                @if page.is_article { (PreEscaped(manifest.fault.replace("href=\"./\"", &format!("href=\"{up}\"")))) }
            }
        }
    };
    document.into_string()
}

/// An import map that says which hash the reader's script has, by its address as it is from a page.
fn import_map(site: &Site, assets: &str) -> Option<String> {
    let path = site.reader.part("reader.js");
    let hash = site.reader.integrity(&path)?;
    Some(json!({ "integrity": { ([assets, &path].concat()): hash } }).to_string())
}

/// The bar of pages without the reader.
pub(crate) fn bar(site: &Site, at: &str) -> Markup {
    let up = up(at);
    html! {
        header.bar {
            a.brand href=(up) { b aria-hidden="true" { "“" } bdi { (site.config.title) } }
            span.grow {}
            (ways(site, &up))
        }
    }
}

/// The ways through the site.
pub(crate) fn ways(site: &Site, up: &str) -> Markup {
    html! {
        nav.site-nav aria-label=(t("This site")) {
            a href={ (up) "voices/" } { (t("Voices")) }
            @if !site.sections.is_empty() { a href={ (up) "sections/" } { (t("Sections")) } }
            @if site.config.search { a href={ (up) "search/" } { (t("Search")) } }
        }
    }
}

/// `names` of files as they are from a page.
fn names(names: &str, assets: &str) -> String {
    let mut parts: Vec<String> = names.split(' ').map(str::to_owned).collect();
    for n in [0, 1, 3] {
        if let Some(part) = parts.get_mut(n) {
            *part = [assets, part].concat();
        }
    }
    parts.join(" ")
}

pub(crate) fn direction(language: &str) -> &'static str {
    let tag = language.split('-').next().unwrap_or_default();
    if ["ar", "fa", "he", "ur"].contains(&tag) { "rtl" } else { "ltr" }
}

/// JSON as the content of a script element, which no text in it can end.
pub(crate) fn in_script(json: &str) -> PreEscaped<String> {
    // JSON has these characters in strings alone, where the escape means the same.
    PreEscaped(json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026"))
}
