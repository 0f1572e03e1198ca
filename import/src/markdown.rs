//! Markdown: CommonMark with tables, strikethrough and footnotes, and the front matter before it.

use dixit_engine::{Article, Block, Languages};
use pulldown_cmark::{Options, Parser, html};
use url::Url;

use crate::{front_matter, html as pages};

/// The article of a Markdown text.
pub(crate) fn article(text: &str, url: Option<&Url>, languages: &Languages) -> Article {
    let mut article = Article::default();
    let mut body = text;
    if let Some(split) = front_matter::split(text) {
        front_matter::read(&split, &mut article);
        body = split.rest;
    }
    article.blocks = blocks(body, url);
    crate::entitle(&mut article);
    crate::sorted(article, languages)
}

/// The blocks of Markdown, by way of the HTML that it stands for: so tags inside it are read as pages are.
pub(crate) fn blocks(text: &str, base: Option<&Url>) -> Vec<Block> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut markup = String::with_capacity(text.len() + text.len() / 2);
    html::push_html(&mut markup, Parser::new_ext(text, options));
    pages::fragment(&markup, base)
}
