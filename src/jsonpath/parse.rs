//! From a path's text to its steps.

use pest::Parser;
use pest::error::InputLocation;
use pest::iterators::{Pair, Pairs};
use pest_derive::Parser;

use crate::jsonpath::decimal::Number;
use crate::jsonpath::explain::explain;
use crate::jsonpath::literal::{literal, quoted};
use crate::jsonpath::path::{Argument, Filter, Function, Operand, Operator, Path, PathError, Step};
use crate::jsonpath::regex::Pattern;

#[derive(Parser)]
#[grammar = "grammar/jsonpath.pest"]
struct Grammar;

/// Both nest at most this deep, because every level costs stack while parsing and while evaluating.
const PARENTHESES: usize = 50;
const BRACKETS: usize = 200;
/// Steps that lead to several values recurse when evaluated.
const BRANCHES: usize = 50;

impl Path {
    /// Compiles a path's text.
    ///
    /// A path that does not start with `$` or `@` is read as if `$.` stood before it.
    ///
    /// # Errors
    ///
    /// Where Jayway throws its `InvalidPathException`, and for a function that does not exist, which Jayway reports
    /// when it evaluates. Paths with more than 50 parentheses, 200 brackets, or 50 steps that branch are refused.
    pub(crate) fn compile(text: &str) -> Result<Self, PathError> {
        let trimmed = text.trim_end_matches(' ');
        check_ends(trimmed)?;
        check_depth(trimmed)?;
        let mut pairs = Grammar::parse(Rule::path, trimmed).map_err(|error| {
            let (InputLocation::Pos(offset) | InputLocation::Span((offset, _))) = error.location;
            explain(trimmed, offset)
        })?;
        let whole = pairs.next().map(Pair::into_inner);
        let path = path(whole.into_iter().flatten())?;
        match unknown_function(&path, trimmed) {
            Some(error) => Err(error),
            None => Ok(path),
        }
    }
}

fn check_ends(text: &str) -> Result<(), PathError> {
    if text.is_empty() {
        return Err(PathError::new(0, "the path is empty; write `$` for the whole document"));
    }
    if text.starts_with(' ') {
        return Err(PathError::new(0, "a path must not start with a blank"));
    }
    if text.ends_with('.') {
        return Err(PathError::new(
            text.len() - 1,
            "the path ends in a dot; write a name or `*` after it",
        ));
    }
    Ok(())
}

fn check_depth(text: &str) -> Result<(), PathError> {
    let find = |chars: &[char], limit| text.match_indices(chars).nth(limit).map(|(at, _)| at);
    match find(&['('], PARENTHESES).or_else(|| find(&['(', '[', '{'], BRACKETS)) {
        Some(at) => Err(PathError::new(
            at,
            format!(
                "the path has more than {PARENTHESES} `(` or {BRACKETS} brackets; split it into several"
            ),
        )),
        None => Ok(()),
    }
}

/// Finds a function that does not exist. Jayway looks only when it evaluates, which for a filter means it is false.
fn unknown_function(path: &Path, text: &str) -> Option<PathError> {
    path.steps.iter().find_map(|step| match step {
        Step::Function { function: Function::Unknown { offset }, .. } => {
            let name = text.get(*offset..).and_then(|rest| rest.split('(').next()).unwrap_or_default();
            let message = format!(
                "`{name}` is no function; Jayway has length, size, keys, sum, min, max, avg, stddev, concat, append, \
                 first, last and index"
            );
            Some(PathError::new(*offset, message))
        }
        Step::Function { arguments, .. } => arguments.iter().find_map(|argument| match argument {
            Argument::Path(path) => unknown_function(path, text),
            Argument::Value(_) => None,
        }),
        _ => None,
    })
}

/// Builds a path from `root` and its steps.
fn path<'t>(pairs: impl Iterator<Item = Pair<'t, Rule>>) -> Result<Path, PathError> {
    let (mut steps, mut from_root, mut branches) = (Vec::new(), true, 0);
    let mut after_call = false;
    for pair in pairs {
        let offset = pair.as_span().start();
        match pair.as_rule() {
            Rule::EOI | Rule::last => continue,
            Rule::root => from_root = pair.as_str() == "$",
            _ => {
                // Jayway goes on reading at the `)` of an empty call, so that a name `)` follows, which leads nowhere.
                if after_call {
                    steps.push(Step::Name(")".into()));
                }
                after_call = pair.as_str().ends_with("()");
                let step = step(pair)?;
                branches += usize::from(!matches!(step, Step::Name(_)));
                if branches > BRANCHES
                    && !matches!(&step, Step::Indexes(indexes) if indexes.len() == 1)
                {
                    return Err(PathError::new(
                        offset,
                        format!("the path branches more than {BRANCHES} times"),
                    ));
                }
                steps.push(step);
            }
        }
    }
    Ok(Path::new(scan_as_argument(steps), from_root))
}

