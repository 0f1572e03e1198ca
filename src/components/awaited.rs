//! The place of a dialog's inside that comes in a module of its own.

use std::rc::Rc;

use yew::prelude::*;

use super::act::{acted, button};
use crate::element::{classed, clicked, text};
use crate::later::{Lazy, Sharing, export};
use crate::part::{Context, Part};
use crate::plan::Plan;
use crate::state::{State, Tool};
use crate::tree::spawn;
use crate::wording::t;

/// Shows the dialogs that share and export, once they are here.
pub(crate) struct Awaited {
    inside: Lazy<Sharing>,
}

/// Props of [`Awaited`].
pub(crate) struct Props {
    /// The article.
    pub plan: Rc<Plan>,
    /// What the reader has chosen.
    pub state: State,
    /// Which dialog.
    pub tool: Tool,
}

impl PartialEq for Props {
    fn eq(&self, other: &Props) -> bool {
        Rc::ptr_eq(&self.plan, &other.plan) && self.state == other.state && self.tool == other.tool
    }
}

/// What happens to it.
pub(crate) enum Msg {
    /// The inside is here, or did not come.
    Inside(Lazy<Sharing>),
    /// It is asked for again.
    Again,
}

impl Part for Awaited {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Awaited {
        let awaited = Awaited { inside: Lazy::Asked };
        awaited.ask(ctx);
        awaited
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Inside(inside) => self.inside = inside,
            Msg::Again => {
                self.inside = Lazy::Asked;
                self.ask(ctx);
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Props { plan, state, tool } = ctx.props();
        match self.inside {
            Lazy::Here(inside) => inside(plan, state, *tool),
            Lazy::Failed => {
                let words = t("This part of Dixit did not arrive.");
                let again = button("btn", "again", "", t("Try again"));
                let onclick = ctx
                    .link()
                    .batch_callback(|event: MouseEvent| acted(&event).map(|_| Msg::Again));
                let words = classed("p", "", vec![text(words)]);
                clicked(classed("div", "", vec![words, again]), onclick)
            }
            _ => classed("p", "", vec![text(t("Loading…"))]),
        }
    }
}

impl Awaited {
    fn ask(&self, ctx: &Context<Self>) {
        let link = ctx.link().clone();
        spawn(async move {
            link.send_message(Msg::Inside(Lazy::answered(export().await)));
        });
    }
}
