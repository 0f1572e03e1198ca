use serde_json::{Value, json};

use super::super::export;
use super::super::tests::id;
use super::*;

/// Moments as numbers: the tests have no browser.
const MOMENTS: Moments = Moments { write: |n| n.to_string(), read: |text| text.parse().ok() };

fn sample() -> Vec<OnArticle> {
    let anchored = Anchor {
        exact: "the “dam”".into(),
        prefix: "at ".into(),
        suffix: ".".into(),
        start: 3,
        end: 12,
    };
    let first = Comment {
        author: Some("Ana, \"A.\"".into()),
        anchor: Some(anchored.write()),
        ..Comment::new(id(1), id(1), "=SUM(A1)\n*really*".into(), 5)
    };
    let edited = first.edited(id(2), "+1".into(), 9);
    let reply = Comment {
        parent: Some(id(1)),
        ..Comment::new(id(3), id(3), "Ќе биде 🎉".into(), 7)
    };
    let gone = Comment::new(id(4), id(4), "gone".into(), 8).marked(id(5), Some(9));
    let one = OnArticle {
        id: "https://news.example/a".into(),
        title: "Harbour vote".into(),
        comments: vec![edited, reply, gone],
    };
    let other = Comment::new(id(6), id(6), "x".repeat(300), 6);
    vec![one, OnArticle { id: "text-1".into(), title: String::new(), comments: vec![other] }]
}

fn alive_in(all: &[OnArticle]) -> Vec<Comment> {
    all.iter().flat_map(alive).cloned().collect()
}

#[test]
fn annotations_come_back_as_they_went() {
    let all = sample();
    let file = annotations(&all, MOMENTS);
    let back = incoming(&file, MOMENTS).expect("our own file");
    assert_eq!((back.n_unreadable, back.articles.len()), (0, 2));
    assert_eq!(alive_in(&back.articles), alive_in(&all));
    assert_eq!(back.articles[0].title, "Harbour vote");
    let read: Value = serde_json::from_str(&file).expect("JSON");
    assert_eq!(read["items"][0]["type"], "Annotation");
    assert_eq!(read["items"][0]["target"]["source"], "https://news.example/a");
    assert_eq!(read["items"][0]["target"]["selector"][0]["exact"], "the “dam”");
    assert_eq!(read["items"][0]["creator"]["name"], "Ana, \"A.\"");
    assert_eq!(read["items"][1]["motivation"], "replying");
    assert_eq!(read["items"][1]["target"], read["items"][0]["id"]);
    // Once more is the same, letter by letter.
    assert_eq!(annotations(&back.articles, MOMENTS), file);
}

#[test]
fn our_own_file_comes_back_as_it_went() {
    let all = sample();
    let file = export(&all[0].id, &all[0].title, &all[0].comments, &["a draft"]);
    let back = incoming(&file, MOMENTS).expect("our own file");
    assert_eq!(alive_in(&back.articles), alive_in(&all[..1]));
}

#[test]
fn annotations_of_others_are_read() {
    let file = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationPage",
        "items": [
            {
                "id": "https://annotations.example/1",
                "type": "Annotation",
                "created": "1000",
                "creator": { "name": "Bo" },
                "body": [{ "type": "TextualBody", "value": "Well." }],
                "target": [{
                    "source": "https://news.example/a",
                    "selector": [
                        { "type": "RangeSelector" },
                        { "type": "TextQuoteSelector", "exact": "the dam", "prefix": "at ", "suffix": "." }
                    ]
                }]
            },
            { "type": "Annotation", "body": "bare words", "target": "https://news.example/b" },
            { "type": "Annotation", "target": "https://news.example/b" }
        ]
    });
    let back = incoming(&file.to_string(), MOMENTS).expect("annotations");
    assert_eq!((back.articles.len(), back.n_unreadable), (2, 1));
    let first = &back.articles[0].comments[0];
    assert_eq!(
        (first.body.as_str(), first.author.as_deref(), first.created),
        ("Well.", Some("Bo"), 1000)
    );
    assert_eq!(first.passage().map(|a| a.exact).as_deref(), Some("the dam"));
    assert!(is_ulid(&first.id));
    assert_eq!(incoming(&file.to_string(), MOMENTS), Ok(back), "the same ids each time");
}

