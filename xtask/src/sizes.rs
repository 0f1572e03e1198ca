//! What a first visit downloads, compressed, held against the budgets.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::{Outcome, workspace};

/// What parts together may weigh, in bytes after brotli 11.
struct Budget {
    name: &'static str,
    parts: &'static [Part],
    /// What we want it to weigh.
    goal: usize,
    /// Above this the build fails. It stands just over the size reached with wasm-opt, and counts
    /// only where there is one. It goes up only with what is added for readers, never for the same.
    limit: usize,
}

/// What an article needs of the reader at once: Wasm, JavaScript and CSS together.
/// The same code weighs up to 200 bytes more or less in another folder, whose path is in the order of its functions.
const READER: Budget =
    Budget { name: "reader", parts: &[Part::Reader, Part::Common], goal: 130_000, limit: 128_400 };
/// The same with the comments, which it fetches when a reader comes near to them.
const ARTICLE: Budget = Budget {
    name: "reader with comments",
    parts: &[Part::Reader, Part::Common, Part::Comments],
    goal: 150_000,
    limit: 166_700,
};
/// The engine's module with its glue and ports; the module alone weighs less than 100 kB.
const ENGINE: Budget =
    Budget { name: "engine", parts: &[Part::Engine], goal: 100_000, limit: 104_000 };
/// The importer's module with its glue and ports, which a page from a link waits for.
const IMPORTER: Budget =
    Budget { name: "importer", parts: &[Part::Import], goal: 250_000, limit: 304_000 };
/// What the page of a published article needs, but for its own HTML.
const PAGE: Budget = Budget {
    name: "published page",
    parts: &[Part::Published, Part::Common],
    goal: 130_000,
    limit: 133_100,
};
/// What an element on another's page needs until it shows an article whose document is published.
const EMBED: Budget =
    Budget { name: "embed", parts: &[Part::Embed], goal: 130_000, limit: 138_300 };
const BUDGETS: [Budget; 6] = [READER, ARTICLE, ENGINE, IMPORTER, PAGE, EMBED];

/// When a visitor downloads a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// With every page: the scripts that start the reader, and the styles.
    Common,
    /// With the first page: counts against the reader's budget.
    Reader,
    /// With the page of a published article.
    Published,
    /// With the first element on another's page.
    Embed,
    /// With the first page, and not counted: the page itself and its icon.
    Page,
    /// When a reader comes near to the comments, or the article has some.
    Comments,
    /// When it is used: the start page, another view, the menu "Aa", another language of the controls.
    OnUse,
    /// When the first text is analysed.
    Engine,
    /// When something else than plain text is opened.
    Import,
    /// When that is a feed, Markdown or in an old encoding.
    ImportAll,
    /// When a text in this language is analysed, one file of them.
    Language,
    /// When a sample is opened.
    Sample,
}

struct Weighed {
    part: Part,
    name: String,
    raw: usize,
    brotli: usize,
}

/// Parts that are downloaded together.
pub(crate) struct Whole {
    pub(crate) name: &'static str,
    /// Its bytes after brotli, and what we want them to be.
    pub(crate) brotli: usize,
    pub(crate) goal: usize,
    /// The largest of its files, and that one's bytes.
    pub(crate) largest: (String, usize),
}

/// What the site in `dist` weighs, a row a budget.
pub(crate) fn wholes(dist: &Path) -> Outcome<Vec<Whole>> {
    let files = weighed(dist)?;
    let whole = |budget: Budget| {
        let of_it = files.iter().filter(|file| budget.parts.contains(&file.part));
        let largest = of_it.max_by_key(|file| file.brotli);
        let largest = largest.map(|file| (file.name.clone(), file.brotli)).unwrap_or_default();
        let Budget { name, parts, goal, .. } = budget;
        Whole { name, brotli: total(&files, parts), goal, largest }
    };
    Ok(BUDGETS.into_iter().map(whole).collect())
}

/// Prints the sizes of the site in `dist`; an error where a budget is exceeded.
pub(crate) fn report(dist: &Path) -> Outcome<()> {
    let files = weighed(dist)?;
    print!("{}", table(&files));
    // Without wasm-opt and terser all is a little larger: that is said by the table, and stops nobody.
    let shrunk = crate::tools::any_wasm_opt().is_some() && crate::tools::terser().is_some();
    over_budget(&files).filter(|_| shrunk).map_or(Ok(()), Err)
}

