//! The menu "Aa": text size, width and theme.

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement, KeyboardEvent};
use yew::prelude::*;

use crate::element::{classed, element, list, text, truth};
use crate::part::{Context, Part};
use crate::settings::{self, Choice, LANGUAGES, SIZES, Settings, THEMES, WIDTHS};
use crate::wording::{self, t};

/// A button that opens three groups of choices; every choice counts at once and is kept.
pub(crate) struct Look {
    open: bool,
    /// Whether the last choice was stored.
    kept: bool,
    now: Settings,
    root: NodeRef,
    closers: Vec<EventListener>,
}

/// What happens to the menu.
#[derive(Debug)]
pub(crate) enum Msg {
    /// Its button was pressed.
    Toggle,
    /// Escape was pressed in it.
    Escape,
    /// Something else was pressed.
    Leave,
    /// A choice was made.
    Chosen(HtmlInputElement),
    /// A language was chosen.
    Spoken(String),
    /// The stored settings are to be read: after the first render, which must not depend on them.
    Load,
}

impl Part for Look {
    type Message = Msg;
    /// Whether it is open at first: the reader asked for it before it was here.
    type Properties = bool;

    fn create(ctx: &Context<Self>) -> Look {
        let now = Settings::default();
        Look { open: *ctx.props(), kept: true, now, root: NodeRef::default(), closers: Vec::new() }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Toggle => self.open = !self.open,
            Msg::Leave => self.open = false,
            Msg::Escape => {
                self.open = false;
                self.focus_button();
            }
            Msg::Chosen(input) => {
                match input.name().as_str() {
                    "dixit-size" => self.now.size = input.value(),
                    "dixit-width" => self.now.width = input.value(),
                    _ => self.now.theme = input.value(),
                }
                self.kept = settings::keep(&self.now);
            }
            Msg::Spoken(language) => {
                self.now.language = language;
                wording::speak(&self.now.language);
                self.kept = settings::keep(&self.now);
            }
            Msg::Load => {
                self.now = settings::load();
                settings::show(&self.now);
            }
        }
        self.closers = if self.open { self.closers(ctx) } else { Vec::new() };
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let onclick = ctx.link().callback(|_: MouseEvent| Msg::Toggle);
        let onchange = ctx.link().batch_callback(|event: Event| {
            let language = event.target_dyn_into::<HtmlSelectElement>();
            let language = language.map(|select| Msg::Spoken(select.value()));
            language.or_else(|| event.target_dyn_into::<HtmlInputElement>().map(Msg::Chosen))
        });
        let label = t("Text size, width and theme");
        html! {
            <div ref={self.root.clone()} class="look" {onchange}>
                <button type="button" class="ico" aria-expanded={truth(self.open)} {onclick}
                    aria-label={label} title={label}>{ "Aa" }</button>
                { if self.open { self.menu() } else { Html::default() } }
            </div>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first {
            if self.open {
                self.focus_button();
            }
            ctx.link().send_message(Msg::Load);
        }
    }
}

impl Look {
    fn menu(&self) -> Html {
        let mut children = vec![
            choices(t("Text size"), "dixit-size", SIZES, &self.now.size),
            choices(t("Width"), "dixit-width", WIDTHS, &self.now.width),
            languages(&self.now.language),
            choices(t("Theme"), "dixit-theme", THEMES, &self.now.theme),
        ];
        if !self.kept {
            let words = t("This browser does not keep these settings for the next visit.");
            children.push(element("p", &["role"], &["status"], vec![text(words)]));
        }
        classed("div", "look-menu", children)
    }

    fn focus_button(&self) {
        let root = self.root.cast::<Element>();
        let button = root.and_then(|root| root.query_selector("button").ok().flatten());
        if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            // The button is there as long as the menu is.
            let _ = button.focus();
        }
    }

    /// Escape and a press elsewhere close the menu.
    fn closers(&self, ctx: &Context<Self>) -> Vec<EventListener> {
        let document = web_sys::window().and_then(|w| w.document());
        let (Some(root), Some(document)) = (self.root.cast::<Element>(), document) else {
            return Vec::new();
        };
        // Prevented, so that the page below does not take the same key for itself.
        let options = EventListenerOptions::enable_prevent_default();
        let link = ctx.link().clone();
        let escape = EventListener::new_with_options(&root, "keydown", options, move |event| {
            if event.dyn_ref::<KeyboardEvent>().is_some_and(|e| e.key() == "Escape") {
                event.prevent_default();
                link.send_message(Msg::Escape);
            }
        });
        let link = ctx.link().clone();
        let elsewhere = EventListener::new(&document, "pointerdown", move |event| {
            let target = event.target().and_then(|t| t.dyn_into::<web_sys::Node>().ok());
            if !root.contains(target.as_ref()) {
                link.send_message(Msg::Leave);
            }
        });
        vec![escape, elsewhere]
    }
}

fn choices(title: &str, name: &'static str, all: &[Choice], now: &str) -> Html {
    let choices = all.iter().map(|&(value, called)| {
        let input = html! { <input type="radio" {name} {value} checked={value == now} /> };
        classed("label", "", vec![input, classed("span", "", vec![text(t(called))])])
    });
    let segments = classed("div", "seg", choices.collect());
    let legend = classed("legend", "", vec![text(title)]);
    classed("fieldset", "", vec![list(vec![legend, segments])])
}

/// The languages, each by its own name.
fn languages(now: &str) -> Html {
    let option = |&(value, called): &Choice| {
        let names = &["value", "lang", "selected"];
        let lang = if value == "system" { "" } else { value };
        let selected = if value == now { "selected" } else { "" };
        element("option", names, &[value, lang, selected], vec![text(t(called))])
    };
    let names = &["name"];
    let options = LANGUAGES.iter().map(option).collect();
    let select = element("select", names, &["dixit-language"], options);
    let label = classed("span", "", vec![text(t("Language"))]);
    classed("label", "look-language", vec![label, select])
}
