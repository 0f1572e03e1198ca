//! A linear scorer over hashed features: every choice that the surface grammar leaves open is made
//! by the sum of small learned weights.

/// The choices that are scored, in the order of the weights file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decision {
    /// Whether a cue word is a cue here: no, yes.
    Cue,
    /// Where the source begins; or there is none.
    SourceStart,
    /// Where the source ends.
    SourceEnd,
    /// On which side of the cue the content stands: right, left, both.
    Side,
    /// Where content right of the cue begins.
    RightStart,
    /// Where content right of the cue ends.
    RightEnd,
    /// Where content left of the cue begins.
    LeftStart,
    /// Where content left of the cue ends.
    LeftEnd,
    /// Where the words of the cue begin.
    CueStart,
    /// Where the words of the cue end.
    CueEnd,
}

impl Decision {
    /// Every decision with the logarithm of the size of its table.
    pub const ALL: [(Decision, u32); 10] = [
        (Decision::Cue, 17),
        (Decision::SourceStart, 15),
        (Decision::SourceEnd, 13),
        (Decision::Side, 14),
        (Decision::RightStart, 15),
        (Decision::RightEnd, 15),
        (Decision::LeftStart, 12),
        (Decision::LeftEnd, 12),
        (Decision::CueStart, 12),
        (Decision::CueEnd, 12),
    ];
}

impl Decision {
    /// Where the decision's table begins among all, and the logarithm of its size.
    fn table(self) -> (usize, u32) {
        let before = Decision::ALL.iter().take_while(|(d, _)| *d != self);
        let start = before.map(|(_, bits)| 1_usize << bits).sum();
        (start, Decision::ALL.iter().find(|(d, _)| *d == self).map_or(0, |(_, bits)| *bits))
    }
}

/// The options of one choice, each a place and the hashes of its features.
#[derive(Debug, Clone, Default)]
pub(crate) struct Options {
    features: Vec<u32>,
    /// Place of each option, and where its features end.
    places: Vec<(usize, usize)>,
}

impl Options {
    /// Forgets the options.
    pub(crate) fn clear(&mut self) {
        self.features.clear();
        self.places.clear();
    }

    /// Adds an option; the features that follow are its own.
    pub(crate) fn option(&mut self, place: usize) {
        self.places.push((place, self.features.len()));
    }

    /// Adds a feature of template `t` with two values to the last option.
    pub(crate) fn add(&mut self, t: u32, a: u32, b: u32) {
        self.features.push(mix(mix(mix(0, t), a), b));
        if let Some(last) = self.places.last_mut() {
            last.1 = self.features.len();
        }
    }

    /// How many options there are.
    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is no option.
    pub(crate) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Where option `i` lies.
    pub(crate) fn place(&self, i: usize) -> usize {
        self.places.get(i).map_or(usize::MAX, |p| p.0)
    }

    /// The features of option `i`.
    pub(crate) fn features(&self, i: usize) -> &[u32] {
        let start = i.checked_sub(1).map_or(0, |before| self.places[before].1);
        self.features.get(start..self.places[i].1).unwrap_or(&[])
    }
}

fn mix(hash: u32, value: u32) -> u32 {
    let h = (hash ^ value).wrapping_mul(0x9E37_79B1);
    h ^ (h >> 15)
}

/// Makes the choices: the learned weights, or the answers of a corpus.
pub(crate) trait Judge {
    /// The index of the option taken, and how likely it is right, from 0 to 1.
    fn choose(&mut self, decision: Decision, at: (usize, usize), options: &Options)
    -> (usize, f32);
}

/// The learned weights of one language: one table a decision, one after the other.
pub(crate) struct Weights {
    table: Box<[i8]>,
}

/// One unit of a stored weight.
pub const UNIT: f32 = 1.0 / 8.0;

/// A gap of this many weights that are nothing, without one behind it.
const SKIP: u8 = u8::MAX;

/// How many weights there are in all.
fn size() -> usize {
    Decision::ALL.iter().map(|(_, bits)| 1 << bits).sum()
}

