//! The intrinsic functions, each with its argument → its value.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::evaluator::{Evaluator, nearest};
use crate::node::{Data, Node};
use crate::problem::Problem;
use crate::source::Place;
use crate::text::Text;

const FUNCTIONS: [&str; 20] = [
    "Ref",
    "Condition",
    "Fn::GetAtt",
    "Fn::Sub",
    "Fn::Join",
    "Fn::If",
    "Fn::FindInMap",
    "Fn::Select",
    "Fn::Split",
    "Fn::Base64",
    "Fn::ImportValue",
    "Fn::GetAZs",
    "Fn::Transform",
    "Fn::ToJsonString",
    "Fn::Length",
    "Fn::Equals",
    "Fn::And",
    "Fn::Or",
    "Fn::Not",
    "Fn::ForEach",
];

impl Evaluator<'_> {
    pub(super) fn call(&mut self, function: &str, argument: &Node, place: &Place) -> Node {
        let value = match function {
            "Ref" => self.reference(argument),
            "Fn::GetAtt" => self.attribute(argument),
            "Fn::Sub" => self.substitute(argument),
            "Fn::Join" => self.join(argument),
            "Fn::If" => self.choose(argument),
            "Fn::FindInMap" => self.find_in_map(argument),
            "Fn::Select" => self.select(argument),
            "Fn::Split" => self.split(argument),
            "Fn::Base64" => self
                .evaluate(argument)
                .as_str()
                .map(|text| Node::text_at(place, BASE64_STANDARD.encode(text))),
            // What another stack exports is not known here: its name stands for it.
            "Fn::ImportValue" => Some(self.evaluate(argument)),
            "Fn::GetAZs" => {
                let region = self.parameters.get("AWS::Region").unwrap_or_default().to_owned();
                let zones =
                    ["a", "b", "c"].map(|zone| Node::text_at(place, format!("{region}{zone}")));
                Some(Node::new(Data::List(zones.to_vec()), place))
            }
            "Fn::Transform" => return self.transform(argument, place),
            "Fn::ToJsonString" => {
                let json = self.evaluate(argument).to_json().to_string();
                Some(Node::text_at(place, json))
            }
            "Fn::Length" => {
                let length = self.evaluate(argument).items().len();
                let text = Text::in_place_of(place, length.to_string());
                Some(Node::new(Data::Number(text), place))
            }
            "Condition" | "Fn::Equals" | "Fn::And" | "Fn::Or" | "Fn::Not" => {
                let holds = self.condition(function, argument);
                Some(Node::new(Data::Bool(holds), place))
            }
            _ => {
                let message = format!("`{function}` is no function that transom knows");
                let problem = Problem::error("cloudformation", place, message);
                self.push(match nearest(function, FUNCTIONS.into_iter()) {
                    Some(near) => problem.with_help(format!("did you mean `{near}`?")),
                    None => problem,
                });
                return Node::new(Data::Null, place);
            }
        };
        value.unwrap_or_else(|| {
            if !self.problems.iter().any(|p| p.place == *place || p.place == argument.place) {
                self.error(&argument.place, format!("this is no argument of `{function}`"));
            }
            Node::new(Data::Null, place)
        })
    }

    /// What a name stands for: a parameter, a pseudo-parameter or a resource. None, and told, where it is nothing.
    pub(super) fn named(&mut self, name: &str, place: &Place) -> Option<Node> {
        if name == "AWS::NoValue" {
            return Some(Node::new(Data::Null, place));
        }
        if let Some(declared) = self.root.at(&["Parameters", name]) {
            return self.parameter(name, declared, place);
        }
        if name.starts_with("AWS::") {
            let value = self.parameters.get(name)?;
            return Some(Node::text_at(place, value));
        }
        if let Some(resource) = self.root.at(&["Resources", name]) {
            let is_model =
                resource.get("Type").and_then(Node::as_str) == Some("AWS::ApiGateway::Model");
            let model = resource.at(&["Properties", "Name"]).and_then(Node::as_str);
            return Some(Node::text_at(place, model.filter(|_| is_model).unwrap_or(name)));
        }
        if self.open {
            let given = self.parameters.get(name).unwrap_or(name);
            return Some(Node::text_at(place, given));
        }
        // SAM makes resources whose names begin with those that it makes them of.
        let made = |resource: &str| name.starts_with(resource);
        let resources = self.root.get("Resources").map(Node::members).unwrap_or_default();
        let of_sam = self.root.get("Transform").is_some()
            && (name.starts_with("Serverless") || resources.iter().any(|r| made(&r.name)));
        of_sam.then(|| Node::text_at(place, name))
    }

    fn parameter(&mut self, name: &str, declared: &Node, place: &Place) -> Option<Node> {
        let given = self.parameters.get(name).map(str::to_owned);
        let default = declared.get("Default").and_then(Node::as_str).map(str::to_owned);
        // An empty default is a value, and so is an empty text.
        let Some(value) = given.or(default) else {
            let message = format!("the parameter `{name}` has no value");
            let help = format!("give it one with --parameter {name}=VALUE");
            let told = self.problems.iter().any(|problem| problem.message == message);
            if !told {
                self.push(Problem::error("cloudformation", place, message).with_help(help));
            }
            return Some(Node::text_at(place, ""));
        };
        let kind = declared.get("Type").and_then(Node::as_str).unwrap_or("String");
        if kind == "CommaDelimitedList" || kind.starts_with("List<") {
            let items = value.split(',').map(|item| Node::text_at(place, item.trim()));
            return Some(Node::new(Data::List(items.collect()), place));
        }
        Some(Node::text_at(place, value))
    }

    fn reference(&mut self, argument: &Node) -> Option<Node> {
        let name = argument.as_str()?;
        let value = self.named(name, &argument.place);
        if value.is_none() {
            let names = ["Parameters", "Resources"].map(|of| self.root.get(of).map(Node::members));
            let names = names.into_iter().flatten().flatten().map(|member| member.name.as_str());
            let message = format!("`{name}` is no parameter and no resource of the template");
            let problem = Problem::error("cloudformation", &argument.place, message);
            let problem = match nearest(name, names) {
                Some(near) => problem.with_help(format!("did you mean `{near}`?")),
                None => problem,
            };
            self.push(problem);
        }
        value
    }

    /// `Name.Attribute` stands for what only a deployment knows.
    fn attribute(&mut self, argument: &Node) -> Option<Node> {
        let whole = match argument.items() {
            [] => argument.as_str()?.to_owned(),
            [resource, attribute] => {
                let attribute = self.evaluate(attribute);
                format!("{}.{}", resource.as_str()?, attribute.as_str()?)
            }
            _ => return None,
        };
        let resource = whole.split('.').next().unwrap_or_default();
        if self.root.at(&["Resources", resource]).is_none()
            && self.named(resource, &argument.place).is_none()
        {
            let message = format!("`{resource}` is no resource of the template");
            self.error(&argument.place, message);
        }
        Some(Node::text_at(&argument.place, whole))
    }

    fn join(&mut self, argument: &Node) -> Option<Node> {
        let [delimiter, list] = argument.items() else { return None };
        let delimiter = self.evaluate(delimiter);
        let (delimiter, list) = (delimiter.text()?.clone(), self.evaluate(list));
        if !matches!(list.data, Data::List(_)) {
            return None;
        }
        let mut out = Text::empty();
        for (at, item) in list.items().iter().enumerate() {
            if at > 0 {
                out.push(&delimiter);
            }
            match item.text() {
                Some(text) => out.push(text),
                None => out.push(&Text::in_place_of(&item.place, item.as_str()?)),
            }
        }
        Some(Node::new(Data::Text(out), &argument.place))
    }

    fn choose(&mut self, argument: &Node) -> Option<Node> {
        let [condition, yes, no] = argument.items() else { return None };
        let holds = self.condition("Condition", condition);
        Some(self.evaluate(if holds { yes } else { no }))
    }

    fn find_in_map(&mut self, argument: &Node) -> Option<Node> {
        let [map, first, second, options @ ..] = argument.items() else { return None };
        let [map, first, second] = [map, first, second].map(|key| self.evaluate(key));
        let names = [map.as_str()?, first.as_str()?, second.as_str()?];
        let found = self.root.at(&["Mappings", names[0], names[1], names[2]]);
        if found.is_none() {
            if let Some(default) = options.first().and_then(|options| options.get("DefaultValue")) {
                return Some(self.evaluate(default));
            }
            self.error(&argument.place, format!("`Mappings` has no {}", names.join(".")));
        }
        found.cloned()
    }

    fn select(&mut self, argument: &Node) -> Option<Node> {
        let [index, list] = argument.items() else { return None };
        let (index, list) = (self.evaluate(index), self.evaluate(list));
        let found = list.items().get(index.as_str()?.parse::<usize>().ok()?).cloned();
        if found.is_none() {
            self.error(&argument.place, format!("the list has {} items", list.items().len()));
        }
        found
    }

    fn split(&mut self, argument: &Node) -> Option<Node> {
        let [delimiter, text] = argument.items() else { return None };
        let (delimiter, text) = (self.evaluate(delimiter), self.evaluate(text));
        let parts = text.as_str()?.split(delimiter.as_str().filter(|d| !d.is_empty())?);
        let items = parts.map(|part| Node::text_at(&text.place, part)).collect();
        Some(Node::new(Data::List(items), &argument.place))
    }

    /// `AWS::Include` of a local file; nobody here can run other macros.
    fn transform(&mut self, argument: &Node, place: &Place) -> Node {
        let nothing = Node::new(Data::Null, place);
        let name = argument.get("Name").and_then(Node::as_str).unwrap_or_default();
        if name != "AWS::Include" {
            let message =
                format!("the transform `{name}` cannot be run here; only `AWS::Include` can");
            self.error(&argument.place, message);
            return nothing;
        }
        let Some(location) = argument.at(&["Parameters", "Location"]) else {
            self.error(&argument.place, "`AWS::Include` has no `Location`");
            return nothing;
        };
        let location = self.evaluate(location);
        let Some(path) = location.as_str() else {
            self.error(&location.place, format!("a `Location` is a text, not {}", location.kind()));
            return nothing;
        };
        if self.depth > 64 {
            self.error(place, "the files include each other");
            return nothing;
        }
        match self.file(path, &location.place) {
            Some(file) => {
                self.depth += 8;
                let value = self.evaluate(&file);
                self.depth -= 8;
                value
            }
            None => nothing,
        }
    }
}
