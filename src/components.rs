//! What is visible, one thing a file.

mod badge;
pub mod bar;
mod block;
mod body;
mod furniture;
mod group;
mod head;
mod look;
mod page_events;
mod panel;
mod picture;
pub mod reading;
mod share;
mod steps;
mod voice_row;
mod why_note;
