//! The page of a published article: rendered when the site was built, and taken over in place by the reader.

use std::rc::Rc;

use dixit_engine::{Analysis, Article, format};
use gloo_events::EventListener;
use yew::prelude::*;

use crate::components::article_page::{self, ArticlePage};
use crate::components::bar::Home;
use crate::components::body::Extras;
use crate::part::{Context, Part, part};
use crate::route::Route;
use crate::session::Opened;
use crate::storage::Stores;
use crate::wording;

/// What a published page shows.
#[derive(Debug, Clone)]
pub struct Published {
    /// The article.
    pub article: Rc<Article>,
    /// Who said what in it; corrections are applied.
    pub analysis: Rc<Analysis>,
    /// The site that it is published on.
    pub home: Home,
    extras: Option<&'static Extras>,
}

impl Published {
    /// The page of an article.
    #[cfg(feature = "prerender")]
    pub fn new(article: Article, analysis: Analysis, home: Home) -> Published {
        let extras = Extras::needed(&article).then_some(&crate::components::rich::EXTRAS);
        Published { article: Rc::new(article), analysis: Rc::new(analysis), home, extras }
    }

    /// Whether it shows what is styled by the parts that come later.
    pub fn needs_parts(&self) -> bool {
        self.extras.is_some()
    }

    /// What the page carries beside its HTML: the article's document, with `"page": {"href", "name"}`, its site.
    pub fn document(&self) -> String {
        let document = format::write(&self.article, Some(&self.analysis));
        let mut page = format::Json::default();
        page.open('{');
        page.key("page");
        page.open('{');
        page.field("href", &self.home.href);
        page.field("name", &self.home.name);
        page.close('}');
        // Both are objects with fields.
        [&page.text, ",", document.strip_prefix('{').unwrap_or_default()].concat()
    }

    /// The page as HTML that the reader can take over.
    #[cfg(feature = "prerender")]
    pub async fn html(&self) -> String {
        use crate::part::{Host, HostProps};
        let props = HostProps::of::<PublishedPage>(Props(self.clone(), Stores::in_memory()));
        yew::LocalServerRenderer::<Host>::with_props(props).render().await
    }
}

/// Properties of [`PublishedPage`].
struct Props(Published, Stores);

impl PartialEq for Props {
    fn eq(&self, other: &Props) -> bool {
        Rc::ptr_eq(&self.0.article, &other.0.article)
    }
}

/// The whole of a published article's page.
struct PublishedPage {
    _spoken: Option<EventListener>,
}

impl Part for PublishedPage {
    /// The words of another language are here.
    type Message = ();
    type Properties = Props;

    fn create(_: &Context<Self>) -> PublishedPage {
        PublishedPage { _spoken: None }
    }

    fn update(&mut self, _: &Context<Self>, (): ()) -> bool {
        wording::take();
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Props(Published { article, analysis, home, extras }, stores) = ctx.props();
        let (article, analysis) = (article.clone(), analysis.clone());
        let route = Route::Page;
        let opened = Opened { article, analysis, route, not_kept: None, extras: *extras };
        let props = article_page::Props {
            opened,
            stores: stores.clone(),
            home: home.clone(),
            on_open: None,
            on_request: Callback::noop(),
            prerendered: true,
        };
        part::<ArticlePage>("article", props)
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if let Some(window) = web_sys::window().filter(|_| first) {
            let spoken = ctx.link().callback(|()| ());
            let listener = EventListener::new(&window, "dixit:words", move |_| spoken.emit(()));
            self._spoken = Some(listener);
            let root = window.document().and_then(|d| d.get_element_by_id("reader"));
            // From now on the page acts; nothing depends on that it is said.
            let _ = root.map(|root| root.set_attribute("data-live", ""));
        }
    }
}

#[cfg(all(target_arch = "wasm32", feature = "hydrate"))]
mod browser {
    use std::rc::Rc;

    use dixit_engine::format::{self, Node};
    use wasm_bindgen_futures::spawn_local;

    use super::{Props, Published, PublishedPage};
    use crate::components::bar::Home;
    use crate::components::body::Extras;
    use crate::engine_port::Parsed;
    use crate::later::later;
    use crate::part::hydrate;
    use crate::rescue::give_up;
    use crate::storage::Stores;

    /// Takes over the page on which this runs; where its data cannot be read it stays as it is, and says so.
    pub fn take_over() {
        spawn_local(async {
            let document = web_sys::window().and_then(|w| w.document());
            let element = |id| document.as_ref().and_then(|d| d.get_element_by_id(id));
            let json = element("dixit-page").and_then(|e| e.text_content()).unwrap_or_default();
            let (Ok(published), Some(root)) = (read(&json).await, element("reader")) else {
                return give_up("The data of this page cannot be read.");
            };
            hydrate::<PublishedPage>(root, Props(published, Stores::of_browser()));
        });
    }