#[test]
fn what_is_no_file_of_comments_is_refused() {
    let many = format!("{{\"items\":[{}0]}}", "0,".repeat(MAX_COMMENTS));
    let newer = r#"{"format":"dixit-comments","version":2,"article":{"id":"a"},"comments":[]}"#;
    let inside =
        r#"{"format":"dixit-comments","version":1,"article":{"id":"a"},"comments":[{"v":2}]}"#;
    for (file, refused) in [
        (" ".repeat(MAX_BYTES + 1), Refused::TooLarge),
        ("[".repeat(33) + &"]".repeat(33), Refused::TooDeep),
        (many, Refused::TooMany),
        (newer.into(), Refused::Newer),
        (inside.into(), Refused::Newer),
        (String::new(), Refused::NotComments),
        ("nonsense".into(), Refused::NotComments),
        ("[1,2]".into(), Refused::NotComments),
        (r#"{"items":[{"type":"Annotation"}]}"#.into(), Refused::NotComments),
        (r#"{"format":"dixit-comments","version":1,"comments":[]}"#.into(), Refused::NotComments),
    ] {
        assert_eq!(incoming(&file, MOMENTS), Err(refused), "{}", file.get(..60).unwrap_or(&file));
    }
}

#[test]
fn every_beginning_of_a_file_is_refused_or_read_without_a_fault() {
    let file = annotations(&sample(), MOMENTS);
    for (at, _) in file.char_indices() {
        assert!(incoming(&file[..at], MOMENTS).is_err(), "cut at {at}");
    }
}

#[test]
fn an_import_replaces_nothing_and_claims_no_history() {
    let first = Comment::new(id(1), id(1), "one".into(), 1);
    let ours = vec![first.edited(id(2), "ours".into(), 2)];
    let theirs = first.edited(id(3), "theirs".into(), 3);
    // A file that says it follows what is here, and one that says it deletes it.
    let follows = Comment { history: vec![id(1), id(2)], ..theirs.clone() };
    let deletes = ours[0].marked(id(4), Some(4));
    for (what, file, n) in [
        ("an older version", vec![first.clone()], (0, 0, 1)),
        ("the same", ours.clone(), (0, 0, 1)),
        ("another edit", vec![theirs], (1, 1, 0)),
        ("one that claims to follow", vec![follows], (1, 1, 0)),
        ("a deletion", vec![deletes], (0, 0, 1)),
        ("a new one", vec![Comment::new(id(9), id(9), "new".into(), 9)], (1, 0, 0)),
    ] {
        let reckoned = reckon(&ours, file);
        let counts = (reckoned.added.len(), reckoned.n_beside, reckoned.n_known);
        assert_eq!(counts, n, "{what}");
        let after = heads([ours.clone(), reckoned.added].concat());
        assert!(after.contains(&ours[0]), "{what}: ours is still there");
    }
}

#[test]
fn the_table_is_read_back_by_a_library_and_runs_no_formula() {
    let all = sample();
    let table = csv(&all, MOMENTS);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
    assert_eq!(rows.len(), alive_in(&all).len());
    assert_eq!((&rows[0][4], &rows[0][7], &rows[0][8]), ("Ana, \"A.\"", "the “dam”", "'+1"));
    assert_eq!((&rows[1][3], &rows[1][8]), (id(1).as_str(), "Ќе биде 🎉"));
}

#[test]
fn the_notes_name_who_and_what() {
    let notes = markdown(&sample(), MOMENTS);
    for part in
        ["# Harbour vote\n", "## Ana, \"A.\", 5\n", "> the “dam”\n", "\n+1\n", "> +1\n\nЌе биде"]
    {
        assert!(notes.contains(part), "{part} in {notes}");
    }
}
