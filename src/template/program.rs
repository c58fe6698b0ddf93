//! What a render walks: a template with its names resolved. Owns everything, so threads can share it.

use std::collections::HashMap;

use crate::java::number::Number;
use crate::jsonpath::AnyPath;
use crate::methods::MethodName;
use crate::template::ast::Operator;
use crate::{Error, Span};

/// The number of a variable.
pub(crate) type Slot = usize;

/// The variables that exist before a template sets any, in every program.
pub(crate) mod slots {
    use super::Slot;

    pub(crate) const INPUT: Slot = 0;
    pub(crate) const UTIL: Slot = 1;
    pub(crate) const CONTEXT: Slot = 2;
    pub(crate) const STAGE_VARIABLES: Slot = 3;
    pub(crate) const FOREACH: Slot = 4;
    pub(crate) const VELOCITY_COUNT: Slot = 5;
    pub(crate) const VELOCITY_HAS_NEXT: Slot = 6;
    pub(crate) const BODY_CONTENT: Slot = 7;
    pub(crate) const NAMES: [&str; 8] = [
        "input",
        "util",
        "context",
        "stageVariables",
        "foreach",
        "velocityCount",
        "velocityHasNext",
        "bodyContent",
    ];
}

/// Names and their slots.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    slots: HashMap<Box<str>, Slot>,
}

impl Names {
    pub(crate) fn new() -> Names {
        Names {
            slots: slots::NAMES
                .iter()
                .enumerate()
                .map(|(slot, name)| ((*name).into(), slot))
                .collect(),
        }
    }

    /// The slot of a name, a new one where it has none.
    pub(crate) fn slot(&mut self, name: &str) -> Slot {
        if let Some(slot) = self.slots.get(name) {
            return *slot;
        }
        let slot = self.slots.len();
        self.slots.insert(name.into(), slot);
        slot
    }

    pub(crate) fn len(&self) -> usize {
        self.slots.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, Slot)> {
        self.slots.iter().map(|(name, slot)| (&**name, *slot))
    }
}

/// A compiled template.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) body: Box<[Node]>,
    pub(crate) names: Names,
    /// The macros by name; empty in API Gateway's dialect
    pub(crate) macros: HashMap<Box<str>, Macro>,
    /// The bytes of literal text: how large the output is at least likely to be
    pub(crate) size_hint: usize,
}

/// A piece that is rendered.
#[derive(Debug)]
pub(crate) enum Node {
    /// Literal text
    Text(Box<str>, Span),
    /// `$x.y` in text
    Emit(Box<Emit>),
    /// `#set($x.y = …)`
    Set(Box<Set>),
    /// `#if(…)…#end`
    If(Box<If>),
    /// `#foreach($x in …)…#end`
    Foreach(Box<Foreach>),
    /// `#define($x)…#end`
    Define(Box<Block>),
    /// `#break` and `#break($foreach.parent)`
    Break(Option<Box<Expr>>, Span),
    /// A `#foreach` without a list: it fails when it is rendered
    Fail(Box<Error>),
    /// `#stop`
    Stop(Span),
    /// `#name(…)`: a macro where there is one, otherwise text
    Call(Box<Call>),
    /// `#evaluate(…)`
    Evaluate(Box<Expr>, Span),
    /// `#parse` and `#include`: transom reads no files, so they fail as for a missing file
    Include(Include, Option<Box<Expr>>, Span),
}

/// The two directives that read files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Include {
    /// `#parse(…)`
    Parse,
    /// `#include(…)`
    Include,
}

/// A reference that prints.
#[derive(Debug)]
pub(crate) struct Emit {
    pub(crate) reference: Reference,
    /// Prints nothing when null: `$!x`
    pub(crate) quiet: bool,
    /// Backslashes and other sigils before the `$`, where there are any
    pub(crate) decoration: Option<Box<Decoration>>,
}

/// What stands before the `$` of a reference.
#[derive(Debug)]
pub(crate) struct Decoration {
    pub(crate) escaped: bool,
    pub(crate) escape_prefix: Box<str>,
    pub(crate) more_prefix: Box<str>,
}

/// `$root.step.step`
#[derive(Debug)]
pub(crate) struct Reference {
    pub(crate) root: Slot,
    pub(crate) steps: Box<[Step]>,
    /// The source: what prints when the value is null
    pub(crate) literal: Box<str>,
    pub(crate) span: Span,
}

/// One step of a reference.
#[derive(Debug)]
pub(crate) enum Step {
    /// `.name`
    Property(Box<str>, Span),
    /// `[i]`
    Index(Expr, Span),
    /// `.name(…)`
    Call(Box<MethodCall>),
}

