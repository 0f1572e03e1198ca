//! Trunk's last step: takes the reader's module apart, adds the engine's, and tells the page their names and hashes.
//!
//! Trunk knows one module a page and does not hash what a worker loads. So the files of the reader and of the
//! engine go into folders named after their content, and the page names the folders: parts of different
//! builds never meet.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine as _;
use sha2::{Digest, Sha256};

use crate::ordered::ordered;
use crate::scoped::scoped;
use crate::{Outcome, joined, own_texts, process, single, slim, tools, workspace};

const TARGET: &str = "wasm32-unknown-unknown";
/// Our own JavaScript in the engine's folder.
const PORTS: [&str; 8] = [
    "port.js",
    "engine.js",
    "engine-calls.js",
    "engine-worker.js",
    "given.js",
    "import.js",
    "import-calls.js",
    "import-worker.js",
];

/// Works on the folder that Trunk names, before it becomes `dist/`.
pub(crate) fn seal() -> Outcome<()> {
    let staging = std::env::var_os("TRUNK_STAGING_DIR")
        .ok_or("seal is a step of Trunk's (see Trunk.toml); to build, run: cargo xtask build")?;
    let staging = PathBuf::from(staging);
    let page = staging.join("index.html");
    let html = fs::read_to_string(&page).map_err(cannot("read", &page))?;
    let (glue, wasm) =
        reader_names(&html).ok_or("the page names no reader: see pattern_script in Trunk.toml")?;
    for whole in [glue, wasm] {
        fs::remove_file(staging.join(whole)).map_err(cannot("move", Path::new(whole)))?;
    }
    let (reader, integrity) = seal_reader(&staging, "reader", None)?;
    let engine = seal_engine(&staging)?;
    let page_module = "dixit-page";
    let mut cargo = cargo_build("dixit-reader", "hydrate");
    cargo.args(["--no-default-features", "--bin", page_module]);
    process::run("building the module of published pages", &mut cargo)?;
    let (published, published_integrity) = seal_reader(&staging, "page", None)?;
    let languages = languages()?;
    let embed = seal_embed(&staging, &engine, &languages)?;
    let names =
        format!("{reader}/reader.js {reader}/reader.wasm {integrity} {engine}/ {languages}");
    // What is left of the old names preloads the glue.
    let html = html.replacen(&format!("{glue} {wasm}"), &names, 1);
    let html = html.replace(glue, &format!("{reader}/reader.js"));
    let offline = hashed(&staging, "offline", "js")?;
    if !html.contains("offline.js") {
        return Err("index.html names no offline.js: see seal.rs".into());
    }
    let html = html.replace("offline.js", &offline);
    fs::write(&page, html).map_err(cannot("write", &page))?;
    go_offline(&staging)?;
    single::write(&staging, &names)?;
    let names = format!(
        "{published}/reader.js {published}/reader.wasm {published_integrity} {engine}/ {languages}"
    );
    let manifest = manifest(&staging, &names, &embed)?;
    let place = staging.join(MANIFEST);
    fs::write(&place, manifest).map_err(cannot("write", &place))?;
    // Only there so that the folder of samples exists in a checkout.
    let _ = fs::remove_file(staging.join("articles/.gitkeep"));
    Ok(())
}

