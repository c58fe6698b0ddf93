//! `$context`: the host's object, and the overrides that a template assigns in it.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::overrides::{self, Overrides};
use crate::java::hash_map::hash_order;
use crate::json::{Document, NodeRef};
use crate::jsonpath::{AnyPath, JsonPathDialect};
use crate::template::Session;
use crate::value::{Map, MapKind, Value};

const REQUEST_OVERRIDE: &str = "requestOverride";
const RESPONSE_OVERRIDE: &str = "responseOverride";

/// The members of `$context` and `$context.identity` in an order of insertion that agrees with the recorded order of
/// API Gateway's `HashMap`s: keys that share a bucket keep the order in which they were put there.
const INSERTION: [&str; 13] = [
    "path",
    "accountId",
    "domainPrefix",
    "requestTimeEpoch",
    "requestId",
    "identity",
    "domainName",
    "deploymentId",
    "cognitoIdentityId",
    "sourceIp",
    "apiKey",
    "principalOrgId",
    "header",
];

/// The members of an object of `$context`, in the order of their insertion.
fn inserted(object: NodeRef<'_>) -> Vec<(Cow<'_, str>, NodeRef<'_>)> {
    let mut members: Vec<_> = object.entries().collect();
    members.sort_by_key(|(name, _)| {
        INSERTION.iter().position(|n| n == name).unwrap_or(INSERTION.len())
    });
    members
}

/// The members of an object of `$context`, as API Gateway's `HashMap` walks them.
pub(crate) fn in_hash_order(object: NodeRef<'_>) -> Vec<(Cow<'_, str>, NodeRef<'_>)> {
    let members = inserted(object);
    let names: Vec<&str> = members.iter().map(|(name, _)| &**name).collect();
    let order = hash_order(&names);
    order.into_iter().filter_map(|at| members.get(at).cloned()).collect()
}

/// What `$context` holds: any JSON object.
///
/// Its maps are `HashMap`s, as in API Gateway: `keySet()` gives their keys in Java's bucket order, and a map inside
/// `$context` prints as nothing (both recorded).
///
/// ```
/// use serde_json::json;
/// use transom::{Context, Template, Variables};
///
/// let context = Context::from_value(&json!({"stage": "prod", "identity": {"sourceIp": "1.2.3.4"}}));
/// let template = Template::new("$context.stage [$context.identity] $context.identity.sourceIp")?;
/// assert_eq!(template.render(&Variables::new().context(&context))?.output, "prod [] 1.2.3.4");
/// # Ok::<(), transom::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Context {
    document: Document<'static>,
}

impl Context {
    /// Takes the members of an object.
    pub fn from_value(value: &serde_json::Value) -> Context {
        Context { document: Document::of_context(value) }
    }

    /// Takes the members of an object, as JSON text of transom's own.
    pub(crate) fn from_json_text(text: String) -> Context {
        Context { document: Document::of_context_text(text) }
    }

    pub(crate) fn root(&self) -> NodeRef<'_> {
        self.document.root()
    }
}

/// What a render keeps of `$context` and `$input` while it runs. Nothing is made before a template asks for it.
pub(crate) struct State<'r> {
    given: Option<NodeRef<'r>>,
    request: OnceCell<Value<'r>>,
    response: OnceCell<Value<'r>>,
    /// All of `$context` as a map, once a template looks at it as a whole or assigns a member
    whole: OnceCell<Rc<Map<'r>>>,
    body: OnceCell<Value<'r>>,
    /// JSONPaths that the template computed
    pub(crate) paths: Paths,
    thawed: bool,
}

