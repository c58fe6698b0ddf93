//! What came out → the test file with its expectations rewritten in place; whatever else stands in it stays.

use std::fmt::Write;

use serde_json::Value;
use transom::Span;

use super::yaml::{Kind, Node};

/// A stretch of the file and what is to stand there.
#[derive(Clone, Debug)]
pub(super) struct Edit {
    span: Span,
    new: New,
    in_flow: bool,
    /// Whether a block collection stands there now, which begins in a line of its own
    is_block: bool,
}

/// What is to be written.
#[derive(Clone, Debug)]
pub(super) enum New {
    Text(String),
    Json(Value),
    /// A whole `expect`, and the column of its key
    Expect {
        value: Value,
        indent: usize,
        has_key: bool,
    },
}

impl Edit {
    /// Puts a value in the place of a node's.
    pub(super) fn of(node: &Node, new: New) -> Edit {
        let is_collection = matches!(node.kind, Kind::Map(_) | Kind::List(_));
        Edit { span: node.span, new, in_flow: node.in_flow, is_block: is_collection }
    }

    /// Writes an `expect` where there is none.
    pub(super) fn expect(at: usize, indent: usize, has_key: bool, value: Value) -> Edit {
        let new = New::Expect { value, indent, has_key };
        Edit { span: Span::new(at, at), new, in_flow: false, is_block: false }
    }
}

/// The file with all edits done. Of two that overlap, as those of a value that an alias repeats, the first is done.
pub(super) fn apply(source: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let newline = if source.contains("\r\n") { "\r\n" } else { "\n" };
    let mut out = String::with_capacity(source.len());
    let mut done = 0;
    for edit in &edits {
        let range = edit.span.range();
        if range.start < done || source.get(range.clone()).is_none() {
            continue;
        }
        out.push_str(source.get(done..range.start).unwrap_or_default());
        let mut new = written(edit, source);
        done = range.end;
        let comment = comment(edit, source, &mut done);
        // Behind a block's header a comment may stand, and behind a short text; inside a block it would be text.
        let header = new.find('\n').unwrap_or(new.len());
        new.insert_str(header, comment);
        out.push_str(&new.replace('\n', newline));
    }
    out.push_str(source.get(done..).unwrap_or_default());
    out
}

/// The comment beside a scalar that is replaced.
fn comment<'s>(edit: &Edit, source: &'s str, done: &mut usize) -> &'s str {
    let old = source.get(edit.span.range()).unwrap_or_default();
    if edit.in_flow || edit.is_block || matches!(edit.new, New::Expect { .. }) {
        return "";
    }
    if old.starts_with(['|', '>']) {
        let header = old.split(['\r', '\n']).next().unwrap_or_default();
        return header.find(" #").and_then(|at| header.get(at..)).unwrap_or_default();
    }
    let rest = source.get(*done..).unwrap_or_default();
    let rest = rest.split(['\r', '\n']).next().unwrap_or_default();
    *done += rest.len();
    rest.trim_end()
}

fn written(edit: &Edit, source: &str) -> String {
    let old = source.get(edit.span.range()).unwrap_or_default();
    let before = source.get(..edit.span.start as usize).unwrap_or_default();
    // An empty value stands right behind its colon.
    let gap = if old.is_empty() && before.ends_with(':') { " " } else { "" };
    match &edit.new {
        New::Text(value) => {
            // In flow, `|` is not allowed.
            let block = !edit.in_flow && (value.contains('\n') || old.starts_with('|'));
            let text = if block { literal(value, column(before) + 2) } else { None };
            format!("{gap}{}", text.unwrap_or_else(|| short(value, old)))
        }
        New::Json(value) => match value {
            Value::String(text) => format!("{gap}{}", short(text, old)),
            Value::Object(_) | Value::Array(_)
                if !edit.in_flow && edit.is_block && !old.starts_with(['{', '[']) =>
            {
                let indent = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
                let text = block(value, indent);
                text.trim_start().to_owned()
            }
            other => format!("{gap}{other}"),
        },
        New::Expect { value, indent, has_key } => {
            let indent = *indent;
            let key = if *has_key { String::new() } else { format!("\n{:indent$}expect:", "") };
            format!("{key}\n{}", block(value, indent + 2))
        }
    }
}

/// The column of the key in whose line a value begins: `- ` counts as blanks.
fn column(before: &str) -> usize {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let mut rest = line.trim_start_matches(' ');
    while let Some(inner) = rest.strip_prefix("- ") {
        rest = inner.trim_start_matches(' ');
    }
    line.len() - rest.len()
}

/// A block mapping or list, every line with its indent, without the last line end.
pub(super) fn block(value: &Value, indent: usize) -> String {
    let mut out = String::new();
    lines(value, indent, &mut out);
    while out.ends_with('\n') {
        out.pop();
    }
    out
}

fn lines(value: &Value, indent: usize, out: &mut String) {
    // Writing into a String cannot fail. Values are as deep as the JSON they were read from, which is bounded.
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (name, value) in members {
                let _ = write!(out, "{:indent$}{}:", "", key(name));
                member(value, indent, out);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                let _ = write!(out, "{:indent$}-", "");
                member(item, indent, out);
            }
        }
        other => {
            let _ = writeln!(out, "{:indent$}{}", "", scalar(other, indent));
        }
    }
}

