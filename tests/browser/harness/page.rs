//! One browser session with the site open in it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fs;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use tokio::runtime::Runtime;

use super::Site;
use super::driver::{Browser, Driver, address, leavings};

/// How long a page may take to show what a test waits for.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);
/// How long a driver may take to do something.
const DRIVEN: Duration = Duration::from_secs(120);
/// A wide window, in CSS pixels.
pub(crate) const SHEET: (u32, u32) = (1440, 1100);
/// A narrow one.
pub(crate) const TALL: (u32, u32) = (500, 1000);

/// A page in a browser of its own; every method panics, at the caller's line, where the page does not do as told.
pub(crate) struct Page {
    pub(super) runtime: Runtime,
    pub(super) client: Client,
    origin: String,
    violations_expected: Cell<bool>,
    log: RefCell<Log>,
    browser: Browser,
    /// Where the driver serves this page alone.
    _driver: Option<Driver>,
}

#[derive(Default)]
struct Log {
    console: Vec<String>,
    requests: Vec<String>,
}

/// Opening, moving about and looking on.
impl Page {
    /// Opens the site's page at `path` (`""` is the start page) in a wide window.
    #[track_caller]
    pub(crate) fn open(site: &Site, path: &str) -> Page {
        let page = Page::blank(site);
        page.goto(&site.url(path));
        page
    }

    /// A browser with nothing open yet, for what must be set before; then [`Page::goto`].
    #[track_caller]
    pub(crate) fn blank(site: &Site) -> Page {
        Page::blank_in(Browser::Chromium, site)
    }

    /// A browser with nothing open yet that keeps what it keeps in `profile`.
    #[track_caller]
    pub(crate) fn in_profile(site: &Site, profile: &Path) -> Page {
        Page::with(site, Browser::Chromium, Browser::in_profile(profile))
    }

    /// Opens the site's page at `path` in one of the browsers.
    #[track_caller]
    pub(crate) fn open_in(browser: Browser, site: &Site, path: &str) -> Page {
        let page = Page::blank_in(browser, site);
        page.goto(&site.url(path));
        page
    }

    /// One of the browsers with nothing open yet.
    #[track_caller]
    pub(crate) fn blank_in(browser: Browser, site: &Site) -> Page {
        Page::with(site, browser, browser.capabilities())
    }

    /// Which browser it is.
    pub(crate) fn browser(&self) -> Browser {
        self.browser
    }

    #[track_caller]
    fn with(site: &Site, browser: Browser, capabilities: Map<String, Value>) -> Page {
        let driver = Driver::start(browser);
        let address = match &driver {
            Some(driver) => driver.address().to_owned(),
            None => address().to_owned(),
        };
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let session = async {
            ClientBuilder::new(HttpConnector::new())
                .capabilities(capabilities)
                .connect(&address)
                .await
        };
        let client =
            runtime.block_on(session).unwrap_or_else(|e| panic!("no browser session: {e}"));
        let page = Page {
            runtime,
            client,
            origin: site.origin(),
            violations_expected: Cell::new(false),
            log: RefCell::default(),
            browser,
            _driver: driver,
        };
        page.resize(SHEET);
        page
    }

    /// Goes to a whole address.
    #[track_caller]
    pub(crate) fn goto(&self, url: &str) {
        self.wait(self.client.goto(url), url);
    }

    /// Loads the page again.
    #[track_caller]
    pub(crate) fn reload(&self) {
        self.wait(self.client.refresh(), "reload");
    }

    /// Goes back in the history.
    #[track_caller]
    pub(crate) fn back(&self) {
        self.wait(self.client.back(), "back");
    }

    /// The address in the address bar.
    #[track_caller]
    pub(crate) fn address(&self) -> String {
        self.wait(self.client.current_url(), "address").to_string()
    }

    /// Looks at the window that was opened last, once there is another than the first.
    #[track_caller]
    pub(crate) fn to_newest_window(&self) {
        self.eventually("another window", || self.wait(self.client.windows(), "windows").len() > 1);
        let windows = self.wait(self.client.windows(), "windows");
        let last = windows.last().cloned().expect("a window");
        self.wait(self.client.switch_to_window(last), "another window");
    }

    /// Looks into a frame from now on.
    #[track_caller]
    pub(crate) fn to_frame(&self, selector: &str) {
        let frame = self.find(selector);
        self.wait(frame.enter_frame(), selector);
    }

