//! Runs the cases of `tests/models/`: a model, a body, and what of the body the model does not allow (tests/README.md).

#[path = "support/schemas.rs"]
mod schemas;
mod support;

use std::fmt::Write;

use schemas::Random;
use serde_json::{Map, Value};
use support::Case;
use transom::gateway::model::{ModelError, Models, validation_error_string};

const SECTIONS: [&str; 5] = ["model", "models", "body", "violations", "error"];

#[test]
fn every_case_gives_what_it_says() {
    let mut failures = String::new();
    let mut cases = support::cases("models");
    if std::env::var_os("BLESS").is_some() {
        cases.iter_mut().for_each(bless);
        support::write(&cases);
    }
    for case in &cases {
        if let Err(difference) = run(case) {
            let _ = writeln!(failures, "\n{} === {}\n{difference}", case.file.display(), case.name);
        }
    }
    assert!(failures.is_empty(), "{failures}");
    println!("{} cases", cases.len());
}

fn bless(case: &mut Case) {
    let Ok(answer) = answer(case) else { return };
    let section = match answer {
        Ok(violations) => ("violations", violations),
        Err(error) => ("error", error),
    };
    case.remove("violations");
    case.remove("error");
    case.set(section.0, section.1);
}

fn run(case: &Case) -> Result<(), String> {
    case.only(&SECTIONS)?;
    let (expected, actual) = match answer(case)? {
        Ok(violations) => (case.section("violations"), violations),
        Err(error) => (case.section("error"), error),
    };
    match expected == Some(actual.as_str()) {
        true => Ok(()),
        false => Err(format!("expected: {expected:?}\n  actual: {actual:?}")),
    }
}

/// The violations, a line each, and what API Gateway makes of them; or what is wrong with the model.
fn answer(case: &Case) -> Result<Result<String, String>, String> {
    let json = |section: &str| -> Result<Option<Value>, String> {
        let text = case.section(section);
        text.map(|text| serde_json::from_str(text).map_err(|e| format!("{section}: {e}")))
            .transpose()
    };
    let mut models = Map::new();
    if let Some(Value::Object(all)) = json("models")? {
        models = all;
    }
    if let Some(model) = json("model")? {
        models.insert("M".to_owned(), model);
    }
    let models = match Models::compile(&models) {
        Ok(models) => models,
        Err(error) => return Ok(Err(error.to_string())),
    };
    let model = models.get("M").ok_or("the model to validate with is named M")?;
    let violations = model.validate_text(case.section("body").unwrap_or_default());
    let mut lines = String::new();
    for violation in &violations {
        let hidden = if violation.reported { "" } else { " (API Gateway does not look there)" };
        let path = match violation.instance_path.as_str() {
            "" => "/",
            path => path,
        };
        let _ = writeln!(lines, "{path} {}: {}{hidden}", violation.schema_path, violation.message);
    }
    if violations.iter().filter(|violation| violation.reported).count() > 1 {
        let _ = writeln!(lines, "{}", validation_error_string(&violations));
    }
    if lines.is_empty() {
        lines.push_str("none");
    }
    Ok(Ok(lines.trim_end().to_owned()))
}

#[test]
fn an_error_names_its_place() {
    let models = serde_json::json!({"Pet": {"properties": {"a/b": {"type": "text"}}}});
    let error =
        Models::compile(models.as_object().expect("an object")).expect_err("`text` is no type");
    let ModelError { model, pointer, .. } = error;
    assert_eq!((model.as_str(), pointer.as_str()), ("Pet", "/properties/a~1b/type"));
}

#[test]
fn deep_and_endless_bodies_end() {
    let models = serde_json::json!({
        "Tree": {"items": {"$ref": "#"}},
        "Branching": {"allOf": [{"items": {"$ref": "#"}}, {"items": {"$ref": "#"}}]},
        "Unique": {"uniqueItems": true},
    });
    let models = Models::compile(models.as_object().expect("an object")).expect("they are right");
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let validate = |model: &str, body: &str| {
        let violations = models.get(model).expect("it is there").validate_text(body);
        violations.first().map(|violation| violation.message.clone())
    };
    let gave_up =
        Some("the body is nested too deeply, or would take too long to validate".to_owned());
    assert_eq!(validate("Tree", &nested(300)), None);
    assert_eq!(validate("Tree", &nested(9_000)), gave_up);
    assert_eq!(validate("Branching", &nested(10)), None);
    assert_eq!(validate("Branching", &nested(40)), gave_up);
    assert_eq!(validate("Unique", &format!("[{},{}]", nested(9_000), nested(9_000))), None);
    let many: Vec<String> = (0..20_000).map(|n| format!("{{\"a\":{n}}}")).collect();
    assert_eq!(validate("Unique", &format!("[{}]", many.join(","))), None);
}

#[test]
fn wide_bodies_tell_a_hundred_violations() {
    let models = serde_json::json!({"M": {"items": {"type": "null"}}});
    let models = Models::compile(models.as_object().expect("an object")).expect("they are right");
    let body = format!("[{}0]", "0,".repeat(100_000));
    assert_eq!(models.get("M").expect("it is there").validate_text(&body).len(), 100);
}

#[test]
fn no_model_and_no_body_panics() {
    let (mut random, mut compiled) = (Random(0x5eed), 0);
    for _ in 0..4_000 {
        let model = match random.below(3) {
            0 => schemas::model(&mut random),
            _ => schemas::garbage(&mut random, 4),
        };
        let models = Map::from_iter([("M".to_owned(), model)]);
        let Ok(models) = Models::compile(&models) else { continue };
        compiled += 1;
        let model = models.get("M").expect("it was compiled");
        for _ in 0..3 {
            let body = schemas::body(&mut random, 3);
            let violations = model.validate_text(&body.to_string());
            validation_error_string(&violations);
            assert!(violations.iter().all(|violation| !violation.message.is_empty()));
            assert!(violations.is_empty() || violations[0].reported);
        }
    }
    assert!(compiled > 1_000, "{compiled}");
}
