//! How the operators of a filter compare values, with Jayway's conversions between texts and numbers.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::jsonpath::answer::Answer;
use crate::jsonpath::decimal::Number;
use crate::jsonpath::evaluate::Stop;
use crate::jsonpath::path::{Literal, Operator};
use crate::jsonpath::regex::Pattern;
use crate::jsonpath::tree::{Kind, Num, Tree};

/// Holds one side of a comparison.
pub(super) enum Value<'p, T> {
    /// A path that led nowhere: equal to nothing, itself included.
    Undefined,
    Null,
    Bool(bool),
    Number(Number),
    Text(Cow<'p, str>),
    Pattern(&'p Pattern),
    /// An array or object that a path led to.
    Json(Answer<T>),
    /// An array or object written in the path.
    Literal(&'p Literal),
}

impl<'p, 't: 'p, T: Tree<'t>> Value<'p, T> {
    pub(super) fn of(answer: Answer<T>) -> Result<Self, Stop> {
        Ok(match answer.kind() {
            Kind::Null => Self::Null,
            Kind::Bool(bool) => Self::Bool(bool),
            // An infinite number has no `BigDecimal`.
            Kind::Number => Self::Number(
                answer.number().and_then(|number| Number::of(&number)).ok_or(Stop::Failed)?,
            ),
            Kind::Text => Self::Text(match answer {
                Answer::Node(node) => node.text().unwrap_or_default(),
                other => other.scalar_text().map(Cow::Owned).unwrap_or_default(),
            }),
            Kind::Array | Kind::Object => Self::Json(answer),
        })
    }

    fn of_literal(literal: &'p Literal) -> Self {
        match literal {
            Literal::Null => Self::Null,
            Literal::Bool(bool) => Self::Bool(*bool),
            Literal::Text(text) => Self::Text(Cow::Borrowed(text)),
            Literal::List(_) | Literal::Object(_) => Self::Literal(literal),
            _ => literal.number().map_or(Self::Undefined, Self::Number),
        }
    }

    /// Counts the elements that a comparison may look at.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Json(answer) => answer.len(),
            _ => 1,
        }
    }

    /// Returns the elements of an array, `None` for any other value.
    fn list(&self) -> Option<Vec<Self>> {
        match self {
            Self::Json(answer) if answer.kind() == Kind::Array => Some(
                answer
                    .elements()
                    .into_iter()
                    .map(|element| Self::of(element).unwrap_or(Self::Undefined))
                    .collect(),
            ),
            Self::Literal(Literal::List(list)) => Some(list.iter().map(Self::of_literal).collect()),
            _ => None,
        }
    }

    fn is_json(&self) -> bool {
        matches!(self, Self::Json(_) | Self::Literal(_))
    }
}

/// Tells whether an operator holds; `Stop::Invalid` where Jayway cannot take an operand for what the operator needs.
pub(super) fn relates<'t, T: Tree<'t>>(
    left: &Value<'_, T>,
    operator: Operator,
    right: &Value<'_, T>,
) -> Result<bool, Stop> {
    let order = |wanted: fn(Ordering) -> bool| Ok(order(left, right).is_some_and(wanted));
    match operator {
        Operator::Equal => Ok(equal(left, right)),
        Operator::NotEqual => Ok(!equal(left, right)),
        Operator::SameTypeEqual => Ok(same_type(left, right) && equal(left, right)),
        Operator::SameTypeNotEqual => Ok(!same_type(left, right) || !equal(left, right)),
        Operator::Less => order(Ordering::is_lt),
        Operator::LessOrEqual => order(Ordering::is_le),
        Operator::Greater => order(Ordering::is_gt),
        Operator::GreaterOrEqual => order(Ordering::is_ge),
        Operator::Matches => Ok(matches(left, right)),
        Operator::In => Ok(set(right)?.is_some_and(|list| contains(&list, left))),
        Operator::NotIn => Ok(!set(right)?.is_some_and(|list| contains(&list, left))),
        Operator::Contains => Ok(match (left, right) {
            (Value::Text(text), Value::Text(part)) => text.contains(part.as_ref()),
            _ => left.list().is_some_and(|list| contains(&list, right)),
        }),
        Operator::Size => Ok(size(left, right)),
        Operator::Empty => empty(left, right),
        Operator::SubsetOf => {
            sets(left, right, |some, all| some.iter().all(|item| contains(all, item)))
        }
        Operator::AnyOf => {
            sets(left, right, |some, all| some.iter().any(|item| contains(all, item)))
        }
        Operator::NoneOf => {
            sets(left, right, |some, all| !some.iter().any(|item| contains(all, item)))
        }
        Operator::Exists => match (left, right) {
            (Value::Bool(left), Value::Bool(right)) => Ok(left == right),
            (Value::Bool(_), _) | (_, Value::Bool(_)) => Err(Stop::Invalid),
            _ => Err(Stop::Failed),
        },
        Operator::Never => Err(Stop::Invalid),
    }
}

