//! Sorts by one heap sort that all lists share: the library's comes into the module again for every type.

use crate::segments::Rank;

/// Puts ranks in order.
pub(crate) fn sort(ranks: &mut Vec<Rank>) {
    let order = order(ranks.len(), &|a, b| ranks.get(a) < ranks.get(b));
    *ranks = order.into_iter().filter_map(|n| ranks.get(n).copied()).collect();
}

/// The list in order; which of two items comes first is for `before` to say.
pub(crate) fn sorted<T>(list: Vec<T>, before: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let order = order(list.len(), &|a, b| match (list.get(a), list.get(b)) {
        (Some(a), Some(b)) => before(a, b),
        _ => false,
    });
    let mut list: Vec<Option<T>> = list.into_iter().map(Some).collect();
    order.into_iter().filter_map(|n| list.get_mut(n)?.take()).collect()
}

/// The numbers below `n` in the order of what they stand for.
fn order(n: usize, before: &dyn Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut heap: Vec<usize> = (0..n).collect();
    // First every parent sinks below greater children; then the greatest, at the top, goes to the end.
    for round in (0..n + n / 2).rev() {
        let (mut at, len) = if round < n { (0, round) } else { (round - n, n) };
        if round < n {
            heap.swap(0, round);
        }
        loop {
            let mut child = 2 * at + 1;
            if child >= len {
                break;
            }
            if child + 1 < len && before(heap[child], heap[child + 1]) {
                child += 1;
            }
            if !before(heap[at], heap[child]) {
                break;
            }
            heap.swap(at, child);
            at = child;
        }
    }
    heap
}

/// What FNV-1a begins with.
pub(crate) const BASIS: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a, 64 bits, from a beginning.
pub(crate) fn fnv(basis: u64, text: &str) -> u64 {
    text.bytes().fold(basis, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

/// FNV-1a, folded to the machine's word.
pub(crate) fn hash(text: &str) -> usize {
    let hash = fnv(BASIS, text);
    usize::try_from((hash ^ (hash >> 32)) & 0xffff_ffff).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_come_out_as_the_library_sorts_them() {
        let mut state = 1_u32;
        for n in 0..300 {
            let mut next = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 16) as usize % (n + 1)
            };
            let mut ranks: Vec<Rank> = (0..n).map(|_| (next(), next(), 0)).collect();
            let mut expected = ranks.clone();
            expected.sort_unstable();
            let down = sorted(ranks.clone(), |a, b| a > b);
            sort(&mut ranks);
            assert_eq!(ranks, expected);
            assert!(down.iter().eq(expected.iter().rev()));
        }
    }

    #[test]
    fn a_long_list_takes_no_long_time() {
        let mut ranks: Vec<Rank> = (0..200_000).map(|n| (200_000 - n, n % 7, 0)).collect();
        sort(&mut ranks);
        assert!(ranks.is_sorted());
    }
}
