//! A case with a table → a case for each row.

use transom::Span;

use super::file::entries;
use super::yaml::{Entry, Kind, Node, Wrong};

/// The keys of a table.
pub(super) const TABLE: &[&str] = &["columns", "rows"];

/// The case once for each row, with the row's cells in their places. A cell that is nothing leaves its place as it is.
pub(super) fn rows(case: &Node, table: &Node) -> Result<Vec<Node>, Wrong> {
    entries(table, "a table", TABLE)?;
    let columns = columns(table)?;
    let Some(Node { kind: Kind::List(rows), .. }) = table.get("rows") else {
        return Err(Wrong::new(table.span, "a table has a list of `rows`"));
    };
    let own_name = match case.get("name").map(|name| &name.kind) {
        Some(Kind::Text(name)) => format!("{name}: "),
        _ => String::new(),
    };
    let mut cases = Vec::new();
    for row in rows {
        let Kind::List(cells) = &row.kind else {
            return Err(Wrong::new(row.span, format!("a row is a list, not {}", row.what())));
        };
        if cells.len() != columns.len() {
            let message =
                format!("this row has {} cells for {} columns", cells.len(), columns.len());
            return Err(Wrong::new(row.span, message).with_help("`~` is a cell that is not given"));
        }
        let mut made = case.clone();
        if let Kind::Map(entries) = &mut made.kind {
            entries.retain(|entry| !matches!(entry.key.as_str(), "table" | "name"));
        }
        let mut name = None;
        for ((path, span), cell) in columns.iter().zip(cells) {
            if path == &["name"] {
                name = Some(word(cell));
            } else if !cell.is_null() {
                put(&mut made, path, *span, cell)?;
            }
        }
        let name = name.unwrap_or_else(|| {
            let given = columns.iter().zip(cells);
            let given =
                given.filter(|((path, _), cell)| path.first() == Some(&"given") && !cell.is_null());
            given.map(|(_, cell)| word(cell)).collect::<Vec<_>>().join(", ")
        });
        let name =
            Node { span: row.span, kind: Kind::Text(format!("{own_name}{name}")), in_flow: true };
        put(&mut made, &["name"], row.span, &name)?;
        cases.push(made);
    }
    Ok(cases)
}

fn columns(table: &Node) -> Result<Vec<(Vec<&str>, Span)>, Wrong> {
    let Some(Node { kind: Kind::List(columns), .. }) = table.get("columns") else {
        return Err(Wrong::new(table.span, "a table has a list of `columns`")
            .with_help("write `columns: [name, given.body, expect.output]`"));
    };
    let mut paths = Vec::new();
    for column in columns {
        let path: Vec<&str> = match &column.kind {
            Kind::Text(path) => path.split('.').collect(),
            _ => Vec::new(),
        };
        if !matches!(path.as_slice(), ["name" | "skip"] | ["given" | "expect", _, ..]) {
            let message = "a column is `name`, or a path into the case such as `given.body`";
            return Err(Wrong::new(column.span, message));
        }
        paths.push((path, column.span));
    }
    Ok(paths)
}

/// Sets a member, and makes the mappings around it where they are missing.
fn put(node: &mut Node, path: &[&str], column: Span, cell: &Node) -> Result<(), Wrong> {
    let Some((first, rest)) = path.split_first() else {
        *node = cell.clone();
        return Ok(());
    };
    if node.is_null() {
        node.kind = Kind::Map(Vec::new());
    }
    let Kind::Map(entries) = &mut node.kind else {
        let message = format!("the case has {} where this column leads", node.what());
        return Err(Wrong::new(column, message));
    };
    let at = match entries.iter().position(|entry| entry.key == *first) {
        Some(at) => at,
        None => {
            let value = Node { span: cell.span, kind: Kind::Null, in_flow: true };
            entries.push(Entry { key: (*first).to_owned(), key_span: column, value });
            entries.len() - 1
        }
    };
    match entries.get_mut(at) {
        Some(entry) => put(&mut entry.value, rest, column, cell),
        None => Ok(()),
    }
}

/// A cell as a part of a name.
fn word(cell: &Node) -> String {
    let text = match &cell.kind {
        Kind::Text(text) => text.clone(),
        _ => cell.to_json().to_string(),
    };
    let mut short: String =
        text.chars().take(40).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
