//! Numbers as values: between a render's compact form and Java's arithmetic.

use std::rc::Rc;

use super::Value;
use crate::java::number::Number;
use crate::json::{JsonNumber, NodeRef};

impl<'r> Value<'r> {
    /// The value as Java's number, if it is one.
    pub(crate) fn as_number(&self) -> Option<Number> {
        Some(match self {
            Value::Integer(n) => Number::Integer(*n),
            Value::Long(n) => Number::Long(*n),
            Value::Double(n) => Number::Double(*n),
            Value::Number(n) => (**n).clone(),
            _ => return None,
        })
    }

    pub(crate) fn is_number(&self) -> bool {
        matches!(self, Value::Integer(_) | Value::Long(_) | Value::Double(_) | Value::Number(_))
    }
}

impl From<Number> for Value<'_> {
    fn from(number: Number) -> Self {
        match number {
            Number::Integer(n) => Value::Integer(n),
            Number::Long(n) => Value::Long(n),
            Number::Double(n) => Value::Double(n),
            other => Value::Number(Rc::new(other)),
        }
    }
}

/// The number of a document's node, in the class that json-smart gives it.
pub(super) fn from_node<'r>(node: NodeRef<'r>) -> Value<'r> {
    match node.number() {
        Some(JsonNumber::Integer(n)) => Value::Integer(n),
        Some(JsonNumber::Long(n)) => Value::Long(n),
        Some(JsonNumber::Double(n)) => Value::Double(n),
        Some(JsonNumber::BigInteger(digits)) => Number::parse_integer_literal(&digits).into(),
        Some(JsonNumber::BigDecimal(text)) => match Number::parse_decimal(&text) {
            Some(number) => number.into(),
            None => Value::Null,
        },
        None => Value::Null,
    }
}
