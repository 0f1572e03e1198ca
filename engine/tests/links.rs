//! Ids, of which links are made: they stay when the article is edited elsewhere.

use std::collections::HashSet;

use dixit_engine::{Analysis, analyse, plain_text};

const ARTICLE: &str = "Harbour vote\n\n\
    “It is over,” said Ann Lee, the mayor. Lee said the gates would stay shut until spring.\n\n\
    “Never,” answered Bo Berg of the Dockers' Union.\n\n\
    Asked about the fees, Cy Dahl of the port said: “Never.”\n\n\
    Dahl said that nobody had asked the pilots.";

fn ids(text: &str) -> (Analysis, Vec<String>) {
    let analysis = analyse(&plain_text::read(text));
    let of_quotations = analysis.quotations.iter().map(|q| q.id.clone());
    let of_statements = analysis.attributions.iter().map(|a| a.id.clone());
    let of_speakers = analysis.speakers.iter().map(|s| s.id.clone());
    let ids = of_quotations.chain(of_statements).chain(of_speakers).collect();
    (analysis, ids)
}

#[test]
fn edits_elsewhere_change_no_id() {
    let (analysis, before) = ids(ARTICLE);
    assert!(analysis.quotations.len() == 3 && analysis.attributions.len() >= 4, "{analysis:#?}");
    for (what, edited) in [
        (
            "a paragraph before",
            ARTICLE.replacen("\n\n", "\n\nIt rained all day in the north.\n\n", 1),
        ),
        ("a paragraph after", [ARTICLE, "\n\nThe council meets again in March."].concat()),
        (
            "a new quotation",
            ARTICLE.replace("\n\n“Never,”", "\n\n“We shall see,” said Di Eng.\n\n“Never,”"),
        ),
        ("another headline", ARTICLE.replacen("Harbour vote", "The harbour votes", 1)),
        ("other marks and spacing", ARTICLE.replace("“It is over,”", "\"It  is over\",")),
    ] {
        let (_, after) = ids(&edited);
        let after: HashSet<String> = after.into_iter().collect();
        let lost: Vec<&String> = before.iter().filter(|id| !after.contains(*id)).collect();
        assert!(lost.is_empty(), "{what}: {lost:?}");
    }
}

#[test]
fn equal_quotations_are_told_apart_by_what_stands_around_them() {
    let (analysis, all) = ids(ARTICLE);
    let [_, first, second] = &analysis.quotations[..] else { panic!("{analysis:#?}") };
    assert!(second.id.starts_with(&format!("{}-", first.id)), "{} {}", first.id, second.id);
    assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len());
    // Without the first, a link to the second still leads to its words.
    let alone = ARTICLE.replace("“Never,” answered Bo Berg of the Dockers' Union.\n\n", "");
    let (analysis, _) = ids(&alone);
    assert_eq!(analysis.quotations[1].id, first.id);
}

#[test]
fn other_words_are_another_id() {
    let (before, _) = ids(ARTICLE);
    let (after, _) = ids(&ARTICLE.replace("It is over", "It is not over"));
    assert_ne!(before.quotations[0].id, after.quotations[0].id);
    assert_ne!(before.attributions[0].id, after.attributions[0].id);
    assert_eq!(before.quotations[1].id, after.quotations[1].id);
}