impl<'r> State<'r> {
    pub(crate) fn new(session: &'r Session<'r>) -> State<'r> {
        State {
            given: session.variables.context.map(|context| context.document.root()),
            request: OnceCell::new(),
            response: OnceCell::new(),
            whole: OnceCell::new(),
            body: OnceCell::new(),
            paths: Paths::new(session.json_path),
            thawed: session.thawed,
        }
    }

    /// `$context.name`
    pub(crate) fn member(&self, name: &str) -> Value<'r> {
        if let Some(whole) = self.whole.get() {
            return whole.get_text(name).unwrap_or(Value::Null);
        }
        match name {
            REQUEST_OVERRIDE => self.request().clone(),
            RESPONSE_OVERRIDE => self.response().clone(),
            // A copy is made as a whole, so that every look at a member sees the same one.
            _ if self.thawed => self.whole().get_text(name).unwrap_or(Value::Null),
            _ => self.given.and_then(|given| given.get(name)).map_or(Value::Null, Value::from_node),
        }
    }

    /// `#set($context.name = value)`
    pub(crate) fn set(&self, name: Value<'r>, value: Value<'r>) {
        self.whole().put(name, value);
    }

    /// `$context` as a Java map.
    pub(crate) fn as_map(&self) -> Value<'r> {
        Value::Map(self.whole().clone())
    }

    fn request(&self) -> &Value<'r> {
        self.request
            .get_or_init(|| self.override_map(REQUEST_OVERRIDE, &["path", "header", "querystring"]))
    }

    fn response(&self) -> &Value<'r> {
        self.response.get_or_init(|| self.override_map(RESPONSE_OVERRIDE, &["header"]))
    }

    /// An override as the host gave it, with the maps that API Gateway always has in it.
    fn override_map(&self, name: &str, always: &[&'static str]) -> Value<'r> {
        let map = Map::new(MapKind::Context);
        for member in always {
            map.put(Value::text(*member), Value::Map(Rc::new(Map::new(MapKind::Context))));
        }
        if let Some(given) = self.given.and_then(|given| given.get(name)) {
            for (member, value) in given.entries() {
                map.put(Value::text(member), Value::thaw(value));
            }
        }
        Value::Map(Rc::new(map))
    }

    fn whole(&self) -> &Rc<Map<'r>> {
        self.whole.get_or_init(|| {
            let map = Map::new(MapKind::Hash);
            for (name, value) in self.given.map(inserted).into_iter().flatten() {
                let value = if self.thawed { Value::thaw(value) } else { Value::from_node(value) };
                map.put(Value::text(name), value);
            }
            map.put(Value::text(REQUEST_OVERRIDE), self.request().clone());
            map.put(Value::text(RESPONSE_OVERRIDE), self.response().clone());
            Rc::new(map)
        })
    }

    /// The payload as lists and maps that the template can change; one for the whole render.
    pub(crate) fn thawed_body(&self, body: NodeRef<'r>) -> Value<'r> {
        self.body.get_or_init(|| Value::thaw(body)).clone()
    }

    pub(crate) fn overrides(&self) -> Overrides {
        let member = |name: &str, own: &OnceCell<Value<'r>>| match self.whole.get() {
            Some(whole) => whole.get_text(name).map(|v| overrides::members(&v)).unwrap_or_default(),
            None => own.get().map(overrides::members).unwrap_or_default(),
        };
        Overrides {
            request: member(REQUEST_OVERRIDE, &self.request),
            response: member(RESPONSE_OVERRIDE, &self.response),
        }
    }
}

/// JSONPaths by their text: a path that a loop computes again and again is compiled once.
pub(crate) struct Paths {
    dialect: JsonPathDialect,
    compiled: HashMap<Box<str>, Result<Rc<AnyPath>, String>>,
}

impl Paths {
    /// How many are kept; beyond it the table starts again.
    const LIMIT: usize = 1000;

    fn new(dialect: JsonPathDialect) -> Paths {
        Paths { dialect, compiled: HashMap::new() }
    }

    pub(crate) fn compile(&mut self, text: &str) -> Result<Rc<AnyPath>, String> {
        if let Some(known) = self.compiled.get(text) {
            return known.clone();
        }
        if self.compiled.len() == Paths::LIMIT {
            self.compiled.clear();
        }
        let path = AnyPath::compile(text, self.dialect).map(Rc::new);
        self.compiled.insert(text.into(), path.clone());
        path
    }
}
