//! Limits of what is opened, whatever form it has.

use super::OpenError;

/// The most that is opened.
pub const MAX_BYTES: usize = 2_000_000;

/// A text that somebody pasted, or that was read.
pub fn pasted(text: &str) -> Result<String, OpenError> {
    if text.len() > MAX_BYTES {
        return Err(OpenError::TooLarge);
    }
    if text.trim().is_empty() {
        return Err(OpenError::Empty);
    }
    Ok(text.to_owned())
}
