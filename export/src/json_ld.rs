//! Who said what in the terms of schema.org, as JSON-LD.

use dixit_engine::format::Json;
use dixit_engine::{Article, AttributionKind, Confidence, SpeakerKind};

use crate::json::told;
use crate::{Row, Who};

/// A `NewsArticle` whose parts are `Quotation`s and, for what is reported without marks, `Statement`s.
///
/// Of each part: `text`, `isPartOf`, `url` (it opens in the reader) and `position`. `creator` is the speaker, as
/// schema.org has it for real persons, and of a quotation also `spokenByCharacter`, "to whom the quotation is
/// attributed within the containing CreativeWork". A guess is no fact: it names nobody, and says in `description` who
/// it may be. The speakers are the article's `mentions`.
pub fn json_ld(article: &Article, rows: &[Row], page: &str) -> String {
    let mut json = Json::default();
    let id = article.source_url.as_deref().unwrap_or(page);
    json.open('{');
    json.field("@context", "https://schema.org");
    json.field("@type", "NewsArticle");
    json.field("@id", id);
    json.optional("url", article.source_url.as_deref());
    json.optional("headline", article.title.as_deref());
    json.optional("datePublished", article.date.as_ref().map(|date| date.iso.as_str()));
    json.optional("inLanguage", article.language.as_deref());
    thing(&mut json, "author", "Person", article.byline.as_deref());
    thing(&mut json, "publisher", "Organization", article.site.as_deref());
    let mut speakers: Vec<&Who> = Vec::new();
    for who in rows.iter().filter_map(|row| row.who.as_ref()) {
        if !speakers.iter().any(|known| known.id == who.id) {
            speakers.push(who);
        }
    }
    json.list("mentions", &speakers, |json, who| speaker(json, who));
    json.list("hasPart", rows, |json, row| part(json, row, id, article.language.as_deref()));
    json.close('}');
    json.text
}

fn part(json: &mut Json, row: &Row, article: &str, language: Option<&str>) {
    let quoted = row.kind != AttributionKind::Indirect;
    json.open('{');
    json.field("@type", if quoted { "Quotation" } else { "Statement" });
    json.field("@id", &row.link);
    json.field("url", &row.link);
    json.field("text", &row.words());
    json.optional("inLanguage", language);
    reference(json, "isPartOf", article);
    json.count("position", row.attribution + 1);
    match &row.who {
        Some(who) if row.confidence == Confidence::Low => {
            json.field("description", &["Perhaps by ", &who.name].concat());
        }
        Some(who) => {
            reference(json, "creator", &who.link);
            if quoted {
                reference(json, "spokenByCharacter", &who.link);
            }
        }
        None => {}
    }
    json.close('}');
}

fn speaker(json: &mut Json, who: &Who) {
    let is_person = matches!(who.kind, SpeakerKind::Person | SpeakerKind::Unnamed);
    json.open('{');
    json.field("@type", if is_person { "Person" } else { "Organization" });
    json.field("@id", &who.link);
    json.field("name", &who.name);
    if is_person {
        json.optional("jobTitle", told(&who.role));
        thing(json, "affiliation", "Organization", told(&who.affiliation));
    } else {
        json.optional("description", told(&who.role));
    }
    if who.kind == SpeakerKind::Unnamed {
        json.field("disambiguatingDescription", "a source whom the article does not name");
    }
    json.close('}');
}

fn thing(json: &mut Json, property: &str, kind: &str, name: Option<&str>) {
    let Some(name) = name else { return };
    json.key(property);
    json.open('{');
    json.field("@type", kind);
    json.field("name", name);
    json.close('}');
}

fn reference(json: &mut Json, property: &str, id: &str) {
    json.key(property);
    json.open('{');
    json.field("@id", id);
    json.close('}');
}
