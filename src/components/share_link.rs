//! The dialog with a link to a statement or a speaker: copied at once, and other ways to pass the words on.

use dixit_export::{Row, text_fragment};
use yew::prelude::*;

use super::act::{acted, button as act};
use super::awaited::Props;
use super::sharing::{Told, line, lines, only_here, rows, select};
use crate::element::{button, classed, clicked, element, text};
use crate::links;
use crate::part::{Context, Part};
use crate::quoted::quoted;
use crate::session::title;
use crate::sharing::{PageLink, can_share, copy, share};
use crate::state::{About, Tool};
use crate::tree::spawn;
use crate::wording::t;

/// The link, the words with their speaker, and the link to the original page where that is known.
pub(crate) struct LinkDialog {
    page: PageLink,
    fields: Fields,
    told: Told,
    /// The field to be selected after the next render.
    to_select: Option<String>,
}

/// What can be copied.
#[derive(Default)]
struct Fields {
    link: String,
    words: String,
    original: Option<String>,
    /// The statement that a card can be made of.
    card: Option<usize>,
}

/// What happens to the dialog.
pub(crate) enum Msg {
    /// A button was used.
    Act(String),
    /// The field of this id was copied, or not.
    Copied(String, bool),
    /// The share sheet was closed; whether something was shared.
    Shared(bool),
}

impl Part for LinkDialog {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> LinkDialog {
        let page = PageLink::of_browser();
        let fields = Fields::new(ctx.props(), &page);
        let dialog = LinkDialog { page, fields, told: Told::Nothing, to_select: None };
        // Who asks for a link wants it copied.
        dialog.copy(ctx, LINK);
        dialog
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Act(act) if act == "share" => {
                let words = self.fields.words.clone();
                // Words of an article that nobody else can open go without its link.
                let url = if self.page.is_kept { String::new() } else { self.fields.link.clone() };
                let (title, link) = (title(&ctx.props().plan.article), ctx.link().clone());
                spawn(async move {
                    link.send_message(Msg::Shared(share(&title, &words, &url).await));
                });
                return false;
            }
            Msg::Act(id) => {
                self.copy(ctx, &id);
                return false;
            }
            Msg::Copied(id, copied) => {
                self.told = Told::of_copying(copied);
                self.to_select = (!copied).then_some(id);
            }
            Msg::Shared(shared) => self.told = if shared { Told::Shared } else { Told::Nothing },
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let fields = &self.fields;
        let mut parts = vec![
            self.told.words(),
            line(LINK, t("Link"), &fields.link),
            only_here(&self.page),
            self.acts(),
            lines(WORDS, t("The words and their speaker"), &fields.words),
        ];
        let mut acts = vec![act("btn", WORDS, "", t("Copy the words"))];
        if let Some(n) = fields.card {
            acts.push(button("btn", "tool-card", n, "", t("Quote card")));
        }
        parts.push(classed("p", "acts", acts));
        if let Some(original) = &fields.original {
            parts.push(line(ORIGINAL, t("These words on the original page"), original));
            let names = &["class", "href", "rel", "target"];
            let values = ["btn", original.as_str(), "noopener noreferrer", "_blank"];
            let open = element("a", names, &values, vec![text(t("Open the original"))]);
            let copy = act("btn", ORIGINAL, "", t("Copy the link to the original"));
            parts.push(classed("p", "acts", vec![copy, open]));
        }
        let onclick = ctx
            .link()
            .batch_callback(|event: MouseEvent| acted(&event).map(|(act, _)| Msg::Act(act)));
        clicked(classed("div", "share", parts), onclick)
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if let Some(id) = self.to_select.take() {
            select(&id);
        }
    }
}

const LINK: &str = "share-link";
const WORDS: &str = "share-words";
const ORIGINAL: &str = "share-original";

impl LinkDialog {
    fn acts(&self) -> Html {
        let mut acts = vec![act("btn pri", LINK, "", t("Copy link"))];
        if can_share() {
            acts.push(act("btn", "share", "", t("Share…")));
        }
        classed("p", "acts", acts)
    }

    fn copy(&self, ctx: &Context<Self>, id: &str) {
        let text = match id {
            WORDS => self.fields.words.clone(),
            ORIGINAL => self.fields.original.clone().unwrap_or_default(),
            _ => self.fields.link.clone(),
        };
        let (id, link) = (id.to_owned(), ctx.link().clone());
        spawn(async move {
            let copied = copy(&text).await;
            link.send_message(Msg::Copied(id, copied));
        });
    }
}

impl Fields {
    fn new(Props { plan, tool, .. }: &Props, page: &PageLink) -> Fields {
        let (article, all) = (&plan.article, rows(plan, page));
        let Tool::Link(about) = *tool else { return Fields::default() };
        let speaker_of = |row: &Row| plan.analysis.attributions.get(row.attribution)?.speaker;
        let is_meant = |row: &&Row| match about {
            About::Statement(n) => row.attribution == n,
            About::Speaker(s) => speaker_of(row) == Some(s),
        };
        let meant: Vec<&Row> = all.iter().filter(is_meant).collect();
        let Some(&first) = meant.first() else { return Fields::default() };
        let (link, original, card) = match about {
            About::Statement(n) => {
                let url = article.source_url.as_deref().and_then(|url| links::link(url, None));
                let original = url.map(|url| text_fragment::link(&url, article, first));
                (first.link.clone(), original, Some(n))
            }
            About::Speaker(s) => {
                let id = plan.analysis.speakers.get(s).map_or("", |speaker| &speaker.id);
                (page.to(id), None, None)
            }
        };
        Fields { link, words: quoted(article, &meant), original, card }
    }
}
