//! The place of the comments, which come once they are wanted.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::act::{acted, button};
use super::comments::CommentsProps;
use super::note::{Tone, note};
use crate::comments;
use crate::element::{clicked, element, found, text};
use crate::later::{self, CommentsInside, Lazy};
use crate::near;
use crate::part::{Context, Part};
use crate::permalink;
use crate::storage::Watch;
use crate::tree::{self, Keeper, spawn};
use crate::wording::t;

/// Fetches the comments where the article has some, where a link leads to one, and else when a reader comes near.
pub(crate) struct CommentsPlace {
    inside: Lazy<CommentsInside>,
    near: Watch,
    root: NodeRef,
    /// Whether the box takes the focus, which the place has.
    take_focus: bool,
}

/// What happens to the place.
pub(crate) enum Msg {
    /// The comments are wanted.
    Near,
    /// They are asked for again.
    Again,
    /// They are here, or did not come.
    Inside(Lazy<CommentsInside>),
}

impl Part for CommentsPlace {
    type Message = Msg;
    type Properties = CommentsProps;

    fn create(_: &Context<Self>) -> CommentsPlace {
        CommentsPlace {
            inside: Lazy::Unasked,
            near: None,
            root: NodeRef::default(),
            take_focus: false,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Inside(inside) => {
                let active = tree::active();
                self.take_focus = active.is_some() && active == self.root.cast();
                self.inside = inside;
            }
            Msg::Near | Msg::Again => {
                if !self.inside.wanted(matches!(msg, Msg::Again)) {
                    return false;
                }
                self.near = None;
                self.inside = Lazy::Asked;
                let link = ctx.link().clone();
                spawn(async move {
                    let inside = Lazy::answered(later::comments().await);
                    link.send_message(Msg::Inside(inside));
                });
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let inside = match self.inside {
            Lazy::Here(inside) => {
                let props = ctx.props();
                return found(element("div", &[], &[], vec![inside(props.clone())]), &self.root);
            }
            Lazy::Failed => {
                let words = t("A part of Dixit did not arrive: the start page or the comments.");
                let again = vec![button("btn", "again", "", t("Try again"))];
                let link = ctx.link();
                let onclick =
                    link.batch_callback(|event: MouseEvent| acted(&event).map(|_| Msg::Again));
                clicked(note(Tone::Alert, vec![text(words)], again), onclick)
            }
            Lazy::Unasked | Lazy::Asked => {
                element("p", &["class", "role"], &["opening", "status"], vec![text(t("Loading…"))])
            }
        };
        let names = &["class", "tabindex"];
        found(element("div", names, &["comments-to-come", "-1"], vec![inside]), &self.root)
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first {
            let props = ctx.props();
            let (kept, article) = (&*props.stores.kept, props.article.as_str());
            // Not every browser tells a frame on another's page what is near.
            let wanted = tree::keeper() == Keeper::BrowserHere
                || permalink::is_of_comment()
                || comments::has_any(kept, article)
                || comments::has_drafts(kept, article);
            let link = ctx.link().clone();
            let near = move || link.send_message(Msg::Near);
            match self.root.cast() {
                Some(element) if !wanted => self.near = near::watch(&element, near),
                _ => near(),
            }
        }
        if std::mem::take(&mut self.take_focus) {
            let root = self.root.cast::<web_sys::Element>();
            let field = root.and_then(|root| root.query_selector("textarea").ok().flatten());
            if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
                // A box that does not take the focus leaves it where it is.
                let _ = field.focus();
            }
        }
    }
}
