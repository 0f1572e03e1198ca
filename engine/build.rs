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
    Ok(packed(&data).unwrap_or(data))
}

/// The same data with cue words that are cues too standing among the cues alone, and with forms of verbs as stems and
/// endings ("claim insist + +s +ed +ing"); `None` where the language has no cue words.
fn packed(data: &str) -> Option<String> {
    const CUE_WORD: &str = "cue-word:";
    let (words, rest) = data.split_once(CUE_WORD)?;
    let (cue_words, rest) = rest.split_once("[cues]\n")?;
    let (cues, rest) = rest.split_once('[')?;
    let mut cue_words: BTreeSet<&str> =
        cue_words.split_whitespace().filter(|word| *word != CUE_WORD).collect();
    let mut verbs: BTreeMap<(&str, Vec<&str>), Vec<&str>> = BTreeMap::new();
    for (forms, tags) in cues.lines().filter_map(|row| row.split_once(" : ")) {
        let forms: Vec<&str> = forms.split_whitespace().collect();
        for form in &forms {
            cue_words.remove(form);
        }
        let stem = forms.iter().copied().reduce(common).unwrap_or("");
        let endings = forms.iter().filter_map(|form| form.strip_prefix(stem)).collect();
        verbs.entry((tags, endings)).or_default().push(stem);
    }
    let mut rows: BTreeMap<&str, (String, Vec<String>)> = BTreeMap::new();
    for ((tags, endings), stems) in verbs {
        let (plain, grouped) = rows.entry(tags).or_default();
        match stems.as_slice() {
            [stem] => endings.iter().for_each(|ending| *plain += &[stem, *ending, " "].concat()),
            _ => grouped.push(in_endings(&stems, &endings)),
        }
    }
    let mut cues = String::new();
    for (tags, (plain, grouped)) in rows {
        for forms in grouped.iter().chain((!plain.is_empty()).then_some(&plain)) {
            cues += &format!("{} : {tags}\n", forms.trim_end());
        }
    }
    let mut heads = String::new();
    for forms in by_endings(&mut cue_words) {
        heads += &format!("{CUE_WORD} {forms}\n");
    }
    let left: Vec<&str> = cue_words.into_iter().collect();
    Some(format!("{words}{heads}{CUE_WORD} {}\n[cues]\n{cues}[{rest}", left.join(" ")))
}

/// What two words begin with.
fn common<'a>(a: &'a str, b: &'a str) -> &'a str {
    let same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    &a[..a.floor_char_boundary(same)]
}

fn in_endings(stems: &[&str], endings: &[&str]) -> String {
    let endings: String = endings.iter().map(|ending| [" +", ending].concat()).collect();
    stems.join(" ") + &endings
}

/// Takes the words out of `words` of which several have the same endings, and groups them by these.
fn by_endings<'a>(words: &mut BTreeSet<&'a str>) -> Vec<String> {
    const ENDINGS: [&str; 10] = ["", "s", "ed", "ing", "es", "d", "e", "ion", "ment", "ly"];
    const FEW: usize = 3;
    let mut stems: BTreeMap<&'a str, usize> = BTreeMap::new();
    for word in words.iter() {
        for ending in ENDINGS {
            if let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.len() >= FEW) {
                *stems.entry(stem).or_default() += 1;
            }
        }
    }
    let mut stems: Vec<(&str, usize)> = stems.into_iter().collect();
    stems.sort_by_key(|&(_, n_endings)| std::cmp::Reverse(n_endings));
    let mut free = words.clone();
    let mut groups: BTreeMap<Vec<&str>, Vec<&str>> = BTreeMap::new();
    for (stem, _) in stems {
        let has = |ending: &&str| free.contains([stem, *ending].concat().as_str());
        let endings: Vec<&str> = ENDINGS.into_iter().filter(has).collect();
        if endings.len() > 1 {
            free.retain(|word| !word.strip_prefix(stem).is_some_and(|e| endings.contains(&e)));
            groups.entry(endings).or_default().push(stem);
        }
    }
    groups.retain(|_, stems| stems.len() >= FEW);
    for (endings, stems) in &groups {
        words.retain(|word| {
            !stems.iter().any(|s| word.strip_prefix(s).is_some_and(|e| endings.contains(&e)))
        });
    }
    groups.iter().map(|(endings, stems)| in_endings(stems, endings)).collect()
}

/// Comments are for people; readers need not download them.
fn without_comments(path: &str) -> io::Result<String> {
    let text = fs::read_to_string(path)?;
    let rows = text.lines().map(str::trim_end);
    let kept = rows.filter(|l| !l.is_empty() && *l != "#" && !l.starts_with("# "));
    Ok(kept.fold(String::new(), |all, l| all + l + "\n"))
}
