//! Comments that the page around keeps, by functions of its own: see "A store of your own" in docs/embedding.md.

use std::rc::Rc;

use wasm_bindgen::prelude::*;

use super::{Answer, Comment, CommentKeeper, CommentStore, Saved, Shelf, heads, read, write};
use crate::json;
use crate::storage::{StorageError, Watch};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = dixit)]
    fn has_store() -> bool;
    /// Answers a list of comments, as JSON.
    #[wasm_bindgen(js_namespace = dixit, catch)]
    async fn load_comments(article: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = dixit, catch)]
    async fn save_comments(article: &str, comments: &str) -> Result<JsValue, JsValue>;
    /// Answers what ends it.
    #[wasm_bindgen(js_namespace = dixit)]
    fn watch_comments(article: &str, changed: &Closure<dyn Fn()>) -> js_sys::Function;
}

/// The store of the page around.
pub struct Hosted;

impl Hosted {
    /// The store, where the page around has one for the reader that is worked for.
    pub fn of_page() -> Option<Hosted> {
        has_store().then_some(Hosted)
    }
}

impl CommentStore for Hosted {
    fn load(&self, article: &str) -> Answer<Shelf> {
        let article = article.to_owned();
        Box::pin(async move {
            let list = load_comments(&article).await.map_err(|error| cause(&error))?;
            let list = list.as_string().unwrap_or_default();
            let mut shelf = Shelf::default();
            for entry in json::as_list(&list).unwrap_or_default() {
                match read(entry) {
                    Ok(comment) => shelf.comments.push(comment),
                    Err(_) => shelf.quarantine.push((String::new(), entry.to_owned())),
                }
            }
            shelf.comments = heads(shelf.comments);
            Ok(shelf)
        })
    }

    fn watch(&self, article: &str, changed: Rc<dyn Fn()>) -> Vec<Watch> {
        let changed = Closure::<dyn Fn()>::new(move || changed());
        let end = watch_comments(article, &changed);
        vec![Some(Box::new(Watching { end, _changed: changed }))]
    }
}

impl CommentKeeper for Hosted {
    fn save(&self, article: &str, versions: Vec<Comment>) -> Answer<Saved> {
        let article = article.to_owned();
        Box::pin(async move {
            let list = json::list(versions.iter().map(write));
            save_comments(&article, &list).await.map_err(|error| cause(&error))?;
            Ok(Saved { committed: true, latest: true })
        })
    }

    /// Nothing that it keeps is let go of.
    fn forget(&self, _: &str, _: &[Comment]) -> Answer<()> {
        Box::pin(async { Ok(()) })
    }
}

/// Ends when dropped.
struct Watching {
    end: js_sys::Function,
    _changed: Closure<dyn Fn()>,
}

impl Drop for Watching {
    fn drop(&mut self) {
        // What the page around does with it is its own.
        let _ = self.end.call0(&JsValue::UNDEFINED);
    }
}

fn cause(error: &JsValue) -> StorageError {
    let message = js_sys::Reflect::get(error, &"message".into()).ok().and_then(|m| m.as_string());
    StorageError::Broken(message.or_else(|| error.as_string()).unwrap_or_default())
}
