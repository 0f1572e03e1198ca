//! What of the page is drawn anew only when what it depends on changes.

use std::mem::discriminant;
use std::rc::Rc;

use yew::prelude::*;

use super::body::Extras;
use super::group::Choices;
use crate::later::{Later, Lazy};
use crate::part::{Context, Part, part};
use crate::plan::Plan;
use crate::state::State;

/// What is chosen in the whole page, and what of the page is here.
#[derive(Clone)]
pub(crate) struct Seen {
    pub(crate) state: Rc<State>,
    /// Writes the note that a reader asks for.
    pub(crate) small: Lazy<&'static Later>,
    /// There where the article needs them.
    pub(crate) extras: Option<&'static Extras>,
}

impl PartialEq for Seen {
    fn eq(&self, other: &Self) -> bool {
        self.state == other.state
            && discriminant(&self.small) == discriminant(&other.small)
            && self.extras.is_some() == other.extras.is_some()
    }
}

/// What is drawn, and all that it depends on.
pub(crate) struct Drawn {
    pub(crate) plan: Rc<Plan>,
    /// Where it depends on all of that.
    pub(crate) seen: Option<Seen>,
    /// Which one of its kind.
    pub(crate) n: usize,
    /// Where it depends on these alone.
    pub(crate) choices: Choices,
    pub(crate) draw: fn(&Drawn) -> Html,
}

impl PartialEq for Drawn {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.plan, &other.plan)
            && self.seen == other.seen
            && self.n == other.n
            && self.choices == other.choices
    }
}

/// Places it; `key` tells it from what is drawn otherwise, and from its neighbours.
pub(crate) fn drawn(key: &str, what: Drawn) -> Html {
    part::<Drawing>(key, what)
}

struct Drawing;

impl Part for Drawing {
    type Message = ();
    type Properties = Drawn;

    fn create(_: &Context<Drawing>) -> Drawing {
        Drawing
    }

    fn view(&self, ctx: &Context<Drawing>) -> Html {
        (ctx.props().draw)(ctx.props())
    }
}
