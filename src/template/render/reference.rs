//! `$x.y[0].z()`: from a variable's value, step by step.

use super::{Output, Renderer, Rendering};
use crate::host::{Root, input, util};
use crate::json::Kind;
use crate::methods;
use crate::template::Dialect;
use crate::template::program::{Expr, MethodCall, Reference, Step};
use crate::value::{Exception, Text, Value};
use crate::{Error, ErrorKind};

/// Up to this many arguments are kept on the stack; no method of Java's that a template can call takes more, but
/// `String.format`.
const INLINE: usize = 3;

impl<'r> Renderer<'r> {
    /// The value of a reference. In API Gateway's dialect a reference that leads nowhere is the empty text.
    pub(super) fn value_of(&mut self, reference: &'r Reference) -> Rendering<Value<'r>> {
        let value = self.lookup(reference)?;
        Ok(match value {
            Value::Null if self.dialect == Dialect::ApiGateway => Value::Text(Text::EMPTY),
            value => value,
        })
    }

    /// The value of a reference, or null.
    pub(super) fn lookup(&mut self, reference: &'r Reference) -> Rendering<Value<'r>> {
        let mut value = self.get(reference.root)?;
        for step in &reference.steps {
            if value.is_null() {
                break;
            }
            self.budget.step(1, step.span())?;
            value = self.step(&value, step)?;
        }
        Ok(value)
    }

    fn step(&mut self, value: &Value<'r>, step: &'r Step) -> Rendering<Value<'r>> {
        match step {
            Step::Property(name, span) => match value {
                // By far the most frequent step: a member of an object in the payload.
                Value::Node(node) if node.kind() == Kind::Object && &**name != "class" => {
                    Ok(node.get(name).map_or(Value::Null, Value::from_node))
                }
                Value::Root(root) => Ok(self.root_property(*root, name)),
                Value::Loop(scope) => Ok(scope.property(name)),
                _ => match methods::property(value, name) {
                    Ok(found) => Ok(found.unwrap_or(Value::Null)),
                    Err(e) => Err(self.exception(e, name, value, *span)),
                },
            },
            Step::Index(index, span) => {
                let index = self.value(index)?;
                match value {
                    Value::Root(Root::Context) => Ok(if let Value::Text(name) = &index {
                        self.context.member(name)
                    } else {
                        Value::Null
                    }),
                    Value::Root(_) | Value::Block(_) => Ok(Value::Null),
                    Value::Loop(scope) => {
                        let storage = Value::Map(scope.storage().clone());
                        Ok(methods::index(&storage, &index)
                            .map_err(|e| self.index_failed(e, value, &index, *span))?
                            .unwrap_or(Value::Null))
                    }
                    _ => match methods::index(value, &index) {
                        Ok(found) => Ok(found.unwrap_or(Value::Null)),
                        Err(e) => Err(self.index_failed(e, value, &index, *span)),
                    },
                }
            }
            Step::Call(call) => self.call(value, call),
        }
    }

    #[cold]
    pub(super) fn index_failed(
        &self,
        e: Exception,
        value: &Value<'r>,
        index: &Value<'r>,
        span: crate::Span,
    ) -> super::Interrupt {
        match (methods::size(value), index) {
            (Some(size), Value::Integer(index))
                if e.class.ends_with("IndexOutOfBoundsException") =>
            {
                super::Interrupt::Error(Error::new(
                    ErrorKind::Index { index: i64::from(*index), size },
                    span,
                ))
            }
            _ => self.exception(e, "get", value, span),
        }
    }

    fn root_property(&mut self, root: Root, name: &str) -> Value<'r> {
        match root {
            Root::Input if name == "body" => {
                Value::Text(Text::Borrowed(self.session.variables.payload()))
            }
            Root::Context => self.context.member(name),
            _ => Value::Null,
        }
    }

    // ---------------------------------------------------------------------------------------- calls

