//! Opens the built site in a browser, in a test's own words.
//!
//! ```ignore
//! let site = Site::start();                       // dist/ under /some/folder/ on a port of its own
//! let page = Page::open(&site, "?src=articles/harbour.txt");
//! page.wait_for(".qt");                           // a CSS selector, or an XPath that begins with //
//! page.click_button("Collapse all");              // by its accessible name
//! assert_eq!(page.texts(".who b"), ["Ann Lee", "Bo Ek"]);
//! page.screenshot("reading");                     // target/screenshots/reading.png; see `shots`
//! ```
//!
//! Every test has its own site (so its own origin and storage) and its own browser session. Whatever
//! takes an element waits for it, up to [`PATIENCE`]. When a page goes out of scope, the test fails if
//! the page broke its own policy or asked another host for anything ([`Page::expect_violations`] says
//! that it will); when a test fails, the console and a screenshot are kept. `DIXIT_DIST` names another
//! built site, `DIXIT_SHOW=1` shows the window. Tests that are to hold in every browser take a [`Browser`].

mod acting;
mod driver;
mod link;
mod page;
mod site;

pub(crate) use driver::Browser;
pub(crate) use page::{PATIENCE, Page, SHEET, TALL};
pub(crate) use site::{Reply, Request, SHORT_ARTICLE, Site};

/// The same tests in every browser, each by its own name.
macro_rules! in_every_browser {
    ($($name:ident)+) => {
        mod chromium {
            $(#[test] fn $name() { super::$name(crate::harness::Browser::Chromium) })+
        }
        mod firefox {
            $(#[test] fn $name() { crate::harness::Browser::Firefox.run(super::$name) })+
        }
        mod webkit {
            $(#[test] fn $name() { crate::harness::Browser::WebKit.run(super::$name) })+
        }
    };
}

pub(crate) use in_every_browser;
