//! Trunk's last step: shrinks the reader's module, adds the engine's, and tells the page their names and hashes.
//!
//! Trunk does not hash what a worker loads. So the engine's files go into a folder named after their
//! content, and the page names the folder: a page and an engine of different builds never meet.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine as _;
use sha2::{Digest, Sha256, Sha384};

use crate::{Outcome, process, tools, workspace};

/// Our own JavaScript in the engine's folder.
const PORTS: [&str; 3] = ["engine.js", "engine-languages.js", "engine-worker.js"];

/// Works on the folder that Trunk names, before it becomes `dist/`.
pub(crate) fn seal() -> Outcome<()> {
    let staging = std::env::var_os("TRUNK_STAGING_DIR")
        .ok_or("seal is a step of Trunk's (see Trunk.toml); to build, run: cargo xtask build")?;
    let staging = PathBuf::from(staging);
    let page = staging.join("index.html");
    let html = fs::read_to_string(&page).map_err(cannot("read", &page))?;
    let names =
        reader_names(&html).ok_or("the page names no reader: see pattern_script in Trunk.toml")?;
    let reader = seal_reader(&staging, names.1)?;
    let engine = seal_engine(&staging)?;
    let (before, after) =
        (format!("{} {}", names.0, names.1), format!("{} {reader} {engine}/", names.0));
    fs::write(&page, html.replacen(&before, &after, 1)).map_err(cannot("write", &page))?;
    // Only there so that the folder of samples exists in a checkout.
    let _ = fs::remove_file(staging.join("articles/.gitkeep"));
    Ok(())
}

/// Shrinks the reader's module and names it after its content; answers the name and its hash for the page.
fn seal_reader(staging: &Path, wasm: &str) -> Outcome<String> {
    let bytes = optimised(&staging.join(wasm), "-Oz")?;
    fs::remove_file(staging.join(wasm)).map_err(cannot("move", Path::new(wasm)))?;
    let name = format!("dixit-reader-{}.wasm", short_hash([bytes.as_slice()]));
    fs::write(staging.join(&name), &bytes).map_err(cannot("write", Path::new(&name)))?;
    let integrity = base64::engine::general_purpose::STANDARD.encode(Sha384::digest(&bytes));
    Ok(format!("{name} sha384-{integrity}"))
}

/// The two names that Trunk.toml's `pattern_script` writes, `GLUE WASM`, however the page around them is quoted.
fn reader_names(html: &str) -> Option<(&str, &str)> {
    let (end, found) = html.match_indices("_bg.wasm").next()?;
    let end = end + found.len();
    let part_of_names = |c: char| c.is_ascii_alphanumeric() || "-_. ".contains(c);
    let start = html[..end].rfind(|c| !part_of_names(c))? + 1;
    html[start..end].split_once(' ')
}

/// Builds the engine's module and puts it with its ports into the staging folder; answers the folder's name.
fn seal_engine(staging: &Path) -> Outcome<String> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(workspace::root());
    cargo.args([
        "build",
        "--quiet",
        "--package",
        "dixit-engine-wasm",
        "--profile",
        "wasm",
        "--target",
        TARGET,
    ]);
    process::run("building the engine", &mut cargo)?;
    let built = workspace::target().join(TARGET).join("wasm/dixit_engine_wasm.wasm");

    let tool = tools::wasm_bindgen()?;
    let bindgen = tools::find(&tool).ok_or_else(|| {
        format!("{} {} is missing; run: cargo xtask build", tool.package, tool.version)
    })?;
    let folder = workspace::target().join("dixit/engine");
    let mut bindgen = Command::new(bindgen);
    bindgen.args(["--target", "web", "--no-typescript", "--out-name", "dixit_engine", "--out-dir"]);
    bindgen.arg(&folder).arg(&built);
    process::run("wasm-bindgen", &mut bindgen)?;

    let read = |path: PathBuf| fs::read(&path).map_err(cannot("read", &path));
    let mut files = vec![
        ("dixit_engine.wasm", optimised(&folder.join("dixit_engine_bg.wasm"), "-Oz")?),
        ("dixit_engine.js", read(folder.join("dixit_engine.js"))?),
    ];
    for port in PORTS {
        files.push((port, read(workspace::root().join("static").join(port))?));
    }
    let languages: Vec<(String, &[u8])> = dixit_engine::BUILT_IN
        .iter()
        .filter(|(tag, _)| *tag != "en") // in the module
        .map(|(tag, data)| (format!("lang/{tag}.txt"), data.as_bytes()))
        .collect();
    let contents = files.iter().map(|(_, bytes)| bytes.as_slice());
    let contents = contents.chain(languages.iter().map(|(_, data)| *data));
    let name = format!("engine-{}", short_hash(contents));
    let place = staging.join(&name);
    fs::create_dir_all(place.join("lang")).map_err(cannot("write", &place))?;
    for (file, bytes) in &languages {
        let path = place.join(file);
        fs::write(&path, bytes).map_err(cannot("write", &path))?;
    }
    for (file, bytes) in &files {
        let path = place.join(file);
        fs::write(&path, bytes).map_err(cannot("write", &path))?;
    }
    Ok(name)
}

/// The module after `wasm-opt`, where there is one; kept, so that an unchanged module is not worked on twice.
pub(crate) fn optimised(module: &Path, level: &str) -> Outcome<Vec<u8>> {
    let original = fs::read(module).map_err(cannot("read", module))?;
    let Some(wasm_opt) = tools::any_wasm_opt() else { return Ok(original) };
    let folder = workspace::target().join("dixit/optimised");
    fs::create_dir_all(&folder).map_err(cannot("write", &folder))?;
    let tool = wasm_opt.to_string_lossy();
    let result =
        folder.join(format!("{}.wasm", short_hash([&original, level.as_bytes(), tool.as_bytes()])));
    if !result.is_file() {
        // What rustc uses by default; the module's own list of features is not always there.
        const FEATURES: [&str; 6] = [
            "--enable-bulk-memory",
            "--enable-multivalue",
            "--enable-mutable-globals",
            "--enable-nontrapping-float-to-int",
            "--enable-reference-types",
            "--enable-sign-ext",
        ];
        let unfinished = result.with_extension("unfinished");
        let mut command = Command::new(&wasm_opt);
        command.arg(level).args(FEATURES).arg(module).arg("-o").arg(&unfinished);
        process::run("wasm-opt", &mut command)?;
        fs::rename(&unfinished, &result).map_err(cannot("write", &result))?;
    }
    fs::read(&result).map_err(cannot("read", &result))
}

fn short_hash<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn cannot<'a>(act: &'a str, path: &'a Path) -> impl Fn(std::io::Error) -> String + 'a {
    move |e| format!("cannot {act} {}: {e}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_says_which_files_are_the_readers() {
        for html in [
            "<head>\n<meta name=\"dixit-reader\" content=\"a-1.js a-1_bg.wasm\">\n</head>",
            "<meta content='a-1.js a-1_bg.wasm' name=dixit-reader>",
        ] {
            assert_eq!(reader_names(html), Some(("a-1.js", "a-1_bg.wasm")));
        }
        assert_eq!(reader_names("<head></head>"), None);
    }

    #[test]
    fn a_hash_tells_where_one_part_ends() {
        assert_ne!(short_hash([b"ab".as_slice(), b"c"]), short_hash([b"a".as_slice(), b"bc"]));
        assert_eq!(short_hash([b"ab".as_slice()]).len(), 16);
    }
}
