//! An Integration's `uri` → the URI that is called: stage variables and mapped path parameters put in.

use std::borrow::Cow;
use std::fmt::Write;

use super::config::Stage;
use super::message::Fields;
use crate::java::url;

/// A URI in pieces. Only `${stageVariables.name}` and `{name}` mean something; `${name}` does not.
#[derive(Debug)]
pub(super) struct UriTemplate {
    text: Box<str>,
    pieces: Vec<Piece>,
}

#[derive(Debug)]
enum Piece {
    Text(Box<str>),
    StageVariable(Box<str>),
    PathParameter(Box<str>),
}

const STAGE_VARIABLE: &str = "${stageVariables.";

impl UriTemplate {
    pub(super) fn compile(text: &str) -> UriTemplate {
        let (mut pieces, mut literal, mut rest) = (Vec::new(), String::new(), text);
        while let Some(at) = rest.find(['$', '{']) {
            let (before, from) = rest.split_at(at);
            literal.push_str(before);
            let Some((piece, length)) = piece_at(from) else {
                // A `$` and the brace behind it are text together.
                let skip = if from.starts_with("${") { 2 } else { 1 };
                literal.push_str(&from[..skip]);
                rest = &from[skip..];
                continue;
            };
            pieces.push(Piece::Text(std::mem::take(&mut literal).into()));
            pieces.push(piece);
            rest = &from[length..];
        }
        literal.push_str(rest);
        pieces.push(Piece::Text(literal.into()));
        UriTemplate { text: text.into(), pieces }
    }

    /// The URI. A stage variable that is missing is empty; a parameter that nothing was mapped to stays as it is.
    pub(super) fn fill_in<'a>(&'a self, stage: &Stage, path: &Fields<'_>) -> Cow<'a, str> {
        if self.pieces.len() == 1 {
            return Cow::Borrowed(&self.text);
        }
        let mut uri = String::with_capacity(self.text.len() + 32);
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => uri.push_str(text),
                Piece::StageVariable(name) => {
                    uri.push_str(stage.variable(name).unwrap_or_default());
                }
                Piece::PathParameter(name) => match path.last(name) {
                    Some(value) => push_encoded(value, &mut uri),
                    None => {
                        // Writing to a `String` cannot fail.
                        let _ = write!(uri, "{{{name}}}");
                    }
                },
            }
        }
        Cow::Owned(uri)
    }
}

fn piece_at(text: &str) -> Option<(Piece, usize)> {
    if let Some(rest) = text.strip_prefix(STAGE_VARIABLE) {
        let end = rest.find('}')?;
        return Some((Piece::StageVariable(rest[..end].into()), STAGE_VARIABLE.len() + end + 1));
    }
    let rest = text.strip_prefix('{')?;
    let end = rest.find(['{', '}'])?;
    let is_name = end > 0 && rest[end..].starts_with('}');
    // `{proxy+}` in a URI means the parameter `proxy`.
    let name = rest[..end].strip_suffix('+').unwrap_or(&rest[..end]);
    is_name.then(|| (Piece::PathParameter(name.into()), end + 2))
}

/// Path parameters are as they were sent, so what is encoded stays so; only what no URI can hold is encoded.
fn push_encoded(value: &str, uri: &mut String) {
    for c in value.chars() {
        match c {
            '\0'..=' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | '\u{7f}'.. => {
                let mut bytes = [0; 4];
                for byte in c.encode_utf8(&mut bytes).bytes() {
                    let _ = write!(uri, "%{byte:02X}");
                }
            }
            c => uri.push(c),
        }
    }
}

/// Whether an HTTP endpoint can be called at all: a scheme and a host.
pub(super) fn is_endpoint(uri: &str) -> bool {
    let Some((scheme, rest)) = uri.split_once("://") else { return false };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let host = rest[..end].rsplit('@').next().unwrap_or_default();
    let is_host =
        |c: char| !c.is_whitespace() && !matches!(c, '{' | '}' | '$' | '<' | '>' | '"' | '\\');
    matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https")
        && !host.is_empty()
        && !host.starts_with([':', '.'])
        && host.chars().all(is_host)
}

/// Where a request is sent to, as the execution log prints it: the URI with its whole query string, of an ARN that of the
/// service.
pub(super) fn endpoint(uri: &str, query: &Fields<'_>) -> String {
    // arn:aws:apigateway:REGION:SERVICE:path/…
    let mut parts = uri.splitn(6, ':');
    let mut out = match (parts.next(), parts.nth(2), parts.next(), parts.next()) {
        (Some("arn"), Some(region), Some(service), Some(action)) => {
            let path = action.strip_prefix("path").unwrap_or("/");
            format!("https://{service}.{region}.amazonaws.com{path}")
        }
        _ => uri.to_owned(),
    };
    for (name, value) in query.iter() {
        out.push(if out.contains('?') { '&' } else { '?' });
        url::encode(name, &mut out);
        out.push('=');
        url::encode(value, &mut out);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_stage_variables_and_mapped_parameters_are_put_in() {
        let stage = Stage::compile(&json!({"name": "s", "variables": {"host": "h.example"}}));
        let stage = stage.expect("a stage");
        let path: Fields<'_> = [("id", "a b/ü%20")].into_iter().collect();
        let filled_in = |uri: &str| UriTemplate::compile(uri).fill_in(&stage, &path).into_owned();
        assert_eq!(
            filled_in("https://${stageVariables.host}/{id}"),
            "https://h.example/a%20b/%C3%BC%20"
        );
        assert_eq!(filled_in("http://h/${id}/${stageVariables.none}/{no}"), "http://h/${id}//{no}");
        assert_eq!(filled_in("http://h/${id\\}{}{{id}$"), "http://h/${id\\}{}{a%20b/%C3%BC%20$");
    }

    #[test]
    fn an_endpoint_has_a_host() {
        for right in ["https://a.example", "http://127.0.0.1:80/x?y", "HTTPS://u:p@h/"] {
            assert!(is_endpoint(right), "{right}");
        }
        for wrong in
            ["https:///a", "https://?q", "a.example", "ftp://a", "https://.b", "https://{x}/"]
        {
            assert!(!is_endpoint(wrong), "{wrong}");
        }
    }
}
