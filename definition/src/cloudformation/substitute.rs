//! `Fn::Sub`: `${name}` in a text → its value, and `${!name}` → `${name}`.

use transom::Span;

use super::evaluator::Evaluator;
use crate::node::{Data, Node};
use crate::problem::Problem;
use crate::source::Place;
use crate::text::Text;

impl Evaluator<'_> {
    pub(super) fn substitute(&mut self, argument: &Node) -> Option<Node> {
        let (text, variables) = match argument.items() {
            [] => (argument, None),
            [text, variables] => (text, Some(self.evaluate(variables))),
            [text] => (text, None),
            _ => return None,
        };
        let source = text.text()?;
        let (content, mut out, mut done) = (source.as_str(), Text::empty(), 0);
        while let Some(start) = content[done..].find("${").map(|at| at + done) {
            let Some(end) = content[start..].find('}').map(|at| at + start) else { break };
            out.push(&source.slice(done..start));
            done = end + 1;
            let name = &content[start + 2..end];
            if name.starts_with('!') {
                out.push(&source.slice(start..start + 2));
                out.push(&source.slice(start + 3..end + 1));
                continue;
            }
            let place = source.place(Span::new(start, end + 1)).unwrap_or(text.place.clone());
            let own = variables.as_ref().and_then(|all| all.get(name.trim())).cloned();
            match own.or_else(|| self.variable(name.trim(), &place)) {
                Some(value) => match value.as_str() {
                    Some(value) => out.push(&Text::in_place_of(&place, value)),
                    None if value.is_null() => {}
                    None => {
                        let message =
                            format!("`{name}` is {}, which no text can hold", value.kind());
                        self.error(&place, message);
                    }
                },
                None => {
                    let message =
                        format!("CloudFormation finds nothing named `{name}` for `${{{name}}}`");
                    let help = format!("if the template is to read it, write `${{!{name}}}`");
                    self.push(
                        Problem::error("sub-eats-reference", &place, message).with_help(help),
                    );
                    // So that the template is whole, and nothing more is told of it.
                    out.push(&source.slice(start..end + 1));
                }
            }
        }
        out.push(&source.slice(done..content.len()));
        Some(Node::new(Data::Text(out), &text.place))
    }

    fn variable(&mut self, name: &str, place: &Place) -> Option<Node> {
        let Some((resource, _)) = name.split_once('.') else { return self.named(name, place) };
        // Only a resource has attributes.
        if self.root.at(&["Parameters", resource]).is_some() {
            return None;
        }
        self.named(resource, place)?;
        Some(Node::text_at(place, name))
    }
}
