//! What is visible, one thing a file.

pub(crate) mod act;
mod badge;
pub(crate) mod bar;
mod block;
mod body;
mod click;
mod comment_item;
mod comment_notes;
pub mod comments;
mod furniture;
mod group;
mod head;
pub(crate) mod look;
pub(crate) mod note;
mod page_events;
mod panel;
mod picture;
pub mod reading;
mod share;
pub mod start;
mod start_article;
mod start_forms;
mod steps;
pub(crate) mod tool;
pub(crate) mod trouble;
mod voice_row;
pub(crate) mod why_note;
