//! The bar that reads the article aloud, and the words that are being read, painted in the article.

use std::rc::Rc;

use gloo_events::EventListener;
use web_sys::{HtmlSelectElement, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

use super::act::acted;
use super::badge::badge;
use super::passage;
use crate::aloud::{BrowserSpeech, Command, Player, Speech, Told, Utterance, sound, utterances};
use crate::element::{classed, clicked, element, found, text};
use crate::part::{Context, Link, Part};
use crate::plan::Plan;
use crate::settings::RATE;
use crate::state::Action;
use crate::tree;
use crate::wording::{fill, number, t};

/// Props of [`Aloud`].
pub struct Props {
    /// The page.
    pub plan: Rc<Plan>,
    /// Where to begin.
    pub start: Start,
    /// Opens what is folded and is to be read.
    pub on_action: Callback<Action>,
    /// Told when it is to go.
    pub on_close: Callback<()>,
}

/// Where reading aloud begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Start {
    /// How often it was asked for.
    pub asked: usize,
    /// Index of the block.
    pub block: usize,
    /// The byte in it.
    pub from: usize,
    /// How often it was to pause or to go on.
    pub toggles: usize,
}

impl PartialEq for Props {
    fn eq(&self, other: &Props) -> bool {
        Rc::ptr_eq(&self.plan, &other.plan) && self.start == other.start
    }
}

/// Reads aloud as long as it is on the page.
pub(crate) struct Aloud {
    player: Player,
    speech: Option<BrowserSpeech>,
    /// Whether the reader has scrolled away: the page then stays where it is.
    away: bool,
    root: NodeRef,
    scrolls: Vec<EventListener>,
}

/// What happens to it.
pub(crate) enum Msg {
    /// A button was pressed.
    Act(String),
    /// Another speed was chosen.
    Rate(String),
    /// What became of the utterance with this ticket.
    Told(usize, Told),
    /// The reader scrolls.
    Away,
}

impl Part for Aloud {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Aloud {
        let Props { plan, start, .. } = ctx.props();
        let mut aloud = Aloud {
            player: Player::new(utterances(plan), start.block, start.from),
            speech: BrowserSpeech::new(),
            away: false,
            root: NodeRef::default(),
            scrolls: Vec::new(),
        };
        let command = aloud.player.toggle();
        aloud.follow(ctx, command);
        aloud
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Props) -> bool {
        let Props { plan, start, .. } = ctx.props();
        let command = if !Rc::ptr_eq(plan, &old.plan) {
            let (block, from) = self.player.now().map_or((0, 0), |u| (u.block, u.start));
            let playing = self.player.is_playing();
            self.player = Player::new(utterances(plan), block, from);
            if playing { self.player.toggle() } else { Command::Silence }
        } else if start.asked != old.start.asked {
            self.away = false;
            self.player.go(start.block, start.from)
        } else if start.toggles != old.start.toggles {
            self.player.toggle()
        } else {
            Command::Nothing
        };
        self.follow(ctx, command);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let command = match msg {
            Msg::Away => {
                self.away = true;
                return false;
            }
            Msg::Told(ticket, told) => self.player.told(ticket, told),
            Msg::Rate(rate) => {
                RATE.keep(&rate);
                self.player.again()
            }
            Msg::Act(act) => {
                self.away = false;
                match act.as_str() {
                    "toggle" => self.player.toggle(),
                    "before" => self.player.skip(false),
                    "next" => self.player.skip(true),
                    _ => {
                        ctx.props().on_close.emit(());
                        return false;
                    }
                }
            }
        };
        self.follow(ctx, command);
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let plan = &ctx.props().plan;
        let mut children = Vec::new();
        if self.speech.is_none() {
            children.push(said(t("This browser cannot read aloud.")));
        } else if self.player.is_mute() {
            children.push(said(t("This browser found no voice to read this with.")));
        } else {
            let speaker = self.player.now().and_then(|u| u.speaker);
            let voice = speaker.and_then(|s| plan.voices.voices.get(s));
            let playing = self.player.is_playing();
            let toggle = if playing { ("❚❚", t("Pause")) } else { ("▶", t("Read on")) };
            children.extend([
                act("before", "‹", t("Previous passage")),
                act("toggle", toggle.0, toggle.1),
                act("next", "›", t("Next passage")),
                speed(),
            ]);
            let name = voice.map_or(t("The article"), |voice| &voice.name);
            let name = classed("bdi", "", vec![text(name)]);
            let badge = voice.map_or_else(Html::default, badge);
            children.push(classed("span", "aloud-who", vec![badge, name]));
        }
        children.push(act("close", "✕", t("Stop reading aloud")));
        let link = ctx.link();
        let onclick = link.batch_callback(|event: MouseEvent| Some(Msg::Act(acted(&event)?.0)));
        let onchange = link.batch_callback(|event: Event| {
            event.target_dyn_into::<HtmlSelectElement>().map(|select| Msg::Rate(select.value()))
        });
        let names = &["class", "role", "aria-label"];
        let bar = element("div", names, &["aloud", "group", t("Reading aloud")], children);
        found(html! { <div {onchange}>{ clicked(bar, onclick) }</div> }, &self.root)
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first && let Some(window) = web_sys::window() {
            for name in ["wheel", "touchmove"] {
                let link = ctx.link().clone();
                self.scrolls.push(EventListener::new(&window, name, move |_| {
                    link.send_message(Msg::Away);
                }));
            }
        }
        let now = self.player.now().filter(|_| self.speech.is_some());
        paint(&ctx.props().plan, now, !self.away && self.player.is_playing());
    }
}

