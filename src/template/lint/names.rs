//! `$a-$b` reads a variable named `a-`: names that go on longer than they look.

use super::walk::{Lint, Use};
use crate::Warning;
use crate::template::ast::{Reference, StepKind};

/// The warning for a variable that nothing sets, if its name swallowed what was meant to stand behind it.
pub(super) fn glued_variable(reference: &Reference, used: Use, lint: &Lint<'_>) -> Option<Warning> {
    let name = reference.name.as_str();
    let end = name.find('-').or_else(|| {
        let goes_on = lint.behind(reference.span).starts_with('$') && reference.steps.is_empty();
        (goes_on && name.ends_with('_')).then(|| name.trim_end_matches('_').len())
    })?;
    let (meant, rest) = name.split_at(end);
    let printed = used == Use::Printed || lint.strings > 0;
    let help = if printed {
        format!("a name goes on over `-` and `_`: write `${{{meant}}}{rest}`")
    } else if let Some(subtrahend) = rest.strip_prefix('-').filter(|s| !s.is_empty()) {
        format!("to subtract, write `${meant} - {subtrahend}`, with blanks")
    } else {
        "a `-` belongs to the name before it: put a blank before it".to_owned()
    };
    let message = format!("this reads a variable named `{name}`, which nothing sets");
    Some(Warning::new("glued-name", reference.span, message).with_help(help))
}

/// `$e.id_$e.name`, `$e.id-$e.name`: the last member takes the `_` or `-` with it.
pub(super) fn check_members(reference: &Reference, lint: &mut Lint<'_>) {
    let Some((last, StepKind::Property(name))) = reference.steps.last().map(|s| (s, &s.kind))
    else {
        return;
    };
    let behind = lint.behind(last.span);
    if !name.ends_with(['-', '_'])
        || !behind.starts_with(['$', '"'])
        || reference.literal.contains('{')
    {
        return;
    }
    // A member may well be called `id_`; somebody who glues names to text writes another reference behind it.
    if behind.starts_with('"') && !name.ends_with('-') {
        return;
    }
    let meant = name.trim_end_matches(['-', '_']);
    let rest = &name[meant.len()..];
    let path = lint.source.get(reference.span.start as usize..last.span.start as usize);
    let path = path.unwrap_or_default().trim_start_matches(['$', '!']);
    lint.add(
        Warning::new("glued-name", last.span, format!("this reads a member named `{name}`"))
            .with_help(format!(
                "a name goes on over `-` and `_`: write `${{{path}{meant}}}{rest}`"
            )),
    );
}
