//! What can go wrong: errors with a kind, a place and, where it helps, a second place.

use std::fmt;

use crate::Span;

/// A template that cannot be used, or a render that failed.
///
/// One word wide. Lines and columns are not in it: [`Span::position`] counts them when somebody wants to print them.
///
/// ```
/// let error = transom::Template::new("#if($a)\nhello").unwrap_err();
/// assert_eq!(error.to_string(), "`#if` is never closed");
/// assert_eq!(error.span().range(), 0..7);
/// assert_eq!(error.code(), "unclosed-directive");
/// ```
#[derive(Clone)]
pub struct Error(Box<Repr>);

#[derive(Clone)]
struct Repr {
    kind: ErrorKind,
    span: Span,
    related: Option<(Span, &'static str)>,
}

/// Whose business an error is: who can do something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The author of the template
    Author,
    /// Whoever sent the payload, or the author who did not expect it
    Input,
    /// The host that set the limits, or transom itself
    Host,
}

/// What went wrong. The text of each is one sentence without its end; [`Error::help`] says what to do.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// `#set($x = )`. The span is what was found instead.
    #[error("{found} cannot stand here{}", Expected(expected))]
    Syntax {
        /// What stands there, in words or in backquotes
        found: String,
        /// What could, in words
        expected: Vec<&'static str>,
        /// What the author probably meant
        hint: Option<&'static str>,
    },
    /// `#if($a) …`. The span is the directive.
    #[error("`#{directive}` is never closed")]
    Unclosed {
        /// Its name
        directive: String,
    },
    /// `… #end`. Related: the block around it, if there is one.
    #[error("`#{directive}` belongs to no block")]
    Unopened {
        /// `end`, `else` or `elseif`
        directive: &'static str,
    },
    /// `#set($x = "abc)`. The span is the quote.
    #[error("this string is never closed")]
    UnclosedString,
    /// `#set($x = (1 + 2`. The span is the bracket.
    #[error("`{bracket}` is never closed")]
    UnclosedBracket {
        /// The bracket
        bracket: char,
    },
    /// `#[[ …`. The span is the `#[[`.
    #[error("`#[[` is never closed")]
    UnclosedVerbatim,
    /// `costs 5 $`. The span is the character.
    #[error("a template cannot end in `{sigil}`")]
    TrailingSigil {
        /// `$` or `#`
        sigil: char,
    },
    /// `#set($list = [a, b])`. The span is the word.
    #[error("`{word}` is neither a value nor a reference")]
    BareWord {
        /// The word
        word: String,
    },
    /// `['a'..'b']`. The span is the end that is wrong.
    #[error("the ends of a range are integers or references")]
    RangeEnd,
    /// `"\u00g1"`. The span is the escape.
    #[error("`\\u` is followed by four hexadecimal digits")]
    UnicodeEscape,
    /// `#foreach($x of)`. The span is the argument.
    #[error("argument {position} of `#{directive}` is wrong")]
    Argument {
        /// The name of the directive
        directive: String,
        /// From 1
        position: usize,
        /// What is wrong with it
        reason: &'static str,
    },
    /// More than 100 `(`, `[` and `{` of one directive or reference are open at once.
    #[error("more than 100 brackets are open at once")]
    BracketsTooDeep,
    /// More than 300 operators in one expression.
    #[error("an expression has more than 300 operators")]
    TooManyOperators,
    /// More than 200 blocks in one another.
    #[error("more than 200 blocks are open at once")]
    BlocksTooDeep,
    /// The template is larger than [`crate::Limits::template_bytes`].
    #[error("the template has {bytes} bytes, more than {limit}")]
    TemplateTooLarge {
        /// Its size
        bytes: usize,
        /// The limit
        limit: usize,
    },
    /// A method threw an exception. The span is the call.
    #[error("`{method}` of {class} failed: {message}")]
    Method {
        /// The method, as written
        method: String,
        /// The Java class of the object
        class: &'static str,
        /// The Java class of the exception
        exception: &'static str,
        /// What Java says
        message: String,
    },
    /// `$list[9]`. The span is the index.
    #[error("index {index} is out of range for {size} items")]
    Index {
        /// The index as it was given
        index: i64,
        /// How many items there are
        size: usize,
    },
    /// Anything else that ends a render in Velocity. The span is what was being rendered.
    #[error("{0}")]
    Runtime(String),
    /// More steps than [`crate::Limits::steps`].
    #[error("the template ran for more than {0} steps")]
    StepLimit(u64),
    /// More output than [`crate::Limits::output_bytes`].
    #[error("the output is larger than {0} bytes")]
    OutputLimit(usize),
    /// More rounds than [`crate::Limits::foreach_rounds`], where the limit is set to fail.
    #[error("`#foreach` ran for more than {0} rounds")]
    ForeachLimit(usize),
    /// `#define` and macros in one another, deeper than a render follows.
    #[error("the template calls itself more than {0} deep")]
    DepthLimit(usize),
    /// A body that json-smart refuses. The span is the call that wanted to read it.
    #[error("the payload is not JSON that can be read: {0}")]
    Payload(String),
    /// `$input.path('$.a[')`. The span is the call.
    #[error("not a JSONPath: {0}")]
    JsonPath(String),
    /// A defect of transom.
    #[error("transom is wrong here: {0}")]
    Internal(&'static str),
}

struct Expected<'a>(&'a [&'static str]);

impl fmt::Display for Expected<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, word) in self.0.iter().enumerate() {
            let glue = match i {
                0 => "; expected ",
                _ if i + 1 == self.0.len() => " or ",
                _ => ", ",
            };
            write!(f, "{glue}{word}")?;
        }
        Ok(())
    }
}

