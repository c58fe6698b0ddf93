//! The language: text → grammar → AST → program → render.
//!
//! ```text
//! parse/       text → ast.rs, by grammar/velocity.pest
//! compile.rs   ast.rs → program.rs: names become slots
//! lint/        ast.rs → warnings
//! render/      program.rs + variables → output
//! ```

pub(crate) mod ast;
mod compile;
pub(crate) mod coverage;
mod dialect;
mod limits;
mod lint;
mod parse;
pub(crate) mod program;
mod render;

use std::fmt;
use std::sync::OnceLock;

pub use coverage::{Branch, Coverage, Piece, Way};
pub use dialect::Dialect;
pub use limits::{ForeachLimit, Limits, Options};
pub(crate) use program::Block;
pub(crate) use render::{LoopScope, Session};
pub use render::{Stretch, Trace};

use crate::host::{Overrides, Variables};
use crate::{Error, ErrorKind, Span, Warning};
use program::{Names, Program};
use render::{Interrupt, Left, Output, Traced, render};

/// A mapping template, compiled once and rendered as often as there are messages, from any number of threads.
///
/// ```
/// use transom::{Template, Variables};
///
/// let template = Template::new("Hello $input.path('$.name')!")?;
/// let rendered = template.render(&Variables::new().body(r#"{"name": "Ada"}"#))?;
/// assert_eq!(rendered.output, "Hello Ada!");
/// # Ok::<(), transom::Error>(())
/// ```
pub struct Template {
    source: Box<str>,
    program: Program,
    /// Made when somebody asks: a proxy never does.
    warnings: OnceLock<Vec<Warning>>,
    options: Options,
}

/// What a render answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rendered {
    /// The text
    pub output: String,
    /// What the template assigned to `$context.requestOverride` and `responseOverride`
    pub overrides: Overrides,
    /// What happened on the way that the output does not show
    pub notes: Vec<Note>,
}

/// What a render leaves besides its text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// What the template assigned to `$context.requestOverride` and `responseOverride`
    pub overrides: Overrides,
    /// What happened on the way that the output does not show
    pub notes: Vec<Note>,
}

/// Something that happened during a render and that its output does not show, such as a loop that was cut short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The piece of the template
    pub span: Span,
    /// One sentence without its end
    pub message: String,
}

impl Template {
    /// Compiles a template as API Gateway would.
    ///
    /// # Errors
    /// Whatever makes API Gateway refuse the template: nothing is rendered then.
    pub fn new(source: &str) -> Result<Template, Error> {
        Template::compile(source, &Options::default())
    }

    /// Compiles a template with another dialect or other limits.
    ///
    /// # Errors
    /// As [`Template::new`].
    pub fn compile(source: &str, options: &Options) -> Result<Template, Error> {
        let limit = options.limits.template_bytes;
        if source.len() > limit {
            let kind = ErrorKind::TemplateTooLarge { bytes: source.len(), limit };
            return Err(Error::new(kind, Span::new(0, 0)));
        }
        let nodes = parse::parse(source, options.dialect)?;
        let program =
            compile::compile(&nodes, source, options.dialect, options.json_path, Names::new())?;
        let (source, warnings, options) = (source.into(), OnceLock::new(), options.clone());
        Ok(Template { source, program, warnings, options })
    }

    /// The text that was compiled.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What is likely not what the author meant, in the order of the text.
    ///
    /// The first call reads the template again to find out, in time linear in its size; compiling and rendering cost
    /// nothing for it.
    pub fn warnings(&self) -> &[Warning] {
        self.warnings.get_or_init(|| lint::lint(&self.source, self.options.dialect))
    }

    /// Renders the template for one message.
    ///
    /// # Errors
    /// A method that throws, an index out of range, a limit that is reached. Nothing of the output is kept then, as API
    /// Gateway answers with an error of its own.
    pub fn render(&self, variables: &Variables<'_>) -> Result<Rendered, Error> {
        let payload = variables.body.map_or(0, str::len);
        // Most templates print a good part of the payload once.
        let mut output =
            String::with_capacity(self.program.size_hint + payload.min(64 * 1024) + 32);
        let Outcome { overrides, notes } = self.render_into(variables, &mut output)?;
        Ok(Rendered { output, overrides, notes })
    }

    /// Renders the template to the end of a buffer of the caller's.
    ///
    /// # Errors
    /// As [`Template::render`]; the buffer is then as it was.
    pub fn render_into(
        &self,
        variables: &Variables<'_>,
        out: &mut String,
    ) -> Result<Outcome, Error> {
        let start = out.len();
        let mut text = std::mem::take(out);
        let left = self.run(variables, &mut text, |text| text.truncate(start));
        *out = text;
        let Left { overrides, notes } = left?;
        Ok(Outcome { overrides, notes })
    }

    /// Renders the template and keeps which piece of it wrote which stretch of the output.
    ///
    /// # Errors
    /// As [`Template::render`].
    pub fn render_traced(&self, variables: &Variables<'_>) -> Result<(Rendered, Trace), Error> {
        let mut trace = Trace::default();
        let rendered = self.trace(variables, &mut trace)?;
        Ok((rendered, trace))
    }

    /// As [`Template::render_traced`], for those who want to know of a render that fails too: the trace then tells what
    /// was rendered before the error.
    ///
    /// # Errors
    /// As [`Template::render`].
    pub fn trace(&self, variables: &Variables<'_>, trace: &mut Trace) -> Result<Rendered, Error> {
        let mut out = Traced::new();
        let mut left = self.attempt(variables, &mut out, false);
        if matches!(left, Err(Interrupt::Thaw)) {
            out = Traced::new();
            left = self.attempt(variables, &mut out, true);
        }
        let (output, traced) = out.finish();
        *trace = traced;
        let Left { overrides, notes } = left.map_err(failure)?;
        Ok(Rendered { output, overrides, notes })
    }

    fn run<O: Output>(
        &self,
        variables: &Variables<'_>,
        out: &mut O,
        reset: impl Fn(&mut O),
    ) -> Result<Left, Error> {
        match self.attempt(variables, out, false) {
            Ok(left) => return Ok(left),
            // The template turned out to change its payload: a render has no other effects, so it starts again.
            Err(Interrupt::Thaw) => reset(out),
            Err(other) => {
                reset(out);
                return Err(failure(other));
            }
        }
        self.attempt(variables, out, true).map_err(|interrupt| {
            reset(out);
            failure(interrupt)
        })
    }

    fn attempt(
        &self,
        variables: &Variables<'_>,
        out: &mut impl Output,
        thawed: bool,
    ) -> Result<Left, Interrupt> {
        let session = Session::new(&self.program, &self.options, variables, thawed);
        render(&session, out)
    }
}

#[cold]
fn failure(interrupt: Interrupt) -> Error {
    match interrupt {
        Interrupt::Error(error) => error,
        _ => Error::new(ErrorKind::Internal("a render was interrupted"), Span::new(0, 0)),
    }
}

impl fmt::Debug for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Template")
            .field("source", &self.source)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
