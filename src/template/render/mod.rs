//! Program → output: walks the nodes of a program with the values of one message.
//!
//! ```text
//! mod.rs         statements
//! reference.rs   $x.y[0].z(): from step to step
//! expression.rs  operators, literals, truth
//! assign.rs      the left side of #set
//! foreach.rs     loops and $foreach
//! macros.rs      #define, macros, #evaluate: what is rendered somewhere else
//! session.rs     what a render borrows: the message, and what it makes on the way
//! budget.rs      how much it may use
//! output.rs      where it writes
//! ```

mod arena;
mod assign;
mod budget;
mod expression;
mod foreach;
mod macros;
mod output;
mod reference;
mod session;

use std::rc::Rc;

pub(crate) use foreach::LoopScope;
pub(crate) use output::{Output, Traced};
pub use output::{Stretch, Trace};
pub(crate) use session::Session;

use super::program::{Emit, If, Node, slots};
use super::{Dialect, Note};
use crate::host::context::State;
use crate::host::{Overrides, Root};
use crate::value::{Exception, Value};
use crate::{Error, ErrorKind, Span};
use budget::Budget;
use macros::Scopes;

/// Why rendering did not simply go on.
#[derive(Debug)]
pub(crate) enum Interrupt {
    /// The template failed.
    Error(Error),
    /// `#break`: out of the loop with this number, or out of whatever is innermost
    Break(Option<usize>),
    /// `#stop`
    Stop,
    /// The template changes a part of the payload that is read in place: start again on a copy.
    Thaw,
}

impl From<Error> for Interrupt {
    fn from(error: Error) -> Interrupt {
        Interrupt::Error(error)
    }
}

pub(crate) type Rendering<T = ()> = Result<T, Interrupt>;

/// One render.
pub(crate) struct Renderer<'r> {
    session: &'r Session<'r>,
    dialect: Dialect,
    /// The variables by slot; null where nothing is set
    frame: Vec<Value<'r>>,
    /// The slots of loop variables whose element is null: they read as null whatever is assigned
    masked: Vec<usize>,
    loops: usize,
    scopes: Scopes<'r>,
    pub(super) context: State<'r>,
    budget: Budget,
    notes: Vec<Note>,
}

/// What a render leaves besides its output.
pub(crate) struct Left {
    pub(crate) overrides: Overrides,
    pub(crate) notes: Vec<Note>,
}

/// Renders a program. On an error the output holds what was rendered before it.
pub(crate) fn render<'r>(session: &'r Session<'r>, out: &mut impl Output) -> Rendering<Left> {
    let mut renderer = Renderer::new(session);
    match renderer.nodes(&session.program.body, out) {
        Ok(()) | Err(Interrupt::Stop | Interrupt::Break(_)) => {}
        Err(other) => return Err(other),
    }
    Ok(Left { overrides: renderer.context.overrides(), notes: renderer.notes })
}

