//! Opens what a reader gives: gets the text, has it analysed, and keeps it where a reload finds it.

use std::rc::Rc;

use dixit_engine::{Analysis, Article, format};
use wasm_bindgen::JsValue;
use yew::prelude::{Callback, Html};

use crate::clock;
use crate::components::body::Extras;
use crate::components::feed_page::feed_page;
use crate::components::rich::EXTRAS;
use crate::engine_port::{EngineError, read_and_analyse};
use crate::import_port::{self, Feed, Read};
use crate::later::later;
use crate::library::{self, Kept};
use crate::open::{Given, OpenError, address, fetch, pasted, read_file};
use crate::rescue;
use crate::route::Route;
use crate::storage::{StorageError, Stores};
use crate::tree;
use crate::voices::voices;
use crate::wording::{fill, t};

/// What a reader gives to open.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// A text, which may be a page's HTML, Markdown or a document.
    Text(String),
    /// A piece of a page, as HTML.
    Fragment(String),
    /// An article's document that we wrote ourselves.
    Document(String),
    /// A file.
    File(web_sys::File),
    /// Several files, or a folder: what the browser calls entries, or files.
    Several(JsValue),
    /// The page from which the bookmarklet was called.
    Opener,
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
    /// That and why it will not survive a reload, in words; `None` where it will.
    pub not_kept: Option<String>,
    /// What shows what plain text has not, where the article has it.
    pub(crate) extras: Option<&'static Extras>,
}

/// The page of a feed, which is told of the article that is chosen, or that none is.
pub type FeedPage = fn(&Rc<Feed>, Callback<Option<Request>>) -> Html;

/// What was found where an article was looked for.
#[derive(Debug, Clone)]
pub enum Found {
    /// The article.
    Article(Opened),
    /// A feed, of which one article can be opened, and what shows it.
    Feed(Rc<Feed>, FeedPage),
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
            Route::Start | Route::Page => None,
            #[cfg(feature = "embed")]
            Route::Element(_) => None,
            Route::Kept(id) => Some(Request::Kept(id.clone())),
            Route::Link(link) => Some(Request::Link(link.clone())),
            Route::Opener => Some(Request::Opener),
        }
    }
}

/// Opens what is behind a link.
#[cfg(any(feature = "viewer", feature = "embed"))]
pub async fn open_link(link: String) -> Result<Found, Failed> {
    let address = address(&link)?;
    let given = fetch(&address).await?;
    // A published document names no source but itself.
    let is_published = tree::EMBEDDED && given.bytes.starts_with(b"{\"");
    let mut found = open_given(given, Route::Link(link)).await?;
    if let Some(article) = found.article_mut().filter(|_| !is_published) {
        // A page may name its own address, on the site that it came from.
        if article.source_url.is_none() {
            let url = address.as_str().to_owned();
            article.id.clone_from(&url);
            article.source_url = Some(url);
        }
    }
    Ok(found)
}

/// Opens what an element of another's page holds, a text, a piece of that page or a document; nothing of it is kept.
#[cfg(feature = "embed")]
pub async fn open_held(request: Request) -> Result<Found, Failed> {
    let route = Route::Element(String::new());
    if let Request::Document(document) = &request {
        return open_given(Given::text(document), route).await;
    }
    // Links in it start from that page.
    let base = web_sys::window().and_then(|w| w.document()?.base_uri().ok()?);
    let given = Given { url: base, ..given(&request).await? };
    let mut found = open_given(given, route).await?;
    if let Some(article) = found.article_mut() {
        // Who reads it is there.
        article.source_url = None;
    }
    Ok(found)
}

