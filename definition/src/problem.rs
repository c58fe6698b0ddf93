//! What is wrong with a definition: where, what, and what to do.

use transom::Severity;

use crate::source::Place;

/// A finding.
#[derive(Clone, Debug)]
pub struct Problem {
    /// None for an error
    pub severity: Option<Severity>,
    /// A stable name: `unclosed-directive`, `yaml`, `configuration`, …
    pub code: &'static str,
    /// What is wrong
    pub message: String,
    /// Where
    pub place: Place,
    /// A second place, and what it has to do with the first
    pub related: Option<(Place, &'static str)>,
    /// What to do
    pub help: Option<String>,
}

impl Problem {
    /// An error.
    pub fn error(code: &'static str, place: &Place, message: impl Into<String>) -> Problem {
        let (place, message) = (place.clone(), message.into());
        Problem { severity: None, code, message, place, related: None, help: None }
    }

    /// A warning.
    pub fn warning(code: &'static str, place: &Place, message: impl Into<String>) -> Problem {
        Problem { severity: Some(Severity::Warning), ..Problem::error(code, place, message) }
    }

    /// Adds what to do.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Problem {
        self.help = Some(help.into());
        self
    }

    /// Whether it is an error.
    pub fn is_error(&self) -> bool {
        self.severity.is_none()
    }
}
