//! Brings versions of comments together: an edit replaces what it was made from, and nothing else.

use super::Comment;
use crate::order::sorted;

/// What becomes of a version that meets another one of the same comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Succession {
    /// It takes the other's place.
    Replaces,
    /// It is older, or deletes words that have changed since: the other stays.
    Yields,
    /// Both were made from the same words: both are kept, this one under an id of its own.
    Beside,
}

/// What becomes of `new` where `current` is already there; both have the same id.
///
/// ```
/// use dixit_reader::comments::{Comment, Succession, succession, ulid};
/// let id = |n| ulid(n, [0; 10]);
/// let first = Comment::new(id(1), id(1), "one".into(), 0);
/// let second = first.edited(id(2), "two".into(), 1);
/// let rival = first.edited(id(3), "three".into(), 1);
/// assert_eq!(succession(&first, &second), Succession::Replaces);
/// assert_eq!(succession(&second, &first), Succession::Yields);
/// assert_eq!(succession(&second, &rival), Succession::Beside);
/// ```
pub fn succession(current: &Comment, new: &Comment) -> Succession {
    if new.revision == current.revision || new.based_on.as_ref() == Some(&current.revision) {
        Succession::Replaces
    } else if current.based_on.as_ref() == Some(&new.revision) || new.deleted.is_some() {
        Succession::Yields
    } else {
        Succession::Beside
    }
}

/// Two lists as one: of every comment the latest version, and both where neither follows from the other.
pub fn merge(mut ours: Vec<Comment>, theirs: Vec<Comment>) -> Vec<Comment> {
    for new in theirs {
        match ours.iter_mut().find(|c| c.id == new.id) {
            None => ours.push(new),
            Some(current) => match succession(current, &new) {
                Succession::Replaces => *current = new,
                Succession::Yields => {}
                Succession::Beside => {
                    let copy = beside(new);
                    if ours.iter().all(|c| c.id != copy.id) {
                        ours.push(copy);
                    }
                }
            },
        }
    }
    ours
}

/// A version that stands beside the one it cannot replace. Its revision serves as its id: as unique
/// as one, and the same whoever does this.
pub(super) fn beside(comment: Comment) -> Comment {
    Comment { id: comment.revision.clone(), ..comment }
}

/// Newest first, as the list shows them; deleted ones among them.
pub fn in_order(comments: Vec<Comment>) -> Vec<Comment> {
    sorted(comments, |a, b| (a.created, &a.id) > (b.created, &b.id))
}

#[cfg(test)]
mod tests {
    use super::super::tests::id;
    use super::*;

    fn first() -> Comment {
        Comment::new(id(1), id(1), "one".into(), 10)
    }

    #[test]
    fn who_follows_whom() {
        let second = first().edited(id(2), "two".into(), 20);
        let third = second.edited(id(3), "three".into(), 30);
        let rival = first().edited(id(4), "rival".into(), 25);
        let gone = |c: &Comment| Comment { deleted: Some(99), ..c.clone() };
        use Succession::{Beside, Replaces, Yields};
        for (what, current, new, want) in [
            ("the same again", &first(), &first(), Replaces),
            ("an edit", &first(), &second, Replaces),
            ("a deletion", &first(), &gone(&first()), Replaces),
            ("a deletion taken back", &gone(&first()), &first(), Replaces),
            ("an edit of what another tab deleted", &gone(&first()), &second, Replaces),
            ("what was edited since", &second, &first(), Yields),
            ("a deletion of words that changed since", &second, &gone(&first()), Yields),
            ("two edits of the same words", &second, &rival, Beside),
            ("an edit that skipped one", &first(), &third, Beside),
        ] {
            assert_eq!(succession(current, new), want, "{what}");
        }
    }

    #[test]
    fn merging_keeps_both_of_two_edits_and_is_stable() {
        let second = first().edited(id(2), "two".into(), 20);
        let rival = first().edited(id(4), "rival".into(), 25);
        let merged = merge(vec![second.clone()], vec![rival.clone()]);
        let bodies: Vec<&str> = merged.iter().map(|c| c.body.as_str()).collect();
        assert_eq!(bodies, ["two", "rival"]);
        assert_eq!(merge(merged.clone(), vec![second, rival]), merged);
        assert_ne!(merged[0].id, merged[1].id);
    }

    #[test]
    fn the_newest_comes_first_and_ties_are_settled() {
        let at = |n, created| Comment::new(id(n), id(n), String::new(), created);
        let ordered = in_order(vec![at(1, 5), at(3, 7), at(2, 7)]);
        assert_eq!(ordered.iter().map(|c| c.id.clone()).collect::<Vec<_>>(), [id(3), id(2), id(1)]);
    }
}