/// Opens what came in, of which nothing is kept.
#[cfg(any(feature = "viewer", feature = "embed"))]
async fn open_given(given: Given, route: Route) -> Result<Found, Failed> {
    #[cfg(feature = "embed")]
    if let Some((article, analysis)) = str::from_utf8(&given.bytes).ok().and_then(analysed) {
        return Ok(Found::Article(opened(article, analysis, route, None)));
    }
    let mut extras = None;
    let text = match given.plain()? {
        Some(text) => text,
        None => {
            let later = later().await.map_err(|_| OpenError::PartMissing)?;
            extras = Some(&later.extras);
            match (later.import)(given).await? {
                Read::Article(document) => document,
                Read::Feed(feed) => return Ok(Found::Feed(Rc::new(feed), later.feed)),
            }
        }
    };
    let (article, analysis) = read(text).await?;
    Ok(Found::Article(opened(article, analysis, route, extras)))
}

impl Found {
    /// The article, as long as nobody else has it.
    fn article_mut(&mut self) -> Option<&mut Article> {
        match self {
            Found::Article(opened) => Rc::get_mut(&mut opened.article),
            Found::Feed(..) => None,
        }
    }
}

/// The article of a document that says who said what in it: nothing is to be read or analysed.
#[cfg(feature = "embed")]
fn analysed(document: &str) -> Option<(Article, Analysis)> {
    if !document.starts_with("{\"format\":\"dixit\"") && !document.starts_with("{\"page\"") {
        return None;
    }
    let parsed = crate::engine_port::Parsed::of(&document.into());
    let (article, analysis) = format::read_node(&parsed).ok()?;
    Some((article, analysis?))
}

/// An article read again in this language, where it is another than what it was taken for.
#[cfg(feature = "embed")]
pub async fn in_language(opened: Opened, language: &str) -> Result<Opened, Failed> {
    if opened.article.language.as_deref() == Some(language) {
        return Ok(opened);
    }
    let mut article = (*opened.article).clone();
    article.language = Some(language.to_owned());
    let (article, analysis) = read(format::write(&article, None)).await?;
    Ok(Opened { article: Rc::new(article), analysis: Rc::new(analysis), ..opened })
}

/// Opens anything but a link, or again what was kept of it; and keeps it.
pub async fn open_kept(request: Request, stores: Stores) -> Result<Found, Failed> {
    let text = match &request {
        Request::Several(entries) => {
            return Err(open_several(entries.clone(), &stores).await.into());
        }
        Request::Kept(id) => {
            let found = |storage| library::get(storage, id).ok().flatten();
            let kept = found(&*stores.kept).or_else(|| found(&*stores.page));
            kept.ok_or(OpenError::NotKept)?.text
        }
        Request::Document(document) => document.clone(),
        _ => match text_of(given(&request).await?).await? {
            Read::Article(text) => text,
            Read::Feed(feed) => return Ok(Found::Feed(Rc::new(feed), feed_page)),
        },
    };
    let kept = if let Request::Kept(id) = request { Some(id) } else { None };
    let (mut opened, not_kept) = open_text(text, kept, &stores).await?;
    opened.not_kept = not_kept.map(|error| {
        fill(
            "This article will not survive a reload: {}. Keep its text elsewhere if you need it again.",
            &[&error.words()],
        )
    });
    Ok(Found::Article(opened))
}

/// Opens a text or a document, and keeps it: under the id `kept` where it was kept before, since comments are
/// found by the id in the address, whatever a later engine would call the text. The error says why it was not kept.
async fn open_text(
    text: String,
    kept: Option<String>,
    stores: &Stores,
) -> Result<(Opened, Option<StorageError>), Failed> {
    let (mut article, analysis) = read(text.clone()).await?;
    if let Some(id) = kept {
        article.id = id;
    }
    let not_kept = keep(&portrait(&article, &analysis, text), stores);
    let route = Route::Kept(article.id.clone());
    Ok((opened(article, analysis, route, Some(&EXTRAS)), not_kept))
}

