//! The values of one render: Java's objects as a template sees them, borrowed from the payload where possible.

mod equality;
mod list;
mod map;
mod number;
mod print;
mod release;
mod text;
mod thaw;

use std::cell::Cell;
use std::rc::Rc;

pub(crate) use list::{List, ListKind, Part};
pub(crate) use map::{Entry, Map, MapKind};
pub(crate) use print::MAX_PRINT_DEPTH;
pub(crate) use text::Text;

use crate::host::Root;
use crate::java::number::Number;
use crate::json::{Kind, NodeRef};
use crate::template::{Block, LoopScope};

/// A value during one render. `'r` is the render: the program, the payload and what the host passed in.
///
/// Parts of the payload stay where they are ([`Value::Node`]); only what a template builds is allocated. Lists and
/// maps are shared and mutable because Java's are: `#set($b = $a)` makes a second name, not a copy.
#[derive(Clone, Debug)]
pub(crate) enum Value<'r> {
    /// Java's `null`. In API Gateway no reference evaluates to it (see `Dialect`).
    Null,
    /// `java.lang.Boolean`
    Bool(bool),
    /// `java.lang.Integer`
    Integer(i32),
    /// `java.lang.Long`
    Long(i64),
    /// `java.lang.Double`
    Double(f64),
    /// `BigInteger`, `BigDecimal` and `Float`: rare, so boxed
    Number(Rc<Number>),
    /// `java.lang.Character`, a UTF-16 unit
    Character(u16),
    /// `java.lang.String`
    Text(Text<'r>),
    /// An array or an object of a document, in place and unchangeable.
    Node(NodeRef<'r>),
    /// `java.util.List`, a Java array or a `Set` of keys
    List(Rc<List<'r>>),
    /// `java.util.Map`
    Map(Rc<Map<'r>>),
    /// `java.util.Map.Entry`
    Entry(Rc<Entry<'r>>),
    /// `java.util.Iterator` over a snapshot: `$list.iterator()`
    Iterator(Rc<Iterator<'r>>),
    /// `java.lang.Class`: only its name can be asked for
    Class(&'static str),
    /// `$input`, `$util`, `$context`
    Root(Root),
    /// `$foreach`
    Loop(Rc<LoopScope<'r>>),
    /// What `#define($x)…#end` stores: rendered anew at every use
    Block(&'r Block),
}

/// `java.util.Iterator`: what is left of a list.
#[derive(Debug)]
pub(crate) struct Iterator<'r> {
    pub(crate) items: Vec<Value<'r>>,
    pub(crate) next: Cell<usize>,
}

/// A Java exception that a method threw: the template fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Exception {
    /// The class, e.g. `java.lang.StringIndexOutOfBoundsException`
    pub(crate) class: &'static str,
    /// What Java's `getMessage()` says
    pub(crate) message: String,
}

impl Exception {
    /// Not Java's: a template tries to change a part of the payload that this render reads in place. The render starts
    /// again on a copy that can be changed.
    pub(crate) const FROZEN: &'static str = "transom.Frozen";

    #[cold]
    pub(crate) fn new(class: &'static str, message: impl Into<String>) -> Exception {
        Exception { class, message: message.into() }
    }

    #[cold]
    pub(crate) fn frozen() -> Exception {
        Exception::new(Exception::FROZEN, "")
    }
}

impl<'r> Value<'r> {
    /// The value of a document's node: scalars become Java's scalars, arrays and objects stay in place.
    pub(crate) fn from_node(node: NodeRef<'r>) -> Value<'r> {
        match node.kind() {
            Kind::Null => Value::Null,
            Kind::Bool => Value::Bool(node.as_bool().unwrap_or(false)),
            Kind::Number => number::from_node(node),
            Kind::String => Value::Text(node.as_str().map_or(Text::EMPTY, Text::from)),
            Kind::Array | Kind::Object => Value::Node(node),
        }
    }

    pub(crate) fn text(text: impl Into<Text<'r>>) -> Value<'r> {
        Value::Text(text.into())
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// Velocity's truth of a reference: `false` and null are false, everything else is true.
    pub(crate) fn truth(&self) -> bool {
        match self {
            Value::Null => false,
            Value::Bool(b) => *b,
            _ => true,
        }
    }

    /// A list of the class `ArrayList`.
    pub(crate) fn array_list(items: Vec<Value<'r>>) -> Value<'r> {
        Value::List(Rc::new(List::new(ListKind::ArrayList, items)))
    }

    /// An empty `LinkedHashMap`.
    pub(crate) fn empty_map() -> Value<'r> {
        Value::Map(Rc::new(Map::new(MapKind::Linked)))
    }

    /// The name of the Java class, as `$x.class.name` prints it.
    pub(crate) fn class_name(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "java.lang.Boolean",
            Value::Integer(_) => "java.lang.Integer",
            Value::Long(_) => "java.lang.Long",
            Value::Double(_) => "java.lang.Double",
            Value::Number(n) => match **n {
                Number::Integer(_) => "java.lang.Integer",
                Number::Long(_) => "java.lang.Long",
                Number::BigInteger(_) => "java.math.BigInteger",
                Number::Float(_) => "java.lang.Float",
                Number::Double(_) => "java.lang.Double",
                Number::BigDecimal(_) => "java.math.BigDecimal",
            },
            Value::Character(_) => "java.lang.Character",
            Value::Text(_) => "java.lang.String",
            Value::Node(n) => match n.kind() {
                Kind::Object => "java.util.LinkedHashMap",
                _ if n.is_json_smart() => "net.minidev.json.JSONArray",
                _ => "java.util.ArrayList",
            },
            Value::List(l) => l.kind().class_name(),
            Value::Map(m) => m.kind().class_name(),
            Value::Entry(_) => "java.util.LinkedHashMap$Entry",
            Value::Iterator(_) => "java.util.ArrayList$Itr",
            Value::Class(_) => "java.lang.Class",
            Value::Root(root) => root.class_name(),
            Value::Loop(_) => "org.apache.velocity.runtime.directive.ForeachScope",
            Value::Block(_) => "org.apache.velocity.runtime.directive.Block$Reference",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_three_words() {
        // Values are moved at every step of a reference: a fourth word shows in every benchmark.
        assert!(size_of::<Value<'_>>() <= 24, "{}", size_of::<Value<'_>>());
    }
}
