//! Runs `tests/gateway/configuration-errors.txt`: every configuration that makes no sense is refused with its place.

use std::fmt::Write;

use serde_json::{Value, json};
use transom::gateway::{Api, ConfigError, Method, Stage};

fn refused(part: &str, text: &str) -> Option<ConfigError> {
    let value: Value = serde_json::from_str(text).unwrap_or_default();
    let mock = json!({"methodIntegration": {"type": "MOCK"}});
    match part {
        "method" => Method::compile(&Api::default(), "/", &value).err(),
        "api" => Api::compile(&value).err(),
        "stage" => Stage::compile(&value).err(),
        _ => Method::compile(&Api::default(), text, &mock).err(),
    }
}

#[test]
fn an_error_names_its_place() {
    let cases = include_str!("gateway/configuration-errors.txt");
    let mut wrong = String::new();
    let lines: Vec<&str> =
        cases.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    for case in lines.chunks(2) {
        let [configuration, expected] = case else { continue };
        let (part, text) = configuration.split_once(' ').expect("a part and its text");
        let got = refused(part, text).map_or("it was taken".to_owned(), |e| e.to_string());
        if got != *expected {
            let _ = writeln!(wrong, "{configuration}\nexpected {expected}\ngot      {got}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