/// Opens and keeps several files, those of folders and of feeds too; answers what became of them.
async fn open_several(entries: JsValue, stores: &Stores) -> OpenError {
    let (mut n_opened, mut failed) = (0, Vec::new());
    for file in browser::dropped(&entries).await {
        let name = file.name();
        let mut documents = Vec::new();
        let outcome = match read_file(&file).await {
            Ok(given) => text_of(given).await,
            Err(error) => Err(error),
        };
        match outcome {
            Ok(Read::Article(text)) => documents.push(text),
            Ok(Read::Feed(feed)) => documents.extend(feed.entries.into_iter().map(|e| e.document)),
            Err(error) => failed.push([&name, ": ", &error.words()].concat()),
        }
        for document in documents {
            match open_text(document, None, stores).await {
                Ok((_, None)) => n_opened += 1,
                Ok((_, Some(error))) => failed.push([&name, ": ", &error.words()].concat()),
                Err(error) => failed.push([&name, ": ", &error.error.words()].concat()),
            }
        }
    }
    OpenError::Several(n_opened, failed)
}

/// Puts a line that was set aside back into `article`; answers the article's document.
pub fn put_back(article: &Article, line: usize) -> String {
    let mut article = article.clone();
    article.put_back(line);
    format::write(&article, None)
}

fn opened(
    article: Article,
    analysis: Analysis,
    route: Route,
    extras: Option<&'static Extras>,
) -> Opened {
    let (article, analysis) = (Rc::new(article), Rc::new(analysis));
    Opened { article, analysis, route, not_kept: None, extras }
}

/// Has a text read and analysed.
async fn read(text: String) -> Result<(Article, Analysis), Failed> {
    // A document is nothing to read.
    if !text.starts_with('{') {
        rescue::keep_text(&text);
    }
    read_and_analyse(&text).await.map_err(|error| {
        let (EngineError::Unavailable(cause) | EngineError::Trapped(cause)) = error;
        Failed { error: OpenError::Engine(cause), text: Some(text) }
    })
}

/// What a request brings, but for what is kept here already.
async fn given(request: &Request) -> Result<Given, OpenError> {
    match request {
        Request::Text(text) => pasted(text).map(|text| Given::text(&text)),
        Request::Fragment(html) => Ok(Given { is_fragment: true, ..Given::text(html) }),
        Request::File(file) => read_file(file).await,
        Request::Opener => browser::opener().await,
        _ => Err(OpenError::NotKept),
    }
}

/// The text or the document of what came in.
async fn text_of(given: Given) -> Result<Read, OpenError> {
    match given.plain()? {
        Some(text) => Ok(Read::Article(text)),
        None => import_port::read(given).await,
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

/// What only a browser has.
#[cfg(target_arch = "wasm32")]
mod browser {
    use js_sys::Array;
    use wasm_bindgen::prelude::*;

    use crate::open::{Given, OpenError};

    #[wasm_bindgen]
    extern "C" {
        /// Set by `static/boot.js`, which hands over to `static/given.js`.
        #[wasm_bindgen(js_namespace = dixit, catch, js_name = opener)]
        async fn of_opener() -> Result<JsValue, JsValue>;
        #[wasm_bindgen(js_namespace = dixit, catch, js_name = dropped)]
        async fn all_files(entries: &JsValue) -> Result<JsValue, JsValue>;
    }

    /// The page that opened this one.
    pub(super) async fn opener() -> Result<Given, OpenError> {
        let page: Array = of_opener().await.map_err(|_| OpenError::NoPage)?.unchecked_into();
        let field = |n: u32| page.get(n).as_string().unwrap_or_default();
        let url = Some(field(1)).filter(|url| !url.is_empty());
        let content_type = Some("text/html; charset=utf-8".to_owned());
        Ok(Given { url, content_type, ..Given::text(&field(0)) })
    }

    /// The files among what was dropped or chosen, and in the folders among it.
    pub(super) async fn dropped(entries: &JsValue) -> Vec<web_sys::File> {
        let files = all_files(entries).await.unwrap_or_default();
        let files = files.dyn_ref::<Array>().map(Array::to_vec).unwrap_or_default();
        files.into_iter().filter_map(|file| file.dyn_into().ok()).collect()
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod browser {
    use wasm_bindgen::JsValue;

    use crate::open::{Given, OpenError};

    pub(super) async fn opener() -> Result<Given, OpenError> {
        Err(OpenError::NoPage)
    }

    pub(super) async fn dropped(_: &JsValue) -> Vec<web_sys::File> {
        Vec::new()
    }
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
