//! Operators in a row → a tree with Velocity's precedence; literals.

use pest::iterators::Pair;

use super::scanner::Scanner;
use super::{MAX_OPERATORS, Rule, parts};
use crate::template::ast::{Binary, Expr, ExprKind, Operator, Reference};
use crate::{Error, ErrorKind, Span};

/// What stands between operators: an operand with the `!`s before it, or an operator.
enum Item {
    Operand(Expr),
    /// With its precedence, and where the text behind it begins
    Operator(Operator, u8, usize),
}

impl<'s> Scanner<'s, '_> {
    pub(super) fn build_set(&mut self, pair: Pair<'s, Rule>) -> Result<(Reference, Expr), Error> {
        let mut inner = parts(pair);
        match (inner.next(), inner.next()) {
            (Some(target), Some(value)) => {
                Ok((self.build_inner_reference(target)?, self.build_expression(value, 0)?))
            }
            _ => Err(self.error(ErrorKind::Internal("a #set has no sides"), self.at, self.at)),
        }
    }

    /// `depth`: how many operators and brackets are around it.
    pub(super) fn build_expression(
        &mut self,
        pair: Pair<'s, Rule>,
        depth: usize,
    ) -> Result<Expr, Error> {
        let span = self.pair_span(&pair);
        let pairs: Vec<_> = parts(pair).collect();
        let depth = depth + pairs.len();
        if depth > MAX_OPERATORS {
            return Err(Error::new(ErrorKind::TooManyOperators, span));
        }
        let mut items = Vec::with_capacity(pairs.len());
        let mut nots = Vec::new();
        for pair in pairs {
            if pair.as_rule() == Rule::not {
                nots.push(self.pair_span(&pair));
                continue;
            }
            items.push(match operator(pair.as_rule()) {
                Some((operator, precedence)) => {
                    Item::Operator(operator, precedence, self.pair_span(&pair).end as usize)
                }
                None => {
                    let mut operand = match pair.as_rule() {
                        Rule::parentheses => self.build_parentheses(pair, depth)?,
                        _ => self.build_operand(pair, false, depth)?,
                    };
                    while let Some(not) = nots.pop() {
                        let span = not.to(operand.span);
                        operand = Expr { kind: ExprKind::Not(Box::new(operand)), span };
                    }
                    Item::Operand(operand)
                }
            });
        }
        match climb(&mut items.into_iter().peekable(), 0, &|end| end + self.blanks_behind(end)) {
            Some(expr) => Ok(expr),
            None => Err(Error::new(ErrorKind::Internal("an expression is empty"), span)),
        }
    }

    /// How many blanks stand behind a place of the template.
    fn blanks_behind(&self, end: usize) -> usize {
        let at = end.saturating_sub(self.origin.offset(0));
        let rest = self.source.get(at..).unwrap_or_default();
        rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len()
    }

    fn build_parentheses(&mut self, pair: Pair<'s, Rule>, depth: usize) -> Result<Expr, Error> {
        let span = self.pair_span(&pair);
        match parts(pair).next() {
            Some(inner) => {
                let inner = self.build_expression(inner, depth)?;
                Ok(Expr { kind: ExprKind::Parentheses(Box::new(inner)), span })
            }
            None => Err(Error::new(ErrorKind::Internal("parentheses are empty"), span)),
        }
    }

    /// A literal or a reference. `bare`: whether a name without `$` may stand among the arguments of a method.
    pub(super) fn build_operand(
        &mut self,
        pair: Pair<'s, Rule>,
        bare: bool,
        depth: usize,
    ) -> Result<Expr, Error> {
        let span = self.pair_span(&pair);
        let text = pair.as_str();
        let kind = match pair.as_rule() {
            Rule::integer => ExprKind::Integer(text.to_owned()),
            Rule::float => ExprKind::Float(text.parse().unwrap_or(f64::NAN)),
            Rule::boolean => ExprKind::Boolean(text == "true"),
            Rule::string => self.build_string(&pair)?,
            Rule::reference => ExprKind::Reference(self.build_inner_reference(pair)?),
            Rule::brackets => self.build_brackets(pair, bare, depth)?,
            Rule::map => self.build_map(pair, bare, depth)?,
            Rule::bare_name if bare => ExprKind::Reference(self.build_bare_name(pair)?),
            Rule::bare_name => {
                return Err(Error::new(ErrorKind::BareWord { word: text.to_owned() }, span));
            }
            _ => return Err(Error::new(ErrorKind::Internal("no operand"), span)),
        };
        Ok(Expr { kind, span })
    }

    fn build_bare_name(&mut self, pair: Pair<'s, Rule>) -> Result<Reference, Error> {
        let start = self.at + pair.as_span().start();
        self.build_reference("", start, pair)
    }

    fn build_brackets(
        &mut self,
        pair: Pair<'s, Rule>,
        bare: bool,
        depth: usize,
    ) -> Result<ExprKind, Error> {
        let mut items = Vec::new();
        let mut range = false;
        for part in parts(pair) {
            if part.as_rule() == Rule::to {
                range = true;
            } else {
                items.push(self.build_operand(part, bare, depth + 1)?);
            }
        }
        if !range {
            return Ok(ExprKind::List(items));
        }
        let wrong =
            items.iter().find(|e| !matches!(e.kind, ExprKind::Integer(_) | ExprKind::Reference(_)));
        if let Some(wrong) = wrong {
            return Err(Error::new(ErrorKind::RangeEnd, wrong.span));
        }
        let mut ends = items.into_iter();
        match (ends.next(), ends.next()) {
            (Some(from), Some(to)) => Ok(ExprKind::Range(Box::new(from), Box::new(to))),
            _ => Ok(ExprKind::List(Vec::new())),
        }
    }

    fn build_map(
        &mut self,
        pair: Pair<'s, Rule>,
        bare: bool,
        depth: usize,
    ) -> Result<ExprKind, Error> {
        let mut pairs = Vec::new();
        let mut parts = parts(pair);
        while let (Some(key), Some(value)) = (parts.next(), parts.next()) {
            pairs.push((
                self.build_operand(key, bare, depth + 1)?,
                self.build_operand(value, bare, depth + 1)?,
            ));
        }
        Ok(ExprKind::Map(pairs))
    }
}

