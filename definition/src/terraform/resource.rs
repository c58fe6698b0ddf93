//! The resources of a plan, each with its values and with what it refers to.

use std::collections::HashMap;

use crate::node::Node;
use crate::problem::Problem;

/// The resources of all modules.
pub(super) struct Plan {
    instances: Vec<Instance>,
    /// Addresses by what the provider calls them, where that is known
    ids: HashMap<String, String>,
}

/// A resource of the provider `aws` that belongs to API Gateway.
pub(super) struct Instance {
    /// `module.api.aws_api_gateway_method.get[0]`
    pub(super) address: String,
    /// `method`
    kind: String,
    /// `module.api.`, or empty
    module: String,
    /// `[0]`, or empty
    index: String,
    pub(super) values: Node,
    /// What the values are made of, as the configuration says it
    expressions: Option<Node>,
}

impl Plan {
    pub(super) fn read(root: &Node) -> Plan {
        let mut plan = Plan { instances: Vec::new(), ids: HashMap::new() };
        let values = root.get("planned_values").or_else(|| root.get("values"));
        if let Some(module) = values.and_then(|values| values.get("root_module")) {
            plan.module(module, root.at(&["configuration", "root_module"]), "");
        }
        for one in &plan.instances {
            let id = |name| one.values.get(name).and_then(Node::as_str).map(str::to_owned);
            for id in [id("id"), id("root_resource_id")].into_iter().flatten() {
                plan.ids.insert(id, one.address.clone());
            }
        }
        plan
    }

    fn module(&mut self, module: &Node, configuration: Option<&Node>, prefix: &str) {
        for resource in module.get("resources").map(Node::items).unwrap_or_default() {
            let text = |name: &str| resource.get(name).and_then(Node::as_str).unwrap_or_default();
            let Some(kind) = text("type").strip_prefix("aws_api_gateway_") else { continue };
            let address = text("address");
            let base = format!("{}.{}", text("type"), text("name"));
            let index = address.split_once(base.as_str()).map_or("", |(_, index)| index);
            let of_configuration = configuration.and_then(|all| all.get("resources"));
            let expressions = of_configuration
                .map(Node::items)
                .unwrap_or_default()
                .iter()
                .find(|one| one.get("address").and_then(Node::as_str) == Some(base.as_str()));
            self.instances.push(Instance {
                address: address.to_owned(),
                kind: kind.to_owned(),
                module: prefix.to_owned(),
                index: index.to_owned(),
                values: resource.get("values").cloned().unwrap_or_else(|| resource.clone()),
                expressions: expressions.and_then(|one| one.get("expressions")).cloned(),
            });
        }
        for child in module.get("child_modules").map(Node::items).unwrap_or_default() {
            let Some(address) = child.get("address").and_then(Node::as_str) else { continue };
            let name = address.rsplit("module.").next().unwrap_or_default();
            let name = name.split('[').next().unwrap_or_default();
            let inner = configuration.and_then(|all| all.at(&["module_calls", name, "module"]));
            self.module(child, inner, &format!("{address}."));
        }
    }

    /// The resources of a kind: `method` for `aws_api_gateway_method`.
    pub(super) fn of<'p>(&'p self, kind: &'p str) -> impl Iterator<Item = &'p Instance> {
        self.instances.iter().filter(move |one| one.kind == kind)
    }

    /// The address of the resource that an attribute means, or the attribute itself where it is of another file.
    pub(super) fn key(&self, one: &Instance, attribute: &str) -> String {
        if let Some(id) = one.text(attribute) {
            return self.ids.get(id).cloned().unwrap_or_else(|| id.to_owned());
        }
        let known = |address: &str| self.instances.iter().any(|other| other.address == address);
        for reference in one.references(attribute) {
            let parts: Vec<&str> = reference.split('.').collect();
            let [kind, name, ..] = parts.as_slice() else { continue };
            let name = name.split('[').next().unwrap_or_default();
            let address = format!("{}{kind}.{name}", one.module);
            // Of resources that are made for each of something, its own is the one with the same index.
            for address in [format!("{address}{}", one.index), address] {
                if known(&address) {
                    return address;
                }
            }
        }
        one.references(attribute).next().unwrap_or_default().to_owned()
    }
}

impl Instance {
    /// A value that is known before the plan is applied.
    pub(super) fn text(&self, attribute: &str) -> Option<&str> {
        self.values.get(attribute).and_then(Node::as_str).filter(|text| !text.is_empty())
    }

    /// What the configuration names for an attribute, the longest name first.
    pub(super) fn references<'i>(&'i self, attribute: &str) -> impl Iterator<Item = &'i str> {
        let expression = self.expressions.as_ref().and_then(|all| all.get(attribute));
        let list = expression.and_then(|one| one.get("references"));
        list.map(Node::items).unwrap_or_default().iter().filter_map(Node::as_str)
    }

    /// Warns of what only applying the plan makes known.
    pub(super) fn tell_unknown(&self, attributes: &[&str], problems: &mut Vec<Problem>) {
        for attribute in attributes {
            let Some(expression) = self.expressions.as_ref().and_then(|all| all.get(attribute))
            else {
                continue;
            };
            if self.values.get(attribute).is_none() && expression.get("references").is_some() {
                let message =
                    format!("`{attribute}` of {} is not known before it is applied", self.address);
                let help =
                    "give the JSON of the state instead: `terraform show -json` after `apply`";
                problems
                    .push(Problem::warning("unknown", &self.values.place, message).with_help(help));
            }
        }
    }
}
