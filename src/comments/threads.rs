//! The comments on an article as a list: answers below what they answer, versions beside each other.

use super::Comment;
use crate::order::sorted;

/// Answers deeper than this stand no further in.
pub(super) const DEEPEST: usize = 32;

/// One comment in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is called on the page: its id; of several versions of it, the others by their revisions.
    pub name: String,
    /// The comment.
    pub comment: Comment,
    /// How many others it stands below.
    pub depth: usize,
    /// How many answers that are not deleted stand below it.
    pub n_replies: usize,
    /// Whether another version of it is shown as well, and neither follows the other.
    pub rival: bool,
}

/// Latest versions, as [`heads`](super::heads) gives them, as rows: those that answer nothing newest
/// first or last, answers behind what they answer, the oldest first. Nothing is shown of what was
/// deleted for good and has no answers; of a comment that is both deleted and edited, the edit.
///
/// ```
/// use dixit_reader::comments::{Comment, threads, ulid};
/// let id = |n| ulid(n, [0; 10]);
/// let first = Comment::new(id(1), id(1), "one".into(), 1);
/// let answer = Comment { parent: Some(id(1)), ..Comment::new(id(2), id(2), "two".into(), 2) };
/// let other = Comment::new(id(3), id(3), "three".into(), 3);
/// let rows = threads(vec![first, answer, other], true);
/// let shown: Vec<_> = rows.iter().map(|r| (r.comment.body.as_str(), r.depth)).collect();
/// assert_eq!(shown, [("three", 0), ("one", 0), ("two", 1)]);
/// ```
pub fn threads(heads: Vec<Comment>, newest_first: bool) -> Vec<Row> {
    let rows = sorted(named(heads), |a, b| {
        let (a, b) = (&a.comment, &b.comment);
        (a.created, &a.id, &a.revision) < (b.created, &b.id, &b.revision)
    });
    // Few comments are replies; only what these name is looked up.
    let ids: Vec<(&str, usize)> = if rows.iter().any(|r| r.comment.parent.is_some()) {
        let ids = rows.iter().enumerate().map(|(n, r)| (r.comment.id.as_str(), n)).collect();
        sorted(ids, |a, b| a < b)
    } else {
        Vec::new()
    };
    let place = |id: &str| {
        let n = ids.partition_point(|(known, _)| *known < id);
        ids.get(n).filter(|(known, _)| *known == id).map(|(_, n)| *n)
    };
    let parent = |row: &Row| row.comment.parent.as_deref().and_then(place);
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); rows.len()];
    let mut roots = Vec::new();
    for (n, row) in rows.iter().enumerate() {
        match parent(row).filter(|&p| p != n) {
            Some(p) => below[p].push(n),
            None => roots.push(n),
        }
    }
    if newest_first {
        roots.reverse();
    }
    let mut left: Vec<Option<Row>> = rows.into_iter().map(Some).collect();
    let mut out = Vec::new();
    // What answers itself by way of others has no root: those come last, each where its circle is met.
    for root in roots.into_iter().chain(0..left.len()) {
        walk(root, &below, &mut left, &mut out);
    }
    counted(out)
}

/// Adds a row and what stands below it.
fn walk(root: usize, below: &[Vec<usize>], left: &mut [Option<Row>], out: &mut Vec<Row>) {
    let mut waiting = vec![(root, 0)];
    while let Some((n, depth)) = waiting.pop() {
        let Some(row) = left[n].take() else { continue };
        out.push(Row { depth, ..row });
        waiting.extend(below[n].iter().rev().map(|&answer| (answer, (depth + 1).min(DEEPEST))));
    }
}

/// Counts answers from the last row on; takes out what is erased and has none.
fn counted(rows: Vec<Row>) -> Vec<Row> {
    // At each depth, how many rows that count stand below the row of this depth that comes next.
    let mut counts = [0; DEEPEST + 2];
    let mut out = Vec::new();
    for mut row in rows.into_iter().rev() {
        let below: usize = std::mem::take(&mut counts[row.depth + 1]);
        row.n_replies = below;
        counts[row.depth] += below + usize::from(row.comment.deleted.is_none());
        if !(row.comment.is_erased() && below == 0) {
            out.push(row);
        }
    }
    out.reverse();
    out
}