/// The files of the site that count, in the order of when they are downloaded.
fn weighed(dist: &Path) -> Outcome<Vec<Weighed>> {
    let mut files = Vec::new();
    for path in files_under(dist).map_err(|e| format!("cannot read {}: {e}", dist.display()))? {
        let name = path.strip_prefix(dist).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let Some(part) = part_of(&name) else { continue };
        let bytes = fs::read(&path).map_err(|e| format!("cannot read {}: {e}", path.display()))?;
        files.push(Weighed { part, name, raw: bytes.len(), brotli: brotli_size(&bytes)? });
    }
    let glue = workspace::target().join("dixit/reader").join(crate::seal::GLUE);
    let glue = fs::read_to_string(glue).unwrap_or_default();
    for file in &mut files {
        let is_shared = file.part == Part::Comments && file.name.contains("/chunk_");
        if is_shared && !waits_for(&glue, "split_comments.wasm", &file.name) {
            file.part = Part::OnUse;
        }
    }
    files.sort_by(|a, b| (a.part, &a.name).cmp(&(b.part, &b.name)));
    Ok(files)
}

/// Whether the glue loads the shared module `chunk`, a file, along with the module `part`.
fn waits_for(glue: &str, part: &str, chunk: &str) -> bool {
    let name = chunk.rsplit('/').next().unwrap_or_default().trim_end_matches(".wasm");
    let start = format!("part(\"{part}\"), [");
    let lists = glue.split(start.as_str()).skip(1).filter_map(|rest| rest.split_once(']'));
    let mut names = lists.flat_map(|(names, _)| names.split(", "));
    names.any(|listed| name.strip_prefix("chunk_") == Some(listed))
}

fn part_of(name: &str) -> Option<Part> {
    let extension = name.rsplit('.').next().unwrap_or_default();
    match name.split_once('/') {
        None if ["dixit.json", "sw.js", "manifest.webmanifest"].contains(&name) => None,
        // When all else is done, and for `dixit build`.
        _ if ["search-", "offline-", "single-"].iter().any(|kind| name.starts_with(kind)) => None,
        _ if name.starts_with("site-") => Some(Part::Published),
        None if name == "embed.js" => Some(Part::Embed),
        // Of frames: small, and each the other side's; and the examples.
        None if name.starts_with("frame") || name.starts_with("embed") => None,
        Some((folder, file)) if folder.starts_with("embed-") => {
            ["reader.js", "reader.wasm", "embed-port.js", "embed.css"]
                .contains(&file)
                .then_some(Part::Embed)
        }
        Some((folder, file)) if folder.starts_with("reader-") => Some(match file {
            "split_comments.wasm" | "comments.css" | "hashes.json" | "vault.js" => Part::Comments,
            // Shared by parts, of which the comments may be one.
            _ if file.starts_with("chunk_") => Part::Comments,
            "parts.css" => Part::OnUse,
            _ if file.starts_with("split_") || file.starts_with("words/") => Part::OnUse,
            _ => Part::Reader,
        }),
        // The parts that come later differ little from the reader's.
        Some((folder, file)) if folder.starts_with("page-") => {
            ["reader.js", "reader.wasm"].contains(&file).then_some(Part::Published)
        }
        Some((folder, file)) if folder.starts_with("engine-") => Some(match file {
            _ if file.starts_with("lang/") => Part::Language,
            "given.js" => Part::Import,
            _ if file.starts_with("dixit_import_all.") => Part::ImportAll,
            _ if file.starts_with("import") || file.starts_with("dixit_import.") => Part::Import,
            _ => Part::Engine,
        }),
        Some(("articles", _)) => Some(Part::Sample),
        Some(("fonts", _)) => Some(Part::OnUse),
        _ if name.starts_with('.') => None, // Trunk's lock
        _ if ["js", "css", "wasm"].contains(&extension) => Some(Part::Common),
        _ => Some(Part::Page),
    }
}

fn total(files: &[Weighed], parts: &[Part]) -> usize {
    files.iter().filter(|f| parts.contains(&f.part)).map(|f| f.brotli).sum()
}

fn table(files: &[Weighed]) -> String {
    let mut text = String::from("\n   bytes  brotli  file\n");
    for Weighed { name, raw, brotli, part } in files {
        if *part != Part::Sample {
            text += &format!("{raw:>8}{brotli:>8}  {name}\n");
        }
    }
    for budget in BUDGETS {
        let size = total(files, budget.parts);
        text += &format!("{size:>16}  {}{}\n", budget.name, budget.words(size));
    }
    let first = total(files, &[Part::Reader, Part::Common, Part::Page, Part::Engine]);
    text += &format!("{first:>16}  first visit: an article, until it is shown\n");
    text
}

impl Budget {
    fn words(&self, size: usize) -> String {
        let Budget { goal, limit, .. } = self;
        match size.checked_sub(*goal) {
            None | Some(0) => format!(" (goal {goal}, reached; limit {limit})"),
            Some(above) => format!(" (goal {goal}, {above} above it; limit {limit})"),
        }
    }
}

fn over_budget(files: &[Weighed]) -> Option<String> {
    BUDGETS.into_iter().find_map(|Budget { name, parts, limit, .. }| {
        let size = total(files, parts);
        (size > limit).then(|| {
            let above = size - limit;
            format!("the {name} takes {size} bytes compressed, {above} above its limit of {limit}")
        })
    })
}

