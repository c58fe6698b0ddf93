//! What is rendered somewhere else than it stands: `#define`d blocks, macros, `#evaluate`d texts.

use std::collections::HashMap;
use std::rc::Rc;

use super::{Interrupt, Output, Renderer, Rendering, address, runtime};
use crate::Span;
use crate::template::compile::compile;
use crate::template::parse::parse;
use crate::template::program::{Block, Call, Expr, Include, Macro, Names, Reference, slots};
use crate::value::Value;

/// How deep macros may call one another in Velocity (`velocimacro.max.depth`).
const MACRO_DEPTH: usize = 20;

/// How deep a block may contain itself in Velocity (`directive.define.maxdepth`).
const BLOCK_DEPTH: usize = 2;

/// The calls that are being rendered.
#[derive(Default)]
pub(super) struct Scopes<'r> {
    /// The innermost call in whose view variables are looked up
    current: Option<Rc<Scope<'r>>>,
    depth: usize,
    /// The blocks that are being rendered, by address
    blocks: Vec<usize>,
    /// The names as `#evaluate` found or made them
    names: Option<Names>,
    /// The macros that evaluated texts defined
    macros: HashMap<Box<str>, &'r Macro>,
}

/// What a macro sees of its caller: parameters are evaluated anew at every use, in the caller's view.
struct Scope<'r> {
    parameters: Vec<(usize, &'r str, Parameter<'r>)>,
    locals: std::cell::RefCell<HashMap<usize, Value<'r>>>,
    outer: Option<Rc<Scope<'r>>>,
}

enum Parameter<'r> {
    Constant(Value<'r>),
    Expression(&'r Expr, &'r str),
}

impl<'r> Scopes<'r> {
    pub(super) fn inside_macro(&self) -> bool {
        self.current.is_some()
    }

    /// Assigns in all calls around: what a macro sets, its caller sees.
    pub(super) fn put(&self, slot: usize, value: &Value<'r>) {
        let mut scope = self.current.as_ref();
        while let Some(inner) = scope {
            inner.locals.borrow_mut().insert(slot, value.clone());
            scope = inner.outer.as_ref();
        }
    }

    /// The source of the argument behind a parameter that is null: what prints in its place.
    pub(super) fn literal(&self, reference: &Reference) -> Option<&'r str> {
        let mut scope = self.current.as_ref();
        while let Some(inner) = scope {
            for (_, name, parameter) in &inner.parameters {
                if let Parameter::Expression(_, literal) = parameter
                    && **name == *reference.literal
                {
                    return Some(literal);
                }
            }
            scope = inner.outer.as_ref();
        }
        None
    }
}

