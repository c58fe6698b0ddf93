//! Errors in the words of Velocity's parser, as API Gateway's logs show them.

use crate::{Error, ErrorKind};

impl Error {
    /// The error as Velocity words it: `Encountered "#end" at template[line 2, column 1]`.
    ///
    /// The first line names the token and its place, counted as Velocity counts: from 1, a tab up to the next multiple
    /// of 8. The list of what was expected, which Velocity appends to a syntax error, is not given.
    ///
    /// ```
    /// let source = "a\n#end";
    /// let error = transom::Template::new(source).unwrap_err();
    /// assert_eq!(error.in_velocity_words(source, "template"), "Encountered \"#end\" at template[line 2, column 1]");
    /// ```
    pub fn in_velocity_words(&self, source: &str, name: &str) -> String {
        let (at, token) = self.velocity_token(source);
        let (line, column) = velocity_position(source, at);
        let place = format!("at {name}[line {line}, column {column}]");
        match self.kind() {
            ErrorKind::TrailingSigil { .. } | ErrorKind::UnclosedVerbatim => {
                format!(
                    "Lexical error,   Encountered: <EOF> after : \"\" at *unset*[line {line}, column {column}]"
                )
            }
            ErrorKind::UnclosedString => {
                format!("Lexical error,   Encountered: <EOF> after : \"{}\" {place}", escape(token))
            }
            ErrorKind::Argument { directive, position, .. } => {
                format!("Invalid arg #{} in directive #{directive} {place}", position - 1)
            }
            ErrorKind::Method { method, class, exception, message } => {
                format!(
                    "Invocation of method '{method}' in  class {class} threw exception {exception}: {message} {place}"
                )
            }
            ErrorKind::Index { .. } => format!(
                "Error invoking method 'get(java.lang.Integer)' in java.util.ArrayList {place}"
            ),
            _ if self.is_syntax() => format!("Encountered \"{}\" {place}", escape(token)),
            other => format!("{other} {place}"),
        }
    }

    /// Where Velocity stopped, and the token that it could not use there.
    fn velocity_token<'s>(&self, source: &'s str) -> (usize, &'s str) {
        match self.kind() {
            // A block that is never closed is noticed at the last character.
            ErrorKind::Unclosed { .. } | ErrorKind::UnclosedBracket { .. } => {
                (source.char_indices().next_back().map_or(0, |(i, _)| i), "<EOF>")
            }
            _ => (self.span().start as usize, source.get(self.span().range()).unwrap_or_default()),
        }
    }
}

/// Line and column as JavaCC counts them.
fn velocity_position(source: &str, at: usize) -> (usize, usize) {
    let (mut line, mut column) = (1, 0);
    let mut characters = source.char_indices().peekable();
    while let Some((i, c)) = characters.next() {
        column += 1;
        if c == '\t' {
            column = (column - 1) / 8 * 8 + 8;
        }
        if i >= at {
            break;
        }
        if c == '\n' || c == '\r' && characters.peek().is_none_or(|(_, next)| *next != '\n') {
            line += 1;
            column = 0;
        }
    }
    (line, column.max(1))
}

/// JavaCC's escapes in a token's image.
fn escape(token: &str) -> String {
    let mut out = String::new();
    for c in token.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '"' => out.push_str("\\\""),
            '\'' => out.push_str("\\'"),
            '\\' => out.push_str("\\\\"),
            c => out.push(c),
        }
    }
    out
}
