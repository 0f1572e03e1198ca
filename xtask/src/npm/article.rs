//! The npm package `dixit-article`: what the built site has for other pages, with every file named in a way that
//! bundlers follow; and pages that were made with it, for the browser tests.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{copy, empty, packed, write};
use crate::release::{self, notices};
use crate::seal::{GLUE, files_in, integrity, languages, read, shortened};
use crate::tools::locked;
use crate::{Outcome, process, workspace};

/// Builds the package of what is in `dist/`, into `target/npm-article/`.
pub(crate) fn build() -> Outcome<PathBuf> {
    let folder = workspace::target().join("npm-article");
    empty(&folder)?;
    let root = workspace::root();
    let own = root.join("npm/article");
    for file in ["package.json", "index.d.ts", "react.d.ts", "frame.d.ts", "README.md"] {
        copy(&own.join(file), &folder)?;
    }
    for file in ["LICENSE-MIT", "LICENSE-APACHE"] {
        copy(&root.join(file), &folder)?;
    }
    write(&folder.join(notices::NAME), &notices()?)?;
    let source = |name: &str| text(&root.join("static").join(name));
    // There is no viewer beside it.
    let viewer = "const VIEWER = import.meta.url.replace(/[^/]*$/, \"\");";
    let element = exchanged(&source("embed.js")?, &[(viewer, "const VIEWER = \"\";")])?;
    write(&folder.join("embed.js"), &shortened(&element)?)?;
    write(&folder.join("frame.js"), &shortened(&source("frame.js")?)?)?;
    let [embed, engine] = ["embed", "engine"].map(sealed);
    let (embed, engine) = (embed?, engine?);
    let fonts = workspace::dist().join("fonts");
    let faces = copy_all(&fonts, &folder.join("fonts"), "woff2")?;
    copy(&fonts.join("LICENSE"), &folder.join("fonts"))?;

    let mut named = copy_all(&embed, &folder.join("embed"), "")?;
    named.extend(
        copy_all(&embed.join("words"), &folder.join("embed/words"), "")?
            .into_iter()
            .map(|name| format!("words/{name}")),
    );
    named.extend(faces.into_iter().map(|name| format!("../fonts/{name}")));
    named.retain(|name| !name.ends_with(".js"));
    let wasm = integrity(&read(&embed.join("reader.wasm"))?);
    let port = source("embed-port.js")?
        .replace("{engine}", "engine")
        .replace("{languages}", &languages()?)
        .replace("{integrity}", &wasm);
    let port = exchanged(
        &port,
        &[(
            "const at = (path) => new URL(path, import.meta.url).href;",
            &format!("{}const at = (path) => FILES[path] ?? path;", table(&named, "")),
        )],
    )?;
    write(&folder.join("embed/embed-port.js"), &shortened(&port)?)?;
    let glue = text(&workspace::target().join("dixit/embed").join(GLUE))?;
    let glue = format!("import {{ dixit }} from \"./embed-port.js\";\n{glue}");
    let glue = exchanged(
        &glue,
        &[(
            "import.meta.url.startsWith(\"blob:\") ? dixit.at(name) : new URL(`./${name}`, import.meta.url)",
            "dixit.at(name)",
        )],
    )?;
    write(&folder.join("embed/reader.js"), &shortened(&glue)?)?;

    let mut named = copy_all(&engine, &folder.join("engine"), "")?;
    named.extend(
        copy_all(&engine.join("lang"), &folder.join("engine/lang"), "")?
            .into_iter()
            .map(|name| format!("lang/{name}")),
    );
    named.retain(|name| !name.ends_with(".js"));
    let here = format!("{}export const here = (name) => FILES[name];", table(&named, "./"));
    for (name, changes) in [
        (
            "port.js",
            &[
                (
                    "export const here = (name) => globalThis.dixit?.beside?.(name) ?? new URL(name, import.meta.url).href;",
                    here.as_str(),
                ),
                // A worker's own imports are lost when a bundler names its file anew.
                (
                    "const worker = new Worker(trusted(here(script)), { type: \"module\" });",
                    "throw unavailable(\"no worker here\");",
                ),
                // The same module again: a bundler gives no other.
                (
                    "await inPage(faults ? `?after=${faults}` : \"\")",
                    "await (faults ? Promise.reject(unavailable(\"it stopped before: reload the page\")) : inPage(\"\"))",
                ),
            ][..],
        ),
        (
            "engine.js",
            &[
                ("import(here(`./dixit_engine.js${query}`))", "import(\"./dixit_engine.js\")"),
                ("import(here(\"./engine-calls.js\"))", "import(\"./engine-calls.js\")"),
            ],
        ),
        ("import.js", &[("import(here(\"./import-calls.js\"))", "import(\"./import-calls.js\")")]),
        (
            "import-calls.js",
            &[(
                "import(here(`./${name}.js${query}`))",
                "(name === \"dixit_import\" ? import(\"./dixit_import.js\") : import(\"./dixit_import_all.js\"))",
            )],
        ),
    ] {
        let script = exchanged(&text(&engine.join(name))?, changes)?;
        write(&folder.join("engine").join(name), &shortened(&script)?)?;
    }
    for unused in ["engine-worker.js", "import-worker.js", "given.js"] {
        let _ = fs::remove_file(folder.join("engine").join(unused));
    }
    Ok(folder)
}

