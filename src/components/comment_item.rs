//! One comment in the list, or what is left of it after it was deleted.

use yew::prelude::*;

use crate::clock;
use crate::comments::Comment;

/// Properties of [`CommentItem`].
#[derive(Properties, PartialEq)]
pub struct CommentItemProps {
    /// The comment.
    pub comment: Comment,
    /// The time now.
    pub now: i64,
    /// Whether it lasts only as long as the page.
    pub held: bool,
    /// The field that edits it, while it is being edited.
    #[prop_or_default]
    pub editor: Option<Html>,
    /// The wish to edit it.
    pub on_edit: Callback<String>,
    /// The wish to delete it.
    pub on_delete: Callback<String>,
}

/// One comment. Its words are text, never markup.
#[component(CommentItem)]
pub fn comment_item(props: &CommentItemProps) -> Html {
    let comment = &props.comment;
    let author = comment.author.as_deref().unwrap_or("You");
    // Its style makes it a capital: tables of letters would weigh more than all comments.
    let initial: String = author.chars().take(1).collect();
    let act = |callback: &Callback<String>| {
        let id = comment.id.clone();
        callback.reform(move |_: MouseEvent| id.clone())
    };
    html! {
        <li class="comment" id={format!("c-{}", comment.id)} tabindex="-1">
            <span class="comment-badge" aria-hidden="true">{ initial }</span>
            <div class="comment-head">
                <b><bdi>{ author.to_owned() }</bdi></b>
                <time datetime={clock::iso(comment.created)} title={clock::exact(comment.created)}>
                    { clock::relative(props.now, comment.created) }
                </time>
                if let Some(edited) = comment.edited {
                    <time datetime={clock::iso(edited)} title={clock::exact(edited)}>{ "edited" }</time>
                }
                if props.held {
                    <span class="comment-held">{ "not saved: stays until you close this page" }</span>
                }
                if props.editor.is_none() {
                    <button type="button" class="link-btn" data-act="edit" onclick={act(&props.on_edit)}>
                        { "Edit" }
                    </button>
                    <button type="button" class="link-btn" data-act="delete" onclick={act(&props.on_delete)}>
                        { "Delete" }
                    </button>
                }
            </div>
            if let Some(editor) = &props.editor {
                { editor.clone() }
            } else {
                <div class="comment-body" dir="auto">{ comment.body.clone() }</div>
            }
        </li>
    }
}

/// A comment that was deleted, the way back, and, where it is offered, the way to remove it for good.
pub(crate) fn deleted_comment(
    comment: &Comment,
    on_undo: &Callback<String>,
    on_erase: Option<&Callback<String>>,
) -> Html {
    let id = &comment.id;
    let act = |callback: &Callback<String>| {
        let id = id.clone();
        callback.reform(move |_: MouseEvent| id.clone())
    };
    html! {
        <li class="comment is-deleted" key={id.clone()} id={format!("c-{id}")}>
            <span id={format!("c-{id}-gone")}>{ "Comment deleted: " }<q class="comment-start">{ start(&comment.body) }</q></span>
            <button type="button" class="btn" data-act="undo" aria-describedby={format!("c-{id}-gone")} onclick={act(on_undo)}>
                { if on_erase.is_some() { "Restore" } else { "Undo" } }
            </button>
            if let Some(on_erase) = on_erase {
                <button type="button" class="btn" onclick={act(on_erase)}>{ "Remove for good" }</button>
            }
        </li>
    }
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