fn member(value: &Value, indent: usize, out: &mut String) {
    let is_collection = match value {
        Value::Object(members) => !members.is_empty(),
        Value::Array(items) => items.iter().any(|item| item.is_object() || item.is_array()),
        _ => false,
    };
    if is_collection {
        out.push('\n');
        lines(value, indent + 2, out);
    } else {
        let _ = writeln!(out, " {}", scalar(value, indent + 2));
    }
}

fn scalar(value: &Value, indent: usize) -> String {
    match value {
        Value::String(text) if text.contains('\n') => {
            literal(text, indent).unwrap_or_else(|| value.to_string())
        }
        Value::String(text) => short(text, ""),
        other => other.to_string(),
    }
}

fn key(name: &str) -> String {
    let plain = !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && is_plain_text(name);
    if plain { name.to_owned() } else { Value::from(name).to_string() }
}

/// A word that YAML takes for a text.
fn is_plain_text(text: &str) -> bool {
    !matches!(
        text.to_ascii_lowercase().as_str(),
        "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n"
    )
}

/// A text in one line: with the quotes that stand there now, if they can hold it.
fn short(text: &str, old: &str) -> String {
    let printable = !text
        .chars()
        .any(|c| c.is_control() || matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}'));
    let word = text
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'/' | b'.' | b' '))
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && !text.ends_with(' ')
        && is_plain_text(text);
    if word && !old.starts_with(['\'', '"']) {
        return text.to_owned();
    }
    if printable && !old.starts_with('"') {
        return format!("'{}'", text.replace('\'', "''"));
    }
    // A JSON string is a YAML string in double quotes, but for these.
    let mut quoted = Value::from(text).to_string();
    for c in ['\u{7f}', '\u{85}', '\u{2028}', '\u{2029}', '\u{feff}'] {
        quoted = quoted.replace(c, &format!("\\u{:04x}", u32::from(c)));
    }
    quoted
}

/// A block scalar, or nothing where a text cannot be one.
fn literal(text: &str, indent: usize) -> Option<String> {
    let tail = text.len() - text.trim_end_matches('\n').len();
    let content = text.trim_end_matches('\n');
    let control = |c: char| {
        c.is_control() && !matches!(c, '\n' | '\t')
            || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
    };
    // A last line of blanks is easily lost in an editor, and more line ends than one need the lines behind them.
    if content.is_empty() || tail > 1 || text.chars().any(control) || content.ends_with([' ', '\t'])
    {
        return None;
    }
    let chomp = if tail == 0 { "-" } else { "" };
    let first = content.split('\n').find(|line| !line.is_empty())?;
    // Blanks at the start would be taken for the indent, unless the indent is said.
    let says =
        content.starts_with(' ') || content.starts_with('\n') || first.starts_with([' ', '\t']);
    let step = if says { "2" } else { "" };
    let mut out = format!("|{step}{chomp}");
    for line in content.split('\n') {
        out.push('\n');
        if !line.is_empty() {
            let _ = write!(out, "{:indent$}{line}", "");
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::super::yaml::parse;
    use super::*;

    fn at(root: &Node, path: &[&str]) -> Node {
        path.iter().fold(root.clone(), |node, key| node.get(key).cloned().expect("a key"))
    }

    #[test]
    fn any_text_can_be_written_and_read_again() {
        let texts = [
            "",
            "a",
            "true",
            "5",
            "it's",
            "a\nb",
            "a\nb\n",
            "a\n\n",
            "\n\n a\n",
            "  a\n b",
            "a\r\nb",
            "a: b",
            "# a",
            "\u{1b}[0m",
            "{\n  \"a\": 1\n}",
            "tab\tbed\n\tx",
            "trailing \nblank ",
            "- a",
            "\u{2028}",
            "\u{7f}é",
            "\ta\nb",
            "a\n \nb\n",
            "~",
            "no",
        ];
        for source in [
            "c:\n  - x: old # c\n    y: 1\n",
            "c: [ 'old', 1 ]\n",
            "c:\n  - x: |\n      old\n    y: 1\n",
            "c:\n  - x:\n    y: 1",
        ] {
            for text in texts {
                let root = parse(source).expect("YAML");
                let Kind::List(items) = at(&root, &["c"]).kind else { continue };
                let node = items[0].get("x").unwrap_or(&items[0]).clone();
                let blessed = apply(source, vec![Edit::of(&node, New::Text(text.to_owned()))]);
                let again =
                    parse(&blessed).unwrap_or_else(|wrong| unreachable!("{wrong:?} in {blessed}"));
                let Kind::List(items) = at(&again, &["c"]).kind else { continue };
                let read = items[0].get("x").unwrap_or(&items[0]).to_json();
                assert_eq!(read, text, "{blessed}");
                assert!(!source.contains("# c") || blessed.contains("# c"), "{blessed}");
            }
        }
    }

    #[test]
    fn a_collection_keeps_its_style() {
        let value = serde_json::json!({"a": [1, {"b": "x\ny"}], "n": null, "yes": "no"});
        for source in ["j:\n  z: 1\n  y: 2\n# end\n", "j: {z: 1}\n# end\n", "j:\n# end\n"] {
            let node = at(&parse(source).expect("YAML"), &["j"]);
            let blessed = apply(source, vec![Edit::of(&node, New::Json(value.clone()))]);
            assert_eq!(at(&parse(&blessed).expect(&blessed), &["j"]).to_json(), value, "{blessed}");
            assert!(blessed.ends_with("\n# end\n"), "{blessed}");
        }
    }
}
