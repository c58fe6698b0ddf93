//! `#set(${x} = 1)`: targets that are not what they look like.

use super::walk::Lint;
use crate::Warning;
use crate::template::ast::{ReferenceKind, Set};

pub(super) fn check(set: &Set, lint: &mut Lint<'_>) {
    let target = &set.target;
    if target.kind != ReferenceKind::Value || !target.steps.is_empty() {
        return;
    }
    if target.set_name != target.name {
        lint.told.insert(target.name.clone());
        let message =
            format!("this sets a variable named `{}`, which nothing can read", target.set_name);
        lint.add(
            Warning::new("odd-set-target", target.span, message)
                .with_help(format!("write `#set(${} = …)`", target.name)),
        );
    } else if lint.api_gateway()
        && matches!(target.name.as_str(), "input" | "util" | "context" | "stageVariables")
    {
        let message =
            format!("this replaces API Gateway's `${}` for the rest of the template", target.name);
        lint.add(
            Warning::new("odd-set-target", target.span, message)
                .with_help("give the variable another name"),
        );
    }
}
