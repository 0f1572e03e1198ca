//! `dixit serve`: shows the site of a folder while its articles are being written.

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use notify::{RecursiveMode, Watcher};
use tiny_http::{Header, Request, Response, Server};

use crate::build::Common;
use crate::output::complain;
use crate::site::{self, Plan};

const HELP: &str = r#"The site is built into a folder for temporary files and served on this machine alone. When an
article, a file beside it or dixit.toml changes, what depends on it is built again and open pages
reload by themselves.

Example:
  dixit serve articles/"#;

#[derive(Debug, clap::Args)]
#[command(about = "Show the site of a folder, and reload when an article changes", after_help = HELP)]
pub(crate) struct Options {
    /// The folder of articles
    articles: PathBuf,
    /// The port on this machine
    #[arg(long, value_name = "N", default_value_t = 8000)]
    port: u16,
    #[command(flatten)]
    common: Common,
}

/// Changes that are closer together than this are built at once.
const LULL: Duration = Duration::from_millis(150);
/// How long a page waits for a change before it asks again.
const PATIENCE: Duration = Duration::from_secs(25);

/// How often the site was built, and who waits for the next time.
#[derive(Default)]
struct Builds {
    n: Mutex<u64>,
    another: Condvar,
}

pub(crate) fn run(options: &Options) -> ExitCode {
    match serve(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            error.lines().for_each(complain);
            ExitCode::FAILURE
        }
    }
}

fn serve(options: &Options) -> Result<(), String> {
    let articles = fs::canonicalize(&options.articles)
        .map_err(|error| format!("{}: {error}", options.articles.display()))?;
    let server = Server::http(("127.0.0.1", options.port))
        .map_err(|error| format!("port {}: {error}: choose another with --port", options.port))?;
    let out = std::env::temp_dir().join("dixit-serve").join(site::name_of(&articles));
    let plan = options.common.plan(articles.clone(), out.clone());
    // Watched before it is built: nothing is missed.
    let (tell, changes) = channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| !event.kind.is_access()) {
            // When nobody listens the program ends.
            let _ = tell.send(());
        }
    })
    .map_err(|error| format!("watching: {error}"))?;
    let mut watch = |path: &Path, mode| {
        watcher.watch(path, mode).map_err(|error| format!("{}: {error}", path.display()))
    };
    watch(&articles, RecursiveMode::Recursive)?;
    if let Some(above) = articles.parent().filter(|above| above.join("dixit.toml").is_file()) {
        watch(&above.join("dixit.toml"), RecursiveMode::NonRecursive)?;
    }
    build(&plan)?;
    println!("http://127.0.0.1:{}/  (Ctrl-C ends it)", options.port);
    let builds = Arc::new(Builds::default());
    let of_watcher = Arc::clone(&builds);
    thread::spawn(move || rebuild(&plan, &changes, &of_watcher));
    for request in server.incoming_requests() {
        let (out, builds) = (out.clone(), Arc::clone(&builds));
        // A page that waits for a change keeps a thread waiting, not the others.
        thread::spawn(move || answer(request, &out, &builds));
    }
    drop(watcher);
    Ok(())
}

fn build(plan: &Plan) -> Result<(), String> {
    let report = site::build(plan)?;
    println!("{}", report.words(&plan.out));
    Ok(())
}

/// Builds again at every change, and says what went wrong; the site stays as it was then.
fn rebuild(plan: &Plan, changes: &Receiver<()>, builds: &Builds) {
    while changes.recv().is_ok() {
        while changes.recv_timeout(LULL).is_ok() {}
        match build(plan) {
            Ok(()) => {
                *builds.n.lock().unwrap_or_else(PoisonError::into_inner) += 1;
                builds.another.notify_all();
            }
            Err(error) => error.lines().for_each(complain),
        }
    }
}

/// Reloads a page when the site was built again. The address is one that no article has.
const RELOAD: &str = "\
let seen;
const ask = async () => {
  try {
    const answer = await fetch(`/.dixit/builds?after=${seen ?? \"\"}`);
    const n = await answer.text();
    if (seen !== undefined && n !== seen) return location.reload();
    seen = n;
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 2000)); // the server is away
  }
  ask();
};
ask();
";

fn answer(request: Request, out: &Path, builds: &Builds) {
    let url = request.url().to_owned();
    let (path, query) = url.split_once('?').unwrap_or((&url, ""));
    let (status, kind, body) = match path {
        "/.dixit/reload.js" => (200, "text/javascript", RELOAD.as_bytes().to_vec()),
        "/.dixit/builds" => {
            let seen = query.strip_prefix("after=").and_then(|n| n.parse::<u64>().ok());
            let n = builds.n.lock().unwrap_or_else(PoisonError::into_inner);
            let waited = builds.another.wait_timeout_while(n, PATIENCE, |n| Some(*n) == seen);
            let n = *waited.unwrap_or_else(PoisonError::into_inner).0;
            (200, "text/plain", n.to_string().into_bytes())
        }
        path => file(out, path),
    };
    let mut response =
        Response::new(status.into(), Vec::new(), Cursor::new(body.clone()), Some(body.len()), None);
    let headers = [
        ("Content-Type", kind),
        ("X-Content-Type-Options", "nosniff"),
        ("Cache-Control", "no-cache"),
    ];
    for (name, value) in headers {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    // A browser that went away wants no answer.
    let _ = request.respond(response);
}

/// The file at an address of the site, as static hosts choose it.
fn file(out: &Path, path: &str) -> (u16, &'static str, Vec<u8>) {
    let path = site::percent_decoded(path.trim_start_matches('/'));
    let is_inside =
        path.split('/').all(|part| part != ".." && !part.starts_with('.') && !part.contains('\\'));
    let path = if path.is_empty() || path.ends_with('/') { path + "index.html" } else { path };
    let found = fs::read(out.join(&path)).ok().filter(|_| is_inside);
    let (status, kind, body) = match found {
        Some(body) => (200, kind_of(&path), body),
        None => {
            (404, "text/html; charset=utf-8", fs::read(out.join("404.html")).unwrap_or_default())
        }
    };
    if !kind.starts_with("text/html") {
        return (status, kind, body);
    }
    let page = String::from_utf8_lossy(&body);
    let script = "<script src=\"/.dixit/reload.js\" defer></script></head>";
    (status, kind, page.replacen("</head>", script, 1).into_bytes())
}

/// The type of a file, by its name.
fn kind_of(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css",
        "js" | "mjs" => "text/javascript",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "woff2" => "font/woff2",
        "xml" => "application/xml",
        "txt" => "text/plain; charset=utf-8",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}
