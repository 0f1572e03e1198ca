//! Tells by its content, and then by its name, what form an article comes in.

use serde_json::Value;

/// The forms that are read.
#[derive(Debug)]
pub(crate) enum Kind {
    Page,
    Fragment,
    Markdown,
    /// RSS, Atom or RDF.
    XmlFeed,
    JsonFeed,
    JsonLd(Value),
    /// Our own article JSON.
    Dixit,
    /// Other JSON; what is wrong with it, where it is none.
    OtherJson(Option<String>),
    Text,
}

/// The form of `text`, which came under `name` and as `content_type`, where it had them.
pub(crate) fn kind(text: &str, name: Option<&str>, content_type: Option<&str>) -> Kind {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let ending = name
        .and_then(|n| n.rsplit_once('.'))
        .map(|(_, e)| e.to_ascii_lowercase())
        .unwrap_or_default();
    let essence = content_type
        .and_then(|t| t.split(';').next())
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let named_json = ending == "json" || ending == "jsonld" || essence.ends_with("json");
    if start.starts_with(['{', '[']) {
        match serde_json::from_str::<Value>(start) {
            Ok(value) => return json(value),
            Err(error) if named_json => return Kind::OtherJson(Some(error.to_string())),
            // “[Update] The council met.”
            Err(_) => {}
        }
    }
    if start.starts_with('<')
        && let Some(kind) = markup(start)
    {
        return kind;
    }
    if crate::front_matter::split(text).is_some() {
        return Kind::Markdown;
    }
    match (ending.as_str(), essence.as_str()) {
        ("md" | "markdown" | "mdown" | "mkd", _) | (_, "text/markdown" | "text/x-markdown") => {
            Kind::Markdown
        }
        ("html" | "htm" | "xhtml", _) | (_, "text/html" | "application/xhtml+xml") => {
            if has_page(start) { Kind::Page } else { Kind::Fragment }
        }
        _ if named_json => {
            Kind::OtherJson(serde_json::from_str::<Value>(start).err().map(|e| e.to_string()))
        }
        _ if looks_like_markdown(text) => Kind::Markdown,
        _ => Kind::Text,
    }
}

fn json(value: Value) -> Kind {
    let version = value.get("version").and_then(Value::as_str).unwrap_or_default();
    if value.get("format").and_then(Value::as_str) == Some("dixit") {
        Kind::Dixit
    } else if version.contains("jsonfeed.org") {
        Kind::JsonFeed
    } else if crate::json_ld::is_json_ld(&value) {
        Kind::JsonLd(value)
    } else {
        Kind::OtherJson(None)
    }
}

/// The form of a text that begins with `<`; `None` where that is no tag that we know.
fn markup(start: &str) -> Option<Kind> {
    let mut rest = start;
    // Declarations and comments may stand before the root.
    for _ in 0..64 {
        let end = match rest {
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<?") => ">",
            _ if rest.get(..9).is_some_and(|d| d.eq_ignore_ascii_case("<!doctype")) => {
                if rest
                    .get(9..14)
                    .is_some_and(|d| d.trim_start().to_ascii_lowercase().starts_with("html"))
                {
                    let before_root = rest.get(..rest.len().min(2_000)).unwrap_or(rest);
                    // A feed may be called HTML by mistake.
                    if !["<rss", "<feed", "<rdf:RDF"].iter().any(|root| before_root.contains(root))
                    {
                        return Some(Kind::Page);
                    }
                }
                ">"
            }
            _ => break,
        };
        let at = rest.find(end)?;
        rest = rest.get(at + end.len()..)?.trim_start();
    }
    let tag: String = rest
        .strip_prefix('<')?
        .chars()
        .take(20)
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_'))
        .collect();
    let local = tag.rsplit(':').next().unwrap_or_default();
    match tag.as_str() {
        _ if local == "rss" || local == "RDF" || local == "feed" => Some(Kind::XmlFeed),
        _ => {
            let tag = tag.to_ascii_lowercase();
            if matches!(tag.as_str(), "html" | "head" | "body")
                || TAGS.contains(&tag.as_str()) && has_page(rest)
            {
                return Some(Kind::Page);
            }
            let closed = || rest.to_ascii_lowercase().contains(&["</", &tag].concat());
            (TAGS.contains(&tag.as_str()) && closed()).then_some(Kind::Fragment)
        }
    }
}

