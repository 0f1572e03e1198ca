//! Runs a target on many seeds, and cuts an input that breaks a promise down to the least that still does.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::Target;
use crate::generate::Random;

/// An input that breaks a promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The target's name.
    pub target: &'static str,
    /// What it was made from.
    pub seed: u64,
    /// The input, cut down.
    pub input: String,
    /// The panic's message.
    pub message: String,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Failure { target, seed, input, message } = self;
        write!(f, "{target}, seed {seed}: {message}\n    {input:?}")
    }
}

/// Runs `target` on `seeds`; the first failure, if any. Panics' messages still go to the panic hook.
pub fn seeds(target: &Target, seeds: impl Iterator<Item = u64>) -> Option<Failure> {
    seeds.into_iter().find_map(|seed| {
        let input = (target.generate)(&mut Random::new(seed));
        one(target, &input).map(|failure| Failure { seed, ..failure })
    })
}

/// Runs `target` on `input`.
pub fn one(target: &Target, input: &str) -> Option<Failure> {
    message(target, input)?;
    let input = least(input, |input| message(target, input).is_some());
    let message = message(target, &input).unwrap_or_default();
    Some(Failure { target: target.name, seed: 0, input, message })
}

fn message(target: &Target, input: &str) -> Option<String> {
    let caught = catch_unwind(AssertUnwindSafe(|| (target.check)(input))).err()?;
    let text = caught.downcast_ref::<&str>().map(|s| s.to_string());
    Some(text.or_else(|| caught.downcast_ref::<String>().cloned()).unwrap_or_default())
}

/// The least of `input` that still `fails`: ever smaller runs of characters are left out.
fn least(input: &str, fails: impl Fn(&str) -> bool) -> String {
    let mut kept: Vec<char> = input.chars().collect();
    let mut size = kept.len();
    while size > 0 {
        let mut at = 0;
        let before = kept.len();
        while at < kept.len() {
            let end = (at + size).min(kept.len());
            let shorter: Vec<char> = [&kept[..at], &kept[end..]].concat();
            if fails(&shorter.iter().collect::<String>()) {
                kept = shorter;
            } else {
                at = end;
            }
        }
        // Single characters as long as that helps.
        size = if size == 1 && kept.len() < before { 1 } else { size / 2 };
    }
    kept.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_input_is_cut_down() {
        let check = |text: &str| assert!(!(text.contains('a') && text.contains('é')), "both");
        let target = Target { name: "both", generate: |_| "xx a é yy".into(), check };
        let failure = seeds(&target, 5..6).expect("a failure");
        assert_eq!((failure.input.as_str(), failure.seed), ("aé", 5));
        assert_eq!(failure.message, "both");
        assert_eq!(one(&target, "xyz"), None);
    }
}