impl Error {
    /// All codes, in the order of [`ErrorKind`]. More may come with any version.
    pub const CODES: &'static [&'static str] = &[
        "syntax",
        "unclosed-directive",
        "unopened-directive",
        "unclosed-string",
        "unclosed-bracket",
        "unclosed-verbatim",
        "trailing-sigil",
        "bare-word",
        "range-end",
        "unicode-escape",
        "directive-argument",
        "brackets-too-deep",
        "too-many-operators",
        "blocks-too-deep",
        "template-too-large",
        "method-failed",
        "index-out-of-range",
        "render-failed",
        "step-limit",
        "output-limit",
        "foreach-limit",
        "depth-limit",
        "payload",
        "jsonpath",
        "internal",
    ];

    #[cold]
    pub(crate) fn new(kind: ErrorKind, span: Span) -> Error {
        let error = Error(Box::new(Repr { kind, span, related: None }));
        debug_assert!(Error::CODES.contains(&error.code()), "{} is not in CODES", error.code());
        error
    }

    #[cold]
    pub(crate) fn with_related(mut self, span: Span, what: &'static str) -> Error {
        self.0.related = Some((span, what));
        self
    }

    /// What went wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// Where.
    pub fn span(&self) -> Span {
        self.0.span
    }

    /// A second place that explains the first, and how it does.
    pub fn related(&self) -> Option<(Span, &'static str)> {
        self.0.related
    }

    /// Whether the template was refused before anything was rendered.
    pub fn is_syntax(&self) -> bool {
        !matches!(
            self.kind(),
            ErrorKind::Method { .. }
                | ErrorKind::Index { .. }
                | ErrorKind::Runtime(_)
                | ErrorKind::StepLimit(_)
                | ErrorKind::OutputLimit(_)
                | ErrorKind::ForeachLimit(_)
                | ErrorKind::DepthLimit(_)
                | ErrorKind::Payload(_)
                | ErrorKind::JsonPath(_)
        )
    }

    /// Who can do something about it.
    pub fn fault(&self) -> Fault {
        match self.kind() {
            ErrorKind::Method { .. } | ErrorKind::Index { .. } | ErrorKind::Payload(_) => {
                Fault::Input
            }
            ErrorKind::StepLimit(_)
            | ErrorKind::OutputLimit(_)
            | ErrorKind::ForeachLimit(_)
            | ErrorKind::Internal(_) => Fault::Host,
            _ => Fault::Author,
        }
    }

    /// A stable name, for tools: `unclosed-directive`. `docs/errors.md` has a chapter for each.
    pub fn code(&self) -> &'static str {
        match self.kind() {
            ErrorKind::Syntax { .. } => "syntax",
            ErrorKind::Unclosed { .. } => "unclosed-directive",
            ErrorKind::Unopened { .. } => "unopened-directive",
            ErrorKind::UnclosedString => "unclosed-string",
            ErrorKind::UnclosedBracket { .. } => "unclosed-bracket",
            ErrorKind::UnclosedVerbatim => "unclosed-verbatim",
            ErrorKind::TrailingSigil { .. } => "trailing-sigil",
            ErrorKind::BareWord { .. } => "bare-word",
            ErrorKind::RangeEnd => "range-end",
            ErrorKind::UnicodeEscape => "unicode-escape",
            ErrorKind::Argument { .. } => "directive-argument",
            ErrorKind::BracketsTooDeep => "brackets-too-deep",
            ErrorKind::TooManyOperators => "too-many-operators",
            ErrorKind::BlocksTooDeep => "blocks-too-deep",
            ErrorKind::TemplateTooLarge { .. } => "template-too-large",
            ErrorKind::Method { .. } => "method-failed",
            ErrorKind::Index { .. } => "index-out-of-range",
            ErrorKind::Runtime(_) => "render-failed",
            ErrorKind::StepLimit(_) => "step-limit",
            ErrorKind::OutputLimit(_) => "output-limit",
            ErrorKind::ForeachLimit(_) => "foreach-limit",
            ErrorKind::DepthLimit(_) => "depth-limit",
            ErrorKind::Payload(_) => "payload",
            ErrorKind::JsonPath(_) => "jsonpath",
            ErrorKind::Internal(_) => "internal",
        }
    }

    /// What to do about it, where that can be said.
    pub fn help(&self) -> Option<&'static str> {
        Some(match self.kind() {
            ErrorKind::Syntax { hint, .. } => return *hint,
            ErrorKind::Unclosed { .. } => {
                "add the `#end`; letters behind it hide it (`#endif` is text), `#{end}if` does not"
            }
            ErrorKind::Unopened { directive: "end" } => {
                "remove it, or look for the `#if` or `#foreach` before it that is text: `#else if`, `# if`, `#iffy`"
            }
            ErrorKind::Unopened { .. } => {
                "only an open `#if` has branches; write `#elseif(…)` in one word"
            }
            ErrorKind::UnclosedString => {
                "a quote inside a string is doubled: \"\" or ''; `\\` escapes nothing"
            }
            ErrorKind::UnclosedVerbatim => "close it with `]]#`",
            ErrorKind::TrailingSigil { .. } => {
                "put any character behind it, a line end for example; API Gateway refuses the template too"
            }
            ErrorKind::BareWord { .. } => "put a text in quotes, and a `$` before a variable",
            ErrorKind::Argument { reason, .. } => reason,
            ErrorKind::StepLimit(_) | ErrorKind::OutputLimit(_) | ErrorKind::ForeachLimit(_) => {
                "the limit is a setting of the host"
            }
            ErrorKind::TemplateTooLarge { .. } => {
                "API Gateway takes mapping templates of up to 300 KB"
            }
            _ => return None,
        })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.kind.fmt(f)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error").field("kind", &self.0.kind).field("span", &self.0.span).finish()
    }
}

impl std::error::Error for Error {}
