//! Text → tree: the pieces of `grammar/velocity.pest`, put together as Velocity's lexer and parser would.
//!
//! ```text
//! scanner.rs    piece after piece, with the states of Velocity's lexer
//! blocks.rs     #if/#foreach/… and their #end, paired on a stack
//! directive.rs  #name(…): which names have a block, what their arguments may be
//! reference.rs  $name.property[0].method(1)
//! expression.rs operators and their precedence, literals
//! string.rs     "strings that are templates"
//! failure.rs    what went wrong, in the author's words
//! ```

mod blocks;
mod directive;
mod expression;
mod failure;
mod nesting;
mod origin;
mod reference;
mod scanner;
mod string;

use std::collections::HashSet;

use pest::iterators::Pair;

use super::Dialect;
use super::ast::{Lost, Node};
use crate::Error;
use origin::Origin;
use scanner::Scanner;

/// The generated parser; its rules are those of `grammar/velocity.pest`.
#[derive(pest_derive::Parser)]
#[grammar = "grammar/velocity.pest"]
struct Grammar;

/// The pairs inside a pair, without those that only mark where a construct ends or what is passed over.
fn parts(pair: Pair<'_, Rule>) -> impl Iterator<Item = Pair<'_, Rule>> {
    pair.into_inner().filter(|part| {
        !matches!(
            part.as_rule(),
            Rule::condition_start
                | Rule::call_end
                | Rule::index_end
                | Rule::list_end
                | Rule::map_end
                | Rule::path_end
                | Rule::assign
                | Rule::close
                | Rule::stray
                | Rule::lost
                | Rule::lost_behind_name
                | Rule::lost_end
        )
    })
}

/// How deep brackets and operators of one expression, and how deep blocks, may be nested: what walks the tree
/// recurses on it, and a template must not be able to exhaust the stack.
pub(crate) const MAX_BRACKETS: usize = 100;
/// See [`MAX_BRACKETS`].
pub(crate) const MAX_OPERATORS: usize = 300;
/// See [`MAX_BRACKETS`].
pub(crate) const MAX_BLOCKS: usize = 200;

/// What parsing knows beyond the text at hand; shared with the strings inside of it.
struct Context {
    dialect: Dialect,
    /// The macros whose `#end` has been read: `\#name` is an escape from then on.
    macros: HashSet<String>,
    /// How many strings deep the text at hand is
    depth: usize,
    /// What is dropped on the way
    lost: Vec<Lost>,
}

/// Parses a whole template.
pub(crate) fn parse(source: &str, dialect: Dialect) -> Result<Vec<Node>, Error> {
    parse_with_losses(source, dialect).map(|(nodes, _)| nodes)
}

/// Parses a whole template, and tells what of it is not in the tree.
pub(crate) fn parse_with_losses(
    source: &str,
    dialect: Dialect,
) -> Result<(Vec<Node>, Vec<Lost>), Error> {
    let mut context = Context { dialect, macros: HashSet::new(), depth: 0, lost: Vec::new() };
    let nodes = Scanner::new(source, Origin::start(), &mut context).run()?;
    Ok((nodes, context.lost))
}