/// The versions to show, each with its name.
fn named(heads: Vec<Comment>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for comment in heads {
        let row = |name: &str, comment, rival| Row {
            name: name.to_owned(),
            comment,
            depth: 0,
            n_replies: 0,
            rival,
        };
        match rows.last_mut().filter(|last| last.comment.id == comment.id) {
            None => rows.push(row(&comment.id.clone(), comment, false)),
            // A deletion yields to a version that is not deleted, and to a later deletion.
            Some(last) if last.comment.deleted.is_some() => last.comment = comment,
            Some(_) if comment.deleted.is_some() => {}
            Some(last) => {
                last.rival = true;
                rows.push(row(&comment.revision.clone(), comment, true));
            }
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::super::heads;
    use super::super::tests::id;
    use super::*;

    fn comment(n: u64, parent: Option<u64>) -> Comment {
        Comment { parent: parent.map(id), ..Comment::new(id(n), id(n), n.to_string(), n as i64) }
    }

    fn shown(rows: &[Row]) -> Vec<(String, usize, usize)> {
        rows.iter().map(|r| (r.comment.body.clone(), r.depth, r.n_replies)).collect()
    }

    #[test]
    fn replies_stand_below_what_they_answer() {
        let all = || {
            vec![
                comment(1, None),
                comment(2, Some(1)),
                comment(3, None),
                comment(4, Some(2)),
                comment(5, Some(1)),
                comment(6, Some(99)),
            ]
        };
        let row = |body: &str, depth, n| (body.to_owned(), depth, n);
        let thread = [row("1", 0, 3), row("2", 1, 1), row("4", 2, 0), row("5", 1, 0)];
        let oldest = [&thread[..], &[row("3", 0, 0), row("6", 0, 0)]].concat();
        assert_eq!(shown(&threads(all(), false)), oldest);
        let newest = [&[row("6", 0, 0), row("3", 0, 0)], &thread[..]].concat();
        assert_eq!(shown(&threads(all(), true)), newest);
    }

    #[test]
    fn circles_and_long_chains_are_shown_whole() {
        let circle = vec![comment(1, Some(2)), comment(2, Some(1)), comment(3, Some(3))];
        assert_eq!(threads(circle, true).len(), 3);
        let chain: Vec<Comment> = (1..=500).map(|n| comment(n, Some(n - 1))).collect();
        let rows = threads(chain, true);
        assert_eq!((rows.len(), rows[499].depth), (500, DEEPEST));
        assert_eq!(rows[0].n_replies, 499);
    }

    #[test]
    fn deleted_ones_with_answers_stay_and_erased_ones_without_go() {
        let gone = comment(1, None).marked(id(7), Some(9));
        let rows = threads(vec![gone.clone(), comment(2, Some(1))], true);
        assert_eq!(shown(&rows)[0].2, 1);
        assert_eq!(threads(vec![gone.clone()], true).len(), 1);
        let erased = gone.erased(id(8), 9);
        assert!(threads(vec![erased.clone()], true).is_empty());
        assert_eq!(threads(vec![erased, comment(2, Some(1))], true).len(), 2);
    }

    #[test]
    fn versions_stand_beside_each_other_and_edits_win_over_deletions() {
        let first = comment(1, None);
        let (one, two) = (first.edited(id(2), "a".into(), 2), first.edited(id(3), "b".into(), 3));
        let gone = first.marked(id(4), Some(4));
        let rows = threads(heads(vec![first, two, gone, one]), true);
        let names: Vec<_> = rows.iter().map(|r| (&*r.name, &*r.comment.body, r.rival)).collect();
        let (id1, id3) = (id(1), id(3));
        assert_eq!(names.len(), 2);
        assert!(names.contains(&(id1.as_str(), "a", true)), "{names:?}");
        assert!(names.contains(&(id3.as_str(), "b", true)), "{names:?}");
    }
}
