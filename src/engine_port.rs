//! Asks the engine's Wasm module, in a worker or in the page, to read and analyse a text.

use dixit_engine::{Analysis, Article};

/// Why the engine gave no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EngineError {
    /// The engine's module could not be loaded; the browser's words.
    Unavailable(String),
    /// The engine stopped in the middle; the browser's words.
    Trapped(String),
}

/// Reads `text` as an article and finds who said what in it.
pub async fn read_and_analyse(text: &str) -> Result<(Article, Analysis), EngineError> {
    port::read_and_analyse(text).await
}

#[cfg(all(target_arch = "wasm32", any(feature = "hydrate", feature = "embed")))]
pub(crate) use port::Parsed;

#[cfg(target_arch = "wasm32")]
mod port {
    use dixit_engine::{Analysis, Article, format};
    use wasm_bindgen::prelude::*;

    use super::EngineError;

    #[wasm_bindgen]
    extern "C" {
        /// Set by `static/boot.js`, which hands over to `static/engine.js`.
        #[wasm_bindgen(js_namespace = dixit, catch)]
        async fn analyse(text: &str, version: u32) -> Result<JsValue, JsValue>;

        /// Takes a text of the browser's: the engine's answer is one already, and a long one.
        #[wasm_bindgen(js_namespace = JSON, js_name = parse, catch)]
        fn parsed(json: &JsValue) -> Result<JsValue, JsValue>;
    }

    pub(super) async fn read_and_analyse(text: &str) -> Result<(Article, Analysis), EngineError> {
        let json = analyse(text, format::VERSION).await.map_err(|error| engine_error(&error))?;
        let document = Parsed::of(&json);
        let (article, analysis) = format::read_node(&document)
            .map_err(|error| EngineError::Unavailable(error.to_string()))?;
        Ok((article, analysis.unwrap_or_default()))
    }

    /// JSON that the browser has parsed.
    pub(crate) struct Parsed(JsValue);

    impl Parsed {
        /// What `json` says: nothing where it is none.
        pub(crate) fn of(json: &JsValue) -> Parsed {
            Parsed(parsed(json).unwrap_or_default())
        }
    }

    impl format::Node for Parsed {
        fn field(&self, name: &str) -> Parsed {
            Parsed(js_sys::Reflect::get(&self.0, &name.into()).unwrap_or_default())
        }

        fn items(&self) -> Vec<Parsed> {
            match self.0.dyn_ref::<js_sys::Array>() {
                Some(list) => list.iter().map(Parsed).collect(),
                None => Vec::new(),
            }
        }

        fn text(&self) -> Option<String> {
            self.0.as_string()
        }

        fn number(&self) -> Option<usize> {
            let n = self.0.as_f64().filter(|n| n.fract() == 0.0 && (0.0..4e9).contains(n))?;
            // Whole and in range: nothing is cut.
            Some(n as usize)
        }

        fn is_there(&self) -> bool {
            !self.0.is_null() && !self.0.is_undefined()
        }
    }

    fn engine_error(error: &JsValue) -> EngineError {
        let field = |name: &str| {
            let value = js_sys::Reflect::get(error, &name.into()).ok();
            value.and_then(|v| v.as_string()).unwrap_or_default()
        };
        if field("name") == "Trapped" {
            EngineError::Trapped(field("message"))
        } else {
            EngineError::Unavailable(field("message"))
        }
    }
}

/// Native builds, as in tests, have no module to load: they call the engine directly.
#[cfg(not(target_arch = "wasm32"))]
mod port {
    use dixit_engine::{Analysis, Article};

    use super::EngineError;

    pub(super) async fn read_and_analyse(text: &str) -> Result<(Article, Analysis), EngineError> {
        let article = dixit_engine::plain_text::read(text);
        let analysis = dixit_engine::analyse(&article);
        Ok((article, analysis))
    }
}
