//! YAML text → a tree in which everything knows its place.

use std::collections::HashMap;
use std::iter::Peekable;
use std::str::FromStr;

use granit_parser::{Event, Parser, ScalarStyle, ScanError, StrInput, StructureStyle};
use serde_json::{Map, Number, Value};
use transom::Span;

/// How deep collections may be in one another.
const DEPTH: usize = 100;
/// How many nodes a file may have, those that aliases repeat included.
const NODES: usize = 1_000_000;

/// A value and its place.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// Of a block scalar from its `|` or `>` on, of a block collection from its first item on
    pub(super) span: Span,
    pub(super) kind: Kind,
    /// Whether it stands inside `[…]` or `{…}`, where there are no blocks
    pub(super) in_flow: bool,
}

/// What a node is, by the core schema of YAML 1.2.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// `key: value`
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) key_span: Span,
    pub(super) value: Node,
}

/// What is wrong, where, and what to do.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl Wrong {
    pub(super) fn new(span: Span, message: impl Into<String>) -> Wrong {
        Wrong { span, message: message.into(), help: None }
    }

    pub(super) fn with_help(mut self, help: impl Into<String>) -> Wrong {
        self.help = Some(help.into());
        self
    }
}

impl Node {
    /// What it is, in words.
    pub(super) fn what(&self) -> &'static str {
        match self.kind {
            Kind::Null => "nothing",
            Kind::Bool(_) => "true or false",
            Kind::Number(_) => "a number",
            Kind::Text(_) => "a text",
            Kind::List(_) => "a list",
            Kind::Map(_) => "a mapping",
        }
    }

    pub(super) fn is_null(&self) -> bool {
        matches!(self.kind, Kind::Null)
    }

    /// The value of a key; `None` also for what is no mapping.
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        match &self.kind {
            Kind::Map(entries) => entries.iter().find(|e| e.key == key).map(|e| &e.value),
            _ => None,
        }
    }

    /// As JSON.
    pub(super) fn to_json(&self) -> Value {
        match &self.kind {
            Kind::Null => Value::Null,
            Kind::Bool(b) => Value::Bool(*b),
            Kind::Number(n) => Value::Number(n.clone()),
            Kind::Text(text) => Value::String(text.clone()),
            Kind::List(items) => items.iter().map(Node::to_json).collect(),
            Kind::Map(entries) => Value::Object(
                entries.iter().map(|e| (e.key.clone(), e.value.to_json())).collect::<Map<_, _>>(),
            ),
        }
    }

    fn count(&self) -> usize {
        match &self.kind {
            Kind::List(items) => 1 + items.iter().map(Node::count).sum::<usize>(),
            Kind::Map(entries) => 1 + entries.iter().map(|e| e.value.count()).sum::<usize>(),
            _ => 1,
        }
    }
}

/// Reads a file of one document.
pub(super) fn parse(text: &str) -> Result<Node, Wrong> {
    let mut reader = Reader {
        text,
        events: Parser::new_from_str(text).peekable(),
        anchors: HashMap::new(),
        nodes: 0,
    };
    let mut root = None;
    loop {
        let (event, span) = reader.next()?;
        match event {
            Event::StreamEnd => break,
            Event::StreamStart | Event::DocumentStart(..) | Event::DocumentEnd => {}
            event if root.is_none() => root = Some(reader.node(event, span, 0, false)?),
            _ => {
                return Err(Wrong::new(span, "a test file is one YAML document, this is a second"));
            }
        }
    }
    Ok(root.unwrap_or(Node { span: Span::new(0, 0), kind: Kind::Null, in_flow: false }))
}

struct Reader<'t> {
    text: &'t str,
    events: Peekable<Parser<'t, StrInput<'t>>>,
    anchors: HashMap<usize, Node>,
    nodes: usize,
}

impl<'t> Reader<'t> {
    fn next(&mut self) -> Result<(Event<'t>, Span), Wrong> {
        match self.events.next() {
            Some(Ok((event, span))) => {
                let range = span.byte_range().unwrap_or_default();
                Ok((event, Span::new(range.start, range.end)))
            }
            Some(Err(error)) => Err(syntax(self.text, &error)),
            None => Ok((Event::StreamEnd, Span::new(self.text.len(), self.text.len()))),
        }
    }

