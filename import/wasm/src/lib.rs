//! The importer as a Wasm module: bytes of any form in, articles of typed blocks out.

use dixit_engine::format;
use dixit_engine::format::Json;
use dixit_import::{Imported, Input, Refused, import};
use wasm_bindgen::prelude::*;

/// Takes less of the download than the standard library's.
#[global_allocator]
static MEMORY: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console)]
    fn error(message: &str);
}

/// The version of the JSON that [`read`] writes; whoever loads the module compares it with its own.
#[wasm_bindgen]
pub fn format_version() -> u32 {
    format::VERSION
}

/// Reads `bytes`, which came under `name`, as `content_type` and from the address `url`, where it had them.
///
/// The answer is one of
/// - an article's document, `{"format":"dixit",…}`;
/// - `{"feed":{"title","entries":[{"title","date","summary_only","document"}]}}`, each document as text;
/// - `{"refused":KIND,"cause"}`; KIND is `too-large`, `empty`, `not-text`, `no-body`, `newer`, `unreadable`, or
///   `needs-all` where only the module with the feature `all` reads it: feeds, Markdown, and other encodings than Unicode.
#[wasm_bindgen]
pub fn read(
    bytes: &[u8],
    name: Option<String>,
    content_type: Option<String>,
    url: Option<String>,
    is_fragment: bool,
) -> String {
    let input = Input {
        bytes,
        name: name.as_deref(),
        content_type: content_type.as_deref(),
        url: url.as_deref(),
        is_fragment,
        is_own: false,
    };
    let feed = match import(&input) {
        Ok(Imported::Article(article)) => return format::write(&article, None),
        Ok(Imported::Feed(feed)) => feed,
        Err(refused) => return refusal(&refused),
    };
    let mut json = Json::default();
    json.open('{');
    json.key("feed");
    json.open('{');
    json.optional("title", feed.title.as_deref());
    json.list("entries", &feed.entries, |json, entry| {
        let article = &entry.article;
        json.open('{');
        json.optional("title", article.title.as_deref());
        json.optional("date", article.date.as_ref().map(|date| date.written.as_str()));
        json.count("summary_only", usize::from(entry.summary_only));
        json.field("document", &format::write(article, None));
        json.close('}');
    });
    json.close('}');
    json.close('}');
    json.text
}

fn refusal(refused: &Refused) -> String {
    let kind = match refused {
        Refused::TooLarge => "too-large",
        Refused::Empty => "empty",
        Refused::NotText(_) => "not-text",
        Refused::NoBody => "no-body",
        Refused::Newer(_) => "newer",
        Refused::NotBuiltIn => "needs-all",
        Refused::Malformed(..) | Refused::OtherJson => "unreadable",
    };
    let cause = match refused {
        Refused::NotText(kind) => kind.unwrap_or_default().to_owned(),
        other => other.to_string(),
    };
    let mut json = Json::default();
    json.open('{');
    json.field("refused", kind);
    json.field("cause", &cause);
    json.close('}');
    json.text
}

/// Puts a panic's message on the console; the caller sees only a trap.
#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(|info| error(&info.to_string())));
}
