//! Which addresses are opened: https, and http on this site; in an element also http on this computer.

use super::OpenError;
use crate::tree;

/// An address that may be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// The whole address, without fragment, user or password.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Parses a link against the page's own address.
pub fn address(link: &str) -> Result<Address, OpenError> {
    let base = base().ok_or(OpenError::BadAddress)?;
    let link = link.trim();
    if link.is_empty() {
        return Err(OpenError::BadAddress);
    }
    let url = web_sys::Url::new_with_base(link, &base).map_err(|_| OpenError::BadAddress)?;
    let own = web_sys::Url::new(&base).is_ok_and(|own| own.origin() == url.origin());
    // What listens on this computer is not for whoever writes a link to the viewer: its policy forbids it too. In an
    // element the author of the page around asks.
    let own = own || (tree::EMBEDDED && is_this_computer(&url.hostname()));
    if !allowed(&url.protocol(), own) {
        return Err(OpenError::ForbiddenScheme(url.protocol()));
    }
    // Fetch refuses addresses with a password, and one in the address bar should not be sent anyway.
    url.set_username("");
    url.set_password("");
    url.set_hash("");
    Ok(Address(url.href()))
}

/// Whether a pasted text is a link rather than an article.
///
/// ```
/// use dixit_reader::open::may_be_link;
/// assert!(may_be_link(" https://news.example/a.txt\n"));
/// assert!(!may_be_link("https://news.example/a.txt says"));
/// ```
pub fn may_be_link(text: &str) -> bool {
    let text = text.trim();
    (text.starts_with("https://") || text.starts_with("http://"))
        && !text.contains(char::is_whitespace)
}

/// The address that relative links start from: where the page was opened.
fn base() -> Option<String> {
    let document = web_sys::window()?.document()?;
    document.base_uri().ok().flatten()
}

/// `scheme` with its colon; `own` where plain http may be asked.
fn allowed(scheme: &str, own: bool) -> bool {
    scheme == "https:" || (scheme == "http:" && own)
}

fn is_this_computer(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_and_hosts() {
        for (scheme, own, want) in [
            ("https:", false, true),
            ("https:", true, true),
            ("http:", false, false),
            ("http:", true, true),
            ("javascript:", false, false),
            ("javascript:", true, false),
            ("data:", true, false),
            ("file:", true, false),
            ("blob:", true, false),
            ("ftp:", true, false),
        ] {
            assert_eq!(allowed(scheme, own), want, "{scheme} {own}");
        }
        for (host, want) in [
            ("localhost", true),
            ("127.0.0.1", true),
            ("[::1]", true),
            ("localhost.news.example", false),
            ("127.0.0.1.news.example", false),
        ] {
            assert_eq!(is_this_computer(host), want, "{host}");
        }
    }

    #[test]
    fn a_link_alone_is_told_from_text() {
        for (text, want) in [
            ("http://a.example", true),
            ("https://a.example/b c", false),
            ("See https://a.example", false),
            ("javascript:alert(1)", false),
            ("", false),
        ] {
            assert_eq!(may_be_link(text), want, "{text}");
        }
    }
}
