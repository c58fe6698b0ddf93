//! `#macro`, `#evaluate`, `#elsif`, `#else if`: directives that are none.

use super::nearest::nearest;
use super::walk::Lint;
use crate::template::ast::{Directive, ExprKind, If, Node, Text};
use crate::{Span, Warning};

const KNOWN: [&str; 10] =
    ["if", "elseif", "else", "end", "set", "foreach", "define", "macro", "break", "stop"];

pub(super) fn check(directive: &Directive, lint: &mut Lint<'_>) {
    let (name, span) = (directive.name.as_str(), directive.span);
    let warning = match name {
        "macro" if lint.api_gateway() => {
            let what = match directive.arguments.first().map(|a| &a.kind) {
                Some(ExprKind::Word(word)) => format!(", and `#{word}(…)` is text"),
                _ => String::new(),
            };
            Warning::new("ignored-macro", span, format!("API Gateway ignores `#macro`{what}"))
                .with_help("`#define($name)…#end` makes a block that `$name` renders")
        }
        "break" if lint.loops == 0 => {
            let message = "`#break` outside of a loop ends the template here";
            Warning::new("outside-loop", span, message)
                .with_help("`#stop` says so; `#break` belongs into a `#foreach`")
        }
        _ if KNOWN.contains(&name) || name == "literal" => return,
        _ if lint.variables.macros.contains(name) => {
            if !lint.api_gateway() {
                return;
            }
            let message = format!("`#{name}` prints as it stands: API Gateway ignores `#macro`");
            Warning::new("ignored-macro", span, message)
                .with_help("`#define($name)…#end` makes a block that `$name` renders")
        }
        "evaluate" | "parse" | "include" => {
            if !lint.api_gateway() {
                return;
            }
            let message =
                format!("`#{name}` is no directive in API Gateway: it prints as it stands");
            Warning::new("unsupported-directive", span, message)
                .with_help("write out what it would bring in")
        }
        "return" if lint.api_gateway() => {
            Warning::new("appsync-only", span, "`#return` is AppSync's: it prints as it stands")
                .with_help("`#stop` ends a template")
        }
        _ => match meant(directive) {
            Some(meant) => misspelt(name, &meant, span),
            None => return,
        },
    };
    lint.add(warning);
}

fn misspelt(name: &str, meant: &str, span: Span) -> Warning {
    let message = format!("`#{name}` is no directive: it prints as it stands");
    Warning::new("misspelt-directive", span, message).with_help(format!("did you mean `{meant}`?"))
}

/// The directive that was meant. Names behind `#` are common in DynamoDB's expressions, so without an argument only
/// what other languages have is taken for a slip.
fn meant(directive: &Directive) -> Option<String> {
    let name = directive.name.as_str();
    if let Some(name) = name.strip_prefix('#').filter(|name| KNOWN.contains(name)) {
        return Some(format!("#{name}"));
    }
    let lower = name.to_ascii_lowercase();
    let parentheses = directive.literal.trim_end().ends_with(')');
    match lower.as_str() {
        "elsif" | "elif" | "elseif" | "elsfi" if parentheses => return Some("#elseif".to_owned()),
        "for" | "each" if parentheses => return Some("#foreach".to_owned()),
        "endif" | "endfor" | "endforeach" | "endmacro" | "enddefine" | "endset" | "fi" => {
            return Some("#end".to_owned());
        }
        _ if KNOWN.contains(&lower.as_str()) => return Some(format!("#{lower}")),
        _ => {}
    }
    if !parentheses || name.len() < 3 {
        return None;
    }
    nearest(name, KNOWN.into_iter().filter(|known| known.len() > 2))
        .map(|known| format!("#{known}"))
}

/// `#else if(…)` is an `#else` and the text ` if(…)`.
pub(super) fn else_if(node: &If, lint: &mut Lint<'_>) {
    let Some(Node::Text(text)) = node.otherwise.first() else { return };
    let Some(rest) = text.text.trim_start_matches([' ', '\t']).strip_prefix("if") else { return };
    if !rest.trim_start_matches([' ', '\t']).starts_with('(') {
        return;
    }
    let Some(before) = lint.source.get(..text.span.start as usize) else { return };
    let Some(start) = before.rfind('#').filter(|start| before.len() - start <= 8) else { return };
    let end = before.len() + text.text.len() - rest.len();
    lint.add(
        Warning::new(
            "else-if",
            Span::new(start, end),
            "`#else if` is an `#else`, and the condition is text",
        )
        .with_help("write `#elseif(…)` in one word"),
    );
}

/// `# if(…)`: a blank makes text of a directive.
pub(super) fn split(text: &Text, lint: &mut Lint<'_>) {
    // A text that is not its own source holds escapes, and has no places.
    if lint.text(text.span) != text.text {
        return;
    }
    for (at, _) in text.text.match_indices('#') {
        let behind = &text.text[at + 1..];
        let word = behind.trim_start_matches(' ');
        let length = word.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(word.len());
        let (name, rest) = word.split_at(length);
        if word.len() == behind.len()
            || !["set", "if", "elseif", "foreach", "define"].contains(&name)
            || !rest.trim_start_matches(' ').starts_with('(')
        {
            continue;
        }
        let start = text.span.start as usize + at;
        let end = start + 1 + (behind.len() - word.len()) + length;
        let message = format!("`# {name}` is text: no blank may stand behind the `#`");
        lint.add(
            Warning::new("misspelt-directive", Span::new(start, end), message)
                .with_help(format!("write `#{name}(…)`")),
        );
    }
}
