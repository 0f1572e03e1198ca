//! Who said what as JSON of our own shape.

use dixit_engine::Article;
use dixit_engine::format::{Json, Named};

use crate::{Row, Who};

/// The version of the shape that [`json`] writes.
const VERSION: usize = 1;

/// One object: `{"format":"dixit-statements","version":1,"article":{…},"statements":[…]}`.
///
/// - `article`: `title`, `date` (`YYYY-MM-DD`), `byline`, `site`, `language`, `url`, and `link` (its address in the
///   reader); what is not known is left out.
/// - a statement: `id`, `link`, `kind` (`direct`, `mixed`, `indirect`), `speaker` (`id`, `link`, `name`, `role`,
///   `affiliation`, `kind`; `null` where nobody could be named), `parts` (`words`, `paragraph` from 1, `start` and
///   `end` in code points of the paragraph), `cue`, `source`, `rule`, `resolution`, `confidence`.
///
/// Readers should ignore fields that they do not know.
pub fn json(article: &Article, rows: &[Row], page: &str) -> String {
    let mut json = Json::default();
    json.open('{');
    json.field("format", "dixit-statements");
    json.count("version", VERSION);
    json.key("article");
    json.open('{');
    json.optional("title", article.title.as_deref());
    json.optional("date", article.date.as_ref().map(|date| date.iso.as_str()));
    json.optional("byline", article.byline.as_deref());
    json.optional("site", article.site.as_deref());
    json.optional("language", article.language.as_deref());
    json.optional("url", article.source_url.as_deref());
    json.field("link", page);
    json.close('}');
    json.list("statements", rows, statement);
    json.close('}');
    json.text
}

fn statement(json: &mut Json, row: &Row) {
    json.open('{');
    json.field("id", &row.id);
    json.field("link", &row.link);
    json.field("kind", row.kind.name());
    match &row.who {
        Some(who) => {
            json.key("speaker");
            speaker(json, who);
        }
        None => json.nullable("speaker", None),
    }
    json.list("parts", &row.parts, |json, part| {
        json.open('{');
        json.field("words", &part.words);
        json.count("paragraph", part.paragraph);
        json.count("start", part.start);
        json.count("end", part.end);
        json.close('}');
    });
    json.optional("cue", told(&row.cue));
    json.optional("source", told(&row.source));
    json.field("rule", row.why.0);
    json.field("resolution", row.why.1);
    json.field("confidence", row.confidence.name());
    json.close('}');
}

fn speaker(json: &mut Json, who: &Who) {
    json.open('{');
    json.field("id", &who.id);
    json.field("link", &who.link);
    json.field("name", &who.name);
    json.optional("role", told(&who.role));
    json.optional("affiliation", told(&who.affiliation));
    json.field("kind", who.kind.name());
    json.close('}');
}

/// The text, where there is any.
pub(crate) fn told(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}
