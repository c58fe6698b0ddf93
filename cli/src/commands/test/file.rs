//! The tree of a test file → its cases, each with what is given and what is expected.

use std::path::Path;
use std::sync::Arc;

use transom::Span;

use super::given::{self, Given};
use super::subject::{Subject, Subjects};
use super::table;
use super::yaml::{Entry, Kind, Node, Wrong};

/// The keys of a file; those that say what is tested may also stand in a case.
pub(super) const FILE: &[&str] =
    &["template", "method", "resourcePath", "api", "stage", "given", "cases"];
/// The keys of a case.
pub(super) const CASE: &[&str] = &[
    "name",
    "skip",
    "template",
    "method",
    "resourcePath",
    "api",
    "stage",
    "given",
    "expect",
    "table",
];
/// The keys that say what is tested.
const SUBJECT: &[&str] = &["template", "method", "resourcePath", "api", "stage"];

/// One case, ready to run.
pub(super) struct Case {
    pub(super) name: String,
    /// The name, or the case where it has none
    pub(super) span: Span,
    pub(super) subject: Arc<Subject>,
    pub(super) given: Given,
    /// `None` where nothing is expected yet
    pub(super) expect: Option<Node>,
    /// Where `--bless` may write an `expect`
    pub(super) room: Option<Room>,
    /// Why it is not run
    pub(super) skip: Option<String>,
}

/// A place for an `expect` that is missing.
#[derive(Clone, Copy)]
pub(super) struct Room {
    pub(super) at: usize,
    /// The column of the case's keys, from 0
    pub(super) indent: usize,
    /// Whether `expect:` itself is there, with nothing behind it
    pub(super) has_key: bool,
}

/// The entries of a mapping, of which every key has to be known.
pub(super) fn entries<'n>(node: &'n Node, of: &str, known: &[&str]) -> Result<&'n [Entry], Wrong> {
    let entries = mapping(node, of)?;
    match entries.iter().find(|entry| !known.contains(&entry.key.as_str())) {
        None => Ok(entries),
        Some(unknown) => {
            let message = format!("`{}` is no key of {of}", unknown.key);
            Err(Wrong::new(unknown.key_span, message)
                .with_help(format!("the keys are {}", known.join(", "))))
        }
    }
}

/// The entries of a mapping with any keys; nothing is an empty one.
pub(super) fn mapping<'n>(node: &'n Node, what: &str) -> Result<&'n [Entry], Wrong> {
    match &node.kind {
        Kind::Map(entries) => Ok(entries),
        Kind::Null => Ok(&[]),
        _ => Err(Wrong::new(node.span, format!("{what} is a mapping, not {}", node.what()))),
    }
}

/// A text.
pub(super) fn text<'n>(node: &'n Node, what: &str) -> Result<&'n str, Wrong> {
    match &node.kind {
        Kind::Text(text) => Ok(text),
        _ => Err(Wrong::new(node.span, format!("{what} is a text, not {}", node.what()))
            .with_help("put it in quotes")),
    }
}

/// Reads a whole file, whose text has `source`.
pub(super) fn read(
    root: &Node,
    source: &str,
    directory: &Path,
    subjects: &mut Subjects,
) -> Result<Vec<Case>, Wrong> {
    if root.is_null() {
        return Err(Wrong::new(Span::new(0, 0), "the file is empty")
            .with_help("`transom init TEMPLATE` writes a first test file"));
    }
    entries(root, "a test file", FILE)?;
    let Some(Node { kind: Kind::List(list), .. }) = root.get("cases") else {
        let span = root.get("cases").map_or(Span::new(0, 0), |cases| cases.span);
        return Err(Wrong::new(span, "a test file has a list of `cases`"));
    };
    let mut cases = Vec::new();
    for node in list {
        if mapping(node, "a case")?.is_empty() {
            return Err(Wrong::new(node.span, "a case is a mapping, this one is empty"));
        }
        entries(node, "a case", CASE)?;
        let rows = match node.get("table") {
            Some(table) => table::rows(node, table)?,
            None => vec![node.clone()],
        };
        let in_table = node.get("table").is_some();
        for row in &rows {
            let room = if in_table { None } else { room(row, source) };
            cases.push(case(root, row, room, directory, subjects)?);
        }
    }
    Ok(cases)
}

fn case(
    file: &Node,
    node: &Node,
    room: Option<Room>,
    directory: &Path,
    subjects: &mut Subjects,
) -> Result<Case, Wrong> {
    let name = node.get("name").filter(|name| !name.is_null());
    let skip = node.get("skip").filter(|skip| !skip.is_null());
    let skip =
        skip.map(|skip| text(skip, "`skip` says why the case is not run: it")).transpose()?;
    let of_its_own = SUBJECT.iter().any(|key| node.get(key).is_some());
    let subject = subjects.read(if of_its_own { node } else { file }, directory)?;
    let given = given::read(file.get("given"), node.get("given"), &subject, directory)?;
    let expect = node.get("expect").filter(|expect| !expect.is_null()).cloned();
    if let Some(expect) = &expect {
        super::expect::check(expect, &subject)?;
    }
    Ok(Case {
        name: match name {
            Some(Node { kind: Kind::Text(name), .. }) => name.clone(),
            Some(other) => other.to_json().to_string(),
            None => "(no name)".to_owned(),
        },
        span: name.map_or(node.span, |name| name.span),
        subject,
        given,
        expect,
        room,
        skip: skip.map(str::to_owned),
    })
}

/// Where an `expect` can be written: behind the case's last line.
fn room(case: &Node, source: &str) -> Option<Room> {
    let Kind::Map(entries) = &case.kind else { return None };
    let first = entries.first()?;
    let line = source.get(..first.key_span.start as usize)?.rfind('\n').map_or(0, |at| at + 1);
    let indent = source.get(line..first.key_span.start as usize)?.chars().count();
    if case.in_flow || source.get(case.span.range())?.starts_with('{') {
        return None;
    }
    match entries.iter().find(|entry| entry.key == "expect") {
        Some(expect) => {
            let behind = source.get(expect.key_span.end as usize..)?.find(':')? + 1;
            Some(Room { at: expect.key_span.end as usize + behind, indent, has_key: true })
        }
        None => {
            let end = case.span.end as usize;
            let line_end =
                source.get(end..)?.find(['\r', '\n']).map_or(source.len(), |at| end + at);
            Some(Room { at: line_end, indent, has_key: false })
        }
    }
}
