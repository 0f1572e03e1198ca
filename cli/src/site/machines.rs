//! What other programs read: feeds, the sitemap, rules for robots, oEmbed.

use std::path::Path;

use atom_syndication::{Content, Entry, Feed, FixedDateTime, Link, Person, Text};
use dixit_engine::BlockKind;
use serde_json::json;

use super::Site;
use super::article::DOCUMENT;
use super::card::{Card, reread};
use super::folder::encoded;
use super::reader::{EMBED, FOLDER};
use super::shell::direction;

/// A feed has this many of the newest articles.
const FEED: usize = 30;
/// What one sitemap may list, by <https://www.sitemaps.org/protocol.html>.
const SITEMAP: usize = 50_000;

/// The files that need no address of the site.
pub(crate) fn robots(site: &Site) -> (String, String) {
    let rules = if site.config.robots {
        "User-agent: *\nAllow: /\n"
    } else {
        "User-agent: *\nDisallow: /\n"
    };
    let sitemap = site.config.base_url.as_deref().filter(|_| site.config.robots);
    let sitemap = sitemap.map_or(String::new(), |base| format!("Sitemap: {base}sitemap.xml\n"));
    ("robots.txt".into(), [rules, &sitemap].concat())
}

/// What servers should say of the files, in the form that Netlify and Cloudflare Pages read; `docs/publishing.md` has it
/// for others. What a page can say itself is in the page, so that it holds everywhere.
pub(crate) fn headers() -> [(String, String); 2] {
    let headers = format!(
        "/*\n  Content-Security-Policy: frame-ancestors 'self'\n  X-Content-Type-Options: nosniff\n  \
         Referrer-Policy: no-referrer\n  Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()\n\
         /assets/*\n  Access-Control-Allow-Origin: *\n  Cache-Control: public, max-age=31536000, immutable\n\
         /*/{DOCUMENT}\n  Access-Control-Allow-Origin: *\n\
         /feed.xml\n  Access-Control-Allow-Origin: *\n/feed.json\n  Access-Control-Allow-Origin: *\n\
         /sw.js\n  Cache-Control: no-cache\n\
         /embed.html\n  ! Content-Security-Policy\n  Content-Security-Policy: frame-ancestors *\n"
    );
    let embed: String = EMBED
        .iter()
        .map(|name| {
            format!("/{name}\n  Access-Control-Allow-Origin: *\n  Cache-Control: no-cache\n")
        })
        .collect();
    let headers = headers + &embed;
    // GitHub Pages leaves out files that begin with `_` where this one is missing.
    [("_headers".into(), headers), (".nojekyll".into(), String::new())]
}

/// What lets the site be installed, and read without a network.
pub(crate) fn offline(site: &Site) -> [(String, String); 2] {
    let manifest = json!({
        "name": site.config.title,
        "short_name": site.config.title,
        "description": site.config.description,
        "id": "./",
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "lang": site.language,
        "dir": direction(&site.language),
        "background_color": "#fbfaf7",
        "theme_color": "#7a2410",
        "icons": [{
            "src": ([FOLDER, &site.reader.manifest.icon].concat()),
            "type": "image/svg+xml",
            "sizes": "any",
        }],
    });
    // Typefaces come when they are used, and what other pages embed is theirs.
    let embed = &site.reader.manifest.embed;
    let files: Vec<String> = site
        .reader
        .files
        .keys()
        .filter(|path| !path.starts_with("fonts/") && !path.starts_with(embed.as_str()))
        .map(|path| [FOLDER, path].concat())
        .collect();
    let worker = &site.reader.manifest.service_worker;
    let worker =
        worker.replacen("const FILES = [];", &format!("const FILES = {};", json!(files)), 1);
    [("manifest.webmanifest".into(), manifest.to_string()), ("sw.js".into(), worker)]
}

/// The files that need the address of the site, `base`. `out` is where the articles' documents lie.
pub(crate) fn files(
    site: &Site,
    base: &str,
    cards: &[Card],
    lists: &[String],
    out: &Path,
) -> Vec<(String, String)> {
    let newest: Vec<(&Card, String)> = cards
        .iter()
        .take(FEED)
        .map(|card| (card, paragraphs(&out.join(&card.page).join(DOCUMENT))))
        .collect();
    let mut files = vec![
        ("feed.xml".to_owned(), atom(site, base, &newest)),
        ("feed.json".to_owned(), json_feed(site, base, &newest)),
    ];
    let addresses: Vec<(&str, Option<&str>)> = cards
        .iter()
        .map(|card| (card.page.as_str(), card.date.as_deref()))
        .chain(lists.iter().map(|at| (at.as_str(), None)))
        .collect();
    let maps: Vec<String> = addresses.chunks(SITEMAP).map(|part| sitemap(base, part)).collect();
    match <[String; 1]>::try_from(maps) {
        Ok([map]) => files.push(("sitemap.xml".into(), map)),
        Err(maps) => {
            let names: Vec<String> = (1..=maps.len()).map(|n| format!("sitemap-{n}.xml")).collect();
            files.push(("sitemap.xml".into(), sitemaps(base, &names)));
            files.extend(names.into_iter().zip(maps));
        }
    }
    files
}

