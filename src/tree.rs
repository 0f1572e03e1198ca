//! The tree that a reader is in: the document's own or, where it is an element of another's page, that element's
//! shadow tree. What looks for elements, for the focus or for what is selected asks here.
//!
//! One module serves all readers of a page. Which of them it works for is said by whoever calls it: the parts of a
//! page (see [`crate::part`]), their callbacks, and what they [`spawn`] remember the tree that they were made in.

use web_sys::{Element, Event, EventTarget, Node, Selection};

/// Whether readers are elements of others' pages, whose address, title and history are not theirs.
pub const EMBEDDED: bool = cfg!(feature = "embed");

/// What `selector` names first.
pub fn find(selector: &str) -> Option<Element> {
    root::find(selector)
}

/// The element of this id.
pub fn by_id(id: &str) -> Option<Element> {
    root::by_id(id)
}

/// The element that has the focus.
pub fn active() -> Option<Element> {
    root::active()
}

/// Whether nothing has the focus, here or elsewhere on the page.
pub fn is_unfocused() -> bool {
    let document = web_sys::window().and_then(|w| w.document());
    let active = document.and_then(|d| d.active_element());
    active.is_none_or(|active| active.tag_name() == "BODY")
}

/// What is selected.
pub fn selection() -> Option<Selection> {
    root::selection()
}

/// Where what happens in the tree is heard.
pub fn target() -> Option<EventTarget> {
    root::target()
}

/// Where something happened: outside of a shadow tree its events seem to come from the element that has it.
pub fn origin(event: &Event) -> Option<Node> {
    root::origin(event)
}

/// The address of the page that shows the article, to which a fragment can be added; `None` where the browser's is it.
pub fn page() -> Option<String> {
    root::page()
}

/// Who keeps what readers write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeper {
    /// The browser.
    Browser,
    /// The page around.
    Page,
    /// The browser, which keeps it apart from what is kept of us elsewhere: we are a frame on another's page.
    BrowserHere,
}

/// Who keeps what is written here.
pub fn keeper() -> Keeper {
    root::keeper()
}

/// Brings the beginning of the reader into view.
pub fn to_top() {
    root::to_top();
}

/// Tells the page around the reader that something happened; `detail` is JSON.
pub fn tell(name: &str, detail: impl FnOnce() -> String) {
    root::tell(name, detail);
}

/// Runs a task that works for the reader in this tree.
pub fn spawn(task: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(root::within(task));
}

pub use root::Tree;

/// A page of its own.
#[cfg(not(feature = "embed"))]
mod root {
    use wasm_bindgen::JsCast;
    use web_sys::{Document, Element, Event, EventTarget, Node, Selection};

    /// The only tree.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct Tree;

    impl Tree {
        /// The tree of the reader that is worked for.
        pub fn current() -> Tree {
            Tree
        }

        /// Works for the reader in this tree from now on.
        pub fn enter(self) {}
    }

    fn document() -> Option<Document> {
        web_sys::window()?.document()
    }

    pub(super) fn find(selector: &str) -> Option<Element> {
        document()?.query_selector(selector).ok()?
    }

    pub(super) fn by_id(id: &str) -> Option<Element> {
        document()?.get_element_by_id(id)
    }

    pub(super) fn active() -> Option<Element> {
        document()?.active_element()
    }

    pub(super) fn selection() -> Option<Selection> {
        web_sys::window()?.get_selection().ok().flatten()
    }

    pub(super) fn target() -> Option<EventTarget> {
        document().map(Into::into)
    }

    pub(super) fn origin(event: &Event) -> Option<Node> {
        event.target().and_then(|target| target.dyn_into().ok())
    }

    pub(super) fn page() -> Option<String> {
        None
    }

    pub(super) fn keeper() -> super::Keeper {
        super::Keeper::Browser
    }

    pub(super) fn to_top() {
        if let Some(window) = web_sys::window() {
            window.scroll_to_with_x_and_y(0.0, 0.0);
        }
    }

    pub(super) fn tell(_: &str, _: impl FnOnce() -> String) {}

    pub(super) fn within<F>(task: F) -> F {
        task
    }
}

