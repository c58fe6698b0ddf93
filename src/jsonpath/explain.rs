//! What to tell about a text that the grammar refuses.

use crate::jsonpath::path::PathError;

/// Says what is wrong, where, and what to write instead. `offset` is where the grammar gave up.
pub(super) fn explain(text: &str, offset: usize) -> PathError {
    let whole = open_in(text);
    if let Some(quote) = whole.quote {
        return PathError::new(quote, "this quote is never closed");
    }
    if let Some(&(at, bracket)) = whole.brackets.last() {
        return PathError::new(at, format!("this `{bracket}` is never closed"));
    }
    let around = open_in(text.get(..offset).unwrap_or_default());
    let rest = text.get(offset..).unwrap_or_default();
    let message = match around.brackets.last() {
        Some((_, '(')) if around.brackets.iter().any(|&(_, bracket)| bracket == '[') => {
            in_filter(rest)
        }
        Some((_, '(')) => {
            "an argument cannot be read here; it is a path or JSON, as in `concat(\"a\", $.b)`"
                .to_owned()
        }
        Some(&(open, _)) => in_bracket(&text[open + 1..]),
        None => in_steps(&text[..offset.min(text.len())], rest),
    };
    PathError::new(offset, message)
}

fn in_filter(rest: &str) -> String {
    match rest.chars().next() {
        Some(')' | '&' | '|') => {
            "a condition or a value is missing here; write one, as in `@.x > 1`".to_owned()
        }
        Some(found) => format!(
            "`{found}` cannot stand here; a filter compares a path with a value, as in `@.x > 1 && @.y == 'z'`"
        ),
        None => "the filter ends too early".to_owned(),
    }
}

fn in_bracket(content: &str) -> String {
    let content = content.split(']').next().unwrap_or_default();
    if content.starts_with('?') {
        return "a filter is one condition in parentheses, as in `[?(@.x > 1)]`".to_owned();
    }
    if content.contains(':') {
        return "a slice is written without blanks, as in `[1:3]`".to_owned();
    }
    "a bracket holds `'name'`, an index, a slice as in `[1:3]`, `*`, or a filter as in `[?(@.x > 1)]`".to_owned()
}

fn in_steps(before: &str, rest: &str) -> String {
    match rest.chars().next() {
        Some('.') if before.ends_with('.') => {
            "there are too many dots; `..` searches everything below".to_owned()
        }
        Some(' ') => {
            "a blank cannot stand here; write a name with blanks as `['two words']`".to_owned()
        }
        Some('[') => in_bracket(&rest[1..]),
        Some(found) if before.ends_with(['$', '@']) => {
            format!("`{found}` cannot follow the root; write `.` or `[` before it")
        }
        Some(found) => format!("`{found}` cannot stand here; a step starts with `.`, `..` or `[`"),
        None => "the path ends too early; write a name after the dots".to_owned(),
    }
}

#[derive(Default)]
struct Open {
    /// The place of a quote without its partner.
    quote: Option<usize>,
    brackets: Vec<(usize, char)>,
}

/// Finds what a text opens and does not close. Outside of brackets quotes and closing brackets are parts of names.
fn open_in(text: &str) -> Open {
    let mut open = Open::default();
    let mut chars = text.char_indices();
    while let Some((at, char)) = chars.next() {
        match (char, open.quote) {
            ('\\', Some(_)) => {
                chars.next();
            }
            (_, Some(start)) if text[start..].starts_with(char) => open.quote = None,
            (_, Some(_)) => {}
            ('[' | '(', None) => open.brackets.push((at, char)),
            ('\'' | '"', None) if !open.brackets.is_empty() => open.quote = Some(at),
            (']' | ')', None) => {
                let partner = if char == ']' { '[' } else { '(' };
                if open.brackets.last().is_some_and(|&(_, bracket)| bracket == partner) {
                    open.brackets.pop();
                }
            }
            _ => {}
        }
    }
    open
}

#[cfg(test)]
mod tests {
    use crate::jsonpath::Path;

    fn error(text: &str) -> (usize, String) {
        let error = Path::compile(text).expect_err(text);
        (error.offset, error.message)
    }

    #[track_caller]
    fn assert_error(text: &str, offset: usize, part: &str) {
        let (at, message) = error(text);
        assert!(at == offset && message.contains(part), "{text}: {at}: {message}");
    }

    #[test]
    fn says_what_is_wrong_and_where() {
        assert_error("", 0, "write `$`");
        assert_error(" $", 0, "blank");
        assert_error("$.a.", 3, "ends in a dot");
        assert_error("$...a", 3, "too many dots");
        assert_error("$.two words", 5, "['two words']");
        assert_error("$a", 1, "cannot follow the root");
        assert_error("$['a", 2, "never closed");
        assert_error("$['a'", 1, "never closed");
        assert_error("$['a',]", 6, "a bracket holds");
        assert_error("$.a[name]", 4, "a bracket holds");
        assert_error("$.a[ 1 : 3 ]", 5, "without blanks");
        assert_error("$.a[:]", 3, "`[*]`");
        assert_error("$.a[99999999999]", 4, "too large");
        assert_error("$.a[?@.x > 1]", 4, "in parentheses");
        assert_error("$.a[?(@.x),?(@.y)]", 10, "one condition");
        assert_error("$.a[?(@.x > 1]", 5, "`(` is never closed");
        assert_error("$.a[?(@.x > )]", 12, "missing");
        assert_error("$.a[?(@.x like 'b')]", 10, "`like` is no operator");
        assert_error("$.a[?(@.x == 1-2)]", 13, "`1-2` is no number");
        assert_error("$.a[?(@.x == b)]", 13, "`b` cannot stand here");
        assert_error("$.a[?(@.x =~ /[/)]", 13, "regular expression");
        assert_error("$.a[?(5)]", 6, "compare it");
        assert_error("$.a[?(@.x == !5)]", 14, "`!` stands before");
        assert_error(r"$['\u00']", 4, "four hexadecimal digits");
        assert_error("$.a.count()", 4, "`count` is no function");
        assert_error("$.sum($.a.b())", 10, "`b` is no function");
    }

    #[test]
    fn refuses_what_would_cost_stack() {
        assert_error(
            &format!("$.a[?({}@.b{})]", "(".repeat(50), ")".repeat(50)),
            55,
            "more than 50",
        );
        assert_error(&"[0]".repeat(201), 600, "200 brackets");
        assert_error(&format!("${}", "..a".repeat(51)), 151, "branches more than 50");
    }
}
