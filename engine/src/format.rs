//! The versioned JSON of articles and analyses.
//!
//! A document is `{"format": "dixit", "version": 1, "article": {…}, "analysis": {…}}`; `analysis`
//! may be missing. Offsets are Unicode code points of the block's text, spans `[block, start, end]`.
//! Fields that are empty are left out. Readers ignore fields that they do not know, so version 1
//! can grow; a change that an old reader would misread makes a new version.

mod v1;

use std::fmt;

use crate::{Analysis, Article};
use serde::{Deserialize, Serialize};

/// The version that [`write`] writes and the newest that [`read`] knows.
pub const VERSION: u32 = 1;

/// Why a text is no document that this version can read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormatError {
    /// No JSON, or JSON of another shape; the parser's words.
    Malformed(String),
    /// JSON that does not say that it is a Dixit document.
    OtherFormat,
    /// A newer version than [`VERSION`].
    Newer(u32),
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FormatError::Malformed(cause) => write!(f, "not a readable article file: {cause}"),
            FormatError::OtherFormat => write!(f, "not an article file of this program"),
            FormatError::Newer(v) => write!(f, "written by a newer version (format {v})"),
        }
    }
}

impl std::error::Error for FormatError {}

#[derive(Serialize, Deserialize)]
struct Envelope {
    #[serde(default)]
    format: String,
    #[serde(default)]
    version: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<v1::Article>,
    #[serde(skip_serializing_if = "Option::is_none")]
    analysis: Option<v1::Analysis>,
}

/// Writes a document.
///
/// ```
/// use dixit_engine::{format, plain_text};
/// let article = plain_text::read("Harbour vote\n\nThe council met.");
/// let json = format::write(&article, None);
/// assert_eq!(format::read(&json), Ok((article, None)));
/// ```
pub fn write(article: &Article, analysis: Option<&Analysis>) -> String {
    let envelope = Envelope {
        format: "dixit".into(),
        version: VERSION,
        article: Some(v1::Article::from_model(article)),
        analysis: analysis.map(|a| v1::Analysis::from_model(a, article)),
    };
    // Plain structs of strings and numbers: serialising them has no way to fail.
    serde_json::to_string(&envelope).unwrap_or_default()
}

/// Reads a document. Spans and indices that do not fit the article are dropped.
pub fn read(json: &str) -> Result<(Article, Option<Analysis>), FormatError> {
    #[derive(Deserialize)]
    struct Head {
        #[serde(default)]
        format: String,
        #[serde(default)]
        version: u32,
    }
    let malformed = |e: serde_json::Error| FormatError::Malformed(e.to_string());
    let head: Head = serde_json::from_str(json).map_err(malformed)?;
    if head.format != "dixit" {
        return Err(FormatError::OtherFormat);
    }
    if head.version > VERSION {
        return Err(FormatError::Newer(head.version));
    }
    let envelope: Envelope = serde_json::from_str(json).map_err(malformed)?;
    let article = envelope.article.ok_or(FormatError::OtherFormat)?.into_model();
    let analysis = envelope.analysis.map(|a| a.into_model(&article));
    Ok((article, analysis))
}
