//! The menu "Aa": how the text looks, and the language of the controls.

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement, KeyboardEvent};
use yew::prelude::*;

use crate::element::{classed, element, list, text, truth};
use crate::part::{Context, Part};
use crate::settings::{Choice, FACE, LANGUAGE, LINES, SIZE, Setting, THEME, WIDTH};
use crate::tree;
use crate::wording::{self, t, word};

/// The settings of which one is chosen among few, in the order of the menu.
const CHOICES: [(&str, Setting); 5] = [
    (word("Text size"), SIZE),
    (word("Typeface"), FACE),
    (word("Width"), WIDTH),
    (word("Lines"), LINES),
    (word("Theme"), THEME),
];

/// A button that opens groups of choices; every choice counts at once and is kept.
pub(crate) struct Look {
    open: bool,
    /// Whether the last choice was stored.
    kept: bool,
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
    /// It is on the page for the first time.
    Shown,
}

impl Part for Look {
    type Message = Msg;
    /// Whether it is open at first: the reader asked for it before it was here.
    type Properties = bool;

    fn create(ctx: &Context<Self>) -> Look {
        Look { open: *ctx.props(), kept: true, root: NodeRef::default(), closers: Vec::new() }
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
                let name = input.name();
                let setting =
                    CHOICES.iter().find(|(_, s)| name.strip_prefix("dixit-") == Some(s.name));
                if let Some((_, setting)) = setting {
                    self.kept = setting.keep(&input.value());
                }
            }
            Msg::Spoken(language) => {
                wording::speak(&language);
                self.kept = LANGUAGE.keep(&language);
            }
            Msg::Shown => {}
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
            ctx.link().send_message(Msg::Shown);
        }
    }
}

impl Look {
    fn menu(&self) -> Html {
        let mut children: Vec<Html> =
            CHOICES.iter().map(|(called, setting)| choices(t(called), setting)).collect();
        children.push(languages(LANGUAGE.now()));
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
            if !root.contains(tree::origin(event).as_ref()) {
                link.send_message(Msg::Leave);
            }
        });
        vec![escape, elsewhere]
    }
}

fn choices(title: &str, setting: &Setting) -> Html {
    let (name, now) = (["dixit-", setting.name].concat(), setting.now());
    let choices = setting.choices.iter().map(|&(value, called)| {
        let checked = value == now;
        let input = html! { <input type="radio" name={name.clone()} {value} {checked} /> };
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
    let options = LANGUAGE.choices.iter().map(option).collect();
    let select = element("select", names, &["dixit-language"], options);
    let label = classed("span", "", vec![text(t("Language"))]);
    classed("label", "look-language", vec![label, select])
}
