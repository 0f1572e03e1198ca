//! A pasted text that has changed is another article: what was said of the earlier one is offered.

use yew::prelude::*;

use super::super::act::button;
use super::super::note::{Tone, note};
use super::files::FileMsg;
use super::{Comments, Msg};
use crate::comments::{Comment, Kept, SIMILAR, likeness};
use crate::element::{element, list, text};
use crate::library;
use crate::part::Context;
use crate::storage::Stores;
use crate::tree::{self, Keeper, spawn};
use crate::wording::{count, t};

/// What the ids of articles without an address begin with.
pub(super) const OF_TEXT: &str = "text-";

/// The comments on a similar article.
#[derive(Debug)]
pub struct Offer {
    title: String,
    comments: Vec<Comment>,
}

impl Offer {
    /// Its comments, as they begin anew here: what is there stays as it is.
    pub(super) fn begun(self) -> Vec<Comment> {
        let begun = |c: Comment| Comment { history: Vec::new(), ..c };
        self.comments.into_iter().map(begun).collect()
    }
}

/// Looks for comments on a similar article, where this one has none and no address.
pub(super) fn look_around(it: &Comments, ctx: &Context<Comments>) {
    let props = ctx.props();
    let id = props.article.to_string();
    let alive = |c: &Comment| c.deleted.is_none();
    let elsewhere = tree::keeper() == Keeper::Page;
    if elsewhere || !id.starts_with(OF_TEXT) || it.shelf.comments.iter().any(alive) {
        return;
    }
    let (stores, link) = (props.stores.clone(), ctx.link().clone());
    let lines: Vec<&str> = props.on.blocks.iter().map(|block| block.text.as_str()).collect();
    let body = lines.join("\n");
    spawn(async move {
        if let Some(offer) = similar(&stores, &id, &body).await {
            link.send_message(Msg::File(FileMsg::Similar(offer)));
        }
    });
}

/// Offers them.
pub(super) fn view_offer(offer: &Offer) -> Html {
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

/// The comments on the article that is most like `body`.
async fn similar(stores: &Stores, own: &str, body: &str) -> Option<Offer> {
    let mut best: Option<(f64, Offer)> = None;
    for (id, mut comments) in Kept::by_browser(stores).everything().await.ok()? {
        comments.retain(|c| c.deleted.is_none());
        if id == own || !id.starts_with(OF_TEXT) || comments.is_empty() {
            continue;
        }
        let Ok(Some(article)) = library::get(&*stores.kept, &id) else { continue };
        let like = likeness(&article.text, body);
        if like >= SIMILAR && best.as_ref().is_none_or(|(least, _)| like > *least) {
            best = Some((like, Offer { title: article.title, comments }));
        }
    }
    best.map(|(_, offer)| offer)
}
