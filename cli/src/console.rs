//! The streams a command talks to, and what is known about the terminals behind them.

use std::env;
use std::io::{IsTerminal, Read, Write};

use clap::ColorChoice;

/// Standard input, output and error, or whatever a test puts in their place.
pub(crate) struct Console<'a> {
    pub(crate) stdin: &'a mut dyn Read,
    pub(crate) stdout: &'a mut (dyn Write + Send),
    pub(crate) stderr: &'a mut dyn Write,
    pub(crate) stdout_look: Look,
    pub(crate) stderr_look: Look,
}

/// How text on one stream may look.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Look {
    pub(crate) terminal: bool,
    pub(crate) colour: bool,
    /// Columns, where a terminal says so
    pub(crate) width: Option<usize>,
}

impl Look {
    /// Colour only on a terminal that has it, and not where <https://no-color.org> is asked for.
    pub(crate) fn of(stream: &(impl IsTerminal + AsStream)) -> Look {
        let terminal = stream.is_terminal();
        let unwanted = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = env::var_os("TERM").is_some_and(|value| value == "dumb");
        let width = terminal.then(|| stream.columns()).flatten();
        Look { terminal, colour: terminal && !unwanted && !dumb, width }
    }
}

/// A stream that can be asked for its width.
pub(crate) trait AsStream {
    /// Columns of the terminal behind it.
    fn columns(&self) -> Option<usize>;
}

#[cfg(unix)]
impl<T: std::os::fd::AsFd> AsStream for T {
    fn columns(&self) -> Option<usize> {
        terminal_size::terminal_size_of(self).map(|(width, _)| usize::from(width.0))
    }
}

#[cfg(windows)]
impl<T: std::os::windows::io::AsHandle> AsStream for T {
    fn columns(&self) -> Option<usize> {
        terminal_size::terminal_size_of(self).map(|(width, _)| usize::from(width.0))
    }
}

impl Console<'_> {
    /// Obeys `--color`.
    pub(crate) fn colour(&mut self, choice: ColorChoice) {
        for look in [&mut self.stdout_look, &mut self.stderr_look] {
            match choice {
                ColorChoice::Auto => {}
                ColorChoice::Always => look.colour = true,
                ColorChoice::Never => look.colour = false,
            }
        }
    }
}
