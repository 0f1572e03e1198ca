//! The versioned JSON: goes there and back, reads its golden file for ever, takes hostile input.

use dixit_engine::format::{self, FormatError};
use dixit_engine::{
    Article, Block, BlockKind, Direction, Mark, MarkKind, Problem, Span, analyse, plain_text,
};

const PAGE: &str = "Fähre fällt aus\n\n5. März 2024\n\nDie Fähre ist auf einen Felsen gelaufen und muss in die Werft. „Das ist bitter“, sagte die Direktorin Ida Holm.\n\n\
• Erster Punkt\n\nKeine Kommentare:\n\nKommentar veröffentlichen";

fn everything() -> Article {
    let mut article = plain_text::read(PAGE);
    let all = [
        BlockKind::Heading(3),
        BlockKind::ListItem { number: Some(3), depth: 1 },
        BlockKind::Quote,
        BlockKind::Preformatted,
        BlockKind::Image {
            url: "https://example.org/a.png".into(),
            credit: Some("Ida Holm".into()),
        },
        BlockKind::Caption,
        BlockKind::Cell { header: true, first: true },
        BlockKind::Cell { header: false, first: false },
        BlockKind::Rule,
    ];
    for kind in all {
        article.blocks.push(Block { kind, ..Block::paragraph("Äh, \"q\" \\ 🎉") });
    }
    let kinds = [MarkKind::Emphasis, MarkKind::Strong, MarkKind::Code, MarkKind::Link("/x".into())];
    article.blocks[0].marks =
        kinds.into_iter().map(|kind| Mark { start: 0, end: 3, kind }).collect();
    article.direction = Direction::Rtl;
    article.site = Some("Hafenblatt".into());
    article.source_url = Some("https://example.org/".into());
    article
        .problems
        .push(Problem { at: Some(Span { block: 0, start: 0, end: 3 }), message: "odd".into() });
    article
}

#[test]
fn documents_go_there_and_back() {
    let article = everything();
    let analysis = analyse(&article);
    assert!(!analysis.attributions.is_empty());
    let json = format::write(&article, Some(&analysis));
    assert_eq!(format::read(&json), Ok((article, Some(analysis))));
}

/// What version 1 ever wrote must be read for ever. `UPDATE_EXPECTED=1` writes what is missing.
#[test]
fn the_golden_files_of_version_1_are_read() {
    // The second has tables, captions and nested lists, which the first had not yet.
    for (name, n_blocks) in [("document-1", 8), ("document-1-tables", 11)] {
        let path = format!("{}/tests/golden/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let article = everything();
        if std::env::var_os("UPDATE_EXPECTED").is_some() && !std::path::Path::new(&path).exists() {
            let json = format::write(&article, Some(&analyse(&article)));
            std::fs::write(&path, json).expect("a writable folder");
        }
        let golden = std::fs::read_to_string(&path).expect("the golden file");
        let (read, analysis) = format::read(&golden).expect("a document");
        assert_eq!(read.blocks.len(), n_blocks);
        assert_eq!(read.title.as_deref(), Some("Fähre fällt aus"));
        assert_eq!(read.set_aside[0].before, if n_blocks == 8 { 8 } else { 2 });
        let analysis = analysis.expect("an analysis");
        assert_eq!(analysis.speakers[0].name, "Ida Holm");
        assert_eq!(read.text(analysis.quotations[0].span), "„Das ist bitter“");
    }
}

#[test]
fn other_files_are_refused_in_words() {
    let malformed = |json: &str| matches!(format::read(json), Err(FormatError::Malformed(_)));
    assert!(malformed("") && malformed("{") && malformed(&"[".repeat(100_000)));
    assert!(malformed(r#"{"format":"dixit","version":1}"#));
    assert_eq!(format::read("[1]"), Err(FormatError::OtherFormat));
    assert_eq!(format::read(r#"{"format":"x"}"#), Err(FormatError::OtherFormat));
    let newer = r#"{"format":"dixit","version":2,"article":{"blocks":[]}}"#;
    assert_eq!(format::read(newer), Err(FormatError::Newer(2)));
}

#[test]
fn what_does_not_fit_is_dropped() {
    let json = r#"{"format":"dixit","version":1,"article":{"id":"a","blocks":[{"kind":"new","text":"é","marks":[
        {"start":0,"end":9,"kind":"strong"},{"start":0,"end":1,"kind":"strong"}]}]},
        "analysis":{"quotations":[{"id":"q","span":[0,0,1],"attribution":7},{"id":"q","span":[3,0,1]},{"id":"q","span":[0,1,0]}],
        "attributions":[{"id":"a","kind":"direct","content":[[0,0,1],[0,-1,"x"]],"speaker":1}],"speakers":[]}}"#;
    let (article, analysis) = format::read(json).expect("a document");
    let analysis = analysis.expect("an analysis");
    assert_eq!(article.blocks[0].marks.len(), 1);
    assert_eq!(analysis.quotations.len(), 1);
    assert_eq!(analysis.quotations[0].attribution, None);
    assert_eq!(analysis.attributions[0].content.len(), 1);
    assert_eq!(analysis.attributions[0].speaker, None);
}
