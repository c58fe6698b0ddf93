//! Filters: which elements `[?(…)]` lets through.

use crate::jsonpath::compare::{self, Value};
use crate::jsonpath::evaluate::{Scope, Stop};
use crate::jsonpath::path::{Operand, Operator, Path};
use crate::jsonpath::tree::Tree;

pub(super) use crate::jsonpath::path::Filter;

/// Tells whether a filter lets an item through; an operand of the wrong sort makes the whole filter false.
pub(super) fn accepts<'t, T: Tree<'t>>(
    scope: &mut Scope<'_, T>,
    filter: &Filter,
    item: &T,
) -> Result<bool, Stop> {
    scope.budget.spend(1)?;
    match holds(scope, filter, item) {
        Err(Stop::Invalid) => Ok(false),
        outcome => outcome,
    }
}

fn holds<'t, T: Tree<'t>>(
    scope: &mut Scope<'_, T>,
    filter: &Filter,
    item: &T,
) -> Result<bool, Stop> {
    match filter {
        Filter::Any(choices) => {
            for choice in choices {
                if holds(scope, choice, item)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        Filter::All(terms) => {
            for term in terms {
                if !holds(scope, term, item)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        Filter::Not(filter) => holds(scope, filter, item).map(|held| !held),
        Filter::Exists(path) => exists(scope, path, item),
        Filter::Relation { left, operator, right } => {
            relates(scope, (left, *operator, right), item)
        }
    }
}

/// Tests a path that stands alone. It starts at the item even when it is written with `$`, and an indefinite path
/// exists unless a member is absent on its way.
fn exists<'t, T: Tree<'t>>(scope: &mut Scope<'_, T>, path: &Path, item: &T) -> Result<bool, Stop> {
    let mut strict = Scope { root: scope.root, required: true, budget: scope.budget };
    match strict.value(path, item.clone()) {
        Ok(_) => Ok(true),
        Err(Stop::NotFound) => Ok(false),
        Err(stop) => Err(stop),
    }
}

fn relates<'t, T: Tree<'t>>(
    scope: &mut Scope<'_, T>,
    (left, operator, right): (&Operand, Operator, &Operand),
    item: &T,
) -> Result<bool, Stop> {
    let left = value(scope, left, item)?;
    let right = value(scope, right, item)?;
    scope.budget.spend(left.size() + right.size())?;
    compare::relates(&left, operator, &right)
}

fn value<'p, 't: 'p, T: Tree<'t>>(
    scope: &mut Scope<'_, T>,
    operand: &'p Operand,
    item: &T,
) -> Result<Value<'p, T>, Stop> {
    Ok(match operand {
        Operand::Null => Value::Null,
        Operand::Bool(bool) => Value::Bool(*bool),
        Operand::Number(number) => Value::Number(number.clone()),
        Operand::Text(text) => Value::Text(text.as_ref().into()),
        Operand::Pattern(pattern) => Value::Pattern(pattern),
        Operand::Json(literal) => Value::Literal(literal),
        Operand::Path(path) => {
            let start = if path.from_root { scope.root } else { item }.clone();
            match scope.value(path, start) {
                Ok(answer) => Value::of(answer)?,
                Err(Stop::NotFound) => Value::Undefined,
                Err(stop) => return Err(stop),
            }
        }
    })
}
