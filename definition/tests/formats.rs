//! `examples/orders` in every format is one and the same API.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use transom_definition::{Api, Definition, Parameters};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/orders")
}

fn files(path: &Path) -> std::io::Result<String> {
    std::fs::read_to_string(path)
}

fn read(name: &str) -> Api {
    let path = folder().join(name);
    let parameters = Parameters::new();
    let definition = if path.is_dir() {
        Definition::read_cdk_out(&path, &parameters, &files).expect("a folder")
    } else {
        let text = files(&path).expect("a file");
        let name = path.display().to_string();
        Definition::read(&name, text, &parameters, &files).expect("YAML").expect("a definition")
    };
    assert!(definition.problems.is_empty(), "{name}: {:#?}", definition.problems);
    assert_eq!(definition.apis.len(), 1, "{name}");
    definition.apis.into_iter().next().expect("an API")
}

/// The model without its places.
fn model(api: &Api) -> Value {
    let mut routes: Vec<(String, Value)> =
        api.routes.iter().map(|route| (route.label(), route.method.to_json())).collect();
    routes.sort_by(|(a, _), (b, _)| a.cmp(b));
    let routes: serde_json::Map<String, Value> = routes.into_iter().collect();
    json!({"name": api.name, "settings": api.settings.to_json(), "routes": without_nulls(routes.into())})
}

/// Null is absent, in all of AWS's shapes.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(members.map(|(name, value)| (name, without_nulls(value))).collect())
        }
        other => other,
    }
}

#[test]
fn every_format_is_the_same_model() {
    let expected = model(&read("openapi.yaml"));
    for name in
        ["export.json", "swagger.json", "sam.yaml", "cloudformation.yaml", "cdk.out", "plan.json"]
    {
        let model = model(&read(name));
        for (label, method) in expected["routes"].as_object().expect("routes") {
            assert_eq!(&model["routes"][label], method, "{name}: {label}");
        }
        assert_eq!(model["settings"], expected["settings"], "{name}");
        assert_eq!(
            model["routes"].as_object().map(serde_json::Map::len),
            expected["routes"].as_object().map(serde_json::Map::len)
        );
        assert_eq!(model["name"], expected["name"], "{name}");
    }
}

#[test]
fn stages_are_the_same_where_the_format_has_them() {
    let stage = json!({"name": "prod", "variables": {"table": "orders"}});
    for name in ["sam.yaml", "cloudformation.yaml", "cdk.out", "plan.json"] {
        assert_eq!(read(name).stage.to_json(), stage, "{name}");
    }
}

#[test]
fn nothing_is_wrong_with_any_of_them() {
    for name in [
        "openapi.yaml",
        "export.json",
        "swagger.json",
        "sam.yaml",
        "cloudformation.yaml",
        "cdk.out",
        "plan.json",
        "get-method.json",
    ] {
        let problems = read(name).check();
        assert!(problems.is_empty(), "{name}: {problems:#?}");
    }
}
