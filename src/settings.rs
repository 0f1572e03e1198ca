//! The reader's settings: how the text looks, the language of the controls, keys. They are attributes of the root element,
//! where the style sheet finds them; `static/boot.js` puts the stored ones there before anything is painted.

use crate::wording::word;

/// Something that a reader can set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// How it is stored, and called as an attribute: `data-NAME`.
    pub name: &'static str,
    /// What is meant where nothing is set.
    pub unset: &'static str,
    /// Its values.
    pub choices: &'static [Choice],
}

/// A value as stored, and how it is called.
pub type Choice = (&'static str, &'static str);

/// Themes; `system` is light or dark, as the browser prefers.
pub const THEME: Setting = Setting {
    name: "theme",
    unset: "system",
    choices: &[
        ("system", word("System")),
        ("light", word("Light")),
        ("sepia", word("Sepia")),
        ("dark", word("Dark")),
        ("contrast", word("Contrast")),
    ],
};
/// Text sizes.
pub const SIZE: Setting = Setting {
    name: "size",
    unset: "medium",
    choices: &[
        ("small", word("Small")),
        ("medium", word("Medium")),
        ("large", word("Large")),
        ("huge", word("Huge")),
    ],
};
/// Widths of the text.
pub const WIDTH: Setting = Setting {
    name: "width",
    unset: "medium",
    choices: &[("narrow", word("Narrow")), ("medium", word("Medium")), ("wide", word("Wide"))],
};
/// Heights of the text's lines.
pub const LINES: Setting = Setting {
    name: "lines",
    unset: "medium",
    choices: &[("close", word("Tight")), ("medium", word("Medium")), ("far", word("Loose"))],
};
/// Typefaces of the article. `legible` is made for letters to be told apart, with more space between them.
pub const FACE: Setting = Setting {
    name: "face",
    unset: "serif",
    choices: &[
        ("serif", word("Serif")),
        ("sans", word("Sans")),
        ("system", word("System")),
        ("legible", word("Legible")),
    ],
};
/// Languages of the interface, each by its own name: `system` is what the browser prefers. Each but English has a file
/// in `static/words`.
pub const LANGUAGE: Setting = Setting {
    name: "language",
    unset: "system",
    choices: &[
        ("system", word("System")),
        ("en", "English"),
        ("mk", "Македонски"),
        ("de", "Deutsch"),
        ("ar", "العربية"),
    ],
};
/// Whether the reading page listens to single keys.
pub const KEYS: Setting =
    Setting { name: "keys", unset: "on", choices: &[("on", ""), ("off", "")] };

/// The speed of reading aloud, in per cent of the usual.
pub const RATE: Setting = Setting {
    name: "rate",
    unset: "100",
    choices: &[
        ("70", ""),
        ("85", ""),
        ("100", ""),
        ("120", ""),
        ("140", ""),
        ("170", ""),
        ("200", ""),
    ],
};

impl Setting {
    /// What is set: one of the choices.
    pub fn now(&self) -> &'static str {
        let set = set(self.name);
        let known = self.choices.iter().find(|choice| Some(choice.0) == set.as_deref());
        known.map_or(self.unset, |choice| choice.0)
    }

    /// Sets it, for this page and the next visits; `false` where the browser does not keep it.
    pub fn keep(&self, value: &str) -> bool {
        keep(self.name, value)
    }
}

#[cfg(target_arch = "wasm32")]
mod browser {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = dixit)]
        pub(super) fn set(name: &str) -> Option<String>;
        #[wasm_bindgen(js_namespace = dixit)]
        pub(super) fn keep(name: &str, value: &str) -> bool;
    }
}

#[cfg(target_arch = "wasm32")]
use browser::{keep, set};

#[cfg(not(target_arch = "wasm32"))]
fn set(_name: &str) -> Option<String> {
    None
}

#[cfg(not(target_arch = "wasm32"))]
fn keep(_name: &str, _value: &str) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_set_is_one_of_the_choices() {
        for setting in [THEME, SIZE, WIDTH, LINES, FACE, LANGUAGE, KEYS, RATE] {
            assert!(setting.choices.iter().any(|choice| choice.0 == setting.now()));
        }
    }

    #[test]
    fn values_are_words_that_boot_js_takes() {
        for setting in [THEME, SIZE, WIDTH, LINES, FACE, LANGUAGE, KEYS, RATE] {
            for (value, _) in setting.choices {
                let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
                assert!(value.len() <= 16 && value.chars().all(plain), "{value}");
            }
        }
    }
}
