//! Which page an address asks for, and the address of each page.

/// A page of the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// The start page.
    Start,
    /// The kept article of this id: `?article=…`.
    Kept(String),
    /// The article behind this link: `?src=…`.
    Link(String),
}

impl Route {
    /// The page that the browser's address asks for.
    pub fn of_browser() -> Route {
        let query = web_sys::window().and_then(|w| w.location().search().ok()).unwrap_or_default();
        let fields = web_sys::UrlSearchParams::new_with_str(&query).ok();
        let field = |name: &str| fields.as_ref().and_then(|f| f.get(name));
        Route::of_fields(field("src"), field("article"))
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
        let field = |name: &str, value: &str| {
            format!("?{name}={}", String::from(js_sys::encode_uri_component(value)))
        };
        match self {
            Route::Start => "./".into(),
            Route::Kept(id) => field("article", id),
            Route::Link(link) => field("src", link),
        }
    }

    /// Makes this the page that the browser's address asks for.
    pub fn push(&self) {
        let Some(window) = web_sys::window() else { return };
        let href = match self {
            // The file's own name stays, for servers that show no folder.
            Route::Start => window.location().pathname().unwrap_or_else(|_| "./".into()),
            _ => self.href(),
        };
        if let Ok(history) = window.history() {
            // Frames without an origin have no address of their own: the page works without.
            let _ = history.push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&href));
        }
    }
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
