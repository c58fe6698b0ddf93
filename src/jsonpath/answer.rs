//! What a path leads to: parts of the document, or values made from them.

use std::borrow::Cow;

use crate::jsonpath::decimal::{Number, double_text};
use crate::jsonpath::path::Literal;
use crate::jsonpath::tree::{Kind, Num, Tree};

/// Tells what an evaluation came to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Found<T> {
    /// A definite path led nowhere: Jayway's `PathNotFoundException`, for which API Gateway prints nothing.
    ///
    /// A function that cannot answer, such as `min()` of nothing, ends here too.
    Missing,
    /// The value of a definite path, or the list of an indefinite one.
    Value(Answer<T>),
}

/// Holds a value that a path gives.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Answer<T> {
    /// A part of the document itself.
    Node(T),
    /// The results of an indefinite path; prints as json-smart's `JSONArray`.
    List(Vec<Answer<T>>),
    /// The object that `['a','b']` makes.
    Object(Vec<(Box<str>, Answer<T>)>),
    /// `length()` of what has no length.
    Null,
    /// From a JSON argument of a function.
    Bool(bool),
    /// A length, or from a JSON argument.
    Integer(i64),
    /// What `sum`, `avg`, `min`, `max` and `stddev` give, also for whole numbers.
    Double(f64),
    /// What `concat` and `keys` give.
    Text(String),
}

impl<'t, T: Tree<'t>> Answer<T> {
    pub(super) fn kind(&self) -> Kind {
        match self {
            Self::Node(node) => node.kind(),
            Self::List(_) => Kind::Array,
            Self::Object(_) => Kind::Object,
            Self::Null => Kind::Null,
            Self::Bool(bool) => Kind::Bool(*bool),
            Self::Integer(_) | Self::Double(_) => Kind::Number,
            Self::Text(_) => Kind::Text,
        }
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::Node(node) => node.len(),
            Self::List(list) => list.len(),
            Self::Object(members) => members.len(),
            _ => 0,
        }
    }

    pub(super) fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Node(node) => node.text().map(|text| Cow::Owned(text.into_owned())),
            Self::Text(text) => Some(Cow::Borrowed(text)),
            _ => None,
        }
    }

    pub(super) fn number(&self) -> Option<Num<'t>> {
        match self {
            Self::Node(node) => node.number(),
            Self::Integer(integer) => Some(Num::Integer(*integer)),
            Self::Double(double) => Some(Num::Double(*double)),
            _ => None,
        }
    }

    /// Returns a number as a `double`, as the functions that count do.
    pub(super) fn double(&self) -> Option<f64> {
        match self.number()? {
            Num::Integer(integer) => Some(integer as f64),
            Num::Double(double) => Some(double),
            Num::Exact(text) => text.parse().ok(),
        }
    }

    /// Prints as Java's `toString` does, as far as scalars go.
    pub(super) fn scalar_text(&self) -> Option<String> {
        match self.kind() {
            Kind::Bool(bool) => Some(bool.to_string()),
            Kind::Text => self.text().map(Cow::into_owned),
            Kind::Number => self.number().map(|number| match number {
                Num::Integer(integer) => integer.to_string(),
                Num::Double(double) => double_text(double),
                Num::Exact(text) => text.into_owned(),
            }),
            _ => None,
        }
    }

    /// Visits the elements of an array.
    pub(super) fn each_element<E>(
        &self,
        mut visit: impl FnMut(Self) -> Result<(), E>,
    ) -> Result<(), E> {
        match self {
            Self::Node(node) => node.each_element(|element| visit(Self::Node(element))),
            Self::List(list) => list.iter().cloned().try_for_each(visit),
            _ => Ok(()),
        }
    }

    pub(super) fn elements(&self) -> Vec<Self> {
        let mut elements = Vec::new();
        let collected: Result<(), ()> = self.each_element(|element| {
            elements.push(element);
            Ok(())
        });
        debug_assert!(collected.is_ok());
        elements
    }

    pub(super) fn member(&self, name: &str) -> Option<Self> {
        match self {
            Self::Node(node) => node.member(name).map(Self::Node),
            Self::Object(members) => {
                members.iter().find(|(known, _)| **known == *name).map(|(_, value)| value.clone())
            }
            _ => None,
        }
    }
}

impl<T> From<&Literal> for Answer<T> {
    fn from(literal: &Literal) -> Self {
        match literal {
            Literal::Null => Self::Null,
            Literal::Bool(bool) => Self::Bool(*bool),
            Literal::Integer(integer) => Self::Integer(*integer),
            Literal::Double(double) => Self::Double(*double),
            Literal::Exact(text) => text.parse().map_or(Self::Null, Self::Double),
            Literal::Text(text) => Self::Text(text.to_string()),
            Literal::List(list) => Self::List(list.iter().map(Self::from).collect()),
            Literal::Object(members) => Self::Object(
                members.iter().map(|(name, value)| (name.clone(), Self::from(value))).collect(),
            ),
        }
    }
}

impl Literal {
    pub(super) fn number(&self) -> Option<Number> {
        match self {
            Self::Integer(integer) => Some(Number::Integer(*integer)),
            Self::Double(double) => Some(Number::Double(*double)),
            Self::Exact(text) => Number::parse(text),
            _ => None,
        }
    }
}
