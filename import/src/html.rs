//! HTML: a page, of which the article is taken out, or a piece of one, which is all article.

use std::collections::HashSet;

use dixit_engine::{
    Article, Block, BlockKind, Date, MarkKind, Related, SetAside, SetAsideKind, plain_text,
};
use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};
use url::Url;

use crate::blocks::{self, collapsed};
use crate::{flat, json_ld, languages, problem, tree};

/// An article that is shorter than this, in bytes, is likely not what the page is about.
const SHORT: usize = 250;

/// The article of a page. `url` is where the page came from.
pub(crate) fn page(html: &str, url: Option<&Url>) -> Article {
    let document = flat::page(html);
    let base = base_of(&document, url);
    let whole = tree::blocks(&document.root(), base.as_ref());
    let data = json_ld::in_page(&document);
    let canonical = canonical(&document, base.as_ref(), url);
    let visible_date = visible_date(&document);

    // Relative addresses are resolved by the walk.
    let config = Config { max_elements_to_parse: 0, ..Config::default() };
    let mut article = Article::default();
    if let Ok(mut readability) = Readability::with_document(document, None, Some(config))
        && let Ok(found) = readability.parse()
    {
        // What it writes out it leaves in its tree as well.
        let content = readability.doc.select_single("#readability-page-1");
        if let Some(content) = content.nodes().first() {
            article.blocks = tree::blocks(content, base.as_ref());
        }
        article.title = some_words(&found.title);
        article.byline = found.byline.as_deref().and_then(some_words).filter(|b| !is_address(b));
        article.site = found.site_name.as_deref().and_then(some_words);
        article.language = found.lang.as_deref().and_then(language);
        article.date = found.published_time.as_deref().and_then(machine_date);
    }
    let n_words = |blocks: &[Block]| {
        blocks.iter().filter(|b| b.kind.is_prose()).map(|b| b.text.len()).sum::<usize>()
    };
    if let Some(data) = data {
        let fuller = data.blocks.iter().map(|b| b.text.len()).sum::<usize>();
        // Some pages hold the text in their data, and show it by scripts.
        if fuller > SHORT && fuller > 2 * n_words(&article.blocks) {
            article.blocks = data.blocks;
        }
        article.title = article.title.or(data.title);
        article.byline = data.byline.or(article.byline);
        article.site = article.site.or(data.site);
        article.language = article.language.or(data.language);
        article.date = data.date.or(article.date);
    }
    // As the page writes it, where that is the same day.
    article.date = match (article.date, visible_date) {
        (Some(date), Some(visible)) if date.iso == visible.iso => Some(visible),
        (date, visible) => date.or(visible),
    };
    if article.blocks.iter().all(|b| b.text.is_empty()) {
        article.blocks = whole;
        if !article.blocks.is_empty() {
            article
                .problems
                .push(problem("no article was found on this page: all its text is shown"));
        }
    } else {
        article.set_aside = left_out(&whole, &article);
    }
    if let Some(url) = canonical {
        article.id.clone_from(&url);
        article.source_url = Some(url);
    }
    crate::entitle(&mut article);
    read_more(&mut article);
    teasers(&mut article);
    crate::sorted(article, crate::languages())
}

/// A piece of HTML, as the clipboard and feeds have it: all of it is article.
pub(crate) fn fragment(html: &str, base: Option<&Url>) -> Vec<Block> {
    let document = flat::fragment(html);
    tree::blocks(&document.root(), base)
}

/// Takes the link to the rest of a text from the end of a paragraph: it is the page that speaks there.
pub(crate) fn read_more(article: &mut Article) {
    for (n, block) in article.blocks.iter_mut().enumerate() {
        let Some(last) =
            block.marks.iter().rev().find(|mark| matches!(mark.kind, MarkKind::Link(_)))
        else {
            continue;
        };
        let (start, end) = (last.start, last.end);
        let words = block.text.get(start..).unwrap_or_default();
        let is_link = end == block.text.len() && start > 0 && words.len() < 60;
        if is_link && plain_text::furniture(words, languages()) == Some(SetAsideKind::ReadMore) {
            let text = words.to_owned();
            block.text.truncate(block.text.get(..start).unwrap_or_default().trim_end().len());
            let len = block.text.len();
            block.marks.retain(|mark| mark.end <= len);
            article.set_aside.push(SetAside { kind: SetAsideKind::ReadMore, text, before: n + 1 });
        }
    }
}

/// A paragraph that is nothing but a link is a teaser of another article.
fn teasers(article: &mut Article) {
    let is_teaser = |block: &Block| {
        let all_link = block.marks.iter().any(|mark| {
            matches!(mark.kind, MarkKind::Link(_))
                && mark.start == 0
                && mark.end == block.text.len()
        });
        let n_words = block.text.split_whitespace().count();
        block.kind == BlockKind::Paragraph
            && all_link
            && n_words > 3
            && !block.text.ends_with(['.', '”', '"'])
    };
    // Where most of an article are such paragraphs it is a list of links, and they are what it says.
    let n = article.blocks.iter().filter(|b| is_teaser(b)).count();
    if n * 4 > article.blocks.len() {
        return;
    }
    let (blocks, set_aside) = (std::mem::take(&mut article.blocks), &mut article.set_aside);
    let mut n_before = 0;
    let mut n_moved = Vec::with_capacity(blocks.len() + 1);
    for block in blocks {
        n_moved.push(n_before);
        if is_teaser(&block) {
            article.related.push(Related { section: None, title: block.text, teaser: None });
        } else {
            article.blocks.push(block);
            n_before += 1;
        }
    }
    for line in set_aside {
        line.before = n_moved.get(line.before).copied().unwrap_or(n_before);
    }
}

