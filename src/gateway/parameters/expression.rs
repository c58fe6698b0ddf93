//! The text of a parameter mapping → a source or a target.

use pest::Parser;
use pest::iterators::Pair;
use pest_derive::Parser;

use super::source::{BodyPath, Source};
use crate::gateway::config::{Location, RequestParameter};
use crate::java::hash_map::hash_order;
use crate::jsonpath::{AnyPath, JsonPathDialect};

#[derive(Parser)]
#[grammar = "grammar/parameter.pest"]
struct Grammar;

const LOCATIONS: &str = "header.NAME, querystring.NAME or path.NAME";

/// `method.request.header.X`, a key of a Method's `requestParameters`.
pub(in crate::gateway) fn declared(text: &str) -> Result<RequestParameter, String> {
    parse(Rule::declared, text)
        .and_then(parameter)
        .ok_or_else(|| format!("is not method.request. and {LOCATIONS}"))
}

/// `integration.request.header.X`, a key of an Integration's `requestParameters`.
pub(super) fn request_target(text: &str) -> Result<RequestParameter, String> {
    parse(Rule::request_target, text)
        .and_then(parameter)
        .ok_or_else(|| format!("is not integration.request. and {LOCATIONS}"))
}

/// `method.response.header.X`, a key of an IntegrationResponse's `responseParameters`: the header.
pub(super) fn response_target(text: &str) -> Result<Box<str>, String> {
    parse(Rule::response_target, text)
        .and_then(parameter)
        .map(|parameter| parameter.name)
        .ok_or_else(|| "is not method.response.header.NAME".to_owned())
}

/// Where a value of an Integration's `requestParameters` comes from.
pub(super) fn request_source(text: &str) -> Result<Source, String> {
    let words =
        "is neither a text in single quotes nor method.request.…, context.… or stageVariables.…";
    source(parse(Rule::request_source, text), text, words)
}

/// Where a value of an IntegrationResponse's `responseParameters` comes from.
pub(super) fn response_source(text: &str) -> Result<Source, String> {
    let words = "is neither a text in single quotes nor integration.response.…, context.… or stageVariables.…";
    source(parse(Rule::response_source, text), text, words)
}

/// The one thing that stands inside an entry rule.
fn parse(rule: Rule, text: &str) -> Option<Pair<'_, Rule>> {
    Grammar::parse(rule, text).ok()?.next()?.into_inner().next()
}

fn parameter(pair: Pair<'_, Rule>) -> Option<RequestParameter> {
    let location = match pair.as_rule() {
        Rule::header => Location::Header,
        Rule::querystring => Location::Querystring,
        Rule::path => Location::Path,
        _ => return None,
    };
    let name = pair.into_inner().next()?.as_str().into();
    Some(RequestParameter { location, name })
}

fn source(pair: Option<Pair<'_, Rule>>, text: &str, words: &str) -> Result<Source, String> {
    let Some(pair) = pair else { return Err(format!("{words}: {text}")) };
    let rule = pair.as_rule();
    let inner = pair.into_inner().next().map_or("", |inner| inner.as_str());
    let parameter = |location, all| Source::Parameter { location, name: inner.into(), all };
    Ok(match rule {
        Rule::literal => Source::Static(inner.into()),
        Rule::context => Source::Context(inner.into()),
        Rule::stage_variable => Source::StageVariable(inner.into()),
        Rule::header => parameter(Location::Header, false),
        Rule::multivalue_header => parameter(Location::Header, true),
        Rule::querystring => parameter(Location::Querystring, false),
        Rule::multivalue_querystring => parameter(Location::Querystring, true),
        Rule::path => parameter(Location::Path, false),
        _ if inner.is_empty() => Source::Body(None),
        _ => Source::Body(Some(Box::new(body_path(inner)?))),
    })
}

/// `.pets[0].name` and `[0].id`, or with the `$` that people put there: `.$.pets`.
fn body_path(text: &str) -> Result<BodyPath, String> {
    let compile = |path: &str| {
        AnyPath::compile(path, JsonPathDialect::Jayway)
            .map_err(|error| format!("has no JSONPath behind `body`: {error}"))
    };
    if let Some(from_root) = text.strip_prefix('.').filter(|rest| rest.starts_with('$')) {
        return Ok(BodyPath { path: compile(from_root)?, in_error_message: None });
    }
    let in_error_message = match text.strip_prefix(".errorMessage") {
        Some(rest) if rest.starts_with(['.', '[']) => Some(compile(&format!("${rest}"))?),
        _ => None,
    };
    Ok(BodyPath { path: compile(&format!("${text}"))?, in_error_message })
}

/// Sorts required parameters as AWS lists missing ones: headers, path and query string (recorded), and within each as
/// Java's `HashSet` walks their names (the one known list of two names of a kind is in that order).
pub(in crate::gateway) fn in_order_of_message(
    parameters: &[RequestParameter],
) -> Vec<RequestParameter> {
    let names: Vec<&str> = parameters.iter().map(|parameter| &*parameter.name).collect();
    let mut sorted: Vec<RequestParameter> =
        hash_order(&names).into_iter().filter_map(|at| parameters.get(at).cloned()).collect();
    sorted.sort_by_key(|parameter| parameter.location);
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_and_targets() {
        let parameter = |location, name: &str| RequestParameter { location, name: name.into() };
        assert_eq!(declared("method.request.header.X-Id"), Ok(parameter(Location::Header, "X-Id")));
        assert_eq!(
            request_target("integration.request.path.id"),
            Ok(parameter(Location::Path, "id"))
        );
        assert_eq!(response_target("method.response.header.ETag"), Ok("ETag".into()));
        for wrong in [
            "method.request.header.",
            "method.request.body",
            "header.X",
            "method.request.header.a b",
        ] {
            assert!(declared(wrong).is_err(), "{wrong}");
        }
        assert!(response_target("method.response.querystring.a").is_err());
        for right in [
            "'it's'",
            "''",
            "context.authorizer.claims.custom:role",
            "stageVariables.a",
            "method.request.multivaluequerystring.a",
            "method.request.body",
            "method.request.body.a[0].b",
            "method.request.body[0]",
            "method.request.body.$.a",
        ] {
            assert!(request_source(right).is_ok(), "{right}");
        }
        for wrong in ["", "'", "static", "method.request.body.a[(", "integration.response.body"] {
            assert!(request_source(wrong).is_err(), "{wrong}");
        }
        assert!(response_source("integration.response.body.errorMessage.a").is_ok());
        assert!(response_source("integration.response.path.a").is_err());
    }

    #[test]
    fn missing_parameters_are_listed_as_recorded() {
        let order = |keys: &[&str]| {
            let parameters = keys.iter().map(|key| declared(key)).collect::<Result<Vec<_>, _>>();
            let sorted = in_order_of_message(&parameters.expect("they are declared"));
            sorted.into_iter().map(|parameter| parameter.name.into_string()).collect::<Vec<_>>()
        };
        let locations =
            ["method.request.querystring.a", "method.request.path.b", "method.request.header.c"];
        assert_eq!(order(&locations), ["c", "b", "a"]);
        let same = ["method.request.querystring.dividend", "method.request.querystring.divisor"];
        assert_eq!(order(&same), ["divisor", "dividend"]);
    }
}
