//! Java's `toString()`: `{k=v}` for a map, `[x, y]` for a list, JSON for an array that came out of a payload.

use std::borrow::Cow;
use std::fmt::Write;
use std::rc::Rc;

use super::{Entry, Exception, List, ListKind, Map, MapKind, Value};
use crate::java::number::double_to_string;
use crate::java::text::push_unit;
use crate::json::{Kind, NodeRef, Slash, write_json, write_string};

/// How deep lists and maps may be nested when they are printed; Java's stack ends somewhere too.
pub(crate) const MAX_PRINT_DEPTH: usize = 400;

type Printed = Result<(), Exception>;

impl<'r> Value<'r> {
    /// Appends what Java's `String.valueOf` answers.
    pub(crate) fn print(&self, out: &mut String) -> Printed {
        self.print_at(out, 0)
    }

    /// What prints, as a text: for keys, comparisons and concatenations. Endless structures end in the middle.
    pub(crate) fn to_text(&self) -> Cow<'_, str> {
        if let Value::Text(t) = self {
            return Cow::Borrowed(t.as_str());
        }
        let mut out = String::new();
        match self.print(&mut out) {
            Ok(()) | Err(_) => Cow::Owned(out),
        }
    }

    fn print_at(&self, out: &mut String, depth: usize) -> Printed {
        if depth > MAX_PRINT_DEPTH {
            return Err(too_deep());
        }
        match self {
            Value::Null => out.push_str("null"),
            Value::Bool(b) => out.push_str(if *b { "true" } else { "false" }),
            Value::Integer(n) => display(out, n),
            Value::Long(n) => display(out, n),
            Value::Double(n) => double_to_string(*n, out),
            Value::Number(n) => display(out, n),
            Value::Character(c) => push_unit(*c, out),
            Value::Text(t) => out.push_str(t),
            Value::Node(n) => return print_node(*n, out, depth),
            Value::List(l) => return print_list(l, out, depth),
            Value::Map(m) if m.kind() == MapKind::Context => {}
            Value::Map(m) => return print_map(m, out, depth),
            Value::Entry(e) => return print_entry(e, out, depth),
            Value::Class(name) => display(out, &format_args!("class {name}")),
            // Java prints the class and an address; nobody can depend on it.
            // Velocity's scopes are maps of what the template stored in them.
            Value::Loop(scope) => return print_map(scope.storage(), out, depth),
            Value::Iterator(_) | Value::Root(_) | Value::Block(_) => {
                display(out, &format_args!("{}@1", self.class_name()));
            }
        }
        Ok(())
    }

    /// Appends the value as json-smart's compact JSON: what `$input.json` answers and what a JSON array prints inside.
    pub(crate) fn print_json(&self, out: &mut String, slash: Slash) -> Printed {
        self.json_at(out, slash, 0)
    }

    fn json_at(&self, out: &mut String, slash: Slash, depth: usize) -> Printed {
        if depth > MAX_PRINT_DEPTH {
            return Err(too_deep());
        }
        match self {
            Value::Double(n) if n.is_infinite() => out.push_str("null"),
            Value::Null
            | Value::Bool(_)
            | Value::Integer(_)
            | Value::Long(_)
            | Value::Double(_)
            | Value::Number(_) => {
                return self.print_at(out, depth);
            }
            Value::Node(n) => write_json(*n, out, slash),
            Value::List(l) => {
                out.push('[');
                for (i, item) in l.items().iter().enumerate() {
                    if i > 0 {
                        out.push(',');
                    }
                    item.json_at(out, slash, depth + 1)?;
                }
                out.push(']');
            }
            Value::Map(m) => {
                out.push('{');
                for (i, entry) in m.in_order().iter().enumerate() {
                    if i > 0 {
                        out.push(',');
                    }
                    write_string(&entry.key.to_text(), out, slash);
                    out.push(':');
                    entry.value.json_at(out, slash, depth + 1)?;
                }
                out.push('}');
            }
            other => write_string(&other.to_text(), out, slash),
        }
        Ok(())
    }
}

fn display(out: &mut String, what: &impl std::fmt::Display) {
    // Writing to a `String` cannot fail.
    let _ = write!(out, "{what}");
}

#[cold]
fn too_deep() -> Exception {
    Exception::new("java.lang.StackOverflowError", "a list or map is nested too deeply to print")
}

fn print_node(node: NodeRef<'_>, out: &mut String, depth: usize) -> Printed {
    match node.kind() {
        Kind::Object if node.is_context() => {}
        Kind::Object => {
            out.push('{');
            for (i, (key, value)) in node.entries().enumerate() {
                if i > 0 {
                    out.push_str(", ");
                }
                out.push_str(&key);
                out.push('=');
                Value::from_node(value).print_at(out, depth + 1)?;
            }
            out.push('}');
        }
        Kind::Array if node.is_json_smart() => write_json(node, out, Slash::Escaped),
        Kind::Array => {
            out.push('[');
            for (i, item) in node.elements().enumerate() {
                if i > 0 {
                    out.push_str(", ");
                }
                Value::from_node(item).print_at(out, depth + 1)?;
            }
            out.push(']');
        }
        _ => return Value::from_node(node).print_at(out, depth),
    }
    Ok(())
}

fn print_list<'r>(list: &Rc<List<'r>>, out: &mut String, depth: usize) -> Printed {
    match list.kind() {
        ListKind::JsonArray => {
            return Value::List(list.clone()).json_at(out, Slash::Escaped, depth);
        }
        // The hash of an array is its address in Java: no template can depend on it.
        ListKind::Array(class) => display(out, &format_args!("{class}@1")),
        ListKind::ArrayList | ListKind::Set | ListKind::Collection => {
            out.push('[');
            for (i, item) in list.items().iter().enumerate() {
                if i > 0 {
                    out.push_str(", ");
                }
                match item {
                    Value::List(inner) if Rc::ptr_eq(inner, list) => {
                        out.push_str("(this Collection)");
                    }
                    _ => item.print_at(out, depth + 1)?,
                }
            }
            out.push(']');
        }
    }
    Ok(())
}

fn print_map<'r>(map: &Rc<Map<'r>>, out: &mut String, depth: usize) -> Printed {
    out.push('{');
    for (i, entry) in map.in_order().iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        for (side, value) in [("", &entry.key), ("=", &entry.value)] {
            out.push_str(side);
            match value {
                Value::Map(inner) if Rc::ptr_eq(inner, map) => out.push_str("(this Map)"),
                _ => value.print_at(out, depth + 1)?,
            }
        }
    }
    out.push('}');
    Ok(())
}

fn print_entry(entry: &Entry<'_>, out: &mut String, depth: usize) -> Printed {
    entry.key.print_at(out, depth + 1)?;
    out.push('=');
    entry.value.print_at(out, depth + 1)
}
