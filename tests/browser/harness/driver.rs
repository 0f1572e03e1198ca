//! The browser's driver: one a test run, ended with it.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

/// The browsers that the suite knows. Another one joins by its driver's command and its capabilities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Browser {
    Chromium,
}

impl Browser {
    /// The browser that `DIXIT_BROWSER` names; Chromium where it names none.
    pub(crate) fn chosen() -> Browser {
        match env::var("DIXIT_BROWSER").as_deref() {
            Err(_) | Ok("" | "chromium") => Browser::Chromium,
            Ok(other) => panic!("DIXIT_BROWSER={other}: only chromium is known so far"),
        }
    }

    /// What a new session asks for.
    pub(crate) fn capabilities(self) -> Map<String, Value> {
        self.asking(Vec::new())
    }

    /// The same, for one that keeps what it keeps in `profile`.
    pub(crate) fn in_profile(self, profile: &Path) -> Map<String, Value> {
        self.asking(vec![format!("--user-data-dir={}", profile.display())])
    }

    fn asking(self, more: Vec<String>) -> Map<String, Value> {
        let Browser::Chromium = self;
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
        let capabilities = json!({
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        });
        capabilities.as_object().cloned().unwrap_or_default()
    }

    fn driver(self) -> PathBuf {
        let Browser::Chromium = self;
        env::var_os("DIXIT_CHROMEDRIVER").map_or_else(|| "chromedriver".into(), PathBuf::from)
    }
}

/// The address of the running driver, started at the first call.
pub(crate) fn address() -> &'static str {
    static DRIVER: OnceLock<(String, Child)> = OnceLock::new();
    &DRIVER.get_or_init(|| start(Browser::chosen())).0
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
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
        .iter()
        .find_map(|name| folders.iter().map(|dir| dir.join(name)).find(|file| file.is_file()))
}
