//! A YAML or JSON text → its tree.

use std::collections::HashMap;
use std::sync::Arc;

use granit_parser::{Event, Parser, ScalarStyle, Tag};
use transom::Span;

use crate::node::{Data, Member, Node};
use crate::problem::Problem;
use crate::scalar::{Style, align};
use crate::source::{Place, Source};
use crate::text::Text;

/// Values of one document that aliases repeat: a few lines of aliases can mean billions.
const MOST_REPEATED: usize = 200_000;

/// Reads the one document of a text.
pub(crate) fn parse(source: &Arc<Source>) -> Result<Node, Problem> {
    let mut builder = Builder {
        source,
        open: Vec::new(),
        anchors: HashMap::new(),
        nodes: 0,
        repeated: 0,
        root: None,
        documents: 0,
    };
    for event in Parser::new_from_str(&source.text) {
        match event {
            Ok((event, span)) => builder.take(event, span)?,
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or_default();
                let place = builder.place(at..(at + 1).min(source.text.len()));
                return Err(Problem::error(
                    "yaml",
                    &place,
                    format!("this is no YAML: {}", error.info()),
                ));
            }
        }
    }
    let whole = builder.place(0..0);
    builder.root.ok_or_else(|| Problem::error("yaml", &whole, "the file is empty"))
}

struct Builder<'s> {
    source: &'s Arc<Source>,
    open: Vec<Open>,
    anchors: HashMap<usize, (Node, usize)>,
    nodes: usize,
    repeated: usize,
    root: Option<Node>,
    documents: usize,
}

/// A list or an object that has not ended.
struct Open {
    node: Node,
    anchor: usize,
    /// The key whose value comes next
    key: Option<Node>,
    /// How many nodes there were before it
    before: usize,
    /// What `<<` adds unless the object has it
    merged: Vec<Member>,
}

impl Builder<'_> {
    fn place(&self, range: std::ops::Range<usize>) -> Place {
        let text = &self.source.text;
        let border = |at: usize| (at..text.len()).find(|at| text.is_char_boundary(*at));
        let start = border(range.start).unwrap_or(text.len());
        let end = border(range.end).unwrap_or(text.len()).max(start);
        Place { source: Arc::clone(self.source), span: Span::new(start, end) }
    }

    fn take(&mut self, event: Event<'_>, span: granit_parser::Span) -> Result<(), Problem> {
        let range = span.byte_range().unwrap_or(0..0);
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(Problem::error(
                        "yaml",
                        &self.place(range),
                        "a second document begins here",
                    )
                    .with_help(
                        "a definition is one document: put the other into a file of its own",
                    ));
                }
            }
            Event::Scalar(value, style, anchor, tag) => {
                let node = self.scalar(&value, style, tag.as_deref(), range);
                self.nodes += 1;
                self.keep(anchor, &node, 1);
                self.add(node)?;
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.open(Data::List(Vec::new()), anchor, tag.as_deref(), range);
            }
            Event::MappingStart(_, anchor, tag) => {
                self.open(Data::Object(Vec::new()), anchor, tag.as_deref(), range);
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(Open { mut node, anchor, before, merged, .. }) = self.open.pop() else {
                    return Ok(());
                };
                if let Data::Object(members) = &mut node.data {
                    complete(members, merged)?;
                }
                node.place.span = Span::new(node.place.span.range().start, range.end);
                self.keep(anchor, &node, self.nodes - before);
                self.add(node)?;
            }
            Event::Alias(anchor) => {
                let Some((node, size)) = self.anchors.get(&anchor).cloned() else {
                    return Err(Problem::error(
                        "yaml",
                        &self.place(range),
                        "this alias is inside of what it repeats",
                    ));
                };
                self.nodes += size;
                self.repeated += size;
                if self.repeated > MOST_REPEATED {
                    return Err(Problem::error(
                        "yaml",
                        &self.place(range),
                        "the aliases repeat too much",
                    ));
                }
                self.add(node)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn open(
        &mut self,
        data: Data,
        anchor: usize,
        tag: Option<&Tag>,
        range: std::ops::Range<usize>,
    ) {
        let place = self.place(range);
        let node = Node { data, place, tag: name(tag) };
        self.open.push(Open { node, anchor, key: None, before: self.nodes, merged: Vec::new() });
        self.nodes += 1;
    }

    fn keep(&mut self, anchor: usize, node: &Node, size: usize) {
        if anchor != 0 {
            self.anchors.insert(anchor, (node.clone(), size));
        }
    }

    /// Puts a whole value where it belongs.
    fn add(&mut self, node: Node) -> Result<(), Problem> {
        let Some(parent) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        match &mut parent.node.data {
            Data::List(items) => items.push(node),
            Data::Object(members) => match parent.key.take() {
                None => parent.key = Some(node),
                Some(key)
                    if key.as_str() == Some("<<")
                        && key.place.span.start + 2 == key.place.span.end =>
                {
                    let sources = if matches!(node.data, Data::List(_)) {
                        node.items()
                    } else {
                        std::slice::from_ref(&node)
                    };
                    parent.merged.extend(sources.iter().flat_map(Node::members).cloned());
                }
                Some(key) => return member(members, &key, node),
            },
            _ => {}
        }
        Ok(())
    }

    fn scalar(
        &self,
        value: &str,
        style: ScalarStyle,
        tag: Option<&Tag>,
        range: std::ops::Range<usize>,
    ) -> Node {
        let place = self.place(range.clone());
        let (style, quotes) = match style {
            ScalarStyle::SingleQuoted => (Style::Single, 1),
            ScalarStyle::DoubleQuoted => (Style::Double, 1),
            ScalarStyle::Literal | ScalarStyle::Folded => (Style::Block, 0),
            _ => (Style::Plain, 0),
        };
        let inner =
            range.start + quotes..range.end.saturating_sub(quotes).max(range.start + quotes);
        let written = self.source.text.get(inner.clone()).unwrap_or_default();
        let pairs = align(value, written, style);
        let pairs = pairs.into_iter().map(|(at, offset)| (at, offset + inner.start));
        let text = Text::aligned(value.to_owned(), self.source, pairs);
        let core = tag.filter(|tag| tag.is_yaml_core_schema());
        let data = match (style, core.map(Tag::suffix), tag.is_some()) {
            (_, Some("str"), _) => Data::Text(text),
            (Style::Plain, _, false) => plain(text),
            (Style::Plain, Some(_), _) => plain(text),
            _ => Data::Text(text),
        };
        Node { data, place, tag: name(tag) }
    }
}

