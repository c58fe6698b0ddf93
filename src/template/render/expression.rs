//! The value of an expression, and its truth, which is not the same thing in Velocity.

use super::{Renderer, Rendering, runtime};
use crate::java::number::{Arithmetic, Number, arithmetic, compare};
use crate::template::ast::Operator;
use crate::template::program::{Binary, Expr, Node};
use crate::value::{Map, Text, Value};

impl<'r> Renderer<'r> {
    pub(super) fn value(&mut self, expr: &'r Expr) -> Rendering<Value<'r>> {
        Ok(match expr {
            Expr::Null => Value::Null,
            Expr::Empty => Value::Text(Text::EMPTY),
            Expr::Boolean(b) => Value::Bool(*b),
            Expr::Integer(n) => Value::Integer(*n),
            Expr::Number(n) => Number::clone(n).into(),
            Expr::Text(text) => Value::text(&**text),
            Expr::Interpolated(nodes, drop_last) => {
                Value::text(self.interpolate(nodes, *drop_last)?)
            }
            Expr::Reference(reference) => self.value_of(reference)?,
            Expr::List(items) => Value::array_list(self.values(items)?),
            Expr::Range(ends) => self.range(&ends.0, &ends.1)?,
            Expr::Map(pairs) => {
                let mut entries = Vec::with_capacity(pairs.len());
                for (key, value) in pairs {
                    entries.push((self.value(key)?, self.value(value)?));
                }
                Value::Map(Map::linked(entries).into())
            }
            Expr::Not(inner) => Value::Bool(!self.truth(inner)?),
            Expr::Binary(binary) => self.binary(binary)?,
        })
    }

    /// Whether `#if` takes its branch: a reference by its value, a boolean expression by its result, and anything else
    /// (a number, a text, a list, arithmetic) never.
    pub(super) fn truth(&mut self, expr: &'r Expr) -> Rendering<bool> {
        match expr {
            Expr::Boolean(b) => Ok(*b),
            Expr::Empty => Ok(true),
            Expr::Reference(reference) => match self.value_of(reference)? {
                // Velocity asks a block for its text, and a block in itself has none.
                Value::Block(block) => Ok(self.block(block, &mut String::new())?),
                value => Ok(value.truth()),
            },
            Expr::Not(inner) => Ok(!self.truth(inner)?),
            Expr::Binary(binary) => match binary.operator {
                Operator::And => Ok(self.truth(&binary.left)? && self.truth(&binary.right)?),
                Operator::Or => Ok(self.truth(&binary.left)? || self.truth(&binary.right)?),
                Operator::Add
                | Operator::Subtract
                | Operator::Multiply
                | Operator::Divide
                | Operator::Modulo => Ok(false),
                _ => self.compare(binary),
            },
            _ => Ok(false),
        }
    }

    fn binary(&mut self, binary: &'r Binary) -> Rendering<Value<'r>> {
        let operator = match binary.operator {
            Operator::Add => Arithmetic::Add,
            Operator::Subtract => Arithmetic::Subtract,
            Operator::Multiply => Arithmetic::Multiply,
            Operator::Divide => Arithmetic::Divide,
            Operator::Modulo => Arithmetic::Modulo,
            Operator::And => {
                return Ok(Value::Bool(self.truth(&binary.left)? && self.truth(&binary.right)?));
            }
            Operator::Or => {
                return Ok(Value::Bool(self.truth(&binary.left)? || self.truth(&binary.right)?));
            }
            _ => return Ok(Value::Bool(self.compare(binary)?)),
        };
        let (left, right) = (self.value(&binary.left)?, self.value(&binary.right)?);
        self.budget.step(1, binary.span)?;
        if operator == Arithmetic::Add
            && (matches!(left, Value::Text(_)) || matches!(right, Value::Text(_)))
        {
            return self.concatenate(binary, &left, &right);
        }
        let (Some(left), Some(right)) = (left.as_number(), right.as_number()) else {
            return Ok(Value::Null);
        };
        match arithmetic(operator, &left, &right) {
            Ok(Some(number)) => Ok(number.into()),
            Ok(None) => Ok(Value::Null),
            Err(e) => Err(runtime(e.to_string(), binary.span)),
        }
    }

    /// `+` with a text on one side. A null on the other contributes its source.
    fn concatenate(
        &mut self,
        binary: &'r Binary,
        left: &Value<'r>,
        right: &Value<'r>,
    ) -> Rendering<Value<'r>> {
        let mut text = String::new();
        let literals = binary.literals.as_ref().map(|(l, r)| (&**l, &**r)).unwrap_or_default();
        for (value, literal) in [(left, literals.0), (right, literals.1)] {
            match value {
                Value::Null => text.push_str(literal),
                Value::Block(_) => text.push_str(&self.text_of(value)?),
                value => value
                    .print(&mut text)
                    .map_err(|e| self.exception(e, "toString", value, binary.span))?,
            }
            self.budget.text(text.len(), binary.span)?;
        }
        Ok(Value::text(text))
    }

    fn compare(&mut self, binary: &'r Binary) -> Rendering<bool> {
        let (left, right) = (self.value(&binary.left)?, self.value(&binary.right)?);
        self.budget.step(1, binary.span)?;
        match binary.operator {
            Operator::Equal => return self.equal(&left, &right),
            Operator::NotEqual => return Ok(!self.equal(&left, &right)?),
            _ => {}
        }
        let (Some(left), Some(right)) = (left.as_number(), right.as_number()) else {
            return Ok(false);
        };
        let order = compare(&left, &right);
        Ok(match binary.operator {
            Operator::Less => order.is_some_and(std::cmp::Ordering::is_lt),
            Operator::LessEqual => order.is_some_and(std::cmp::Ordering::is_le),
            Operator::Greater => order.is_some_and(std::cmp::Ordering::is_gt),
            _ => order.is_some_and(std::cmp::Ordering::is_ge),
        })
    }

    fn equal(&mut self, left: &Value<'r>, right: &Value<'r>) -> Rendering<bool> {
        if matches!(left, Value::Block(_)) || matches!(right, Value::Block(_)) {
            if left.is_null() || right.is_null() {
                return Ok(false);
            }
            return Ok(self.text_of(left)? == self.text_of(right)?);
        }
        Ok(left.velocity_equals(right))
    }

    /// `[from..to]`: integers in either direction; null where an end is no number.
    fn range(&mut self, from: &'r Expr, to: &'r Expr) -> Rendering<Value<'r>> {
        let (from, to) = (self.value(from)?.as_number(), self.value(to)?.as_number());
        let (Some(from), Some(to)) = (from, to) else { return Ok(Value::Null) };
        let (from, to) = (from.int_value(), to.int_value());
        self.budget.step(u64::from(from.abs_diff(to)) + 1, crate::Span::default())?;
        let items = if from <= to {
            (from..=to).map(Value::Integer).collect()
        } else {
            (to..=from).rev().map(Value::Integer).collect()
        };
        Ok(Value::array_list(items))
    }

    /// A double-quoted string.
    fn interpolate(&mut self, nodes: &'r [Node], drop_last: bool) -> Rendering<String> {
        let mut text = String::new();
        self.nodes(nodes, &mut text)?;
        if drop_last {
            text.pop();
        }
        Ok(text)
    }
}
