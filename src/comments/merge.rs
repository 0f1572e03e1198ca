//! Brings versions of comments together: each takes the place of those in its history, and of no other.

use super::{Comment, write};
use crate::order::sorted;

/// The versions that no other one follows, in order of their ids: of every comment the latest, and
/// all where several were made from the same one.
///
/// Whatever the order in which versions meet, and however often, the same are left.
///
/// ```
/// use dixit_reader::comments::{Comment, heads, ulid};
/// let id = |n| ulid(n, [0; 10]);
/// let first = Comment::new(id(1), id(1), "one".into(), 0);
/// let second = first.edited(id(2), "two".into(), 1);
/// let rival = first.edited(id(3), "three".into(), 1);
/// assert_eq!(heads(vec![second.clone(), first]), [second.clone()]);
/// assert_eq!(heads(vec![rival.clone(), second.clone()]), [second, rival]);
/// ```
pub fn heads(versions: Vec<Comment>) -> Vec<Comment> {
    let mut followed: Vec<(String, String)> = Vec::new();
    for version in &versions {
        followed.extend(version.history.iter().map(|r| (version.id.clone(), r.clone())));
    }
    let followed = sorted(followed, |a, b| a < b);
    let before = |a: &Comment, b: &Comment| (&a.id, &a.revision) < (&b.id, &b.revision);
    // As they are but for one that was added, mostly.
    let in_order = versions.windows(2).all(|pair| !before(&pair[1], &pair[0]));
    let versions = if in_order { versions } else { sorted(versions, before) };
    let mut left: Vec<Comment> = Vec::with_capacity(versions.len());
    for version in versions {
        let key = (&version.id, &version.revision);
        if followed.binary_search_by(|(id, revision)| (id, revision).cmp(&key)).is_ok() {
            continue;
        }
        match left.last_mut().filter(|l| (&l.id, &l.revision) == key) {
            None => left.push(version),
            // One revision with two contents: older versions of Dixit deleted so. Which is taken
            // must not depend on the order.
            Some(same) => {
                let rank = |c: &Comment| (c.deleted, write(c));
                if rank(&version) > rank(same) {
                    *same = version;
                }
            }
        }
    }
    left
}

/// Newest first, as the list shows them; deleted ones among them.
pub fn in_order(comments: Vec<Comment>) -> Vec<Comment> {
    sorted(comments, |a, b| (a.created, &a.id, &a.revision) > (b.created, &b.id, &b.revision))
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
        let gone = first().marked(id(5), Some(99));
        let back = gone.marked(id(6), None);
        for (what, one, other, left) in [
            ("the same again", &first(), &first(), vec![&first()]),
            ("an edit", &first(), &second, vec![&second]),
            ("an edit of an edit", &first(), &third, vec![&third]),
            ("a deletion", &first(), &gone, vec![&gone]),
            ("a deletion taken back", &back, &gone, vec![&back]),
            ("an edit of what another tab deleted", &gone, &second, vec![&second, &gone]),
            ("two edits of the same words", &second, &rival, vec![&second, &rival]),
        ] {
            let left: Vec<Comment> = left.into_iter().cloned().collect();
            assert_eq!(heads(vec![one.clone(), other.clone()]), left, "{what}");
            assert_eq!(heads(vec![other.clone(), one.clone()]), left, "{what}, the other way");
        }
    }

    /// Sets of versions as tabs make them: each comment edited, deleted and taken back at random.
    fn versions(seed: u64) -> Vec<Comment> {
        let mut seed = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let mut next = |n: u64| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed % n
        };
        let mut all = vec![Comment::new(id(1), id(1), "one".into(), 1)];
        for n in 2..24 {
            let base = all[next(all.len() as u64) as usize].clone();
            all.push(match next(5) {
                0 => Comment::new(id(n), id(n), format!("new {n}"), n as i64),
                1 => base.marked(id(n), Some(n as i64)),
                2 => base.marked(id(n), None),
                // The same revision with another content, as old versions and forgers have it.
                3 => Comment { deleted: Some(n as i64), ..base },
                _ => base.edited(id(n), format!("edit {n}"), n as i64),
            });
        }
        all
    }

    #[test]
    fn merging_commutes_associates_and_is_idempotent() {
        for seed in 0..300 {
            let all = versions(seed);
            let part = |k: usize| all.iter().skip(k).step_by(3).cloned().collect::<Vec<_>>();
            let (a, b, c) = (part(0), part(1), part(2));
            let merge = |x: &[Comment], y: &[Comment]| heads([x, y].concat());
            assert_eq!(merge(&a, &b), merge(&b, &a), "seed {seed}");
            assert_eq!(merge(&merge(&a, &b), &c), merge(&a, &merge(&b, &c)), "seed {seed}");
            let whole = heads(all.clone());
            assert_eq!(merge(&merge(&a, &b), &c), whole, "seed {seed}");
            assert_eq!(merge(&whole, &whole), whole, "seed {seed}");
            assert_eq!(merge(&whole, &a), whole, "seed {seed}");
            for comment in &all {
                assert!(whole.iter().any(|h| h.id == comment.id), "seed {seed}: one is lost");
            }
        }
    }

    #[test]
    fn the_newest_comes_first_and_ties_are_settled() {
        let at = |n, created| Comment::new(id(n), id(n), String::new(), created);
        let ordered = in_order(vec![at(1, 5), at(3, 7), at(2, 7)]);
        assert_eq!(ordered.iter().map(|c| c.id.clone()).collect::<Vec<_>>(), [id(3), id(2), id(1)]);
    }
}
