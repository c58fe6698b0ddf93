//! Files and standard input, and the JSON in them; whatever is wrong with them has a place.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use clap::CommandFactory;
use clap::error::ErrorKind;
use serde_json::Value;
use serde_json::value::RawValue;
use transom::Span;

use crate::args::Arguments;
use crate::diagnostic::{Diagnostic, Source};
use crate::stop::Stop;

/// Whether a path means standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// What a file is called in messages.
pub(crate) fn name(path: &Path) -> String {
    if is_stdin(path) { "<stdin>".to_owned() } else { path.display().to_string() }
}

/// The bytes of a file, or of standard input for `-`.
pub(crate) fn read_bytes(path: &Path, stdin: &mut dyn Read) -> Result<Vec<u8>, Box<Diagnostic>> {
    let mut bytes = Vec::new();
    let read =
        if is_stdin(path) { stdin.read_to_end(&mut bytes).map(|_| bytes) } else { fs::read(path) };
    read.map_err(|error| unreadable(path, &error))
}

/// A file that cannot be read.
pub(crate) fn unreadable(path: &Path, error: &io::Error) -> Box<Diagnostic> {
    let name = name(path);
    let reason = error.to_string();
    // The number says nothing that the words do not.
    let reason = reason.split(" (os error").next().unwrap_or_default();
    let found = Diagnostic::input(
        format!("cannot read `{name}`: {reason}"),
        Source { name, text: String::new() },
        None,
    );
    match error.kind() {
        io::ErrorKind::IsADirectory => {
            found.with_help("name the files in it, for example with DIRECTORY/*.vtl")
        }
        io::ErrorKind::NotFound => {
            found.with_help("a path starts from the current directory; `-` is standard input")
        }
        _ => found,
    }
}

/// A text, which has to be UTF-8.
pub(crate) fn read_text(path: &Path, stdin: &mut dyn Read) -> Result<Source, Box<Diagnostic>> {
    let name = name(path);
    String::from_utf8(read_bytes(path, stdin)?)
        .map(|text| Source { name: name.clone(), text })
        .map_err(|error| {
            let place = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let span = Span::new(place, place + char::REPLACEMENT_CHARACTER.len_utf8());
            Diagnostic::input("this is not UTF-8".to_owned(), Source { name, text }, Some(span))
                .with_help("save the file as UTF-8")
        })
}

/// A JSON document with its text, which later errors point into.
pub(crate) struct Json {
    pub(crate) source: Source,
    pub(crate) value: Value,
}

/// A JSON document. A byte order mark is no part of it.
pub(crate) fn read_json(path: &Path, stdin: &mut dyn Read) -> Result<Json, Box<Diagnostic>> {
    let mut source = read_text(path, stdin)?;
    if source.text.starts_with('\u{feff}') {
        source.text.drain(..'\u{feff}'.len_utf8());
    }
    match serde_json::from_str(&source.text) {
        Ok(value) => Ok(Json { source, value }),
        Err(error) => {
            let span = json_span(&source.text, &error);
            let message = format!("this is not JSON: {}", json_reason(&error));
            Err(Diagnostic::input(message, source, Some(span)))
        }
    }
}

/// What serde_json says without the place, which is shown in another way.
pub(crate) fn json_reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rfind(" at line ") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}

/// serde_json counts lines at `\n` and columns in bytes, and puts an end of file behind the last character.
fn json_span(text: &str, error: &serde_json::Error) -> Span {
    let line: usize =
        text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let at = line + error.column().saturating_sub(1);
    let start = boundary(text, if error.is_eof() { text.trim_end().len() } else { at });
    let length = text[start..]
        .chars()
        .next()
        .filter(|c| !matches!(c, '\r' | '\n'))
        .map_or(0, char::len_utf8);
    Span::new(start, start + length)
}

/// The end of the last whole character that ends at `at` or before it.
pub(crate) fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}

impl Json {
    /// An error about one member: `member` is its path from the root.
    pub(crate) fn wrong(self, member: &[&str], message: &str) -> Box<Diagnostic> {
        let span = locate(&self.source.text, member);
        let message = if member.is_empty() {
            message.to_owned()
        } else {
            format!("`{}` {message}", member.join("."))
        };
        Diagnostic::input(message, self.source, Some(span))
    }
}

/// The place of a member's value; serde_json's values do not know it, raw ones are slices of the text.
fn locate(text: &str, member: &[&str]) -> Span {
    let mut here = text.trim();
    for name in member {
        match serde_json::from_str::<HashMap<String, &RawValue>>(here)
            .ok()
            .and_then(|all| all.get(*name).map(|raw| raw.get()))
        {
            Some(inner) => here = inner,
            None => break,
        }
    }
    let start = here.as_ptr() as usize - text.as_ptr() as usize;
    Span::new(start, start + here.len())
}

/// Two inputs cannot both be standard input.
pub(crate) fn one_stdin(command: &str, inputs: &[(&str, Option<&Path>)]) -> Result<(), Stop> {
    let from_stdin: Vec<&str> = inputs
        .iter()
        .filter(|(_, path)| path.is_some_and(is_stdin))
        .map(|(name, _)| *name)
        .collect();
    if from_stdin.len() < 2 {
        return Ok(());
    }
    let message = format!("{} cannot both be standard input (-)", from_stdin.join(" and "));
    let mut root = Arguments::command();
    root.build();
    let error = match root.find_subcommand_mut(command) {
        Some(sub) => sub.error(ErrorKind::ArgumentConflict, message),
        None => root.error(ErrorKind::ArgumentConflict, message),
    };
    Err(Stop::Usage(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_is_found_in_the_text() {
        let text = "\n {\"a\": 1, \"b\" : {\"c\": [ 2 ]}}";
        assert_eq!(&text[locate(text, &["b", "c"]).range()], "[ 2 ]");
        assert_eq!(&text[locate(text, &["a"]).range()], "1");
        assert_eq!(locate(text, &[]).range().start, 2);
    }
}
