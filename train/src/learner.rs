//! Follow-the-regularised-leader with per-coordinate rates: sparse weights, one pass after another.
//!
//! McMahan and others, "Ad Click Prediction: a View from the Trenches", KDD 2013.

use dixit_engine::training::{Decision, Example, UNIT, write};

/// How fast weights move.
const ALPHA: f32 = 0.08;
const BETA: f32 = 1.0;
/// What a weight must earn before it is more than nothing.
pub(crate) struct Penalty {
    pub(crate) l1: f32,
    pub(crate) l2: f32,
}

/// The weights of one decision while they are learned.
struct Table {
    bits: u32,
    z: Vec<f32>,
    n: Vec<f32>,
}

impl Table {
    fn new(bits: u32) -> Table {
        Table { bits, z: vec![0.0; 1 << bits], n: vec![0.0; 1 << bits] }
    }

    fn index(&self, feature: u32) -> usize {
        (feature >> (32 - self.bits)) as usize
    }

    fn weight(&self, i: usize, penalty: &Penalty) -> f32 {
        let z = self.z[i];
        if z.abs() <= penalty.l1 {
            return 0.0;
        }
        let pull = z - z.signum() * penalty.l1;
        -pull / ((BETA + self.n[i].sqrt()) / ALPHA + penalty.l2)
    }

    fn learn(&mut self, example: &Example, penalty: &Penalty) {
        let score = |features: &Vec<u32>| -> f32 {
            features.iter().map(|&f| self.weight(self.index(f), penalty)).sum()
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
                let w = self.weight(i, penalty);
                let n = self.n[i];
                let sigma = ((n + gradient * gradient).sqrt() - n.sqrt()) / ALPHA;
                self.z[i] += gradient - sigma * w;
                self.n[i] += gradient * gradient;
            }
        }
    }
}

/// Learns every table from `examples`; the bytes are those of the weights file.
pub(crate) fn learn(examples: &[&Example], penalty: &Penalty, passes: usize) -> Vec<u8> {
    let mut out: Vec<i8> = Vec::new();
    for (decision, bits) in Decision::ALL {
        let mut mine: Vec<&Example> =
            examples.iter().copied().filter(|e| e.decision == decision).collect();
        let mut table = Table::new(bits);
        let mut random = 0x2545_F491_4F6C_DD1D_u64;
        for _ in 0..passes {
            shuffle(&mut mine, &mut random);
            for example in &mine {
                table.learn(example, penalty);
            }
        }
        let before = out.len();
        for i in 0..1 << bits {
            out.push((table.weight(i, penalty) / UNIT).round().clamp(-127.0, 127.0) as i8);
        }
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
