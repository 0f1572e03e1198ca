//! A static server for the built site, with faults on demand.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::link::Link;

/// The folder of the server that the site is served from.
const FOLDER: &str = "/some/folder/";

/// A running server with an origin of its own; it ends with the test run.
pub(crate) struct Site {
    port: u16,
    seen: Arc<Mutex<Vec<String>>>,
    away: Arc<AtomicBool>,
    /// The network in between, once it is slow.
    link: Arc<OnceLock<Link>>,
}

/// What the browser asked for.
pub(crate) struct Request {
    /// Relative to the site's folder: `index.html`, `engine-…/engine.js`; absolute outside of it.
    pub(crate) path: String,
    pub(crate) query: HashMap<String, String>,
}

/// What it gets.
#[derive(Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// Time before the first byte.
    pub(crate) wait: Duration,
    /// Bytes at the end that are promised and not sent.
    pub(crate) missing: usize,
}

impl Reply {
    /// An answer of this status and type.
    pub(crate) fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Reply {
        let headers = vec![("Content-Type".to_owned(), content_type.to_owned())];
        Reply { status, headers, body: body.into(), wait: Duration::ZERO, missing: 0 }
    }

    /// 404, as a static host says it.
    pub(crate) fn not_found() -> Reply {
        Reply::new(404, "text/html", "<!doctype html><h1>Not found</h1>")
    }

    /// The built file of this path, 404 where there is none.
    pub(crate) fn built(path: &str) -> Reply {
        let path = if path.is_empty() { "index.html" } else { path };
        let inside = !path.starts_with('/') && !path.split('/').any(|part| part == "..");
        match std::fs::read(dist().join(path)) {
            Ok(body) if inside => Reply::new(200, content_type(path), body),
            _ => Reply::not_found(),
        }
    }

    /// The file of this path in a folder, as static hosts choose it.
    pub(crate) fn of_file(folder: &Path, path: &str) -> Reply {
        let index = path.is_empty() || path.ends_with('/');
        let path = if index { [path, "index.html"].concat() } else { path.to_owned() };
        let inside = !path.starts_with('/') && !path.split('/').any(|part| part == "..");
        match std::fs::read(folder.join(&path)) {
            Ok(body) if inside => Reply::new(200, content_type(&path), body),
            _ => match std::fs::read(folder.join("404.html")) {
                Ok(page) => Reply::new(404, "text/html; charset=utf-8", page),
                Err(_) => Reply::not_found(),
            },
        }
    }

    /// The folder of the built site: `DIXIT_DIST`, else `dist/`.
    pub(crate) fn dist() -> PathBuf {
        dist()
    }

