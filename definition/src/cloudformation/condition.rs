//! Conditions → whether they hold.

use super::evaluator::{Evaluator, function};
use crate::node::Node;

impl Evaluator<'_> {
    /// Whether a function that answers yes or no answers yes.
    pub(super) fn condition(&mut self, name: &str, argument: &Node) -> bool {
        match name {
            "Condition" => self.named_condition(argument),
            "Fn::Equals" => {
                let [a, b] = argument.items() else { return self.wrong(name, argument) };
                let (a, b) = (self.evaluate(a), self.evaluate(b));
                match (a.as_str(), b.as_str()) {
                    (Some(a), Some(b)) => a == b,
                    _ => a.to_json() == b.to_json(),
                }
            }
            // All are looked at, so that whatever is wrong in them is told.
            "Fn::And" => {
                argument.items().iter().map(|one| self.holds(one)).filter(|holds| !holds).count()
                    == 0
            }
            "Fn::Or" => argument.items().iter().filter(|one| self.holds(one)).count() > 0,
            "Fn::Not" => {
                let [one] = argument.items() else { return self.wrong(name, argument) };
                !self.holds(one)
            }
            _ => self.wrong(name, argument),
        }
    }

    fn wrong(&mut self, name: &str, argument: &Node) -> bool {
        self.error(&argument.place, format!("this is no argument of `{name}`"));
        false
    }

    fn holds(&mut self, node: &Node) -> bool {
        match node.members() {
            [only] if only.name == "Condition" => self.named_condition(&only.value),
            _ => match function(node) {
                Some((name, argument)) => self.condition(&name, &argument),
                None => node.is_true(),
            },
        }
    }

    /// Whether the condition of this name holds.
    pub(super) fn named_condition(&mut self, name: &Node) -> bool {
        let Some(text) = name.as_str() else { return self.wrong("Condition", name) };
        let root = self.root;
        let Some(condition) = root.at(&["Conditions", text]) else {
            self.error(&name.place, format!("the template has no condition `{text}`"));
            return false;
        };
        if self.depth > 128 {
            self.error(&name.place, "the conditions lead in a circle");
            return false;
        }
        self.depth += 1;
        let holds = self.holds(condition);
        self.depth -= 1;
        holds
    }
}
