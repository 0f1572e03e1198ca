//! schema.org articles in JSON-LD: alone, in a list or a `@graph`, or inside a page.

use dixit_engine::{Article, Block, BlockKind};
use dom_query::Document;
use serde_json::Value;

use crate::blocks;
use crate::html::{language, machine_date, some_words};

/// The first article of a JSON-LD document; `None` where there is none.
pub(crate) fn article(value: &Value) -> Option<Article> {
    let node = find(value)?;
    let mut article = metadata(node, value);
    let body = text(node.get("articleBody").or_else(|| node.get("text"))?)?;
    article.blocks = paragraphs(&body);
    if let Some(url) = address(node) {
        article.id.clone_from(&url);
        article.source_url = Some(url);
    }
    if let Some(image) = node.get("image").and_then(picture) {
        article.blocks.insert(0, image);
    }
    Some(article)
}

/// What a page's JSON-LD says of its article, with the text where it is there.
pub(crate) fn in_page(document: &Document) -> Option<Article> {
    let scripts = document.select(r#"script[type="application/ld+json"]"#);
    let values = scripts
        .nodes()
        .iter()
        .filter_map(|script| serde_json::from_str::<Value>(&script.text()).ok());
    values
        .filter_map(|value| {
            let node = find(&value)?;
            let mut article = metadata(node, &value);
            article.blocks = node
                .get("articleBody")
                .and_then(text)
                .map(|body| paragraphs(&body))
                .unwrap_or_default();
            Some(article)
        })
        .next()
}

/// Whether a JSON document is one of schema.org's.
pub(crate) fn is_json_ld(value: &Value) -> bool {
    let first = value.as_array().and_then(|list| list.first()).unwrap_or(value);
    first.get("@context").is_some() || first.get("@type").is_some() || first.get("@graph").is_some()
}

/// The first node of a type that is an article, in lists, graphs and pages that are about one.
fn find(value: &Value) -> Option<&Value> {
    // serde_json refuses what is nested deeper than 128.
    match value {
        Value::Array(list) => list.iter().find_map(find),
        Value::Object(fields) if is_article(value) => Some(value).filter(|_| !fields.is_empty()),
        Value::Object(_) => {
            ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "hasPart"]
                .iter()
                .find_map(|name| find(value.get(name)?))
        }
        _ => None,
    }
}

/// The types of schema.org below Article, and the names of its forms before.
fn is_article(node: &Value) -> bool {
    let named = |name: &str| {
        let name = name.rsplit(['/', '#', ':']).next().unwrap_or_default();
        name.ends_with("Article")
            || name.ends_with("BlogPosting")
            || name.ends_with("NewsArticle")
            || matches!(
                name,
                "Report"
                    | "Review"
                    | "CriticReview"
                    | "SocialMediaPosting"
                    | "DiscussionForumPosting"
            )
    };
    match node.get("@type") {
        Some(Value::String(name)) => named(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(named),
        _ => false,
    }
}

/// What `node`, a node of `document`, says of an article.
fn metadata(node: &Value, document: &Value) -> Article {
    let names = |value| names(value, document);
    let field = |name: &str| node.get(name).and_then(text).and_then(|t| some_words(&t));
    let date = ["datePublished", "dateCreated", "dateModified"].iter().find_map(|name| field(name));
    Article {
        title: field("headline").or_else(|| field("name")),
        byline: node.get("author").or_else(|| node.get("creator")).and_then(names),
        site: node.get("publisher").or_else(|| node.get("isPartOf")).and_then(names),
        language: node.get("inLanguage").and_then(tag),
        date: date.and_then(|date| machine_date(&date)),
        ..Article::default()
    }
}

/// A text, as such or as `{"@value": …}`, or the first of several.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Object(fields) => text(fields.get("@value")?),
        Value::Array(list) => text(list.first()?),
        _ => None,
    }
}

/// The names of people and organisations; those that a graph of `document` names elsewhere are looked up.
fn names(value: &Value, document: &Value) -> Option<String> {
    let name = |value: &Value| {
        let name = match value.get("name") {
            Some(name) => text(name)?,
            None if value.is_object() => {
                text(node_of(value.get("@id")?.as_str()?, document)?.get("name")?)?
            }
            None => text(value)?,
        };
        some_words(&name).filter(|name| !name.starts_with("http"))
    };
    let all: Vec<String> = match value {
        Value::Array(list) => list.iter().take(20).filter_map(name).collect(),
        value => name(value).into_iter().collect(),
    };
    (!all.is_empty()).then(|| all.join(", "))
}

/// The node that `id` names, in the document's graph.
fn node_of<'d>(id: &str, document: &'d Value) -> Option<&'d Value> {
    let lists = document.as_array().map_or(std::slice::from_ref(document), Vec::as_slice);
    let graphs = lists.iter().filter_map(|part| part.get("@graph")?.as_array());
    graphs.flatten().find(|node| {
        node.get("@id").and_then(Value::as_str) == Some(id) && node.get("name").is_some()
    })
}

/// The tag of a language, as such or of a Language node.
fn tag(value: &Value) -> Option<String> {
    match value {
        Value::Object(fields) => tag(fields.get("alternateName").or_else(|| fields.get("name"))?),
        value => language(&text(value)?),
    }
}

fn address(node: &Value) -> Option<String> {
    let main = node.get("mainEntityOfPage");
    let main = main.map(|main| main.get("@id").unwrap_or(main));
    let all = [node.get("url"), main, node.get("@id")];
    let addresses = all.into_iter().flatten().filter_map(text);
    addresses.filter(|a| a.starts_with("http")).find_map(|address| blocks::link(&address, None))
}

fn picture(value: &Value) -> Option<Block> {
    let first = value.as_array().map_or(Some(value), |list| list.first())?;
    let field = |name: &str| first.get(name).and_then(text);
    let url = match first {
        Value::Object(_) => field("url").or_else(|| field("contentUrl"))?,
        value => text(value)?,
    };
    let kind = BlockKind::Image { url: blocks::image(&url, None)?, credit: field("creditText") };
    Some(Block { kind, ..Block::paragraph(field("caption").unwrap_or_default()) })
}

/// The paragraphs of a body, which is text.
fn paragraphs(body: &str) -> Vec<Block> {
    // Some publishers put HTML there, against the vocabulary.
    if body.contains("</p>") || body.contains("<br") {
        return crate::html::fragment(body, None);
    }
    let lines = body.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(Block::paragraph).collect()
}
