//! The passages of the article that comments are about: found, painted, and leading to their comments.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use dixit_engine::Article;
use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, Node, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::super::passage::{self, paint, place};
use super::{Comments, Msg};
use crate::comments::{Anchor, Body, Row};
use crate::order::sorted;
use crate::part::Context;
use crate::tree::{self, Tree};

/// What passages are painted as, and the one that was asked for.
const PAINT: &str = "dixit-comment";
const HERE: &str = "dixit-comment-here";
/// More passages than these are not painted.
const PAINTED: usize = 1_000;
/// How long after a click or a key the article may be drawn anew, in milliseconds.
const REDRAWN: u32 = 80;

/// What is painted, where a press finds it.
#[derive(Default)]
struct Painted {
    /// The comments by their names, with the ranges of their passages.
    comments: Vec<(String, Vec<web_sys::Range>)>,
    /// The comment that the last press led to: another press means the article.
    led: Option<String>,
}

impl Painted {
    /// The comment to which a press at the caret leads.
    fn press(&mut self) -> Option<String> {
        let selection = tree::selection()?;
        let node = selection.anchor_node().filter(|_| selection.is_collapsed())?;
        let inside = |range: &web_sys::Range| {
            range.is_point_in_range(&node, selection.anchor_offset()).unwrap_or(false)
        };
        let found = self.comments.iter().find(|(_, ranges)| ranges.iter().any(inside));
        let name = found.map(|(name, _)| name.clone());
        if name == self.led.take() {
            return None;
        }
        self.led = name;
        self.led.clone()
    }
}

/// What is known of passages.
pub(super) struct Passages {
    article: Rc<Article>,
    body: Body,
    /// Where each block begins in the body, in bytes.
    starts: Vec<usize>,
    /// Where the comments with these revisions belong, in order; `None` where that cannot be told.
    found: Vec<(String, Option<Range<usize>>)>,
    /// What is selected in the article, or was when the field was entered.
    pub(super) picked: Option<Range<usize>>,
    painted: Rc<RefCell<Painted>>,
}

impl Passages {
    pub(super) fn new(article: Rc<Article>) -> Passages {
        let (mut text, mut starts) = (String::new(), Vec::new());
        for block in &article.blocks {
            starts.push(text.len());
            text.push_str(&block.text);
            text.push('\n');
        }
        let (body, found, painted) = (Body::new(text), Vec::new(), Rc::default());
        Passages { article, body, starts, found, picked: None, painted }
    }

    /// Finds the passages that are not known yet.
    pub(super) fn find(&mut self, rows: &[Row]) {
        let mut new = Vec::new();
        for row in rows.iter().filter(|row| self.known(row).is_none()) {
            new.extend(
                row.comment.passage().map(|a| (row.comment.revision.clone(), a.find(&self.body))),
            );
        }
        if !new.is_empty() {
            self.found.append(&mut new);
            self.found = sorted(std::mem::take(&mut self.found), |a, b| a.0 < b.0);
        }
    }

    fn known(&self, row: &Row) -> Option<&Option<Range<usize>>> {
        let revision = &row.comment.revision;
        let place = self.found.binary_search_by(|(known, _)| known.cmp(revision)).ok()?;
        self.found.get(place).map(|(_, found)| found)
    }

    /// Whether a comment is about words that are not in the article any more.
    pub(super) fn is_lost(&self, row: &Row) -> bool {
        self.known(row).is_some_and(Option::is_none)
    }

    /// Where a comment's passage is.
    fn place(&self, row: &Row) -> Option<Range<usize>> {
        self.known(row)?.clone()
    }

    /// What is known of passages of another state of the article; what listens to presses goes on.
    pub(super) fn renewed(&self, article: Rc<Article>) -> Passages {
        let mut new = Passages::new(article);
        new.painted = self.painted.clone();
        new
    }

    /// The words of the article.
    pub(super) fn body_text(&self) -> &str {
        self.body.text()
    }

    /// The words of what is picked.
    pub(super) fn picked_words(&self) -> Option<&str> {
        self.body.text().get(self.picked.clone()?)
    }

    /// Picks a passage again, where it is still there.
    pub(super) fn pick(&mut self, anchor: &Anchor) {
        self.picked = anchor.find(&self.body);
    }

    /// The anchor of what is picked.
    pub(super) fn picked_anchor(&self) -> Option<Anchor> {
        let Range { start, end } = self.picked.clone()?;
        Anchor::of(&self.body, start, end)
    }

    /// The ranges of the document, one a block.
    fn ranges(&self, range: &Range<usize>) -> Vec<web_sys::Range> {
        let first = self.starts.partition_point(|&start| start <= range.start).saturating_sub(1);
        let blocks = self.starts.iter().enumerate().skip(first);
        let inside = blocks.take_while(|(_, start)| **start < range.end);
        let part = |(n, start): (usize, &usize)| {
            let words = &self.article.blocks.get(n)?.text;
            let from = range.start.saturating_sub(*start);
            let to = (range.end - start).min(words.len());
            (from < to).then(|| passage::range(n, words, from, to)).flatten()
        };
        inside.filter_map(part).collect()
    }

