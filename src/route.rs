//! Which page an address asks for, and the address of each page.

use crate::scene::Scene;

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
}

impl Route {
    /// The page that the browser's address asks for.
    pub fn of_browser() -> Route {
        match query_field("opener") {
            Some(_) => Route::Opener,
            None => Route::of_fields(query_field("src"), query_field("article")),
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
            Route::Kept(id) => ("article", id.as_str()),
            Route::Link(link) => ("src", link.as_str()),
            Route::Opener => ("opener", "1"),
        };
        let mut href = String::new();
        // Corrections that are published beside an article stay with it.
        let beside = query_field("corrections").filter(|_| Route::of_browser() == *self);
        let beside = beside.as_deref().map(|link| ("corrections", link));
        for (name, value) in [own].into_iter().chain(beside).chain(scene.fields()) {
            href.push(if href.is_empty() { '?' } else { '&' });
            href.push_str(name);
            href.push('=');
            href.push_str(&String::from(js_sys::encode_uri_component(value)));
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
        let Some(window) = web_sys::window() else { return };
        let href = match self {
            // The file's own name stays, for servers that show no folder.
            Route::Start => window.location().pathname().unwrap_or_else(|_| "./".into()),
            _ => self.href_of(scene),
        };
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

/// A field of the browser's address; `None` where it is blank.
pub fn query_field(name: &str) -> Option<String> {
    let query = web_sys::window()?.location().search().ok()?;
    let fields = web_sys::UrlSearchParams::new_with_str(&query).ok()?;
    fields.get(name).filter(|value| !value.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::Route;

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