    /// The same with one more header.
    pub(crate) fn header(mut self, name: &str, value: &str) -> Reply {
        self.headers.retain(|(n, _)| !n.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same with other text in place of `old`.
    pub(crate) fn replace(mut self, old: &str, new: &str) -> Reply {
        let text = String::from_utf8(self.body).expect("a text file");
        assert!(text.contains(old), "nothing to replace: {old}");
        self.body = text.replace(old, new).into_bytes();
        self
    }
}

impl Site {
    /// The built site as it is.
    pub(crate) fn start() -> Site {
        Site::with(|_| None)
    }

    /// The built site, except where `rule` answers otherwise.
    pub(crate) fn with(rule: impl Fn(&Request) -> Option<Reply> + Send + Sync + 'static) -> Site {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("its number").port();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (rule, log) = (Arc::new(rule), Arc::clone(&seen));
        let away = Arc::new(AtomicBool::new(false));
        let is_away = Arc::clone(&away);
        let link = Arc::new(OnceLock::new());
        let between = Arc::clone(&link);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if is_away.load(Ordering::Relaxed) {
                    continue;
                }
                let (rule, log) = (Arc::clone(&rule), Arc::clone(&log));
                let link = Arc::clone(&between);
                // A browser that goes away in the middle is no fault of the site.
                std::thread::spawn(move || drop(answer(stream, &*rule, &log, link.get())));
            }
        });
        Site { port, seen, away, link }
    }

    /// The built site, whose files other sites may load.
    pub(crate) fn shared() -> Site {
        Site::with(|request| {
            Some(Reply::built(&request.path).header("Access-Control-Allow-Origin", "*"))
        })
    }

    /// The built site with another's page in it, `host.html`.
    pub(crate) fn hosting(host: impl Into<String>) -> Site {
        let host = host.into();
        Site::with(move |request| {
            let page = || Reply::new(200, "text/html; charset=utf-8", host.clone());
            (request.path == "host.html").then(page)
        })
    }

    /// The files of a folder.
    pub(crate) fn of_folder(folder: &Path) -> Site {
        let folder = folder.to_owned();
        // What a test sees comes from the site, and not from what the browser keeps of it.
        let is_worker = |path: &str| path == "sw.js";
        Site::with(move |request| {
            let there = !is_worker(&request.path);
            Some(if there { Reply::of_file(&folder, &request.path) } else { Reply::not_found() })
        })
    }

    /// The files of a folder, its service worker with them.
    pub(crate) fn offline_capable(folder: &Path) -> Site {
        let folder = folder.to_owned();
        Site::with(move |request| Some(Reply::of_file(&folder, &request.path)))
    }

    /// The built site with a policy that lets it fetch from other servers of this machine, which
    /// have no https.
    pub(crate) fn reaching_this_machine() -> Site {
        Site::with(|request| {
            let page = matches!(request.path.as_str(), "" | "index.html");
            let wider = "connect-src 'self' https: http://127.0.0.1:*";
            page.then(|| Reply::built("").replace("connect-src 'self' https:", wider))
        })
    }

    /// The files of a folder, compressed as hosts do; a page of `more` by its path in their place.
    pub(crate) fn compressed(folder: &Path, more: Vec<(String, String)>) -> Site {
        let folder = folder.to_owned();
        // As hosts do it: once, and not while somebody waits.
        let made = Mutex::new(HashMap::new());
        Site::with(move |request| {
            if let Some(reply) = made.lock().expect("what was compressed").get(&request.path) {
                return Some(Reply::clone(reply));
            }
            let own = more.iter().find(|(path, _)| *path == request.path);
            let mut reply = match own {
                Some((_, page)) => Reply::new(200, "text/html; charset=utf-8", page.clone()),
                None if request.path == "sw.js" => Reply::not_found(),
                None => Reply::of_file(&folder, &request.path),
            };
            let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
            gzip.write_all(&reply.body).expect("memory");
            reply.body = gzip.finish().expect("memory");
            let reply = reply.header("Content-Encoding", "gzip");
            made.lock().expect("what was compressed").insert(request.path.clone(), reply.clone());
            Some(reply)
        })
    }

    /// The same site behind a slow network, for everything that a page asks for: what browsers slow down by themselves
    /// leaves workers out.
    pub(crate) fn slow(self) -> Site {
        let _ = self.link.set(Link::slow());
        self
    }

    /// Bytes that were sent so far, where the site is [`Site::slow`].
    pub(crate) fn sent(&self) -> u64 {
        self.link.get().map_or(0, Link::sent)
    }

    /// Answers nothing any more, as without a network.
    pub(crate) fn go_away(&self) {
        self.away.store(true, Ordering::Relaxed);
    }

    /// The address of a path inside the site's folder, such as `?src=articles/a.txt`.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{FOLDER}{path}", self.origin())
    }

    /// `http://127.0.0.1:PORT`
    pub(crate) fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The address of an answer made to order: `status=404`, `type=image/png`, `wait=3000`
    /// (milliseconds), `missing=10` (bytes cut off), `size=3000000` (bytes of text), `cors=*`,
    /// `to=URL` (a redirect), `body=text`; joined by `&`. Without any: a short article.
    pub(crate) fn reply(&self, order: &str) -> String {
        format!("{}/reply?{order}", self.origin())
    }

    /// The paths that were asked for so far, in order.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.seen.lock().expect("the log").clone()
    }
}

