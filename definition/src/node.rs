//! A document as a tree: what `serde_json::Value` is, with the place of everything.

use serde_json::{Map, Number, Value};

use crate::source::Place;
use crate::text::Text;

/// A value with its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it is
    pub data: Data,
    /// Where it stands
    pub place: Place,
    /// Its YAML tag without the `!`: `Sub`
    pub tag: Option<Box<str>>,
}

/// What a value is.
#[derive(Clone, Debug)]
pub enum Data {
    /// Nothing
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as it is written
    Number(Text),
    /// A text
    Text(Text),
    /// A list
    List(Vec<Node>),
    /// An object
    Object(Vec<Member>),
}

/// A member of an object.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its name
    pub name: String,
    /// Where the name stands
    pub name_place: Place,
    /// Its value
    pub value: Node,
}

impl Node {
    /// A value that stands somewhere.
    pub fn new(data: Data, place: &Place) -> Node {
        Node { data, place: place.clone(), tag: None }
    }

    /// A text that is put in the place of something.
    pub fn text_at(place: &Place, content: impl Into<String>) -> Node {
        Node::new(Data::Text(Text::in_place_of(place, content)), place)
    }

    /// An object without members.
    pub fn object_at(place: &Place) -> Node {
        Node::new(Data::Object(Vec::new()), place)
    }

    /// Adds a member to an object, in the place of one of the same name.
    pub fn set(&mut self, name: impl Into<String>, value: Node) {
        let (name, name_place) = (name.into(), value.place.clone());
        if let Data::Object(members) = &mut self.data {
            match members.iter_mut().find(|member| member.name == name) {
                Some(member) => member.value = value,
                None => members.push(Member { name, name_place, value }),
            }
        }
    }

    /// Adds a member if there is a value for it.
    pub(crate) fn set_if(&mut self, name: &str, value: Option<Node>) {
        if let Some(value) = value {
            self.set(name, value);
        }
    }

    /// A member of an object that is not null.
    pub fn get(&self, name: &str) -> Option<&Node> {
        let member = self.members().iter().find(|member| member.name == name)?;
        (!member.value.is_null()).then_some(&member.value)
    }

    /// A member's member's … member.
    pub(crate) fn at(&self, names: &[&str]) -> Option<&Node> {
        names.iter().try_fold(self, |node, name| node.get(name))
    }

    /// The members of an object; none of anything else.
    pub fn members(&self) -> &[Member] {
        match &self.data {
            Data::Object(members) => members,
            _ => &[],
        }
    }

    /// The items of a list; none of anything else.
    pub fn items(&self) -> &[Node] {
        match &self.data {
            Data::List(items) => items,
            _ => &[],
        }
    }

    /// The text, also of a number.
    pub fn text(&self) -> Option<&Text> {
        match &self.data {
            Data::Text(text) | Data::Number(text) => Some(text),
            _ => None,
        }
    }

    /// A text, a number, `true` or `false`, as a text.
    pub fn as_str(&self) -> Option<&str> {
        match &self.data {
            Data::Bool(true) => Some("true"),
            Data::Bool(false) => Some("false"),
            _ => self.text().map(Text::as_str),
        }
    }

    /// Whether it says yes, in any of the ways that CloudFormation takes.
    pub(crate) fn is_true(&self) -> bool {
        self.as_str().is_some_and(|text| text.eq_ignore_ascii_case("true"))
    }

    /// Whether it is nothing.
    pub fn is_null(&self) -> bool {
        matches!(self.data, Data::Null)
    }

    /// Without places.
    pub fn to_json(&self) -> Value {
        match &self.data {
            Data::Null => Value::Null,
            Data::Bool(value) => Value::Bool(*value),
            Data::Number(text) => match serde_json::from_str::<Number>(text.as_str()) {
                Ok(number) => Value::Number(number),
                Err(_) => Value::String(text.as_str().to_owned()),
            },
            Data::Text(text) => Value::String(text.as_str().to_owned()),
            Data::List(items) => Value::Array(items.iter().map(Node::to_json).collect()),
            Data::Object(members) => {
                let members = members.iter();
                Value::Object(
                    members.map(|m| (m.name.clone(), m.value.to_json())).collect::<Map<_, _>>(),
                )
            }
        }
    }

    /// The value that a dotted path names, and the nearest one around it where there is none. Names have dots too.
    pub fn find(&self, path: &str) -> &Node {
        let fits = |member: &&Member| {
            path.strip_prefix(member.name.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        match self.members().iter().filter(fits).max_by_key(|member| member.name.len()) {
            Some(member) => {
                let rest = &path[member.name.len()..];
                member.value.find(rest.strip_prefix('.').unwrap_or(rest))
            }
            None => self,
        }
    }

    /// The value that a JSON Pointer names, or the nearest one around it.
    pub fn find_pointer(&self, pointer: &str) -> &Node {
        let mut here = self;
        for part in pointer.split('/').skip(1) {
            let name = part.replace("~1", "/").replace("~0", "~");
            let inner = match &here.data {
                Data::List(items) => name.parse().ok().and_then(|at: usize| items.get(at)),
                _ => here.get(&name),
            };
            let Some(inner) = inner else { break };
            here = inner;
        }
        here
    }

    /// What it is, in words.
    pub(crate) fn kind(&self) -> &'static str {
        match self.data {
            Data::Null => "null",
            Data::Bool(_) => "true or false",
            Data::Number(_) => "a number",
            Data::Text(_) => "a text",
            Data::List(_) => "a list",
            Data::Object(_) => "an object",
        }
    }
}
