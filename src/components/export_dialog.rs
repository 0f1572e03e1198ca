//! The dialog that links to the article and saves who said what in it, as others read it.

use dixit_engine::{Analysis, AttributionKind, SpeakerKind};
use dixit_export::{BOM, Row};
use yew::prelude::*;

use super::act::{acted, button as act};
use super::awaited::Props;
use super::embed_code::EmbedCode;
use super::sharing::{Told, line, lines, only_here, rows, select};
use crate::download;
use crate::element::{classed, clicked, element, filled_in, text};
use crate::part::{Context, Part};
use crate::scene::{Kinds, Sources};
use crate::session::title;
use crate::sharing::{PageLink, can_share, copy, share};
use crate::state::State;
use crate::tree::spawn;
use crate::wording::{count, t, word};

/// A form of who said what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Csv,
    Json,
    JsonLd,
    Annotations,
    Markdown,
}

/// Each format with its name, what it is for, the end of its file's name, and its type.
const FORMATS: [(Format, &str, &str, &str, &str); 5] = [
    (Format::Csv, "CSV", word("A table for spreadsheets"), "csv", "text/csv;charset=utf-8"),
    (
        Format::Markdown,
        "Markdown",
        word("Quotations for notes and mails"),
        "md",
        "text/markdown;charset=utf-8",
    ),
    (Format::Json, "JSON", word("All that is known, for programs"), "json", "application/json"),
    (
        Format::JsonLd,
        "JSON-LD",
        word("In the terms of schema.org, for web pages"),
        "jsonld",
        "application/ld+json",
    ),
    (
        Format::Annotations,
        "Web Annotation",
        word("Annotations of the original page, as the W3C has them"),
        "annotations.jsonld",
        "application/ld+json;profile=\"http://www.w3.org/ns/anno.jsonld\"",
    ),
];

/// The link to the article, the formats with a preview, and what saves or copies them.
pub(crate) struct ExportDialog {
    page: PageLink,
    /// What shows the article on another page.
    embed: Option<EmbedCode>,
    format: usize,
    /// Whether only what the view shows is written.
    as_shown: bool,
    told: Told,
    to_select: Option<&'static str>,
}

