//! A pasted text that has changed is another article: what was said of the earlier one is offered.

use std::rc::Rc;

use yew::prelude::*;

use super::super::act::button;
use super::super::note::{Tone, note};
use super::files::{FileMsg, import};
use super::{Comments, Msg};
use crate::comments::{Comment, CommentStore, SIMILAR, likeness};
use crate::element::{element, list, text};
use crate::library;
use crate::part::Context;
use crate::storage::Storage;
use crate::tree::spawn;
use crate::wording::{count, t};

/// What the ids of articles without an address begin with.
const OF_TEXT: &str = "text-";

/// The comments on a similar article.
#[derive(Debug)]
pub struct Offer {
    title: String,
    comments: Vec<Comment>,
}

impl Comments {
    /// Looks for comments on a similar article, where this one has none and no address.
    pub(super) fn look_around(&self, ctx: &Context<Self>) {
        let id = ctx.props().article.to_string();
        let alive = |c: &Comment| c.deleted.is_none();
        if !id.starts_with(OF_TEXT) || self.shelf.comments.iter().any(alive) {
            return;
        }
        let (stored, kept) = (self.stored.clone(), ctx.props().stores.kept.clone());
        let (link, body) = (ctx.link().clone(), self.passages.body_text().to_owned());
        spawn(async move {
            if let Some(offer) = similar(&*stored, &kept, &id, &body).await {
                link.send_message(Msg::Similar(offer));
            }
        });
    }

    /// Takes over what is offered, or not.
    pub(super) fn bring(&mut self, ctx: &Context<Self>, wanted: bool) {
        let Some(offer) = self.offer.take().filter(|_| wanted) else { return };
        // Here they begin anew: what is there stays as it is.
        let begun = |c: Comment| Comment { history: Vec::new(), ..c };
        let batch =
            (ctx.props().article.to_string(), offer.comments.into_iter().map(begun).collect());
        let (stored, link) = (self.stored.clone(), ctx.link().clone());
        spawn(async move {
            let done = import(&*stored, vec![batch]).await;
            link.send_message(Msg::File(FileMsg::Imported(done)));
        });
    }

    pub(super) fn view_offer(&self) -> Html {
        let Some(offer) = &self.offer else { return Html::default() };
        let words = count(
            offer.comments.len(),
            "{} comment is kept on an article much like this one:",
            "{} comments are kept on an article much like this one:",
        );
        let title = element("bdi", &[], &[], vec![text(&offer.title)]);
        let acts = vec![
            button("btn", "leave", "", t("Leave them there")),
            button("btn pri", "bring", "", t("Copy them here")),
        ];
        note(Tone::Status, vec![list(vec![text(&words), text(" "), title])], acts)
    }
}

/// The comments on the article that is most like `body`.
async fn similar(
    stored: &dyn CommentStore,
    kept: &Rc<dyn Storage>,
    own: &str,
    body: &str,
) -> Option<Offer> {
    let mut best: Option<(f64, Offer)> = None;
    for (id, mut comments) in stored.everything().await.ok()? {
        comments.retain(|c| c.deleted.is_none());
        if id == own || !id.starts_with(OF_TEXT) || comments.is_empty() {
            continue;
        }
        let Ok(Some(article)) = library::get(&**kept, &id) else { continue };
        let like = likeness(&article.text, body);
        if like >= SIMILAR && best.as_ref().is_none_or(|(least, _)| like > *least) {
            best = Some((like, Offer { title: article.title, comments }));
        }
    }
    best.map(|(_, offer)| offer)
}
