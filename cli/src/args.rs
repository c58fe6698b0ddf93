//! The command line, as clap reads it.

mod values;

use std::path::PathBuf;

use clap::{Args, ColorChoice, Parser, Subcommand, ValueHint};
use clap_complete::Shell;
use transom::{Dialect, Limits, Options};

pub(crate) use values::{
    DialectName, Format, JsonPathName, OutputForm, Param, Place, Reporter, StageVariable,
};

/// Runs the mapping templates (VTL) of AWS API Gateway, offline: the same text comes out, byte for byte
#[derive(Debug, Parser)]
#[command(name = "transom", bin_name = "transom", version, max_term_width = 100)]
#[command(after_help = "Exit status: 0 fine, 1 the input is wrong, 2 the command line is wrong.\n\
    `transom COMMAND --help` has examples and describes every format.")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// Colours: auto (only on a terminal, and not if NO_COLOR is set), always or never
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        alias = "colour",
        hide_possible_values = true
    )]
    pub(crate) color: ColorChoice,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Renders a template for one request
    #[command(
        override_usage = "transom render [OPTIONS] <TEMPLATE>\n       transom render [OPTIONS] --template-text <TEXT>"
    )]
    #[command(after_long_help = include_str!("help/render.txt"))]
    Render(Box<RenderArguments>),
    /// Finds errors and traps in templates without rendering them
    #[command(after_long_help = include_str!("help/check.txt"))]
    Check(CheckArguments),
    /// Renders many templates: JSON lines in, JSON lines out
    #[command(after_long_help = include_str!("help/batch.txt"))]
    Batch(BatchArguments),
    /// Runs the cases of test files (`*.transom.yaml`)
    #[command(after_long_help = include_str!("help/test.txt"))]
    Test(TestArguments),
    /// Writes a first test file for a template
    #[command(after_long_help = include_str!("help/init.txt"))]
    Init(InitArguments),
    /// Prints a completion script for a shell
    #[command(after_long_help = include_str!("help/completions.txt"))]
    Completions(CompletionsArguments),
}

/// `transom render`
#[derive(Debug, Args)]
pub(crate) struct RenderArguments {
    /// The template's file, or - for standard input
    #[arg(required_unless_present = "template_text", value_hint = ValueHint::FilePath)]
    pub(crate) template: Option<PathBuf>,

    /// The template itself, in place of a file
    #[arg(
        short = 'e',
        long,
        value_name = "TEXT",
        conflicts_with = "template",
        allow_hyphen_values = true
    )]
    pub(crate) template_text: Option<String>,

    #[command(flatten)]
    pub(crate) request: RequestArguments,

    #[command(flatten)]
    pub(crate) engine: EngineArguments,

    /// What standard output gets: the rendered text, or a JSON object with output, overrides, warnings and notes
    #[arg(short, long, value_name = "FORM", value_enum, default_value_t = OutputForm::Text, help_heading = "Output")]
    pub(crate) output: OutputForm,

    /// Show which piece of the template wrote which stretch of the output
    #[arg(long, help_heading = "Output")]
    pub(crate) trace: bool,

    /// Add API Gateway's own words (`Encountered "…" at …`) to an error
    #[arg(long, help_heading = "Output")]
    pub(crate) aws_words: bool,

    /// Say nothing on standard error but errors: no warnings, notes and overrides
    #[arg(short, long, help_heading = "Output")]
    pub(crate) quiet: bool,
}

/// What the template sees.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Request")]
pub(crate) struct RequestArguments {
    /// The payload ($input.body), byte for byte; - for standard input
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "body_text")]
    pub(crate) body: Option<PathBuf>,

    /// The payload itself, in place of a file
    #[arg(short = 'B', long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(crate) body_text: Option<String>,

    /// A parameter ($input.params), decoded: path.id=1, querystring.q=a b or header.Accept=*/*; repeatable
    #[arg(short, long = "param", value_name = "WHERE.NAME=VALUE")]
    pub(crate) params: Vec<Param>,

    /// A request as a Lambda function gets it from API Gateway (proxy event): body, parameters, headers,
    /// stage variables, and requestContext as $context; the other options win over it
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) event: Option<PathBuf>,

    /// $context: a JSON object; its members win over the event's
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) context: Option<PathBuf>,

    /// A stage variable ($stageVariables); repeatable
    #[arg(short, long = "stage-variable", value_name = "NAME=VALUE")]
    pub(crate) stage_variables: Vec<StageVariable>,

    /// Variables that a host of Velocity adds: a JSON object, each member a `$name`. API Gateway has none
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) vars: Option<PathBuf>,
}

/// How the engine behaves.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Engine")]
pub(crate) struct EngineArguments {
    /// Whose rules hold: API Gateway's, or those of stock Velocity 1.7 (which has no $input, $util, $context)
    #[arg(short, long, value_name = "NAME", value_enum, default_value_t = DialectName::Apigateway)]
    pub(crate) dialect: DialectName,

    /// Rounds after which #foreach stops [default: the dialect's own, 1000 for API Gateway]
    #[arg(long, value_name = "N")]
    pub(crate) limit_foreach: Option<usize>,

    /// Let $input.json write / as \\/, as one of json-smart's two ways of writing does
    #[arg(long)]
    pub(crate) escape_slashes: bool,

    /// Whose JSONPath $input takes: Jayway's, as in API Gateway, or the standard's (RFC 9535)
    #[arg(long = "jsonpath", value_name = "NAME", value_enum, default_value_t = JsonPathName::Jayway)]
    pub(crate) json_path: JsonPathName,
}

