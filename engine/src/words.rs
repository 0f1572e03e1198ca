//! A table from words to numbers: the one map type of the engine, so that its code is there once.

use crate::case::lower;

/// What is known of words, as a number whose meaning is its owner's.
///
/// Keys are the words' hashes, see [`key`]: a word that collides with a listed one is read as that
/// one, which harms nobody. Open addressing with linear probing, at most half full.
#[derive(Default)]
pub(crate) struct Words {
    /// A power of two of them, or none.
    slots: Vec<Slot>,
    n: usize,
}

#[derive(Clone, Copy, Default)]
struct Slot {
    /// 0 where the slot is free.
    key: u32,
    value: u32,
}

impl Words {
    /// The number of `word`.
    pub(crate) fn get(&self, word: &str) -> Option<u32> {
        self.of_key(key(word))
    }

    /// The number of the word that has this key.
    pub(crate) fn of_key(&self, key: u32) -> Option<u32> {
        self.slots.get(self.place(key)).filter(|slot| slot.key == key).map(|slot| slot.value)
    }

    /// The number of the word that has this key, which is `new` where it has none yet.
    pub(crate) fn entry(&mut self, key: u32, new: u32) -> &mut u32 {
        if self.n * 2 >= self.slots.len() {
            self.grow();
        }
        let at = self.place(key);
        let slot = &mut self.slots[at];
        if slot.key == 0 {
            *slot = Slot { key, value: new };
            self.n += 1;
        }
        &mut slot.value
    }

    /// The item of `list` that belongs to the word that has this key; a new one where it has none.
    pub(crate) fn slot<'l, T: Default>(&mut self, list: &'l mut Vec<T>, key: u32) -> &'l mut T {
        let n = u32::try_from(list.len()).unwrap_or(u32::MAX);
        let i = *self.entry(key, n) as usize;
        if i >= list.len() {
            list.push(T::default());
        }
        &mut list[i]
    }

    /// The slot of `key`, or the free one where it belongs; past the end of an empty table.
    fn place(&self, key: u32) -> usize {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = key as usize & mask;
        while self.slots.get(at).is_some_and(|slot| slot.key != key && slot.key != 0) {
            at = (at + 1) & mask;
        }
        at
    }

    fn grow(&mut self) {
        let double = vec![Slot::default(); (self.slots.len() * 2).max(16)];
        for slot in std::mem::replace(&mut self.slots, double) {
            if slot.key != 0 {
                let at = self.place(slot.key);
                self.slots[at] = slot;
            }
        }
    }
}

/// The 64-bit FNV-1a hash (`http://www.isthe.com/chongo/tech/comp/fnv/`), byte by byte.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hash(pub(crate) u64);

impl Hash {
    pub(crate) const EMPTY: Hash = Hash(0xcbf2_9ce4_8422_2325);

    pub(crate) fn byte(self, b: u8) -> Hash {
        Hash((self.0 ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
    }

    pub(crate) fn char(self, c: char) -> Hash {
        if let Ok(b) = u8::try_from(c)
            && b.is_ascii()
        {
            return self.byte(b);
        }
        c.encode_utf8(&mut [0; 4]).bytes().fold(self, Hash::byte)
    }

    /// The two halves, one xor the other, and never 0.
    pub(crate) fn key(self) -> u32 {
        // The cut is meant: both halves are in it.
        ((self.0 >> 32) as u32 ^ self.0 as u32).max(1)
    }
}

/// The key of a word: that of its [`Hash`].
///
/// It is the same on every platform and in every release, so that learned weights may stand under it.
pub(crate) fn key(word: &str) -> u32 {
    word.bytes().fold(Hash::EMPTY, Hash::byte).key()
}

/// The key of a word in lower case.
pub(crate) fn lower_key(word: &str) -> u32 {
    if word.is_ascii() {
        word.bytes().fold(Hash::EMPTY, |h, b| h.byte(b.to_ascii_lowercase())).key()
    } else {
        word.chars().fold(Hash::EMPTY, |h, c| h.char(lower(c))).key()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_entered_is_found_again() {
        let mut words = Words::default();
        assert_eq!(words.get("a"), None);
        for n in 0..1000 {
            *words.entry(key(&n.to_string()), 7) += n;
        }
        assert!((0..1000).all(|n| words.get(&n.to_string()) == Some(n + 7)));
        assert_eq!(words.get("a"), None);
        assert_eq!(*words.entry(key("5"), 0), 12);
    }

    #[test]
    fn a_word_has_the_key_of_its_lower_case() {
        for (word, lower) in [("SAID", "said"), ("Größe", "größe"), ("ГРАД", "град"), ("", "")]
        {
            assert_eq!(lower_key(word), key(lower), "{word}");
        }
    }

    #[test]
    fn keys_stay_what_they_are() {
        for (word, expected) in
            [("", 0x4fd0_bfc1), ("a", 0x2962_30c0), ("said", 0xb6e7_0504), ("größe", 0x42c4_4ec4)]
        {
            assert_eq!(key(word), expected, "{word}");
        }
    }
}
