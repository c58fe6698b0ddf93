//! transom behind wasm-bindgen: texts, bytes and numbers in and out, which `npm/core.js` makes a JavaScript API of.
//!
//! ```text
//! options.rs      JSON text → how a template is compiled
//! scope.rs        JSON text → what a template sees besides the payload
//! compiled.rs     a template and its renders
//! diagnostic.rs   errors, warnings and notes → JSON text, places in UTF-16
//! utf16.rs        bytes → UTF-16 code units, lines and columns
//! json_check.rs   whether a text is JSON, and where not
//! ```
//!
//! Nothing here is an API of its own: whatever is passed is what `core.js` passes, and errors are thrown as JSON texts that
//! it makes `Error`s of. An object graph never crosses; reading one through the border costs more than a render.

// wasm-bindgen's glue is unsafe; nothing of ours is.
#![deny(unsafe_op_in_unsafe_fn)]

mod compiled;
mod diagnostic;
mod json_check;
mod options;
mod scope;
mod utf16;

pub use compiled::{Compiled, check};
pub use json_check::check_json;
pub use scope::Scope;
