//! Runs the command `dixit` as scripts do.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use dixit_engine::{analyse, plain_text};
use serde_json::{Value, json};

fn dixit(arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_dixit"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts")
}

/// Runs `dixit attribute --jsonl` with `input`.
fn attribute(input: impl Into<Vec<u8>>) -> Output {
    attribute_with(&[], input)
}

fn attribute_with(options: &[&str], input: impl Into<Vec<u8>>) -> Output {
    let mut child = dixit(&[&["attribute", "--jsonl"], options].concat());
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.into();
    // From a thread, since the program writes while it reads.
    let writer = thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("a thread").expect("all input is read");
    output
}

fn records(output: &Output) -> Vec<Value> {
    let text = std::str::from_utf8(&output.stdout).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn complaints(output: &Output) -> Vec<&str> {
    std::str::from_utf8(&output.stderr).expect("UTF-8").lines().collect()
}

/// What `[[start, end], …]` covers of a text's code points.
fn cut(points: &[char], spans: &Value) -> Vec<String> {
    let at = |n: &Value| usize::try_from(n.as_u64().expect("a number")).expect("an offset");
    let spans = spans.as_array().expect("a list");
    spans.iter().map(|s| points[at(&s[0])..at(&s[1])].iter().collect()).collect()
}

/// Whether `record` says of `text` what the engine says.
fn agrees(record: &Value, text: &str) {
    let points: Vec<char> = text.chars().collect();
    let article = plain_text::body(text);
    let analysis = analyse(&article);
    let attributions = record["attributions"].as_array().expect("a list");
    assert_eq!(attributions.len(), analysis.attributions.len(), "{text:?}");
    for (record, a) in attributions.iter().zip(&analysis.attributions) {
        let words = |spans: &[_]| -> Vec<&str> { spans.iter().map(|&s| article.text(s)).collect() };
        assert_eq!(cut(&points, &record["content"]), words(&a.content), "{text:?}");
        assert_eq!(cut(&points, &record["cue"]), words(a.cue.as_slice()), "{text:?}");
        assert_eq!(cut(&points, &record["source"]), words(a.source.as_slice()), "{text:?}");
        let speaker = a.speaker.map(|s| analysis.speakers[s].name.as_str());
        assert_eq!(record["speaker"].as_str(), speaker);
    }
    let names: Vec<_> = analysis.speakers.iter().map(|s| s.name.as_str()).collect();
    let speakers = record["speakers"].as_array().expect("a list");
    assert_eq!(
        speakers.iter().map(|s| s["name"].as_str()).collect::<Option<Vec<_>>>(),
        Some(names)
    );
}

#[test]
fn a_record_has_the_promised_shape() {
    let line = json!({ "id": "a1", "title": "Harbour vote", "text": "“It is over,” said Ann Lee, the mayor." });
    let output = attribute(format!("{line}\n"));
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(complaints(&output), [""; 0]);
    let mut record = records(&output).remove(0);
    for list in ["attributions", "speakers"] {
        let id = record[list][0]["id"].take();
        assert!(id.as_str().is_some_and(|id| id.len() > 5), "{id}");
    }
    let expected = json!({
        "id": "a1", "language": "en",
        "attributions": [{
            "id": null, "kind": "direct", "source": [[19, 37]], "cue": [[14, 18]], "content": [[0, 13]],
            "speaker": "Ann Lee", "speaker_id": "s-ann-lee",
            "why": {
                "rule": "cue-after-inverted", "resolution": "name",
                "words": "cue and then source follow what is said; the source holds the speaker's full name",
            },
            "confidence": "high",
        }],
        "speakers": [{
            "id": null, "name": "Ann Lee", "kind": "person", "role": "mayor", "affiliation": null,
            "mentions": [[19, 37]],
        }],
    });
    assert_eq!(record, expected);
}

#[test]
fn spans_are_code_points_of_the_text_as_given() {
    const PIECES: &[&str] = &[
        "“Go,” said Ann Lee.",
        "\"We 🎉 stay,\" Bo Berg added.",
        "She said that it would rain. ",
        "„Ja“, sagte er.",
        "𝔘𝔫𝔦 ",
        "\n",
        "\r\n",
        "\t",
        "\0",
        "\u{feff}",
        "\u{a0}",
        "\u{2028}",
        "é",
        "e\u{301}",
        "“",
        "”",
        "Post a Comment\n",
        "according to Ann Lee ",
        "\u{200b}",
        "\u{202e}",
        "👩‍🚀",
        "\u{fffd}",
        "\n\n",
        " ",
        "Lee: “No.”",
    ];
    let mut seed = 3_u64;
    let mut next = |n: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % n
    };
    let texts: Vec<String> =
        (0..500).map(|_| (0..next(25)).map(|_| PIECES[next(PIECES.len())]).collect()).collect();
    let input: String = texts
        .iter()
        .enumerate()
        .map(|(id, text)| format!("{}\n", json!({ "id": id, "text": text })))
        .collect();
    let output = attribute_with(&["--threads", "3"], input);
    assert_eq!((output.status.code(), complaints(&output)), (Some(0), vec![]));
    let records = records(&output);
    assert_eq!(records.len(), texts.len());
    let mut n_attributions = 0;
    for (id, (record, text)) in records.iter().zip(&texts).enumerate() {
        assert_eq!(record["id"], id);
        agrees(record, text);
        n_attributions += record["attributions"].as_array().map_or(0, Vec::len);
    }
    assert!(n_attributions > 500, "{n_attributions}");
}

