//! Tree → program: names become slots, methods and literal JSONPaths are resolved, what Velocity checks before it
//! renders is checked.

use crate::java::number::Number;
use crate::jsonpath::{AnyPath, JsonPathDialect};
use crate::methods::MethodName;
use crate::template::Dialect;
use crate::template::ast::{self, ExprKind, Operator, ReferenceKind, StepKind};
use crate::template::program::{
    Argument, Binary, Block, Branch, Call, Decoration, Emit, Expr, Foreach, If, Include, Macro,
    MethodCall, Names, Node, Program, Reference, Set, Step, Target, slots,
};
use crate::{Error, ErrorKind, Span};

/// Compiles a template. `names` are those that are known already: of the template that evaluates this one.
pub(crate) fn compile(
    nodes: &[ast::Node],
    source: &str,
    dialect: Dialect,
    json_path: JsonPathDialect,
    names: Names,
) -> Result<Program, Error> {
    let mut compiler =
        Compiler { source, dialect, json_path, names, macros: Default::default(), size_hint: 0 };
    let body = compiler.nodes(nodes)?;
    let Compiler { names, macros, size_hint, .. } = compiler;
    Ok(Program { body, names, macros, size_hint })
}

struct Compiler<'s> {
    source: &'s str,
    dialect: Dialect,
    json_path: JsonPathDialect,
    names: Names,
    macros: std::collections::HashMap<Box<str>, Macro>,
    size_hint: usize,
}

