//! JSONPath as RFC 9535 defines it, by the crate jsonpath-rust: for hosts that are not API Gateway.
//!
//! The crate wants a tree that it can point into, so a document is copied into one for each evaluation; every node of the
//! copy knows the node that it was made of, and the answer consists of those.

use std::borrow::Cow;
use std::fmt;

use jsonpath_rust::parser::model::{JpQuery, Segment, Selector};
use jsonpath_rust::parser::parse_json_path;
use jsonpath_rust::query::js_path_process;
use jsonpath_rust::query::queryable::Queryable;

use super::answer::{Answer, Found};
use super::evaluate::{Budget, EvaluateError};
use super::tree::{Kind, Num, Tree};

/// How deep a document may be nested: the crate recurses on it.
const MAX_DEPTH: usize = 200;

/// A query that was compiled.
#[derive(Clone, Debug)]
pub(crate) struct Query {
    query: JpQuery,
    singular: bool,
    /// How many `..` and how many `$` behind the first there are: what multiplies the work
    descents: u32,
    roots: u32,
}

impl Query {
    pub(crate) fn compile(text: &str) -> Result<Query, String> {
        let query = parse_json_path(text).map_err(|error| error.to_string())?;
        let singular = query.segments.iter().all(|segment| {
            matches!(segment, Segment::Selector(Selector::Name(_) | Selector::Index(_)))
        });
        let count = |piece| text.matches(piece).count() as u32;
        Ok(Query { query, singular, descents: count(".."), roots: count("$").saturating_sub(1) })
    }

    /// A singular query gives its node or [`Found::Missing`], as a definite path does in Jayway's dialect; any other one a
    /// list. The budget is charged with the most that the query can cost before it is run, since nothing can stop the
    /// crate on its way. A document that is nested too deeply for it counts as over budget.
    pub(crate) fn evaluate<'t, T: Tree<'t>>(
        &self,
        root: &T,
        budget: &mut Budget,
    ) -> Result<Found<T>, EvaluateError> {
        let over = EvaluateError::Budget { limit: budget.limit() };
        let mut size = Size { nodes: 0, depth: 0, left: budget.left() };
        let copy = Copied::of(root, 1, &mut size).map_err(|TooMuch| over.clone())?;
        let work = size
            .nodes
            .saturating_mul(size.depth.saturating_pow(self.descents.saturating_sub(1)))
            .saturating_mul(size.nodes.saturating_pow(self.roots));
        if !budget.try_spend(work) {
            return Err(over);
        }
        let found = js_path_process(&self.query, &copy).unwrap_or_default();
        let mut nodes = found.into_iter().filter_map(|found| found.val().original.clone());
        Ok(match self.singular {
            true => nodes.next().map_or(Found::Missing, |node| Found::Value(Answer::Node(node))),
            false => Found::Value(Answer::List(nodes.map(Answer::Node).collect())),
        })
    }
}

/// What was copied so far, and how much may be.
struct Size {
    nodes: u64,
    depth: u64,
    left: u64,
}

/// The document is larger or deeper than it may be.
struct TooMuch;

/// A node of the copy.
#[derive(Clone)]
struct Copied<T> {
    value: CopiedValue<T>,
    /// `None` for values that the query made
    original: Option<T>,
}

#[derive(Clone)]
enum CopiedValue<T> {
    Null,
    Bool(bool),
    Integer(i64),
    Double(f64),
    Text(String),
    Array(Vec<Copied<T>>),
    Object(Vec<(String, Copied<T>)>),
}

impl<T> Copied<T> {
    fn made(value: CopiedValue<T>) -> Copied<T> {
        Copied { value, original: None }
    }
}

impl<'t, T: Tree<'t>> Copied<T> {
    fn of(node: &T, depth: usize, size: &mut Size) -> Result<Copied<T>, TooMuch> {
        size.nodes += 1;
        size.depth = size.depth.max(depth as u64);
        if depth > MAX_DEPTH || size.nodes > size.left {
            return Err(TooMuch);
        }
        let value = match node.kind() {
            Kind::Null => CopiedValue::Null,
            Kind::Bool(bool) => CopiedValue::Bool(bool),
            Kind::Number => match node.number() {
                Some(Num::Integer(n)) => CopiedValue::Integer(n),
                Some(Num::Double(n)) => CopiedValue::Double(n),
                Some(Num::Exact(text)) => CopiedValue::Double(text.parse().unwrap_or(f64::NAN)),
                None => CopiedValue::Null,
            },
            Kind::Text => CopiedValue::Text(node.text().unwrap_or_default().into_owned()),
            Kind::Array => {
                let mut elements = Vec::with_capacity(node.len());
                node.each_element(|element| {
                    elements.push(Copied::of(&element, depth + 1, size)?);
                    Ok(())
                })?;
                CopiedValue::Array(elements)
            }
            Kind::Object => {
                let mut members = Vec::with_capacity(node.len());
                node.each_member(|name, member| {
                    members.push((name.into_owned(), Copied::of(&member, depth + 1, size)?));
                    Ok(())
                })?;
                CopiedValue::Object(members)
            }
        };
        Ok(Copied { value, original: Some(node.clone()) })
    }
}

