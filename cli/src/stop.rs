//! Why a command ends before its work is done.

use std::io;

use crate::diagnostic::Diagnostic;

/// Each has its exit code, in `run`.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The command line is wrong, or asked for help
    Usage(clap::Error),
    /// A file or a document is wrong
    Input(Box<Diagnostic>),
    /// Standard output is closed or full
    Stream(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Stop {
        Stop::Stream(error)
    }
}

impl From<Box<Diagnostic>> for Stop {
    fn from(diagnostic: Box<Diagnostic>) -> Stop {
        Stop::Input(diagnostic)
    }
}

impl From<Diagnostic> for Stop {
    fn from(diagnostic: Diagnostic) -> Stop {
        Stop::Input(Box::new(diagnostic))
    }
}