    fn node(
        &mut self,
        event: Event<'t>,
        span: Span,
        depth: usize,
        in_flow: bool,
    ) -> Result<Node, Wrong> {
        self.nodes += 1;
        if depth > DEPTH || self.nodes > NODES {
            return Err(Wrong::new(
                span,
                "there is too much in this file: too deep, or too many aliases",
            ));
        }
        let (node, anchor) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_text = match &tag {
                    None => None,
                    Some(tag) if tag.handle() == "tag:yaml.org,2002:" => {
                        Some(tag.suffix() == "str")
                    }
                    Some(tag) if tag.handle().is_empty() && tag.suffix() == "!" => Some(true),
                    Some(tag) => {
                        let message = format!(
                            "the tag `{}{}` means nothing here",
                            tag.original_handle(),
                            tag.suffix()
                        );
                        return Err(Wrong::new(span, message));
                    }
                };
                let plain = style == ScalarStyle::Plain && is_text != Some(true);
                let kind = if plain { scalar(&text) } else { Kind::Text(text.into_owned()) };
                let span = match style {
                    ScalarStyle::Literal | ScalarStyle::Folded => block_span(self.text, span),
                    _ => span,
                };
                (Node { span, kind, in_flow }, anchor)
            }
            Event::SequenceStart(style, anchor, _) => {
                let flow = in_flow || style == StructureStyle::Flow;
                let mut items = Vec::new();
                let end = loop {
                    match self.next()? {
                        (Event::SequenceEnd, end) => break end,
                        (event, span) => items.push(self.node(event, span, depth + 1, flow)?),
                    }
                };
                let end = if style == StructureStyle::Flow {
                    end.end
                } else {
                    items.last().map_or(span.end, |last| last.span.end)
                };
                (
                    Node {
                        span: Span { start: span.start, end },
                        kind: Kind::List(items),
                        in_flow,
                    },
                    anchor,
                )
            }
            Event::MappingStart(style, anchor, _) => {
                let flow = in_flow || style == StructureStyle::Flow;
                let mut entries: Vec<Entry> = Vec::new();
                let end = loop {
                    let (event, key_span) = match self.next()? {
                        (Event::MappingEnd, end) => break end,
                        other => other,
                    };
                    let Event::Scalar(key, ..) = event else {
                        return Err(Wrong::new(key_span, "a key is a text"));
                    };
                    if entries.iter().any(|entry| entry.key == *key) {
                        return Err(Wrong::new(key_span, format!("`{key}` is here twice")));
                    }
                    let (event, span) = self.next()?;
                    let mut value = self.node(event, span, depth + 1, flow)?;
                    if value.is_null() && value.span.start == value.span.end {
                        value.span = behind_colon(self.text, key_span);
                    }
                    entries.push(Entry { key: key.into_owned(), key_span, value });
                };
                let end = if style == StructureStyle::Flow {
                    end.end
                } else {
                    entries.last().map_or(span.end, |last| last.value.span.end)
                };
                (
                    Node {
                        span: Span { start: span.start, end },
                        kind: Kind::Map(entries),
                        in_flow,
                    },
                    anchor,
                )
            }
            Event::Alias(id) => {
                let Some(node) = self.anchors.get(&id) else {
                    return Err(Wrong::new(span, "an alias stands inside what it names"));
                };
                self.nodes += node.count();
                return Ok(node.clone());
            }
            _ => return Err(Wrong::new(span, "this cannot stand here")),
        };
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
        Ok(node)
    }
}

fn syntax(text: &str, error: &ScanError) -> Wrong {
    let at = error.marker().byte_offset().unwrap_or_default().min(text.len());
    let at = crate::input::boundary(text, at);
    let length =
        text[at..].chars().next().filter(|c| !matches!(c, '\r' | '\n')).map_or(0, char::len_utf8);
    let words = error.to_string();
    let words = words.split(" at char ").next().unwrap_or_default();
    Wrong::new(Span::new(at, at + length), format!("this is not YAML: {words}"))
}

