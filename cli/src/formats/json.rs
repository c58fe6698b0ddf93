//! Findings as JSON, as `transom check --help` describes them.

use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, Region};

/// An array of findings, a line each.
pub(crate) fn document(found: &[Diagnostic]) -> String {
    let lines: Vec<String> = found.iter().map(|one| finding(one).to_string()).collect();
    if lines.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", lines.join(",\n")) }
}

/// One finding.
pub(crate) fn finding(found: &Diagnostic) -> Value {
    let mut out = Map::new();
    out.insert("severity".to_owned(), found.severity.name().into());
    out.insert("kind".to_owned(), found.kind.into());
    out.insert("message".to_owned(), found.message.as_str().into());
    if let Some(help) = &found.help {
        out.insert("help".to_owned(), help.as_str().into());
    }
    out.insert("file".to_owned(), found.source.name.as_str().into());
    if let Some(region) = found.region() {
        place(&mut out, region);
    }
    if let Some((span, message)) = found.related {
        let mut related = Map::new();
        related.insert("message".to_owned(), message.into());
        place(&mut related, found.source.region(span));
        out.insert("related".to_owned(), Value::Object(related));
    }
    if let Some(words) = &found.aws_words {
        out.insert("awsWords".to_owned(), words.as_str().into());
    }
    Value::Object(out)
}

/// Adds the four numbers of a place.
pub(crate) fn place(out: &mut Map<String, Value>, region: Region) {
    out.insert("line".to_owned(), region.line.into());
    out.insert("column".to_owned(), region.column.into());
    out.insert("endLine".to_owned(), region.end_line.into());
    out.insert("endColumn".to_owned(), region.end_column.into());
}