impl Aloud {
    fn follow(&self, ctx: &Context<Self>, command: Command) {
        let Some(speech) = &self.speech else { return };
        let Props { plan, on_action, .. } = ctx.props();
        match command {
            Command::Nothing => {}
            Command::Silence => speech.silence(),
            Command::Speak(n, ticket) => {
                let Some(&utterance) = self.player.get(n) else { return };
                if let Some(quotation) = utterance.quotation {
                    on_action.emit(Action::Open(quotation));
                }
                let speakers = self.player.speakers();
                speak(speech, plan, &speakers, utterance, ticket, ctx.link().clone());
            }
        }
    }
}

impl Drop for Aloud {
    fn drop(&mut self) {
        if let Some(speech) = &self.speech {
            speech.silence();
        }
        unpaint();
    }
}

fn speak(
    speech: &dyn Speech,
    plan: &Plan,
    speakers: &[usize],
    utterance: Utterance,
    ticket: usize,
    link: Link<Aloud>,
) {
    let block = plan.article.blocks.get(utterance.block);
    let words = block.and_then(|b| b.text.get(utterance.start..utterance.end)).unwrap_or_default();
    let language = plan.article.language.as_deref().unwrap_or_default();
    let sound = sound(&speech.voices(), language, speakers, utterance.speaker);
    // One of the choices, all of them small whole numbers.
    let rate = RATE.now().parse::<u8>().map_or(1.0, |percent| f32::from(percent) / 100.0);
    let told = Box::new(move |told| link.send_message(Msg::Told(ticket, told)));
    speech.speak(words, language, sound, rate, told);
}

fn said(words: &str) -> Html {
    element("span", &["role"], &["status"], vec![text(words)])
}

fn act(act: &str, sign: &str, label: &str) -> Html {
    let names = &["type", "class", "data-act", "aria-label", "title"];
    element("button", names, &["button", "btn", act, label, label], vec![text(sign)])
}

fn speed() -> Html {
    let now = RATE.now();
    let option = |&(value, _): &(&str, &str)| {
        let percent = value.parse().map_or_else(|_| value.to_owned(), number);
        let selected = if value == now { "selected" } else { "" };
        let words = vec![text(&fill("{} %", &[&percent]))];
        element("option", &["value", "selected"], &[value, selected], words)
    };
    let options = RATE.choices.iter().map(option).collect();
    element("select", &["aria-label"], &[t("Speed")], options)
}

/// What the words that are read are painted as.
const PAINT: &str = "dixit-aloud";

/// Paints the words of `now` in the article, and scrolls there where `follows` says so.
fn paint(plan: &Plan, now: Option<&Utterance>, follows: bool) {
    unpaint();
    let Some(now) = now else { return };
    let Some(block) = passage::block(now.block) else { return };
    // For browsers that cannot paint a range; the name is ours.
    let _ = block.set_attribute("data-spoken", "");
    let words = plan.article.blocks.get(now.block).map_or("", |b| &b.text);
    let range = passage::range(now.block, words, now.start, now.end);
    passage::paint(PAINT, range.as_slice());
    if follows {
        let node = range.and_then(|range| range.start_container().ok());
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Center);
        let place = node.and_then(|node| node.parent_element()).unwrap_or(block);
        place.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

fn unpaint() {
    if let Some(spoken) = tree::find("[data-spoken]") {
        // The name is ours.
        let _ = spoken.remove_attribute("data-spoken");
    }
    passage::paint(PAINT, &[]);
}
