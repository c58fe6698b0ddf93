//! `$name.property[0].method(1)`: from pieces of the grammar to steps.

use std::borrow::Cow;

use pest::iterators::Pair;

use super::scanner::Scanner;
use super::{Rule, parts};
use crate::template::ast::{Expr, Reference, ReferenceKind, Step, StepKind};
use crate::{Error, Span};

impl<'s> Scanner<'s, '_> {
    /// The span of a pair of the piece at the current place.
    pub(super) fn pair_span(&self, pair: &Pair<'_, Rule>) -> Span {
        self.span(self.at + pair.as_span().start(), self.at + pair.as_span().end())
    }

    /// A reference whose `$`, with all that came before it, is `image`, beginning at `start`.
    pub(super) fn build_reference(
        &mut self,
        image: &str,
        start: usize,
        pair: Pair<'s, Rule>,
    ) -> Result<Reference, Error> {
        let braced = pair.as_rule() == Rule::braced_path;
        let span = self.span(start, self.at + pair.as_span().end());
        let source = printed(&pair, false);
        let mut sigils = "";
        let path = if braced {
            parts(pair)
                .inspect(|p| {
                    if p.as_rule() == Rule::inner_sigils {
                        sigils = p.as_str();
                    }
                })
                .last()
        } else {
            Some(pair)
        };
        let mut parts = path.map(parts).into_iter().flatten();
        let name = format!("{sigils}{}", parts.next().map_or("", |p| p.as_str()));
        let mut steps = Vec::new();
        for part in parts {
            steps.push(self.build_step(part)?);
        }
        // The first token of the reference, as Velocity's lexer cuts it.
        let first = format!("{image}{}", if braced { "{" } else { &name });
        let rest = source.get(if braced { 1 } else { name.len() }..).unwrap_or_default();
        let mut reference = Image::new(&first).into_reference(&name, rest);
        reference.steps = steps;
        reference.span = span;
        Ok(reference)
    }

    fn build_step(&mut self, pair: Pair<'s, Rule>) -> Result<Step, Error> {
        let span = self.pair_span(&pair);
        let rule = pair.as_rule();
        let mut inner = parts(pair);
        let kind = match rule {
            Rule::index => match inner.next() {
                Some(operand) => StepKind::Index(self.build_operand(operand, false, 0)?),
                None => StepKind::Property(String::new()),
            },
            _ => {
                let name = inner.next().map_or("", |p| p.as_str()).to_owned();
                if rule == Rule::property {
                    StepKind::Property(name)
                } else {
                    let arguments: Result<Vec<Expr>, Error> =
                        inner.map(|a| self.build_operand(a, true, 0)).collect();
                    StepKind::Call(name, arguments?)
                }
            }
        };
        Ok(Step { kind, span })
    }

    /// `reference` of the grammar: inside a directive, an index or an argument.
    pub(super) fn build_inner_reference(
        &mut self,
        pair: Pair<'s, Rule>,
    ) -> Result<Reference, Error> {
        let start = self.at + pair.as_span().start();
        let mut inner = parts(pair);
        let sigils = inner.next().map_or("", |p| p.as_str());
        match inner.next() {
            Some(path) => self.build_reference(sigils, start, path),
            None => Ok(Image::new(sigils).into_reference("", "")),
        }
    }
}

/// The text of a construct as it prints where nothing stands for it: Velocity cuts from the `$` of a reference all that
/// stands before it, and a dot is never more than a dot. `bare`: without the sigils that were passed over.
pub(super) fn printed<'p>(pair: &Pair<'p, Rule>, bare: bool) -> Cow<'p, str> {
    let (text, start) = (pair.as_str(), pair.as_span().start());
    let mut kept = String::new();
    let mut at = 0;
    for inner in pair.clone().into_inner().flatten() {
        let (from, to) = (inner.as_span().start() - start, inner.as_span().end() - start);
        let cut = match inner.as_rule() {
            Rule::stray if bare => to,
            Rule::lost | Rule::lost_behind_name if text[to..].starts_with('.') => to,
            Rule::sigils if !inner.as_str().contains("\\!") => {
                from + inner.as_str().rfind('$').unwrap_or(0)
            }
            _ => from,
        };
        if cut > from {
            kept.push_str(&text[at..from]);
            at = cut;
        }
    }
    if at == 0 { Cow::Borrowed(text) } else { Cow::Owned(kept + &text[at..]) }
}

/// The first token of a reference: backslashes, `$`s, `!`, `{` and the name.
struct Image<'i> {
    text: &'i str,
}

impl<'i> Image<'i> {
    fn new(text: &'i str) -> Image<'i> {
        Image { text }
    }

    /// Velocity's rules for what stands before a name (velocity.md §5 in prose: an odd number of backslashes escapes,
    /// half of them print, everything before the last `$` is text).
    fn into_reference(self, name: &str, rest: &str) -> Reference {
        let mut reference = Reference {
            kind: ReferenceKind::Value,
            name: name.to_owned(),
            steps: Vec::new(),
            quiet: false,
            escaped: false,
            escape_prefix: String::new(),
            more_prefix: String::new(),
            literal: String::new(),
            set_name: self.text.get(1..).unwrap_or_default().to_owned(),
            span: Span::default(),
        };
        if let Some(text) = self.escaped_bang() {
            reference.kind = ReferenceKind::Text(text);
            return reference;
        }
        let image = self.text.trim_start_matches('\\');
        let backslashes = self.text.len() - image.len();
        reference.escaped = backslashes % 2 == 1;
        reference.escape_prefix = "\\".repeat(backslashes / 2);
        let Some(dollar) = image.rfind('$') else {
            reference.kind = ReferenceKind::Runt(image.to_owned());
            reference.literal = format!("{image}{rest}");
            return reference;
        };
        reference.more_prefix = image[..dollar].to_owned();
        let image = &image[dollar..];
        reference.quiet = image.starts_with("$!");
        reference.literal = format!("{image}{rest}");
        reference.set_name = image[1..].to_owned();
        reference
    }

    /// `$\!name` is text with one backslash less.
    fn escaped_bang(&self) -> Option<String> {
        self.text.find("\\!")?;
        let dollar = self.text.find('$')?;
        let start = dollar + self.text[dollar..].find('\\')?;
        Some(format!("{}{}", &self.text[..start], &self.text[start + 1..]))
    }
}
