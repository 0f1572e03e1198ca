//! The parts of the page that are not in the first download, as what an article needs first is: `cargo xtask seal`
//! puts what only one of these needs into a Wasm module of its own, and what several need into one that they share.

use std::pin::Pin;
use std::rc::Rc;

use dixit_engine::Article;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::prelude::{Callback, Html};

use crate::comments::exchange::OnArticle;
use crate::comments::{self, Level};
use crate::components::all_comments::{self, AllComments};
use crate::components::along::{self, Along};
use crate::components::aloud::{self, Aloud};
use crate::components::body::Extras;
use crate::components::comments::exchange::EXCHANGE;
use crate::components::comments::files::FileMsg;
use crate::components::comments::passages::Places;
use crate::components::comments::places::places;
use crate::components::comments::similar::Offer;
use crate::components::comments::writing::write;
use crate::components::comments::{Comments, CommentsProps, Msg};
use crate::components::feed_page::feed_page;
use crate::components::look::Look;
use crate::components::rich::EXTRAS;
use crate::components::sharing::sharing;
#[cfg(feature = "viewer")]
use crate::components::start::{Start, StartProps};
use crate::components::tool::tool;
use crate::components::trouble::{TroublePage, trouble_page};
use crate::components::views::view;
use crate::components::why_note::why_note;
use crate::corrections::{Base, Corrected, Edit, act};
use crate::import_port::{self, Read};
use crate::keys;
use crate::open::{Given, OpenError};
use crate::part::{Context, Link, part};
use crate::plan::Plan;
use crate::session::{Failed, FeedPage, Found, Request, open_kept, put_back};
use crate::state::{Action, State, Tool};
use crate::storage::Stores;

/// A part of the page that is fetched when it is first wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lazy<T> {
    /// Not yet wanted.
    #[default]
    Unasked,
    /// On its way.
    Asked,
    /// It did not come; it can be asked for again.
    Failed,
    /// Here.
    Here(T),
}

impl<T: Copy> Lazy<T> {
    /// The part, where it is here.
    pub fn get(self) -> Option<T> {
        match self {
            Lazy::Here(part) => Some(part),
            _ => None,
        }
    }

    /// Whether it is to be fetched: it was not asked for yet or, where `again` says so, it did not come.
    pub fn wanted(self, again: bool) -> bool {
        matches!(self, Lazy::Unasked) || (again && matches!(self, Lazy::Failed))
    }

    /// Whether it is to be fetched, and then it is on its way.
    pub fn ask(&mut self, again: bool) -> bool {
        let wanted = self.wanted(again);
        if wanted {
            *self = Lazy::Asked;
        }
        wanted
    }

    /// Takes the answer to a fetch.
    pub fn answered(answer: Result<T, SplitLoaderError>) -> Lazy<T> {
        answer.map_or(Lazy::Failed, Lazy::Here)
    }
}

/// Small things that are fetched when one of them is first used.
#[derive(Debug)]
pub struct Later {
    /// Places the menu "Aa", open or not.
    pub look: fn(bool) -> Html,
    /// Says why a statement is given to its speaker.
    pub why: WhyNote,
    /// What a key of the reading page means: see [`keys::action`].
    pub key: fn(&str, &Plan, &State) -> Option<Action>,
    #[cfg(feature = "viewer")]
    /// Opens anything but a link: see [`open_kept`].
    pub open: fn(Request, Stores) -> Opening,
    #[cfg(any(feature = "viewer", feature = "embed"))]
    /// Reads what is no plain text: see [`import_port::read`].
    pub import: fn(Given) -> Importing,
    #[cfg(any(feature = "viewer", feature = "embed"))]
    /// The page of a feed, on which an article can be chosen.
    pub feed: FeedPage,
    #[cfg(any(feature = "viewer", feature = "embed"))]
    /// What an error says to readers: see [`OpenError::words`].
    pub words: fn(&OpenError) -> String,
    #[cfg(feature = "viewer")]
    /// The page that says so.
    pub(crate) trouble: TroublePage,
    /// Shows what plain text has not.
    pub(crate) extras: Extras,
    /// The document of an article with a line put back: see [`put_back`].
    pub put_back: fn(&Article, usize) -> String,
}

/// The answer of [`Later::import`].
pub type Importing = Pin<Box<dyn Future<Output = Result<Read, OpenError>>>>;

/// The note on an attribution, by its index.
pub type WhyNote = fn(&Plan, usize) -> Html;

/// The answer of [`Later::open`].
pub type Opening = Pin<Box<dyn Future<Output = Result<Found, Failed>>>>;

/// The inside of a dialog over the article.
///
/// The callback takes what a reader corrects there.
pub type ToolInside = fn(&Rc<Plan>, &State, Tool, &Callback<Edit>) -> Html;

/// Corrects who said what: see [`act`].
pub type Correct = fn(Base, Rc<Corrected>, Edit) -> Pin<Box<dyn Future<Output = Corrected>>>;

/// Places the start page.
#[cfg(feature = "viewer")]
pub type StartPage = fn(StartProps) -> Html;

