//! Comments as files: saved in the forms of others, and taken in from files after a look at what that would do.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

use super::super::act::button;
use super::super::comment_forms::{buttons, save};
use super::super::note::{Tone, note};
use super::{Comments, Msg};
use crate::comments::exchange::{MAX_BYTES, OnArticle, Reckoned, Refused};
use crate::comments::{Comment, CommentStore};
use crate::element::{classed, element, text};
use crate::later::{self, Exchange, Form, Lazy};
use crate::part::Context;
use crate::storage::StorageError;
use crate::tree::spawn;
use crate::wording::{count, fill, t};

/// Comments that go to an article together.
pub(super) type Batch = (String, Vec<Comment>);

/// What is done with files.
#[derive(Default)]
pub(super) struct Files {
    exchange: Lazy<&'static Exchange>,
    open: bool,
    /// What a file would add, before it does.
    waiting: Option<Waiting>,
    /// What the last import added.
    added: Vec<Batch>,
}

/// What a file would add.
#[derive(Debug, Default)]
pub struct Waiting {
    batches: Vec<Batch>,
    n_new: usize,
    n_beside: usize,
    n_known: usize,
    n_unreadable: usize,
}

/// What happens to files.
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
}

/// The file that was chosen, if one was.
pub(super) fn chosen(event: &InputEvent) -> Option<File> {
    let field: HtmlInputElement = event.target()?.dyn_into().ok()?;
    field.files()?.get(0)
}

impl Comments {
    /// Does what is asked about files.
    pub(super) fn file(&mut self, ctx: &Context<Self>, msg: FileMsg) {
        let link = ctx.link().clone();
        match msg {
            FileMsg::Toggle => {
                self.files.open = !self.files.open;
                if self.files.open && self.files.exchange.ask(true) {
                    spawn(async move {
                        let here = Lazy::answered(later::exchange().await);
                        link.send_message(Msg::File(FileMsg::Here(here)));
                    });
                }
            }
            FileMsg::Here(exchange) => self.files.exchange = exchange,
            FileMsg::Save(form) => {
                let Some(exchange) = self.files.exchange.get() else { return };
                let comments = self.rows.iter().map(|row| row.comment.clone()).collect();
                let (id, title) = (ctx.props().article.to_string(), ctx.props().title.to_string());
                let done = save(exchange, form, &[OnArticle { id, title, comments }]);
                self.say_exported(done);
            }
            FileMsg::Chosen(file) => {
                let (Some(exchange), stored) = (self.files.exchange.get(), self.stored.clone())
                else {
                    return;
                };
                spawn(async move {
                    let read = read(exchange, &*stored, &file).await;
                    link.send_message(Msg::File(FileMsg::Read(read)));
                });
            }
            FileMsg::Read(Ok(waiting)) => {
                self.status.clear();
                self.files.waiting = Some(waiting);
                self.focus = Some("[data-act=import]".into());
            }
            FileMsg::Read(Err(words)) => {
                self.files.waiting = None;
                self.status = words;
            }
            FileMsg::Import(wanted) => {
                let Some(waiting) = self.files.waiting.take().filter(|_| wanted) else { return };
                let stored = self.stored.clone();
                spawn(async move {
                    let done = import(&*stored, waiting.batches).await;
                    link.send_message(Msg::File(FileMsg::Imported(done)));
                });
            }
            FileMsg::Imported(Ok(added)) => {
                self.n_changes += 1;
                self.status = t("Imported").into();
                self.focus = Some("[data-act=unimport]".into());
                self.files.added = added;
                link.send_message(Msg::Reload);
            }
            FileMsg::Imported(Err(error)) => {
                self.status = fill("Not imported: {}", &[&error.words()]);
            }
            FileMsg::Undo => {
                let (stored, added) = (self.stored.clone(), std::mem::take(&mut self.files.added));
                self.n_changes += 1;
                self.status = t("The import is undone").into();
                // What is gone from the store goes from the list.
                let gone = |c: &Comment| {
                    added.iter().any(|(_, all)| all.iter().any(|a| a.revision == c.revision))
                };
                self.shelf.comments.retain(|c| !gone(c));
                self.arrange();
                spawn(async move {
                    for (article, all) in &added {
                        // What a store holds on to is in the list again.
                        let _ = stored.forget(article, all).await;
                    }
                    link.send_message(Msg::Reload);
                });
            }
        }
    }

