//! What Markdown says of itself before its text: YAML between lines of `---`, or TOML between lines of `+++`.

#[cfg(feature = "markdown")]
mod fields;

#[cfg(feature = "markdown")]
use dixit_engine::Article;

/// Front matter, and the text after it.
#[cfg_attr(not(feature = "markdown"), expect(dead_code, reason = "nothing reads it then"))]
pub(crate) struct Split<'t> {
    pub(crate) matter: &'t str,
    pub(crate) is_toml: bool,
    pub(crate) rest: &'t str,
}

/// Takes a text apart; `None` where it has no front matter.
pub(crate) fn split(text: &str) -> Option<Split<'_>> {
    let text = text.trim_start_matches('\u{feff}');
    let (first, rest) = text.split_once('\n')?;
    let is_toml = match first.trim_end() {
        "---" => false,
        "+++" => true,
        _ => return None,
    };
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        let ends = match line.trim_end() {
            "---" | "..." => !is_toml,
            "+++" => is_toml,
            _ => false,
        };
        if ends {
            let matter = rest.get(..at)?;
            // Two rules with a text between them are no front matter.
            let sign = if is_toml { '=' } else { ':' };
            let is_field = |line: &str| {
                line.split_once(sign)
                    .is_some_and(|(name, _)| !name.trim().is_empty() && !name.trim().contains(' '))
            };
            let named = matter
                .lines()
                .find(|l| !l.trim().is_empty() && !l.starts_with('#'))
                .is_some_and(is_field);
            return named.then_some(Split { matter, is_toml, rest: rest.get(at + line.len()..)? });
        }
        at += line.len();
    }
    None
}

/// Puts what front matter says into `article`; or says there what is wrong with it.
#[cfg(feature = "markdown")]
pub(crate) fn read(split: &Split<'_>, article: &mut Article) {
    if let Err(cause) = fields::read(split, article) {
        let message = format!("the front matter could not be read: {cause}");
        article.problems.push(crate::problem(&message));
    }
}

/// What the front matter of a text says: each field with its texts, one or those of a list; none where there is none.
/// The error says what is wrong.
#[cfg(feature = "markdown")]
pub fn front_matter(text: &str) -> Result<Vec<(String, Vec<String>)>, String> {
    split(text).map_or(Ok(Vec::new()), |split| fields::fields(&split))
}
