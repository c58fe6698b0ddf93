//! What went wrong while parsing, in the author's words: what was found, what could stand there, and what to do.

use pest::error::{Error as PestError, ErrorVariant, InputLocation};

use super::Rule;
use super::scanner::Scanner;
use crate::{Error, ErrorKind};

const INDEX: &str = "an index is an integer, a string in quotes or a reference: `$list[0]`, `$map['key']`, `$map[$key]`; write \
                     `${name}[` if the bracket is text";

/// The error for a character that cannot stand at `at`, between pieces.
#[cold]
pub(super) fn unexpected(scanner: &Scanner<'_, '_>, at: usize) -> Error {
    let found = token(&scanner.source[at..]);
    let hint = match found {
        "[" => Some(INDEX),
        _ => None,
    };
    let span = scanner.span(at, at + found.len());
    Error::new(ErrorKind::Syntax { found: shown(found), expected: Vec::new(), hint }, span)
}

/// The error for a piece that the grammar refuses.
#[cold]
pub(super) fn syntax(scanner: &Scanner<'_, '_>, rule: Rule, error: &PestError<Rule>) -> Error {
    let rest = scanner.rest();
    let start = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at.min(rest.len()),
    };
    // A blank is never what is wrong, but what stands behind it.
    let start = rest.len() - rest[start..].trim_start_matches([' ', '\t', '\r', '\n']).len();
    let expected = match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => expected(positives),
        ErrorVariant::CustomError { .. } => Vec::new(),
    };
    let span = |start: usize, end: usize| scanner.span(scanner.at + start, scanner.at + end);
    match rule {
        Rule::line_comment | Rule::block_comment => {
            // Only a `$` or `#` as the last character of the template makes a comment fail.
            let sigil = rest.chars().next_back().unwrap_or('$');
            return Error::new(
                ErrorKind::TrailingSigil { sigil },
                span(rest.len().saturating_sub(1), rest.len()),
            );
        }
        Rule::textblock => return Error::new(ErrorKind::UnclosedVerbatim, span(0, 3)),
        _ => {}
    }
    if starts_unclosed_string(&rest[start..]) {
        return Error::new(ErrorKind::UnclosedString, span(start, start + 1));
    }
    if start == rest.len()
        && let Some(open) = last_open(rest)
    {
        let bracket = char::from(rest.as_bytes()[open]);
        return Error::new(ErrorKind::UnclosedBracket { bracket }, span(open, open + 1));
    }
    let found = token(&rest[start..]);
    let hint = hint(rule, &rest[..start], &rest[start..]);
    Error::new(
        ErrorKind::Syntax { found: shown(found), expected, hint },
        span(start, start + found.len()),
    )
}

/// The token at the beginning of a text, as a reader would cut it.
fn token(text: &str) -> &str {
    let Some(first) = text.chars().next() else { return "" };
    let length = if first.is_alphanumeric() || first == '_' {
        text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len())
    } else if ["&&", "||", "==", "!=", "<=", ">=", "..", "\\\""].iter().any(|o| text.starts_with(o))
    {
        2
    } else {
        first.len_utf8()
    };
    &text[..length]
}

fn shown(found: &str) -> String {
    match found {
        "" => "the end of the template".to_owned(),
        "\n" | "\r" | "\r\n" => "the end of the line".to_owned(),
        " " => "a blank".to_owned(),
        "\t" => "a tab".to_owned(),
        other => format!("`{other}`"),
    }
}

/// Whether a string begins here that never ends.
fn starts_unclosed_string(text: &str) -> bool {
    let quote = text.chars().next().filter(|c| *c == '"' || *c == '\'');
    quote.is_some_and(|q| !text[1..].contains(q))
}

/// The innermost bracket that is still open at the end of the text.
fn last_open(text: &str) -> Option<usize> {
    let mut open = Vec::new();
    let mut quote = None;
    for (i, b) in text.bytes().enumerate() {
        match (quote, b) {
            (Some(q), b) if b == q => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') if !open.is_empty() => quote = Some(b),
            (None, b'(' | b'[' | b'{') => open.push(i),
            (None, b')' | b']' | b'}') => {
                open.pop();
            }
            _ => {}
        }
    }
    open.pop()
}

