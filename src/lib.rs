//! What the reader sees: a page that is a function of (Article, Analysis, options).

pub mod components;
pub mod engine_port;
#[cfg(test)]
mod fixture;
pub mod links;
pub mod plan;
pub mod segments;
pub mod settings;
pub mod state;
pub mod voices;
pub mod why;
pub mod words;