    /// Looks at the whole page again.
    #[track_caller]
    pub(crate) fn to_parent(&self) {
        self.wait(self.client.clone().enter_parent_frame(), "the page around");
    }

    /// Gives the page's content this width and height.
    #[track_caller]
    pub(crate) fn resize(&self, (width, height): (u32, u32)) {
        if self.browser != Browser::Chromium {
            return self.wait(self.client.set_window_size(width, height), "another size");
        }
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics);
    }

    /// What the system prefers: `("prefers-color-scheme", "dark")`, `("prefers-reduced-motion", "reduce")`.
    #[track_caller]
    pub(crate) fn prefer(&self, feature: &str, value: &str) {
        self.cdp(
            "Emulation.setEmulatedMedia",
            json!({ "features": [{ "name": feature, "value": value }] }),
        );
    }

    /// Writes `target/screenshots/NAME.png` of the window and answers its path.
    #[track_caller]
    pub(crate) fn screenshot(&self, name: &str) -> PathBuf {
        let path = leavings("screenshots").join(format!("{name}.png"));
        let png = self.wait(self.client.screenshot(), name);
        fs::write(&path, png).expect("a screenshot");
        path
    }

    /// Four screenshots: `NAME-wide`, `NAME-wide-dark`, `NAME-narrow`, `NAME-narrow-dark`.
    #[track_caller]
    pub(crate) fn shots(&self, name: &str) {
        match self.browser {
            Browser::Chromium => {}
            Browser::Firefox => return drop(self.screenshot(&format!("{name}-firefox"))),
            // Its driver waits for ever for a picture of a page that is at rest.
            Browser::WebKit => return,
        }
        for (size, label) in [(SHEET, "wide"), (TALL, "narrow")] {
            self.resize(size);
            for (scheme, suffix) in [("light", ""), ("dark", "-dark")] {
                self.prefer("prefers-color-scheme", scheme);
                self.screenshot(&format!("{name}-{label}{suffix}"));
            }
        }
        self.prefer("prefers-color-scheme", "");
        self.resize(SHEET);
    }
}

/// Below the surface.
impl Page {
    /// Runs JavaScript in the page; `return` answers.
    #[track_caller]
    pub(crate) fn js(&self, script: &str) -> Value {
        self.run(script, Vec::new())
    }