/// Turns `$..p.sum()` into `$.sum($..p)`, as Jayway does to have something to sum.
fn scan_as_argument(mut steps: Vec<Step>) -> Vec<Step> {
    let is_call = |step: &Step| matches!(step, Step::Function { .. });
    if !matches!(steps.first(), Some(Step::Deep)) || !steps.last().is_some_and(is_call) {
        return steps;
    }
    let at = steps.iter().position(is_call).unwrap_or_default();
    let mut rest = steps.split_off(at);
    if let Some(Step::Function { arguments, .. }) = rest.first_mut() {
        *arguments = Box::new([Argument::Path(Path::new(steps, true))]);
    }
    rest
}

fn step(pair: Pair<'_, Rule>) -> Result<Step, PathError> {
    let offset = pair.as_span().start();
    Ok(match pair.as_rule() {
        Rule::deep | Rule::dot_deep => Step::Deep,
        Rule::wildcard | Rule::all => Step::Wildcard,
        Rule::members => members(pair)?,
        Rule::indexes => {
            Step::Indexes(pair.into_inner().map(|p| index(&p)).collect::<Result<_, _>>()?)
        }
        Rule::slice => slice(pair)?,
        Rule::filter => Step::Filter(Box::new(any_of(first(pair)?)?)),
        Rule::call | Rule::inner_call => call(pair)?,
        Rule::name | Rule::inner_name => Step::Name(pair.as_str().into()),
        _ => return Err(unexpected(offset)),
    })
}

fn members(pair: Pair<'_, Rule>) -> Result<Step, PathError> {
    let mut names = pair.into_inner().map(quoted).collect::<Result<Vec<_>, _>>()?;
    Ok(match names.len() {
        1 => Step::Name(names.remove(0)),
        _ => Step::Names(names.into()),
    })
}

fn index(pair: &Pair<'_, Rule>) -> Result<i32, PathError> {
    let error = |_| PathError::new(pair.as_span().start(), "the index is too large for an array");
    pair.as_str().parse().map_err(error)
}

fn slice(pair: Pair<'_, Rule>) -> Result<Step, PathError> {
    let offset = pair.as_span().start();
    let mut bounds =
        pair.into_inner().map(|bound| bound.into_inner().next().map(|p| index(&p)).transpose());
    let (from, to) = (bounds.next().transpose()?.flatten(), bounds.next().transpose()?.flatten());
    match (from, to) {
        (None, None) => Err(PathError::new(
            offset,
            "a slice needs a start or an end; write `[*]` for all elements",
        )),
        _ => Ok(Step::Slice { from, to }),
    }
}

fn call(pair: Pair<'_, Rule>) -> Result<Step, PathError> {
    let offset = pair.as_span().start();
    let mut parts = pair.into_inner();
    let function = match parts.next().map_or("", |name| name.as_str()) {
        "sum" => Function::Sum,
        "avg" => Function::Avg,
        "min" => Function::Min,
        "max" => Function::Max,
        "stddev" => Function::Stddev,
        "length" | "size" => Function::Length,
        "keys" => Function::Keys,
        "concat" => Function::Concat,
        "append" => Function::Append,
        "first" => Function::First,
        "last" => Function::Last,
        "index" => Function::Index,
        _ => Function::Unknown { offset },
    };
    let mut arguments = Vec::new();
    for argument in parts.next().map(Pair::into_inner).into_iter().flatten() {
        match argument.as_rule() {
            Rule::skipped => {}
            Rule::inner_path => arguments.push(Argument::Path(path(argument.into_inner())?)),
            _ => arguments.push(Argument::Value(literal(argument)?)),
        }
    }
    Ok(Step::Function { function, arguments: arguments.into() })
}

fn any_of(pair: Pair<'_, Rule>) -> Result<Filter, PathError> {
    let mut choices = pair.into_inner().map(all_of).collect::<Result<Vec<_>, _>>()?;
    Ok(if choices.len() == 1 { choices.remove(0) } else { Filter::Any(choices) })
}

fn all_of(pair: Pair<'_, Rule>) -> Result<Filter, PathError> {
    let mut terms = pair.into_inner().map(term).collect::<Result<Vec<_>, _>>()?;
    Ok(if terms.len() == 1 { terms.remove(0) } else { Filter::All(terms) })
}

