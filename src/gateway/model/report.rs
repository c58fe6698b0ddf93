//! What of a value a schema does not allow, in the words of the Java library json-schema-validator.

use std::fmt::Write;

use serde_json::Value;

use super::Violation;
use super::check::{Check, length};
use super::number;
use super::schema::{Dependency, Id, Keyword, Schemas, Types};
use crate::json::{Kind, NodeRef, Slash, write_json};

/// As many violations are told.
const MOST: usize = 100;

/// What of a body a model does not allow; the body is known to be wrong.
pub(super) fn violations(schemas: &Schemas, root: Id, body: NodeRef<'_>) -> Vec<Violation> {
    let check = Check::new(schemas, body);
    let mut report = Report { check, path: String::new(), violations: Vec::new(), seen: false };
    report.value(root, body, true);
    if report.check.gave_up() && report.violations.len() < MOST || report.violations.is_empty() {
        report.violations = vec![Violation::unreadable(
            "the body is nested too deeply, or would take too long to validate",
        )];
    }
    report.violations
}

/// Appends a step to a JSON Pointer.
pub(super) fn push_pointer(pointer: &mut String, name: &str) {
    pointer.push('/');
    for c in name.chars() {
        match c {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            c => pointer.push(c),
        }
    }
}

struct Report<'m> {
    check: Check<'m>,
    /// To the value that is looked at
    path: String,
    violations: Vec<Violation>,
    /// Whether API Gateway has seen one
    seen: bool,
}

impl Report<'_> {
    /// Reports what is wrong with a value; `seen` where API Gateway looks at it.
    fn value(&mut self, id: Id, node: NodeRef<'_>, seen: bool) {
        if self.violations.len() >= MOST || !self.check.enter() {
            return;
        }
        for keyword in &self.check.schemas.get(id).keywords {
            if !self.check.holds(id, keyword, node) {
                self.keyword(id, keyword, node, seen);
            }
        }
        // The validator goes on to what a value holds when nothing has been wrong so far.
        let seen = seen && !self.seen;
        match node.kind() {
            Kind::Object => self.members(id, node, seen),
            Kind::Array => self.elements(id, node, seen),
            _ => {}
        }
        self.check.leave();
    }

    fn members(&mut self, id: Id, node: NodeRef<'_>, seen: bool) {
        let Some(members) = &self.check.schemas.get(id).members else { return };
        let mut entries: Vec<_> = node.entries().collect();
        entries.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        for (name, value) in entries {
            for schema in members.schemas(&name) {
                self.below(&name, schema, value, seen);
            }
        }
    }

    fn elements(&mut self, id: Id, node: NodeRef<'_>, seen: bool) {
        let Some(elements) = &self.check.schemas.get(id).elements else { return };
        for (index, value) in node.elements().enumerate() {
            if let Some(schema) = elements.schema(index) {
                self.below(&index.to_string(), schema, value, seen);
            }
        }
    }

    fn below(&mut self, step: &str, schema: Id, value: NodeRef<'_>, seen: bool) {
        let length = self.path.len();
        push_pointer(&mut self.path, step);
        self.value(schema, value, seen);
        self.path.truncate(length);
    }

    /// Reports a keyword that does not hold.
    fn keyword(&mut self, id: Id, keyword: &Keyword, node: NodeRef<'_>, seen: bool) {
        if let Keyword::Dependencies(dependencies) = keyword {
            return self.dependencies(id, dependencies, node, seen);
        }
        let message = match keyword {
            Keyword::AllOf(ids) => {
                let matched = self.check.count(ids, node);
                format!(
                    "instance failed to match all required schemas (matched only {matched} out of {})",
                    ids.len()
                )
            }
            Keyword::AnyOf(ids) => {
                format!("instance failed to match at least one required schema among {}", ids.len())
            }
            Keyword::OneOf(ids) => {
                let matched = self.check.count(ids, node);
                format!(
                    "instance failed to match exactly one schema (matched {matched} out of {})",
                    ids.len()
                )
            }
            Keyword::AdditionalProperties => {
                let members = self.check.schemas.get(id).members.as_ref();
                let mut names: Vec<_> = node.entries().map(|(name, _)| name).collect();
                names.retain(|name| members.is_none_or(|members| !members.names(name)));
                names.sort_unstable();
                format!(
                    "object instance has properties which are not allowed by the schema: {}",
                    list(names.iter().map(AsRef::as_ref))
                )
            }
            other => message(other, node),
        };
        // What was counted may have been given up.
        if !self.check.gave_up() {
            self.push(id, keyword.name(), message, seen);
        }
    }

    fn dependencies(
        &mut self,
        id: Id,
        dependencies: &[(Box<str>, Dependency)],
        node: NodeRef<'_>,
        seen: bool,
    ) {
        let present = |name: &str| node.get(name).is_some();
        for (name, dependency) in dependencies.iter().filter(|(name, _)| present(name)) {
            match dependency {
                Dependency::Schema(schema) => self.value(*schema, node, seen),
                Dependency::Names(names) if names.iter().any(|name| !present(name)) => {
                    let all = list(names.iter().map(AsRef::as_ref));
                    let missing =
                        list(names.iter().map(AsRef::as_ref).filter(|name| !present(name)));
                    let message = format!(
                        "property \"{name}\" of object has missing property dependencies (schema requires {all}; missing: {missing})"
                    );
                    self.push(id, "dependencies", message, seen);
                }
                Dependency::Names(_) => {}
            }
        }
    }

    fn push(&mut self, id: Id, keyword: &'static str, message: String, seen: bool) {
        if self.violations.len() >= MOST {
            return;
        }
        let (model, pointer) = &self.check.schemas.get(id).place;
        let model = &self.check.schemas.models[*model];
        self.seen |= seen;
        self.violations.push(Violation {
            keyword,
            instance_path: self.path.clone(),
            schema_path: format!("{model}#{pointer}/{keyword}"),
            message,
            reported: seen,
        });
    }
}