    /// The same with `arguments`.
    #[track_caller]
    pub(crate) fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.wait(self.client.execute(script, arguments), script)
    }

    /// Runs JavaScript that awaits; `return` answers.
    #[track_caller]
    pub(crate) fn js_async(&self, script: &str) -> Value {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             (async () => {{ {script} }})().then(done, (error) => done('failed: ' + error));"
        );
        self.run_async(&script, Vec::new())
    }

    /// Runs JavaScript whose last argument is the function to call with the answer.
    #[track_caller]
    pub(crate) fn run_async(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.wait(self.client.execute_async(script, arguments), script)
    }

    /// Everything in the page's local storage.
    #[track_caller]
    pub(crate) fn storage(&self) -> BTreeMap<String, String> {
        let stored = self.js("return { ...localStorage }");
        let stored = stored.as_object().cloned().unwrap_or_default();
        stored
            .into_iter()
            .map(|(key, value)| (key, value.as_str().unwrap_or_default().to_owned()))
            .collect()
    }

    /// Puts an entry into the page's local storage.
    #[track_caller]
    pub(crate) fn store(&self, key: &str, value: &str) {
        self.run("localStorage.setItem(...arguments)", vec![json!(key), json!(value)]);
    }

    /// Runs JavaScript before anything of every page that is opened from now on.
    #[track_caller]
    pub(crate) fn before_load(&self, script: &str) {
        self.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script }));
    }

    /// A command of Chromium's own protocol.
    #[track_caller]
    pub(crate) fn cdp(&self, command: &str, params: Value) -> Value {
        let body = json!({ "cmd": command, "params": params });
        self.wait(self.client.issue_cmd(Extension("goog/cdp/execute", body)), command)
    }

    /// What the console said so far, one string a message.
    #[track_caller]
    pub(crate) fn console(&self) -> Vec<String> {
        self.collect();
        self.log.borrow().console.clone()
    }

    /// The addresses that the page asked for so far, whether it got them or not.
    #[track_caller]
    pub(crate) fn requests(&self) -> Vec<String> {
        self.collect();
        self.log.borrow().requests.clone()
    }

    /// Where the page broke its own policy.
    #[track_caller]
    pub(crate) fn violations(&self) -> Vec<String> {
        let broken = |line: &String| {
            line.contains("Content Security Policy") || line.contains("TrustedScript")
        };
        self.console().into_iter().filter(broken).collect()
    }

    /// Says that this test makes the page break its policy or reach for another host.
    pub(crate) fn expect_violations(&self) {
        self.violations_expected.set(true);
    }

    /// Waits until `holds`; `what` is for the message.
    #[track_caller]
    pub(crate) fn eventually(&self, what: &str, holds: impl Fn() -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !holds() {
            assert!(Instant::now() < deadline, "waited {PATIENCE:?} in vain: {what}");
            std::thread::sleep(Duration::from_millis(25));
        }
    }

    /// Crashes the tab's process; the browser goes on, in another window that was open.
    #[track_caller]
    pub(crate) fn crash(&self) {
        let others = self.wait(self.client.windows(), "windows");
        let crashed = self.wait(self.client.window(), "window");
        let body = json!({ "cmd": "Page.crash", "params": {} });
        let crash = self.client.issue_cmd(Extension("goog/cdp/execute", body));
        assert!(self.runtime.block_on(crash).is_err(), "the tab goes on");
        let other = others.into_iter().find(|w| *w != crashed).expect("another window");
        self.wait(self.client.switch_to_window(other), "the other window");
    }

    /// Kills the whole browser that was started in `profile`, as the system does when it needs memory.
    pub(crate) fn kill(self, profile: &Path) {
        let pattern = profile.display().to_string();
        let killed = Command::new("pkill").args(["-KILL", "-f", &pattern]).status();
        assert!(killed.is_ok_and(|status| status.success()), "no browser to kill");
    }

    fn collect(&self) {
        if self.browser != Browser::Chromium {
            return; // only its driver tells
        }
        let read = |kind: &str| -> Vec<Value> {
            let answer = self.client.issue_cmd(Extension("se/log", json!({ "type": kind })));
            let answer = self.runtime.block_on(answer).unwrap_or_default();
            answer.as_array().cloned().unwrap_or_default()
        };
        let mut log = self.log.borrow_mut();
        let message = |entry: &Value| entry["message"].as_str().unwrap_or_default().to_owned();
        log.console.extend(read("browser").iter().map(message));
        for entry in read("performance") {
            let event: Value = serde_json::from_str(&message(&entry)).unwrap_or_default();
            if event["message"]["method"] == "Network.requestWillBeSent" {
                let url = event["message"]["params"]["request"]["url"].as_str().unwrap_or_default();
                log.requests.push(url.to_owned());
            }
        }
    }

    /// Addresses of other hosts among the page's requests.
    fn strayed(&self) -> Vec<String> {
        let local = |url: &String| {
            ["data:", "blob:", "chrome", "about:", "file:"]
                .iter()
                .any(|scheme| url.starts_with(scheme))
                || url.starts_with(&self.origin)
        };
        self.requests().into_iter().filter(|url| !local(url)).collect()
    }

    #[track_caller]
    pub(super) fn wait<T, E: std::fmt::Display>(
        &self,
        doing: impl Future<Output = Result<T, E>>,
        what: &str,
    ) -> T {
        let answer = self.runtime.block_on(async { tokio::time::timeout(DRIVEN, doing).await });
        let answer = answer.unwrap_or_else(|_| panic!("{what}: no answer in {DRIVEN:?}"));
        answer.unwrap_or_else(|e| panic!("{what}: {e}"))
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let failing = std::thread::panicking();
        let (violations, strayed) = (self.violations(), self.strayed());
        if failing {
            let name = std::thread::current().name().unwrap_or("test").replace("::", "-");
            let path = leavings("screenshots").join(format!("failed-{name}.png"));
            if self.browser != Browser::WebKit {
                let shot = self.runtime.block_on(self.client.screenshot()).unwrap_or_default();
                let _ = fs::write(&path, shot);
            }
            let console = self.log.borrow().console.join("\n  ");
            eprintln!("the page when {name} failed: {}\nits console:\n  {console}", path.display());
        }
        let _ = self.runtime.block_on(self.client.clone().close());
        if !failing && !self.violations_expected.get() {
            assert_eq!(violations, Vec::<String>::new(), "the page broke its own policy");
            assert_eq!(strayed, Vec::<String>::new(), "the page asked other hosts");
        }
    }
}

/// A driver's own command beyond WebDriver: a path under the session, with a body.
#[derive(Debug)]
struct Extension(&'static str, Value);

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.0))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.1.to_string()))
    }
}
