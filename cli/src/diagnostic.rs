//! One finding, whoever made it: the library about a template, or the command line about a file.

use std::rc::Rc;

use transom::{Error, Note, Span, Warning};

/// A text that findings point into.
#[derive(Debug)]
pub(crate) struct Source {
    /// The file's path, or a word like `<stdin>`
    pub(crate) name: String,
    pub(crate) text: String,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Severity {
    Error,
    Warning,
    /// It may be meant so
    Hint,
    /// About a render, not about the template
    Note,
}

impl Severity {
    /// As people and JSON call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
            Severity::Note => "note",
        }
    }
}

/// What is wrong, where, and what to do.
#[derive(Clone, Debug)]
pub(crate) struct Diagnostic {
    pub(crate) severity: Severity,
    /// A stable name: `unclosed-directive`
    pub(crate) kind: &'static str,
    pub(crate) message: String,
    pub(crate) source: Rc<Source>,
    /// Absent for a file that cannot be read
    pub(crate) span: Option<Span>,
    pub(crate) related: Option<(Span, &'static str)>,
    pub(crate) help: Option<String>,
    pub(crate) aws_words: Option<String>,
}

/// A span as people count it, from 1; the end is the first character behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Region {
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) end_line: usize,
    pub(crate) end_column: usize,
}

impl Source {
    /// Lines and columns of a span.
    pub(crate) fn region(&self, span: Span) -> Region {
        let start = span.position(&self.text);
        let end = Span { start: span.end.max(span.start), end: span.end }.position(&self.text);
        Region {
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}

impl Diagnostic {
    fn new(
        severity: Severity,
        kind: &'static str,
        message: String,
        source: &Rc<Source>,
        span: Span,
    ) -> Diagnostic {
        let source = Rc::clone(source);
        Diagnostic {
            severity,
            kind,
            message,
            source,
            span: Some(span),
            related: None,
            help: None,
            aws_words: None,
        }
    }

    /// An error of the library, with API Gateway's words for it if they are wanted.
    pub(crate) fn error(error: &Error, source: &Rc<Source>, aws_words: bool) -> Diagnostic {
        Diagnostic {
            related: error.related(),
            help: error.help().map(str::to_owned),
            aws_words: aws_words.then(|| error.in_velocity_words(&source.text, &source.name)),
            ..Diagnostic::new(
                Severity::Error,
                error.code(),
                error.to_string(),
                source,
                error.span(),
            )
        }
    }

    /// A warning of the library.
    pub(crate) fn warning(warning: &Warning, source: &Rc<Source>) -> Diagnostic {
        let severity = match warning.severity() {
            transom::Severity::Hint => Severity::Hint,
            transom::Severity::Warning => Severity::Warning,
        };
        let message = warning.to_string();
        let found = Diagnostic::new(severity, warning.code(), message, source, warning.span());
        Diagnostic { help: warning.help().map(str::to_owned), ..found }
    }

    /// Something a render wants to be known.
    pub(crate) fn note(note: &Note, source: &Rc<Source>) -> Diagnostic {
        Diagnostic::new(Severity::Note, "note", note.message.clone(), source, note.span)
    }

    /// Something wrong with a file that is not the template's language: it cannot be read, or is not the JSON that is wanted.
    pub(crate) fn input(message: String, source: Source, span: Option<Span>) -> Box<Diagnostic> {
        let found =
            Diagnostic::new(Severity::Error, "input", message, &Rc::new(source), Span::default());
        Box::new(Diagnostic { span, ..found })
    }

    /// Something wrong with a file that other messages point into as well.
    pub(crate) fn at(
        source: &Rc<Source>,
        span: Span,
        message: String,
        help: Option<String>,
    ) -> Diagnostic {
        Diagnostic { help, ..Diagnostic::new(Severity::Error, "input", message, source, span) }
    }

    /// Adds what to do about it.
    pub(crate) fn with_help(mut self: Box<Self>, help: impl Into<String>) -> Box<Diagnostic> {
        self.help = Some(help.into());
        self
    }

    /// Where it is, as people count.
    pub(crate) fn region(&self) -> Option<Region> {
        self.span.map(|span| self.source.region(span))
    }
}