#[test]
fn odd_texts_are_read_as_they_are() {
    let long = "“Go,” said Ann Lee. ".repeat(30_000);
    for text in ["", "\u{feff}", "a\0b\t“Go,” said Ann Lee.\r\n", "\n\n“🎉,” said Ann Lee.", &long]
    {
        let output = attribute(format!("\u{feff}{}\r\n", json!({ "id": "x", "text": text })));
        assert_eq!((output.status.code(), complaints(&output)), (Some(0), vec![]));
        agrees(&records(&output)[0], text);
    }
    // Half a surrogate pair counts as one code point, as it does for whoever could write it.
    let output = attribute(r#"{"id":1,"text":"\ud83d \u201cGo,\u201d said Ann Lee."}"#);
    assert_eq!(records(&output)[0]["attributions"][0]["content"], json!([[2, 7]]));
}

#[test]
fn a_title_helps_to_tell_the_speakers() {
    let text = "“Go,” said Lee.";
    let with = json!({ "id": 1, "title": "Ann Lee goes", "text": text });
    let without = json!({ "id": 2, "text": text });
    let records = records(&attribute(format!("{with}\n{without}")));
    assert_eq!(records[0]["attributions"][0]["speaker"], "Ann Lee");
    assert_eq!(records[1]["attributions"][0]["speaker"], "Lee");
}

#[test]
fn every_bad_line_gives_one_message_and_the_rest_goes_on() {
    let good = |id: u64| json!({ "id": id, "text": "“Go,” said Ann Lee." }).to_string();
    let (first, last) = (good(1), good(8));
    let lines: [&[u8]; 9] = [
        first.as_bytes(),
        b"nonsense",
        b"{\"id\":3}",
        b"",
        b"{\"text\":\"no id\"}",
        b"{\"id\":6,\"text\":\"\xff\"}",
        b"[]",
        last.as_bytes(),
        b"{\"id\":9,\"text\":",
    ];
    let output = attribute(lines.join(&b'\n'));
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        complaints(&output),
        [
            "dixit: line 2: not JSON: expected ident (column 2)",
            "dixit: line 3: the text is missing",
            "dixit: line 5: the id is missing",
            "dixit: line 6: not UTF-8 from byte 17 on",
            "dixit: line 7: not a JSON object",
            "dixit: line 9: not JSON: EOF while parsing a value (column 15)",
        ]
    );
    let ids: Vec<Value> = records(&output).iter().map(|r| r["id"].clone()).collect();
    assert_eq!(ids, [1, 8]);
}

#[test]
fn no_input_gives_no_output() {
    for input in ["", "\n", "\u{feff}\r\n\r\n"] {
        let output = attribute(input);
        assert_eq!((output.status.code(), output.stdout, output.stderr), (Some(0), vec![], vec![]));
    }
}

