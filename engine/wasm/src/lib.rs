//! The engine as a Wasm module.
