//! All comments of this browser, on whatever article, with a search.

use js_sys::JsString;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::act::{acted, button};
use super::comment_forms::{buttons, save, wanted};
use super::comment_item::{start, time};
use super::note::{Tone, note};
use super::start_article::page_link;
use crate::clock;
use crate::comments::exchange::OnArticle;
use crate::comments::{Comment, Kept};
use crate::element::{classed, clicked, element, found, keyed, text};
use crate::later::{self, Form, Lazy};
use crate::library;
use crate::order::sorted;
use crate::part::{Context, Part};
use crate::route::Route;
use crate::storage::{StorageError, Stores};
use crate::tree::spawn;
use crate::wording::{count, fill, number, t};

/// How many are shown at first, and more at each wish.
const STEP: usize = 100;
/// How much of a comment is shown, in characters.
const SHOWN: usize = 280;

/// The comments of this browser.
pub(crate) struct AllComments {
    store: Kept,
    all: Option<Result<Vec<OnArticle>, StorageError>>,
    /// What is looked for, in lower case.
    query: String,
    n_shown: usize,
    status: &'static str,
    root: NodeRef,
    /// Whether the heading is to take the focus.
    enter: bool,
}

/// What happens to them.
pub(crate) enum Msg {
    /// They are here.
    Loaded(Result<Vec<OnArticle>, StorageError>),
    /// They are searched for this.
    Search(String),
    /// Those that are found are wanted in a form of others.
    Save(Form),
    /// They were saved, or not.
    Saved(bool),
    /// More of them are wanted.
    More,
}

/// Where comments are kept.
pub struct Props(pub Stores);

impl PartialEq for Props {
    fn eq(&self, other: &Props) -> bool {
        self.0 == other.0
    }
}

impl Part for AllComments {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> AllComments {
        AllComments {
            store: Kept::by_browser(&ctx.props().0),
            all: None,
            query: String::new(),
            n_shown: STEP,
            status: "",
            root: NodeRef::default(),
            enter: false,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Loaded(all) => {
                self.all = Some(all);
                self.enter = true;
            }
            Msg::Search(query) => {
                self.query = lower(query.trim());
                self.n_shown = STEP;
            }
            Msg::Save(form) => {
                let (all, link) = (self.found(), ctx.link().clone());
                spawn(async move {
                    let Lazy::Here(exchange) = Lazy::answered(later::exchange().await) else {
                        return link.send_message(Msg::Saved(false));
                    };
                    link.send_message(Msg::Saved(save(exchange, form, &all)));
                });
                return false;
            }
            Msg::Saved(true) => self.status = t("Exported as a file"),
            Msg::Saved(false) => self.status = t("This browser lets the page save no file"),
            Msg::More => self.n_shown += STEP,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let inside = match &self.all {
            None => vec![text(t("Loading…"))],
            Some(Err(error)) => vec![note(Tone::Alert, vec![text(&error.words())], Vec::new())],
            Some(Ok(_)) => self.view_found(),
        };
        let onclick = link.batch_callback(|event: MouseEvent| match acted(&event)?.0.as_str() {
            "more" => Some(Msg::More),
            act => wanted(act).map(Msg::Save),
        });
        let oninput = link.batch_callback(|event: InputEvent| {
            let field: HtmlInputElement = event.target()?.dyn_into().ok()?;
            Some(Msg::Search(field.value()))
        });
        let names = &["class", "aria-labelledby"];
        let list = element("section", names, &["all-comments", "all-comments"], inside);
        found(html! { <div {oninput}>{ clicked(list, onclick) }</div> }, &self.root)
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if std::mem::take(&mut self.enter) {
            let root = self.root.cast::<web_sys::Element>();
            let heading = root.and_then(|root| root.query_selector("h2").ok().flatten());
            if let Some(heading) = heading.and_then(|h| h.dyn_into::<HtmlElement>().ok()) {
                // Where the focus cannot be moved, it stays.
                let _ = heading.focus();
            }
        }
        if !first {
            return;
        }
        let (store, kept, link) =
            (self.store.clone(), ctx.props().0.kept.clone(), ctx.link().clone());
        spawn(async move {
            let titles = library::list(&*kept).unwrap_or_default().articles;
            let all = store.everything().await.map(|articles| {
                let on = |(id, comments): (String, Vec<Comment>)| {
                    let title = titles.iter().find(|kept| kept.id == id);
                    let title = title.map(|kept| kept.title.clone()).unwrap_or_default();
                    OnArticle { id, title, comments }
                };
                articles.into_iter().map(on).collect()
            });
            link.send_message(Msg::Loaded(all));
        });
    }
}

impl AllComments {
    /// The comments that are looked for, by article.
    fn found(&self) -> Vec<OnArticle> {
        let Some(Ok(all)) = &self.all else { return Vec::new() };
        let mut found = Vec::new();
        for on in all {
            let fits = |c: &&Comment| {
                let anchor = c.passage().unwrap_or_default();
                let author = c.author.as_deref().unwrap_or_default();
                let words = [&c.body, author, &anchor.exact, &on.title, &on.id].join("\n");
                c.deleted.is_none()
                    && (self.query.is_empty() || lower(&words).contains(&self.query))
            };
            let comments: Vec<Comment> = on.comments.iter().filter(fits).cloned().collect();
            if !comments.is_empty() {
                found.push(OnArticle { id: on.id.clone(), title: on.title.clone(), comments });
            }
        }
        found
    }