impl EngineArguments {
    /// The library's options.
    pub(crate) fn options(&self) -> Options {
        let mut options = options(self.dialect.into());
        if let Some(rounds) = self.limit_foreach {
            options.limits.foreach_rounds = rounds;
        }
        options.json_path = self.json_path.into();
        options.escape_slashes = self.escape_slashes;
        options
    }
}

/// A dialect with its own limits.
pub(crate) fn options(dialect: Dialect) -> Options {
    let mut options = Options { dialect, ..Options::default() };
    options.limits = Limits::for_dialect(dialect);
    options
}

/// `transom check`
#[derive(Debug, Args)]
pub(crate) struct CheckArguments {
    /// Templates, whatever their names end in; - for standard input
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) files: Vec<PathBuf>,

    /// How findings are written to standard output
    #[arg(short, long, value_name = "NAME", value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,

    /// Whose rules hold: API Gateway's, or those of stock Velocity 1.7
    #[arg(short, long, value_name = "NAME", value_enum, default_value_t = DialectName::Apigateway)]
    pub(crate) dialect: DialectName,

    /// Exit with 1 for warnings too
    #[arg(short = 'D', long)]
    pub(crate) deny_warnings: bool,

    /// Add API Gateway's own words (`Encountered "…" at …`) to an error
    #[arg(long)]
    pub(crate) aws_words: bool,

    /// Errors only: no warnings, no summary
    #[arg(short, long, conflicts_with = "deny_warnings")]
    pub(crate) quiet: bool,
}

/// `transom batch`
#[derive(Debug, Args)]
pub(crate) struct BatchArguments {
    /// Files of JSON lines; none, or -, for standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) files: Vec<PathBuf>,

    /// Lines rendered at the same time, 0 for one a processor. From 2 on, answers come in any order
    #[arg(short, long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(..=256))]
    pub(crate) jobs: u16,

    /// Let $input.json write / as \\/, as one of json-smart's two ways of writing does
    #[arg(long)]
    pub(crate) escape_slashes: bool,

    /// Whose JSONPath $input takes: Jayway's, as in API Gateway, or the standard's (RFC 9535)
    #[arg(long = "jsonpath", value_name = "NAME", value_enum, default_value_t = JsonPathName::Jayway)]
    pub(crate) json_path: JsonPathName,
}

/// `transom test`
#[derive(Debug, Args)]
pub(crate) struct TestArguments {
    /// Test files, and folders to look through for `*.transom.yaml` [default: this folder]
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,

    /// Run only cases whose name or file has this text; repeatable: any of them
    #[arg(short, long, value_name = "TEXT")]
    pub(crate) filter: Vec<String>,

    /// Print the cases and run none
    #[arg(short, long)]
    pub(crate) list: bool,

    /// Write what comes out into the test files, in place of what they expect
    #[arg(long, conflicts_with_all = ["list", "watch"])]
    pub(crate) bless: bool,

    /// Run again whenever a file changes, until it is interrupted
    #[arg(short, long, conflicts_with = "list")]
    pub(crate) watch: bool,

    /// What standard output gets
    #[arg(short, long, value_name = "NAME", value_enum, default_value_t = Reporter::Human)]
    pub(crate) reporter: Reporter,

    /// Cases run at the same time, 0 for one a processor
    #[arg(short, long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=256))]
    pub(crate) jobs: u16,

    /// Print the JSON Schema of test files, for editors, and run none
    #[arg(long)]
    pub(crate) schema: bool,

    /// Tell which lines and branches of the templates were rendered
    #[arg(long, help_heading = "Coverage")]
    pub(crate) coverage: bool,

    /// Write the coverage of template files as lcov
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Coverage")]
    pub(crate) lcov: Option<PathBuf>,

    /// Write a page with the templates in colours
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Coverage")]
    pub(crate) html: Option<PathBuf>,

    /// Exit with 1 if less than this percentage of lines and branches was rendered
    #[arg(long, value_name = "PERCENT", value_parser = percent, help_heading = "Coverage")]
    pub(crate) fail_under: Option<f64>,
}

fn percent(text: &str) -> Result<f64, String> {
    let percent = text.strip_suffix('%').unwrap_or(text).parse().ok();
    percent.filter(|n| (0.0..=100.0).contains(n)).ok_or_else(|| "write 0 to 100".to_owned())
}

/// `transom init`
#[derive(Debug, Args)]
pub(crate) struct InitArguments {
    /// The template's file
    #[arg(value_name = "TEMPLATE", value_hint = ValueHint::FilePath)]
    pub(crate) template: PathBuf,

    /// A payload for the first case; without it one is made of what the template reads
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) body: Option<PathBuf>,

    /// The test file [default: the template's name, ending in .transom.yaml, beside it]
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,

    /// Write over a file that is there
    #[arg(long)]
    pub(crate) force: bool,
}

/// `transom completions`
#[derive(Debug, Args)]
pub(crate) struct CompletionsArguments {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory;
        Arguments::command().debug_assert();
    }

    #[test]
    fn the_fixed_parts_of_the_help_fit_a_narrow_terminal() {
        let parts = [
            include_str!("help/render.txt"),
            include_str!("help/check.txt"),
            include_str!("help/batch.txt"),
            include_str!("help/test.txt"),
            include_str!("help/init.txt"),
            include_str!("help/completions.txt"),
        ];
        for line in parts.iter().flat_map(|text| text.lines()) {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }
}
