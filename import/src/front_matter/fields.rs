//! Reads the fields of front matter.

use dixit_engine::Article;
use saphyr::{LoadableYamlNode, Yaml};

use super::Split;
use crate::blocks;
use crate::html::{language, machine_date, some_words};

/// Longer front matter is not read: what parsers keep of it may be many times as large.
const LIMIT: usize = 16_000;

/// Puts what front matter says into `article`; the error says what is wrong with it.
pub(super) fn read(split: &Split<'_>, article: &mut Article) -> Result<(), String> {
    Fields(fields(split)?).apply(article);
    Ok(())
}

/// Each field with its texts.
pub(super) fn fields(split: &Split<'_>) -> Result<Vec<(String, Vec<String>)>, String> {
    if split.matter.len() > LIMIT {
        return Err("it is larger than 16 kB".into());
    }
    let fields = if split.is_toml { toml(split.matter) } else { yaml(split.matter) }?;
    Ok(fields.0)
}

/// Each field with its texts: one, or those of a list.
struct Fields(Vec<(String, Vec<String>)>);

impl Fields {
    fn get(&self, names: &[&str]) -> Option<&[String]> {
        let found =
            names.iter().find_map(|name| self.0.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)));
        found.map(|(_, texts)| texts.as_slice())
    }

    fn one(&self, names: &[&str]) -> Option<String> {
        self.get(names)?.first().and_then(|text| some_words(text))
    }

    fn apply(&self, article: &mut Article) {
        article.title = self.one(&["title", "headline"]);
        let authors = self.get(&["author", "authors", "byline", "by"]).unwrap_or_default();
        article.byline = some_words(&authors.join(", "));
        article.language = self.one(&["lang", "language", "locale"]).and_then(|tag| language(&tag));
        article.site = self.one(&["site", "site_name", "publication"]);
        let date =
            self.one(&["date", "published", "pubdate", "publishdate", "publish_date", "created"]);
        article.date = date.and_then(|date| machine_date(&date));
        let address = self.one(&["canonical_url", "canonical", "url", "source_url"]);
        let absolute = address.filter(|a| a.starts_with("http"));
        if let Some(url) = absolute.and_then(|address| blocks::link(&address, None)) {
            article.id.clone_from(&url);
            article.source_url = Some(url);
        }
    }
}

fn yaml(matter: &str) -> Result<Fields, String> {
    // An alias stands for all that its anchor holds, and aliases of aliases for any amount of memory.
    let has_alias = matter.split_whitespace().any(|word| word.starts_with('*') && word.len() > 1);
    if has_alias && matter.contains('&') {
        return Err("it has anchors and aliases".into());
    }
    let documents = Yaml::load_from_str(matter).map_err(|error| error.to_string())?;
    let Some(fields) = documents.first().and_then(Yaml::as_mapping) else {
        return Err("it is no list of fields".into());
    };
    let text = |value: &Yaml<'_>| -> Option<String> {
        match value {
            Yaml::Mapping(fields) => {
                let named = fields.iter().find(|(key, _)| key.as_str() == Some("name"));
                named.and_then(|(_, name)| name.as_str()).map(str::to_owned)
            }
            value => value
                .as_str()
                .map(str::to_owned)
                .or_else(|| value.as_integer().map(|n| n.to_string()))
                .or_else(|| value.as_bool().map(|truth| truth.to_string())),
        }
    };
    let fields = fields.iter().filter_map(|(key, value)| {
        let texts = match value {
            Yaml::Sequence(list) => list.iter().filter_map(text).collect(),
            value => text(value).into_iter().collect(),
        };
        Some((key.as_str()?.to_owned(), texts))
    });
    Ok(Fields(fields.collect()))
}

fn toml(matter: &str) -> Result<Fields, String> {
    let table: toml::Table =
        matter.parse().map_err(|error: toml::de::Error| error.message().to_owned())?;
    let text = |value: &toml::Value| match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(n) => Some(n.to_string()),
        toml::Value::Boolean(truth) => Some(truth.to_string()),
        toml::Value::Datetime(date) => Some(date.to_string()),
        toml::Value::Table(fields) => {
            fields.get("name").and_then(toml::Value::as_str).map(str::to_owned)
        }
        _ => None,
    };
    let fields = table.iter().map(|(key, value)| {
        let texts = match value {
            toml::Value::Array(list) => list.iter().filter_map(text).collect(),
            value => text(value).into_iter().collect(),
        };
        (key.clone(), texts)
    });
    Ok(Fields(fields.collect()))
}
