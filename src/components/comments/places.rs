//! Passages of the article: found, painted, and leading to their comments. Comes once a comment is about one, or one is
//! picked.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use dixit_engine::Article;
use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Event, Node, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::super::passage::{self, paint, place};
use super::passages::{Places, within};
use super::{Comments, Msg};
use crate::comments::{Anchor, Body, Row};
use crate::order::sorted;
use crate::part::Link;
use crate::tree::{self, Tree};

/// What passages are painted as, and the one that was asked for.
const PAINT: &str = "dixit-comment";
const HERE: &str = "dixit-comment-here";
/// More passages than these are not painted.
const PAINTED: usize = 1_000;
/// How long after a click or a key the article may be drawn anew, in milliseconds.
const REDRAWN: u32 = 80;

/// What finds the passages of an article.
pub(crate) fn places(article: Rc<Article>, link: &Link<Comments>) -> Box<dyn Places> {
    let painted: Rc<RefCell<Painted>> = Rc::default();
    let listeners = listeners(link, &painted);
    let (body, starts) = body_of(&article);
    Box::new(Found { article, body, starts, found: Vec::new(), painted, _listeners: listeners })
}

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
struct Found {
    article: Rc<Article>,
    body: Body,
    /// Where each block begins in the body, in bytes.
    starts: Vec<usize>,
    /// Where the comments with these revisions belong, in order; `None` where that cannot be told.
    found: Vec<(String, Option<Range<usize>>)>,
    painted: Rc<RefCell<Painted>>,
    _listeners: Vec<EventListener>,
}

/// The body of an article, and where each block begins in it, in bytes.
fn body_of(article: &Article) -> (Body, Vec<usize>) {
    let (mut text, mut starts) = (String::new(), Vec::new());
    for block in &article.blocks {
        starts.push(text.len());
        text.push_str(&block.text);
        text.push('\n');
    }
    (Body::new(text), starts)
}

impl Places for Found {
    fn renew(&mut self, article: Rc<Article>) {
        (self.body, self.starts) = body_of(&article);
        self.article = article;
        self.found.clear();
    }

    fn find(&mut self, rows: &[Row]) {
        let mut new = Vec::new();
        for row in rows.iter().filter(|row| self.place(row).is_none()) {
            new.extend(
                row.comment.passage().map(|a| (row.comment.revision.clone(), a.find(&self.body))),
            );
        }
        if !new.is_empty() {
            self.found.append(&mut new);
            self.found = sorted(std::mem::take(&mut self.found), |a, b| a.0 < b.0);
        }
    }

    fn place(&self, row: &Row) -> Option<Option<Range<usize>>> {
        let revision = &row.comment.revision;
        let place = self.found.binary_search_by(|(known, _)| known.cmp(revision)).ok()?;
        self.found.get(place).map(|(_, found)| found.clone())
    }

    fn words(&self, passage: Range<usize>) -> Option<&str> {
        self.body.text().get(passage)
    }

    fn anchor(&self, passage: Range<usize>) -> Option<String> {
        Anchor::of(&self.body, passage.start, passage.end).map(|anchor| anchor.write())
    }

    fn anchored(&self, anchor: &str) -> Option<Range<usize>> {
        Anchor::read(anchor)?.find(&self.body)
    }

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
    fn show(&self, passage: Range<usize>) {
        let ranges = self.ranges(&passage);
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

    fn paint(&self, rows: &[Row]) {
        let shown = rows.iter().filter(|row| row.comment.deleted.is_none());
        let placed = shown.filter_map(|row| Some((row, self.place(row)??))).take(PAINTED);
        let all: Vec<(String, Vec<web_sys::Range>)> =
            placed.map(|(row, range)| (row.name.clone(), self.ranges(&range))).collect();
        let ranges: Vec<_> = all.iter().flat_map(|(_, ranges)| ranges.clone()).collect();
        paint(PAINT, &ranges);
        self.painted.borrow_mut().comments = all;
    }
}

impl Found {
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
}

impl Drop for Found {
    fn drop(&mut self) {
        paint(PAINT, &[]);
        paint(HERE, &[]);
    }
}

/// Listens to what is pressed in the article.
fn listeners(link: &Link<Comments>, painted: &Rc<RefCell<Painted>>) -> Vec<EventListener> {
    let mut all = Vec::new();
    let Some(target) = tree::target() else { return all };
    for name in ["click", "keyup"] {
        let link = link.clone();
        all.push(EventListener::new(&target, name, move |event| {
            if !within(event, ".comments") {
                let link = link.clone();
                Timeout::new(REDRAWN, move || link.send_message(Msg::Paint)).forget();
            }
        }));
    }
    // A press on a passage leads to its comment, before the article makes anything of it.
    let (link, painted, tree) = (link.clone(), painted.clone(), Tree::current());
    let press = move |event: &Event| {
        tree.enter();
        let words = within(event, "article [data-block]") && !within(event, "button, a, .note-why");
        if words && let Some(name) = painted.borrow_mut().press() {
            event.stop_propagation();
            link.send_message(Msg::Pressed(name));
        }
    };
    let options = EventListenerOptions::run_in_capture_phase();
    all.push(EventListener::new_with_options(&target, "click", options, press));
    all
}
