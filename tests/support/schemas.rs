//! Random schemas and bodies, the same ones for the same seed.

#![allow(dead_code, reason = "each test uses a part")]

use serde_json::{Map, Value, json};

/// A source of random numbers (xorshift).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// A number below a limit.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }

    fn of<T: Clone>(&mut self, items: &[T]) -> T {
        items[self.below(items.len() as u64) as usize].clone()
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

const NAMES: [&str; 6] = ["a", "b", "c", "ab", "x-1", "é"];
const TYPES: [&str; 7] = ["array", "boolean", "integer", "null", "number", "object", "string"];
const PATTERNS: [&str; 6] = ["^a", "b$", "^[a-c]+$", "x", "^\\d+$", "^.{2}$"];

/// A body: small, and often close to what schemas of [`schema`] want.
pub(crate) fn body(random: &mut Random, depth: u32) -> Value {
    match random.below(if depth == 0 { 6 } else { 10 }) {
        0 => Value::Null,
        1 => json!(random.chance(50)),
        2 | 3 => number(random),
        4 | 5 => json!(random.of(&["", "a", "ab", "abc", "12", "é", "😀", "x-1"])),
        6 | 7 => (0..random.below(4)).map(|_| body(random, depth - 1)).collect(),
        _ => {
            let members = (0..random.below(4)).map(|_| random.of(&NAMES).to_owned());
            let names: Vec<String> = members.collect();
            names
                .into_iter()
                .map(|name| (name, body(random, depth - 1)))
                .collect::<Map<_, _>>()
                .into()
        }
    }
}

fn number(random: &mut Random) -> Value {
    match random.below(4) {
        0 => json!(random.below(10) as i64 - 5),
        1 => json!((random.below(40) as f64 - 20.0) / 4.0 + 0.125),
        _ => json!(random.below(6)),
    }
}

/// A schema of draft 4 that makes sense.
pub(crate) fn schema(random: &mut Random, depth: u32) -> Value {
    let mut schema = Map::new();
    let inner = |random: &mut Random| self::schema(random, depth - 1);
    for _ in 0..random.below(4) {
        let (name, value) = match random.below(if depth == 0 { 13 } else { 24 }) {
            0 | 1 => ("type", json!(random.of(&TYPES))),
            2 => ("type", json!([random.of(&TYPES[..3]), random.of(&TYPES[3..])])),
            3 => ("enum", json!([body(random, 1), body(random, 1)])),
            4 => {
                schema.insert("exclusiveMinimum".into(), json!(random.chance(50)));
                ("minimum", number(random))
            }
            5 => {
                schema.insert("exclusiveMaximum".into(), json!(random.chance(50)));
                ("maximum", number(random))
            }
            6 => ("multipleOf", random.of(&[json!(2), json!(0.5), json!(3)])),
            7 => (random.of(&["minLength", "minItems", "minProperties"]), json!(random.below(3))),
            8 => (random.of(&["maxLength", "maxItems", "maxProperties"]), json!(random.below(4))),
            9 => ("pattern", json!(random.of(&PATTERNS))),
            10 => ("uniqueItems", json!(random.chance(70))),
            11 => {
                let (first, second) = (random.of(&NAMES[..3]), random.of(&NAMES[3..]));
                (
                    "required",
                    if random.chance(50) { json!([first]) } else { json!([first, second]) },
                )
            }
            12 => ("additionalProperties", json!(random.chance(50))),
            13 => ("additionalProperties", inner(random)),
            14 => ("additionalItems", if random.chance(50) { json!(false) } else { inner(random) }),
            15 => ("items", inner(random)),
            16 => ("items", json!([inner(random), inner(random)])),
            17 | 18 => (
                "properties",
                json!({random.of(&NAMES[..3]): inner(random), random.of(&NAMES[3..]): inner(random)}),
            ),
            19 => ("patternProperties", json!({random.of(&PATTERNS): inner(random)})),
            20 => (
                "dependencies",
                json!({random.of(&NAMES): [random.of(&NAMES)], "a": inner(random)}),
            ),
            21 => (random.of(&["allOf", "anyOf", "oneOf"]), json!([inner(random), inner(random)])),
            22 => ("not", inner(random)),
            _ => return json!({"$ref": random.of(&["#/definitions/one", "#/definitions/two"])}),
        };
        schema.insert(name.into(), value);
    }
    Value::Object(schema)
}

/// A schema with definitions for the references in it; they refer to nothing.
pub(crate) fn model(random: &mut Random) -> Value {
    let mut model = match schema(random, 3) {
        Value::Object(model) if !model.contains_key("$ref") => model,
        referring => Map::from_iter([("allOf".to_owned(), json!([referring]))]),
    };
    let definitions = json!({"one": schema(random, 0), "two": schema(random, 0)});
    model.insert("definitions".into(), definitions);
    Value::Object(model)
}

/// A value in which members, names and values are anywhere: most are no schema.
pub(crate) fn garbage(random: &mut Random, depth: u32) -> Value {
    const KEYWORDS: [&str; 31] = [
        "$ref",
        "$schema",
        "additionalItems",
        "additionalProperties",
        "allOf",
        "anyOf",
        "definitions",
        "dependencies",
        "enum",
        "exclusiveMaximum",
        "exclusiveMinimum",
        "format",
        "id",
        "items",
        "maxItems",
        "maxLength",
        "maxProperties",
        "maximum",
        "minItems",
        "minLength",
        "minProperties",
        "minimum",
        "multipleOf",
        "not",
        "oneOf",
        "pattern",
        "patternProperties",
        "properties",
        "required",
        "type",
        "uniqueItems",
    ];
    const WORDS: [&str; 14] = [
        "#",
        "#/items",
        "#/definitions/a",
        "#/%zz~",
        "https://x/models/M",
        "M",
        "(?:a|[^",
        "\\ud800",
        "[]{",
        "date-time",
        "integer",
        "",
        "\u{0}",
        "(a)\\1\\9",
    ];
    match random.below(if depth == 0 { 6 } else { 12 }) {
        0 => Value::Null,
        1 => json!(random.chance(50)),
        2 => random.of(&[
            json!(0),
            json!(-1),
            json!(1.5),
            json!(1e300),
            json!(u64::MAX),
            json!(1e-300),
        ]),
        3 => json!(random.of(&WORDS)),
        4 => body(random, 1),
        5 => json!(random.of(&TYPES)),
        6 | 7 => (0..random.below(3)).map(|_| garbage(random, depth - 1)).collect(),
        _ => {
            let members: Vec<String> =
                (0..random.below(4)).map(|_| random.of(&KEYWORDS).to_owned()).collect();
            let value = |random: &mut Random| garbage(random, depth - 1);
            members.into_iter().map(|name| (name, value(random))).collect::<Map<_, _>>().into()
        }
    }
}