/// What happens to the dialog.
pub(crate) enum Msg {
    /// A button or a choice was used.
    Act(String, String),
    /// The field of this id was copied, or not.
    Copied(&'static str, bool),
    /// The share sheet was closed; whether something was shared.
    Shared(bool),
}

const LINK: &str = "share-page";
const PREVIEW: &str = "export-preview";
const ELEMENT: &str = "embed-element";
const FRAME: &str = "embed-frame";

impl Part for ExportDialog {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> ExportDialog {
        let as_shown = has_filter(&ctx.props().state);
        let page = PageLink::of_browser();
        let embed = EmbedCode::of_page(&ctx.props().plan);
        ExportDialog { page, embed, format: 0, as_shown, told: Told::Nothing, to_select: None }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Act(act, value) => match act.as_str() {
                "format" => {
                    self.format = value.parse().unwrap_or(0);
                    self.told = Told::Nothing;
                }
                "scope" => {
                    self.as_shown = value == "shown";
                    self.told = Told::Nothing;
                }
                "save" => self.told = Told::of_saving(self.save(ctx)),
                "share" => {
                    let (title, url) = (title(&ctx.props().plan.article), self.page.url.clone());
                    let link = ctx.link().clone();
                    spawn(async move {
                        link.send_message(Msg::Shared(share(&title, "", &url).await));
                    });
                    return false;
                }
                "copy" => {
                    let (text, _) = self.written(ctx);
                    copied(ctx, PREVIEW, text);
                    return false;
                }
                "element" | "frame" => {
                    match self.embed.clone().unwrap_or_default() {
                        EmbedCode { frame: Some(frame), .. } if act == "frame" => {
                            copied(ctx, FRAME, frame);
                        }
                        EmbedCode { element, .. } => copied(ctx, ELEMENT, element),
                    }
                    return false;
                }
                _ => {
                    copied(ctx, LINK, self.page.url.clone());
                    return false;
                }
            },
            Msg::Copied(id, copied) => {
                self.told = Told::of_copying(copied);
                self.to_select = (!copied).then_some(id);
            }
            Msg::Shared(shared) => self.told = if shared { Told::Shared } else { Told::Nothing },
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let (written, n) = self.written(ctx);
        let mut link_acts = vec![act("btn", "link", "", t("Copy link"))];
        if can_share() && !self.page.is_kept {
            link_acts.push(act("btn", "share", "", t("Share…")));
        }
        let mut parts = vec![
            line(LINK, t("Link to this article"), &self.page.url),
            only_here(&self.page),
            classed("p", "acts", link_acts),
            classed("h3", "", vec![text(t("Who said what, as a file"))]),
            self.formats(),
        ];
        if has_filter(&ctx.props().state) {
            parts.push(self.scopes());
        }
        let preview = element(
            "textarea",
            &["class", "id", "readonly", "rows", "aria-label", "dir", "spellcheck"],
            &["export-preview", PREVIEW, "readonly", "9", t("Preview"), "ltr", "false"],
            Vec::new(),
        );
        parts.push(filled_in(preview, &written));
        parts.push(classed(
            "p",
            "share-count",
            vec![text(&count(n, "{} statement", "{} statements"))],
        ));
        let acts =
            vec![act("btn pri", "save", "", t("Download")), act("btn", "copy", "", t("Copy"))];
        parts.push(classed("p", "acts", acts));
        parts.extend(self.embed());
        parts.push(self.told.words());
        let onclick = ctx.link().batch_callback(|event: MouseEvent| {
            acted(&event).map(|(act, value)| Msg::Act(act, value))
        });
        clicked(classed("div", "share", parts), onclick)
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if let Some(id) = self.to_select.take() {
            select(id);
        }
    }
}

impl ExportDialog {
    /// The codes for other pages.
    fn embed(&self) -> Vec<Html> {
        let Some(EmbedCode { element, frame }) = &self.embed else { return Vec::new() };
        let mut acts = vec![act("btn", "element", "", t("Copy embed code"))];
        let mut parts = vec![
            classed("h3", "", vec![text(t("Show this article on another page"))]),
            lines(ELEMENT, t("In the page"), element),
        ];
        if let Some(frame) = frame {
            parts.push(lines(FRAME, t("In a frame, apart from the page"), frame));
            acts.push(act("btn", "frame", "", t("Copy frame code")));
        }
        parts.push(classed("p", "acts", acts));
        parts
    }

    fn formats(&self) -> Html {
        let choice = |(n, (_, name, use_of, ..)): (
            usize,
            &(Format, &'static str, &'static str, &str, &str),
        )| {
            choice("format", "export-format", &n.to_string(), self.format == n, t(name), t(use_of))
        };
        let mut choices = vec![classed("legend", "vh", vec![text(t("Format"))])];
        choices.extend(FORMATS.iter().enumerate().map(choice));
        classed("fieldset", "export-formats", choices)
    }

    fn scopes(&self) -> Html {
        let shown = t("Only what the filters show");
        let choices = vec![
            classed("legend", "vh", vec![text(t("Which statements"))]),
            choice("scope", "export-scope", "shown", self.as_shown, shown, ""),
            choice("scope", "export-scope", "all", !self.as_shown, t("Everything"), ""),
        ];
        classed("fieldset", "export-formats", choices)
    }

    /// What would be saved, and how many statements it has.
    fn written(&self, ctx: &Context<Self>) -> (String, usize) {
        let Props { plan, state, .. } = ctx.props();
        let mut rows = rows(plan, &self.page);
        if self.as_shown {
            rows.retain(|row| is_shown(&plan.analysis, state, row));
        }
        let page = &self.page.url;
        let format = FORMATS.get(self.format).map_or(Format::Csv, |format| format.0);
        let text = match format {
            Format::Csv => dixit_export::csv(&rows),
            Format::Json => dixit_export::json(&plan.article, &rows, page),
            Format::JsonLd => dixit_export::json_ld(&plan.article, &rows, page),
            Format::Annotations => dixit_export::annotations(&plan.article, &rows, page),
            Format::Markdown => dixit_export::markdown(&plan.article, &rows, page),
        };
        (text, rows.len())
    }