impl<'r> Renderer<'r> {
    fn new(session: &'r Session<'r>) -> Renderer<'r> {
        let mut frame = vec![Value::Null; session.program.names.len()];
        if session.dialect == Dialect::ApiGateway {
            frame[slots::INPUT] = Value::Root(Root::Input);
            frame[slots::UTIL] = Value::Root(Root::Util);
            frame[slots::CONTEXT] = Value::Root(Root::Context);
            frame[slots::STAGE_VARIABLES] = session.stage_variables();
        }
        if let Some(host) = session.host_roots() {
            for (name, slot) in session.program.names.iter() {
                if let Some(value) = host.get(name) {
                    frame[slot] = session.in_place_or_thawed(value);
                }
            }
        }
        Renderer {
            session,
            dialect: session.dialect,
            frame,
            masked: Vec::new(),
            loops: 0,
            scopes: Scopes::default(),
            context: State::new(session),
            budget: Budget::new(&session.limits),
            notes: Vec::new(),
        }
    }

    fn nodes(&mut self, nodes: &'r [Node], out: &mut impl Output) -> Rendering {
        for node in nodes {
            match node {
                Node::Text(text, span) => {
                    out.begin(*span);
                    out.text().push_str(text);
                    out.end();
                    self.budget.step(1, *span)?;
                    self.budget.text(out.text().len(), *span)?;
                }
                Node::Emit(emit) => self.emit(emit, out)?,
                Node::Set(set) => self.set(set)?,
                Node::If(node) => self.branches(node, out)?,
                Node::Foreach(foreach) => self.foreach(foreach, out)?,
                Node::Define(block) => self.put(block.slot, Value::Block(block)),
                Node::Break(scope, span) => return self.break_out(scope.as_deref(), *span),
                Node::Fail(error) => return Err(Interrupt::Error(Error::clone(error))),
                Node::Stop => return Err(Interrupt::Stop),
                Node::Call(call) => self.call_macro(call, out)?,
                Node::Evaluate(text, span) => self.evaluate(text, *span, out)?,
                Node::Include(kind, file, span) => {
                    self.include(*kind, file.as_deref(), *span, out)?;
                }
            }
        }
        Ok(())
    }

    fn branches(&mut self, node: &'r If, out: &mut impl Output) -> Rendering {
        for (condition, body) in &node.branches {
            if self.truth(condition)? {
                return self.nodes(body, out);
            }
        }
        self.nodes(&node.otherwise, out)
    }

    /// `$x` in text.
    fn emit(&mut self, emit: &'r Emit, out: &mut impl Output) -> Rendering {
        let span = emit.reference.span;
        self.budget.step(1, span)?;
        out.begin(span);
        self.emit_inside(emit, out)?;
        out.end();
        self.budget.text(out.text().len(), span)
    }

    fn emit_inside(&mut self, emit: &'r Emit, out: &mut impl Output) -> Rendering {
        if emit.decoration.is_none() && self.emit_directly(&emit.reference, out)? {
            return Ok(());
        }
        let value = self.value_of(&emit.reference)?;
        if let Some(decoration) = &emit.decoration
            && decoration.escaped
        {
            let backslash = if value.is_null() { "\\" } else { "" };
            let text = out.text();
            text.push_str(&decoration.escape_prefix);
            text.push_str(backslash);
            text.push_str(&emit.reference.literal);
            return Ok(());
        }
        // A `#define`d block renders itself, and what stands before its `$` is lost.
        if let Value::Block(block) = &value
            && self.block(block, out)?
        {
            return Ok(());
        }
        if let Some(decoration) = &emit.decoration {
            out.text().push_str(&decoration.escape_prefix);
        }
        let more = emit.decoration.as_ref().map_or("", |d| &*d.more_prefix);
        let printed = match &value {
            Value::Null | Value::Block(_) => false,
            value => {
                let text = out.text();
                text.push_str(more);
                value
                    .print(text)
                    .map_err(|e| self.exception(e, "toString", value, span_of(emit)))?;
                true
            }
        };
        if !printed {
            // A null prints its source, and the backslashes once more.
            if let Some(decoration) = &emit.decoration {
                out.text().push_str(&decoration.escape_prefix);
            }
            out.text().push_str(more);
            if !emit.quiet {
                let literal =
                    self.scopes.literal(&emit.reference).unwrap_or(&emit.reference.literal);
                out.text().push_str(literal);
            }
        }
        Ok(())
    }

    // ---------------------------------------------------------------------------------------- variables

    fn put(&mut self, slot: usize, value: Value<'r>) {
        self.scopes.put(slot, &value);
        self.frame[slot] = value;
    }

    /// What a method threw, as an error at its call.
    #[cold]
    fn exception(
        &self,
        exception: Exception,
        method: &str,
        receiver: &Value<'r>,
        span: Span,
    ) -> Interrupt {
        if exception.class == Exception::FROZEN {
            return Interrupt::Thaw;
        }
        Interrupt::Error(Error::new(
            ErrorKind::Method {
                method: method.to_owned(),
                class: receiver.class_name(),
                exception: exception.class,
                message: exception.message,
            },
            span,
        ))
    }

    fn note(&mut self, span: Span, message: String) {
        if !self.notes.iter().any(|n| n.span == span) {
            self.notes.push(Note { span, message });
        }
    }
}

fn span_of(emit: &Emit) -> Span {
    emit.reference.span
}

#[cold]
fn runtime(message: impl Into<String>, span: Span) -> Interrupt {
    Interrupt::Error(Error::new(ErrorKind::Runtime(message.into()), span))
}

/// An identity for a loop or a block that is being rendered.
fn address<T: ?Sized>(thing: &T) -> usize {
    std::ptr::from_ref(thing).cast::<()>() as usize
}

fn shared_address<T: ?Sized>(thing: &Rc<T>) -> usize {
    address(&**thing)
}
