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
    const fn table(self) -> (usize, u32) {
        let (mut start, mut i) = (0, 0);
        while i < self as usize {
            start += 1 << Decision::ALL[i].1;
            i += 1;
        }
        (start, Decision::ALL[i].1)
    }
}

/// The options of one choice, each a place and what its features come to.
pub(crate) trait Options: Default {
    /// What an option is while its features are added.
    type Option: Scored;

    /// An option at a place, without features yet.
    fn option(&self, place: usize) -> Self::Option;

    /// Adds an option that has all its features.
    fn enter(&mut self, option: Self::Option);

    /// How many options there are.
    fn len(&self) -> usize;

    /// Where option `i` lies.
    fn place(&self, i: usize) -> usize;

    /// Whether there is no option.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// An option to which features are added.
pub(crate) trait Scored {
    /// Adds a feature by its hash.
    fn feature(&mut self, hash: u32);

    /// Adds a feature of template `t` with two values.
    #[inline]
    fn add(&mut self, t: u32, a: u32, b: u32) {
        self.feature(mix(mix(mix(0, t), a), b));
    }
}

#[inline]
fn mix(hash: u32, value: u32) -> u32 {
    let h = (hash ^ value).wrapping_mul(0x9E37_79B1);
    h ^ (h >> 15)
}

/// Makes the choices: the learned weights, or the answers of a corpus.
pub(crate) trait Judge {
    /// What it keeps of the options of a choice.
    type Options: Options;

    /// Forgets the options of the choice before; `decision` is next.
    fn begin(&self, decision: Decision, options: &mut Self::Options);

    /// The index of the option taken, and how likely it is right, from 0 to 1.
    fn choose(
        &mut self,
        decision: Decision,
        at: (usize, usize),
        options: &Self::Options,
    ) -> (usize, f32);
}

/// Options with the hashes of their features.
#[cfg(any(test, feature = "training"))]
#[derive(Debug, Clone, Default)]
pub(crate) struct Features {
    options: Vec<Hashes>,
}

/// The place of an option, and the hashes of its features.
#[cfg(any(test, feature = "training"))]
#[derive(Debug, Clone)]
pub(crate) struct Hashes(usize, Vec<u32>);

#[cfg(any(test, feature = "training"))]
impl Features {
    /// The features of option `i`.
    pub(crate) fn features(&self, i: usize) -> &[u32] {
        &self.options[i].1
    }
}

#[cfg(any(test, feature = "training"))]
impl Options for Features {
    type Option = Hashes;

    fn option(&self, place: usize) -> Hashes {
        Hashes(place, Vec::new())
    }

    fn enter(&mut self, option: Hashes) {
        self.options.push(option);
    }

    fn len(&self) -> usize {
        self.options.len()
    }

    fn place(&self, i: usize) -> usize {
        self.options.get(i).map_or(usize::MAX, |o| o.0)
    }
}

#[cfg(any(test, feature = "training"))]
impl Scored for Hashes {
    fn feature(&mut self, hash: u32) {
        self.1.push(hash);
    }
}

/// Options with the sums of their weights.
#[derive(Default)]
pub(crate) struct Sums<'w> {
    /// Of the decision at hand.
    table: &'w [i8],
    /// What makes a hash a place in the table.
    shift: u32,
    /// Place of each option, and its sum.
    options: Vec<(usize, i32)>,
}

/// One option, with all that a feature needs at hand: features are most of the engine's work.
pub(crate) struct Sum<'w> {
    place: usize,
    sum: i32,
    table: &'w [i8],
    shift: u32,
}

impl<'w> Options for Sums<'w> {
    type Option = Sum<'w>;

    fn option(&self, place: usize) -> Sum<'w> {
        Sum { place, sum: 0, table: self.table, shift: self.shift }
    }

    fn enter(&mut self, option: Sum<'w>) {
        self.options.push((option.place, option.sum));
    }

    fn len(&self) -> usize {
        self.options.len()
    }

    fn place(&self, i: usize) -> usize {
        self.options.get(i).map_or(usize::MAX, |o| o.0)
    }
}

impl Scored for Sum<'_> {
    #[inline]
    fn feature(&mut self, hash: u32) {
        let weight = self.table.get((hash >> self.shift) as usize).copied().unwrap_or(0);
        self.sum += i32::from(weight);
    }
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
}

impl<'w> Judge for &'w Weights {
    type Options = Sums<'w>;

    fn begin(&self, decision: Decision, options: &mut Sums<'w>) {
        let (start, bits) = decision.table();
        options.table = self.table.get(start..start + (1 << bits)).unwrap_or(&[]);
        options.shift = 32 - bits;
        options.options.clear();
    }

    fn choose(&mut self, _: Decision, _: (usize, usize), options: &Sums<'w>) -> (usize, f32) {
        let mut best = (0, f32::NEG_INFINITY);
        let mut sum = 0.0_f32;
        for (i, (_, weights)) in options.options.iter().enumerate() {
            let score = *weights as f32 * UNIT;
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
        fn fill(options: &mut impl Options) {
            for place in [10, 20, 30] {
                let mut it = options.option(place);
                it.add(1, place as u32, 0);
                it.add(2, 7, 7);
                options.enter(it);
            }
        }
        let mut features = Features::default();
        fill(&mut features);
        let mut table = vec![0_i8; size()];
        let (start, bits) = Decision::Side.table();
        for (i, weight) in [(0, -8), (1, 16)] {
            table[start + (features.features(i)[0] >> (32 - bits)) as usize] = weight;
        }
        let weights = Weights::read(&write(&table)).expect("weights");
        let mut options = Sums::default();
        (&weights).begin(Decision::Side, &mut options);
        fill(&mut options);
        let (chosen, likely) = (&weights).choose(Decision::Side, (0, 0), &options);
        assert_eq!(options.place(chosen), 20);
        let sum = (-3.0_f32).exp() + 1.0 + (-2.0_f32).exp();
        assert!((likely - 1.0 / sum).abs() < 1e-6, "{likely}");
    }
}
