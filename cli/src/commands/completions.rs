//! `transom completions`: a script that a shell reads.

use clap::CommandFactory;

use crate::args::{Arguments, CompletionsArguments};
use crate::console::Console;
use crate::stop::Stop;

/// Prints the script.
pub(crate) fn run(arguments: &CompletionsArguments, console: &mut Console<'_>) -> Result<u8, Stop> {
    // clap_complete panics when it cannot write, so it writes into memory.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "transom", &mut script);
    console.stdout.write_all(&script)?;
    Ok(0)
}
