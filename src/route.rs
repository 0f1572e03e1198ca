//! Which page an address asks for, and the address of each page.

use crate::scene::Scene;
use crate::tree;

/// A page of the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// The start page.
    Start,
    /// The kept article of this id: `?article=…`.
    Kept(String),
    /// The article behind this link: `?src=…`.
    Link(String),
    /// The page from which the bookmarklet was called: `?opener=1`.
    Opener,
    /// A published article's own page, wherever it lies.
    Page,
    /// An element of another's page, and the address of a page of ours that shows the same.
    #[cfg(feature = "embed")]
    Element(String),
}

impl Route {
    /// The page that the browser's address asks for.
    pub fn of_browser() -> Route {
        match query_field("opener") {
            Some(_) => Route::Opener,
            None => Route::of_fields(
                query_field("src").or_else(|| shared_link(&query_field("text")?)),
                query_field("article"),
            ),
        }
    }

    fn of_fields(src: Option<String>, article: Option<String>) -> Route {
        let given = |field: Option<String>| field.filter(|f| !f.trim().is_empty());
        match (given(src), given(article)) {
            (Some(link), _) => Route::Link(link),
            (None, Some(id)) => Route::Kept(id),
            (None, None) => Route::Start,
        }
    }

    /// The page's address, relative to where the reader was opened.
    pub fn href(&self) -> String {
        self.href_of(&Scene::default())
    }

    /// The address of one scene of the page.
    pub fn href_of(&self, scene: &Scene) -> String {
        let own = match self {
            Route::Start => return "./".into(),
            Route::Page => return page_href(scene),
            #[cfg(feature = "embed")]
            Route::Element(page) => {
                let fields = fields(scene);
                let more = page.contains('?');
                return page.clone() + &if more { fields.replacen('?', "&", 1) } else { fields };
            }
            Route::Kept(id) => ("article", id.as_str()),
            Route::Link(link) => ("src", link.as_str()),
            Route::Opener => ("opener", "1"),
        };
        let mut href = String::new();
        // Corrections that are published beside an article stay with it.
        let beside = query_field("corrections").filter(|_| Route::of_browser() == *self);
        let beside = beside.as_deref().map(|link| ("corrections", link));
        for (name, value) in [own].into_iter().chain(beside).chain(scene.fields()) {
            push_field(&mut href, name, value);
        }
        href
    }

    /// Makes this the page that the browser's address asks for.
    pub fn push(&self) {
        self.go(&Scene::default(), true);
    }

    /// Makes this scene of the page the one that the browser's address asks for: as a step back leads away from
    /// (`step`), or in the place of the one before.
    pub fn go(&self, scene: &Scene, step: bool) {
        if tree::EMBEDDED {
            return;
        }
        let Some(window) = web_sys::window() else { return };
        let mut href = match self {
            Route::Start => String::new(),
            Route::Page => fields(scene),
            _ => self.href_of(scene),
        };
        if href.is_empty() {
            // The file's own name stays, for servers that show no folder.
            href = window.location().pathname().unwrap_or_else(|_| "./".into());
        }
        let Ok(history) = window.history() else { return };
        let state = wasm_bindgen::JsValue::NULL;
        // Frames without an origin have no address of their own: the page works without.
        let _ = if step {
            history.push_state_with_url(&state, "", Some(&href))
        } else {
            history.replace_state_with_url(&state, "", Some(&href))
        };
    }
}

/// The link in what another app shares, which puts it after its title where it has no field of its own.
fn shared_link(text: &str) -> Option<String> {
    let last = text.split_whitespace().next_back()?;
    last.starts_with("http").then(|| last.to_owned())
}

/// The address of a scene of a published page, relative to the page.
fn page_href(scene: &Scene) -> String {
    let fields = fields(scene);
    if fields.is_empty() { "./".into() } else { fields }
}

fn fields(scene: &Scene) -> String {
    let mut href = String::new();
    for (name, value) in scene.fields() {
        push_field(&mut href, name, value);
    }
    href
}

fn push_field(href: &mut String, name: &str, value: &str) {
    href.push(if href.is_empty() { '?' } else { '&' });
    href.push_str(name);
    href.push('=');
    // The names of views and most ids: no browser is asked, and there is none where pages are prerendered.
    if value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        href.push_str(value);
    } else {
        href.push_str(&String::from(js_sys::encode_uri_component(value)));
    }
}

/// A field of the browser's address; `None` where it is blank.
pub fn query_field(name: &str) -> Option<String> {
    let query = web_sys::window()?.location().search().ok()?;
    let fields = web_sys::UrlSearchParams::new_with_str(&query).ok()?;
    fields.get(name).filter(|value| !value.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::{Route, shared_link};

    #[test]
    fn what_is_shared_has_its_link_at_the_end() {
        assert_eq!(
            shared_link("A vote https://a.example/x ").as_deref(),
            Some("https://a.example/x")
        );
        assert_eq!((shared_link("no link"), shared_link("")), (None, None));
    }

    #[test]
    fn a_link_wins_over_a_kept_article_and_blanks_are_nothing() {
        let field = |f: &str| (!f.is_empty()).then(|| f.to_owned());
        for (src, article, want) in [
            ("", "", Route::Start),
            (" ", "", Route::Start),
            ("", "text-1", Route::Kept("text-1".into())),
            ("a.txt", "text-1", Route::Link("a.txt".into())),
            (" ", "text-1", Route::Kept("text-1".into())),
            ("javascript:alert(1)", "", Route::Link("javascript:alert(1)".into())),
        ] {
            assert_eq!(Route::of_fields(field(src), field(article)), want);
        }
    }
}
