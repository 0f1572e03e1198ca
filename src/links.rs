//! Decides which addresses of an article become links and pictures.

/// The address that a link goes to; `None` where it must stay text.
///
/// Allowed are http, https and mailto. Relative addresses hold only against the page that the
/// article came from. Everything with a control character inside is refused.
pub fn link(url: &str, source_url: Option<&str>) -> Option<String> {
    let url = trimmed(url)?;
    if is_web(url) || has_scheme(url, "mailto") {
        return Some(url.to_owned());
    }
    if scheme(url).is_some() {
        return None;
    }
    let base = trimmed(source_url?).filter(|base| is_web(base))?;
    let page = base.split(['?', '#']).next().unwrap_or(base);
    let after_scheme = scheme(base)?.len() + "://".len();
    let host_end = page.get(after_scheme..)?.find('/').map_or(page.len(), |at| after_scheme + at);
    let host = page.get(..host_end)?;
    let joined = match url.as_bytes() {
        [] => return None,
        [b'/', b'/', ..] => [base.get(..after_scheme - 2)?, url].concat(),
        [b'/', ..] => [host, url].concat(),
        [b'?', ..] => [page, url].concat(),
        [b'#', ..] => [base.split('#').next().unwrap_or(base), url].concat(),
        _ => {
            let folder = page.rfind('/').filter(|&at| at >= host_end);
            [folder.map_or(host, |at| page.get(..at).unwrap_or(host)), "/", url].concat()
        }
    };
    Some(joined)
}

/// The address of a picture; `None` where it must not load: only http, https and raster data.
pub fn picture(url: &str) -> Option<&str> {
    let url = trimmed(url)?;
    let raster = ["png", "jpeg", "gif", "webp"].iter().any(|kind| {
        let lower = url.get(..32).unwrap_or(url).to_ascii_lowercase();
        let rest = lower.strip_prefix("data:image/").and_then(|rest| rest.strip_prefix(kind));
        rest.is_some_and(|rest| rest.starts_with([';', ',']))
    });
    (is_web(url) || raster).then_some(url)
}

/// Whether an address is one of the site itself: relative, and of nothing else than a path, a query or a fragment.
///
/// Only where the page is the article's own does it lead where its author meant.
pub fn is_own(url: &str) -> bool {
    !url.is_empty()
        && scheme(url).is_none()
        && !url.starts_with(['/', '\\', ' '])
        && !url.chars().any(char::is_control)
}

/// The site of a web address, for display.
pub fn host(url: &str) -> Option<&str> {
    let url = trimmed(url).filter(|url| is_web(url))?;
    let authority = authority(url)?;
    let host = authority.rsplit('@').next().unwrap_or(authority);
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| !host.is_empty())
}

fn trimmed(url: &str) -> Option<&str> {
    let url = url.trim_matches(|c: char| c <= ' ');
    (!url.chars().any(char::is_control)).then_some(url)
}

/// What no host may have in its name (URL Standard, "forbidden host code point"), but for marks of other parts.
const OF_NO_HOST: [char; 5] = [' ', '<', '>', '^', '|'];

/// Whether an address is one of the web. A link to a host that can be none leads nowhere.
fn is_web(url: &str) -> bool {
    authority(url).is_some_and(|authority| {
        !authority.is_empty()
            && !authority.contains(OF_NO_HOST)
            && (has_scheme(url, "http") || has_scheme(url, "https"))
    })
}

/// What stands between the slashes behind the scheme and the path: the host, and who asks it.
fn authority(url: &str) -> Option<&str> {
    let rest = url.get(scheme(url)?.len()..)?.strip_prefix("://")?;
    rest.split(['/', '?', '#', '\\']).next()
}

fn has_scheme(url: &str, wanted: &str) -> bool {
    scheme(url).is_some_and(|scheme| scheme.eq_ignore_ascii_case(wanted))
}

fn scheme(url: &str) -> Option<&str> {
    let (scheme, _) = url.split_once(':')?;
    let of_scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    (scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(of_scheme))
        .then_some(scheme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_go_to_the_web_and_to_mail_only() {
        for (url, expected) in [
            ("https://a.example/x", Some("https://a.example/x")),
            ("  HTTP://a.example ", Some("HTTP://a.example")),
            ("mailto:ann@a.example", Some("mailto:ann@a.example")),
            ("javascript:alert(1)", None),
            (" \u{1}javascript:alert(1)", None),
            ("java\nscript:alert(1)", None),
            ("JaVaScRiPt:alert(1)", None),
            ("vbscript:x", None),
            ("data:text/html,x", None),
            ("https:a.example", None),
            ("http://a<b .example>x</b", None),
            ("http://a^b.example/", None),
            ("https://", None),
            ("https://?x", None),
            ("https://a.example/<b>?^|", Some("https://a.example/<b>?^|")),
            ("", None),
            ("y.html", Some("https://s.example/news/y.html")),
            ("/y", Some("https://s.example/y")),
            ("?p=2", Some("https://s.example/news/today.html?p=2")),
            ("#top", Some("https://s.example/news/today.html?id=1/2#top")),
            ("//b.example/z", Some("https://b.example/z")),
            (
                "\u{2028}javascript:alert(1)",
                Some("https://s.example/news/\u{2028}javascript:alert(1)"),
            ),
        ] {
            let source = Some("https://s.example/news/today.html?id=1/2#x");
            assert_eq!(link(url, source).as_deref(), expected, "{url:?}");
        }
        assert_eq!(link("y.html", None), None);
        assert_eq!(link("y.html", Some("javascript:x//y")), None);
        assert_eq!(link("y", Some("https://s.example")).as_deref(), Some("https://s.example/y"));
        assert_eq!(
            link("y", Some("https://s.example?a/b")).as_deref(),
            Some("https://s.example/y")
        );
    }

    #[test]
    fn pictures_are_of_the_web_or_raster_data() {
        for (url, allowed) in [
            ("https://a.example/x.png", true),
            ("data:image/png;base64,AAAA", true),
            ("data:image/svg+xml,<svg/>", false),
            ("data:image/pngx;base64,A", false),
            ("data:text/html,x", false),
            ("x.png", false),
            ("javascript:x", false),
        ] {
            assert_eq!(picture(url).is_some(), allowed, "{url}");
        }
    }

    #[test]
    fn what_is_relative_is_of_the_site_itself() {
        for (url, own) in [
            ("../ferry/#q-1", true),
            ("a%20b.png", true),
            ("?view=transcript", true),
            ("#part", true),
            ("/root", false),
            ("//b.example/", false),
            ("\\\\b.example", false),
            (" //b.example/", false),
            ("javascript:alert(1)", false),
            ("java\nscript:alert(1)", false),
            ("https://b.example/", false),
            ("", false),
        ] {
            assert_eq!(is_own(url), own, "{url:?}");
        }
    }

    #[test]
    fn a_site_is_shown_by_its_host() {
        assert_eq!(host("https://www.a.example/x"), Some("a.example"));
        assert_eq!(host("https://a.example@b.example:81/x"), Some("b.example:81"));
        assert_eq!(host("mailto:a@b.example"), None);
    }
}
