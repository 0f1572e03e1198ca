//! What goes along with the reader: how much is read, a strip that shows where voices are heard and leads there, and the
//! part of the outline that is being read.

mod outline;

use std::rc::Rc;

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element};
use yew::prelude::*;

use super::badge::colour;
use crate::along::{Extent, LENGTH, Mark, marks, nearest, neighbour, on_line, percent};
use crate::element::{classed, classes, element, found, list, text, when};
use crate::part::{Context, Part};
use crate::permalink::to_statement;
use crate::plan::Plan;
use crate::state::{Action, State};
use crate::storage::Watch;
use crate::tree;
use crate::wording::{count, fill, number, t};
use crate::{near, voices};

/// Props of [`Along`].
pub struct Props {
    /// The page.
    pub plan: Rc<Plan>,
    /// What is chosen.
    pub state: Rc<State>,
    /// Takes where the reader wants to go.
    pub on_action: Callback<Action>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Props) -> bool {
        Rc::ptr_eq(&self.plan, &other.plan) && self.state == other.state
    }
}

/// The strip and the progress. What changes with every scroll is written into the page past Yew.
pub(crate) struct Along {
    root: NodeRef,
    extents: Vec<Extent>,
    marks: Vec<Mark>,
    events: Vec<EventListener>,
    sizes: Watch,
}

/// What happens to it.
pub(crate) enum Msg {
    /// Blocks stand elsewhere now.
    Measure,
    /// The page was scrolled.
    Scrolled,
    /// The strip was clicked at this height, from 0 to 1.
    Clicked(f64),
    /// A key was pressed on the strip.
    Key(KeyboardEvent),
}

impl Part for Along {
    type Message = Msg;
    type Properties = Props;

    fn create(_: &Context<Self>) -> Along {
        let root = NodeRef::default();
        Along { root, extents: Vec::new(), marks: Vec::new(), events: Vec::new(), sizes: None }
    }

    fn changed(&mut self, ctx: &Context<Self>, _: &Props) -> bool {
        self.marks = marks(&ctx.props().plan, &ctx.props().state, &self.extents);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Measure => {
                let extents = self.measured(ctx.props().plan.article.blocks.len());
                let same = extents == self.extents;
                self.extents = extents;
                self.marks = marks(&ctx.props().plan, &ctx.props().state, &self.extents);
                self.tell(ctx.props());
                return !same;
            }
            Msg::Scrolled => self.tell(ctx.props()),
            Msg::Clicked(share) => match nearest(&self.marks, on_line(share)) {
                Some(mark) => self.go(ctx, *mark),
                None => self.scroll_to(share),
            },
            Msg::Key(event) => {
                let middle = self.middle();
                let mark = match event.key().as_str() {
                    "ArrowDown" | "ArrowRight" => {
                        neighbour(&self.marks, self.here(ctx, middle), true)
                    }
                    "ArrowUp" | "ArrowLeft" => {
                        neighbour(&self.marks, self.here(ctx, middle), false)
                    }
                    "Home" => self.marks.first(),
                    "End" => self.marks.last(),
                    _ => return false,
                };
                event.prevent_default();
                if let Some(mark) = mark {
                    self.go(ctx, *mark);
                }
            }
        }
        false
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let plan = &ctx.props().plan;
        let marks = self.marks.iter().map(|mark| {
            let voice = plan.voices.voices.get(mark.speaker);
            let width = if mark.reported { "5" } else { "10" };
            let class = classes(&[colour(voice), when(mark.reported, "is-reported")]);
            let names = &["class", "x", "y", "width", "height"];
            let y = mark.at * (LENGTH - 4) / LENGTH;
            let name = voice.map_or("", |voice| &voice.name);
            let title = element("title", &[], &[], vec![text(name)]);
            element("rect", names, &[&class, "0", &y.to_string(), width, "4"], vec![title])
        });
        let seen = element(
            "rect",
            &["class", "x", "y", "width", "height"],
            &["seen", "0", "0", "10", "0"],
            Vec::new(),
        );
        let shapes = std::iter::once(seen).chain(marks).collect();
        let names = &["viewBox", "preserveAspectRatio", "aria-hidden"];
        let svg = element("svg", names, &["0 0 10 1000", "none", "true"], shapes);
        let names = &[
            "class",
            "role",
            "tabindex",
            "aria-orientation",
            "aria-label",
            "aria-valuemin",
            "aria-valuemax",
            "aria-valuenow",
        ];
        let label = t("Where voices are heard");
        let values = ["along", "slider", "0", "vertical", label, "0", "100", "0"];
        let onclick = ctx.link().batch_callback(|event: MouseEvent| {
            let strip = event.target_dyn_into::<Element>()?.closest(".along").ok().flatten()?;
            let rect = strip.get_bounding_client_rect();
            let share = (f64::from(event.client_y()) - rect.top()) / rect.height();
            Some(Msg::Clicked(share))
        });
        let onkeydown = ctx.link().callback(Msg::Key);
        let strip = element("div", names, &values, vec![svg]);
        let names = &["class", "max", "value", "aria-label"];
        let progress =
            element("progress", names, &["read", "100", "0", t("Read so far")], Vec::new());
        // What is left is written by `tell`.
        let left = classed("p", "left", Vec::new());
        let inside = list(vec![progress, strip, left]);
        found(html! { <div {onclick} {onkeydown}>{ inside }</div> }, &self.root)
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first && let Some(window) = web_sys::window() {
            for name in ["scroll", "resize"] {
                let link = ctx.link().clone();
                self.events.push(EventListener::new(&window, name, move |_| {
                    link.send_message(Msg::Scrolled);
                }));
            }
            let link = ctx.link().clone();
            if let Some(body) = body() {
                self.sizes = near::watch_size(&body, move || link.send_message(Msg::Measure));
            }
            self.events.extend(outline::closers());
            ctx.link().send_message(Msg::Measure);
        }
    }
}

