//! One comment in the list, or what is left of it after it was deleted.

use yew::prelude::*;

use super::act::button;
use crate::clock;
use crate::comments::Row;
use crate::element::{classed, element, keyed, text, truth, woven};
use crate::wording::{count, t};

/// What is known of a comment besides its words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts {
    pub(crate) now: i64,
    /// It lasts only as long as the page.
    pub(crate) held: bool,
    /// Its replies are hidden.
    pub(crate) folded: bool,
    /// The words that it is about are not in the article any more.
    pub(crate) lost: bool,
}

/// Answers that stand deeper are not drawn further in.
const DEEPEST: usize = 6;

/// One comment with what stands `below` its head: its words, or the field that changes it where it is `edited`.
pub(crate) fn comment_item(row: &Row, facts: Facts, edited: bool, below: Vec<Html>) -> Html {
    let comment = &row.comment;
    let author = comment.author.as_deref().unwrap_or(t("You"));
    // Its style makes it a capital: tables of letters would weigh more than all comments.
    let initial: String = author.chars().take(1).collect();
    let name = element("bdi", &[], &[], vec![text(author)]);
    let mut head = vec![
        element("b", &[], &[], vec![name]),
        time(comment.created, &clock::relative(facts.now, comment.created)),
    ];
    head.extend(comment.edited.map(|edited| time(edited, t("edited"))));
    if row.rival {
        head.push(classed("span", "comment-rival", vec![text(t("one of two versions"))]));
    }
    if facts.held {
        let words = t("not saved: stays until you close this page");
        head.push(classed("span", "comment-held", vec![text(words)]));
    }
    if !edited {
        head.push(button("link-btn", "reply", &row.name, t("Reply")));
        head.push(button("link-btn", "edit", &row.name, t("Edit")));
        head.push(button("link-btn", "delete", &row.name, t("Delete")));
    }
    let names = &["class", "aria-hidden"];
    let badge = element("span", names, &["comment-badge", "true"], vec![text(&initial)]);
    let mut parts = vec![badge, classed("div", "comment-head", head), about(row, facts)];
    parts.extend(below);
    parts.push(folder(row, facts));
    item(row, "comment", parts)
}

/// The words that a comment is about, which lead to where they stand.
fn about(row: &Row, facts: Facts) -> Html {
    let Some(anchor) = row.comment.passage() else { return Html::default() };
    let words = element("q", &[], &[], vec![text(&start(&anchor.exact))]);
    let inside = if facts.lost {
        words
    } else {
        let names = &["type", "class", "data-act", "data-id"];
        element("button", names, &["button", "link-btn", "passage", &row.name], vec![words])
    };
    element("p", &["class", "dir"], &["comment-about", "auto"], vec![inside])
}

/// Hides and shows the replies to a comment.
fn folder(row: &Row, facts: Facts) -> Html {
    if row.n_replies == 0 {
        return Html::default();
    }
    let words = count(row.n_replies, "{} reply", "{} replies");
    let names = &["type", "class", "data-act", "data-id", "aria-expanded"];
    let open = truth(!facts.folded);
    let values = ["button", "link-btn comment-fold", "fold", &row.comment.id, open];
    element("button", names, &values, vec![text(&words)])
}

fn item(row: &Row, class: &str, parts: Vec<Html>) -> Html {
    let names = &["class", "id", "tabindex", "data-depth"];
    let depth = row.depth.min(DEEPEST).to_string();
    let depth = if row.depth == 0 { "" } else { &depth };
    let values = [class, &format!("c-{}", row.name), "-1", depth];
    keyed(&row.name, element("li", names, &values, parts))
}

/// A comment that was deleted and the way back; where it was deleted `earlier`, the way to remove it for good too.
pub(crate) fn deleted_comment(row: &Row, earlier: bool) -> Html {
    let comment = &row.comment;
    if comment.is_erased() {
        let words = classed("span", "comment-erased", vec![text(t("A deleted comment"))]);
        return item(row, "comment is-deleted", vec![words]);
    }
    let gone = format!("c-{}-gone", row.name);
    let start = element("q", &[], &[], vec![text(&start(&comment.body))]);
    let words = woven("Comment deleted: {}", vec![start]);
    let names = &["type", "class", "data-act", "data-id", "aria-describedby"];
    let values = ["button", "btn", "undo", &row.name, &gone];
    let undo = if earlier { t("Restore") } else { t("Undo") };
    let mut parts = vec![
        element("span", &["id"], &[&gone], vec![words]),
        element("button", names, &values, vec![text(undo)]),
    ];
    if earlier {
        parts.push(button("btn", "erase", &row.name, t("Remove for good")));
    }
    item(row, "comment is-deleted", parts)
}

/// A moment, in words, with the exact one beside it.
pub(crate) fn time(moment: i64, words: &str) -> Html {
    let values = [&*clock::iso(moment), &*clock::exact(moment)];
    element("time", &["datetime", "title"], &values, vec![text(words)])
}

/// The first words of a text.
pub(crate) fn start(body: &str) -> String {
    let mut start: String = body.chars().take(60).collect();
    if start.len() < body.len() {
        start.push('…');
    }
    start
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_first_words_say_whether_more_follows() {
        assert_eq!(super::start("short 🎉"), "short 🎉");
        assert_eq!(super::start(&"é".repeat(61)), format!("{}…", "é".repeat(60)));
    }
}
