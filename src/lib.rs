//! What the reader sees: a page that is a function of (Article, Analysis, options).

pub mod app;
mod carry;
pub mod clock;
pub mod comments;
pub mod components;
pub mod corrections;
pub mod download;
pub mod dropping;
mod element;
pub mod engine_port;
#[cfg(test)]
mod fixture;
pub mod json;
pub mod later;
pub mod library;
pub mod links;
pub mod open;
mod order;
pub mod part;
pub mod permalink;
pub mod plan;
mod quoted;
pub mod rescue;
pub mod route;
pub mod scene;
pub mod segments;
pub mod session;
pub mod settings;
mod sharing;
pub mod state;
pub mod storage;
pub mod voices;
pub mod why;
pub mod wording;
pub mod words;
