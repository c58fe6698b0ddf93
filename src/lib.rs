//! The mapping-template engine of AWS API Gateway, outside AWS.
//!
//! A mapping template, in the language of Apache Velocity 1.7, turns a request into what a backend wants and a backend's
//! answer into what a client wants. transom renders it as API Gateway does, byte for byte, quirks included.
//!
//! ```
//! use transom::{Template, Variables};
//!
//! let template = Template::new("#set($order = $input.path('$')){\"id\": \"$order.id\", \"n\": $order.items.size()}")?;
//! let variables = Variables::new().body(r#"{"id": "A-1", "items": [1, 2, 3]}"#);
//! assert_eq!(template.render(&variables)?.output, r#"{"id": "A-1", "n": 3}"#);
//! # Ok::<(), transom::Error>(())
//! ```
//!
//! # The flow
//!
//! ```text
//!                 grammar/velocity.pest
//!   template text ──parse──▶ ast ──compile──▶ program          once for a template
//!                             └────lint─────▶ warnings
//!
//!   Variables { body, params, context, stage variables } ──┐
//!                                                program ──┴─render─▶ output + overrides     once for a message
//! ```
//!
//! # The folders
//!
//! * [`template`](Template): the language. `parse/` makes a tree of the text, `compile.rs` a program of the tree,
//!   `render/` an output of the program. Its only AWS words are the names of four variables.
//! * `host/`: what API Gateway puts in scope, a file for each of `$input`, `$context` and `$util`.
//! * [`gateway`]: a request's life around the template, a file for each step; its first page has the picture.
//! * `methods/`: the Java methods of strings, lists, maps and numbers that a template can call.
//! * `value/`: Java's objects during one render, borrowed from the payload where they can be.
//! * `json/`: the payload as json-smart reads it, in place. `jsonpath/`: Jayway's JSONPath over it.
//! * `java/`: what Java does to plain numbers and texts: `Double.toString`, regexes, URL encoding.
//!
//! # What it does not do
//!
//! No I/O, no clock, no threads, no randomness: the host passes things in. Nothing is kept between renders. A template is
//! `Send + Sync`; what a render may use is bounded by [`Limits`].

#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod error;
pub mod gateway;
mod host;
mod java;
mod json;
mod jsonpath;
mod methods;
mod span;
mod template;
mod value;
mod velocity_words;
mod warning;

pub use error::{Error, ErrorKind, Fault};
pub use host::{Context, Overrides, Params, Variables};
pub use json::{Document, JsonError};
pub use jsonpath::JsonPathDialect;
pub use span::{Position, Span};
pub use template::{
    Branch, Coverage, Dialect, ForeachLimit, Limits, Note, Options, Outcome, Piece, Rendered,
    Stretch, Template, Trace, Way,
};
pub use warning::{Severity, Warning};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
