//! Models → schemas, a queue at a time: whatever refers to a schema gets its number, and the schema is compiled later.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::ModelError;
use super::equal::Enumeration;
use super::format::Format;
use super::keyword::{self, Problem};
use super::pattern::Pattern;
use super::schema::{Dependency, Elements, Id, Keyword, Members, Schema, Schemas};

/// The models that every API has.
pub(super) fn built_in() -> Map<String, Value> {
    let draft = "http://json-schema.org/draft-04/schema#";
    let mut models = Map::new();
    models.insert(
        "Empty".into(),
        json!({"$schema": draft, "title": "Empty Schema", "type": "object"}),
    );
    models.insert(
        "Error".into(),
        json!({"$schema": draft, "title": "Error Schema", "type": "object", "properties": {"message": {"type": "string"}}}),
    );
    models
}

/// Compiles all models; answers their schemas, and which are the models themselves.
pub(super) fn compile(models: &[(&str, &Value)]) -> Result<(Schemas, Vec<Id>), ModelError> {
    let mut compiler = Compiler { models, ids: HashMap::new(), queue: Vec::new() };
    let mut roots = Vec::with_capacity(models.len());
    for (model, (_, schema)) in models.iter().enumerate() {
        roots.push(compiler.id(&Place { model, pointer: String::new() }, schema)?);
    }
    let mut schemas: Vec<Schema> = Vec::new();
    // Compiling one queues those that it refers to.
    while let Some((place, value)) = compiler.queue.get(schemas.len()).cloned() {
        schemas.push(compiler.schema(place, value)?);
    }
    let names = models.iter().map(|(name, _)| (*name).to_owned()).collect();
    let schemas = Schemas { schemas, models: names };
    match circle(&schemas) {
        Some(id) => {
            let (model, pointer) = &schemas.get(id).place;
            let message = "applies itself to the same value, again and again";
            Err(ModelError {
                model: models[*model].0.to_owned(),
                pointer: pointer.clone(),
                message: message.to_owned(),
            })
        }
        None => Ok((schemas, roots)),
    }
}

/// A place in a model.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Place {
    model: usize,
    pointer: String,
}

impl Place {
    fn at(&self, name: &str) -> Place {
        let mut pointer = self.pointer.clone();
        super::report::push_pointer(&mut pointer, name);
        Place { model: self.model, pointer }
    }
}

struct Compiler<'v> {
    models: &'v [(&'v str, &'v Value)],
    ids: HashMap<Place, Id>,
    /// All schemas that have a number, in its order
    queue: Vec<(Place, &'v Value)>,
}

impl<'v> Compiler<'v> {
    #[cold]
    fn error(&self, place: &Place, message: impl Into<String>) -> ModelError {
        ModelError {
            model: self.models[place.model].0.to_owned(),
            pointer: place.pointer.clone(),
            message: message.into(),
        }
    }

    /// The number of the schema at a place, `$ref`s followed.
    fn id(&mut self, place: &Place, value: &'v Value) -> Result<Id, ModelError> {
        let (mut at, mut value) = (place.clone(), value);
        let mut hops = 0;
        while let Some(reference) = value.get("$ref") {
            let from = at.at("$ref");
            let reference =
                keyword::text(reference).map_err(|problem| self.error(&from, problem))?;
            (at, value) =
                self.resolve(at.model, reference).map_err(|problem| self.error(&from, problem))?;
            hops += 1;
            if hops > self.models.len() + 100 {
                return Err(self.error(place, "leads in a circle of $ref"));
            }
        }
        if let Some(id) = self.ids.get(&at) {
            return Ok(*id);
        }
        let id = Id(u32::try_from(self.queue.len())
            .map_err(|_| self.error(&at, "is one schema too many"))?);
        self.ids.insert(at.clone(), id);
        self.queue.push((at, value));
        Ok(id)
    }

    /// What a `$ref` in a model refers to.
    fn resolve(&self, model: usize, reference: &str) -> Result<(Place, &'v Value), Problem> {
        let (name, pointer) = reference.split_once('#').unwrap_or((reference, ""));
        let model = match name {
            "" => model,
            name => {
                // https://apigateway.amazonaws.com/restapis/API_ID/models/Name, or the name alone
                let name = name.rsplit('/').next().unwrap_or(name);
                let found = self.models.iter().position(|(n, _)| *n == name);
                found
                    .ok_or_else(|| format!("refers to a model that the API has not: {reference}"))?
            }
        };
        let pointer = decode(pointer);
        let (_, root) = self.models[model];
        match root.pointer(&pointer) {
            Some(value) => Ok((Place { model, pointer }, value)),
            None => Err(format!(
                "leads nowhere: {reference}; another model is https://apigateway.amazonaws.com/restapis/API_ID/models/NAME"
            )),
        }
    }

