//! `transom invoke`, and what every command that reads definitions takes.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::values::{Header, OutputForm, StageVariable};

/// Values for what a definition leaves open.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Definition")]
pub(crate) struct DefinitionArguments {
    /// The value of a template's parameter, or of a pseudo-parameter such as AWS::Region; repeatable
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) parameter: Vec<StageVariable>,

    /// Values of parameters: {"Name": "value"}, or CloudFormation's list, in JSON or YAML
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) parameters: Vec<PathBuf>,
}

/// `transom invoke`
#[derive(Debug, Args)]
pub(crate) struct InvokeArguments {
    /// The definition: OpenAPI, SAM, CloudFormation, CDK's cdk.out, Terraform's plan as JSON, or a get-method answer
    #[arg(value_hint = ValueHint::AnyPath)]
    pub(crate) definition: PathBuf,

    /// GET, POST, …
    pub(crate) method: String,

    /// The path without the stage, with the query string if there is one: /orders?limit=1
    pub(crate) path: String,

    /// A header; repeatable
    #[arg(short = 'H', long = "header", value_name = "NAME: VALUE", help_heading = "Request")]
    pub(crate) headers: Vec<Header>,

    /// The payload: a text, or @FILE for the bytes of a file. It is application/json unless -H says otherwise
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true, help_heading = "Request")]
    pub(crate) data: Option<String>,

    /// $context: a JSON object, whose members win over what the request says
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Request")]
    pub(crate) context: Option<PathBuf>,

    /// The stage's name [default: the definition's own]
    #[arg(long, value_name = "NAME", help_heading = "Request")]
    pub(crate) stage: Option<String>,

    /// A stage variable, beside or in the place of the definition's own; repeatable
    #[arg(short, long = "stage-variable", value_name = "NAME=VALUE", help_heading = "Request")]
    pub(crate) stage_variables: Vec<StageVariable>,

    /// What the backend answers: a JSON FILE, or echo for the body that it got
    #[arg(short, long, value_name = "FILE|echo", value_hint = ValueHint::FilePath)]
    pub(crate) backend: Option<PathBuf>,

    /// Which API, where the definition has several
    #[arg(long, value_name = "NAME", help_heading = "Definition")]
    pub(crate) api: Option<String>,

    /// The path of the resource that a get-method answer belongs to
    #[arg(long, value_name = "PATH", help_heading = "Definition")]
    pub(crate) resource_path: Option<String>,

    #[command(flatten)]
    pub(crate) parameters: DefinitionArguments,

    /// Status and headers too
    #[arg(short, long, help_heading = "Output")]
    pub(crate) include: bool,

    /// Exit with 1 if the status is 400 or more
    #[arg(short, long, help_heading = "Output")]
    pub(crate) fail: bool,

    /// What would be sent to the backend, and stop there
    #[arg(long, help_heading = "Output")]
    pub(crate) integration_request: bool,

    /// API Gateway's execution log in place of the body
    #[arg(long, help_heading = "Output", conflicts_with = "integration_request")]
    pub(crate) log: bool,

    /// Both messages, and where each of their members came from, in place of the body
    #[arg(long, help_heading = "Output", conflicts_with_all = ["integration_request", "log"])]
    pub(crate) explain: bool,

    /// text, or one JSON object with everything
    #[arg(short, long, value_name = "FORM", value_enum, default_value_t = OutputForm::Text, help_heading = "Output")]
    pub(crate) output: OutputForm,
}
