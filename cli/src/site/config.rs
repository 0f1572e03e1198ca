//! `dixit.toml`: what a site is called, and where it will stand. Everything in it is optional.

use std::path::Path;

use serde::Deserialize;

/// The name of the file, in the folder of the articles or above it.
pub(crate) const FILE: &str = "dixit.toml";

/// A site's settings.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Config {
    /// What the site is called.
    pub(crate) title: String,
    /// A sentence about it, for search engines and feeds.
    pub(crate) description: String,
    /// The absolute address under which the site will stand, for feeds and the like.
    pub(crate) base_url: Option<String>,
    /// The language of the controls, and of articles whose own is not told: a tag such as `en`.
    pub(crate) language: String,
    /// How many articles a page of a list has.
    pub(crate) per_page: usize,
    /// Whether search engines may list the site.
    pub(crate) robots: bool,
    /// Whether the site has a search page.
    pub(crate) search: bool,
    /// How many articles an index of the search holds: Pagefind needs some 200 kB of memory for each while it makes one,
    /// and a reader who searches downloads something of each index.
    pub(crate) search_part: usize,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            title: "Articles".into(),
            description: String::new(),
            base_url: None,
            language: "en".into(),
            per_page: 50,
            robots: true,
            search: true,
            search_part: 4_000,
        }
    }
}

impl Config {
    /// Reads the file; the error says where it is wrong, and what mends it.
    pub(crate) fn read(file: &Path) -> Result<Config, String> {
        let text = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
        Config::of(&text).map_err(|(line, cause)| format!("{}:{line}: {cause}", file.display()))
    }

    /// The error has its line, from 1.
    fn of(text: &str) -> Result<Config, (usize, String)> {
        let line_of = |at: usize| text.get(..at).unwrap_or_default().matches('\n').count() + 1;
        let mut config: Config = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| line_of(span.start));
            (line, error.message().to_owned())
        })?;
        let named = |name: &str| {
            let found = text.lines().position(|line| line.trim_start().starts_with(name));
            found.map_or(1, |n| n + 1)
        };
        if let Some(url) = &mut config.base_url {
            let is_web = ["https://", "http://"].iter().any(|scheme| {
                url.strip_prefix(scheme)
                    .is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
            });
            if !is_web || url.contains(['?', '#', ' ', '"', '<']) {
                let mend = "base_url is no address: write it as in \"https://example.org/news/\"";
                return Err((named("base_url"), mend.into()));
            }
            if !url.ends_with('/') {
                url.push('/');
            }
        }
        for (name, n) in [("per_page", config.per_page), ("search_part", config.search_part)] {
            if n == 0 {
                return Err((named(name), format!("{name} is 0: at least 1 article is needed")));
            }
        }
        if !super::is_tag(&config.language) {
            let mend = "language is no tag: write it as in \"en\" or \"pt-BR\"";
            return Err((named("language"), mend.into()));
        }
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_optional_and_what_is_wrong_has_its_line() {
        let config = Config::of("").expect("an empty file");
        assert_eq!((config.title.as_str(), config.per_page), ("Articles", 50));
        let config = Config::of("title = \"News\"\nbase_url = \"https://a.example/n\"\n");
        assert_eq!(config.expect("it").base_url.as_deref(), Some("https://a.example/n/"));
        for (text, line, part) in [
            ("title = \"a\"\nper_page = 0", 2, "at least 1"),
            ("search_part = 0", 1, "at least 1"),
            ("\nbase_url = \"/news\"", 2, "write it as in"),
            ("base_url = \"javascript:alert(1)\"", 1, "write it as in"),
            ("title = 3", 1, "expected a string"),
            ("a = 1\ntilte = \"x\"", 1, "unknown field `a`"),
            ("title = \"x\"\nlanguage = \"English, please\"", 2, "no tag"),
            ("title = ", 1, ""),
        ] {
            let (at, cause) = Config::of(text).expect_err(text);
            assert_eq!(at, line, "{text}: {cause}");
            assert!(cause.contains(part), "{cause}");
        }
    }
}