/// The article that [`Site::reply`] serves where no other body is asked for.
pub(crate) const SHORT_ARTICLE: &str = "Harbour vote\n\nThe council met on Monday.\n\n“It is over, and we all know it,” said Ann Lee, the mayor.\n";

fn answer(
    stream: TcpStream,
    rule: &dyn Fn(&Request) -> Option<Reply>,
    seen: &Mutex<Vec<String>>,
    link: Option<&Link>,
) -> std::io::Result<()> {
    let mut lines = BufReader::new(&stream).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    let target = first.split(' ').nth(1).unwrap_or("/");
    let url = url::Url::parse("http://x")
        .and_then(|base| base.join(target))
        .expect("a URL from a browser");
    let path = url.path().strip_prefix(FOLDER).unwrap_or(url.path()).to_owned();
    let query = url.query_pairs().into_owned().collect();
    seen.lock().expect("the log").push(path.clone());
    let request = Request { path, query };
    let reply = rule(&request).unwrap_or_else(|| match request.path.as_str() {
        "/reply" => to_order(&request.query),
        // What a test sees comes from the site, and not from what the browser keeps of it: see `Site::of_folder`.
        "sw.js" => Reply::not_found(),
        path => Reply::built(path),
    });
    let bytes = bytes(&reply);
    std::thread::sleep(reply.wait);
    match link {
        Some(link) => link.send(&stream, &bytes),
        None => (&stream).write_all(&bytes),
    }
}

fn to_order(order: &HashMap<String, String>) -> Reply {
    let number = |name: &str| order.get(name).and_then(|n| n.parse::<usize>().ok());
    let mut body = order.get("body").map_or(SHORT_ARTICLE, String::as_str).to_owned();
    if let Some(size) = number("size") {
        let sentence = "“We are ready for the harbour to open again,” said Ann Lee. ";
        body += &sentence.repeat(size.saturating_sub(body.len()) / sentence.len() + 1);
        body.truncate(body.floor_char_boundary(size));
    }
    let status = number("status").unwrap_or(200).try_into().unwrap_or(500);
    let content_type = order.get("type").map_or("text/plain; charset=utf-8", String::as_str);
    let mut reply = Reply::new(status, content_type, body);
    reply.wait = Duration::from_millis(number("wait").unwrap_or(0) as u64);
    reply.missing = number("missing").unwrap_or(0);
    if let Some(origin) = order.get("cors") {
        reply = reply.header("Access-Control-Allow-Origin", origin);
    }
    if let Some(to) = order.get("to") {
        reply.status = 302;
        reply = reply.header("Location", to);
    }
    reply
}

/// The answer as it is sent.
fn bytes(reply: &Reply) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {} -\r\nConnection: close\r\n", reply.status);
    head += &format!("Content-Length: {}\r\nCache-Control: no-store\r\n", reply.body.len());
    for (name, value) in &reply.headers {
        head += &format!("{name}: {value}\r\n");
    }
    let body = &reply.body[..reply.body.len().saturating_sub(reply.missing)];
    [head.as_bytes(), b"\r\n", body].concat()
}

fn content_type(path: &str) -> &'static str {
    match Path::new(path).extension().and_then(|e| e.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("png") => "image/png",
        Some("xml") => "application/xml",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// The built site: `DIXIT_DIST`, else `dist/`.
fn dist() -> PathBuf {
    let dist = std::env::var_os("DIXIT_DIST").map(PathBuf::from);
    let dist = dist.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("dist"));
    assert!(
        dist.join("index.html").is_file(),
        "no built site in {}; build it: cargo xtask build",
        dist.display()
    );
    dist
}
