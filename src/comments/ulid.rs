//! ULIDs: 26 letters and digits that sort by time and hardly ever collide.

/// Crockford's base 32: no I, L, O or U.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The ULID of a time in milliseconds since 1970 and eighty random bits.
///
/// ```
/// use dixit_reader::comments::ulid;
/// // The time of the example in the ULID specification.
/// assert_eq!(ulid(1_469_918_176_385, [0; 10]), "01ARYZ6S410000000000000000");
/// ```
pub fn ulid(time: u64, random: [u8; 10]) -> String {
    let low = random.iter().fold(0u128, |bits, byte| bits << 8 | u128::from(*byte));
    let bits = u128::from(time & 0xFFFF_FFFF_FFFF) << 80 | low;
    (0..26).rev().map(|i| char::from(DIGITS[(bits >> (5 * i) & 31) as usize])).collect()
}

/// A new ULID, of this moment.
pub fn new_ulid() -> String {
    let mut random = [0; 10];
    let filled = web_sys::window()
        .and_then(|w| w.crypto().ok())
        .and_then(|c| c.get_random_values_with_u8_array(&mut random).ok());
    if filled.is_none() {
        random.fill_with(|| (js_sys::Math::random() * 256.0) as u8);
    }
    ulid(crate::clock::now().unsigned_abs(), random)
}

/// Whether `text` has the form of a ULID.
///
/// ```
/// use dixit_reader::comments::is_ulid;
/// assert!(is_ulid("01ARYZ6S410000000000000000"));
/// assert!(!is_ulid("01aryz6s410000000000000000"));
/// ```
pub fn is_ulid(text: &str) -> bool {
    text.len() == 26 && text.bytes().all(|b| DIGITS.contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_sort_by_time_and_keep_every_bit() {
        assert!(ulid(1, [255; 10]) < ulid(2, [0; 10]));
        assert_eq!(ulid(0xFFFF_FFFF_FFFF, [255; 10]), "7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
        assert_eq!(ulid(0, [0, 0, 0, 0, 0, 0, 0, 0, 0, 33]), "00000000000000000000000011");
    }

    #[test]
    fn the_form_is_checked() {
        for bad in [
            "",
            "0",
            "01ARYZ6S41000000000000000I",
            "01ARYZ6S4100000000000000000",
            "é1ARYZ6S4100000000000000",
        ] {
            assert!(!is_ulid(bad), "{bad}");
        }
    }
}