/// Elements of another's page.
#[cfg(feature = "embed")]
mod root {
    use std::cell::{Cell, RefCell};
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use wasm_bindgen::JsCast;
    use wasm_bindgen::prelude::*;
    use web_sys::{Element, Event, EventTarget, Node, Selection, ShadowRoot};

    use super::Keeper;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = dixit)]
        fn enter(tree: u32);
        #[wasm_bindgen(js_namespace = dixit)]
        fn selection_in(root: &ShadowRoot) -> Option<Selection>;
        #[wasm_bindgen(js_namespace = dixit, js_name = page)]
        fn page_of_host() -> String;
        #[wasm_bindgen(js_namespace = dixit, js_name = keeper)]
        fn keeper_here() -> String;
        #[wasm_bindgen(js_namespace = dixit, js_name = tell)]
        fn tell_host(name: &str, detail: &str);
    }

    thread_local! {
        static CURRENT: Cell<u32> = const { Cell::new(0) };
        static ROOTS: RefCell<Vec<(u32, ShadowRoot)>> = const { RefCell::new(Vec::new()) };
    }

    /// One of the page's readers, by its number.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct Tree(u32);

    impl Tree {
        /// The tree of a reader that begins.
        pub(crate) fn new(number: u32, root: ShadowRoot) -> Tree {
            ROOTS.with_borrow_mut(|roots| roots.push((number, root)));
            Tree(number)
        }

        /// The tree of this number.
        pub(crate) fn of(number: u32) -> Tree {
            Tree(number)
        }

        /// Lets go of a tree whose reader is gone.
        pub(crate) fn drop(self) {
            ROOTS.with_borrow_mut(|roots| roots.retain(|(number, _)| *number != self.0));
            crate::wording::forget(self.0);
        }

        /// The tree of the reader that is worked for.
        pub fn current() -> Tree {
            Tree(CURRENT.get())
        }

        /// Works for the reader in this tree from now on.
        pub fn enter(self) {
            if CURRENT.replace(self.0) != self.0 {
                enter(self.0);
                crate::wording::switch(self.0);
            }
        }

        pub(crate) fn number(self) -> u32 {
            self.0
        }
    }

    fn root() -> Option<ShadowRoot> {
        let current = CURRENT.get();
        ROOTS.with_borrow(|roots| Some(roots.iter().find(|(n, _)| *n == current)?.1.clone()))
    }

    pub(super) fn find(selector: &str) -> Option<Element> {
        root()?.query_selector(selector).ok()?
    }

    pub(super) fn by_id(id: &str) -> Option<Element> {
        root()?.get_element_by_id(id)
    }

    pub(super) fn active() -> Option<Element> {
        root()?.active_element()
    }

    pub(super) fn selection() -> Option<Selection> {
        selection_in(&root()?)
    }

    pub(super) fn target() -> Option<EventTarget> {
        root().map(Into::into)
    }

    pub(super) fn origin(event: &Event) -> Option<Node> {
        event.composed_path().get(0).dyn_into().ok()
    }

    pub(super) fn page() -> Option<String> {
        Some(page_of_host())
    }

    pub(super) fn keeper() -> Keeper {
        match keeper_here().as_str() {
            "page" => Keeper::Page,
            "frame" => Keeper::BrowserHere,
            _ => Keeper::Browser,
        }
    }

    pub(super) fn to_top() {
        let Some(host) = root().map(|root| root.host()) else { return };
        if host.get_bounding_client_rect().top() < 0.0 {
            host.scroll_into_view();
        }
    }

    pub(super) fn tell(name: &str, detail: impl FnOnce() -> String) {
        tell_host(name, &detail());
    }

    /// A task that works for one reader whenever it goes on.
    struct Within {
        tree: Tree,
        task: Pin<Box<dyn Future<Output = ()>>>,
    }

    impl Future for Within {
        type Output = ();

        fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
            self.tree.enter();
            self.task.as_mut().poll(context)
        }
    }

    pub(super) fn within(
        task: impl Future<Output = ()> + 'static,
    ) -> impl Future<Output = ()> + 'static {
        Within { tree: Tree::current(), task: Box::pin(task) }
    }
}
