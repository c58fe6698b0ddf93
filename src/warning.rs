//! What is likely not what the author meant, though API Gateway renders it.

use std::fmt;

use crate::Span;

/// How sure it is that a piece of a template is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// It may well be meant so; there is a safer way to write it.
    Hint,
    /// It does something else than it looks like.
    Warning,
}

/// Something in a template that API Gateway reads differently than it looks.
///
/// ```
/// let template = transom::Template::new("$context.reqestId")?;
/// let warning = &template.warnings()[0];
/// assert_eq!(warning.code(), "unknown-context");
/// assert_eq!(warning.to_string(), "`$context` has no `reqestId`");
/// assert_eq!(warning.help(), Some("did you mean `requestId`?"));
/// # Ok::<(), transom::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Warning {
    code: &'static str,
    severity: Severity,
    span: Span,
    message: String,
    help: Option<String>,
}

impl Warning {
    /// All codes, in the order of the alphabet. More may come with any version.
    pub const CODES: &'static [&'static str] = &[
        "always-false",
        "always-true",
        "appsync-only",
        "backslash-escape",
        "bare-argument",
        "comment-in-text",
        "doubled-quote",
        "else-if",
        "foreach-word",
        "glued-name",
        "ignored-macro",
        "invalid-jsonpath",
        "java-object",
        "json-apostrophe",
        "json-in-quotes",
        "lost-text",
        "member-of-text",
        "missing-is-true",
        "misspelt-directive",
        "not-a-list",
        "not-called",
        "odd-set-target",
        "outside-loop",
        "parameter-mapping",
        "printed-comment",
        "text-arithmetic",
        "text-order",
        "trailing-comma",
        "unencoded-form",
        "unescaped-in-json",
        "unknown-context",
        "unknown-foreach",
        "unknown-input",
        "unknown-method",
        "unknown-util",
        "unset-variable",
        "unsupported-directive",
        "wrong-arguments",
    ];

    pub(crate) fn new(code: &'static str, span: Span, message: impl Into<String>) -> Warning {
        debug_assert!(Warning::CODES.contains(&code), "{code} is not in CODES");
        let (severity, message) = (Severity::Warning, message.into());
        Warning { code, severity, span, message, help: None }
    }

    pub(crate) fn hint(code: &'static str, span: Span, message: impl Into<String>) -> Warning {
        Warning { severity: Severity::Hint, ..Warning::new(code, span, message) }
    }

    pub(crate) fn with_help(mut self, help: impl Into<String>) -> Warning {
        self.help = Some(help.into());
        self
    }

    /// A stable name, for tools: `unknown-context`. `docs/warnings.md` has a chapter for each.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// How sure it is.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// Where.
    pub fn span(&self) -> Span {
        self.span
    }

    /// What to do about it, where that can be said.
    pub fn help(&self) -> Option<&str> {
        self.help.as_deref()
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Debug for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {:?}: {}", self.code, self.span.range(), self.message)
    }
}
