//! A short run of every target, and the hostile texts that come beside a checkout for development.

use std::fs;
use std::path::Path;

use dixit_fuzz::{TARGETS, check, run};
use serde_json::Value;

#[test]
fn every_promise_is_kept_on_odd_input() {
    for target in TARGETS {
        if let Some(failure) = run::seeds(target, 0..1_000) {
            panic!("{failure}");
        }
    }
}

/// Every string in `value`.
fn strings<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
    match value {
        Value::String(text) => found.push(text),
        Value::Array(list) => list.iter().for_each(|v| strings(v, found)),
        Value::Object(fields) => fields.values().for_each(|v| strings(v, found)),
        _ => {}
    }
}

#[test]
fn shared_hostile_texts_keep_every_promise() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/hostile");
    let Ok(entries) = fs::read_dir(folder) else {
        eprintln!("no hostile texts here: nothing read");
        return;
    };
    let mut n = 0;
    for path in entries.flatten().map(|e| e.path()) {
        if path.extension().is_none_or(|e| e != "jsonl") {
            continue;
        }
        for line in fs::read_to_string(&path).expect("a file").lines() {
            let row: Value = serde_json::from_str(line).expect("a row");
            let mut texts = Vec::new();
            strings(&row, &mut texts);
            for text in texts {
                check::text(text);
                check::document(text);
                check::html(text);
                check::markdown(text);
                check::feed(text);
                check::json(text);
                n += 1;
            }
        }
    }
    eprintln!("{n} texts read");
}