impl Step {
    pub(crate) fn span(&self) -> Span {
        match self {
            Step::Property(_, span) | Step::Index(_, span) => *span,
            Step::Call(call) => call.span,
        }
    }
}

/// `.name(arguments)`
#[derive(Debug)]
pub(crate) struct MethodCall {
    pub(crate) name: Box<str>,
    /// The Java method; `None` when no class that a template can meet has one of this name
    pub(crate) method: Option<MethodName>,
    pub(crate) arguments: Box<[Expr]>,
    /// The argument as a JSONPath, where the call is `$input.path('…')` or `$input.json('…')` with a literal
    pub(crate) path: Option<Result<AnyPath, String>>,
    pub(crate) span: Span,
}

/// `#set($target = value)`
#[derive(Debug)]
pub(crate) struct Set {
    pub(crate) target: Target,
    pub(crate) value: Expr,
    pub(crate) span: Span,
}

/// The left side of a `#set`.
#[derive(Debug)]
pub(crate) enum Target {
    /// `$x`
    Variable(Slot),
    /// `$x.y.z`, `$x[0]`: the reference up to the last step, and the last step
    Member(Reference, Step),
    /// A left side that Velocity ignores
    Nothing,
}

/// `#if` with all its branches; `#else` is the last of them, without a condition.
#[derive(Debug)]
pub(crate) struct If {
    pub(crate) branches: Box<[Branch]>,
    pub(crate) otherwise: Box<[Node]>,
}

/// `#if(condition)body` or `#elseif(condition)body`
#[derive(Debug)]
pub(crate) struct Branch {
    pub(crate) condition: Expr,
    pub(crate) body: Box<[Node]>,
    /// The condition
    pub(crate) span: Span,
}

/// `#foreach($item in list)body#end`
#[derive(Debug)]
pub(crate) struct Foreach {
    pub(crate) item: Slot,
    pub(crate) list: Option<Expr>,
    pub(crate) body: Box<[Node]>,
    pub(crate) span: Span,
}

/// `#define($slot)body#end`
#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) slot: Slot,
    pub(crate) body: Box<[Node]>,
    /// The directive in front of the block
    pub(crate) span: Span,
}

/// `#macro(name $parameter …)body#end`
#[derive(Debug)]
pub(crate) struct Macro {
    /// The slots of the parameters, and how a null one is spelled in the body: `$name`
    pub(crate) parameters: Box<[(Slot, Box<str>)]>,
    pub(crate) body: Box<[Node]>,
}

/// `#name(arguments)`, where `name` is no directive.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) name: Box<str>,
    pub(crate) arguments: Box<[Argument]>,
    /// The body of `#@name(…)body#end`
    pub(crate) body: Option<Block>,
    /// What prints when there is no such macro
    pub(crate) literal: Box<str>,
    pub(crate) span: Span,
}

/// An argument of a macro: evaluated anew wherever the parameter is used.
#[derive(Debug)]
pub(crate) struct Argument {
    pub(crate) value: Expr,
    pub(crate) literal: Box<str>,
    /// A bare word, which only fails when a macro takes it
    pub(crate) word: bool,
}

/// Something that has a value.
#[derive(Debug)]
pub(crate) enum Expr {
    /// `null`, and a name without `$`
    Null,
    /// What is neither null nor anything: `$\!name` in API Gateway
    Empty,
    Boolean(bool),
    Integer(i32),
    Number(Box<Number>),
    Text(Box<str>),
    /// `"…$x…"`; whether the last character of the output is dropped
    Interpolated(Box<[Node]>, bool),
    Reference(Box<Reference>),
    List(Box<[Expr]>),
    Range(Box<(Expr, Expr)>),
    Map(Box<[(Expr, Expr)]>),
    Not(Box<Expr>),
    Binary(Box<Binary>),
}

/// `left operator right`
#[derive(Debug)]
pub(crate) struct Binary {
    pub(crate) operator: Operator,
    pub(crate) left: Expr,
    pub(crate) right: Expr,
    /// The source of both sides, for `+`: a null beside a text contributes it
    pub(crate) literals: Option<(Box<str>, Box<str>)>,
    pub(crate) span: Span,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_stay_small() {
        // A body is a slice of nodes that a render walks: each should fit half a cache line.
        assert!(size_of::<Node>() <= 32, "{}", size_of::<Node>());
        assert!(size_of::<Expr>() <= 40, "{}", size_of::<Expr>());
    }
}
