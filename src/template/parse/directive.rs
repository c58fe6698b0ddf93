//! `#name(…)`: which names have a block, and what their arguments may be.

use pest::Parser;

use super::reference::printed;
use super::scanner::Scanner;
use super::{Context, Grammar, Rule, parts};
use crate::template::Dialect;
use crate::template::ast::{Directive, Expr, ExprKind, Node};
use crate::{Error, ErrorKind};

impl Context {
    /// Whether Velocity knows a directive or a macro of this name at this point of the template.
    pub(super) fn is_known(&self, name: &str) -> bool {
        is_built_in(name, self.dialect) || self.macros.contains(name)
    }
}

fn is_built_in(name: &str, dialect: Dialect) -> bool {
    match name {
        "foreach" | "define" | "macro" | "literal" | "break" | "stop" => true,
        // API Gateway prints these as they stand (recorded for #evaluate).
        "evaluate" | "parse" | "include" => dialect == Dialect::Velocity,
        _ => false,
    }
}

fn has_block(name: &str) -> bool {
    matches!(name, "foreach" | "define" | "macro" | "literal") || name.starts_with('@')
}

impl<'s> Scanner<'s, '_> {
    /// Reads a directive whose name begins at the current place; its `#` stands at `start`.
    pub(super) fn directive(&mut self, start: usize, special: &str) -> Result<(), Error> {
        let rest = self.rest();
        let word = match rest.strip_prefix('{') {
            Some(inner) => inner.split('}').next().unwrap_or(inner),
            None => {
                &rest[..rest
                    .find(|c: char| !(c.is_ascii_alphanumeric() || "_@".contains(c)))
                    .unwrap_or(rest.len())]
            }
        };
        let braced = rest.starts_with('{');
        if ["end", "else", "if", "elseif"].contains(&word) {
            self.lose(start, self.at - 1);
        }
        match word {
            "end" => {
                let span = self.keyword(start, Rule::end)?;
                let image = &self.source[start..self.at];
                self.end(span, special, image)
            }
            "else" => {
                let span = self.keyword(start, Rule::r#else)?;
                self.literal(start, special);
                self.blocks.otherwise(span)
            }
            "if" | "elseif" => {
                let rule = if word == "if" { Rule::r#if } else { Rule::elseif };
                self.keyword(start, rule)?;
                let image = self.source[start..self.at].to_owned();
                let pair = self.piece(Rule::condition)?;
                let length = pair.as_str().len();
                let source = image + &printed(&pair, false);
                let condition = match parts(pair).next() {
                    Some(expression) => self.build_expression(expression, 0)?,
                    None => {
                        return Err(self.error(
                            ErrorKind::Internal("a condition is empty"),
                            start,
                            self.at,
                        ));
                    }
                };
                self.at += length;
                let span = self.trimmed(start);
                self.blocks.token(special, &source);
                match word {
                    "if" => self.blocks.open_if(condition, span),
                    _ => self.blocks.elseif(condition, span),
                }
            }
            _ => self.named(start, special, word.len() + if braced { 2 } else { 0 }, braced),
        }
    }

    fn keyword(&mut self, start: usize, rule: Rule) -> Result<crate::Span, Error> {
        self.at += self.piece(rule)?.as_str().len();
        Ok(self.trimmed(start))
    }

    /// The span from `start` to here, without the line end that a directive swallows.
    fn trimmed(&self, start: usize) -> crate::Span {
        self.span(start, start + self.source[start..self.at].trim_end().len())
    }

    fn literal(&mut self, start: usize, special: &str) {
        self.blocks.token(special, &self.source[start..self.at]);
    }

    fn end(&mut self, span: crate::Span, special: &str, image: &str) -> Result<(), Error> {
        // Even where macros are ignored, their names count for what `\#name` escapes.
        let name = self.blocks.macro_name();
        self.blocks.end(span, special, image)?;
        self.context.macros.extend(name);
        Ok(())
    }

    /// Any directive but #set, #if and #end.
    fn named(
        &mut self,
        start: usize,
        special: &str,
        length: usize,
        braced: bool,
    ) -> Result<(), Error> {
        self.at += length;
        let image = &self.source[start..self.at];
        // Velocity takes the first character off, or the first two and the last, whatever they are: behind `$#foreach`
        // stands no loop.
        let name = if braced { image.get(2..image.len() - 1) } else { image.get(1..) };
        let name = name.unwrap_or_default().to_owned();
        let mut arguments = Vec::new();
        let (mut source, mut literal) = (image.to_owned(), image.to_owned());
        let parentheses = Grammar::parse(Rule::arguments_ahead, self.rest()).is_ok();
        if parentheses {
            let pair = self.piece(Rule::directive_arguments)?;
            let length = pair.as_str().len();
            source.push_str(&printed(&pair, false));
            literal.push_str(&printed(&pair, true));
            for argument in parts(pair) {
                arguments.push(self.build_directive_argument(argument)?);
            }
            self.at += length;
        }
        let span = self.trimmed(start);
        let directive =
            Directive { name, arguments, body: None, literal, body_literal: String::new(), span };
        self.check_arguments(&directive)?;
        self.blocks.token(special, &source);
        if parentheses
            && (is_built_in(&directive.name, self.context.dialect)
                || directive.name.starts_with('@'))
            && has_block(&directive.name)
        {
            return self.blocks.open_directive(directive);
        }
        self.blocks.push(Node::Directive(directive));
        Ok(())
    }

    /// What Velocity refuses while it parses: a bare word where a directive takes none.
    fn check_arguments(&self, directive: &Directive) -> Result<(), Error> {
        let name = directive.name.as_str();
        let known_macro =
            self.context.dialect == Dialect::Velocity && self.context.macros.contains(name);
        if !is_built_in(name, self.context.dialect) && !known_macro {
            return Ok(());
        }
        for (position, argument) in directive.arguments.iter().enumerate() {
            let word = matches!(argument.kind, ExprKind::Word(_));
            let reason = match (name, position) {
                ("macro", 0) if !word => {
                    Some("the first argument of `#macro` is its name, a bare word")
                }
                ("macro", 0) | ("foreach", 1) => None,
                _ if word => {
                    Some("a bare word is no value here: put it in quotes, or a `$` before it")
                }
                _ => None,
            };
            if let Some(reason) = reason {
                let (directive, position) = (name.to_owned(), position + 1);
                return Err(Error::new(
                    ErrorKind::Argument { directive, position, reason },
                    argument.span,
                ));
            }
        }
        if name == "macro" && directive.arguments.is_empty() {
            let (directive_name, reason) =
                (name.to_owned(), "`#macro` needs a name: `#macro(name $argument)`");
            let kind = ErrorKind::Argument { directive: directive_name, position: 1, reason };
            return Err(Error::new(kind, directive.span));
        }
        Ok(())
    }

    fn build_directive_argument(
        &mut self,
        pair: pest::iterators::Pair<'s, Rule>,
    ) -> Result<Expr, Error> {
        if pair.as_rule() == Rule::argument_word {
            let span = self.pair_span(&pair);
            return Ok(Expr { kind: ExprKind::Word(pair.as_str().to_owned()), span });
        }
        self.build_operand(pair, false, 0)
    }
}