impl Compiler<'_> {
    fn nodes(&mut self, nodes: &[ast::Node]) -> Result<Box<[Node]>, Error> {
        let mut compiled = Vec::with_capacity(nodes.len());
        for node in nodes {
            compiled.extend(self.node(node)?);
        }
        Ok(compiled.into())
    }

    fn node(&mut self, node: &ast::Node) -> Result<Option<Node>, Error> {
        Ok(Some(match node {
            ast::Node::Text(text) => self.text(&text.text, text.span),
            ast::Node::Reference(reference) => self.emit(reference)?,
            ast::Node::Set(set) => Node::Set(Box::new(self.set(set)?)),
            ast::Node::If(node) => Node::If(Box::new(self.branches(node)?)),
            ast::Node::Directive(directive) => return self.directive(directive),
        }))
    }

    fn text(&mut self, text: &str, span: Span) -> Node {
        self.size_hint += text.len();
        Node::Text(text.into(), span)
    }

    fn branches(&mut self, node: &ast::If) -> Result<If, Error> {
        let mut branches = Vec::with_capacity(node.branches.len());
        for branch in &node.branches {
            branches.push(Branch {
                condition: self.expr(&branch.condition)?,
                body: self.nodes(&branch.body)?,
                span: branch.condition.span,
            });
        }
        Ok(If { branches: branches.into(), otherwise: self.nodes(&node.otherwise)? })
    }

    // ---------------------------------------------------------------------------------------- references

    fn emit(&mut self, reference: &ast::Reference) -> Result<Node, Error> {
        if let ReferenceKind::Text(text) | ReferenceKind::Runt(text) = &reference.kind {
            // Its steps print nothing, but what Velocity checks before a render is checked in them too.
            self.steps(None, &reference.steps)?;
            let lost = self.dialect == Dialect::ApiGateway
                && matches!(reference.kind, ReferenceKind::Text(_));
            return Ok(self.text(if lost { "" } else { text }, reference.span));
        }
        let plain = !reference.escaped
            && reference.escape_prefix.is_empty()
            && reference.more_prefix.is_empty();
        let decoration = (!plain).then(|| {
            Box::new(Decoration {
                escaped: reference.escaped,
                escape_prefix: reference.escape_prefix.as_str().into(),
                more_prefix: reference.more_prefix.as_str().into(),
            })
        });
        let quiet = reference.quiet && !reference.escaped;
        Ok(Node::Emit(Box::new(Emit { reference: self.reference(reference)?, quiet, decoration })))
    }

    fn reference(&mut self, reference: &ast::Reference) -> Result<Reference, Error> {
        let root = self.names.slot(&reference.name);
        let steps = self.steps(Some(root), &reference.steps)?;
        Ok(Reference {
            root,
            steps: steps.into(),
            literal: reference.literal.as_str().into(),
            span: reference.span,
        })
    }

    fn steps(&mut self, root: Option<usize>, steps: &[ast::Step]) -> Result<Vec<Step>, Error> {
        let mut compiled = Vec::with_capacity(steps.len());
        for (i, step) in steps.iter().enumerate() {
            compiled.push(match &step.kind {
                StepKind::Property(name) => Step::Property(name.as_str().into(), step.span),
                StepKind::Index(index) => Step::Index(self.expr(index)?, step.span),
                StepKind::Call(name, arguments) => {
                    let of_input = i == 0 && root == Some(slots::INPUT);
                    let path = match arguments.as_slice() {
                        [ast::Expr { kind: ExprKind::Text(path), .. }]
                            if of_input && (name == "path" || name == "json") =>
                        {
                            Some(AnyPath::compile(path, self.json_path))
                        }
                        _ => None,
                    };
                    Step::Call(Box::new(MethodCall {
                        name: name.as_str().into(),
                        method: MethodName::named(name),
                        arguments: self.exprs(arguments)?,
                        path,
                        span: step.span,
                    }))
                }
            });
        }
        Ok(compiled)
    }

    fn set(&mut self, set: &ast::Set) -> Result<Set, Error> {
        let value = self.expr(&set.value)?;
        let target = match set.target.kind {
            ReferenceKind::Value if set.target.steps.is_empty() => {
                Target::Variable(self.names.slot(&set.target.set_name))
            }
            ReferenceKind::Value => {
                let mut reference = self.reference(&set.target)?;
                let mut steps = std::mem::take(&mut reference.steps).into_vec();
                match steps.pop() {
                    Some(last) => {
                        reference.steps = steps.into();
                        Target::Member(reference, last)
                    }
                    None => Target::Nothing,
                }
            }
            ReferenceKind::Text(_) | ReferenceKind::Runt(_) => Target::Nothing,
        };
        Ok(Set { target, value, span: set.span })
    }

    // ---------------------------------------------------------------------------------------- directives

    fn directive(&mut self, directive: &ast::Directive) -> Result<Option<Node>, Error> {
        let velocity = self.dialect == Dialect::Velocity;
        let span = directive.span;
        Ok(match directive.name.as_str() {
            "foreach" => Some(self.foreach(directive)?),
            "define" => Some(self.define(directive)?),
            "macro" => {
                self.define_macro(directive)?;
                None
            }
            // Velocity prints its first child, which is the block only where there are no arguments.
            "literal" if !directive.arguments.is_empty() => {
                Some(self.text(&self.literal(&directive.arguments[0]), span))
            }
            "literal" => match &directive.body {
                Some(body) if !body.is_empty() => {
                    // It is never rendered, and yet what is wrong in it is an error.
                    self.nodes(body)?;
                    Some(self.text(&directive.body_literal, span))
                }
                _ => {
                    return Err(argument(
                        directive,
                        1,
                        "`#literal()` needs a block that is not empty",
                    ));
                }
            },
            "break" => match directive.arguments.as_slice() {
                [] => Some(Node::Break(None, span)),
                [scope, ..] => Some(Node::Break(Some(Box::new(self.expr(scope)?)), span)),
            },
            "stop" => {
                if directive.arguments.len() > 1 {
                    return Err(argument(directive, 2, "`#stop` takes one message at most"));
                }
                self.arguments(directive)?;
                Some(Node::Stop(span))
            }
            "evaluate" if velocity => match directive.arguments.as_slice() {
                [text]
                    if matches!(
                        text.kind,
                        ExprKind::Text(_) | ExprKind::Interpolated(_) | ExprKind::Reference(_)
                    ) =>
                {
                    Some(Node::Evaluate(Box::new(self.expr(text)?), span))
                }
                _ => {
                    return Err(argument(
                        directive,
                        1,
                        "`#evaluate` takes one argument, a string or a reference",
                    ));
                }
            },
            name @ ("parse" | "include") if velocity => {
                let kind = if name == "parse" { Include::Parse } else { Include::Include };
                let file = directive.arguments.first().map(|a| self.expr(a)).transpose()?;
                Some(Node::Include(kind, file.map(Box::new), span))
            }
            _ => Some(Node::Call(Box::new(self.call(directive)?))),
        })
    }

    fn foreach(&mut self, directive: &ast::Directive) -> Result<Node, Error> {
        let Some(item) = directive.arguments.first().filter(|_| directive.arguments.len() > 1)
        else {
            let error = argument(
                directive,
                1,
                "`#foreach` needs a variable and a list: `#foreach($item in $list)`",
            );
            // Velocity notices when it renders the loop.
            return if directive.body.is_some() {
                Ok(Node::Fail(Box::new(error)))
            } else {
                Err(error)
            };
        };
        let name = self.variable_name(item);
        let item = self.names.slot(&name);
        let arguments = self.arguments(directive)?;
        let body = self.nodes(directive.body.as_deref().unwrap_or_default())?;
        // Velocity takes the children by position: the third is the list, the fourth is rendered. With another number
        // of arguments they are not the list and the body.
        let mut children = arguments.into_iter().skip(2);
        let list = children.next();
        let body = match children.next() {
            None => body,
            Some(Expr::Reference(reference)) => Box::new([Node::Emit(Box::new(Emit {
                reference: *reference,
                quiet: false,
                decoration: None,
            }))]),
            Some(_) => Box::default(),
        };
        Ok(Node::Foreach(Box::new(Foreach { item, list, body, span: directive.span })))
    }

    /// The variable that a directive sets: Velocity takes the first character off whatever stands there.
    fn variable_name(&self, expr: &ast::Expr) -> String {
        match &expr.kind {
            ExprKind::Reference(reference) => reference.name.clone(),
            ExprKind::List(_) | ExprKind::Range(..) | ExprKind::Map(_) => String::new(),
            _ => {
                let image = self.source.get(expr.span.range()).unwrap_or_default();
                image.chars().skip(1).collect()
            }
        }
    }

    /// What Velocity takes for the source of an operand: without parentheses, and of an operation only what stands
    /// behind the operator.
    fn literal(&self, expr: &ast::Expr) -> Box<str> {
        let slice = |span: Span| self.source.get(span.range()).unwrap_or_default();
        match &expr.kind {
            ExprKind::Reference(reference) => reference.literal.as_str().into(),
            ExprKind::Binary(binary) => slice(binary.literal).into(),
            ExprKind::Parentheses(_) => {
                let whole = slice(expr.span).trim_end();
                whole.strip_prefix('(').and_then(|w| w.strip_suffix(')')).unwrap_or(whole).into()
            }
            _ => slice(expr.span).into(),
        }
    }

    fn define(&mut self, directive: &ast::Directive) -> Result<Node, Error> {
        let (Some(body), [variable]) = (&directive.body, directive.arguments.as_slice()) else {
            return Err(argument(
                directive,
                1,
                "`#define` takes one variable: `#define($name)…#end`",
            ));
        };
        let name = match &variable.kind {
            ExprKind::Reference(reference) => reference.set_name.clone(),
            _ => self.variable_name(variable),
        };
        let slot = self.names.slot(&name);
        Ok(Node::Define(Box::new(Block { slot, body: self.nodes(body)?, span: directive.span })))
    }

    /// In API Gateway inline macros are read and forgotten (recorded).
    fn define_macro(&mut self, directive: &ast::Directive) -> Result<(), Error> {
        let Some(body) = &directive.body else {
            return Err(argument(
                directive,
                1,
                "`#macro` needs a name and a block: `#macro(name $argument)…#end`",
            ));
        };
        let Some(ast::Expr { kind: ExprKind::Word(name), .. }) = directive.arguments.first() else {
            return Err(argument(
                directive,
                1,
                "the first argument of `#macro` is its name, a bare word",
            ));
        };
        let mut parameters = Vec::new();
        for parameter in &directive.arguments[1..] {
            let name = self.variable_name(parameter);
            let literal = format!("${name}");
            parameters.push((self.names.slot(&name), literal.into()));
        }
        let size_hint = self.size_hint;
        let defined = Macro { parameters: parameters.into(), body: self.nodes(body)? };
        self.size_hint = size_hint;
        if self.dialect == Dialect::Velocity {
            // The first definition wins.
            self.macros.entry(name.as_str().into()).or_insert(defined);
        }
        Ok(())
    }

    fn call(&mut self, directive: &ast::Directive) -> Result<Call, Error> {
        let mut arguments = Vec::with_capacity(directive.arguments.len());
        for argument in &directive.arguments {
            let literal = match &argument.kind {
                ExprKind::Reference(reference) => reference.literal.as_str(),
                _ => self.source.get(argument.span.range()).unwrap_or_default(),
            };
            let word = matches!(argument.kind, ExprKind::Word(_));
            arguments.push(Argument { literal: literal.into(), value: self.expr(argument)?, word });
        }
        let body = match &directive.body {
            Some(body) => Some(Block {
                slot: slots::BODY_CONTENT,
                body: self.nodes(body)?,
                span: directive.span,
            }),
            None => None,
        };
        Ok(Call {
            name: directive.name.trim_start_matches('@').into(),
            arguments: arguments.into(),
            body,
            literal: directive.literal.as_str().into(),
            span: directive.span,
        })
    }

    fn arguments(&mut self, directive: &ast::Directive) -> Result<Vec<Expr>, Error> {
        directive.arguments.iter().map(|a| self.expr(a)).collect()
    }

    // ---------------------------------------------------------------------------------------- expressions

    fn exprs(&mut self, exprs: &[ast::Expr]) -> Result<Box<[Expr]>, Error> {
        exprs.iter().map(|e| self.expr(e)).collect()
    }

    fn expr(&mut self, expr: &ast::Expr) -> Result<Expr, Error> {
        Ok(match &expr.kind {
            ExprKind::Integer(digits) => match Number::parse_integer_literal(digits) {
                Number::Integer(n) => Expr::Integer(n),
                long => Expr::Number(Box::new(long)),
            },
            ExprKind::Float(number) => Expr::Number(Box::new(Number::Double(*number))),
            ExprKind::Boolean(b) => Expr::Boolean(*b),
            ExprKind::Text(text) => Expr::Text(text.as_str().into()),
            ExprKind::Interpolated(string) => {
                let size_hint = self.size_hint;
                let nodes = self.nodes(&string.nodes)?;
                self.size_hint = size_hint;
                Expr::Interpolated(nodes, string.drop_last)
            }
            ExprKind::Reference(reference) => match reference.kind {
                ReferenceKind::Value => Expr::Reference(Box::new(self.reference(reference)?)),
                // In API Gateway a reference that leads nowhere is the empty text; a name without `$` is none.
                ReferenceKind::Text(_) if self.dialect == Dialect::ApiGateway => Expr::Empty,
                ReferenceKind::Text(_) | ReferenceKind::Runt(_) => Expr::Null,
            },
            ExprKind::List(items) => Expr::List(self.exprs(items)?),
            ExprKind::Range(from, to) => Expr::Range(Box::new((self.expr(from)?, self.expr(to)?))),
            ExprKind::Map(pairs) => {
                let mut compiled = Vec::with_capacity(pairs.len());
                for (key, value) in pairs {
                    compiled.push((self.expr(key)?, self.expr(value)?));
                }
                Expr::Map(compiled.into())
            }
            ExprKind::Not(inner) => Expr::Not(Box::new(self.expr(inner)?)),
            ExprKind::Parentheses(inner) => self.expr(inner)?,
            ExprKind::Binary(binary) => self.binary(binary, expr.span)?,
            ExprKind::Word(_) => Expr::Null,
        })
    }

    fn binary(&mut self, binary: &ast::Binary, span: Span) -> Result<Expr, Error> {
        let operator = binary.operator;
        let literals = (operator == Operator::Add)
            .then(|| (self.literal(&binary.left), self.literal(&binary.right)));
        let (left, right) = (self.expr(&binary.left)?, self.expr(&binary.right)?);
        Ok(Expr::Binary(Box::new(Binary { operator, left, right, literals, span })))
    }
}

#[cold]
fn argument(directive: &ast::Directive, position: usize, reason: &'static str) -> Error {
    let span = directive.arguments.get(position - 1).map_or(directive.span, |a| a.span);
    Error::new(ErrorKind::Argument { directive: directive.name.clone(), position, reason }, span)
}