/// Whether HTML is a whole page.
fn has_page(html: &str) -> bool {
    let html = html.to_ascii_lowercase();
    ["<html", "<body", "<head>", "<head ", "<title"].iter().any(|tag| html.contains(tag))
}

/// Tags that pieces of pages begin with.
const TAGS: &[&str] = &[
    "a",
    "article",
    "aside",
    "b",
    "blockquote",
    "center",
    "div",
    "em",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "i",
    "img",
    "link",
    "main",
    "meta",
    "nav",
    "ol",
    "p",
    "pre",
    "script",
    "section",
    "span",
    "strong",
    "style",
    "table",
    "title",
    "ul",
];

/// Whether a text has the signs of Markdown, more than by chance.
fn looks_like_markdown(text: &str) -> bool {
    let mut signs = 0;
    let (mut headings, mut quotes) = (0, 0);
    // The first lines tell.
    for line in text.lines().take(400) {
        let bare = line.trim_start_matches('#');
        let n = line.len() - bare.len();
        if (1..=6).contains(&n) && bare.starts_with(' ') && !bare.trim().is_empty() {
            headings += 1;
        }
        quotes += usize::from(line.starts_with("> "));
        signs += usize::from(line.starts_with("```")) + usize::from(line.starts_with("!["));
        signs += line
            .matches("](")
            .filter(|_| line.contains("](http") || line.contains("](/") || line.contains("](#"))
            .count();
        signs += line.matches("**").count() / 2;
    }
    headings > 0 || signs > 1 || signs > 0 && quotes > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_told_by_content_first() {
        for (text, name, content_type, expected) in [
            ("<!DOCTYPE html><p>a", None, None, "Page"),
            ("\u{feff} <!-- a --><HTML><p>a", None, Some("text/plain"), "Page"),
            ("<div><title>a</title></div>", None, None, "Page"),
            ("<p>a</p>", None, None, "Fragment"),
            ("<p>a", Some("a.html"), None, "Fragment"),
            ("a <b>", None, None, "Text"),
            ("<3 this", None, None, "Text"),
            ("<p lonely", None, None, "Text"),
            ("<?xml version='1.0'?><rss></rss>", Some("a.html"), None, "XmlFeed"),
            ("<a:feed xmlns:a='http://www.w3.org/2005/Atom'/>", None, None, "XmlFeed"),
            ("<!DOCTYPE html PUBLIC 'x'><rss/>", None, None, "XmlFeed"),
            ("{\"version\":\"https://jsonfeed.org/version/1.1\"}", None, None, "JsonFeed"),
            ("{\"format\":\"dixit\"}", Some("a.txt"), None, "Dixit"),
            ("[{\"@type\":\"NewsArticle\"}]", None, None, "JsonLd"),
            ("[1]", None, None, "OtherJson"),
            ("{", Some("a.json"), None, "OtherJson"),
            ("[Update] The council met.", None, None, "Text"),
            ("---\ntitle: a\n---\nb", None, None, "Markdown"),
            ("+++\ntitle = 'a'\n+++\nb", None, None, "Markdown"),
            ("---\n\na\n\n---\n", None, None, "Text"),
            ("a", Some("a.MD"), None, "Markdown"),
            ("a", None, Some("text/markdown; charset=utf-8"), "Markdown"),
            ("# A\n\nb", Some("a.txt"), None, "Markdown"),
            (
                "See [here](https://a.example) and [there](https://b.example).",
                None,
                None,
                "Markdown",
            ),
            ("We are #1.\n> quoted mail", None, None, "Text"),
            ("#hashtag\n\n2 ** 3", None, None, "Text"),
        ] {
            let found = format!("{:?}", kind(text, name, content_type));
            assert!(found.starts_with(expected), "{text}: {found}");
        }
    }
}
