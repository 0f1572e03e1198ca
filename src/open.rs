//! Gets an article's text in: pasted, from a file, from a link; and says what went wrong.

mod address;
mod fetch;
mod file;
mod given;
mod text;

pub use address::{Address, address, may_be_link};
pub use fetch::fetch;
pub use file::read_file;
pub use given::Given;
pub use text::{MAX_BYTES, pasted};

use crate::wording::{count, fill, t};

/// Why an article could not be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenError {
    /// Not an address.
    BadAddress,
    /// An address that is neither https, nor http on this site; its scheme.
    ForbiddenScheme(String),
    /// The browser says that it is offline.
    Offline,
    /// The browser got no answer that it may show: no such host, no connection, or a site that does
    /// not let other pages read it. It does not tell which.
    Unreachable,
    /// 404 or 410.
    NotFound,
    /// Another status from 400 to 499, or one that is no answer.
    Refused(u16),
    /// A status from 500.
    ServerFailed(u16),
    /// No complete answer in time.
    TimedOut,
    /// More than [`MAX_BYTES`].
    TooLarge,
    /// Nothing but blank space.
    Empty,
    /// Data about an article, without its text.
    NoBody,
    /// A form of article that cannot be read; the importer's words.
    Unreadable(String),
    /// Written by a newer version of Dixit.
    Newer,
    /// Of several files: how many were opened, and which were not, with the reason.
    Several(usize, Vec<String>),
    /// The page from which the bookmarklet was called did not send itself.
    NoPage,
    /// The importer gave no answer; its words.
    Importer(String),
    /// Not text; its type where it is named.
    NotText(Option<String>),
    /// The answer broke off before its end.
    Truncated,
    /// The file could not be read; the browser's words.
    FileUnreadable(String),
    /// No kept article has this id.
    NotKept,
    /// The part of the reader that opens it did not arrive.
    PartMissing,
    /// The engine gave no answer; its words.
    Engine(String),
}

impl OpenError {
    /// What happened and what can be done, in words for readers.
    pub fn words(&self) -> String {
        match self {
            OpenError::BadAddress => t("This is not a web address. One looks like https://news.example/article.txt.").into(),
            OpenError::ForbiddenScheme(scheme) => fill("Dixit opens links that begin with https:// (and http:// on this site). This one begins with {}", &[scheme]),
            OpenError::Offline => t("This browser is offline. Connect and try again.").into(),
            OpenError::Unreachable => t("Either that site does not let other pages read it, or it could not be reached: a browser does not say which. Go there and call “Read in Dixit”, a link for your bookmarks bar from the start page, or copy the article’s text and paste it here.").into(),
            OpenError::NotFound => t("There is nothing at this address (404). It may have moved, or the link may be incomplete.").into(),
            OpenError::Refused(status) => fill("The site refused to give this article out ({}). If you can read it there, copy its text and paste it here.", &[&status.to_string()]),
            OpenError::ServerFailed(status) => fill("The site failed while answering ({}). It may work again in a while.", &[&status.to_string()]),
            OpenError::TimedOut => t("The site took longer than 15 seconds. It may work at a second try.").into(),
            OpenError::TooLarge => t("This is larger than 2 MB, more than Dixit opens. You can paste a part of it.").into(),
            OpenError::Empty => t("There is no text in it.").into(),
            OpenError::NoBody => t("This is data about an article, without its text. You can copy the article’s text and paste it here.").into(),
            OpenError::Unreadable(cause) => fill("Dixit finds no article in it: {}", &[cause]),
            OpenError::Newer => t("This was written by a newer version of Dixit. Reload the page to get it.").into(),
            OpenError::Several(n, failed) => {
                let opened = count(*n, "{} article is now kept in this browser.", "{} articles are now kept in this browser.");
                if failed.is_empty() { opened } else { [&opened, " ", &fill("Not opened: {}", &[&failed.join("; ")])].concat() }
            }
            OpenError::NoPage => t("The page from which you called did not send itself; some sites prevent that. You can copy the article there and paste it here.").into(),
            OpenError::Importer(cause) => fill("The part of Dixit that reads pages and feeds did not work: {}", &[cause]),
            OpenError::NotText(None) => t("This is not text, so Dixit cannot read it. You can copy the article’s text and paste it here.").into(),
            OpenError::NotText(Some(kind)) => fill("This is no text but {}, so Dixit cannot read it. You can copy the article’s text and paste it here.", &[kind]),
            OpenError::Truncated => t("The connection broke off before the end of the article. Nothing is shown, because a part could mislead.").into(),
            OpenError::FileUnreadable(cause) => fill("The browser could not read this file: {}", &[cause]),
            OpenError::NotKept => t("This article is not kept in this browser. It may have been removed, or opened in another browser.").into(),
            OpenError::PartMissing => t("A part of Dixit did not arrive. It may work at a second try.").into(),
            OpenError::Engine(cause) => fill("The part of Dixit that finds who said what did not work: {}", &[cause]),
        }
    }

    /// Whether the same attempt may succeed later.
    pub fn may_pass(&self) -> bool {
        matches!(
            self,
            OpenError::Offline
                | OpenError::Unreachable
                | OpenError::NotFound
                | OpenError::Refused(_)
                | OpenError::ServerFailed(_)
                | OpenError::TimedOut
                | OpenError::Empty
                | OpenError::Truncated
                | OpenError::PartMissing
                | OpenError::NoPage
                | OpenError::Importer(_)
                | OpenError::Engine(_)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_failure_has_words_of_its_own() {
        let all = [
            OpenError::BadAddress,
            OpenError::ForbiddenScheme("ftp:".into()),
            OpenError::Offline,
            OpenError::Unreachable,
            OpenError::NotFound,
            OpenError::Refused(403),
            OpenError::ServerFailed(500),
            OpenError::TimedOut,
            OpenError::TooLarge,
            OpenError::Empty,
            OpenError::NoBody,
            OpenError::Unreadable("x".into()),
            OpenError::Newer,
            OpenError::Several(2, vec!["a.pdf".into()]),
            OpenError::NoPage,
            OpenError::Importer("x".into()),
            OpenError::NotText(None),
            OpenError::NotText(Some("image/png".into())),
            OpenError::Truncated,
            OpenError::FileUnreadable("gone".into()),
            OpenError::NotKept,
            OpenError::Engine("trap".into()),
        ];
        for (i, a) in all.iter().enumerate() {
            for b in &all[i + 1..] {
                assert_ne!(a.words(), b.words());
            }
        }
    }
}