fn term(pair: Pair<'_, Rule>) -> Result<Filter, PathError> {
    let offset = pair.as_span().start();
    let mut parts = pair.into_inner();
    let nots = skip_nots(&mut parts);
    let body = parts.next().ok_or_else(|| unexpected(offset))?;
    if body.as_rule() == Rule::group {
        return Ok(negate(any_of(first(body)?)?, nots));
    }
    let starts_with_path = body.as_str().starts_with(['$', '@']);
    let filter = relation(body)?;
    // Jayway reads a `!` before a path as part of the path, where only a test for existence heeds it.
    let ignored = starts_with_path && !matches!(filter, Filter::Exists(_));
    Ok(negate(filter, nots.saturating_sub(usize::from(ignored))))
}

fn negate(filter: Filter, times: usize) -> Filter {
    if times % 2 == 1 { Filter::Not(Box::new(filter)) } else { filter }
}

fn relation(pair: Pair<'_, Rule>) -> Result<Filter, PathError> {
    let offset = pair.as_span().start();
    let mut parts = pair.into_inner();
    let left = operand(parts.next().ok_or_else(|| unexpected(offset))?)?;
    let Some(sign) = parts.next() else {
        return match left {
            Operand::Path(path) => Ok(Filter::Exists(path)),
            _ => Err(PathError::new(
                offset,
                "a value alone is no condition; compare it, as in `@.x == 1`",
            )),
        };
    };
    let operator = operator(&sign)?;
    let negated = skip_nots(&mut parts) > 0;
    let right = parts.next().ok_or_else(|| unexpected(offset))?;
    if negated && right.as_rule() != Rule::inner_path {
        return Err(PathError::new(
            right.as_span().start(),
            "`!` stands before a path or a parenthesis",
        ));
    }
    Ok(Filter::Relation { left, operator, right: operand(right)? })
}

fn operator(pair: &Pair<'_, Rule>) -> Result<Operator, PathError> {
    Ok(match pair.as_str().to_ascii_lowercase().as_str() {
        "==" => Operator::Equal,
        "!=" => Operator::NotEqual,
        "===" => Operator::SameTypeEqual,
        "!==" => Operator::SameTypeNotEqual,
        "<" => Operator::Less,
        "<=" => Operator::LessOrEqual,
        ">" => Operator::Greater,
        ">=" => Operator::GreaterOrEqual,
        "=~" => Operator::Matches,
        "in" => Operator::In,
        "nin" => Operator::NotIn,
        "contains" => Operator::Contains,
        "size" => Operator::Size,
        "empty" => Operator::Empty,
        "subsetof" => Operator::SubsetOf,
        "anyof" => Operator::AnyOf,
        "noneof" => Operator::NoneOf,
        "exists" => Operator::Exists,
        "all" | "type" | "matches" => Operator::Never,
        unknown => {
            let message = format!(
                "`{unknown}` is no operator; Jayway has == != === !== < <= > >= =~ in nin contains size empty \
                 subsetof anyof noneof"
            );
            return Err(PathError::new(pair.as_span().start(), message));
        }
    })
}

fn operand(pair: Pair<'_, Rule>) -> Result<Operand, PathError> {
    let offset = pair.as_span().start();
    Ok(match pair.as_rule() {
        Rule::inner_path => Operand::Path(path(pair.into_inner())?),
        Rule::single | Rule::double => Operand::Text(quoted(pair)?),
        Rule::list | Rule::object => Operand::Json(literal(pair)?),
        Rule::pattern => pattern(pair)?,
        Rule::keyword => match pair.as_str() {
            "null" => Operand::Null,
            keyword => Operand::Bool(keyword == "true"),
        },
        _ => Operand::Number(Number::parse(pair.as_str()).ok_or_else(|| {
            PathError::new(
                offset,
                format!("`{}` is no number; put a text in quotes", pair.as_str()),
            )
        })?),
    })
}

fn pattern(pair: Pair<'_, Rule>) -> Result<Operand, PathError> {
    let offset = pair.as_span().start();
    let mut parts = pair.into_inner();
    let regex = parts.next().map_or("", |regex| regex.as_str());
    let flags = parts.next().map_or("", |flags| flags.as_str());
    let error =
        |reason| PathError::new(offset, format!("the regular expression is not valid: {reason}"));
    Pattern::compile(regex, flags).map(Operand::Pattern).map_err(error)
}

fn first(pair: Pair<'_, Rule>) -> Result<Pair<'_, Rule>, PathError> {
    let offset = pair.as_span().start();
    pair.into_inner().next().ok_or_else(|| unexpected(offset))
}

fn unexpected(offset: usize) -> PathError {
    PathError::new(offset, "the path cannot be read here")
}

/// Skips the `!` signs in front and counts them.
fn skip_nots(pairs: &mut Pairs<'_, Rule>) -> usize {
    let mut count = 0;
    while pairs.peek().is_some_and(|pair| pair.as_rule() == Rule::not) {
        pairs.next();
        count += 1;
    }
    count
}