impl<'r> Renderer<'r> {
    /// A variable as the macro that is being rendered sees it.
    pub(super) fn get_in_macro(&mut self, slot: usize) -> Rendering<Value<'r>> {
        let mut scope = self.scopes.current.clone();
        while let Some(inner) = scope {
            if let Some(value) = inner.locals.borrow().get(&slot)
                && !value.is_null()
            {
                return Ok(value.clone());
            }
            if let Some((_, _, parameter)) = inner.parameters.iter().find(|(s, ..)| *s == slot) {
                return match parameter {
                    Parameter::Constant(value) => Ok(value.clone()),
                    Parameter::Expression(expr, _) => {
                        self.in_scope(inner.outer.clone(), |renderer| match expr {
                            Expr::Reference(reference) if reference.steps.is_empty() => {
                                renderer.get(reference.root)
                            }
                            expr => renderer.value(expr),
                        })
                    }
                };
            }
            scope = inner.outer.clone();
        }
        Ok(self.frame[slot].clone())
    }

    fn in_scope<T>(
        &mut self,
        scope: Option<Rc<Scope<'r>>>,
        work: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let inner = std::mem::replace(&mut self.scopes.current, scope);
        let result = work(self);
        self.scopes.current = inner;
        result
    }

    // ---------------------------------------------------------------------------------------- macros

    pub(super) fn call_macro(&mut self, call: &'r Call, out: &mut impl Output) -> Rendering {
        self.budget.step(1, call.span)?;
        let program = self.session.program;
        let Some(called) =
            program.macros.get(&call.name).or_else(|| self.scopes.macros.get(&call.name).copied())
        else {
            out.begin(call.span);
            out.text().push_str(&call.literal);
            out.end();
            return self.budget.text(out.text().len(), call.span);
        };
        out.ran(call.span);
        if let Some(position) = call.arguments.iter().position(|a| a.word) {
            return Err(runtime(
                format!("argument {} of macro `#{}` is a bare word", position + 1, call.name),
                call.span,
            ));
        }
        if self.scopes.depth == MACRO_DEPTH {
            return Err(runtime(
                format!("macro `#{}` is called more than {MACRO_DEPTH} deep", call.name),
                call.span,
            ));
        }
        self.budget.enter(call.span)?;
        self.scopes.depth += 1;
        let scope = Rc::new(self.scope(called, call)?);
        let result = self.in_scope(Some(scope), |renderer| renderer.nodes(&called.body, out));
        self.scopes.depth -= 1;
        self.budget.leave();
        match result {
            Err(Interrupt::Break(None)) => Ok(()),
            other => other,
        }
    }

    fn scope(&mut self, called: &'r Macro, call: &'r Call) -> Rendering<Scope<'r>> {
        let mut parameters = Vec::with_capacity(called.parameters.len());
        for ((slot, name), argument) in called.parameters.iter().zip(&call.arguments) {
            let parameter = match &argument.value {
                constant @ (Expr::Integer(_) | Expr::Number(_) | Expr::Boolean(_)) => {
                    Parameter::Constant(self.value(constant)?)
                }
                expr => Parameter::Expression(expr, &argument.literal),
            };
            parameters.push((*slot, &**name, parameter));
        }
        let scope =
            Scope { parameters, locals: Default::default(), outer: self.scopes.current.clone() };
        if let Some(body) = &call.body {
            scope.locals.borrow_mut().insert(slots::BODY_CONTENT, Value::Block(body));
        }
        Ok(scope)
    }

    // ---------------------------------------------------------------------------------------- blocks

    /// Renders what `#define` stored; answers `false`, and prints nothing, when the block contains itself too deeply.
    pub(super) fn block(&mut self, block: &'r Block, out: &mut impl Output) -> Rendering<bool> {
        let id = address(block);
        if self.scopes.blocks.iter().filter(|b| **b == id).count() >= BLOCK_DEPTH {
            return Ok(false);
        }
        self.budget.enter(Span::default())?;
        self.scopes.blocks.push(id);
        let result = self.nodes(&block.body, out);
        self.scopes.blocks.pop();
        self.budget.leave();
        match result {
            Ok(()) | Err(Interrupt::Break(None)) => Ok(true),
            Err(other) => Err(other),
        }
    }

    /// What a value prints, blocks included.
    pub(super) fn text_of(&mut self, value: &Value<'r>) -> Rendering<String> {
        match value {
            Value::Block(block) => {
                let mut text = String::new();
                self.block(block, &mut text)?;
                Ok(text)
            }
            value => Ok(value.to_text().into_owned()),
        }
    }

    // ---------------------------------------------------------------------------------------- #evaluate

    pub(super) fn evaluate(
        &mut self,
        text: &'r Expr,
        span: Span,
        out: &mut impl Output,
    ) -> Rendering {
        out.ran(span);
        let value = self.value(text)?;
        if value.is_null() {
            return Ok(());
        }
        let source = self.text_of(&value)?;
        self.budget.enter(span)?;
        let names = self.scopes.names.take().unwrap_or_else(|| self.session.program.names.clone());
        let evaluated = parse(&source, self.dialect).and_then(|nodes| {
            compile(&nodes, &source, self.dialect, self.session.json_path, names)
        });
        let program = match evaluated {
            Ok(program) => program,
            Err(e) => {
                return Err(runtime(
                    format!("the text given to `#evaluate` is no template: {e}"),
                    span,
                ));
            }
        };
        let (program, _) = self.session.programs.push((program, source));
        self.take_names(&program.names);
        self.scopes
            .macros
            .extend(program.macros.iter().map(|(name, defined)| (name.clone(), defined)));
        out.elsewhere(true);
        let result = self.nodes(&program.body, out);
        out.elsewhere(false);
        self.budget.leave();
        match result {
            Err(Interrupt::Break(None) | Interrupt::Stop) => Ok(()),
            other => other,
        }
    }

    /// Makes room for the variables that an evaluated text names first.
    fn take_names(&mut self, names: &Names) {
        let known = self.frame.len();
        self.frame.resize(names.len(), Value::Null);
        if let Some(host) = self.session.host_roots() {
            for (name, slot) in names.iter().filter(|(_, slot)| *slot >= known) {
                if let Some(value) = host.get(name) {
                    self.frame[slot] = self.session.in_place_or_thawed(value);
                }
            }
        }
        self.scopes.names = Some(names.clone());
    }

    /// `#parse` and `#include`: there are no files in a render.
    pub(super) fn include(
        &mut self,
        kind: Include,
        file: Option<&'r Expr>,
        span: Span,
        out: &mut impl Output,
    ) -> Rendering {
        let Some(file) = file else {
            return match kind {
                Include::Parse => Err(runtime("`#parse` needs a file", span)),
                Include::Include => Ok(()),
            };
        };
        match self.value(file)? {
            Value::Null if kind == Include::Include => {
                out.text().push_str(
                    "<!-- include error : error with arg 0 please see log. see error log -->",
                );
                Ok(())
            }
            Value::Null => Ok(()),
            value => Err(runtime(format!("there is no file `{}`", self.text_of(&value)?), span)),
        }
    }
}
