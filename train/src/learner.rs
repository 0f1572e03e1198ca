//! Follow-the-regularised-leader with per-coordinate rates, twice: once to choose the few weights that are to be
//! something, and once more to fit these alone, which the hard penalty of the choice kept too small.
//!
//! McMahan and others, "Ad Click Prediction: a View from the Trenches", KDD 2013.

use dixit_engine::training::{Decision, Example, UNIT, write};

/// How fast weights move.
const ALPHA: f32 = 0.08;
const BETA: f32 = 1.0;

/// How weights are learned.
struct Learning {
    /// What a weight must earn before it is more than nothing.
    l1: f32,
    /// How strongly weights are pulled back to nothing.
    l2: f32,
    /// How often the examples are gone through.
    passes: usize,
}

/// A higher `l1` makes the file smaller. More passes of the fit find a little more in the corpus's kind of news, and
/// less in plain sentences of other kinds.
const CHOOSING: Learning = Learning { l1: 22.0, l2: 1.0, passes: 6 };
const FITTING: Learning = Learning { l1: 2.0, l2: 10.0, passes: 8 };

/// The weights of one decision while they are learned.
struct Table {
    bits: u32,
    learning: Learning,
    /// Which weights may be something.
    chosen: Vec<bool>,
    z: Vec<f32>,
    n: Vec<f32>,
}

impl Table {
    fn new(bits: u32, learning: Learning, chosen: Vec<bool>) -> Table {
        Table { bits, learning, chosen, z: vec![0.0; 1 << bits], n: vec![0.0; 1 << bits] }
    }

    fn index(&self, feature: u32) -> usize {
        (feature >> (32 - self.bits)) as usize
    }

    fn weight(&self, i: usize) -> f32 {
        let Learning { l1, l2, .. } = self.learning;
        let z = self.z[i];
        if !self.chosen[i] || z.abs() <= l1 {
            return 0.0;
        }
        let pull = z - z.signum() * l1;
        -pull / ((BETA + self.n[i].sqrt()) / ALPHA + l2)
    }

    fn weights(&self) -> impl Iterator<Item = f32> {
        (0..1 << self.bits).map(|i| self.weight(i))
    }

    /// Goes through `examples` as often as asked, each time in another order.
    fn learn_all(&mut self, examples: &mut [&Example], random: &mut u64) {
        for _ in 0..self.learning.passes {
            shuffle(examples, random);
            for example in &*examples {
                self.learn(example);
            }
        }
    }

    fn learn(&mut self, example: &Example) {
        let score = |features: &Vec<u32>| -> f32 {
            features.iter().map(|&f| self.weight(self.index(f))).sum()
        };
        let scores: Vec<f32> = example.options.iter().map(score).collect();
        let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let exps: Vec<f32> = scores.iter().map(|s| (s - top).exp()).collect();
        let sum: f32 = exps.iter().sum();
        for (k, features) in example.options.iter().enumerate() {
            let gradient = exps[k] / sum - f32::from(u8::from(k == example.right));
            if gradient.abs() < 1e-4 {
                continue;
            }
            for &f in features {
                let i = self.index(f);
                let w = self.weight(i);
                let n = self.n[i];
                let sigma = ((n + gradient * gradient).sqrt() - n.sqrt()) / ALPHA;
                self.z[i] += gradient - sigma * w;
                self.n[i] += gradient * gradient;
            }
        }
    }
}

/// Learns every table from `examples`; the bytes are those of the weights file.
pub(crate) fn learn(examples: &[&Example]) -> Vec<u8> {
    let mut out: Vec<i8> = Vec::new();
    for (decision, bits) in Decision::ALL {
        let mut mine: Vec<&Example> =
            examples.iter().copied().filter(|e| e.decision == decision).collect();
        let mut random = 0x2545_F491_4F6C_DD1D_u64;
        let mut table = Table::new(bits, CHOOSING, vec![true; 1 << bits]);
        table.learn_all(&mut mine, &mut random);
        let chosen = table.weights().map(|weight| weight != 0.0).collect();
        let mut table = Table::new(bits, FITTING, chosen);
        table.learn_all(&mut mine, &mut random);
        let before = out.len();
        out.extend(table.weights().map(|w| (w / UNIT).round().clamp(-127.0, 127.0) as i8));
        let kept = out[before..].iter().filter(|&&b| b != 0).count();
        eprintln!("{decision:?}: {} examples, {kept} of {} weights", mine.len(), 1 << bits);
    }
    write(&out)
}

/// Fisher and Yates, with xorshift: the same order on every machine.
fn shuffle(list: &mut [&Example], random: &mut u64) {
    for i in (1..list.len()).rev() {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        list.swap(i, (*random % (i as u64 + 1)) as usize);
    }
}