/// Bytes after brotli at its best.
pub(crate) fn brotli_size(bytes: &[u8]) -> Outcome<usize> {
    // Quality 11, the largest usual window: what a static host's precompressed files have.
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, 11, 22);
    writer.write_all(bytes).and_then(|()| writer.flush()).map_err(|e| format!("brotli: {e}"))?;
    Ok(writer.into_inner().len())
}

fn files_under(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            files.extend(files_under(&entry.path())?);
        } else {
            files.push(entry.path());
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, brotli: usize) -> Weighed {
        Weighed { part: part_of(name).expect("a part"), name: name.into(), raw: brotli * 3, brotli }
    }

    #[test]
    fn every_file_counts_where_it_is_downloaded() {
        for (name, part) in [
            ("index.html", Some(Part::Page)),
            ("icon-1.svg", Some(Part::Page)),
            ("boot-1.js", Some(Part::Common)),
            ("reader-1.css", Some(Part::Common)),
            ("reader-1/reader.js", Some(Part::Reader)),
            ("reader-1/reader.wasm", Some(Part::Reader)),
            ("reader-1/split_comments.wasm", Some(Part::Comments)),
            ("reader-1/comments.css", Some(Part::Comments)),
            ("reader-1/parts.css", Some(Part::OnUse)),
            ("reader-1/vault.js", Some(Part::Comments)),
            ("reader-1/chunk_3.wasm", Some(Part::Comments)),
            ("reader-1/split_later.wasm", Some(Part::OnUse)),
            ("reader-1/split_start.wasm", Some(Part::OnUse)),
            ("reader-1/words/mk.json", Some(Part::OnUse)),
            ("engine-1/dixit_engine.wasm", Some(Part::Engine)),
            ("engine-1/engine.js", Some(Part::Engine)),
            ("engine-1/lang/de.txt", Some(Part::Language)),
            ("engine-1/import-worker.js", Some(Part::Import)),
            ("engine-1/dixit_import.wasm", Some(Part::Import)),
            ("engine-1/dixit_import_all.wasm", Some(Part::ImportAll)),
            ("articles/a.txt", Some(Part::Sample)),
            ("fonts/a.woff2", Some(Part::OnUse)),
            ("embed.js", Some(Part::Embed)),
            ("embed-1/embed-port.js", Some(Part::Embed)),
            ("embed-1/split_comments.wasm", None),
            ("frame.js", None),
            ("page-1/reader.wasm", Some(Part::Published)),
            ("page-1/split_comments.wasm", None),
            ("site-1.css", Some(Part::Published)),
            ("search-1.js", None),
            ("sw.js", None),
            (".trunk-lock", None),
        ] {
            assert_eq!(part_of(name), part, "{name}");
        }
    }

    #[test]
    fn shared_modules_count_for_the_parts_that_wait_for_them() {
        let glue = "const a = makeLoad(part(\"split_comments.wasm\"), [1, 12]);\n\
                    const b = makeLoad(part(\"split_start.wasm\"), [2]);";
        let waits = |chunk: &str| waits_for(glue, "split_comments.wasm", chunk);
        assert!(waits("reader-1/chunk_1.wasm") && waits("reader-1/chunk_12.wasm"));
        assert!(!waits("reader-1/chunk_2.wasm") && !waits("reader-1/chunk_3.wasm"));
    }

    #[test]
    fn a_budget_holds_to_the_byte() {
        let at = [
            file("a.wasm", READER.limit - 10),
            file("a.js", 10),
            file("engine-1/a.wasm", ENGINE.limit),
        ];
        assert_eq!(over_budget(&at), None);
        let reader = [file("a.wasm", READER.limit), file("a.css", 1)];
        assert!(
            over_budget(&reader)
                .is_some_and(|m| m.starts_with("the reader") && m.contains(" 1 above"))
        );
        let engine = [file("engine-1/a.wasm", ENGINE.limit + 7)];
        assert!(
            over_budget(&engine)
                .is_some_and(|m| m.starts_with("the engine") && m.contains(" 7 above"))
        );
    }

    #[test]
    fn a_goal_that_is_not_reached_is_said() {
        const { assert!(ENGINE.limit >= ENGINE.goal) };
        assert!(READER.words(READER.goal + 5).contains("5 above it"));
        assert!(READER.words(READER.goal).contains("reached"));
    }

    #[test]
    fn totals_leave_the_samples_out() {
        let text = table(&[
            file("index.html", 100),
            file("a.js", 1000),
            file("reader-1/split_comments.wasm", 5),
            file("engine-1/a.wasm", 20),
            file("articles/a.txt", 9999),
        ]);
        assert!(text.contains("            1005  reader with comments"), "{text}");
        assert!(text.contains("            1120  first visit: an article"), "{text}");
        assert!(!text.contains("a.txt"));
    }

    #[test]
    fn brotli_is_really_run() {
        assert!(brotli_size(&[b'a'; 100_000]).is_ok_and(|n| n < 100));
    }
}
