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
        let mut list = fs::read_to_string(format!("lexicon/{name}.txt"))?;
        let learned = format!("lexicon/{}.txt", name.replace("words", "cue-words"));
        if name.ends_with("/words") && Path::new(&learned).exists() {
            list.push('\n');
            list.push_str(&fs::read_to_string(&learned)?);
        }
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
