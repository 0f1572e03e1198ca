//! The parts of the reading page that come when they are used.

use yew::prelude::Callback;

use crate::later::{self, AlongPlace, AloudPlace, Later, Lazy, OtherView, ToolInside};
use crate::tree::spawn;

/// What has come so far.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Fetched {
    /// What goes along with the reader, from the first scroll on.
    pub along: Lazy<AlongPlace>,
    /// What reads aloud.
    pub aloud: Lazy<AloudPlace>,
    /// What writes the note on a reason, and knows what keys mean.
    pub small: Lazy<&'static Later>,
    /// What writes the inside of the dialogs.
    pub tools: Lazy<ToolInside>,
    /// What writes the other views.
    pub views: Lazy<OtherView>,
}

/// A part that is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Along,
    Aloud,
    Small,
    Tools,
    Views,
}

/// A part that is here, or did not come.
#[derive(Debug, Clone, Copy)]
pub enum Arrived {
    /// What goes along with the reader.
    Along(Lazy<AlongPlace>),
    /// What reads aloud.
    Aloud(Lazy<AloudPlace>),
    /// What writes the note on a reason, and knows what keys mean.
    Small(Lazy<&'static Later>),
    /// What writes the inside of the dialogs.
    Tools(Lazy<ToolInside>),
    /// What writes the other views.
    Views(Lazy<OtherView>),
}

impl Fetched {
    /// Fetches a part that was not asked for yet; `again`, also one that did not come.
    pub(super) fn ask(&mut self, wanted: Wanted, again: bool, answer: Callback<Arrived>) {
        let asks = match wanted {
            Wanted::Along => self.along.ask(again),
            Wanted::Aloud => self.aloud.ask(again),
            Wanted::Small => self.small.ask(again),
            Wanted::Tools => self.tools.ask(again),
            Wanted::Views => self.views.ask(again),
        };
        if !asks {
            return;
        }
        spawn(async move {
            answer.emit(match wanted {
                Wanted::Along => Arrived::Along(Lazy::answered(later::along().await)),
                Wanted::Aloud => Arrived::Aloud(Lazy::answered(later::aloud().await)),
                Wanted::Small => Arrived::Small(Lazy::answered(later::later().await)),
                Wanted::Tools => Arrived::Tools(Lazy::answered(later::tools().await)),
                Wanted::Views => Arrived::Views(Lazy::answered(later::views().await)),
            });
        });
    }

    /// Takes what came.
    pub(super) fn take(&mut self, arrived: Arrived) {
        match arrived {
            Arrived::Along(along) => self.along = along,
            Arrived::Aloud(aloud) => self.aloud = aloud,
            Arrived::Small(small) => self.small = small,
            Arrived::Tools(tools) => self.tools = tools,
            Arrived::Views(views) => self.views = views,
        }
    }
}
