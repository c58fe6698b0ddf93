//! `$input`: what its functions answer.

use std::rc::Rc;

use super::Params;
use crate::json::{NodeRef, Slash};
use crate::jsonpath::{Answer, AnyPath, Budget, EvaluateError, Found, Tree};
use crate::value::{Exception, List, ListKind, Map, Text, Value};

/// A JSONPath looked at more nodes than the render may.
pub(crate) struct OverBudget;

/// `$input.json(…)`: json-smart's compact JSON; `""` where nothing is found.
pub(crate) fn write_json(
    found: &Value<'_>,
    slash: Slash,
    out: &mut String,
) -> Result<(), Exception> {
    match found {
        Value::Null => out.push_str("\"\""),
        found => found.print_json(out, slash)?,
    }
    Ok(())
}

/// What a path finds in a payload that is read in place.
pub(crate) fn find_in_place<'r>(
    path: &AnyPath,
    body: NodeRef<'r>,
    steps: &mut u64,
) -> Result<Value<'r>, OverBudget> {
    evaluate(path, &body, steps, &Value::from_node)
}

/// What a path finds in a payload that the template may have changed.
pub(crate) fn find<'r>(
    path: &AnyPath,
    body: &Value<'r>,
    steps: &mut u64,
) -> Result<Value<'r>, OverBudget> {
    evaluate(path, body, steps, &|value| value)
}

fn evaluate<'r, T: Tree<'r>>(
    path: &AnyPath,
    root: &T,
    steps: &mut u64,
    value: &impl Fn(T) -> Value<'r>,
) -> Result<Value<'r>, OverBudget> {
    let mut budget = Budget::new(*steps);
    let found = path.evaluate(root, &mut budget);
    *steps = budget.left();
    match found {
        Ok(Found::Missing) => Ok(Value::Null),
        Ok(Found::Value(answer)) => Ok(from_answer(answer, value)),
        Err(EvaluateError::Budget { .. }) => Err(OverBudget),
    }
}

/// Java's object for an answer: a list of json-smart's, a `LinkedHashMap`, or the node itself. Answers are nested one
/// level for each step of the path at most.
fn from_answer<'r, T>(answer: Answer<T>, value: &impl Fn(T) -> Value<'r>) -> Value<'r> {
    match answer {
        Answer::Node(node) => value(node),
        Answer::List(items) => {
            let items = items.into_iter().map(|item| from_answer(item, value)).collect();
            Value::List(Rc::new(List::new(ListKind::JsonArray, items)))
        }
        Answer::Object(members) => {
            let members = members
                .into_iter()
                .map(|(k, v)| (Value::text(String::from(k)), from_answer(v, value)));
            Value::Map(Rc::new(Map::linked(members)))
        }
        Answer::Null => Value::Null,
        Answer::Bool(b) => Value::Bool(b),
        Answer::Integer(n) => i32::try_from(n).map_or(Value::Long(n), Value::Integer),
        Answer::Double(n) => Value::Double(n),
        Answer::Text(text) => Value::text(text),
    }
}

/// `$input.params('name')`: empty where there is none.
pub(crate) fn param<'r>(params: Option<&'r Params>, name: &str) -> Value<'r> {
    Value::Text(params.and_then(|p| p.get(name)).map_or(Text::EMPTY, Text::from))
}

/// `$input.params()`: a map of the three kinds, each a map.
pub(crate) fn all_params<'r>(params: Option<&'r Params>) -> Value<'r> {
    let kind = |name: &'static str, list: Option<&'r Vec<(String, String)>>| {
        let entries = list
            .into_iter()
            .flatten()
            .map(|(k, v)| (Value::text(k.as_str()), Value::text(v.as_str())));
        (Value::text(name), Value::Map(Rc::new(Map::linked(entries))))
    };
    Value::Map(Rc::new(Map::linked([
        kind("path", params.map(|p| &p.path)),
        kind("querystring", params.map(|p| &p.querystring)),
        kind("header", params.map(|p| &p.header)),
    ])))
}
