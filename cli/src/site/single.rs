//! Articles as single files that hold everything and open from a disk by a double click.
//!
//! Browsers load no modules from files, so the reader's are in the page, compressed, and get addresses of their own
//! there (`static/single.js`). The policy names the scripts and styles in the page by their hashes.

use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use dixit_engine::{Analysis, Article, BlockKind};
use dixit_reader::components::bar::Home;
use dixit_reader::published::Published;
use flate2::Compression;
use flate2::write::GzEncoder;
use maud::{DOCTYPE, PreEscaped, html};

use super::Site;
use super::article::rendered;
use super::card::Card;
use super::folder::{Folder, Place, percent_decoded, up};
use super::reader::source;
use super::shell::{direction, in_script};

/// What of the reader every page has in it.
pub(crate) struct Parts {
    policy: String,
    scripts: [String; 4],
    names: String,
    /// Each part by name, compressed, as base64.
    parts: Vec<(String, String)>,
}

impl Parts {
    /// Gathers them once; the error says which is missing.
    pub(crate) fn new(site: &Site) -> Result<Parts, String> {
        let reader = &site.reader;
        let manifest = &reader.manifest;
        let text = |path: &str| -> Result<String, String> {
            let bytes =
                reader.files.get(path).ok_or_else(|| format!("the reader has no {path}"))?;
            String::from_utf8(bytes.clone()).map_err(|error| format!("{path}: {error}"))
        };
        let scripts = [
            manifest.theme.clone(),
            text(&manifest.single)?,
            text(&manifest.boot)?,
            text(&manifest.fault_script)?,
        ];
        let names: Vec<&str> = manifest.names.split(' ').collect();
        let [_, _, integrity, _, languages] = names[..] else {
            return Err("the reader's dixit.json is of another version".into());
        };
        let folder = [manifest.names.split('/').next().unwrap_or_default(), "/"].concat();
        let parts = reader.files.iter().filter_map(|(path, bytes)| {
            let name = path.strip_prefix(&folder)?;
            let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
            // Memory takes everything.
            let _ = gzip.write_all(bytes);
            Some((name.to_owned(), STANDARD.encode(gzip.finish().unwrap_or_default())))
        });
        let hashes: Vec<String> = scripts.iter().map(|script| source(script)).collect();
        let policy = reader
            .policy
            .replace("script-src 'self'", &format!("script-src blob: {}", hashes.join(" ")))
            .replace("style-src 'self'", "style-src blob:")
            .replace("connect-src 'self'", "connect-src blob:")
            .replace("img-src 'self' https:", "img-src https:");
        Ok(Parts {
            policy,
            scripts,
            names: format!("reader.js reader.wasm {integrity} engine/ {languages}"),
            parts: parts.collect(),
        })
    }
}

/// An article with the pictures of its folder in it, but for those of forms that no browser shows as data alone.
pub(crate) fn with_pictures(
    folder: &Folder,
    place: &Place,
    mut article: Article,
) -> Result<Article, String> {
    for block in &mut article.blocks {
        let BlockKind::Image { url, .. } = &mut block.kind else { continue };
        let path = percent_decoded(url.trim_start_matches("../"));
        let kind = match path.rsplit('.').next().unwrap_or_default().to_lowercase().as_str() {
            "png" => "png",
            "jpg" | "jpeg" => "jpeg",
            "gif" => "gif",
            "webp" => "webp",
            _ => continue,
        };
        // Its address leads from the page up to the folder.
        if !url.contains(':')
            && url.starts_with(up(&place.page).trim_start_matches("./"))
            && folder.others.contains(&path)
        {
            let file = folder.root.join(&path);
            let bytes =
                std::fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
            *url = format!("data:image/{kind};base64,{}", STANDARD.encode(bytes));
        }
    }
    Ok(article)
}

/// The page of an article with everything in it.
pub(crate) fn page(
    site: &Site,
    parts: &Parts,
    card: &Card,
    article: Article,
    analysis: Analysis,
) -> String {
    let home = Home {
        href: site.config.base_url.clone().unwrap_or_else(|| "#".into()),
        name: site.config.title.clone(),
    };
    let published = Published::new(article, analysis, home);
    let document = published.document();
    let language = &site.language;
    let [theme, single, boot, fault] = &parts.scripts;
    let page = html! {
        (DOCTYPE)
        html lang=(language) dir=(direction(language)) data-ui=(language) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(parts.policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (card.title) " · " (site.config.title) }
                meta name="description" content=(card.teaser);
                meta name="dixit-reader" content=(parts.names);
                script { (PreEscaped(theme)) }
                style { (PreEscaped(&site.reader.inline_styles)) }
                script { (PreEscaped(single)) }
                script { (PreEscaped(boot)) }
            }
            body {
                div #reader { (PreEscaped(rendered(site, &published))) }
                (PreEscaped(site.reader.manifest.fault.replace("<a href=\"./\">Go to the start page</a>", "")))
                script { (PreEscaped(fault)) }
                script type="application/json" #dixit-page { (in_script(&document)) }
                @for (name, part) in &parts.parts {
                    script type="application/octet-stream" data-name=(name) { (PreEscaped(part)) }
                }
            }
        }
    };
    page.into_string()
}