fn operator(rule: Rule) -> Option<(Operator, u8)> {
    Some(match rule {
        Rule::or => (Operator::Or, 1),
        Rule::and => (Operator::And, 2),
        Rule::equal => (Operator::Equal, 3),
        Rule::not_equal => (Operator::NotEqual, 3),
        Rule::less => (Operator::Less, 4),
        Rule::less_equal => (Operator::LessEqual, 4),
        Rule::greater => (Operator::Greater, 4),
        Rule::greater_equal => (Operator::GreaterEqual, 4),
        Rule::plus => (Operator::Add, 5),
        Rule::minus => (Operator::Subtract, 5),
        Rule::times => (Operator::Multiply, 6),
        Rule::divide => (Operator::Divide, 6),
        Rule::modulo => (Operator::Modulo, 6),
        _ => return None,
    })
}

/// Precedence climbing; all operators of Velocity are left-associative.
fn climb(
    items: &mut std::iter::Peekable<impl Iterator<Item = Item>>,
    lowest: u8,
    end: &impl Fn(usize) -> usize,
) -> Option<Expr> {
    let mut left = match items.next()? {
        Item::Operand(operand) => operand,
        Item::Operator(..) => return None,
    };
    while let Some(Item::Operator(operator, precedence, behind)) = items.peek() {
        let (operator, precedence, behind) = (*operator, *precedence, *behind);
        if precedence <= lowest {
            break;
        }
        items.next();
        let right = climb(items, precedence, end)?;
        let span = left.span.to(right.span);
        let literal = Span::new(behind, end(right.span.end as usize));
        left = Expr {
            kind: ExprKind::Binary(Binary {
                operator,
                left: Box::new(left),
                right: Box::new(right),
                literal,
            }),
            span,
        };
    }
    Some(left)
}
