//! What options may say, as types.

use std::str::FromStr;

use clap::ValueEnum;
use transom::{Dialect, JsonPathDialect};

/// What `render` writes to standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputForm {
    /// The rendered text and nothing else
    Text,
    /// One JSON object
    Json,
}

/// How `check` writes findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// With the source line and a caret under the place
    Human,
    /// One JSON array
    Json,
    /// Workflow commands of GitHub Actions, which annotate a pull request
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

/// How `test` tells what came of the cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Reporter {
    /// What differs, and a summary
    Human,
    /// One JSON object
    Json,
    /// JUnit's XML, for CI servers
    Junit,
    /// Workflow commands of GitHub Actions, which annotate a pull request
    Github,
}

/// [`Dialect`], with the names that the batch format has for them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum DialectName {
    /// API Gateway
    #[default]
    Apigateway,
    /// Apache Velocity 1.7
    Velocity,
}

impl From<DialectName> for Dialect {
    fn from(name: DialectName) -> Dialect {
        match name {
            DialectName::Apigateway => Dialect::ApiGateway,
            DialectName::Velocity => Dialect::Velocity,
        }
    }
}

/// [`JsonPathDialect`], by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum JsonPathName {
    /// Jayway JsonPath
    #[default]
    Jayway,
    /// RFC 9535
    Rfc9535,
}

impl From<JsonPathName> for JsonPathDialect {
    fn from(name: JsonPathName) -> JsonPathDialect {
        match name {
            JsonPathName::Jayway => JsonPathDialect::Jayway,
            JsonPathName::Rfc9535 => JsonPathDialect::Rfc9535,
        }
    }
}

/// Where a parameter stands in the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Path,
    Querystring,
    Header,
}

/// `path.id=1`
#[derive(Clone, Debug)]
pub(crate) struct Param {
    pub(crate) place: Place,
    pub(crate) name: String,
    pub(crate) value: String,
}

impl FromStr for Param {
    type Err = String;

    /// The first dot ends the place and the first `=` the name, so that names have dots and values have anything.
    fn from_str(text: &str) -> Result<Param, String> {
        let wanted =
            || "write path.NAME=VALUE, querystring.NAME=VALUE or header.NAME=VALUE".to_owned();
        let (place, rest) = text.split_once('.').ok_or_else(wanted)?;
        let (name, value) = rest.split_once('=').ok_or_else(wanted)?;
        let place = match place {
            "path" => Place::Path,
            "querystring" | "query" => Place::Querystring,
            "header" => Place::Header,
            _ => return Err(wanted()),
        };
        Ok(Param { place, name: name.to_owned(), value: value.to_owned() })
    }
}

/// `table=pets-dev`
#[derive(Clone, Debug)]
pub(crate) struct StageVariable {
    pub(crate) name: String,
    pub(crate) value: String,
}

impl FromStr for StageVariable {
    type Err = String;

    fn from_str(text: &str) -> Result<StageVariable, String> {
        let (name, value) = text.split_once('=').ok_or("write NAME=VALUE")?;
        Ok(StageVariable { name: name.to_owned(), value: value.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_name_may_have_dots_and_a_value_anything() {
        let param: Param = "querystring.filter.name=a=b.c".parse().expect("a parameter");
        assert_eq!(
            (param.place, param.name.as_str(), param.value.as_str()),
            (Place::Querystring, "filter.name", "a=b.c")
        );
        assert!("id=1".parse::<Param>().is_err());
        assert!("cookie.id=1".parse::<Param>().is_err());
    }
}
