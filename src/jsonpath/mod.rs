//! Jayway's JSONPath, the dialect of `$input.path(…)` and `$input.json(…)`: a grammar, a compiler and an evaluator that
//! walks any [`Tree`].
//!
//! A [`Path`] is compiled from its text once and evaluated any number of times, against a [`Budget`] of nodes.
//! A definite path gives one value or [`Found::Missing`]; any other path gives a list, also of none or one.
//!
//! # Which Jayway
//!
//! The evidence for the version that AWS runs is thin, so this is 2.4 and later, checked against 2.10. It differs from
//! older versions, and those among themselves, in:
//!
//! * `[-1]` is the last element (2.1 and 2.2 refuse it, 2.0 finds nothing);
//! * `[ 1 : 3 ]` and a blank before the path are errors (allowed before 2.2);
//! * functions (none in 2.0, then more with each version from 2.1 to 2.9);
//! * a member that is `null` exists (not in 2.0), and a missing one makes `!=` true (false in 2.0);
//! * `<` and its kin compare numbers with numbers and texts with texts only (2.0 compares a mixture as texts);
//! * `$.*.a` skips what is no object (2.0 gives up the whole path);
//! * `$..*.a` gives nothing, and `$..[0].a` only the first elements' members (from 2.7).
//!
//! # Quirks that are kept
//!
//! * `foo.bar` is `$.foo.bar`, `.a` is `$..a`, `@` is the root.
//! * A name is everything up to `.`, `[`, `(` or a blank: `$.foo-bar`, `$.a@b`; in a filter also `@.a&&@.b`.
//! * One character after a step is ignored when the path ends there: `$.a[`, `$.**`.
//! * A name is not looked up in the elements of an array: `$.items.id` is missing, `$.items[*].id` is not.
//! * `['a','b']` at the end makes one object, anywhere else a list.
//! * `[1:-1]` is empty, `[-99:2]` wraps around, the third part of a slice is ignored.
//! * A filter on an object tests the object itself, not its members.
//! * In a filter, `$.a` alone starts at the item (`$.a == 1` does not). `@[*]` alone holds for any value,
//!   `@..a` alone only where every object below has an `a`.
//! * `@.x == '5'` compares as numbers, `'5' == @.x` as texts; `===` wants the same type.
//! * `all`, `type` and `matches` make a filter false, and so does a scalar on the right of `in`.
//! * After `f()` further steps find nothing; after `f(1)` they go on.
//! * `last()` of one element is missing, as is any aggregate of nothing.
//!
//! # Where this is kinder than Jayway
//!
//! * A function that does not exist is an error of compiling.
//! * `append` leaves the document alone.
//! * An array inside an array is an element like any other for `in`, `contains` and `anyof`; Jayway fails.

mod answer;
mod compare;
mod decimal;
mod dialect;
mod evaluate;
mod explain;
mod filter;
mod function;
mod literal;
mod parse;
mod path;
mod regex;
#[cfg(feature = "rfc9535")]
mod rfc9535;
mod tree;

pub(crate) use answer::{Answer, Found};
pub(crate) use dialect::AnyPath;
pub use dialect::JsonPathDialect;
pub(crate) use evaluate::{Budget, EvaluateError};
pub(crate) use path::Path;
pub(crate) use tree::{Descent, Kind, Num, Tree, descend_named_by_steps};
