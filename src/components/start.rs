//! The start page: ways to open an article, those kept here, and samples.

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{ClipboardEvent, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::act::{acted, button, entered, modified, typed};
use super::bookmarklet::bookmarklet;
use super::note::{Tone, note};
use super::start_article::{page_link, start_article};
use super::start_forms::{link_form, paste_form};
use crate::dropping::{in_field, of_text, request};
use crate::element::{classed, element, keyed, text, truth, woven};
use crate::json::{Object, as_list, as_text};
use crate::later::{self, AllCommentsPlace, Lazy};
use crate::library::{self, Library, Removed};
use crate::open::OpenError;
use crate::part::{Context, Part};
use crate::route::Route;
use crate::session::Request;
use crate::storage::{PREFIX, Stores, Watch};
use crate::tree::spawn;
use crate::wording::{count, fill, t};
use crate::{clock, comments};

/// The samples that come with the reader: file, title and language.
const SAMPLES: &str = include_str!("../../static/articles/index.json");

/// The field of whatever form is open.
const FIELD: &str = ".start-form :is(textarea, input)";

/// Properties of [`Start`].
#[derive(PartialEq)]
pub struct StartProps {
    /// Where articles and comments are kept.
    pub stores: Stores,
    /// Whether the field to paste into is open from the start.
    pub pasting: bool,
    /// Why the last attempt to open a text or a file failed.
    pub error: Option<OpenError>,
    /// Something to open.
    pub on_open: Callback<Request>,
    /// The wish to see another page.
    pub on_visit: Callback<Route>,
}

/// What happens on the start page.
#[derive(Debug)]
pub enum Msg {
    /// What is kept may have changed.
    Reload,
    /// The button to paste was used.
    Paste,
    /// What the clipboard holds, if the browser gives it.
    Clipboard(Option<Request>),
    /// Words were typed into the field to paste into.
    Typed(String),
    /// The words of that field are to be opened.
    OpenText,
    /// The button to open a link was used.
    Link,
    /// The link in the field is to be opened.
    OpenLink,
    /// Another page is wanted.
    Visit(Route),
    /// The open field is to be closed.
    Close,
    /// The button to open a file was used.
    ChooseFile,
    /// A file was chosen.
    Chosen,
    /// An article is to be removed.
    Remove(String),
    /// The last removal is taken back.
    PutBack,
    /// The bookmarklet was clicked, which is for another place.
    Bookmarklet,
    /// All comments are wanted.
    AllComments,
    /// What lists them is here, or did not come.
    Listed(Lazy<AllCommentsPlace>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    None,
    Paste,
    Link,
}

/// The start page.
pub struct Start {
    library: Library,
    n_comments: Vec<usize>,
    /// The list of all comments, where it is wanted.
    all: Lazy<AllCommentsPlace>,
    now: i64,
    form: Form,
    text: String,
    removed: Option<(Removed, String)>,
    status: String,
    file: NodeRef,
    root: NodeRef,
    focus: Option<&'static str>,
    _watch: Watch,
    _paste: Option<gloo_events::EventListener>,
}

impl Part for Start {
    type Message = Msg;
    type Properties = StartProps;

    fn create(ctx: &Context<Self>) -> Start {
        Start {
            library: Library::default(),
            n_comments: Vec::new(),
            all: Lazy::Unasked,
            now: 0,
            form: if ctx.props().pasting { Form::Paste } else { Form::None },
            text: String::new(),
            removed: None,
            status: String::new(),
            file: NodeRef::default(),
            root: NodeRef::default(),
            focus: ctx.props().pasting.then_some(FIELD),
            _watch: None,
            _paste: None,
        }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &StartProps) -> bool {
        if ctx.props().pasting && !old.pasting {
            self.form = Form::Paste;
            self.focus = Some(FIELD);
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let props = ctx.props();
        match msg {
            Msg::Reload => self.reload(props),
            Msg::Paste => {
                self.form = Form::Paste;
                self.focus = Some(FIELD);
                let link = ctx.link().clone();
                spawn(async move { link.send_message(Msg::Clipboard(clipboard().await)) });
            }
            // Whoever has begun to type has decided otherwise.
            Msg::Clipboard(Some(request)) if self.form == Form::Paste && self.text.is_empty() => {
                props.on_open.emit(request);
            }
            Msg::Clipboard(_) => return false,
            Msg::Typed(text) => {
                // The field shows it by itself.
                self.text = text;
                return false;
            }
            Msg::OpenText => props.on_open.emit(of_text(self.text.clone())),
            Msg::Link => {
                self.form = Form::Link;
                self.focus = Some(FIELD);
            }
            Msg::Visit(route) => props.on_visit.emit(route),
            Msg::OpenLink => {
                let root = self.root.cast::<web_sys::Element>();
                let field = root.and_then(|r| r.query_selector(FIELD).ok().flatten());
                let field = field.and_then(|f| f.dyn_into::<HtmlInputElement>().ok());
                let link = field.map(|f| f.value().trim().to_owned()).filter(|l| !l.is_empty());
                if let Some(link) = link {
                    props.on_open.emit(Request::Link(link));
                }
                return false;
            }
            Msg::Close => {
                self.focus = Some(match self.form {
                    Form::Link => "[data-act=link]",
                    _ => "[data-act=paste]",
                });
                self.form = Form::None;
            }
            Msg::ChooseFile => {
                if let Some(input) = self.file.cast::<HtmlInputElement>() {
                    input.click();
                }
                return false;
            }
            Msg::Chosen => {
                let Some(input) = self.file.cast::<HtmlInputElement>() else { return false };
                let Some(files) = input.files() else { return false };
                let request = match files.length() {
                    0 => None,
                    1 => files.get(0).map(Request::File),
                    // A list of its own, since the field is emptied.
                    _ => Some(Request::Several(js_sys::Array::from(&files).into())),
                };
                // The same file can be chosen again.
                input.set_value("");
                if let Some(request) = request {
                    props.on_open.emit(request);
                }
            }
            Msg::Bookmarklet => {
                self.status = t("Drag this link to your bookmarks bar, and call it there on the page that you want to read.").into();
            }
            Msg::AllComments => {
                if !self.all.ask(true) {
                    return false;
                }
                let link = ctx.link().clone();
                spawn(async move {
                    let list = Lazy::answered(later::all_comments().await);
                    link.send_message(Msg::Listed(list));
                });
            }
            Msg::Listed(list) => {
                self.all = list;
                if list.get().is_none() {
                    let words = t("A part of Dixit did not arrive. It may work at a second try.");
                    self.status = words.into();
                }
            }
            Msg::Remove(id) => self.remove(props, &id),
            Msg::PutBack => {
                if let Some((removed, title)) = self.removed.take() {
                    let kept = library::put_back(&*props.stores.kept, &removed)
                        .or_else(|_| library::put_back(&*props.stores.page, &removed));
                    self.status = match kept {
                        Ok(()) => fill("“{}” is back", &[&title]),
                        Err(error) => {
                            fill("“{}” could not be put back: {}", &[&title, &error.words()])
                        }
                    };
                    self.focus = Some("h1");
                    self.reload(props);
                }
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let onclick = link.batch_callback(|event: MouseEvent| clicked(&event));
        let oninput = link
            .batch_callback(|event: InputEvent| typed(&event).map(|(_, words)| Msg::Typed(words)));
        let onkeydown = link.batch_callback(|event: KeyboardEvent| {
            let in_link = event.key() == "Enter" && typed(&event).is_none() && in_field(&event);
            if in_link { Some(Msg::OpenLink) } else { entered(&event).map(|_| Msg::OpenText) }
        });
        html! {
            <main class="start" ref={self.root.clone()} {onclick} {oninput} {onkeydown}>
                { self.view_parts(ctx) }
                <input ref={self.file.clone()} type="file" hidden=true multiple=true
                    aria-label={t("File to open")} onchange={link.callback(|_: Event| Msg::Chosen)} />
            </main>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        if first_render {
            let changed = ctx.link().callback(|()| Msg::Reload);
            self._watch = ctx.props().stores.kept.watch(PREFIX, Rc::new(move || changed.emit(())));
            let on_open = ctx.props().on_open.clone();
            let document = web_sys::window().and_then(|w| w.document());
            self._paste = document.map(|document| {
                gloo_events::EventListener::new(&document, "paste", move |event| {
                    let event = event.dyn_ref::<ClipboardEvent>().filter(|e| !in_field(e));
                    let found = event.and_then(|e| e.clipboard_data()).and_then(|d| request(&d));
                    if let Some(found) = found {
                        on_open.emit(found);
                    }
                })
            });
            ctx.link().send_message(Msg::Reload);
        }
        let Some(root) = self.root.cast::<web_sys::Element>() else { return };
        if let Some(selector) = self.focus.take() {
            let found = root.query_selector(selector).ok().flatten();
            if let Some(element) = found.and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
                // Where focus cannot be moved, it stays.
                let _ = element.focus();
            }
        }
    }
}

impl Start {
    fn reload(&mut self, props: &StartProps) {
        let stores = &props.stores;
        self.now = clock::now();
        // A blocked storage keeps nothing; what is opened is then held by the page.
        let mut library = library::list(&*stores.kept).unwrap_or_default();
        for held in library::list(&*stores.page).unwrap_or_default().articles {
            if library.articles.iter().all(|kept| kept.id != held.id) {
                library.articles.insert(0, held);
            }
        }
        let count =
            |id: &str| comments::count(&stores.kept, id) + comments::count(&stores.page, id);
        self.n_comments = library.articles.iter().map(|kept| count(&kept.id)).collect();
        self.library = library;
    }

    fn remove(&mut self, props: &StartProps, id: &str) {
        let title = self.library.articles.iter().find(|k| k.id == id).map(|k| k.title.clone());
        let in_browser = library::remove(&*props.stores.kept, id);
        let in_page = library::remove(&*props.stores.page, id);
        match (in_browser, in_page) {
            (Ok(Some(removed)), _) | (_, Ok(Some(removed))) => {
                self.removed = Some((removed, title.unwrap_or_default()));
                self.status.clear();
                self.focus = Some("[data-act=put-back]");
            }
            (Err(error), _) | (_, Err(error)) => {
                self.status = fill("Not removed: {}", &[&error.words()])
            }
            (Ok(None), Ok(None)) => {}
        }
        self.reload(props);
    }

    fn view_parts(&self, ctx: &Context<Self>) -> Vec<Html> {
        let paragraph = |words: &str| element("p", &[], &[], vec![text(words)]);
        let mut parts = vec![
            element("h1", &["tabindex"], &["-1"], vec![text(t("See who said what."))]),
            paragraph(t(
                "Open an article. Dixit finds its voices, folds its quotes, keeps your comments. Nothing leaves this browser.",
            )),
            self.view_ways(ctx),
        ];
        if let Some((_, title)) = &self.removed {
            let title = element("bdi", &[], &[], vec![text(title)]);
            let words =
                woven("Removed from this browser: {}. Your comments on it stay.", vec![title]);
            let undo = button("btn", "put-back", "", t("Undo"));
            parts.push(note(Tone::Status, vec![words], vec![undo]));
        }
        let status = ["start-status", "status"];
        parts.push(element("p", &["class", "role"], &status, vec![text(&self.status)]));
        let title = |words: &str| element("h2", &[], &[], vec![text(words)]);
        let articles = self.library.articles.iter().zip(&self.n_comments);
        let kept: Vec<Html> = articles.map(|(kept, n)| start_article(kept, *n, self.now)).collect();
        if !kept.is_empty() {
            parts.push(title(t("Kept in this browser")));
            parts.push(classed("ul", "start-list", kept));
        }
        let words = match self.library.n_unreadable {
            0 => String::new(),
            n => count(
                n,
                "{} kept article cannot be read by this version. It is left as it is.",
                "{} kept articles cannot be read by this version. They are left as they are.",
            ),
        };
        if !words.is_empty() {
            parts.push(note(Tone::Status, vec![text(&words)], Vec::new()));
        }
        parts.push(self.view_all_comments(ctx));
        // A viewer in one file has none beside it, and no other page can lead to it.
        let protocol = web_sys::window().and_then(|w| w.location().protocol().ok());
        if protocol.as_deref() == Some("file:") {
            return parts;
        }
        parts.push(title(t("Samples")));
        let samples = samples().into_iter().map(|sample| {
            let facts = if sample.language == "de" { t("sample, in German") } else { t("sample") };
            let item = vec![
                page_link(&Route::Link(sample.link), &sample.title, sample.language),
                classed("span", "start-facts", vec![text(facts)]),
            ];
            classed("li", "start-article", item)
        });
        parts.push(classed("ul", "start-list", samples.collect()));
        parts.push(bookmarklet());
        parts
    }

    /// The way to all comments, where there are any, and the list.
    fn view_all_comments(&self, ctx: &Context<Self>) -> Html {
        let stores = &ctx.props().stores;
        match self.all {
            Lazy::Here(list) => list(stores.clone()),
            Lazy::Asked => {
                element("p", &["class", "role"], &["opening", "status"], vec![text(t("Loading…"))])
            }
            _ if !comments::any(&*stores.kept) => Html::default(),
            _ => classed("p", "", vec![button("btn", "all-comments", "", t("All my comments"))]),
        }
    }

    /// Paste, open a file, open a link: each where it belongs, and what went wrong with the last.
    fn view_ways(&self, ctx: &Context<Self>) -> Html {
        let opener = |class: &str, act: &str, form: Form, words: &str| {
            let names = &["type", "class", "data-act", "aria-expanded"];
            let values = ["button", class, act, truth(self.form == form)];
            element("button", names, &values, vec![text(words)])
        };
        let ways = vec![
            opener("btn pri", "paste", Form::Paste, t("Paste")),
            button("btn", "file", "", t("Open file")),
            opener("btn", "link", Form::Link, t("From a link")),
        ];
        let error = ctx.props().error.as_ref();
        let parts = vec![
            classed(
                "p",
                "drop-title",
                vec![text(t("Paste an article, or drop files or a folder"))],
            ),
            element(
                "p",
                &[],
                &[],
                vec![text(t("A page, a feed, Markdown or plain text, up to 2 MB"))],
            ),
            classed("div", "acts", ways),
            match self.form {
                Form::None => Html::default(),
                Form::Paste => keyed("paste", paste_form(&self.text)),
                Form::Link => keyed("link", link_form()),
            },
            error
                .map(|e| note(Tone::Alert, vec![text(&e.words())], Vec::new()))
                .unwrap_or_default(),
        ];
        element(
            "div",
            &["class", "role", "aria-label"],
            &["drop", "group", t("Open an article")],
            parts,
        )
    }
}

/// What a click asks for.
fn clicked(event: &MouseEvent) -> Option<Msg> {
    let (act, id) = acted(event)?;
    let visit = |route: Route| {
        // With a modifier key the browser opens a link by itself.
        (!modified(event)).then(|| {
            event.prevent_default();
            Msg::Visit(route)
        })
    };
    Some(match act.as_str() {
        "paste" => Msg::Paste,
        "open-text" => Msg::OpenText,
        "file" => Msg::ChooseFile,
        "link" => Msg::Link,
        "open-link" => Msg::OpenLink,
        "close" => Msg::Close,
        "remove" => Msg::Remove(id),
        "put-back" => Msg::PutBack,
        "all-comments" => Msg::AllComments,
        "bookmarklet" => {
            event.prevent_default();
            Msg::Bookmarklet
        }
        "visit-kept" => return visit(Route::Kept(id)),
        "visit-link" => return visit(Route::Link(id)),
        _ => return None,
    })
}

/// What the clipboard holds, where the browser gives it.
#[cfg(target_arch = "wasm32")]
async fn clipboard() -> Option<Request> {
    #[wasm_bindgen]
    extern "C" {
        /// Set by `static/boot.js`, which hands over to `static/given.js`.
        #[wasm_bindgen(js_namespace = dixit, catch, js_name = clipboard)]
        async fn held() -> Result<JsValue, JsValue>;
    }
    let held: js_sys::Array = held().await.ok()?.dyn_into().ok()?;
    let part = |n: u32| held.get(n).as_string().unwrap_or_default();
    crate::dropping::of_clipboard(&part(0), part(1))
}

#[cfg(not(target_arch = "wasm32"))]
async fn clipboard() -> Option<Request> {
    None
}

struct Sample {
    link: String,
    title: String,
    language: &'static str,
}

fn samples() -> Vec<Sample> {
    let sample = |entry: &str| {
        let mut entry = Object::read(entry)?;
        let mut field = |name: &str| as_text(&entry.take(name)?);
        Some(Sample {
            link: format!("articles/{}", field("file")?),
            title: field("title")?,
            language: match field("language").as_deref() {
                Some("de") => "de",
                Some("en") => "en",
                _ => "",
            },
        })
    };
    as_list(SAMPLES).unwrap_or_default().into_iter().filter_map(sample).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    #[test]
    fn every_sample_has_a_title_and_its_file() {
        let samples = super::samples();
        assert!(samples.len() >= 2);
        for sample in samples {
            assert!(!sample.title.is_empty() && !sample.language.is_empty());
            assert!(
                Path::new(env!("CARGO_MANIFEST_DIR")).join("static").join(&sample.link).is_file()
            );
        }
    }
}
