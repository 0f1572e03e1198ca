//! What the reader sees: a page that is a function of (Article, Analysis, options).

pub mod comments;
pub mod engine_port;
pub mod storage;