/// The texts of the whole page that are not in the article, each with its place.
fn left_out(whole: &[Block], article: &Article) -> Vec<SetAside> {
    /// Texts that are the same in this many words are the same.
    const RUN: usize = 4;
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let all: Vec<Vec<String>> = article.blocks.iter().map(|b| words(&b.text)).collect();
    let texts: HashSet<&[String]> = all.iter().map(Vec::as_slice).collect();
    let runs: HashSet<&[String]> = all.iter().flat_map(|words| words.windows(RUN)).collect();
    let title = words(article.title.as_deref().unwrap_or_default());
    let mut out: Vec<SetAside> = Vec::new();
    let mut said: HashSet<Vec<String>> = HashSet::new();
    let mut before = 0;
    for block in whole.iter().filter(|b| b.kind.is_prose()) {
        let words = words(&block.text);
        if words.is_empty() {
            continue;
        }
        let n = words.windows(RUN).filter(|run| runs.contains(run)).count();
        let is_part =
            texts.contains(words.as_slice()) || words.len() > RUN && 2 * n > words.len() - RUN;
        if is_part {
            // Up to where it is in the article, if that is close.
            let near = all.iter().enumerate().skip(before).take(24).find(|(_, a)| **a == words);
            before = near.map_or(before, |(at, _)| at + 1);
        } else if words != title && said.insert(words) {
            let text = block.text.clone();
            let kind =
                plain_text::furniture(&text, languages()).unwrap_or(SetAsideKind::Navigation);
            out.push(SetAside { kind, text, before });
        }
    }
    out
}

/// What relative addresses of the page are relative to.
fn base_of(document: &Document, url: Option<&Url>) -> Option<Url> {
    let given = document.select_single("base[href]").attr("href");
    let given = given.and_then(|href| blocks::parse(&href, url).ok());
    given.filter(|base| matches!(base.scheme(), "http" | "https")).or_else(|| url.cloned())
}

/// The address that the page calls its own, where nobody else could have written it: on the site that it
/// came from.
fn canonical(document: &Document, base: Option<&Url>, url: Option<&Url>) -> Option<String> {
    let link = document.select_single(r#"link[rel="canonical"]"#).attr("href");
    let link =
        link.or_else(|| document.select_single(r#"meta[property="og:url"]"#).attr("content"));
    let named = link.and_then(|href| blocks::parse(&href, base).ok());
    let named = named.filter(|named| {
        matches!(named.scheme(), "http" | "https")
            && url.is_none_or(|url| url.host() == named.host())
    });
    let mut url = named.or_else(|| url.cloned())?;
    url.set_fragment(None);
    Some(url.into())
}

/// The date of the first `<time>` that says when it was published.
fn visible_date(document: &Document) -> Option<Date> {
    let times = document.select("time[datetime]");
    let mut found = times.nodes().iter().take(8).filter_map(|node: &NodeRef<'_>| {
        let iso = machine_date(&node.attr("datetime")?)?.iso;
        let written = collapsed(&node.text());
        Some(Date { written: if written.is_empty() { iso.clone() } else { written }, iso })
    });
    found.next().filter(|_| times.nodes().len() < 8)
}

/// The day of a machine's date: `2024-03-05`, with or without a time behind it.
pub(crate) fn machine_date(date: &str) -> Option<Date> {
    let date = date.trim();
    let iso = date.get(..10)?;
    let digits = |range: std::ops::Range<usize>| iso.get(range)?.parse::<u32>().ok();
    let dashes = iso.get(4..5) == Some("-") && iso.get(7..8) == Some("-");
    let (year, month, day) = (digits(0..4)?, digits(5..7)?, digits(8..10)?);
    let fits = dashes && year > 0 && (1..=12).contains(&month) && (1..=31).contains(&day);
    let apart = date.get(10..).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
    (fits && apart).then(|| Date { iso: iso.to_owned(), written: iso.to_owned() })
}

/// A BCP 47 tag as pages give it.
pub(crate) fn language(tag: &str) -> Option<String> {
    let tag = tag.trim().replace('_', "-");
    let fits = tag.len() <= 35
        && tag.split('-').all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        });
    let primary = tag
        .split('-')
        .next()
        .is_some_and(|p| p.len() >= 2 && p.bytes().all(|b| b.is_ascii_alphabetic()));
    (fits && primary).then_some(tag)
}

pub(crate) fn some_words(text: &str) -> Option<String> {
    let text = collapsed(text);
    (!text.is_empty()).then_some(text)
}

fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}