/// The licences of the crates in the package's modules: the element's, the engine's and the importer's.
pub(super) fn notices() -> Outcome<String> {
    release::notices_of(
        &["dixit-reader", "dixit-engine-wasm", "dixit-import-wasm"],
        "dixit-reader/embed,dixit-import-wasm/all",
    )
}

/// Installs the package as others do and makes pages with it: answers their folder, in which `vite`, `react` and
/// `plain` can be served.
pub(crate) fn pages(package: &Path) -> Outcome<PathBuf> {
    let npm = process::on_path("npm").ok_or("there is no npm")?;
    let place = workspace::target().join("npm-article-test");
    empty(&place)?;
    locked::install("pages", &place)?;
    let tests = workspace::root().join("npm/article/test");
    let packed = packed(&npm, package, &place)?;
    let mut install = Command::new(&npm);
    // It depends on nothing, so nothing else is to come.
    install.args(["install", "--silent", "--offline", "--ignore-scripts", "--no-save"]);
    install.args(["--no-audit", "--no-fund"]).arg(packed);
    process::run("npm install", install.current_dir(&place))?;
    copy(&tests.join("tsconfig.json"), &place)?;
    let program = |name: &str| place.join("node_modules/.bin").join(name);
    for kind in ["vite", "react", "plain"] {
        copy_all(&tests.join(kind), &place.join(kind), "")?;
    }
    let mut types = Command::new(program("tsc"));
    process::run("the types of dixit-article", types.current_dir(&place))?;
    for kind in ["vite", "react"] {
        copy_all(&tests, &place.join(kind).join("public"), "txt")?;
        let mut vite = Command::new(program("vite"));
        vite.args(["build", "--base", "./", "--logLevel", "error", "--outDir"]);
        vite.arg(place.join("pages").join(kind)).current_dir(place.join(kind));
        process::run("vite build", vite.stdout(Stdio::null()))?;
    }
    let plain = place.join("pages/plain");
    copy_all(&place.join("plain"), &plain, "")?;
    let installed = plain.join("node_modules/dixit-article");
    for folder in ["", "embed", "embed/words", "engine", "engine/lang", "fonts"] {
        copy_all(
            &place.join("node_modules/dixit-article").join(folder),
            &installed.join(folder),
            "",
        )?;
    }
    Ok(place.join("pages"))
}

/// Names of files as literals that bundlers find, by the names that they are asked for.
fn table(names: &[String], before: &str) -> String {
    let rows: Vec<String> = names
        .iter()
        .map(|name| {
            format!(
                "\"{before}{name}\": new URL(\"{}{name}\", import.meta.url).href",
                if name.starts_with("../") { "" } else { "./" }
            )
        })
        .collect();
    format!("const FILES = {{ {} }};\n", rows.join(", "))
}

/// A script with other text in some places, each of which is there once.
fn exchanged(script: &str, changes: &[(&str, &str)]) -> Outcome<String> {
    let mut script = script.to_owned();
    for (old, new) in changes {
        if script.matches(old).count() != 1 {
            return Err(format!("a script is written otherwise now, see article.rs: {old}"));
        }
        script = script.replacen(old, new, 1);
    }
    Ok(script)
}

/// The folder of the built site that holds the embed or the engine.
fn sealed(kind: &str) -> Outcome<PathBuf> {
    let dist = workspace::dist();
    let name = files_in(&dist)?.into_iter().find(|name| name.starts_with(&format!("{kind}-")));
    name.map(|name| dist.join(name))
        .ok_or_else(|| format!("dist/ has no {kind}; run: cargo xtask build"))
}

fn text(path: &Path) -> Outcome<String> {
    Ok(String::from_utf8_lossy(&read(path)?).into_owned())
}

/// Copies the files of a folder whose names end so, without its folders; answers their names.
fn copy_all(from: &Path, to: &Path, end: &str) -> Outcome<Vec<String>> {
    fs::create_dir_all(to).map_err(|e| format!("cannot make {}: {e}", to.display()))?;
    let mut names = files_in(from)?;
    names.retain(|name| name.ends_with(end) && from.join(name).is_file());
    for name in &names {
        copy(&from.join(name), to)?;
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_there_once_is_exchanged() {
        assert_eq!(exchanged("a b c", &[("b", "x")]).as_deref(), Ok("a x c"));
        assert!(exchanged("a b b", &[("b", "x")]).is_err());
        assert!(exchanged("a", &[("b", "x")]).is_err());
    }
}
