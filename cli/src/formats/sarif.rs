//! Findings as SARIF 2.1.0, the form that code-scanning services read.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Region, Severity};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
const HOME: &str = env!("CARGO_PKG_REPOSITORY");
/// What RFC 3986 lets stand in a path.
const PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The log, with one run.
pub(crate) fn document(found: &[Diagnostic]) -> String {
    let mut kinds: Vec<(&str, Severity)> = Vec::new();
    for one in found {
        if !kinds.iter().any(|(kind, _)| *kind == one.kind) {
            kinds.push((one.kind, one.severity));
        }
    }
    let rules: Vec<Value> = kinds.iter().map(|(kind, severity)| rule(kind, *severity)).collect();
    let results: Vec<Value> = found
        .iter()
        .map(|one| result(one, kinds.iter().position(|(kind, _)| *kind == one.kind)))
        .collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "transom",
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": HOME,
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn rule(kind: &str, severity: Severity) -> Value {
    let mut rule = json!({
        "id": kind,
        "shortDescription": {"text": kind.replace('-', " ")},
        "defaultConfiguration": {"level": level(severity)},
    });
    let chapter = match severity {
        Severity::Note => return rule,
        _ if kind == "input" => return rule,
        _ if transom::Error::CODES.contains(&kind) => format!("errors.md#{kind}"),
        _ if transom::Warning::CODES.contains(&kind) => format!("warnings.md#{kind}"),
        _ => "definitions.md".to_owned(),
    };
    rule["helpUri"] = json!(format!("{HOME}/blob/main/docs/{chapter}"));
    rule
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error | Severity::Warning => severity.name(),
        Severity::Hint | Severity::Note => "note",
    }
}

fn result(found: &Diagnostic, rule: Option<usize>) -> Value {
    let mut message = found.message.clone();
    for more in [&found.help, &found.aws_words].into_iter().flatten() {
        message.push('\n');
        message.push_str(more);
    }
    let mut out = json!({
        "ruleId": found.kind,
        "ruleIndex": rule,
        "level": level(found.severity),
        "message": {"text": message},
        "locations": [location(found, found.region())],
    });
    if let Some((span, message)) = found.related {
        let mut related = location(found, Some(found.source.region(span)));
        related["message"] = json!({"text": message});
        out["relatedLocations"] = json!([related]);
    }
    out
}

fn location(found: &Diagnostic, region: Option<Region>) -> Value {
    let mut place = json!({"artifactLocation": {"uri": uri(&found.source.name)}});
    if let Some(region) = region {
        place["region"] = json!({
            "startLine": region.line,
            "startColumn": region.column,
            "endLine": region.end_line,
            "endColumn": region.end_column,
        });
    }
    json!({"physicalLocation": place})
}

/// A relative path is a relative reference; an absolute one needs a scheme.
fn uri(path: &str) -> String {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let encoded = utf8_percent_encode(path.trim_start_matches("./"), PATH);
    if path.starts_with('/') { format!("file://{encoded}") } else { encoded.to_string() }
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("./a b/ü.vtl"), "a%20b/%C3%BC.vtl");
        assert_eq!(uri("/tmp/a.vtl"), "file:///tmp/a.vtl");
    }
}
