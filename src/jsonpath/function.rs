//! The functions of a path: `$.prices.sum()`.

use crate::jsonpath::answer::Answer;
use crate::jsonpath::evaluate::{Scope, Stop};
use crate::jsonpath::path::{Argument, Function, Path, Step};
use crate::jsonpath::tree::{Kind, Tree};

/// Calls a function on a value. Paths among the arguments start at the root of the document.
pub(super) fn call<'t, T: Tree<'t>>(
    scope: &mut Scope<'_, T>,
    function: Function,
    arguments: &[Argument],
    value: &Answer<T>,
) -> Result<Answer<T>, Stop> {
    if matches!(function, Function::Unknown { .. }) {
        return Err(Stop::Invalid);
    }
    let root = scope.root.clone();
    let mut given = Vec::with_capacity(arguments.len());
    for argument in arguments {
        given.push(match argument {
            Argument::Path(path) => scope.value(path, root.clone())?,
            Argument::Value(literal) => Answer::from(literal),
        });
    }
    scope.budget.spend(value.len())?;
    match function {
        Function::Length => length(scope, arguments.first(), value),
        Function::Keys => Ok(keys(value)),
        Function::Concat => Ok(concat(value, &given)),
        Function::Append => Ok(append(value, given)),
        Function::First => pick(value, 0),
        Function::Last => pick(value, -1),
        Function::Index => {
            let index = numbers(&given).first().map(|&index| index as i64);
            pick(value, index.ok_or(Stop::Failed)?)
        }
        _ => aggregate(function, value, &given),
    }
}

/// Counts the elements or members. An argument counts all that its path leads to and one level more, because Jayway
/// puts `.*` behind it: only so can `$..tags.length()` count tags and not lists of them.
fn length<'t, T: Tree<'t>>(
    scope: &mut Scope<'_, T>,
    argument: Option<&Argument>,
    value: &Answer<T>,
) -> Result<Answer<T>, Stop> {
    let own = match value.kind() {
        Kind::Array | Kind::Object => Answer::Integer(integer(value.len())),
        _ => Answer::Null,
    };
    let (Some(argument), Answer::Node(node)) = (argument, value) else { return Ok(own) };
    let Argument::Path(path) = argument else { return Err(Stop::Failed) };
    let inner = match path.is_function() {
        true => scope.value(path, node.clone())?,
        false => children(scope, path, node)?,
    };
    Ok(match inner.kind() {
        Kind::Array => Answer::Integer(integer(inner.len())),
        _ => own,
    })
}

/// Evaluates a path with `.*` behind it. Whether it is definite was settled before: a definite one gives its last
/// child.
fn children<'t, T: Tree<'t>>(
    scope: &mut Scope<'_, T>,
    path: &Path,
    node: &T,
) -> Result<Answer<T>, Stop> {
    let mut steps = path.steps.clone();
    if !steps.is_empty() {
        steps.push(Step::Wildcard);
    }
    let mut found = scope.list(&Path::new(steps, true), node.clone())?;
    match path.is_definite() {
        true => found.pop().ok_or(Stop::NotFound),
        false => Ok(Answer::List(found)),
    }
}

fn keys<'t, T: Tree<'t>>(value: &Answer<T>) -> Answer<T> {
    let mut names = Vec::new();
    match value {
        Answer::Node(node) if node.kind() == Kind::Object => {
            let done: Result<(), ()> = node.each_member(|name, _| {
                names.push(Answer::Text(name.into_owned()));
                Ok(())
            });
            debug_assert!(done.is_ok());
        }
        Answer::Object(members) => {
            names.extend(members.iter().map(|(name, _)| Answer::Text(name.to_string())));
        }
        _ => return Answer::Null,
    }
    Answer::List(names)
}

/// Joins the texts of an array and of the arguments; a value that is neither is no part of the result.
fn concat<'t, T: Tree<'t>>(value: &Answer<T>, given: &[Answer<T>]) -> Answer<T> {
    let own = value.elements();
    let mut joined: String = own.iter().filter_map(Answer::text).collect();
    for argument in given {
        match argument.kind() {
            Kind::Array => {
                joined.extend(argument.elements().iter().filter_map(Answer::scalar_text));
            }
            _ => joined.extend(argument.text()),
        }
    }
    Answer::Text(joined)
}

/// Gives a longer array; Jayway changes the document here, which a path had better not do.
fn append<'t, T: Tree<'t>>(value: &Answer<T>, given: Vec<Answer<T>>) -> Answer<T> {
    if value.kind() != Kind::Array || given.is_empty() {
        return value.clone();
    }
    let mut elements = value.elements();
    elements.extend(given);
    Answer::List(elements)
}

/// Takes an element. From the end Jayway does not reach the first one: `last()` of a single element fails.
fn pick<'t, T: Tree<'t>>(value: &Answer<T>, index: i64) -> Result<Answer<T>, Stop> {
    if value.kind() != Kind::Array {
        return Err(Stop::Failed);
    }
    let place = match index {
        0.. => index,
        _ => Some(integer(value.len()).saturating_add(index))
            .filter(|&place| place > 0)
            .ok_or(Stop::Failed)?,
    };
    let place = usize::try_from(place).map_err(|_| Stop::Failed)?;
    match value {
        Answer::Node(node) => node.element(place).map(Answer::Node),
        Answer::List(list) => list.get(place).cloned(),
        _ => None,
    }
    .ok_or(Stop::Failed)
}

fn aggregate<'t, T: Tree<'t>>(
    function: Function,
    value: &Answer<T>,
    given: &[Answer<T>],
) -> Result<Answer<T>, Stop> {
    let mut numbers = numbers(given);
    let mut own: Vec<f64> = value.elements().iter().filter_map(Answer::double).collect();
    own.append(&mut numbers);
    if own.is_empty() {
        return Err(Stop::Failed);
    }
    let (count, sum) = (own.len() as f64, own.iter().sum::<f64>());
    Ok(Answer::Double(match function {
        Function::Min => own.iter().copied().fold(f64::MAX, f64::min),
        Function::Max => own.iter().copied().fold(-f64::MAX, f64::max),
        Function::Avg => sum / count,
        Function::Stddev => {
            let squares: f64 = own.iter().map(|number| number * number).sum();
            (squares / count - sum * sum / count / count).sqrt()
        }
        _ => sum,
    }))
}

fn numbers<'t, T: Tree<'t>>(given: &[Answer<T>]) -> Vec<f64> {
    let spread = |argument: &Answer<T>| match argument.kind() {
        Kind::Array => argument.elements(),
        _ => vec![argument.clone()],
    };
    given.iter().flat_map(spread).filter_map(|number| number.double()).collect()
}

fn integer(len: usize) -> i64 {
    i64::try_from(len).unwrap_or(i64::MAX)
}