impl<T: Clone> Queryable for Copied<T> {
    fn get(&self, key: &str) -> Option<&Self> {
        match &self.value {
            CopiedValue::Object(members) => {
                members.iter().find(|(name, _)| name == key).map(|(_, member)| member)
            }
            _ => None,
        }
    }

    fn as_array(&self) -> Option<&Vec<Self>> {
        match &self.value {
            CopiedValue::Array(elements) => Some(elements),
            _ => None,
        }
    }

    fn as_object(&self) -> Option<Vec<(&str, &Self)>> {
        match &self.value {
            CopiedValue::Object(members) => {
                Some(members.iter().map(|(name, member)| (name.as_str(), member)).collect())
            }
            _ => None,
        }
    }

    fn as_str(&self) -> Option<&str> {
        match &self.value {
            CopiedValue::Text(text) => Some(text),
            _ => None,
        }
    }

    fn as_i64(&self) -> Option<i64> {
        match self.value {
            CopiedValue::Integer(n) => Some(n),
            _ => None,
        }
    }

    fn as_f64(&self) -> Option<f64> {
        match self.value {
            CopiedValue::Integer(n) => Some(n as f64),
            CopiedValue::Double(n) => Some(n),
            _ => None,
        }
    }

    fn as_bool(&self) -> Option<bool> {
        match self.value {
            CopiedValue::Bool(bool) => Some(bool),
            _ => None,
        }
    }

    fn null() -> Self {
        Copied::made(CopiedValue::Null)
    }

    fn extension_custom(_name: &str, _args: Vec<Cow<'_, Self>>) -> Self {
        Self::null()
    }
}

impl<T> Default for Copied<T> {
    fn default() -> Self {
        Copied::made(CopiedValue::Null)
    }
}

impl<T> fmt::Debug for Copied<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            CopiedValue::Null => f.write_str("null"),
            CopiedValue::Bool(bool) => write!(f, "{bool}"),
            CopiedValue::Integer(n) => write!(f, "{n}"),
            CopiedValue::Double(n) => write!(f, "{n}"),
            CopiedValue::Text(text) => write!(f, "{text:?}"),
            CopiedValue::Array(elements) => f.debug_list().entries(elements).finish(),
            CopiedValue::Object(members) => {
                f.debug_map().entries(members.iter().map(|(name, member)| (name, member))).finish()
            }
        }
    }
}

impl<T> PartialEq for Copied<T> {
    /// As RFC 9535 compares: numbers by value, objects whatever the order of their members.
    fn eq(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (CopiedValue::Null, CopiedValue::Null) => true,
            (CopiedValue::Bool(a), CopiedValue::Bool(b)) => a == b,
            (CopiedValue::Integer(a), CopiedValue::Integer(b)) => a == b,
            (CopiedValue::Double(a), CopiedValue::Double(b)) => a == b,
            (CopiedValue::Integer(a), CopiedValue::Double(b))
            | (CopiedValue::Double(b), CopiedValue::Integer(a)) => *a as f64 == *b,
            (CopiedValue::Text(a), CopiedValue::Text(b)) => a == b,
            (CopiedValue::Array(a), CopiedValue::Array(b)) => a == b,
            (CopiedValue::Object(a), CopiedValue::Object(b)) => {
                let same = |(name, member): &(String, Copied<T>)| {
                    b.iter().any(|(other, value)| other == name && value == member)
                };
                a.len() == b.len() && a.iter().all(same)
            }
            _ => false,
        }
    }
}

impl<T> From<&str> for Copied<T> {
    fn from(text: &str) -> Self {
        Copied::made(CopiedValue::Text(text.to_owned()))
    }
}

impl<T> From<String> for Copied<T> {
    fn from(text: String) -> Self {
        Copied::made(CopiedValue::Text(text))
    }
}

impl<T> From<bool> for Copied<T> {
    fn from(bool: bool) -> Self {
        Copied::made(CopiedValue::Bool(bool))
    }
}

impl<T> From<i64> for Copied<T> {
    fn from(n: i64) -> Self {
        Copied::made(CopiedValue::Integer(n))
    }
}

impl<T> From<f64> for Copied<T> {
    fn from(n: f64) -> Self {
        Copied::made(CopiedValue::Double(n))
    }
}

impl<T> From<Vec<Copied<T>>> for Copied<T> {
    fn from(elements: Vec<Copied<T>>) -> Self {
        Copied::made(CopiedValue::Array(elements))
    }
}
