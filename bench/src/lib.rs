//! What the engine is measured on and with: articles, patterns, its Wasm module, a counter of instructions.

pub mod archive;
pub mod articles;
pub mod eleventy;
pub mod figures;
pub mod growth;
pub mod module;
mod npm;
pub mod pages;
pub mod peer;
pub mod steps;
pub mod textacy;