fn member(members: &mut Vec<Member>, key: &Node, value: Node) -> Result<(), Problem> {
    let Some(name) = key.as_str().or(key.is_null().then_some("null")) else {
        return Err(Problem::error(
            "yaml",
            &key.place,
            format!("a key is a text, not {}", key.kind()),
        ));
    };
    let new = Member { name: name.to_owned(), name_place: key.place.clone(), value };
    members.push(new);
    Ok(())
}

/// Adds what is merged, and refuses a name that is there twice.
fn complete(members: &mut Vec<Member>, merged: Vec<Member>) -> Result<(), Problem> {
    let mut order: Vec<&Member> = members.iter().collect();
    order.sort_by(|a, b| a.name.cmp(&b.name));
    if let Some([first, again]) = order.windows(2).find(|pair| pair[0].name == pair[1].name) {
        let message = format!("`{}` is here a second time", again.name);
        let problem = Problem::error("yaml", &again.name_place, message)
            .with_help("only one of them can count: take the other away");
        let related = Some((first.name_place.clone(), "this is the first"));
        return Err(Problem { related, ..problem });
    }
    for member in merged {
        if !members.iter().any(|own| own.name == member.name) {
            members.push(member);
        }
    }
    Ok(())
}

/// Tags of YAML's own say nothing that the value does not.
fn name(tag: Option<&Tag>) -> Option<Box<str>> {
    let tag = tag.filter(|tag| !tag.is_yaml_core_schema())?;
    Some(tag.original().trim_start_matches('!').into())
}

/// What a scalar without quotes means.
fn plain(text: Text) -> Data {
    match text.as_str() {
        "" | "~" | "null" | "Null" | "NULL" => Data::Null,
        "true" | "True" | "TRUE" => Data::Bool(true),
        "false" | "False" | "FALSE" => Data::Bool(false),
        word if is_number(word) => Data::Number(text),
        _ => Data::Text(text),
    }
}

/// Whether JSON too takes it for a number: what else YAML has are texts here.
fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit() || c == '-')
        && serde_json::from_str::<serde_json::Number>(word).is_ok()
}