/// Writes weights as the file holds them: how many gaps there are (32 bits, little-endian), the gap
/// before each weight that is something, and these weights.
#[cfg(any(test, feature = "training"))]
pub fn write(table: &[i8]) -> Vec<u8> {
    let (mut gaps, mut values, mut gap) = (Vec::new(), Vec::new(), 0);
    for &weight in table {
        if weight != 0 {
            gaps.push(gap);
            values.push(weight.cast_unsigned());
            gap = 0;
            continue;
        }
        gap += 1;
        if gap == SKIP {
            gaps.push(SKIP);
            gap = 0;
        }
    }
    let n_gaps = u32::try_from(gaps.len()).unwrap_or(0).to_le_bytes();
    [n_gaps.as_slice(), &gaps, &values].concat()
}

impl Weights {
    /// Reads what [`write`] wrote; `None` for anything else.
    pub(crate) fn read(bytes: &[u8]) -> Option<Weights> {
        let mut table = vec![0; size()].into_boxed_slice();
        let (n_gaps, rest) = bytes.split_first_chunk()?;
        let n_gaps = usize::try_from(u32::from_le_bytes(*n_gaps)).ok()?;
        let (gaps, values) = rest.split_at_checked(n_gaps)?;
        let mut values = values.iter();
        let mut at = 0;
        for &gap in gaps {
            at += usize::from(gap);
            if gap != SKIP {
                *table.get_mut(at)? = values.next()?.cast_signed();
                at += 1;
            }
        }
        values.next().is_none().then_some(Weights { table })
    }

    fn score(&self, start: usize, bits: u32, features: &[u32]) -> f32 {
        let weight = |f: &u32| {
            let i = start + (f >> (32 - bits)) as usize;
            i32::from(self.table.get(i).copied().unwrap_or(0))
        };
        features.iter().map(weight).sum::<i32>() as f32 * UNIT
    }
}

impl Judge for &Weights {
    fn choose(&mut self, decision: Decision, _: (usize, usize), options: &Options) -> (usize, f32) {
        let (start, bits) = decision.table();
        let mut best = (0, f32::NEG_INFINITY);
        let mut sum = 0.0_f32;
        for i in 0..options.len() {
            let score = self.score(start, bits, options.features(i));
            if score > best.1 {
                sum = sum * (best.1 - score).exp() + 1.0;
                best = (i, score);
            } else {
                sum += (score - best.1).exp();
            }
        }
        (best.0, 1.0 / sum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_come_back_as_they_were_written() {
        let mut table = vec![0_i8; size()];
        for (i, weight) in [(0, 1), (1, -1), (300, 127), (300 + 255, -127), (40_000, 5)] {
            table[i] = weight;
        }
        *table.last_mut().expect("a table") = 9;
        let bytes = write(&table);
        assert_eq!(Weights::read(&bytes).expect("weights").table.as_ref(), table);
        for broken in [&bytes[..bytes.len() - 1], &bytes[1..], b"", b"\xff\xff\xff\xff"] {
            assert!(Weights::read(broken).is_none());
        }
    }

    #[test]
    fn the_option_with_the_larger_sum_is_taken() {
        let mut options = Options::default();
        for place in [10, 20, 30] {
            options.option(place);
            options.add(1, place as u32, 0);
            options.add(2, 7, 7);
        }
        let mut table = vec![0_i8; size()];
        let (start, bits) = Decision::Side.table();
        for (i, weight) in [(0, -8), (1, 16)] {
            table[start + (options.features(i)[0] >> (32 - bits)) as usize] = weight;
        }
        let weights = Weights::read(&write(&table)).expect("weights");
        let (chosen, likely) = (&weights).choose(Decision::Side, (0, 0), &options);
        assert_eq!(options.place(chosen), 20);
        let sum = (-3.0_f32).exp() + 1.0 + (-2.0_f32).exp();
        assert!((likely - 1.0 / sum).abs() < 1e-6, "{likely}");
    }
}
