//! The browser's driver: one a test run, ended with it.

use std::env;
use std::fs::{self, File};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

/// The browsers that the suite knows. Another one joins by its driver's command and its capabilities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Browser {
    /// All tests run in it.
    Chromium,
    Firefox,
    /// WebKitGTK's own small browser.
    WebKit,
}

impl Browser {
    /// Runs a test in this browser; where it is not on this machine, says so. CI has all.
    pub(crate) fn run(self, test: impl FnOnce(Browser)) {
        if self.is_there() {
            test(self);
        } else {
            assert!(env::var_os("CI").is_none(), "missing for the browser tests: {self:?}");
            eprintln!("not tested, since it is not on this machine: {self:?}");
        }
    }

    fn is_there(self) -> bool {
        match self {
            Browser::Chromium => true,
            Browser::Firefox => {
                on_path(&["firefox", "firefox-esr"]).is_some() && self.driver().is_file()
            }
            Browser::WebKit => mini_browser().is_some() && self.driver().is_file(),
        }
    }

    /// What a new session asks for.
    pub(crate) fn capabilities(self) -> Map<String, Value> {
        match self {
            Browser::Chromium => Browser::chromium(Vec::new()),
            Browser::Firefox => Browser::firefox(),
            Browser::WebKit => Browser::webkit(),
        }
    }

    /// What a session of Chromium asks for that keeps what it keeps in `profile`.
    pub(crate) fn in_profile(profile: &Path) -> Map<String, Value> {
        Browser::chromium(vec![format!("--user-data-dir={}", profile.display())])
    }

    fn chromium(more: Vec<String>) -> Map<String, Value> {
        let mut args = vec![
            "--no-sandbox", // runs as root in containers; the pages are our own
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--force-device-scale-factor=1",
            // Nothing but this machine can be reached, so no test depends on the network.
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
        ];
        if env::var_os("DIXIT_SHOW").is_none() {
            args.push("--headless");
        }
        let args: Vec<String> = args.into_iter().map(str::to_owned).chain(more).collect();
        let mut options = json!({ "args": args });
        if let Some(binary) = chromium() {
            options["binary"] = json!(binary);
        }
        object(json!({
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        }))
    }

    fn firefox() -> Map<String, Value> {
        let args = if env::var_os("DIXIT_SHOW").is_none() { vec!["-headless"] } else { Vec::new() };
        let mut options = json!({ "args": args });
        if let Some(binary) = on_path(&["firefox", "firefox-esr"]) {
            options["binary"] = json!(binary);
        }
        object(json!({ "browserName": "firefox", "moz:firefoxOptions": options }))
    }

    fn webkit() -> Map<String, Value> {
        let options = json!({ "binary": mini_browser(), "args": ["--automation"] });
        object(json!({ "browserName": "MiniBrowser", "webkitgtk:browserOptions": options }))
    }

    /// The program that drives it.
    fn driver(self) -> PathBuf {
        let (variable, name) = match self {
            Browser::Chromium => ("DIXIT_CHROMEDRIVER", "chromedriver"),
            Browser::Firefox => ("DIXIT_GECKODRIVER", "geckodriver"),
            Browser::WebKit => ("DIXIT_WEBKITDRIVER", "WebKitWebDriver"),
        };
        let named = env::var_os(variable).map(PathBuf::from);
        named.or_else(|| on_path(&[name])).unwrap_or_else(|| name.into())
    }
}

