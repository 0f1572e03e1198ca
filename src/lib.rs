//! What the reader sees: a page that is a function of (Article, Analysis, options).

#![cfg_attr(not(feature = "viewer"), allow(dead_code, unused_imports))]

pub mod along;
pub mod aloud;
#[cfg(feature = "viewer")]
pub mod app;
mod carry;
pub mod clock;
pub mod comments;
pub mod components;
pub mod corrections;
pub mod download;
pub mod dropping;
mod element;
#[cfg(feature = "embed")]
pub mod embed;
pub mod engine_port;
pub mod filter;
#[cfg(test)]
mod fixture;
pub mod folded;
pub mod import_port;
pub mod json;
pub mod keys;
pub mod later;
pub mod library;
pub mod links;
pub mod markdown;
mod near;
pub mod open;
mod order;
pub mod outline;
pub mod part;
pub mod permalink;
pub mod plan;
#[cfg(any(feature = "hydrate", feature = "prerender"))]
pub mod published;
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
pub mod tree;
pub mod voices;
pub mod why;
pub mod wording;
pub mod words;
