//! What is done with comments as files, once somebody wants it: saved in the forms of others, and taken in after a look
//! at what that would do.

use wasm_bindgen_futures::JsFuture;
use web_sys::File;
use yew::prelude::*;

use super::super::act::button;
use super::super::comment_forms::{buttons, save};
use super::super::note::{Tone, note};
use super::files::{Batch, FileMsg, Waiting};
use super::similar::look_around;
use super::{Comments, Msg};
use crate::clock;
use crate::comments::exchange::{
    ANNOTATIONS, MAX_BYTES, Moments, OnArticle, Reckoned, Refused, annotations, csv, incoming,
    markdown, reckon,
};
use crate::comments::{Comment, CommentKeeper, CommentStore, keeper};
use crate::element::{classed, element, text};
use crate::later::{Exchange, Form};
use crate::part::Context;
use crate::storage::StorageError;
use crate::tree::spawn;
use crate::wording::{count, fill, t};

/// What the list calls of it.
pub(crate) const EXCHANGE: Exchange =
    Exchange { file, act, view, look_around, offer: super::similar::view_offer };

const MOMENTS: Moments = Moments { write: clock::iso, read: clock::read };

/// The end of the file's name, its type and its text.
fn file(form: Form, all: &[OnArticle]) -> (&'static str, &'static str, String) {
    match form {
        Form::Annotations => ("jsonld", ANNOTATIONS, annotations(all, MOMENTS)),
        Form::Csv => {
            let table = csv(all, MOMENTS);
            ("csv", "text/csv;charset=utf-8", [dixit_export::BOM, &table].concat())
        }
        Form::Markdown => ("md", "text/markdown;charset=utf-8", markdown(all, MOMENTS)),
    }
}

/// Does what is asked about files.
fn act(it: &mut Comments, ctx: &Context<Comments>, msg: FileMsg) {
    let link = ctx.link().clone();
    match msg {
        // Done where the list is.
        FileMsg::Toggle | FileMsg::Here(_) => {}
        FileMsg::Save(form) => {
            let comments = it.rows.iter().map(|row| row.comment.clone()).collect();
            let (id, title) = (ctx.props().article.to_string(), ctx.props().title.to_string());
            let done = save(&EXCHANGE, form, &[OnArticle { id, title, comments }]);
            it.say_exported(done);
        }
        FileMsg::Chosen(file) => {
            let stored = it.stored.clone();
            spawn(async move {
                let read = read(&*stored, &file).await;
                link.send_message(Msg::File(FileMsg::Read(read)));
            });
        }
        FileMsg::Read(Ok(waiting)) => {
            it.status.clear();
            it.files.waiting = Some(waiting);
            it.focus = Some("[data-act=import]".into());
        }
        FileMsg::Read(Err(words)) => {
            it.files.waiting = None;
            it.status = words;
        }
        FileMsg::Import(wanted) => {
            let Some(waiting) = it.files.waiting.take().filter(|_| wanted) else { return };
            let stored = keeper(&ctx.props().stores);
            spawn(async move {
                let done = import(&*stored, waiting.batches).await;
                link.send_message(Msg::File(FileMsg::Imported(done)));
            });
        }
        FileMsg::Imported(Ok(added)) => {
            it.n_changes += 1;
            it.status = t("Imported").into();
            it.focus = Some("[data-act=unimport]".into());
            it.files.added = added;
            link.send_message(Msg::Reload);
        }
        FileMsg::Imported(Err(error)) => {
            it.status = fill("Not imported: {}", &[&error.words()]);
        }
        FileMsg::Undo => {
            let (stored, added) =
                (keeper(&ctx.props().stores), std::mem::take(&mut it.files.added));
            it.n_changes += 1;
            it.status = t("The import is undone").into();
            // What is gone from the store goes from the list.
            let gone = |c: &Comment| {
                added.iter().any(|(_, all)| all.iter().any(|a| a.revision == c.revision))
            };
            it.shelf.comments.retain(|c| !gone(c));
            it.arrange();
            spawn(async move {
                for (article, all) in &added {
                    // What a store holds on to is in the list again.
                    let _ = stored.forget(article, all).await;
                }
                link.send_message(Msg::Reload);
            });
        }
        FileMsg::Similar(offer) => it.files.offer = Some(offer),
        FileMsg::Bring(wanted) => {
            let Some(offer) = it.files.offer.take().filter(|_| wanted) else { return };
            let (stored, article) = (keeper(&ctx.props().stores), ctx.props().article.to_string());
            spawn(async move {
                let done = import(&*stored, vec![(article, offer.begun())]).await;
                link.send_message(Msg::File(FileMsg::Imported(done)));
            });
        }
    }
}

/// What can be done with files.
fn view(it: &Comments) -> Vec<Html> {
    let files = &it.files;
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
        parts.push(view_forms());
    }
    parts
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
async fn read(stored: &dyn CommentStore, file: &File) -> Result<Waiting, String> {
    if file.size() > MAX_BYTES as f64 {
        return Err(refusal(Refused::TooLarge).into());
    }
    let unreadable = || refusal(Refused::NotComments).to_owned();
    let words = JsFuture::from(file.text()).await.map_err(|_| unreadable())?;
    let words = words.as_string().ok_or_else(unreadable)?;
    let found = incoming(&words, MOMENTS).map_err(|refused| refusal(refused).to_owned())?;
    let mut waiting = Waiting { n_unreadable: found.n_unreadable, ..Waiting::default() };
    for on in found.articles {
        let ours = stored.load(&on.id).await.map_err(|error| error.words())?;
        let Reckoned { added, n_beside, n_known } = reckon(&ours.comments, on.comments);
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
async fn import(
    stored: &dyn CommentKeeper,
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
