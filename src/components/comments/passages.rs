//! The passages of the article that comments are about: what the list asks of them, and what is picked.

use std::ops::Range;
use std::rc::Rc;

use dixit_engine::Article;
use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, Node};

use super::{Comments, Msg};
use crate::comments::Row;
use crate::later::{self, Lazy, PlacesOf};
use crate::part::Context;
use crate::tree::{self, spawn};
use crate::wording::t;

/// Where passages are in an article. A passage is bytes of its blocks, one line each.
pub trait Places {
    /// Goes on with another state of the article.
    fn renew(&mut self, article: Rc<Article>);
    /// Finds the passages that are not known yet.
    fn find(&mut self, rows: &[Row]);
    /// Where a comment's passage is: `None` where it has none, `Some(None)` where that cannot be told any more.
    fn place(&self, row: &Row) -> Option<Option<Range<usize>>>;
    /// The words of a passage.
    fn words(&self, passage: Range<usize>) -> Option<&str>;
    /// The anchor of a passage, as it is stored.
    fn anchor(&self, passage: Range<usize>) -> Option<String>;
    /// The passage of a stored anchor, where it is still there.
    fn anchored(&self, anchor: &str) -> Option<Range<usize>>;
    /// The passage that a range of the document takes.
    fn bytes_of(&self, range: &web_sys::Range) -> Option<Range<usize>>;
    /// Leads to a passage.
    fn show(&self, passage: Range<usize>);
    /// Paints the passages, where the article is on the page.
    fn paint(&self, rows: &[Row]);
}

/// What is known of passages. What finds them comes once there is one.
#[derive(Default)]
pub(super) struct Passages {
    of: Lazy<PlacesOf>,
    places: Option<Box<dyn Places>>,
    /// What is selected in the article, or was when the field was entered.
    picked: Option<Range<usize>>,
    /// What is to be picked once it can be.
    awaited: Option<Awaited>,
}

/// A passage that nothing can find yet.
enum Awaited {
    /// What is selected.
    Selected(web_sys::Range),
    /// What a draft is about.
    Stored(String),
}

impl Passages {
    /// Whether a comment is about words that are not in the article any more.
    pub(super) fn is_lost(&self, row: &Row) -> bool {
        self.places.as_ref().and_then(|places| places.place(row)).is_some_and(|at| at.is_none())
    }

    pub(super) fn find(&mut self, rows: &[Row]) {
        if let Some(places) = &mut self.places {
            places.find(rows);
        }
    }

    /// Goes on with another state of the article.
    pub(super) fn renew(&mut self, article: Rc<Article>) {
        self.picked = None;
        if let Some(places) = &mut self.places {
            places.renew(article);
        }
    }

    /// The words of what is picked.
    pub(super) fn picked_words(&self) -> Option<&str> {
        self.places.as_ref()?.words(self.picked.clone()?)
    }

    /// The anchor of what is picked, as it is stored.
    pub(super) fn picked_anchor(&self) -> Option<String> {
        self.places.as_ref()?.anchor(self.picked.clone()?)
    }

    /// Nothing is picked any more.
    pub(super) fn unpick(&mut self) {
        (self.picked, self.awaited) = (None, None);
    }

    /// Picks what a draft is about.
    pub(super) fn pick_stored(&mut self, anchor: String) {
        self.awaited = Some(Awaited::Stored(anchor));
    }

    /// Whether something is to be picked that nothing can find yet.
    pub(super) fn awaits(&self) -> bool {
        self.awaited.is_some()
    }

    /// Picks what was awaited; whether something was.
    fn settle(&mut self) -> bool {
        let (Some(places), Some(awaited)) = (&self.places, self.awaited.take()) else {
            return false;
        };
        self.picked = match awaited {
            Awaited::Selected(range) => places.bytes_of(&range),
            Awaited::Stored(anchor) => places.anchored(&anchor),
        };
        true
    }
}

/// What is selected in the article or, where nothing is, the statement whose reason is shown.
fn selected() -> Option<web_sys::Range> {
    let range = tree::selection().and_then(|s| s.get_range_at(0).ok()).filter(|r| !r.collapsed());
    range.or_else(explained)
}