    /// What can be done with files.
    pub(super) fn view_files(&self) -> Html {
        let files = &self.files;
        let mut parts = Vec::new();
        if let Some(waiting) = &files.waiting {
            parts.push(view_waiting(waiting));
        }
        if !files.added.is_empty() {
            let n = files.added.iter().map(|(_, all)| all.len()).sum();
            let words = count(n, "{} comment was imported.", "{} comments were imported.");
            let undo = button("btn", "unimport", "", t("Undo the import"));
            parts.push(note(Tone::Status, vec![text(&words)], vec![undo]));
        }
        if files.open {
            parts.push(match files.exchange {
                Lazy::Here(_) => view_forms(),
                Lazy::Failed => {
                    let again = button("btn", "exchange", "", t("Close"));
                    let words = t("A part of Dixit did not arrive. It may work at a second try.");
                    note(Tone::Alert, vec![text(words)], vec![again])
                }
                _ => element(
                    "p",
                    &["class", "role"],
                    &["opening", "status"],
                    vec![text(t("Loading…"))],
                ),
            });
        }
        classed("div", "comments-files", parts)
    }
}

fn view_forms() -> Html {
    let label = |words: &str| classed("span", "comment-hint", vec![text(words)]);
    let mut save = vec![label(t("Save these comments as"))];
    save.extend(buttons());
    save.push(button("btn", "export", "", "JSON"));
    let names = &["type", "class", "accept"];
    let accept = ".json,.jsonld,application/json,application/ld+json";
    let input = element("input", names, &["file", "comments-file", accept], Vec::new());
    let take = vec![label(t("Take in comments from a file (JSON or Web Annotations)")), input];
    classed(
        "div",
        "comments-forms",
        vec![classed("div", "comment-row", save), classed("label", "comment-row", take)],
    )
}

fn view_waiting(waiting: &Waiting) -> Html {
    let mut words = vec![count(waiting.n_new, "{} comment is new.", "{} comments are new.")];
    if waiting.n_beside > 0 {
        words.push(count(
            waiting.n_beside,
            "{} stands beside another version that is here; both are kept.",
            "{} stand beside other versions that are here; all are kept.",
        ));
    }
    if waiting.n_known > 0 {
        words.push(count(
            waiting.n_known,
            "{} is here already or was deleted.",
            "{} are here already or were deleted.",
        ));
    }
    if waiting.n_unreadable > 0 {
        words.push(count(waiting.n_unreadable, "{} cannot be read.", "{} cannot be read."));
    }
    if waiting.batches.len() > 1 {
        words.push(count(waiting.batches.len(), "On {} article.", "On {} articles."));
    }
    let mut acts = vec![button("btn", "keep-out", "", t("Cancel"))];
    if waiting.n_new > 0 {
        acts.push(button("btn pri", "import", "", t("Import")));
    }
    note(Tone::Status, vec![text(&words.join(" "))], acts)
}

/// What the file would add to what is stored; or why it is not taken, in words.
async fn read(
    exchange: &Exchange,
    stored: &dyn CommentStore,
    file: &File,
) -> Result<Waiting, String> {
    if file.size() > MAX_BYTES as f64 {
        return Err(refusal(Refused::TooLarge).into());
    }
    let unreadable = || refusal(Refused::NotComments).to_owned();
    let words = JsFuture::from(file.text()).await.map_err(|_| unreadable())?;
    let words = words.as_string().ok_or_else(unreadable)?;
    let found = (exchange.incoming)(&words).map_err(|refused| refusal(refused).to_owned())?;
    let mut waiting = Waiting { n_unreadable: found.n_unreadable, ..Waiting::default() };
    for on in found.articles {
        let ours = stored.load(&on.id).await.map_err(|error| error.words())?;
        let Reckoned { added, n_beside, n_known } = (exchange.reckon)(&ours.comments, on.comments);
        waiting.n_new += added.len();
        waiting.n_beside += n_beside;
        waiting.n_known += n_known;
        if !added.is_empty() {
            waiting.batches.push((on.id, added));
        }
    }
    Ok(waiting)
}

/// Stores all of it or nothing.
pub(super) async fn import(
    stored: &dyn CommentStore,
    batches: Vec<Batch>,
) -> Result<Vec<Batch>, StorageError> {
    let mut done: Vec<Batch> = Vec::new();
    for (article, all) in batches {
        if let Err(error) = stored.save(&article, all.clone()).await {
            for (article, all) in &done {
                // What stays is what the file holds: no harm, and no loss.
                let _ = stored.forget(article, all).await;
            }
            return Err(error);
        }
        done.push((article, all));
    }
    Ok(done)
}

fn refusal(refused: Refused) -> &'static str {
    match refused {
        Refused::TooLarge => t("Not taken: the file is larger than 5 MB."),
        Refused::TooDeep => t("Not taken: what is in the file is nested too deep."),
        Refused::TooMany => t("Not taken: the file holds more than 20,000 comments."),
        Refused::NotComments => t("Not taken: the file holds no comments that can be read."),
        Refused::Newer => {
            t("Not taken: a newer Dixit wrote the file. Reload this page and try again.")
        }
    }
}
