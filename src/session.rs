//! Opens what a reader gives: gets the text, has it analysed, and keeps it where a reload finds it.

use std::rc::Rc;

use dixit_engine::{Analysis, Article};

use crate::clock;
use crate::engine_port::{EngineError, read_and_analyse};
use crate::library::{self, Kept};
use crate::open::{OpenError, address, fetch, pasted, read_file};
use crate::rescue;
use crate::route::Route;
use crate::storage::{StorageError, Stores};
use crate::voices::voices;
use crate::wording::t;

/// What a reader gives to open.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// A text.
    Text(String),
    /// A file.
    File(web_sys::File),
    /// A link.
    Link(String),
    /// The id of a kept article.
    Kept(String),
}

/// An article that was opened.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The article.
    pub article: Rc<Article>,
    /// Who said what in it.
    pub analysis: Rc<Analysis>,
    /// The page that shows it.
    pub route: Route,
    /// Why it will not survive a reload; `None` where it will.
    pub not_kept: Option<StorageError>,
}

/// Why an article was not opened, and its text where there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// Why.
    pub error: OpenError,
    /// The text that could not be shown as an article.
    pub text: Option<String>,
}

impl Request {
    /// The request that opens a page; `None` for the start page.
    pub fn of_route(route: &Route) -> Option<Request> {
        match route {
            Route::Start => None,
            Route::Kept(id) => Some(Request::Kept(id.clone())),
            Route::Link(link) => Some(Request::Link(link.clone())),
        }
    }
}

/// Opens what is behind a link.
pub async fn open_link(link: String) -> Result<Opened, Failed> {
    let (text, url) = text_behind(&link).await?;
    let (mut article, analysis) = read(text).await?;
    article.id.clone_from(&url);
    article.source_url = Some(url);
    Ok(opened(article, analysis, Route::Link(link), None))
}

/// Opens a text or a file, or again what was kept of one; and keeps it.
pub async fn open_kept(request: Request, stores: Stores) -> Result<Opened, Failed> {
    let text = text_of(&request, &stores).await?;
    let (mut article, analysis) = read(text.clone()).await?;
    if let Request::Kept(id) = request {
        // Comments are found by the id in the address, whatever a later engine would call the text.
        article.id = id;
    }
    let not_kept = keep(&portrait(&article, &analysis, text), &stores);
    let route = Route::Kept(article.id.clone());
    Ok(opened(article, analysis, route, not_kept))
}

fn opened(
    article: Article,
    analysis: Analysis,
    route: Route,
    not_kept: Option<StorageError>,
) -> Opened {
    Opened { article: Rc::new(article), analysis: Rc::new(analysis), route, not_kept }
}

/// Has a text read and analysed.
async fn read(text: String) -> Result<(Article, Analysis), Failed> {
    rescue::keep_text(&text);
    read_and_analyse(&text).await.map_err(|error| {
        let (EngineError::Unavailable(cause) | EngineError::Trapped(cause)) = error;
        Failed { error: OpenError::Engine(cause), text: Some(text) }
    })
}

/// The text behind a link, and its address.
async fn text_behind(link: &str) -> Result<(String, String), OpenError> {
    let address = address(link)?;
    Ok((fetch(&address).await?, address.as_str().to_owned()))
}

/// The text that is given or kept; a link has none.
async fn text_of(request: &Request, stores: &Stores) -> Result<String, OpenError> {
    match request {
        Request::Text(text) => pasted(text),
        Request::File(file) => read_file(file).await,
        Request::Link(_) => Err(OpenError::NotKept),
        Request::Kept(id) => {
            let found = |storage| library::get(storage, id).ok().flatten();
            let kept = found(&*stores.kept).or_else(|| found(&*stores.page));
            Ok(kept.ok_or(OpenError::NotKept)?.text)
        }
    }
}

impl From<OpenError> for Failed {
    fn from(error: OpenError) -> Failed {
        Failed { error, text: None }
    }
}

/// Keeps an article in the browser, or else as long as the page; the error says why not in the browser.
fn keep(kept: &Kept, stores: &Stores) -> Option<StorageError> {
    let error = library::keep(&*stores.kept, kept).err()?;
    // An earlier entry of this text still serves: only the time of opening is out of date.
    if matches!(library::get(&*stores.kept, &kept.id), Ok(Some(old)) if old.text == kept.text) {
        return None;
    }
    // Memory takes everything.
    let _ = library::keep(&*stores.page, kept);
    Some(error)
}

/// What the start page shows of an article.
fn portrait(article: &Article, analysis: &Analysis, text: String) -> Kept {
    let voices = voices(article, analysis, None);
    let colour = |speaker: usize| voices.voices.get(speaker).map_or(8, |v| v.look.colour);
    Kept {
        id: article.id.clone(),
        text,
        title: title(article),
        date: article.date.as_ref().map(|d| d.written.clone()),
        n_voices: voices.n_voices(),
        shares: voices.shares().iter().map(|s| (colour(s.speaker), s.width)).collect(),
        opened: clock::now(),
    }
}

/// The headline, else the first words of the text.
pub fn title(article: &Article) -> String {
    if let Some(title) = &article.title {
        return title.clone();
    }
    let text = article.blocks.iter().map(|b| b.text.trim()).find(|t| !t.is_empty());
    let mut words = text.unwrap_or(t("Untitled")).split_whitespace();
    let start: Vec<&str> = words.by_ref().take(8).collect();
    let mut title: String = start.join(" ").chars().take(120).collect();
    if words.next().is_some() {
        title.push('…');
    }
    title
}

#[cfg(test)]
mod tests {
    use super::*;
    use dixit_engine::Block;

    #[test]
    fn an_article_without_headline_goes_by_its_first_words() {
        let article =
            |text: &str| Article { blocks: vec![Block::paragraph(text)], ..Article::default() };
        assert_eq!(
            title(&article("One two three four five six seven eight nine")),
            "One two three four five six seven eight…"
        );
        assert_eq!(title(&article("One two")), "One two");
        assert_eq!(title(&article(" ")), "Untitled");
        assert_eq!(title(&Article { title: Some("T".into()), ..article("One") }), "T");
    }
}