/// A plain scalar by the core schema.
fn scalar(text: &str) -> Kind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Kind::Null,
        "true" | "True" | "TRUE" => return Kind::Bool(true),
        "false" | "False" | "FALSE" => return Kind::Bool(false),
        _ => {}
    }
    let begins_like_a_number =
        text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
    if begins_like_a_number {
        // JSON's spelling first: it keeps every digit.
        if let Ok(number) = Number::from_str(text) {
            return Kind::Number(number);
        }
        let digits = text.strip_prefix('+').unwrap_or(text);
        let radix = |prefix: &str, radix| {
            digits.strip_prefix(prefix).and_then(|rest| i64::from_str_radix(rest, radix).ok())
        };
        if let Some(n) = radix("0x", 16).or_else(|| radix("0o", 8)) {
            return Kind::Number(n.into());
        }
        let decimal =
            digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'.' | b'-' | b'+' | b'e' | b'E'));
        if decimal && let Ok(whole) = digits.parse::<i64>() {
            return Kind::Number(whole.into());
        }
        if decimal && let Some(n) = digits.parse::<f64>().ok().and_then(Number::from_f64) {
            return Kind::Number(n);
        }
    }
    Kind::Text(text.to_owned())
}

/// The place of a value that is not there.
fn behind_colon(text: &str, key: Span) -> Span {
    let rest = text.get(key.end as usize..).unwrap_or_default();
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let colon = usize::from(rest.get(blanks..).is_some_and(|rest| rest.starts_with(':')));
    let at = key.end as usize + if colon > 0 { blanks + colon } else { 0 };
    Span::new(at, at)
}

/// The parser's span of a block scalar begins with its first letter and may end in the next line: from the `|` or `>` to
/// the last letter.
fn block_span(text: &str, span: Span) -> Span {
    let content = text.get(span.range()).unwrap_or_default();
    let end = span.start as usize + content.trim_end().len();
    let mut before = text.get(..span.start as usize).unwrap_or_default();
    while let Some(line_end) = before.rfind('\n') {
        // The first round takes the indent of the content's own line away.
        before = &before[..line_end];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = &before[line_start..];
        if line.trim().is_empty() {
            continue;
        }
        let header = line.char_indices().filter(|(_, c)| matches!(c, '|' | '>')).map(|(at, _)| at);
        for at in header {
            let rest = line[at + 1..]
                .trim_start_matches(|c: char| matches!(c, '+' | '-') || c.is_ascii_digit());
            if rest.trim().is_empty()
                || rest.starts_with([' ', '\t']) && rest.trim_start().starts_with('#')
            {
                let start = line_start + at;
                let header_end =
                    start + line[at..].split([' ', '\t', '\r']).next().unwrap_or_default().len();
                return Span::new(start, end.max(header_end));
            }
        }
        break;
    }
    Span::new(span.start as usize, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_knows_its_place() {
        let text = "a: |-  # c |\n  x\n\n  y\n\nb: 'q' # c\nc: {d: [1, 2.50], e: }\nf:\n  - >\n    z\n# end\n";
        let root = parse(text).expect("YAML");
        let slice = |node: &Node| &text[node.span.range()];
        let at = |path: &[&str]| {
            path.iter().fold(root.clone(), |node, key| node.get(key).cloned().expect("a key"))
        };
        assert_eq!(slice(&at(&["a"])), "|-  # c |\n  x\n\n  y");
        assert_eq!(at(&["a"]).to_json(), "x\n\ny");
        assert_eq!(slice(&at(&["b"])), "'q'");
        assert_eq!(slice(&at(&["c"])), "{d: [1, 2.50], e: }");
        assert_eq!(at(&["c", "d"]).to_json().to_string(), "[1,2.50]");
        assert!(at(&["c", "e"]).is_null() && at(&["c", "e"]).in_flow);
        assert_eq!(slice(&at(&["f"])), "- >\n    z");
    }

    #[test]
    fn scalars_follow_the_core_schema() {
        let value = |text: &str| parse(text).expect("YAML").to_json().to_string();
        let cases = [
            ("007", "7"),
            ("+1", "1"),
            (".5", "0.5"),
            ("0x10", "16"),
            ("1.0", "1.0"),
            ("1e3", "1e+3"),
            ("-", "[null]"),
            ("yes", "\"yes\""),
            ("1.2.3", "\"1.2.3\""),
            ("!!str 5", "\"5\""),
            ("~", "null"),
            ("2024-01-01", "\"2024-01-01\""),
        ];
        for (text, expected) in cases {
            assert_eq!(value(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_has_a_place() {
        let wrong = parse("a: [1\nb: 2").expect_err("an error");
        assert!(wrong.message.starts_with("this is not YAML: "), "{}", wrong.message);
        assert_eq!(parse("a: 1\na: 2").expect_err("an error").span.range(), 5..6);
        assert!(parse(&"[".repeat(200)).is_err());
    }
}