/// The words of the statement whose reason is shown in the article.
fn explained() -> Option<web_sys::Range> {
    let n = tree::find(".note-why [data-do=comment]")?.get_attribute("data-n")?;
    let words = tree::find(&["article [data-attribution='", &n, "']"].concat())?;
    let range = web_sys::window()?.document()?.create_range().ok()?;
    range.select_node_contents(&words).ok()?;
    Some(range)
}

/// Whether something happened within what the selector names.
pub(super) fn within(event: &Event, selector: &str) -> bool {
    let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    target.is_some_and(|t| t.closest(selector).is_ok_and(|found| found.is_some()))
}

impl Comments {
    /// Listens to what is selected in the article.
    pub(super) fn listen(&mut self, ctx: &Context<Self>) {
        let Some(document) = web_sys::window().and_then(|w| w.document()) else { return };
        let link = ctx.link().clone();
        self.listeners.push(EventListener::new(&document, "selectionchange", move |_| {
            link.send_message(Msg::Selected);
        }));
        let Some(target) = tree::target() else { return };
        // Whoever enters the field while a reason is shown comments on that statement.
        let link = ctx.link().clone();
        let enter = move |event: &Event| {
            if within(event, ".comments textarea") {
                link.send_message(Msg::Selected);
            }
        };
        let options = EventListenerOptions::run_in_capture_phase();
        self.listeners.push(EventListener::new_with_options(&target, "focus", options, enter));
        self.select();
    }

    /// Whether the focus is in the comments.
    pub(super) fn is_entered(&self) -> bool {
        let active = tree::active();
        let root = self.root.cast::<Node>();
        root.is_some_and(|root| root.contains(active.as_deref()))
    }

    /// Takes what is selected; what was selected before the field was entered stays.
    pub(super) fn select(&mut self) -> bool {
        let inside = self.is_entered();
        let typed = self.is_typed();
        if typed && inside {
            return false;
        }
        let now = selected();
        let kept = inside || typed;
        let passages = &mut self.passages;
        let Some(places) = &passages.places else {
            if now.is_some() || !kept {
                passages.awaited = now.map(Awaited::Selected);
            }
            return passages.awaits();
        };
        let now = now.and_then(|range| places.bytes_of(&range));
        if now == passages.picked || now.is_none() && kept {
            return false;
        }
        passages.picked = now;
        true
    }

    /// Fetches what finds passages, where there is one.
    pub(super) fn fetch_passages(&mut self, ctx: &Context<Self>, again: bool) {
        let wanted = self.passages.awaits() || self.rows.iter().any(|r| r.comment.anchor.is_some());
        if wanted && self.passages.of.ask(again) {
            let link = ctx.link().clone();
            spawn(async move {
                link.send_message(Msg::Places(Lazy::answered(later::passages().await)));
            });
        }
    }

    /// What finds passages is here, or did not come.
    pub(super) fn take_places(&mut self, ctx: &Context<Self>, of: Lazy<PlacesOf>) {
        self.passages.of = of;
        if let Some(of) = of.get() {
            let mut places = of(ctx.props().on.clone(), ctx.link());
            places.find(&self.rows);
            self.passages.places = Some(places);
            if self.passages.settle() && self.is_typed() {
                self.keep_passage(ctx);
            }
        } else if self.passages.awaited.take().is_some() {
            self.status = t("A part of Dixit did not arrive. It may work at a second try.").into();
            self.asked.clear();
        }
        self.redo(ctx);
    }

    /// Leads from a comment to its passage.
    pub(super) fn show_passage(&mut self, ctx: &Context<Self>, name: &str) {
        self.fetch_passages(ctx, true);
        let Some((places, row)) = self.passages.places.as_ref().zip(self.row(name)) else { return };
        if let Some(Some(passage)) = places.place(row) {
            places.show(passage);
        }
    }

    /// Paints the passages, where the article is on the page.
    pub(super) fn paint_passages(&self) {
        if let Some(places) = &self.passages.places {
            places.paint(&self.rows);
        }
    }
}
