//! `cargo bench [-- FOLDER]`: the engine beside its peer on the same articles, and how its work grows.
//!
//! FOLDER holds articles as `.txt`, `.jsonl` or `.jsonl.gz`; without it the samples are read again and again. For
//! `cargo xtask compare` there is one peer more, textacy, and growth is left out.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use dixit_bench::growth::{all, growth, patterns};
use dixit_bench::peer::{self, Peer};
use dixit_bench::steps::{Call, Counter};
use dixit_bench::{articles, figures, module, textacy};
use dixit_engine::{analyse, plain_text};
use serde_json::json;

/// What each engine reads in one pass.
const BYTES: usize = 400_000;
/// Turns that count; one before them warms up.
const ROUNDS: usize = 7;
/// How long a turn lasts at least: a fast engine makes many passes in it, so that the processor's caches and clock
/// are warm for it as they are for a slow one.
const TURN: Duration = Duration::from_millis(500);

fn main() -> ExitCode {
    // Cargo itself adds `--bench`.
    let folder = std::env::args().skip(1).find(|a| !a.starts_with('-'));
    let texts = match &folder {
        Some(folder) => articles::of(Path::new(folder)),
        None => articles::samples(),
    };
    let outcome = texts.and_then(|texts| {
        speed(&articles::about(BYTES, &texts))?;
        if figures::wanted() { Ok(()) } else { work(&texts) }
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            eprintln!("bench: {cause}");
            ExitCode::FAILURE
        }
    }
}

/// One engine in the comparison.
struct Lane<'a> {
    name: &'static str,
    pass: Box<dyn FnMut() -> Result<Duration, String> + 'a>,
    times: Vec<Duration>,
}

impl<'a> Lane<'a> {
    fn new(name: &'static str, pass: impl FnMut() -> Result<Duration, String> + 'a) -> Lane<'a> {
        Lane { name, pass: Box::new(pass), times: Vec::new() }
    }

    fn in_process(name: &'static str, peer: Result<Peer, String>) -> Option<Lane<'a>> {
        match peer {
            Ok(mut peer) => Some(Lane::new(name, move || peer.pass())),
            Err(cause) => {
                println!("{name}: not measured: {cause}");
                let line = json!({ "kind": "missing", "name": name, "why": cause });
                // Only a note: that it is missing stops nothing.
                let _ = figures::add(&line);
                None
            }
        }
    }

    /// How long a pass of this turn took, on average.
    fn turn(&mut self) -> Result<Duration, String> {
        let (mut time, mut passes) = (Duration::ZERO, 0);
        while time < TURN {
            time += (self.pass)()?;
            passes += 1;
        }
        Ok(time / passes)
    }

    fn median(&mut self) -> Duration {
        self.times.sort();
        self.times.get(self.times.len() / 2).copied().unwrap_or_default()
    }
}

/// Times every engine on the same articles, in turns, so that what else runs here slows all alike.
fn speed(articles: &[&str]) -> Result<(), String> {
    let bytes: usize = articles.iter().map(|a| a.len()).sum();
    println!(
        "Who said what in {} English articles, {:.2} MB, one core each, median of {ROUNDS} turns of\n\
         {:.1} s or a whole pass, without start-up and loading. Native: text to article and analysis. Wasm: the\n\
         same, and its JSON as a JavaScript string. compromise {}: each quotation's words, and the nearest\n\
         person of its sentence.\n",
        articles.len(),
        bytes as f64 / 1e6,
        TURN.as_secs_f64(),
        peer::COMPROMISE,
    );
    let native = || {
        let start = Instant::now();
        for article in articles {
            std::hint::black_box(analyse(&plain_text::read(article)));
        }
        Ok(start.elapsed())
    };
    let peer = |kind: &str, place: Result<PathBuf, String>| {
        place.and_then(|p| Peer::start(kind, p.as_path(), articles))
    };
    let mut lanes = vec![Lane::new("native", native)];
    lanes.extend(Lane::in_process("Wasm, as programs load it", peer("wasm", module::build("npm"))));
    lanes.extend(Lane::in_process("Wasm, as readers load it", peer("wasm", module::build("wasm"))));
    let compromise = peer("compromise", peer::compromise(&module::target()));
    lanes.extend(Lane::in_process("compromise", compromise));
    if figures::wanted() {
        let python = textacy::command(&module::target());
        let peer = python.and_then(|mut python| Peer::of(&mut python, articles));
        let refused = peer.as_ref().map_or(0, |peer| peer.refused);
        figures::add(&json!({ "kind": "refused", "articles": refused, "of": articles.len() }))?;
        lanes.extend(Lane::in_process("textacy", peer));
        versions()?;
    }
    for round in 0..=ROUNDS {
        for lane in &mut lanes {
            let time = lane.turn()?;
            if round > 0 {
                lane.times.push(time);
            }
        }
    }
    let reference = lanes.iter_mut().find(|l| l.name == "compromise").map(Lane::median);
    for lane in &mut lanes {
        let time = lane.median().as_secs_f64();
        let ratio = reference.map(|r| format!("{:8.1} × compromise", r.as_secs_f64() / time));
        let speed = bytes as f64 / 1e6 / time;
        println!("{:26}{speed:8.2} MB/s{}", lane.name, ratio.unwrap_or_default());
    }
    for lane in &lanes {
        let seconds: Vec<f64> = lane.times.iter().map(Duration::as_secs_f64).collect();
        figures::add(
            &json!({ "kind": "engine", "name": lane.name, "bytes": bytes, "seconds": seconds }),
        )?;
    }
    if reference.is_none() {
        println!("No ratios: compromise needs node and npm.");
    }
    Ok(())
}

/// Notes what is compared with.
fn versions() -> Result<(), String> {
    let [model, version] = textacy::MODEL;
    let model = format!("{version} ({model})");
    for (of, version) in [
        ("compromise", peer::COMPROMISE),
        ("textacy", textacy::TEXTACY),
        ("spaCy", textacy::SPACY),
        ("spaCy's model", &model),
    ] {
        figures::add(&json!({ "kind": "version", "of": of, "version": version }))?;
    }
    Ok(())
}

/// Counts the work on ten times the text.
fn work(texts: &[String]) -> Result<(), String> {
    println!("\nInstructions on ten times the text (10 is linear, 12 the limit):\n");
    let counter = Counter::load(&module::build("wasm")?, Call::Analyse)?;
    for bytes in [10_000, 200_000] {
        let grown = growth(&counter, bytes, |bytes| articles::joined(bytes, texts))?;
        println!("{grown:6.2}  news, {} kB to {} kB", bytes / 1000, bytes / 100);
    }
    let rows = all(&counter, patterns(), 10_000)?;
    println!("\n{} patterns, 10 kB to 100 kB, the ten steepest:\n", rows.len());
    for (name, grown) in rows.iter().take(10) {
        println!("{grown:6.2}  {name:?}");
    }
    Ok(())
}
