//! Whole articles: who said what, against gold in marked text. The form: tests/README.md.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use dixit_engine::{analyse, plain_text};

mod marked;
use marked::marked;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// `UPDATE_EXPECTED=1 cargo test` overwrites the gold; a person reads the diff.
#[test]
fn who_said_what_is_found() {
    let folder = root().join("tests/articles");
    let mut wrong = String::new();
    let mut n = 0;
    let mut golds: Vec<_> = std::fs::read_dir(&folder)
        .expect("tests/articles")
        .map(|e| e.expect("an entry").path())
        .filter(|p| p.to_string_lossy().ends_with(".marked.txt"))
        .collect();
    golds.sort();
    for path in golds {
        let name = path.file_name().expect("a name").to_string_lossy().replace(".marked", "");
        let input = std::fs::read_to_string(folder.join(&name))
            .or_else(|_| std::fs::read_to_string(root().join("static/articles").join(&name)))
            .expect("the article of this gold");
        let article = plain_text::read(&input);
        let found = marked(&article, &analyse(&article).spoken());
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            std::fs::write(&path, &found).expect("a writable folder");
        }
        let gold = std::fs::read_to_string(&path).expect("a gold");
        n += 1;
        for line in gold.lines().filter(|l| !found.lines().any(|f| f == *l)) {
            writeln!(wrong, "{name} - {line}").expect("a string");
        }
        for line in found.lines().filter(|l| !gold.lines().any(|g| g == *l)) {
            writeln!(wrong, "{name} + {line}").expect("a string");
        }
    }
    assert!(n >= 6, "only {n} articles");
    assert!(wrong.is_empty(), "\n{wrong}");
}