/// Compares as `left.equals(right)`: the left side decides whether texts or numbers are compared.
fn equal<'t, T: Tree<'t>>(left: &Value<'_, T>, right: &Value<'_, T>) -> bool {
    match (left, right) {
        (Value::Null, Value::Null) => true,
        (Value::Bool(left), Value::Bool(right)) => left == right,
        (Value::Number(left), Value::Number(right)) => left.compare(right).is_eq(),
        (Value::Number(left), Value::Text(right)) => {
            Number::parse(right).is_some_and(|right| left.compare(&right).is_eq())
        }
        (Value::Text(left), Value::Text(right)) => left == right,
        (Value::Text(left), Value::Number(right)) => *left == right.to_text(),
        (Value::Json(left), Value::Json(right)) => same(left, right),
        // A literal on the left is still text for Jayway and equals nothing.
        (Value::Json(left), Value::Literal(right)) => same(left, &Answer::from(*right)),
        _ => false,
    }
}

fn same_type<'t, T: Tree<'t>>(left: &Value<'_, T>, right: &Value<'_, T>) -> bool {
    left.is_json() && right.is_json()
        || std::mem::discriminant(left) == std::mem::discriminant(right)
}

/// Compares as `List.equals` and `Map.equals` do: 1 and 1.0 differ, the order of members does not matter.
fn same<'t, T: Tree<'t>>(left: &Answer<T>, right: &Answer<T>) -> bool {
    // Pairs still to be compared, because documents may be deeper than the stack.
    let mut pairs = vec![(left.clone(), right.clone())];
    while let Some((left, right)) = pairs.pop() {
        let alike = match (left.kind(), right.kind()) {
            (Kind::Number, Kind::Number) => same_number(left.number(), right.number()),
            (Kind::Text, Kind::Text) => left.text() == right.text(),
            (Kind::Array, Kind::Array) if left.len() == right.len() => {
                pairs.extend(left.elements().into_iter().zip(right.elements()));
                true
            }
            (Kind::Object, Kind::Object) if left.len() == right.len() => {
                pair_members(&left, &right, &mut pairs)
            }
            (left, right) => left == right && !matches!(left, Kind::Array | Kind::Object),
        };
        if !alike {
            return false;
        }
    }
    true
}

fn same_number(left: Option<Num<'_>>, right: Option<Num<'_>>) -> bool {
    match (left, right) {
        (Some(Num::Double(left)), Some(Num::Double(right))) => left.to_bits() == right.to_bits(),
        (left, right) => left == right,
    }
}