#[test]
fn a_record_comes_while_the_input_is_still_open() {
    let mut child = dixit(&["attribute", "--jsonl"]);
    let mut stdin = child.stdin.take().expect("a pipe");
    let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
    for id in 0..3 {
        writeln!(stdin, "{}", json!({ "id": id, "text": "“Go,” said Ann Lee." })).expect("a line");
        let mut line = String::new();
        stdout.read_line(&mut line).expect("a record");
        let record: Value = serde_json::from_str(&line).expect("JSON");
        assert_eq!(record["id"], id);
    }
    drop(stdin);
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn a_closed_output_ends_it_quietly() {
    let mut child = dixit(&["attribute", "--jsonl"]);
    let mut stdin = child.stdin.take().expect("a pipe");
    let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
    let line = format!("{}\n", json!({ "id": 1, "text": "“Go,” said Ann Lee." }));
    stdin.write_all(line.as_bytes()).expect("a first line");
    stdout.read_line(&mut String::new()).expect("a first record");
    drop(stdout);
    // The input stays open, so that only the closed output can end it. A program that another test is
    // about to start holds the output too for a moment, and so one line more is not enough.
    let began = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("a status") {
            break status;
        }
        assert!(began.elapsed() < Duration::from_secs(20), "it still runs");
        // It may have ended meanwhile.
        let _ = stdin.write_all(line.as_bytes());
        thread::sleep(Duration::from_millis(50));
    };
    drop(stdin);
    assert_eq!(status.code(), Some(0));
    let output = child.wait_with_output().expect("its messages");
    assert_eq!(complaints(&output), [""; 0]);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_said() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("the device");
    let mut child = Command::new(env!("CARGO_BIN_EXE_dixit"))
        .args(["attribute", "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(full)
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    writeln!(stdin, "{}", json!({ "id": 1, "text": "" })).expect("a line");
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(1));
    let complaints = complaints(&output);
    assert!(
        complaints[0].starts_with("dixit: cannot write to standard output: "),
        "{complaints:?}"
    );
}

#[test]
fn wrong_usage_is_2_and_help_is_0() {
    for (arguments, code) in [
        (&[][..], 2),
        (&["attribute"], 2),
        (&["attribute", "--jsonl", "--threads", "0"], 2),
        (&["attribute", "--jsonl", "--threads", "1000000"], 2),
        (&["import"], 2),
        (&["import", "a", "b"], 2),
        (&["import", "--jsonl", "--entry", "1", "a"], 2),
        (&["atribute"], 2),
        (&["--help"], 0),
        (&["--version"], 0),
        (&["attribute", "--help"], 0),
        (&["attribute", "-h"], 0),
        (&["import", "--help"], 0),
    ] {
        let mut child = dixit(arguments);
        drop(child.stdin.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        let (said, silent) =
            if code == 0 { (output.stdout, output.stderr) } else { (output.stderr, output.stdout) };
        assert!(!said.is_empty() && silent.is_empty(), "{arguments:?}");
    }
}

#[test]
fn the_example_of_the_help_is_true() {
    let help = dixit(&["attribute", "--help"]).wait_with_output().expect("it ends").stdout;
    let help = String::from_utf8(help).expect("UTF-8");
    let input = help.lines().find(|l| l.contains("“It is over,”")).expect("an example").trim();
    let record = records(&attribute(input)).remove(0);
    for field in ["source", "cue", "content"] {
        let spans = record["attributions"][0][field].to_string().replace(',', ", ");
        let shown = format!("\"{field}\": {spans}");
        assert!(help.contains(&shown), "not in the help: {shown}");
    }
    let mentions = record["speakers"][0]["mentions"].to_string().replace(',', ", ");
    assert!(help.contains(&format!("\"mentions\": {mentions}")), "{mentions}");
    for value in ["rule", "resolution"] {
        let shown = format!("\"{value}\": {}", record["attributions"][0]["why"][value]);
        assert!(help.contains(&shown), "not in the help: {shown}");
    }
    assert!(help.contains(&format!("\"speaker_id\": {}", record["attributions"][0]["speaker_id"])));
    assert!(
        help.contains(&format!("\"language\": {}", record["language"])),
        "{}",
        record["language"]
    );
}

/// A file of `tests/imports`.
fn file(name: &str) -> String {
    format!("{}/../tests/imports/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn run(arguments: &[&str]) -> Output {
    dixit(arguments).wait_with_output().expect("it ends")
}

#[test]
fn files_of_every_form_are_imported_one_article_a_line() {
    let names =
        ["news-page.html", "post.md", "feed.rss", "article.jsonld", "cyrillic.txt", "own.json"];
    let files = names.map(file);
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let output = run(&[&["import", "--jsonl"], &files[..]].concat());
    assert_eq!(output.status.code(), Some(0), "{:?}", complaints(&output));
    let records = records(&output);
    let entries: Vec<(&str, &Value)> =
        records.iter().map(|r| (r["file"].as_str().expect("a name"), &r["entry"])).collect();
    let (one, two) = (json!(1), json!(2));
    let expected: Vec<(&str, &Value)> = vec![
        (files[0], &Value::Null),
        (files[1], &Value::Null),
        (files[2], &one),
        (files[2], &two),
        (files[3], &Value::Null),
        (files[4], &Value::Null),
        (files[5], &Value::Null),
    ];
    assert_eq!(entries, expected);
    let page = &records[0];
    assert_eq!(page["title"], "Lighthouse keeper’s cottage to become a library");
    assert_eq!((&page["date"], &page["language"]), (&json!("2025-10-02"), &json!("en-GB")));
    let text = page["text"].as_str().expect("a text");
    assert!(text.contains("\n\nBooks by boat\n\n") && !text.contains("A white cottage"), "{text}");
    let aside = page["set_aside"].as_array().expect("a list");
    for (kind, words) in
        [("sharing", "Share this article"), ("credit", "Photograph: Ines Bell/Skerry Post")]
    {
        assert!(aside.contains(&json!({ "kind": kind, "text": words })), "{words}");
    }
    assert_eq!(records[3]["problems"], json!(["the feed has only a summary of this article"]));
    assert_eq!(records[5]["language"], "mk");
}

#[test]
fn one_article_is_written_as_a_document() {
    let page = file("feed.rss");
    let output = run(&["import", "--entry", "1", &page]);
    assert_eq!(output.status.code(), Some(0), "{:?}", complaints(&output));
    let json = std::str::from_utf8(&output.stdout).expect("UTF-8");
    let (article, analysis) = dixit_engine::format::read(json).expect("a document");
    assert_eq!(article.title.as_deref(), Some("Ferry timetable cut & crew kept"));
    assert_eq!(analysis, None);
    for arguments in [&["import", &page][..], &["import", "--entry", "3", &page]] {
        let output = run(arguments);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    }
}

#[test]
fn who_said_what_is_found_in_files_of_any_form() {
    let (page, feed) = (file("news-page.html"), file("feed.rss"));
    let output = run(&["attribute", &page, &feed]);
    assert_eq!(output.status.code(), Some(0), "{:?}", complaints(&output));
    let records = records(&output);
    assert_eq!(records.len(), 3);
    for record in &records {
        let points: Vec<char> = record["text"].as_str().expect("a text").chars().collect();
        for attribution in record["attributions"].as_array().expect("a list") {
            assert!(!cut(&points, &attribution["content"]).is_empty());
        }
    }
    let points: Vec<char> = records[0]["text"].as_str().expect("a text").chars().collect();
    let said = records[0]["attributions"].as_array().expect("a list");
    let quoted = said.iter().find(|a| a["speaker"] == "Ruth Garrow").expect("her words");
    assert_eq!(
        cut(&points, &quoted["content"]),
        ["“We kept the light for ships, and now we keep one for readers,”"]
    );
}

#[test]
fn files_that_cannot_be_read_are_named_and_the_others_go_on() {
    let (good, bad, gone) = (file("note.md"), file("report.pdf"), file("nowhere.html"));
    for command in [&["import", "--jsonl"][..], &["attribute"]] {
        let output = run(&[command, &[bad.as_str(), &good, &gone]].concat());
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(records(&output).len(), 1);
        let complaints = complaints(&output);
        assert_eq!(complaints.len(), 2, "{complaints:?}");
        assert!(complaints[0].ends_with("report.pdf: no text but a PDF file"), "{complaints:?}");
        assert!(complaints[1].contains("nowhere.html: "), "{complaints:?}");
    }
}

#[test]
fn statements_are_written_as_a_table_and_as_json_ld() {
    let input = r#"{"id":"a,1","text":"“It is over,” said Ann Lee. “=1+1, then,” said Bo Ray."}
{"id":2,"text":"Nobody says anything."}
"#;
    let output = attribute_with(&["--format", "csv"], input);
    let table = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut rows = csv::ReaderBuilder::new().flexible(false).from_reader(table.as_bytes());
    let columns: Vec<String> = rows.headers().expect("a head").iter().map(str::to_owned).collect();
    assert_eq!(columns[0], "article");
    let at = |name: &str| columns.iter().position(|column| column == name).expect(name);
    let rows: Vec<csv::StringRecord> = rows.records().map(|row| row.expect("a row")).collect();
    let said: Vec<(&str, &str, &str)> =
        rows.iter().map(|row| (&row[0], &row[at("speaker")], &row[at("words")])).collect();
    assert_eq!(said, [("a,1", "Ann Lee", "“It is over,”"), ("a,1", "Bo Ray", "“=1+1, then,”")]);
    assert!(
        table.ends_with("\r\n") && table.matches('\n').count() == table.matches("\r\n").count()
    );
    let output = attribute_with(&["--format", "json-ld"], input);
    let articles = records(&output);
    assert_eq!(articles.len(), 2);
    assert_eq!(articles[0]["@type"], "NewsArticle");
    assert_eq!(articles[0]["hasPart"][0]["text"], "“It is over,”");
    assert_eq!(articles[0]["mentions"][1]["name"], "Bo Ray");
}
