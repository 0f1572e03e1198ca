//! What another page needs to show this article: the code to copy.

use dixit_engine::format;
use web_sys::Url;

use crate::open::address;
use crate::plan::Plan;
use crate::route::Route;
use crate::tree;

/// The code for an element, and the one for a frame where the article has an address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct EmbedCode {
    pub(crate) element: String,
    pub(crate) frame: Option<String>,
}

impl EmbedCode {
    /// The code for the article of a page; `None` where others could not load the scripts that this page comes with.
    pub(crate) fn of_page(plan: &Plan) -> Option<EmbedCode> {
        if tree::EMBEDDED {
            return None;
        }
        let document = web_sys::window()?.document()?;
        let found = |selector: &str, name: &str| {
            document.query_selector(selector).ok()??.get_attribute(name)
        };
        let here = document.base_uri().ok()??;
        let at = |path: &str, base: &str| Url::new_with_base(path, base).ok().map(|url| url.href());
        let reader = found("meta[name=dixit-reader]", "content")?;
        let reader = at(reader.split(' ').next()?, &here)?;
        let published = found("link[rel=alternate][type='application/json']", "href");
        // A site keeps the reader's folders in one of its own.
        let script = if published.is_some() { "../../embed.js" } else { "../embed.js" };
        let script = at(script, &reader).filter(|script| script.starts_with("http"))?;
        let source = match (published, Route::of_browser()) {
            (Some(document), _) => at(&document, &here),
            (None, Route::Link(link)) => address(&link).ok().map(|found| found.as_str().to_owned()),
            (None, _) => None,
        };
        let document = || format::write(&plan.article, Some(&plan.analysis));
        Some(EmbedCode::new(&script, source.as_deref(), document))
    }

    fn new(script: &str, source: Option<&str>, document: impl Fn() -> String) -> EmbedCode {
        let script = escaped(script);
        let tag =
            |inside: &str| format!("<script type=\"module\" src=\"{script}\"></script>\n{inside}");
        let Some(source) = source else {
            // Nothing in it ends the script that holds it.
            let document = document().replace('<', "\\u003c");
            let inside = format!(
                "<dixit-article><script type=\"application/json\">{document}</script></dixit-article>"
            );
            return EmbedCode { element: tag(&inside), frame: None };
        };
        let folder = script.strip_suffix("embed.js").unwrap_or(&script);
        let encoded = escaped(&String::from(js_sys::encode_uri_component(source)));
        let frame = format!(
            "<script type=\"module\" src=\"{folder}frame.js\"></script>\n\
             <iframe data-dixit src=\"{folder}embed.html?src={encoded}\" width=\"100%\" height=\"600\" loading=\"lazy\" \
             sandbox=\"allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads\"></iframe>"
        );
        let inside = format!("<dixit-article src=\"{}\"></dixit-article>", escaped(source));
        EmbedCode { element: tag(&inside), frame: Some(frame) }
    }
}

/// A value for an attribute.
fn escaped(value: &str) -> String {
    value.replace('&', "&amp;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_without_an_address_comes_with_the_code() {
        let document = || r#"{"title":"</script><b>"}"#.to_owned();
        let code = EmbedCode::new("https://r.example/embed.js", None, document);
        assert_eq!(
            code.element,
            "<script type=\"module\" src=\"https://r.example/embed.js\"></script>\n<dixit-article><script type=\"application/json\">{\"title\":\"\\u003c/script>\\u003cb>\"}</script></dixit-article>"
        );
        assert_eq!(code.frame, None);
    }
}
