//! A compiled path: its steps, its filters, and the errors of compiling one.

use std::fmt;

use crate::jsonpath::decimal::Number;
use crate::jsonpath::regex::Pattern;

/// Tells why a text is no path: what Jayway reports as an `InvalidPathException`, in words that help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PathError {
    /// Says what is wrong and what to write instead.
    pub message: String,
    /// Counts the bytes of the text before the place it is about.
    pub offset: usize,
}

impl PathError {
    pub(super) fn new(offset: usize, message: impl Into<String>) -> Self {
        Self { message: message.into(), offset }
    }
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (at byte {})", self.message, self.offset)
    }
}

impl std::error::Error for PathError {}

/// Holds a path ready to be evaluated any number of times.
#[derive(Clone, Debug)]
pub(crate) struct Path {
    pub(super) steps: Vec<Step>,
    /// Counts the leading steps that lead to one value each.
    pub(super) definite_steps: usize,
    /// Only names and single indexes: evaluated without a list of results.
    pub(super) plain: bool,
    pub(super) from_root: bool,
}

impl Path {
    pub(super) fn new(steps: Vec<Step>, from_root: bool) -> Self {
        let last = steps.len().saturating_sub(1);
        let definite = |(at, step): (usize, &Step)| match step {
            Step::Name(_) | Step::Function { .. } => true,
            Step::Names(_) => at == last,
            Step::Indexes(indexes) => indexes.len() == 1,
            _ => false,
        };
        let definite_steps = steps.iter().enumerate().take_while(|&step| definite(step)).count();
        let plain = steps.iter().all(|step| match step {
            Step::Name(_) => true,
            Step::Indexes(indexes) => indexes.len() == 1,
            _ => false,
        });
        Self { steps, definite_steps, plain, from_root }
    }

    /// Tells whether the path leads to one value at most; any other path gives a list, even of one.
    #[must_use]
    pub(crate) fn is_definite(&self) -> bool {
        self.definite_steps == self.steps.len()
    }

    /// Tells whether every step before this one leads to one value: only then is something missing an error.
    pub(super) fn is_definite_before(&self, step: usize) -> bool {
        step <= self.definite_steps
    }

    pub(super) fn is_last(&self, step: usize) -> bool {
        step + 1 == self.steps.len()
    }

    pub(super) fn is_function(&self) -> bool {
        matches!(self.steps.last(), Some(Step::Function { .. }))
    }
}

#[derive(Clone, Debug)]
pub(super) enum Step {
    Name(Box<str>),
    Names(Box<[Box<str>]>),
    Indexes(Box<[i32]>),
    Slice {
        from: Option<i32>,
        to: Option<i32>,
    },
    Wildcard,
    /// `..`: applies the step after it to everything below.
    Deep,
    Filter(Box<Filter>),
    Function {
        function: Function,
        arguments: Box<[Argument]>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Sum,
    Avg,
    Min,
    Max,
    Stddev,
    Length,
    Keys,
    Concat,
    Append,
    First,
    Last,
    Index,
    /// Named at this place of the text; evaluates to an error.
    Unknown {
        offset: usize,
    },
}

#[derive(Clone, Debug)]
pub(super) enum Argument {
    Path(Path),
    Value(Literal),
}

#[derive(Clone, Debug)]
pub(super) enum Filter {
    Any(Vec<Filter>),
    All(Vec<Filter>),
    Not(Box<Filter>),
    Exists(Path),
    Relation { left: Operand, operator: Operator, right: Operand },
}

#[derive(Clone, Debug)]
pub(super) enum Operand {
    Path(Path),
    Null,
    Bool(bool),
    Number(Number),
    Text(Box<str>),
    Pattern(Pattern),
    Json(Literal),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    NotEqual,
    SameTypeEqual,
    SameTypeNotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Matches,
    In,
    NotIn,
    Contains,
    Size,
    Empty,
    SubsetOf,
    AnyOf,
    NoneOf,
    Exists,
    /// `all`, `type` and `matches` want operands that a path text cannot express: they make the filter false.
    Never,
}

/// Holds a JSON value written in a path.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Literal {
    Null,
    Bool(bool),
    Integer(i64),
    Double(f64),
    Exact(Box<str>),
    Text(Box<str>),
    List(Vec<Literal>),
    Object(Vec<(Box<str>, Literal)>),
}

#[cfg(test)]
mod tests {
    use super::Path;

    #[test]
    fn a_path_is_definite_or_not_or_none() {
        let definite = |text: &str| Path::compile(text).map(|path| path.is_definite());
        assert_eq!(definite("$.order.items[0]").ok(), Some(true));
        assert_eq!(definite("$..price").ok(), Some(false));
        assert_eq!(definite("foo-bar").ok(), Some(true), "`$.` is put before it");
        assert_eq!(definite("$.two words").map_err(|error| error.offset), Err(5));
    }
}