    fn call(&mut self, receiver: &Value<'r>, call: &'r MethodCall) -> Rendering<Value<'r>> {
        match call.arguments.as_ref() {
            [] => self.invoke(receiver, call, &[]),
            [one] => {
                let one = self.value(one)?;
                self.invoke(receiver, call, &[one])
            }
            many if many.len() <= INLINE => {
                let mut arguments = [Value::Null, Value::Null, Value::Null];
                for (slot, argument) in arguments.iter_mut().zip(many) {
                    *slot = self.value(argument)?;
                }
                self.invoke(receiver, call, &arguments[..many.len()])
            }
            many => {
                let arguments = self.values(many)?;
                self.invoke(receiver, call, &arguments)
            }
        }
    }

    pub(super) fn values(&mut self, exprs: &'r [Expr]) -> Rendering<Vec<Value<'r>>> {
        exprs.iter().map(|e| self.value(e)).collect()
    }

    fn invoke(
        &mut self,
        receiver: &Value<'r>,
        call: &'r MethodCall,
        arguments: &[Value<'r>],
    ) -> Rendering<Value<'r>> {
        let result = match receiver {
            Value::Root(Root::Input) => return self.call_input(call, arguments),
            Value::Root(Root::Util) => {
                util::call(&call.name, arguments, |text| self.session.parse(text))
            }
            Value::Root(Root::Context) => match (&*call.name, arguments) {
                ("get", [Value::Text(name)]) => return Ok(self.context.member(name)),
                _ => return self.invoke(&self.context.as_map(), call, arguments),
            },
            Value::Loop(scope) => match scope.call(&call.name, arguments) {
                Some(value) => return Ok(value),
                None => return self.invoke(&Value::Map(scope.storage().clone()), call, arguments),
            },
            Value::Block(block) => {
                return Ok(match (&*call.name, arguments) {
                    ("toString", []) => Value::text(self.text_of(receiver)?),
                    ("equals", [Value::Block(other)]) => Value::Bool(std::ptr::eq(*block, *other)),
                    ("equals", [_]) => Value::Bool(false),
                    _ => Value::Null,
                });
            }
            _ => match call.method {
                Some(method) => {
                    let limits = self.budget.limits().of_methods();
                    methods::call(receiver, method, arguments, &limits)
                }
                None => Ok(None),
            },
        };
        match result {
            Ok(Some(value)) => {
                if let Value::Text(text) = &value {
                    self.budget.text(text.len(), call.span)?;
                }
                Ok(value)
            }
            Ok(None) => Ok(Value::Null),
            Err(e) => Err(self.exception(e, &call.name, receiver, call.span)),
        }
    }

    fn call_input(
        &mut self,
        call: &'r MethodCall,
        arguments: &[Value<'r>],
    ) -> Rendering<Value<'r>> {
        match (&*call.name, arguments) {
            ("path", [_]) => self.input_path(call, arguments),
            ("json", [Value::Text(_)]) => {
                let found = self.input_path(call, arguments)?;
                let mut json = String::new();
                input::write_json(&found, self.session.slash, &mut json)
                    .map_err(|e| self.exception(e, "json", &found, call.span))?;
                Ok(Value::text(json))
            }
            ("params", []) => Ok(input::all_params(self.session.variables.params)),
            ("params", [Value::Text(name)]) => {
                Ok(input::param(self.session.variables.params, name))
            }
            ("getBody", []) => Ok(Value::Text(Text::Borrowed(self.session.variables.payload()))),
            // Methods without parameters are found with any arguments, and fail.
            ("params", [Value::Null]) => Ok(Value::Null),
            ("params" | "getBody", _) => {
                let exception = methods::wrong_number_of_arguments();
                let input = Value::Root(Root::Input);
                Err(self.exception(exception, &call.name, &input, call.span))
            }
            _ => Ok(Value::Null),
        }
    }

    /// What a JSONPath finds in the payload; null where there is nothing.
    fn input_path(
        &mut self,
        call: &'r MethodCall,
        arguments: &[Value<'r>],
    ) -> Rendering<Value<'r>> {
        let computed;
        let path = match (&call.path, arguments) {
            (Some(Ok(path)), _) => path,
            (Some(Err(message)), _) => return Err(json_path(message, call)),
            (None, [Value::Text(text)]) => {
                computed = self
                    .context
                    .paths
                    .compile(text)
                    .map_err(|message| json_path(&message, call))?;
                &*computed
            }
            (None, _) => return Ok(Value::Null),
        };
        let body = match self.session.body() {
            Ok(body) => body,
            Err(message) => {
                return Err(super::Interrupt::Error(Error::new(
                    ErrorKind::Payload(message.to_owned()),
                    call.span,
                )));
            }
        };
        let mut steps = self.budget.steps_left();
        let before = steps;
        let found = if self.session.thawed {
            let body = self.context.thawed_body(body);
            input::find(path, &body, &mut steps)
        } else {
            input::find_in_place(path, body, &mut steps)
        };
        self.budget.step(before - steps, call.span)?;
        match found {
            Ok(found) => Ok(found),
            Err(input::OverBudget) => self.budget.step(u64::MAX, call.span).map(|()| Value::Null),
        }
    }

    /// Writes what some references print without making a text of it first; answers whether it did.
    pub(super) fn emit_directly(
        &mut self,
        reference: &'r Reference,
        out: &mut impl Output,
    ) -> Rendering<bool> {
        let [Step::Call(call)] = reference.steps.as_ref() else { return Ok(false) };
        if &*call.name != "json"
            || call.arguments.len() != 1
            || !matches!(self.get(reference.root)?, Value::Root(Root::Input))
        {
            return Ok(false);
        }
        let argument = self.value(&call.arguments[0])?;
        if !matches!(argument, Value::Text(_)) {
            // There is no `json` for anything else, and a call of nothing prints nothing.
            return Ok(true);
        }
        let found = self.input_path(call, &[argument])?;
        input::write_json(&found, self.session.slash, out.text())
            .map_err(|e| self.exception(e, "json", &found, call.span))?;
        Ok(true)
    }

    /// A variable's value, or null.
    pub(super) fn get(&mut self, slot: usize) -> Rendering<Value<'r>> {
        if !self.masked.is_empty() && self.masked.contains(&slot) {
            return Ok(Value::Null);
        }
        if self.scopes.inside_macro() {
            return self.get_in_macro(slot);
        }
        Ok(self.frame[slot].clone())
    }
}

#[cold]
fn json_path(message: &str, call: &MethodCall) -> super::Interrupt {
    super::Interrupt::Error(Error::new(ErrorKind::JsonPath(message.to_owned()), call.span))
}
