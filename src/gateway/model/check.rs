//! Whether a value obeys a schema: the way of most bodies, which allocates nothing.

use super::equal::all_differ;
use super::number;
use super::schema::{Dependency, Id, Keyword, Schemas, Types};
use crate::json::{Kind, NodeRef};

/// How many schemas may be at work on a value and the values around it: Java's stack ends somewhere, and so does ours.
const MAX_DEPTH: u32 = 400;

/// One validation; it gives up on a body that would take too long.
pub(super) struct Check<'m> {
    pub(super) schemas: &'m Schemas,
    depth: u32,
    steps: usize,
}

/// Whether a body obeys a model.
pub(super) fn is_valid(schemas: &Schemas, root: Id, body: NodeRef<'_>) -> bool {
    let mut check = Check::new(schemas, body);
    check.obeys(root, body) && !check.gave_up()
}

impl<'m> Check<'m> {
    pub(super) fn new(schemas: &'m Schemas, body: NodeRef<'_>) -> Check<'m> {
        // Schemas that branch over and over could take ages for a small body.
        Check { schemas, depth: 0, steps: 1_000_000 + 100 * body.size() }
    }

    /// Whether the body was too deep or took too long, so that answers mean nothing.
    pub(super) fn gave_up(&self) -> bool {
        self.steps == 0
    }

    /// Takes a step down; whether it may.
    pub(super) fn enter(&mut self) -> bool {
        if self.depth == MAX_DEPTH {
            self.steps = 0;
        }
        if self.steps == 0 {
            return false;
        }
        self.steps -= 1;
        self.depth += 1;
        true
    }

    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }

    /// Whether a value obeys a schema.
    pub(super) fn obeys(&mut self, id: Id, node: NodeRef<'_>) -> bool {
        if !self.enter() {
            return false;
        }
        let schema = self.schemas.get(id);
        let obeys = schema.keywords.iter().all(|keyword| self.holds(id, keyword, node))
            && match node.kind() {
                Kind::Object => self.members_obey(id, node),
                Kind::Array => self.elements_obey(id, node),
                _ => true,
            };
        self.leave();
        obeys
    }

    fn members_obey(&mut self, id: Id, node: NodeRef<'_>) -> bool {
        let Some(members) = &self.schemas.get(id).members else { return true };
        node.entries()
            .all(|(name, value)| members.schemas(&name).all(|schema| self.obeys(schema, value)))
    }

    fn elements_obey(&mut self, id: Id, node: NodeRef<'_>) -> bool {
        let Some(elements) = &self.schemas.get(id).elements else { return true };
        node.elements().enumerate().all(|(index, value)| match elements.schema(index) {
            Some(schema) => self.obeys(schema, value),
            None => true,
        })
    }

    /// How many of some schemas a value obeys.
    pub(super) fn count(&mut self, ids: &[Id], node: NodeRef<'_>) -> usize {
        ids.iter().filter(|id| self.obeys(**id, node)).count()
    }

    /// Whether a keyword of a schema holds for a value itself, whatever its members and elements are.
    pub(super) fn holds(&mut self, id: Id, keyword: &Keyword, node: NodeRef<'_>) -> bool {
        match (keyword, node.kind()) {
            (Keyword::Type(types), _) => types.contains(Types::of(node)),
            (Keyword::Enum(values), _) => values.contains(node),
            (Keyword::AllOf(ids), _) => ids.iter().all(|id| self.obeys(*id, node)),
            (Keyword::AnyOf(ids), _) => ids.iter().any(|id| self.obeys(*id, node)),
            (Keyword::OneOf(ids), _) => {
                ids.iter().filter(|id| self.obeys(**id, node)).take(2).count() == 1
            }
            (Keyword::Not(id), _) => !self.obeys(*id, node),

            (Keyword::Required(names), Kind::Object) => {
                names.iter().all(|name| node.get(name).is_some())
            }
            (Keyword::MinProperties(least), Kind::Object) => node.len() >= *least,
            (Keyword::MaxProperties(most), Kind::Object) => node.len() <= *most,
            (Keyword::AdditionalProperties, Kind::Object) => match &self.schemas.get(id).members {
                Some(members) => node.entries().all(|(name, _)| members.names(&name)),
                None => node.len() == 0,
            },
            (Keyword::Dependencies(dependencies), Kind::Object) => {
                dependencies.iter().all(|(name, dependency)| {
                    node.get(name).is_none()
                        || match dependency {
                            Dependency::Names(names) => {
                                names.iter().all(|name| node.get(name).is_some())
                            }
                            Dependency::Schema(schema) => self.obeys(*schema, node),
                        }
                })
            }

            (Keyword::MinItems(least), Kind::Array) => node.len() >= *least,
            (Keyword::MaxItems(most) | Keyword::AdditionalItems(most), Kind::Array) => {
                node.len() <= *most
            }
            (Keyword::UniqueItems, Kind::Array) => all_differ(node),

            (Keyword::MinLength(least), Kind::String) => length(node) >= *least,
            (Keyword::MaxLength(most), Kind::String) => length(node) <= *most,
            (Keyword::Pattern(pattern), Kind::String) => {
                node.as_str().is_some_and(|text| pattern.is_match(&text))
            }
            (Keyword::Format(format), Kind::String) => {
                node.as_str().is_some_and(|text| format.holds(&text))
            }

            (Keyword::Minimum(limit), Kind::Number) => {
                let order = number::compare(node.number_text(), &limit.text);
                if limit.exclusive { order.is_gt() } else { order.is_ge() }
            }
            (Keyword::Maximum(limit), Kind::Number) => {
                let order = number::compare(node.number_text(), &limit.text);
                if limit.exclusive { order.is_lt() } else { order.is_le() }
            }
            (Keyword::MultipleOf(divisor), Kind::Number) => divisor.divides(node.number_text()),

            // A keyword of another type than the value's asks nothing.
            _ => true,
        }
    }
}

/// The length of a text in characters, as the validator counts them: a surrogate pair is one.
pub(super) fn length(node: NodeRef<'_>) -> usize {
    node.as_str().map_or(0, |text| text.chars().count())
}
