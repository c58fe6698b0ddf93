//! A template, compiled once, and its renders.

use serde_json::Value;
use transom::{Error, Note, Overrides, Template, Trace};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::diagnostic::{Source, thrown_input, thrown_render, thrown_template};
use crate::options;
use crate::scope::Scope;
use crate::utf16::Places;

/// A compiled template, and what its last render left besides its text.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Compiled {
    template: Template,
    places: Places,
    overrides: Overrides,
    notes: Vec<Note>,
    trace: Vec<u32>,
}

#[wasm_bindgen]
impl Compiled {
    /// Compiles a template.
    ///
    /// # Errors
    /// What makes API Gateway refuse it, or options that make no sense.
    #[wasm_bindgen(constructor)]
    pub fn new(source: &str, options: &str) -> Result<Compiled, String> {
        let options = options::read(options).map_err(thrown_input)?;
        let places = Places::new(source);
        let template = Template::compile(source, &options).map_err(|error| {
            thrown_template(&Source { text: source, places: &places }.error(&error))
        })?;
        Ok(Compiled {
            template,
            places,
            overrides: Overrides::default(),
            notes: Vec::new(),
            trace: Vec::new(),
        })
    }

    /// The warnings, a JSON array.
    pub fn warnings(&self) -> String {
        let source = self.source();
        let all = self.template.warnings().iter();
        Value::Array(all.map(|warning| source.warning(warning)).collect()).to_string()
    }

    /// Renders for a payload that is a text, or for the scope's own.
    ///
    /// # Errors
    /// What ends a render.
    #[expect(clippy::needless_pass_by_value, reason = "wasm-bindgen gives an optional text away")]
    pub fn render(
        &mut self,
        scope: &Scope,
        body: Option<String>,
        traced: bool,
    ) -> Result<String, String> {
        self.answer(scope, body.as_deref(), traced)
    }

    /// Renders for a payload in UTF-8.
    ///
    /// # Errors
    /// What ends a render.
    pub fn render_utf8(
        &mut self,
        scope: &Scope,
        body: &[u8],
        traced: bool,
    ) -> Result<String, String> {
        self.answer(scope, Some(&String::from_utf8_lossy(body)), traced)
    }

    /// Renders for a payload in bytes, whose answer is bytes too. What is not UTF-8 becomes U+FFFD, as on API Gateway.
    ///
    /// # Errors
    /// What ends a render.
    pub fn render_bytes(
        &mut self,
        scope: &Scope,
        body: &[u8],
        traced: bool,
    ) -> Result<Vec<u8>, String> {
        self.answer(scope, Some(&String::from_utf8_lossy(body)), traced).map(String::into_bytes)
    }

    /// What the last render assigned to the overrides, a JSON object; nothing where it assigned none.
    pub fn overrides(&mut self) -> Option<String> {
        let overrides = std::mem::take(&mut self.overrides);
        (!overrides.is_empty()).then(|| overrides_as_json(overrides).to_string())
    }

    /// The notes of the last render, a JSON array; nothing where it has none.
    pub fn notes(&mut self) -> Option<String> {
        let notes = std::mem::take(&mut self.notes);
        let source = self.source();
        let found = || Value::Array(notes.iter().map(|note| source.note(note)).collect());
        (!notes.is_empty()).then(|| found().to_string())
    }

    /// The stretches of the last render, if it was traced: start and end in the output, start and end in the template.
    pub fn trace(&mut self) -> Vec<u32> {
        std::mem::take(&mut self.trace)
    }
}

impl Compiled {
    fn source(&self) -> Source<'_> {
        Source { text: self.template.source(), places: &self.places }
    }

    fn answer(
        &mut self,
        scope: &Scope,
        body: Option<&str>,
        traced: bool,
    ) -> Result<String, String> {
        (self.overrides, self.notes) = Default::default();
        self.trace.clear();
        let variables = scope.variables(body);
        let rendered = if traced {
            self.template.render_traced(&variables).map(|(rendered, trace)| {
                self.trace = self.numbers(&trace, &rendered.output);
                rendered
            })
        } else {
            self.template.render(&variables)
        };
        let rendered = rendered.map_err(|error| self.failure(&error))?;
        self.overrides = rendered.overrides;
        self.notes = rendered.notes;
        Ok(rendered.output)
    }

    #[cold]
    fn failure(&self, error: &Error) -> String {
        thrown_render(&self.source().error(error))
    }

    fn numbers(&self, trace: &Trace, output: &str) -> Vec<u32> {
        let there = Places::new(output);
        let numbers = trace.stretches().iter().flat_map(|stretch| {
            let [start, end] = self.places.range(self.template.source(), stretch.piece);
            let from = there.offset(output, stretch.output.start);
            [from, there.offset(output, stretch.output.end), start, end]
        });
        numbers.collect()
    }
}

/// `{"request": {…}, "response": {…}}`, members only where the template set something.
fn overrides_as_json(overrides: Overrides) -> Value {
    let sides = [("request", overrides.request), ("response", overrides.response)];
    let set = sides.into_iter().filter(|(_, members)| !members.is_empty());
    Value::Object(set.map(|(side, members)| (side.to_owned(), Value::Object(members))).collect())
}

/// The error of a template, or its warnings: a JSON array.
///
/// # Errors
/// Options that make no sense.
#[wasm_bindgen]
pub fn check(source: &str, options: &str) -> Result<String, String> {
    let options = options::read(options).map_err(thrown_input)?;
    let places = Places::new(source);
    let place = Source { text: source, places: &places };
    let found = match Template::compile(source, &options) {
        Ok(template) => template.warnings().iter().map(|warning| place.warning(warning)).collect(),
        Err(error) => vec![place.error(&error)],
    };
    Ok(Value::Array(found).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Value {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn places_are_in_utf16() {
        let found = parsed(&check("🦀\n#if($a)", "").unwrap());
        let place =
            ["start", "end", "line", "column", "endLine", "endColumn"].map(|n| &found[0][n]);
        assert_eq!(place, [3, 10, 2, 1, 2, 8].map(Value::from).each_ref());
        assert_eq!(found[0]["code"], "unclosed-directive");
    }

    #[test]
    fn a_render_leaves_overrides_and_a_trace() {
        let source = "é#set($context.responseOverride.status = 404)$input.body";
        let mut template = Compiled::new(source, "").unwrap();
        let scope = Scope::new("").unwrap();
        assert_eq!(template.render(&scope, Some("🦀!".to_owned()), true).unwrap(), "é🦀!");
        assert_eq!(template.overrides().unwrap(), r#"{"response":{"status":404}}"#);
        assert_eq!((template.overrides(), template.notes()), (None, None));
        assert_eq!(template.trace(), [0, 1, 0, 1, 1, 4, 45, 56]);
        template.render(&scope, None, false).unwrap();
        assert!(template.trace().is_empty());
    }

    #[test]
    fn a_failed_render_says_where() {
        let mut template = Compiled::new("$input.body.substring(9)", "").unwrap();
        let thrown = template.render(&Scope::new("").unwrap(), None, false).unwrap_err();
        let thrown = parsed(&thrown);
        assert_eq!(
            (&thrown["kind"], &thrown["diagnostics"][0]["code"]),
            (&"render".into(), &"method-failed".into())
        );
    }
}
