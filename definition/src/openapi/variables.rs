//! `${AWS::Region}`, `${AWS::AccountId}` and `${AWS::Partition}` in any text → their values, as at an import.

use crate::node::{Data, Member, Node};
use crate::parameters::Parameters;
use crate::source::Place;
use crate::text::Text;

const VARIABLES: [&str; 3] = ["AWS::AccountId", "AWS::Partition", "AWS::Region"];

/// Whether there is anything to replace: most documents are large, and few have variables.
pub(super) fn mentions(node: &Node) -> bool {
    match &node.data {
        Data::Text(text) => text.as_str().contains("${AWS::"),
        Data::List(items) => items.iter().any(mentions),
        Data::Object(members) => members.iter().any(|member| mentions(&member.value)),
        _ => false,
    }
}

/// The document with the values.
pub(super) fn replaced(node: &Node, parameters: &Parameters) -> Node {
    let data = match &node.data {
        Data::Text(text) if text.as_str().contains("${AWS::") => {
            Data::Text(in_text(text, &node.place, parameters))
        }
        Data::List(items) => {
            Data::List(items.iter().map(|item| replaced(item, parameters)).collect())
        }
        Data::Object(members) => {
            let member = |member: &Member| Member {
                value: replaced(&member.value, parameters),
                name: member.name.clone(),
                name_place: member.name_place.clone(),
            };
            Data::Object(members.iter().map(member).collect())
        }
        other => other.clone(),
    };
    Node { data, place: node.place.clone(), tag: node.tag.clone() }
}

fn in_text(text: &Text, place: &Place, parameters: &Parameters) -> Text {
    let mut out = Text::empty();
    let (content, mut done) = (text.as_str(), 0);
    while let Some(start) = content[done..].find("${").map(|at| at + done) {
        let Some(end) = content[start..].find('}').map(|at| at + start) else { break };
        let name = &content[start + 2..end];
        match parameters.get(name).filter(|_| VARIABLES.contains(&name)) {
            Some(value) => {
                out.push(&text.slice(done..start));
                let span = transom::Span::new(start, end + 1);
                out.push(&Text::in_place_of(
                    &text.place(span).unwrap_or_else(|| place.clone()),
                    value,
                ));
                done = end + 1;
            }
            None => {
                out.push(&text.slice(done..start + 2));
                done = start + 2;
            }
        }
    }
    out.push(&text.slice(done..content.len()));
    out
}
