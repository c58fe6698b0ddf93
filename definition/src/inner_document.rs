//! A JSON or YAML document in a text of another one → its tree, with its places in the file.

use std::sync::Arc;

use crate::node::{Data, Node};
use crate::problem::Problem;
use crate::source::{Place, Source};
use crate::text::Text;
use crate::yaml;

/// Reads the document in a text that stands at a place.
pub(crate) fn parse_text(text: &Text, place: &Place) -> Result<Node, Problem> {
    let source = Source { name: place.source.name.clone(), text: text.as_str().to_owned() };
    match yaml::parse(&Arc::new(source)) {
        Ok(node) => Ok(within(node, text, place)),
        Err(mut problem) => {
            problem.place = outside(&problem.place, text, place);
            problem.related = problem.related.map(|(at, label)| (outside(&at, text, place), label));
            Err(problem)
        }
    }
}

/// Where something of the inner document stands in the file.
fn outside(at: &Place, text: &Text, place: &Place) -> Place {
    text.place(at.span).unwrap_or_else(|| place.clone())
}

fn within(node: Node, text: &Text, place: &Place) -> Node {
    let data = match node.data {
        Data::Text(inner) => Data::Text(inner.within(text)),
        Data::Number(inner) => Data::Number(inner.within(text)),
        Data::List(items) => {
            Data::List(items.into_iter().map(|item| within(item, text, place)).collect())
        }
        Data::Object(mut members) => {
            for member in &mut members {
                member.name_place = outside(&member.name_place, text, place);
                let nothing = Node::new(Data::Null, place);
                let value = std::mem::replace(&mut member.value, nothing);
                member.value = within(value, text, place);
            }
            Data::Object(members)
        }
        other => other,
    };
    Node { data, place: outside(&node.place, text, place), tag: node.tag }
}
