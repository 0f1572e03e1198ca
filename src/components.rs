//! What is seen: one visible thing a file.

pub mod comment_field;
pub mod comment_item;
pub mod comment_notes;
pub mod comments;
pub mod note;