fn pair_members<'t, T: Tree<'t>>(
    left: &Answer<T>,
    right: &Answer<T>,
    pairs: &mut Vec<(Answer<T>, Answer<T>)>,
) -> bool {
    let mut pair = |name: &str, value: Answer<T>| {
        let other = right.member(name).ok_or(())?;
        pairs.push((value, other));
        Ok(())
    };
    let paired: Result<(), ()> = match left {
        Answer::Node(node) => node.each_member(|name, value| pair(&name, Answer::Node(value))),
        Answer::Object(members) => {
            members.iter().try_for_each(|(name, value)| pair(name, value.clone()))
        }
        _ => Err(()),
    };
    paired.is_ok()
}

fn order<'t, T: Tree<'t>>(left: &Value<'_, T>, right: &Value<'_, T>) -> Option<Ordering> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => Some(left.compare(right)),
        (Value::Text(left), Value::Text(right)) => {
            Some(left.encode_utf16().cmp(right.encode_utf16()))
        }
        _ => None,
    }
}

fn contains<'t, T: Tree<'t>>(list: &[Value<'_, T>], wanted: &Value<'_, T>) -> bool {
    list.iter().any(|item| equal(wanted, item))
}

/// Takes an operand for a list: `None` for another array or object, invalid for a scalar.
fn set<'p, 't: 'p, T: Tree<'t>>(value: &Value<'p, T>) -> Result<Option<Vec<Value<'p, T>>>, Stop> {
    if value.is_json() { Ok(value.list()) } else { Err(Stop::Invalid) }
}

fn sets<'p, 't: 'p, T: Tree<'t>>(
    left: &Value<'p, T>,
    right: &Value<'p, T>,
    relate: impl Fn(&[Value<'p, T>], &[Value<'p, T>]) -> bool,
) -> Result<bool, Stop> {
    let Some(right) = set(right)? else { return Ok(false) };
    let Some(left) = set(left)? else { return Ok(false) };
    Ok(relate(&left, &right))
}

fn size<'t, T: Tree<'t>>(left: &Value<'_, T>, right: &Value<'_, T>) -> bool {
    let Value::Number(wanted) = right else { return false };
    let len = match left {
        Value::Text(text) => text.encode_utf16().count(),
        Value::Json(answer) if answer.kind() == Kind::Array => answer.len(),
        Value::Literal(Literal::List(list)) => list.len(),
        _ => return false,
    };
    wanted.to_int().is_some_and(|wanted| usize::try_from(wanted) == Ok(len))
}

fn empty<'t, T: Tree<'t>>(left: &Value<'_, T>, right: &Value<'_, T>) -> Result<bool, Stop> {
    let is_empty = match left {
        Value::Text(text) => text.is_empty(),
        Value::Json(answer) => answer.len() == 0,
        Value::Literal(Literal::List(list)) => list.is_empty(),
        Value::Literal(Literal::Object(members)) => members.is_empty(),
        _ => return Ok(false),
    };
    match right {
        Value::Bool(wanted) => Ok(is_empty == *wanted),
        _ => Err(Stop::Invalid),
    }
}

/// Matches a whole text against a pattern on either side, or any element of an array.
fn matches<'t, T: Tree<'t>>(left: &Value<'_, T>, right: &Value<'_, T>) -> bool {
    let (pattern, value) = match (left, right) {
        (Value::Pattern(_), Value::Pattern(_)) => return false,
        (Value::Pattern(pattern), value) | (value, Value::Pattern(pattern)) => (pattern, value),
        _ => return false,
    };
    match value.list() {
        Some(list) => list.iter().any(|item| pattern.matches(&subject(item))),
        None => pattern.matches(&subject(value)),
    }
}

/// Returns the text that a pattern is matched against; nothing at all for null and what is missing.
fn subject<'v, T>(value: &'v Value<'_, T>) -> Cow<'v, str> {
    match value {
        Value::Text(text) => Cow::Borrowed(text),
        Value::Number(number) => Cow::Owned(number.to_text()),
        Value::Bool(bool) => Cow::Owned(bool.to_string()),
        _ => Cow::Borrowed(""),
    }
}