/// What the grammar would have taken, in words, without repetition.
fn expected(rules: &[Rule]) -> Vec<&'static str> {
    let mut words: Vec<&'static str> = Vec::new();
    for rule in rules {
        let word = match rule {
            Rule::expression
            | Rule::string
            | Rule::integer
            | Rule::float
            | Rule::boolean
            | Rule::map
            | Rule::brackets => "a value",
            Rule::reference | Rule::sigils => "a reference",
            Rule::parentheses => "`(`",
            Rule::or
            | Rule::and
            | Rule::equal
            | Rule::not_equal
            | Rule::less
            | Rule::less_equal
            | Rule::greater
            | Rule::greater_equal
            | Rule::plus
            | Rule::minus
            | Rule::times
            | Rule::divide
            | Rule::modulo => "an operator",
            Rule::to => "`..`",
            Rule::call_end | Rule::close => "`)`",
            Rule::list_end | Rule::index_end => "`]`",
            Rule::map_end | Rule::path_end => "`}`",
            Rule::assign => "`=`",
            Rule::index => "`[`",
            Rule::name | Rule::property | Rule::method | Rule::bare_name => "a name",
            Rule::condition | Rule::condition_start => "`(` and a condition",
            Rule::argument_word | Rule::word | Rule::braced_word => "a word",
            _ => continue,
        };
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// What the author probably meant. `before` is the piece up to the place, `at` what stands there.
fn hint(rule: Rule, before: &str, at: &str) -> Option<&'static str> {
    let trimmed = before.trim_end();
    let last = trimmed.chars().next_back();
    if trimmed.ends_with("\\\"") || at.starts_with("\\\"") {
        return Some(
            "`\\\"` does not escape a quote in VTL: double it (`\"\"`), or put the string in single quotes",
        );
    }
    if matches!(rule, Rule::directive_arguments)
        && at.starts_with(['=', '<', '>', '!', '&', '|', '+', '*', '/', '%'])
    {
        return Some(
            "only `#if`, `#elseif` and `#set` take an expression: is the name before the `(` misspelt?",
        );
    }
    if at.starts_with('-') && at[1..].starts_with(|c: char| c.is_ascii_digit()) {
        return Some(
            "`-1` is a number here, not a subtraction: put a blank behind the minus (`$n - 1`)",
        );
    }
    if at.starts_with('-') && matches!(last, None | Some('(' | '=' | '[' | ',')) {
        return Some(
            "VTL has no unary minus: write `0 - $x`, or the minus right before the digits",
        );
    }
    if at.starts_with(')') && last == Some('(') && matches!(rule, Rule::path | Rule::braced_path) {
        return Some(
            "a call without arguments has nothing between its parentheses, not even a blank",
        );
    }
    if at.starts_with("true") || at.starts_with("false") {
        return Some("`true` and `false` are no names");
    }
    if last == Some('[') && matches!(rule, Rule::path | Rule::braced_path) {
        return Some(INDEX);
    }
    if at.starts_with("null") && !matches!(last, Some('.' | '$')) {
        return Some("VTL has no `null`: compare with an undefined reference such as `$null`");
    }
    if at.starts_with('=') && matches!(rule, Rule::condition) {
        return Some("to compare, write `==`");
    }
    if at.starts_with('?') {
        return Some("VTL has no `? :`; use `#if(…)…#else…#end`");
    }
    if at.starts_with('&') || at.starts_with('|') {
        return Some("the operators are `&&` and `||`, or `and` and `or`");
    }
    if at.starts_with('.') && matches!(last, Some('\'' | '"' | ']' | '}' | ')' | '0'..='9')) {
        return Some(
            "only a reference has methods: `#set` the value to a variable first, then call the method on it",
        );
    }
    if at.starts_with(['+', '*', '/', '%', '-', '<', '>', '=', '!'])
        && matches!(rule, Rule::path | Rule::braced_path)
    {
        return Some(
            "arguments of a method cannot be calculated in place: `#set` the value to a variable first",
        );
    }
    if matches!(rule, Rule::condition) && before.trim().is_empty() && !at.starts_with('(') {
        return Some("the condition stands in parentheses: `#if($x)`");
    }
    if at.starts_with(',') && matches!(last, Some(',' | '[' | '{'))
        || at.starts_with([']', '}']) && last == Some(',')
    {
        return Some("VTL allows no trailing comma");
    }
    if matches!(rule, Rule::set) && at.starts_with("==") {
        return Some("`#set` takes one `=`");
    }
    if matches!(rule, Rule::set)
        && !trimmed.contains('=')
        && !trimmed.ends_with(char::is_alphanumeric)
        && !at.starts_with('$')
    {
        return Some("the left side of `#set` is a reference: `#set($name = …)`");
    }
    if at.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Some("a text stands in quotes, a variable has a `$`");
    }
    None
}
