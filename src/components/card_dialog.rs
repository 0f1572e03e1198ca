//! The dialog that makes a picture of a quotation: seen, saved as PNG or as SVG.

use dixit_export::card::{self, Card, Layout, Letters, Theme};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement};
use yew::prelude::*;

use super::act::{acted, button as act};
use super::awaited::Props;
use super::sharing::{Told, perhaps, rows};
use crate::download;
use crate::element::{classed, clicked, element, found, text};
use crate::part::{Context, Part};
use crate::sharing::PageLink;
use crate::state::Tool;
use crate::wording::{fill, t};

/// The card of one statement.
pub(crate) struct CardDialog {
    card: Option<Card>,
    theme: Theme,
    told: Told,
    canvas: NodeRef,
    is_shortened: bool,
}

/// What happens to the dialog.
pub(crate) enum Msg {
    /// A button or a choice was used.
    Act(String, String),
    /// A file was handed over, or not.
    Saved(bool),
    /// The card was painted; whether its words had to be shortened.
    Painted(bool),
}

impl Part for CardDialog {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> CardDialog {
        let Props { plan, tool, .. } = ctx.props();
        let row = match tool {
            Tool::Card(n) => {
                rows(plan, &PageLink::of_browser()).into_iter().find(|row| row.attribution == *n)
            }
            _ => None,
        };
        let card = row.map(|row| {
            let speaker = plan.analysis.attributions.get(row.attribution).and_then(|a| a.speaker);
            let voice = speaker.and_then(|s| plan.voices.voices.get(s));
            let colour = voice.map_or(8, |voice| voice.look.colour);
            Card { colour, ..Card::new(&plan.article, &row, perhaps) }
        });
        let (canvas, told) = (NodeRef::default(), Told::Nothing);
        CardDialog { card, theme: Theme::Light, told, canvas, is_shortened: false }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Act(act, value) => match act.as_str() {
                "theme" => {
                    self.theme = if value == "dark" { Theme::Dark } else { Theme::Light };
                    self.told = Told::Nothing;
                }
                "svg" => self.told = Told::of_saving(self.save_svg()),
                _ => {
                    if self.save_png(ctx).is_none() {
                        self.told = Told::NotSaved;
                    }
                }
            },
            Msg::Saved(saved) => self.told = Told::of_saving(saved),
            Msg::Painted(is_shortened) if is_shortened == self.is_shortened => return false,
            Msg::Painted(is_shortened) => self.is_shortened = is_shortened,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Some(card) = &self.card else {
            return classed(
                "p",
                "",
                vec![text(t("This statement is not in the article any more."))],
            );
        };
        let label = fill("Quote card: {}", &[&[&card.words, " — ", &card.speaker].concat()]);
        let (width, height) = (card::WIDTH as u32, card::HEIGHT as u32);
        let names = &["class", "width", "height", "role", "aria-label"];
        let values = ["card-canvas", &width.to_string(), &height.to_string(), "img", &label];
        let canvas = found(element("canvas", names, &values, Vec::new()), &self.canvas);
        let theme = |value: &str, theme: Theme, label: &str| {
            let checked = if self.theme == theme { "checked" } else { "" };
            let names = &["type", "name", "data-act", "data-id", "checked"];
            let input = element(
                "input",
                names,
                &["radio", "card-theme", "theme", value, checked],
                Vec::new(),
            );
            classed("label", "", vec![input, classed("span", "", vec![text(label)])])
        };
        let themes = vec![
            classed("legend", "vh", vec![text(t("Theme of the card"))]),
            theme("light", Theme::Light, t("Light")),
            theme("dark", Theme::Dark, t("Dark")),
        ];
        let mut parts = vec![canvas, classed("fieldset", "seg", themes)];
        if self.is_shortened {
            let words = t("The words are too many for a card: they are shortened, and end in “…”.");
            parts.push(classed("p", "share-note", vec![text(words)]));
        }
        let acts = vec![
            act("btn pri", "png", "", t("Download PNG")),
            act("btn", "svg", "", t("Download SVG")),
        ];
        parts.extend([classed("p", "acts", acts), self.told.words()]);
        let onclick = ctx.link().batch_callback(|event: MouseEvent| {
            acted(&event).map(|(act, value)| Msg::Act(act, value))
        });
        clicked(classed("div", "share", parts), onclick)
    }

    fn rendered(&mut self, ctx: &Context<Self>, _: bool) {
        if let Some((context, layout)) = self.laid_out() {
            paint(&context, &layout);
            ctx.link().send_message(Msg::Painted(layout.is_shortened));
        }
    }
}

impl CardDialog {
    /// The card in the canvas's own letters.
    fn laid_out(&self) -> Option<(CanvasRenderingContext2d, Layout)> {
        let canvas: HtmlCanvasElement = self.canvas.cast()?;
        let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        let measure = |text: &str, letters: &Letters| {
            context.set_font(&font(letters));
            context.measure_text(text).map_or(0.0, |measured| measured.width())
        };
        let layout = card::layout(self.card.as_ref()?, self.theme, &measure);
        Some((context, layout))
    }

    fn save_svg(&self) -> bool {
        let svg = self.laid_out().map(|(_, layout)| card::svg(&layout));
        svg.is_some_and(|svg| download::download("quote-card.svg", "image/svg+xml", &svg).is_ok())
    }

    /// Asks the canvas for its picture; `None` where it has none to give.
    fn save_png(&self, ctx: &Context<Self>) -> Option<()> {
        let canvas: HtmlCanvasElement = self.canvas.cast()?;
        let link = ctx.link().clone();
        let offer = Closure::once_into_js(move |blob: JsValue| {
            let blob = blob.dyn_into::<Blob>().ok();
            let saved = blob.is_some_and(|blob| download::offer("quote-card.png", &blob).is_ok());
            link.send_message(Msg::Saved(saved));
        });
        canvas.to_blob(offer.unchecked_ref()).ok()
    }
}

fn font(letters: &Letters) -> String {
    let (weight, size) = (letters.weight.to_string(), (letters.size as u32).to_string());
    [&weight, " ", &size, "px ", letters.family].concat()
}

fn paint(context: &CanvasRenderingContext2d, layout: &Layout) {
    for bar in &layout.bars {
        context.set_fill_style_str(bar.colour);
        context.fill_rect(bar.x, bar.y, bar.width, bar.height);
    }
    // The start of a line is its right where it runs from right to left.
    let direction = if layout.from_right { "rtl" } else { "ltr" };
    let _ = js_sys::Reflect::set(context, &"direction".into(), &direction.into());
    context.set_text_align("start");
    for line in &layout.lines {
        context.set_font(&font(&line.letters));
        context.set_fill_style_str(line.colour);
        // Text that cannot be painted leaves its place free.
        let _ = context.fill_text(&line.text, line.x, line.y);
    }
}