impl Along {
    /// Where the blocks stand in the article.
    fn measured(&self, n_blocks: usize) -> Vec<Extent> {
        let mut extents = vec![Extent { top: 0.0, height: 0.0 }; n_blocks];
        let Some(body) = body() else { return extents };
        let whole = body.get_bounding_client_rect();
        let Ok(blocks) = body.query_selector_all("[data-block]") else { return extents };
        for n in 0..blocks.length() {
            let Some(block) = blocks.get(n).and_then(|b| b.dyn_into::<Element>().ok()) else {
                continue;
            };
            let of = block.get_attribute("data-block").and_then(|n| n.parse::<usize>().ok());
            let rect = block.get_bounding_client_rect();
            if let Some(extent) =
                of.and_then(|n| extents.get_mut(n)).filter(|_| whole.height() > 0.0)
            {
                let (top, height) = (rect.top() - whole.top(), rect.height());
                *extent = Extent { top: top / whole.height(), height: height / whole.height() };
            }
        }
        extents
    }

    /// Writes how far the reader has come.
    fn tell(&self, props: &Props) {
        let (Some(root), Some(rect)) = (self.root.cast::<Element>(), body_rect()) else { return };
        let screen = screen_height();
        // All is measured before anything is written, so that the browser lays the page out once.
        let heading = current_heading(&props.plan, screen / 3.0);
        let percent = percent(rect.top(), rect.height(), screen);
        let find = |selector: &str| root.query_selector(selector).ok().flatten();
        let set = |selector: &str, name: &str, value: &str| {
            if let Some(element) = find(selector) {
                // The names are ours, and fixed names are always accepted.
                let _ = element.set_attribute(name, value);
            }
        };
        let share = |pixels: f64| on_line(pixels / rect.height().max(1.0));
        let (from, to) = (share(-rect.top()), share(screen - rect.top()));
        set("progress", "value", &percent.to_string());
        set(".along", "aria-valuenow", &percent.to_string());
        set(".seen", "y", &from.to_string());
        set(".seen", "height", &to.saturating_sub(from).to_string());
        let left = props.plan.voices.n_words * (100 - percent.min(100)) / 100;
        let minutes = left.div_ceil(voices::WORDS_A_MINUTE);
        let percent = fill("{} %", &[&number(percent)]);
        let left = count(minutes, "{} min left", "{} min left");
        let words = [&percent, " · ", &left].concat();
        set(".along", "aria-valuetext", &words);
        if let Some(place) = find(".left") {
            place.set_text_content(Some(&words));
        }
        outline::mark(&props.plan, heading);
    }

    /// The place on the strip that is in the middle of the screen.
    fn middle(&self) -> usize {
        let Some(rect) = body_rect() else { return 0 };
        on_line((screen_height() / 2.0 - rect.top()) / rect.height().max(1.0))
    }

    /// The place that the reader went to last, else what is in the middle.
    fn here(&self, ctx: &Context<Self>, middle: usize) -> usize {
        let Props { plan, state, .. } = ctx.props();
        let went = state.place.map(|place| place.attribution(&plan.analysis));
        let at = self.marks.iter().find(|mark| went == Some(Some(mark.attribution)));
        at.map_or(middle, |mark| mark.at)
    }

    fn go(&self, ctx: &Context<Self>, mark: Mark) {
        let Props { plan, on_action, .. } = ctx.props();
        on_action.emit(to_statement(&plan.analysis, mark.attribution));
    }

    fn scroll_to(&self, share: f64) {
        let (Some(rect), Some(window)) = (body_rect(), web_sys::window()) else { return };
        let middle = rect.top() + rect.height() * share - screen_height() / 2.0;
        window.scroll_by_with_x_and_y(0.0, middle);
    }
}

/// The last heading that stands above `line`, as an index into the outline.
fn current_heading(plan: &Plan, line: f64) -> Option<usize> {
    plan.headings.iter().rposition(|heading| {
        let heading = tree::by_id(&heading.id);
        heading.is_some_and(|heading| heading.get_bounding_client_rect().top() < line)
    })
}

fn body() -> Option<Element> {
    tree::find("article .body")
}

fn body_rect() -> Option<DomRect> {
    body().map(|body| body.get_bounding_client_rect())
}

fn screen_height() -> f64 {
    let height = web_sys::window().and_then(|w| w.inner_height().ok()).and_then(|h| h.as_f64());
    height.unwrap_or(1.0)
}