    fn view_found(&self) -> Vec<Html> {
        let found = self.found();
        let mut all = Vec::new();
        for (n, on) in found.iter().enumerate() {
            all.extend(on.comments.iter().map(|c| (n, c)));
        }
        let all = sorted(all, |a, b| (a.1.created, &a.1.id) > (b.1.created, &b.1.id));
        let now = clock::now();
        let items = all.iter().take(self.n_shown);
        let items = items.filter_map(|(n, c)| Some(item(found.get(*n)?, c, now))).collect();
        let more = match all.len().saturating_sub(self.n_shown) {
            0 => Html::default(),
            more => button("btn", "more", "", &fill("Show more ({})", &[&number(more)])),
        };
        let names = &["type", "aria-label", "placeholder"];
        let search = ["search", t("Search my comments"), t("Search my comments")];
        let mut row = vec![element("input", names, &search, Vec::new())];
        row.extend(buttons());
        let said = match self.status {
            "" => count(all.len(), "{} comment", "{} comments"),
            status => status.to_owned(),
        };
        vec![
            element(
                "h2",
                &["id", "tabindex"],
                &["all-comments", "-1"],
                vec![text(t("All my comments"))],
            ),
            classed("div", "comment-row", row),
            element("p", &["class", "role"], &["comments-status", "status"], vec![text(&said)]),
            classed("ul", "comment-list", items),
            more,
        ]
    }
}

/// One comment, with the article that it is on.
fn item(on: &OnArticle, comment: &Comment, now: i64) -> Html {
    let is_link = on.id.starts_with("http://") || on.id.starts_with("https://");
    let route = if is_link { Route::Link(on.id.clone()) } else { Route::Kept(on.id.clone()) };
    let title = if on.title.is_empty() { &on.id } else { &on.title };
    let body: String = comment.body.chars().take(SHOWN).collect();
    let about = comment.passage().map_or_else(Html::default, |anchor| {
        let cited = element("q", &[], &[], vec![text(&start(&anchor.exact))]);
        element("p", &["class", "dir"], &["comment-about", "auto"], vec![cited])
    });
    let head = vec![
        page_link(&route, title, ""),
        time(comment.created, &clock::relative(now, comment.created)),
    ];
    let parts = vec![
        classed("div", "comment-head", head),
        about,
        element("div", &["class", "dir"], &["comment-body", "auto"], vec![text(&body)]),
    ];
    keyed(&comment.revision, classed("li", "comment is-listed", parts))
}

fn lower(words: &str) -> String {
    JsString::from(words).to_lower_case().into()
}