/// Fetches them, once; after an error they can be fetched again, as every part.
#[wasm_split(later, fallible)]
pub fn later() -> Result<&'static Later, SplitLoaderError> {
    Ok(&Later {
        look: |open| part::<Look>("look", open),
        why: why_note,
        key: keys::action,
        #[cfg(feature = "viewer")]
        open: |request, stores| Box::pin(open_kept(request, stores)),
        #[cfg(any(feature = "viewer", feature = "embed"))]
        import: |given| Box::pin(import_port::read(given)),
        #[cfg(any(feature = "viewer", feature = "embed"))]
        feed: feed_page,
        #[cfg(any(feature = "viewer", feature = "embed"))]
        words: OpenError::words,
        #[cfg(feature = "viewer")]
        trouble: trouble_page,
        extras: EXTRAS,
        put_back,
    })
}

/// Places the comments on an article.
pub type CommentsInside = fn(CommentsProps) -> Html;

/// Fetches the comments.
#[wasm_split(comments, fallible)]
pub fn comments() -> Result<CommentsInside, SplitLoaderError> {
    // Those on another article are others.
    Ok(|props| part::<Comments>(&props.article.clone(), props))
}

/// Does what is asked of comments when somebody writes: saves, deletes, takes back.
pub type Writing = fn(&mut Comments, &Context<Comments>, Msg);

/// Fetches what writing comments needs.
#[wasm_split(writing, fallible)]
pub fn writing() -> Result<Writing, SplitLoaderError> {
    Ok(write)
}

/// Fetches what brings the places of comments to the same.
#[wasm_split(writing, fallible)]
pub fn level() -> Result<Level, SplitLoaderError> {
    Ok(|kept, prefix, latest, places| Box::pin(comments::level(kept, prefix, latest, places)))
}

/// Finds the passages of an article.
pub type PlacesOf = fn(Rc<Article>, &Link<Comments>) -> Box<dyn Places>;

/// Fetches what finds passages.
#[wasm_split(passages, fallible)]
pub fn passages() -> Result<PlacesOf, SplitLoaderError> {
    Ok(places)
}

/// The words of a comment with the marks of Markdown that they hold.
pub type Marked = fn(&str) -> Html;

/// Fetches what reads and shows Markdown.
#[wasm_split(markdown, fallible)]
pub fn markdown() -> Result<Marked, SplitLoaderError> {
    Ok(crate::components::markdown::markdown)
}

/// What is done with comments beyond an article's own list.
#[derive(Debug)]
pub struct Exchange {
    /// The end of the file's name, its type and its text.
    pub file: fn(Form, &[OnArticle]) -> (&'static str, &'static str, String),
    /// Does what is asked about files.
    pub(crate) act: fn(&mut Comments, &Context<Comments>, FileMsg),
    /// What can be done with files.
    pub(crate) view: fn(&Comments) -> Vec<Html>,
    /// Looks for comments on a similar article.
    pub(crate) look_around: fn(&Comments, &Context<Comments>),
    /// Offers them.
    pub(crate) offer: fn(&Offer) -> Html,
}

/// A form of comments for others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// W3C Web Annotations.
    Annotations,
    /// A table.
    Csv,
    /// Notes.
    Markdown,
}

/// Fetches what writes and reads files of comments, and finds those on a similar article.
#[wasm_split(exchange, fallible)]
pub fn exchange() -> Result<&'static Exchange, SplitLoaderError> {
    Ok(&EXCHANGE)
}

/// Places all comments of this browser.
pub type AllCommentsPlace = fn(Stores) -> Html;

/// Fetches the list of all comments.
#[cfg(feature = "viewer")]
#[wasm_split(exchange, fallible)]
pub fn all_comments() -> Result<AllCommentsPlace, SplitLoaderError> {
    Ok(|stores| part::<AllComments>("all-comments", all_comments::Props(stores)))
}

/// Fetches what is done with an article in dialogs.
#[wasm_split(tools, fallible)]
pub fn tools() -> Result<ToolInside, SplitLoaderError> {
    Ok(tool)
}

/// What reads the article aloud.
pub type AloudPlace = fn(aloud::Props) -> Html;

/// Fetches what reads aloud.
#[wasm_split(aloud, fallible)]
pub fn aloud() -> Result<AloudPlace, SplitLoaderError> {
    Ok(|props| part::<Aloud>("aloud", props))
}

/// What goes along with the reader.
pub type AlongPlace = fn(along::Props) -> Html;

/// Fetches what goes along with the reader.
#[wasm_split(along, fallible)]
pub fn along() -> Result<AlongPlace, SplitLoaderError> {
    Ok(|props| part::<Along>("along", props))
}

/// The transcript or the speakers.
pub type OtherView = fn(&Plan, &State) -> Html;

/// Fetches the other views of an article.
#[wasm_split(views, fallible)]
pub fn views() -> Result<OtherView, SplitLoaderError> {
    Ok(view)
}

/// The inside of a dialog that shares or exports.
pub type Sharing = fn(&Rc<Plan>, &State, Tool) -> Html;

/// Fetches what links, exports and pictures of quotations are made with.
#[wasm_split(tools, fallible)]
pub fn export() -> Result<Sharing, SplitLoaderError> {
    Ok(sharing)
}

/// Fetches what corrects who said what.
#[wasm_split(tools, fallible)]
pub fn corrections() -> Result<Correct, SplitLoaderError> {
    Ok(|base, before, edit| Box::pin(act(base, before, edit)))
}

/// Fetches the start page, which published pages do not have: a part that nothing asks for would be in their first
/// module.
#[cfg(feature = "viewer")]
#[wasm_split(start, fallible)]
pub fn start() -> Result<StartPage, SplitLoaderError> {
    Ok(|props| part::<Start>("start", props))
}