/// The size of the frame that pages get which unfurl a link, in pixels.
const FRAME: (u32, u32) = (720, 640);

/// What an article says of itself to pages that link to it: <https://oembed.com>, of the type `rich`, a frame.
pub(crate) fn oembed(site: &Site, base: &str, card: &Card) -> String {
    let url = [base, &encoded(&card.page)].concat();
    let source = encoded(&[&url, DOCUMENT].concat());
    let (width, height) = FRAME;
    let frame = maud::html! {
        iframe data-dixit src={ (base) "embed.html?src=" (source) } title=(card.title) width=(width) height=(height)
            loading="lazy" sandbox="allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads" {}
    };
    json!({
        "version": "1.0",
        "type": "rich",
        "title": card.title,
        "author_name": card.byline,
        "provider_name": site.config.title,
        "provider_url": base,
        "url": url,
        "html": frame.into_string(),
        "width": width,
        "height": height,
    })
    .to_string()
}

/// The text of an article, as HTML without any markup but paragraphs.
fn paragraphs(document: &Path) -> String {
    let Some((article, _)) = reread(document) else { return String::new() };
    let is_text = |kind: &BlockKind| {
        matches!(
            kind,
            BlockKind::Paragraph
                | BlockKind::Heading(_)
                | BlockKind::Quote
                | BlockKind::ListItem { .. }
        )
    };
    let texts =
        article.blocks.iter().filter(|b| is_text(&b.kind) && !b.text.is_empty()).map(|b| &b.text);
    maud::html! { @for text in texts { p { (text) } } }.into_string()
}

/// The moment of an article's day, at noon, which is the same day in most of the world.
fn moment(card: &Card) -> Option<FixedDateTime> {
    [card.date.as_deref()?, "T12:00:00+00:00"].concat().parse().ok()
}

fn atom(site: &Site, base: &str, cards: &[(&Card, String)]) -> String {
    let link = |rel: &str, href: String, kind: &str| Link {
        rel: rel.into(),
        href,
        mime_type: Some(kind.into()),
        ..Link::default()
    };
    let never = || FixedDateTime::default();
    let entry = |(card, text): &(&Card, String)| {
        let address = [base, &encoded(&card.page)].concat();
        let content = Content {
            value: Some(text.clone()),
            content_type: Some("html".into()),
            ..Content::default()
        };
        Entry {
            title: Text::plain(card.title.clone()),
            id: address.clone(),
            updated: moment(card).unwrap_or_else(never),
            published: moment(card),
            authors: card
                .byline
                .iter()
                .map(|name| Person { name: name.clone(), ..Person::default() })
                .collect(),
            links: vec![link("alternate", address, "text/html")],
            summary: Some(Text::plain(card.teaser.clone())),
            content: Some(Content { lang: Some(card.language.clone()), ..content }),
            ..Entry::default()
        }
    };
    let feed = Feed {
        title: Text::plain(site.config.title.clone()),
        subtitle: Some(site.config.description.clone()).filter(|d| !d.is_empty()).map(Text::plain),
        id: base.to_owned(),
        updated: cards.iter().find_map(|(card, _)| moment(card)).unwrap_or_else(never),
        lang: Some(site.language.clone()),
        links: vec![
            link("self", format!("{base}feed.xml"), "application/atom+xml"),
            link("alternate", base.to_owned(), "text/html"),
        ],
        authors: vec![Person { name: site.config.title.clone(), ..Person::default() }],
        entries: cards.iter().map(entry).collect(),
        ..Feed::default()
    };
    feed.to_string()
}

/// By <https://www.jsonfeed.org/version/1.1/>.
fn json_feed(site: &Site, base: &str, cards: &[(&Card, String)]) -> String {
    let items: Vec<_> = cards
        .iter()
        .map(|(card, text)| {
            let address = [base, &encoded(&card.page)].concat();
            let mut item = json!({
                "id": address,
                "url": address,
                "title": card.title,
                "summary": card.teaser,
                "content_html": text,
                "language": card.language,
            });
            if let Some(item) = item.as_object_mut() {
                if let Some(date) = moment(card) {
                    item.insert("date_published".into(), date.to_rfc3339().into());
                }
                if let Some(byline) = &card.byline {
                    item.insert("authors".into(), json!([{ "name": byline }]));
                }
            }
            item
        })
        .collect();
    json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.config.title,
        "description": site.config.description,
        "home_page_url": base,
        "feed_url": format!("{base}feed.json"),
        "language": site.language,
        "items": items,
    })
    .to_string()
}

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

fn sitemap(base: &str, addresses: &[(&str, Option<&str>)]) -> String {
    let map = maud::html! {
        urlset xmlns=(NAMESPACE) {
            @for (at, date) in addresses {
                url { loc { (base) (encoded(at)) } @if let Some(date) = date { lastmod { (date) } } }
            }
        }
    };
    [XML, &map.into_string()].concat()
}

fn sitemaps(base: &str, names: &[String]) -> String {
    let map = maud::html! {
        sitemapindex xmlns=(NAMESPACE) { @for name in names { sitemap { loc { (base) (name) } } } }
    };
    [XML, &map.into_string()].concat()
}
