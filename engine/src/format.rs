//! The versioned JSON of articles and analyses.
//!
//! A document is `{"format": "dixit", "version": 1, "article": {…}, "analysis": {…}}`; `analysis`
//! may be missing. Offsets are Unicode code points of the block's text, spans `[block, start, end]`.
//! Fields that are empty are left out. Readers ignore fields that they do not know, so version 1
//! can grow; a change that an old reader would misread makes a new version.
//!
//! Programs that keep the text themselves take [`write_standoff`] instead: who said what as spans of that text.

mod json;
mod names;
mod read;
mod spans;
mod standoff;
mod write;

use std::fmt;

pub use json::Json;
pub use names::Named;
pub use read::{Node, read, read_node};
pub use standoff::{OffsetUnit, write_standoff};
pub use write::write;

/// The version that [`write()`] writes and the newest that [`read()`] knows.
pub const VERSION: u32 = 1;

/// Why a text is no document that this version can read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormatError {
    /// No JSON, or JSON of another shape; what is wrong.
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