    fn schema(&mut self, place: Place, value: &'v Value) -> Result<Schema, ModelError> {
        let object = keyword::object(value)
            .map_err(|problem| self.error(&place, format!("is a schema, and {problem}")))?;
        let mut keywords = Vec::new();
        for (name, value) in object {
            let at = place.at(name);
            if let Some(keyword) = self.keyword(&at, name, value, object)? {
                keywords.push(keyword);
            }
        }
        // `format` is looked at behind all others.
        keywords.sort_by_key(|keyword| (keyword.name() == "format", keyword.name()));
        let (members, elements) = (self.members(&place, object)?, self.elements(&place, object)?);
        if let Some(definitions) = object.get("definitions") {
            let at = place.at("definitions");
            for (name, schema) in keyword::object(definitions).map_err(|p| self.error(&at, p))? {
                self.id(&at.at(name), schema)?;
            }
        }
        Ok(Schema { place: (place.model, place.pointer), keywords, members, elements })
    }

    /// A keyword that asks something of a value as a whole.
    fn keyword(
        &mut self,
        at: &Place,
        name: &str,
        value: &'v Value,
        beside: &'v Map<String, Value>,
    ) -> Result<Option<Keyword>, ModelError> {
        let exclusive = |name: &str| match beside.get(name) {
            Some(value) => keyword::boolean(value).unwrap_or(false),
            None => false,
        };
        let keyword = match name {
            "additionalItems" => match (value, beside.get("items")) {
                (Value::Bool(false), Some(Value::Array(items))) => {
                    Ok(Some(Keyword::AdditionalItems(items.len())))
                }
                _ => Ok(None),
            },
            "additionalProperties" => {
                Ok((value == &Value::Bool(false)).then_some(Keyword::AdditionalProperties))
            }
            "allOf" => return self.schemas(at, value).map(|ids| Some(Keyword::AllOf(ids))),
            "anyOf" => return self.schemas(at, value).map(|ids| Some(Keyword::AnyOf(ids))),
            "oneOf" => return self.schemas(at, value).map(|ids| Some(Keyword::OneOf(ids))),
            "not" => return self.id(at, value).map(|id| Some(Keyword::Not(id))),
            "dependencies" => return self.dependencies(at, value).map(Some),
            "enum" => keyword::filled(value).map(|v| Some(Keyword::Enum(Enumeration::new(v)))),
            "format" => keyword::text(value).map(|n| Format::parse(n).map(Keyword::Format)),
            "maxItems" => keyword::count(value).map(|n| Some(Keyword::MaxItems(n))),
            "maxLength" => keyword::count(value).map(|n| Some(Keyword::MaxLength(n))),
            "maxProperties" => keyword::count(value).map(|n| Some(Keyword::MaxProperties(n))),
            "minItems" => keyword::count(value).map(|n| Some(Keyword::MinItems(n))),
            "minLength" => keyword::count(value).map(|n| Some(Keyword::MinLength(n))),
            "minProperties" => keyword::count(value).map(|n| Some(Keyword::MinProperties(n))),
            "maximum" => keyword::limit(value, exclusive("exclusiveMaximum"))
                .map(|limit| Some(Keyword::Maximum(limit))),
            "minimum" => keyword::limit(value, exclusive("exclusiveMinimum"))
                .map(|limit| Some(Keyword::Minimum(limit))),
            "exclusiveMaximum" | "exclusiveMinimum" => keyword::boolean(value).map(|_| None),
            "multipleOf" => keyword::divisor(value).map(|d| Some(Keyword::MultipleOf(d))),
            "pattern" => keyword::text(value)
                .and_then(|source| Pattern::compile(source).map_err(|e| format!("{e}: {source}")))
                .map(|pattern| Some(Keyword::Pattern(pattern))),
            // Draft 4 wants a name in it, and there is nothing to gain from a refusal.
            "required" => keyword::names(value)
                .map(|names| (!names.is_empty()).then_some(Keyword::Required(names))),
            "type" => keyword::types(value).map(|types| Some(Keyword::Type(types))),
            "uniqueItems" => keyword::boolean(value).map(|on| on.then_some(Keyword::UniqueItems)),
            _ => Ok(None),
        };
        keyword.map_err(|problem| self.error(at, problem))
    }

