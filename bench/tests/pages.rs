//! The importer on the pages that lie beside a checkout for development: what `--bench pages` compares.

use dixit_bench::articles::workspace;
use dixit_bench::pages;

#[test]
fn pages_keep_the_words_of_their_articles() {
    let Ok(all) = pages::pages(&workspace().join("../shared/hostile/readability")) else {
        eprintln!("no pages here: nothing read");
        return;
    };
    let score = pages::score(&all, &pages::ours(&all));
    println!("{score:?} of {} pages", all.len());
    assert!(score.f1 >= 0.95, "{score:?}");
    // Titles and bylines are matters of taste on some.
    assert!(score.titles * 10 >= all.len() * 9, "{score:?}");
    assert!(score.bylines * 10 >= all.len() * 8, "{score:?}");
}