/// The message of a keyword that looks at nothing but the value and itself.
fn message(keyword: &Keyword, node: NodeRef<'_>) -> String {
    let text = node.as_str().unwrap_or_default();
    let (number, found) = (node.number_text(), node.len());
    match keyword {
        Keyword::AdditionalItems(most) => {
            format!("schema only allows {most} elements in array but instance has {found} elements")
        }
        Keyword::Enum(values) => format!(
            "instance value ({}) not found in enum (possible values: {})",
            json(node),
            values.text
        ),
        Keyword::Format(format) => format.message(&text),
        Keyword::MaxItems(most) => {
            format!(
                "array is too long: must have at most {most} elements but instance has {found} elements"
            )
        }
        Keyword::MinItems(least) => {
            format!(
                "array is too short: must have at least {least} elements but instance has {found} elements"
            )
        }
        Keyword::MaxLength(most) => {
            format!(
                "string \"{text}\" is too long (length: {}, maximum allowed: {most})",
                length(node)
            )
        }
        Keyword::MinLength(least) => {
            format!(
                "string \"{text}\" is too short (length: {}, required minimum: {least})",
                length(node)
            )
        }
        Keyword::MaxProperties(most) => {
            format!(
                "object has too many properties (found {found} but schema requires at most {most})"
            )
        }
        Keyword::MinProperties(least) => {
            format!(
                "object has too few properties (found {found} but schema requires at least {least})"
            )
        }
        Keyword::Maximum(limit) if number::compare(number, &limit.text).is_eq() => {
            format!(
                "numeric instance is not strictly lower than the required maximum {}",
                limit.text
            )
        }
        Keyword::Maximum(limit) => format!(
            "numeric instance is greater than the required maximum (maximum: {}, found: {number})",
            limit.text
        ),
        Keyword::Minimum(limit) if number::compare(number, &limit.text).is_eq() => {
            format!(
                "numeric instance is not strictly greater than the required minimum {}",
                limit.text
            )
        }
        Keyword::Minimum(limit) => format!(
            "numeric instance is lower than the required minimum (minimum: {}, found: {number})",
            limit.text
        ),
        Keyword::MultipleOf(divisor) => {
            format!("remainder of division is not zero ({number} / {})", divisor.text)
        }
        Keyword::Not(_) => "instance matched a schema which it should not have".to_owned(),
        Keyword::Pattern(pattern) => {
            format!("ECMA 262 regex \"{}\" does not match input string \"{text}\"", pattern.source)
        }
        Keyword::Required(names) => {
            let missing = names.iter().map(AsRef::as_ref).filter(|name| node.get(name).is_none());
            format!("object has missing required properties ({})", list(missing))
        }
        Keyword::Type(types) => format!(
            "instance type ({}) does not match any allowed primitive type (allowed: {})",
            Types::of(node).names().next().unwrap_or_default(),
            list(types.names())
        ),
        Keyword::UniqueItems => "array must not contain duplicate elements".to_owned(),
        // They look at more, see `Report::keyword`.
        Keyword::AdditionalProperties
        | Keyword::AllOf(_)
        | Keyword::AnyOf(_)
        | Keyword::OneOf(_)
        | Keyword::Dependencies(_) => String::new(),
    }
}

fn json(node: NodeRef<'_>) -> String {
    let mut text = String::new();
    write_json(node, &mut text, Slash::Plain);
    text
}

/// Texts as a JSON array.
fn list<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let mut list = String::from("[");
    for (i, text) in texts.enumerate() {
        let comma = if i == 0 { "" } else { "," };
        let _ = write!(list, "{comma}{}", Value::from(text));
    }
    list.push(']');
    list
}