fn object(value: Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

/// The first of these programs that is on PATH.
fn on_path(names: &[&str]) -> Option<PathBuf> {
    let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH")?).collect();
    names
        .iter()
        .find_map(|name| folders.iter().map(|dir| dir.join(name)).find(|file| file.is_file()))
}

/// WebKitGTK's browser, which stands in a folder of its library.
fn mini_browser() -> Option<PathBuf> {
    let libraries =
        ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/libexec"];
    let versions = ["webkit2gtk-4.1", "webkitgtk-6.0", "webkit2gtk-4.0"];
    let places = libraries.iter().flat_map(|folder| {
        versions.iter().map(move |version| Path::new(folder).join(version).join("MiniBrowser"))
    });
    places.into_iter().find(|place| place.is_file())
}

/// A running driver; it ends when this is dropped, or with the test run.
pub(crate) struct Driver {
    address: String,
    child: Child,
}

impl Driver {
    /// A driver for one session. Those of Firefox and WebKit take no more; Chromium's takes many and is shared.
    pub(crate) fn start(browser: Browser) -> Option<Driver> {
        match browser {
            Browser::Chromium => None,
            Browser::Firefox | Browser::WebKit => Some(Driver::of_its_own(browser)),
        }
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    fn of_its_own(browser: Browser) -> Driver {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("its number").port();
        drop(listener);
        let log = leavings("browser-logs").join(format!("{browser:?}-{port}.log"));
        let output = File::create(&log).expect("the driver's log");
        // In a group of its own, which goes as a whole: the driver, its browser and its screen.
        const RUN: &str =
            "setsid $screen \"$0\" $port & driver=$!; read -r _; kill -- -$driver; wait";
        let mut shell = Command::new("sh");
        shell.args(["-c", RUN]).arg(browser.driver());
        match browser {
            Browser::WebKit => {
                shell
                    .env("screen", "xvfb-run -a -s -screen\\ 0\\ 1600x1200x24")
                    .env("port", format!("--port={port}"));
                // As root in containers; the pages are our own.
                for name in [
                    "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS",
                    "WEBKIT_DISABLE_COMPOSITING_MODE",
                    "WEBKIT_DISABLE_DMABUF_RENDERER",
                    "LIBGL_ALWAYS_SOFTWARE",
                ] {
                    shell.env(name, "1");
                }
                shell.env("GDK_BACKEND", "x11").env("screen", "xvfb-run -a");
            }
            _ => {
                shell.env("screen", "").env("port", format!("--port={port}"));
            }
        }
        shell
            .stdin(Stdio::piped())
            .stdout(output.try_clone().expect("the driver's log"))
            .stderr(output);
        let child = shell.spawn().expect("a shell to start the driver");
        let deadline = Instant::now() + Duration::from_secs(30);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let said = || fs::read_to_string(&log).unwrap_or_default();
            assert!(Instant::now() < deadline, "{browser:?} did not start; it said: {}", said());
            std::thread::sleep(Duration::from_millis(50));
        }
        Driver { address: format!("http://127.0.0.1:{port}"), child }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The shell waits for its input to end.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// The address of Chromium's driver, started at the first call.
pub(crate) fn address() -> &'static str {
    static DRIVER: OnceLock<(String, Child)> = OnceLock::new();
    &DRIVER.get_or_init(|| start(Browser::Chromium)).0
}

/// A folder for what test runs leave behind, inside Cargo's target folder.
pub(crate) fn leavings(name: &str) -> PathBuf {
    let tmp = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let folder = tmp.parent().unwrap_or(&tmp).join(name);
    fs::create_dir_all(&folder).expect("a folder in target/");
    folder
}

fn start(browser: Browser) -> (String, Child) {
    let driver = browser.driver();
    let log = leavings("browser-logs").join(format!("driver-{}.log", std::process::id()));
    let output = File::create(&log).expect("the driver's log");
    // The shell waits on a pipe that closes when this test run ends, however it ends.
    let mut child = Command::new("sh")
        .args(["-c", "\"$0\" --port=0 & driver=$!; read -r _; kill $driver; wait"])
        .arg(&driver)
        .stdin(Stdio::piped())
        .stdout(output.try_clone().expect("the driver's log"))
        .stderr(output)
        .spawn()
        .expect("a shell to start the driver");
    let Some(port) = port_in(&log, Duration::from_secs(20)) else {
        let _ = child.kill().and_then(|()| child.wait());
        let said = fs::read_to_string(&log).unwrap_or_default();
        panic!("{} did not start; it said: {said}", driver.display());
    };
    (format!("http://127.0.0.1:{port}"), child)
}

/// The port that the driver says it has taken.
fn port_in(log: &Path, patience: Duration) -> Option<String> {
    let deadline = Instant::now() + patience;
    while Instant::now() < deadline {
        let said = fs::read_to_string(log).unwrap_or_default();
        let port =
            said.split_once("successfully on port ").and_then(|(_, rest)| rest.split_once('.'));
        if let Some((port, _)) = port {
            return Some(port.to_owned());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    None
}

/// Chromium by one of its names; the driver itself knows Google Chrome's usual place.
fn chromium() -> Option<PathBuf> {
    if let Some(named) = env::var_os("DIXIT_CHROMIUM") {
        return Some(named.into());
    }
    on_path(&["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"])
}
