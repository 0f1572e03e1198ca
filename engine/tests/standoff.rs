//! Texts without a page around them, and spans that lead back to them.

use dixit_engine::format::{OffsetUnit, write_standoff};
use dixit_engine::{Analysis, Article, analyse, plain_text};
use serde_json::Value;

/// Texts of which nothing may be taken for furniture, each with how many statements are in it.
const TEXTS: &[(&str, usize)] = &[
    ("", 0),
    (" \r\n\t\u{feff}\u{a0}\n", 0),
    ("Nobody says a thing.", 0),
    ("\u{feff}“We 🎉 won,” said Ann Lee.\r\n\r\n\tShe added: “Twice!”\r“Thrice,” said Bo Berg.", 3),
    // What a page would set aside counts here.
    ("Post a Comment\n“Go,” said Ann Lee.\nRead more\nShare this\n“Stay,” said Bo Berg.", 2),
    ("“We\u{0}go,”\tsaid Ann Lee.\u{2028}“\u{fffd} stay,” said Bo Berg.", 2),
    (
        "„Das 𝔉est fällt aus“, sagte die Bürgermeisterin Ida Holm. Sie sagte, dass es regnen werde.",
        2,
    ),
    ("- “First,” said Ann Lee.\n2) “Second,” said Bo Berg.", 2),
];

fn read(text: &str) -> (Article, Analysis) {
    let article = plain_text::body(text);
    let analysis = analyse(&article);
    (article, analysis)
}

#[test]
fn a_body_keeps_every_visible_character_in_its_place() {
    for (text, n_statements) in TEXTS {
        let (article, analysis) = read(text);
        assert_eq!(analysis.attributions.len(), *n_statements, "{text:?}");
        assert!(article.title.is_none() && article.set_aside.is_empty());
        let mut rest = text.to_string();
        for block in article.blocks.iter().rev() {
            let (start, end) = (block.to_input(0), block.to_input(block.text.len()));
            let range = start.expect("a start")..end.expect("an end");
            assert_eq!(text.get(range.clone()), Some(block.text.as_str()));
            rest.replace_range(range, "");
        }
        assert_eq!(
            rest.replace(|c: char| c.is_whitespace() || c == '\u{feff}', ""),
            "",
            "{text:?}"
        );
    }
}

#[test]
fn a_long_line_is_one_block() {
    let text = "“Go,” said Ann Lee. ".repeat(20_000);
    let (article, analysis) = read(&text);
    assert_eq!(article.blocks.len(), 1);
    assert_eq!(analysis.attributions.len(), 20_000);
}

#[test]
fn the_language_is_told_from_the_text() {
    for (text, expected) in [
        ("The council said that it would not close the school by the river.", Some("en")),
        ("Le maire a dit que la ville ne fermera pas une école dans le quartier.", Some("fr")),
        ("Hi", None),
    ] {
        assert_eq!(plain_text::body(text).language.as_deref(), expected, "{text}");
    }
}

/// The piece of `text` that `[start, end]` covers, cut as a program that counts in `unit` would.
fn cut(text: &str, span: &Value, unit: OffsetUnit) -> String {
    let at = |i: usize| span[i].as_u64().expect("a number") as usize;
    let (start, n) = (at(0), at(1) - at(0));
    match unit {
        OffsetUnit::CodePoints => text.chars().skip(start).take(n).collect(),
        OffsetUnit::Utf16 => {
            let units: Vec<u16> = text.encode_utf16().skip(start).take(n).collect();
            String::from_utf16(&units).expect("whole characters")
        }
    }
}

#[test]
fn spans_cut_what_the_engine_means() {
    for (text, _) in TEXTS {
        let (article, analysis) = read(text);
        for unit in [OffsetUnit::CodePoints, OffsetUnit::Utf16] {
            let json = write_standoff(text, &article, &analysis, unit);
            let record: Value = serde_json::from_str(&json).expect("JSON");
            let written = record["attributions"].as_array().expect("a list");
            assert_eq!(written.len(), analysis.attributions.len());
            for (record, a) in written.iter().zip(&analysis.attributions) {
                for (name, spans) in [
                    ("source", a.source.as_slice()),
                    ("cue", a.cue.as_slice()),
                    ("content", &a.content),
                ] {
                    let spans: Vec<&str> = spans.iter().map(|&s| article.text(s)).collect();
                    let pieces = record[name].as_array().expect("a list");
                    let pieces: Vec<_> = pieces.iter().map(|s| cut(text, s, unit)).collect();
                    assert_eq!(pieces, spans, "{name} in {text:?}");
                }
                let speaker = a.speaker.map(|s| &analysis.speakers[s]);
                assert_eq!(record["speaker"].as_str(), speaker.map(|s| s.name.as_str()));
                assert_eq!(record["speaker_id"].as_str(), speaker.map(|s| s.id.as_str()));
                assert!(record["why"]["words"].as_str().is_some_and(|w| !w.is_empty()));
            }
            for (record, s) in
                record["speakers"].as_array().into_iter().flatten().zip(&analysis.speakers)
            {
                assert_eq!(record["name"], s.name.as_str());
                let pieces = record["mentions"].as_array().expect("a list");
                let pieces: Vec<_> = pieces.iter().map(|span| cut(text, span, unit)).collect();
                let mentions: Vec<&str> = s.mentions.iter().map(|&m| article.text(m)).collect();
                assert_eq!(pieces, mentions);
            }
        }
    }
}

#[test]
fn spans_lead_through_wrapped_lines_of_a_page() {
    let page = "The ferry\n\nThe old ferry must stay in the harbour of the town\r\nuntil the end of May, “because of the engine that\r\nbroke,” said Ann Lee.";
    let article = plain_text::read(page);
    let analysis = analyse(&article);
    let json = write_standoff(page, &article, &analysis, OffsetUnit::CodePoints);
    let record: Value = serde_json::from_str(&json).expect("JSON");
    let content = cut(page, &record["attributions"][0]["content"][0], OffsetUnit::CodePoints);
    assert!(content.ends_with("engine that\r\nbroke,”"), "{content}");
}

#[test]
fn what_does_not_fit_is_left_out() {
    let (mut article, analysis) = read("“Go,” said Ann Lee.");
    article.blocks[0].origin.clear();
    let json = write_standoff("“Go,” said Ann Lee.", &article, &analysis, OffsetUnit::CodePoints);
    assert!(json.contains(r#""content":[]"#), "{json}");
    let (article, analysis) = read("“Go,” said Ann Lee.");
    let json = write_standoff("x", &article, &analysis, OffsetUnit::Utf16);
    assert!(json.contains(r#""content":[]"#), "{json}");
}
