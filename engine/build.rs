//! Copies the word lists without their comments, which nobody needs in the module.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=lexicon");
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let languages =
        ["en", "de", "fr"].iter().flat_map(|l| [format!("{l}/words"), format!("{l}/cues")]);
    let shared = ["furniture", "furniture-openings", "months"].map(str::to_string);
    for name in languages.chain(shared) {
        let list = fs::read_to_string(format!("lexicon/{name}.txt"))?;
        let kept: Vec<&str> = list
            .lines()
            .map(str::trim_end)
            .filter(|l| !l.is_empty() && *l != "#" && !l.starts_with("# "))
            .collect();
        let to = Path::new(&out).join(format!("{}.txt", name.replace('/', "-")));
        fs::write(to, kept.join("\n"))?;
    }
    Ok(())
}
