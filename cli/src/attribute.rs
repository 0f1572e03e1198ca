//! `dixit attribute --jsonl`: articles as JSON lines in, who said what as JSON lines out.

use std::io::{BufRead, BufWriter, Write, stdin, stdout};
use std::process::ExitCode;

use dixit_engine::{Analysis, Article, Block, Origin, Span, analyse};
use serde_json::{Value, json};

pub(crate) fn jsonl() -> ExitCode {
    let mut out = BufWriter::new(stdout().lock());
    for line in stdin().lock().lines() {
        let Ok(line) = line else { return ExitCode::FAILURE };
        let v: Value = serde_json::from_str(&line).unwrap();
        let text = v["text"].as_str().unwrap();
        let article = article(v["title"].as_str(), text);
        let analysis = analyse(&article);
        let row = row(&v["id"], text, &article, &analysis);
        writeln!(out, "{row}").unwrap();
    }
    ExitCode::SUCCESS
}

fn article(title: Option<&str>, text: &str) -> Article {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        if !line.trim().is_empty() {
            let mut b = Block::paragraph(line);
            b.origin.push(Origin { at: 0, input: at });
            blocks.push(b);
        }
        at += line.len() + 1;
    }
    Article {
        title: title.map(str::to_string),
        blocks,
        language: Some("en".into()),
        ..Article::default()
    }
}

fn row(id: &Value, text: &str, article: &Article, analysis: &Analysis) -> Value {
    let mut points = vec![0usize; text.len() + 1];
    let mut n = 0;
    for (i, p) in points.iter_mut().enumerate() {
        *p = n;
        if text.is_char_boundary(i + 1) {
            n += 1;
        }
    }
    let spans = |s: &[Span]| -> Value {
        s.iter()
            .map(|s| {
                let b = &article.blocks[s.block];
                json!([points[b.to_input(s.start).unwrap()], points[b.to_input(s.end).unwrap()]])
            })
            .collect()
    };
    let attributions: Vec<Value> = analysis
        .attributions
        .iter()
        .map(|a| {
            json!({
                "kind": format!("{:?}", a.kind).to_lowercase(),
                "source": spans(a.source.as_slice()),
                "cue": spans(a.cue.as_slice()),
                "content": spans(&a.content),
                "speaker": a.speaker.map(|s| &analysis.speakers[s].name),
                "why": format!("{:?}", a.why),
                "confidence": format!("{:?}", a.confidence).to_lowercase(),
            })
        })
        .collect();
    json!({"id": id, "attributions": attributions, "speakers": []})
}
