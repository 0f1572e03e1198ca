//! `cargo bench --package dixit-bench --bench site`: `dixit build` beside Hugo and Eleventy, on one folder of articles, in
//! turns, each time from nothing. `cargo xtask compare` runs it.
//!
//! It needs the built reader in `dist/` (or `DIXIT_DIST`) and the command (`cargo build --release --package dixit-cli`).

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use dixit_bench::archive::{self, HUGO};
use dixit_bench::articles::{of, workspace};
use dixit_bench::eleventy::{self, ELEVENTY};
use dixit_bench::{figures, module};
use serde_json::json;

const ARTICLES: usize = 200;
const ROUNDS: usize = 5;

fn main() -> ExitCode {
    match measure() {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            eprintln!("site: {cause}");
            ExitCode::FAILURE
        }
    }
}

/// A generator: how to start it, and where it writes.
struct Generator {
    name: &'static str,
    out: PathBuf,
    command: Box<dyn Fn() -> Command>,
    seconds: Vec<f64>,
    memory: u64,
}

fn measure() -> Result<(), String> {
    let folder = module::target().join("bench/site");
    let articles = folder.join("articles");
    // What visitors are offered as samples; those in English are read by all.
    let texts = of(&workspace().join("static/articles"))?;
    archive::write(&articles, ARTICLES, &texts).map_err(|e| e.to_string())?;
    let mut generators = ours(&folder, &articles)?;
    for (name, generator) in
        [("Hugo", hugo(&folder, &articles)), ("Eleventy", by_eleventy(&folder, &articles))]
    {
        match generator {
            Ok(generator) => generators.push(generator),
            Err(cause) => {
                println!("{name}: not measured: {cause}");
                figures::add(&json!({ "kind": "missing", "name": name, "why": cause }))?;
            }
        }
    }
    for round in 0..=ROUNDS {
        for generator in &mut generators {
            let _ = fs::remove_dir_all(&generator.out);
            let took = archive::run(&mut (generator.command)())?;
            // The first fills the system's cache of files.
            if round > 0 {
                generator.seconds.push(took.time.as_secs_f64());
                generator.memory = generator.memory.max(took.memory);
            }
        }
    }
    for Generator { name, out, seconds, memory, .. } in &generators {
        let (files, bytes) = weighed(out).map_err(|e| e.to_string())?;
        println!(
            "{name:24} {seconds:.2?} s  {files} files  {bytes} bytes  {memory} bytes of memory"
        );
        figures::add(&json!({
            "kind": "site", "name": name, "articles": ARTICLES, "seconds": seconds,
            "files": files, "bytes": bytes, "memory": memory,
        }))?;
    }
    for (of, version) in [("Hugo", HUGO), ("Eleventy", ELEVENTY)] {
        figures::add(&json!({ "kind": "version", "of": of, "version": version }))?;
    }
    Ok(())
}

/// `dixit build`, with the index of the search and without.
fn ours(folder: &Path, articles: &Path) -> Result<Vec<Generator>, String> {
    let program = module::target().join("release/dixit");
    let reader =
        std::env::var_os("DIXIT_DIST").map_or_else(|| workspace().join("dist"), PathBuf::from);
    if !program.is_file() || !reader.join("dixit.json").is_file() {
        return Err("run cargo xtask build, and cargo build --release --package dixit-cli".into());
    }
    let config = folder.join("no-search.toml");
    fs::write(&config, "search = false\n").map_err(|e| e.to_string())?;
    let kinds = [("dixit build", None), ("dixit build, no search", Some(config))];
    let generator = |(name, config): (&'static str, Option<PathBuf>)| {
        let out = folder.join(name.replace([' ', ','], "-"));
        let (program, articles, reader) = (program.clone(), articles.to_owned(), reader.clone());
        let place = out.clone();
        let command = move || {
            let mut command = Command::new(&program);
            command.arg("build").arg(&articles).arg("-o").arg(&place).arg("--reader").arg(&reader);
            command.args(["--base-url", "https://a.example/"]);
            command.args(config.iter().flat_map(|config| ["--config".into(), config.clone()]));
            command
        };
        Generator { name, out, command: Box::new(command), seconds: Vec::new(), memory: 0 }
    };
    Ok(kinds.into_iter().map(generator).collect())
}

fn hugo(folder: &Path, articles: &Path) -> Result<Generator, String> {
    let program = archive::hugo(&module::target())?;
    let site = folder.join("hugo");
    archive::hugo_site(&site, articles).map_err(|e| e.to_string())?;
    let out = site.join("public");
    let command = move || {
        let mut command = Command::new(&program);
        // What starts it is a script of the package.
        command.env("PYTHONPATH", program.ancestors().nth(2).unwrap_or(&program));
        command.arg("--source").arg(&site).args(["--destination", "public"]);
        command
    };
    Ok(Generator { name: "Hugo", out, command: Box::new(command), seconds: Vec::new(), memory: 0 })
}

fn by_eleventy(folder: &Path, articles: &Path) -> Result<Generator, String> {
    let script = eleventy::eleventy(&module::target())?;
    let site = folder.join("eleventy");
    eleventy::site(&site, articles).map_err(|e| e.to_string())?;
    let out = site.join("public");
    let command = move || {
        let mut command = Command::new("node");
        command.arg(&script).arg("--quiet").current_dir(&site);
        command
    };
    Ok(Generator {
        name: "Eleventy",
        out,
        command: Box::new(command),
        seconds: Vec::new(),
        memory: 0,
    })
}

/// How many files are in a folder, and how many bytes in them.
fn weighed(folder: &Path) -> std::io::Result<(usize, u64)> {
    let mut sum = (0, 0);
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (files, bytes) = match entry.file_type()?.is_dir() {
            true => weighed(&entry.path())?,
            false => (1, entry.metadata()?.len()),
        };
        sum = (sum.0 + files, sum.1 + bytes);
    }
    Ok(sum)
}
