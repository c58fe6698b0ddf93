//! What is likely not what the author meant: the tree → warnings. `docs/warnings.md` has a chapter for each.
//!
//! ```text
//! walk.rs       goes through the tree once and asks all the others
//! variables.rs  which variables the template sets, and to what kinds of values (kind.rs)
//! output.rs     what kind of text is being written: JSON, a form; inside quotes or not
//!
//! roots.rs      $context.rs, $util.rs, $input.rs, and variables that nothing sets
//! names.rs      $a-$b, $n-1: names that go on longer than they look
//! members.rs    .size without (), members of texts, methods that no Java class has
//! condition.rs  #if that is always true or always false
//! operation.rs  < and - of texts
//! string.rs     \n and doubled quotes in strings
//! assignment.rs #set(${x} = 1)
//! directive.rs  #macro, #elsif, #else if
//! foreach.rs    loops over texts, $foreach outside of a loop
//! lost.rs       text that does not print, comments that do
//! escaping.rs   values that break the JSON or the form around them
//! comma.rs      the comma before a closing bracket
//! ```

mod assignment;
mod comma;
mod condition;
mod context;
mod directive;
mod escaping;
mod foreach;
mod input;
mod kind;
mod lost;
mod members;
mod names;
mod nearest;
mod operation;
mod output;
mod roots;
mod string;
mod util;
mod variables;
mod walk;

use super::Dialect;
use super::parse::parse_with_losses;
use crate::Warning;

/// The warnings of a template, in the order of its text.
pub(crate) fn lint(source: &str, dialect: Dialect) -> Vec<Warning> {
    // Only a template that has been parsed before is asked for its warnings.
    let Ok((nodes, lost)) = parse_with_losses(source, dialect) else { return Vec::new() };
    let mut lint = walk::Lint::new(source, dialect, &nodes);
    lost::check(&lost, &mut lint);
    lint.nodes(&nodes);
    lint.finish()
}