    fn save(&self, ctx: &Context<Self>) -> bool {
        let (mut text, _) = self.written(ctx);
        let Some(&(format, _, _, end, kind)) = FORMATS.get(self.format) else { return false };
        if format == Format::Csv {
            text.insert_str(0, BOM);
        }
        download::download(&["who-said-what.", end].concat(), kind, &text).is_ok()
    }
}

fn copied(ctx: &Context<ExportDialog>, id: &'static str, text: String) {
    let link = ctx.link().clone();
    spawn(async move {
        let copied = copy(&text).await;
        link.send_message(Msg::Copied(id, copied));
    });
}

/// One of several choices.
fn choice(act: &str, name: &str, value: &str, chosen: bool, label: &str, use_of: &str) -> Html {
    let names = &["type", "name", "data-act", "data-id", "checked"];
    let checked = if chosen { "checked" } else { "" };
    let input = element("input", names, &["radio", name, act, value, checked], Vec::new());
    let words = vec![
        classed("b", "", vec![text(label)]),
        text(" "),
        classed("small", "", vec![text(use_of)]),
    ];
    classed("label", "", vec![input, classed("span", "", words)])
}

fn has_filter(state: &State) -> bool {
    state.speaker.is_some() || state.kinds != Kinds::All || state.sources != Sources::All
}

/// Whether the filters of the view let a statement through.
fn is_shown(analysis: &Analysis, state: &State, row: &Row) -> bool {
    let speaker = analysis.attributions.get(row.attribution).and_then(|a| a.speaker);
    let quoted = row.kind != AttributionKind::Indirect;
    let unnamed = row.who.as_ref().is_none_or(|who| who.kind == SpeakerKind::Unnamed);
    (state.speaker.is_none()
        || speaker == state.speaker
        || (speaker.is_some() && speaker == state.beside))
        && match state.kinds {
            Kinds::All => true,
            Kinds::Direct => quoted,
            Kinds::Reported => !quoted,
        }
        && match state.sources {
            Sources::All => true,
            Sources::Named => !unnamed,
            Sources::Unnamed => unnamed,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;
    use crate::state::Action;

    #[test]
    fn the_filters_of_the_view_hold_for_what_is_written() {
        let mut page = Fixture::default();
        let ann = page.speaker("Ann Lee", SpeakerKind::Person);
        let aide = page.speaker("an aide", SpeakerKind::Unnamed);
        page.block("“Yes,” said Ann Lee, who hoped for rain. “No,” said an aide.");
        page.quote("“Yes,”", ann);
        page.report("hoped for rain", ann);
        page.quote("“No,”", aide);
        let plan = page.plan();
        let rows = dixit_export::rows(&plan.article, &plan.analysis, "https://r.example/");
        let start = State::new([].into());
        for (actions, expected) in [
            (&[][..], &[0, 1, 2][..]),
            (&[Action::Choose(ann)], &[0, 1]),
            (&[Action::Choose(ann), Action::Beside(Some(aide))], &[0, 1, 2]),
            (&[Action::Kinds(Kinds::Direct)], &[0, 2]),
            (&[Action::Kinds(Kinds::Reported)], &[1]),
            (&[Action::Sources(Sources::Named)], &[0, 1]),
            (&[Action::Sources(Sources::Unnamed)], &[2]),
        ] {
            let state =
                actions.iter().fold(start.clone(), |state, action| state.after(action.clone()));
            let shown: Vec<usize> = rows
                .iter()
                .filter(|row| is_shown(&plan.analysis, &state, row))
                .map(|row| row.attribution)
                .collect();
            assert_eq!(shown, expected, "{actions:?}");
            assert_eq!(has_filter(&state), !actions.is_empty());
        }
    }
}