/// A script that a reader's glue calls, instead of one that its page has.
struct Port {
    name: &'static str,
    /// With `{integrity}` in the place of the module's hash.
    text: String,
    /// The reader's styles.
    styles: (&'static str, String),
}

/// Adds what other pages embed the reader with: the element and the frame, under names that stay. Answers the name of
/// the folder with all else.
fn seal_embed(staging: &Path, engine: &str, languages: &str) -> Outcome<String> {
    let mut cargo = cargo_build("dixit-reader", "embed");
    cargo.args(["--no-default-features", "--bin", "dixit-embed"]);
    process::run("building the module for other pages", &mut cargo)?;
    let text = |name: &str| -> Outcome<String> {
        Ok(String::from_utf8_lossy(&read(&workspace::root().join("static").join(name))?)
            .into_owned())
    };
    let name = "embed-port.js";
    let port = text(name)?.replace("{engine}", engine).replace("{languages}", languages);
    let styles = ["reader.css", STYLES[0], STYLES[1], "embed.css"].map(text);
    let styles: String = styles.into_iter().collect::<Outcome<Vec<_>>>()?.concat();
    let styles = scoped(&styles);
    let port = Port { name, text: port, styles: ("embed.css", styles) };
    let (folder, _) = seal_reader(staging, "embed", Some(&port))?;
    const FOLDER: &str = "./embed/";
    let element = text("embed.js")?;
    if !element.contains(FOLDER) {
        return Err("embed.js names no folder: see seal.rs".into());
    }
    let element = element.replace(FOLDER, &format!("./{folder}/"));
    let policy = policy(&text("../index.html")?).ok_or("index.html has no policy: see seal.rs")?;
    // Its examples are frames too.
    let example = policy.replace("frame-src 'none'", "frame-src 'self'");
    let example = text("embedding.html")?.replace("{policy}", &example);
    let example = example.replace("{icon}", &icon(staging)?);
    for (name, text) in [
        ("embed.js", shortened(&element)?),
        ("frame.js", shortened(&text("frame.js")?)?),
        ("framed.js", shortened(&text("framed.js")?)?),
        ("framed.css", text("framed.css")?),
        ("embed.html", text("embed.html")?.replace("{policy}", &policy)),
        ("embedding.html", example),
        ("embedding.js", text("embedding.js")?),
        ("embedding.css", text("embedding.css")?),
    ] {
        let place = staging.join(name);
        fs::write(&place, text).map_err(cannot("write", &place))?;
    }
    Ok(folder)
}

/// The policy of a page.
fn policy(page: &str) -> Option<String> {
    let (_, rest) = page.split_once("Content-Security-Policy\" content=\"")?;
    Some(rest.split_once('"')?.0.to_owned())
}

/// Builds anew what other pages embed, into the folder of a site that is built already.
pub(crate) fn embed() -> Outcome<()> {
    let site = workspace::dist();
    let mut engine = None;
    for name in files_in(&site)? {
        if name.starts_with("embed-") {
            let old = site.join(&name);
            fs::remove_dir_all(&old).map_err(cannot("remove", &old))?;
        }
        engine = engine.or(Some(name).filter(|name| name.starts_with("engine-")));
    }
    let engine = engine.ok_or("dist/ has no engine; run: cargo xtask build")?;
    let folder = seal_embed(&site, &engine, &languages()?)?;
    // What `dixit build` needs to know of it.
    let place = site.join(MANIFEST);
    let manifest: Option<serde_json::Value> = serde_json::from_slice(&read(&place)?).ok();
    let mut manifest = manifest.ok_or("dixit.json is of another version")?;
    manifest["embed"] = folder.into();
    fs::write(&place, manifest.to_string()).map_err(cannot("write", &place))
}

/// Takes the reader's module apart into what the first page needs and what can come later, and puts all
/// with their glue into the staging folder; answers the folder's name and the hash of the first module.
fn seal_reader(staging: &Path, kind: &str, port: Option<&Port>) -> Outcome<(String, String)> {
    let folder = workspace::target().join("dixit").join(kind);
    // What an earlier build took out may not be a part any more.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(cannot("write", &folder))?;
    let whole = built(&format!("dixit-{kind}"));
    let whole = fs::read(&whole).map_err(cannot("read", &whole))?;
    let first = folder.join("first.wasm");
    let mut options = wasm_split_cli_support::Options::new(&whole);
    options.output_dir = &folder;
    options.main_out_path = &first;
    options.main_module = "./reader.js";
    options.link_name = LINK;
    let taken_apart = wasm_split_cli_support::transform(options)
        .map_err(|e| format!("cannot take the reader apart: {e}"))?;
    let mut parts: Vec<String> = taken_apart.prefetch_map.into_values().flatten().collect();
    parts.sort();
    parts.dedup();
    let mut modules = Vec::new();
    for part in parts {
        let part = format!("{part}.wasm");
        let module = slim::module(&read(&folder.join(&part))?)?;
        modules.push((part, module));
    }
    let link = String::from_utf8_lossy(&read(&folder.join(LINK))?).into_owned();
    let link = joined::small(&mut modules, &link)?;
    let mut files = Vec::new();
    for (part, module) in modules {
        files.push((part, optimised(&module, SMALL)?));
    }
    let (wasm, glue) = bound(&first, &folder, "reader")?;
    let glue = own_texts::decoded_once(&wasm, &glue)
        .ok_or("wasm-bindgen decodes texts in another way now: see own_texts.rs")?;
    let hashes: Vec<(&str, String)> =
        files.iter().map(|(name, module)| (name.as_str(), integrity(module))).collect();
    let glue = linked(&glue, &link, &hashes)
        .ok_or("wasm-bindgen or wasm_split writes other glue now: see seal.rs")?;
    // For `sizes`, which looks up what loads with what.
    fs::write(folder.join(GLUE), &glue).map_err(cannot("write", &folder))?;
    let glue = match port {
        Some(port) => format!("import {{ dixit }} from \"./{}\";\n{glue}", port.name),
        None => glue,
    };
    let glue = shortened(&glue)?;
    let hashes = hashes_file(&hashes);
    let hash = integrity(&wasm);
    files.push((HASHES.into(), hashes.into_bytes()));
    files.push(("reader.js".into(), glue.into_bytes()));
    files.push(("reader.wasm".into(), wasm));
    if let Some(Port { name, text, styles: (styles, css) }) = port {
        let text = shortened(&text.replace("{integrity}", &hash))?;
        files.push(((*name).into(), text.into_bytes()));
        files.push(((*styles).into(), css.clone().into_bytes()));
    } else {
        for styles in STYLES {
            files.push((styles.into(), read(&workspace::root().join("static").join(styles))?));
        }
    }
    let vault = read(&workspace::root().join("static").join(VAULT))?;
    files.push((VAULT.into(), shortened(&String::from_utf8_lossy(&vault))?.into_bytes()));
    files.extend(words()?.into_iter().map(|(tag, words)| (format!("words/{tag}.json"), words)));
    Ok((put(staging, kind, &files)?, hash))
}

/// What `dixit build` needs to know of this folder: the names of its files, and what every page has in common.
const MANIFEST: &str = "dixit.json";

fn manifest(staging: &Path, names: &str, embed: &str) -> Outcome<String> {
    let source = workspace::root().join("index.html");
    let page = String::from_utf8_lossy(&read(&source)?).into_owned();
    let between = |from: &str, to: &str| -> Option<String> {
        let (_, rest) = page.split_once(from)?;
        rest.split_once(to).map(|(found, _)| found.to_owned())
    };
    let policy = policy(&page);
    let fault = between("<section id=\"fault\"", "</section>");
    let (Some(policy), Some(fault)) = (policy, fault) else {
        return Err("index.html has no policy or no fault panel: see seal.rs".into());
    };
    let service_worker = read(&workspace::root().join("static/sw.js"))?;
    let mut fields = vec![
        ("names", names.to_owned()),
        ("embed", embed.to_owned()),
        ("policy", policy),
        ("fault", format!("<section id=\"fault\"{fault}</section>")),
    ];
    for (field, begin, end) in [
        ("boot", "boot-", ".js"),
        ("fault_script", "fault-", ".js"),
        ("styles", "reader-", ".css"),
        ("offline", "offline-", ".js"),
    ] {
        let named = |name: &String| name.starts_with(begin) && name.ends_with(end);
        let name = files_in(staging)?.into_iter().find(named);
        fields.push((field, name.ok_or_else(|| format!("Trunk wrote no {begin}…{end}"))?));
    }
    fields.push(("icon", icon(staging)?));
    fields.push(("site_styles", hashed(staging, "site", "css")?));
    fields.push(("search", hashed(staging, "search", "js")?));
    let theme = read(&workspace::root().join("static/theme.js"))?;
    fields.push(("theme", shortened(&String::from_utf8_lossy(&theme))?));
    fields.push(("single", hashed(staging, "single", "js")?));
    fields.push(("service_worker", String::from_utf8_lossy(&service_worker).into_owned()));
    let fields: serde_json::Map<String, serde_json::Value> =
        fields.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
    Ok(serde_json::Value::from(fields).to_string())
}

/// Puts a file of `static/` into the site under a name of its content, and answers that.
fn hashed(staging: &Path, stem: &str, end: &str) -> Outcome<String> {
    let script = read(&workspace::root().join(format!("static/{stem}.{end}")))?;
    let script = match end {
        "js" => shortened(&String::from_utf8_lossy(&script))?.into_bytes(),
        _ => script,
    };
    let name = format!("{stem}-{}.{end}", short_hash([script.as_slice()]));
    let place = staging.join(&name);
    fs::write(&place, script).map_err(cannot("write", &place))?;
    Ok(name)
}

/// The icon, by the name that Trunk gave it.
fn icon(staging: &Path) -> Outcome<String> {
    let mut names = files_in(staging)?.into_iter();
    let icon = names.find(|name| name.starts_with("icon-") && name.ends_with(".svg"));
    icon.ok_or_else(|| "Trunk wrote no icon-….svg".into())
}

/// Lets the viewer be installed, and work without a network: its manifest, and the service worker with the names of
/// the files that it keeps.
fn go_offline(staging: &Path) -> Outcome<()> {
    let manifest = read(&workspace::root().join("static/manifest.webmanifest"))?;
    let manifest = String::from_utf8_lossy(&manifest).replace("icon.svg", &icon(staging)?);
    let mut names = Vec::new();
    for name in files_in(staging)? {
        let folder = staging.join(&name);
        let is_engine = name.starts_with("engine-");
        if is_engine || name.starts_with("reader-") && folder.is_dir() {
            // Languages come when they are used.
            let files = files_in(&folder)?.into_iter().filter(|file| !folder.join(file).is_dir());
            names.extend(files.map(|file| format!("{name}/{file}")));
        } else if ["boot-", "fault-", "offline-", "icon-", "reader-"]
            .iter()
            .any(|kind| name.starts_with(kind))
        {
            names.push(name);
        }
    }
    let worker = read(&workspace::root().join("static/sw.js"))?;
    let worker = with_files(&String::from_utf8_lossy(&worker), &names)
        .ok_or("sw.js has no line for its files: see seal.rs")?;
    for (name, text) in [("manifest.webmanifest", manifest), ("sw.js", worker)] {
        let place = staging.join(name);
        fs::write(&place, text).map_err(cannot("write", &place))?;
    }
    Ok(())
}

/// The service worker with the names of the files that it keeps.
fn with_files(worker: &str, names: &[String]) -> Option<String> {
    const NONE: &str = "const FILES = [];";
    let list = serde_json::to_string(names).ok()?;
    worker.contains(NONE).then(|| worker.replacen(NONE, &format!("const FILES = {list};"), 1))
}

pub(crate) fn files_in(folder: &Path) -> Outcome<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(cannot("read", folder))? {
        let entry = entry.map_err(cannot("read", folder))?;
        names.push(entry.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

/// The glue as it was before it was shortened, in the folder of the target.
pub(crate) const GLUE: &str = "glue.js";

/// JavaScript with shorter names, where there is Terser; kept, so that the same is not worked on twice.
pub(crate) fn shortened(script: &str) -> Outcome<String> {
    let Some(terser) = tools::terser() else { return Ok(script.to_owned()) };
    let folder = workspace::target().join("dixit/shortened");
    fs::create_dir_all(&folder).map_err(cannot("write", &folder))?;
    let name = short_hash([script.as_bytes(), terser.to_string_lossy().as_bytes()]);
    let (original, result) =
        (folder.join(format!("{name}.js")), folder.join(format!("{name}.min.js")));
    if !result.is_file() {
        fs::write(&original, script).map_err(cannot("write", &original))?;
        let unfinished = folder.join(format!("{name}.unfinished"));
        let mut command = Command::new(terser);
        command.arg(&original).args(["--module", "--compress", "--mangle", "--output"]);
        process::run("terser", command.arg(&unfinished))?;
        fs::rename(&unfinished, &result).map_err(cannot("write", &result))?;
    }
    Ok(String::from_utf8_lossy(&read(&result)?).into_owned())
}

/// What the parts that come later look like.
const STYLES: [&str; 2] = ["parts.css", "comments.css"];

/// What asks the browser's database, for the comments.
const VAULT: &str = "vault.js";

/// The languages of the interface besides English: the tag and the file of each, in order.
fn words() -> Outcome<Vec<(String, Vec<u8>)>> {
    let folder = workspace::root().join("static/words");
    let mut words = Vec::new();
    for entry in fs::read_dir(&folder).map_err(cannot("read", &folder))? {
        let path = entry.map_err(cannot("read", &folder))?.path();
        if let Some(tag) = path.file_name().and_then(|name| name.to_str()?.strip_suffix(".json")) {
            words.push((tag.to_owned(), read(&path)?));
        }
    }
    words.sort();
    Ok(words)
}

/// The tags of those languages, joined by commas.
pub(crate) fn languages() -> Outcome<String> {
    let tags: Vec<String> = words()?.into_iter().map(|(tag, _)| tag).collect();
    Ok(tags.join(","))
}

/// The script that loads the modules after the first.
const LINK: &str = "./link.js";

/// The glue with the script that it imports, so that one file less is waited for; `hashes` of the modules by name.
fn linked(glue: &str, link: &str, hashes: &[(&str, String)]) -> Option<String> {
    const EXPORT: &str = "export const ";
    // One import for each loader.
    let (mut names, mut glue) = (Vec::new(), glue);
    while let Some((import, rest)) = glue.split_once('\n')
        && let Some(name) = import.strip_prefix("import * as ")
    {
        names.push(name.strip_suffix(" from \"./link.js\"")?);
        glue = rest;
    }
    let link = slim::without_layout(link);
    let (before, after) = link.split_once("import { initSync } from \"./reader.js\";")?;
    let mut link = [before, after].concat();
    for (module, hash) in hashes {
        let theirs = format!("new URL(\"./{module}\", import.meta.url)");
        let (before, after) = link.split_once(&theirs)?;
        link = format!("{before}{theirs}, {{ integrity: \"{hash}\" }}{after}");
    }
    // Many hosts do not know Wasm's type: the glue's own function takes it as it comes.
    const STREAMED: &str = "WebAssembly.instantiateStreaming(src, imports)";
    if link.matches(STREAMED).count() != hashes.len() {
        return None;
    }
    link = link.replace(STREAMED, "__wbg_load(await src, imports)");
    link = numbered(briefly(link, hashes), hashes)?;
    let loaders: Vec<&str> =
        link.split(EXPORT).skip(1).filter_map(|rest| Some(rest.split_once(" = ")?.0)).collect();
    let loaders = loaders.join(", ");
    let link = link.replace(EXPORT, "const ");
    let all = format!("const loaders = {{ {loaders} }};\n");
    let names: String = names.iter().map(|name| format!("const {name} = loaders;\n")).collect();
    Some(link + &all + &names + glue)
}

/// The same script, with one function for what it writes out for every module, and the hashes in a file of their own:
/// compressed they weigh as much as the rest, and an article needs none of them.
fn briefly(mut link: String, hashes: &[(&str, String)]) -> String {
    for (module, hash) in hashes {
        let long = format!(
            "() => {{\nconst src = fetch(new URL(\"./{module}\", import.meta.url), {{ integrity: \"{hash}\" }});\n\
             src.catch(() => {{}});\nreturn async (imports) => (__wbg_load(await src, imports));\n}}\n"
        );
        link = link.replace(&long, &format!("part(\"{module}\")"));
    }
    let integrity = integrity(hashes_file(hashes).as_bytes());
    let fetched = format!(
        "const at = (name) => (import.meta.url.startsWith(\"blob:\") ? dixit.at(name) : new URL(`./${{name}}`, import.meta.url));\n\
         let hashes;\n\
         const hashed = () => (hashes ??= fetch(at(\"{HASHES}\"), {{ integrity: \"{integrity}\" }}).then((file) => file.json()).catch((error) => {{\n\
         hashes = undefined;\nthrow error;\n}}));\n"
    );
    // What a part looks like comes with it.
    let part = "const part = (name) => () => {\n\
                const src = hashed().then((hashes) => fetch(at(name), { integrity: hashes[name] }));\n\
                const look = name.startsWith(\"split\") && dixit.styled(name);\n\
                src.catch(() => {});\nreturn async (imports) => (await look, __wbg_load(await src, imports));\n};\n";
    [&fetched, part, &link].concat()
}

/// The same script, in which the modules that parts share go by their numbers: there are many.
fn numbered(mut link: String, hashes: &[(&str, String)]) -> Option<String> {
    const CHUNK: &str = "__chunk_";
    for (module, _) in hashes {
        let Some(n) = module.strip_prefix("chunk_").and_then(|end| end.strip_suffix(".wasm"))
        else {
            continue;
        };
        let loader = format!("const {CHUNK}{n} = makeLoad(part(\"{module}\"), []);\n");
        let (before, after) = link.split_once(&loader)?;
        link = [before, after].concat();
    }
    const LOADED: &str = "deps.map(d => d())";
    const SHARED: &str = "const chunks = [];\nconst chunk = (n) => \
                          (chunks[n] ??= makeLoad(part(`chunk_${n}.wasm`), []))();\n";
    let (before, after) = link.split_once(LOADED)?;
    Some([SHARED, before, "deps.map(chunk)", after].concat().replace(CHUNK, ""))
}

/// The file that holds the hashes of all modules but the first.
const HASHES: &str = "hashes.json";

fn hashes_file(hashes: &[(&str, String)]) -> String {
    let rows: Vec<String> =
        hashes.iter().map(|(name, hash)| format!("\"{name}\":\"{hash}\"")).collect();
    format!("{{{}}}", rows.join(","))
}

/// The two names that Trunk.toml's `pattern_script` writes, `GLUE WASM`, however the page around them is quoted.
fn reader_names(html: &str) -> Option<(&str, &str)> {
    let (end, found) = html.match_indices("_bg.wasm").next()?;
    let end = end + found.len();
    let part_of_names = |c: char| c.is_ascii_alphanumeric() || "-_. ".contains(c);
    let start = html[..end].rfind(|c| !part_of_names(c))? + 1;
    html[start..end].split_once(' ')
}

/// Builds the engine's module and the importer's, and puts them with their ports into the staging folder;
/// answers the folder's name.
fn seal_engine(staging: &Path) -> Outcome<String> {
    let (engine, importer) = ("dixit-engine-wasm", "dixit-import-wasm");
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for (package, features, name) in [
        (engine, "", "dixit_engine"),
        (importer, "", "dixit_import"),
        // With what few articles need: feeds, Markdown, old encodings.
        (importer, "all", "dixit_import_all"),
    ] {
        process::run(&format!("building {name}"), &mut cargo_build(package, features))?;
        let folder = workspace::target().join("dixit").join(name);
        let (wasm, glue) = bound(&built(&package.replace('-', "_")), &folder, name)?;
        files.push((format!("{name}.wasm"), wasm));
        files.push((format!("{name}.js"), shortened(&glue)?.into_bytes()));
    }
    for port in PORTS {
        files.push((port.to_owned(), read(&workspace::root().join("static").join(port))?));
    }
    // English is in the module.
    let fetched = dixit_engine::BUILT_IN.iter().filter(|(tag, _)| *tag != "en");
    files.extend(fetched.map(|(tag, data)| (format!("lang/{tag}.txt"), data.as_bytes().to_vec())));
    put(staging, "engine", &files)
}

fn cargo_build(package: &str, features: &str) -> Command {
    let mut cargo = process::cargo();
    cargo.current_dir(workspace::root());
    cargo.args(["build", "--locked", "--package", package, "--features", features]);
    cargo.args(["--profile", "wasm", "--target", TARGET]);
    cargo
}

/// A module as cargo has built it.
fn built(name: &str) -> PathBuf {
    workspace::target().join(TARGET).join("wasm").join(format!("{name}.wasm"))
}

/// The passes of `wasm-opt` that make modules smallest once they are compressed: after its usual ones their control
/// flow is taken apart and put together anew, which those then find more to do in. What is computed twice stays so:
/// compression finds it, and kept in a local it would be like nothing else.
const SMALL: &str = "--skip-pass=local-cse -Oz --flatten --rereloop -Oz -Oz";

/// What wasm-bindgen makes of a module in `folder`, shrunk: the module and its glue.
fn bound(module: &Path, folder: &Path, name: &str) -> Outcome<(Vec<u8>, String)> {
    let tool = tools::wasm_bindgen()?;
    let bindgen = tools::find(&tool).ok_or_else(|| {
        format!("{} {} is missing; run: cargo xtask build", tool.package, tool.version)
    })?;
    let mut bindgen = Command::new(bindgen);
    // The later module takes the table of functions, which is left out otherwise.
    bindgen.args(["--target", "web", "--no-typescript", "--keep-lld-exports"]);
    bindgen.arg("--omit-default-module-path");
    bindgen.args(["--out-name", name, "--out-dir"]);
    bindgen.arg(folder).arg(module);
    process::run("wasm-bindgen", &mut bindgen)?;
    let glue = read(&folder.join(format!("{name}.js")))?;
    let wasm = read(&folder.join(format!("{name}_bg.wasm")))?;
    let (wasm, glue) = slim::module_and_glue(&wasm, &String::from_utf8_lossy(&glue))?;
    Ok((optimised(&wasm, SMALL)?, glue))
}

/// Puts files into a folder of the site that is named after their content; answers its name.
fn put(staging: &Path, kind: &str, files: &[(impl AsRef<str>, Vec<u8>)]) -> Outcome<String> {
    let name = format!("{kind}-{}", short_hash(files.iter().map(|(_, bytes)| bytes.as_slice())));
    let place = staging.join(&name);
    for (file, bytes) in files {
        let path = place.join(file.as_ref());
        let folder = path.parent().unwrap_or(&place);
        fs::create_dir_all(folder).map_err(cannot("write", folder))?;
        fs::write(&path, bytes).map_err(cannot("write", &path))?;
    }
    Ok(name)
}

pub(crate) fn read(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).map_err(cannot("read", path))
}

/// The module after `wasm-opt`, where there is one, in the order in which it compresses best.
pub(crate) fn optimised(original: &[u8], passes: &str) -> Outcome<Vec<u8>> {
    ordered(&shrunk(original, passes)?)
}

/// The module after `wasm-opt`, where there is one; kept, so that an unchanged module is not worked on twice.
fn shrunk(original: &[u8], passes: &str) -> Outcome<Vec<u8>> {
    let Some(wasm_opt) = tools::any_wasm_opt() else { return Ok(original.to_vec()) };
    let folder = workspace::target().join("dixit/optimised");
    fs::create_dir_all(&folder).map_err(cannot("write", &folder))?;
    let tool = wasm_opt.to_string_lossy();
    let name = short_hash([original, passes.as_bytes(), tool.as_bytes()]);
    let module = folder.join(format!("{name}.original"));
    let result = folder.join(format!("{name}.wasm"));
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
        fs::write(&module, original).map_err(cannot("write", &module))?;
        let unfinished = result.with_extension("unfinished");
        let mut command = Command::new(&wasm_opt);
        command.args(passes.split(' ')).args(FEATURES).arg(&module).arg("-o").arg(&unfinished);
        process::run("wasm-opt", &mut command)?;
        fs::remove_file(&module).map_err(cannot("remove", &module))?;
        fs::rename(&unfinished, &result).map_err(cannot("write", &result))?;
    }
    read(&result)
}

/// The hash by which a browser tells whether a file is whole.
pub(crate) fn integrity(bytes: &[u8]) -> String {
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(bytes));
    format!("sha256-{hash}")
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
    fn the_glue_takes_in_the_script_that_loads_the_rest() {
        let load = |name: &str| {
            format!(
                "() => {{\n    const src = fetch(new URL(\"./{name}.wasm\", import.meta.url));\n    src.catch(() => {{}});\n    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));\n}}\n"
            )
        };
        let link = format!(
            "import {{ initSync }} from \"./reader.js\";\n\nwait(deps.map(d => d()));\nconst __chunk_7 = makeLoad({}, []);\nexport const __wasm_split_load_a = makeLoad({}, [__chunk_7]);\nexport const __wasm_split_load_b = makeLoad({}, []);\n",
            load("chunk_7"),
            load("a"),
            load("b")
        );
        let glue = "import * as import1 from \"./link.js\"\nimport * as import2 from \"./link.js\"\nexport { initSync };\n";
        let hash = "sha384-x".to_owned();
        let hashes = [("a.wasm", hash.clone()), ("b.wasm", hash.clone()), ("chunk_7.wasm", hash)];
        let linked = linked(glue, &link, &hashes).expect("the glue");
        assert_eq!(
            linked.split_whitespace().collect::<Vec<_>>().join(" "),
            "const chunks = []; const chunk = (n) => (chunks[n] ??= makeLoad(part(`chunk_${n}.wasm`), []))(); \
             const at = (name) => (import.meta.url.startsWith(\"blob:\") ? dixit.at(name) : new URL(`./${name}`, import.meta.url)); let hashes; \
             const hashed = () => (hashes ??= fetch(at(\"hashes.json\"), \
             { integrity: \"sha256-g/J/41FcJSYXxz3yfd16P77WQjCoTfgmpmXYs7Mu2JI=\" }).then((file) => file.json()).catch((error) => { \
             hashes = undefined; throw error; })); \
             const part = (name) => () => { \
             const src = hashed().then((hashes) => fetch(at(name), { integrity: hashes[name] })); \
             const look = name.startsWith(\"split\") && dixit.styled(name); \
             src.catch(() => {}); return async (imports) => (await look, __wbg_load(await src, imports)); }; \
             wait(deps.map(chunk)); \
             const __wasm_split_load_a = makeLoad(part(\"a.wasm\"), [7]); \
             const __wasm_split_load_b = makeLoad(part(\"b.wasm\"), []); \
             const loaders = { __wasm_split_load_a, __wasm_split_load_b }; \
             const import1 = loaders; const import2 = loaders; export { initSync };"
        );
        assert_eq!(super::linked(glue, &link, &hashes[..1]), None);
        assert_eq!(super::linked(glue, "export const other = 1;", &[]), None);
    }

    #[test]
    fn a_hash_tells_where_one_part_ends() {
        assert_ne!(short_hash([b"ab".as_slice(), b"c"]), short_hash([b"a".as_slice(), b"bc"]));
        assert_eq!(short_hash([b"ab".as_slice()]).len(), 16);
    }
}
