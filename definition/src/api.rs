//! The internal model: an API and its routes, in the shapes of AWS's own REST resources.

use transom::gateway;

use crate::node::{Data, Node};
use crate::problem::Problem;
use crate::resource_path::ResourcePath;
use crate::source::Place;

/// An API, whatever file it came from.
#[derive(Clone, Debug)]
pub struct Api {
    /// Its name or, where it has none, that of its resource or file
    pub name: String,
    /// Where its definition begins
    pub place: Place,
    /// What its methods share: `models`, `gatewayResponses`, `binaryMediaTypes`, `minimumCompressionSize`
    pub settings: Node,
    /// Its stage: `name` and `variables`
    pub stage: Node,
    /// Its methods, in the order of the file
    pub routes: Vec<Route>,
}

/// A method of a resource.
#[derive(Clone, Debug)]
pub struct Route {
    /// `/pets/{petId}`
    pub resource_path: String,
    /// `GET`, …, or `ANY`
    pub http_method: String,
    /// What `aws apigateway get-method` answers, with the validator itself as `requestValidator`
    pub method: Node,
}

impl Api {
    pub(crate) fn new(name: impl Into<String>, place: &Place) -> Api {
        Api {
            name: name.into(),
            place: place.clone(),
            settings: Node::object_at(place),
            stage: Node::object_at(place),
            routes: Vec::new(),
        }
    }

    /// The method that a request goes to, as API Gateway routes it: a literal segment before a `{parameter}` before a
    /// `{greedy+}` one, and of one resource the method itself before `ANY`. A resource without the method does not count, so
    /// that a greedy one beside it gets the request.
    pub fn route(&self, http_method: &str, path: &str) -> Option<&Route> {
        let path = path.split('?').next().unwrap_or_default();
        let fits = |route: &&Route| {
            route.http_method.eq_ignore_ascii_case(http_method) || route.http_method == "ANY"
        };
        let ranked = self.routes.iter().filter(fits).filter_map(|route| {
            let rank = ResourcePath::new(&route.resource_path).rank(path)?;
            Some(((rank, route.http_method == "ANY"), route))
        });
        ranked.min_by(|(a, _), (b, _)| a.cmp(b)).map(|(_, route)| route)
    }

    /// The API, compiled.
    ///
    /// # Errors
    /// The first member that makes no sense.
    pub fn compile(&self) -> Result<gateway::Api, Problem> {
        let compiled = gateway::Api::compile(&self.settings.to_json());
        compiled.map_err(|error| configuration(&error, &self.settings))
    }

    /// The stage, compiled.
    ///
    /// # Errors
    /// The first member that makes no sense.
    pub fn compile_stage(&self) -> Result<gateway::Stage, Problem> {
        let compiled = gateway::Stage::compile(&self.stage.to_json());
        compiled.map_err(|error| configuration(&error, &self.stage))
    }
}

impl Route {
    /// The method, compiled.
    ///
    /// # Errors
    /// The first template or other member that makes no sense.
    pub fn compile(&self, api: &gateway::Api) -> Result<gateway::Method, Problem> {
        let method = gateway::Method::compile(api, &self.resource_path, &self.method.to_json());
        method.map_err(|error| {
            let of_a_template = self.check_templates().into_iter().find(Problem::is_error);
            of_a_template.unwrap_or_else(|| configuration(&error, &self.method))
        })
    }

    /// `POST /pets`
    pub fn label(&self) -> String {
        format!("{} {}", self.http_method, self.resource_path)
    }
}

/// An error of the library with its place in the file.
pub(crate) fn configuration(error: &gateway::ConfigError, root: &Node) -> Problem {
    let path = error.place();
    let (path, pointer) = path.split_once('#').unwrap_or((path, ""));
    let (_, member) = path.split_once('.').unwrap_or((path, ""));
    let node = root.find(member).find_pointer(pointer);
    let name = if member.is_empty() { path } else { member };
    Problem::error("configuration", &node.place, format!("`{name}{pointer}` {}", error.message()))
}

/// Takes the member away that an error is about, or puts something right in its place: so that what else is wrong is found
/// too. False where there is no such member.
pub(crate) fn without(root: &mut Node, path: &str) -> bool {
    let path = path.split('#').next().unwrap_or_default();
    let Some((_, member)) = path.split_once('.') else { return false };
    remove(root, member)
}

fn remove(node: &mut Node, path: &str) -> bool {
    let Data::Object(members) = &mut node.data else { return false };
    let fits = |name: &str| {
        path.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let found = (0..members.len()).filter(|at| fits(&members[*at].name));
    let Some(at) = found.max_by_key(|at| members[*at].name.len()) else { return false };
    let member = &mut members[at];
    let rest = &path[member.name.len()..];
    if !rest.is_empty() {
        return remove(&mut member.value, &rest[1..]);
    }
    match needed(&member.name) {
        Some(right) => member.value = Node::text_at(&member.value.place, right),
        None => {
            members.remove(at);
        }
    }
    true
}

/// Something right for what must not be absent.
fn needed(member: &str) -> Option<&'static str> {
    match member {
        "type" => Some("HTTP"),
        "statusCode" => Some("200"),
        _ => None,
    }
}
