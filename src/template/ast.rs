//! What the author wrote: a template as a tree, names still names.

use crate::Span;

/// What stands in a template and is not in the tree, because Velocity drops it while it reads.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Lost {
    /// The `$` of `$#if(…)`, the `!` of `$! 5`
    Sigil(Span),
    /// A `##` right behind other text, up to the end of the line
    Comment(Span),
}

/// A piece of a template.
#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "a tree lives for the time of a compile")]
pub(crate) enum Node {
    /// Literal text
    Text(Text),
    /// `$name.property`
    Reference(Reference),
    /// `#set($x = 1)`
    Set(Set),
    /// `#if(…)…#elseif(…)…#else…#end`
    If(If),
    /// Any other `#name(…)`, known or not
    Directive(Directive),
}

/// Literal text as it is printed.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    pub(crate) text: String,
    pub(crate) span: Span,
}

/// `$name`, `$!name`, `${name}`, `\$name.property[0].method(1)` …
#[derive(Debug, Clone)]
pub(crate) struct Reference {
    pub(crate) kind: ReferenceKind,
    /// The name of the variable
    pub(crate) name: String,
    pub(crate) steps: Vec<Step>,
    /// `$!name`
    pub(crate) quiet: bool,
    /// `\$name`: an odd number of backslashes
    pub(crate) escaped: bool,
    /// Half of the backslashes before the `$`
    pub(crate) escape_prefix: String,
    /// What stands between the backslashes and the last `$`: `$` in `$$name`
    pub(crate) more_prefix: String,
    /// The source of the reference: what prints when it is null
    pub(crate) literal: String,
    /// The variable that `#set` of this reference without steps writes: `{` for `${x}` in Velocity 1.7
    pub(crate) set_name: String,
    pub(crate) span: Span,
}

/// How Velocity takes a reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ReferenceKind {
    /// It has a value.
    Value,
    /// `$\!name`: no reference after all; prints this.
    Text(String),
    /// A name without `$`, such as `{b}` behind `$a`: null, and prints this.
    Runt(String),
}

/// One step of a reference, from a value to the next.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub(crate) kind: StepKind,
    pub(crate) span: Span,
}

/// The three kinds of step.
#[derive(Debug, Clone)]
pub(crate) enum StepKind {
    /// `.name`
    Property(String),
    /// `[0]`
    Index(Expr),
    /// `.name(…)`
    Call(String, Vec<Expr>),
}

/// An expression.
#[derive(Debug, Clone)]
pub(crate) struct Expr {
    pub(crate) kind: ExprKind,
    pub(crate) span: Span,
}

/// Everything that can have a value.
#[derive(Debug, Clone)]
pub(crate) enum ExprKind {
    /// `5`: the digits
    Integer(String),
    /// `2.5`
    Float(f64),
    /// `true`
    Boolean(bool),
    /// `'text'`
    Text(String),
    /// `"text with $references"`: a template of its own
    Interpolated(Interpolated),
    /// `$x`
    Reference(Reference),
    /// `[1, 2]`
    List(Vec<Expr>),
    /// `[1..3]`
    Range(Box<Expr>, Box<Expr>),
    /// `{'a': 1}`
    Map(Vec<(Expr, Expr)>),
    /// `!x`
    Not(Box<Expr>),
    /// `a + b`, and every other operator
    Binary(Binary),
    /// `(a)`
    Parentheses(Box<Expr>),
    /// A word among the arguments of a directive: `in`
    Word(String),
}

/// A double-quoted string that holds references or directives.
#[derive(Debug, Clone)]
pub(crate) struct Interpolated {
    pub(crate) nodes: Vec<Node>,
    /// Velocity parses the text with a blank behind it and takes the last character of what it renders away again;
    /// not so when the text holds `##`.
    pub(crate) drop_last: bool,
}

/// `left operator right`
#[derive(Debug, Clone)]
pub(crate) struct Binary {
    pub(crate) operator: Operator,
    pub(crate) left: Box<Expr>,
    pub(crate) right: Box<Expr>,
    /// What Velocity takes for the source of the whole: the text behind the operator
    pub(crate) literal: Span,
}

/// The operators of two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    /// `||`
    Or,
    /// `&&`
    And,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Modulo,
}

/// `#set($target = value)`
#[derive(Debug, Clone)]
pub(crate) struct Set {
    pub(crate) target: Reference,
    pub(crate) value: Expr,
    pub(crate) span: Span,
}

/// `#if` with all its branches.
#[derive(Debug, Clone)]
pub(crate) struct If {
    pub(crate) branches: Vec<Branch>,
    pub(crate) otherwise: Vec<Node>,
}

/// `#if(condition)…` or `#elseif(condition)…`
#[derive(Debug, Clone)]
pub(crate) struct Branch {
    pub(crate) condition: Expr,
    pub(crate) body: Vec<Node>,
}

/// `#name(arguments)`, and the block up to `#end` where the directive has one.
#[derive(Debug, Clone)]
pub(crate) struct Directive {
    pub(crate) name: String,
    pub(crate) arguments: Vec<Expr>,
    pub(crate) body: Option<Vec<Node>>,
    /// What prints when nothing is called `name`
    pub(crate) literal: String,
    /// What prints of the body inside `#literal()`
    pub(crate) body_literal: String,
    /// `#name(…)`, without the block
    pub(crate) span: Span,
}
