//! Comments as files: what the list needs of them before anybody wants one.

use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

use super::super::act::button;
use super::super::note::{Tone, note};
use super::similar::{OF_TEXT, Offer};
use super::{Comments, Msg};
use crate::comments::Comment;
use crate::element::{classed, element, text};
use crate::later::{self, Exchange, Form, Lazy};
use crate::library;
use crate::part::Context;
use crate::storage::StorageError;
use crate::tree::spawn;
use crate::wording::t;

/// Comments that go to an article together.
pub(super) type Batch = (String, Vec<Comment>);

/// What is done with files.
#[derive(Default)]
pub(super) struct Files {
    pub(super) exchange: Lazy<&'static Exchange>,
    pub(super) open: bool,
    /// What a file would add, before it does.
    pub(super) waiting: Option<Waiting>,
    /// What the last import added.
    pub(super) added: Vec<Batch>,
    /// The comments on a similar article, where there are some and none here.
    pub(super) offer: Option<Offer>,
}

/// What a file would add.
#[derive(Debug, Default)]
pub struct Waiting {
    pub(super) batches: Vec<Batch>,
    pub(super) n_new: usize,
    pub(super) n_beside: usize,
    pub(super) n_known: usize,
    pub(super) n_unreadable: usize,
}

/// What happens to files, and to the comments on a similar article.
#[derive(Debug)]
pub enum FileMsg {
    /// The panel opens or closes.
    Toggle,
    /// What reads and writes files is here, or did not come.
    Here(Lazy<&'static Exchange>),
    /// A file in this form is wanted.
    Save(Form),
    /// A file was chosen.
    Chosen(File),
    /// What is in it.
    Read(Result<Waiting, String>),
    /// What was read is wanted, or not.
    Import(bool),
    /// It was stored, or not.
    Imported(Result<Vec<Batch>, StorageError>),
    /// What was imported is to go again.
    Undo,
    /// There are comments on a similar article.
    Similar(Offer),
    /// They are wanted here, or not.
    Bring(bool),
}

/// The file that was chosen, if one was.
pub(super) fn chosen(event: &InputEvent) -> Option<File> {
    let field: HtmlInputElement = event.target()?.dyn_into().ok()?;
    field.files()?.get(0)
}

impl Comments {
    /// Does what is asked about files.
    pub(super) fn file(&mut self, ctx: &Context<Self>, msg: FileMsg) {
        match msg {
            FileMsg::Toggle => {
                self.files.open = !self.files.open;
                if self.files.open {
                    self.fetch_exchange(ctx);
                }
            }
            FileMsg::Here(exchange) => {
                self.files.exchange = exchange;
                if let Some(exchange) = exchange.get() {
                    (exchange.look_around)(self, ctx);
                }
            }
            msg => {
                if let Some(exchange) = self.files.exchange.get() {
                    (exchange.act)(self, ctx, msg);
                }
            }
        }
    }

    fn fetch_exchange(&mut self, ctx: &Context<Self>) {
        if self.files.exchange.ask(true) {
            let link = ctx.link().clone();
            spawn(async move {
                let here = Lazy::answered(later::exchange().await);
                link.send_message(Msg::File(FileMsg::Here(here)));
            });
        }
    }

    /// Has comments on a similar article looked for, where there can be one: see `similar.rs`.
    pub(super) fn look_around(&mut self, ctx: &Context<Self>) {
        let id = ctx.props().article.as_str();
        let texts = [&library::prefix(), OF_TEXT].concat();
        let others = || ctx.props().stores.kept.keys(&texts).unwrap_or_default();
        if id.starts_with(OF_TEXT) && others().iter().any(|key| !key.ends_with(id)) {
            self.fetch_exchange(ctx);
        }
    }

    /// What is offered of a similar article.
    pub(super) fn view_offer(&self) -> Html {
        let offered = self.files.exchange.get().zip(self.files.offer.as_ref());
        offered.map(|(exchange, offer)| (exchange.offer)(offer)).unwrap_or_default()
    }

    /// What can be done with files.
    pub(super) fn view_files(&self) -> Html {
        let inside = match self.files.exchange {
            Lazy::Here(exchange) => (exchange.view)(self),
            _ if !self.files.open => Vec::new(),
            Lazy::Failed => {
                let again = button("btn", "exchange", "", t("Close"));
                let words = t("A part of Dixit did not arrive. It may work at a second try.");
                vec![note(Tone::Alert, vec![text(words)], vec![again])]
            }
            _ => {
                let (names, values) = (&["class", "role"], &["opening", "status"]);
                vec![element("p", names, values, vec![text(t("Loading…"))])]
            }
        };
        classed("div", "comments-files", inside)
    }
}
