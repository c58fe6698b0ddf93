//! The payload as a JSONPath sees it: in place, or as the lists and maps that a template may have changed.

use std::borrow::Cow;

use crate::java::number::Number;
use crate::json::{self, JsonNumber, NodeRef};
use crate::jsonpath::{Descent, Kind, Num, Tree, descend_named_by_steps};
use crate::value::{Text, Value};

impl<'r> Tree<'r> for NodeRef<'r> {
    fn kind(&self) -> Kind {
        match NodeRef::kind(*self) {
            json::Kind::Null => Kind::Null,
            json::Kind::Bool => Kind::Bool(self.as_bool().unwrap_or_default()),
            json::Kind::Number => Kind::Number,
            json::Kind::String => Kind::Text,
            json::Kind::Array => Kind::Array,
            json::Kind::Object => Kind::Object,
        }
    }

    fn text(&self) -> Option<Cow<'r, str>> {
        self.as_str()
    }

    fn number(&self) -> Option<Num<'r>> {
        Some(match NodeRef::number(*self)? {
            JsonNumber::Integer(n) => Num::Integer(n.into()),
            JsonNumber::Long(n) => Num::Integer(n),
            JsonNumber::Double(n) => Num::Double(n),
            JsonNumber::BigInteger(text) | JsonNumber::BigDecimal(text) => Num::Exact(text),
        })
    }

    fn len(&self) -> usize {
        NodeRef::len(*self)
    }

    fn member(&self, name: &str) -> Option<Self> {
        self.get(name)
    }

    fn element(&self, index: usize) -> Option<Self> {
        NodeRef::element(*self, index)
    }

    fn each_element<E>(&self, visit: impl FnMut(Self) -> Result<(), E>) -> Result<(), E> {
        self.elements().try_for_each(visit)
    }

    fn each_member<E>(
        &self,
        mut visit: impl FnMut(Cow<'r, str>, Self) -> Result<(), E>,
    ) -> Result<(), E> {
        self.entries().try_for_each(|(name, member)| visit(name, member))
    }

    /// One pass over the tape.
    fn descend_named<E>(
        &self,
        name: &str,
        mut visit: impl FnMut(Descent<Self>) -> Result<(), E>,
    ) -> Result<(), E> {
        let Some(mut members) = self.members_named(name) else {
            return descend_named_by_steps(self, name, visit);
        };
        visit(Descent::Passed(self.size()))?;
        members.try_for_each(|member| visit(Descent::Found(member)))
    }
}

impl<'r> Tree<'r> for Value<'r> {
    fn kind(&self) -> Kind {
        match self {
            Value::Null => Kind::Null,
            Value::Bool(b) => Kind::Bool(*b),
            Value::Node(node) => Tree::kind(node),
            Value::List(_) => Kind::Array,
            Value::Map(_) => Kind::Object,
            _ if self.is_number() => Kind::Number,
            _ => Kind::Text,
        }
    }

    fn text(&self) -> Option<Cow<'r, str>> {
        match (self, Tree::kind(self)) {
            (Value::Text(Text::Borrowed(text)), _) => Some(Cow::Borrowed(text)),
            (_, Kind::Text) => Some(Cow::Owned(self.to_text().into_owned())),
            _ => None,
        }
    }

    fn number(&self) -> Option<Num<'r>> {
        Some(match self.as_number()? {
            Number::Integer(n) => Num::Integer(n.into()),
            Number::Long(n) => Num::Integer(n),
            Number::Double(n) => Num::Double(n),
            Number::Float(n) => Num::Double(n.into()),
            exact => Num::Exact(exact.to_string().into()),
        })
    }

    fn len(&self) -> usize {
        match self {
            Value::Node(node) => node.len(),
            Value::List(list) => list.len(),
            Value::Map(map) => map.len(),
            _ => 0,
        }
    }

    fn member(&self, name: &str) -> Option<Self> {
        match self {
            Value::Node(node) => node.get(name).map(Value::from_node),
            Value::Map(map) => map.get_text(name),
            _ => None,
        }
    }

    fn element(&self, index: usize) -> Option<Self> {
        match self {
            Value::Node(node) => node.element(index).map(Value::from_node),
            Value::List(list) => list.get(index),
            _ => None,
        }
    }

    fn each_element<E>(&self, mut visit: impl FnMut(Self) -> Result<(), E>) -> Result<(), E> {
        match self {
            Value::Node(node) => node.elements().try_for_each(|item| visit(Value::from_node(item))),
            Value::List(list) => list.items().iter().cloned().try_for_each(visit),
            _ => Ok(()),
        }
    }

    fn each_member<E>(
        &self,
        mut visit: impl FnMut(Cow<'r, str>, Self) -> Result<(), E>,
    ) -> Result<(), E> {
        match self {
            Value::Node(node) => {
                node.entries().try_for_each(|(name, member)| visit(name, Value::from_node(member)))
            }
            Value::Map(map) => map
                .in_order()
                .into_iter()
                .try_for_each(|e| visit(Cow::Owned(e.key.to_text().into_owned()), e.value)),
            _ => Ok(()),
        }
    }
}
