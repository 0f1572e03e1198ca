//! What is visible, one thing a file.

mod badge;
pub mod bar;
mod block;
mod body;
mod click;
pub mod comment_field;
pub mod comment_item;
pub mod comment_notes;
pub mod comments;
mod furniture;
mod group;
mod head;
mod look;
pub mod note;
mod page_events;
mod panel;
mod picture;
pub mod reading;
mod share;
pub mod start;
pub mod start_article;
pub mod start_link;
pub mod start_paste;
mod steps;
pub mod trouble;
mod voice_row;
mod why_note;