    /// What is selected in the article or, where nothing is, the statement whose reason is shown.
    fn selected(&self) -> Option<Range<usize>> {
        let range =
            tree::selection().and_then(|s| s.get_range_at(0).ok()).filter(|r| !r.collapsed());
        self.bytes_of(&range.or_else(explained)?)
    }

    /// The bytes of the body that a range of the document takes.
    fn bytes_of(&self, range: &web_sys::Range) -> Option<Range<usize>> {
        let byte = |node: Node, offset: u32| {
            let (block, units) = place(&node, offset)?;
            let words = &self.article.blocks.get(block)?.text;
            let mut left = units;
            let at = words.char_indices().find(|(_, c)| {
                let here = left == 0;
                left = left.saturating_sub(c.len_utf16());
                here
            });
            Some(self.starts.get(block)? + at.map_or(words.len(), |(at, _)| at))
        };
        let start = byte(range.start_container().ok()?, range.start_offset().ok()?)?;
        let end = byte(range.end_container().ok()?, range.end_offset().ok()?)?;
        let words = self.body.text().get(start..end)?;
        let start = start + words.len() - words.trim_start().len();
        let end = start + words.trim().len();
        (start < end).then_some(start..end)
    }
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
fn within(event: &Event, selector: &str) -> bool {
    let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    target.is_some_and(|t| t.closest(selector).is_ok_and(|found| found.is_some()))
}

impl Comments {
    /// Listens to what is selected and pressed in the article.
    pub(super) fn listen(&mut self, ctx: &Context<Self>) {
        let Some(document) = web_sys::window().and_then(|w| w.document()) else { return };
        let link = ctx.link().clone();
        self.listeners.push(EventListener::new(&document, "selectionchange", move |_| {
            link.send_message(Msg::Selected);
        }));
        let Some(target) = tree::target() else { return };
        for name in ["click", "keyup"] {
            let link = ctx.link().clone();
            self.listeners.push(EventListener::new(&target, name, move |event| {
                if !within(event, ".comments") {
                    let link = link.clone();
                    Timeout::new(REDRAWN, move || link.send_message(Msg::Paint)).forget();
                }
            }));
        }
        // A press on a passage leads to its comment, before the article makes anything of it.
        let (link, painted) = (ctx.link().clone(), self.passages.painted.clone());
        let options = EventListenerOptions::run_in_capture_phase();
        let tree = Tree::current();
        let press = move |event: &Event| {
            tree.enter();
            let words =
                within(event, "article [data-block]") && !within(event, "button, a, .note-why");
            if words && let Some(name) = painted.borrow_mut().press() {
                event.stop_propagation();
                link.send_message(Msg::Pressed(name));
            }
        };
        self.listeners.push(EventListener::new_with_options(&target, "click", options, press));
        // Whoever enters the field while a reason is shown comments on that statement.
        let link = ctx.link().clone();
        let enter = move |event: &Event| {
            if within(event, ".comments textarea") {
                link.send_message(Msg::Selected);
            }
        };
        self.listeners.push(EventListener::new_with_options(&target, "focus", options, enter));
        self.select();
    }

    /// Takes what is selected; what was selected before the field was entered stays.
    pub(super) fn select(&mut self) -> bool {
        let active = tree::active();
        let root = self.root.cast::<Node>();
        let inside = root.is_some_and(|root| root.contains(active.as_deref()));
        let typed = self.is_typed();
        if typed && inside {
            return false;
        }
        let now = self.passages.selected();
        if now == self.passages.picked || now.is_none() && (inside || typed) {
            return false;
        }
        self.passages.picked = now;
        true
    }

    /// Leads from a comment to its passage.
    pub(super) fn show_passage(&self, name: &str) {
        let Some(range) = self.row(name).and_then(|row| self.passages.place(row)) else { return };
        let ranges = self.passages.ranges(&range);
        paint(HERE, &ranges);
        let node = ranges.first().and_then(|range| range.start_container().ok());
        if let Some(element) = node.and_then(|node| node.parent_element()) {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Center);
            element.scroll_into_view_with_scroll_into_view_options(&options);
            if let Some(block) = element.closest("[data-block]").ok().flatten()
                && let Ok(block) = block.dyn_into::<web_sys::HtmlElement>()
            {
                // From here a reader goes on by keys. What takes no focus by itself does now.
                if !block.has_attribute("tabindex") {
                    let _ = block.set_attribute("tabindex", "-1");
                }
                let _ = block.focus();
            }
        }
    }

    /// Paints the passages, where the article is on the page.
    pub(super) fn paint_passages(&self) {
        let shown = self.rows.iter().filter(|row| row.comment.deleted.is_none());
        let placed = shown.filter_map(|row| Some((row, self.passages.place(row)?))).take(PAINTED);
        let all: Vec<(String, Vec<web_sys::Range>)> =
            placed.map(|(row, range)| (row.name.clone(), self.passages.ranges(&range))).collect();
        let ranges: Vec<_> = all.iter().flat_map(|(_, ranges)| ranges.clone()).collect();
        paint(PAINT, &ranges);
        self.passages.painted.borrow_mut().comments = all;
    }
}

impl Drop for Passages {
    fn drop(&mut self) {
        paint(PAINT, &[]);
        paint(HERE, &[]);
    }
}