    fn schemas(&mut self, at: &Place, value: &'v Value) -> Result<Vec<Id>, ModelError> {
        let schemas = keyword::filled(value).map_err(|problem| self.error(at, problem))?;
        schemas
            .iter()
            .enumerate()
            .map(|(i, schema)| self.id(&at.at(&i.to_string()), schema))
            .collect()
    }

    fn dependencies(&mut self, at: &Place, value: &'v Value) -> Result<Keyword, ModelError> {
        let mut dependencies = Vec::new();
        for (name, value) in keyword::object(value).map_err(|problem| self.error(at, problem))? {
            let at = at.at(name);
            let dependency = match value {
                Value::Array(_) => {
                    let names =
                        keyword::names(value).map_err(|problem| self.error(&at, problem))?;
                    Dependency::Names(names)
                }
                _ => Dependency::Schema(self.id(&at, value)?),
            };
            dependencies.push((name.as_str().into(), dependency));
        }
        Ok(Keyword::Dependencies(dependencies))
    }

    fn members(
        &mut self,
        place: &Place,
        object: &'v Map<String, Value>,
    ) -> Result<Option<Members>, ModelError> {
        let mut members = Members::default();
        if let Some(properties) = object.get("properties") {
            let at = place.at("properties");
            for (name, schema) in keyword::object(properties).map_err(|p| self.error(&at, p))? {
                members.properties.push((name.as_str().into(), self.id(&at.at(name), schema)?));
            }
            members.properties.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        }
        if let Some(patterns) = object.get("patternProperties") {
            let at = place.at("patternProperties");
            for (source, schema) in keyword::object(patterns).map_err(|p| self.error(&at, p))? {
                let at = at.at(source);
                let pattern = Pattern::compile(source)
                    .map_err(|problem| self.error(&at, format!("{problem}: {source}")))?;
                members.patterns.push((pattern, self.id(&at, schema)?));
            }
        }
        let none = match object.get("additionalProperties") {
            None => true,
            Some(Value::Bool(allowed)) => *allowed,
            Some(schema) => {
                members.additional = Some(self.id(&place.at("additionalProperties"), schema)?);
                false
            }
        };
        let none = none && members.properties.is_empty() && members.patterns.is_empty();
        Ok((!none).then_some(members))
    }

    fn elements(
        &mut self,
        place: &Place,
        object: &'v Map<String, Value>,
    ) -> Result<Option<Elements>, ModelError> {
        let additional = match object.get("additionalItems") {
            None | Some(Value::Bool(_)) => None,
            Some(schema) => Some(self.id(&place.at("additionalItems"), schema)?),
        };
        let at = place.at("items");
        let elements = match object.get("items") {
            None => return Ok(None),
            Some(Value::Array(items)) => {
                let ids =
                    items.iter().enumerate().map(|(i, item)| self.id(&at.at(&i.to_string()), item));
                Elements { first: ids.collect::<Result<_, _>>()?, others: additional }
            }
            Some(schema) => Elements { first: Vec::new(), others: Some(self.id(&at, schema)?) },
        };
        Ok(Some(elements))
    }
}

/// Percent signs of a URI's fragment: `%25` is one.
fn decode(fragment: &str) -> String {
    if !fragment.contains('%') {
        return fragment.to_owned();
    }
    let (mut bytes, mut rest) = (Vec::new(), fragment.as_bytes());
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        (bytes, rest) = match (first, byte) {
            (b'%', Some(byte)) => ([bytes, vec![byte]].concat(), &tail[2..]),
            _ => ([bytes, vec![*first]].concat(), tail),
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A schema that applies itself to the same value, through `allOf` and its like.
fn circle(schemas: &Schemas) -> Option<Id> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let in_place = |id: Id| -> Vec<Id> {
        schemas.get(id).keywords.iter().flat_map(Keyword::in_place).collect()
    };
    let mut states = vec![State::New; schemas.schemas.len()];
    for start in 0..states.len() {
        let start = Id(start as u32);
        if states[start.0 as usize] != State::New {
            continue;
        }
        states[start.0 as usize] = State::Open;
        let mut path = vec![(start, in_place(start))];
        while let Some((id, left)) = path.last_mut() {
            let id = *id;
            let Some(next) = left.pop() else {
                states[id.0 as usize] = State::Done;
                path.pop();
                continue;
            };
            match states[next.0 as usize] {
                State::Open => return Some(next),
                State::Done => {}
                State::New => {
                    states[next.0 as usize] = State::Open;
                    path.push((next, in_place(next)));
                }
            }
        }
    }
    None
}
