//! What is likely not what the author meant: warnings from the tree.

use crate::Warning;
use crate::template::Dialect;
use crate::template::ast::Node;

pub(crate) fn lint(_nodes: &[Node], _source: &str, _dialect: Dialect) -> Vec<Warning> {
    Vec::new()
}
