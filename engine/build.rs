//! Makes each folder of `lexicon/` one file of data, and lists those that are built in.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

/// The files of a language; each may be missing.
const PARTS: [(&str, &[&str]); 5] = [
    ("words", &["words", "cue-words"]),
    ("cues", &["cues"]),
    ("furniture", &["furniture"]),
    ("openings", &["openings"]),
    ("months", &["months"]),
];

/// What an importer of pages needs of them.
const OF_PAGES: [(&str, &[&str]); 3] =
    [("furniture", &["furniture"]), ("openings", &["openings"]), ("months", &["months"])];

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=lexicon");
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let all = env::var_os("CARGO_FEATURE_ALL_LANGUAGES").is_some();
    let mut tags = Vec::new();
    for entry in fs::read_dir("lexicon")? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            tags.extend(entry.file_name().into_string());
        }
    }
    // English first, as the one that others fall back to.
    tags.sort_by_key(|tag| (tag != "en", tag.clone()));
    let mut list = String::from("[");
    for tag in tags.iter().filter(|tag| all || *tag == "en") {
        fs::write(Path::new(&out).join(format!("{tag}.txt")), language(tag, &PARTS)?)?;
        write!(list, "({tag:?}, include_str!(concat!(env!(\"OUT_DIR\"), \"/{tag}.txt\"))),")
            .map_err(io::Error::other)?;
    }
    fs::write(Path::new(&out).join("languages.rs"), format!("&{list}]"))?;
    let mut list = String::from("[");
    for tag in &tags {
        fs::write(Path::new(&out).join(format!("pages-{tag}.txt")), language(tag, &OF_PAGES)?)?;
        write!(list, "({tag:?}, include_str!(concat!(env!(\"OUT_DIR\"), \"/pages-{tag}.txt\"))),")
            .map_err(io::Error::other)?;
    }
    fs::write(Path::new(&out).join("of-pages.rs"), format!("&{list}]"))?;
    fs::write(Path::new(&out).join("small-words.txt"), without_comments("lexicon/small-words.txt")?)
}

/// The data of a language for `parts`: its files one after the other, each behind its name in brackets.
fn language(tag: &str, parts: &[(&str, &[&str])]) -> io::Result<String> {
    let mut data = String::new();
    for (part, files) in parts {
        let paths = files.iter().map(|file| format!("lexicon/{tag}/{file}.txt"));
        let paths: Vec<String> = paths.filter(|path| Path::new(path).exists()).collect();
        if !paths.is_empty() {
            data += &format!("[{part}]\n");
        }
        for path in paths {
            data += &without_comments(&path)?;
        }
    }
    Ok(marked(&data).unwrap_or(data))
}

/// The same data with a cue that is also a cue word standing in the list of cues alone, an apostrophe behind it, and
/// with the verbs of the same tags in one line; `None` where the language has no cue words.
fn marked(data: &str) -> Option<String> {
    const CUE_WORD: &str = "cue-word:";
    let (words, rest) = data.split_once(CUE_WORD)?;
    let (cue_words, rest) = rest.split_once("[cues]\n")?;
    let (cues, rest) = rest.split_once('[')?;
    let mut cue_words: BTreeSet<&str> =
        cue_words.split_whitespace().filter(|word| *word != CUE_WORD).collect();
    let mut verbs: BTreeMap<&str, String> = BTreeMap::new();
    for (forms, tags) in cues.lines().filter_map(|row| row.split_once(" : ")) {
        for form in forms.split_whitespace() {
            let mark = if cue_words.remove(form) { "' " } else { " " };
            *verbs.entry(tags).or_default() += &[form, mark].concat();
        }
    }
    let cue_words: Vec<&str> = cue_words.into_iter().collect();
    let verbs: String = verbs.iter().map(|(tags, forms)| format!("{forms}: {tags}\n")).collect();
    Some(format!("{words}{CUE_WORD} {}\n[cues]\n{verbs}[{rest}", cue_words.join(" ")))
}

/// Comments are for people; readers need not download them.
fn without_comments(path: &str) -> io::Result<String> {
    let text = fs::read_to_string(path)?;
    let rows = text.lines().map(str::trim_end);
    let kept = rows.filter(|l| !l.is_empty() && *l != "#" && !l.starts_with("# "));
    Ok(kept.fold(String::new(), |all, l| all + l + "\n"))
}
