//! One comment in the list, or what is left of it after it was deleted.

use yew::prelude::*;

use super::act::button;
use crate::clock;
use crate::comments::Comment;
use crate::element::{classed, element, keyed, text, woven};
use crate::wording::t;

/// One comment, or the `editor` that changes it. Its words are text, never markup. What is `held`
/// lasts only as long as the page.
pub(crate) fn comment_item(comment: &Comment, now: i64, held: bool, editor: Option<Html>) -> Html {
    let author = comment.author.as_deref().unwrap_or(t("You"));
    // Its style makes it a capital: tables of letters would weigh more than all comments.
    let initial: String = author.chars().take(1).collect();
    let name = element("bdi", &[], &[], vec![text(author)]);
    let mut head = vec![
        element("b", &[], &[], vec![name]),
        time(comment.created, &clock::relative(now, comment.created)),
    ];
    head.extend(comment.edited.map(|edited| time(edited, t("edited"))));
    if held {
        let words = t("not saved: stays until you close this page");
        head.push(classed("span", "comment-held", vec![text(words)]));
    }
    if editor.is_none() {
        head.push(button("link-btn", "edit", &comment.id, t("Edit")));
        head.push(button("link-btn", "delete", &comment.id, t("Delete")));
    }
    let names = &["class", "aria-hidden"];
    let badge = element("span", names, &["comment-badge", "true"], vec![text(&initial)]);
    let body = editor.unwrap_or_else(|| {
        element("div", &["class", "dir"], &["comment-body", "auto"], vec![text(&comment.body)])
    });
    let parts = vec![badge, classed("div", "comment-head", head), body];
    let id = format!("c-{}", comment.id);
    keyed(&comment.id, element("li", &["class", "id", "tabindex"], &["comment", &id, "-1"], parts))
}

/// A comment that was deleted and the way back; where it was deleted `earlier`, the way to remove it for good too.
pub(crate) fn deleted_comment(comment: &Comment, earlier: bool) -> Html {
    let id = format!("c-{}", comment.id);
    let gone = format!("{id}-gone");
    let start = element("q", &[], &[], vec![text(&start(&comment.body))]);
    let words = woven("Comment deleted: {}", vec![start]);
    let names = &["type", "class", "data-act", "data-id", "aria-describedby"];
    let values = ["button", "btn", "undo", &comment.id, &gone];
    let undo = if earlier { t("Restore") } else { t("Undo") };
    let mut parts = vec![
        element("span", &["id"], &[&gone], vec![words]),
        element("button", names, &values, vec![text(undo)]),
    ];
    if earlier {
        parts.push(button("btn", "erase", &comment.id, t("Remove for good")));
    }
    keyed(&comment.id, element("li", &["class", "id"], &["comment is-deleted", &id], parts))
}

/// A moment, in words, with the exact one beside it.
pub(crate) fn time(moment: i64, words: &str) -> Html {
    let values = [&*clock::iso(moment), &*clock::exact(moment)];
    element("time", &["datetime", "title"], &values, vec![text(words)])
}

/// The first words of a comment.
fn start(body: &str) -> String {
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
