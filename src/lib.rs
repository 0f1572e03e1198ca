//! What the reader sees: a page that is a function of (Article, Analysis, options).

pub mod engine_port;
pub mod rescue;
