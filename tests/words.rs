//! The languages of the interface: each says everything that the reader says in English, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use dixit_reader::settings::LANGUAGE;

/// The plural categories of each language, see <https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html>.
const CATEGORIES: [(&str, &[&str]); 3] = [
    ("ar", &["zero", "one", "two", "few", "many", "other"]),
    ("de", &["one", "other"]),
    ("mk", &["one", "other"]),
];

/// What the reader says: English words, with the words for one where they depend on a number.
type Said = BTreeMap<String, Option<String>>;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(self::files(&path, extension));
        } else if path.extension().is_some_and(|e| e == extension) {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Every text that stands as a literal in a call of `t`, `word`, `fill`, `woven` or `count` in `code`.
fn said(code: &str, said: &mut Said) {
    // Tests stand at the end of a file.
    let code = code.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    for function in ["t", "word", "fill", "woven", "count"] {
        let call = format!("{function}(");
        for (at, _) in code.match_indices(&call) {
            let before = code[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let arguments = &code[at + call.len()..];
            if function == "count" {
                // The number may be any expression, without literals.
                let number = arguments.find(['"', ';', '{', '}']).unwrap_or(0);
                let Some((one, rest)) = literal(&arguments[number..]) else { continue };
                let Some((other, _)) = literal(rest) else { continue };
                said.insert(other, Some(one));
            } else if let Some((words, _)) = literal(arguments) {
                said.insert(words, None);
            }
        }
    }
}

/// The text of a string literal at the beginning of `code`, and what follows.
fn literal(code: &str) -> Option<(String, &str)> {
    let blank = |c: char| c.is_whitespace() || c == ',';
    let code = code.trim_start_matches(blank).strip_prefix('"')?;
    let (mut text, mut chars) = (String::new(), code.char_indices());
    loop {
        match chars.next()? {
            (at, '"') => return Some((text, &code[at + 1..])),
            (_, '\\') => match chars.next()?.1 {
                'n' => text.push('\n'),
                c @ ('"' | '\\') => text.push(c),
                c => panic!("an escape that is not known: \\{c}"),
            },
            (_, c) => text.push(c),
        }
    }
}

fn said_in(folder: &str) -> Said {
    let mut all = Said::new();
    for file in files(&root().join(folder), "rs") {
        if !file.ends_with("wording.rs") {
            said(&fs::read_to_string(&file).expect("our code"), &mut all);
        }
    }
    all
}

fn language(folder: &str, tag: &str) -> BTreeMap<String, String> {
    let file = root().join(format!("{folder}/{tag}.json"));
    let json = fs::read_to_string(file).expect("a file of words");
    serde_json::from_str(&json).expect("flat JSON of texts")
}

fn places(words: &str) -> usize {
    words.matches("{}").count()
}

#[test]
fn literals_are_found_in_code() {
    let code = "t(\"A \\\"b\\\"\"); part(\"no\"); x.fill(\"{} c\", &[\"no\"]); count(a.len(),\n \"{} d\", \"{} ds\"); t(no); count(\"no\".len());";
    let mut found = Said::new();
    said(&format!("{code}\n#[cfg(test)]\nmod tests {{ t(\"no\") }}"), &mut found);
    let found: Vec<(&str, Option<&str>)> =
        found.iter().map(|(k, v)| (k.as_str(), v.as_deref())).collect();
    assert_eq!(found, [("A \"b\"", None), ("{} c", None), ("{} ds", Some("{} d"))]);
}

#[test]
fn every_language_says_what_english_says() {
    says_all(&said_in("src"), 100, "static/words");
}

#[test]
fn every_language_says_what_published_sites_say() {
    says_all(&said_in("cli/src/site"), 25, "cli/words");
}

/// Checks that the languages in `folder` say what is said in English, which is at least so many texts.
fn says_all(said: &Said, at_least: usize, folder: &str) {
    assert!(said.len() >= at_least, "only {} texts were found", said.len());
    for (tag, categories) in CATEGORIES {
        let mut expected = BTreeSet::new();
        for (english, one) in said {
            match one {
                None => drop(expected.insert(english.clone())),
                Some(_) => expected.extend(categories.iter().map(|c| format!("{english}_{c}"))),
            }
        }
        let words = language(folder, tag);
        let known: BTreeSet<String> = words.keys().cloned().collect();
        let missing: Vec<&String> = expected.difference(&known).collect();
        let stale: Vec<&String> = known.difference(&expected).collect();
        assert!(
            missing.is_empty() && stale.is_empty(),
            "{tag}: missing {missing:#?}, stale {stale:#?}"
        );
        for (key, translated) in &words {
            assert!(!translated.trim().is_empty() && !translated.contains('\n'), "{tag}: {key}");
            // A word for two needs no number.
            let small = ["_zero", "_one", "_two"].iter().any(|end| key.ends_with(end));
            let fits = places(translated) == places(key) || (small && places(translated) == 0);
            assert!(fits, "{tag}: the places of “{key}” and “{translated}” differ");
        }
    }
}

#[test]
fn every_language_can_be_chosen_and_every_choice_has_its_words() {
    let files: Vec<String> = files(&root().join("static/words"), "json")
        .iter()
        .filter_map(|file| Some(file.file_stem()?.to_str()?.to_owned()))
        .collect();
    let mut choices: Vec<&str> = LANGUAGE.choices.iter().map(|choice| choice.0).collect();
    choices.retain(|tag| !["system", "en"].contains(tag));
    choices.sort_unstable();
    assert_eq!(files, choices);
    assert_eq!(files, CATEGORIES.map(|(tag, _)| tag));
}
