//! The reader's settings: theme, text size, width and language; stored as JSON, shown as attributes.

use crate::json::{Object, as_text};
use crate::wording::word;

/// Where the settings are stored. `boot.js` reads the same, before anything is painted.
pub const KEY: &str = "dixit/1/settings";

/// What a reader can set. Each is one of the words listed beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// One of [`THEMES`].
    pub theme: String,
    /// One of [`SIZES`].
    pub size: String,
    /// One of [`WIDTHS`].
    pub width: String,
    /// One of [`LANGUAGES`].
    pub language: String,
    /// One of [`KEYS`].
    pub keys: String,
}

/// A value as stored, and how it is called.
pub type Choice = (&'static str, &'static str);

/// Themes.
pub const THEMES: &[Choice] =
    &[("system", word("System")), ("light", word("Light")), ("dark", word("Dark"))];
/// Text sizes.
pub const SIZES: &[Choice] = &[
    ("small", word("Small")),
    ("medium", word("Medium")),
    ("large", word("Large")),
    ("huge", word("Huge")),
];
/// Widths of the text.
pub const WIDTHS: &[Choice] =
    &[("narrow", word("Narrow")), ("medium", word("Medium")), ("wide", word("Wide"))];

/// Languages of the interface, each by its own name: `system` is what the browser prefers. Each but English has a file
/// in `static/words`.
pub const LANGUAGES: &[Choice] = &[
    ("system", word("System")),
    ("en", "English"),
    ("mk", "Македонски"),
    ("de", "Deutsch"),
    ("ar", "العربية"),
];

/// Whether the reading page listens to single keys.
pub const KEYS: &[Choice] = &[("on", ""), ("off", "")];

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            theme: "system".into(),
            size: "medium".into(),
            width: "medium".into(),
            language: "system".into(),
            keys: "on".into(),
        }
    }
}

impl Settings {
    /// Reads stored settings; what is missing or unknown is as by default.
    pub fn read(json: &str) -> Settings {
        let mut stored = Object::read(json).unwrap_or_default();
        let mut settings = Settings::default();
        for (field, choices, setting) in [
            ("theme", THEMES, &mut settings.theme),
            ("size", SIZES, &mut settings.size),
            ("width", WIDTHS, &mut settings.width),
            ("language", LANGUAGES, &mut settings.language),
            ("keys", KEYS, &mut settings.keys),
        ] {
            let stored = stored.take(field).and_then(|json| as_text(&json));
            if let Some(known) = choices.iter().find(|choice| Some(choice.0) == stored.as_deref()) {
                *setting = known.0.to_owned();
            }
        }
        settings
    }

    /// The settings as stored; the words are ours, so none needs escaping.
    pub fn write(&self) -> String {
        let fields = [
            ("theme", &self.theme),
            ("size", &self.size),
            ("width", &self.width),
            ("language", &self.language),
            ("keys", &self.keys),
        ];
        let fields = fields.map(|(field, word)| ["\"", field, "\":\"", word, "\""].concat());
        ["{", &fields.join(","), "}"].concat()
    }
}

/// The stored settings; those by default where nothing is stored or the storage is blocked.
pub fn load() -> Settings {
    let stored = storage().and_then(|s| s.get_item(KEY).ok().flatten());
    stored.map_or_else(Settings::default, |json| Settings::read(&json))
}

/// Shows the settings and stores them; whether they were stored.
pub fn keep(settings: &Settings) -> bool {
    show(settings);
    storage().is_some_and(|s| s.set_item(KEY, &settings.write()).is_ok())
}

/// Puts the settings on the root element, where the style sheet finds them.
pub fn show(settings: &Settings) {
    let root = web_sys::window().and_then(|w| w.document()).and_then(|d| d.document_element());
    let Some(root) = root else { return };
    for (name, value) in [
        ("data-theme", &settings.theme),
        ("data-size", &settings.size),
        ("data-width", &settings.width),
    ] {
        // The names are ours, and fixed names are always accepted.
        let _ = root.set_attribute(name, value);
    }
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_settings_come_back_and_others_do_no_harm() {
        let dark = Settings { theme: "dark".into(), ..Settings::default() };
        for (json, expected) in [
            (dark.write().as_str(), dark.clone()),
            (r#"{"theme":"dark"}"#, dark.clone()),
            (r#"{"theme":"dark","size":"gigantic","later":1}"#, dark),
            (r#"{"theme":"x onload=1"}"#, Settings::default()),
            (
                r#"{"theme":3,"size":"large"}"#,
                Settings { size: "large".into(), ..Settings::default() },
            ),
            ("", Settings::default()),
            ("[", Settings::default()),
        ] {
            assert_eq!(Settings::read(json), expected, "{json}");
        }
    }
}
