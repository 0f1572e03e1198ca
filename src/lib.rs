//! What the reader sees: a page that is a function of (Article, Analysis, options).

pub mod clock;
pub mod comments;
pub mod components;
pub mod download;
pub mod engine_port;
pub mod library;
pub mod open;
pub mod storage;
