//! Compiled schemas: what a validation walks over. They refer to each other by number, so circles cost nothing.

use super::equal::Enumeration;
use super::format::Format;
use super::number::Limit;
use super::pattern::Pattern;
use crate::json::{Kind, NodeRef};

/// The number of a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Id(pub(super) u32);

/// All schemas of all models.
#[derive(Debug)]
pub(super) struct Schemas {
    pub(super) schemas: Vec<Schema>,
    /// The names of the models
    pub(super) models: Vec<String>,
}

impl Schemas {
    pub(super) fn get(&self, id: Id) -> &Schema {
        &self.schemas[id.0 as usize]
    }
}

/// A schema, `$ref`s followed.
#[derive(Debug)]
pub(super) struct Schema {
    /// The index of the model in which it stands, and a JSON Pointer into it
    pub(super) place: (usize, String),
    /// In the order of their names, `format` last
    pub(super) keywords: Vec<Keyword>,
    pub(super) members: Option<Members>,
    pub(super) elements: Option<Elements>,
}

/// Which schemas the members of an object have to obey.
#[derive(Debug, Default)]
pub(super) struct Members {
    /// Sorted by name
    pub(super) properties: Vec<(Box<str>, Id)>,
    pub(super) patterns: Vec<(Pattern, Id)>,
    /// The schema of the others, where there is one
    pub(super) additional: Option<Id>,
}

impl Members {
    /// Whether `properties` or `patternProperties` speak of a name.
    pub(super) fn names(&self, name: &str) -> bool {
        self.property(name).is_some() || self.patterns.iter().any(|(p, _)| p.is_match(name))
    }

    #[inline]
    fn property(&self, name: &str) -> Option<Id> {
        /// Of so few names most differ in length, which is faster to see than where a name would stand.
        const FEW: usize = 16;

        if self.properties.len() <= FEW {
            return self.properties.iter().find(|(n, _)| n.as_ref() == name).map(|(_, id)| *id);
        }
        let at = self.properties.binary_search_by(|(n, _)| n.as_ref().cmp(name)).ok()?;
        self.properties.get(at).map(|(_, id)| *id)
    }

    /// The schemas for a member.
    pub(super) fn schemas(&self, name: &str) -> impl Iterator<Item = Id> {
        let property = self.property(name);
        let mut matched = property.is_some();
        let mut patterns = self.patterns.iter();
        let mut property = property;
        let mut done = false;
        std::iter::from_fn(move || {
            if let Some(id) = property.take() {
                return Some(id);
            }
            if let Some((_, id)) = patterns.by_ref().find(|(pattern, _)| pattern.is_match(name)) {
                matched = true;
                return Some(*id);
            }
            (!matched && !std::mem::replace(&mut done, true)).then_some(self.additional).flatten()
        })
    }
}

/// Which schemas the elements of an array have to obey.
#[derive(Debug, Default)]
pub(super) struct Elements {
    /// Of the first elements, one each
    pub(super) first: Vec<Id>,
    /// Of the others
    pub(super) others: Option<Id>,
}

impl Elements {
    pub(super) fn schema(&self, index: usize) -> Option<Id> {
        self.first.get(index).copied().or(self.others)
    }
}

/// What a value itself has to obey.
#[derive(Debug)]
pub(super) enum Keyword {
    /// `false`, beside so many `items`
    AdditionalItems(usize),
    /// `false`: see [`Members`]
    AdditionalProperties,
    AllOf(Vec<Id>),
    AnyOf(Vec<Id>),
    Dependencies(Vec<(Box<str>, Dependency)>),
    Enum(Enumeration),
    Format(Format),
    MaxItems(usize),
    MaxLength(usize),
    MaxProperties(usize),
    Maximum(Limit),
    MinItems(usize),
    MinLength(usize),
    MinProperties(usize),
    Minimum(Limit),
    MultipleOf(Limit),
    Not(Id),
    OneOf(Vec<Id>),
    Pattern(Pattern),
    /// Sorted
    Required(Vec<Box<str>>),
    Type(Types),
    UniqueItems,
}

impl Keyword {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Keyword::AdditionalItems(_) => "additionalItems",
            Keyword::AdditionalProperties => "additionalProperties",
            Keyword::AllOf(_) => "allOf",
            Keyword::AnyOf(_) => "anyOf",
            Keyword::Dependencies(_) => "dependencies",
            Keyword::Enum(_) => "enum",
            Keyword::Format(_) => "format",
            Keyword::MaxItems(_) => "maxItems",
            Keyword::MaxLength(_) => "maxLength",
            Keyword::MaxProperties(_) => "maxProperties",
            Keyword::Maximum(_) => "maximum",
            Keyword::MinItems(_) => "minItems",
            Keyword::MinLength(_) => "minLength",
            Keyword::MinProperties(_) => "minProperties",
            Keyword::Minimum(_) => "minimum",
            Keyword::MultipleOf(_) => "multipleOf",
            Keyword::Not(_) => "not",
            Keyword::OneOf(_) => "oneOf",
            Keyword::Pattern(_) => "pattern",
            Keyword::Required(_) => "required",
            Keyword::Type(_) => "type",
            Keyword::UniqueItems => "uniqueItems",
        }
    }

    /// The schemas that it applies to the same value.
    pub(super) fn in_place(&self) -> Vec<Id> {
        match self {
            Keyword::AllOf(ids) | Keyword::AnyOf(ids) | Keyword::OneOf(ids) => ids.clone(),
            Keyword::Not(id) => vec![*id],
            Keyword::Dependencies(dependencies) => dependencies
                .iter()
                .filter_map(|(_, dependency)| match dependency {
                    Dependency::Schema(id) => Some(*id),
                    Dependency::Names(_) => None,
                })
                .collect(),
            _ => Vec::new(),
        }
    }
}

/// What a member's presence asks for.
#[derive(Debug)]
pub(super) enum Dependency {
    /// Other members
    Names(Vec<Box<str>>),
    /// A schema of the object
    Schema(Id),
}

/// A set of types, in the order in which they are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Types(u8);

const TYPES: [&str; 7] = ["array", "boolean", "integer", "null", "number", "object", "string"];
const INTEGER: u8 = 1 << 2;
const NUMBER: u8 = 1 << 4;

impl Types {
    pub(super) const NONE: Types = Types(0);

    /// With one type more; `number` takes integers too.
    pub(super) fn with(self, name: &str) -> Option<Types> {
        let at = TYPES.iter().position(|t| *t == name)?;
        let bits = self.0 | 1 << at;
        Some(Types(if name == "number" { bits | INTEGER } else { bits }))
    }

    /// The type of a value. 1.0 is no integer: draft 4 goes by the spelling.
    pub(super) fn of(node: NodeRef<'_>) -> Types {
        Types(match node.kind() {
            Kind::Array => 1,
            Kind::Bool => 1 << 1,
            Kind::Number => match node.number_text().contains(['.', 'e', 'E']) {
                true => NUMBER,
                false => INTEGER,
            },
            Kind::Null => 1 << 3,
            Kind::Object => 1 << 5,
            Kind::String => 1 << 6,
        })
    }

    pub(super) fn contains(self, other: Types) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) fn names(self) -> impl Iterator<Item = &'static str> {
        TYPES.into_iter().enumerate().filter(move |(at, _)| self.0 & 1 << at != 0).map(|(_, n)| n)
    }
}
