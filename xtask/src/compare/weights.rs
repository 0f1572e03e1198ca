//! What is downloaded, ours and the peer's, and what is between ours and 100 kB.

use super::tables::{NONE, shown};
use crate::sizes::{Whole, brotli_size};
use crate::{Outcome, workspace};

/// What is downloaded together, ours and the peer's.
pub(crate) fn sizes(wholes: &[Whole], peer: &[(String, usize)]) -> String {
    let all: usize = peer.iter().map(|(_, size)| size).sum();
    let mut table = String::from(
        "| together | kB | of peer | above 100 kB | its largest file, kB |\n|---|--:|--:|--:|---|\n",
    );
    for Whole { name, brotli, largest: (file, size), .. } in wholes {
        table += &format!(
            "| {name} | {} | {} | {} | `{}` {} |\n",
            kb(*brotli),
            shown(Some(*brotli as f64 / all as f64)),
            above(*brotli).map_or(NONE.to_owned(), kb),
            file.rsplit('/').next().unwrap_or(file),
            kb(*size),
        );
    }
    let largest = peer.iter().max_by_key(|(_, size)| size);
    let largest = largest.map(|(name, size)| {
        // Its name ends in letters of the content.
        let name = name.split('-').next().unwrap_or(name).trim_end_matches(".js");
        format!("`{name}.js` {}", kb(*size))
    });
    table += &format!(
        "| peer's scripts | {} | 1.00 | {} | {} |\n",
        kb(all),
        above(all).map_or(NONE.to_owned(), kb),
        largest.unwrap_or_default()
    );
    table
}

/// Which files the largest downloads consist of, and what is between them and 100 kB.
pub(crate) fn dominates(wholes: &[Whole]) -> Outcome<String> {
    let mut text = String::new();
    for Whole { name, brotli, goal, largest: (file, size) } in wholes {
        let Some(above) = above(*brotli) else { continue };
        let file = file.rsplit('/').next().unwrap_or(file);
        let share = *size as f64 / *brotli as f64 * 100.0;
        text += &format!(
            "- {name}: {} kB, of which `{file}` is {} kB ({share:.0} %). To reach 100 kB, {} kB would have to go, {:.0} % of it all; the goal is {} kB.\n",
            kb(*brotli),
            kb(*size),
            kb(above),
            above as f64 / *brotli as f64 * 100.0,
            kb(*goal)
        );
    }
    let lexicon = workspace::root().join("engine/lexicon/en");
    let compressed = |name: &str| {
        let path = lexicon.join(name);
        let bytes = std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        brotli_size(&bytes)
    };
    let weights = compressed("weights.bin")?;
    let words = ["words.txt", "cues.txt", "cue-words.txt", "furniture.txt", "openings.txt"];
    let words = words.into_iter().map(compressed).sum::<Outcome<usize>>()?;
    let Some(engine) = wholes.iter().find(|whole| whole.name == "engine") else { return Ok(text) };
    let code = engine.brotli.saturating_sub(weights + words);
    text += &format!(
        "\nOf the engine's {} kB the learned weights are {} kB and the English word lists {} kB, when they are compressed alone; the other {} kB are code. To reach 100 kB without less data, {:.0} % of the code would have to go; without the weights it would be {} kB, and find statements by rules alone.\n",
        kb(engine.brotli),
        kb(weights),
        kb(words),
        kb(code),
        above(engine.brotli).unwrap_or(0) as f64 / code.max(1) as f64 * 100.0,
        kb(engine.brotli.saturating_sub(weights))
    );
    Ok(text)
}

/// By how many bytes something is above 100 kB.
fn above(bytes: usize) -> Option<usize> {
    bytes.checked_sub(100_000).filter(|above| *above > 0)
}

fn kb(bytes: usize) -> String {
    format!("{:.1}", bytes as f64 / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_above_a_hundred_kilobytes_is_above_it() {
        assert_eq!([above(99_999), above(100_000), above(100_001)], [None, None, Some(1)]);
    }
}
