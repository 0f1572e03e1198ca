//! Passages of edited texts: how many are found where they went, how many are taken for others.
//!
//! Characters are deleted, inserted and replaced at random, p in 100 of them. `cargo test --test anchors -- --nocapture`
//! shows the table; texts that come beside a checkout for development are edited too.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use dixit_reader::comments::{Anchor, Body};

/// Passages of each text.
const PASSAGES: usize = 20;

struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n.max(1)
    }
}

/// A text and, for each of its characters, where it is after the edit, in bytes.
fn edited(text: &str, percent: usize, random: &mut Random) -> (String, Vec<usize>) {
    let mut out = String::new();
    let mut places = Vec::new();
    let letter = |random: &mut Random| char::from(b"etaoin shrdlu"[random.below(13)]);
    for c in text.chars() {
        places.push(out.len());
        if random.below(100) >= percent {
            out.push(c);
            continue;
        }
        match random.below(3) {
            0 => {}
            1 => out.push(letter(random)),
            _ => out.extend([letter(random), c]),
        }
    }
    places.push(out.len());
    (out, places)
}

/// Whether two ranges are the same place: more in common than not.
fn same(a: &Range<usize>, b: &Range<usize>) -> bool {
    let common = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    common * 2 > a.end.max(b.end) - a.start.min(b.start)
}

fn texts() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<PathBuf> = Vec::new();
    for folder in ["static/articles", "tests/articles"] {
        let entries = fs::read_dir(root.join(folder)).expect("a folder");
        paths.extend(entries.flatten().map(|e| e.path()));
    }
    paths.retain(|p| {
        p.extension().is_some_and(|e| e == "txt") && !p.to_string_lossy().contains(".marked")
    });
    if let Ok(pages) = fs::read_dir(root.join("../shared/hostile/readability")) {
        paths.extend(pages.flatten().map(|page| page.path().join("expected.txt")));
    }
    paths.sort();
    let read = |path: PathBuf| fs::read_to_string(path).ok();
    paths.into_iter().filter_map(read).filter(|text| text.chars().count() > 1_000).collect()
}

#[test]
fn passages_of_edited_texts_are_found_or_given_up() {
    let texts = texts();
    assert!(texts.len() > 5, "texts to edit");
    let mut random = Random(11);
    println!(
        "{} texts, {PASSAGES} passages each\n  p %   right %   given up %   wrong %",
        texts.len()
    );
    for (percent, least) in [(0, 1.0), (1, 0.99), (5, 0.99), (10, 0.95), (20, 0.0), (30, 0.0)] {
        let (mut right, mut wrong, mut all) = (0, 0, 0);
        for text in &texts {
            let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            let (now, places) = edited(text, percent, &mut random);
            let (before, now) = (Body::new(text.clone()), Body::new(now));
            for _ in 0..PASSAGES {
                let length = 20 + random.below(180);
                let from = random.below(starts.len() - length);
                let (start, end) = (starts[from], starts[from + length]);
                let Some(anchor) = Anchor::of(&before, start, end) else { continue };
                all += 1;
                match anchor.find(&now) {
                    Some(found) if same(&found, &(places[from]..places[from + length])) => {
                        right += 1
                    }
                    Some(_) => wrong += 1,
                    None => {}
                }
            }
        }
        let share = |n: usize| n as f64 / all as f64;
        println!(
            "{percent:5} {:9.2} {:12.2} {:9.2}",
            share(right) * 100.0,
            share(all - right - wrong) * 100.0,
            share(wrong) * 100.0
        );
        assert!(share(right) >= least, "at {percent} %: {right} of {all} are right");
        assert!(share(wrong) <= 0.001, "at {percent} %: {wrong} of {all} are wrong");
    }
}

#[test]
fn a_passage_that_was_taken_out_is_found_nowhere() {
    let mut random = Random(5);
    let (mut found, mut all) = (0, 0);
    for text in texts() {
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let before = Body::new(text.clone());
        for _ in 0..PASSAGES {
            let length = 20 + random.below(180);
            let from = random.below(starts.len() - length);
            let (start, end) = (starts[from], starts[from + length]);
            let Some(anchor) = Anchor::of(&before, start, end) else { continue };
            let left = [&text[..start], &text[end..]].concat();
            // Words that stand elsewhere as well, as in pages that repeat themselves, are still there.
            let middle: String = text[start..end].chars().skip(length / 2 - 5).take(10).collect();
            if left.contains(&middle) {
                continue;
            }
            // With another letter changed here and there.
            let (now, _) = edited(&left, random.below(10), &mut random);
            all += 1;
            found += usize::from(anchor.find(&Body::new(now)).is_some());
        }
    }
    println!("{found} of {all} passages that were taken out are found");
    assert!(found * 1000 <= all, "{found} of {all}");
}
