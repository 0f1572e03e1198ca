//! Feeds: RSS, Atom, RDF and JSON Feed, each entry an article.

use std::borrow::Cow;

use dixit_engine::{Article, Block, Date};
use feed_rs::model::{self, Entry as FeedEntry};
use feed_rs::parser;
use url::Url;

use crate::html::{fragment, language, read_more, some_words};
use crate::{Entry, Feed, blocks, problem};

/// What feeds write that the parser does not know, and the same in words that it knows: the namespace of Atom
/// before it was a standard, that of RSS where somebody gave it one, and XHTML by its full name.
const SPELLINGS: [(&str, &str); 5] = [
    ("http://purl.org/atom/ns#", "http://www.w3.org/2005/Atom"),
    ("xmlns=\"http://backend.userland.com/rss2\"", ""),
    ("type=\"application/xhtml+xml\"", "type=\"xhtml\""),
    ("type=\"text/plain\"", "type=\"text\""),
    ("type='application/xhtml+xml'", "type='xhtml'"),
];

/// Reads a feed. The error says what is wrong with it.
pub(crate) fn read(text: &str, url: Option<&Url>) -> Result<Feed, String> {
    let parser = parser::Builder::new().base_uri(url.map(Url::as_str)).build();
    // It was decoded: what its declaration says of an encoding is past.
    let mut rest = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if rest.starts_with("<?xml") {
        rest = rest.split_once("?>").map_or(rest, |(_, rest)| rest);
    }
    let mut text = Cow::Borrowed(rest);
    for (old, new) in SPELLINGS {
        if text.contains(old) {
            text = Cow::Owned(text.replace(old, new));
        }
    }
    // RSS of any version but the first two is read as 2.0, as its makers promised.
    let root = text.find("<rss").and_then(|at| Some(at..at + text.get(at..)?.find('>')?));
    if let Some(range) = root
        && !["2.0", "0.91", "0.92"].iter().any(|v| {
            text.get(range.clone()).is_some_and(|root| root.contains(&format!("version=\"{v}\"")))
        })
    {
        let root =
            text.get(range.start + 4..range.end).unwrap_or_default().replace("version=", "of=");
        let root = ["<rss version=\"2.0\" ", &root].concat();
        text.to_mut().replace_range(range, &root);
    }
    let feed = parser.parse(text.as_bytes()).map_err(|error| error.to_string())?;
    let of_feed = Article {
        site: feed.title.as_ref().and_then(words),
        byline: names(&feed.authors),
        language: feed.language.as_deref().and_then(language),
        ..Article::default()
    };
    let entries = feed.entries.iter().map(|entry| read_entry(entry, &of_feed, url)).collect();
    Ok(Feed { title: of_feed.site, entries })
}

fn read_entry(entry: &FeedEntry, feed: &Article, url: Option<&Url>) -> Entry {
    let link =
        entry.links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
    let address =
        link.and_then(|link| blocks::link(&link.href, url)).filter(|a| a.starts_with("http"));
    let base =
        address.as_deref().and_then(|a| blocks::parse(a, None).ok()).or_else(|| url.cloned());
    let of = |body: &str, is_plain: bool| -> Vec<Block> {
        if is_plain && !looks_like_html(body) {
            return body
                .lines()
                .map(str::trim)
                .filter(|l| !l.is_empty())
                .map(Block::paragraph)
                .collect();
        }
        fragment(body, base.as_ref())
    };
    let content = entry.content.as_ref().and_then(|content| {
        let body = content.body.as_deref()?;
        Some(of(body, content.content_type.subty() == "plain"))
    });
    let summary =
        entry.summary.as_ref().map(|text| of(&text.content, text.content_type.subty() == "plain"));
    let length =
        |blocks: &Option<Vec<Block>>| blocks.iter().flatten().map(|b| b.text.len()).sum::<usize>();
    let (whole, short) = (length(&content), length(&summary));
    let ends_open = |blocks: &[Block]| {
        let last =
            blocks.iter().rev().find(|b| b.kind.is_prose()).map_or("", |b| b.text.trim_end());
        last.ends_with('…')
            || last.ends_with("...")
            || last.ends_with("[…]")
            || last.ends_with("[...]")
    };
    let (body, is_summary) = if whole >= short {
        (content.unwrap_or_default(), false)
    } else {
        // Many feeds have the whole text in the field for a summary.
        (summary.unwrap_or_default(), entry.content.is_some() || short < 1_000)
    };
    let mut article = Article {
        title: entry.title.as_ref().and_then(words),
        date: entry.published.or(entry.updated).map(|date| {
            let iso = date.format("%Y-%m-%d").to_string();
            Date { written: iso.clone(), iso }
        }),
        byline: names(&entry.authors).or_else(|| feed.byline.clone()),
        site: feed.site.clone(),
        language: entry.language.as_deref().and_then(language).or_else(|| feed.language.clone()),
        ..Article::default()
    };
    let summary_only = is_summary || ends_open(&body);
    article.blocks = body;
    if let Some(url) = address {
        article.id.clone_from(&url);
        article.source_url = Some(url);
    }
    read_more(&mut article);
    if summary_only {
        article.problems.push(problem("the feed has only a summary of this article"));
    }
    Entry { article: crate::sorted(article, crate::languages()), summary_only }
}

fn looks_like_html(text: &str) -> bool {
    ["</p>", "<p>", "<br", "</div>", "</a>"].iter().any(|tag| text.contains(tag))
}

fn words(text: &model::Text) -> Option<String> {
    if text.content.contains(['<', '&']) && text.content_type.subty() != "plain" {
        let blocks = fragment(&text.content, None);
        let lines: Vec<&str> = blocks.iter().map(|b| b.text.as_str()).collect();
        return some_words(&lines.join(" "));
    }
    some_words(&text.content)
}

fn names(people: &[model::Person]) -> Option<String> {
    let names: Vec<String> =
        people.iter().take(20).filter_map(|p| some_words(p.name.as_deref()?)).collect();
    some_words(&names.join(", "))
}
