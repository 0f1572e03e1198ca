//! A table from words to numbers: the one map type of the engine, so that its code is there once.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// What is known of words, as a number whose meaning is its owner's. Keys are the words' hashes: a
/// word that collides with a listed one is read as that one, which harms nobody.
#[derive(Default)]
pub(crate) struct Words(HashMap<u64, u32, BuildHasherDefault<Same>>);

impl Words {
    pub(crate) fn get(&self, word: &str) -> Option<u32> {
        self.0.get(&hash(word)).copied()
    }

    /// The number of `word`, which is `new` where it has none yet.
    pub(crate) fn entry(&mut self, word: &str, new: u32) -> &mut u32 {
        self.0.entry(hash(word)).or_insert(new)
    }

    /// The item of `list` that belongs to `word`; a new one where it has none.
    pub(crate) fn slot<'l, T: Default>(&mut self, list: &'l mut Vec<T>, word: &str) -> &'l mut T {
        let n = u32::try_from(list.len()).unwrap_or(u32::MAX);
        let i = *self.entry(word, n) as usize;
        if i >= list.len() {
            list.push(T::default());
        }
        &mut list[i]
    }
}

/// The 64-bit FNV-1a hash (`http://www.isthe.com/chongo/tech/comp/fnv/`).
pub(crate) fn hash(text: &str) -> u64 {
    let step = |h: u64, b: u8| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

/// Takes the key for its hash.
#[derive(Default)]
struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {}

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}
