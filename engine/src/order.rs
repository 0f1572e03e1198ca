//! Sorts lists that are nearly in order, in a fraction of the code that a general sort brings into the module.

/// Moves each item left past those with greater keys. Equal keys keep their order; the time is that
/// of the moves, so callers see to it that items are near their places.
pub(crate) fn settle<T, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K) {
    for i in 1..list.len() {
        let mut at = i;
        while at > 0 && list.get(at - 1).map(&key) > list.get(at).map(&key) {
            list.swap(at - 1, at);
            at -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::settle;

    #[test]
    fn equal_keys_keep_their_order() {
        let mut list = vec![(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd')];
        settle(&mut list, |&(n, _)| n);
        assert_eq!(list, [(1, 'b'), (1, 'd'), (2, 'a'), (2, 'c')]);
        settle(&mut [] as &mut [u8], |&n| n);
    }
}