    async fn read(json: &str) -> Result<Published, ()> {
        let page = Parsed::of(&json.into());
        let (mut article, analysis) = format::read_node(&page).map_err(|_| ())?;
        if !article.id.starts_with("http") {
            // A site that does not know where it stands; there may be others on this host.
            let path = web_sys::window().and_then(|w| w.location().pathname().ok());
            article.id = path.unwrap_or_default().trim_end_matches("index.html").to_owned();
        }
        let analysis = analysis.unwrap_or_default();
        let site = page.field("page");
        let field = |name| site.field(name).text().unwrap_or_default();
        let home = Home { href: field("href"), name: field("name") };
        let mut extras = None;
        if Extras::needed(&article) {
            extras = Some(&later().await.map_err(|_| ())?.extras);
        }
        Ok(Published { article: Rc::new(article), analysis: Rc::new(analysis), home, extras })
    }
}

#[cfg(all(target_arch = "wasm32", feature = "hydrate"))]
pub use browser::take_over;

#[cfg(all(test, feature = "prerender"))]
mod tests {
    use super::*;
    use dom_query::{Document, NodeRef};

    /// The tags and comments of HTML in their order, as they are written.
    fn written(html: &str) -> Vec<String> {
        let mut tags = Vec::new();
        let mut rest = html;
        while let Some((_, after)) = rest.split_once('<') {
            let end = if after.starts_with("!--") { "-->" } else { ">" };
            let (tag, after) = after.split_once(end).expect("an end");
            rest = after;
            let name: String = tag
                .chars()
                .take_while(|c| {
                    !c.is_whitespace() && *c != '/' || tag.starts_with('/') && *c == '/'
                })
                .collect();
            tags.push(if tag.starts_with("!--") { "<!>".into() } else { name });
        }
        tags
    }

    /// The same of what a parser has made of it.
    fn parsed(node: &NodeRef<'_>, tags: &mut Vec<String>) {
        for child in node.children() {
            if child.is_comment() {
                tags.push("<!>".into());
            }
            let Some(name) = child.node_name().filter(|_| child.is_element()) else { continue };
            tags.push(name.to_string());
            parsed(&child, tags);
            if !["hr", "img", "br", "input"].contains(&name.as_ref()) {
                tags.push(format!("/{name}"));
            }
        }
    }

    fn html_of(article: Article) -> String {
        let analysis = dixit_engine::analyse(&article).spoken();
        let home = Home { href: "../".into(), name: "A & B".into() };
        let published = Published::new(article, analysis, home);
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        tokio::task::LocalSet::new().block_on(&runtime, published.html())
    }

    /// Else the reader could not take the page over.
    #[test]
    fn a_parser_leaves_every_element_where_it_was_written() {
        use dixit_engine::{Block, BlockKind, Mark, MarkKind, plain_text};
        let mut articles: Vec<Article> = ["harbour-vote", "river-flood", "freibad"]
            .map(|name| {
                std::fs::read_to_string(format!("static/articles/{name}.txt")).expect("a sample")
            })
            .map(|text| plain_text::read(&text))
            .into();
        // Every kind of block beside every other, each with a statement and all marks.
        let kinds = [
            BlockKind::Paragraph,
            BlockKind::Heading(2),
            BlockKind::Heading(6),
            BlockKind::ListItem { number: None, depth: 0 },
            BlockKind::ListItem { number: Some(3), depth: 1 },
            BlockKind::ListItem { number: None, depth: 3 },
            BlockKind::Quote,
            BlockKind::Preformatted,
            BlockKind::Image { url: "../a.png".into(), credit: Some("Ann <Lee>".into()) },
            BlockKind::Caption,
            BlockKind::Cell { header: true, first: true },
            BlockKind::Cell { header: false, first: false },
            BlockKind::Rule,
        ];
        let text = "“Well <b>done</b>, all of you, and come back soon,” said Ann Lee. “No & no.”";
        let marks =
            [MarkKind::Link("../b/".into()), MarkKind::Strong, MarkKind::Emphasis, MarkKind::Code];
        let marks: Vec<Mark> = marks
            .into_iter()
            .enumerate()
            .map(|(n, kind)| Mark { start: n, end: 30 + n, kind })
            .collect();
        let block = |kind: &BlockKind| Block {
            kind: kind.clone(),
            marks: marks.clone(),
            ..Block::paragraph(text)
        };
        let mut blocks = Vec::new();
        for a in &kinds {
            for b in &kinds {
                blocks.extend([block(a), block(b)]);
            }
        }
        articles.push(Article { title: Some("</title><p>".into()), blocks, ..Article::default() });
        for article in articles {
            let html = html_of(article);
            let document =
                Document::from(format!("<!doctype html><body><div id=\"r\">{html}</div>"));
            let root = document.select_single("#r");
            let mut found = Vec::new();
            parsed(root.nodes().first().expect("the root"), &mut found);
            let wanted: Vec<String> = written(&html);
            let wanted: Vec<&String> =
                wanted.iter().filter(|tag| !["/hr", "/img"].contains(&tag.as_str())).collect();
            let differs = wanted.iter().zip(&found).position(|(a, b)| *a != b);
            assert_eq!(
                differs,
                None,
                "{:?}",
                differs.map(|n| (
                    &wanted[n.saturating_sub(5)..n + 3],
                    &found[n.saturating_sub(5)..n + 3]
                ))
            );
            assert_eq!(wanted.len(), found.len());
        }
    }
}
